//! Payback and present values, from the lines of an option.

use rust_decimal::Decimal;

use super::{
    Named,
    cells::{self, percent},
    tested::{Reading, saving},
};
use crate::{
    figure::Amount,
    form::{
        Field,
        brief::options::{
            ONEOFF_CATEGORY, ONEOFF_HIGH_PCT, ONEOFF_Y0, ONEOFF_Y1, ONEOFF_Y2, OPTION_CLIENT_COST,
        },
    },
    number::Exact,
};

/// What lines say that they cost once in each year.
const COSTS: [&Field; 3] = [&ONEOFF_Y0, &ONEOFF_Y1, &ONEOFF_Y2];

/// The last year of all.
const LAST: usize = 5;

pub(super) fn again(named: &Named<'_, '_>) -> Option<Amount> {
    let figure = named.figure;
    let case = match figure.case {
        Some("low") => (Reading::Low, Dearer::AtWorst),
        Some("high") => (Reading::High, Dearer::No),
        _ => (Reading::Stated, Dearer::No),
    };
    let saved = || savings(named, case.0);
    let spent = || costs(named, case.1);
    let year = || figure.item.as_deref()?.parse::<usize>().ok();
    let worth = |flow: &[Exact]| worth(named, flow);
    let number = match figure.key.strip_prefix("appraisal.")? {
        "npv" => worth(&sensitive(named, saved()?, spent())?),
        "payback_years" => return Some(payback(&net(&saved()?, &spent()))),
        "simple_payback" => {
            let steady = saved()?.pop().filter(|own| *own > Exact::zero());
            return Some(
                steady.and_then(|own| sum(&spent()).over(&own)).map_or_else(never, Amount::Number),
            );
        }
        "bcr" => {
            return Some(
                worth(&saved()?).over(&worth(&spent())).map_or_else(never, Amount::Number),
            );
        }
        "switching_value" => {
            let (saved, spent) = (worth(&saved()?), worth(&spent()));
            let part = (saved.clone() - spent).over(&saved);
            return Some(part.map_or_else(never, Amount::Number));
        }
        "pv_savings" => worth(&saved()?),
        "pv_one_off" => worth(&spent()),
        "saving" => sum(&saved()?),
        "one_off" => sum(&spent()),
        "year_saving" if year()? == 0 => Exact::zero(),
        "year_saving" => saving(named, year()?, Reading::Stated)?,
        "year_one_off" => spent().get(year()?)?.clone(),
        "year_net" => net(&saved()?, &spent()).get(year()?)?.clone(),
        "year_cumulative" => sum(net(&saved()?, &spent()).get(..=year()?)?),
        "factor" => {
            let years = (0..year()?).try_fold(Exact::one(), |own, _| own.over(&grown(named)));
            years?
        }
        _ => return None,
    };
    Some(Amount::Number(number))
}

/// What is said of what does not come.
fn never() -> Amount {
    Amount::Text(String::from("not within the period"))
}

/// What an option saves in years 0 to 5.
fn savings(named: &Named<'_, '_>, reading: Reading) -> Option<Vec<Exact>> {
    let year = |year| if year == 0 { Some(Exact::zero()) } else { saving(named, year, reading) };
    (0..=LAST).map(year).collect()
}

/// What makes one-off cost higher than it is stated.
#[derive(Clone, Copy)]
enum Dearer<'a> {
    No,
    AtWorst,
    /// Lines of a category, to so much of what they are.
    Category(&'a str, &'a Exact),
}

