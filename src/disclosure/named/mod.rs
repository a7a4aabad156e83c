//! What names a post or a contract, beside what it costs.

mod posts;
mod prices;

use std::collections::{BTreeMap, BTreeSet};

use super::{private::printed, stands_in};
use crate::{number::Exact, picture::Told};

/// What posts and contracts cost, as it could be printed, each with what names the post or contract, in small letters.
/// Pay and prices are often round, so that other numbers read like them: they tell something only beside such a name.
#[derive(Default)]
pub(super) struct Named(BTreeMap<String, BTreeSet<String>>);

impl Named {
    pub(super) fn holds(&self, amount: &str) -> bool {
        self.0.contains_key(amount)
    }

    /// Whether a line of text names what costs the amount.
    pub(super) fn is_told(&self, amount: &str, line: &str) -> bool {
        let line = line.to_lowercase();
        self.0.get(amount).into_iter().flatten().any(|name| stands_in(&line, name))
    }

    fn add(&mut self, amount: &Exact, names: &[&str]) {
        if amount.abs() < Exact::from(SMALLEST_NAMED) {
            return;
        }
        let names = names.iter().map(|name| name.trim().to_lowercase());
        let names = names.filter(|name| name.chars().count() >= SHORTEST_NAME);
        // A reference such as 2008 stands in every year.
        let names: Vec<String> =
            names.filter(|name| name.chars().any(char::is_alphabetic)).collect();
        for form in printed(amount) {
            self.0.entry(form).or_default().extend(names.iter().cloned());
        }
    }

    /// An amount that something public reads like is none that is told.
    fn leave_out(&mut self, amount: &Exact) {
        for form in printed(amount) {
            self.0.remove(&form);
        }
    }

    fn and(mut self, other: Named) -> Named {
        for (form, names) in other.0 {
            self.0.entry(form).or_default().extend(names);
        }
        self
    }
}

/// Amounts below this, in pounds, cannot be told from numbers of people and days even beside the name of a post.
const SMALLEST_NAMED: u32 = 1_000;

/// A name of a post or contract shorter than this could be any letters.
const SHORTEST_NAME: usize = 4;

/// What posts and contracts cost in each project, with what names them, as far as it is not public.
pub(super) fn of(told: &Told<'_>) -> BTreeMap<String, Named> {
    let projects = told.picture.projects.iter();
    let named = |own| posts::of(told, own).and(prices::of(told, own));
    projects.map(|own| (own.project.to_string(), named(own))).collect()
}
