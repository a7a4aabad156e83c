//! The cells of a workbook as lines, by which a child hands them to its parent.

use std::{
    io::{self, BufRead, Write},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::grid::{Area, Cells, Content, Epoch, Facts, Grid, Tab};
use crate::place::Cell;

/// One line, in JSON.
#[derive(Serialize, Deserialize)]
enum Line {
    /// Dates are counted from 1904.
    From1904,
    Property(String, String),
    /// How many other files it is linked to, and whether it holds macros.
    Outside(usize, bool),
    /// A sheet, and whether it is shown; its cells follow.
    Tab(Arc<str>, bool),
    /// Row and column from 0, the kind of content, and the content as text.
    Cell(u32, u32, char, Arc<str>),
    /// What is to be seen beside the cells of the sheet.
    Facts(Seen),
    /// A defined name: the place of its sheet among the tabs, first row and column, last row and column.
    Name(String, usize, [u32; 4]),
    /// Why the workbook was not opened, as half a sentence.
    Refused(String),
    /// Everything was said. The most memory that was in use, in bytes.
    End(u64),
}

/// Facts, as rows and columns from 0.
#[derive(Default, Serialize, Deserialize)]
struct Seen {
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    struck_out: Vec<(u32, u32)>,
    scaled: Vec<(u32, u32)>,
    formulas: Vec<(u32, u32)>,
    comments: Vec<(u32, u32, Box<str>)>,
    protected: bool,
}

/// Writes what came of a workbook.
pub(super) fn write(
    opened: Result<Grid, String>,
    peak: impl Fn() -> u64,
    to: &mut impl Write,
) -> io::Result<()> {
    let mut say = |line: &Line| {
        serde_json::to_writer(&mut *to, line)?;
        to.write_all(b"\n")
    };
    match opened {
        Err(reason) => say(&Line::Refused(reason))?,
        Ok(grid) => {
            if grid.epoch == Epoch::From1904 {
                say(&Line::From1904)?;
            }
            say(&Line::Outside(grid.links, grid.macros))?;
            for (name, value) in grid.properties {
                say(&Line::Property(name, value))?;
            }
            for tab in grid.tabs {
                say(&Line::Tab(Arc::clone(&tab.name), tab.shown))?;
                if let Some(facts) = &tab.facts {
                    say(&Line::Facts(seen(facts)))?;
                }
                for (cell, content) in tab.cells() {
                    let (kind, text) = plain(content);
                    say(&Line::Cell(cell.row, cell.column, kind, text))?;
                }
            }
            for (name, Area { tab, from, to }) in grid.names {
                say(&Line::Name(name, tab, [from.row, from.column, to.row, to.column]))?;
            }
        }
    }
    say(&Line::End(peak()))?;
    to.flush()
}

/// Reads what was written, with the most memory that it took. `None` when it breaks off.
pub(super) fn read(from: impl BufRead) -> Option<(Result<Grid, String>, u64)> {
    let mut grid = Grid::default();
    let mut refused = None;
    let mut tabs: Vec<(Arc<str>, bool, Cells, Option<Facts>)> = Vec::new();
    for line in from.split(b'\n') {
        match serde_json::from_slice(&line.ok()?).ok()? {
            Line::From1904 => grid.epoch = Epoch::From1904,
            Line::Outside(links, macros) => (grid.links, grid.macros) = (links, macros),
            Line::Property(name, value) => {
                grid.properties.insert(name, value);
            }
            Line::Tab(name, shown) => tabs.push((name, shown, Cells::default(), None)),
            Line::Facts(own) => tabs.last_mut()?.3 = Some(facts(own)),
            Line::Cell(row, column, kind, text) => {
                let (_, _, cells, _) = tabs.last_mut()?;
                cells.push(Cell { row, column }, content(kind, text)?);
            }
            Line::Name(name, tab, [top, left, bottom, right]) => {
                let from = Cell { row: top, column: left };
                let to = Cell { row: bottom, column: right };
                grid.names.insert(name, Area { tab, from, to });
            }
            Line::Refused(reason) => refused = Some(reason),
            Line::End(peak) => {
                let tab = |(name, shown, cells, facts)| Tab::new(name, shown, cells).showing(facts);
                grid.tabs = tabs.into_iter().map(tab).collect();
                return Some((refused.map_or(Ok(grid), Err), peak));
            }
        }
    }
    None
}

fn seen(facts: &Facts) -> Seen {
    let places = |cells: &[Cell]| cells.iter().map(|cell| (cell.row, cell.column)).collect();
    let comment = |(cell, said): &(Cell, Box<str>)| (cell.row, cell.column, said.clone());
    Seen {
        hidden_rows: facts.hidden_rows.clone(),
        hidden_columns: facts.hidden_columns.clone(),
        struck_out: places(&facts.struck_out),
        scaled: places(&facts.scaled),
        formulas: places(&facts.formulas),
        comments: facts.comments.iter().map(comment).collect(),
        protected: facts.protected,
    }
}

fn facts(seen: Seen) -> Facts {
    let cells =
        |own: Vec<(u32, u32)>| own.into_iter().map(|(row, column)| Cell { row, column }).collect();
    let comment = |(row, column, said)| (Cell { row, column }, said);
    Facts {
        hidden_rows: seen.hidden_rows,
        hidden_columns: seen.hidden_columns,
        struck_out: cells(seen.struck_out),
        scaled: cells(seen.scaled),
        formulas: cells(seen.formulas),
        comments: seen.comments.into_iter().map(comment).collect(),
        protected: seen.protected,
    }
}

fn plain(content: &Content) -> (char, Arc<str>) {
    match content {
        Content::Number { number, percent: false } => ('n', Arc::from(number.to_string())),
        Content::Number { number, percent: true } => ('p', Arc::from(number.to_string())),
        Content::Date(date) => ('d', Arc::from(date.to_string())),
        Content::Text(text) => ('t', Arc::clone(text)),
        Content::YesNo(yes) => ('y', Arc::from(yes.to_string())),
        Content::Error(text) => ('e', Arc::clone(text)),
        Content::NotCalculated => ('u', Arc::from("")),
    }
}

fn content(kind: char, text: Arc<str>) -> Option<Content> {
    Some(match kind {
        'n' | 'p' => Content::Number { number: text.parse().ok()?, percent: kind == 'p' },
        'd' => Content::Date(text.parse().ok()?),
        't' => Content::Text(text),
        'y' => Content::YesNo(text.parse().ok()?),
        'e' => Content::Error(text),
        'u' => Content::NotCalculated,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn a_workbook_comes_over_whole_or_not_at_all() {
        let contents = [
            Content::Number { number: dec!(-12.50), percent: false },
            Content::Number { number: dec!(0.125), percent: true },
            Content::Date(date(2009, 3, 31)),
            Content::Text(Arc::from("a\n\"b\"\t£")),
            Content::YesNo(true),
            Content::Error(Arc::from("#REF!")),
            Content::NotCalculated,
        ];
        let cells: Cells = contents
            .into_iter()
            .zip(0..)
            .map(|(content, row)| (Cell { row, column: 16_383 }, content))
            .collect();
        let from = Cell { row: 1, column: 2 };
        let mut grid = Grid { epoch: Epoch::From1904, links: 2, macros: true, ..Grid::default() };
        let facts = Facts {
            hidden_rows: vec![(1, 3)],
            struck_out: vec![from],
            comments: vec![(from, Box::from("this is Q3 only"))],
            protected: true,
            ..Facts::default()
        };
        let tab = Tab::new(Arc::from("Our ICT"), false, cells);
        grid.tabs.push(tab.showing(Some(facts)));
        grid.tabs.push(Tab::new(Arc::from("Empty"), true, Cells::default()));
        grid.names.insert(String::from("cov_form_id"), Area { tab: 0, from, to: from });
        grid.properties.insert(String::from("lathe.form_id"), String::from("F"));
        let before = format!("{grid:?}");
        let mut lines = Vec::new();
        write(Ok(grid), || 7, &mut lines).unwrap();
        let Some((Ok(after), 7)) = read(&*lines) else { panic!() };
        assert_eq!(format!("{after:?}"), before);
        for end in 0..lines.len() - 1 {
            assert!(read(&lines[..end]).is_none(), "{end}");
        }
    }
}