/// What an option costs once, in years 0 to 5.
fn costs(named: &Named<'_, '_>, dearer: Dearer<'_>) -> Vec<Exact> {
    let all = cells::once(&named.cells);
    let year = |field: Option<&&Field>| -> Exact {
        let own = all.iter().filter(|cell| field.is_some_and(|field| cell.is(field)));
        let amount = |cell: &cells::Cell<'_>| {
            let (row, amount) = (cell.in_row()?, Exact::from(cell.number()?));
            Some(match dearer {
                Dearer::AtWorst => amount * percent(row, &ONEOFF_HIGH_PCT),
                Dearer::Category(category, times) if row.get(&ONEOFF_CATEGORY).is(category) => {
                    amount * times.clone()
                }
                Dearer::Category(..) | Dearer::No => amount,
            })
        };
        own.filter_map(amount).sum()
    };
    (0..=LAST).map(|index| year(COSTS.get(index))).collect()
}

/// The net flow in the sensitivity that a figure is about, if it is about one.
fn sensitive(named: &Named<'_, '_>, saved: Vec<Exact>, spent: Vec<Exact>) -> Option<Vec<Exact>> {
    Some(match (named.figure.basis, named.figure.item.as_deref()) {
        (None, _) => net(&saved, &spent),
        (Some("without income"), _) => net(&savings(named, Reading::WithoutIncome)?, &spent),
        (Some("one year late"), _) => {
            let late: Vec<Exact> =
                std::iter::once(Exact::zero()).chain(saved).take(LAST + 1).collect();
            net(&late, &spent)
        }
        (Some(category), Some(item)) => {
            let more: Decimal = item.strip_prefix('+')?.strip_suffix('%')?.parse().ok()?;
            if category == "Outsourcing" {
                let more = Exact::from(more) * Exact::ratio(1, 100);
                let running = running(named)?.into_iter().map(|own| own * more.clone());
                return Some(net(&net(&saved, &spent), &running.collect::<Vec<_>>()));
            }
            let times = (Exact::from(100_u32) + Exact::from(more)) * Exact::ratio(1, 100);
            net(&saved, &costs(named, Dearer::Category(category, &times)))
        }
        (Some(_), None) => return None,
    })
}

/// What the service costs a third party in years 0 to 5: today's cost less what lines but income save, and what managing
/// it costs the councils is not in it.
fn running(named: &Named<'_, '_>) -> Option<Vec<Exact>> {
    let today = named.other_number("revenue.recurring", None, |own| own.basis.is_none())?;
    let client = named.sum_of(OPTION_CLIENT_COST.name);
    let year = |(year, saved): (usize, Exact)| match year {
        0 => Exact::zero(),
        _ => today.clone() - saved - client.clone(),
    };
    Some(savings(named, Reading::WithoutIncome)?.into_iter().enumerate().map(year).collect())
}

/// What a pound of this year is a year on.
fn grown(named: &Named<'_, '_>) -> Exact {
    let rate = named.scope.programme.appraisal.discount_rate_pct;
    Exact::one() + Exact::from(rate) * Exact::ratio(1, 100)
}

/// What a flow is worth in year 0: from the last year back, each year a year's growth less.
fn worth(named: &Named<'_, '_>, flow: &[Exact]) -> Exact {
    let grown = grown(named);
    let back =
        |later: Exact, own: &Exact| later.over(&grown).unwrap_or_else(Exact::zero) + own.clone();
    flow.iter().rev().fold(Exact::zero(), back)
}

fn sum(flow: &[Exact]) -> Exact {
    flow.iter().cloned().sum()
}

fn net(saved: &[Exact], spent: &[Exact]) -> Vec<Exact> {
    saved.iter().zip(spent).map(|(saved, spent)| saved.clone() - spent.clone()).collect()
}

/// When what is owed is paid back, on the way through the year at the end of which nothing is owed any more.
fn payback(net: &[Exact]) -> Amount {
    let left: Vec<Exact> = (0..net.len()).map(|year| sum(&net[..=year])).collect();
    if !left.iter().any(Exact::is_negative) {
        return Amount::Number(Exact::zero());
    }
    let paid =
        (1..left.len()).find(|year| left[year - 1].is_negative() && !left[*year].is_negative());
    let at = paid.and_then(|year| Some(Exact::from(year) - left[year].over(&net[year])?));
    at.map_or_else(never, Amount::Number)
}
