//! The working workbook of a project, for the programme office: every figure down to file, sheet and cell.

pub(super) mod alignment;
mod basis;
mod benchmarks;
mod contents;
mod criteria;
mod figures;
mod files;
mod registers;
mod revenue;
mod risks;
mod roadmap;
mod service;
mod side;
pub(super) mod structure;
mod timeline;
pub(super) mod trail;

use anyhow::Result;

use crate::{
    book::{
        board::Board,
        cells::Trail,
        lifespans, live, suppliers,
        write::{Book, Class},
    },
    picture::Told,
    programme::Project,
};

/// From the folder of the workbook, `out/<run>/projects/<code>-<slug>`, up to that of the programme.
pub(super) const UP: &str = "../../../../";

/// The bytes of `working.xlsx`.
///
/// # Errors
/// When the picture lacks the project, or the workbook cannot be made.
pub fn working(told: &Told<'_>, project: &Project) -> Result<Vec<u8>> {
    let board = Board::new(told, project)?;
    let cells = Trail::of(&board.figures);
    let mut sheets = vec![revenue::sheet(&board, &cells), registers::pay(&board)];
    sheets.extend(structure::sheet(&board));
    sheets.extend([
        registers::systems(&board),
        roadmap::sheet(&board),
        alignment::sheet(&board),
        timeline::sheet(&board),
        suppliers::of_project(&board),
        lifespans::sheet(&board),
        basis::accounts(&board),
        basis::terms(&board),
        service::sheet(&board),
        benchmarks::sheet(&board),
        criteria::sheet(&board),
        risks::sheet(&board),
    ]);
    sheets.extend(live::sheets(&board));
    sheets.extend([
        figures::sheet(&board, &cells),
        trail::sheet(&board, &cells),
        files::sheet(&board),
    ]);
    sheets.insert(0, contents::sheet(&board, &sheets));
    let title = format!("{}: working papers", project.title);
    Book { title, class: Class::Internal, sheets }.bytes(told)
}
