//! The words by which each answer of a form is found again when its defined name is lost.

use std::collections::BTreeSet;

use super::{
    Issue,
    answers::Answers,
    layout::{Heads, Page, Slot, What},
    look::Look,
};
use crate::{
    form::{Field, Part, Sheet, Table},
    programme::Programme,
};

/// The words of one sheet of a form as it went out.
#[derive(Debug)]
pub(crate) struct Landmarks {
    pub(crate) sheet: &'static Sheet,
    /// Single answers and cells of grids.
    pub(crate) cells: Vec<(&'static Field, Landmark)>,
    pub(crate) tables: Vec<TableMarks>,
    /// The heading above single answers, so many columns right of their labels.
    pub(crate) caption: Option<(String, u16)>,
}

/// Where an answer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Landmark {
    /// So many columns right of its label; the guidance stands further right.
    Beside { label: String, across: u16, guidance: Option<(String, u16)> },
    /// Under its label.
    Under { label: String },
    /// Where the row of a label meets the column of a heading above it.
    Crossing { label: String, heading: String },
}

/// The words of a table.
#[derive(Debug)]
pub(crate) struct TableMarks {
    pub(crate) table: &'static Table,
    /// In the order of the form.
    pub(crate) headings: Vec<(&'static Field, String)>,
    /// Whatever words the form prints below it, by which its end is known.
    pub(crate) below: BTreeSet<String>,
}

impl Issue<'_> {
    /// The words of every sheet that this form has.
    pub(crate) fn landmarks(&self, programme: &Programme) -> Vec<Landmarks> {
        let page = |sheet| {
            let page = super::compose::page(self, programme, &Answers::new(), sheet);
            page.landmarks(sheet)
        };
        self.sheets().map(page).collect()
    }
}

impl Page {
    fn landmarks(&self, sheet: &'static Sheet) -> Landmarks {
        let names = |is: fn(&&Part) -> bool| -> BTreeSet<&'static str> {
            let parts = sheet.parts.iter().filter(is);
            parts.flat_map(Part::fields).map(|field| field.name).collect()
        };
        let tabular = names(|part| matches!(part, Part::Table(_)));
        let in_grid = names(|part| matches!(part, Part::Grid(_)));
        let mut cells = vec![];
        for (at, line) in self.lines.iter().enumerate() {
            for (column, slot) in &line.cells {
                let is_single = |field: &&Field| !tabular.contains(field.name);
                let Some(field) = slot.field().filter(is_single) else { continue };
                let words = |column: u16| line.cells.get(&column).map_or("", Slot::text);
                let above = self.lines[..at].iter().rev().map(|line| line.cells.get(column));
                let landmark = if in_grid.contains(field.name) {
                    let mut headings =
                        above.flatten().filter(|slot| matches!(slot.look, Look::Heading));
                    let heading = headings.next().map_or("", Slot::text);
                    Landmark::Crossing { label: words(0).to_owned(), heading: heading.to_owned() }
                } else if words(0).is_empty() {
                    let label = above.flatten().map(Slot::text).find(|words| !words.is_empty());
                    Landmark::Under { label: label.unwrap_or_default().to_owned() }
                } else {
                    let guidance = line.cells.range(column + 1..);
                    let mut guidance = guidance.filter(|(_, slot)| {
                        matches!(slot.look, Look::Help | Look::HelpAcross)
                            && !slot.text().is_empty()
                    });
                    Landmark::Beside {
                        label: words(0).to_owned(),
                        across: *column,
                        guidance: guidance
                            .next()
                            .map(|(column, slot)| (slot.text().to_owned(), *column)),
                    }
                };
                cells.push((field, landmark));
            }
        }
        let caption = self.lines.iter().find_map(|line| {
            let (column, slot) = line.cells.range(1..).next()?;
            (line.heads == Heads::Questions).then(|| (slot.text().to_owned(), *column))
        });
        let tables = self.tables().into_iter().map(|placed| {
            let below = &self.lines[placed.last as usize + 1..];
            TableMarks {
                table: placed.table,
                headings: placed.columns.iter().map(|own| (*own, own.label.to_owned())).collect(),
                below: below
                    .iter()
                    .filter_map(|line| Some(words_of(line.cells.get(&0)?)))
                    .filter(|words| !words.is_empty())
                    .collect(),
            }
        });
        Landmarks { sheet, cells, tables: tables.collect(), caption }
    }
}

fn words_of(slot: &Slot) -> String {
    match &slot.what {
        What::Heading { field, .. } => field.label.to_owned(),
        _ => slot.text().to_owned(),
    }
}
