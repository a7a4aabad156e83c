//! Where the rows of a table stand, however many there are.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    atlas::{SheetMap, TableMap},
    grammar::{self, Choices},
    grid::{Area, Content, Epoch},
    locate::{Places, most_common, texts},
};
use crate::{
    answer::{Found, Held},
    form::{Kind, Table},
    place::Cell,
};

/// Reading of a table goes on below its named rows until so many rows hold nothing.
const BLANK_ROWS: u32 = 20;

/// The heading of a table is looked for so far above its first row: rows may have been inserted between them.
const ABOVE: u32 = 20;

/// A row is one of a table, and none of the form's own lines below it, when so many of its cells are filled.
const FILLED: usize = 3;

/// Rows of a sheet from one to another.
pub(super) struct Span {
    tab: usize,
    from: u32,
    to: u32,
}

impl Span {
    pub(super) fn has(&self, tab: usize, row: u32) -> bool {
        self.tab == tab && (self.from..=self.to).contains(&row)
    }
}

/// Where the rows of a table stand.
pub(super) struct Rows {
    pub(super) tab: usize,
    /// The row at which the table begins in the form.
    pub(super) first: u32,
    /// The rows that may hold answers; some may have been put in above the first.
    pub(super) from: u32,
    pub(super) to: u32,
    /// For each column of the table, where it stands.
    pub(super) columns: Vec<Option<(u32, Found)>>,
}

impl Rows {
    /// All that its rows may cover.
    pub(super) fn span(&self) -> Span {
        Span { tab: self.tab, from: self.from, to: self.to }
    }
}

