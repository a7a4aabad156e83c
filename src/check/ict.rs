//! The ICT sheet (ICT).

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Held, Return},
    finding::{Rule, Scope, Severity},
    form::council_return::ict::{PRODUCT, SHEET, SUPPLIER, TABLE},
    programme::Programme,
};

pub(super) static ICT_001: Check = Check {
    rule: Rule {
        code: "ICT-001",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "Supplier or product of a system is blank, “various” or N/A.",
        fix: "Please name one system per row.",
        source: "template, question 13",
    },
    stage: Stage::Rows,
    run: Run::Return(unnamed),
};

fn unnamed(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for row in look::rows(ret, &SHEET, &TABLE).iter().filter(|row| row.is_used()) {
        let unnamed =
            [(&SUPPLIER, "supplier"), (&PRODUCT, "product")].into_iter().find(|(column, _)| {
                match &row.get(column).held {
                    Held::Blank | Held::NotApplicable => true,
                    _ => row.get(column).text().is_some_and(|text| look::fold(text) == "various"),
                }
            });
        if let Some((column, word)) = unnamed {
            let answer = row.get(column);
            let (cell, shown) = (answer.place().within(), answer.shown());
            let message = match &*shown {
                "" => format!("{cell}: the {word} of this system is not named."),
                _ => format!("{cell}: “{shown}” does not name the {word} of this system."),
            };
            found.answer(answer, message);
        }
    }
}
