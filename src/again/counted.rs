//! What is counted, scored or quoted: councils, ratings, indicators, lifespans, answers of the brief.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};

use super::{
    Named,
    cells::{self, Cell},
    unit_cost::people,
};
use crate::{
    answer::{Return, Row},
    figure::Amount,
    form::council_return::{
        contracts::{self, END_DATE, ROLLING},
        ict::{self, LICENCE_END, LICENCE_TERM, SUPPORT_END, SUPPORT_STATUS},
        risks::{IMPACT, LIKELIHOOD, RISKS},
        service::{
            PI_CODE, PI_COMPARATOR, PI_POLARITY, PI_TABLE, PI_VALUE_Y_1, PI_VALUE_Y_2, PI_VALUE_Y0,
            SITE_TABLE,
        },
    },
    number::Exact,
    programme::Code,
};

pub(super) fn again(named: &Named<'_, '_>) -> Option<Amount> {
    let figure = named.figure;
    let number = match &*figure.key {
        "coverage.councils" => Exact::from(answering(named)?),
        "coverage.population_share" => {
            answering(named)?;
            let all = [&*figure.used, &*figure.missing].concat();
            people(named, &figure.used)?.over(&people(named, &all)?)?
        }
        "coverage.outcomes" => {
            let brought =
                |cell: &&Cell<'_>| ["Strong", "Some"].iter().any(|own| cell.answer.is(own));
            Exact::from(named.cells.iter().filter(brought).count())
        }
        key if key.starts_with("criteria.") => match &*named.cells {
            [cell] => return Some(Amount::Text(cell.answer.text()?.to_owned())),
            _ => return None,
        },
        "risk.score" => highest(named)?,
        "service.indicators" => Exact::from(indicators(named)),
        "service.above_average" => Exact::from(above_average(named)?),
        "service.sites" => {
            let rows = cells::rows(&named.cells).into_iter();
            Exact::from(rows.filter(|(row, _)| row.table.name == SITE_TABLE.name).count())
        }
        "ict.lifespan" => counted(named, &ict::TABLE, system_end)?,
        "contracts.lifespan" => counted(named, &contracts::TABLE, contract_end)?,
        _ => return None,
    };
    Some(Amount::Number(number))
}

/// How many councils have given an answer; `None` unless each that counts has.
fn answering(named: &Named<'_, '_>) -> Option<usize> {
    let councils: BTreeSet<&Code> =
        named.cells.iter().filter_map(|cell| cell.ret.council.as_ref()).collect();
    named.figure.used.iter().all(|code| councils.contains(code)).then_some(councils.len())
}

/// The highest score of the returns: how likely, times how bad.
fn highest(named: &Named<'_, '_>) -> Option<Exact> {
    let row = RISKS.rows.iter().find(|row| Some(row.key) == named.figure.item.as_deref())?;
    let score = |cell: &Cell<'_>| {
        let number = |column| cell.ret.get(RISKS.at(row, column)).number().map(Exact::from);
        Some(number(&LIKELIHOOD)? * number(&IMPACT)?)
    };
    let scored = named.cells.iter().filter(|cell| cell.is(RISKS.at(row, &LIKELIHOOD)));
    // A return that says that there is no such service scores nought.
    scored.map(score).max().unwrap_or_else(|| Some(Exact::zero()))
}

/// The indicators that a council reports, or all of them do.
fn indicators(named: &Named<'_, '_>) -> usize {
    let mut by: BTreeMap<&str, BTreeSet<Option<&Code>>> = BTreeMap::new();
    let mut all = 0;
    for (row, ret) in cells::rows(&named.cells) {
        if row.table.name == PI_TABLE.name {
            all += 1;
            let code = row.get(&PI_CODE).text().unwrap_or_default();
            by.entry(code).or_default().insert(ret.council.as_ref());
        }
    }
    match named.figure.council {
        Some(_) => all,
        None => by.values().filter(|own| own.len() == named.figure.used.len()).count(),
    }
}

/// In how many years an indicator was better than the average of its comparison group.
fn above_average(named: &Named<'_, '_>) -> Option<usize> {
    let (row, _) = *cells::rows(&named.cells).first()?;
    let average = row.get(&PI_COMPARATOR).number()?;
    let years = [&PI_VALUE_Y0, &PI_VALUE_Y_1, &PI_VALUE_Y_2];
    let better = |cell: &&Cell<'_>| {
        let year = years.iter().any(|year| cell.is(year));
        year && cell.number().is_some_and(|own| match row.get(&PI_POLARITY).is("Low") {
            true => own < average,
            false => own > average,
        })
    };
    Some(named.cells.iter().filter(better).count())
}

/// When something ends.
enum Ends {
    On(Date),
    Rolling,
    Perpetual,
    Unknown,
}

/// How many rows of a table end in the time that the figure is about; `None` if one does not.
fn counted(
    named: &Named<'_, '_>,
    table: &crate::form::Table,
    end: fn(&Row) -> Ends,
) -> Option<Exact> {
    let item = named.figure.item.as_deref()?;
    let of = |(row, _): &(&Row, &Return)| row.table.name == table.name;
    let rows: Vec<_> = cells::rows(&named.cells).into_iter().filter(of).collect();
    let inside = rows.iter().filter(|(row, _)| bucket(&end(row), named.scope.reference) == item);
    Some(Exact::from(inside.count()))
}

fn bucket(end: &Ends, reference: Date) -> &'static str {
    let end = match end {
        Ends::Rolling => return "rolling",
        Ends::Perpetual => return "perpetual",
        Ends::Unknown => return "unknown",
        Ends::On(end) => *end,
    };
    let reached =
        |years: i32| reference.checked_add((12 * years).months()).is_ok_and(|day| day <= end);
    match () {
        () if end < reference => "expired",
        () if reached(5) => "5+ years",
        () if reached(2) => "2–5 years",
        () if reached(1) => "1–2 years",
        () => "<12 months",
    }
}

fn system_end(row: &Row) -> Ends {
    let limited = row.get(&LICENCE_TERM).is("Ends on a date");
    let licence = row.get(&LICENCE_END).date().filter(|_| limited);
    let support = row.get(&SUPPORT_END).date();
    let perpetual = row.get(&LICENCE_TERM).is("Perpetual");
    match (licence, support) {
        (Some(licence), Some(support)) => Ends::On(licence.min(support)),
        (Some(only), None) | (None, Some(only)) => Ends::On(only),
        (None, None) if perpetual && row.get(&SUPPORT_STATUS).is("Supported") => Ends::Perpetual,
        (None, None) if perpetual && row.get(&SUPPORT_STATUS).is("Unsupported") => {
            Ends::On(Date::MIN)
        }
        (None, None) => Ends::Unknown,
    }
}

fn contract_end(row: &Row) -> Ends {
    match row.get(&END_DATE).date() {
        Some(end) => Ends::On(end),
        None if row.get(&ROLLING).is("Yes") => Ends::Rolling,
        None => Ends::Unknown,
    }
}
