//! Options that may be tested (domain.md D8): only for the councils they were made for, and only when all of them are
//! complete for the baseline.

use std::sync::Arc;

use super::{
    Set, harmonisation,
    options::{Cells, Proposal, Reasons, Saving, chosen, of_brief, proposals},
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
    /// What bringing pay together takes off every year's saving.
    pub(super) harmonisation: Cells,
}

/// Every live option: tested, or why it cannot be. `reckoned` holds the figures of this set so far.
pub(super) fn tests(set: &Set<'_>, reckoned: &[Figure]) -> Vec<(u32, Result<Tested, Reasons>)> {
    let by_council = recurring(set, &TOT_GC);
    let tested = |proposal: Proposal, harmonisation: Cells| -> Result<Tested, Reasons> {
        baseline(reckoned, set.project.test_basis)?;
        let (gross, _) = baseline(reckoned, Basis::GrossControllable)?;
        Ok(Tested { proposal, by_council: by_council.clone(), gross, harmonisation })
    };
    if let [member] = &*set.members {
        let one = |proposal: Proposal| {
            made_for(set, &proposal, &member.councils)?;
            let pay =
                proposal.harmonisation.map(|key| combined(reckoned, key, None)).transpose()?;
            tested(proposal, pay.unwrap_or_else(|| (Exact::zero(), vec![])))
        };
        let all = proposals(set, member.project).into_iter();
        return all.map(|(number, proposal)| (number, proposal.and_then(one))).collect();
    }
    let case = of_case(set).and_then(|(proposal, pay)| tested(proposal, pay));
    vec![(1, case)]
}

/// What the projects of a case propose together, and what it costs to bring pay together in each.
fn of_case(set: &Set<'_>) -> Result<(Proposal, Cells), Reasons> {
    set.counted_once()?;
    let (mut pay, mut cells) = (Exact::zero(), vec![]);
    let mut all = vec![];
    for member in &set.members {
        let proposal = chosen(set, member.project)?;
        made_for(set, &proposal, &member.councils)?;
        if let Some(key) = proposal.harmonisation {
            let (own, more) = combined(&harmonisation::figures(&set.alone(member)), key, None)?;
            pay = pay + own;
            cells.extend(more);
        }
        all.push(proposal);
    }
    Proposal::together(all).map(|proposal| (proposal, (pay, cells))).ok_or_else(Reasons::new)
}

/// A saving belongs to the councils it was worked out for.
fn made_for(set: &Set<'_>, proposal: &Proposal, councils: &[Code]) -> Result<(), Reasons> {
    if proposal.councils == councils {
        return Ok(());
    }
    let names = |councils: &[Code]| {
        let names: Vec<&str> = councils.iter().map(|code| set.programme.name(code)).collect();
        english::list(&names)
    };
    let number = match councils.len() {
        1 => "one council",
        number => &format!("{} councils", english::count(number)),
    };
    Err(of_brief(&format!(
        "the savings have not been restated for {number} ({}); those of option {} were worked out for {}",
        names(councils),
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
        self.proposal.saving(year, of) - self.harmonisation.0.clone()
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
