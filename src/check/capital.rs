//! The Capital sheet (CAP).

use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Held, Return, Row},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        Field,
        council_return::capital::{
            FUND_BORROWING, FUND_GRANTS, FUND_LEASE, FUND_RECEIPTS, FUND_RESERVES, FUND_REVENUE,
            NIL_CAPITAL, SHEET, SPEND_Y0, SPEND_Y1, SPEND_Y2, SPEND_Y3, TABLE,
        },
    },
    programme::Programme,
};

pub(super) static CAP_001: Check = Check {
    rule: Rule {
        code: "CAP-001",
        severity: Severity::Error,
        scope: Scope::Sheet,
        what: "CAP_nil_capital is Yes and a row of schemes is filled in.",
        fix: "Please answer No, or empty the row.",
        source: "template, question 11",
    },
    stage: Stage::Rows,
    run: Run::Return(schemes_though_none),
};

fn schemes_though_none(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let nil = ret.get(&NIL_CAPITAL);
    let used: Vec<&Row> = ret.rows(&TABLE).iter().filter(|row| row.is_used()).collect();
    if nil.is("Yes") && ret.refused_sheet(&SHEET).is_none() && !used.is_empty() {
        let numbers: Vec<String> = used.iter().map(|row| row.number().to_string()).collect();
        let numbers = look::some_of(&numbers);
        let rows = if used.len() == 1 {
            format!("row {numbers} has one")
        } else {
            format!("rows {numbers} have some")
        };
        let cell = nil.place().within();
        let message = format!("{cell}: you said there are no capital schemes, but {rows}.");
        found.answer(nil, message).sheets.push(&SHEET);
    }
}

pub(super) static CAP_002: Check = Check {
    rule: Rule {
        code: "CAP-002",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "Where the group capital_detail is asked and any CAP_fund_* is given: the six together differ from CAP_spend_y0 to CAP_spend_y3 by more than £1.",
        fix: "Please bring the two into line: the six sources together equal the four years' spending.",
        source: "Prudential Code",
    },
    stage: Stage::Rows,
    run: Run::Return(funding),
};

const SPEND: [&Field; 4] = [&SPEND_Y0, &SPEND_Y1, &SPEND_Y2, &SPEND_Y3];

const FUND: [&Field; 6] =
    [&FUND_RECEIPTS, &FUND_GRANTS, &FUND_BORROWING, &FUND_REVENUE, &FUND_RESERVES, &FUND_LEASE];

fn funding(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !ret.asks(&FUND_RECEIPTS, programme) {
        return;
    }
    for row in look::rows(ret, &SHEET, &TABLE) {
        let given: Vec<&Field> =
            FUND.into_iter().filter(|column| row.get(column).number().is_some()).collect();
        let (Some(spend), Some(fund)) = (sum(row, &SPEND), sum(row, &FUND)) else { continue };
        if !given.is_empty() && (spend - fund).abs() > Decimal::ONE {
            let named: Vec<&Field> = given.into_iter().chain(SPEND).collect();
            let cell = row.get(named[0]).place().within();
            let (spend, fund) = (pounds(spend), pounds(fund));
            let message = format!("{cell}: spending is {spend} but funding adds to {fund}.");
            found.row(row, &named, message);
        }
    }
}

/// The sum of what is given; `None` when a cell is in error.
fn sum(row: &Row, columns: &[&Field]) -> Option<Decimal> {
    let amount = |answer: &Answer| match answer.held {
        Held::Blank | Held::NotApplicable => Some(Decimal::ZERO),
        _ => answer.number(),
    };
    columns.iter().map(|column| amount(row.get(column))).sum()
}

fn pounds(amount: Decimal) -> String {
    english::pounds(&amount.into())
}
