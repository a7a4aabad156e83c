//! The savings test: what the lines of an option come to in a year, against a budget.

use super::{
    Named,
    cells::{self, Cell, over_cells, percent},
    harmonisation,
};
use crate::{
    answer::Row,
    figure::Amount,
    form::{
        Field,
        brief::options::{
            OPTION_CLIENT_COST, SAVING_CASH, SAVING_CATEGORY, SAVING_HIGH_PCT, SAVING_LOW_PCT,
            SAVING_Y1, SAVING_Y2, SAVING_Y3, SAVING_Y4, SAVING_Y5,
        },
        council_return::{
            revenue::{MEMO_HRA, Y0_BUDGET},
            service::QUALITY_CERTAINTY,
        },
    },
    number::Exact,
};

/// What lines say that they save in each year.
const YEARS: [&Field; 5] = [&SAVING_Y1, &SAVING_Y2, &SAVING_Y3, &SAVING_Y4, &SAVING_Y5];

/// How a line of savings is read: at worst, at best, without what is new income.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Reading {
    Stated,
    Low,
    High,
    WithoutIncome,
}

impl Reading {
    /// The reading of a figure, as its parts or its key name it.
    fn of(named: &Named<'_, '_>) -> Reading {
        match (named.figure.income, named.figure.case, &*named.figure.key) {
            (Some("without"), ..) | (.., "savings.percent_without_income") => {
                Reading::WithoutIncome
            }
            (_, Some("low"), _) | (.., "savings.low_percent") => Reading::Low,
            (_, Some("high"), _) => Reading::High,
            _ => Reading::Stated,
        }
    }

    fn counts(self, row: &Row) -> Exact {
        match self {
            _ if !row.get(&SAVING_CASH).is("Cash") => Exact::zero(),
            Reading::WithoutIncome if is_income(row) => Exact::zero(),
            Reading::Low => percent(row, &SAVING_LOW_PCT),
            Reading::High => percent(row, &SAVING_HIGH_PCT),
            Reading::Stated | Reading::WithoutIncome => Exact::one(),
        }
    }
}

fn is_income(row: &Row) -> bool {
    row.get(&SAVING_CATEGORY).is("Income")
}

pub(super) fn again(named: &Named<'_, '_>) -> Option<Amount> {
    let figure = named.figure;
    let saved = |year| saving(named, year, Reading::of(named));
    let baseline = || {
        let is =
            |own: &crate::figure::Figure| own.option == figure.option && own.basis == figure.basis;
        named.other_number("savings.baseline", None, is).cloned()
    };
    let wanted = || {
        let part = Exact::from(named.scope.programme.appraisal.target_pct) * Exact::ratio(1, 100);
        Some(baseline()? * part)
    };
    let two_years = || Some(saved(1)? + saved(2)?);
    Some(Amount::Number(match figure.key.strip_prefix("savings.")? {
        "year2" => saved(2)?,
        "percent" | "percent_without_income" | "low_percent" => saved(2)?.over(&baseline()?)?,
        "met" => return Some(Amount::YesNo(saved(2)? >= wanted()?)),
        "short" => (wanted()? - saved(2)?).max(Exact::zero()),
        "two_years" => two_years()?,
        "two_years_percent" => two_years()?.over(&baseline()?)?,
        "two_years_percent_a_year" => two_years()?.over(&(baseline()? + baseline()?))?,
        "category" => {
            let own = lines(named, &SAVING_Y2)
                .into_iter()
                .filter(|(row, _)| row.get(&SAVING_CATEGORY).text() == figure.item.as_deref());
            own.map(|(row, amount)| amount * Reading::Stated.counts(row)).sum()
        }
        "income_percent" => {
            let income = lines(named, &SAVING_Y2).into_iter().filter(|(row, _)| is_income(row));
            let income: Exact = income.map(|(row, own)| own * Reading::Stated.counts(row)).sum();
            over_cells(income, &saved(2)?)
        }
        "general_fund_percent" => general_fund(named)?,
        "general_fund_share" => saved(2)? * general_fund(named)?,
        "harmonisation" => return harmonisation::again(named),
        "quality_certainty" => {
            let own = named.cells.iter().filter(|cell| cell.is(&QUALITY_CERTAINTY));
            let rated = own.filter(|cell| cell.answer.text() == figure.item.as_deref());
            Exact::from(rated.count())
        }
        "quality_gate" => {
            let unsure = named.cells.iter().any(|cell| cell.answer.is("Low"));
            return Some(Amount::YesNo(!unsure && figure.missing.is_empty()));
        }
        _ => return None,
    }))
}

/// The lines of an option with what they save in a year, as that column of theirs says.
fn lines<'a>(named: &Named<'_, 'a>, year: &Field) -> Vec<(&'a Row, Exact)> {
    let own = |cell: Cell<'a>| {
        let row = cell.in_row().filter(|_| cell.is(year))?;
        Some((row, Exact::from(cell.number()?)))
    };
    cells::once(&named.cells).into_iter().filter_map(own).collect()
}

/// What an option saves in a year from 1 to 5, less what managing it costs and what bringing pay together does.
pub(super) fn saving(named: &Named<'_, '_>, year: usize, reading: Reading) -> Option<Exact> {
    let lines = lines(named, YEARS.get(year.checked_sub(1)?)?).into_iter();
    let saved: Exact = lines.map(|(row, own)| own * reading.counts(row)).sum();
    let option = |own: &crate::figure::Figure| own.option == named.figure.option;
    let pay = named.other_number("savings.harmonisation", None, option)?;
    Some(saved - named.sum_of(OPTION_CLIENT_COST.name) - pay.clone())
}

/// What no ring-fenced account bears of the cost, as a fraction of one.
fn general_fund(named: &Named<'_, '_>) -> Option<Exact> {
    let base = |own: &crate::figure::Figure| own.column == Some(Y0_BUDGET.field.name);
    let cost = named.other_number("revenue.gross_controllable", None, base)?;
    (cost.clone() - named.sum_of(MEMO_HRA.name)).over(cost)
}
