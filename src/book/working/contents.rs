//! Contents: what the workbook holds, with a way to each sheet.

use crate::{
    book::{
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
    },
    english,
};

pub(super) fn sheet(board: &Board<'_>, sheets: &[Sheet]) -> Sheet {
    let row = |sheet: &Sheet| {
        let first = sheet.blocks.iter().find_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Chart(_) | Block::Timeline(_) => None,
        });
        let rows = first.map_or(0, |table| table.rows.len());
        Row::of(vec![
            match first {
                Some(table) => Cell::jump(sheet.name, table.name, 0),
                None => Cell::text(sheet.name),
            },
            Cell::text(&sheet.title),
            Cell::count(rows),
        ])
    };
    let mut lead = vec![format!(
        "{}, {} round. Internal: for the programme office and the councils’ officers, not for \
         publication. Figures at {}. Run {}.",
        board.programme.title,
        board.programme.round,
        english::date(board.run.reference_date),
        board.run.name
    )];
    lead.extend(said::coverage(board));
    Sheet {
        name: "Contents",
        title: format!("{}: working papers", board.project.title),
        lead,
        blocks: vec![Block::Table(Table {
            name: "Contents_sheets",
            title: String::new(),
            columns: vec![
                Column::text("Sheet", 24),
                Column::text("What it holds", 70),
                Column::numbers("Rows"),
            ],
            rows: sheets.iter().map(row).collect(),
            filter: false,
            if_empty: String::new(),
        })],
        page: Page::Across,
    }
}
