//! Who answers for a return, and dates anywhere (COV).

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Fault, Held, Return, ReturnKind},
    finding::{Rule, Scope, Severity},
    form::{
        Kind,
        council_return::{
            self,
            cover::{DECLARATION, S151_SIGNED_ON},
        },
    },
    programme::Programme,
};

pub(super) static COV_001: Check = Check {
    rule: Rule {
        code: "COV-001",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "COV_return_type is Final and COV_s151_signed_on is blank or COV_declaration is not Yes. The return is used and shown as Draft.",
        fix: "Please fill in the date and the declaration, or mark the return as Draft. Until then we will show it as Draft.",
        source: "Revenue Outturn guidance",
    },
    stage: Stage::Rows,
    run: Run::Return(not_signed_off),
};

fn not_signed_off(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    if ret.kind != ReturnKind::Final || is_signed_off(ret) {
        return;
    }
    let (signed, declared) = (ret.get(&S151_SIGNED_ON), ret.get(&DECLARATION));
    let mut open: Vec<&Answer> = vec![];
    open.extend(signed.value().is_none().then_some(signed));
    open.extend((!declared.is("Yes")).then_some(declared));
    open.retain(|answer| answer.refused().is_none());
    if let Some(first) = open.first() {
        let cell = first.place().within();
        let message = format!("{cell}: a final return needs the chief finance officer's sign-off.");
        found.answers(&open, message);
    }
}

/// Whether what a final return needs is there. Profiles and briefs carry no declaration.
pub(super) fn is_signed_off(ret: &Return) -> bool {
    !std::ptr::eq(ret.workbook, &council_return::WORKBOOK)
        || (ret.get(&S151_SIGNED_ON).value().is_some() && ret.get(&DECLARATION).is("Yes"))
}

pub(super) static COV_002: Check = Check {
    rule: Rule {
        code: "COV-002",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "A date on any sheet is not a real date, has a year outside 1990 to 2060, or a year of two digits.",
        fix: "Please enter it as dd/mm/yyyy, for example 31/03/2009; a financial year as 2008/09.",
        source: "our judgement",
    },
    stage: Stage::Cells,
    run: Run::Return(not_a_date),
};

fn not_a_date(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for (field, answer) in look::answers(ret, programme) {
        if answer.held == Held::Unreadable(Fault::NotADate) {
            let (cell, shown) = (answer.place().within(), answer.shown());
            let what = if field.kind == Kind::Fy { "financial year" } else { "date" };
            found.answer(answer, format!("{cell}: “{shown}” is not a {what} we can read."));
        }
    }
}
