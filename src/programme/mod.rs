//! The programme: councils, projects, years, participation and all else that programme.toml says.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use rust_decimal::{Decimal, dec};
use sha2::{Digest, Sha256};

use crate::{
    form::{Group, List, Workbook},
    settings,
};

mod calendar;
mod councils;
mod limits;
mod participation;
mod projects;
mod reading;
mod scenarios;
mod year;

pub use limits::Limits;
pub use year::Year;

/// The short name of a council, project or scenario: `THA`, `H`, `all`.
pub type Code = Arc<str>;

/// What programme.toml says, read and checked once and handed to every step.
#[derive(Clone, Debug)]
pub struct Programme {
    /// "East Kent".
    pub title: String,
    /// "2009 spring".
    pub round: String,
    /// The committee the papers go to.
    pub committee: String,
    /// The marking in the header of every document: "OFFICIAL".
    pub marking: String,
    /// The year of the budgets asked for, y0.
    pub base_year: Year,
    /// Fixes R, the date of all formulas; otherwise the date of the run does.
    pub reference_date: Option<Date>,
    /// In the order in which tables show them.
    pub councils: Vec<Council>,
    /// In the order of their codes.
    pub projects: Vec<Project>,
    pub scenarios: Vec<Scenario>,
    pub calendar: Calendar,
    pub thresholds: Thresholds,
    pub limits: Limits,
    /// Another spelling to the one that counts; both as written.
    pub supplier_aliases: BTreeMap<String, String>,
    pub product_aliases: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
pub struct Council {
    pub code: Code,
    /// "Canterbury", as sentences and tables have it.
    pub name: String,
    /// "Canterbury City Council".
    pub full_name: String,
    /// Other names by which its returns may go.
    pub aliases: Vec<String>,
    pub population: u32,
    /// "mid-2008".
    pub population_year: String,
    pub population_source: String,
}

#[derive(Clone, Debug)]
pub struct Project {
    pub code: Code,
    /// The name of its folders, after its code: "building-control".
    pub slug: String,
    /// "Building control".
    pub title: String,
    /// As it stands within a sentence: "building control".
    pub service: String,
    /// "Mike Dawson and David Reed", or what is to be said while there is none: "lead to be confirmed".
    pub lead: String,
    /// What units of work are counted in: "applications".
    pub volume_unit: String,
    pub functions: Vec<String>,
    pub families: Vec<Family>,
    pub ict_functions: Vec<String>,
    pub indicators: Vec<Indicator>,
    /// The groups of questions asked beyond the core.
    pub groups: Vec<Group>,
    pub go_live: Date,
    /// The councils asked, in the order of the programme.
    pub participation: Vec<Participation>,
}

/// A job family.
#[derive(Clone, Debug)]
pub struct Family {
    pub name: String,
    /// Whether its posts lead the service.
    pub head: bool,
}

#[derive(Clone, Debug)]
pub struct Indicator {
    pub code: String,
    pub label: String,
    /// "High" or "Low": which way is better.
    pub polarity: String,
}

#[derive(Clone, Debug)]
pub struct Participation {
    pub council: Code,
    pub status: Status,
}

/// How a council takes part in a project (product.md, Participation).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    In,
    /// Counted, and named in the coverage line.
    ToBeClarified,
    /// Gets a form; is in no total, denominator or chase.
    Optional,
    /// Decided not to take part.
    Out {
        minute: String,
        date: Date,
    },
}

/// A set of councils for which figures are wanted beside the full one.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// `without-SHE`, `with-ASH`.
    pub name: Code,
    pub without: Vec<Code>,
    pub with: Vec<Code>,
}

#[derive(Clone, Debug, Default)]
pub struct Calendar {
    pub meetings: Vec<Meeting>,
    pub bank_holidays: Vec<Date>,
    /// When forms are due back.
    pub returns_due: Option<Date>,
}

#[derive(Clone, Debug)]
pub struct Meeting {
    pub body: String,
    /// The council whose body it is; `None` for a joint one.
    pub council: Option<Code>,
    pub date: Date,
}

/// The thresholds T of domain.md part C that the rules in force use.
#[derive(Clone, Debug)]
pub struct Thresholds {
    /// Part of a post's time below which it is listed apart, in per cent (STF-010).
    pub pct_time: Decimal,
    /// FTE by which filled may pass budgeted (STF-001).
    pub fte_tolerance: Decimal,
    /// Part of the required answers below which a sheet is not used, in per cent (CMP-004).
    pub sheet_answered_pct: Decimal,
    /// Part of the required answers below which a return is queried, in per cent (CMP-001).
    pub return_answered_pct: Decimal,
    /// The usual addition to a salary for national insurance and pension, in per cent (STF-016).
    pub oncost_norm_pct: Decimal,
}

