//! What a row of posts comes to (domain.md D3).

use std::sync::Arc;

use super::{Usable, number_in};
use crate::{
    answer::Row,
    figure::{Source, WITHHELD},
    form::{
        Group,
        council_return::staffing::{self as form, SHEET},
    },
    number::Exact,
    programme::Project,
};

/// Budgeted FTE of a row, weighted by the part of its time that a post spends here.
///
/// # Errors
/// The reason why it cannot be used, as of all that follows.
pub fn established(row: &Row) -> Usable {
    weighted(row, number_in(row, &SHEET, &form::FTE_ESTABLISHED))
}

/// The same of the FTE that are filled.
pub fn filled(row: &Row) -> Usable {
    weighted(row, number_in(row, &SHEET, &form::FTE_FILLED))
}

fn weighted(row: &Row, fte: Usable) -> Usable {
    let (fte, mut cells) = fte?;
    let (share, more) = number_in(row, &SHEET, &form::PCT_TIME)?;
    cells.extend(more);
    Ok((fte * percent(share), cells))
}

/// `fte_established × pct_time × (salary_fte + allowances_pa) × (1 + oncost)`; allowances are nought unless asked for.
pub fn post_cost(row: &Row, project: &Project) -> Usable {
    let (fte, mut cells) = established(row)?;
    let (mut pay, more) = number_in(row, &SHEET, &form::SALARY_FTE)?;
    cells.extend(withheld(more));
    if project.asks(Group::Grades) && !row.get(&form::ALLOWANCES_PA).is_blank() {
        let (allowances, more) = number_in(row, &SHEET, &form::ALLOWANCES_PA)?;
        pay = pay + allowances;
        cells.extend(withheld(more));
    }
    let (oncost, more) = number_in(row, &SHEET, &form::ONCOST_PCT)?;
    cells.extend(more);
    Ok((fte * pay * (Exact::one() + percent(oncost)), cells))
}

/// The pay of a post is in no output: the cell says where it is, not what it is.
pub fn withheld(cells: Vec<Arc<Source>>) -> impl Iterator<Item = Arc<Source>> {
    cells.into_iter().map(|mut cell| {
        Arc::make_mut(&mut cell).value = String::from(WITHHELD);
        cell
    })
}

/// 12.5 for 12.5% to a fraction of one.
fn percent(percent: Exact) -> Exact {
    percent * Exact::ratio(1, 100)
}
