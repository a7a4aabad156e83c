//! A field of the form: what is asked, what may be answered, and where the question comes from.

use std::fmt;

use rust_decimal::Decimal;

/// One answer the form asks for: a single cell, a cell of a grid, or a column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The defined name in the workbook: `COV_return_version`.
    pub name: &'static str,
    /// The question as the officer reads it.
    pub label: &'static str,
    pub kind: Kind,
    /// What the figure is counted in; "" where nothing is counted.
    pub unit: &'static str,
    pub need: Need,
    pub group: Group,
    pub options: Options,
    /// Smallest and largest answer; for text, the number of characters.
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    pub help: &'static str,
    pub example: &'static str,
    /// The question of the template, or the standard, that asks for it.
    pub source: &'static str,
}

/// What an answer is. Amounts are whole pounds as they stand, percentages 12.5 for 12.5%.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Choice,
    /// Several of a list in one cell, with "; " between.
    Multi,
    /// Pounds.
    Money,
    Int,
    /// Full-time equivalents, two decimal places.
    Fte,
    /// 12.5 for 12.5%.
    Pct,
    /// Any other number: hours, days, indicators.
    Dec,
    Date,
    /// A financial year, "2008/09".
    Fy,
    /// Yes or No.
    Yn,
    /// Yes, No or Not known.
    Ynu,
}

/// Whether an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    No,
    Yes,
    /// Wanted in every row of a table in which anything is filled in.
    RowUsed,
    If(Condition),
    /// Filled in by the office when the form is issued.
    Locked,
    /// Adds up by itself.
    Formula,
}

/// When an answer is wanted, told by another field of the same sheet (and the same row of a table).
/// Fields are named without the prefix of their sheet or table: `return_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    Is(&'static str, &'static str),
    IsNot(&'static str, &'static str),
    Has(&'static str, &'static str),
    Given(&'static str),
    MoreThan(&'static str, u32),
    Less(&'static str, &'static str),
}

/// The questions a project is asked beyond the core are switched on by group in programme.toml.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Core,
    Forecast,
    SupportSplit,
    Grades,
    Structure,
    PostDetail,
    Sites,
    Benchmarks,
    CapitalDetail,
    IctDetail,
    ContractDetail,
    RiskDetail,
    Implications,
    Criteria,
    BasisOverride,
}

/// What a choice is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Options {
    None,
    Listed(&'static [&'static str]),
    /// A list that programme.toml holds.
    Of(List),
}

/// The lists that programme.toml holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Councils,
    Projects,
    Functions,
    IctFunctions,
    Families,
}

impl Field {
    /// A field that may be left empty, of the core, with nothing said about it yet.
    pub const fn new(kind: Kind, name: &'static str, label: &'static str) -> Field {
        Field {
            name,
            label,
            kind,
            unit: kind.unit(),
            need: Need::No,
            group: Group::Core,
            options: Options::None,
            min: None,
            max: None,
            help: "",
            example: "",
            source: "",
        }
    }

    pub const fn need(mut self, need: Need) -> Field {
        self.need = need;
        self
    }

    pub const fn unit(mut self, unit: &'static str) -> Field {
        self.unit = unit;
        self
    }

    pub const fn group(mut self, group: Group) -> Field {
        self.group = group;
        self
    }

    pub const fn one_of(mut self, options: &'static [&'static str]) -> Field {
        self.options = Options::Listed(options);
        self
    }

    pub const fn from_list(mut self, list: List) -> Field {
        self.options = Options::Of(list);
        self
    }

    pub const fn min(mut self, min: Decimal) -> Field {
        self.min = Some(min);
        self
    }

    pub const fn max(mut self, max: Decimal) -> Field {
        self.max = Some(max);
        self
    }

    pub const fn help(mut self, help: &'static str) -> Field {
        self.help = help;
        self
    }

    pub const fn example(mut self, example: &'static str) -> Field {
        self.example = example;
        self
    }

    pub const fn source(mut self, source: &'static str) -> Field {
        self.source = source;
        self
    }

    /// Whether the council is asked for it, rather than the office or a formula filling it in.
    pub fn is_input(&self) -> bool {
        !matches!(self.need, Need::Locked | Need::Formula)
    }
}

