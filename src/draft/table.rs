//! Tables whose columns are councils, with what they have together in the last.

use super::case::{Case, shown};
use crate::{
    figure::{Ask, Figure},
    programme::Code,
    word::{Block, Column, Table},
};

/// More councils than this make the columns too narrow to read; the others follow in a table below.
pub(super) const ACROSS: usize = 5;

/// A row: what it says, and the figure that each council and all together have for it.
pub(super) struct Line<'a> {
    pub(super) label: String,
    pub(super) ask: Ask<'a>,
}

pub(super) fn text(heading: impl Into<String>, width: u32) -> Column {
    Column { heading: heading.into(), width, numeric: false }
}

pub(super) fn number(heading: impl Into<String>, width: u32) -> Column {
    Column { heading: heading.into(), width, numeric: true }
}

/// One table, or several where there are many councils. The last of them has the combined figures.
pub(super) fn by_council(
    case: &Case<'_>,
    title: &str,
    description: &str,
    heading: &str,
    lines: &[Line<'_>],
) -> Vec<Block> {
    let councils = case.expected();
    let groups: Vec<&[&Code]> = councils.chunks(ACROSS).collect();
    let last = groups.len().saturating_sub(1);
    let of = |(index, group): (usize, &&[&Code])| {
        let (columns, rows) = grid(case, heading, lines, group, index == last);
        let (title, description) = (title.to_owned(), description.to_owned());
        Block::Table(Table { title, description, columns, rows, total: false })
    };
    groups.iter().enumerate().map(of).collect()
}

/// The columns and rows of one table.
fn grid(
    case: &Case<'_>,
    heading: &str,
    lines: &[Line<'_>],
    councils: &[&Code],
    last: bool,
) -> (Vec<Column>, Vec<Vec<String>>) {
    let own = |line: &Line<'_>, council| case.ask(Ask { council, ..line.ask });
    let together = Together::of(case, lines);
    let combined = last && case.expected().len() > 1;
    let row = |line: &Line<'_>| {
        let mut cells = vec![line.label.clone()];
        cells.extend(councils.iter().map(|code| case.cell(own(line, Some(&***code)))));
        let all = || match own(line, None) {
            None if councils.iter().any(|code| own(line, Some(&***code)).is_some()) => {
                String::from("not applicable")
            }
            figure => together.cell(case, figure),
        };
        cells.extend(combined.then(all));
        cells
    };
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    let wide = number_width(rows.iter().flat_map(|row| &row[1..]));
    let first =
        (WHOLE - 36).saturating_sub(wide * u32::try_from(councils.len()).unwrap_or(0)).max(30);
    let mut columns = vec![text(heading, first)];
    columns.extend(councils.iter().map(|code| number(case.programme.name(code), wide)));
    columns.extend(combined.then(|| number(together.heading.clone(), wide.max(36))));
    (columns, rows)
}

/// The widths of a table's columns together.
const WHOLE: u32 = 200;

/// The width that holds the longest number on one line: "£1,246,850" needs 27 of [`WHOLE`].
fn number_width<'a>(cells: impl Iterator<Item = &'a String>) -> u32 {
    let numbers =
        cells.filter(|cell| cell.starts_with(['£', '-']) || cell.starts_with(char::is_numeric));
    let words = numbers.flat_map(|cell| cell.split(' '));
    let letters = words.map(|word| word.chars().count()).max().unwrap_or(0);
    5 + u32::try_from(letters * 22 / 10).unwrap_or(0).clamp(22, 40)
}

/// How the combined column says whom it covers: once in its heading, or cell by cell where that differs.
struct Together {
    heading: String,
    apart: bool,
}

impl Together {
    fn of(case: &Case<'_>, lines: &[Line<'_>]) -> Together {
        let figures: Vec<&Figure> =
            lines.iter().filter_map(|line| case.ask(Ask { council: None, ..line.ask })).collect();
        match figures.split_first() {
            // What cannot be given covers nobody.
            Some((first, rest))
                if rest.iter().all(|own| own.missing == first.missing)
                    && (first.value.is_some() || !first.used.is_empty()) =>
            {
                Together { heading: case.coverage(first), apart: false }
            }
            _ => Together { heading: String::from("Together"), apart: true },
        }
    }

    fn cell(&self, case: &Case<'_>, figure: Option<&Figure>) -> String {
        match figure {
            Some(own) if self.apart && !own.missing.is_empty() => match shown(own) {
                Some(value) => format!("{value} ({})", case.share(own)),
                None => case.cell(figure),
            },
            _ => case.cell(figure),
        }
    }
}
