//! Rows that stand in the place of a table's rows and are none: units under the headings, notes below the last row.

use std::collections::BTreeSet;

use super::{
    fold,
    grid::{Content, Tab},
    rows::Rows,
};
use crate::place::Cell;

/// What people write under a heading to say what is counted.
const UNITS: [&str; 26] = [
    "£",
    "£pa",
    "£ pa",
    "£ p.a",
    "£ a year",
    "£ per year",
    "£ per annum",
    "£000",
    "£000s",
    "£'000",
    "£k",
    "pounds",
    "%",
    "per cent",
    "fte",
    "wte",
    "no",
    "nos",
    "number",
    "hours",
    "days",
    "months",
    "years",
    "date",
    "dd/mm/yyyy",
    "text",
];

/// Words with which notes begin.
const NOTES: [&str; 5] = ["note", "notes", "nb", "source", "sources"];

const MARKS: [char; 6] = ['*', '†', '‡', '¹', '²', '³'];

/// The first cells of such rows.
#[derive(Debug, Default)]
pub(super) struct Unlike {
    pub(super) units: Vec<Cell>,
    pub(super) notes: Vec<Cell>,
}

impl Unlike {
    pub(super) fn of(tab: &Tab, at: &Rows) -> Unlike {
        let columns: BTreeSet<u32> = at.columns.iter().flatten().map(|own| own.0).collect();
        let rows: Vec<Vec<&(Cell, Content)>> = tab
            .rows(at.from, at.to)
            .chunk_by(|(a, _), (b, _)| a.row == b.row)
            .map(|row| row.iter().filter(|(cell, _)| columns.contains(&cell.column)).collect())
            .filter(|row: &Vec<&(Cell, Content)>| !row.is_empty())
            .collect();
        let first = |row: &Vec<&(Cell, Content)>| row[0].0;
        let units = rows.iter().take_while(|row| row.iter().all(|(_, own)| is_unit(own)));
        let units: Vec<Cell> = units.map(first).collect();
        // One text at the left edge: a row of which nothing more is known, or a note.
        let edge = columns.first();
        let is_alone = |row: &&Vec<&(Cell, Content)>| {
            row.len() == 1 && Some(&row[0].0.column) == edge && matches!(row[0].1, Content::Text(_))
        };
        let last: Vec<&Vec<&(Cell, Content)>> = rows.iter().rev().take_while(is_alone).collect();
        let begin = last.iter().rposition(|row| is_note(&row[0].1));
        let notes = begin.map_or(&[][..], |begin| &last[..=begin]);
        let notes = notes.iter().rev().map(|row| first(row)).collect();
        Unlike { units, notes }
    }

    pub(super) fn holds(&self, row: u32) -> bool {
        self.units.iter().chain(&self.notes).any(|cell| cell.row == row)
    }
}

fn is_unit(content: &Content) -> bool {
    let Content::Text(text) = content else { return false };
    let text = fold::value(text);
    let bare = text.trim_matches(['(', ')', '[', ']', '.', ' ']);
    UNITS.contains(&bare)
}

fn is_note(content: &Content) -> bool {
    let Content::Text(text) = content else { return false };
    let folded = fold::value(text);
    let word = folded.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    // "(1) Without agency staff" is a note; "(1)" may be a reference.
    let numbered = folded.strip_prefix(['(', '[']).is_some_and(|rest| {
        rest.starts_with(|letter: char| letter.is_ascii_digit()) && rest.contains(' ')
    });
    folded.starts_with(MARKS) || NOTES.contains(&word) || numbered
}
