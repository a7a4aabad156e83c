//! Combined capital (domain.md D2): spend by year, approved, provisional and bids apart, and how it is paid for.

use std::sync::Arc;

use super::{
    Set,
    part::{Named, Usable, add, number_in, reason, refused, source},
};
use crate::{
    answer::{Return, ReturnKind, Row},
    figure::{Figure, Unit},
    form::{
        Field, Group,
        council_return::{
            capital::{self as form, SHEET, TABLE},
            cover,
        },
    },
    number::Exact,
    picture::{FUNDING, Scheme},
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

/// The keys of what pays for schemes, in the order of [`APPROVALS`].
const PAID: [&str; 3] =
    ["capital.funding.approved", "capital.funding.provisional", "capital.funding.bid"];

/// What pays for a scheme, in the order of [`FUNDING`].
const FUNDS: [&Field; 6] = [
    &form::FUND_RECEIPTS,
    &form::FUND_GRANTS,
    &form::FUND_BORROWING,
    &form::FUND_REVENUE,
    &form::FUND_RESERVES,
    &form::FUND_LEASE,
];

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let mut figures = funding(set);
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

/// What pays for the spending of all years, source by source and in all, where it is asked.
fn funding(set: &Set<'_>) -> Vec<Figure> {
    let asks = |own: &super::returns::Member<'_>| own.project.asks(Group::CapitalDetail);
    if !set.members.iter().any(asks) {
        return vec![];
    }
    let mut figures = vec![];
    for (key, (_, approval)) in PAID.into_iter().zip(APPROVALS) {
        let named = Named::new(key, Unit::Pounds);
        for (field, source) in FUNDS.into_iter().zip(FUNDING) {
            let parts = set.parts(|ret| of_schemes(ret, approval, |row| paid(row, &[field])));
            figures.extend(set.sums(named.item(source), &parts));
        }
        let parts = set.parts(|ret| of_schemes(ret, approval, |row| paid(row, &FUNDS)));
        figures.extend(set.sums(named, &parts));
    }
    figures
}

/// What a scheme is paid from. Where one source is given, those left empty pay nothing: together they make up the
/// spending (CAP-002).
fn paid(row: &Row, sources: &[&Field]) -> Usable {
    let given = |field: &&&Field| !row.get(field).is_blank();
    let costs_nothing =
        || YEARS.iter().all(|(year, _)| row.get(year).number().is_some_and(|own| own.is_zero()));
    if !FUNDS.iter().any(|field| given(&field)) && !costs_nothing() {
        let place = row.get(FUNDS[0]).place().within();
        return Err(format!("how it is paid for is not given {place}"));
    }
    add(sources.iter().filter(given).map(|field| number_in(row, &SHEET, field)))
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
        funding: FUNDS.map(|column| row.get(column).number()),
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

/// The spend of one council on schemes with this approval.
fn spend(ret: &Return, approval: &str, columns: &[&Field]) -> Usable {
    of_schemes(ret, approval, |row| {
        add(columns.iter().map(|column| number_in(row, &SHEET, column)))
    })
}

/// A sum over the schemes of one council with this approval. "No schemes" is a confirmed nought.
fn of_schemes(ret: &Return, approval: &str, amount: impl Fn(&Row) -> Usable) -> Usable {
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
            Some(_) => usable.push(amount(row)),
        }
    }
    add(usable)
}
