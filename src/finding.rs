//! What is wrong with a return. A finding is data: it never stops a run.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::place::{Cell, Place};

/// The catalogue entry behind a finding, printed by `lathe rules` (domain.md part C).
#[derive(Debug)]
pub struct Rule {
    /// `GEN-002`: family and number, never used again once retired.
    pub code: &'static str,
    pub severity: Severity,
    /// What an error keeps from being used.
    pub scope: Scope,
    /// The exact condition, in words.
    pub what: &'static str,
    /// What the officer should do, a sentence.
    pub fix: &'static str,
    /// Where the rule comes from.
    pub source: &'static str,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// What the scope names is not used.
    Error,
    /// Used, marked "under query", and wants an answer.
    Warning,
    Note,
}

/// What a finding is about, and so what an error keeps from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    Cell,
    /// A row of a table.
    Line,
    Sheet,
    Return,
    /// A document that is not produced.
    Output,
}

#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: &'static Rule,
    /// The rule's own, save where its text says that a lighter one goes with this case.
    pub severity: Severity,
    pub place: Place,
    pub project: Option<Arc<str>>,
    pub council: Option<Arc<str>>,
    /// What stands in the cell, as the council typed it.
    pub read: String,
    /// What is wrong, a plain sentence that names the cell as Excel does.
    pub message: String,
    /// What the officer should do: the rule's own sentence, save where it goes by what was asked.
    pub fix: &'static str,
    /// Other places the finding is about.
    pub also: Vec<Place>,
}

impl Finding {
    /// A name that stays the same while the finding does: project, council, rule and cell; for a file that is
    /// nobody's return, its path.
    pub fn id(&self) -> String {
        let project = self.project.as_deref().unwrap_or("all");
        let council = self.council.as_deref().unwrap_or("all");
        let within = self.place.within();
        let whole = match &self.place.file {
            Some(path) if self.project.is_none() && self.council.is_none() => path,
            _ => "whole",
        };
        let spot = if within.is_empty() { whole } else { &within };
        format!("{project}-{council}-{}-{}", self.rule.code, spot.replace(['!', ' '], "."))
    }
}

/// `findings.json` as product.md fixes it. `run` is the run's name; a check has none.
pub fn findings_json(findings: &[Finding], run: Option<&str>) -> Vec<u8> {
    let file = FindingsFile { schema: 1, run, findings };
    let mut json = serde_json::to_vec(&file).expect("findings are plain data with text for keys");
    json.push(b'\n');
    json
}

#[derive(Serialize)]
struct FindingsFile<'a> {
    schema: u32,
    run: Option<&'a str>,
    findings: &'a [Finding],
}

/// Another place, as the contract writes it.
#[derive(Serialize)]
struct Also<'a> {
    file: Option<&'a str>,
    sheet: Option<&'a str>,
    cell: Option<String>,
}

impl<'a> From<&'a Place> for Also<'a> {
    fn from(place: &'a Place) -> Also<'a> {
        Also {
            file: place.file.as_deref(),
            sheet: place.sheet.as_deref(),
            cell: place.cell.as_ref().map(Cell::to_string),
        }
    }
}

/// In the order of the contract, with what the rule says put beside what was found.
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = Also::from(&self.place);
        let mut json = serializer.serialize_struct("Finding", 13)?;
        json.serialize_field("id", &self.id())?;
        json.serialize_field("rule", self.rule.code)?;
        json.serialize_field("severity", &self.severity)?;
        json.serialize_field("scope", &self.rule.scope)?;
        json.serialize_field("project", &self.project)?;
        json.serialize_field("council", &self.council)?;
        json.serialize_field("file", &place.file)?;
        json.serialize_field("sheet", &place.sheet)?;
        json.serialize_field("cell", &place.cell)?;
        json.serialize_field("read", &self.read)?;
        json.serialize_field("message", &self.message)?;
        json.serialize_field("fix", self.fix)?;
        json.serialize_field("also", &self.also.iter().map(Also::from).collect::<Vec<_>>())?;
        json.end()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { rule, severity, place, message, fix, .. } = self;
        let place = place.to_string();
        writeln!(f, "{}", format!("{severity}[{}] {place}", rule.code).trim_end())?;
        writeln!(f, "    {message}")?;
        write!(f, "    {fix}")
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Scope::Cell => "cell",
            Scope::Line => "line",
            Scope::Sheet => "sheet",
            Scope::Return => "return",
            Scope::Output => "output",
        })
    }
}
