//! What the office puts in the place of a council's value: who, when, why, and until when it may stand.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Code, Project, Year, councils::Councils};
use crate::{
    english,
    form::council_return::revenue,
    settings::{Key, Table, key, nearest, quoted},
};

pub(super) const KEYS: &[Key] = &[
    key("project", "project = \"H\""),
    key("council", "council = \"THA\""),
    key("figure", "figure = \"revenue.line.tra\""),
    key("year", "year = \"2008/09\""),
    key("value", "value = 19_360"),
    key("who", "who = \"A. Officer, programme office\""),
    key("when", "when = 2009-02-28"),
    key("why", "why = \"Budget book 2008/09, page 31\""),
    key("until", "until = 2009-06-30"),
];

/// A figure of a council that the office has estimated. Its combined figure is the sum of the councils', estimates
/// among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    pub project: Code,
    pub council: Code,
    /// `revenue.line.tra`
    pub figure: String,
    /// Of revenue and capital; the base year unless it is named.
    pub year: Option<Year>,
    /// In the unit of the figure.
    pub value: Decimal,
    pub who: String,
    pub when: Date,
    pub why: String,
    /// The last day on which it stands.
    pub until: Date,
    /// The line of programme.toml in which it begins.
    pub line: u32,
}

/// Figures of a council that may be estimated and have one value for each year.
const BY_YEAR: [&str; 7] = [
    "revenue.gross_controllable",
    "revenue.income",
    "revenue.net_controllable",
    "revenue.net_total",
    "capital.approved",
    "capital.provisional",
    "capital.bid",
];

/// Those that have one value.
const SINGLE: [&str; 9] = [
    "revenue.one_off",
    "revenue.ring_fenced",
    "savings.cuts",
    "service.volume",
    "staffing.fte_established",
    "staffing.fte_filled",
    "staffing.headcount",
    "staffing.posts",
    "staffing.post_cost",
];

impl Estimate {
    /// Every figure that can be estimated.
    pub fn figures() -> Vec<String> {
        let lines = revenue::LINES.rows.iter();
        let lines = lines.map(|row| format!("revenue.line.{}", row.key.to_lowercase()));
        let others = BY_YEAR.into_iter().chain(SINGLE).map(str::to_owned);
        lines.chain(others).collect()
    }

    /// What is said of a value it stands for, in public too: "office estimate of 28 February 2009".
    pub fn said(&self) -> String {
        format!("office estimate of {}", english::date(self.when))
    }
}

/// The overrides, in the order of the file. What follows from a mistake in `projects` is not noted unless they are
/// `sound`.
pub(super) fn read(
    tables: &[Table<'_>],
    projects: &[Project],
    sound: bool,
    councils: &Councils,
    base_year: Year,
) -> Vec<Estimate> {
    let mut estimates: Vec<Estimate> = vec![];
    for table in tables {
        let Some(estimate) = one(table, projects, sound, councils, base_year) else { continue };
        let same = |other: &Estimate| {
            (&other.project, &other.council, &other.figure, other.year)
                == (&estimate.project, &estimate.council, &estimate.figure, estimate.year)
        };
        if let Some(other) = estimates.iter().find(|other| same(other)) {
            let line = other.line;
            let what =
                format!("the override in line {line} is of the same figure. Delete one of them.");
            table.note(table.at("figure"), &what);
        }
        estimates.push(estimate);
    }
    estimates
}

fn one(
    table: &Table<'_>,
    projects: &[Project],
    sound: bool,
    councils: &Councils,
    base_year: Year,
) -> Option<Estimate> {
    let project = project_of(table, &table.text("project"), projects, sound);
    let council = Some(table.text("council")).filter(|typed| !typed.is_empty());
    let council = council
        .and_then(|typed| councils.find(&typed, table.notes, table.at("council"), &table.what));
    let figure = figure(table);
    let year = year(table, figure.as_deref(), base_year);
    let (who, why) = (table.text("who"), table.text("why"));
    let (when, until) = (table.date("when"), table.date("until"));
    let value = table.number("value");
    if table.get("until").is_some() && until < when {
        let what = format!(
            "it stands until {}, but was made on {}. Let it end after the day it was made.",
            english::date(until),
            english::date(when)
        );
        table.note(table.at("until"), &what);
    }
    let (project, council) = (project?, council?);
    let counts = project.expected().any(|code| *code == council.code);
    if sound && !counts {
        let what = format!("{} is not counted in project {}.", council.name, project.code);
        table.note(table.at("council"), &format!("{what} Delete the override."));
    }
    Some(Estimate {
        project: project.code.clone(),
        council: council.code.clone(),
        figure: figure?,
        year,
        value,
        who,
        when,
        why,
        until,
        line: u32::try_from(table.notes.line(table.at)).unwrap_or(u32::MAX),
    })
}

fn project_of<'p>(
    table: &Table<'_>,
    typed: &str,
    projects: &'p [Project],
    sound: bool,
) -> Option<&'p Project> {
    let found = projects.iter().find(|project| &*project.code == typed);
    if found.is_none() && sound && !typed.is_empty() {
        let codes: Vec<&str> = projects.iter().map(|project| &*project.code).collect();
        let advice = match nearest(typed, codes.iter().copied()) {
            Some(near) => format!("Did you mean {near}?"),
            None => format!("The projects are {}.", english::list(&codes)),
        };
        let what = format!("there is no project with the code \"{}\". {advice}", quoted(typed));
        table.note(table.at("project"), &what);
    }
    found
}

fn figure(table: &Table<'_>) -> Option<String> {
    let typed = table.text("figure");
    let figures = Estimate::figures();
    if typed.is_empty() || figures.contains(&typed) {
        return Some(typed).filter(|typed| !typed.is_empty());
    }
    let advice = match nearest(&typed, figures.iter().map(String::as_str)) {
        Some(near) => format!("Did you mean \"{near}\"?"),
        None => format!("Those that can are {}.", english::list(&figures)),
    };
    let what = format!("figure \"{}\" cannot be overridden. {advice}", quoted(&typed));
    table.note(table.at("figure"), &what);
    None
}

/// The year of a figure that has one for each.
fn year(table: &Table<'_>, figure: Option<&str>, base: Year) -> Option<Year> {
    let by_year = |figure: &str| BY_YEAR.contains(&figure) || figure.starts_with("revenue.line.");
    let typed = table.text_if_given("year");
    match (typed, figure.is_some_and(by_year)) {
        (None, true) => Some(base),
        (Some(_), false) if figure.is_some() => {
            let what = "this figure has no year. Delete the line.";
            table.note(table.at("year"), what);
            None
        }
        (Some(typed), true) => {
            let year = Year::parse(&typed);
            let known = year.filter(|year| (base.plus(-1)..=base.plus(3)).contains(year));
            if known.is_none() {
                let (first, last) = (base.plus(-1), base.plus(3));
                let what = format!(
                    "year is \"{}\", but must lie between {first} and {last}, as in: {}",
                    quoted(&typed),
                    table.example("year")
                );
                table.note(table.at("year"), &what);
            }
            known
        }
        (_, false) => None,
    }
}
