//! What calamine says of a cell, in our words.

use std::{borrow::Cow, sync::Arc};

use calamine::{Data, ExcelDateTime};
use jiff::{ToSpan, civil::Date};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::grid::{Content, Epoch};
use crate::number;

/// Errors as they are shown. OpenDocument files hold them as text.
const ERRORS: &[&str] = &[
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#BUSY!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#GETTING_DATA",
];

/// What a cell holds; `None` when it is empty.
pub(super) fn of(data: &Data, percent: bool, epoch: Epoch) -> Option<Content> {
    match data {
        Data::Empty => None,
        Data::Int(number) => Some(Content::Number { number: Decimal::from(*number), percent }),
        Data::Float(float) => Some(number_of(*float, percent)),
        Data::DateTime(date) => Some(date_of(date, epoch)),
        Data::DateTimeIso(date) => {
            let day = date.split(['T', ' ']).next().unwrap_or_default();
            Some(day.parse().map_or_else(|_| Content::Text(Arc::from(&**date)), Content::Date))
        }
        Data::DurationIso(text) => Some(Content::Text(Arc::from(&**text))),
        Data::String(text) => self::text(text),
        Data::Bool(yes) => Some(Content::YesNo(*yes)),
        Data::Error(error) => Some(Content::Error(Arc::from(error.to_string()))),
    }
}

/// The text of a cell, without the space around it; `None` when nothing is left.
pub(super) fn text(text: &str) -> Option<Content> {
    let text = match text.contains("_x000D_") || text.contains('\r') {
        true => {
            let text = text.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n");
            Cow::Owned(text)
        }
        false => Cow::Borrowed(text),
    };
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    if text.is_empty() {
        return None;
    }
    let error = text.starts_with('#') && ERRORS.contains(&text)
        || text.starts_with("Err:5") && text.len() == 7;
    Some(if error { Content::Error(Arc::from(text)) } else { Content::Text(Arc::from(text)) })
}

fn number_of(float: f64, percent: bool) -> Content {
    match number::from_cell(float) {
        Some(number) => Content::Number { number, percent },
        None => Content::Text(Arc::from(format!("{float:e}"))),
    }
}

fn date_of(date: &ExcelDateTime, epoch: Epoch) -> Content {
    let number = number::from_cell(date.as_f64());
    match number.filter(|_| date.is_datetime()).and_then(|serial| from_serial(serial, epoch)) {
        Some(date) => Content::Date(date),
        // Hours, or a number shown as a date that no calendar has.
        None => number_of(date.as_f64(), false),
    }
}

/// The date that a number of days stands for.
pub(super) fn from_serial(serial: Decimal, epoch: Epoch) -> Option<Date> {
    let days = serial.floor().to_i64().filter(|days| (1..3_000_000).contains(days))?;
    let zero = match epoch {
        // Excel takes 1900 for a leap year, so its day 60 never was.
        Epoch::From1900 if days < 60 => jiff::civil::date(1899, 12, 31),
        Epoch::From1900 => jiff::civil::date(1899, 12, 30),
        Epoch::From1904 => jiff::civil::date(1904, 1, 1),
    };
    zero.checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;
    use jiff::civil::date;
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn days_are_counted_from_1900_or_1904() {
        let serials = [dec!(39903), dec!(39903.75), dec!(59), dec!(61)];
        assert_eq!(
            serials.map(|serial| from_serial(serial, Epoch::From1900)),
            [
                Some(date(2009, 3, 31)),
                Some(date(2009, 3, 31)),
                Some(date(1900, 2, 28)),
                Some(date(1900, 3, 1))
            ]
        );
        assert_eq!(from_serial(dec!(38441), Epoch::From1904), Some(date(2009, 3, 31)));
        assert_eq!(from_serial(dec!(-1), Epoch::From1900), None);
        assert_eq!(from_serial(dec!(99999999), Epoch::From1900), None);
    }

    #[test]
    fn a_number_comes_in_by_the_one_door() {
        let number = |data: Data| match of(&data, false, Epoch::From1900) {
            Some(Content::Number { number, .. }) => number.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(number(Data::Float(0.1 + 0.2)), "0.3");
        assert_eq!(number(Data::Int(12)), number(Data::Float(12.0)));
        let hours = ExcelDateTime::new(1.5625, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(number(Data::DateTime(hours)), "1.5625");
    }

    #[test]
    fn an_error_held_as_text_is_an_error_still() {
        assert_eq!(text(" #DIV/0! "), Some(Content::Error(Arc::from("#DIV/0!"))));
        assert_eq!(text("Err:508"), Some(Content::Error(Arc::from("Err:508"))));
        assert_eq!(text("\u{a0} \n"), None);
        assert_eq!(text("a_x000D_\nb"), Some(Content::Text(Arc::from("a\nb"))));
    }
}
