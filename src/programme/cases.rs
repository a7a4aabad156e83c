//! Business cases over several projects.

use super::{
    Case, Code, Council, Family, Participation, Project, Status,
    councils::{self, Councils},
    projects::slug,
};
use crate::{
    english,
    form::Group,
    settings::{Key, Table, key, nearest, quoted},
};

pub(super) const KEYS: &[Key] = &[
    key("code", "code = \"CD\""),
    key("slug", "slug = \"revenues-and-benefits\""),
    key("title", "title = \"Revenues and benefits\""),
    key("service", "service = \"revenues and benefits\""),
    key("lead", "lead = \"lead to be confirmed\""),
    key("projects", "projects = [\"C\", \"D\"]"),
];

/// The cases, in the order of the file. What follows from a mistake in `projects` is not noted unless they are `sound`.
pub(super) fn read(
    tables: &[Table<'_>],
    projects: &[Project],
    sound: bool,
    councils: &Councils,
) -> Vec<Case> {
    let mut cases: Vec<Case> = vec![];
    for table in tables {
        let of = members(table, projects, sound);
        let (code, slug) = (councils::code(table, "profile").0, slug(table));
        let others = || projects.iter().chain(cases.iter().map(|case| &case.project));
        if others().any(|other| other.code == code && !code.is_empty()) {
            let advice = "Give each project and each case a code of its own.";
            table.note(table.at("code"), &format!("the code {code} is taken. {advice}"));
        }
        if let Some(other) = others().find(|other| !slug.is_empty() && other.slug == slug) {
            let advice = "Give each its own, so that their folders can be told apart.";
            let taken = format!("slug \"{slug}\" is that of project {} too. {advice}", other.code);
            table.note(table.at("slug"), &taken);
        }
        let project = Project {
            title: table.text("title"),
            service: table.text("service"),
            lead: table.text("lead"),
            ..together(code, slug, &of, councils)
        };
        cases.push(Case { project, of });
    }
    cases
}

/// The projects that a case names.
fn members(table: &Table<'_>, projects: &[Project], sound: bool) -> Vec<Project> {
    let key = "projects";
    if !table.wants(key) {
        return vec![];
    }
    let codes: Vec<&str> = projects.iter().map(|project| &*project.code).collect();
    let (mut members, mut typed): (Vec<Project>, Vec<String>) = (vec![], vec![]);
    for entry in table.list(key) {
        let at = entry.span().start;
        let Some(code) = table.as_text(key, entry) else { continue };
        if !table.is_new(key, at, &code, &typed) {
            continue;
        }
        match projects.iter().find(|project| *project.code == *code) {
            Some(project) => members.push(project.clone()),
            None if !sound => (),
            None => {
                let advice = match nearest(&code, codes.iter().copied()) {
                    Some(near) => format!("Did you mean {near}?"),
                    None => format!("The projects are {}.", english::list(&codes)),
                };
                let code = quoted(&code);
                table.note(at, &format!("there is no project with the code \"{code}\". {advice}"));
            }
        }
        typed.push(code);
    }
    if typed.len() < 2 {
        let example = table.example(key);
        let what = format!("a case is made of two projects or more, as in: {example}");
        table.note(table.at(key), &what);
    }
    members
}

/// Several projects as if they were one. Titles are the case's own.
fn together(code: Code, slug: String, of: &[Project], councils: &Councils) -> Project {
    let texts = |pick: fn(&Project) -> &[String]| {
        let mut all: Vec<String> = vec![];
        for text in of.iter().flat_map(pick) {
            if !all.contains(text) {
                all.push(text.clone());
            }
        }
        all
    };
    let mut families: Vec<Family> = vec![];
    for family in of.iter().flat_map(|project| &project.families) {
        match families.iter_mut().find(|own| own.name == family.name) {
            Some(own) => own.head |= family.head,
            None => families.push(family.clone()),
        }
    }
    let asked = |group: &Group| of.iter().all(|project| project.asks(*group));
    let unit = of.first().map(|project| project.volume_unit.clone()).unwrap_or_default();
    Project {
        code,
        slug,
        title: String::new(),
        service: String::new(),
        lead: String::new(),
        // Work that cannot be added up has no unit in common.
        volume_unit: if of.iter().all(|own| own.volume_unit == unit) {
            unit
        } else {
            String::new()
        },
        functions: texts(|project| &project.functions),
        families,
        ict_functions: texts(|project| &project.ict_functions),
        indicators: of.iter().flat_map(|project| project.indicators.clone()).collect(),
        groups: Group::ALL.into_iter().filter(|own| *own != Group::Core).filter(asked).collect(),
        go_live: of.iter().map(|project| project.go_live).min().unwrap_or_default(),
        test_basis: of.first().map(|project| project.test_basis).unwrap_or_default(),
        fees: None,
        transfer_payments: of.iter().any(|project| project.transfer_payments),
        participation: participation(of, councils),
    }
}

/// A council that is counted in one of the projects is counted in the case, in the order of the programme.
fn participation(of: &[Project], councils: &Councils) -> Vec<Participation> {
    let rank = |status: &&Status| match status {
        Status::ToBeClarified => 0,
        Status::In => 1,
        Status::Optional => 2,
        Status::Out { .. } => 3,
    };
    let one = |council: &Council| {
        let statuses = of.iter().filter_map(|project| project.status(&council.code));
        let status = statuses.min_by_key(rank)?.clone();
        Some(Participation { council: council.code.clone(), status })
    };
    councils.list.iter().filter_map(one).collect()
}
