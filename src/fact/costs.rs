//! What an option costs once, as far as it may be shown: some of it is exempt line by line.

use super::exempt::is_exempt_category;
use crate::{
    number::Exact,
    picture::{Oneoff, Proposal},
};

/// Categories that often cost more than thought, and are shown by themselves where that may be (domain.md D10).
const DEARER: [&str; 2] = ["ICT", "Accommodation"];

/// The category of a line that holds several.
pub const SEVERAL: &str = "Several";

impl Proposal {
    /// Whether some of its costs may only be shown in a sum.
    pub fn has_exempt_costs(&self) -> bool {
        self.oneoffs.iter().any(|line| is_exempt_category(&line.category))
    }

    /// Whether each category that may be dearer stands by itself among the lines shown.
    pub fn tells_apart(&self) -> bool {
        !self.has_exempt_costs() || self.hides()
    }

    /// Whether it has other costs that hide what is exempt.
    fn hides(&self) -> bool {
        let mut others = self.oneoffs.iter().filter(|line| !stands_alone(line));
        others.any(|line| !is_exempt_category(&line.category))
    }

    /// The lines as they may be shown: what is exempt together with all else save what may be dearer, or with that
    /// too where nothing else would hide it.
    pub fn costs_shown(&self) -> Vec<Oneoff> {
        if !self.has_exempt_costs() {
            return self.oneoffs.clone();
        }
        let apart = |line: &&Oneoff| self.hides() && stands_alone(line);
        let (mut shown, rest): (Vec<&Oneoff>, Vec<&Oneoff>) = self.oneoffs.iter().partition(apart);
        let sums: Vec<Oneoff> = (0..3).filter_map(|year| together(&rest, year)).collect();
        shown.extend(&sums);
        shown.into_iter().cloned().collect()
    }
}

fn stands_alone(line: &Oneoff) -> bool {
    DEARER.contains(&&*line.category)
}

/// What several lines cost in one year, as one line whose cost at worst is the sum of theirs.
fn together(lines: &[&Oneoff], year: usize) -> Option<Oneoff> {
    let likely: Exact = lines.iter().map(|line| line.years[year].clone()).sum();
    let worst: Exact = lines.iter().map(|line| line.years[year].clone() * line.high.clone()).sum();
    let high = worst.over(&likely)?;
    let mut years = [const { None }; 3];
    years[year] = Some(likely);
    Some(Oneoff {
        category: String::from(SEVERAL),
        description: String::from("All else, with what is exempt"),
        years: years.map(|year| year.unwrap_or_else(Exact::zero)),
        high,
    })
}
