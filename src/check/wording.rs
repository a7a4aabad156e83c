//! Pence, reasons, and words that should not stand as they are (GEN-007 to GEN-010).

use std::sync::LazyLock;

use regex::Regex;

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Held, Return},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        Field, GridRow, Kind, Need, Sheet,
        council_return::revenue::{LINES, NOTE},
    },
    place,
    programme::Programme,
};

pub(super) static GEN_007: Check = Check {
    rule: Rule {
        code: "GEN-007",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Amounts have pence. One finding for each sheet, listing them.",
        fix: "We keep the pence but show pounds; please tell us if they should not be there.",
        source: "our judgement",
    },
    stage: Stage::General,
    run: Run::Return(pence),
};

fn pence(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let has_pence = |field: &Field, answer: &Answer| {
        field.kind == Kind::Money && answer.number().is_some_and(|amount| !amount.is_integer())
    };
    by_sheet(ret, programme, found, has_pence, |count, cells| match count {
        1 => String::from("the amount has pence."),
        count => format!("{} amounts have pence ({cells}).", english::count(count)),
    });
}

pub(super) static GEN_008: Check = Check {
    rule: Rule {
        code: "GEN-008",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "A required answer is N/A, and neither the note of the line nor the notes of the sheet give a reason. One finding for each sheet, listing them.",
        fix: "Please say in the note why this does not apply.",
        source: "our judgement",
    },
    stage: Stage::General,
    run: Run::Return(unexplained),
};

fn unexplained(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let given = |field: &Field| ret.get(field).text().is_some_and(|text| !text.trim().is_empty());
    let explained = |field: &Field| {
        let sheet = field.name.split('_').next().and_then(|code| ret.workbook.sheet(code));
        let of_line =
            |row: &&&GridRow| field.name.starts_with(&format!("{}_{}_", LINES.code, row.key));
        let line = LINES.rows.iter().find(of_line);
        sheet.and_then(Sheet::notes).is_some_and(given)
            || line.is_some_and(|row| given(LINES.at(row, &NOTE)))
    };
    let open = |field: &Field, answer: &Answer| {
        answer.held == Held::NotApplicable && field.need != Need::No && !explained(field)
    };
    by_sheet(ret, programme, found, open, |count, cells| match count {
        1 => String::from("the answer is N/A, without a reason."),
        count => {
            format!("{} answers are N/A, without a reason ({cells}).", english::count(count))
        }
    });
}

pub(super) static GEN_009: Check = Check {
    rule: Rule {
        code: "GEN-009",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "A note holds what is likely a personal name, a National Insurance number or a payroll number.",
        fix: "Please remove it and send the form again; the note is shown nowhere.",
        source: "UK GDPR",
    },
    stage: Stage::General,
    run: Run::Return(personal),
};

fn personal(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    static PERSONAL: LazyLock<Regex> = LazyLock::new(|| {
        let number = r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b";
        let payroll = r"(?i:\b(?:payroll|employee|staff) (?:no|number|ref)\b)[.:]? ?\w*\d";
        let name = r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? (?:[A-Z]\.? ?)?[A-Z][a-z]+";
        Regex::new(&format!("{number}|{payroll}|{name}")).expect("the pattern is sound")
    });
    for (field, answer) in look::answers(ret, programme) {
        if (field.name.ends_with("_note") || field.name.ends_with("_notes"))
            && answer.text().is_some_and(|text| PERSONAL.is_match(text))
        {
            let message = format!("{} seems to contain personal data.", answer.place().within());
            // What it says is not repeated.
            found.at(answer.place(), "", message);
        }
    }
}

pub(super) static GEN_010: Check = Check {
    rule: Rule {
        code: "GEN-010",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "An answer in words is a placeholder (“tbc”, “xxx”, “as above”), or shorter than the form asks for.",
        fix: "Please give a sentence that members can rely on.",
        source: "principles of 25 June 2008, i",
    },
    stage: Stage::General,
    run: Run::Return(too_short),
};

fn too_short(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for (field, answer) in look::answers(ret, programme) {
        let Some(text) = answer.text().filter(|_| field.kind == Kind::Text) else { continue };
        let letters = text.trim().chars().count();
        let short = field.min.is_some_and(|min| min > letters.into());
        if found.is_told(answer) {
            continue;
        }
        if is_placeholder(text) {
            found.say(&[answer], format!("“{text}” stands in place of an answer."));
        } else if short {
            found.say(&[answer], "this answer is too short for members to rely on.");
        }
    }
}

pub(super) fn is_placeholder(text: &str) -> bool {
    let text = look::fold(text);
    let bare = text.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '?');
    let crossed = bare.len() > 1 && bare.chars().all(|letter| letter == 'x' || letter == '?');
    crossed
        || matches!(
            bare,
            "tbc"
                | "tba"
                | "tbd"
                | "to be confirmed"
                | "to follow"
                | "as above"
                | "as before"
                | "see above"
                | "ditto"
                | "awaited"
                | "???"
                | "?"
        )
}

/// Tells once for each sheet of the answers that are so, in words about their number and cells.
fn by_sheet(
    ret: &Return,
    programme: &Programme,
    found: &mut Found<'_>,
    is_so: impl Fn(&Field, &Answer) -> bool,
    text: impl Fn(usize, &str) -> String,
) {
    for sheet in look::sheets(ret, programme) {
        let answers = look::on(ret, sheet, programme);
        let answers: Vec<&Answer> =
            answers.filter(|(field, answer)| is_so(field, answer)).map(|(_, own)| own).collect();
        if !answers.is_empty() {
            let spots = answers.iter().filter_map(|own| own.spot.as_ref());
            let cells = place::ranges(spots.map(|spot| spot.cell).collect());
            found.say(&answers, text(answers.len(), &look::some_of(&cells)));
        }
    }
}