/// As domain.md part C has them.
impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds {
            pct_time: dec!(50),
            fte_tolerance: dec!(0.02),
            sheet_answered_pct: dec!(50),
            return_answered_pct: dec!(95),
            oncost_norm_pct: dec!(25),
        }
    }
}

impl Programme {
    pub fn council(&self, code: &str) -> Option<&Council> {
        self.councils.iter().find(|council| &*council.code == code)
    }

    pub fn project(&self, code: &str) -> Option<&Project> {
        self.projects.iter().find(|project| &*project.code == code)
    }

    /// The council a text names: by code, name, full name or alias, whatever the spacing and the case.
    pub fn recognise(&self, text: &str) -> Option<&Council> {
        let folded = fold(text);
        self.councils.iter().find(|council| council.names().any(|name| fold(name) == folded))
    }

    /// The council that was probably meant by a text that names none: a few letters off, or else none.
    pub fn nearest_council(&self, text: &str) -> Option<&Council> {
        let names = self.councils.iter().flat_map(Council::names);
        self.recognise(settings::nearest(text, names)?)
    }

    /// The name a sentence calls a council by; its code if the programme does not know it.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.council(code).map_or(code, |council| &council.name)
    }

    /// The issue number of a form, which its first sheet carries: `H-THA-4M8D`, `PRO-THA-4M8D`, `H-BRF-4M8D`.
    /// The same for the same round, form and pair, so that a form issued again is still the same form.
    pub fn token(
        &self,
        workbook: &Workbook,
        project: Option<&str>,
        council: Option<&str>,
    ) -> String {
        let kind = workbook.form_id.rsplit('-').next().unwrap_or_default();
        let (first, second) = (project.unwrap_or(kind), council.unwrap_or(kind));
        let named =
            [&*self.title, &*self.round, workbook.form_id, workbook.form_version, first, second]
                .join("\n");
        let alphabet = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let hash = Sha256::digest(named.as_bytes());
        let check: String =
            hash.iter().take(4).map(|byte| char::from(alphabet[usize::from(byte % 32)])).collect();
        format!("{first}-{second}-{check}")
    }

    /// The choices of a list that the programme holds. `project` matters for its own lists.
    pub fn list(&self, list: List, project: Option<&Project>) -> Vec<String> {
        let of = |pick: fn(&Project) -> Vec<String>| project.map(pick).unwrap_or_default();
        match list {
            List::Councils => {
                self.councils.iter().map(|council| council.code.to_string()).collect()
            }
            List::Projects => {
                self.projects.iter().map(|project| project.code.to_string()).collect()
            }
            List::Functions => of(|project| project.functions.clone()),
            List::IctFunctions => of(|project| project.ict_functions.clone()),
            List::Families => {
                of(|project| project.families.iter().map(|family| family.name.clone()).collect())
            }
        }
    }
}

impl Council {
    /// Everything it may be called.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(String::as_str);
        [&*self.code, &*self.name, &*self.full_name].into_iter().chain(aliases)
    }
}

/// A name without what people vary: case, spacing, "and" for "&".
fn fold(text: &str) -> String {
    let words = text.replace('&', " and ").to_lowercase();
    words
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

impl Project {
    /// The name of its folders: `H-building-control`.
    pub fn folder(&self) -> String {
        format!("{}-{}", self.code, self.slug)
    }

    pub fn asks(&self, group: Group) -> bool {
        group == Group::Core || self.groups.contains(&group)
    }

    /// How a council takes part; `None` when it was never asked.
    pub fn status(&self, council: &str) -> Option<&Status> {
        self.participation.iter().find(|part| &*part.council == council).map(|part| &part.status)
    }

    /// The councils that figures are expected from, in the order of the programme.
    pub fn expected(&self) -> impl Iterator<Item = &Code> {
        self.participation
            .iter()
            .filter(|part| matches!(part.status, Status::In | Status::ToBeClarified))
            .map(|part| &part.council)
    }

    /// The councils that get a form: all but those that decided not to take part.
    pub fn issued(&self) -> impl Iterator<Item = &Code> {
        self.participation
            .iter()
            .filter(|part| !matches!(part.status, Status::Out { .. }))
            .map(|part| &part.council)
    }
}
