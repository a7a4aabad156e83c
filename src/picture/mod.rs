//! The consolidated picture: the figures, and the registers and coverage that stand beside them.

mod exempt;
mod lasting;
mod option;
mod posts;
mod register;

pub use exempt::{Exempt, FamilyPay, OneOff, PaidPost, Price, SupplierSum};
use jiff::civil::Date;
pub use lasting::{End, Lifespan, Placing};
pub use option::{Oneoff, Proposal, Saving};
pub use posts::{ExcludedPost, Manager, StructurePost, VACANT_FOR};
pub use register::{Contract, FUNDING, Function, NearMiss, Scheme, Step, Supplier, System};
use serde::Serialize;

use crate::{
    answer::ReturnKind,
    figure::{Figure, Figures},
    finding::Finding,
    intake::Intake,
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

/// The rule on a thing that two projects of a council list, where a case has both.
pub const LISTED_TWICE: &str = "XPR-001";

/// How far one council's return is in.
#[derive(Clone, Debug)]
pub struct Coverage {
    pub council: Code,
    pub participation: Status,
    pub state: State,
    /// The short reference documents give the return: "R1".
    pub reference: Option<String>,
    /// The returns that came, of a case one for each project.
    pub sent: Vec<Sent>,
    /// What they are together: a draft if one is.
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

/// A return as its cover has it.
#[derive(Clone, Debug)]
pub struct Sent {
    pub project: Code,
    pub version: u32,
    pub kind: ReturnKind,
}

impl Coverage {
    /// "2", or "C 1, D 2" where returns for several projects are asked for.
    pub fn version(&self) -> String {
        let one = |sent: &Sent| match self.forms {
            ..=1 => sent.version.to_string(),
            _ => format!("{} {}", sent.project, sent.version),
        };
        self.sent.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// The projects for which the return is a draft, where returns for several are asked for.
    pub fn drafts(&self) -> Vec<&Code> {
        let drafts = self.sent.iter().filter(|sent| sent.kind == ReturnKind::Draft);
        drafts.filter(|_| self.forms > 1).map(|sent| &sent.project).collect()
    }
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
