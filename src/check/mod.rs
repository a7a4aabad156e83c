//! The rules, and what their errors keep from being used (domain.md part C).
//!
//! A rule is one entry in the file of its family: code, severity, scope, condition, remedy, source, and its function.

mod brief;
mod capital;
mod completeness;
mod contracts;
mod cover;
mod file;
mod found;
mod general;
mod ict;
mod identity;
mod look;
mod mapping;
mod profile;
mod refuse;
mod revenue;
mod staffing;
mod versions;

use std::collections::BTreeSet;

use found::Found;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::{
    answer::{Return, ReturnKind},
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
}

#[derive(Debug)]
enum Run {
    /// Looks at one return.
    Return(fn(&Return, &Programme, &mut Found<'_>)),
    /// Looks at all that came back, once each return has been looked at.
    All(fn(&Intake, &Programme, &mut Found<'_>)),
}

/// Every rule, in the order of the catalogue.
pub static RULES: &[&Check] = &[
    &file::FIL_001,
    &file::FIL_002,
    &file::FIL_003,
    &file::FIL_004,
    &file::FIL_005,
    &file::FIL_006,
    &file::FIL_007,
    &file::FIL_008,
    &mapping::FIL_009,
    &mapping::FIL_010,
    &mapping::FIL_011,
    &mapping::FIL_012,
    &file::FIL_013,
    &file::FIL_014,
    &identity::IDN_001,
    &identity::IDN_002,
    &identity::IDN_005,
    &identity::IDN_007,
    &identity::IDN_009,
    &identity::IDN_010,
    &identity::IDN_011,
    &identity::IDN_012,
    &cover::COV_001,
    &cover::COV_002,
    &profile::PRO_001,
    &general::GEN_001,
    &general::GEN_002,
    &general::GEN_003,
    &general::GEN_004,
    &general::GEN_005,
    &general::GEN_006,
    &general::GEN_011,
    &general::GEN_012,
    &revenue::REV_002,
    &revenue::REV_003,
    &capital::CAP_001,
    &capital::CAP_002,
    &staffing::STF_001,
    &staffing::STF_002,
    &staffing::STF_003,
    &ict::ICT_001,
    &contracts::CON_001,
    &brief::BRF_001,
    &brief::BRF_002,
    &completeness::CMP_001,
    &completeness::CMP_002,
    &completeness::CMP_004,
];

impl Check {
    /// A nil return owes no figures.
    fn spares_nil_returns(&self) -> bool {
        ["GEN", "REV", "CMP"].iter().any(|family| self.rule.code.starts_with(family))
    }
}

impl Stage {
    const ALL: [Stage; 8] = [
        Stage::Empty,
        Stage::File,
        Stage::Identity,
        Stage::Cells,
        Stage::Rows,
        Stage::General,
        Stage::Totals,
        Stage::Completeness,
    ];
}

/// Runs every rule and marks in the returns what is not to be used. The findings come by file, sheet, cell and rule.
///
/// `as_at` is the day of the run, for rules that ask what is past; none in force does.
pub fn check(intake: &mut Intake, programme: &Programme, _as_at: Date) -> Vec<Finding> {
    let each = intake.returns.par_iter_mut().map(|ret| one(ret, programme));
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
    findings.sort_by(|one, two| (&one.place, one.rule.code).cmp(&(&two.place, two.rule.code)));
    findings
}

/// The findings of one return.
fn one(ret: &mut Return, programme: &Programme) -> Vec<Finding> {
    let mut findings: Vec<Finding> = vec![];
    let mut told = BTreeSet::new();
    for stage in Stage::ALL {
        for check in RULES.iter().filter(|check| check.stage == stage) {
            let Run::Return(look) = check.run else { continue };
            if ret.kind == ReturnKind::Nil && check.spares_nil_returns() {
                continue;
            }
            if ret.refused.is_some() {
                return findings;
            }
            let mut found = Found::of(&check.rule, ret, &told);
            look(ret, programme, &mut found);
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
