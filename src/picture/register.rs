//! The registers of capital schemes, systems, contracts and suppliers (domain.md D2, D5 to D7).

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{End, Lifespan, Placing};
use crate::{place::Place, programme::Code};

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
