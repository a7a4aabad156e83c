//! What an error keeps from being used.

use std::collections::BTreeMap;

use super::found::Spoken;
use crate::{
    answer::{Answer, Refusal, Return, Row},
    finding::{Scope, Severity},
    place::{Cell, Place},
};

/// Marks in the return what the errors among the findings refuse, by the scope of their rule.
pub(super) fn apply(ret: &mut Return, spoken: &[Spoken]) {
    let ours = |place: &Place| {
        place.file.as_ref().is_some_and(|path| ret.files.iter().any(|file| file.path == *path))
    };
    let errors: Vec<&Spoken> = spoken
        .iter()
        .filter(|own| own.finding.severity == Severity::Error && ours(&own.finding.place))
        .collect();
    let Some(first) = errors.first() else { return };
    let code = first.finding.rule.code;
    match first.finding.rule.scope {
        Scope::Return => ret.refused = ret.refused.or(Some(code)),
        Scope::Sheet => {
            for sheet in errors.iter().flat_map(|own| &own.sheets) {
                ret.refused_sheets.entry(sheet.code).or_insert(code);
            }
        }
        Scope::Cell | Scope::Line | Scope::Output => {}
    }
    for field in errors.iter().flat_map(|own| &own.lost) {
        let mut lost = Answer::NONE;
        lost.refuse(code);
        for row in ret.rows.values_mut().flatten() {
            if row.table.columns.contains(field) {
                *row.get_mut(field) = lost.clone();
            }
        }
        let single = ret.workbook.sheets.iter().any(|sheet| sheet.cells().any(|own| own == *field));
        if single {
            ret.cells.insert(field.name, lost);
        }
    }
    if matches!(first.finding.rule.scope, Scope::Cell | Scope::Line) {
        let mut named: Named<'_> = BTreeMap::new();
        for finding in errors.iter().map(|own| &own.finding) {
            for place in finding.also.iter().chain([&finding.place]) {
                if let Some(cell) = place.cell {
                    named.entry(cell).or_default().push((place, &finding.place));
                }
            }
        }
        cells(ret, &named, code, first.finding.rule.scope == Scope::Line);
    }
    for total in errors.iter().filter(|own| own.is_total) {
        let here = |row: &Row| row.found().any(|own| own.place() == total.finding.place);
        for rows in ret.rows.values_mut() {
            ret.totals.extend(rows.extract_if(.., |row| here(row)));
        }
    }
}

/// Places that findings name, by cell, each with the place its finding is about.
type Named<'a> = BTreeMap<Cell, Vec<(&'a Place, &'a Place)>>;

/// Refuses the answers at these places, and the rows they stand in if whole lines go. A blank holds nothing to refuse.
fn cells(ret: &mut Return, named: &Named<'_>, code: &'static str, lines: bool) {
    let about = |answer: &Answer| {
        let spot = answer.spot.as_ref()?;
        let mut places = named.get(&spot.cell)?.iter();
        places.find(|(place, _)| **place == spot.place()).map(|(_, about)| (*about).clone())
    };
    let is_named = |answer: &Answer| about(answer).is_some();
    for answer in ret.cells.values_mut().filter(|answer| !answer.is_blank()) {
        if is_named(answer) {
            answer.refuse(code);
        }
    }
    for row in ret.rows.values_mut().flatten() {
        let place = row.found().find_map(about);
        if let (true, None, Some(place)) = (lines, &row.refused, place) {
            row.refused = Some(Box::new(Refusal { code, place }));
        }
        for answer in row.found_mut().filter(|answer| !answer.is_blank()) {
            if is_named(answer) {
                answer.refuse(code);
            }
        }
    }
}
