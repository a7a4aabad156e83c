//! Who would pay what: the cost after savings, shared by weight.

use std::collections::BTreeMap;

use super::{
    Named,
    cells::{self, number},
};
use crate::{
    figure::{Amount, Figure},
    form::brief::options::{
        ONEOFF_PAYER_BASIS, ONEOFF_PAYER_COUNCIL, ONEOFF_Y0, ONEOFF_Y1, ONEOFF_Y2, SHARE_COUNCIL,
        SHARE_OPTION, SHARE_PCT, SHARE_TABLE,
    },
    number::Exact,
    programme::{Basis, Code},
};

/// What each council counts for, or pays.
type ByCouncil = BTreeMap<Code, Exact>;

pub(super) fn again(named: &Named<'_, '_>) -> Option<Amount> {
    let figure = named.figure;
    let own = |all: Option<ByCouncil>| all?.remove(figure.council.as_ref()?);
    let gains = || of_each(named, |code| like(named, "apportionment.gain", Some(code)));
    let total = |wanted: fn(&Exact) -> bool| -> Option<Exact> {
        Some(gains()?.into_values().filter(wanted).map(|gain| gain.abs()).sum())
    };
    let gained = || total(|gain| !gain.is_negative());
    let lost = || total(Exact::is_negative);
    Some(Amount::Number(match figure.key.strip_prefix("apportionment.")? {
        "total" => {
            let income = figure.basis.map(|_| "without");
            let saved = named.other_number("savings.year2", None, |own| {
                own.option == figure.option && own.income == income && own.case.is_none()
            })?;
            today(named, None)? - saved.clone()
        }
        "share" => {
            let all = like(named, "apportionment.total", None)?;
            own(shared(&all, &weights(named, figure.basis?)?))?
        }
        "gain" => {
            let council = figure.council.as_deref();
            today(named, council)? - like(named, "apportionment.share", council)?
        }
        "gains" => gained()?,
        "losses" => lost()?,
        "remainder" => gained()? - lost()?,
        "losers" => Exact::from(gains()?.values().filter(|gain| gain.is_negative()).count()),
        "feasible" => return Some(Amount::YesNo(gained()? >= lost()?)),
        "compensation" => {
            let gains = gains()?;
            let losses = lost()?;
            let (won, paid): (ByCouncil, ByCouncil) =
                gains.into_iter().partition(|(_, gain)| *gain > Exact::zero());
            let paid: ByCouncil = paid.into_iter().map(|(code, loss)| (code, loss.abs())).collect();
            let council = figure.council.as_ref()?;
            if losses.is_zero() || gained()? < losses {
                Exact::zero()
            } else if won.contains_key(council) {
                own(shared(&losses, &won))?
            } else {
                -own(shared(&losses, &paid))?
            }
        }
        "one_off" => own(once(named))?,
        _ => return None,
    }))
}

/// A figure of the same option and reading of income; of the same basis too, save what is shared.
fn like(named: &Named<'_, '_>, key: &str, council: Option<&str>) -> Option<Exact> {
    let basis = named.figure.basis.filter(|_| council.is_some());
    let is = |own: &Figure| {
        own.option == named.figure.option && own.income == named.figure.income && own.basis == basis
    };
    named.other_number(key, council, is).cloned()
}

/// What is spent today without one-off items, by one council or all: before income or after, as it is read.
fn today(named: &Named<'_, '_>, council: Option<&str>) -> Option<Exact> {
    let basis = match named.figure.income? {
        "pooled" => Some(Basis::NetControllable.word()),
        _ => None,
    };
    named.other_number("revenue.recurring", council, |own| own.basis == basis).cloned()
}

/// Something of each council that counts.
fn of_each(named: &Named<'_, '_>, of: impl Fn(&str) -> Option<Exact>) -> Option<ByCouncil> {
    let used = named.figure.used.iter();
    used.map(|code| Some((code.clone(), of(code)?))).collect()
}

