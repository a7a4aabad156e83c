//! Figures: every number that a document quotes, said once, with the cells it rests on.
//!
//! `figures.json` is the contract between consolidation and everything that prints (product.md).

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{number::Exact, place, programme::Code};

/// A number, date or answer that documents quote.
#[derive(Clone, Debug)]
pub struct Figure {
    pub key: String,
    pub project: Option<Code>,
    /// `None` for the combined figure.
    pub council: Option<Code>,
    /// "2008/09"; `None` for staffing, ICT and contracts.
    pub year: Option<String>,
    /// The form's column where one applies: `y0_budget`.
    pub column: Option<&'static str>,
    /// A family, function, pair, system, contract, bucket or risk.
    pub item: Option<String>,
    pub basis: Option<&'static str>,
    pub income: Option<&'static str>,
    pub option: Option<u32>,
    pub case: Option<&'static str>,
    /// `all`, or the name of a set of councils.
    pub scenario: Code,
    pub value: Option<Amount>,
    /// A ratio as a fraction: `45/344`.
    pub exact: Option<String>,
    pub unit: Unit,
    pub status: Status,
    /// The councils it uses, in the order of the programme.
    pub used: Vec<Code>,
    pub missing: Vec<Code>,
    /// Why each missing council is missing: "not returned", "GEN-002 Revenue!D14".
    pub reasons: BTreeMap<Code, String>,
    /// Shared by all figures that rest on the cell, in whatever set of councils.
    pub sources: Vec<Arc<Source>>,
    /// Whether it may stand in a public document: not if somebody's pay could be told from it (domain.md D12).
    pub public: bool,
}

/// What stands for the value of a source, or for the reason of a figure, that nobody may read.
pub const WITHHELD: &str = "withheld";

/// The reason of an average of fewer people than an average wants. It hides nothing: what they cost may stand beside
/// it (domain.md D12).
pub const TOO_FEW: &str = "too few for an average";

#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// In the figure's unit; a ratio as a fraction of one.
    Number(Exact),
    Date(Date),
    YesNo(bool),
    Text(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Unit {
    #[serde(rename = "GBP")]
    Pounds,
    #[serde(rename = "FTE")]
    Fte,
    #[serde(rename = "people")]
    People,
    #[serde(rename = "posts")]
    Posts,
    #[serde(rename = "ratio")]
    Ratio,
    #[serde(rename = "months")]
    Months,
    #[serde(rename = "years")]
    Years,
    #[serde(rename = "date")]
    Date,
    #[serde(rename = "bool")]
    YesNo,
    #[serde(rename = "text")]
    Text,
    #[serde(rename = "count")]
    Count,
    #[serde(rename = "GBP/unit")]
    PoundsPerUnit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Complete,
    /// Over fewer councils than expected.
    Partial,
    /// Cannot be given; the reasons say why.
    Blocked,
}

/// What stands for the sheet of a source that is in programme.toml: the heading it is under.
const ESTIMATES: &str = "override";

/// A cell that a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    pub council: Code,
    pub file: Arc<str>,
    pub sheet: Arc<str>,
    /// "D12", or all those that a mapping added up: "F2:F40,F52".
    pub cell: String,
    pub version: u32,
    pub value: String,
}

impl Source {
    /// An estimate of the office, by its line in programme.toml.
    pub fn of_estimate(line: u32, value: String) -> Source {
        Source {
            council: Code::from(""),
            file: Arc::from("programme.toml"),
            sheet: Arc::from(ESTIMATES),
            cell: format!("line {line}"),
            version: 0,
            value,
        }
    }

    /// The line of programme.toml, if it is an estimate of the office.
    pub fn estimate(&self) -> Option<u32> {
        let line = self.cell.strip_prefix("line ").filter(|_| &*self.sheet == ESTIMATES)?;
        line.parse().ok()
    }

    /// Says whose return the cell is in.
    pub fn set_council(self: &mut Arc<Source>, council: &Code) {
        if self.council != *council {
            Arc::make_mut(self).council = Arc::clone(council);
        }
    }

    /// The first of its cells: a ledger may have been added up from thousands.
    pub fn first(&self) -> &str {
        self.cell.split([',', ':']).next().unwrap_or_default()
    }

    /// How many cells it is made of.
    pub fn count(&self) -> u32 {
        let rows = |area: &str| {
            let (from, to) = area.split_once(':').unwrap_or((area, area));
            let row = |name| place::cell(name).map_or(0, |cell| cell.row);
            row(to).saturating_sub(row(from)) + 1
        };
        self.cell.split(',').map(rows).sum()
    }
}

