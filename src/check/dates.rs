//! When the figures were taken, and whether whoever sent them can be asked (COV-003 to COV-006).

use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Return, ReturnKind},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        Kind, Sheet,
        council_return::{
            capital, contracts,
            cover::{DATA_AS_AT, RETURN_TYPE, S151_SIGNED_ON},
            ict, revenue, staffing,
        },
    },
    programme::Programme,
};

pub(super) static COV_003: Check = Check {
    rule: Rule {
        code: "COV-003",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "COV_data_as_at is after the day of the run, or after COV_s151_signed_on.",
        fix: "Please correct the date.",
        source: "our judgement",
    },
    stage: Stage::Rows,
    run: Run::Dated(too_late),
};

fn too_late(ret: &Return, _: &Programme, as_at: Date, found: &mut Found<'_>) {
    let answer = ret.get(&DATA_AS_AT);
    let Some(date) = answer.date() else { return };
    let signed = ret.get(&S151_SIGNED_ON).date();
    let limit = match signed.filter(|signed| date > *signed) {
        _ if date > as_at => format!("the day of this run, {}", english::date(as_at)),
        Some(signed) => format!("the sign-off, {}", english::date(signed)),
        None => return,
    };
    found.say(&[answer], format!("{} is later than {limit}.", english::date(date)));
}

pub(super) static COV_004: Check = Check {
    rule: Rule {
        code: "COV-004",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "COV_data_as_at is older than the reference date by more days than programme.toml allows (120).",
        fix: "Please confirm that nothing important has changed.",
        source: "Buckinghamshire project initiation document",
    },
    stage: Stage::Rows,
    run: Run::Dated(old),
};

fn old(ret: &Return, programme: &Programme, as_at: Date, found: &mut Found<'_>) {
    let answer = ret.get(&DATA_AS_AT);
    let days = i64::from(programme.thresholds.data_age_days).days();
    let limit = programme.reference(as_at).checked_sub(days).ok();
    if let Some(date) = answer.date()
        && limit.is_some_and(|limit| date < limit)
    {
        let date = english::date(date);
        found.say(&[answer], format!("your staff and contract data are as at {date}."));
    }
}

pub(super) static COV_005: Check = Check {
    rule: Rule {
        code: "COV-005",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "COV_return_type is Nil and a figure on Revenue, Capital, Staffing, ICT or Contracts is over 0.",
        fix: "Which is right? Please take the figures out, or mark the return as Draft or Final.",
        source: "our judgement",
    },
    stage: Stage::Rows,
    run: Run::Return(not_nil),
};

fn not_nil(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if ret.kind != ReturnKind::Nil {
        return;
    }
    const WITH_FIGURES: [&Sheet; 5] =
        [&revenue::SHEET, &capital::SHEET, &staffing::SHEET, &ict::SHEET, &contracts::SHEET];
    let filled = |sheet: &&'static Sheet| {
        let mut answers = look::on(ret, sheet, programme);
        answers.any(|(_, answer)| answer.number().is_some_and(|number| number > Decimal::ZERO))
    };
    let sheets: Vec<String> = WITH_FIGURES
        .into_iter()
        .filter(filled)
        .map(|sheet| look::place(ret, sheet).within())
        .collect();
    if !sheets.is_empty() {
        let have = if sheets.len() == 1 { "has" } else { "have" };
        let sheets = english::list(&sheets);
        let text = format!("you marked this as a nil return, but {sheets} {have} figures.");
        found.say(&[ret.get(&RETURN_TYPE)], text);
    }
}

pub(super) static COV_006: Check = Check {
    rule: Rule {
        code: "COV-006",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "An email address (Cover, Profile, Brief, Team) has no @, a space, or no dot after the @.",
        fix: "Please give an email address that we can use for questions.",
        source: "template, question 5",
    },
    stage: Stage::Cells,
    run: Run::Return(no_address),
};

fn no_address(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for (field, answer) in look::answers(ret, programme) {
        if field.kind == Kind::Text
            && field.name.ends_with("_email")
            && let Some(text) = answer.text()
            && !is_address(text.trim())
        {
            found.say(&[answer], format!("“{text}” is not an email address."));
        }
    }
}

fn is_address(text: &str) -> bool {
    let Some((who, at)) = text.split_once('@') else { return false };
    let dotted =
        at.split_once('.').is_some_and(|(host, rest)| !host.is_empty() && !rest.is_empty());
    !who.is_empty() && dotted && !text.contains(char::is_whitespace)
}
