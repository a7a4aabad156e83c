//! Looking through a return: what a rule may still judge.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    answer::{Answer, Return, Row},
    english,
    form::{Field, Part, Sheet, Table},
    place::{Cell, Place},
    programme::Programme,
};

/// The sheets still in use. One in which nothing is answered is CMP-004's alone.
pub(super) fn sheets<'a>(
    ret: &'a Return,
    programme: &'a Programme,
) -> impl Iterator<Item = &'static Sheet> + use<'a> {
    ret.sheets(programme)
        .filter(|sheet| ret.refused_sheet(sheet).is_none() && is_begun(ret, sheet, programme))
}

/// Whether anything is answered on the sheet, beyond what the office filled in.
pub(super) fn is_begun(ret: &Return, sheet: &'static Sheet, programme: &Programme) -> bool {
    on(ret, sheet, programme).any(|(_, answer)| !answer.is_blank() && !is_lost(answer))
}

/// Every answer on the sheets in use that is asked for and that no rule has refused.
pub(super) fn answers<'a>(
    ret: &'a Return,
    programme: &'a Programme,
) -> impl Iterator<Item = (&'static Field, &'a Answer)> {
    sheets(ret, programme)
        .flat_map(|sheet| on(ret, sheet, programme))
        .filter(|(_, answer)| answer.refused().is_none())
}

/// Every answer on a sheet that is asked for.
fn on<'a>(
    ret: &'a Return,
    sheet: &'static Sheet,
    programme: &'a Programme,
) -> impl Iterator<Item = (&'static Field, &'a Answer)> {
    let asking = ret.asking(programme);
    let asked = move |field: &&'static Field| field.is_input() && asking(field);
    sheet.parts.iter().flat_map(move |part| match part {
        Part::Table(table) => {
            let columns: Vec<usize> =
                (0..table.columns.len()).filter(|index| asked(&table.columns[*index])).collect();
            let of = move |row: &'a Row| {
                let columns = columns.clone();
                columns.into_iter().map(move |index| (table.columns[index], &row.answers[index]))
            };
            Box::new(ret.rows(table).iter().flat_map(of))
                as Box<dyn Iterator<Item = (&'static Field, &'a Answer)>>
        }
        Part::Singles(_) | Part::Grid(_) => {
            Box::new(part.fields().filter(asked).map(|field| (field, ret.get(field))))
        }
    })
}

/// The rows of a table, unless its sheet is refused. A line already refused may hold more that wants correcting.
pub(super) fn rows<'a>(ret: &'a Return, sheet: &'static Sheet, table: &'static Table) -> &'a [Row] {
    if ret.refused_sheet(sheet).is_some() { &[] } else { ret.rows(table) }
}

/// A sheet as the file names it, with the file that holds it.
pub(super) fn place(ret: &Return, sheet: &'static Sheet) -> Place {
    let cells = sheet.cells().map(|field| ret.get(field));
    let rows = sheet.tables().flat_map(|table| ret.rows(table)).flat_map(|row| &row.answers);
    let spot = cells.chain(rows).find_map(|answer| answer.spot.as_ref());
    match spot {
        Some(spot) => Place::sheet(&spot.file.path, &spot.sheet),
        None => Place { sheet: Some(sheet.name.into()), ..file(ret) },
    }
}

/// The first file of a return.
pub(super) fn file(ret: &Return) -> Place {
    ret.files.first().map(|file| Place::file(&file.path)).unwrap_or_default()
}

/// Text without what people vary: case, spacing, kinds of dash.
pub(super) fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().replace(['–', '—'], "-")
}

/// Cells as Excel names them, neighbours taken together: "B7:E9".
pub(super) fn ranges(cells: BTreeSet<Cell>) -> Vec<String> {
    let mut ranges: Vec<(Cell, Cell)> = vec![];
    for cell in cells {
        let beside =
            |(_, to): &&mut (Cell, Cell)| to.row == cell.row && to.column + 1 == cell.column;
        match ranges.last_mut().filter(beside) {
            Some((_, to)) => *to = cell,
            None => ranges.push((cell, cell)),
        }
    }
    let mut blocks: Vec<(Cell, Cell)> = vec![];
    let mut lowest: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (from, to) in ranges {
        let across = (from.column, to.column);
        let above = lowest.get(&across).filter(|block| blocks[**block].1.row + 1 == from.row);
        match above {
            Some(block) => blocks[*block].1 = to,
            None => {
                lowest.insert(across, blocks.len());
                blocks.push((from, to));
            }
        }
    }
    let name = |(from, to): (Cell, Cell)| match from == to {
        true => from.to_string(),
        false => format!("{from}:{to}"),
    };
    blocks.into_iter().map(name).collect()
}

/// "Revenue!D12, Revenue!D13 and 4 more": cells of a list that may be long.
pub(super) fn some_of(cells: &[String]) -> String {
    const SHOWN: usize = 12;
    if cells.len() <= SHOWN {
        return english::list(cells);
    }
    let mut shown = cells[..SHOWN].to_vec();
    shown.push(format!("{} more", cells.len() - SHOWN));
    english::list(&shown)
}

fn is_lost(answer: &Answer) -> bool {
    answer.spot.is_none() && answer.refused().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_cells_are_named_together() {
        let cell = |row, column| Cell { row, column };
        let all =
            [cell(6, 1), cell(6, 2), cell(7, 1), cell(7, 2), cell(7, 4), cell(8, 4), cell(10, 0)];
        assert_eq!(ranges(all.into_iter().collect()), ["B7:C8", "E8:E9", "A11"]);
    }
}
