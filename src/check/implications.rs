//! The Implications sheet (IMP).

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Return},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        Field,
        council_return::implications::{
            COMMUNICATIONS, COMMUNITY_SAFETY, EQUALITY, HEALTH_SAFETY, PROPERTY, SHEET,
            STAFF_CONVERGENCE, UNION_CONSULTED_ON, WARD, WORKFORCE,
        },
    },
    programme::Programme,
};

pub(super) static IMP_002: Check = Check {
    rule: Rule {
        code: "IMP-002",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Where the group implications is asked: IMP_staff_convergence is Some or Major and IMP_union_consulted_on is blank.",
        fix: "Please say whether and when the unions have been told.",
        source: "LGA guide, 2011",
    },
    stage: Stage::Rows,
    run: Run::Return(unions),
};

fn unions(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !is_used(ret, programme) {
        return;
    }
    let (convergence, told) = (ret.get(&STAFF_CONVERGENCE), ret.get(&UNION_CONSULTED_ON));
    if (convergence.is("Some") || convergence.is("Major")) && told.is_blank() {
        found.say(&[told], "staff terms would change, and no talks with the unions are shown.");
    }
}

pub(super) static IMP_003: Check = Check {
    rule: Rule {
        code: "IMP-003",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "Where the group implications is asked: an impact (equality, community safety, ward, property, communications, workforce, health and safety) is blank. One finding for each return; GEN-001 is then not raised.",
        fix: "Please write “None” if there is no impact.",
        source: "Uttlesford's report",
    },
    stage: Stage::Rows,
    run: Run::Return(impacts),
};

fn impacts(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    const IMPACTS: [&Field; 7] = [
        &EQUALITY,
        &COMMUNITY_SAFETY,
        &WARD,
        &PROPERTY,
        &COMMUNICATIONS,
        &WORKFORCE,
        &HEALTH_SAFETY,
    ];
    if !is_used(ret, programme) {
        return;
    }
    let answers = IMPACTS.into_iter().map(|field| ret.get(field));
    let open: Vec<&Answer> = answers.filter(|answer| answer.is_blank()).collect();
    match open.len() {
        0 => {}
        1 => {
            found.say(&open, "one impact is not described.");
        }
        count => {
            found.say(&open, format!("{} impacts are not described.", english::count(count)));
        }
    }
}

fn is_used(ret: &Return, programme: &Programme) -> bool {
    look::sheets(ret, programme).any(|sheet| sheet.code == SHEET.code)
}
