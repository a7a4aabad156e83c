//! Unit costs (domain.md D11): a sum over a sum, never a mean of rates.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Set,
    part::{Named, Part, Usable, number, total},
    revenue::total_of,
    savings::complete,
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
    let gross = set.parts(|ret| total_of(ret, &TOT_GC, &Y0_BUDGET));
    let volume = set.parts(|ret| number(ret, &service::SHEET, &VOLUME_Y0));
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
    let mut figures =
        rates(set, Named::new("unit_cost.per_unit", Unit::PoundsPerUnit), &gross, &volume);
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

/// A unit cost over a part of the councils would mislead, so the combined one is blocked.
fn rates(set: &Set<'_>, named: Named<'_>, above: &[Part], below: &[Part]) -> Vec<Figure> {
    let own = |(above, below): (&Part, &Part)| {
        let usable = match (&above.value, &below.value) {
            (Ok(_), Ok(divisor)) => above
                .amount()
                .over(divisor)
                .map(|value| (value, above.sources.iter().chain(&below.sources).cloned().collect()))
                .ok_or_else(|| String::from("not applicable")),
            (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
        };
        Part::new(&above.council, usable)
    };
    let parts: Vec<Part> = above.iter().zip(below).map(own).collect();
    let all = |parts: &[Part]| total(&parts.iter().collect::<Vec<_>>());
    let nought = || BTreeMap::from([(Arc::from("all"), String::from("not applicable"))]);
    let combined = complete(&parts).and_then(|_| all(above).over(&all(below)).ok_or_else(nought));
    let mut figures = set.figures_of(named, &parts, |_| None);
    let sources = figures[0].sources.clone();
    figures[0] = Figure { sources, ..set.whole(named, combined.map(Amount::Number)) };
    figures
}
