//! What exempt papers alone may say of a project.

use rust_decimal::Decimal;

use crate::{number::Exact, place::Place, programme::Code};

/// What exempt papers alone may say (Schedule 12A to the Local Government Act 1972).
#[derive(Clone, Debug, Default)]
pub struct Exempt {
    pub posts: Vec<PaidPost>,
    /// By name.
    pub families: Vec<FamilyPay>,
    pub one_offs: Vec<OneOff>,
    pub prices: Vec<Price>,
    /// By name.
    pub suppliers: Vec<SupplierSum>,
}

/// A post that counts, with its pay in pounds a year. `None` is what cannot be used.
#[derive(Clone, Debug)]
pub struct PaidPost {
    pub council: Code,
    pub reference: String,
    pub title: String,
    pub family: String,
    pub grade: String,
    /// FTE, weighted by the part of its time here.
    pub established: Option<Exact>,
    pub people: Option<Exact>,
    pub salary: Option<Decimal>,
    pub allowances: Option<Decimal>,
    pub oncost_pct: Option<Decimal>,
    pub cost: Option<Exact>,
    pub place: Place,
}

/// What bringing the pay of a family together would cost a year, with on-costs (domain.md D4).
#[derive(Clone, Debug)]
pub struct FamilyPay {
    pub family: String,
    /// Salaries it would be raised to.
    pub highest: Exact,
    pub median: Exact,
    pub to_highest: Exact,
    pub to_highest_filled: Exact,
    pub to_median: Exact,
    pub to_median_filled: Exact,
    pub protected: Exact,
}

/// Redundancy, pension strain or the end of a contract, in an option.
#[derive(Clone, Debug)]
pub struct OneOff {
    pub option: String,
    pub category: String,
    pub description: String,
    /// Pounds in years 0 to 2.
    pub years: [Option<Decimal>; 3],
    pub high_pct: Option<Decimal>,
    pub place: Place,
}

/// What a contract costs, and what leaving it would cost, in pounds.
#[derive(Clone, Debug)]
pub struct Price {
    pub council: Code,
    pub reference: String,
    pub title: String,
    pub supplier: String,
    pub annual_value: Option<Decimal>,
    pub share_pct: Option<Decimal>,
    pub exit_fixed: Option<Decimal>,
    pub exit_per_month: Option<Decimal>,
    pub place: Place,
}

/// What several councils' contracts with one supplier cost a year together.
#[derive(Clone, Debug)]
pub struct SupplierSum {
    pub name: String,
    pub councils: Vec<Code>,
    pub contracts: usize,
    /// The councils' shares in pounds; `None` where one cannot be used.
    pub value: Option<Exact>,
}

impl Exempt {
    pub fn is_empty(&self) -> bool {
        let Exempt { posts, families, one_offs, prices, suppliers } = self;
        posts.is_empty()
            && families.is_empty()
            && one_offs.is_empty()
            && prices.is_empty()
            && suppliers.is_empty()
    }
}
