//! The projects of programme.toml: what is asked about each, and of whom.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::{
    Basis, Family, Indicator, Project, appraisal,
    councils::{self, Councils},
    participation,
};
use crate::{
    english,
    form::{Group, council_return::service},
    settings::{Key, Table, key, nearest},
};

pub(super) const KEYS: &[Key] = &[
    key("code", "code = \"H\""),
    key("slug", "slug = \"building-control\""),
    key("title", "title = \"Building control\""),
    key("service", "service = \"building control\""),
    key("lead", "lead = \"lead to be confirmed\""),
    key("go_live", "go_live = 2010-04-01"),
    key("volume_unit", "volume_unit = \"applications\""),
    key("functions", "functions = [\"Plan checking\", \"Site inspection\"]"),
    key("families", "families = [{ name = \"Manager\", head = true }, \"Surveyor\", \"Admin\"]"),
    key("ict_functions", "ict_functions = [\"Building control core\", \"CRM\"]"),
    key(
        "indicators",
        "indicators = [{ code = \"BC1\", label = \"Applications decided in time, %\", polarity = \"High\" }]",
    ),
    key("groups", "groups = [\"sites\", \"forecast\"]"),
    appraisal::TEST_BASIS,
    key("fees", "fees = true"),
    key("transfer_payments", "transfer_payments = true"),
    key("participation", "participation = { CAN = \"in\", ASH = \"optional\" }"),
];

const FAMILY: &[Key] = &[key("name", "name = \"Manager\""), key("head", "head = true")];

const INDICATOR: &[Key] = &[
    key("code", "code = \"BC1\""),
    key("label", "label = \"Applications decided in time, %\""),
    key("polarity", "polarity = \"High\""),
];

