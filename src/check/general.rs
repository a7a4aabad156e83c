//! What holds for every cell (GEN). A rule of the sheet comes before these.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Fault, Held, Required, Return, Row, Value},
    english,
    finding::{Rule, Scope, Severity},
    form::{Field, Kind, List, Options, council_return::revenue},
    place,
    programme::Programme,
    settings,
};

pub(super) static GEN_001: Check = Check {
    rule: Rule {
        code: "GEN-001",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "Required cells are blank. One finding for each council and sheet, listing them. Not on Revenue where REV_blank_is_nil is Yes, which makes empty lines confirmed zeros.",
        fix: "Enter the figure; 0 if there is none; N/A with a reason. On Revenue you can answer Yes to “Lines left empty are nil”.",
        source: "missing is not zero",
    },
    stage: Stage::General,
    run: Run::Return(blank),
};

fn blank(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for sheet in look::sheets(ret, programme) {
        let blank: Vec<Required<'_>> = ret
            .required(sheet, programme)
            .into_iter()
            .filter(|own| !own.answered && own.answer.is_blank() && !found.is_told(own.answer))
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
        let (Some(typed), Some(value)) = (&answer.typed, answer.value()) else { continue };
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

pub(super) static GEN_011: Check = Check {
    rule: Rule {
        code: "GEN-011",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "The same reference (post, system, contract, scheme, option, benefit) stands twice in a table. The second row is not used, the first is. The two may be two different things, so the council's sums of the table are not given until it is settled.",
        fix: "Please give each its own or delete the repeat.",
        source: "nothing is counted twice",
    },
    stage: Stage::General,
    run: Run::Return(repeated),
};

fn repeated(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let sheets = look::sheets(ret, programme);
    for table in sheets.flat_map(|sheet| sheet.tables()) {
        let Some(key) = table.key else { continue };
        let mut first: BTreeMap<String, u32> = BTreeMap::new();
        for row in ret.rows(table) {
            let answer = row.get(key);
            let Some(reference) = answer.value().map(ToString::to_string) else { continue };
            match first.get(&look::fold(&reference)) {
                Some(above) => {
                    let cell = answer.place().within();
                    let message =
                        format!("{cell}: reference “{reference}” is already in row {above}.");
                    found.answer(answer, message);
                }
                None => {
                    first.insert(look::fold(&reference), row.number());
                }
            }
        }
    }
}

pub(super) static GEN_012: Check = Check {
    rule: Rule {
        code: "GEN-012",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "A row of a table is a total: its reference, title or name says so, or it has no reference, three rows or more stand above it, and each of its amounts is the sum of those above. Where what it counts and costs is what the rows above it come to, nothing is lost and the sums of the table stand; where it is not, rows may be missing, and the council's sums of the table are not given.",
        fix: "Please remove it; we add the rows ourselves.",
        source: "nothing is counted twice",
    },
    stage: Stage::Rows,
    run: Run::Return(total),
};

fn total(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for table in look::sheets(ret, programme).flat_map(|sheet| sheet.tables()) {
        let rows = ret.rows(table);
        // Where the rows begin that the last total was made of, and which rows are none.
        let (mut begin, mut added) = (0, Vec::new());
        for (above, row) in rows.iter().enumerate() {
            let names = row.answers().filter(|(field, _)| field.kind == Kind::Text);
            let named = names
                .map(|(_, answer)| answer)
                .find(|answer| answer.text().is_some_and(says_total));
            let unnamed = || {
                let keyed = table.key.is_none_or(|key| !row.get(key).is_blank());
                (!keyed && above >= 3).then(|| sum_of(row, &rows[..above])).flatten()
            };
            let Some(answer) = named.or_else(unnamed) else {
                added.push(row);
                continue;
            };
            let cell = answer.place().within();
            let spoken = found.answer(answer, format!("{cell}: the row looks like a total."));
            spoken.is_total = adds_up(row, &added) || adds_up(row, &added[begin..]);
            begin = added.len();
        }
    }
}

/// Whether all that a row counts or costs is what these rows come to. Rates and days have no sum.
fn adds_up(row: &Row, rows: &[&Row]) -> bool {
    let mut counted = row
        .answers()
        .filter(|(field, _)| matches!(field.kind, Kind::Money | Kind::Fte | Kind::Int))
        .filter(|(_, answer)| !answer.is_blank());
    counted.all(|(field, answer)| {
        let all: Option<Decimal> = rows
            .iter()
            .map(|row| row.get(field))
            .filter(|own| !own.is_blank() && own.held != Held::NotApplicable)
            .map(Answer::number)
            .sum();
        let apart = if field.kind == Kind::Money { Decimal::ONE } else { dec!(0.01) };
        matches!((answer.number(), all), (Some(own), Some(all)) if (own - all).abs() <= apart)
    })
}

fn says_total(text: &str) -> bool {
    let text = look::fold(text);
    let text = text.trim_end_matches([':', '.', ' ']);
    let bare = ["grand ", "sub-", "sub ", "sub"].iter().find_map(|word| text.strip_prefix(word));
    matches!(
        bare.unwrap_or(text),
        "total"
            | "totals"
            | "total fte"
            | "total posts"
            | "total staff"
            | "total cost"
            | "total costs"
            | "total spend"
    )
}

/// The first amount of a row in which every amount is the sum of those above.
fn sum_of<'a>(row: &'a Row, above: &[Row]) -> Option<&'a Answer> {
    let amounts: Vec<(&Field, &Answer)> = row
        .answers()
        .filter(|(field, answer)| field.kind == Kind::Money && answer.number().is_some())
        .collect();
    let is_sum = |(field, answer): &(&Field, &Answer)| {
        let sum: Decimal = above.iter().filter_map(|row| row.get(field).number()).sum();
        answer.number() == Some(sum)
    };
    let some = amounts.iter().any(|(_, answer)| answer.number().is_some_and(|own| !own.is_zero()));
    if some && amounts.iter().all(is_sum) {
        amounts.first().map(|(_, answer)| *answer)
    } else {
        None
    }
}

/// A number as people write it: "12,500", "0.25".
fn digits(number: Decimal) -> String {
    english::thousands(&number.normalize().to_string())
}
