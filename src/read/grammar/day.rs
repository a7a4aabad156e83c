//! Dates, the day first, and financial years.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Read, fault, shown};
use crate::{
    answer::{Fault, Held, Value},
    english,
    programme::Year,
    read::{
        content::from_serial,
        grid::{Content, Epoch},
    },
};

/// Reads a date, of whatever kind the cell is.
pub(super) fn date(content: &Content, epoch: Epoch) -> Read {
    let (date, typed) = match content {
        Content::Date(date) => (Some(*date), None),
        Content::Number { number, percent: false } => {
            (from_serial(*number, epoch), Some(shown(content)))
        }
        Content::Text(text) => (date_as_typed(text), Some(Arc::clone(text))),
        _ => (None, Some(shown(content))),
    };
    match date.filter(|date| (1990..=2060).contains(&date.year())) {
        Some(date) => {
            let typed = typed.filter(|typed| **typed != Value::Date(date).to_string());
            (Held::Value(Value::Date(date)), typed.map(|typed| Box::from(&*typed)))
        }
        None => fault(Fault::NotADate, Some(&shown(content))),
    }
}

/// Reads a date as people type it, the day first: "31/03/2010", "31st March 2010", "2010-03-31".
fn date_as_typed(text: &str) -> Option<Date> {
    let lower = text.trim().to_lowercase();
    // A time of day says nothing more.
    let day = match lower.rsplit_once([' ', 't']) {
        Some((day, time)) if time.contains(':') => day.trim_end(),
        _ => &lower,
    };
    let words: Vec<&str> = day
        .split(|letter: char| {
            letter.is_whitespace()
                || matches!(letter, '/' | '-' | '.' | ',' | '\u{2010}'..='\u{2015}')
        })
        .filter(|word| !word.is_empty())
        .skip_while(|word| is_weekday(word))
        .filter(|word| *word != "of")
        .collect();
    let [first, second, third] = *words else { return None };
    let (day, month, year) = match (english::month(first), english::month(second)) {
        (None, Some(month)) => (ordinal(first)?, month, whole_year(third)?),
        (Some(month), None) => (ordinal(second)?, month, whole_year(third)?),
        (None, None) if first.len() == 4 => {
            (third.parse().ok()?, second.parse().ok()?, whole_year(first)?)
        }
        (None, None) => (first.parse().ok()?, second.parse().ok()?, whole_year(third)?),
        _ => return None,
    };
    Date::new(year, month, day).ok()
}

fn is_weekday(word: &str) -> bool {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && days.iter().any(|day| day.starts_with(word))
}

/// "31" or "31st".
fn ordinal(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    digits.unwrap_or(word).parse().ok()
}

/// A year of four digits: two could mean either century.
fn whole_year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok())?
}

/// Reads a financial year. Excel makes the first of a month of "2010/11" when the cell is not one for text.
pub(super) fn year(content: &Content) -> Read {
    let year = match content {
        Content::Text(text) => Year::parse(text),
        Content::Date(date) if date.day() == 1 => {
            Some(Year(date.year())).filter(|year| (year.0 + 1) % 100 == i16::from(date.month()))
        }
        _ => None,
    };
    let typed = shown(content);
    match year {
        Some(year) => {
            let text = year.to_string();
            let typed = (text != *typed).then(|| Box::from(&*typed));
            (Held::Value(Value::Text(Arc::from(text))), typed)
        }
        None => fault(Fault::NotADate, Some(&typed)),
    }
}
