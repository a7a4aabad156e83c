//! Sums of money: budgets, capital, what systems and contracts cost.

use rust_decimal::Decimal;

use super::{Found, Named, cells};
use crate::{
    figure::Amount,
    form::council_return::{
        contracts::{ANNUAL_VALUE, SHARE_PCT},
        service::SHARED_AMOUNT,
    },
    number::Exact,
};

/// What net figures are less, and what does not recur.
const INCOME: &str = "REV_INC_";
const ONE_OFF: &str = "REV_MEMO_ONEOFF";

/// What a figure is less; `None` if it is no sum.
fn less(named: &Named<'_, '_>) -> Option<&'static [&'static str]> {
    Some(match &*named.figure.key {
        "revenue.net_controllable" | "revenue.net_total" => &[INCOME],
        "revenue.recurring" | "savings.baseline" | "savings.target" => &[INCOME, ONE_OFF],
        "ict.annual_cost" | "suppliers.systems_cost" => &[],
        "savings.cuts" | "savings.stranded" | "savings.client_cost" => &[],
        "service.sites_cost" | "service.volume" => &[],
        key if key.starts_with("revenue.") || key.starts_with("capital.") => &[],
        _ => return None,
    })
}

pub(super) fn again(named: &Named<'_, '_>) -> Option<Found> {
    if named.figure.key == "suppliers.contracts_value" {
        let value = |row| cells::number(row, &ANNUAL_VALUE) * cells::percent(row, &SHARE_PCT);
        let sum = cells::rows(&named.cells).into_iter().map(|(row, _)| value(row)).sum();
        return Some(Found::Amount(Amount::Number(sum)));
    }
    let less = less(named)?;
    let mut sum = Decimal::ZERO;
    let mut between = Decimal::ZERO;
    for cell in &named.cells {
        let Some(number) = cell.number() else { continue };
        if cell.is(&SHARED_AMOUNT) {
            between += number;
        } else if less.iter().any(|own| cell.field.name.starts_with(own)) {
            sum -= number;
        } else {
            sum += number;
        }
    }
    // The part of a budget that is to be saved is a setting.
    let part = match &*named.figure.key {
        "savings.target" => {
            Exact::from(named.scope.programme.appraisal.target_pct) * Exact::ratio(1, 100)
        }
        _ => Exact::one(),
    };
    let sum = Exact::from(sum) * part.clone();
    // What partners pay one another stands in two returns, and no more than one of the two is taken out.
    Some(match between.is_zero() {
        true => Found::Amount(Amount::Number(sum)),
        false => Found::Less(sum, Exact::from(between) * Exact::ratio(1, 2) * part),
    })
}
