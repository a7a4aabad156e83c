//! What texts, tables and charts rest on, for the handles of their controls: how many councils, and which papers.

use std::collections::BTreeSet;

use super::{
    case::{Case, Values},
    sources::{Cited, cited},
};
use crate::{figure::Figure, programme::Code};

/// What stands behind a control.
enum On {
    /// The figures with these keys.
    Figures(&'static [&'static str]),
    /// The returns in use.
    Returns,
    /// The councils' profiles.
    Profiles,
    Brief,
}

use On::{Brief, Figures, Profiles, Returns};

const BUDGET: On =
    Figures(&["revenue.gross_controllable", "revenue.net_controllable", "revenue.net_total"]);
const CAPITAL: On = Figures(&["capital.approved", "capital.provisional", "capital.bid"]);
const POSTS: On =
    Figures(&["staffing.fte_established", "staffing.fte_filled", "staffing.headcount"]);
const SYSTEMS: On = Figures(&["ict.lifespan"]);
const CONTRACTS: On = Figures(&["contracts.lifespan"]);
const ALIGNED: On = Figures(&["contracts.earliest_alignment", "contracts.natural_alignment"]);
const SAVED: On = Figures(&["savings.year2", "savings.harmonisation", "savings.client_cost"]);
const TEST: On = Figures(&["savings.percent"]);
const SHARES: On = Figures(&["apportionment.share"]);
const WORTH: On = Figures(&["appraisal.npv"]);

const RESTS: &[(&str, On)] = &[
    ("say:service", Returns),
    ("block:facts", Returns),
    ("say:revenue", BUDGET),
    ("block:revenue", BUDGET),
    ("block:lines", BUDGET),
    ("block:outturn", BUDGET),
    ("chart:budget", BUDGET),
    ("say:capital", CAPITAL),
    ("block:capital", CAPITAL),
    ("say:staff", POSTS),
    ("block:staffing", POSTS),
    ("block:families", POSTS),
    ("chart:staff", POSTS),
    ("say:charts", Returns),
    ("say:ict", SYSTEMS),
    ("block:ict", SYSTEMS),
    ("each:systems", SYSTEMS),
    ("chart:ict_lifespans", SYSTEMS),
    ("say:overlap", Figures(&["ict.overlap"])),
    ("block:overlap", Figures(&["ict.overlap"])),
    ("say:contracts", CONTRACTS),
    ("block:contracts", CONTRACTS),
    ("each:contracts", CONTRACTS),
    ("each:contract_dates", CONTRACTS),
    ("chart:contracts_lifespans", CONTRACTS),
    ("chart:timeline", CONTRACTS),
    ("say:alignment", ALIGNED),
    ("say:joining", Figures(&["contracts.join_date"])),
    ("say:indicators", Returns),
    ("block:indicators", Returns),
    ("say:unit_cost", Figures(&["unit_cost.per_unit"])),
    ("block:unit_cost", Figures(&["unit_cost.per_unit"])),
    ("say:quality", Figures(&["savings.quality_certainty"])),
    ("block:quality", Figures(&["savings.quality_certainty"])),
    ("say:test", TEST),
    ("block:test", TEST),
    ("say:two_years", TEST),
    ("say:bases", TEST),
    ("block:bases", TEST),
    ("block:compared", TEST),
    ("say:saving", SAVED),
    ("block:savings", SAVED),
    ("say:beside", Figures(&["savings.cuts", "savings.stranded"])),
    ("say:one_off", Brief),
    ("block:one_off", Brief),
    ("say:funding", Brief),
    ("each:funding", Brief),
    ("say:sharing", SHARES),
    ("block:shares", SHARES),
    ("block:amounts", SHARES),
    ("block:each_share", SHARES),
    ("say:compensation", SHARES),
    ("say:payback", WORTH),
    ("say:worth", WORTH),
    ("block:cash", WORTH),
    ("block:cash_by_year", WORTH),
    ("block:cases", WORTH),
    ("chart:cash", WORTH),
    ("say:risk", Figures(&["risk.score"])),
    ("block:risks", Figures(&["risk.score"])),
    ("say:benefits", Brief),
    ("say:exit", Brief),
    ("say:basis", Profiles),
    ("block:basis", Profiles),
    ("say:terms", Profiles),
    ("block:terms", Profiles),
    ("say:harmonisation", Figures(&["harmonisation.to_highest"])),
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let cited = cited(case.intake, case.picture, case.project);
    for (tag, on) in RESTS {
        let rests = match on {
            Figures(keys) => figures(case, keys),
            Returns => counted(case, &cited, "R"),
            Profiles => counted(case, &cited, "P"),
            Brief => case.brief().map(|_| String::from("B1")),
        };
        // Nothing is said as well: what a handle said before is no longer true.
        values.0.rests.insert((*tag).to_owned(), rests.unwrap_or_default());
    }
}

/// "3 of 4 councils: R1, R2, R4", of the figures together that can be given, else of each council's own; none where
/// there is neither.
fn figures(case: &Case<'_>, keys: &[&str]) -> Option<String> {
    let given = keys.iter().flat_map(|key| case.keyed(key)).filter(|own| own.value.is_some());
    let (together, own): (Vec<&Figure>, Vec<&Figure>) =
        given.filter(|own| &*own.scenario == "all").partition(|own| own.council.is_none());
    let numbers: BTreeSet<usize> = match together.is_empty() {
        false => together.iter().map(|figure| figure.used.len()).collect(),
        true => {
            let councils: BTreeSet<&Code> =
                own.iter().filter_map(|figure| figure.council.as_ref()).collect();
            Some(councils.len()).filter(|councils| *councils > 0).into_iter().collect()
        }
    };
    let (least, most) = (numbers.first()?, numbers.last()?);
    let number = match least == most {
        true => most.to_string(),
        false => format!("{least} to {most}"),
    };
    let resting: Vec<&Figure> = if together.is_empty() { own } else { together };
    let share = case.share_of(&number);
    match &*case.references(&resting) {
        "" => Some(share),
        references => Some(format!("{share}: {references}")),
    }
}

/// Of so many councils there are papers of a kind, which its letter says.
fn counted(case: &Case<'_>, cited: &[Cited<'_>], letter: &str) -> Option<String> {
    let own = cited.iter().map(|own| &*own.reference).filter(|own| own.starts_with(letter));
    let references: Vec<&str> = own.collect();
    let share = case.share_of(&references.len().to_string());
    (!references.is_empty()).then(|| format!("{share}: {}", references.join(", ")))
}
