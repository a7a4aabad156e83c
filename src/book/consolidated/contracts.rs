//! Contracts: the register without prices, and how each can end.

use crate::{
    book::{
        board::Board,
        consolidated::{end, given, none},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
    },
    number::Decimal,
    picture::Contract,
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    Sheet {
        name: "Contracts",
        title: format!("{}: contracts", board.project.title),
        lead: said::coverage(board),
        blocks: vec![Block::Table(register(board))],
        page: Page::Across,
    }
}

fn register(board: &Board<'_>) -> Table {
    let row = |contract: &Contract| {
        Row::of(vec![
            Cell::text(board.programme.name(&contract.council)),
            given(&contract.reference),
            given(&contract.title),
            given(&contract.supplier),
            contract.start.map_or_else(|| Cell::words("not given [x]"), Cell::date),
            end(contract.end),
            Cell::text(contract.lifespan.word()),
            months(contract.extension_months),
            months(contract.notice_months),
            given(&contract.early_exit),
            given(&contract.others_may_use),
        ])
    };
    Table {
        name: "Contracts_register",
        title: String::from("Contracts"),
        columns: vec![
            Column::text("Council", 20),
            Column::text("Reference", 14),
            Column::text("What it covers", 34),
            Column::text("Supplier", 24),
            Column::numbers("First day"),
            Column::numbers("Last day in force"),
            Column::text("Time left", 14),
            Column::numbers("Extension (months)"),
            Column::numbers("Notice period (months)"),
            Column::text("Can end early", 12),
            Column::text("Others may use it", 12),
        ],
        rows: board.picture.contracts.iter().map(row).collect(),
        filter: true,
        if_empty: none(board, "contracts"),
    }
}

fn months(number: Option<Decimal>) -> Cell {
    number.map_or_else(|| Cell::words("not given [x]"), Cell::count)
}
