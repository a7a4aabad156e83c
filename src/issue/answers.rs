//! What a form is filled with, for the sample and for tests.

use std::collections::BTreeMap;

use anyhow::Context;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::form::Kind;

/// Answers by defined name and, in a table, by row from 1. A text as somebody would type it: a number is typed
/// into number cells, an ISO date into date cells; anything else, and whatever follows a leading `'`, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<(String, Option<u32>), String>);

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Typed {
    #[default]
    Nothing,
    Number(Decimal),
    Date(Date),
    Text(String),
}

impl Answers {
    pub fn new() -> Answers {
        Answers::default()
    }

    /// The answers of several forms by the word for the workbook and the council ("" for a brief), from lines
    /// of `workbook,council,name,row,value` below a heading.
    ///
    /// # Errors
    /// When a line has too few parts or its row is not a number.
    pub fn by_form(csv: &str) -> anyhow::Result<BTreeMap<(String, String), Answers>> {
        let mut forms: BTreeMap<(String, String), Answers> = BTreeMap::new();
        for line in csv::Reader::from_reader(csv.as_bytes()).into_deserialize() {
            let (workbook, council, name, row, value): (
                String,
                String,
                String,
                Option<u32>,
                String,
            ) = line.context(
                "a line of answers needs a workbook, a council, a name, a row and a value",
            )?;
            forms.entry((workbook, council)).or_default().set(&name, row, &value);
        }
        Ok(forms)
    }

    /// Puts an answer in, in place of any that was there.
    pub fn set(&mut self, name: &str, row: Option<u32>, value: &str) {
        self.0.insert((name.to_owned(), row), value.to_owned());
    }

    pub fn get(&self, name: &str, row: Option<u32>) -> Option<&str> {
        // A form that goes out has no answers, and a key costs more than to see that.
        (!self.0.is_empty()).then(|| self.0.get(&(name.to_owned(), row)))?.map(String::as_str)
    }

    pub fn remove(&mut self, name: &str, row: Option<u32>) {
        self.0.remove(&(name.to_owned(), row));
    }

    /// Name, row and value, by name and row.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<u32>, &str)> {
        self.0.iter().map(|((name, row), value)| (&**name, *row, &**value))
    }

    /// The last row answered in a column; 0 when there is none.
    pub(crate) fn last_row(&self, name: &str) -> u32 {
        let rows = (name.to_owned(), None)..=(name.to_owned(), Some(u32::MAX));
        self.0.range(rows).next_back().and_then(|((_, row), _)| *row).unwrap_or(0)
    }
}

impl Typed {
    /// What comes of typing this text into a cell for such answers.
    pub(crate) fn new(kind: Kind, text: &str) -> Typed {
        if let Some(verbatim) = text.strip_prefix('\'') {
            return Typed::Text(verbatim.to_owned());
        }
        let number = || plain_number(text).map(Typed::Number);
        let date = || text.parse().ok().filter(|_| text.len() == 10).map(Typed::Date);
        let typed = match kind {
            Kind::Date => date(),
            _ if kind.is_number() => number(),
            _ if text.is_empty() => Some(Typed::Nothing),
            _ => None,
        };
        typed.unwrap_or_else(|| Typed::Text(text.to_owned()))
    }

    pub(crate) fn number(&self) -> Option<Decimal> {
        match self {
            Typed::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// Digits, a point and a sign before them, and nothing else.
fn plain_number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn a_text_is_typed_as_a_person_would_mean_it() {
        let day = jiff::civil::date(2009, 2, 13);
        for (kind, text, typed) in [
            (Kind::Money, "356480", Typed::Number(dec!(356480))),
            (Kind::Pct, "-2.45", Typed::Number(dec!(-2.45))),
            (Kind::Money, "£12,500 ", Typed::Text("£12,500 ".into())),
            (Kind::Money, "'12500", Typed::Text("12500".into())),
            (Kind::Int, "", Typed::Text(String::new())),
            (Kind::Date, "2009-02-13", Typed::Date(day)),
            (Kind::Date, "13/02/2009", Typed::Text("13/02/2009".into())),
            (Kind::Text, "2009-02-13", Typed::Text("2009-02-13".into())),
            (Kind::Text, "42", Typed::Text("42".into())),
        ] {
            assert_eq!(Typed::new(kind, text), typed, "{text}");
        }
    }
}
