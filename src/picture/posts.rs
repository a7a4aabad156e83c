//! The posts of a service: their structure, those that do not count, how long they have been vacant (domain.md D3).

use rust_decimal::Decimal;

use crate::{place::Place, programme::Code};

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

/// How long a post has been vacant: the words, and the months that it has been vacant for more than, and not more than.
pub const VACANT_FOR: [(&str, Option<i32>, Option<i32>); 4] = [
    ("up to 3 months", None, Some(3)),
    ("3 to 6 months", Some(3), Some(6)),
    ("6 to 12 months", Some(6), Some(12)),
    ("more than 12 months", Some(12), None),
];
