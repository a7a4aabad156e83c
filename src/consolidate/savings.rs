//! The savings test (domain.md D8): a saving by the second year of a tenth of gross controllable expenditure.
//!
//! It runs only for the councils its option was made for, and only when all of them are complete for the baseline.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Set,
    options::{Proposal, Reasons, Saving, proposals},
    part::{Named, Part, number, reason, source, total},
    revenue::{line, recurring},
};
use crate::{
    answer::Return,
    figure::{Amount, Figure, Status, Unit},
    form::council_return::{
        revenue::{MEMO_CUTS, MEMO_HRA, SHEET, SSC, TOT_GC, Y0_BUDGET},
        service::{self, QUALITY_CERTAINTY},
    },
    number::Exact,
};

/// An option that may be tested, with what every figure of it rests on.
pub(super) struct Tested {
    pub(super) proposal: Proposal,
    /// Recurring gross controllable expenditure of each council, in pounds.
    pub(super) by_council: Vec<Part>,
    /// The same combined, with payments between the councils taken out.
    pub(super) baseline: Exact,
    /// What bringing pay together takes off every year's saving, in pounds.
    pub(super) harmonisation: Exact,
}

/// Every live option: tested, or why it cannot be.
pub(super) fn tests(set: &Set<'_>, figures: &[Figure]) -> Vec<(u32, Result<Tested, Reasons>)> {
    let by_council = set.parts(|ret| recurring(ret, &TOT_GC));
    let one = |proposal: Proposal| -> Result<Tested, Reasons> {
        if proposal.councils != set.councils {
            let of = |councils: &[Arc<str>]| councils.join(", ");
            let reason = format!(
                "the savings of option {} were worked out for {} and have not been restated for {}",
                proposal.number,
                of(&proposal.councils),
                of(&set.councils)
            );
            return Err(BTreeMap::from([(Arc::from("brief"), reason)]));
        }
        let baseline = combined(figures, "revenue.recurring")?;
        let harmonisation = match proposal.harmonisation {
            None => Exact::zero(),
            Some(key) => combined(figures, key)?,
        };
        Ok(Tested { proposal, by_council: by_council.clone(), baseline, harmonisation })
    };
    let all = proposals(set).into_iter();
    all.map(|(number, proposal)| (number, proposal.and_then(one))).collect()
}

/// `reckoned` holds the figures of this set so far.
pub(super) fn figures(
    set: &Set<'_>,
    reckoned: &[Figure],
    tests: &[(u32, Result<Tested, Reasons>)],
) -> Vec<Figure> {
    let mut figures = vec![];
    let memo = |field| set.parts(|ret| number(ret, &SHEET, field));
    let stranded = set.parts(|ret| line(ret, &SSC, &Y0_BUDGET));
    let pounds = |key| Named::new(key, Unit::Pounds);
    figures.extend(set.sums(pounds("savings.cuts"), &memo(&MEMO_CUTS)));
    figures.extend(set.sums(pounds("savings.stranded"), &stranded));
    figures.extend(quality(set));
    let target = combined(reckoned, "revenue.recurring").map(|base| base * Exact::ratio(1, 10));
    let gross = combined(reckoned, "revenue.gross_controllable");
    let ring_fenced = memo(&MEMO_HRA);
    for (number, test) in tests {
        let named = |key, unit| Named { option: Some(*number), ..Named::new(key, unit) };
        let amount = |key, unit, value: Result<Exact, Reasons>| {
            set.whole(named(key, unit), value.map(Amount::Number))
        };
        let ratio = |value: Result<Exact, Reasons>, base: &Result<Exact, Reasons>| {
            let base = base.clone()?;
            value?.over(&base).ok_or_else(|| {
                BTreeMap::from([(Arc::from("brief"), String::from("the baseline is nought"))])
            })
        };
        let base = test.as_ref().map_err(Clone::clone).map(|test| test.baseline.clone());
        let year2 = |of: &dyn Fn(&Saving) -> Exact| {
            test.as_ref().map_err(Clone::clone).map(|test| test.saving(2, of))
        };
        let central = year2(&|_| Exact::one());
        let met = |saving: &Result<Exact, Reasons>| {
            let (saving, base) = (saving.clone()?, base.clone()?);
            Ok(Amount::YesNo(saving * Exact::from(10_u32) >= base))
        };
        let without_income = year2(&without_income);
        let low = year2(&|line| line.low.clone());
        figures.push(amount("savings.target", Unit::Pounds, target.clone()));
        let year = test.as_ref().ok().map(|test| test.proposal.second_year().to_string());
        figures.push(Figure { year, ..amount("savings.year2", Unit::Pounds, central.clone()) });
        figures.push(amount("savings.percent", Unit::Ratio, ratio(central.clone(), &base)));
        figures.push(set.whole(named("savings.met", Unit::YesNo), met(&central)));
        figures.push(amount(
            "savings.percent_without_income",
            Unit::Ratio,
            ratio(without_income, &base),
        ));
        figures.push(amount("savings.low_percent", Unit::Ratio, ratio(low.clone(), &base)));
        let of_low = Named { case: Some("low"), ..named("savings.met", Unit::YesNo) };
        figures.push(set.whole(of_low, met(&low)));
        let share = gross.clone().and_then(|gross| {
            let general = gross.clone() - complete(&ring_fenced)?;
            ratio(Ok(general), &Ok(gross))
        });
        let share = central.and_then(|saving| Ok(saving * share?));
        figures.push(amount("savings.general_fund_share", Unit::Pounds, share));
    }
    figures
}