impl Places<'_> {
    /// The rows of a table.
    pub(super) fn table(&self, table: &'static Table) -> Option<Rows> {
        let (sheet, marks) = self.map.of_table(table)?;
        self.table_by_name(table, marks).or_else(|| self.table_by_headings(table, sheet, marks))
    }

    fn table_by_name(&self, table: &'static Table, marks: &TableMap) -> Option<Rows> {
        let areas: Vec<Option<Area>> =
            table.columns.iter().map(|field| self.named(field)).collect();
        let begins = |area: &Area| (area.tab, area.from.row);
        // A column that was pasted elsewhere by itself is not one of this table any more.
        let start = most_common(areas.iter().flatten().map(begins))?;
        let own: Vec<Option<Area>> =
            areas.into_iter().map(|area| area.filter(|area| begins(area) == start)).collect();
        let (tab, first) = start;
        let last = own.iter().flatten().map(|area| area.to.row).max()?;
        let mut columns: Vec<Option<(u32, Found)>> =
            own.iter().map(|area| area.map(|area| (area.from.column, Found::ByName))).collect();
        let heading = self.heading_above(tab, first, table, marks, &columns);
        match heading {
            Some(heading) => self.fill_in(tab, heading, table, marks, &mut columns),
            // The heading stands among the rows that the names mean: rows were put in, and the names did not follow.
            None if self.heading(tab, marks).is_some_and(|row| row >= first) => return None,
            None => {}
        }
        let to = self.end(tab, last, marks, &columns);
        Some(Rows { tab, first, from: heading.map_or(first, |row| row + 1), to, columns })
    }

    fn table_by_headings(
        &self,
        table: &'static Table,
        sheet: &SheetMap,
        marks: &TableMap,
    ) -> Option<Rows> {
        let tab = self.tab(sheet)?;
        let heading = self.heading(tab, marks)?;
        let mut columns: Vec<Option<(u32, Found)>> = table.columns.iter().map(|_| None).collect();
        self.fill_in(tab, heading, table, marks, &mut columns);
        let first = heading + 1;
        let own = known(&columns);
        let room = (first..first + table.rows).find(|row| self.ends_at(tab, *row, marks, &own));
        let last = room.map_or(heading + table.rows, |end| end - 1);
        let to = self.end(tab, last, marks, &columns);
        Some(Rows { tab, first, from: first, to, columns })
    }

    /// The one row that holds more headings of a table than any other, and at least half of them.
    fn heading(&self, tab: usize, marks: &TableMap) -> Option<u32> {
        let words = self.words(tab);
        let mut rows: BTreeMap<u32, usize> = BTreeMap::new();
        for heading in marks.headings.values() {
            for cell in words.get(&**heading).into_iter().flatten() {
                *rows.entry(cell.row).or_default() += 1;
            }
        }
        let most = rows.values().max().copied()?;
        let mut best = rows.into_iter().filter(|(_, count)| *count == most);
        match (best.next(), best.next()) {
            (Some((row, _)), None) if most * 2 >= marks.headings.len() => Some(row),
            _ => None,
        }
    }

    /// Finds the columns that have no name by their headings, and drops those whose heading is over another.
    fn fill_in(
        &self,
        tab: usize,
        heading: u32,
        table: &'static Table,
        marks: &TableMap,
        columns: &mut [Option<(u32, Found)>],
    ) {
        let row: Vec<(u32, String)> = texts(&self.grid.tabs[tab], heading).collect();
        for (field, column) in table.columns.iter().zip(columns) {
            let Some(words) = marks.headings.get(field.name) else { continue };
            let mut found = row.iter().filter(|(_, own)| own == words);
            match (&column, found.next(), found.next()) {
                (None, Some((only, _)), None) => *column = Some((*only, Found::ByLabel)),
                (Some((named, _)), Some((only, _)), None) if named != only => *column = None,
                _ => {}
            }
        }
    }

    /// The row above the first of a table in which most of its columns have their headings.
    fn heading_above(
        &self,
        tab: usize,
        first: u32,
        table: &'static Table,
        marks: &TableMap,
        columns: &[Option<(u32, Found)>],
    ) -> Option<u32> {
        let expected: Vec<(u32, &String)> = table
            .columns
            .iter()
            .zip(columns)
            .filter_map(|(field, column)| {
                Some((column.as_ref()?.0, marks.headings.get(field.name)?))
            })
            .collect();
        (first.saturating_sub(ABOVE)..first).rev().find(|row| {
            let own: BTreeMap<u32, String> = texts(&self.grid.tabs[tab], *row).collect();
            let same = expected.iter().filter(|(column, words)| own.get(column) == Some(words));
            same.count() * 2 > expected.len()
        })
    }

    /// The last row of a table that has room as far as `last`: people paste more than there is room for.
    fn end(
        &self,
        tab: usize,
        last: u32,
        marks: &TableMap,
        columns: &[Option<(u32, Found)>],
    ) -> u32 {
        let own = known(columns);
        let filled = |row: u32| {
            let cells = self.grid.tabs[tab].row(row).iter();
            cells.filter(|(cell, _)| own.contains(&cell.column)).count()
        };
        // The next table, or a line of the form: unless rows were pasted over it.
        let below = self.named.values().filter(|area| area.tab == tab && area.from.row > last);
        let stop = below
            .filter(|area| area.from.row < area.to.row || filled(area.from.row) < FILLED)
            .map(|area| area.from.row)
            .min();
        let (mut end, mut next) = (last, last + 1);
        while next <= end.saturating_add(BLANK_ROWS)
            && stop.is_none_or(|stop| next < stop)
            && !self.ends_at(tab, next, marks, &own)
        {
            if filled(next) > 0 {
                end = next;
            }
            next += 1;
        }
        end
    }

    /// What stands below a table, where it is not read any more: rows of it, and what may be something else.
    pub(super) fn beyond(
        &self,
        table: &Table,
        tables: &[(&Table, Rows)],
    ) -> (Vec<Cell>, Vec<Cell>) {
        let (mut beyond, mut beside) = (Vec::new(), Vec::new());
        let Some((_, own)) = tables.iter().find(|(other, _)| std::ptr::eq(*other, table)) else {
            return (beyond, beside);
        };
        let others = tables.iter().map(|(_, rows)| rows).filter(|rows| rows.tab == own.tab);
        let next = others.map(|rows| rows.from).filter(|from| *from > own.to).min();
        let columns = known(&own.columns);
        let edge = columns.first().copied().unwrap_or(0);
        let printed = self.map.of_table(table).map(|(sheet, _)| &sheet.words);
        let last = next.map_or(u32::MAX, |next| next.saturating_sub(1));
        let usual = self.usual(own, &columns);
        let rows = self.grid.tabs[own.tab].rows(own.to + 1, last);
        for row in rows {
            let mut filled = row.iter().filter(|(cell, _)| columns.contains(&cell.column));
            let Some((first, _)) = filled.next() else { continue };
            let is_ours = texts(&self.grid.tabs[own.tab], first.row).any(|(column, words)| {
                column <= edge && printed.is_some_and(|printed| printed.contains(&words))
            });
            if !self.is_row(own.tab, first.row, &columns) || is_ours {
                continue;
            }
            let (fits, others) = fitting(table, own, row);
            if fits * 2 >= usual && others * 3 <= fits {
                beyond.push(*first);
            } else {
                beside.push(*first);
            }
        }
        (beyond, beside)
    }

    /// How many cells the rows of a table have filled: half of the rows have more, half less.
    fn usual(&self, rows: &Rows, columns: &BTreeSet<u32>) -> usize {
        let filled = self.grid.tabs[rows.tab].rows(rows.from, rows.to);
        let count = |row: &[(Cell, Content)]| {
            row.iter().filter(|(cell, _)| columns.contains(&cell.column)).count()
        };
        let mut counts: Vec<usize> = filled.map(count).collect();
        counts.sort_unstable();
        counts.get(counts.len() / 2).copied().unwrap_or(0)
    }

    /// Whether a row holds what the form prints below the table, at its left edge. An answer may say the same: it
    /// stands in a row of the table, and the form's own words stand below.
    fn ends_at(&self, tab: usize, row: u32, marks: &TableMap, own: &BTreeSet<u32>) -> bool {
        let edge = own.first().copied().unwrap_or(0);
        texts(&self.grid.tabs[tab], row).any(|(column, words)| {
            let stands_below = |cell: &Cell| cell.row > row && cell.column <= edge;
            column <= edge
                && marks.below.contains(&words)
                && !(self.is_row(tab, row, own)
                    && self.words(tab).get(&*words).is_some_and(|own| own.iter().any(stands_below)))
        })
    }

    /// Whether a row can only be one of the table, by what stands in its columns.
    fn is_row(&self, tab: usize, row: u32, own: &BTreeSet<u32>) -> bool {
        let cells = self.grid.tabs[tab].row(row).iter();
        let filled = cells.filter(|(cell, _)| own.contains(&cell.column));
        filled.clone().count() >= FILLED && filled.clone().any(|(_, content)| is_given(content))
    }
}

