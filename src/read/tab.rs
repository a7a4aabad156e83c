//! A sheet as the cells that are filled on it, held in blocks of rows that are let go once they are read.

use std::{collections::BTreeSet, sync::Arc};

use super::grid::{Content, Facts};
use crate::place::Cell;

/// So many cells are held together. A block that is let go leaves room for whatever is made of its rows; a row by
/// itself would leave a gap too small for that.
const BLOCK: usize = 4096;

type Filled = (Cell, Content);

/// A sheet. Empty cells are not kept.
#[derive(Debug)]
pub(super) struct Tab {
    pub(super) name: Arc<str>,
    /// Whether who opens the workbook sees it.
    pub(super) shown: bool,
    /// The filled cells row by row.
    blocks: Vec<Block>,
    rows: Vec<Place>,
    /// `None` where the file format tells nothing of them.
    pub(super) facts: Option<Facts>,
}

/// Whole rows.
#[derive(Debug)]
struct Block {
    cells: Vec<Filled>,
    /// How many of its rows were not let go.
    rows: usize,
}

/// Where a row is held. Of one that was let go nothing.
#[derive(Clone, Copy, Debug)]
struct Place {
    row: u32,
    block: u32,
    from: u32,
    to: u32,
}

/// The cells of a sheet as they are read.
#[derive(Debug, Default)]
pub(super) struct Cells {
    blocks: Vec<Vec<Filled>>,
    count: usize,
    /// How many cells the last row has so far.
    of_row: usize,
    is_unsorted: bool,
    /// Each text is kept once, however many cells hold it.
    texts: BTreeSet<Arc<str>>,
}

impl Cells {
    pub(super) fn push(&mut self, cell: Cell, mut content: Content) {
        if let Content::Text(text) = &mut content {
            match self.texts.get(text) {
                Some(known) => *text = Arc::clone(known),
                None => {
                    self.texts.insert(Arc::clone(text));
                }
            }
        }
        self.add(cell, content);
    }

    fn add(&mut self, cell: Cell, content: Content) {
        self.count += 1;
        let last = self.blocks.last().and_then(|block| block.last());
        self.is_unsorted |= last.is_some_and(|(last, _)| *last >= cell);
        let is_new = last.is_none_or(|(last, _)| last.row != cell.row);
        // A row is mostly as long as the one before.
        let is_full = |block: &Vec<Filled>| is_new && block.len() + self.of_row > BLOCK;
        if self.blocks.last().is_none_or(is_full) {
            // Most sheets do not fill the first.
            let room = if self.blocks.is_empty() { 0 } else { BLOCK };
            self.blocks.push(Vec::with_capacity(room));
        }
        if let Some(block) = self.blocks.last_mut() {
            block.push((cell, content));
        }
        self.of_row = if is_new { 1 } else { self.of_row + 1 };
    }

    /// Where they are.
    pub(super) fn places(&self) -> impl Iterator<Item = Cell> {
        self.blocks.iter().flatten().map(|(cell, _)| *cell)
    }

    /// How many there are so far.
    pub(super) fn len(&self) -> usize {
        self.count
    }
}

impl FromIterator<Filled> for Cells {
    fn from_iter<T: IntoIterator<Item = Filled>>(cells: T) -> Cells {
        let mut own = Cells::default();
        cells.into_iter().for_each(|(cell, content)| own.push(cell, content));
        own
    }
}

/// Of cells given twice the later one counts, as in Excel.
fn sorted(mut cells: Vec<Filled>) -> Vec<Filled> {
    cells.reverse();
    cells.sort_by_key(|(cell, _)| *cell);
    cells.dedup_by_key(|(cell, _)| *cell);
    cells
}

impl Tab {
    /// Of cells given twice the later one counts.
    pub(super) fn new(name: Arc<str>, shown: bool, mut cells: Cells) -> Tab {
        if cells.is_unsorted {
            let all = sorted(cells.blocks.into_iter().flatten().collect());
            cells = Cells::default();
            all.into_iter().for_each(|(cell, content)| cells.add(cell, content));
        }
        let mut rows: Vec<Place> = Vec::new();
        let mut blocks = Vec::with_capacity(cells.blocks.len());
        for (block, cells) in (0..).zip(cells.blocks) {
            let before = rows.len();
            for (at, (cell, _)) in (0..).zip(&cells) {
                match rows.last_mut() {
                    Some(last) if last.row == cell.row => last.to = at + 1,
                    _ => rows.push(Place { row: cell.row, block, from: at, to: at + 1 }),
                }
            }
            blocks.push(Block { cells, rows: rows.len() - before });
        }
        rows.shrink_to_fit();
        Tab { name, shown, blocks, rows, facts: None }
    }

