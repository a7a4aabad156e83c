//! Coverage (domain.md D12): whose returns the figures rest on, and how many people they serve.

use std::sync::Arc;

use super::{
    Set,
    part::{Named, Part, source, total},
    returns::{MISISSUED, Member},
};
use crate::{
    answer::Return,
    fact::chart::chart_of,
    figure::{Figure, Unit},
    finding::{Finding, Severity},
    form::council_return::{cover, staffing},
    number::Exact,
    picture::{Coverage, Sent, State},
    place::Place,
    programme::{Code, Project, Status},
};

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    // A council that has returned for every project of a case is one council.
    let parts = set
        .parts_by(|one, _| one, |ret| Ok((Exact::one(), source(ret.get(&cover::RETURN_VERSION)))));
    let expected = Exact::from(set.councils.len());
    let mut figures = vec![Figure {
        exact: Some(format!(
            "{}/{}",
            parts.iter().filter(|part| part.value.is_ok()).count(),
            parts.len()
        )),
        ..set.combined(Named::new("coverage.councils", Unit::Count), &parts, |used| {
            Some(total(used))
        })
    }];
    figures.extend(charts(set));
    let people = |council: &Code| {
        Exact::from(set.programme.council(council).map_or(0, |council| council.population))
    };
    let everyone: Exact = set.councils.iter().map(people).sum();
    let share = |used: &[&Part]| {
        used.iter().map(|part| people(&part.council)).sum::<Exact>().over(&everyone)
    };
    let share = set.combined(Named::new("coverage.population_share", Unit::Ratio), &parts, share);
    if !expected.is_zero() {
        figures.push(share);
    }
    figures
}

/// How many councils have sent a structure chart, of those expected (question 12). One that has for a project of a case
/// counts, once.
fn charts(set: &Set<'_>) -> Vec<Figure> {
    let held = |ret: &Return| {
        let count = u32::from(chart_of(ret, set.intake, set.programme));
        Ok((Exact::from(count), source(ret.get(&staffing::CHART_FILE))))
    };
    let parts = set.parts_by(Exact::max, held);
    let all: Exact = parts.iter().map(Part::amount).sum();
    let mut figures = set.sums(Named::new("coverage.charts", Unit::Count), &parts);
    figures[0].exact = Some(format!("{}/{}", all.rounded(0), parts.len()));
    figures
}

/// A line for every council asked. References number the returns in use: R1, R2.
pub(super) fn lines(set: &Set<'_>, findings: &[Finding]) -> Vec<Coverage> {
    let mut used = 0;
    let mut lines = vec![];
    for part in &set.project.participation {
        let asked = |member: &&Member<'_>| member.project.status(&part.council).is_some();
        let own = set.members.iter().filter(asked);
        let projects: Vec<&Project> = own.map(|member| member.project).collect();
        let returns: Vec<(State, Option<&Return>)> =
            projects.iter().map(|project| state(set, project, &part.council)).collect();
        let counts = !matches!(part.status, Status::Optional | Status::Out { .. });
        let mut references = vec![];
        for _ in returns.iter().filter(|(state, _)| *state == State::Used && counts) {
            used += 1;
            references.push(format!("R{used}"));
        }
        let state = returns.iter().find(|(state, _)| *state != State::Used);
        let state = state.map_or(State::Used, |(state, _)| state.clone());
        let returns: Vec<&Return> = returns.iter().filter_map(|(_, ret)| *ret).collect();
        let about = |finding: &&Finding| {
            projects.iter().any(|project| finding.project.as_ref() == Some(&project.code))
                && finding.council.as_ref() == Some(&part.council)
        };
        let count =
            |severity| findings.iter().filter(about).filter(|own| own.severity == severity).count();
        let (answered, asked) = returns.iter().fold((0, 0), |(answered, asked), ret| {
            let (more, of) = ret.answered(set.programme);
            (answered + more, asked + of)
        });
        let chart = |ret: &Return| chart_of(ret, set.intake, set.programme);
        lines.push(Coverage {
            council: Arc::clone(&part.council),
            participation: part.status.clone(),
            state,
            reference: (!references.is_empty()).then(|| references.join(", ")),
            sent: returns.iter().filter_map(|ret| sent(ret)).collect(),
            kind: returns.iter().map(|ret| ret.kind).min(),
            answered,
            asked,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            forms: projects.len(),
            charts: returns.iter().filter(|ret| chart(ret)).count(),
            files: returns.iter().flat_map(|ret| files(ret)).collect(),
        });
    }
    lines
}

/// What became of a council's return for a project.
fn state<'a>(set: &Set<'a>, project: &Project, council: &Code) -> (State, Option<&'a Return>) {
    let ret = set.intake.return_of(&project.code, council);
    let state = match ret {
        None if set.intake.misissued(&project.code, council) => State::SetAside(MISISSUED),
        None => State::NotReturned,
        Some(ret) => ret.refused.map_or(State::Used, State::Refused),
    };
    (state, ret)
}

fn sent(ret: &Return) -> Option<Sent> {
    Some(Sent { project: ret.project.clone()?, version: ret.version, kind: ret.kind })
}

fn files(ret: &Return) -> Vec<Place> {
    ret.files.iter().map(|file| Place::file(&file.path)).collect()
}
