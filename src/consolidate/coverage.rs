//! Coverage (domain.md D12): whose returns the figures rest on, and how many people they serve.

use std::sync::Arc;

use super::{
    Set,
    part::{MISISSUED, Named, Part, source, total},
};
use crate::{
    answer::Return,
    fact::chart::chart_of,
    figure::{Figure, Unit},
    finding::{Finding, Severity},
    form::council_return::cover,
    number::Exact,
    picture::{Coverage, State},
    place::Place,
    programme::{Code, Status},
};

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let parts = set.parts(|ret| Ok((Exact::one(), source(ret.get(&cover::RETURN_VERSION)))));
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

/// A line for every council asked. References number the returns in use: R1, R2.
pub(super) fn lines(set: &Set<'_>, findings: &[Finding]) -> Vec<Coverage> {
    let mut used = 0;
    let mut lines = vec![];
    for part in &set.project.participation {
        let ret = set.intake.return_of(&set.project.code, &part.council);
        let state = match ret {
            None if set.intake.misissued(&set.project.code, &part.council) => {
                State::SetAside(MISISSUED)
            }
            None => State::NotReturned,
            Some(ret) => ret.refused.map_or(State::Used, State::Refused),
        };
        let counts = !matches!(part.status, Status::Optional | Status::Out { .. });
        let reference = (state == State::Used && counts).then(|| {
            used += 1;
            format!("R{used}")
        });
        let about = |finding: &&Finding| {
            finding.project.as_ref() == Some(&set.project.code)
                && finding.council.as_ref() == Some(&part.council)
        };
        let count =
            |severity| findings.iter().filter(about).filter(|own| own.severity == severity).count();
        let (answered, asked) = ret.map_or((0, 0), |ret| required(set, ret));
        lines.push(Coverage {
            council: Arc::clone(&part.council),
            participation: part.status.clone(),
            state,
            reference,
            version: ret.map(|ret| ret.version),
            kind: ret.map(|ret| ret.kind),
            answered,
            asked,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            chart: ret.is_some_and(|ret| chart_of(ret, set.intake, set.programme)),
            files: ret.map(files).unwrap_or_default(),
        });
    }
    lines
}

/// Required questions answered, and required questions.
fn required(set: &Set<'_>, ret: &Return) -> (usize, usize) {
    let sheets = ret.sheets(set.programme);
    let required = sheets.flat_map(|sheet| ret.required(sheet, set.programme));
    required
        .fold((0, 0), |(answered, asked), own| (answered + usize::from(own.answered), asked + 1))
}

fn files(ret: &Return) -> Vec<Place> {
    ret.files.iter().map(|file| Place::file(&file.path)).collect()
}
