//! The consolidated picture: the figures, and the registers and coverage that stand beside them.

mod exempt;

use std::collections::BTreeMap;

pub use exempt::{Exempt, FamilyPay, OneOff, PaidPost, Price, SupplierSum};
use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::{
    answer::ReturnKind,
    figure::{Figure, Figures},
    finding::Finding,
    intake::Intake,
    number::Exact,
    place::Place,
    programme::{Code, Programme, Status},
    wording::Wording,
};

/// The run that outputs name themselves by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// `2009-03-01-1a2b3c4d`: the date and the first digits of a hash over everything the run depends on.
    pub name: String,
    /// The day the run is for (`--as-at`).
    pub as_at: Date,
    /// R, the date of all formulas: programme.toml's, or `as_at`.
    pub reference_date: Date,
}

/// What consolidation yields.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    pub figures: Figures,
    /// One for each project in scope, in the order of the programme.
    pub projects: Vec<ProjectPicture>,
    /// Suppliers that several councils depend on over all projects, by name.
    pub suppliers: Vec<Supplier>,
}

/// All that a workbook or draft may tell of.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub programme: &'a Programme,
    pub intake: &'a Intake,
    pub findings: &'a [Finding],
    pub picture: &'a Picture,
    pub run: &'a Run,
    pub wording: &'a Wording,
}

/// What stands beside the figures of one project.
#[derive(Clone, Debug, Default)]
pub struct ProjectPicture {
    pub project: Code,
    /// Every council asked, in the order of the programme.
    pub coverage: Vec<Coverage>,
    pub schemes: Vec<Scheme>,
    /// Posts with too small a part of their time here: counted in no sum (domain.md D3).
    pub excluded_posts: Vec<ExcludedPost>,
    /// Who reports to whom, council by council, where it is asked: each post under its manager.
    pub structure: Vec<StructurePost>,
    pub systems: Vec<System>,
    /// What the systems are used for, in the order of the programme.
    pub functions: Vec<Function>,
    pub contracts: Vec<Contract>,
    /// Suppliers that several councils depend on, by name.
    pub suppliers: Vec<Supplier>,
    /// The steps of the brief towards shared systems, in their order.
    pub steps: Vec<Step>,
    pub exempt: Exempt,
    /// The options of the brief that can be read and have not been ruled out, whether they can be tested or not.
    pub options: Vec<Proposal>,
}

/// How far one council's return is in.
#[derive(Clone, Debug)]
pub struct Coverage {
    pub council: Code,
    pub participation: Status,
    pub state: State,
    /// The short reference documents give the return: "R1".
    pub reference: Option<String>,
    pub version: Option<u32>,
    pub kind: Option<ReturnKind>,
    /// Required questions answered, and required questions.
    pub answered: usize,
    pub asked: usize,
    pub errors: usize,
    pub warnings: usize,
    /// The returns that the council is asked for, of a case one for each project; and those of them whose structure chart
    /// lies in the folder.
    pub forms: usize,
    pub charts: usize,
    /// The files the return was put together from.
    pub files: Vec<Place>,
}

/// What became of a council's return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Used,
    NotReturned,
    /// Refused as a whole, by the rule with this code.
    Refused(&'static str),
    /// A file came in for it, and the rule with this code keeps us from taking it as the council's return.
    SetAside(&'static str),
}

impl State {
    /// The rule that keeps what came in from being used.
    pub fn rule(&self) -> Option<&'static str> {
        match self {
            State::Refused(code) | State::SetAside(code) => Some(code),
            State::Used | State::NotReturned => None,
        }
    }
}

/// A capital scheme. `None` is what the council did not give, or what may not be used.
#[derive(Clone, Debug)]
pub struct Scheme {
    pub council: Code,
    pub reference: String,
    pub name: String,
    pub asset_type: String,
    pub approval: String,
    /// Spend of y0 to y3 in pounds.
    pub spend: [Option<Decimal>; 4],
    /// What pays for all of it, in pounds, in the order of [`FUNDING`].
    pub funding: [Option<Decimal>; 6],
    pub place: Place,
}

/// What pays for capital schemes, in the order of the form.
pub const FUNDING: [&str; 6] =
    ["Capital receipts", "Grants", "Borrowing", "Revenue", "Reserves", "Leasing"];

#[derive(Clone, Debug)]
pub struct ExcludedPost {
    pub council: Code,
    pub reference: String,
    pub title: String,
    /// Part of its time on this service, in per cent.
    pub pct_time: Decimal,
    pub place: Place,
}

