//! A mapping proposed for a file, by the likeness of its words to the form's. What is not sure is said to be a guess.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    fold, grammar,
    grid::{Content, Grid, Tab},
};
use crate::{
    form::{Field, Group, Sheet, Table, Workbook, council_return},
    intake::Why,
    place::Cell,
    programme::{Council, Programme, Project},
};

mod cells;
mod ledger;
mod table;
mod words;
mod write;

/// Words this much alike are worth a guess, in per cent.
const GUESS: u32 = 60;

/// What a file seems to hold of the form.
#[derive(Debug, Default)]
pub struct Proposal {
    pub parts: Vec<Proposed>,
    /// The mapping as a file, with what is not sure as notes in it.
    pub toml: String,
}

/// What one sheet of the file seems to hold.
#[derive(Debug)]
pub struct Proposed {
    /// The sheet as its tab names it.
    pub sheet: Arc<str>,
    pub what: What,
    pub sure: Vec<Match>,
    pub guessed: Vec<Match>,
    /// Words of the file for which we found no place.
    pub unplaced: Vec<(Cell, Arc<str>)>,
    /// What the form wants and we found nothing for.
    pub missing: Vec<&'static Field>,
}

#[derive(Clone, Debug)]
pub enum What {
    Table(&'static Sheet, &'static Table),
    /// The heading over the codes, and the codes with their rows and first descriptions.
    Ledger {
        code: Arc<str>,
        codes: BTreeMap<String, (usize, Arc<str>)>,
    },
    Cells,
    /// Nothing that we know.
    Nothing,
}

/// Words of the file and a field of the form.
#[derive(Clone, Debug)]
pub struct Match {
    /// The name a mapping has for it: a field's, or the key of a column of amounts.
    pub name: &'static str,
    /// The form's words for it.
    pub label: String,
    pub cell: Cell,
    pub words: Arc<str>,
    /// The heading above, where the words are a label beside.
    pub under: Option<Arc<str>>,
    /// In per cent; 100 is sure.
    pub likeness: u32,
    pub thousands: bool,
    /// Words of the column that the form does not have, and those it has.
    pub values: Option<(Vec<Arc<str>>, Vec<String>)>,
}

/// Proposes a mapping for a file of this name.
///
/// # Errors
/// Why it cannot be opened, as half a sentence.
pub fn propose(
    name: &str,
    bytes: &[u8],
    programme: &Programme,
    council: Option<&Council>,
    project: Option<&Project>,
) -> Result<Proposal, String> {
    let grid = super::grid(name, bytes, true, &programme.limits).map_err(|why| match why {
        Why::Unopened(reason) | Why::PassedOver(reason) => reason,
        _ => "it is neither a workbook nor a text with columns".to_owned(),
    })?;
    let asked = Asked { programme, project, workbook: &council_return::WORKBOOK };
    let shown = grid.tabs.iter().filter(|tab| tab.shown);
    let mut parts: Vec<Proposed> = shown.map(|tab| asked.tab(tab)).collect();
    once(&mut parts);
    let toml = write::toml(name, &grid, &parts, council, project);
    Ok(Proposal { parts, toml })
}

/// A field for which there are several places is a guess in each: a mapping fills it from one.
fn once(parts: &mut [Proposed]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let of_cells = |part: &&mut Proposed| matches!(part.what, What::Cells);
    for own in parts.iter_mut().filter(of_cells).flat_map(|part| &part.sure) {
        *counts.entry(own.name).or_default() += 1;
    }
    for part in parts.iter_mut().filter(of_cells) {
        let repeated = part.sure.extract_if(.., |own| counts[own.name] > 1);
        part.guessed.extend(repeated);
    }
}

/// What the form asks.
struct Asked<'a> {
    programme: &'a Programme,
    project: Option<&'a Project>,
    workbook: &'static Workbook,
}

impl Asked<'_> {
    fn tab(&self, tab: &Tab) -> Proposed {
        let table = self.table(tab);
        if let Some(ledger) = self.ledger(tab)
            && table.as_ref().is_none_or(|table| table.sure.len() < 4)
        {
            return ledger;
        }
        table.unwrap_or_else(|| self.cells(tab))
    }

    fn asks(&self, field: &Field) -> bool {
        let group = field.group;
        field.is_input() && self.project.map_or(group == Group::Core, |own| own.asks(group))
    }
}

/// Pairs words with fields, the likest first, each once. What is as like to two fields goes with neither.
fn pair(
    texts: &[(Cell, Arc<str>)],
    fields: &[&'static Field],
    like: impl Fn(&str, &'static Field) -> u32,
) -> Vec<(usize, &'static Field, u32)> {
    let mut weighed: Vec<(u32, usize, usize)> = vec![];
    for (text, (_, words)) in texts.iter().enumerate() {
        for (field, own) in fields.iter().enumerate() {
            let likeness = like(words, own);
            if likeness >= GUESS {
                weighed.push((likeness, text, field));
            }
        }
    }
    weighed.sort_by_key(|(likeness, text, field)| (std::cmp::Reverse(*likeness), *text, *field));
    let mut pairs: Vec<(usize, &'static Field, u32)> = vec![];
    let mut done: Vec<(Option<usize>, Option<usize>)> = vec![];
    for (likeness, text, field) in &weighed {
        let taken = done.iter().any(|(own, other)| *own == Some(*text) || *other == Some(*field));
        if taken {
            continue;
        }
        let rivals = weighed.iter().filter(|(other, own, at)| {
            other == likeness
                && (own == text) != (at == field)
                && !done
                    .iter()
                    .any(|(own_text, own_field)| *own_text == Some(*own) || *own_field == Some(*at))
        });
        if rivals.count() > 0 {
            done.push((Some(*text), None));
            continue;
        }
        done.push((Some(*text), Some(*field)));
        pairs.push((*text, fields[*field], *likeness));
    }
    pairs.sort_by_key(|(text, ..)| *text);
    pairs
}

/// The texts of a row.
fn texts(tab: &Tab, row: u32) -> Vec<(Cell, Arc<str>)> {
    let texts = tab.row(row).iter().filter_map(|(cell, content)| match content {
        Content::Text(text) => Some((*cell, Arc::clone(text))),
        _ => None,
    });
    texts.collect()
}

/// What stands below a cell, at most so many of it.
fn below(tab: &Tab, heading: Cell, most: usize) -> Vec<Arc<str>> {
    let cells = tab.rows(heading.row + 1, crate::place::LAST.row).flatten();
    let own = cells.filter(|(cell, _)| cell.column == heading.column);
    own.take(most).map(|(_, content)| grammar::shown(content)).collect()
}

fn same(one: &str, other: &str) -> bool {
    fold::same(one, other)
}