    /// The same sheet with what is to be seen beside its cells.
    pub(super) fn showing(self, facts: Option<Facts>) -> Tab {
        Tab { facts, ..self }
    }

    /// The same sheet with more cells, which count where there is one already.
    pub(super) fn with(self, more: impl IntoIterator<Item = Filled>) -> Tab {
        let mut more = sorted(more.into_iter().collect()).into_iter().peekable();
        let mut cells = Cells::default();
        for (cell, content) in self.blocks.into_iter().flat_map(|block| block.cells) {
            while let Some((before, content)) = more.next_if(|(own, _)| *own < cell) {
                cells.add(before, content);
            }
            let (_, content) = more.next_if(|(own, _)| *own == cell).unwrap_or((cell, content));
            cells.add(cell, content);
        }
        more.for_each(|(cell, content)| cells.add(cell, content));
        Tab { facts: self.facts, ..Tab::new(self.name, self.shown, cells) }
    }

    pub(super) fn get(&self, cell: Cell) -> Option<&Content> {
        content(self.row(cell.row), cell.column)
    }

    /// The rows with filled cells from one to another.
    pub(super) fn rows(
        &self,
        from: u32,
        to: u32,
    ) -> impl DoubleEndedIterator<Item = &[Filled]> + Clone {
        let before = |row: u32| self.rows.partition_point(|own| own.row < row);
        let (start, end) = (before(from), before(to.saturating_add(1)));
        self.rows[start..end.max(start)].iter().map(|own| self.at(*own))
    }

    /// The filled cells of a row.
    pub(super) fn row(&self, row: u32) -> &[Filled] {
        self.place(row).map_or(&[], |at| self.at(self.rows[at]))
    }

    /// Lets go of a row: the sheet has it no more.
    pub(super) fn let_go(&mut self, row: u32) {
        let Some(place) = self.place(row).map(|at| &mut self.rows[at]) else { return };
        if place.from == place.to {
            return;
        }
        place.to = place.from;
        let block = &mut self.blocks[place.block as usize];
        block.rows -= 1;
        if block.rows == 0 {
            block.cells = Vec::new();
        }
    }

    /// The filled cells, row by row.
    pub(super) fn cells(&self) -> impl DoubleEndedIterator<Item = &Filled> {
        self.rows.iter().flat_map(|own| self.at(*own))
    }

    fn place(&self, row: u32) -> Option<usize> {
        self.rows.binary_search_by_key(&row, |own| own.row).ok()
    }

    fn at(&self, place: Place) -> &[Filled] {
        if place.from == place.to {
            return &[];
        }
        &self.blocks[place.block as usize].cells[place.from as usize..place.to as usize]
    }
}

/// What stands in a column among the cells of a row.
pub(super) fn content(row: &[Filled], column: u32) -> Option<&Content> {
    let at = row.binary_search_by_key(&column, |(cell, _)| cell.column).ok()?;
    Some(&row[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Content {
        Content::Text(Arc::from(text))
    }

    fn at(row: u32, column: u32) -> Cell {
        Cell { row, column }
    }

    fn tab(cells: impl IntoIterator<Item = Filled>) -> Tab {
        Tab::new(Arc::from("Sheet"), true, Cells::from_iter(cells))
    }

    #[test]
    fn of_a_cell_given_twice_the_later_one_counts() {
        let own = tab([(at(1, 0), text("a")), (at(0, 0), text("b")), (at(1, 0), text("c"))]);
        assert_eq!(own.get(at(1, 0)), Some(&text("c")));
        assert_eq!(own.cells().count(), 2);
        let own = own.with([(at(2, 0), text("d")), (at(0, 0), text("e")), (at(0, 0), text("f"))]);
        let cells = [(at(0, 0), text("f")), (at(1, 0), text("c")), (at(2, 0), text("d"))];
        assert_eq!(own.cells().cloned().collect::<Vec<_>>(), cells);
    }

    #[test]
    fn rows_are_whole_whatever_their_number_and_gone_once_they_are_let_go() {
        let rows = 3 * BLOCK as u32;
        let cells =
            || (0..rows).flat_map(|row| (0..1 + row % 3).map(move |column| at(row, column)));
        let mut own = tab(cells().map(|cell| (cell, text("a"))));
        assert!(own.blocks.len() > 3);
        assert!(own.cells().map(|(cell, _)| *cell).eq(cells()));
        let rest = |own: &Tab| own.blocks.iter().map(|block| block.cells.capacity()).sum::<usize>();
        for row in 0..rows {
            assert_eq!(own.row(row).len(), 1 + row as usize % 3);
            own.let_go(row);
            own.let_go(row);
            assert_eq!((own.row(row).len(), own.get(at(row, 0))), (0, None));
        }
        assert_eq!((own.cells().count(), rest(&own)), (0, 0));
    }
}
