//! The programme: councils, projects, years, participation and all else that programme.toml says.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::{
    form::{Group, List, Workbook},
    settings,
};

mod appraisal;
mod calendar;
mod cases;
mod councils;
mod estimates;
mod limits;
mod participation;
pub mod product;
mod projects;
mod reading;
mod scenarios;
mod spine;
mod thresholds;
mod year;

pub use appraisal::{Appraisal, Basis, Disclosure, YEARS};
pub use estimates::Estimate;
pub use limits::Limits;
pub use spine::Spine;
pub use thresholds::Thresholds;
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
    /// In the order of the file.
    pub cases: Vec<Case>,
    pub scenarios: Vec<Scenario>,
    pub calendar: Calendar,
    pub thresholds: Thresholds,
    pub appraisal: Appraisal,
    pub disclosure: Disclosure,
    /// The pay spines that are known; rules on spine points are silent without.
    pub pay_spines: BTreeMap<Year, Spine>,
    /// What the office puts in the place of councils' values.
    pub estimates: Vec<Estimate>,
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
    /// What a saving is measured against.
    pub test_basis: Basis,
    /// Whether the service usually charges fees; `None` where it may or may not (REV-012).
    pub fees: Option<bool>,
    /// Whether the service pays benefits (REV-013).
    pub transfer_payments: bool,
    /// The councils asked, in the order of the programme.
    pub participation: Vec<Participation>,
}

/// A business case over several projects.
#[derive(Clone, Debug)]
pub struct Case {
    /// What workbooks and documents call it, as if it were one project. No form is issued for it.
    pub project: Project,
    /// The projects it is made of, as the case names them.
    pub of: Vec<Project>,
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

impl Programme {
    /// R, the date of all formulas, on a day.
    pub fn reference(&self, as_at: Date) -> Date {
        self.reference_date.unwrap_or(as_at)
    }

    pub fn council(&self, code: &str) -> Option<&Council> {
        self.councils.iter().find(|council| &*council.code == code)
    }

    pub fn project(&self, code: &str) -> Option<&Project> {
        self.projects.iter().find(|project| &*project.code == code)
    }

    /// Every project, then every case as if it were one: what figures, workbooks and drafts are made for.
    pub fn subjects(&self) -> impl Iterator<Item = &Project> {
        self.projects.iter().chain(self.cases.iter().map(|case| &case.project))
    }

    /// A project or a case.
    pub fn subject(&self, code: &str) -> Option<&Project> {
        self.subjects().find(|project| &*project.code == code)
    }

    /// Whether something of a project is of a project or case too.
    pub fn is_of(&self, project: Option<&Code>, subject: &Project) -> bool {
        self.members(subject).iter().any(|own| Some(&own.code) == project)
    }

    /// The projects of a case; a project by itself.
    pub fn members<'a>(&'a self, subject: &'a Project) -> &'a [Project] {
        let case = self.cases.iter().find(|case| case.project.code == subject.code);
        case.map_or(std::slice::from_ref(subject), |case| &case.of)
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

    /// Whether somebody is named who leads.
    pub fn has_lead(&self) -> bool {
        !self.lead.to_lowercase().contains("to be confirmed")
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
