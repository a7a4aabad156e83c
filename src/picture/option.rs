//! The options of a brief that have not been ruled out (domain.md D8, D10).

use std::collections::BTreeMap;

use crate::{number::Exact, programme::Code};

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
