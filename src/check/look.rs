//! Looking through a return: what a rule may still judge.

pub(super) use crate::english::fold;
use crate::{
    answer::{Answer, Return, Row},
    english,
    form::{Field, Part, Sheet, Table},
    place::Place,
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
pub(super) fn on<'a>(
    ret: &'a Return,
    sheet: &'static Sheet,
    programme: &'a Programme,
) -> impl Iterator<Item = (&'static Field, &'a Answer)> {
    let asking = ret.asking(programme);
    let asked = move |field: &&'static Field| field.is_input() && asking(field);
    sheet.parts.iter().flat_map(move |part| {
        let (rows, has_rows) = match part {
            Part::Table(table) => (ret.rows(table), true),
            Part::Singles(_) | Part::Grid(_) => (&[][..], false),
        };
        let columns = part.fields().enumerate().filter(move |(_, field)| asked(field));
        let singles = columns.clone().filter(move |_| !has_rows);
        let singles = singles.map(|(_, field)| (field, ret.get(field)));
        let in_row =
            move |row: &'a Row| columns.clone().map(move |(index, field)| (field, row.at(index)));
        singles.chain(rows.iter().flat_map(in_row))
    })
}

/// The rows of a table, unless its sheet is refused. A line already refused may hold more that wants correcting.
pub(super) fn rows<'a>(ret: &'a Return, sheet: &'static Sheet, table: &'static Table) -> &'a [Row] {
    if ret.refused_sheet(sheet).is_some() { &[] } else { ret.rows(table) }
}

/// A sheet as the file names it, with the file that holds it.
pub(super) fn place(ret: &Return, sheet: &'static Sheet) -> Place {
    let cells = sheet.cells().map(|field| ret.get(field));
    let rows = sheet.tables().flat_map(|table| ret.rows(table)).flat_map(Row::found);
    let spot = cells.chain(rows).find_map(|answer| answer.spot.as_ref());
    match spot {
        Some(spot) => Place::sheet(&spot.origin.file.path, &spot.origin.sheet),
        None => Place { sheet: Some(sheet.name.into()), ..file(ret) },
    }
}

/// The first file of a return.
pub(super) fn file(ret: &Return) -> Place {
    ret.files.first().map(|file| Place::file(&file.path)).unwrap_or_default()
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
