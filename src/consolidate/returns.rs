//! The returns of a set of councils: of a project one for each council, of a case one for each of its projects too.

use std::sync::Arc;

use super::{
    Set,
    part::{NOT_APPLICABLE, Part, Usable},
};
use crate::{
    answer::Return,
    figure::Source,
    number::Exact,
    programme::{Code, Estimate, Project, Year},
};

/// The rule on a form that was issued to somebody else or in another round.
pub(super) const MISISSUED: &str = "IDN-002";

/// A project of the set, with the councils that count in it.
pub(super) struct Member<'a> {
    pub(super) project: &'a Project,
    pub(super) councils: Vec<Code>,
}

/// How what several returns of one council bring becomes one value.
type Join = fn(Exact, Exact) -> Exact;

impl<'a> Set<'a> {
    /// One part for each council: `reckon` sees a return that may be used. Those for the projects of a case are added up.
    pub(super) fn parts(&self, reckon: impl Fn(&Return) -> Usable) -> Vec<Part> {
        self.parts_by(|sum, own| sum + own, reckon)
    }

    /// The same, where those for the projects of a case are joined in another way.
    pub(super) fn parts_by(&self, join: Join, reckon: impl Fn(&Return) -> Usable) -> Vec<Part> {
        self.joined(join, |project, council| self.return_for(project, council).and_then(&reckon))
    }

    /// The parts of a figure for which the office's estimates stand in. `year` is that of a figure that has one.
    pub(super) fn parts_of(
        &self,
        key: &str,
        year: Option<Year>,
        reckon: impl Fn(&Return) -> Usable,
    ) -> Vec<Part> {
        self.parts_for(|project, council| match self.estimate(project, council, key, year) {
            Some(estimate) => Ok(estimate),
            None => self.return_for(project, council).and_then(&reckon),
        })
    }

    /// One part for each council, from what it brings in each project.
    pub(super) fn parts_for(&self, of: impl Fn(&Project, &Code) -> Usable) -> Vec<Part> {
        self.joined(|sum, own| sum + own, of)
    }

    fn joined(&self, join: Join, of: impl Fn(&Project, &Code) -> Usable) -> Vec<Part> {
        let one = |council| Part::new(council, self.together(council, join, &of));
        self.councils.iter().map(one).collect()
    }

    /// What a council brings. A project to which a figure cannot apply does not stand in the way of the others.
    fn together(
        &self,
        council: &Code,
        join: Join,
        of: &dyn Fn(&Project, &Code) -> Usable,
    ) -> Usable {
        let mut joined: Option<(Exact, Vec<Arc<Source>>)> = None;
        let mut inapplicable = None;
        for project in self.members_of(council) {
            match of(project, council) {
                Ok((own, more)) => {
                    joined = Some(match joined {
                        None => (own, more),
                        Some((sum, mut cells)) => {
                            cells.extend(more);
                            (join(sum, own), cells)
                        }
                    });
                }
                Err(reason) if reason.starts_with(NOT_APPLICABLE) => inapplicable = Some(reason),
                Err(reason) => return Err(self.within(project, reason)),
            }
        }
        let none = || inapplicable.unwrap_or_else(|| String::from(NOT_APPLICABLE));
        joined.ok_or_else(none)
    }

    /// The office's estimate of a figure, so long as it stands.
    pub(super) fn estimate(
        &self,
        project: &Project,
        council: &Code,
        key: &str,
        year: Option<Year>,
    ) -> Option<(Exact, Vec<Arc<Source>>)> {
        let found = self.programme.estimates.iter().find(|own| {
            own.project == project.code
                && own.council == *council
                && own.figure == key
                && own.year == year
                && self.as_at <= own.until
        });
        found.map(value)
    }

    /// A council's return for a project, or why it cannot be used.
    pub(super) fn return_for(
        &self,
        project: &Project,
        council: &Code,
    ) -> Result<&'a Return, String> {
        match self.intake.return_of(&project.code, council) {
            None => Err(match self.intake.misissued(&project.code, council) {
                true => format!("rejected ({MISISSUED})"),
                false => String::from("not returned"),
            }),
            Some(ret) => match ret.refused {
                Some(code) => Err(format!("rejected ({code})")),
                None => Ok(ret),
            },
        }
    }

    /// A council's returns, each with what `read` makes of it; or why one of them cannot be used.
    pub(super) fn each<T>(
        &self,
        council: &Code,
        read: impl Fn(&'a Return) -> Result<T, String>,
    ) -> Result<Vec<T>, String> {
        let one = |project: &'a Project| {
            let read = self.return_for(project, council).and_then(&read);
            read.map_err(|reason| self.within(project, reason))
        };
        self.members_of(council).map(one).collect()
    }

    /// Every return that can be used, council by council.
    pub(super) fn usable(&self) -> Vec<(&Code, &'a Return)> {
        let of = |council| {
            let returns = self.members_of(council).filter_map(move |project| {
                Some((council, self.return_for(project, council).ok()?))
            });
            returns.collect::<Vec<_>>()
        };
        self.councils.iter().flat_map(of).collect()
    }

    /// One project of the set by itself.
    pub(super) fn alone(&self, member: &Member<'a>) -> Set<'a> {
        Set {
            project: member.project,
            members: vec![Member { project: member.project, councils: member.councils.clone() }],
            scenario: Arc::clone(&self.scenario),
            councils: member.councils.clone(),
            ..*self
        }
    }

    /// The projects in which a council counts.
    fn members_of(&self, council: &Code) -> impl Iterator<Item = &'a Project> {
        let own = self.members.iter().filter(|member| member.councils.contains(council));
        own.map(|member| member.project)
    }

    /// The project that a return is for.
    pub(super) fn project_of(&self, ret: &Return) -> &'a Project {
        let projects = self.members.iter().map(|member| member.project);
        let mut own = projects.filter(|project| ret.project.as_ref() == Some(&project.code));
        own.next().unwrap_or(self.project)
    }

    /// A reason, with the project it comes from where there are several.
    pub(super) fn within(&self, project: &Project, reason: String) -> String {
        if self.members.len() > 1 { format!("{reason} (project {})", project.code) } else { reason }
    }

    /// What a council calls a thing, with the project it is of where there are several.
    pub(super) fn reference(&self, ret: &Return, reference: &str) -> String {
        match &ret.project {
            Some(project) if self.members.len() > 1 => format!("{project} {reference}"),
            _ => reference.to_owned(),
        }
    }
}

/// An estimate as a value, with its place in programme.toml.
fn value(estimate: &Estimate) -> (Exact, Vec<Arc<Source>>) {
    let value = Exact::from(estimate.value);
    let source = Source::of_estimate(estimate.line, value.decimal(2));
    (value, vec![Arc::new(source)])
}
