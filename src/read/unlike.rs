//! Rows that stand in the place of a table's rows and are none: units under the headings, notes below the last row.

use std::{collections::BTreeSet, sync::Arc};

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
        let rows = tab.rows(at.from, at.to).filter_map(|row| {
            let own = row.iter().filter(|(cell, _)| columns.contains(&cell.column));
            let own: Vec<&(Cell, Content)> = own.collect();
            (!own.is_empty()).then_some(own)
        });
        let units = rows.clone().take_while(|row| row.iter().all(|(_, own)| is_unit(own)));
        let units = units.map(|row| row[0].0).collect();
        // One text at the left edge: a row of which nothing more is known, or a note.
        let edge = columns.first();
        let alone = rows.rev().map_while(|row| match *row {
            [(cell, Content::Text(text))] if Some(&cell.column) == edge => Some((*cell, text)),
            _ => None,
        });
        let last: Vec<(Cell, &Arc<str>)> = alone.collect();
        let begin = last.iter().rposition(|(_, text)| is_note(text));
        let notes = begin.map_or(&[][..], |begin| &last[..=begin]);
        let notes = notes.iter().rev().map(|(cell, _)| *cell).collect();
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

fn is_note(text: &str) -> bool {
    let folded = fold::value(text);
    let word = folded.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    // "(1) Without agency staff" is a note; "(1)" may be a reference.
    let numbered = folded.strip_prefix(['(', '[']).is_some_and(|rest| {
        rest.starts_with(|letter: char| letter.is_ascii_digit()) && rest.contains(' ')
    });
    folded.starts_with(MARKS) || NOTES.contains(&word) || numbered
}
