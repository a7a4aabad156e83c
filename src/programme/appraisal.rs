//! How savings are tested and money is discounted, and how many people hide the pay of one.

use rust_decimal::{Decimal, dec};

use crate::{
    number::Exact,
    settings::{Key, Table, key},
};

pub(super) const KEYS: &[Key] = &[
    TEST_BASIS,
    key("target_pct", "target_pct = 10"),
    key("discount_rate_pct", "discount_rate_pct = 3.5"),
    key("optimism_ict_pct", "optimism_ict_pct = [10, 200]"),
    key("optimism_accommodation_pct", "optimism_accommodation_pct = [2, 24]"),
    key("optimism_outsourcing_pct", "optimism_outsourcing_pct = [0, 41]"),
];

pub(super) const TEST_BASIS: Key = key("test_basis", "test_basis = \"gross_controllable\"");

pub(super) const DISCLOSURE: &[Key] = &[
    key("fewest_people", "fewest_people = 5"),
    key("fewest_people_statistics", "fewest_people_statistics = 10"),
    key("fewest_councils", "fewest_councils = 3"),
];

/// The years for which the brief says what an option saves.
pub const YEARS: usize = 5;

/// What the financial case is reckoned with (domain.md D8 and D10).
#[derive(Clone, Debug)]
pub struct Appraisal {
    /// What a saving is measured against, unless a project says otherwise.
    pub test_basis: Basis,
    /// Part of that budget that year 2 must save, in per cent: the first criterion for joint services.
    pub target_pct: Decimal,
    /// The real rate a year, in per cent.
    pub discount_rate_pct: Decimal,
    /// By how much one-off cost is usually underestimated, in per cent, at the least and at the most.
    pub optimism_ict_pct: [Decimal; 2],
    pub optimism_accommodation_pct: [Decimal; 2],
    /// The same of the running cost of a service that a third party is to run.
    pub optimism_outsourcing_pct: [Decimal; 2],
}

/// The budget that a saving is measured against, one-off items left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    #[default]
    GrossControllable,
    NetControllable,
    NetTotal,
}

/// How many it takes to show what they are paid in public (domain.md D12).
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// People in a cell, at the least.
    pub fewest_people: u32,
    /// People behind an average or a rate, at the least.
    pub fewest_people_statistics: u32,
    /// Councils with staff in a total, at the least.
    pub fewest_councils: u32,
}

impl Default for Appraisal {
    fn default() -> Appraisal {
        Appraisal {
            test_basis: Basis::default(),
            target_pct: dec!(10),
            discount_rate_pct: dec!(3.5),
            optimism_ict_pct: [dec!(10), dec!(200)],
            optimism_accommodation_pct: [dec!(2), dec!(24)],
            optimism_outsourcing_pct: [dec!(0), dec!(41)],
        }
    }
}

impl Appraisal {
    /// The part of the budget that year 2 must save.
    pub fn target(&self) -> Exact {
        Exact::from(self.target_pct) * Exact::ratio(1, 100)
    }
}

impl Default for Disclosure {
    fn default() -> Disclosure {
        Disclosure { fewest_people: 5, fewest_people_statistics: 10, fewest_councils: 3 }
    }
}

impl Basis {
    pub const ALL: [Basis; 3] = [Basis::GrossControllable, Basis::NetControllable, Basis::NetTotal];

    /// As programme.toml and figures write it.
    pub fn word(self) -> &'static str {
        match self {
            Basis::GrossControllable => "gross_controllable",
            Basis::NetControllable => "net_controllable",
            Basis::NetTotal => "net_total",
        }
    }
}

pub(super) fn read(root: &Table<'_>) -> Appraisal {
    let usual = Appraisal::default();
    let Some(value) = root.get("appraisal") else { return usual };
    let Some(table) = root.inner("appraisal", value, String::from("appraisal"), KEYS) else {
        return usual;
    };
    let optimism = |key: &str, usual| {
        table.numbers_within(key, Decimal::ZERO, Decimal::from(1_000)).unwrap_or(usual)
    };
    Appraisal {
        test_basis: test_basis(&table).unwrap_or_default(),
        target_pct: table
            .number_within("target_pct", Decimal::ZERO, Decimal::from(100))
            .unwrap_or(usual.target_pct),
        discount_rate_pct: table
            .number_within("discount_rate_pct", Decimal::ZERO, dec!(25))
            .unwrap_or(usual.discount_rate_pct),
        optimism_ict_pct: optimism("optimism_ict_pct", usual.optimism_ict_pct),
        optimism_accommodation_pct: optimism(
            "optimism_accommodation_pct",
            usual.optimism_accommodation_pct,
        ),
        optimism_outsourcing_pct: optimism(
            "optimism_outsourcing_pct",
            usual.optimism_outsourcing_pct,
        ),
    }
}

/// What a table says of the basis of the test.
pub(super) fn test_basis(table: &Table<'_>) -> Option<Basis> {
    let word = table.word(TEST_BASIS.name, &Basis::ALL.map(Basis::word))?;
    Basis::ALL.into_iter().find(|basis| basis.word() == word)
}

pub(super) fn disclosure(root: &Table<'_>) -> Disclosure {
    let usual = Disclosure::default();
    let Some(value) = root.get("disclosure") else { return usual };
    let Some(table) = root.inner("disclosure", value, String::from("disclosure"), DISCLOSURE)
    else {
        return usual;
    };
    let people = table.whole_if_given("fewest_people", 1_000).unwrap_or(usual.fewest_people);
    let statistics = table.whole_if_given("fewest_people_statistics", 1_000);
    let statistics = statistics.unwrap_or(usual.fewest_people_statistics.max(people));
    if statistics < people {
        let advice = "An average of few people tells more than their sum, so it cannot need fewer.";
        let what =
            format!("fewest_people_statistics is {statistics}, fewest_people {people}. {advice}");
        table.note(table.at("fewest_people_statistics"), &what);
    }
    Disclosure {
        fewest_people: people,
        fewest_people_statistics: statistics,
        fewest_councils: table
            .whole_if_given("fewest_councils", 100)
            .unwrap_or(usual.fewest_councils),
    }
}
