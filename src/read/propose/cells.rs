//! Single answers in a foreign sheet: labels with something beside them, and amounts under a year.

use std::{collections::BTreeSet, sync::Arc};

use super::{Asked, GUESS, Match, Proposed, What, words};
use crate::{
    english,
    form::{Field, Need, Part, council_return::revenue},
    place::{Cell, LAST},
    read::grid::{Content, Tab},
};

/// Sheets of more cells than this are lists of something, not forms.
const MOST: usize = 20_000;

impl Asked<'_> {
    pub(super) fn cells(&self, tab: &Tab) -> Proposed {
        let mut proposed = Proposed {
            sheet: Arc::clone(&tab.name),
            what: What::Nothing,
            sure: vec![],
            guessed: vec![],
            unplaced: vec![],
            missing: vec![],
        };
        if tab.cells().count() > MOST {
            return proposed;
        }
        let mut labels: Vec<(Cell, Arc<str>)> = vec![];
        for row in tab.rows(0, LAST.row) {
            for pair in row.windows(2) {
                let [(cell, Content::Text(text)), _] = pair else { continue };
                labels.push((*cell, Arc::clone(text)));
            }
        }
        let singles: Vec<&'static Field> = self
            .workbook
            .sheets
            .iter()
            .flat_map(|sheet| sheet.parts)
            .filter_map(|part| match part {
                Part::Singles(fields) => Some(*fields),
                _ => None,
            })
            .flatten()
            .copied()
            .filter(|field| self.asks(field))
            .collect();
        // The same label stands on several sheets of the form: then we cannot tell which is meant.
        let single = |field: &&'static Field| {
            singles.iter().filter(|own| words::alike(own.label, field.label) == 100).count() == 1
        };
        let singles: Vec<&'static Field> = singles.iter().copied().filter(single).collect();
        let mut placed: BTreeSet<Cell> = BTreeSet::new();
        for (text, field, likeness) in super::pair(&labels, &singles, words::likeness) {
            let (cell, words) = &labels[text];
            placed.insert(*cell);
            let own = Match {
                name: field.name,
                label: field.label.to_owned(),
                cell: *cell,
                words: Arc::clone(words),
                under: None,
                likeness,
                thousands: false,
                values: None,
            };
            let list = if likeness == 100 { &mut proposed.sure } else { &mut proposed.guessed };
            list.push(own);
        }
        self.budget_lines(tab, &labels, &mut placed, &mut proposed);
        proposed.unplaced = labels.into_iter().filter(|(cell, _)| !placed.contains(cell)).collect();
        if !proposed.sure.is_empty() || !proposed.guessed.is_empty() {
            proposed.what = What::Cells;
            let found = |field: &Field| {
                let mut all = proposed.sure.iter().chain(&proposed.guessed);
                all.any(|own| own.name == field.name)
            };
            let wanted =
                singles.into_iter().filter(|field| field.need == Need::Yes && !found(field));
            proposed.missing = wanted.collect();
        }
        proposed
    }

    /// Lines of a budget by their labels, with amounts under headings that name a year.
    fn budget_lines(
        &self,
        tab: &Tab,
        labels: &[(Cell, Arc<str>)],
        placed: &mut BTreeSet<Cell>,
        proposed: &mut Proposed,
    ) {
        for (label, words) in
            labels.iter().filter(|(cell, _)| !placed.contains(cell)).cloned().collect::<Vec<_>>()
        {
            let rows =
                revenue::LINES.rows.iter().map(|row| (words::alike(&words, row.label), *row));
            let Some((likeness, row)) = rows.max_by_key(|(likeness, _)| *likeness) else {
                continue;
            };
            if likeness < GUESS {
                continue;
            }
            for (cell, content) in tab.row(label.row) {
                let is_amount = matches!(content, Content::Number { .. });
                if cell.column <= label.column || !is_amount {
                    continue;
                }
                let heading = heading(tab, *cell);
                let Some((column, surely)) = heading.as_ref().and_then(|own| self.amounts(own))
                else {
                    continue;
                };
                placed.insert(label);
                let field = revenue::LINES.at(row, column);
                let own = Match {
                    name: field.name,
                    label: english::capital(field.label),
                    cell: label,
                    words: Arc::clone(&words),
                    thousands: heading.as_deref().is_some_and(words::in_thousands),
                    under: heading,
                    likeness: likeness.min(surely),
                    values: None,
                };
                let list =
                    if own.likeness == 100 { &mut proposed.sure } else { &mut proposed.guessed };
                list.push(own);
            }
        }
    }
}

/// The text next above a cell.
fn heading(tab: &Tab, cell: Cell) -> Option<Arc<str>> {
    let above = tab.rows(0, cell.row.checked_sub(1)?).rev().flatten();
    let mut own = above.filter(|(own, _)| own.column == cell.column);
    own.find_map(|(_, content)| match content {
        Content::Text(text) => Some(Arc::clone(text)),
        _ => None,
    })
}
