//! Combined capital (domain.md D2): spend by year, approved, provisional and bids apart.

use std::sync::Arc;

use super::{
    Set,
    part::{Named, Usable, add, number_in, reason, refused, source},
};
use crate::{
    answer::{Return, ReturnKind, Row},
    figure::{Figure, Unit},
    form::{
        Field,
        council_return::{
            capital::{self as form, SHEET, TABLE},
            cover,
        },
    },
    number::Exact,
    picture::Scheme,
};

const APPROVALS: [(&str, &str); 3] = [
    ("capital.approved", "Approved"),
    ("capital.provisional", "Provisional"),
    ("capital.bid", "Bid"),
];

const YEARS: [(&Field, &str); 4] = [
    (&form::SPEND_Y0, "spend_y0"),
    (&form::SPEND_Y1, "spend_y1"),
    (&form::SPEND_Y2, "spend_y2"),
    (&form::SPEND_Y3, "spend_y3"),
];

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let mut figures = vec![];
    for (key, approval) in APPROVALS {
        let named = Named::new(key, Unit::Pounds);
        let years = || (0..).map(|offset| set.programme.base_year.plus(offset)).zip(YEARS);
        // An estimate of one year makes the total one of its years.
        let parts = set.parts_for(|project, council| {
            let estimate = |year| set.estimate(project, council, key, Some(year));
            if years().all(|(year, _)| estimate(year).is_none()) {
                let ret = set.return_for(project, council)?;
                return spend(ret, approval, &YEARS.map(|(column, _)| column));
            }
            add(years().map(|(year, (field, _))| match estimate(year) {
                Some(estimate) => Ok(estimate),
                None => spend(set.return_for(project, council)?, approval, &[field]),
            }))
        });
        figures.extend(set.sums(named, &parts));
        for (year, (field, column)) in years() {
            let parts = set.parts_of(key, Some(year), |ret| spend(ret, approval, &[field]));
            let year = year.to_string();
            let named = Named { year: Some(&year), column: Some(column), ..named };
            figures.extend(set.sums(named, &parts));
        }
    }
    figures
}

/// The schemes that may be used, council by council.
pub(super) fn register(set: &Set<'_>) -> Vec<Scheme> {
    let of = |row: &Row, council| Scheme {
        council,
        reference: row.key().to_owned(),
        name: row.used_text(&form::SCHEME_NAME),
        asset_type: row.used_text(&form::ASSET_TYPE),
        approval: row.used_text(&form::APPROVAL),
        spend: YEARS.map(|(column, _)| row.get(column).number()),
        place: row.spot.place(),
    };
    let mut schemes = vec![];
    for (council, ret) in set.usable() {
        if ret.kind != ReturnKind::Nil && ret.refused_sheet(&SHEET).is_none() {
            let rows = ret.rows(&TABLE).iter().filter(|row| row.refused.is_none());
            schemes.extend(rows.map(|row| of(row, Arc::clone(council))));
        }
    }
    schemes
}

/// The spend of one council on schemes with this approval. "No schemes" is a confirmed nought.
fn spend(ret: &Return, approval: &str, columns: &[&Field]) -> Usable {
    if ret.kind == ReturnKind::Nil {
        return Ok((Exact::zero(), source(ret.get(&cover::RETURN_TYPE))));
    }
    if let Some(code) = ret.refused_sheet(&SHEET) {
        return Err(format!("{code} {}", SHEET.name));
    }
    let rows = ret.rows(&TABLE);
    if rows.is_empty() {
        let nil = ret.get(&form::NIL_CAPITAL);
        return if nil.is("Yes") {
            Ok((Exact::zero(), source(nil)))
        } else {
            Err(format!("no scheme is listed on {}", SHEET.name))
        };
    }
    let mut usable = vec![];
    for row in rows {
        if let Some(refusal) = &row.refused {
            return Err(refused(refusal));
        }
        let status = row.get(&form::APPROVAL);
        match status.text() {
            None => return Err(reason(status, &SHEET)),
            Some(text) if text != approval => (),
            Some(_) => usable.extend(columns.iter().map(|column| number_in(row, &SHEET, column))),
        }
    }
    add(usable)
}
