//! Values: text, numbers, dates and lists, each noted if it is not what is wanted.

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::de::DeValue;

use super::{
    mistakes::{fold, nearest, quoted},
    table::{Table, Value},
};
use crate::english;

impl<'a> Table<'a> {
    /// Whether something is marked `true`.
    pub(crate) fn yes(&self, key: &str) -> bool {
        self.yes_if_given(key).unwrap_or_default()
    }

    pub(crate) fn yes_if_given(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        if let DeValue::Boolean(yes) = value.get_ref() {
            return Some(*yes);
        }
        self.wrong(key, value, "true or false, without quotation marks");
        None
    }

    /// A text that must be there.
    pub(crate) fn text(&self, key: &str) -> String {
        self.wants(key).then(|| self.text_if_given(key)).flatten().unwrap_or_default()
    }

    pub(crate) fn text_if_given(&self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        self.as_text(key, value)
    }

    /// A whole number from 1 to `most` that must be there.
    pub(crate) fn whole(&self, key: &str, most: u32) -> u32 {
        self.wants(key).then(|| self.whole_if_given(key, most)).flatten().unwrap_or_default()
    }

    /// A whole number from 1 to `most`.
    pub(crate) fn whole_if_given(&self, key: &str, most: u32) -> Option<u32> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| (1..=most).contains(number));
        if number.is_none() {
            let most = english::thousands(&most.to_string());
            self.wrong(
                key,
                value,
                &format!("a whole number from 1 to {most}, without quotation marks or commas"),
            );
        }
        number
    }

    /// A text or a list of them, each with its place. An empty text stands for an empty cell.
    pub(crate) fn one_or_more(&self, key: &str, value: &'a Value<'a>) -> Vec<(usize, String)> {
        let entries = match value.get_ref() {
            DeValue::Array(entries) => entries.iter().collect(),
            _ => vec![value],
        };
        let text = |entry: &Value<'_>| match entry.get_ref() {
            DeValue::String(text) => Some((entry.span().start, text.trim().to_owned())),
            _ => {
                self.wrong(key, entry, "a text in quotation marks, or a list of them");
                None
            }
        };
        entries.into_iter().filter_map(text).collect()
    }

    /// A number that must be there.
    pub(crate) fn number(&self, key: &str) -> Decimal {
        let value = self.wants(key).then(|| self.get(key)).flatten();
        value.and_then(|value| self.as_number(key, value)).unwrap_or_default()
    }

    /// A number from `least` to `most`.
    pub(crate) fn number_within(
        &self,
        key: &str,
        least: Decimal,
        most: Decimal,
    ) -> Option<Decimal> {
        let value = self.get(key)?;
        let number = self.as_number(key, value)?;
        self.is_within(key, value, number, least, most).then_some(number)
    }

    /// Two numbers from `least` to `most`, the lower first: `[10, 200]`.
    pub(crate) fn numbers_within(
        &self,
        key: &str,
        least: Decimal,
        most: Decimal,
    ) -> Option<[Decimal; 2]> {
        let value = self.get(key)?;
        let number = |value| {
            let number = self.as_number(key, value)?;
            self.is_within(key, value, number, least, most).then_some(number)
        };
        match self.list(key) {
            [low, high] => {
                let numbers = [number(low)?, number(high)?];
                if numbers[0] > numbers[1] {
                    let example = self.example(key);
                    let what = format!("{key}: put the lower number first, as in: {example}");
                    self.note(value.span().start, &what);
                }
                Some(numbers)
            }
            _ => {
                if matches!(value.get_ref(), DeValue::Array(_)) {
                    let example = self.example(key);
                    let what =
                        format!("{key} must be two numbers, the lower first, as in: {example}");
                    self.note(value.span().start, &what);
                }
                None
            }
        }
    }

    fn is_within(
        &self,
        key: &str,
        value: &Value<'_>,
        number: Decimal,
        least: Decimal,
        most: Decimal,
    ) -> bool {
        let within = (least..=most).contains(&number);
        if !within {
            let example = self.example(key);
            let wanted = format!("but must lie between {least} and {most}, as in: {example}");
            self.note(value.span().start, &format!("{key} is {number}, {wanted}"));
        }
        within
    }

    pub(crate) fn as_number(&self, key: &str, value: &Value<'_>) -> Option<Decimal> {
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(key, value, "a number, without quotation marks or commas");
        }
        number
    }

    /// One of some known words.
    pub(crate) fn word<'w>(&self, key: &str, words: &[&'w str]) -> Option<&'w str> {
        let typed = self.text_if_given(key)?;
        let found = words.iter().copied().find(|word| *word == typed);
        if found.is_none() {
            let advice = match nearest(&typed, words.iter().copied()) {
                Some(near) => format!("Did you mean \"{near}\"?"),
                None => {
                    let words: Vec<String> =
                        words.iter().map(|word| format!("\"{word}\"")).collect();
                    format!("It must be one of {}.", english::list(&words))
                }
            };
            self.note(self.at(key), &format!("{key} is \"{}\". {advice}", quoted(&typed)));
        }
        found
    }

    /// A date that must be there.
    pub(crate) fn date(&self, key: &str) -> Date {
        self.wants(key).then(|| self.date_if_given(key)).flatten().unwrap_or_default()
    }

    pub(crate) fn date_if_given(&self, key: &str) -> Option<Date> {
        let value = self.get(key)?;
        self.as_date(key, value)
    }

    /// The entries of a list, each of them with its place; nothing when the key is missing.
    pub(crate) fn list(&self, key: &str) -> &'a [Value<'a>] {
        let Some(value) = self.get(key) else { return &[] };
        if let DeValue::Array(entries) = value.get_ref() {
            return entries;
        }
        self.wrong(key, value, "a list in square brackets");
        &[]
    }

    /// A list of different texts; `;` is kept free to stand between answers in one cell.
    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        let mut texts: Vec<String> = vec![];
        for entry in self.list(key) {
            let Some(text) = self.as_text(key, entry) else { continue };
            if self.is_new(key, entry.span().start, &text, &texts) {
                texts.push(text);
            }
        }
        texts
    }

    /// Whether a text of a list is none of those before it and fit for a list of choices. If not, that is noted.
    pub(crate) fn is_new(&self, key: &str, at: usize, text: &str, before: &[String]) -> bool {
        if text.contains(';') {
            let advice = "Leave the semicolon out: forms put one between two answers.";
            self.note(at, &format!("{key}: \"{text}\" cannot be told from two answers. {advice}"));
        }
        let twice = before.iter().any(|other| fold(other) == fold(text));
        if twice {
            self.note(at, &format!("{key} has \"{text}\" twice. Delete one of them."));
        }
        !twice
    }

    /// One line of text.
    pub(crate) fn as_text(&self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim(),
            _ => {
                self.wrong(key, value, "text in quotation marks");
                return None;
            }
        };
        if text.is_empty() || text.contains(char::is_control) {
            let fault = if text.is_empty() { "is empty" } else { "runs over more than one line" };
            let advice = match self.example(key) {
                "" => String::new(),
                example => format!(" Write it as in: {example}"),
            };
            self.note(value.span().start, &format!("{key} {fault}.{advice}"));
            return None;
        }
        Some(text.to_owned())
    }

    /// A date as TOML has it, or as text: "01/04/2010" or "2010-04-01".
    pub(crate) fn as_date(&self, key: &str, value: &Value<'_>) -> Option<Date> {
        let date = match value.get_ref() {
            DeValue::Datetime(given) if given.time.is_none() => given.date.and_then(|date| {
                let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
                Date::new(i16::try_from(date.year).ok()?, month, day).ok()
            }),
            DeValue::String(text) => date_in(text),
            _ => None,
        };
        if date.is_none() {
            self.wrong(
                key,
                value,
                "a real date as year-month-day, or as \"dd/mm/yyyy\" in quotation marks",
            );
            return None;
        }
        let sensible = date.filter(|date| (1990..=2060).contains(&date.year()));
        if let (None, Some(date)) = (sensible, date) {
            let advice = "Please check the year; it must lie between 1990 and 2060.";
            self.note(
                value.span().start,
                &format!("{key} is in the year {}. {advice}", date.year()),
            );
        }
        sensible
    }
}

/// A date as people type it: "01/04/2010" or "2010-04-01".
pub(crate) fn date_in(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['/', '-']).collect();
    let (year, month, day) = match &*parts {
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        [day, month, year] => (*year, *month, *day),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
