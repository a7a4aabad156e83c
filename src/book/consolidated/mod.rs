//! The consolidated workbook of a project, for members and the public: no names, no pay, no prices, no files.

mod capital;
mod contracts;
mod coverage;
mod ict;
mod notes;
mod queries;
mod revenue;
mod savings;
mod staffing;
mod summary;

use anyhow::Result;

use crate::{
    answer::Return,
    book::{
        board::Board,
        sheet::Cell,
        write::{Book, Class},
    },
    english,
    form::Table,
    picture::{End, Told},
    programme::Project,
};

/// The bytes of `consolidated.xlsx`.
///
/// # Errors
/// When the picture lacks the project, or the workbook cannot be made.
pub fn consolidated(told: &Told<'_>, project: &Project) -> Result<Vec<u8>> {
    let board = Board::new(told, project)?;
    let sheets = vec![
        summary::sheet(&board),
        coverage::sheet(&board),
        revenue::sheet(&board),
        capital::sheet(&board),
        staffing::sheet(&board),
        ict::sheet(&board),
        contracts::sheet(&board),
        savings::sheet(&board),
        queries::sheet(&board),
        notes::sheet(&board),
    ];
    let title = format!("{}: consolidated picture", project.title);
    Book { title, class: Class::Public, sheets }.bytes(told)
}

/// The last day in force, or the words for an end that is no day.
pub(super) fn end(end: End) -> Cell {
    match end {
        End::On(date) if date.year() >= 1900 => Cell::date(date),
        End::On(_) => Cell::words("ended, no date"),
        End::Rolling => Cell::words("until notice"),
        End::Perpetual => Cell::words("perpetual"),
        End::Unknown => Cell::words("not known [x]"),
    }
}

/// Text as the council gave it; words where it gave none.
pub(super) fn given(text: &str) -> Cell {
    Cell::text(if text.trim().is_empty() { "not given [x]" } else { text.trim() })
}

/// The sentence for a register that is empty: nothing listed in its tables, or nothing that can be used.
pub(super) fn none(board: &Board<'_>, things: &str, tables: &[&'static Table]) -> String {
    let names: Vec<&str> = board
        .councils()
        .iter()
        .filter(|line| line.reference.is_some())
        .map(|line| board.programme.name(&line.council))
        .collect();
    match names.as_slice() {
        [] => String::from("No return is in use yet."),
        names => {
            let usable = if is_listed(board, tables) { " that can be used" } else { "" };
            format!("{} listed no {things}{usable}.", english::list(names))
        }
    }
}

fn is_listed(board: &Board<'_>, tables: &[&'static Table]) -> bool {
    let is_of = |ret: &&Return| board.programme.is_of(ret.project.as_ref(), board.project);
    let mut returns = board.intake.returns.iter().filter(is_of);
    returns.any(|ret| tables.iter().any(|table| !ret.rows(table).is_empty()))
}
