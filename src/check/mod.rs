//! The rules, and what their errors keep from being used (domain.md part C).
//!
//! A rule is one entry in the file of its family: code, severity, scope, condition, remedy, source, and its function.

mod across;
mod basis;
mod brief;
mod capital;
mod catalogue;
mod change;
mod completeness;
mod contractors;
mod contracts;
mod cover;
mod criteria;
mod dates;
mod exits;
mod file;
mod found;
mod funding;
mod general;
mod ict;
mod identity;
mod implications;
mod joint;
mod lines;
mod look;
mod mapping;
mod options;
mod pay;
mod posts;
mod privacy;
mod profile;
mod projects;
mod refuse;
mod repeats;
mod revenue;
mod risks;
mod savings;
mod spelling;
mod staffing;
mod structure;
mod systems;
mod together;
mod versions;
mod wording;

use std::collections::BTreeSet;

pub use catalogue::RULES;
use found::Found;
use jiff::civil::Date;
use rayon::prelude::*;
use together::Together;

use crate::{
    answer::{RemarkKind, Return, ReturnKind},
    finding::{Finding, Rule, Severity},
    intake::Intake,
    programme::Programme,
};

/// A rule with its function.
#[derive(Debug)]
pub struct Check {
    pub rule: Rule,
    stage: Stage,
    run: Run,
}

/// When a rule is run. What an earlier one refuses raises nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Is there anything in it?
    Empty,
    File,
    Identity,
    /// What stands in a cell, taken by itself.
    Cells,
    /// A sheet's own rules, which come before the general ones.
    Rows,
    General,
    Totals,
    Completeness,
    /// Sheets, years and forms side by side.
    Beside,
}

#[derive(Debug)]
enum Run {
    /// Tells of one return what the reader remarked of this kind.
    Remarks(RemarkKind),
    /// Looks at one return.
    Return(fn(&Return, &Programme, &mut Found<'_>)),
    /// The same on the day of the run: what is past is told by it.
    Dated(fn(&Return, &Programme, Date, &mut Found<'_>)),
    /// Looks at all that came back, once each return has been looked at.
    All(fn(&Intake, &Programme, &mut Found<'_>)),
    /// Compares the forms of one project with one another. It refuses nothing: which of them is wrong is not known.
    Project(fn(&Together<'_>, &mut Found<'_>)),
}

impl Check {
    /// A nil return owes no figures.
    fn spares_nil_returns(&self) -> bool {
        ["GEN", "REV", "CMP"].iter().any(|family| self.rule.code.starts_with(family))
    }
}

impl Stage {
    const ALL: [Stage; 9] = [
        Stage::Empty,
        Stage::File,
        Stage::Identity,
        Stage::Cells,
        Stage::Rows,
        Stage::General,
        Stage::Totals,
        Stage::Completeness,
        Stage::Beside,
    ];
}

/// Runs every rule and marks in the returns what is not to be used. The findings come by file, sheet, cell and rule.
///
/// `as_at` is the day of the run: what is past goes by it, or by the reference date that programme.toml fixes.
pub fn check(intake: &mut Intake, programme: &Programme, as_at: Date) -> Vec<Finding> {
    let each = intake.returns.par_iter_mut().with_max_len(1);
    let each = each.map(|ret| one(ret, programme, as_at));
    let mut findings = each.collect::<Vec<_>>().concat();
    for check in RULES {
        if let Run::All(look) = check.run {
            let mut found = Found::everywhere(&check.rule);
            look(intake, programme, &mut found);
            for ret in &mut intake.returns {
                refuse::apply(ret, &found.spoken);
            }
            findings.extend(found.findings());
        }
    }
    findings.extend(together::compare(intake, programme, as_at));
    findings.sort_by(|one, two| (&one.place, one.rule.code).cmp(&(&two.place, two.rule.code)));
    findings
}

/// The findings of one return.
fn one(ret: &mut Return, programme: &Programme, as_at: Date) -> Vec<Finding> {
    let mut findings: Vec<Finding> = vec![];
    let mut told = BTreeSet::new();
    for stage in Stage::ALL {
        for check in RULES.iter().filter(|check| check.stage == stage) {
            if ret.kind == ReturnKind::Nil && check.spares_nil_returns() {
                continue;
            }
            if ret.refused.is_some() {
                return findings;
            }
            let mut found = Found::of(&check.rule, ret, &told);
            match check.run {
                Run::Remarks(kind) => found.remarks(ret, kind),
                Run::Return(look) => look(ret, programme, &mut found),
                Run::Dated(look) => look(ret, programme, as_at, &mut found),
                Run::All(_) | Run::Project(_) => continue,
            }
            let spoken = found.spoken;
            refuse::apply(ret, &spoken);
            for finding in spoken.into_iter().map(|spoken| spoken.finding) {
                if finding.severity < Severity::Note {
                    told.extend(finding.also.iter().cloned());
                    told.insert(finding.place.clone());
                }
                findings.push(finding);
            }
        }
    }
    if ret.kind == ReturnKind::Final && !cover::is_signed_off(ret) {
        ret.kind = ReturnKind::Draft;
    }
    findings
}
