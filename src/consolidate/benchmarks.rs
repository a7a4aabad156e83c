//! Indicators of performance: how many of the set all councils report (domain.md A2).

use std::sync::Arc;

use super::{
    Set,
    part::{Named, Usable},
};
use crate::{
    answer::{Held, Return, ReturnKind, Value},
    fact::{reason, refused, source},
    figure::{Figure, Source, Unit},
    form::council_return::service::{PI_CODE, PI_TABLE, PI_VALUE_Y0, SHEET},
    number::Exact,
};

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let indicators = &set.project.indicators;
    if indicators.is_empty() {
        return vec![];
    }
    let parts = set.parts(|ret| -> Usable {
        if ret.kind == ReturnKind::Nil {
            return Err(String::from("not applicable, a nil return"));
        }
        if let Some(code) = ret.refused_sheet(&SHEET) {
            return Err(format!("{code} {}", SHEET.name));
        }
        let own = indicators.iter().filter_map(|own| reported(ret, &own.code).transpose());
        let own = own.collect::<Result<Vec<_>, _>>()?;
        Ok((Exact::from(own.len()), own.into_iter().flatten().collect()))
    });
    let by_all = indicators.iter().filter(|own| {
        let mut with = parts.iter().filter(|part| part.value.is_ok());
        with.all(|part| {
            let all = set.each(&part.council, |ret| reported(ret, &own.code));
            all.is_ok_and(|all| all.iter().any(Option::is_some))
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

/// The cell in which a return gives an indicator, if it does; or why what it gives cannot be used.
fn reported(ret: &Return, code: &str) -> Result<Option<Vec<Arc<Source>>>, String> {
    if ret.kind == ReturnKind::Nil {
        return Ok(None);
    }
    let Some(row) = ret.rows(&PI_TABLE).iter().find(|row| row.get(&PI_CODE).is(code)) else {
        return Ok(None);
    };
    let value = row.get(&PI_VALUE_Y0);
    match (&row.refused, &value.held) {
        (Some(refusal), _) => Err(refused(refusal)),
        (None, Held::Blank | Held::NotApplicable) => Ok(None),
        (None, Held::Value(Value::Number(_))) => Ok(Some(source(value))),
        (None, _) => Err(reason(value, &SHEET)),
    }
}
