//! Indicators of performance: how many of the set all councils report (domain.md A2).

use super::{
    Set,
    part::{Named, Usable},
};
use crate::{
    answer::{Return, ReturnKind},
    fact::source,
    figure::{Figure, Unit},
    form::council_return::service::{PI_CODE, PI_TABLE, PI_VALUE_Y0, SHEET},
    number::Exact,
};

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let indicators = &set.project.indicators;
    if indicators.is_empty() {
        return vec![];
    }
    let reported = |ret: &Return, code: &str| {
        let mut rows = ret.used_rows(&PI_TABLE);
        let row = rows.find(|row| row.get(&PI_CODE).is(code))?;
        row.get(&PI_VALUE_Y0).number().map(|_| source(row.get(&PI_VALUE_Y0)))
    };
    let parts = set.parts(|ret| -> Usable {
        if ret.kind == ReturnKind::Nil {
            return Err(String::from("not applicable, a nil return"));
        }
        if let Some(code) = ret.refused_sheet(&SHEET) {
            return Err(format!("{code} {}", SHEET.name));
        }
        let own: Vec<_> = indicators.iter().filter_map(|own| reported(ret, &own.code)).collect();
        Ok((Exact::from(own.len()), own.into_iter().flatten().collect()))
    });
    let by_all = indicators.iter().filter(|own| {
        let mut with = parts.iter().filter(|part| part.value.is_ok());
        with.all(|part| {
            let all = set.each(&part.council, |ret| Ok(reported(ret, &own.code).is_some()));
            all.is_ok_and(|all| all.contains(&true))
        })
    });
    let by_all = by_all.count();
    let named = Named::new("service.indicators", Unit::Count);
    let mut figures = set.figures_of(named, &parts, |_| Some(Exact::from(by_all)));
    if figures[0].value.is_some() {
        figures[0].exact = Some(format!("{by_all}/{}", indicators.len()));
    }
    figures
}
