//! The form, said once: the blank forms, the reader, the dictionary and the checks follow from it.

use std::sync::OnceLock;

pub mod brief;
pub mod council_return;
pub mod dictionary;
mod field;
pub mod profile;

pub use field::{Condition, Field, Group, Kind, List, Need, Options};
use rust_decimal::Decimal;

use crate::english;

/// The three kinds of workbook, in the order of the dictionary.
pub static WORKBOOKS: &[&Workbook] =
    &[&profile::WORKBOOK, &council_return::WORKBOOK, &brief::WORKBOOK];

/// A workbook that councils or leads fill in.
#[derive(Debug)]
pub struct Workbook {
    /// The word for it in the dictionary: `profile`, `return`, `brief`.
    pub word: &'static str,
    /// What its first sheet carries, so that it is known again: `EKJAC-RET`.
    pub form_id: &'static str,
    pub form_version: &'static str,
    pub title: &'static str,
    /// In the order of the tabs. The first carries the identity.
    pub sheets: &'static [&'static Sheet],
}

/// A sheet of a workbook.
#[derive(Debug)]
pub struct Sheet {
    /// The name on the tab.
    pub name: &'static str,
    /// The prefix of its defined names: `COV`.
    pub code: &'static str,
    /// What it asks for, in a sentence or two for who fills it in.
    pub about: &'static str,
    /// Who usually holds the answers.
    pub asks: &'static str,
    pub parts: &'static [Part],
}

/// A part of a sheet, in the order in which it is filled in.
#[derive(Debug)]
pub enum Part {
    Singles(&'static [&'static Field]),
    Grid(&'static Grid),
    Table(&'static Table),
}

/// Questions asked of each of some fixed rows: `REV_EMP_DIR_y0_budget`.
#[derive(Debug)]
pub struct Grid {
    /// The prefix of its defined names: `REV`.
    pub code: &'static str,
    /// What each row is; it heads the labels of the rows.
    pub title: &'static str,
    pub rows: &'static [&'static GridRow],
    pub columns: &'static [&'static GridColumn],
    cells: OnceLock<Vec<Field>>,
}

/// A fixed row of a grid. What it says of answers, help and source holds where the column says nothing.
#[derive(Debug)]
pub struct GridRow {
    pub key: &'static str,
    pub label: &'static str,
    pub help: &'static str,
    pub example: &'static str,
    pub source: &'static str,
    pub options: Options,
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    /// The rows this one adds up and those it takes away, where it is a total.
    pub sum: Option<Sum>,
}

/// What a total row is made of (domain.md D1).
#[derive(Debug)]
pub struct Sum {
    pub plus: &'static [&'static GridRow],
    pub minus: &'static [&'static GridRow],
}

/// A column of a grid: a field whose name and label each row completes.
#[derive(Debug)]
pub struct GridColumn {
    /// The key, the wording after the row's label, and what else the column says for all its rows.
    pub field: Field,
    /// Whether the row's example belongs here.
    pub exemplified: bool,
}

/// A table with a stated number of input rows; more may be inserted.
#[derive(Debug)]
pub struct Table {
    /// The name of the Excel table: `STF_table`.
    pub name: &'static str,
    /// The prefix of its columns' names: `STF`, `P3_saving`.
    pub prefix: &'static str,
    pub title: &'static str,
    pub rows: u32,
    pub columns: &'static [&'static Field],
    /// The column by which a row is known among its like, if there is one.
    pub key: Option<&'static Field>,
}

impl Workbook {
    /// The sheet with this code.
    pub fn sheet(&self, code: &str) -> Option<&'static Sheet> {
        self.sheets.iter().copied().find(|sheet| sheet.code == code)
    }

    /// Every field in the order of the dictionary.
    pub fn fields(&'static self) -> impl Iterator<Item = &'static Field> {
        self.sheets.iter().flat_map(|sheet| sheet.fields())
    }
}

