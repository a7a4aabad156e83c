//! What a row of posts comes to (domain.md D3).

use jiff::{ToSpan, civil::Date};

use super::{Usable, asked_by, number_in, reason};
use crate::{
    answer::{Return, Row},
    form::{
        Group,
        council_return::{
            cover,
            staffing::{self as form, SHEET},
        },
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
    cells.extend(more);
    if project.asks(Group::Grades) && !row.get(&form::ALLOWANCES_PA).is_blank() {
        let (allowances, more) = number_in(row, &SHEET, &form::ALLOWANCES_PA)?;
        pay = pay + allowances;
        cells.extend(more);
    }
    let (oncost, more) = number_in(row, &SHEET, &form::ONCOST_PCT)?;
    cells.extend(more);
    Ok((fte * pay * (Exact::one() + percent(oncost)), cells))
}

/// Since when a post is vacant, and the date of the return's data; nothing for a post that is filled. Less than 0.05
/// FTE is no vacancy that somebody must date.
///
/// # Errors
/// The reason why it cannot be told.
pub fn vacant(ret: &Return, row: &Row) -> Result<Option<(Date, Date)>, String> {
    let (established, _) = number_in(row, &SHEET, &form::FTE_ESTABLISHED)?;
    let (filled, _) = number_in(row, &SHEET, &form::FTE_FILLED)?;
    let answer = row.get(&form::VACANT_SINCE);
    let part = established - filled;
    if part <= Exact::zero() || (part <= Exact::ratio(1, 20) && answer.is_blank()) {
        return Ok(None);
    }
    if answer.is_blank() {
        let place = answer.place().within();
        return Err(format!("{} {place}", asked_by(&form::VACANT_SINCE)));
    }
    let since = answer.date().ok_or_else(|| reason(answer, &SHEET))?;
    let taken = ret.get(&cover::DATA_AS_AT);
    Ok(Some((since, taken.date().ok_or_else(|| reason(taken, &cover::SHEET))?)))
}

/// Vacant for more than six months at the date of the return's staffing data.
///
/// # Errors
/// As [`vacant`].
pub fn vacant_long(ret: &Return, row: &Row) -> Result<bool, String> {
    Ok(vacant(ret, row)?.is_some_and(|(since, as_at)| is_before(since, as_at, 6)))
}

/// Whether a day lies more than so many months before another.
pub fn is_before(day: Date, other: Date, months: i32) -> bool {
    other.checked_sub(months.months()).is_ok_and(|limit| day < limit)
}

/// Whole months for which a post has been vacant at the date of the return's staffing data.
pub fn months_vacant(ret: &Return, row: &Row) -> Option<usize> {
    let (since, as_at) = vacant(ret, row).ok()??;
    let apart =
        i32::from(as_at.year() - since.year()) * 12 + i32::from(as_at.month() - since.month());
    let passed = |months: &i32| since.checked_add(months.months()).is_ok_and(|day| day <= as_at);
    (0..=apart).rev().find(passed).and_then(|months| usize::try_from(months).ok())
}

/// 12.5 for 12.5% to a fraction of one.
fn percent(percent: Exact) -> Exact {
    percent * Exact::ratio(1, 100)
}
