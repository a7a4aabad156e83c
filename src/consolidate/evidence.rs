//! What the returns show of outcomes and criteria where the questions are asked (domain.md A2): posts with scarce skills,
//! sites, and indicators against the average of the comparison group.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Set,
    part::{Named, Usable, add, number_in},
    staffing,
};
use crate::{
    answer::{Return, ReturnKind, Row},
    fact::{reason, row_source, source},
    figure::{Amount, Figure, Status, Unit},
    form::{
        Field, Group,
        council_return::{
            cover,
            service::{
                PI_CODE, PI_COMPARATOR, PI_POLARITY, PI_TABLE, PI_VALUE_Y_1, PI_VALUE_Y_2,
                PI_VALUE_Y0, SHEET, SITE_ANNUAL_COST, SITE_TABLE,
            },
            staffing::{POSTS, SHEET as STAFFING, SKILL_SCARCE},
        },
    },
    number::Exact,
};

/// The years of an indicator, the last first.
const YEARS: [&Field; 3] = [&PI_VALUE_Y0, &PI_VALUE_Y_1, &PI_VALUE_Y_2];

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let asks = |group| set.members.iter().any(|own| own.project.asks(group));
    let mut figures = vec![];
    if asks(Group::PostDetail) {
        let parts = set.parts(|ret| scarce(set, ret));
        figures.extend(set.sums(Named::new("staffing.scarce_posts", Unit::Posts), &parts));
    }
    if asks(Group::Sites) {
        let count = |row: &Row| Ok((Exact::one(), row_source(row)));
        let parts = set.parts(|ret| of_sites(ret, &count));
        figures.extend(set.sums(Named::new("service.sites", Unit::Count), &parts));
        let cost = |row: &Row| number_in(row, &SHEET, &SITE_ANNUAL_COST);
        let parts = set.parts(|ret| of_sites(ret, &cost));
        figures.extend(set.sums(Named::new("service.sites_cost", Unit::Pounds), &parts));
    }
    if asks(Group::Benchmarks) {
        figures.extend(above_average(set));
    }
    figures
}

/// Posts with a skill that the council calls scarce. One that does not say is not scarce: the question may stay empty.
fn scarce(set: &Set<'_>, ret: &Return) -> Usable {
    let rows = match staffing::posts(set, ret)? {
        staffing::Posts::Listed(rows) => rows,
        staffing::Posts::None(cells) => return Ok((Exact::zero(), cells)),
    };
    let one = |row: &Row| {
        let answer = row.get(&SKILL_SCARCE);
        match answer.text() {
            Some("Yes") => number_in(row, &STAFFING, &POSTS),
            Some(_) => Ok((Exact::zero(), source(answer))),
            None if answer.is_blank() => Ok((Exact::zero(), vec![])),
            None => Err(reason(answer, &STAFFING)),
        }
    };
    add(rows.into_iter().map(one))
}

/// A sum over the sites of a return.
fn of_sites(ret: &Return, amount: &dyn Fn(&Row) -> Usable) -> Usable {
    if ret.kind == ReturnKind::Nil {
        return Ok((Exact::zero(), source(ret.get(&cover::RETURN_TYPE))));
    }
    if let Some(code) = ret.refused_sheet(&SHEET) {
        return Err(format!("{code} {}", SHEET.name));
    }
    let rows = ret.rows(&SITE_TABLE);
    if rows.is_empty() {
        return Err(format!("no site is listed on {}", SHEET.name));
    }
    add(rows.iter().map(|row| match &row.refused {
        Some(refusal) => Err(super::part::refused(refusal)),
        None => amount(row),
    }))
}

/// In how many of its years each indicator of each council is better than the average of its comparison group.
fn above_average(set: &Set<'_>) -> Vec<Figure> {
    let mut figures = vec![];
    for (council, ret) in set.usable() {
        if ret.refused_sheet(&SHEET).is_some() {
            continue;
        }
        for row in ret.used_rows(&PI_TABLE) {
            let Some(average) = row.get(&PI_COMPARATOR).number() else { continue };
            let low_is_better = row.get(&PI_POLARITY).is("Low");
            let years = YEARS.map(|year| row.get(year));
            let known = years.iter().filter_map(|own| own.number());
            let known: Vec<_> = known.collect();
            let better = |own: &&_| if low_is_better { **own < average } else { **own > average };
            let count = known.iter().filter(better).count();
            if known.is_empty() {
                continue;
            }
            let code = set.reference(ret, row.get(&PI_CODE).text().unwrap_or_default());
            let named = Named::new("service.above_average", Unit::Count).item(&code);
            let mut sources: Vec<_> = years.iter().flat_map(|own| source(own)).collect();
            sources.extend(source(row.get(&PI_COMPARATOR)));
            sources.iter_mut().for_each(|own| own.set_council(council));
            figures.push(Figure {
                council: Some(Arc::clone(council)),
                value: Some(Amount::Number(Exact::from(count))),
                exact: Some(format!("{count}/{}", known.len())),
                status: Status::Complete,
                used: vec![Arc::clone(council)],
                sources,
                ..set.whole(named, Err(BTreeMap::new()))
            });
        }
    }
    figures
}
