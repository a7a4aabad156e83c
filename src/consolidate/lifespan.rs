//! How long systems and contracts last from the reference date (domain.md D6).

use std::sync::Arc;

use super::{
    Set,
    overlap::Inventory,
    part::{Named, Usable, row_source, source},
};
pub(super) use crate::fact::lifespan::{contract_end, lifespan, system_end};
use crate::{
    answer::{Return, ReturnKind, Row},
    fact::contract::Ending,
    figure::{Figure, Unit},
    form::{
        Field, Sheet, Table,
        brief::milestones,
        council_return::{contracts as con, cover, ict},
    },
    number::Exact,
    picture::{Contract, End, Lifespan, Placing, Step, System},
    programme::Code,
};

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let mut figures =
        counts(set, "ict.lifespan", &ict::SHEET, &ict::TABLE, &ict::NIL_SYSTEMS, system_end);
    figures.extend(counts(
        set,
        "contracts.lifespan",
        &con::SHEET,
        &con::TABLE,
        &con::NIL_CONTRACTS,
        contract_end,
    ));
    figures
}

/// The systems that may be used, council by council.
pub(super) fn systems(set: &Set<'_>, inventory: &Inventory<'_>) -> Vec<System> {
    register(set, &ict::TABLE, |council, ret, row| {
        let end = system_end(row).unwrap_or(End::Unknown);
        let (name, matched) = inventory.named(row);
        System {
            council,
            reference: set.reference(ret, row.key()),
            function: row.used_text(&ict::FUNCTION),
            supplier: row.used_text(&ict::SUPPLIER),
            product: row.used_text(&ict::PRODUCT),
            name,
            matched,
            version: row.used_text(&ict::VERSION),
            hosting: row.used_text(&ict::HOSTING),
            users: row.get(&ict::USERS).number(),
            annual_cost: row.get(&ict::ANNUAL_COST).number(),
            support_status: row.used_text(&ict::SUPPORT_STATUS),
            plan_year: row.used_text(&ict::REPLACE_PLAN_YEAR),
            end,
            support_end_unknown: matches!(end, End::On(_))
                && row.get(&ict::SUPPORT_END).date().is_none(),
            contract: match row.used_text(&ict::CONTRACT_REF) {
                none if none.is_empty() => none,
                contract => set.reference(ret, &contract),
            },
            licence_end: row
                .get(&ict::LICENCE_END)
                .date()
                .filter(|_| row.get(&ict::LICENCE_TERM).is("Ends on a date")),
            support_end: row.get(&ict::SUPPORT_END).date(),
            placing: Placing::of(end, false, set.project.go_live),
            lifespan: lifespan(end, set.reference),
            place: row.spot.place(),
        }
    })
}

/// The contracts that may be used, council by council.
pub(super) fn contracts(set: &Set<'_>) -> Vec<Contract> {
    register(set, &con::TABLE, |council, ret, row| {
        let end = contract_end(row).unwrap_or(End::Unknown);
        let go_live = set.project.go_live;
        let ending = Ending::read(row, set.reference).ok();
        let earliest_exit = ending.as_ref().map(|ending| ending.earliest_exit);
        let leave = ending.as_ref().and_then(|ending| {
            let free = ending.earliest_exit.max(go_live);
            Some((ending.notice_by(free)?, free))
        });
        Contract {
            council,
            reference: set.reference(ret, row.key()),
            title: row.used_text(&con::TITLE),
            supplier: row.used_text(&con::SUPPLIER),
            annual_value: row.get(&con::ANNUAL_VALUE).number(),
            share_pct: row.get(&con::SHARE_PCT).number(),
            charged_to: row.used_text(&con::CHARGED_TO),
            start: row.get(&con::START_DATE).date(),
            end,
            extension_months: row.get(&con::EXTENSION_MONTHS).number(),
            notice_months: row.get(&con::NOTICE_MONTHS).number(),
            early_exit: row.used_text(&con::EARLY_EXIT),
            others_may_use: row.used_text(&con::OTHERS_MAY_USE),
            earliest_exit,
            leave,
            start_by: ending.and_then(|ending| ending.start_by),
            decide_by: row
                .get(&con::EXTENSION_DECIDE_BY)
                .date()
                .filter(|_| !row.get(&con::EXTENSION_USED).is("Yes")),
            placing: Placing::of(end, row.get(&con::EARLY_EXIT).is("Yes"), go_live),
            lifespan: lifespan(end, set.reference),
            place: row.spot.place(),
        }
    })
}

/// The steps of the brief towards shared systems that may be used.
pub(super) fn steps(set: &Set<'_>) -> Vec<Step> {
    let briefs = set.members.iter().filter_map(|own| set.intake.brief(&own.project.code));
    let of = |row: &Row| {
        let council = row.get(&milestones::CONVERGE_COUNCIL).text().map(Arc::from);
        Some(Step {
            function: row.used_text(&milestones::CONVERGE_FUNCTION),
            step: row.used_text(&milestones::CONVERGE_STEP),
            council,
            due: row.get(&milestones::CONVERGE_DUE).date()?,
            place: row.spot.place(),
        })
    };
    let rows = briefs.flat_map(|brief| brief.used_rows(&milestones::CONVERGE_TABLE));
    rows.filter_map(of).collect()
}

/// How many rows of a table fall into each lifespan. "None" is a confirmed nought.
fn counts(
    set: &Set<'_>,
    key: &str,
    sheet: &'static Sheet,
    table: &'static Table,
    none: &'static Field,
    end: fn(&Row) -> Result<End, String>,
) -> Vec<Figure> {
    let mut figures = vec![];
    for wanted in Lifespan::ALL {
        let count = |ret: &Return| -> Usable {
            if ret.kind == ReturnKind::Nil {
                return Ok((Exact::zero(), source(ret.get(&cover::RETURN_TYPE))));
            }
            if let Some(code) = ret.refused_sheet(sheet) {
                return Err(format!("{code} {}", sheet.name));
            }
            let rows = ret.rows(table);
            if rows.is_empty() {
                let nil = ret.get(none);
                return if nil.is("Yes") {
                    Ok((Exact::zero(), source(nil)))
                } else {
                    Err(format!("nothing is listed on {}", sheet.name))
                };
            }
            let mut inside = vec![];
            for row in rows {
                if lifespan(end(row)?, set.reference) == wanted {
                    inside.push(row);
                }
            }
            let cells = inside.iter().flat_map(|row| row_source(row));
            Ok((Exact::from(inside.len()), cells.collect()))
        };
        let named = Named::new(key, Unit::Count).item(wanted.word());
        figures.extend(set.sums(named, &set.parts(count)));
    }
    figures
}

fn register<T>(
    set: &Set<'_>,
    table: &'static Table,
    of: impl Fn(Code, &Return, &Row) -> T,
) -> Vec<T> {
    let mut lines = vec![];
    for (council, ret) in set.usable() {
        lines.extend(ret.used_rows(table).map(|row| of(Arc::clone(council), ret, row)));
    }
    lines
}
