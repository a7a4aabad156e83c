//! The cells that figures name, found again in what was read.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use rust_decimal::Decimal;

use super::Scope;
use crate::{
    answer::{Answer, Return, Row},
    figure::{Figure, Source},
    form::{
        Field,
        council_return::{contracts, ict},
    },
    number::Exact,
    place,
    programme::Project,
};

/// An answer that was read from a cell.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) field: &'static Field,
    pub(super) answer: &'a Answer,
    /// The row of a table it is in, and its number among all rows.
    pub(super) row: Option<(usize, &'a Row)>,
    pub(super) ret: &'a Return,
}

impl<'a> Cell<'a> {
    pub(super) fn number(&self) -> Option<Decimal> {
        self.answer.number()
    }

    pub(super) fn is(&self, field: &Field) -> bool {
        self.field.name == field.name
    }

    /// The row it is in.
    pub(super) fn in_row(&self) -> Option<&'a Row> {
        self.row.map(|(_, row)| row)
    }

    /// Where two answers are read from one cell, a number is what a figure means by it.
    fn or(self, other: Cell<'a>) -> Option<Cell<'a>> {
        if !std::ptr::eq(self.ret, other.ret) {
            return None;
        }
        match (self.number(), other.number()) {
            (Some(_), None) => Some(self),
            (None, Some(_)) => Some(other),
            _ => None,
        }
    }
}

/// The cells that the figures of a project may rest on.
pub(super) struct Cells<'a> {
    /// By file, sheet and the first of its cells; `None` where it cannot be told which answer is meant.
    read: HashMap<(&'a str, &'a str, place::Cell), Option<Cell<'a>>>,
    /// Sources looked up already: many figures share one.
    known: HashMap<*const Source, Known<'a>>,
}

#[derive(Clone, Copy)]
enum Known<'a> {
    Cell(Cell<'a>),
    Nothing,
    Unclear,
}

impl<'a> Cells<'a> {
    pub(super) fn of(scope: &Scope<'a>) -> Cells<'a> {
        let mut cells = Cells { read: HashMap::new(), known: HashMap::new() };
        let mut rows = 0;
        for ret in scope.intake.returns.iter().filter(|ret| belongs(ret, scope)) {
            // Over all projects only suppliers are reckoned.
            let counts = |code| {
                scope.project.is_some() || [ict::SHEET.code, contracts::SHEET.code].contains(&code)
            };
            for sheet in ret.workbook.sheets.iter().filter(|sheet| counts(sheet.code)) {
                for field in sheet.cells() {
                    cells.put(Cell { field, answer: ret.get(field), row: None, ret });
                }
                for row in sheet.tables().flat_map(|table| ret.rows(table)) {
                    rows += 1;
                    for (field, answer) in row.answers() {
                        cells.put(Cell { field, answer, row: Some((rows, row)), ret });
                    }
                }
            }
        }
        cells
    }

    fn put(&mut self, cell: Cell<'a>) {
        if let Some(spot) = &cell.answer.spot {
            self.read
                .entry((&*spot.origin.file.path, &*spot.origin.sheet, spot.cell))
                .and_modify(|own| *own = own.and_then(|own| own.or(cell)))
                .or_insert(Some(cell));
        }
    }

    /// The cells that a figure names, in their order; `None` where one of them is read as two answers.
    pub(super) fn named_by(&mut self, figure: &Figure) -> Option<Vec<Cell<'a>>> {
        let mut cells = Vec::with_capacity(figure.sources.len());
        for source in &figure.sources {
            match self.known(source) {
                Known::Cell(cell) => cells.push(cell),
                Known::Nothing => (),
                Known::Unclear => return None,
            }
        }
        Some(cells)
    }

    fn known(&mut self, source: &Arc<Source>) -> Known<'a> {
        let key = Arc::as_ptr(source);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let first = place::cell(source.first());
        let read = first.and_then(|cell| self.read.get(&(&*source.file, &*source.sheet, cell)));
        let known = match read {
            Some(Some(cell)) => Known::Cell(*cell),
            Some(None) => Known::Unclear,
            None => Known::Nothing,
        };
        self.known.insert(key, known);
        known
    }
}

/// Whether a figure may rest on a return: on those of its projects, and on the profiles.
fn belongs(ret: &Return, scope: &Scope<'_>) -> bool {
    let is = |own: &Project| ret.project.as_ref() == Some(&own.code);
    match scope.project {
        Some(project) => ret.project.is_none() || scope.programme.members(project).iter().any(is),
        None => true,
    }
}

/// Each of the cells once, though a figure may name one several times.
pub(super) fn once<'a>(cells: &[Cell<'a>]) -> Vec<Cell<'a>> {
    let mut seen = BTreeSet::new();
    let first = |cell: &&Cell<'a>| seen.insert(std::ptr::from_ref(cell.answer));
    cells.iter().filter(first).copied().collect()
}

/// The rows of a table that cells are in, each once, with their returns.
pub(super) fn rows<'a>(cells: &[Cell<'a>]) -> Vec<(&'a Row, &'a Return)> {
    let mut seen = BTreeSet::new();
    let row = |cell: &Cell<'a>| {
        let (number, row) = cell.row?;
        seen.insert(number).then_some((row, cell.ret))
    };
    cells.iter().filter_map(row).collect()
}

/// A number of a row; nought where there is none.
pub(super) fn number(row: &Row, field: &Field) -> Exact {
    row.get(field).number().map_or_else(Exact::zero, Exact::from)
}

/// A percentage of a row as a fraction of one.
pub(super) fn percent(row: &Row, field: &Field) -> Exact {
    number(row, field) * Exact::ratio(1, 100)
}

/// A quotient of what cells come to. Nothing to divide by is a mistake where a figure was given: nought, which it is not.
pub(super) fn over_cells(one: Exact, other: &Exact) -> Exact {
    one.over(other).unwrap_or_else(Exact::zero)
}
