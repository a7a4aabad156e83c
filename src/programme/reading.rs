//! programme.toml to a programme, or to every mistake in it.

use std::{collections::BTreeMap, fs, io, path::Path};

use anyhow::{Context, bail};
use rust_decimal::Decimal;
use toml::de::{DeTable, DeValue};

use super::{
    Programme, Thresholds, Year, calendar,
    councils::{self, Population},
    limits, projects, scenarios,
};
use crate::settings::{self, Key, Mistakes, Notes, Outline, Table, fold, key, quoted, shown};

const FILE: &str = "programme.toml";

const ROOT: &[Key] = &[
    key("title", "title = \"East Kent\""),
    key("round", "round = \"2009 spring\""),
    key("committee", "committee = \"East Kent (Joint Arrangements) Committee\""),
    key("marking", "marking = \"OFFICIAL\""),
    key("base_year", "base_year = \"2008/09\""),
    key("reference_date", "reference_date = 2009-03-01"),
    key("population_year", "population_year = \"mid-2008\""),
    key("population_source", "population_source = \"ONS mid-year estimates\""),
    key("scenarios", "scenarios = [\"without-SHE\", \"with-ASH\"]"),
    key("council", "[[council]]"),
    key("project", "[[project]]"),
    key("calendar", "[calendar]"),
    key("thresholds", "[thresholds]"),
    key("limits", "[limits]"),
    key("supplier_aliases", "[supplier_aliases]"),
    key("product_aliases", "[product_aliases]"),
];

const THRESHOLDS: &[Key] = &[
    key("pct_time", "pct_time = 50"),
    key("fte_tolerance", "fte_tolerance = 0.02"),
    key("sheet_answered_pct", "sheet_answered_pct = 50"),
    key("return_answered_pct", "return_answered_pct = 95"),
    key("oncost_norm_pct", "oncost_norm_pct = 25"),
];

static OUTLINE: Outline = Outline {
    repeated: &["council", "project", "calendar.meeting"],
    homes: &[
        (ROOT, "at the top of the file, above the first heading"),
        (councils::KEYS, "under [[council]]"),
        (projects::KEYS, "under [[project]]"),
        (calendar::KEYS, "under [calendar]"),
        (THRESHOLDS, "under [thresholds]"),
        (limits::KEYS, "under [limits]"),
    ],
};

impl Programme {
    /// Reads the programme.toml of a programme's folder.
    ///
    /// # Errors
    /// A sentence if the file is not there or is no text that can be read; else [`Mistakes`].
    pub fn load(dir: &Path) -> anyhow::Result<Programme> {
        let path = dir.join(FILE);
        let name = path.strip_prefix(".").unwrap_or(&path).display().to_string();
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => bail!(
                "There is no {name}. Go to the folder of your programme, or make a new one: lathe init {}",
                dir.display()
            ),
            read => read.with_context(|| format!("{name} cannot be opened"))?,
        };
        let text = settings::text(bytes, &name)?;
        Ok(Programme::parse(&text, &name)?)
    }

    /// Reads the text of a programme.toml. `file` is its name in the report.
    ///
    /// # Errors
    /// All that is wrong with it, at once.
    pub fn parse(text: &str, file: &str) -> Result<Programme, Mistakes> {
        settings::parse(text, file, &OUTLINE, read)
    }
}

fn read(tree: &DeTable<'_>, notes: &Notes<'_>) -> Programme {
    let root = Table::new(notes, String::from("the programme"), 0, tree, ROOT);
    let population =
        Population { year: root.text("population_year"), source: root.text("population_source") };
    let councils = councils::read(&root, &headed(&root, "council", councils::KEYS), &population);
    let projects = projects::read(&headed(&root, "project", projects::KEYS), &councils);
    Programme {
        title: root.text("title"),
        round: root.text("round"),
        committee: root.text("committee"),
        marking: root.text("marking"),
        base_year: base_year(&root),
        reference_date: root.date_if_given("reference_date"),
        scenarios: scenarios::read(&root, &councils, &projects),
        calendar: calendar::read(&root, &councils),
        thresholds: thresholds(&root),
        limits: limits::read(&root),
        supplier_aliases: aliases(&root, "supplier_aliases"),
        product_aliases: aliases(&root, "product_aliases"),
        councils: councils.list,
        projects,
    }
}

