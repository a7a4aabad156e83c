//! Figures added up once more from the cells they name: the tool's own check, before anything is written.
//!
//! Consolidation goes from returns to figures. This goes from each figure back to its cells, with arithmetic of its own:
//! a figure that is not what its cells come to must reach nobody. What a row says beside a cell (a category, a
//! percentage, a date) is read from the row of that cell; what a figure is made of other figures of its set (a share of a
//! total, a test against a baseline) is reckoned from those, which are added up from their own cells in their turn.
//!
//! Not added up again, because no cell says it: `ict.product` and `ict.candidate` are names, `coverage.charts` counts the
//! files in the folder, the agreed shares of a case stand in several briefs; and whatever rests on an estimate of the
//! office, or on a cell that a mapping reads as two answers.

mod appraisal;
mod cells;
mod contracts;
mod counted;
mod harmonisation;
mod posts;
mod sharing;
mod sums;
mod systems;
mod tested;
mod unit_cost;

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use cells::{Cell, Cells};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::{
    figure::{Amount, Figure, Figures},
    intake::Intake,
    number::Exact,
    programme::{Programme, Project, product::Products},
};

/// How many figures of a key have a value, and how many of them were added up again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub given: usize,
    pub again: usize,
}

/// Adds up every figure again that can be, on the day R of all formulas, and gives how many there are of each key.
///
/// # Errors
/// When a figure is not what its cells come to, which is a mistake of ours.
pub fn add_up(
    figures: &Figures,
    intake: &Intake,
    programme: &Programme,
    reference: Date,
) -> Result<BTreeMap<String, Tally>> {
    let of = |project: Option<&Project>| {
        let products = Products::of(programme);
        let scope = Scope { figures, intake, programme, products, project, reference };
        let mut cells = Cells::of(&scope);
        let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
        for figure in
            figures.iter().filter(|own| own.project == project.map(|own| own.code.clone()))
        {
            let Some(value) = &figure.value else { continue };
            let again = scope.is_found(figure, value, &mut cells)?;
            let tally = tallies.entry(&figure.key).or_default();
            tally.given += 1;
            tally.again += usize::from(again);
        }
        Ok(tallies)
    };
    let subjects: Vec<Option<&Project>> = programme.subjects().map(Some).chain([None]).collect();
    let all = subjects.into_par_iter().map(of).collect::<Result<Vec<_>>>()?;
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (key, own) in all.into_iter().flatten() {
        let tally = tallies.entry(String::from(key)).or_default();
        tally.given += own.given;
        tally.again += own.again;
    }
    Ok(tallies)
}

/// The figures of a project, or of no project, and what they are reckoned with.
struct Scope<'a> {
    figures: &'a Figures,
    intake: &'a Intake,
    programme: &'a Programme,
    products: Products,
    project: Option<&'a Project>,
    /// R.
    reference: Date,
}

/// A figure with the cells it names, in their order.
struct Named<'s, 'a> {
    scope: &'s Scope<'a>,
    figure: &'s Figure,
    cells: Vec<Cell<'a>>,
}

/// What a figure comes to.
enum Found {
    Amount(Amount),
    /// Pounds, less no more than this of what partners pay one another.
    Less(Exact, Exact),
}

impl Scope<'_> {
    /// Whether a figure can be added up again and is what its cells come to.
    fn is_found(&self, figure: &Figure, value: &Amount, cells: &mut Cells<'_>) -> Result<bool> {
        if figure.sources.iter().any(|source| source.estimate().is_some()) {
            return Ok(false);
        }
        let Some(cells) = cells.named_by(figure) else { return Ok(false) };
        let Some(found) = (Named { scope: self, figure, cells }).found() else { return Ok(false) };
        let same = match (&found, value) {
            (Found::Amount(found), value) => found == value,
            (Found::Less(found, most), Amount::Number(value)) => {
                let out = found.clone() - value.clone();
                !out.is_negative() && out <= *most
            }
            (Found::Less(..), _) => false,
        };
        if same {
            return Ok(true);
        }
        let found = match found {
            Found::Amount(amount) => amount,
            Found::Less(amount, _) => Amount::Number(amount),
        };
        bail!(
            "{} of project {} ({}, {}) came to {}, but the cells it names add up to {}, which is a mistake in lathe: \
             nothing was written.",
            figure.key,
            figure.project.as_deref().unwrap_or("none"),
            figure.council.as_deref().unwrap_or("all councils"),
            figure.year.as_deref().unwrap_or("no year"),
            shown(value),
            shown(&found),
        )
    }
}

fn shown(amount: &Amount) -> String {
    match amount {
        Amount::Number(number) => number.decimal(2),
        Amount::Date(date) => date.to_string(),
        Amount::YesNo(yes) => yes.to_string(),
        Amount::Text(text) => text.clone(),
    }
}

impl<'s, 'a> Named<'s, 'a> {
    /// What it comes to; `None` where no cell can say.
    fn found(&self) -> Option<Found> {
        let (family, _) = self.figure.key.split_once('.')?;
        let amount = match family {
            "savings" => tested::again(self),
            "appraisal" => appraisal::again(self),
            "apportionment" => sharing::again(self),
            "unit_cost" => unit_cost::again(self),
            "harmonisation" => harmonisation::again(self),
            "staffing" => posts::again(self),
            "contracts" if self.figure.item.is_none() || !self.figure.key.ends_with("lifespan") => {
                contracts::again(self)
            }
            "ict" if self.figure.key.ends_with("lifespan") => counted::again(self),
            "ict" => systems::again(self),
            _ => counted::again(self),
        };
        amount.map(Found::Amount).or_else(|| sums::again(self))
    }

    /// A number of the same project and set of councils, of one council or of all.
    fn other(
        &self,
        key: &str,
        council: Option<&str>,
        is: impl Fn(&Figure) -> bool,
    ) -> Option<&'a Amount> {
        let mut like = self.scope.figures.of(self.figure.project.as_deref(), key).filter(|own| {
            own.scenario == self.figure.scenario && own.council.as_deref() == council
        });
        like.find(|own| is(own))?.value.as_ref()
    }

    fn other_number(
        &self,
        key: &str,
        council: Option<&str>,
        is: impl Fn(&Figure) -> bool,
    ) -> Option<&'a Exact> {
        match self.other(key, council, is)? {
            Amount::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The sum of the numbers in cells that a field is read from, each once.
    fn sum_of(&self, field: &str) -> Exact {
        let own = cells::once(&self.cells).into_iter().filter(|cell| cell.field.name == field);
        own.filter_map(|cell| cell.number()).map(Exact::from).sum()
    }
}
