//! Contracts: the register without prices, how each can end, and when they could end together.

use crate::{
    book::{
        board::Board,
        consolidated::{end, given, none},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        working::alignment,
    },
    english,
    form::council_return,
    number::Decimal,
    picture::Contract,
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let mut lead = said::coverage(board);
    lead.push(format!(
        "The planned start is {}. A contract with a last day simply ends; notice is for those that go on \
         until it is given and those that are left early. What a single contract costs, or costs to leave, \
         is exempt and stands here only in sums that tell no price.",
        english::date(board.project.go_live)
    ));
    Sheet {
        name: "Contracts",
        title: format!("{}: contracts", board.project.title),
        lead,
        blocks: [register(board), alignment::together(board, true), alignment::joining(board)]
            .map(Block::Table)
            .into(),
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
            alignment::day(contract.earliest_exit),
            alignment::notice_by(board, contract),
            Cell::text(contract.placing.words()),
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
            Column { widest: 14, ..Column::numbers("First day without it at the earliest") },
            Column { widest: 14, ..Column::numbers("Notice by, to end with the others") },
            Column::text("At the planned start", 20),
        ],
        rows: board.picture.contracts.iter().map(row).collect(),
        filter: true,
        if_empty: none(board, "contracts", &[&council_return::contracts::TABLE]),
    }
}

fn months(number: Option<Decimal>) -> Cell {
    number.map_or_else(|| Cell::words("not given [x]"), Cell::count)
}
