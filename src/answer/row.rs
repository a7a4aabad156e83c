//! A row of a table.

use super::{Answer, NONE, Spot, Value};
use crate::{
    form::{Field, Table},
    place::Place,
};

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// In the order of the table's columns, as far as the last that was found: a project is not asked all of them.
    answers: Vec<Answer>,
    /// Set by a rule that refuses the line.
    pub refused: Option<Box<Refusal>>,
    pub table: &'static Table,
    /// Where the row stands.
    pub spot: Spot,
}

/// A rule that keeps a row from being used, and the cell it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: &'static str,
    pub place: Place,
}

impl Row {
    /// `answers` in the order of the table's columns.
    pub fn new(table: &'static Table, spot: Spot, mut answers: Vec<Answer>) -> Row {
        let found = answers.iter().rposition(|answer| *answer != Answer::NONE);
        answers.truncate(found.map_or(0, |last| last + 1));
        answers.shrink_to_fit();
        Row { answers, refused: None, table, spot }
    }

    /// # Panics
    /// When the table has no such column, which is a slip in the program.
    pub fn get(&self, column: &Field) -> &Answer {
        self.at(self.index(column))
    }

    /// # Panics
    /// As [`Row::get`].
    pub fn get_mut(&mut self, column: &Field) -> &mut Answer {
        let index = self.index(column);
        if index >= self.answers.len() {
            self.answers.resize(index + 1, Answer::NONE);
        }
        &mut self.answers[index]
    }

    /// The answer in the column of the table with this number.
    pub fn at(&self, column: usize) -> &Answer {
        self.answers.get(column).unwrap_or(&NONE)
    }

    pub fn answers(&self) -> impl Iterator<Item = (&'static Field, &Answer)> {
        let columns = self.table.columns.iter().copied();
        columns.enumerate().map(|(index, field)| (field, self.at(index)))
    }

    /// The answers that were found.
    pub fn found(&self) -> impl DoubleEndedIterator<Item = &Answer> {
        self.answers.iter()
    }

    pub fn found_mut(&mut self) -> impl Iterator<Item = &mut Answer> {
        self.answers.iter_mut()
    }

    pub fn into_answers(self) -> impl Iterator<Item = (&'static Field, Answer)> {
        self.table.columns.iter().copied().zip(self.answers)
    }

    fn index(&self, column: &Field) -> usize {
        match self.table.columns.iter().position(|own| *own == column) {
            Some(index) => index,
            None => panic!("table {} has no column {}", self.table.name, column.name),
        }
    }

    /// The row as Excel numbers it.
    pub fn number(&self) -> u32 {
        self.spot.cell.row + 1
    }

    /// What an answer holds where it may be used, as text; "" where it holds nothing or may not be used.
    pub fn used_text(&self, column: &Field) -> String {
        self.get(column).value().map(Value::to_string).unwrap_or_default()
    }

    /// What names the row among its like; "" where it has none.
    pub fn key(&self) -> &str {
        self.table.key.and_then(|key| self.get(key).text()).unwrap_or("")
    }
}
