//! What options save, beside the budgets they save from (BRF-011, BRF-012).

use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, options::live, together::Together};
use crate::{
    answer::{Answer, Return, Row},
    english,
    fact::revenue::line,
    finding::{Rule, Scope, Severity},
    form::{
        Field, GridRow,
        brief::options::{
            OPTION_NUMBER, SAVING_CASH, SAVING_CATEGORY, SAVING_OPTION, SAVING_TABLE, SAVING_Y1,
            SAVING_Y2, SAVING_Y3, SAVING_Y4, SAVING_Y5,
        },
        council_return::{
            ict,
            revenue::{EMP_AGY, EMP_DIR, EMP_IND, PRE, SUP, TPP, Y0_BUDGET},
        },
    },
    number::Exact,
    programme::Programme,
};

pub(super) static BRF_011: Check = Check {
    rule: Rule {
        code: "BRF-011",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "A category of an option saves more in a year than the combined budget it comes from (Staff and Management: employees; Procurement: supplies and services and third-party payments; ICT: the cost of systems; Premises: premises), where all councils' budgets are known.",
        fix: "Please check the saving and its category.",
        source: "logic",
    },
    stage: Stage::Beside,
    run: Run::Project(saves_too_much),
};

fn saves_too_much(together: &Together<'_>, found: &mut Found<'_>) {
    let (Some(brief), Some(returns)) = (together.brief, together.complete()) else { return };
    let lines = |rows: &[&GridRow]| -> Option<Exact> {
        let each = returns.iter().flat_map(|ret| rows.iter().map(|row| (*ret, *row)));
        each.map(|(ret, row)| Some(line(ret, row, &Y0_BUDGET).ok()?.0)).sum()
    };
    let systems = || -> Option<Exact> {
        let unusable = |ret: &&&Return| ret.refused_sheet(&ict::SHEET).is_some();
        if returns.iter().any(|ret| unusable(&ret)) {
            return None;
        }
        let rows = returns.iter().flat_map(|ret| ret.rows(&ict::TABLE));
        rows.map(|row| Some(Exact::from(row.get(&ict::ANNUAL_COST).number()?))).sum()
    };
    let budgets: [(&[&str], Option<Exact>); 4] = [
        (&["Staff", "Management"], lines(&[&EMP_DIR, &EMP_AGY, &EMP_IND])),
        (&["Procurement"], lines(&[&SUP, &TPP])),
        (&["ICT"], systems()),
        (&["Premises"], lines(&[&PRE])),
    ];
    const YEARS: [&Field; 5] = [&SAVING_Y1, &SAVING_Y2, &SAVING_Y3, &SAVING_Y4, &SAVING_Y5];
    for option in live(brief) {
        for (categories, budget) in &budgets {
            let Some(budget) = budget else { continue };
            let rows = savings(brief, option).filter(|row| {
                categories.iter().any(|category| row.get(&SAVING_CATEGORY).is(category))
            });
            let rows: Vec<&Row> = rows.collect();
            let in_year = |year: &Field| -> Option<Exact> {
                rows.iter().map(|row| row.get(year).number().map(Exact::from)).sum()
            };
            let over = YEARS.into_iter().find_map(|year| {
                let saving = in_year(year).filter(|saving| saving > budget)?;
                Some((year, saving))
            });
            if let Some((year, saving)) = over {
                let answers: Vec<&Answer> = rows.iter().map(|row| row.get(year)).collect();
                let category = english::list(categories);
                let [saving, budget] =
                    [saving, budget.clone()].map(|amount| english::pounds(&amount));
                let saves = if categories.len() == 1 { "saves" } else { "save" };
                found
                    .say(&answers, format!("{category} {saves} {saving} of a budget of {budget}."));
            }
        }
    }
}

pub(super) static BRF_012: Check = Check {
    rule: Rule {
        code: "BRF-012",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Income lines are more of the year-2 saving of an option than programme.toml has (50%).",
        fix: "Members should be told; we show the test without it.",
        source: "Sevenoaks and Tonbridge and Malling",
    },
    stage: Stage::Beside,
    run: Run::Return(mostly_income),
};

fn mostly_income(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for option in live(ret) {
        let cash: Vec<&Row> =
            savings(ret, option).filter(|row| row.get(&SAVING_CASH).is("Cash")).collect();
        let is_income = |row: &&&Row| row.get(&SAVING_CATEGORY).is("Income");
        let year2 = |row: &&Row| row.get(&SAVING_Y2).number();
        let Some(all) = cash.iter().map(year2).sum::<Option<Decimal>>() else { continue };
        let income: Vec<&Row> = cash.iter().filter(is_income).copied().collect();
        let new: Decimal = income.iter().filter_map(year2).sum();
        if all > Decimal::ZERO
            && new * Decimal::ONE_HUNDRED > all * programme.thresholds.income_share_pct
            && let Some(share) = Exact::from(new).over(&Exact::from(all))
        {
            let answers: Vec<&Answer> = income.iter().map(|row| row.get(&SAVING_Y2)).collect();
            let share = english::percent(&share);
            found.say(&answers, format!("{share} of the year-2 saving is new income."));
        }
    }
}

fn savings<'a>(brief: &'a Return, option: &Row) -> impl Iterator<Item = &'a Row> {
    let number = option.get(&OPTION_NUMBER).number();
    brief
        .used_rows(&SAVING_TABLE)
        .filter(move |row| number.is_some() && row.get(&SAVING_OPTION).number() == number)
}
