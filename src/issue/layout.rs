//! A form as data, before it is painted: which cell stands where.

use std::collections::BTreeMap;

use anyhow::bail;

use super::{Shape, answers::Typed, look::Look};
use crate::{
    form::{Field, Table},
    place,
};

#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) pages: Vec<Page>,
}

/// A sheet of the workbook.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The name on its tab.
    pub(crate) tab: String,
    /// The code of the sheet of the form; "" for the sheets that ask nothing.
    pub(crate) code: &'static str,
    pub(crate) lines: Vec<Line>,
    /// Of the columns, in characters.
    pub(crate) widths: Vec<u32>,
    pub(crate) frozen_columns: u16,
    /// Excel tables that hold no answers: name, and the heading and last line.
    pub(crate) listings: Vec<Listing>,
}

/// A row of a sheet.
#[derive(Debug, Default)]
pub(crate) struct Line {
    pub(crate) cells: BTreeMap<u16, Slot>,
    /// In points; 0 for the usual height.
    pub(crate) height: u32,
    /// Whether the sheet scrolls only below this line.
    pub(crate) freeze: bool,
    /// Whether every printed page repeats it.
    pub(crate) repeat: bool,
    /// What it is to the lines below it.
    pub(crate) heads: Heads,
}

/// What the lines below a line are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Heads {
    #[default]
    Nothing,
    Questions,
    Columns,
}

/// A cell of a form.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) what: What,
    pub(crate) look: Look,
}

#[derive(Debug)]
pub(crate) enum What {
    Words(String),
    /// Words that lead to another sheet, by its code or name.
    Link {
        words: String,
        to: String,
    },
    /// The heading of a table's column.
    Heading {
        table: &'static Table,
        field: &'static Field,
    },
    /// An answer: a single one or a cell of a grid, or that of a row of a table, from 1.
    Entry {
        field: &'static Field,
        table: Option<(&'static Table, u32)>,
        typed: Typed,
    },
    /// What adds up by itself: the names of the cells it adds and of those it takes away.
    /// It is shown as the answers to a field `like` those are, and is one itself if `named`.
    Total {
        like: &'static Field,
        named: bool,
        plus: Vec<&'static str>,
        minus: Vec<&'static str>,
    },
    Nothing,
}

/// An Excel table for reading.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) name: &'static str,
    pub(crate) top: usize,
    pub(crate) columns: Vec<&'static str>,
}

/// Where the answers to a field stand: one cell, or from first to last down a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) column: u16,
}

/// Where an Excel table stands; its heading is in the row `top`.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) table: &'static Table,
    pub(crate) top: u32,
    pub(crate) last: u32,
    pub(crate) left: u16,
    pub(crate) columns: Vec<&'static Field>,
}

impl Layout {
    /// The same form after a council has had it in its hands.
    pub(crate) fn shaped(mut self, shape: &Shape) -> anyhow::Result<Layout> {
        for (name, row, count) in &shape.blank_rows {
            let Some((page, at, _)) = self.find(name, *row) else {
                bail!("no cell {name} to put rows above")
            };
            let blank = (0..*count).map(|_| Line::default());
            self.pages[page].lines.splice(at..at, blank);
        }
        for (name, place) in &shape.moved_columns {
            let Some((page, at, _)) = self.find(name, Some(1)) else {
                bail!("no column {name} to move")
            };
            self.pages[page].move_column(at, name, *place);
        }
        for sheet in &shape.left_out {
            let count = self.pages.len();
            self.pages.retain(|page| !page.is(sheet));
            if self.pages.len() == count {
                bail!("no sheet {sheet} to leave out");
            }
        }
        for (sheet, tab) in &shape.renamed {
            match self.pages.iter_mut().find(|page| page.is(sheet)) {
                Some(page) => page.tab.clone_from(tab),
                None => bail!("no sheet {sheet} to rename"),
            }
        }
        Ok(self)
    }

    /// Page, line and column of an answer.
    fn find(&self, name: &str, row: Option<u32>) -> Option<(usize, usize, u16)> {
        let holds = |slot: &Slot| match &slot.what {
            What::Entry { field, table, .. } => {
                field.name == name && table.map(|(_, row)| row) == row
            }
            What::Total { like, named: true, .. } => like.name == name,
            _ => false,
        };
        self.pages.iter().enumerate().find_map(|(page, sheet)| {
            sheet.lines.iter().enumerate().find_map(|(at, line)| {
                let column = line.cells.iter().find(|(_, slot)| holds(slot))?.0;
                Some((page, at, *column))
            })
        })
    }
}