/// To whom a post reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manager {
    /// To nobody in the service.
    None,
    /// To the post with this reference.
    Post(String),
    /// The return does not say so that it can be used: the rule and the cell.
    Unknown(String),
}

/// A post in the structure of the service.
#[derive(Clone, Debug)]
pub struct StructurePost {
    pub council: Code,
    pub reference: String,
    pub title: String,
    /// How many posts stand above it.
    pub depth: usize,
    /// The management level that the council gives it; 1 leads the service.
    pub level: Option<Decimal>,
    pub manager: Manager,
    /// How many posts the row stands for.
    pub posts: Option<Decimal>,
    /// Before it is weighted by the part of its time here.
    pub fte_established: Option<Decimal>,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub struct System {
    pub council: Code,
    pub reference: String,
    pub function: String,
    pub supplier: String,
    pub product: String,
    /// What the product is called wherever councils are compared: "Idox Uniform".
    pub name: String,
    /// What had to be passed over to see which product it is; nothing where it is written as it is called.
    pub matched: Vec<String>,
    pub version: String,
    pub hosting: String,
    pub users: Option<Decimal>,
    /// Pounds a year.
    pub annual_cost: Option<Decimal>,
    pub support_status: String,
    pub plan_year: String,
    pub end: End,
    /// The end is that of the licence; that of support is not known.
    pub support_end_unknown: bool,
    /// The reference of its contract, where it is asked for.
    pub contract: String,
    /// Last days, where they are known.
    pub licence_end: Option<Date>,
    pub support_end: Option<Date>,
    pub placing: Placing,
    pub lifespan: Lifespan,
    pub place: Place,
}

/// A purpose that councils have systems for.
#[derive(Clone, Debug)]
pub struct Function {
    pub name: String,
    /// Products that are perhaps the same, though nothing says so: they are counted apart.
    pub near: Vec<NearMiss>,
}

/// Two products with names so alike that somebody should look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    pub one: String,
    pub other: String,
}

#[derive(Clone, Debug)]
pub struct Contract {
    pub council: Code,
    pub reference: String,
    pub title: String,
    pub supplier: String,
    /// Pounds a year.
    pub annual_value: Option<Decimal>,
    pub share_pct: Option<Decimal>,
    pub charged_to: String,
    pub start: Option<Date>,
    pub end: End,
    pub extension_months: Option<Decimal>,
    pub notice_months: Option<Decimal>,
    pub early_exit: String,
    pub others_may_use: String,
    /// The first day without it, if it is left as early as can be; `None` where what that rests on may not be used.
    pub earliest_exit: Option<Date>,
    /// Where it must be left by notice to be free on the planned start or, if it cannot be by then, as early as can
    /// be: the last day to give notice, and the first day without it.
    pub leave: Option<(Date, Date)>,
    /// When work on what follows it must start: its end less the time that takes.
    pub start_by: Option<Date>,
    /// When its extension must be decided on.
    pub decide_by: Option<Date>,
    pub placing: Placing,
    pub lifespan: Lifespan,
    pub place: Place,
}

/// A supplier that several councils have systems or contracts of.
#[derive(Clone, Debug)]
pub struct Supplier {
    pub name: String,
    /// In the order of the programme.
    pub councils: Vec<Code>,
    /// By code.
    pub projects: Vec<Code>,
    pub systems: usize,
    pub contracts: usize,
}

/// A step of the brief towards one system for all.
#[derive(Clone, Debug)]
pub struct Step {
    pub function: String,
    pub step: String,
    pub council: Option<Code>,
    pub due: Date,
    pub place: Place,
}

/// Where an end lies against the planned start of the shared service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placing {
    /// It runs past the start unless notice is given before.
    NoticeBefore,
    EndsBefore,
    /// It ends within twelve months from the start.
    WithinAYear,
    RunsOn,
    Unknown,
}

impl Placing {
    /// `by_notice`: whether notice can end it early.
    pub fn of(end: End, by_notice: bool, start: Date) -> Placing {
        let end = match end {
            End::Rolling => return Placing::NoticeBefore,
            End::Perpetual => return Placing::RunsOn,
            End::Unknown => return Placing::Unknown,
            End::On(end) => end,
        };
        let year = start.checked_add(12.months()).unwrap_or(Date::MAX);
        match () {
            () if end < start => Placing::EndsBefore,
            () if by_notice => Placing::NoticeBefore,
            () if end < year => Placing::WithinAYear,
            () => Placing::RunsOn,
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Placing::NoticeBefore => "notice must be given before it",
            Placing::EndsBefore => "ends before it",
            Placing::WithinAYear => "ends within a year after it",
            Placing::RunsOn => "runs on",
            Placing::Unknown => "not known",
        }
    }
}

