//! The Revenue sheet (REV).

use std::collections::BTreeMap;

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Held, RemarkKind, Return},
    english,
    fact::{post::post_cost, revenue::total_of},
    finding::{Rule, Scope, Severity},
    form::{
        GridColumn, GridRow, Sheet,
        council_return::{
            revenue::{
                EMP_DIR, LINES, MEMO_CUTS, MEMO_HRA, MEMO_ONEOFF, SHEET, TOT_GC, TOTALS, Y0_BUDGET,
            },
            service::VOLUME_Y0,
            staffing,
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
        fix: "We used the lines. Please restore the total's formula, correct the line that is wrong, or put the amount of a line that was added into one of ours.",
        source: "we add the lines again",
    },
    stage: Stage::Totals,
    run: Run::Return(totals),
};

fn totals(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !is_used(ret, programme) {
        return;
    }
    // A line that was added, or one that is wrong, stands in all totals of its year: that is one thing to mend.
    for column in TOTALS.columns {
        let mut differing: Vec<(&Answer, String)> = vec![];
        for row in TOTALS.rows {
            let answer = ret.get(TOTALS.at(row, column));
            let across = LINES.columns.iter().find(|own| own.field.name == column.field.name);
            let (Some(total), Some(across)) = (answer.number(), across) else { continue };
            let Some(lines) = sum(ret, row, across, &amount) else { continue };
            // Excel leaves text out of its sums. That we read “£12,500” as a number is told by GEN-003.
            let shown = |answer: &Answer| match answer.typed() {
                Some(_) => Some(Decimal::ZERO),
                None => amount(answer),
            };
            let as_excel = sum(ret, row, across, &shown).unwrap_or(lines);
            if (total - lines).abs() > Decimal::ONE && (total - as_excel).abs() > Decimal::ONE {
                let cell = answer.place().within();
                let (total, lines) = (pounds(total), pounds(lines));
                let says = format!("{cell}: your total is {total}, the lines add to {lines}");
                differing.push((answer, says));
            }
        }
        let (answers, says): (Vec<&Answer>, Vec<String>) = differing.into_iter().unzip();
        if !answers.is_empty() {
            found.answers(&answers, format!("{}.", says.join("; ")));
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
        let project = ret.project.as_deref().and_then(|code| programme.project(code));
        let cost = |row| Some(post_cost(row, project?).ok()?.0);
        let cost: Exact = posts.iter().filter_map(cost).sum();
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

/// Whether the Revenue sheet is in use.
pub(super) fn is_used(ret: &Return, programme: &Programme) -> bool {
    look::sheets(ret, programme).any(|sheet| sheet.code == SHEET.code)
}

fn pounds(amount: Decimal) -> String {
    if amount.is_integer() {
        english::pounds(&amount.into())
    } else {
        english::pounds_and_pence(&amount.into())
    }
}

pub(super) static REV_004: Check = Check {
    rule: Rule {
        code: "REV-004",
        severity: Severity::Warning,
        scope: Scope::Sheet,
        what: "Gross controllable expenditure of the base year is 0 or less, and the return is not a nil return.",
        fix: "If the service is not provided, please mark the form as a nil return.",
        source: "our judgement",
    },
    stage: Stage::Totals,
    run: Run::Return(no_cost),
};

fn no_cost(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if let (true, Some(gross)) = (is_used(ret, programme), gross(ret))
        && gross <= Exact::zero()
    {
        let place = look::place(ret, &SHEET);
        let message = format!("{}: the service shows no cost.", place.within());
        found.at(place, "", message);
    }
}

pub(super) static REV_008: Check = Check {
    rule: Rule {
        code: "REV-008",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "REV_MEMO_CUTS, REV_MEMO_ONEOFF or REV_MEMO_HRA is more than gross controllable expenditure of the base year.",
        fix: "Please check the figure: it is a part of the budget.",
        source: "our judgement",
    },
    stage: Stage::Totals,
    run: Run::Return(more_than_all),
};

fn more_than_all(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let (true, Some(gross)) = (is_used(ret, programme), gross(ret)) else { return };
    for field in [&MEMO_ONEOFF, &MEMO_CUTS, &MEMO_HRA] {
        let answer = ret.get(field);
        if let Some(part) = answer.number()
            && Exact::from(part) > gross.clone().max(Exact::zero())
        {
            let [part, gross] = [part.into(), gross.clone()].map(|own| english::pounds(&own));
            found.say(&[answer], format!("{part} is more than the whole budget, {gross}."));
        }
    }
}

/// Gross controllable expenditure of the base year, in pounds.
fn gross(ret: &Return) -> Option<Exact> {
    total_of(ret, &TOT_GC, &Y0_BUDGET).ok().map(|(gross, _)| gross)
}
