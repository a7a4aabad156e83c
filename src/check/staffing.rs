//! The Staffing sheet (STF).

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Return, Row},
    finding::{Rule, Scope, Severity},
    form::{
        Field,
        council_return::staffing::{FTE_ESTABLISHED, FTE_FILLED, HEADCOUNT, POSTS, SHEET, TABLE},
    },
    programme::Programme,
};

pub(super) static STF_001: Check = Check {
    rule: Rule {
        code: "STF-001",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "STF_fte_filled is more than STF_fte_established by more than the tolerance of programme.toml (0.02).",
        fix: "Please correct whichever is wrong; posts above the establishment want a row of their own.",
        source: "template, question 12",
    },
    stage: Stage::Rows,
    run: Run::Return(overfilled),
};

fn overfilled(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    each(ret, &FTE_FILLED, &FTE_ESTABLISHED, |row, filled, established| {
        if filled > established + programme.thresholds.fte_tolerance {
            let cell = row.get(&FTE_FILLED).place().within();
            let message =
                format!("{cell}: {filled} FTE are filled but only {established} are budgeted.");
            found.row(row, &[&FTE_FILLED, &FTE_ESTABLISHED], message);
        }
    });
}

pub(super) static STF_002: Check = Check {
    rule: Rule {
        code: "STF-002",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "STF_headcount is less than STF_fte_filled, or exactly one of the two is 0.",
        fix: "Please count each person in post once; nobody fills more than one FTE.",
        source: "ONS, QPSES",
    },
    stage: Stage::Rows,
    run: Run::Return(too_few_people),
};

fn too_few_people(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    each(ret, &HEADCOUNT, &FTE_FILLED, |row, people, filled| {
        if people < filled || people.is_zero() != filled.is_zero() {
            let cell = row.get(&HEADCOUNT).place().within();
            let people = counted(people, "person", "people");
            let message = if filled.is_zero() {
                format!("{cell}: {people} in post, but no FTE are filled.")
            } else {
                format!("{cell}: {people} cannot fill {filled} FTE.")
            };
            found.row(row, &[&HEADCOUNT, &FTE_FILLED], message);
        }
    });
}

pub(super) static STF_003: Check = Check {
    rule: Rule {
        code: "STF-003",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "STF_fte_established is more than 1.05 times STF_posts.",
        fix: "Please check both: a full-time post is 1.00 FTE.",
        source: "logic",
    },
    stage: Stage::Rows,
    run: Run::Return(too_few_posts),
};

fn too_few_posts(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    each(ret, &FTE_ESTABLISHED, &POSTS, |row, established, posts| {
        if established > posts * dec!(1.05) {
            let cell = row.get(&FTE_ESTABLISHED).place().within();
            let posts = counted(posts, "post", "posts");
            let message = format!("{cell}: {established} FTE is more than {posts} can hold.");
            found.row(row, &[&FTE_ESTABLISHED, &POSTS], message);
        }
    });
}

/// Every row in which both numbers can be used.
fn each(ret: &Return, one: &Field, other: &Field, mut judge: impl FnMut(&Row, Decimal, Decimal)) {
    for row in look::rows(ret, &SHEET, &TABLE) {
        if let (Some(one), Some(other)) = (row.get(one).number(), row.get(other).number()) {
            judge(row, one, other);
        }
    }
}

fn counted(number: Decimal, one: &str, more: &str) -> String {
    format!("{number} {}", if number == Decimal::ONE { one } else { more })
}
