//! What a rule has found. It is made for one rule, so that a check cannot mislabel a finding.

use std::{collections::BTreeSet, fmt};

use crate::{
    answer::{Answer, RemarkKind, Return, Row},
    english,
    finding::{Finding, Rule},
    form::{Field, Sheet},
    place::Place,
    programme::Code,
};

/// Collects the findings of one rule, on one return or on all that came back.
#[derive(Debug)]
pub(super) struct Found<'a> {
    rule: &'static Rule,
    project: Option<Code>,
    council: Option<Code>,
    /// Cells that an error or a warning has already named.
    told: Option<&'a BTreeSet<Place>>,
    pub(super) spoken: Vec<Spoken>,
}

/// A finding, with what it concerns beyond its cells.
#[derive(Debug)]
pub(super) struct Spoken {
    pub(super) finding: Finding,
    pub(super) sheets: Vec<&'static Sheet>,
    /// Fields that are nowhere in the file, so that no place can name them.
    pub(super) lost: Vec<&'static Field>,
    /// Whether the row it is about says nothing that others do not say: then it is taken out, and nothing is lost.
    pub(super) is_total: bool,
}

impl<'a> Found<'a> {
    pub(super) fn of(rule: &'static Rule, ret: &Return, told: &'a BTreeSet<Place>) -> Found<'a> {
        Found {
            rule,
            project: ret.project.clone(),
            council: ret.council.clone(),
            told: Some(told),
            spoken: vec![],
        }
    }

    pub(super) fn everywhere(rule: &'static Rule) -> Found<'static> {
        Found { rule, project: None, council: None, told: None, spoken: vec![] }
    }

    /// On the forms of one project together.
    pub(super) fn of_project(rule: &'static Rule, project: &Code) -> Found<'static> {
        Found { project: Some(project.clone()), ..Found::everywhere(rule) }
    }

    /// Something is wrong at a place, where `read` stands.
    pub(super) fn at(
        &mut self,
        place: Place,
        read: impl Into<String>,
        message: impl Into<String>,
    ) -> &mut Spoken {
        let finding = Finding {
            rule: self.rule,
            severity: self.rule.severity,
            place,
            project: self.project.clone(),
            council: self.council.clone(),
            read: read.into(),
            message: message.into(),
            fix: self.rule.fix,
            also: vec![],
        };
        self.spoken.push(Spoken { finding, sheets: vec![], lost: vec![], is_total: false });
        self.spoken.last_mut().expect("one was just pushed")
    }

    /// What the reader remarked of this kind.
    pub(super) fn remarks(&mut self, ret: &Return, kind: RemarkKind) {
        for remark in ret.remarks.iter().filter(|remark| remark.kind == kind) {
            self.at(remark.place.clone(), "", &*remark.text);
        }
    }

    /// Something is wrong with an answer.
    pub(super) fn answer(&mut self, answer: &Answer, message: impl Into<String>) -> &mut Spoken {
        self.at(answer.place(), answer.shown(), message)
    }

    /// Something is wrong between answers: the first is the one to look at.
    pub(super) fn answers(
        &mut self,
        answers: &[&Answer],
        message: impl Into<String>,
    ) -> &mut Spoken {
        let (first, others) = answers.split_first().expect("a rule names a cell");
        let read: Vec<String> = answers.iter().map(|answer| answer.shown()).collect();
        let spoken = self.at(first.place(), read.join("; "), message);
        spoken.finding.also = others.iter().map(|answer| answer.place()).collect();
        spoken
    }

    /// The same, in a sentence that begins with the cell to look at.
    pub(super) fn say(&mut self, answers: &[&Answer], text: impl fmt::Display) -> &mut Spoken {
        let cell = answers.first().map(|answer| answer.place().within()).unwrap_or_default();
        let message = match &*cell {
            "" => english::capital(&text.to_string()),
            _ => format!("{cell}: {text}"),
        };
        self.answers(answers, message)
    }

    /// The same for columns of a row.
    pub(super) fn row(
        &mut self,
        row: &Row,
        columns: &[&Field],
        message: impl Into<String>,
    ) -> &mut Spoken {
        let answers: Vec<&Answer> = columns.iter().map(|column| row.get(column)).collect();
        self.answers(&answers, message)
    }

    /// Whether an error or a warning has already been raised about the cell.
    pub(super) fn is_told(&self, answer: &Answer) -> bool {
        self.told.is_some_and(|told| told.contains(&answer.place()))
    }

    pub(super) fn findings(self) -> impl Iterator<Item = Finding> {
        self.spoken.into_iter().map(|spoken| spoken.finding)
    }
}
