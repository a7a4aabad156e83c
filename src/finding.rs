//! What is wrong with a return. A finding is data: it never stops a run.

use std::{fmt, sync::Arc};

use crate::place::Place;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// What the scope names is not used.
    Error,
    /// Used, marked "under query", and wants an answer.
    Warning,
    Note,
}

/// What a finding is about, and so what an error keeps from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Cell,
    /// A row of a table.
    Line,
    Sheet,
    Return,
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
    /// Other places the finding is about.
    pub also: Vec<Place>,
}

impl Finding {
    /// A name that stays the same while the finding does: project, council, rule and cell.
    pub fn id(&self) -> String {
        let project = self.project.as_deref().unwrap_or("all");
        let council = self.council.as_deref().unwrap_or("all");
        let within = self.place.within().replace(['!', ' '], ".");
        let spot = if within.is_empty() { String::from("file") } else { within };
        format!("{project}-{council}-{}-{spot}", self.rule.code)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { rule, severity, place, message, .. } = self;
        writeln!(f, "{severity}[{}] {place}", rule.code)?;
        writeln!(f, "    {message}")?;
        write!(f, "    {}", rule.fix)
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
        })
    }
}
