//! How far a project is: the gates it has passed, the next, and what stands in its way (domain.md E5).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::case::{Case, Values, paragraph};
use crate::{
    answer::Row,
    english,
    form::brief::milestones::{
        GATE_ACTUAL, GATE_BODY, GATE_CODE, GATE_DECISION, GATE_FORECAST, GATE_PLANNED, GATE_TABLE,
    },
    picture::State,
    programme::Code,
};

/// The gates in their order: none is passed before those above it.
const GATES: [&str; 11] = ["G0", "G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10"];

/// From this gate on, returns have to be in.
const RETURNS_IN: usize = 3;

/// The gates of a brief.
struct Gates<'a>(BTreeMap<usize, Vec<&'a Row>>);

impl<'a> Gates<'a> {
    fn of(case: &'a Case<'_>) -> Gates<'a> {
        let mut gates: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
        for row in case.brief().into_iter().flat_map(|brief| brief.used_rows(&GATE_TABLE)) {
            let code = row.used_text(&GATE_CODE);
            let Some(gate) = GATES.iter().position(|own| *own == code) else { continue };
            gates.entry(gate).or_default().push(row);
        }
        Gates(gates)
    }

    /// On which day a gate was passed: the last of its rows.
    fn passed(&self, gate: usize) -> Option<Date> {
        let agreed = |row: &&Row| {
            let decision = row.used_text(&GATE_DECISION);
            let refused = ["Deferred", "Not agreed"].contains(&&*decision);
            row.get(&GATE_ACTUAL).date().filter(|_| !refused)
        };
        let days: Option<Vec<Date>> = self.0.get(&gate)?.iter().map(agreed).collect();
        days?.into_iter().max()
    }

    /// The last gate passed with all before it.
    fn reached(&self) -> Option<usize> {
        (0..GATES.len()).take_while(|gate| self.passed(*gate).is_some()).last()
    }

    /// The gate after that, and when it is expected.
    fn next(&self) -> Option<(usize, Option<Date>)> {
        let next = self.reached().map_or(0, |gate| gate + 1);
        (next < GATES.len()).then(|| (next, self.expected(next)))
    }

    /// When a gate is expected that is still open: the first of its rows.
    fn expected(&self, gate: usize) -> Option<Date> {
        let day = |row: &&Row| row.get(&GATE_FORECAST).date().or(row.get(&GATE_PLANNED).date());
        let rows = self.0.get(&gate).map(Vec::as_slice).unwrap_or_default();
        let open = rows.iter().filter(|row| row.get(&GATE_ACTUAL).date().is_none());
        open.filter_map(day).min()
    }

    fn body(&self, gate: usize) -> String {
        let row = self.0.get(&gate).and_then(|rows| rows.first());
        row.map(|row| row.used_text(&GATE_BODY)).unwrap_or_default()
    }
}

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let gates = Gates::of(case);
    values.text("say:gate", said(case, &gates));
    let next = match gates.next() {
        Some((gate, Some(day))) => {
            let name = english::capital(&case.say("gate.name", GATES[gate], &[]));
            let quoted = [("gate", &*name), ("date", &english::date(day))];
            case.say("gate.next", "dated", &quoted)
        }
        Some((gate, None)) if !gates.0.is_empty() => {
            let name = english::capital(&case.say("gate.name", GATES[gate], &[]));
            case.say("gate.next", "undated", &[("gate", &name), ("date", "")])
        }
        _ => case.say("gate.next", "none", &[("gate", ""), ("date", "")]),
    };
    values.text("fig:next_stage", next);
}

/// The day on which the decision that a document is for is expected.
pub(super) fn decision_day(case: &Case<'_>) -> Option<Date> {
    let gate = GATES.iter().position(|own| *own == case.kind.gate())?;
    Gates::of(case).expected(gate)
}

/// What the head of every page says: a draft, until its gate is passed.
pub(super) fn standing(case: &Case<'_>) -> String {
    let gates = Gates::of(case);
    let gate = GATES.iter().position(|own| *own == case.kind.gate()).unwrap_or_default();
    // A gate out of order counts for nothing yet.
    let passed = gates.reached().filter(|reached| *reached >= gate).and(gates.passed(gate));
    match passed {
        None => case.say("standing", "draft", &[("body", ""), ("date", "")]),
        Some(day) => {
            let body = gates.body(gate);
            let form = if body.is_empty() { "approved" } else { "approved_by" };
            case.say("standing", form, &[("body", &body), ("date", &english::date(day))])
        }
    }
}

/// Sentence 16 of domain.md E7.
fn said(case: &Case<'_>, gates: &Gates<'_>) -> String {
    let title = &*case.project.title;
    if gates.0.is_empty() {
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
    let wanting = case.own.expected().filter(|line| line.state != State::Used);
    let wanting: Vec<&Code> = wanting.map(|line| &line.council).collect();
    let form = match wanting.len() {
        _ if next < RETURNS_IN => return paragraph([reached, step]),
        0 => "clear",
        1 => "one",
        _ => "many",
    };
    let open = case.say("gate.blocked", form, &[("list", &case.list(&wanting))]);
    paragraph([reached, step, open])
}
