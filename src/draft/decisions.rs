//! Who decides on the business case and when, until when that can be called in, and whether it is a key decision
//! (domain.md E8).

use super::{
    case::{Case, Values, text},
    table,
};
use crate::{
    answer::Row,
    english,
    fact::gate::Gates,
    form::brief::{
        milestones::{
            GATE_ACTUAL, GATE_BODY, GATE_CALL_IN_EXPIRES, GATE_COUNCIL, GATE_FORECAST, GATE_PLANNED,
        },
        overview::DECISION_TYPE,
    },
    word::Table,
};

/// The decision of the joint committee, and those of the councils after it.
const DECIDED_AT: [&str; 2] = ["G6", "G7"];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let gates = Gates::of(case.brief());
    let rows: Vec<Vec<String>> = DECIDED_AT
        .iter()
        .flat_map(|gate| gates.rows(gate))
        .map(|row| vec![who(case, row), day(case, row), call_in(case, row)])
        .collect();
    values.passage("if:decisions", !rows.is_empty());
    let decisions = Table {
        title: String::from("Decisions and call-in"),
        description: String::from("Who decides, on which day, and when the time for call-in ends."),
        columns: vec![
            table::text("Who decides", 39),
            table::text("Decision", 36),
            table::text("Call-in ends", 25),
        ],
        rows,
        total: false,
    };
    values.table("block:decisions", decisions);
    let kind = case.brief().and_then(|brief| text(brief, &DECISION_TYPE));
    values.passage("if:key_decision", kind == Some("Key"));
    values.text("say:key_decision", case.say("report.key_decision", "some", &[]));
}

fn who(case: &Case<'_>, row: &Row) -> String {
    let (council, body) = (row.used_text(&GATE_COUNCIL), row.used_text(&GATE_BODY));
    let form = match (council.is_empty(), body.is_empty()) {
        (false, false) => "council",
        (false, true) => "alone",
        (true, false) => "body",
        (true, true) => "committee",
    };
    let council = if council.is_empty() { "" } else { case.programme.name(&council) };
    let quoted =
        [("council", council), ("body", &*body), ("committee", &*case.programme.committee)];
    case.say("report.decides", form, &quoted)
}

fn day(case: &Case<'_>, row: &Row) -> String {
    let of = |field| row.get(field).date();
    let (form, day) = match (of(&GATE_ACTUAL), of(&GATE_FORECAST).or(of(&GATE_PLANNED))) {
        (Some(done), _) => ("done", english::date(done)),
        (None, Some(due)) => ("expected", english::date(due)),
        (None, None) => ("none", String::new()),
    };
    case.say("report.day", form, &[("date", &day)])
}

fn call_in(case: &Case<'_>, row: &Row) -> String {
    let end = row.get(&GATE_CALL_IN_EXPIRES).date().map(english::date);
    let form = if end.is_some() { "done" } else { "none" };
    case.say("report.day", form, &[("date", &end.unwrap_or_default())])
}
