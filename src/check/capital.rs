//! The Capital sheet (CAP).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, look, together::Together};
use crate::{
    answer::{Answer, Held, Return, Row},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        Field,
        council_return::{
            capital::{
                APPROVAL, ASSET_TYPE, COMMITTED, FUND_BORROWING, FUND_GRANTS, FUND_LEASE,
                FUND_RECEIPTS, FUND_RESERVES, FUND_REVENUE, NIL_CAPITAL, SCHEME_NAME, SHEET,
                SPEND_Y0, SPEND_Y1, SPEND_Y2, SPEND_Y3, SYSTEM_REF, TABLE,
            },
            ict,
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

pub(super) static CAP_003: Check = Check {
    rule: Rule {
        code: "CAP-003",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "A scheme is Approved and has no spend in any year.",
        fix: "Nothing is left to spend. Should the scheme be closed?",
        source: "our judgement",
    },
    stage: Stage::Rows,
    run: Run::Return(nothing_left),
};

fn nothing_left(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE).filter(|row| row.get(&APPROVAL).is("Approved")) {
        if known(row, &SPEND).is_some_and(|spend| spend.is_zero()) {
            let text = format!("scheme {} is approved, but no spend is shown.", name(row));
            found.say(&[row.get(&SPEND_Y0)], text);
        }
    }
}

pub(super) static CAP_004: Check = Check {
    rule: Rule {
        code: "CAP-004",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Where the group capital_detail is asked: CAP_committed is more than CAP_spend_y0 to CAP_spend_y3 together.",
        fix: "Please check both: commitments are a part of the budget left.",
        source: "our judgement",
    },
    stage: Stage::Rows,
    run: Run::Return(committed),
};

fn committed(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !ret.asks(&COMMITTED, programme) {
        return;
    }
    for row in ret.used_rows(&TABLE) {
        if let (Some(committed), Some(spend)) = (row.get(&COMMITTED).number(), known(row, &SPEND))
            && committed > spend
        {
            let [committed, spend] = [committed, spend].map(pounds);
            let text = format!(
                "commitments of {committed} on scheme {} are more than the budget left, {spend}.",
                name(row)
            );
            found.say(&[row.get(&COMMITTED)], text);
        }
    }
}

pub(super) static CAP_005: Check = Check {
    rule: Rule {
        code: "CAP-005",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Where the group capital_detail is asked: CAP_asset_type is ICT hardware or software, and CAP_system_ref is blank or not on the ICT sheet.",
        fix: "Which system does this buy or replace? Please give its reference as on the ICT sheet.",
        source: "template, question 13",
    },
    stage: Stage::Beside,
    run: Run::Return(which_system),
};

fn which_system(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !ret.asks(&SYSTEM_REF, programme) {
        return;
    }
    let listed: Vec<String> =
        look::rows(ret, &ict::SHEET, &ict::TABLE).iter().map(|row| look::fold(row.key())).collect();
    for row in ret.used_rows(&TABLE) {
        let answer = row.get(&SYSTEM_REF);
        let is_ict =
            ["ICT hardware", "ICT software"].iter().any(|kind| row.get(&ASSET_TYPE).is(kind));
        let open = match answer.text() {
            None => answer.is_blank(),
            Some(system) => {
                ret.refused_sheet(&ict::SHEET).is_none() && !listed.contains(&look::fold(system))
            }
        };
        if is_ict && open {
            let text = match answer.text() {
                None => format!("scheme {} names no system.", name(row)),
                Some(system) => format!("“{system}” is not on the ICT sheet."),
            };
            found.say(&[answer], text);
        }
    }
}

pub(super) static CAP_006: Check = Check {
    rule: Rule {
        code: "CAP-006",
        severity: Severity::Note,
        scope: Scope::Line,
        what: "The spend of a scheme in all years together is over 0 and less than programme.toml has as the smallest (£10,000).",
        fix: "Please confirm that it is in the approved programme: small schemes are usually revenue.",
        source: "de minimis of capital spending",
    },
    stage: Stage::Rows,
    run: Run::Return(small),
};

fn small(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        let spend = known(row, &SPEND).filter(|spend| *spend > Decimal::ZERO);
        if let Some(spend) = spend
            && spend < programme.thresholds.scheme_pounds
        {
            let text = format!("scheme {} comes to {} in all.", name(row), pounds(spend));
            found.say(&[row.get(&SPEND_Y0)], text);
        }
    }
}

pub(super) static CAP_007: Check = Check {
    rule: Rule {
        code: "CAP-007",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Two councils list a scheme of the same name.",
        fix: "Is it a joint scheme, or the same one twice? Please tell us whose it is.",
        source: "nothing is counted twice",
    },
    stage: Stage::Beside,
    run: Run::Project(in_two_councils),
};

fn in_two_councils(together: &Together<'_>, found: &mut Found<'_>) {
    let mut schemes: BTreeMap<String, Vec<(&Return, &Row)>> = BTreeMap::new();
    for ret in &together.returns {
        for row in ret.used_rows(&TABLE) {
            if let Some(name) = row.get(&SCHEME_NAME).text() {
                schemes.entry(look::fold(name)).or_default().push((ret, row));
            }
        }
    }
    for rows in schemes.values() {
        for (ret, row) in rows {
            let others = rows.iter().filter(|(other, _)| other.council != ret.council);
            let (names, places): (Vec<&str>, Vec<&Answer>) =
                others.map(|(other, row)| (together.name(other), row.get(&SCHEME_NAME))).unzip();
            if !names.is_empty() {
                let answer = row.get(&SCHEME_NAME);
                let shown = answer.shown();
                let text = format!("“{shown}” is listed by {} too.", english::list(&names));
                let answers: Vec<&Answer> = std::iter::once(answer).chain(places).collect();
                found.say(&answers, text);
            }
        }
    }
}

/// The sum of the columns; `None` unless each is a number.
fn known(row: &Row, columns: &[&Field]) -> Option<Decimal> {
    columns.iter().map(|column| row.get(column).number()).sum()
}

/// How a sentence calls a scheme: by its reference, else by its name.
fn name(row: &Row) -> String {
    match row.key() {
        "" => row.used_text(&SCHEME_NAME),
        reference => reference.to_owned(),
    }
}
