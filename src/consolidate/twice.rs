//! What two projects of a case both list (XPR-001): until the council has said which share belongs to which, nothing that
//! rests on it is complete, and the case is not tested.

use std::sync::Arc;

use super::{Set, options::Reasons};
use crate::{
    figure::{Figure, Status},
    finding::Finding,
    form::council_return::{contracts, ict, staffing},
    intake::Intake,
    picture::LISTED_TWICE,
    place::Place,
    programme::{Code, Project},
};

/// A thing of one council that is added up twice.
pub(super) struct Twice {
    council: Code,
    /// The form's name of the sheet.
    sheet: String,
    reason: String,
}

/// The findings that are open on the projects of a case.
pub(super) fn inside(findings: &[Finding], of: &[Project], intake: &Intake) -> Vec<Twice> {
    let project = |place: &Place| {
        let file = place.file.as_ref()?;
        let holds = |path: &Arc<str>| **path == **file;
        let mut returns = intake.returns.iter();
        returns.find(|ret| ret.files.iter().any(|own| holds(&own.path)))?.project.as_ref()
    };
    let one = |finding: &Finding| {
        let places = std::iter::once(&finding.place).chain(&finding.also);
        let mut projects: Vec<&Code> = places.filter_map(project).collect();
        projects.retain(|code| of.iter().any(|own| own.code == **code));
        projects.sort();
        projects.dedup();
        let inside = finding.rule.code == LISTED_TWICE && projects.len() > 1;
        Some(Twice {
            council: finding.council.clone().filter(|_| inside)?,
            sheet: finding.place.sheet.as_deref()?.to_owned(),
            reason: format!("{LISTED_TWICE} {} is counted twice", finding.place.within()),
        })
    };
    findings.iter().filter_map(one).collect()
}

impl Set<'_> {
    /// What stands in the way of a test of the case.
    pub(super) fn counted_once(&self) -> Result<(), Reasons> {
        let own = self.twice.iter().filter(|twice| self.councils.contains(&twice.council));
        let reasons: Reasons =
            own.map(|twice| (Arc::clone(&twice.council), twice.reason.clone())).collect();
        if reasons.is_empty() { Ok(()) } else { Err(reasons) }
    }

    /// Says of a sum that a part of it is counted twice.
    pub(super) fn mark_twice(&self, figure: &mut Figure) {
        for twice in self.twice {
            if figure.used.contains(&twice.council) && twice.is_in(&figure.key) {
                let reason = figure.reasons.entry(Arc::clone(&twice.council));
                reason.or_insert_with(|| twice.reason.clone());
                if figure.status == Status::Complete {
                    figure.status = Status::Partial;
                }
            }
        }
    }
}

impl Twice {
    /// Whether a figure with this key adds up what the sheet lists.
    fn is_in(&self, key: &str) -> bool {
        let begins = |starts: &[&str]| starts.iter().any(|start| key.starts_with(start));
        if self.sheet == staffing::SHEET.name {
            begins(&["staffing.", "harmonisation.", "unit_cost.per_fte"])
        } else if self.sheet == contracts::SHEET.name {
            begins(&["contracts.", "suppliers.contracts"])
        } else {
            self.sheet == ict::SHEET.name && begins(&["ict.", "suppliers.systems"])
        }
    }
}
