//! Combined revenue (domain.md D1): every line and total, each year, with payments between partners taken out.

use std::sync::Arc;

use super::{
    Set,
    eliminate::{Elimination, eliminations},
    part::{NOT_APPLICABLE, Named, Part, Usable, add, number, total},
};
use crate::{
    fact::revenue::total_of,
    figure::{Figure, Status, Unit},
    form::{
        Grid, GridColumn, GridRow, Kind, Sum,
        council_return::revenue::{
            LINES, MEMO_HRA, MEMO_ONEOFF, SHEET, TOT_GC, TOT_INC, TOT_NC, TOT_NT, Y0_BUDGET,
            Y0_FORECAST,
        },
    },
    number::Exact,
    programme::{Basis, Code, Project, Year},
};

/// A total of the form and the key of its figures.
const TOTALS: [(&GridRow, &str); 4] = [
    (&TOT_GC, "revenue.gross_controllable"),
    (&TOT_INC, "revenue.income"),
    (&TOT_NC, "revenue.net_controllable"),
    (&TOT_NT, "revenue.net_total"),
];

const ONE_OFF: &str = "revenue.one_off";
pub(super) const RING_FENCED: &str = "revenue.ring_fenced";

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let mut figures = vec![];
    for column in columns(set) {
        let year = year(set, column).to_string();
        let between = if column == Y0_BUDGET.field.name { eliminations(set) } else { vec![] };
        let column_of =
            |grid: &'static Grid| grid.columns.iter().find(|own| own.field.name == column);
        let Some(across) = column_of(&LINES) else { continue };
        for (total_row, key) in TOTALS {
            let parts = parts(set, total_row, across);
            figures.extend(sums(set, named(key, &year, column), &parts, &between, total_row));
        }
        for row in LINES.rows {
            let key = line_key(row);
            let parts = parts(set, row, across);
            figures.extend(sums(set, named(&key, &year, column), &parts, &between, row));
        }
        if column == Y0_BUDGET.field.name {
            for (key, field) in [(ONE_OFF, &MEMO_ONEOFF), (RING_FENCED, &MEMO_HRA)] {
                let parts = set.parts_of(key, None, |ret| number(ret, &SHEET, field));
                figures.extend(set.sums(named(key, &year, column), &parts));
            }
            // What the service itself spends comes first, and is meant where no basis is named.
            let bases = [
                (None, &TOT_GC),
                (Some(Basis::NetControllable.word()), &TOT_NC),
                (Some(Basis::NetTotal.word()), &TOT_NT),
            ];
            for (basis, row) in bases {
                let parts = recurring(set, row);
                let named = Named { basis, ..named("revenue.recurring", &year, column) };
                figures.extend(sums(set, named, &parts, &between, row));
            }
        }
    }
    figures
}

/// What each council brings to a line or total: the office's estimate of it or of a line in it, or its own answers.
pub(super) fn parts(set: &Set<'_>, row: &GridRow, column: &GridColumn) -> Vec<Part> {
    set.parts_for(|project, council| usable(set, project, council, row, column))
}

/// A total of the base year without its one-off items.
pub(super) fn recurring(set: &Set<'_>, row: &GridRow) -> Vec<Part> {
    set.parts_for(|project, council| {
        let (total, mut cells) = usable(set, project, council, row, &Y0_BUDGET)?;
        let (one_off, more) = match set.estimate(project, council, ONE_OFF, None) {
            Some(estimate) => estimate,
            None => number(set.return_for(project, council)?, &SHEET, &MEMO_ONEOFF)?,
        };
        cells.extend(more);
        Ok((total - one_off, cells))
    })
}

fn usable(
    set: &Set<'_>,
    project: &Project,
    council: &Code,
    row: &GridRow,
    column: &GridColumn,
) -> Usable {
    let estimate = |row: &GridRow| {
        let total = TOTALS.iter().find(|(own, _)| own.key == row.key);
        let key = total.map_or_else(|| line_key(row), |(_, key)| String::from(*key));
        set.estimate(project, council, &key, Some(year_of(set, column)?))
    };
    if let Some(estimate) = estimate(row) {
        return Ok(estimate);
    }
    let estimated = |sum: &Sum| sum.plus.iter().chain(sum.minus).any(|row| estimate(row).is_some());
    let Some(sum) = row.sum.as_ref().filter(|sum| estimated(sum)) else {
        return set.return_for(project, council).and_then(|ret| total_of(ret, row, column));
    };
    // What cannot apply brings nothing to a sum of money.
    let line = |row: &&GridRow| match usable(set, project, council, row, column) {
        Err(reason) if reason.starts_with(NOT_APPLICABLE) => Ok((Exact::zero(), vec![])),
        usable => usable,
    };
    let (plus, mut cells) = add(sum.plus.iter().map(line))?;
    let (minus, more) = add(sum.minus.iter().map(line))?;
    cells.extend(more);
    Ok((plus - minus, cells))
}

fn line_key(row: &GridRow) -> String {
    format!("revenue.line.{}", row.key.to_lowercase())
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
fn year(set: &Set<'_>, column: &str) -> Year {
    let base = set.programme.base_year;
    match column.split('_').next() {
        Some("y1") => base.plus(1),
        Some("y2") => base.plus(2),
        Some("y0") => base,
        _ => base.plus(-1),
    }
}

/// The year for which a column is what is asked for; the forecast stands beside the budget of its year.
fn year_of(set: &Set<'_>, column: &GridColumn) -> Option<Year> {
    (column.field.name != Y0_FORECAST.field.name).then(|| year(set, column.field.name))
}
