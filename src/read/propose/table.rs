//! Tables of the form in a foreign sheet: the row whose words are most like a table's headings.

use std::sync::Arc;

use super::{Asked, Match, Proposed, What, below, pair, same, texts, words};
use crate::{
    form::{Field, Kind, Need, Options, Sheet, Table},
    place::Cell,
    read::grid::Tab,
};

/// Headings stand in the first rows of a sheet.
const DEEPEST: u32 = 100;

/// So many columns make a table.
const LEAST: usize = 3;

/// So many of a column's words are looked at.
const SAMPLE: usize = 2_000;

impl Asked<'_> {
    pub(super) fn table(&self, tab: &Tab) -> Option<Proposed> {
        let mut best: Option<(u32, u32, &'static Sheet, &'static Table)> = None;
        for row in 0..DEEPEST {
            let texts = texts(tab, row);
            if texts.len() < LEAST {
                continue;
            }
            for sheet in self.workbook.sheets {
                for table in sheet.tables() {
                    let pairs = pair(&texts, &self.columns(table), words::likeness);
                    let score: u32 = pairs.iter().map(|(.., likeness)| likeness).sum();
                    if pairs.len() >= LEAST && best.as_ref().is_none_or(|(most, ..)| score > *most)
                    {
                        best = Some((score, row, sheet, table));
                    }
                }
            }
        }
        let (_, row, sheet, table) = best?;
        let texts = texts(tab, row);
        let columns = self.columns(table);
        let pairs = pair(&texts, &columns, words::likeness);
        let matches = pairs.iter().map(|(text, field, likeness)| {
            let (cell, words) = &texts[*text];
            self.matched(tab, *cell, words, field, *likeness)
        });
        let (sure, guessed) = matches.partition(|own: &Match| own.likeness == 100);
        let unplaced =
            texts.iter().enumerate().filter(|(at, _)| !pairs.iter().any(|(own, ..)| own == at));
        let missing = columns.into_iter().filter(|field| {
            field.need != Need::No && !pairs.iter().any(|(_, own, _)| own == field)
        });
        Some(Proposed {
            sheet: Arc::clone(&tab.name),
            what: What::Table(sheet, table),
            sure,
            guessed,
            unplaced: unplaced.map(|(_, text)| text.clone()).collect(),
            missing: missing.collect(),
        })
    }

    fn columns(&self, table: &'static Table) -> Vec<&'static Field> {
        table.columns.iter().copied().filter(|field| self.asks(field)).collect()
    }

    fn matched(
        &self,
        tab: &Tab,
        cell: Cell,
        words: &Arc<str>,
        field: &'static Field,
        likeness: u32,
    ) -> Match {
        Match {
            name: field.name,
            label: field.label.to_owned(),
            cell,
            words: Arc::clone(words),
            under: None,
            likeness,
            thousands: field.kind == Kind::Money && words::in_thousands(words),
            values: self.values(tab, cell, field),
        }
    }

    /// Words of the column that are none of the form's list, with the list.
    fn values(
        &self,
        tab: &Tab,
        heading: Cell,
        field: &Field,
    ) -> Option<(Vec<Arc<str>>, Vec<String>)> {
        let options: Vec<String> = match (field.options, field.kind) {
            (Options::Listed(options), _) => options.iter().map(|own| (*own).to_owned()).collect(),
            (Options::Of(list), _) => self.programme.list(list, self.project),
            (Options::None, Kind::Yn) => vec!["Yes".into(), "No".into()],
            (Options::None, Kind::Ynu) => vec!["Yes".into(), "No".into(), "Not known".into()],
            _ => return None,
        };
        let mut others: Vec<Arc<str>> = vec![];
        for value in below(tab, heading, SAMPLE) {
            let known = options.iter().any(|own| same(own, &value));
            if !known && !others.iter().any(|own| same(own, &value)) && others.len() < 12 {
                others.push(value);
            }
        }
        (!others.is_empty() && !options.is_empty()).then_some((others, options))
    }
}