/// The projects, in the order of their codes.
pub(super) fn read(tables: &[Table<'_>], councils: &Councils, basis: Basis) -> Vec<Project> {
    let mut projects: BTreeMap<String, Project> = BTreeMap::new();
    for table in tables {
        let project = one(table, councils, basis);
        let slug = project.slug.clone();
        let same = projects.values().find(|other| !slug.is_empty() && other.slug == slug);
        if let Some(other) = same {
            let advice = "Give each its own, so that their folders can be told apart.";
            let taken = format!("slug \"{slug}\" is that of project {} too. {advice}", other.code);
            table.note(table.at("slug"), &taken);
        }
        let code = project.code.to_string();
        let taken = projects.insert(code.clone(), project).is_some() && !code.is_empty();
        if taken {
            let advice = "Give each project a code of its own.";
            table.note(table.at("code"), &format!("another project has the code {code}. {advice}"));
        }
    }
    projects.into_values().collect()
}

fn one(table: &Table<'_>, councils: &Councils, basis: Basis) -> Project {
    Project {
        code: councils::code(table, "profile").0,
        slug: slug(table),
        title: table.text("title"),
        service: table.text("service"),
        lead: table.text("lead"),
        volume_unit: table.text("volume_unit"),
        functions: some(table, "functions"),
        families: families(table),
        ict_functions: some(table, "ict_functions"),
        indicators: indicators(table),
        groups: groups(table),
        go_live: table.date("go_live"),
        test_basis: appraisal::test_basis(table).unwrap_or(basis),
        fees: table.yes_if_given("fees"),
        transfer_payments: table.yes("transfer_payments"),
        participation: participation::read(table, councils),
    }
}

/// Part of the name of a folder, on Windows too.
pub(super) fn slug(table: &Table<'_>) -> String {
    let slug = table.text("slug");
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let parts_are_plain = slug.split('-').all(|part| !part.is_empty() && part.chars().all(plain));
    let safe = parts_are_plain && slug.len() <= 40 && !councils::is_reserved(&slug);
    if !slug.is_empty() && !safe {
        let lower = slug.to_lowercase();
        let parts = lower.split(|letter| !plain(letter)).filter(|part| !part.is_empty());
        let better = parts.collect::<Vec<&str>>().join("-");
        let usable = !better.is_empty() && better.len() <= 40 && !councils::is_reserved(&better);
        let advice = if usable { better } else { String::from("building-control") };
        table.note(
            table.at("slug"),
            &format!(
                "slug \"{slug}\" cannot be part of a folder's name. Use a to z, 0 to 9 and single \
                 hyphens, at most 40: slug = \"{advice}\""
            ),
        );
    }
    slug
}

/// A list that must be there and hold something.
fn some(table: &Table<'_>, key: &str) -> Vec<String> {
    if table.wants(key) {
        holds_something(table, key);
    }
    table.texts(key)
}

fn holds_something(table: &Table<'_>, key: &str) {
    if matches!(table.get(key).map(|list| list.get_ref()), Some(DeValue::Array(list)) if list.is_empty())
    {
        let example = table.example(key);
        table.note(table.at(key), &format!("{key} is empty. Name at least one, as in: {example}"));
    }
}

/// Families, of which exactly one leads the service.
fn families(table: &Table<'_>) -> Vec<Family> {
    let key = "families";
    if !table.wants(key) {
        return vec![];
    }
    holds_something(table, key);
    let mut families: Vec<Family> = vec![];
    let mut names: Vec<String> = vec![];
    for entry in table.list(key) {
        let at = entry.span().start;
        let (name, head) = match entry.get_ref() {
            DeValue::Table(family) => {
                let family = Table::new(
                    table.notes,
                    format!("{}, families", table.what),
                    at,
                    family,
                    FAMILY,
                );
                (family.text("name"), family.yes("head"))
            }
            _ => (table.as_text(key, entry).unwrap_or_default(), false),
        };
        if !name.is_empty() && table.is_new(key, at, &name, &names) {
            names.push(name.clone());
            families.push(Family { name, head });
        }
    }
    let heads = families.iter().filter(|family| family.head).count();
    if heads != 1 && !families.is_empty() {
        let many = if heads == 0 { "no job family" } else { "more than one job family" };
        table.note(
            table.at(key),
            &format!(
                "{many} is marked as leading the service. Mark one: {{ name = \"{}\", head = true }}",
                families.first().map_or("Manager", |family| &family.name)
            ),
        );
    }
    families
}

fn indicators(table: &Table<'_>) -> Vec<Indicator> {
    let key = "indicators";
    if !table.wants(key) {
        return vec![];
    }
    let mut indicators: Vec<Indicator> = vec![];
    let mut codes: Vec<String> = vec![];
    for entry in table.list(key) {
        let what = format!("{}, {key}", table.what);
        let Some(indicator) = table.inner(key, entry, what, INDICATOR) else { continue };
        let (code, label) = (indicator.text("code"), indicator.text("label"));
        let polarity = indicator.text("polarity");
        if !["", "High", "Low"].contains(&&*polarity) {
            let advice = "Write \"High\" if a high value is good, \"Low\" if a low one is.";
            indicator
                .note(indicator.at("polarity"), &format!("polarity is \"{polarity}\". {advice}"));
        }
        if code.is_empty() || table.is_new(key, entry.span().start, &code, &codes) {
            codes.push(code.clone());
            indicators.push(Indicator { code, label, polarity });
        }
    }
    let (count, room) = (indicators.len(), service::PI_TABLE.rows);
    if u32::try_from(count).is_ok_and(|count| count > room) {
        let what = format!("there are {count} indicators, but the form has room for {room}.");
        table.note(table.at(key), &format!("{what} Leave some out."));
    }
    indicators
}

/// The groups of questions asked beyond the core, in the order of the form.
fn groups(table: &Table<'_>) -> Vec<Group> {
    let key = "groups";
    let optional = || Group::ALL.into_iter().filter(|group| *group != Group::Core);
    let words = Vec::from_iter(optional().map(Group::word));
    let mut groups = vec![];
    let mut names: Vec<String> = vec![];
    for entry in table.list(key) {
        let (at, name) = (entry.span().start, table.as_text(key, entry).unwrap_or_default());
        if name.is_empty() || !table.is_new(key, at, &name, &names) {
            continue;
        }
        match optional().find(|group| group.word() == name) {
            Some(group) => groups.push(group),
            None => {
                let advice = match nearest(&name, words.iter().copied()) {
                    _ if name == Group::Core.word() => {
                        String::from("The core is always asked; leave it out.")
                    }
                    Some(word) => format!("Did you mean \"{word}\"?"),
                    None => format!("The groups are {}.", english::list(&words)),
                };
                table.note(at, &format!("there is no group of questions \"{name}\". {advice}"));
            }
        }
        names.push(name);
    }
    groups.sort();
    groups
}
