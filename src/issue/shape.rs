//! What councils do to a form: the layout disturbed, for the sample and for tests.

use std::collections::BTreeSet;

/// How the layout of a form is disturbed; by default not at all. Sheets go by their code or their tab's name.
/// As in Excel, defined names and formulas follow the cells that move.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    pub(crate) blank_rows: Vec<(String, Option<u32>, u32)>,
    pub(crate) moved_columns: Vec<(String, u16)>,
    pub(crate) renamed: Vec<(String, String)>,
    pub(crate) left_out: Vec<String>,
    pub(crate) unnamed: Unnamed,
}

/// The defined names that are lost.
#[derive(Clone, Debug, Default)]
pub(crate) enum Unnamed {
    #[default]
    None,
    These(BTreeSet<String>),
    All,
}

impl Shape {
    /// Puts so many blank rows in above the answer of this name, in a table above this row from 1.
    pub fn blank_rows(mut self, name: &str, row: Option<u32>, count: u32) -> Shape {
        self.blank_rows.push((name.to_owned(), row, count));
        self
    }

    /// Moves a column of a table to this place from 0 among its columns.
    pub fn move_column(mut self, name: &str, place: u16) -> Shape {
        self.moved_columns.push((name.to_owned(), place));
        self
    }

    /// Gives a sheet another name.
    pub fn rename(mut self, sheet: &str, tab: &str) -> Shape {
        self.renamed.push((sheet.to_owned(), tab.to_owned()));
        self
    }

    /// Leaves a sheet out, as in a part file.
    pub fn leave_out(mut self, sheet: &str) -> Shape {
        self.left_out.push(sheet.to_owned());
        self
    }

    /// Drops the defined name of a field, and keeps its cell.
    pub fn without_name(mut self, name: &str) -> Shape {
        match &mut self.unnamed {
            Unnamed::All => {}
            Unnamed::These(names) => {
                names.insert(name.to_owned());
            }
            Unnamed::None => self.unnamed = Unnamed::These(BTreeSet::from([name.to_owned()])),
        }
        self
    }

    /// Drops all defined names and Excel tables, so that the form has to be read by its labels.
    pub fn without_names(mut self) -> Shape {
        self.unnamed = Unnamed::All;
        self
    }

    pub(crate) fn keeps_name(&self, name: &str) -> bool {
        match &self.unnamed {
            Unnamed::None => true,
            Unnamed::These(names) => !names.contains(name),
            Unnamed::All => false,
        }
    }

    /// Whether tables are still Excel tables.
    pub(crate) fn keeps_tables(&self) -> bool {
        !matches!(self.unnamed, Unnamed::All)
    }
}
