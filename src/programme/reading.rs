//! programme.toml to a programme, or to every mistake in it.

use std::{collections::BTreeMap, fs, io, path::Path};

use anyhow::{Context, bail};
use toml::de::{DeTable, DeValue};

use super::{
    Programme, Year, appraisal, calendar, cases,
    councils::{self, Population},
    estimates, limits, projects, scenarios, spine, thresholds,
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
    key("case", "[[case]]"),
    key("calendar", "[calendar]"),
    key("appraisal", "[appraisal]"),
    key("disclosure", "[disclosure]"),
    key("pay_spine", "[pay_spine.\"2008/09\"]"),
    key("override", "[[override]]"),
    key("thresholds", "[thresholds]"),
    key("limits", "[limits]"),
    key("supplier_aliases", "[supplier_aliases]"),
    key("product_aliases", "[product_aliases]"),
];

static OUTLINE: Outline = Outline {
    repeated: &["council", "project", "case", "calendar.meeting", "override"],
    homes: &[
        (ROOT, "at the top of the file, above the first heading"),
        (councils::KEYS, "under [[council]]"),
        (projects::KEYS, "under [[project]]"),
        (cases::KEYS, "under [[case]]"),
        (calendar::KEYS, "under [calendar]"),
        (appraisal::KEYS, "under [appraisal]"),
        (appraisal::DISCLOSURE, "under [disclosure]"),
        (estimates::KEYS, "under [[override]]"),
        (thresholds::KEYS, "under [thresholds]"),
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
    let appraisal = appraisal::read(&root);
    let projects = headed(&root, "project", projects::KEYS);
    let projects = projects::read(&projects, &councils, appraisal.test_basis);
    let base_year = base_year(&root);
    let sound = notes.is_empty();
    Programme {
        title: root.text("title"),
        round: root.text("round"),
        committee: root.text("committee"),
        marking: root.text("marking"),
        base_year,
        reference_date: root.date_if_given("reference_date"),
        scenarios: scenarios::read(&root, &councils, &projects),
        calendar: calendar::read(&root, &councils),
        thresholds: thresholds::read(&root),
        appraisal,
        disclosure: appraisal::disclosure(&root),
        pay_spines: spine::read(&root),
        cases: cases::read(&tables(&root, "case", cases::KEYS), &projects, sound, &councils),
        estimates: estimates::read(
            &tables(&root, "override", estimates::KEYS),
            &projects,
            sound,
            &councils,
            base_year,
        ),
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
    tables(root, key, keys)
}

/// The same, where there may be none.
fn tables<'a>(root: &Table<'a>, key: &str, keys: &'static [Key]) -> Vec<Table<'a>> {
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
