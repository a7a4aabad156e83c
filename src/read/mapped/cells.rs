//! Single answers of a workbook in a council's own layout: beside their labels, in named cells, or given.

use super::Reading;
use crate::{
    form::Field,
    mapping::{At, Source},
    place::Cell,
    read::{fold, grid::Content},
};

impl Reading<'_> {
    pub(super) fn cells(&mut self, fields: &[(&'static Field, Source)], tab: Option<usize>) {
        for (field, source) in fields {
            self.sought.insert(field.name);
            let answer = match (&source.at, tab) {
                (At::Always(text), _) => Some(self.constant(field, text, source.line, None)),
                (At::Cell(cell), Some(tab)) => Some(self.answer(field, source, tab, *cell)),
                (At::Beside(label, under), Some(tab)) => self
                    .beside(tab, label, under.as_deref())
                    .map(|cell| self.answer(field, source, tab, cell)),
                _ => None,
            };
            if let Some(answer) = answer {
                self.put(field, answer);
            }
        }
    }

    /// The cell right of a label: under the heading next above it, else the first that holds anything.
    fn beside(&mut self, tab: usize, label: &str, under: Option<&str>) -> Option<Cell> {
        let label = self.only(tab, label)?;
        let Some(under) = under else {
            let row = self.grid.tabs[tab].row(label.row);
            let next = row.iter().map(|(cell, _)| *cell).find(|cell| cell.column > label.column);
            return Some(next.unwrap_or(Cell { column: label.column + 1, ..label }));
        };
        let above = self.with_words(tab, under);
        let above =
            above.into_iter().filter(|own| own.row < label.row && own.column > label.column);
        let above: Vec<Cell> = above.collect();
        let nearest = above.iter().map(|cell| cell.row).max();
        let nearest: Vec<&Cell> = above.iter().filter(|cell| Some(cell.row) == nearest).collect();
        match *nearest {
            [heading] => Some(Cell { row: label.row, column: heading.column }),
            [] => {
                self.amiss(Some(tab), &format!("there is no “{under}” above the row of {label}"));
                None
            }
            _ => {
                self.amiss(
                    Some(tab),
                    &format!("“{under}” stands several times above the row of {label}"),
                );
                None
            }
        }
    }

    /// The only cell with these words: of two we do not choose.
    pub(super) fn only(&mut self, tab: usize, words: &str) -> Option<Cell> {
        let cells = self.with_words(tab, words);
        match *cells {
            [only] => return Some(only),
            [] => self.amiss(Some(tab), &format!("there is no “{words}” on the sheet")),
            _ => {
                let cells: Vec<String> = cells.iter().take(5).map(Cell::to_string).collect();
                let cells = cells.join(", ");
                self.amiss(
                    Some(tab),
                    &format!("“{words}” stands more than once on the sheet ({cells})"),
                );
            }
        }
        None
    }

    fn with_words(&self, tab: usize, words: &str) -> Vec<Cell> {
        let words = fold::label(words);
        let cells = self.grid.tabs[tab].cells();
        let same = |content: &Content| match content {
            Content::Text(text) => fold::label(text) == words,
            _ => false,
        };
        cells.filter(|(_, content)| same(content)).map(|(cell, _)| *cell).collect()
    }
}
