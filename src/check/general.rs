//! What holds for every cell (GEN). A rule of the sheet comes before these.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Fault, Held, Required, Return, Value},
    english, fact,
    finding::{Rule, Scope, Severity},
    form::{Field, Kind, List, Options, Sheet, council_return::revenue},
    place,
    programme::Programme,
    settings,
};

pub(super) static GEN_001: Check = Check {
    rule: Rule {
        code: "GEN-001",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "Required cells are blank. One finding for each council and sheet, listing them. Not on Revenue where REV_blank_is_nil is Yes, which makes empty lines confirmed zeros; not where another rule asks.",
        fix: "Enter the figure, 0 if there is none; say “none” where words are asked; N/A with a reason. On Revenue you can answer Yes to “Lines left empty are nil”.",
        source: "missing is not zero",
    },
    stage: Stage::General,
    run: Run::Return(blank),
};

fn blank(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for sheet in look::sheets(ret, programme) {
        let blank: Vec<Required<'_>> = ret
            .required(sheet, programme)
            .filter(|own| !own.answered && own.answer.is_blank() && !found.is_told(own.answer))
            .filter(|own| fact::asked_by(own.field) == GEN_001.rule.code)
            .collect();
        if blank.is_empty() {
            continue;
        }
        let place = look::place(ret, sheet);
        let spots = blank.iter().filter_map(|own| own.answer.spot.as_ref());
        let mut cells = place::ranges(spots.map(|spot| spot.cell).collect());
        // What a mapping adds up from no row at all stands in no cell.
        let nowhere = blank.iter().filter(|own| own.answer.spot.is_none());
        let nowhere: BTreeSet<&str> = nowhere.map(|own| own.field.label).collect();
        cells.extend(nowhere.into_iter().map(|label| format!("“{label}”")));
        let answers = match blank.len() {
            1 => String::from("one answer is"),
            count => format!("{} answers are", english::count(count)),
        };
        let message = format!("{}: {answers} empty ({}).", place.within(), look::some_of(&cells));
        let spoken = found.at(place, "", message);
        let cells = blank.iter().filter(|own| own.answer.spot.is_some());
        spoken.finding.also = cells.map(|own| own.answer.place()).collect();
        spoken.finding.fix = advice(sheet, &blank);
    }
}

