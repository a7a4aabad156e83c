//! What a sheet holds before it is written: a title, some lines, tables.

use std::{borrow::Cow, ops::Range};

use jiff::civil::Date;

use crate::{
    book::{
        formula::Formula,
        reckon::Held,
        style::{Look, Mark},
    },
    english,
    number::Exact,
};

/// The most steps by which text is indented.
const DEEPEST: usize = 7;

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
    /// A formula and what it gives, which `reckon` puts in.
    Formula(Box<Formula>, Held),
    Input(Box<Input>),
    Date(Date),
    /// Text that leads to rows of a table of the same workbook, counted from 0.
    Jump {
        text: String,
        table: &'static str,
        rows: Range<usize>,
    },
    /// Text that leads to a cell of another workbook: the path from the folder of ours, the sheet, the cell.
    Outside {
        text: String,
        path: String,
        sheet: String,
        cell: String,
    },
}

/// A value that a person may change to see what follows from it.
#[derive(Clone)]
pub(super) struct Input {
    pub(super) held: Held,
    /// The name by which formulas know it in the workbook.
    pub(super) name: Option<&'static str>,
    /// What may be typed, where it is one of a few; any number that is not negative otherwise.
    pub(super) choices: Vec<String>,
}

/// A picture of numbers that stand in a table of the same sheet.
pub(super) struct Chart {
    pub(super) kind: ChartKind,
    pub(super) title: String,
    /// What it shows, for those who cannot see it.
    pub(super) alt: String,
    pub(super) table: &'static str,
    pub(super) series: Series,
    /// The titles of the axis along the bottom and of the one up the side.
    pub(super) along: String,
    pub(super) up: String,
    /// How the numbers up the side look.
    pub(super) look: Look,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChartKind {
    /// Columns of parts that stand on one another.
    Stacked,
    Line,
}

/// What makes a series of a chart.
pub(super) enum Series {
    /// Each of these rows, over columns from the first to the last, whose headers are the categories.
    Rows { rows: Vec<usize>, first: usize, last: usize },
    /// Each column from the first to the last, over rows from `top` to `bottom`, whose first cells are the categories.
    Columns { first: usize, last: usize, top: usize, bottom: usize },
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

    /// Text so many steps below what it belongs to; what lies deeper still is indented no more.
    pub(super) fn under(depth: usize, text: impl Into<String>) -> Cell {
        let steps = u8::try_from(depth.min(DEEPEST)).unwrap_or_default();
        Cell::new(Value::Text(text.into()), Look::Under(steps))
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
        Cell::jump_to_rows(text, table, row..row + 1)
    }

    /// `rows` are one or more.
    pub(super) fn jump_to_rows(
        text: impl Into<String>,
        table: &'static str,
        rows: Range<usize>,
    ) -> Cell {
        Cell::new(Value::Jump { text: text.into(), table, rows }, Look::Link)
    }

    pub(super) fn outside(text: String, path: String, sheet: String, cell: String) -> Cell {
        Cell::new(Value::Outside { text, path, sheet, cell }, Look::Link)
    }

    /// A formula whose result is not known yet.
    pub(super) fn formula(formula: Formula, look: Look) -> Cell {
        Cell::new(Value::Formula(Box::new(formula), Held::Wrong), look)
    }

    /// A number that may be changed.
    pub(super) fn input(number: impl Into<Exact>, look: Look) -> Cell {
        let input = Input { held: Held::Number(number.into()), name: None, choices: vec![] };
        Cell { mark: Mark::Input, ..Cell::new(Value::Input(Box::new(input)), look) }
    }

    /// The same cell under a name by which formulas know it, if it is one that may be changed.
    pub(super) fn named(mut self, name: &'static str, choices: Vec<String>) -> Cell {
        if let Value::Input(input) = &mut self.value {
            (input.name, input.choices) = (Some(name), choices);
        }
        self
    }

    pub(super) fn is_input(&self) -> bool {
        matches!(self.value, Value::Input(_))
    }

    pub(super) fn exact(&self) -> Option<&Exact> {
        match &self.value {
            Value::Number(number) | Value::Formula(_, Held::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Its text, where it may break into lines.
    pub(super) fn wrapped(&self) -> Cow<'_, str> {
        match self.look {
            Look::Text | Look::Words | Look::Link => self.shown(),
            // A step is as wide as two digits.
            Look::Under(steps) => {
                Cow::Owned(format!("{} {}", "0".repeat(2 * usize::from(steps)), self.shown()))
            }
            _ => Cow::Borrowed(""),
        }
    }

    /// As it reads on screen, to tell how wide it is.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        match &self.value {
            Value::Text(text) | Value::Jump { text, .. } | Value::Outside { text, .. } => {
                Cow::Borrowed(text)
            }
            Value::Number(number) => self.digits(number),
            Value::Formula(_, held) => self.held(held),
            Value::Input(input) => self.held(&input.held),
            Value::Date(_) => Cow::Borrowed("30 Sep 2009"),
        }
    }

    fn held<'a>(&self, held: &'a Held) -> Cow<'a, str> {
        match held {
            Held::Number(number) => self.digits(number),
            Held::Text(text) => Cow::Borrowed(text),
            Held::YesNo(_) | Held::Wrong => Cow::Borrowed("#VALUE!"),
        }
    }

    fn digits(&self, number: &Exact) -> Cow<'static, str> {
        let digits = match self.look {
            Look::Pounds => english::pounds(number),
            Look::Pence => english::pounds_and_pence(number),
            Look::Fte | Look::Ratio => english::fte(number),
            Look::Percent => english::percent(number),
            Look::Years => number.rounded(3),
            Look::Factor => number.rounded(6),
            _ => english::thousands(&number.rounded(0)),
        };
        Cow::Owned(digits + &self.mark.words())
    }
}