fn weights(named: &Named<'_, '_>, basis: &str) -> Option<ByCouncil> {
    let programme = named.scope.programme;
    match basis {
        "population" => {
            of_each(named, |code| Some(Exact::from(programme.council(code)?.population)))
        }
        "budget" => of_each(named, |code| {
            named.other_number("revenue.recurring", Some(code), |own| own.basis.is_none()).cloned()
        }),
        "equal" => of_each(named, |_| Some(Exact::one())),
        "usage" => of_each(named, |code| {
            named.other_number("service.volume", Some(code), |_| true).cloned()
        }),
        _ => agreed(named),
    }
}

/// The shares that the brief agrees on for the option; those of a case are its projects' and are not looked up.
fn agreed(named: &Named<'_, '_>) -> Option<ByCouncil> {
    let [project] = named.scope.programme.members(named.scope.project?) else { return None };
    let brief = named.scope.intake.brief(&project.code)?;
    let option = Exact::from(named.figure.option?);
    let rows = brief.rows(&SHARE_TABLE).iter();
    let rows = rows.filter(|row| number(row, &SHARE_OPTION) == option);
    rows.map(|row| Some((Code::from(row.get(&SHARE_COUNCIL).text()?), number(row, &SHARE_PCT))))
        .collect()
}

/// What each council pays of what is spent once, cost by cost as the brief says who pays.
fn once(named: &Named<'_, '_>) -> Option<ByCouncil> {
    let mut costs: BTreeMap<(&str, Option<&str>), Exact> = BTreeMap::new();
    for (row, _) in cells::rows(&named.cells) {
        let payer = row.get(&ONEOFF_PAYER_COUNCIL).text();
        let cost = costs.entry((row.get(&ONEOFF_PAYER_BASIS).text()?, payer));
        let cost = cost.or_insert_with(Exact::zero);
        *cost = [&ONEOFF_Y0, &ONEOFF_Y1, &ONEOFF_Y2]
            .iter()
            .fold(cost.clone(), |sum, year| sum + number(row, year));
    }
    let mut paid = of_each(named, |_| Some(Exact::zero()))?;
    for ((basis, payer), cost) in costs {
        let weights = match basis {
            "Incurring council" => of_each(named, |code| {
                Some(if Some(code) == payer { Exact::one() } else { Exact::zero() })
            })?,
            "Agreed shares" => agreed(named)?,
            _ => weights(named, &basis.to_lowercase())?,
        };
        for (code, share) in shared(&cost, &weights)? {
            let own = paid.get_mut(&code)?;
            *own = own.clone() + share;
        }
    }
    Some(paid)
}

/// Pounds shared by weight: whole pounds to each, and those that are left to whoever lacks most of the next.
fn shared(total: &Exact, weights: &ByCouncil) -> Option<ByCouncil> {
    let all: Exact = weights.values().cloned().sum();
    let pounds = Exact::from(total.abs().whole());
    let exact = |weight: &Exact| (pounds.clone() * weight.clone()).over(&all);
    let parts: Vec<(&Code, Exact, Exact)> = weights
        .iter()
        .map(|(code, weight)| {
            let part = exact(weight)?;
            Some((code, part.floor(), part.clone() - part.floor()))
        })
        .collect::<Option<_>>()?;
    let given: Exact = parts.iter().map(|(_, floor, _)| floor.clone()).sum();
    let left = pounds.clone() - given;
    let share = |(code, floor, rest): &(&Code, Exact, Exact)| {
        let before =
            parts.iter().filter(|(other, _, more)| more > rest || more == rest && other < code);
        let extra = if Exact::from(before.count()) < left { Exact::one() } else { Exact::zero() };
        let share = floor.clone() + extra;
        ((*code).clone(), if total.is_negative() { -share } else { share })
    };
    Some(parts.iter().map(share).collect())
}
