//! Which councils moved a figure between the run that wrote a document and this one: those whose cells, of the cells it
//! rests on, say something else than they did.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::{
    english,
    figure::Figure,
    number::Exact,
    picture::Picture,
    programme::{Code, Programme, Project},
    word::Change,
};

/// The figures of an earlier run, by project, figure and council.
#[derive(Debug, Default)]
pub struct Earlier(BTreeMap<String, Values>);

/// By what names a figure, and by council.
type Values = BTreeMap<Vec<String>, BTreeMap<Option<String>, Value>>;

/// A figure of one run.
#[derive(Debug, Default)]
struct Value {
    /// As figures.json prints it; empty where there is none.
    text: String,
    unit: String,
    missing: BTreeSet<String>,
    /// What the cells of each council say, as a number: the same wherever in the workbook they stand.
    cells: BTreeMap<String, u64>,
}

/// A figure that moved.
struct Move {
    /// Whose it is; none where it is of all together.
    of: Option<String>,
    old: Vec<String>,
    new: Vec<String>,
    councils: BTreeSet<String>,
}

/// What a project's figures did since an earlier run.
pub struct Moves<'a> {
    earlier: Option<&'a Earlier>,
    picture: &'a Picture,
    programme: &'a Programme,
    project: &'a Project,
    /// Looked for when the first change asks: most documents have none.
    moves: OnceCell<Vec<Move>>,
}

#[derive(Deserialize)]
struct File {
    figures: Vec<Entry>,
}

/// A figure as figures.json has it.
#[derive(Deserialize)]
struct Entry {
    key: String,
    project: Option<String>,
    council: Option<String>,
    year: Option<String>,
    column: Option<String>,
    item: Option<String>,
    basis: Option<String>,
    income: Option<String>,
    option: Option<u32>,
    case: Option<String>,
    scenario: String,
    value: Option<String>,
    unit: String,
    missing: BTreeSet<String>,
    sources: Vec<Cell>,
}

/// A cell that a figure rests on.
#[derive(Deserialize)]
struct Cell {
    council: String,
    value: String,
}

impl Value {
    fn says<'s>(&mut self, cells: impl Iterator<Item = (&'s str, &'s str)>) {
        for (council, value) in cells {
            let mut hasher = DefaultHasher::new();
            value.hash(&mut hasher);
            let said = self.cells.entry(council.to_owned()).or_default();
            // A sum does not mind their order.
            *said = said.wrapping_add(hasher.finish());
        }
    }

    /// The councils that made one figure of another: whose cells say something else, or, where one of the two could not
    /// be given, who was missing from one only.
    fn movers(&self, now: &Value) -> BTreeSet<String> {
        if self.text.is_empty() || now.text.is_empty() {
            return self.missing.symmetric_difference(&now.missing).cloned().collect();
        }
        let councils = self.cells.keys().chain(now.cells.keys());
        councils.filter(|own| self.cells.get(*own) != now.cells.get(*own)).cloned().collect()
    }
}

impl Earlier {
    /// The figures of a figures.json; none where it cannot be read.
    pub fn parse(json: &[u8]) -> Option<Earlier> {
        let file: File = serde_json::from_slice(json).ok()?;
        let mut projects: BTreeMap<String, Values> = BTreeMap::new();
        for own in file.figures {
            let option = own.option.map(|option| option.to_string());
            let rest = [own.year, own.column, own.item, own.basis, own.income, option, own.case];
            let mut name = vec![own.key, own.scenario];
            name.extend(rest.into_iter().map(Option::unwrap_or_default));
            let of = projects.entry(own.project.unwrap_or_default()).or_default();
            let (text, unit, missing) = (own.value.unwrap_or_default(), own.unit, own.missing);
            let mut value = Value { text, unit, missing, ..Value::default() };
            value.says(own.sources.iter().map(|cell| (&*cell.council, &*cell.value)));
            of.entry(name).or_default().insert(own.council, value);
        }
        Some(Earlier(projects))
    }
}

/// What names a figure, its council aside.
fn name(figure: &Figure) -> Vec<String> {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    vec![
        figure.key.clone(),
        figure.scenario.to_string(),
        text(figure.year.as_deref()),
        text(figure.column),
        text(figure.item.as_deref()),
        text(figure.basis),
        text(figure.income),
        figure.option.map(|option| option.to_string()).unwrap_or_default(),
        text(figure.case),
    ]
}

