//! What leaving contracts costs, as far as it may be public: in sums alone, and in none that tells what leaving the
//! contracts of one council, or a single contract, costs. As with pay, a council knows its own: a sum must hold against
//! its taking that away.

use std::collections::{BTreeMap, BTreeSet};

use super::telling::{Group, tells};
use crate::{figure::Figure, number::Exact, programme::Disclosure};

pub(super) const EXIT_COST: &str = "contracts.exit_cost";

/// Two contracts of two councils: one by itself has a price.
const FEWEST: Disclosure =
    Disclosure { fewest_people: 2, fewest_people_statistics: 2, fewest_councils: 2 };

/// A contract by the cells of its row, which are the same in every project, case and set of councils.
type Row<'a> = Vec<(&'a str, &'a str, &'a str)>;

/// Marks what may be public. A cost of nought tells no price.
pub(super) fn apply(figures: &mut [Figure]) {
    let withheld: BTreeSet<usize> =
        ["earliest", "natural"].into_iter().flat_map(|basis| withheld(figures, basis)).collect();
    for at in withheld {
        figures[at].public = false;
    }
}

fn withheld(figures: &[Figure], basis: &str) -> Vec<usize> {
    let costs = |figure: &Figure| {
        figure.key == EXIT_COST
            && figure.basis == Some(basis)
            && figure.number().is_some_and(|cost: &Exact| !cost.is_zero())
    };
    let costs: Vec<(usize, &Figure)> =
        figures.iter().enumerate().filter(|(_, figure)| costs(figure)).collect();
    let (mut sums, rest): (Vec<_>, Vec<_>) =
        costs.into_iter().partition(|(_, own)| own.council.is_none());
    let mut withheld: Vec<usize> = rest.iter().map(|(at, _)| *at).collect();
    sums.sort_by_key(|(at, own)| (&*own.scenario != "all", *at));

    let single: Vec<&Figure> =
        rest.iter().map(|(_, own)| *own).filter(|own| own.item.is_some()).collect();
    let mut contracts: BTreeMap<Row<'_>, &str> = BTreeMap::new();
    for own in &single {
        contracts.insert(row(own), own.council.as_deref().unwrap_or_default());
    }
    let councils: Vec<&str> =
        contracts.values().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let groups: Vec<Group> = contracts
        .values()
        .map(|own| Group {
            council: councils.iter().position(|council| council == own).unwrap_or_default(),
            people: 1,
        })
        .collect();
    let mut told: Vec<Vec<u64>> = vec![];
    for (at, sum) in sums {
        let of_sum = |own: &&&Figure| own.project == sum.project && own.scenario == sum.scenario;
        let holds: BTreeSet<Row<'_>> = single.iter().filter(of_sum).map(|own| row(own)).collect();
        told.push(contracts.keys().map(|own| u64::from(holds.contains(own))).collect());
        if tells(&told, &groups, &FEWEST) {
            told.pop();
            withheld.push(at);
        }
    }
    withheld
}

fn row(figure: &Figure) -> Row<'_> {
    figure.sources.iter().map(|source| (&*source.file, &*source.sheet, &*source.cell)).collect()
}
