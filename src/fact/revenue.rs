//! Lines and totals of a Revenue sheet (domain.md D1).

use super::{Usable, add, number, source};
use crate::{
    answer::{Held, Return},
    form::{
        GridColumn, GridRow,
        council_return::revenue::{LINES, SHEET},
    },
    number::Exact,
};

/// A line of the Revenue sheet.
pub fn line(ret: &Return, row: &GridRow, column: &GridColumn) -> Usable {
    number(ret, &SHEET, LINES.at(row, column))
}

/// A total of the Revenue sheet, added up from its lines.
pub fn total_of(ret: &Return, row: &GridRow, column: &GridColumn) -> Usable {
    let Some(sum) = &row.sum else { return line(ret, row, column) };
    // What cannot apply brings nothing to a sum of money, and the sum does not lack it.
    let part = |row: &&GridRow| match LINES.at(row, column) {
        field
            if ret.get(field).held == Held::NotApplicable
                && ret.refused_sheet(&SHEET).is_none() =>
        {
            Ok((Exact::zero(), source(ret.get(field))))
        }
        _ => line(ret, row, column),
    };
    let (plus, mut cells) = add(sum.plus.iter().map(part))?;
    let (minus, more) = add(sum.minus.iter().map(part))?;
    cells.extend(more);
    Ok((plus - minus, cells))
}