impl Sheet {
    /// Single answers and cells of grids, in the order of the sheet.
    pub fn cells(&'static self) -> impl Iterator<Item = &'static Field> {
        self.parts.iter().filter(|part| !matches!(part, Part::Table(_))).flat_map(Part::fields)
    }

    /// Every field, in the order of the dictionary.
    pub fn fields(&'static self) -> impl Iterator<Item = &'static Field> {
        self.parts.iter().flat_map(Part::fields)
    }

    pub fn tables(&'static self) -> impl Iterator<Item = &'static Table> {
        self.parts.iter().filter_map(|part| match part {
            Part::Table(table) => Some(*table),
            Part::Singles(_) | Part::Grid(_) => None,
        })
    }

    /// The field that ends a sheet with room for anything else worth saying.
    pub fn notes(&'static self) -> Option<&'static Field> {
        self.cells().find(|field| field.name == format!("{}_notes", self.code))
    }
}

impl Part {
    pub fn fields(&'static self) -> impl Iterator<Item = &'static Field> + Clone {
        let (listed, cells): (&[&'static Field], &[Field]) = match self {
            Part::Singles(fields) => (fields, &[]),
            Part::Grid(grid) => (&[], grid.cells()),
            Part::Table(table) => (table.columns, &[]),
        };
        listed.iter().copied().chain(cells)
    }
}

impl Grid {
    pub const fn new(
        code: &'static str,
        title: &'static str,
        rows: &'static [&'static GridRow],
        columns: &'static [&'static GridColumn],
    ) -> Grid {
        Grid { code, title, rows, columns, cells: OnceLock::new() }
    }

    /// Every cell of the grid, row by row.
    pub fn cells(&'static self) -> &'static [Field] {
        self.cells.get_or_init(|| {
            let of = |row: &'static GridRow| {
                self.columns.iter().map(move |column| self.field(row, column))
            };
            self.rows.iter().flat_map(|row| of(row)).collect()
        })
    }

    /// The field where a row and a column of this grid meet.
    ///
    /// # Panics
    /// When the row or the column belongs to another grid, which is a slip in the program.
    pub fn at(&'static self, row: &GridRow, column: &GridColumn) -> &'static Field {
        let across = self.columns.iter().position(|own| own.field == column.field);
        let down = self.rows.iter().position(|own| own.key == row.key);
        match (down, across) {
            (Some(down), Some(across)) => &self.cells()[down * self.columns.len() + across],
            _ => panic!("grid {} has no cell {} {}", self.code, row.key, column.field.name),
        }
    }

    /// The names live as long as the program, like those said in full; they are made once.
    fn field(&self, row: &GridRow, column: &GridColumn) -> Field {
        let own = column.field;
        let or = |said: &'static str, row: &'static str| if said.is_empty() { row } else { said };
        let label = match own.label {
            "" => row.label,
            suffix => Box::leak(format!("{}: {suffix}", row.label).into_boxed_str()),
        };
        Field {
            name: Box::leak(format!("{}_{}_{}", self.code, row.key, own.name).into_boxed_str()),
            label,
            options: if own.kind == Kind::Choice && own.options == Options::None {
                row.options
            } else {
                own.options
            },
            min: if own.kind.is_number() { own.min.or(row.min) } else { own.min },
            max: if own.kind.is_number() { own.max.or(row.max) } else { own.max },
            help: or(own.help, row.help),
            example: if column.exemplified { row.example } else { own.example },
            source: or(own.source, row.source),
            ..own
        }
    }
}

impl GridColumn {
    /// What stands above the column: its part of the label, with a capital.
    pub fn heading(&self) -> String {
        match self.field.label {
            "" => String::from("Answer"),
            label => english::capital(label),
        }
    }
}

impl GridRow {
    pub const fn new(key: &'static str, label: &'static str) -> GridRow {
        GridRow {
            key,
            label,
            help: "",
            example: "",
            source: "",
            options: Options::None,
            min: None,
            max: None,
            sum: None,
        }
    }
}
