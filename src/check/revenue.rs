//! The Revenue sheet (REV).

use std::collections::BTreeMap;

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Held, RemarkKind, Return, Row},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        GridColumn, GridRow, Sheet,
        council_return::{
            revenue::{EMP_DIR, LINES, SHEET, TOTALS, Y0_BUDGET},
            service::VOLUME_Y0,
            staffing::{self, ALLOWANCES_PA, FTE_ESTABLISHED, ONCOST_PCT, PCT_TIME, SALARY_FTE},
        },
    },
    number::Exact,
    place::Place,
    programme::Programme,
};

pub(super) static REV_002: Check = Check {
    rule: Rule {
        code: "REV-002",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "A total on the form differs from the sum of its lines by more than £1.",
        fix: "We used the lines. Please restore the total's formula, or correct the line that is wrong.",
        source: "we add the lines again",
    },
    stage: Stage::Totals,
    run: Run::Return(totals),
};

fn totals(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !is_used(ret, programme) {
        return;
    }
    for row in TOTALS.rows {
        for column in TOTALS.columns {
            let answer = ret.get(TOTALS.at(row, column));
            let across = LINES.columns.iter().find(|own| own.field.name == column.field.name);
            let (Some(total), Some(across)) = (answer.number(), across) else { continue };
            let Some(lines) = sum(ret, row, across, &amount) else { continue };
            // Excel leaves text out of its sums. That we read “£12,500” as a number is told by GEN-003.
            let shown = |answer: &Answer| match answer.typed {
                Some(_) => Some(Decimal::ZERO),
                None => amount(answer),
            };
            let as_excel = sum(ret, row, across, &shown).unwrap_or(lines);
            if (total - lines).abs() > Decimal::ONE && (total - as_excel).abs() > Decimal::ONE {
                let cell = answer.place().within();
                let (total, lines) = (pounds(total), pounds(lines));
                let message = format!("{cell}: your total is {total}, the lines add to {lines}.");
                found.answer(answer, message);
            }
        }
    }
}

/// What the lines of a total come to; `None` while one of them is in error.
fn sum(
    ret: &Return,
    row: &GridRow,
    column: &GridColumn,
    amount: &dyn Fn(&Answer) -> Option<Decimal>,
) -> Option<Decimal> {
    let made_of = row.sum.as_ref()?;
    let of = |rows: &[&GridRow]| -> Option<Decimal> {
        rows.iter().map(|row| amount(ret.get(LINES.at(row, column)))).sum()
    };
    Some(of(made_of.plus)? - of(made_of.minus)?)
}

fn amount(answer: &Answer) -> Option<Decimal> {
    match answer.held {
        Held::Blank | Held::NotApplicable => Some(Decimal::ZERO),
        _ => answer.number(),
    }
}

pub(super) static REV_003: Check = Check {
    rule: Rule {
        code: "REV-003",
        severity: Severity::Error,
        scope: Scope::Sheet,
        what: "Direct employees (base year) are over 0, the posts cost over £100,000, and the posts cost 300 to 3,000 times direct employees. Where there are no posts: every line of the base-year budget is under 1,000 and SVC_volume_y0 is over 100. Or words over the amounts of a sheet, or on the first sheet, say that they are in thousands, and they are not just shown so: such sheets are then not used. Words in a note, or beside the table, are a warning.",
        fix: "Please enter whole pounds (412300, not 412).",
        source: "a common slip",
    },
    stage: Stage::Totals,
    run: Run::Return(thousands),
};

fn thousands(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let mut by_words: BTreeMap<&Place, (String, Vec<&'static Sheet>)> = BTreeMap::new();
    for remark in &ret.remarks {
        if let RemarkKind::Thousands(code) = remark.kind
            && let Some(sheet) = ret.workbook.sheet(code)
        {
            let message = format!("{}: {}", remark.place.within(), remark.text);
            by_words.entry(&remark.place).or_insert((message, vec![])).1.push(sheet);
        } else if remark.kind == RemarkKind::PerhapsThousands {
            let message = format!("{}: {}", remark.place.within(), remark.text);
            found.at(remark.place.clone(), "", message).finding.severity = Severity::Warning;
        }
    }
    let revenue_told =
        by_words.values().any(|(_, sheets)| sheets.iter().any(|own| own.code == SHEET.code));
    for (place, (message, sheets)) in by_words {
        found.at(place.clone(), "", message).sheets = sheets;
    }
    if revenue_told {
        return;
    }
    if !is_used(ret, programme) {
        return;
    }
    let lines: Vec<Decimal> =
        LINES.rows.iter().filter_map(|row| ret.get(LINES.at(row, &Y0_BUDGET)).number()).collect();
    let employees = ret.get(LINES.at(&EMP_DIR, &Y0_BUDGET));
    let posts = look::rows(ret, &staffing::SHEET, &staffing::TABLE);
    let slipped = if posts.is_empty() {
        let volume = ret.get(&VOLUME_Y0).number().unwrap_or_default();
        lines.iter().all(|line| *line < dec!(1000))
            && lines.iter().any(|line| *line > Decimal::ZERO)
            && volume > dec!(100)
    } else {
        let usable = posts.iter().filter(|row| row.refused.is_none());
        let cost: Exact = usable.filter_map(post_cost).sum();
        let budget = employees.number().filter(|amount| *amount > Decimal::ZERO);
        cost > Exact::from(dec!(100_000))
            && budget.and_then(|budget| cost.over(&Exact::from(budget))).is_some_and(|times| {
                times >= Exact::from(300_u32) && times <= Exact::from(3000_u32)
            })
    };
    if slipped {
        let cell = employees.place().within();
        let message = format!("{cell}: the Revenue sheet looks as if it is in thousands.");
        found.answer(employees, message).sheets.push(&SHEET);
    }
}

/// What a post costs a year with on-costs (domain.md D3); `None` when a part of it is not usable.
fn post_cost(row: &Row) -> Option<Exact> {
    let part = |column| row.get(column).number().map(Exact::from);
    let percent = |column| part(column).map(|number| number / Exact::from(100_u32));
    let pay = part(&SALARY_FTE)? + part(&ALLOWANCES_PA).unwrap_or_else(Exact::zero);
    let on_costs = Exact::one() + percent(&ONCOST_PCT)?;
    Some(part(&FTE_ESTABLISHED)? * percent(&PCT_TIME)? * pay * on_costs)
}

fn is_used(ret: &Return, programme: &Programme) -> bool {
    look::sheets(ret, programme).any(|sheet| sheet.code == SHEET.code)
}

fn pounds(amount: Decimal) -> String {
    if amount.is_integer() {
        english::pounds(&amount.into())
    } else {
        english::pounds_and_pence(&amount.into())
    }
}
