//! Coverage (domain.md D12): whose returns the figures rest on, and how many people they serve.

use std::sync::Arc;

use super::{
    Set,
    part::{MISISSUED, Named, Part, source, total},
};
use crate::{
    answer::{Return, Value},
    figure::{Figure, Unit},
    finding::{Finding, Severity},
    form::council_return::{cover, staffing},
    intake::Why,
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
            chart: ret.is_some_and(|ret| chart_of(set, ret)),
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

/// Whether the structure chart that a return names lies in the folder: beside the return, in a folder of the council,
/// or with the council's code in its name (domain.md part C).
fn chart_of(set: &Set<'_>, ret: &Return) -> bool {
    let Some(Value::Text(name)) = ret.used(&staffing::CHART_FILE) else { return false };
    let Some(council) = ret.council.as_deref().and_then(|code| set.programme.council(code)) else {
        return false;
    };
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let papers = set.intake.set_aside.iter().filter(|file| file.why == Why::Attachment);
    papers.map(|file| &*file.path).any(|path| {
        let file = path.rsplit('/').next().unwrap_or_default();
        let beside = || ret.files.iter().any(|own| folder(&own.path) == folder(path));
        let theirs = || {
            path.split('/').rev().skip(1).any(|name| {
                set.programme.recognise(name).is_some_and(|own| own.code == council.code)
            })
        };
        let marked = || {
            let mut words = file.split(|letter: char| !letter.is_alphanumeric());
            words.any(|word| word.eq_ignore_ascii_case(&council.code))
        };
        file.eq_ignore_ascii_case(name) && (marked() || beside() || theirs())
    })
}