impl Unit {
    /// As figures.json writes it.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Pounds => "GBP",
            Unit::Fte => "FTE",
            Unit::People => "people",
            Unit::Posts => "posts",
            Unit::Ratio => "ratio",
            Unit::Months => "months",
            Unit::Years => "years",
            Unit::Date => "date",
            Unit::YesNo => "bool",
            Unit::Text => "text",
            Unit::Count => "count",
            Unit::PoundsPerUnit => "GBP/unit",
        }
    }
}

/// All figures of a run, in a fixed order.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    all: Vec<Figure>,
    /// Where each stands, by project and key, and under these in the fixed order.
    named: Vec<usize>,
}

/// Asks for one figure: what is not named must be absent, save the scenario, which is `all` unless named.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask<'a> {
    pub key: &'a str,
    pub project: Option<&'a str>,
    pub council: Option<&'a str>,
    /// `None` takes the figure of any year.
    pub year: Option<&'a str>,
    pub column: Option<&'a str>,
    pub item: Option<&'a str>,
    pub scenario: Option<&'a str>,
}

impl Figures {
    pub fn new(all: Vec<Figure>) -> Figures {
        let mut named: Vec<usize> = (0..all.len()).collect();
        named.sort_by_key(|at| all[*at].name());
        Figures { all, named }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Figure> {
        self.all.iter()
    }

    /// The figures of a project with a key, in order.
    pub fn of(&self, project: Option<&str>, key: &str) -> impl Iterator<Item = &Figure> {
        let name = (project, key);
        let start = self.named.partition_point(|at| self.all[*at].name() < name);
        let end = self.named.partition_point(|at| self.all[*at].name() <= name);
        self.named[start..end].iter().map(|at| &self.all[*at])
    }

    /// The figure asked for. Where no year or column is named, the first in order answers, which is the base year's.
    pub fn find(&self, ask: Ask<'_>) -> Option<&Figure> {
        self.of(ask.project, ask.key).find(|figure| {
            figure.council.as_deref() == ask.council
                && figure.item.as_deref() == ask.item
                && &*figure.scenario == ask.scenario.unwrap_or("all")
                && (ask.year.is_none() || figure.year.as_deref() == ask.year)
                && (ask.column.is_none() || figure.column == ask.column)
        })
    }
}

impl Figure {
    /// Its project and key.
    fn name(&self) -> (Option<&str>, &str) {
        (self.project.as_deref(), &self.key)
    }

    pub fn number(&self) -> Option<&Exact> {
        match &self.value {
            Some(Amount::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Why it is not shown though its answers are there: a reason that no council gave.
    pub fn kept_back(&self) -> Option<&'static str> {
        let is = |why: &&str| self.reasons.values().any(|own| own == why);
        [WITHHELD, TOO_FEW].into_iter().find(|why| self.value.is_none() && is(why))
    }

    /// Whether it answers yes.
    pub fn is_yes(&self) -> bool {
        self.value == Some(Amount::YesNo(true))
    }

    /// The value as figures.json prints it.
    pub fn text(&self) -> Option<String> {
        Some(match self.value.as_ref()? {
            Amount::Number(number) => match self.unit {
                Unit::Pounds | Unit::Fte | Unit::PoundsPerUnit => number.decimal(2),
                Unit::Ratio | Unit::Years => number.decimal(0),
                _ => number.rounded(0),
            },
            Amount::Date(date) => date.to_string(),
            Amount::YesNo(yes) => yes.to_string(),
            Amount::Text(text) => text.clone(),
        })
    }
}

/// The value is printed by its unit, so the fields are named here once more, in the order of the contract.
impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut json = serializer.serialize_struct("Figure", 19)?;
        json.serialize_field("key", &self.key)?;
        json.serialize_field("project", &self.project)?;
        json.serialize_field("council", &self.council)?;
        json.serialize_field("year", &self.year)?;
        json.serialize_field("column", &self.column)?;
        json.serialize_field("item", &self.item)?;
        json.serialize_field("basis", &self.basis)?;
        json.serialize_field("income", &self.income)?;
        json.serialize_field("option", &self.option)?;
        json.serialize_field("case", &self.case)?;
        json.serialize_field("scenario", &self.scenario)?;
        json.serialize_field("value", &self.text())?;
        json.serialize_field("exact", &self.exact)?;
        json.serialize_field("unit", &self.unit)?;
        json.serialize_field("status", &self.status)?;
        json.serialize_field("used", &self.used)?;
        json.serialize_field("missing", &self.missing)?;
        json.serialize_field("reasons", &self.reasons)?;
        json.serialize_field("sources", &self.sources)?;
        json.end()
    }
}
