//! A table of programme.toml: its values by key, each with its line, and a note for whatever is wrong.

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    mistakes::{Notes, fold, nearest},
    reading::ROOT,
};
use crate::english;

/// A key that may stand in a table, and a line that shows how it is written.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) example: &'static str,
}

pub(super) const fn key(name: &'static str, example: &'static str) -> Key {
    Key { name, example }
}

/// A value and where it begins.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A table whose keys are known.
///
/// What is asked for and is missing or wrong is noted, and something empty is given in its place: the programme
/// is not used then.
pub(super) struct Table<'a> {
    pub(super) notes: &'a Notes<'a>,
    /// "council THA"
    pub(super) what: String,
    /// Where the table begins.
    pub(super) at: usize,
    entries: &'a DeTable<'a>,
    keys: &'static [Key],
}

impl<'a> Table<'a> {
    /// A table with its keys; those that do not belong here are noted.
    pub(super) fn new(
        notes: &'a Notes<'a>,
        what: String,
        at: usize,
        entries: &'a DeTable<'a>,
        keys: &'static [Key],
    ) -> Table<'a> {
        let table = Table { notes, what, at, entries, keys };
        for typed in entries.keys().filter(|typed| !table.knows(typed.get_ref())) {
            let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            let advice = if ROOT.iter().any(|key| key.name == typed.get_ref()) {
                String::from(
                    "It belongs at the top of the file, above the first heading in square brackets.",
                )
            } else if let Some(name) = nearest(typed.get_ref(), names.iter().copied()) {
                format!("Did you mean \"{name}\"?")
            } else {
                format!("What may stand here: {}.", english::list(&names))
            };
            table.note(
                typed.span().start,
                &format!("\"{}\" is not known here. {advice}", typed.get_ref()),
            );
        }
        table
    }

    /// The same from a value, which is noted if it is no table.
    pub(super) fn of(
        notes: &'a Notes<'a>,
        what: String,
        value: &'a Value<'a>,
        keys: &'static [Key],
    ) -> Option<Table<'a>> {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::Table(entries) => Some(Table::new(notes, what, at, entries, keys)),
            other => {
                notes
                    .add(at, format!("{what} is {}, but must be a table of its own", shown(other)));
                None
            }
        }
    }

    fn knows(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known.name == key)
    }

    /// The tables under one heading in double brackets, such as `[[council]]`.
    pub(super) fn tables(&self, key: &str) -> &'a [Value<'a>] {
        match self.get(key).map(|value| (value.get_ref(), value)) {
            Some((DeValue::Array(entries), _)) => entries,
            Some((_, value)) => {
                let advice = format!("Write its heading in double brackets: [[{key}]]");
                self.notes.add(value.span().start, format!("{key} is not a list. {advice}"));
                &[]
            }
            None => &[],
        }
    }

    /// The entries of a table whose keys are the officer's own: key, where it stands, value.
    pub(super) fn entries_of(&self, key: &str) -> Vec<(&'a str, usize, &'a Value<'a>)> {
        match self.get(key).map(|value| (value.get_ref(), value)) {
            Some((DeValue::Table(entries), _)) => entries
                .iter()
                .map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value))
                .collect(),
            Some((_, value)) => {
                self.wrong(key, value, "a table");
                vec![]
            }
            None => vec![],
        }
    }

    /// Whether something is marked `true`.
    pub(super) fn yes(&self, key: &str) -> bool {
        match self.get(key).map(|value| (value.get_ref(), value)) {
            Some((DeValue::Boolean(yes), _)) => *yes,
            Some((_, value)) => {
                self.wrong(key, value, "true or false, without quotation marks");
                false
            }
            None => false,
        }
    }

    /// Notes what is wrong at a place, with the name of the table before it.
    pub(super) fn note(&self, at: usize, what: &str) {
        self.notes.add(at, format!("{}: {what}", self.what));
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        self.entries.get(key)
    }

    /// Where the value of a key begins; where the table does, if the key is missing.
    pub(super) fn at(&self, key: &str) -> usize {
        self.get(key).map_or(self.at, |value| value.span().start)
    }

    /// Whether a key stands in the table. If not, that is noted.
    pub(super) fn wants(&self, key: &str) -> bool {
        let given = self.get(key).is_some();
        if !given {
            let example = self.example(key);
            self.note(self.at, &format!("{key} is missing. Add a line such as: {example}"));
        }
        given
    }

    /// A text that must be there.
    pub(super) fn text(&self, key: &str) -> String {
        self.wants(key).then(|| self.text_if_given(key)).flatten().unwrap_or_default()
    }

    pub(super) fn text_if_given(&self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        self.as_text(key, value)
    }

    /// A whole number above nought that must be there.
    pub(super) fn whole(&self, key: &str) -> u32 {
        if !self.wants(key) {
            return 0;
        }
        let given = self.get(key).map(|value| (value.get_ref(), value));
        let number = match given {
            Some((DeValue::Integer(number), _)) => {
                u32::from_str_radix(number.as_str(), number.radix()).ok()
            }
            _ => None,
        };
        let number = number.filter(|number| *number > 0);
        if let (None, Some((_, value))) = (number, given) {
            self.wrong(
                key,
                value,
                "a whole number above nought, without quotation marks or commas",
            );
        }
        number.unwrap_or_default()
    }

    pub(super) fn number_if_given(&self, key: &str) -> Option<Decimal> {
        let value = self.get(key)?;
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

    /// A date that must be there.
    pub(super) fn date(&self, key: &str) -> Date {
        self.wants(key).then(|| self.date_if_given(key)).flatten().unwrap_or_default()
    }

    pub(super) fn date_if_given(&self, key: &str) -> Option<Date> {
        let value = self.get(key)?;
        self.as_date(key, value)
    }

    /// The entries of a list, each of them with its place; nothing when the key is missing.
    pub(super) fn list(&self, key: &str) -> &'a [Value<'a>] {
        match self.get(key).map(|value| (value.get_ref(), value)) {
            Some((DeValue::Array(entries), _)) => entries,
            Some((_, value)) => {
                self.wrong(key, value, "a list in square brackets");
                &[]
            }
            None => &[],
        }
    }

    /// A list of different texts; `;` is kept free to stand between answers in one cell.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
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
    pub(super) fn is_new(&self, key: &str, at: usize, text: &str, before: &[String]) -> bool {
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
    pub(super) fn as_text(&self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim(),
            _ => {
                self.wrong(key, value, "text in quotation marks");
                return None;
            }
        };
        if text.is_empty() || text.contains(char::is_control) {
            let fault = if text.is_empty() { "is empty" } else { "runs over more than one line" };
            let example = self.example(key);
            self.note(value.span().start, &format!("{key} {fault}. Write it as in: {example}"));
            return None;
        }
        Some(text.to_owned())
    }

    /// A date as TOML has it, or as text: "01/04/2010" or "2010-04-01".
    pub(super) fn as_date(&self, key: &str, value: &Value<'_>) -> Option<Date> {
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

    /// Notes that a value is not what the key wants.
    pub(super) fn wrong(&self, key: &str, value: &Value<'_>, wanted: &str) {
        let given = shown(value.get_ref());
        let example = self.example(key);
        let what = format!("{key} is {given}, but must be {wanted}, as in: {example}");
        self.note(value.span().start, &what);
    }

    pub(super) fn example(&self, key: &str) -> &'static str {
        self.keys.iter().find(|known| known.name == key).map_or("", |known| known.example)
    }
}

/// A value as a message shows it.
pub(super) fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{text}\""),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(answer) => answer.to_string(),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => String::from("a list"),
        DeValue::Table(_) => String::from("a table"),
    }
}

fn date_in(text: &str) -> Option<Date> {
    let (year, month, day) = match &*text.trim().split(['/', '-']).collect::<Vec<&str>>() {
        [year, month, day] if text.contains('-') => (*year, *month, *day),
        [day, month, year] => (*year, *month, *day),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
