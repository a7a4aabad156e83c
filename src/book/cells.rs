//! The cells behind figures, as rows of the audit trail. What most figures rest on, others rest on too: a council's own
//! figure on a part of the cells of the combined one, a percentage on those of its parts. Each such run of cells stands
//! there once.

use std::{collections::HashMap, ops::Range, sync::Arc};

use crate::{
    figure::{Figure, Source},
    form::council_return::service,
};

/// The rows of the audit trail, and which of them are each figure's.
pub(super) struct Trail<'a> {
    pub(super) rows: Vec<Entry<'a>>,
    /// Of each figure, the rows with its cells, in their order.
    pub(super) of: Vec<Range<usize>>,
}

/// A cell that figures rest on.
pub(super) struct Entry<'a> {
    /// The number of the first figure that rests on it here.
    pub(super) figure: usize,
    pub(super) source: &'a Arc<Source>,
    /// Payments between partners are reported on the sheet Service, and taken out of sums of revenue.
    pub(super) is_elimination: bool,
}

impl<'a> Trail<'a> {
    pub(super) fn of(figures: &[&'a Figure]) -> Trail<'a> {
        let mut trail = Trail { rows: vec![], of: vec![] };
        let mut standing: HashMap<(&str, &str, &str), Vec<usize>> = HashMap::new();
        for (number, figure) in figures.iter().enumerate() {
            let known = figure.sources.first().and_then(|first| standing.get(&spot(first)));
            let known = known.into_iter().flatten().find(|at| trail.holds(**at, figure)).copied();
            let start = known.unwrap_or(trail.rows.len());
            if known.is_none() {
                for source in &figure.sources {
                    standing.entry(spot(source)).or_default().push(trail.rows.len());
                    let is_elimination = is_elimination(figure, source);
                    trail.rows.push(Entry { figure: number, source, is_elimination });
                }
            }
            trail.of.push(start..start + figure.sources.len());
        }
        trail
    }

    /// Whether the cells of a figure stand in the rows from `start`.
    fn holds(&self, start: usize, figure: &Figure) -> bool {
        let Some(rows) = self.rows.get(start..start + figure.sources.len()) else { return false };
        let same = |(row, source): (&Entry<'_>, &Arc<Source>)| {
            row.source == source && row.is_elimination == is_elimination(figure, source)
        };
        rows.iter().zip(&figure.sources).all(same)
    }
}

/// Where a cell is, what differs most first.
fn spot(source: &Source) -> (&str, &str, &str) {
    (&source.cell, &source.sheet, &source.file)
}

fn is_elimination(figure: &Figure, source: &Source) -> bool {
    figure.key.starts_with("revenue.") && &*source.sheet == service::SHEET.name
}
