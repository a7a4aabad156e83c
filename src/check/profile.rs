//! Council profiles (PRO).

use super::{Check, Run, Stage, found::Found};
use crate::{
    finding::{Rule, Scope, Severity},
    form::council_return,
    intake::Intake,
    place::Place,
    programme::Programme,
};

pub(super) static PRO_001: Check = Check {
    rule: Rule {
        code: "PRO-001",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "There is no usable profile of a council that has a return in use.",
        fix: "Please send the council profile: one form, once for all projects. Until then the accounting basis is shown as not known.",
        source: "each thing is asked once",
    },
    stage: Stage::Identity,
    run: Run::All(no_profile),
};

fn no_profile(intake: &Intake, programme: &Programme, found: &mut Found<'_>) {
    for council in &programme.councils {
        let returned = intake.returns.iter().any(|ret| {
            std::ptr::eq(ret.workbook, &council_return::WORKBOOK)
                && ret.council.as_ref() == Some(&council.code)
                && ret.refused.is_none()
        });
        let profile = intake.profile(&council.code).filter(|ret| ret.refused.is_none());
        if returned && profile.is_none() {
            let message = format!("We have returns from {} but not its profile.", council.name);
            found.at(Place::default(), "", message).finding.council = Some(council.code.clone());
        }
    }
}
