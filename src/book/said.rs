//! The words of the workbooks: what stands where a figure is missing, and how far a total reaches (domain.md D12).

use crate::{
    book::board::Board,
    english,
    figure::{Figure, WITHHELD},
    form::council_return::revenue::{LINES, Y0_BUDGET},
    picture::{LISTED_TWICE, State},
    programme::{Code, Programme},
    sentence::{self, Document},
};

/// Why a figure is missing, in words and with the code that published tables use.
pub(super) fn missing(reason: &str) -> String {
    format!("{} {}", cause(reason), code(reason))
}

/// Why a figure is missing, in words. A reason is a state, or a rule with the cell it speaks of.
pub(super) fn cause(reason: &str) -> String {
    match rule(reason) {
        Some("GEN-001") => String::from("not given"),
        Some(LISTED_TWICE) => format!("perhaps counted twice ({LISTED_TWICE})"),
        Some(rule) => format!("rejected ({rule})"),
        None if is_inapplicable(reason) => String::from("not applicable"),
        None if reason.is_empty() => String::from("not available"),
        None => reason.to_owned(),
    }
}

fn code(reason: &str) -> &'static str {
    match reason {
        "not collected" => "[z]",
        reason if is_inapplicable(reason) => "[z]",
        WITHHELD => "[c]",
        _ => "[x]",
    }
}

/// Whether a value is not there because it cannot apply: the council is not missing.
pub(super) fn is_inapplicable(reason: &str) -> bool {
    reason.starts_with("not applicable")
}

/// The code a reason begins with: GEN-002 in "GEN-002 Revenue!D14".
fn rule(reason: &str) -> Option<&str> {
    let word = reason.split([' ', ',']).next()?;
    let (family, number) = word.split_once('-')?;
    let is_code = family.len() == 3
        && family.bytes().all(|byte| byte.is_ascii_uppercase())
        && number.len() == 3
        && number.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then_some(word)
}

/// "Thanet not returned", "Dover and Thanet not returned; answer of Shepway rejected (GEN-002)". What is in the figure
/// and perhaps in it twice is named after what it lacks.
pub(super) fn lacking(figure: &Figure, programme: &Programme) -> String {
    by_cause(figure, programme, cause)
}

/// The same in the header of a column, where rules are not named.
fn lacking_briefly(figure: &Figure, programme: &Programme) -> String {
    by_cause(figure, programme, |reason| match rule(reason) {
        Some("GEN-001") | None => cause(reason),
        Some(_) => String::from("rejected"),
    })
}

fn by_cause(figure: &Figure, programme: &Programme, say: impl Fn(&str) -> String) -> String {
    let mut causes: Vec<(String, &str, Vec<&str>)> = vec![];
    let twice = figure.reasons.iter().filter(|(_, reason)| is_listed_twice(reason));
    let twice = twice.map(|(code, _)| code).filter(|code| !figure.missing.contains(*code));
    for code in figure.missing.iter().chain(twice) {
        let reason = figure.reasons.get(code).map_or("", String::as_str);
        let (cause, name) = (say(reason), programme.name(code));
        match causes.iter_mut().find(|(known, ..)| *known == cause) {
            Some((.., names)) => names.push(name),
            None => causes.push((cause, of_what(reason), vec![name])),
        }
    }
    let one = |(cause, what, names): &(String, &str, Vec<&str>)| {
        let list = english::list(names);
        match (*what, names.len()) {
            ("", _) => format!("{list} {cause}"),
            (what, 1) => format!("{what} of {list} {cause}"),
            (what, _) => format!("{what}s of {list} {cause}"),
        }
    };
    causes.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// What a reason says is rejected: an answer, or a whole return. The council rejects nothing.
fn of_what(reason: &str) -> &'static str {
    match rule(reason) {
        Some(rule) if rule != "GEN-001" => "answer",
        _ if reason.starts_with("rejected") => "return",
        _ => "",
    }
}

/// Whether a reason says that a figure has a thing of the council twice, perhaps.
pub(super) fn is_listed_twice(reason: &str) -> bool {
    rule(reason) == Some(LISTED_TWICE)
}

/// A header names the councils it lacks as long as it takes fewer letters than this.
const LONG: usize = 80;

/// The header of a column of totals, over the figures in it.
pub(super) fn total_header(figures: &[&Figure], programme: &Programme) -> String {
    // A council to which a line does not apply is not missing from it.
    let Some(first) = figures.iter().max_by_key(|figure| figure.used.len()) else {
        return String::from("Total");
    };
    if figures.iter().any(|figure| figure.missing != first.missing) {
        return String::from("Total (see status)");
    }
    let (used, of) = (first.used.len(), first.used.len() + first.missing.len());
    let councils = english::some(of, "council");
    let brief = lacking_briefly(first, programme);
    let alike = figures.iter().all(|figure| lacking_briefly(figure, programme) == brief);
    let alike = alike && brief.len() < LONG;
    match (used, alike) {
        (0, _) => String::from("Total"),
        (used, _) if used == of => format!("Total of {of} of {councils}"),
        (used, true) => format!("Total of {used} of {councils} ({brief})"),
        (used, false) => format!("Total of {used} of {councils} (see status)"),
    }
}

/// The sentences that say which returns the figures rest on, as one paragraph.
pub(super) fn coverage(board: &Board<'_>) -> Vec<String> {
    let mut said = sentence::coverage(&board.told, board.picture, Document::Workbook);
    let used = |code: &Code| {
        let mut expected = board.picture.expected();
        expected.any(|line| line.council == *code && line.state == State::Used)
    };
    let shown = ["revenue.", "capital.", "staffing.", "ict.lifespan", "contracts.lifespan"];
    let combined = board.figures.iter().filter(|figure| {
        figure.council.is_none() && shown.iter().any(|key| figure.key.starts_with(key))
    });
    let lacking: Vec<&Figure> =
        combined.copied().filter(|figure| figure.missing.iter().any(used)).collect();
    if !lacking.is_empty() {
        let mut lines = lines_without(board, &used);
        if !lines.is_empty() && lacking.iter().any(|figure| !figure.key.starts_with("revenue.")) {
            lines.push(String::from("answers on other sheets"));
        }
        said.push(match lines.is_empty() {
            true => String::from(
                "Not every answer can be used yet; the status of each line says whose is missing.",
            ),
            false => format!(
                "Not every answer can be used yet: {}. The status of each line says whose is missing.",
                english::list(&lines)
            ),
        });
    }
    vec![said.join(" ")]
}

/// So many lines are named before the rest are counted.
const NAMED: usize = 3;

/// The lines of this year's budget that lack a council whose return is in use: "Thanet on transport".
fn lines_without(board: &Board<'_>, used: &impl Fn(&Code) -> bool) -> Vec<String> {
    let mut lines = vec![];
    for row in LINES.rows {
        let key = format!("revenue.line.{}", row.key.to_lowercase());
        let figure = board.figure(&key, None, Some(Y0_BUDGET.field.name), None);
        let lacking = figure.into_iter().flat_map(|figure| &figure.missing);
        let names: Vec<&str> =
            lacking.filter(|code| used(code)).map(|code| board.programme.name(code)).collect();
        if !names.is_empty() {
            lines.push(format!("{} on “{}”", english::list(&names), row.label));
        }
    }
    if lines.len() > NAMED + 1 {
        let more = english::some(lines.len() - NAMED, "more line");
        lines.truncate(NAMED);
        lines.push(more);
    }
    lines
}
