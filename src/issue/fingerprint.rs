//! By what a form is known that nobody has written in: all that stands in its cells as it goes out.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::{
    answers::Typed,
    layout::{Layout, Slot, What},
};
use crate::place::Cell;

/// The custom document property that holds the fingerprint of a form as it was issued.
pub const AS_ISSUED: &str = "lathe.as_issued";

/// What stands for a formula, with what it shows behind it.
pub(crate) const FORMULA: &str = "=";

/// The SHA-256, in hexadecimal, over cells that are not empty: sheet, cell and text. Neither the order of the cells nor
/// the blanks in a text make a difference, for a program that saves the form may change them.
pub(crate) fn fingerprint(cells: impl IntoIterator<Item = (String, Cell, String)>) -> String {
    let line = |(sheet, cell, text): (String, Cell, String)| {
        let words: Vec<&str> = text.split_whitespace().collect();
        (!words.is_empty()).then(|| format!("{sheet}\t{cell}\t{}\n", words.join(" ")))
    };
    let lines: BTreeSet<String> = cells.into_iter().filter_map(line).collect();
    let mut hash = Sha256::new();
    lines.iter().for_each(|line| hash.update(line));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Layout {
    pub(crate) fn fingerprint(&self) -> String {
        let cells = self.pages.iter().flat_map(|page| {
            (0..).zip(&page.lines).flat_map(move |(row, line)| {
                line.cells.iter().map(move |(column, slot)| {
                    let cell = Cell { row, column: u32::from(*column) };
                    (page.tab.clone(), cell, shown(slot))
                })
            })
        });
        fingerprint(cells)
    }
}

fn shown(slot: &Slot) -> String {
    match &slot.what {
        What::Words(words) | What::Link { words, .. } => words.clone(),
        What::Heading { field, .. } => field.label.to_owned(),
        What::Entry { typed: Typed::Number(number), .. } => number.normalize().to_string(),
        What::Entry { typed: Typed::Date(date), .. } => date.to_string(),
        What::Entry { typed: Typed::Text(text), .. } => text.clone(),
        What::Total { .. } => String::from(FORMULA),
        What::Entry { typed: Typed::Nothing, .. } | What::Nothing => String::new(),
    }
}
