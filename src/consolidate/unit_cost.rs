//! Unit costs (domain.md D11): a sum over a sum, never a mean of rates.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Set,
    options::Reasons,
    part::{NOT_APPLICABLE, Named, Part, Usable, number, total},
    revenue,
    tested::complete,
};
use crate::{
    figure::{Amount, Figure, Unit},
    form::{
        council_return::{
            revenue::{TOT_GC, Y0_BUDGET},
            service::{self, VOLUME_Y0},
        },
        profile::basis,
    },
    number::Exact,
};

/// `fte` holds the councils' established FTE.
pub(super) fn figures(set: &Set<'_>, fte: &[Part]) -> Vec<Figure> {
    let gross = revenue::parts(set, &TOT_GC, &Y0_BUDGET);
    let volume = volume(set);
    let people: Vec<Part> = set
        .councils
        .iter()
        .map(|council| {
            let people = set.programme.council(council).map_or(0, |council| council.population);
            Part::new(council, Ok((Exact::from(people), vec![])))
        })
        .collect();
    let running: Vec<Part> = set
        .councils
        .iter()
        .map(|council| {
            let usable: Usable = match set.intake.profile(council) {
                None => Err(String::from("profile not returned")),
                Some(profile) => number(profile, &basis::SHEET, &basis::ORG_RUNNING_COST),
            };
            Part::new(council, usable)
        })
        .collect();
    let mut figures = set.sums(Named::new(VOLUME, Unit::Count), &volume);
    let per_unit = Named::new("unit_cost.per_unit", Unit::PoundsPerUnit);
    figures.extend(rates(set, per_unit, &gross, &volume));
    let rated = quotients(&gross, &volume);
    figures.extend(spread(set, &rated));
    figures.push(gap(set, &rated, &volume));
    figures.extend(rates(
        set,
        Named::new("unit_cost.per_head", Unit::PoundsPerUnit),
        &gross,
        &people,
    ));
    figures.extend(rates(set, Named::new("unit_cost.per_fte", Unit::PoundsPerUnit), &gross, fte));
    figures.extend(rates(
        set,
        Named::new("unit_cost.of_running_cost", Unit::Ratio),
        &gross,
        &running,
    ));
    figures
}

const VOLUME: &str = "service.volume";

/// The work of the base year. What the projects of a case count in units of their own cannot be added up.
pub(super) fn volume(set: &Set<'_>) -> Vec<Part> {
    set.parts_of(VOLUME, None, |ret| match &*set.project.volume_unit {
        "" => Err(format!("{NOT_APPLICABLE}: the projects count their work in different units")),
        _ => number(ret, &service::SHEET, &VOLUME_Y0),
    })
}

/// A unit cost over a part of the councils would mislead, so the combined one is blocked.
fn rates(set: &Set<'_>, named: Named<'_>, above: &[Part], below: &[Part]) -> Vec<Figure> {
    let parts = quotients(above, below);
    let all = |parts: &[Part]| total(&parts.iter().collect::<Vec<_>>());
    let combined = complete(&parts).and_then(|_| all(above).over(&all(below)).ok_or_else(nought));
    let mut figures = set.figures_of(named, &parts, |_| None);
    let sources = figures[0].sources.clone();
    figures[0] = Figure { sources, ..set.whole(named, combined.map(Amount::Number)) };
    figures
}

/// The councils' own rates.
fn quotients(above: &[Part], below: &[Part]) -> Vec<Part> {
    let own = |(above, below): (&Part, &Part)| {
        let usable = match (&above.value, &below.value) {
            (Ok(_), Ok(divisor)) => above
                .amount()
                .over(divisor)
                .map(|value| (value, above.sources.iter().chain(&below.sources).cloned().collect()))
                .ok_or_else(|| String::from(NOT_APPLICABLE)),
            (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
        };
        Part::new(&above.council, usable)
    };
    above.iter().zip(below).map(own).collect()
}

/// The median of the councils' rates, and how many times the median each council's is.
fn spread(set: &Set<'_>, rates: &[Part]) -> Vec<Figure> {
    let middle = complete(rates).and_then(|_| median(rates).ok_or_else(nought));
    let sources = rates.iter().flat_map(|part| part.sources.iter().cloned());
    let sources = middle.as_ref().map(|_| sources.collect()).unwrap_or_default();
    let named = Named::new("unit_cost.median", Unit::PoundsPerUnit);
    let mut figures =
        vec![Figure { sources, ..set.whole(named, middle.clone().map(Amount::Number)) }];
    for part in rates {
        let ratio =
            middle.clone().and_then(|middle| part.amount().over(&middle).ok_or_else(nought));
        let named = Named::new("unit_cost.to_median", Unit::Ratio);
        let figure = set.whole(named, ratio.map(Amount::Number));
        let sources = if figure.value.is_some() { part.sources.clone() } else { vec![] };
        figures.push(Figure { council: Some(Arc::clone(&part.council)), sources, ..figure });
    }
    figures
}

/// What the work of the dearest council costs beyond the median: an indicative gap, and no saving (domain.md A2).
fn gap(set: &Set<'_>, rates: &[Part], volume: &[Part]) -> Figure {
    let beyond = complete(rates).and_then(|_| {
        let middle = median(rates).ok_or_else(nought)?;
        let dearest = rates.iter().zip(volume).max_by_key(|(rate, _)| rate.amount());
        let (rate, work) = dearest.ok_or_else(nought)?;
        Ok((rate.amount() - middle) * work.amount())
    });
    let named = Named::new("unit_cost.indicative_gap", Unit::Pounds);
    let sources = rates.iter().flat_map(|part| part.sources.iter().cloned());
    let sources = beyond.as_ref().map(|_| sources.collect()).unwrap_or_default();
    Figure { sources, ..set.whole(named, beyond.map(Amount::Number)) }
}

/// The middle one, or half of the two in the middle.
fn median(parts: &[Part]) -> Option<Exact> {
    let mut values: Vec<Exact> = parts.iter().map(Part::amount).collect();
    values.sort();
    let middle = values.len() / 2;
    let upper = values.get(middle)?.clone();
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    Some((values[middle - 1].clone() + upper) * Exact::ratio(1, 2))
}

fn nought() -> Reasons {
    BTreeMap::from([(Arc::from("all"), String::from(NOT_APPLICABLE))])
}
