//! Which rows of a foreign sheet are meant, and which columns.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::Reading;
use crate::{
    english,
    mapping::{At, Filter, Range, Rows, is_of},
    place::{Cell, LAST, letters},
    read::{
        fold, grammar,
        grid::{Content, Tab},
    },
};

/// Headings are looked for in so many rows.
const DEEPEST: u32 = 1_000;

/// The rows that are meant, and where their columns stand.
pub(super) struct Meant {
    /// By the folded heading.
    columns: BTreeMap<String, u32>,
    pub(super) rows: Vec<u32>,
    /// Rows that hold anything below the headings.
    pub(super) all: usize,
    /// Rows that `only` or `skip` leave out.
    pub(super) left_out: usize,
}

/// A filter, ready to be used on many rows.
struct Sieve {
    column: u32,
    patterns: Vec<String>,
    ranges: Vec<Range>,
}

impl Meant {
    pub(super) fn column(&self, at: &At) -> Option<u32> {
        match at {
            At::Column(column) => Some(*column),
            At::Heading(heading) => self.columns.get(&fold::label(heading)).copied(),
            At::Beside(..) | At::Cell(_) | At::Always(_) => None,
        }
    }
}

impl Reading<'_> {
    /// Finds columns and rows. `None` where they cannot be told for certain.
    pub(super) fn meant(&mut self, tab: usize, rows: &Rows, wanted: &[&At]) -> Option<Meant> {
        let mut headings: BTreeMap<String, &str> = BTreeMap::new();
        let filters = rows.only.iter().chain(&rows.skip).map(|filter| &*filter.heading);
        let of_columns = wanted.iter().filter_map(|at| match at {
            At::Heading(heading) => Some(&**heading),
            _ => None,
        });
        headings.extend(of_columns.chain(filters).map(|heading| (fold::label(heading), heading)));
        let start = match &rows.title {
            Some(title) => self.only(tab, title)?.row + 1,
            None => 0,
        };
        let (heading_row, columns) = self.headings(tab, start, rows.first, &headings)?;
        let first = rows.first.unwrap_or_else(|| heading_row.map_or(start, |row| row + 1));
        let only = sieves(&rows.only, &columns)?;
        let skip = sieves(&rows.skip, &columns)?;
        let until = rows.until.as_deref().map(fold::label);
        let mut meant = Meant { columns, rows: Vec::new(), all: 0, left_out: 0 };
        let tab = &self.grid.tabs[tab];
        let titles = heading_row.map(|row| words(tab, row)).unwrap_or_default();
        for cells in tab.rows(first, LAST.row) {
            let Some((Cell { row, .. }, _)) = cells.first() else { continue };
            let ends = |until: &String| words(tab, *row).into_values().any(|own| own == *until);
            if until.as_ref().is_some_and(ends) {
                break;
            }
            meant.all += 1;
            // Pages of a print-out have the headings again.
            let is_heading = !titles.is_empty() && words(tab, *row) == titles;
            let passes = |sieve: &Sieve| sieve.passes(tab, *row);
            if is_heading || !only.iter().all(passes) || skip.iter().any(passes) {
                meant.left_out += 1;
            } else {
                meant.rows.push(*row);
            }
        }
        Some(meant)
    }

    /// The row of the headings and their columns: the first row that has them all, else the one that has most.
    fn headings(
        &mut self,
        tab: usize,
        start: u32,
        first: Option<u32>,
        wanted: &BTreeMap<String, &str>,
    ) -> Option<(Option<u32>, BTreeMap<String, u32>)> {
        if wanted.is_empty() {
            return Some((None, BTreeMap::new()));
        }
        let end = first.unwrap_or(start.saturating_add(DEEPEST)).saturating_sub(1);
        let mut best: Option<(usize, u32)> = None;
        for cells in self.grid.tabs[tab].rows(start, end) {
            let Some((Cell { row, .. }, _)) = cells.first() else { continue };
            let here: BTreeSet<String> = words(&self.grid.tabs[tab], *row).into_values().collect();
            let count = wanted.keys().filter(|own| here.contains(*own)).count();
            if count > best.map_or(0, |(most, _)| most) {
                best = Some((count, *row));
            }
            if count == wanted.len() {
                break;
            }
        }
        let Some((_, row)) = best else {
            let names: Vec<String> = wanted.values().map(|own| format!("“{own}”")).collect();
            self.amiss(
                Some(tab),
                &format!("there is no row with the headings {}", english::list(&names)),
            );
            return None;
        };
        let here = words(&self.grid.tabs[tab], row);
        let mut columns = BTreeMap::new();
        for (folded, heading) in wanted {
            let of: Vec<u32> =
                here.iter().filter(|(_, own)| *own == folded).map(|(column, _)| *column).collect();
            match *of {
                [column] => {
                    columns.insert(folded.clone(), column);
                }
                [] => {
                    let others: Vec<String> = self.grid.tabs[tab]
                        .row(row)
                        .iter()
                        .filter(|(_, content)| matches!(content, Content::Text(_)))
                        .map(|(_, content)| format!("“{}”", grammar::shown(content)))
                        .collect();
                    let fault = format!(
                        "there is no heading “{heading}” in row {}, where {} stand",
                        row + 1,
                        english::list(&others)
                    );
                    self.amiss(Some(tab), &fault);
                }
                _ => {
                    let columns: Vec<String> = of.iter().map(|column| letters(*column)).collect();
                    let fault = format!(
                        "the heading “{heading}” stands in row {} more than once, in columns {}; name the column by its letter",
                        row + 1,
                        english::list(&columns)
                    );
                    self.amiss(Some(tab), &fault);
                }
            }
        }
        Some((Some(row), columns))
    }
}

impl Sieve {
    fn passes(&self, tab: &Tab, row: u32) -> bool {
        let content = tab.get(Cell { row, column: self.column });
        let text: Arc<str> = content.map_or_else(|| Arc::from(""), grammar::shown);
        let folded = fold::value(&text);
        self.patterns.iter().any(|pattern| is_of(&folded, pattern))
            || self.ranges.iter().any(|range| range.holds(&text))
    }
}

/// `None` when one of the columns is not there: then no row can be told from another.
fn sieves(filters: &[Filter], columns: &BTreeMap<String, u32>) -> Option<Vec<Sieve>> {
    let sieve = |filter: &Filter| {
        Some(Sieve {
            column: *columns.get(&fold::label(&filter.heading))?,
            patterns: filter.values.iter().map(|value| fold::value(value)).collect(),
            ranges: filter
                .values
                .iter()
                .filter(|value| value.contains('-'))
                .filter_map(|value| Range::parse(value))
                .collect(),
        })
    };
    filters.iter().map(sieve).collect()
}

/// The folded words of a row by column.
fn words(tab: &Tab, row: u32) -> BTreeMap<u32, String> {
    let texts = tab.row(row).iter().filter_map(|(cell, content)| match content {
        Content::Text(text) => Some((cell.column, fold::label(text))),
        _ => None,
    });
    texts.collect()
}
