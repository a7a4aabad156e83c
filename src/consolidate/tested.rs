//! Options that may be tested (domain.md D8): only for the councils they were made for, and only when all of them are
//! complete for the baseline.

use std::sync::Arc;

use super::{
    Set,
    options::{Proposal, Reasons, Saving, of_brief, proposals},
    part::{Part, total},
    revenue::recurring,
};
use crate::{
    english,
    figure::{Figure, Source, Status},
    form::council_return::revenue::TOT_GC,
    number::Exact,
    programme::{Basis, Code},
};

/// An option that may be tested, with what every figure of it rests on.
pub(super) struct Tested {
    pub(super) proposal: Proposal,
    /// Recurring gross controllable expenditure of each council, in pounds.
    pub(super) by_council: Vec<Part>,
    /// The same combined, with payments between the councils taken out.
    pub(super) gross: Exact,
    /// What bringing pay together takes off every year's saving, in pounds.
    pub(super) harmonisation: Exact,
}

/// Every live option: tested, or why it cannot be. `reckoned` holds the figures of this set so far.
pub(super) fn tests(set: &Set<'_>, reckoned: &[Figure]) -> Vec<(u32, Result<Tested, Reasons>)> {
    let by_council = set.parts(|ret| recurring(ret, &TOT_GC));
    let one = |proposal: Proposal| -> Result<Tested, Reasons> {
        made_for(set, &proposal)?;
        baseline(reckoned, set.project.test_basis)?;
        let harmonisation = match proposal.harmonisation {
            None => Exact::zero(),
            Some(key) => combined(reckoned, key, None)?.0,
        };
        let (gross, _) = baseline(reckoned, Basis::GrossControllable)?;
        Ok(Tested { proposal, by_council: by_council.clone(), gross, harmonisation })
    };
    let all = proposals(set).into_iter();
    all.map(|(number, proposal)| (number, proposal.and_then(one))).collect()
}

/// A saving belongs to the councils it was worked out for.
fn made_for(set: &Set<'_>, proposal: &Proposal) -> Result<(), Reasons> {
    if proposal.councils == set.councils {
        return Ok(());
    }
    let names = |councils: &[Code]| {
        let names: Vec<&str> = councils.iter().map(|code| set.programme.name(code)).collect();
        english::list(&names)
    };
    let councils = match set.councils.len() {
        1 => "one council",
        number => &format!("{} councils", english::count(number)),
    };
    Err(of_brief(&format!(
        "the savings have not been restated for {councils} ({}); those of option {} were worked out for {}",
        names(&set.councils),
        proposal.number,
        names(&proposal.councils)
    )))
}

/// A value with its cells, or the reasons why there is none.
pub(super) type Known = Result<(Exact, Vec<Arc<Source>>), Reasons>;

/// What a saving is measured against: a budget of the councils together without one-off items, in pounds.
pub(super) fn baseline(reckoned: &[Figure], basis: Basis) -> Known {
    let named = (basis != Basis::GrossControllable).then(|| basis.word());
    combined(reckoned, "revenue.recurring", named)
}

/// A combined figure of this set, if it is complete; else the reasons.
pub(super) fn combined(reckoned: &[Figure], key: &str, basis: Option<&str>) -> Known {
    let own = |own: &&Figure| own.key == key && own.council.is_none() && own.basis == basis;
    let Some(figure) = reckoned.iter().find(own) else { return Err(Reasons::new()) };
    match figure.number() {
        Some(number) if figure.status == Status::Complete => {
            Ok((number.clone(), figure.sources.clone()))
        }
        _ => Err(figure.reasons.clone()),
    }
}

impl Tested {
    /// What a year from 1 to 5 saves, in pounds, each line so far as `of` counts it.
    pub(super) fn saving(&self, year: usize, of: impl Fn(&Saving) -> Exact) -> Exact {
        self.proposal.saving(year, of) - self.harmonisation.clone()
    }
}

/// Counts every line as it stands.
pub(super) fn as_stated(_: &Saving) -> Exact {
    Exact::one()
}

/// Leaves out what a saving owes to new income.
pub(super) fn without_income(line: &Saving) -> Exact {
    if line.category == "Income" { Exact::zero() } else { Exact::one() }
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