/// How many cells of a row hold what their columns ask for, and how many do not.
fn fitting(table: &Table, rows: &Rows, row: &[(Cell, Content)]) -> (usize, usize) {
    let (mut fits, mut others) = (0, 0);
    for (field, column) in table.columns.iter().zip(&rows.columns) {
        let Some((column, _)) = column else { continue };
        let Some((_, content)) = row.iter().find(|(cell, _)| cell.column == *column) else {
            continue;
        };
        let fit = match field.kind {
            kind if kind.is_number() || kind == Kind::Date => {
                let (held, _) = grammar::answer(Some(content), kind, Choices::Any, Epoch::From1900);
                !matches!(held, Held::Unreadable(_))
            }
            _ => matches!(content, Content::Text(_) | Content::YesNo(_)),
        };
        if fit { fits += 1 } else { others += 1 }
    }
    (fits, others)
}

/// The columns of a table that were found.
fn known(columns: &[Option<(u32, Found)>]) -> BTreeSet<u32> {
    columns.iter().flatten().map(|(column, _)| *column).collect()
}

/// Whether it is something that only an answer would be: the form prints words and no numbers below its tables.
fn is_given(content: &Content) -> bool {
    [Kind::Money, Kind::Date].into_iter().any(|kind| {
        let (held, _) = grammar::answer(Some(content), kind, Choices::Any, Epoch::From1900);
        matches!(held, Held::Value(_))
    })
}