/// An option that has not been ruled out: whose it is, what it saves and what it costs.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub number: u32,
    pub name: String,
    /// The councils its savings were worked out for, in the order of the programme.
    pub councils: Vec<Code>,
    /// Pounds a year that the councils keep to manage it.
    pub client_cost: Exact,
    pub savings: Vec<Saving>,
    pub oneoffs: Vec<Oneoff>,
    /// Agreed shares in per cent, by council; empty where none are agreed.
    pub shares: BTreeMap<Code, Exact>,
    /// The key of the figure, by council and all together, that bringing pay together takes off each year's saving,
    /// where savings are stated before it.
    pub harmonisation: Option<&'static str>,
    /// Whether income is pooled; `None` where the brief does not say.
    pub income_pooled: Option<bool>,
    /// Whether a third party is to run the service.
    pub outsourced: bool,
}

/// What an option saves in cash, in one line.
#[derive(Clone, Debug)]
pub struct Saving {
    pub category: String,
    pub description: String,
    /// Levels reached in years 1 to 5, in pounds.
    pub years: [Exact; 5],
    /// At worst and at best, as a fraction of one.
    pub low: Exact,
    pub high: Exact,
}

/// What an option costs once, in one line.
#[derive(Clone, Debug)]
pub struct Oneoff {
    pub category: String,
    pub description: String,
    /// Pounds in years 0 to 2.
    pub years: [Exact; 3],
    /// At worst, as a fraction of one.
    pub high: Exact,
}

/// When a system or contract ends: the last day in force (domain.md D6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    On(Date),
    /// Goes on until notice is given.
    Rolling,
    Perpetual,
    Unknown,
}

/// How long something lasts from the reference date (domain.md D6), in the order of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lifespan {
    Expired,
    UnderOneYear,
    OneToTwoYears,
    TwoToFiveYears,
    FiveYearsOrMore,
    Rolling,
    Perpetual,
    Unknown,
}

impl Lifespan {
    pub const ALL: [Lifespan; 8] = [
        Lifespan::Expired,
        Lifespan::UnderOneYear,
        Lifespan::OneToTwoYears,
        Lifespan::TwoToFiveYears,
        Lifespan::FiveYearsOrMore,
        Lifespan::Rolling,
        Lifespan::Perpetual,
        Lifespan::Unknown,
    ];

    /// The item of its figures, and its heading in tables.
    pub fn word(self) -> &'static str {
        match self {
            Lifespan::Expired => "expired",
            Lifespan::UnderOneYear => "<12 months",
            Lifespan::OneToTwoYears => "1–2 years",
            Lifespan::TwoToFiveYears => "2–5 years",
            Lifespan::FiveYearsOrMore => "5+ years",
            Lifespan::Rolling => "rolling",
            Lifespan::Perpetual => "perpetual",
            Lifespan::Unknown => "unknown",
        }
    }
}

/// How long a post has been vacant: the words, and the months that it has been vacant for more than, and not more than.
pub const VACANT_FOR: [(&str, Option<i32>, Option<i32>); 4] = [
    ("up to 3 months", None, Some(3)),
    ("3 to 6 months", Some(3), Some(6)),
    ("6 to 12 months", Some(6), Some(12)),
    ("more than 12 months", Some(12), None),
];

/// figures.json as product.md fixes it.
#[derive(Serialize)]
struct FiguresFile<'a> {
    schema: u32,
    programme: &'a str,
    run: &'a str,
    as_at: String,
    figures: Vec<&'a Figure>,
}

impl Picture {
    /// `figures.json`: every figure of the run, in its fixed order.
    pub fn figures_json(&self, programme: &Programme, run: &Run) -> Vec<u8> {
        let file = FiguresFile {
            schema: 1,
            programme: &programme.title,
            run: &run.name,
            as_at: run.as_at.to_string(),
            figures: self.figures.iter().collect(),
        };
        let mut json =
            serde_json::to_vec(&file).expect("figures are plain data with text for keys");
        json.push(b'\n');
        json
    }

    pub fn project(&self, code: &str) -> Option<&ProjectPicture> {
        self.projects.iter().find(|project| &*project.project == code)
    }
}

impl ProjectPicture {
    /// The coverage of the councils that figures are expected from.
    pub fn expected(&self) -> impl Iterator<Item = &Coverage> {
        self.coverage
            .iter()
            .filter(|line| matches!(line.participation, Status::In | Status::ToBeClarified))
    }
}
