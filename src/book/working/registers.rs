//! Registers for the programme office: what posts cost in all, and what systems cost. Prices of contracts are exempt.

use crate::{
    book::{
        across::{self, Line},
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
        working::trail,
    },
    picture::{ExcludedPost, System},
};

/// What posts cost, council by council; never by post, grade or family.
pub(super) fn pay(board: &Board<'_>) -> Sheet {
    let lines = [
        Line::new("Cost of all budgeted posts", "staffing.post_cost", Look::Pence),
        Line::new("Cost of one FTE", "staffing.cost_per_fte", Look::Pence),
    ];
    let post = |post: &ExcludedPost| {
        Row::of(vec![
            Cell::text(&post.title),
            Cell::text(board.programme.name(&post.council)),
            Cell::text(&post.reference),
            Cell::number(post.pct_time, Look::Ratio),
            trail::place(&post.place),
        ])
    };
    let least = board.programme.thresholds.pct_time.normalize();
    Sheet {
        name: "Staffing_Cost",
        title: format!("{}: what posts cost, and posts left out", board.project.title),
        lead: said::coverage(board),
        blocks: vec![
            Block::Table(across::table(
                board,
                "Staffing_cost_by_council",
                "Cost of budgeted posts a year, with on-costs",
                &["Measure"],
                &lines,
            )),
            Block::Table(Table {
                name: "Staffing_left_out",
                title: format!("Posts that spend less than {least}% of their time here"),
                columns: vec![
                    Column::text("Post", 38),
                    Column::text("Council", 20),
                    Column::text("Reference", 14),
                    Column::numbers("Part of its time (%)"),
                    Column::text("Cell", 18),
                ],
                rows: board.picture.excluded_posts.iter().map(post).collect(),
                filter: false,
                if_empty: String::from("None."),
            }),
        ],
        page: Page::Across,
    }
}

pub(super) fn systems(board: &Board<'_>) -> Sheet {
    let row = |system: &System| {
        Row::of(vec![
            Cell::text(board.programme.name(&system.council)),
            or_none(&system.reference),
            or_none(&system.function),
            or_none(&system.supplier),
            or_none(&system.product),
            pounds(system.annual_cost),
            Cell::text(system.lifespan.word()),
            trail::place(&system.place),
        ])
    };
    Sheet {
        name: "ICT_Cost",
        title: format!("{}: ICT systems and what they cost a year", board.project.title),
        lead: said::coverage(board),
        blocks: vec![Block::Table(Table {
            name: "ICT_cost_register",
            title: String::new(),
            columns: vec![
                Column::text("Council", 20),
                Column::text("Reference", 14),
                Column::text("Used for", 26),
                Column::text("Supplier", 24),
                Column::text("Product", 24),
                Column::numbers("Cost a year"),
                Column::text("Time left", 14),
                Column::text("Cell", 18),
            ],
            rows: board.picture.systems.iter().map(row).collect(),
            filter: true,
            if_empty: String::from("No systems are listed."),
        })],
        page: Page::Across,
    }
}

fn or_none(text: &str) -> Cell {
    Cell::text(if text.trim().is_empty() { "not given [x]" } else { text.trim() })
}

fn pounds(amount: Option<crate::number::Decimal>) -> Cell {
    match amount {
        Some(amount) => Cell::number(amount, Look::Pence),
        None => Cell::words("not given [x]"),
    }
}
