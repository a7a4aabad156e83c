//! The Contracts sheet (CON).

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::Return,
    english,
    finding::{Rule, Scope, Severity},
    form::council_return::contracts::{END_DATE, ROLLING, SHEET, START_DATE, TABLE},
    programme::Programme,
};

pub(super) static CON_001: Check = Check {
    rule: Rule {
        code: "CON-001",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "The last day of a contract is before its first, or is blank though the contract does not go on until notice is given.",
        fix: "Please check the dates.",
        source: "logic",
    },
    stage: Stage::Rows,
    run: Run::Return(dates),
};

fn dates(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for row in look::rows(ret, &SHEET, &TABLE) {
        let end = row.get(&END_DATE);
        let cell = end.place().within();
        if let (Some(first), Some(last)) = (row.get(&START_DATE).date(), end.date())
            && last < first
        {
            let (first, last) = (english::date(first), english::date(last));
            let message =
                format!("{cell}: the contract ends on {last}, before it begins on {first}.");
            found.row(row, &[&END_DATE, &START_DATE], message);
        } else if end.is_blank() && row.get(&ROLLING).is("No") {
            let message = format!(
                "{cell}: the contract has no last day, and does not go on until notice is given."
            );
            found.row(row, &[&END_DATE, &ROLLING], message);
        }
    }
}
