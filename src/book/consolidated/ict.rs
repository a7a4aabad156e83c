//! ICT: the systems by what they are used for, and when they end. Prices are in no public workbook.

use crate::{
    book::{
        board::Board,
        consolidated::{end, given, none},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
    },
    picture::System,
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    Sheet {
        name: "ICT",
        title: format!("{}: ICT systems", board.project.title),
        lead: said::coverage(board),
        blocks: vec![Block::Table(register(board))],
        page: Page::Across,
    }
}

fn register(board: &Board<'_>) -> Table {
    let place = |system: &System| {
        board.project.ict_functions.iter().position(|own| *own == system.function)
    };
    let mut systems: Vec<&System> = board.picture.systems.iter().collect();
    systems.sort_by_key(|system| place(system).unwrap_or(usize::MAX));
    let row = |system: &&System| {
        let remark = match (system.support_end_unknown, system.plan_year.trim()) {
            (true, "") => String::from("support end not known"),
            (true, year) => format!("support end not known; change planned {year}"),
            (false, "") => String::from("none"),
            (false, year) => format!("change planned {year}"),
        };
        Row::of(vec![
            given(&system.function),
            Cell::text(board.programme.name(&system.council)),
            given(&format!("{} {}", system.supplier, system.product)),
            given(&system.version),
            given(&system.hosting),
            match system.users {
                Some(users) => Cell::count(users),
                None => Cell::words("not given [x]"),
            },
            given(&system.support_status),
            end(system.end),
            Cell::text(system.lifespan.word()),
            Cell::text(remark),
        ])
    };
    Table {
        name: "ICT_systems",
        title: String::from("Systems by what they are used for"),
        columns: vec![
            Column::text("Used for", 26),
            Column::text("Council", 20),
            Column::text("System", 28),
            Column::text("Version", 14),
            Column::text("Runs on", 18),
            Column::numbers("Users"),
            Column::text("Support", 14),
            Column::numbers("Last day in force"),
            Column::text("Time left", 14),
            Column::text("Remark", 26),
        ],
        rows: systems.iter().map(row).collect(),
        filter: true,
        if_empty: none(board, "systems"),
    }
}
