//! Queries: what the councils have still to answer, without what they typed.

use crate::book::{
    board::Board,
    queries::grouped,
    sheet::{Block, Page, Sheet},
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    Sheet {
        name: "Queries",
        title: format!("{}: open queries", board.project.title),
        lead: vec![String::from(
            "An answer that is not used leaves its council out of the totals that need it. An answer \
             under query is used until it is confirmed or corrected.",
        )],
        blocks: vec![Block::Table(grouped(board))],
        page: Page::Across,
    }
}