/// What to put into blanks of these kinds. An answer for which the form asks a length is no “none”, nor is one of a list
/// or a date.
fn advice(sheet: &Sheet, blank: &[Required<'_>]) -> &'static str {
    let figures = blank.iter().any(|own| own.field.kind.is_number());
    let is_words = |own: &Required<'_>| own.field.kind == Kind::Text && own.field.min.is_none();
    let words = blank.iter().any(is_words);
    let others = blank.iter().any(|own| !own.field.kind.is_number() && !is_words(own));
    match (figures, words) {
        (true, _) if sheet.code == revenue::SHEET.code => {
            "Enter the figure; 0 if there is none; N/A with a reason. On Revenue you can answer Yes to “Lines left empty are nil”."
        }
        (true, _) if others => {
            "Enter the figures, 0 if there is none; please answer the rest; N/A with a reason."
        }
        (true, false) => "Enter the figure; 0 if there is none; N/A with a reason.",
        (true, true) => {
            "Enter the figure, 0 if there is none; in words say “none” if there is none; N/A with a reason."
        }
        (false, true) if !others => {
            "Please answer in words; say “none” if there is none; N/A with a reason."
        }
        (false, _) => "Please answer; N/A with a reason.",
    }
}

pub(super) static GEN_002: Check = Check {
    rule: Rule {
        code: "GEN-002",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "A number cell holds text that is not plainly a number (“approx 5k”, “tbc”, “see note”, “..”).",
        fix: "Please enter a figure (0 if none) and use the note for comments.",
        source: "our judgement",
    },
    stage: Stage::Cells,
    run: Run::Return(not_a_number),
};

fn not_a_number(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for (_, answer) in look::answers(ret, programme) {
        if answer.held == Held::Unreadable(Fault::NotANumber) {
            let (cell, shown) = (answer.place().within(), answer.shown());
            found.answer(answer, format!("{cell}: “{shown}” is not a number."));
        }
    }
}

pub(super) static GEN_003: Check = Check {
    rule: Rule {
        code: "GEN-003",
        severity: Severity::Note,
        scope: Scope::Cell,
        what: "A number cell holds text that is plainly a number (“12,500”, “£12,500”, “(12,500)”, “12500-”), or a cell in % format, read times 100; a date cell holds a date as text or as a number of days, or a year is written in another way; or a mapping has multiplied, turned or added up what stands there.",
        fix: "Tell us if that is wrong.",
        source: "our judgement",
    },
    stage: Stage::Cells,
    run: Run::Return(read_as_meant),
};

fn read_as_meant(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for (field, answer) in look::answers(ret, programme) {
        let (Some(typed), Some(value)) = (answer.typed(), answer.value()) else { continue };
        let read = match value {
            Value::Number(number) => digits(*number),
            Value::Date(date) => english::date(*date),
            Value::Text(year) if field.kind == Kind::Fy => year.to_string(),
            Value::Text(_) | Value::Many(_) => continue,
        };
        if matches!(value, Value::Number(_)) || read != typed.trim() {
            let cell = answer.place().within();
            found.answer(answer, format!("We read {cell}, “{}”, as {read}.", typed.trim()));
        }
    }
}

pub(super) static GEN_004: Check = Check {
    rule: Rule {
        code: "GEN-004",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "A Revenue line that starts from 0 is negative. GEN-006 is then not raised.",
        fix: "Enter income as a positive figure in the income lines; if this is a genuine credit say why in the note.",
        source: "capital guidance (CPR4)",
    },
    stage: Stage::General,
    run: Run::Return(negative),
};

fn negative(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !look::sheets(ret, programme).any(|own| own.code == "REV") {
        return;
    }
    for field in revenue::LINES.cells().iter().filter(|field| field.min == Some(Decimal::ZERO)) {
        let answer = ret.get(field);
        if ret.asks(field, programme)
            && let Some(amount) = answer.number().filter(Decimal::is_sign_negative)
        {
            let (cell, amount) = (answer.place().within(), digits(amount));
            found.answer(answer, format!("{cell} is negative ({amount})."));
        }
    }
}

pub(super) static GEN_005: Check = Check {
    rule: Rule {
        code: "GEN-005",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "The answer is not in the list (after trimming, and whatever the case, dashes and spaces).",
        fix: "Please pick one from the list.",
        source: "our judgement",
    },
    stage: Stage::Cells,
    run: Run::Return(not_listed),
};

fn not_listed(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for (field, answer) in look::answers(ret, programme) {
        if answer.held == Held::Unreadable(Fault::NotListed) {
            let (cell, shown) = (answer.place().within(), answer.shown());
            let choices = choices(field, ret, programme);
            let near = match field.options {
                Options::Of(List::Councils) => {
                    programme.nearest_council(&shown).map(|own| own.code.to_string())
                }
                _ => {
                    settings::nearest(&shown, choices.iter().map(String::as_str)).map(str::to_owned)
                }
            };
            let choices = choices.join("; ");
            let near = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            found.answer(answer, format!("{cell}: “{shown}” is not one of: {choices}.{near}"));
        }
    }
}

fn choices(field: &Field, ret: &Return, programme: &Programme) -> Vec<String> {
    let listed = |options: &[&str]| options.iter().map(|&option| option.to_owned()).collect();
    match (field.options, field.kind) {
        (Options::Listed(options), _) => listed(options),
        (Options::Of(list), _) => {
            let project = ret.project.as_deref().and_then(|code| programme.project(code));
            programme.list(list, project)
        }
        (Options::None, Kind::Ynu) => listed(&["Yes", "No", "Not known"]),
        (Options::None, _) => listed(&["Yes", "No"]),
    }
}

pub(super) static GEN_006: Check = Check {
    rule: Rule {
        code: "GEN-006",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "A number is outside the smallest and largest that the form gives. A warning instead where a percentage is written as more than 0 and less than 1.",
        fix: "Please check the figure and enter it again.",
        source: "our judgement",
    },
    stage: Stage::General,
    run: Run::Return(out_of_range),
};

/// Where the form gives no limit, this is one.
const LARGEST: Decimal = dec!(9999999999999);

fn out_of_range(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for (field, answer) in look::answers(ret, programme) {
        let Some(number) = answer.number() else { continue };
        let (min, max) = (field.min.unwrap_or(-LARGEST), field.max.unwrap_or(LARGEST));
        if (min..=max).contains(&number) || !field.kind.is_number() || found.is_told(answer) {
            continue;
        }
        let range = match (field.min, field.max) {
            (Some(_), None) if number < min => format!("less than {}", digits(min)),
            (None, Some(_)) if number > max => format!("more than {}", digits(max)),
            _ => format!("outside {} to {}", digits(min), digits(max)),
        };
        let cell = answer.place().within();
        let remark = match field.kind {
            Kind::Pct => " A percentage is entered as 12.5 for 12.5%.",
            _ => "",
        };
        let message = format!("{cell}: {} is {range}.{remark}", digits(number));
        let spoken = found.answer(answer, message);
        if field.kind == Kind::Pct && number > Decimal::ZERO && number < Decimal::ONE {
            spoken.finding.severity = Severity::Warning;
        }
    }
}

/// A number as people write it: "12,500", "0.25".
pub(super) fn digits(number: Decimal) -> String {
    english::thousands(&number.normalize().to_string())
}
