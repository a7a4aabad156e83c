//! Rows of tables that are not rows of their own (GEN-011, GEN-012).

use std::collections::BTreeMap;

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Held, Return, Row},
    finding::{Rule, Scope, Severity},
    form::{Field, Kind},
    programme::Programme,
};

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
