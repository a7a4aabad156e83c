//! A table of a file: its values by key, each with its line, and a note for whatever is wrong.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::mistakes::{Notes, nearest, quoted};
use crate::english;

/// A key that may stand in a table, and a line that shows how it is written.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) example: &'static str,
}

pub(crate) const fn key(name: &'static str, example: &'static str) -> Key {
    Key { name, example }
}

/// A value and where it begins.
pub(crate) type Value<'a> = Spanned<DeValue<'a>>;

/// A table whose keys are known.
///
/// What is asked for and is missing or wrong is noted, and something empty is given in its place: the programme
/// is not used then.
pub(crate) struct Table<'a> {
    pub(crate) notes: &'a Notes<'a>,
    /// "council THA"
    pub(crate) what: String,
    /// Where the table begins.
    pub(crate) at: usize,
    entries: &'a DeTable<'a>,
    keys: &'static [Key],
    /// Keys that others in the table were probably meant to be.
    misspelt: Vec<&'static str>,
}

impl<'a> Table<'a> {
    /// A table with its keys; those that do not belong here are noted.
    pub(crate) fn new(
        notes: &'a Notes<'a>,
        what: String,
        at: usize,
        entries: &'a DeTable<'a>,
        keys: &'static [Key],
    ) -> Table<'a> {
        let mut table = Table { notes, what, at, entries, keys, misspelt: vec![] };
        let names: Vec<&'static str> = keys.iter().map(|key| key.name).collect();
        for typed in entries.keys() {
            let (at, typed) = (typed.span().start, typed.get_ref().as_ref());
            if names.contains(&typed) {
                continue;
            }
            let absent = names.iter().copied().filter(|name| entries.get(*name).is_none());
            let near = nearest(typed, absent).or_else(|| nearest(typed, names.iter().copied()));
            let homes = notes.outline.homes.iter();
            let homes = homes.filter(|(keys, _)| keys.iter().any(|key| key.name == typed));
            let homes: Vec<&str> = homes.map(|(_, home)| *home).collect();
            let advice = if !homes.is_empty() {
                format!("It belongs {}.", homes.join(" or "))
            } else if let Some(name) = near {
                table.misspelt.push(name);
                format!("Did you mean \"{name}\"?")
            } else {
                format!("What may stand here: {}.", english::list(&names))
            };
            table.note(at, &format!("\"{}\" is not known here. {advice}", quoted(typed)));
        }
        table
    }

    /// A table that is a value under a key of this one; noted if it is none.
    pub(crate) fn inner(
        &self,
        key: &str,
        value: &'a Value<'a>,
        what: String,
        keys: &'static [Key],
    ) -> Option<Table<'a>> {
        match value.get_ref() {
            DeValue::Table(entries) => {
                Some(Table::new(self.notes, what, value.span().start, entries, keys))
            }
            _ => {
                self.wrong(key, value, "written with keys of its own");
                None
            }
        }
    }

    /// The tables under one heading in double brackets, such as `[[council]]`.
    pub(crate) fn tables(&self, key: &str) -> &'a [Value<'a>] {
        let Some(value) = self.get(key) else { return &[] };
        if let DeValue::Array(entries) = value.get_ref() {
            return entries;
        }
        let example = self.example(key);
        self.note(
            value.span().start,
            &format!("{key} needs a heading in double brackets: {example}"),
        );
        &[]
    }

    /// The entries of a table whose keys are the officer's own: key, where it stands, value.
    pub(crate) fn entries_of(&self, key: &str) -> Vec<(&'a str, usize, &'a Value<'a>)> {
        self.get(key).map(|value| self.entries_in(key, value)).unwrap_or_default()
    }

    /// The same of a value that stands under a key.
    pub(crate) fn entries_in(
        &self,
        key: &str,
        value: &'a Value<'a>,
    ) -> Vec<(&'a str, usize, &'a Value<'a>)> {
        let DeValue::Table(entries) = value.get_ref() else {
            self.wrong(key, value, "written with keys of its own");
            return vec![];
        };
        entries
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value))
            .collect()
    }

    /// Notes what is wrong at a place, with the name of the table before it.
    pub(crate) fn note(&self, at: usize, what: &str) {
        self.notes.add(at, &format!("{}: {what}", self.what));
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        self.entries.get(key)
    }

    /// Where the value of a key begins; where the table does, if the key is missing.
    pub(crate) fn at(&self, key: &str) -> usize {
        self.get(key).map_or(self.at, |value| value.span().start)
    }

    /// Whether a key stands in the table. If not, that is noted.
    pub(crate) fn wants(&self, key: &str) -> bool {
        let given = self.get(key).is_some();
        if !given && !self.is_misspelt(key) {
            let example = self.example(key);
            self.note(self.at, &format!("{key} is missing. Add a line such as: {example}"));
        }
        given
    }

    /// Whether another key was probably meant to be this one, which is said of that key.
    pub(crate) fn is_misspelt(&self, key: &str) -> bool {
        self.misspelt.contains(&key)
    }

    /// Notes that a value is not what the key wants.
    pub(crate) fn wrong(&self, key: &str, value: &Value<'_>, wanted: &str) {
        let given = shown(value.get_ref());
        let example = match self.example(key) {
            "" => String::new(),
            example => format!(", as in: {example}"),
        };
        self.note(value.span().start, &format!("{key} is {given}, but must be {wanted}{example}"));
    }

    /// How a key is written; nothing for a key of the officer's own.
    pub(crate) fn example(&self, key: &str) -> &'static str {
        self.keys.iter().find(|known| known.name == key).map_or("", |known| known.example)
    }
}

/// A value as a message shows it.
pub(crate) fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{}\"", quoted(text)),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(answer) => answer.to_string(),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => String::from("a list"),
        DeValue::Table(_) => String::from("a table"),
    }
}
