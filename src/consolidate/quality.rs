//! How sure the councils are of keeping quality: the second criterion (domain.md D8).

use super::{
    Set,
    part::{Named, Part, reason, source, total},
};
use crate::{
    answer::Return,
    figure::{Amount, Figure, Status, Unit},
    form::council_return::service::{self, QUALITY_CERTAINTY},
    number::Exact,
};

/// How sure the councils are of keeping quality: counts, and whether none is unsure or silent.
pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let rating = |ret: &Return| -> Result<String, String> {
        if let Some(code) = ret.refused_sheet(&service::SHEET) {
            return Err(format!("{code} {}", service::SHEET.name));
        }
        let answer = ret.get(&QUALITY_CERTAINTY);
        answer.text().map(str::to_owned).ok_or_else(|| reason(answer, &service::SHEET))
    };
    let mut figures = vec![];
    for certainty in ["High", "Medium", "Low"] {
        let parts = set.parts(|ret| {
            let count = if rating(ret)? == certainty { Exact::one() } else { Exact::zero() };
            Ok((count, source(ret.get(&QUALITY_CERTAINTY))))
        });
        let named = Named::new("savings.quality_certainty", Unit::Count).item(certainty);
        figures.push(set.combined(named, &parts, |used| Some(total(used))));
    }
    let parts = set.parts(|ret| {
        let low = if rating(ret)? == "Low" { Exact::one() } else { Exact::zero() };
        Ok((low, source(ret.get(&QUALITY_CERTAINTY))))
    });
    figures.push(gate(set, &parts));
    figures
}

/// Whether the gate is passed: not while any council is unsure, or has not said.
fn gate(set: &Set<'_>, parts: &[Part]) -> Figure {
    let figure = set
        .combined(Named::new("savings.quality_gate", Unit::YesNo), parts, |used| Some(total(used)));
    let sure = figure.number().is_some_and(Exact::is_zero) && figure.status == Status::Complete;
    let said = figure.value.is_some();
    Figure { value: said.then_some(Amount::YesNo(sure)), exact: None, ..figure }
}
