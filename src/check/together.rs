//! The forms of one project side by side, for rules that compare them.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use rayon::prelude::*;

use super::{RULES, Run, found::Found};
use crate::{
    answer::{Answer, Return, ReturnKind},
    finding::Finding,
    form::Field,
    intake::Intake,
    programme::{Code, Programme, Project},
};

/// One project with what came back for it.
pub(super) struct Together<'a> {
    pub(super) programme: &'a Programme,
    pub(super) project: &'a Project,
    pub(super) intake: &'a Intake,
    profiles: &'a BTreeMap<Code, &'a Return>,
    pub(super) as_at: Date,
    /// R, the date of all formulas.
    pub(super) reference: Date,
    /// The returns that may be used, of the councils whose figures are added up. Nil returns bring nothing to compare.
    pub(super) returns: Vec<&'a Return>,
    /// The brief, where it may be used.
    pub(super) brief: Option<&'a Return>,
}

/// What the rules find that look at a project as a whole.
pub(super) fn compare(intake: &Intake, programme: &Programme, as_at: Date) -> Vec<Finding> {
    let profiles = intake.profiles();
    let of = |project: &Project| {
        let together = Together::of(project, intake, &profiles, programme, as_at);
        let mut findings: Vec<Finding> = vec![];
        for check in RULES {
            let Run::Project(look) = check.run else { continue };
            let mut found = Found::of_project(&check.rule, &project.code);
            look(&together, &mut found);
            findings.extend(found.findings());
        }
        findings
    };
    let each = programme.projects.par_iter().with_max_len(1).map(of);
    let mut findings = each.collect::<Vec<_>>().concat();
    let mut owners: BTreeMap<&Arc<str>, &Code> = BTreeMap::new();
    for ret in &intake.returns {
        let council = ret.council.as_ref();
        owners.extend(ret.files.iter().filter_map(|file| Some((&file.path, council?))));
    }
    for finding in findings.iter_mut().filter(|finding| finding.council.is_none()) {
        let owner = finding.place.file.as_ref().and_then(|path| owners.get(path));
        finding.council = owner.map(|council| Code::clone(council));
    }
    once(findings)
}

/// What several projects find alike in one place, such as a profile, is asked once and is no project's own.
fn once(findings: Vec<Finding>) -> Vec<Finding> {
    let mut alike: BTreeMap<_, Finding> = BTreeMap::new();
    for finding in findings {
        let key = (finding.rule.code, finding.place.clone(), finding.message.clone());
        match alike.get_mut(&key) {
            Some(first) => first.project = None,
            None => {
                alike.insert(key, finding);
            }
        }
    }
    alike.into_values().collect()
}

impl<'a> Together<'a> {
    fn of(
        project: &'a Project,
        intake: &'a Intake,
        profiles: &'a BTreeMap<Code, &'a Return>,
        programme: &'a Programme,
        as_at: Date,
    ) -> Together<'a> {
        let usable = |ret: &&Return| ret.refused.is_none() && ret.kind != ReturnKind::Nil;
        let returns = project.expected().filter_map(|code| intake.return_of(&project.code, code));
        Together {
            programme,
            project,
            intake,
            profiles,
            as_at,
            reference: programme.reference(as_at),
            returns: returns.filter(usable).collect(),
            brief: intake.brief(&project.code).filter(|brief| brief.refused.is_none()),
        }
    }

    /// Every return of the project that may be used, those of invited councils among them.
    pub(super) fn every(&self) -> impl Iterator<Item = &'a Return> {
        let project = &self.project.code;
        let all = self
            .intake
            .returns
            .iter()
            .filter(move |ret| ret.project.as_ref() == Some(project) && ret.council.is_some());
        all.filter(|ret| ret.refused.is_none() && ret.kind != ReturnKind::Nil)
    }

    /// The returns of all councils whose figures are added up; `None` while one is not in.
    pub(super) fn complete(&self) -> Option<&[&'a Return]> {
        let all = self.project.expected().count() == self.returns.len();
        all.then_some(&self.returns[..])
    }

    /// What holds for a return: its own answer where it gives one, else its council's profile's.
    pub(super) fn in_force(
        &self,
        ret: &'a Return,
        own: &Field,
        of_profile: &Field,
    ) -> Option<&'a Answer> {
        let given =
            |ret: &'a Return, field: &Field| ret.used(field).is_some().then(|| ret.get(field));
        given(ret, own).or_else(|| given(self.profile(ret.council.as_ref()?)?, of_profile))
    }

    pub(super) fn profile(&self, council: &Code) -> Option<&'a Return> {
        self.profiles.get(council).copied()
    }

    pub(super) fn name(&self, ret: &Return) -> &'a str {
        ret.council
            .as_deref()
            .map_or("", |code| self.programme.council(code).map_or("", |council| &council.name))
    }
}

/// Those that differ from more than half of the others: whoever stands out, or all where there is no common view.
pub(super) fn odd<T>(all: &[T], differ: impl Fn(&T, &T) -> bool) -> Vec<usize> {
    let stands_out = |own: &usize| {
        let apart = all.iter().filter(|other| differ(&all[*own], other)).count();
        apart * 2 + 1 > all.len()
    };
    (0..all.len()).filter(stands_out).collect()
}

#[cfg(test)]
mod tests {
    use super::odd;

    #[test]
    fn whoever_differs_from_most_stands_out() {
        let differ = |one: &u32, other: &u32| one != other;
        assert_eq!(odd(&[1, 1, 1, 2], differ), [3]);
        assert_eq!(odd(&[1, 1, 2, 2], differ), [0, 1, 2, 3]);
        assert_eq!(odd(&[1, 2], differ), [0, 1]);
        assert_eq!(odd(&[1, 1, 1], differ).len() + odd(&[1], differ).len(), 0);
    }
}