/// Fields are the same when their defined names are.
impl PartialEq for Field {
    fn eq(&self, other: &Field) -> bool {
        self.name == other.name
    }
}

impl Kind {
    /// The unit that goes with the kind unless the field says otherwise.
    const fn unit(self) -> &'static str {
        match self {
            Kind::Money => "GBP",
            Kind::Fte => "FTE",
            Kind::Pct => "%",
            _ => "",
        }
    }

    /// Whether the answer is a number.
    pub fn is_number(self) -> bool {
        matches!(self, Kind::Money | Kind::Int | Kind::Fte | Kind::Pct | Kind::Dec)
    }

    /// Whether the answer is picked from a list.
    pub fn is_choice(self) -> bool {
        matches!(self, Kind::Choice | Kind::Multi | Kind::Yn | Kind::Ynu)
    }

    /// The word for it in the dictionary.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Choice => "choice",
            Kind::Multi => "multi",
            Kind::Money => "money",
            Kind::Int => "int",
            Kind::Fte => "fte",
            Kind::Pct => "pct",
            Kind::Dec => "dec",
            Kind::Date => "date",
            Kind::Fy => "fy",
            Kind::Yn => "yn",
            Kind::Ynu => "ynu",
        }
    }
}

impl Group {
    /// Every group, in the order of the dictionary.
    pub const ALL: [Group; 15] = [
        Group::Core,
        Group::Forecast,
        Group::SupportSplit,
        Group::Grades,
        Group::Structure,
        Group::PostDetail,
        Group::Sites,
        Group::Benchmarks,
        Group::CapitalDetail,
        Group::IctDetail,
        Group::ContractDetail,
        Group::RiskDetail,
        Group::Implications,
        Group::Criteria,
        Group::BasisOverride,
    ];

    /// The name programme.toml and the dictionary use.
    pub fn word(self) -> &'static str {
        match self {
            Group::Core => "core",
            Group::Forecast => "forecast",
            Group::SupportSplit => "support_split",
            Group::Grades => "grades",
            Group::Structure => "structure",
            Group::PostDetail => "post_detail",
            Group::Sites => "sites",
            Group::Benchmarks => "benchmarks",
            Group::CapitalDetail => "capital_detail",
            Group::IctDetail => "ict_detail",
            Group::ContractDetail => "contract_detail",
            Group::RiskDetail => "risk_detail",
            Group::Implications => "implications",
            Group::Criteria => "criteria",
            Group::BasisOverride => "basis_override",
        }
    }
}

impl List {
    /// The mark by which the dictionary names the list.
    pub fn mark(self) -> &'static str {
        match self {
            List::Councils => "@councils",
            List::Projects => "@projects",
            List::Functions => "@functions",
            List::IctFunctions => "@ict_functions",
            List::Families => "@families",
        }
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Need::No => f.write_str("no"),
            Need::Yes => f.write_str("yes"),
            Need::RowUsed => f.write_str("if the row is used"),
            Need::If(condition) => write!(f, "if {condition}"),
            Need::Locked => f.write_str("locked"),
            Need::Formula => f.write_str("formula"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Is(field, value) => write!(f, "{field} = {value}"),
            Condition::IsNot(field, value) => write!(f, "{field} <> {value}"),
            Condition::Has(field, value) => write!(f, "{field} has {value}"),
            Condition::Given(field) => write!(f, "{field} is given"),
            Condition::MoreThan(field, count) => write!(f, "{field} > {count}"),
            Condition::Less(field, other) => write!(f, "{field} < {other}"),
        }
    }
}

impl fmt::Display for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Options::None => Ok(()),
            Options::Listed(options) => f.write_str(&options.join("; ")),
            Options::Of(list) => f.write_str(list.mark()),
        }
    }
}
