//! The project brief (BRF).

use std::collections::BTreeSet;

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Return},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        Field, Table,
        brief::options::{
            JOIN_OPTION, JOIN_TABLE, ONEOFF_OPTION, ONEOFF_TABLE, OPTION_NUMBER, OPTION_TABLE,
            SAVING_HIGH_PCT, SAVING_LOW_PCT, SAVING_OPTION, SAVING_TABLE, SAVING_Y1, SAVING_Y2,
            SAVING_Y3, SAVING_Y4, SAVING_Y5, SHARE_OPTION, SHARE_TABLE, SHEET,
        },
    },
    programme::Programme,
};

pub(super) static BRF_001: Check = Check {
    rule: Rule {
        code: "BRF-001",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "An option named in P3_join, P3_share, P3_saving or P3_oneoff is not among the options of P3_option.",
        fix: "Please add the option to the list, or correct its number here.",
        source: "the brief fits together",
    },
    stage: Stage::Rows,
    run: Run::Return(unknown_option),
};

/// The tables that speak of an option, with the column that says which.
static OF_AN_OPTION: [(&Table, &Field); 4] = [
    (&JOIN_TABLE, &JOIN_OPTION),
    (&SHARE_TABLE, &SHARE_OPTION),
    (&SAVING_TABLE, &SAVING_OPTION),
    (&ONEOFF_TABLE, &ONEOFF_OPTION),
];

fn unknown_option(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let numbers = ret.rows(&OPTION_TABLE).iter().map(|row| row.get(&OPTION_NUMBER).number());
    // An option whose number cannot be read is one cause; the lines that speak of it are not others.
    let Some(options) = numbers.collect::<Option<BTreeSet<Decimal>>>() else { return };
    for (table, column) in OF_AN_OPTION {
        for row in look::rows(ret, &SHEET, table) {
            let answer = row.get(column);
            if let Some(option) = answer.number()
                && !options.contains(&option)
            {
                let cell = answer.place().within();
                let message = format!("{cell}: option {option} is not in the list of options.");
                found.answer(answer, message);
            }
        }
    }
}

pub(super) static BRF_002: Check = Check {
    rule: Rule {
        code: "BRF-002",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "In a row of savings P3_saving_low_pct is over 100, P3_saving_high_pct is under 100, or one of P3_saving_y1 to P3_saving_y5 is blank.",
        fix: "Please see that at worst ≤ most likely ≤ at best, and give a figure for each year (0 if none).",
        source: "LGA guide, 2011",
    },
    stage: Stage::Rows,
    run: Run::Return(savings),
};

fn savings(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    const YEARS: [&Field; 5] = [&SAVING_Y1, &SAVING_Y2, &SAVING_Y3, &SAVING_Y4, &SAVING_Y5];
    for row in look::rows(ret, &SHEET, &SAVING_TABLE).iter().filter(|row| row.is_used()) {
        let (low, high) = (row.get(&SAVING_LOW_PCT), row.get(&SAVING_HIGH_PCT));
        let blank = YEARS.into_iter().map(|year| row.get(year)).filter(|answer| answer.is_blank());
        let blank: Vec<&Answer> = blank.collect();
        let mut wrong: Vec<&Answer> = vec![];
        let mut said = vec![];
        if let Some(low_pct) = low.number().filter(|low| *low > dec!(100)) {
            wrong.push(low);
            said.push(format!("the worst case is {low_pct}% of the most likely"));
        }
        if let Some(high_pct) = high.number().filter(|high| *high < dec!(100)) {
            wrong.push(high);
            said.push(format!("the best case is {high_pct}% of the most likely"));
        }
        if !blank.is_empty() {
            said.push(match blank.len() {
                1 => String::from("one year has no figure"),
                _ => format!("{} years have no figure", english::count(blank.len())),
            });
            wrong.extend(blank);
        }
        if let Some(first) = wrong.first() {
            let cell = first.place().within();
            found.answers(&wrong, format!("{cell}: {}.", english::list(&said)));
        }
    }
}
