//! Where each field of the form stands in a workbook: by its defined name.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Area, Grid};
use crate::{
    answer::Found,
    form::{Field, Table, Workbook},
    place::Cell,
    read::fold,
};

/// Reading of a table goes on below its named rows until so many rows hold nothing.
const BLANK_ROWS: u32 = 20;

/// The places of a form's fields in one workbook.
pub(super) struct Places<'a> {
    grid: &'a Grid,
    workbook: &'static Workbook,
}

/// Where the rows of a table stand.
pub(super) struct Rows {
    pub(super) tab: usize,
    /// The first row of the form, and all that may hold answers.
    pub(super) rows: Vec<u32>,
    /// For each column of the table, where it stands.
    pub(super) columns: Vec<Option<(u32, Found)>>,
}

impl<'a> Places<'a> {
    pub(super) fn of(grid: &'a Grid, workbook: &'static Workbook) -> Places<'a> {
        Places { grid, workbook }
    }

    /// The cell of a single answer or of a grid.
    pub(super) fn single(&self, field: &Field) -> Option<(usize, Cell, Found)> {
        self.named(field).map(|area| (area.tab, area.from, Found::ByName))
    }

    /// The rows of a table.
    pub(super) fn table(&self, table: &'static Table) -> Option<Rows> {
        let areas: Vec<Option<Area>> =
            table.columns.iter().map(|field| self.named(field)).collect();
        let known: Vec<Area> = areas.iter().flatten().copied().collect();
        let first = most_common(known.iter().map(|area| (area.tab, area.from.row)))?;
        let columns = areas.iter().map(|area| {
            area.filter(|area| (area.tab, area.from.row) == first)
                .map(|area| (area.from.column, Found::ByName))
        });
        let columns: Vec<Option<(u32, Found)>> = columns.collect();
        let last = known.iter().filter(|area| (area.tab, area.from.row) == first);
        let last = last.map(|area| area.to.row).max()?;
        let (tab, first) = first;
        let end = self.end(tab, last, &columns, table);
        Some(Rows { tab, rows: (first..=end).collect(), columns })
    }

    /// The last row of a table whose named rows end at `last`: people paste more than there is room for.
    fn end(&self, tab: usize, last: u32, columns: &[Option<(u32, Found)>], table: &Table) -> u32 {
        let own: BTreeSet<u32> = columns.iter().flatten().map(|(column, _)| *column).collect();
        let others = self.workbook.fields().filter(|field| !table.columns.contains(field));
        let stop = others
            .filter_map(|field| self.named(field))
            .filter(|area| area.tab == tab && area.from.row > last)
            .map(|area| area.from.row)
            .min();
        let (mut end, mut next) = (last, last + 1);
        while next <= end + BLANK_ROWS && stop.is_none_or(|stop| next < stop) {
            let row = self.grid.tabs[tab].row(next);
            if row.iter().any(|(cell, _)| own.contains(&cell.column)) {
                end = next;
            }
            next += 1;
        }
        end
    }

    fn named(&self, field: &Field) -> Option<Area> {
        self.grid.names.get(&fold::value(field.name)).copied()
    }
}

/// What comes most often; of equals the first.
fn most_common<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    let most = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(item, _)| item)
}