/// The tables under `[[council]]` or `[[project]]`, called by their codes.
fn headed<'a>(root: &Table<'a>, key: &str, keys: &'static [Key]) -> Vec<Table<'a>> {
    if root.get(key).is_none() && !root.is_misspelt(key) {
        let what =
            format!("there is no {key}. Add at least one, under a heading of its own: [[{key}]]");
        root.note(root.at, &what);
    }
    let tables = root.tables(key).iter().enumerate();
    tables
        .filter_map(|(index, value)| {
            let code = value.get_ref().get("code").and_then(|code| code.get_ref().as_str());
            let what = match code {
                Some(code) => format!("{key} {}", quoted(code)),
                None => format!("{key} number {}", index + 1),
            };
            root.inner(key, value, what, keys)
        })
        .collect()
}

fn base_year(root: &Table<'_>) -> Year {
    let text = root.text("base_year");
    Year::parse(&text).unwrap_or_else(|| {
        if !text.is_empty() {
            let advice = "Write it as in: base_year = \"2008/09\"";
            let what = format!("base_year \"{text}\" is not a financial year. {advice}");
            root.note(root.at("base_year"), &what);
        }
        Year(0)
    })
}

fn thresholds(root: &Table<'_>) -> Thresholds {
    let usual = Thresholds::default();
    let Some(value) = root.get("thresholds") else { return usual };
    let what = String::from("thresholds");
    let Some(table) = root.inner("thresholds", value, what, THRESHOLDS) else {
        return usual;
    };
    let within = |key: &str, most: u32, usual: Decimal| {
        let Some(number) = table.number_if_given(key) else { return usual };
        if number < Decimal::ZERO || number > Decimal::from(most) {
            let example = table.example(key);
            let what =
                format!("{key} is {number}, but must lie between 0 and {most}, as in: {example}");
            table.note(table.at(key), &what);
        }
        number
    };
    let thresholds = Thresholds {
        pct_time: within("pct_time", 100, usual.pct_time),
        fte_tolerance: within("fte_tolerance", 1, usual.fte_tolerance),
        sheet_answered_pct: within("sheet_answered_pct", 100, usual.sheet_answered_pct),
        return_answered_pct: within("return_answered_pct", 100, usual.return_answered_pct),
        oncost_norm_pct: within("oncost_norm_pct", 100, usual.oncost_norm_pct),
    };
    let (sheet, whole) = (thresholds.sheet_answered_pct, thresholds.return_answered_pct);
    if sheet > whole {
        let advice = "It cannot be above return_answered_pct: a sheet too empty to use would raise no query.";
        let key = "sheet_answered_pct";
        table.note(
            table.at(key),
            &format!("{key} is {sheet}, return_answered_pct {whole}. {advice}"),
        );
    }
    thresholds
}

/// Other spellings, each with the name that counts.
fn aliases(root: &Table<'_>, key: &str) -> BTreeMap<String, String> {
    let mut aliases: BTreeMap<String, String> = BTreeMap::new();
    let entries = root.entries_of(key);
    for (name, _, value) in &entries {
        let what = format!("{key}, \"{}\"", quoted(name));
        let DeValue::Array(spellings) = value.get_ref() else {
            let given = shown(value.get_ref());
            let wanted = "but must be a list of other spellings, as in: Idox = [\"Idox plc\"]";
            root.notes.add(value.span().start, &format!("{what} is {given}, {wanted}"));
            continue;
        };
        for spelling in spellings {
            let at = spelling.span().start;
            let Some(spelling) = root.as_text(&what, spelling) else { continue };
            let same = |other: &str| other != *name && fold(other) == fold(&spelling);
            let head = entries.iter().map(|(other, ..)| *other).find(|other| same(other));
            let before = aliases.iter().find(|(other, _)| fold(other) == fold(&spelling));
            let other = head.or(before.map(|(_, other)| other.as_str()));
            if let Some(other) = other {
                let advice = "Keep it in one place.";
                root.notes.add(
                    at,
                    &format!("{what}: \"{spelling}\" already stands for \"{other}\". {advice}"),
                );
            }
            aliases.insert(spelling, (*name).to_owned());
        }
    }
    aliases
}
