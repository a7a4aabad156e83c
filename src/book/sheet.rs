//! What a sheet holds before it is written: a title, some lines, tables.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::{
    book::style::{Look, Mark},
    english,
    number::Exact,
};

/// A sheet of a workbook.
pub(super) struct Sheet {
    pub(super) name: &'static str,
    /// Stands in A1.
    pub(super) title: String,
    /// Sentences under the title.
    pub(super) lead: Vec<String>,
    pub(super) blocks: Vec<Block>,
    pub(super) page: Page,
}

/// How a sheet prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// One upright page, for a sheet that is taken into a meeting.
    One,
    /// As many pages as it needs, upright.
    Upright,
    /// As many pages as it needs, on their sides.
    Across,
}

pub(super) enum Block {
    Table(Table),
    Chart(Chart),
    Timeline(Timeline),
}

/// A table: an Excel table by name, with one row of headers.
pub(super) struct Table {
    /// The name of the Excel table, its own in the workbook.
    pub(super) name: &'static str,
    /// The heading above it, and its text for those who cannot see it.
    pub(super) title: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    /// Whether its headers have buttons to sort and filter.
    pub(super) filter: bool,
    /// The sentence in its stead when it has no rows.
    pub(super) if_empty: String,
}

pub(super) struct Column {
    pub(super) header: String,
    /// Whether it holds numbers, which stand on the right.
    pub(super) numbers: bool,
    /// The width at which its text breaks into lines, in characters.
    pub(super) widest: usize,
}

pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// Whether it is a total.
    pub(super) strong: bool,
}

#[derive(Clone)]
pub(super) struct Cell {
    pub(super) value: Value,
    pub(super) look: Look,
    pub(super) mark: Mark,
}

#[derive(Clone)]
pub(super) enum Value {
    Text(String),
    Number(Exact),
    /// A formula and its result.
    Formula(Formula, Exact),
    Date(Date),
    /// Text that leads to a row of a table of the same workbook, counted from 0.
    Jump {
        text: String,
        table: &'static str,
        row: usize,
    },
    /// Text that leads to a cell of another workbook: the path from the folder of ours, the sheet, the cell.
    Outside {
        text: String,
        path: String,
        sheet: String,
        cell: String,
    },
}

/// A formula by the columns of its row or the rows of its table, counted from 0.
#[derive(Clone, Debug)]
pub(super) enum Formula {
    Across {
        first: usize,
        last: usize,
    },
    Down {
        plus: Vec<usize>,
        minus: Vec<usize>,
    },
    /// The part of the budgeted posts that is not filled.
    Vacancy {
        budgeted: usize,
        filled: usize,
    },
}

/// Stacked columns from a table of the same sheet: a series for each row named, a column for each council.
pub(super) struct Chart {
    pub(super) title: String,
    pub(super) alt: String,
    pub(super) table: &'static str,
    pub(super) rows: Vec<usize>,
    /// The first and last column of the table that it shows.
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Bars along the years from a table of the same sheet: the first columns of each row name it, one holds the date at
/// which its bar begins, those beside it the days of its parts.
pub(super) struct Timeline {
    pub(super) title: String,
    pub(super) alt: String,
    pub(super) table: &'static str,
    /// How many rows of the table are bars, from the first.
    pub(super) bars: usize,
    /// The column of the dates at which bars begin; the parts follow it.
    pub(super) offset: usize,
    pub(super) parts: usize,
    pub(super) first: Date,
    pub(super) last: Date,
    /// Where a line crosses the bars.
    pub(super) line: Date,
}

impl Column {
    pub(super) fn text(header: impl Into<String>, widest: usize) -> Column {
        Column { header: header.into(), numbers: false, widest }
    }

    pub(super) fn numbers(header: impl Into<String>) -> Column {
        Column { header: header.into(), numbers: true, widest: 22 }
    }
}

impl Row {
    pub(super) fn of(cells: Vec<Cell>) -> Row {
        Row { cells, strong: false }
    }
}

impl Cell {
    fn new(value: Value, look: Look) -> Cell {
        Cell { value, look, mark: Mark::None }
    }

    pub(super) fn text(text: impl Into<String>) -> Cell {
        Cell::new(Value::Text(text.into()), Look::Text)
    }

    /// Words or a code where a number would stand.
    pub(super) fn words(text: impl Into<String>) -> Cell {
        Cell::new(Value::Text(text.into()), Look::Words)
    }

    pub(super) fn number(number: impl Into<Exact>, look: Look) -> Cell {
        Cell::new(Value::Number(number.into()), look)
    }

    pub(super) fn count(number: impl Into<Exact>) -> Cell {
        Cell::number(number, Look::Count)
    }

    pub(super) fn date(date: Date) -> Cell {
        Cell::new(Value::Date(date), Look::Date)
    }

    pub(super) fn jump(text: impl Into<String>, table: &'static str, row: usize) -> Cell {
        Cell::new(Value::Jump { text: text.into(), table, row }, Look::Link)
    }

    pub(super) fn outside(text: String, path: String, sheet: String, cell: String) -> Cell {
        Cell::new(Value::Outside { text, path, sheet, cell }, Look::Link)
    }

    pub(super) fn exact(&self) -> Option<&Exact> {
        match &self.value {
            Value::Number(number) | Value::Formula(_, number) => Some(number),
            _ => None,
        }
    }

    /// Its text, where it may break into lines.
    pub(super) fn wrapped(&self) -> Cow<'_, str> {
        match self.look {
            Look::Text | Look::Words | Look::Link => self.shown(),
            _ => Cow::Borrowed(""),
        }
    }

    /// As it reads on screen, to tell how wide it is.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        match &self.value {
            Value::Text(text) | Value::Jump { text, .. } | Value::Outside { text, .. } => {
                Cow::Borrowed(text)
            }
            Value::Number(number) | Value::Formula(_, number) => {
                let digits = match self.look {
                    Look::Pounds => english::pounds(number),
                    Look::Pence => english::pounds_and_pence(number),
                    Look::Fte | Look::Ratio => english::fte(number),
                    Look::Percent => english::percent(number),
                    _ => english::thousands(&number.rounded(0)),
                };
                Cow::Owned(if self.mark == Mark::Estimate { digits + " [e]" } else { digits })
            }
            Value::Date(_) => Cow::Borrowed("30 Sep 2009"),
        }
    }
}
