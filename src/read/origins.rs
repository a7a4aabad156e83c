//! The origins of answers of one workbook, each made once however many answers share it.

use std::{
    cell::RefCell,
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

use super::grid::Grid;
use crate::{
    answer::{File, Found, Origin, Spot},
    place::Cell,
};

/// A tab, how the answer was found, and what was typed.
type Told = (usize, Found, Option<Box<str>>);

#[derive(Debug)]
pub(super) struct Origins {
    pub(super) file: Arc<File>,
    /// Of each tab, what is plainly the value.
    plain: Vec<Arc<Origin>>,
    /// Any that is not as above.
    others: RefCell<BTreeMap<Told, Arc<Origin>>>,
}

impl Origins {
    /// `found`: how most answers of the file are.
    pub(super) fn of(grid: &Grid, file: Arc<File>, found: Found) -> Origins {
        let plain = grid.tabs.iter().map(|tab| {
            let (file, sheet) = (Arc::clone(&file), Arc::clone(&tab.name));
            Arc::new(Origin { file, sheet, found, typed: None, also: Box::default() })
        });
        Origins { plain: plain.collect(), file, others: RefCell::default() }
    }

    /// Where something stands that is no single answer.
    pub(super) fn place(&self, tab: usize, cell: Cell) -> Spot {
        Spot { origin: Arc::clone(&self.plain[tab]), cell }
    }

    pub(super) fn spot(
        &self,
        tab: usize,
        cell: Cell,
        found: Found,
        typed: Option<Box<str>>,
    ) -> Spot {
        let plain = &self.plain[tab];
        if typed.is_none() && found == plain.found {
            return self.place(tab, cell);
        }
        let mut others = self.others.borrow_mut();
        let origin = match others.entry((tab, found, typed)) {
            Entry::Occupied(known) => Arc::clone(known.get()),
            Entry::Vacant(new) => {
                let typed = new.key().2.clone();
                let origin = Origin { found, typed, ..(**plain).clone() };
                Arc::clone(new.insert(Arc::new(origin)))
            }
        };
        Spot { origin, cell }
    }
}
