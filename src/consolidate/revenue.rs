//! Combined revenue (domain.md D1): every line and total, each year, with payments between partners taken out.

use std::sync::Arc;

use super::{
    Set,
    eliminate::{Elimination, eliminations},
    part::{Named, Part, number, total},
};
pub(super) use crate::fact::revenue::{line, recurring, total_of};
use crate::{
    figure::{Figure, Status, Unit},
    form::{
        Grid, GridRow, Kind,
        council_return::revenue::{
            LINES, MEMO_HRA, MEMO_ONEOFF, SHEET, TOT_GC, TOT_INC, TOT_NC, TOT_NT, Y0_BUDGET,
        },
    },
    number::Exact,
    programme::{Basis, Code},
};

/// A total of the form and the key of its figures.
const TOTALS: [(&GridRow, &str); 4] = [
    (&TOT_GC, "revenue.gross_controllable"),
    (&TOT_INC, "revenue.income"),
    (&TOT_NC, "revenue.net_controllable"),
    (&TOT_NT, "revenue.net_total"),
];

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let mut figures = vec![];
    for column in columns(set) {
        let year = year(set, column);
        let between = if column == Y0_BUDGET.field.name { eliminations(set) } else { vec![] };
        let column_of =
            |grid: &'static Grid| grid.columns.iter().find(|own| own.field.name == column);
        let Some(across) = column_of(&LINES) else { continue };
        for (total_row, key) in TOTALS {
            let parts = set.parts(|ret| total_of(ret, total_row, across));
            figures.extend(sums(set, named(key, &year, column), &parts, &between, total_row));
        }
        for row in LINES.rows {
            let key = format!("revenue.line.{}", row.key.to_lowercase());
            let parts = set.parts(|ret| line(ret, row, across));
            figures.extend(sums(set, named(&key, &year, column), &parts, &between, row));
        }
        if column == Y0_BUDGET.field.name {
            for (key, field) in
                [("revenue.one_off", &MEMO_ONEOFF), ("revenue.ring_fenced", &MEMO_HRA)]
            {
                let parts = set.parts(|ret| number(ret, &SHEET, field));
                figures.extend(set.sums(named(key, &year, column), &parts));
            }
            // What the service itself spends comes first, and is meant where no basis is named.
            let bases = [
                (None, &TOT_GC),
                (Some(Basis::NetControllable.word()), &TOT_NC),
                (Some(Basis::NetTotal.word()), &TOT_NT),
            ];
            for (basis, row) in bases {
                let parts = set.parts(|ret| recurring(ret, row));
                let named = Named { basis, ..named("revenue.recurring", &year, column) };
                figures.extend(sums(set, named, &parts, &between, row));
            }
        }
    }
    figures
}

/// A payment is taken out of a sum only when payer and payee are both in it, so that no one-sided cost disappears.
fn sums(
    set: &Set<'_>,
    named: Named<'_>,
    parts: &[Part],
    between: &[Elimination],
    row: &GridRow,
) -> Vec<Figure> {
    let used =
        |council: &Code| parts.iter().any(|part| part.council == *council && part.value.is_ok());
    let both = between.iter().filter(|payment| used(&payment.payer) && used(&payment.payee));
    let payments: Vec<(&Elimination, Option<Exact>)> =
        both.map(|payment| (payment, payment.out_of(row))).collect();
    let out: Exact = payments.iter().filter_map(|(_, out)| out.clone()).sum();
    let mut figures = set.figures_of(named, parts, |used| Some(total(used) - out.clone()));
    let combined = &mut figures[0];
    for (payment, out) in &payments {
        match out {
            Some(out) if out.is_zero() => (),
            Some(_) => combined.sources.extend(payment.sources.iter().cloned()),
            None => {
                let reason = format!("what {} pays it could not be taken out", payment.payer);
                combined.reasons.insert(Arc::clone(&payment.payee), reason);
                combined.status = Status::Partial;
            }
        }
    }
    figures
}

fn named<'a>(key: &'a str, year: &'a str, column: &'static str) -> Named<'a> {
    Named { year: Some(year), column: Some(column), ..Named::new(key, Unit::Pounds) }
}

/// The columns of money that the project is asked for: the base year first, then last year, then later ones.
fn columns(set: &Set<'_>) -> Vec<&'static str> {
    let mut columns: Vec<&'static str> = LINES
        .columns
        .iter()
        .filter(|column| column.field.kind == Kind::Money && set.project.asks(column.field.group))
        .map(|column| column.field.name)
        .collect();
    columns.sort_by_key(|column| *column != Y0_BUDGET.field.name);
    columns
}

/// The financial year of a column: `y_1_actual` is the year before the base year.
fn year(set: &Set<'_>, column: &str) -> String {
    let base = set.programme.base_year;
    let year = match column.split('_').next() {
        Some("y1") => base.plus(1),
        Some("y2") => base.plus(2),
        Some("y0") => base,
        _ => base.plus(-1),
    };
    year.to_string()
}
