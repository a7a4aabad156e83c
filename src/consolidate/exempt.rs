//! What stands in the exempt workbook only: the pay of posts, redundancy and pension strain, prices of contracts.

use std::sync::Arc;

use super::{Set, harmonisation, staffing, suppliers::Suppliers};
use crate::{
    answer::Row,
    fact::{exempt::is_exempt_row, post},
    form::{
        brief::options as brief,
        council_return::{contracts as con, staffing as form},
    },
    number::Exact,
    picture::{Exempt, OneOff, PaidPost, Price},
    programme::{Code, Project},
};

pub(super) fn of(set: &Set<'_>) -> Exempt {
    Exempt {
        posts: posts(set),
        families: harmonisation::families(set),
        one_offs: one_offs(set),
        prices: prices(set),
        suppliers: Suppliers::of(set).sums(),
    }
}

fn posts(set: &Set<'_>) -> Vec<PaidPost> {
    let mut posts = vec![];
    for (council, ret) in set.usable() {
        let Ok(staffing::Posts::Listed(rows)) = staffing::posts(set, ret) else { continue };
        posts.extend(rows.into_iter().map(|row| paid(set.project_of(ret), council, row)));
    }
    posts
}

fn paid(project: &Project, council: &Code, row: &Row) -> PaidPost {
    let known = |usable: crate::fact::Usable| usable.ok().map(|(value, _)| value);
    PaidPost {
        council: Arc::clone(council),
        reference: row.key().to_owned(),
        title: row.used_text(&form::JOB_TITLE),
        family: row.used_text(&form::JOB_FAMILY),
        grade: row.used_text(&form::GRADE),
        established: known(post::established(row)),
        people: row.get(&form::HEADCOUNT).number().map(Exact::from),
        salary: row.get(&form::SALARY_FTE).number(),
        allowances: row.get(&form::ALLOWANCES_PA).number(),
        oncost_pct: row.get(&form::ONCOST_PCT).number(),
        cost: known(post::post_cost(row, project)),
        place: row.spot.place(),
    }
}

fn one_offs(set: &Set<'_>) -> Vec<OneOff> {
    let briefs = set.members.iter().filter_map(|own| set.intake.brief(&own.project.code));
    let rows = briefs.flat_map(|ret| ret.used_rows(&brief::ONEOFF_TABLE));
    rows.filter(|row| is_exempt_row(row))
        .map(|row| OneOff {
            option: row.used_text(&brief::ONEOFF_OPTION),
            category: row.used_text(&brief::ONEOFF_CATEGORY),
            description: row.used_text(&brief::ONEOFF_DESCRIPTION),
            years: [&brief::ONEOFF_Y0, &brief::ONEOFF_Y1, &brief::ONEOFF_Y2]
                .map(|year| row.get(year).number()),
            high_pct: row.get(&brief::ONEOFF_HIGH_PCT).number(),
            place: row.spot.place(),
        })
        .collect()
}

fn prices(set: &Set<'_>) -> Vec<Price> {
    let mut prices = vec![];
    for (council, ret) in set.usable() {
        prices.extend(ret.used_rows(&con::TABLE).map(|row| Price {
            council: Arc::clone(council),
            reference: set.reference(ret, row.key()),
            title: row.used_text(&con::TITLE),
            supplier: row.used_text(&con::SUPPLIER),
            annual_value: row.get(&con::ANNUAL_VALUE).number(),
            share_pct: row.get(&con::SHARE_PCT).number(),
            exit_fixed: row.get(&con::EXIT_FIXED).number(),
            exit_per_month: row.get(&con::EXIT_PER_MONTH).number(),
            place: row.spot.place(),
        }));
    }
    prices
}
