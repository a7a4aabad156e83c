//! What is taken as what: from what stands in a cell to an answer of the kind the form asks for. `table.txt` beside
//! this file lists it.
//!
//! Whatever is not plainly the value keeps what was typed beside it, so that a rule can say how we read it, or ask.

mod amount;
mod choice;
mod day;

use std::sync::Arc;

pub(super) use choice::{Choice, Choices};
use rust_decimal::dec;

use super::{
    fold,
    grid::{Content, Epoch},
};
use crate::{
    answer::{Fault, Held, Value},
    form::Kind,
};

/// What is held, and what was typed where that is not plainly the value.
type Read = (Held, Option<Box<str>>);

/// Reads a cell as an answer of a kind.
pub(super) fn answer(
    content: Option<&Content>,
    kind: Kind,
    choices: Choices<'_>,
    epoch: Epoch,
) -> Read {
    let text = match content {
        None => return (Held::Blank, None),
        Some(Content::NotCalculated) => return fault(Fault::NotCalculated, None),
        Some(Content::Error(shown)) => return fault(Fault::ErrorValue, Some(shown)),
        Some(Content::Text(text)) if is_dash(text) => return (Held::Blank, None),
        Some(Content::Text(text)) if is_not_applicable(text) => {
            return (Held::NotApplicable, Some(Box::from(&**text)));
        }
        Some(other) => other,
    };
    match kind {
        Kind::Text => (Held::Value(Value::Text(shown(text))), None),
        Kind::Money | Kind::Fte | Kind::Dec | Kind::Pct | Kind::Int => amount::read(text, kind),
        Kind::Date => day::date(text, epoch),
        Kind::Fy => day::year(text),
        Kind::Choice => choice::one(text, choices),
        Kind::Yn => choice::yes_no(text, false),
        Kind::Ynu => choice::yes_no(text, true),
        Kind::Multi => choice::several(text, choices),
    }
}

/// A dash typed to say that there is nothing to say.
fn is_dash(text: &str) -> bool {
    text.chars().all(|letter| matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
}

fn is_not_applicable(text: &str) -> bool {
    text.len() <= 20
        && ["n/a", "na", "n.a.", "n.a", "n\\a", "not applicable"].contains(&&*fold::value(text))
}

/// The content of a cell as text.
pub(super) fn shown(content: &Content) -> Arc<str> {
    match content {
        Content::Text(text) | Content::Error(text) => Arc::clone(text),
        Content::Number { number, percent: true } => {
            Arc::from(format!("{}%", (number * dec!(100)).normalize()))
        }
        Content::Number { number, .. } => Arc::from(number.to_string()),
        Content::Date(date) => Arc::from(Value::Date(*date).to_string()),
        Content::YesNo(yes) => Arc::from(if *yes { "TRUE" } else { "FALSE" }),
        Content::NotCalculated => Arc::from(""),
    }
}

fn fault(fault: Fault, typed: Option<&str>) -> Read {
    (Held::Unreadable(fault), typed.map(Box::from))
}

#[cfg(test)]
mod tests;
