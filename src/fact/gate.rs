//! The gates that a project has passed, and the next (domain.md E5).

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    answer::{Return, Row},
    form::brief::milestones::{
        GATE_ACTUAL, GATE_BODY, GATE_CODE, GATE_DECISION, GATE_FORECAST, GATE_PLANNED, GATE_TABLE,
    },
};

/// The gates in their order: none is passed before those above it.
pub const GATES: [&str; 11] = ["G0", "G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10"];

/// The gates that a brief records, by their place in [`GATES`].
pub struct Gates<'a>(BTreeMap<usize, Vec<&'a Row>>);

impl<'a> Gates<'a> {
    pub fn of(brief: Option<&'a Return>) -> Gates<'a> {
        let mut gates: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
        for row in brief.into_iter().flat_map(|brief| brief.used_rows(&GATE_TABLE)) {
            let code = row.used_text(&GATE_CODE);
            let Some(gate) = GATES.iter().position(|own| *own == code) else { continue };
            gates.entry(gate).or_default().push(row);
        }
        Gates(gates)
    }

    /// On which day a gate was passed: the last of its rows.
    pub fn passed(&self, gate: usize) -> Option<Date> {
        let agreed = |row: &&Row| {
            let decision = row.used_text(&GATE_DECISION);
            let refused = ["Deferred", "Not agreed"].contains(&&*decision);
            row.get(&GATE_ACTUAL).date().filter(|_| !refused)
        };
        let days: Option<Vec<Date>> = self.0.get(&gate)?.iter().map(agreed).collect();
        days?.into_iter().max()
    }

    /// What the brief records of a gate: a row, or one for each council.
    pub fn rows(&self, gate: &str) -> impl Iterator<Item = &'a Row> {
        let gate = GATES.iter().position(|own| *own == gate);
        gate.and_then(|gate| self.0.get(&gate)).into_iter().flatten().copied()
    }

    /// The last gate passed with all before it.
    pub fn reached(&self) -> Option<usize> {
        (0..GATES.len()).take_while(|gate| self.passed(*gate).is_some()).last()
    }

    /// The gate after that, and when it is expected.
    pub fn next(&self) -> Option<(usize, Option<Date>)> {
        let next = self.reached().map_or(0, |gate| gate + 1);
        (next < GATES.len()).then(|| (next, self.expected(next)))
    }

    /// When a gate is expected that is still open: the first of its rows.
    pub fn expected(&self, gate: usize) -> Option<Date> {
        let day = |row: &&Row| row.get(&GATE_FORECAST).date().or(row.get(&GATE_PLANNED).date());
        let rows = self.0.get(&gate).map(Vec::as_slice).unwrap_or_default();
        let open = rows.iter().filter(|row| row.get(&GATE_ACTUAL).date().is_none());
        open.filter_map(day).min()
    }

    /// Whether the brief records none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Who decides at a gate; "" where the brief does not say.
    pub fn body(&self, gate: usize) -> String {
        let row = self.0.get(&gate).and_then(|rows| rows.first());
        row.map(|row| row.used_text(&GATE_BODY)).unwrap_or_default()
    }
}