impl Page {
    /// Whether it is the sheet with this code or name.
    pub(crate) fn is(&self, sheet: &str) -> bool {
        self.tab == sheet || (self.code == sheet && !sheet.is_empty())
    }

    /// Where the answers stand, by defined name.
    pub(crate) fn spans(&self) -> BTreeMap<&'static str, Span> {
        let mut spans: BTreeMap<&'static str, Span> = BTreeMap::new();
        for (row, line) in (0..).zip(&self.lines) {
            for (column, slot) in &line.cells {
                if let Some(field) = slot.field() {
                    let span = Span { first: row, last: row, column: *column };
                    spans.entry(field.name).or_insert(span).last = row;
                }
            }
        }
        spans
    }

    /// The Excel tables in which answers are given, from the top.
    pub(crate) fn tables(&self) -> Vec<Placed> {
        let spans = self.spans();
        let mut tables: Vec<Placed> = vec![];
        for (row, line) in (0..).zip(&self.lines) {
            for (column, slot) in &line.cells {
                let What::Heading { table, field } = &slot.what else { continue };
                match tables.last_mut().filter(|last| std::ptr::eq(last.table, *table)) {
                    Some(placed) => placed.columns.push(field),
                    None => tables.push(Placed {
                        table,
                        top: row,
                        last: spans.get(field.name).map_or(row, |span| span.last),
                        left: *column,
                        columns: vec![field],
                    }),
                }
            }
        }
        tables
    }

    /// Moves a column of the table that has an answer to `name` in line `at` to another place among its columns.
    fn move_column(&mut self, at: usize, name: &str, place: u16) {
        let Some(placed) = self
            .tables()
            .into_iter()
            .find(|placed| (placed.top as usize..=placed.last as usize).contains(&at))
        else {
            return;
        };
        let count = placed.columns.len();
        let Some(from) = placed.columns.iter().position(|field| field.name == name) else { return };
        let to = usize::from(place).min(count - 1);
        for line in &mut self.lines[placed.top as usize..=placed.last as usize] {
            let columns = placed.left..placed.left + count as u16;
            let mut slots: Vec<Option<Slot>> =
                columns.clone().map(|column| line.cells.remove(&column)).collect();
            let moved = slots.remove(from);
            slots.insert(to, moved);
            for (column, slot) in columns.zip(slots) {
                if let Some(slot) = slot {
                    line.cells.insert(column, slot);
                }
            }
        }
    }
}

impl Slot {
    pub(crate) fn words(look: Look, words: impl Into<String>) -> Slot {
        Slot { what: What::Words(words.into()), look }
    }

    /// The words in it; "" for an answer.
    pub(crate) fn text(&self) -> &str {
        match &self.what {
            What::Words(words) | What::Link { words, .. } => words,
            _ => "",
        }
    }

    /// The field as whose answers the cell is shown.
    pub(crate) fn like(&self) -> Option<&'static Field> {
        match &self.what {
            What::Total { like, .. } => Some(like),
            _ => self.field(),
        }
    }

    /// The field that is answered here, or added up.
    pub(crate) fn field(&self) -> Option<&'static Field> {
        match &self.what {
            What::Entry { field, .. } => Some(field),
            What::Total { like, named: true, .. } => Some(like),
            _ => None,
        }
    }
}

impl Span {
    /// As a formula of another sheet names it: `'Service'!$B$5`.
    pub(crate) fn absolute(&self, tab: &str) -> String {
        let column = place::letters(u32::from(self.column));
        let quoted = tab.replace('\'', "''");
        let first = format!("'{quoted}'!${column}${}", self.first + 1);
        if self.first == self.last { first } else { format!("{first}:${column}${}", self.last + 1) }
    }

    /// As a formula of its own sheet names it: `B5:B7`.
    pub(crate) fn within(&self) -> String {
        let column = place::letters(u32::from(self.column));
        let first = format!("{column}{}", self.first + 1);
        if self.first == self.last { first } else { format!("{first}:{column}{}", self.last + 1) }
    }
}
