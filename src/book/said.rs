//! The words of the workbooks: what stands where a figure is missing, and how far a total reaches (domain.md D12).

use crate::{
    book::board::Board,
    english,
    figure::Figure,
    picture::{Coverage, State},
    programme::{Code, Programme, Status},
};

/// Why a figure is missing, in words and with the code that published tables use.
pub(super) fn missing(reason: &str) -> String {
    format!("{} {}", cause(reason), code(reason))
}

/// Why a figure is missing, in words. A reason is a state, or a rule with the cell it speaks of.
pub(super) fn cause(reason: &str) -> String {
    match rule(reason) {
        Some("GEN-001") => String::from("not given"),
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
        "withheld" => "[c]",
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

/// "Thanet not returned", "Dover and Thanet not returned; Shepway rejected (GEN-002)".
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
    let mut causes: Vec<(String, Vec<&str>)> = vec![];
    for code in &figure.missing {
        let cause = say(figure.reasons.get(code).map_or("", String::as_str));
        let name = programme.name(code);
        match causes.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, names)) => names.push(name),
            None => causes.push((cause, vec![name])),
        }
    }
    let parts: Vec<String> =
        causes.iter().map(|(cause, names)| format!("{} {cause}", english::list(names))).collect();
    parts.join("; ")
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
    let brief = lacking_briefly(first, programme);
    let alike = figures.iter().all(|figure| lacking_briefly(figure, programme) == brief);
    let alike = alike && brief.len() < LONG;
    match (used, alike) {
        (0, _) => String::from("Total"),
        (used, _) if used == of => format!("Total of {of} of {of} councils"),
        (used, true) => format!("Total of {used} of {of} councils ({brief})"),
        (used, false) => format!("Total of {used} of {of} councils (see status)"),
    }
}

/// The sentences that say which returns the figures rest on (domain.md E7, sentence 1), in the words of the drafts.
pub(super) fn coverage(board: &Board<'_>) -> Vec<String> {
    let expected: Vec<&Coverage> = board.picture.expected().collect();
    let names = |pick: &dyn Fn(&State) -> bool| -> Vec<&str> {
        let lines = expected.iter().filter(|line| pick(&line.state));
        lines.map(|line| board.programme.name(&line.council)).collect()
    };
    let used = names(&|state| *state == State::Used);
    let asked = expected.len();
    let count = english::count;
    let mut said = vec![match used.len() {
        0 if names(&|state| state.rule().is_some()).is_empty() => {
            String::from("No returns have been received, so there are no totals.")
        }
        0 => String::from("No return can be used as it stands, so there are no totals."),
        1 if asked == 1 => {
            format!("These figures use the return of {}, the one council asked.", used[0])
        }
        2 if asked == 2 => String::from("These figures use the returns of both councils."),
        all if all == asked => {
            format!("These figures use the returns of all {} councils.", count(all))
        }
        some => {
            let list = english::list(&used);
            format!("These figures use {} of {} returns: {list}.", count(some), count(asked))
        }
    }];
    if !used.is_empty() && used.len() < asked {
        let not_received = names(&|state| *state == State::NotReturned);
        let refused = names(&|state| matches!(state, State::Refused(_)));
        let mut lacking: Vec<String> = vec![];
        lacking.extend(returns(&not_received, ["has not been received", "have not been received"]));
        let unusable = ["cannot be used as it stands", "cannot be used as they stand"];
        lacking.extend(returns(&refused, unusable));
        lacking.extend(expected.iter().filter_map(|line| match line.state {
            State::SetAside(code) => {
                let name = board.programme.name(&line.council);
                Some(format!("{name}'s return came in but cannot be used ({code})"))
            }
            _ => None,
        }));
        let whom = match &used[..] {
            [only] => format!("{only} alone"),
            some => format!("{} councils", count(some.len())),
        };
        let lacking = english::capital(&english::list(&lacking));
        said.push(format!("{lacking}, so totals below are for {whom}."));
        let share = board.combined("coverage.population_share").and_then(Figure::number);
        said.extend(share.map(|share| {
            format!(
                "The councils whose returns are used have {} of the population of the councils \
                 taking part.",
                english::percent(share)
            )
        }));
    }
    let used = |code: &Code| {
        expected.iter().any(|line| line.council == *code && line.state == State::Used)
    };
    let shown = ["revenue.", "capital.", "staffing.", "ict.lifespan", "contracts.lifespan"];
    let combined = board.figures.iter().filter(|figure| {
        figure.council.is_none() && shown.iter().any(|key| figure.key.starts_with(key))
    });
    if combined.flat_map(|figure| &figure.missing).any(used) {
        said.push(String::from(
            "Not every answer can be used yet; the status of each line says whose is missing.",
        ));
    }
    said.extend(positions(board));
    vec![said.join(" ")]
}

/// "Thanet's return has not been received", of one or several.
fn returns(names: &[&str], [one, many]: [&str; 2]) -> Option<String> {
    match names {
        [] => None,
        [only] => Some(format!("{only}'s return {one}")),
        several => Some(format!("the returns of {} {many}", english::list(several))),
    }
}

/// Who takes part otherwise than fully.
fn positions(board: &Board<'_>) -> Vec<String> {
    let open = board.picture.coverage.iter();
    let open: Vec<&str> = open
        .filter(|line| line.participation == Status::ToBeClarified)
        .map(|line| board.programme.name(&line.council))
        .collect();
    let mut said = match open.as_slice() {
        [] => vec![],
        [only] => vec![format!("{only}'s position is to be clarified.")],
        several => {
            vec![format!("The positions of {} are to be clarified.", english::list(several))]
        }
    };
    for line in &board.picture.coverage {
        let name = board.programme.name(&line.council);
        match &line.participation {
            Status::Out { minute, date } => said.push(format!(
                "{name} decided not to take part ({}).",
                [minute.as_str(), &english::date(*date)]
                    .iter()
                    .filter(|part| !part.is_empty())
                    .copied()
                    .collect::<Vec<&str>>()
                    .join(", ")
            )),
            Status::In | Status::ToBeClarified | Status::Optional => {}
        }
    }
    said
}
