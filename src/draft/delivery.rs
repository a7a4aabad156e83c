//! How far a project is: the gates it has passed, the next, and what stands in its way (domain.md E5).

use jiff::civil::Date;

use super::case::{Case, Values, paragraph};
use crate::{
    english,
    fact::gate::{GATES, Gates},
    picture::State,
    programme::Code,
};

/// From this gate on, returns have to be in.
const RETURNS_IN: usize = 3;

/// What a gate is called, as a sentence or a cell begins; its code where the wording has no name for it.
pub(super) fn gate_name(case: &Case<'_>, code: &str) -> String {
    match GATES.contains(&code) {
        true => english::capital(&case.say("gate.name", code, &[])),
        false => code.to_owned(),
    }
}

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let gates = Gates::of(case.brief());
    values.text("say:gate", said(case, &gates));
    let next = match gates.next() {
        Some((gate, Some(day))) => {
            let name = gate_name(case, GATES[gate]);
            let quoted = [("gate", &*name), ("date", &english::date(day))];
            case.say("gate.next", "dated", &quoted)
        }
        Some((gate, None)) if !gates.is_empty() => {
            let name = gate_name(case, GATES[gate]);
            case.say("gate.next", "undated", &[("gate", &name), ("date", "")])
        }
        _ => case.say("gate.next", "none", &[("gate", ""), ("date", "")]),
    };
    values.text("fig:next_stage", next);
}

/// The day on which the decision that a document is for is expected.
pub(super) fn decision_day(case: &Case<'_>) -> Option<Date> {
    Gates::of(case.brief()).expected(gate_of(case)?)
}

/// The gate at which a document of this kind is approved.
fn gate_of(case: &Case<'_>) -> Option<usize> {
    let gate = case.kind.gate()?;
    GATES.iter().position(|own| *own == gate)
}

/// What the head of every page says: a draft, until its gate is passed.
pub(super) fn standing(case: &Case<'_>) -> String {
    let gates = Gates::of(case.brief());
    // A gate out of order counts for nothing yet.
    let gate = gate_of(case).filter(|gate| gates.reached() >= Some(*gate));
    match gate.and_then(|gate| Some((gate, gates.passed(gate)?))) {
        None => case.say("standing", "draft", &[("body", ""), ("date", "")]),
        Some((gate, day)) => {
            let body = gates.body(gate);
            let form = if body.is_empty() { "approved" } else { "approved_by" };
            case.say("standing", form, &[("body", &body), ("date", &english::date(day))])
        }
    }
}

/// Sentence 16 of domain.md E7.
fn said(case: &Case<'_>, gates: &Gates<'_>) -> String {
    let title = &*case.project.title;
    if gates.is_empty() {
        return case.say("gate.reached", "unknown", &[("project", title), ("gate", "")]);
    }
    let name = |gate: usize| case.say("gate.name", GATES[gate], &[]);
    let reached = match gates.reached() {
        Some(gate) => {
            case.say("gate.reached", "some", &[("project", title), ("gate", &name(gate))])
        }
        None => case.say("gate.reached", "none", &[("project", title), ("gate", "")]),
    };
    let Some((next, day)) = gates.next() else { return reached };
    let day = day.map(english::date);
    let form = if day.is_some() { "dated" } else { "undated" };
    let quoted = [("gate", &*name(next)), ("date", &day.unwrap_or_default())];
    let step = case.say("gate.step", form, &quoted);
    let lines = || case.own.expected().filter(|line| line.state != State::Used);
    let wanting: Vec<&Code> = lines().map(|line| &line.council).collect();
    let came = lines().any(|line| line.state != State::NotReturned);
    let form = match (wanting.len(), came) {
        _ if next < RETURNS_IN => return paragraph([reached, step]),
        (0, _) => "clear",
        (1, false) => "one",
        (1, true) => "one_unusable",
        (_, false) => "many",
        (_, true) => "many_unusable",
    };
    let open = case.say("gate.blocked", form, &[("list", &case.list(&wanting))]);
    paragraph([reached, step, open])
}
