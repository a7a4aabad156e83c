//! Where each field of the form stands in a workbook: by its defined name, else by the words beside and above it.

use std::{cell::OnceCell, collections::BTreeMap};

use super::{
    atlas::{Map, SheetMap},
    grid::{Area, Content, Grid, Tab},
};
use crate::{
    answer::Found,
    form::{Field, Part},
    issue::Landmark,
    place::Cell,
    read::fold,
};

/// Of words of the form the cells that hold them.
type Words<'a> = BTreeMap<&'a str, Vec<Cell>>;

/// The places of a form's fields in one workbook.
pub(super) struct Places<'a> {
    pub(super) grid: &'a Grid,
    pub(super) map: &'a Map,
    /// What the defined names of the form's fields refer to.
    pub(super) named: BTreeMap<&'static str, Area>,
    /// Of each tab the cells that hold words of the form, by the folded words.
    words: Vec<OnceCell<Words<'a>>>,
    /// Of each sheet of the form its tab.
    tabs: BTreeMap<&'static str, OnceCell<Option<usize>>>,
}

impl<'a> Places<'a> {
    pub(super) fn of(grid: &'a Grid, map: &'a Map) -> Places<'a> {
        // Both are in the order of the folded names.
        let mut given = grid.names.iter().peekable();
        let named = map.names.iter().filter_map(|(folded, name)| {
            while given.next_if(|(own, _)| *own < folded).is_some() {}
            given.next_if(|(own, _)| *own == folded).map(|(_, area)| (*name, *area))
        });
        Places {
            grid,
            map,
            named: named.collect(),
            words: grid.tabs.iter().map(|_| OnceCell::new()).collect(),
            tabs: map.sheets.iter().map(|own| (own.sheet.code, OnceCell::new())).collect(),
        }
    }

    /// The cell of a single answer or of a grid.
    pub(super) fn single(&self, field: &Field) -> Option<(usize, Cell, Found)> {
        let sheet = self.map.of_field(field)?;
        if let Some(area) = self.named(field) {
            let here = self.is_beside_its_label(area, sheet.cells.get(field.name)?);
            return here.then_some((area.tab, area.from, Found::ByName));
        }
        let tab = self.tab(sheet)?;
        let cell = match sheet.cells.get(field.name)? {
            Landmark::Beside { label, across, guidance } => {
                let guidance = guidance.as_ref().map(|(words, at)| (&**words, u32::from(*at)));
                self.beside(tab, sheet, label, u32::from(*across), guidance)
            }
            Landmark::Under { label } => {
                let label = self.only(tab, label)?;
                Some(Cell { row: label.row + 1, ..label })
            }
            Landmark::Crossing { label, heading } => self.crossing(tab, label, heading),
        };
        cell.map(|cell| (tab, cell, Found::ByLabel))
    }

    /// Whether a name and the label agree. A label that is gone is no witness; one that stands in another row is: a
    /// program that does not know of names has put rows in, or an answer was dragged to another line.
    fn is_beside_its_label(&self, area: Area, landmark: &Landmark) -> bool {
        let (Landmark::Beside { label, .. } | Landmark::Crossing { label, .. }) = landmark else {
            return true;
        };
        match self.words(area.tab).get(&**label).map(Vec::as_slice) {
            Some([only]) => only.row == area.from.row,
            _ => true,
        }
    }

    /// The cell so many columns right of a label. Where columns were put in between, the heading above the
    /// answers or the guidance beside them tells how many.
    fn beside(
        &self,
        tab: usize,
        sheet: &SheetMap,
        label: &str,
        across: u32,
        guidance: Option<(&str, u32)>,
    ) -> Option<Cell> {
        let label = self.only(tab, label)?;
        let caption = sheet.caption.as_ref();
        let caption = caption.and_then(|(words, at)| Some((self.only(tab, words)?.column, *at)));
        let inserted = match caption {
            Some((column, at)) if at <= across => {
                column.checked_sub(label.column)?.checked_sub(at)?
            }
            _ => 0,
        };
        let at = |column: u32| Cell { row: label.row, column };
        let expected = label.column + across + inserted;
        if caption.is_some_and(|(_, at)| at == across) {
            return Some(at(expected));
        }
        let Some((words, beyond)) = guidance else { return Some(at(expected)) };
        let row: Vec<(u32, String)> = texts(&self.grid.tabs[tab], label.row).collect();
        let Some((guidance, _)) = row.iter().find(|(_, own)| own == words) else {
            return Some(at(expected));
        };
        if *guidance == label.column + beyond + inserted {
            return Some(at(expected));
        }
        let mut filled = (label.column + 1..*guidance)
            .filter(|column| self.grid.tabs[tab].get(at(*column)).is_some());
        match (filled.next(), filled.next()) {
            (None, _) => Some(at(expected)),
            (Some(only), None) => Some(at(only)),
            _ => None,
        }
    }

    /// The cell where the row of a label meets the column of the heading next above it.
    fn crossing(&self, tab: usize, label: &str, heading: &str) -> Option<Cell> {
        let label = self.only(tab, label)?;
        let headings = self.words(tab).get(heading)?;
        let above = headings.iter().filter(|own| own.row < label.row && own.column > label.column);
        let nearest = above.clone().map(|own| own.row).max()?;
        let mut nearest = above.filter(|own| own.row == nearest);
        match (nearest.next(), nearest.next()) {
            (Some(only), None) => Some(Cell { row: label.row, column: only.column }),
            _ => None,
        }
    }

    /// The only cell with these words: of two we do not choose.
    fn only(&self, tab: usize, words: &str) -> Option<Cell> {
        match self.words(tab).get(words).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }

    /// The tab that is a sheet of the form: the one that its names point to, the one of its name, or a sheet under
    /// another name that has most of its words.
    pub(super) fn tab(&self, sheet: &SheetMap) -> Option<usize> {
        *self.tabs.get(sheet.sheet.code)?.get_or_init(|| {
            let fields = sheet.sheet.parts.iter().flat_map(Part::fields);
            let by_name = most_common(fields.filter_map(|field| Some(self.named(field)?.tab)));
            let shown = || self.grid.tabs.iter().enumerate().filter(|(_, tab)| tab.shown);
            let by_tab = || shown().find(|(_, tab)| fold::same(&tab.name, sheet.sheet.name));
            by_name.or_else(|| by_tab().map(|(index, _)| index)).or_else(|| {
                let matches = |tab: usize| {
                    let words = self.words(tab);
                    sheet.words.iter().filter(|own| words.contains_key(&***own)).count()
                };
                let counts: Vec<(usize, usize)> =
                    shown().map(|(index, _)| (matches(index), index)).collect();
                let (most, index) = counts.iter().max().copied()?;
                let alone = counts.iter().filter(|(count, _)| *count == most).count() == 1;
                (alone && most * 2 > sheet.words.len()).then_some(index)
            })
        })
    }

    pub(super) fn words(&self, tab: usize) -> &Words<'a> {
        self.words[tab].get_or_init(|| {
            let (mut words, mut folded) = (Words::new(), String::new());
            for (cell, content) in self.grid.tabs[tab].cells() {
                let Content::Text(text) = content else { continue };
                fold::label_into(text, &mut folded);
                if let Some(own) = self.map.words.get(&folded) {
                    words.entry(own).or_default().push(*cell);
                }
            }
            words
        })
    }

    pub(super) fn named(&self, field: &Field) -> Option<Area> {
        self.named.get(field.name).copied()
    }
}

/// The folded texts of a row by their columns.
pub(super) fn texts(tab: &Tab, row: u32) -> impl Iterator<Item = (u32, String)> {
    tab.row(row).iter().filter_map(|(cell, content)| match content {
        Content::Text(text) => Some((cell.column, fold::label(text))),
        _ => None,
    })
}

/// What comes most often; of equals the first.
pub(super) fn most_common<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    let most = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(item, _)| item)
}

#[cfg(test)]
mod tests;