impl<'a> Moves<'a> {
    /// What moved since `earlier`; without it nothing is known to have.
    pub fn new(
        earlier: Option<&'a Earlier>,
        picture: &'a Picture,
        programme: &'a Programme,
        project: &'a Project,
    ) -> Moves<'a> {
        Moves { earlier, picture, programme, project, moves: OnceCell::new() }
    }

    fn found(&self) -> Vec<Move> {
        let Moves { earlier, picture, project, .. } = *self;
        let Some(before) = earlier.and_then(|earlier| earlier.0.get(&*project.code)) else {
            return vec![];
        };
        let mut now = Values::new();
        for figure in picture.figures.iter() {
            if figure.project.as_deref() == Some(&*project.code) {
                let council = figure.council.as_ref().map(ToString::to_string);
                let mut value = Value {
                    text: figure.text().unwrap_or_default(),
                    unit: figure.unit.word().to_owned(),
                    missing: figure.missing.iter().map(ToString::to_string).collect(),
                    ..Value::default()
                };
                value.says(figure.sources.iter().map(|own| (&*own.council, &*own.value)));
                now.entry(name(figure)).or_default().insert(council, value);
            }
        }
        let names: BTreeSet<_> = before.keys().chain(now.keys()).collect();
        let (none, nothing) = (BTreeMap::new(), Value::default());
        let mut moves = vec![];
        for name in names {
            let was = before.get(name).unwrap_or(&none);
            let is = now.get(name).unwrap_or(&none);
            let all: BTreeSet<&Option<String>> = was.keys().chain(is.keys()).collect();
            for of in all {
                let was = was.get(of).unwrap_or(&nothing);
                let is = is.get(of).unwrap_or(&nothing);
                let councils = was.movers(is);
                if (&was.text, &was.unit) != (&is.text, &is.unit) && !councils.is_empty() {
                    let (old, new) = (forms(&was.text, &was.unit), forms(&is.text, &is.unit));
                    moves.push(Move { of: of.clone(), old, new, councils });
                }
            }
        }
        moves
    }

    /// The names of the councils that moved a text, in the order of the programme; none where it cannot be told.
    pub fn by(&self, change: &Change) -> Vec<String> {
        let asked: Vec<&Code> =
            self.project.participation.iter().map(|part| &part.council).collect();
        // A table's column or a row's key may be a council's.
        let key = change.row.as_deref().unwrap_or_default();
        let own = |code: &&Code| {
            let column = change.what.rsplit(", ").next();
            column == Some(self.programme.name(code))
                || key.split(['-', ' ', '/']).next() == Some(code)
        };
        let whose = asked.iter().copied().find(own);
        let movers = self.movers(change, whose);
        let found = asked.into_iter().filter(|code| movers.contains(&***code));
        found.map(|code| self.programme.name(code).to_owned()).collect()
    }

    /// The councils common to all the figures that a text may show: two figures may be alike.
    /// `whose` is the council whose column or row it stands in; where its text is no figure's, the council itself if
    /// anything in its return moved.
    fn movers(&self, change: &Change, whose: Option<&Code>) -> BTreeSet<&str> {
        let shows = |forms: &[String], text: &str| forms.iter().any(|form| shows(text, form));
        let moves = self.moves.get_or_init(|| self.found());
        let shown = moves.iter().filter(|own| {
            let (was, is) = (shows(&own.old, &change.old), shows(&own.new, &change.new));
            let meant = whose.is_none_or(|whose| own.of.as_deref() == Some(&**whose));
            meant && (was || own.old.is_empty()) && (is || own.new.is_empty()) && (was || is)
        });
        let councils = shown.map(|own| own.councils.iter().map(String::as_str).collect());
        let common: Option<BTreeSet<&str>> =
            councils.reduce(|all: BTreeSet<&str>, own| all.intersection(&own).copied().collect());
        common.unwrap_or_else(|| {
            let mut moved = moves.iter().flat_map(|own| &own.councils).map(String::as_str);
            moved.find(|own| whose.is_some_and(|whose| **whose == **own)).into_iter().collect()
        })
    }
}

/// A value of figures.json as documents print it: in tables and in sentences.
fn forms(value: &str, unit: &str) -> Vec<String> {
    if value.is_empty() {
        return vec![];
    }
    let Ok(number) = value.parse::<Decimal>().map(Exact::from) else {
        let day = value.parse().map(english::date);
        return vec![day.unwrap_or_else(|_| value.to_owned())];
    };
    let mut forms = match unit {
        "GBP" => vec![english::pounds(&number), english::pounds_in_words(&number)],
        "GBP/unit" => vec![english::pounds_and_pence(&number)],
        "FTE" | "years" => vec![english::fte(&number), english::fte_in_words(&number)],
        "ratio" => vec![english::percent(&number)],
        _ => vec![english::thousands(&number.rounded(0))],
    };
    if number.is_zero() {
        forms.push(String::from("nil"));
    }
    // A gain or a loss is said in words: "£32,597 less".
    if unit == "GBP" && number.is_negative() {
        forms.push(english::pounds(&number.abs()));
    }
    forms
}

/// Whether a text prints a value, and not as a part of a longer one. A short one must be the whole text.
fn shows(text: &str, form: &str) -> bool {
    if form.chars().count() < 3 {
        return text.trim() == form;
    }
    text.match_indices(form).any(|(at, _)| {
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let mut after = text[at + form.len()..].chars();
        let (next, more) = (after.next().unwrap_or(' '), after.next().unwrap_or(' '));
        let goes_on = next.is_ascii_digit() || matches!(next, '.' | ',') && more.is_ascii_digit();
        !before.is_alphanumeric() && !matches!(before, '.' | ',') && !goes_on
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_known_as_it_is_printed() {
        assert_eq!(forms("1659055.00", "GBP"), ["£1,659,055", "£1.66 million"]);
        assert_eq!(forms("0.130813953488372", "ratio"), ["13.1%"]);
        assert_eq!(forms("2010-04-01", "date"), ["1 April 2010"]);
        assert!(forms("-32597.00", "GBP").iter().any(|form| shows("£32,597 less", form)));
        assert!(shows("cost £1,659,055.", "£1,659,055"));
        assert!(!shows("cost £1,659,055,000", "£1,659,055") && !shows("113.1%", "13.1%"));
        assert!(shows("4", "4") && !shows("4 of 4", "4"));
    }
}
