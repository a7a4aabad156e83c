//! Unit costs: what the cells of cost come to, over what those of work, posts or running cost come to.

use super::{
    Named,
    cells::{self, Cell, over_cells},
    posts,
};
use crate::{
    figure::Amount,
    form::{council_return::service::VOLUME_Y0, profile::basis::ORG_RUNNING_COST},
    number::Exact,
    programme::Code,
};

const COST: &str = "REV_";

pub(super) fn again(named: &Named<'_, '_>) -> Option<Amount> {
    let all = cells::once(&named.cells);
    let cost = sum(&all, |cell| cell.field.name.starts_with(COST));
    let work = || sum(&all, |cell| cell.is(&VOLUME_Y0));
    Some(Amount::Number(match named.figure.key.strip_prefix("unit_cost.")? {
        "per_unit" => over_cells(cost, &work()),
        "per_fte" => over_cells(cost, &posts::established(&all)),
        "of_running_cost" => over_cells(cost, &sum(&all, |cell| cell.is(&ORG_RUNNING_COST))),
        "per_head" => over_cells(cost, &people(named, &named.figure.used)?),
        "median" => median(&by_council(&all)?).unwrap_or_else(Exact::zero),
        "to_median" => {
            let middle = named.other_number("unit_cost.median", None, |_| true)?;
            over_cells(over_cells(cost, &work()), middle)
        }
        "indicative_gap" => {
            let own = by_council(&all)?;
            let middle = median(&own).unwrap_or_else(Exact::zero);
            let dearest = own.into_iter().max_by(|one, other| one.0.cmp(&other.0));
            dearest.map_or_else(Exact::zero, |(rate, work)| (rate - middle) * work)
        }
        _ => return None,
    }))
}

fn sum(all: &[Cell<'_>], is: impl Fn(&Cell<'_>) -> bool) -> Exact {
    all.iter().filter(|cell| is(cell)).filter_map(Cell::number).map(Exact::from).sum()
}

/// How many people councils serve.
pub(super) fn people(named: &Named<'_, '_>, councils: &[Code]) -> Option<Exact> {
    let own = |code: &Code| Some(Exact::from(named.scope.programme.council(code)?.population));
    councils.iter().map(own).sum()
}

/// What a unit of work costs each council, and its work, in the order of the cells.
fn by_council(all: &[Cell<'_>]) -> Option<Vec<(Exact, Exact)>> {
    let mut councils: Vec<&Code> = vec![];
    for cell in all {
        let own = cell.ret.council.as_ref()?;
        if !councils.contains(&own) {
            councils.push(own);
        }
    }
    let one = |code: &&Code| {
        let own = |cell: &Cell<'_>| cell.ret.council.as_ref() == Some(*code);
        let cost = sum(all, |cell| own(cell) && cell.field.name.starts_with(COST));
        let work = sum(all, |cell| own(cell) && cell.is(&VOLUME_Y0));
        Some((cost.over(&work)?, work))
    };
    councils.iter().map(one).collect()
}

/// Half of the two in the middle, which are one if the number is odd.
fn median(rates: &[(Exact, Exact)]) -> Option<Exact> {
    let mut rates: Vec<&Exact> = rates.iter().map(|(rate, _)| rate).collect();
    rates.sort();
    let last = rates.len().checked_sub(1)?;
    Some((rates[last / 2].clone() + rates[last.div_ceil(2)].clone()) * Exact::ratio(1, 2))
}