impl Tested {
    /// What a year from 1 to 5 saves, in pounds, each line so far as `of` counts it.
    pub(super) fn saving(&self, year: usize, of: impl Fn(&Saving) -> Exact) -> Exact {
        self.proposal.saving(year, of) - self.harmonisation.clone()
    }
}

/// Leaves out what a saving owes to new income.
pub(super) fn without_income(line: &Saving) -> Exact {
    if line.category == "Income" { Exact::zero() } else { Exact::one() }
}

/// A combined figure of this set, if it is complete; else the reasons.
fn combined(reckoned: &[Figure], key: &str) -> Result<Exact, Reasons> {
    let own =
        |figure: &&Figure| figure.key == key && figure.council.is_none() && figure.basis.is_none();
    let Some(figure) = reckoned.iter().find(own) else { return Err(Reasons::new()) };
    match figure.number() {
        Some(number) if figure.status == Status::Complete => Ok(number.clone()),
        _ => Err(figure.reasons.clone()),
    }
}

/// The sum over all councils; without one of them, the reasons.
pub(super) fn complete(parts: &[Part]) -> Result<Exact, Reasons> {
    let missing = parts.iter().filter_map(|part| {
        let reason = part.value.as_ref().err()?;
        Some((Arc::clone(&part.council), reason.clone()))
    });
    let reasons: Reasons = missing.collect();
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let all: Vec<&Part> = parts.iter().collect();
    Ok(total(&all))
}

/// How sure the councils are of keeping quality: counts, and whether none is unsure or silent.
fn quality(set: &Set<'_>) -> Vec<Figure> {
    let rating = |ret: &Return| -> Result<String, String> {
        if let Some(code) = ret.refused_sheet(&service::SHEET) {
            return Err(format!("{code} {}", service::SHEET.name));
        }
        let answer = ret.get(&QUALITY_CERTAINTY);
        answer.text().map(str::to_owned).ok_or_else(|| reason(answer, &service::SHEET))
    };
    let mut figures = vec![];
    for certainty in ["High", "Medium", "Low"] {
        let parts = set.parts(|ret| {
            let count = if rating(ret)? == certainty { Exact::one() } else { Exact::zero() };
            Ok((count, source(ret.get(&QUALITY_CERTAINTY))))
        });
        let named = Named::new("savings.quality_certainty", Unit::Count).item(certainty);
        figures.push(set.combined(named, &parts, |used| Some(total(used))));
    }
    let parts = set.parts(|ret| {
        let low = if rating(ret)? == "Low" { Exact::one() } else { Exact::zero() };
        Ok((low, vec![]))
    });
    let gate = complete(&parts).map(|low| Amount::YesNo(low.is_zero()));
    figures.push(set.whole(Named::new("savings.quality_gate", Unit::YesNo), gate));
    figures
}
