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
    picture::{ExcludedPost, Function, NearMiss, System},
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
            or_none(&system.name),
            Cell::text(match system.matched.as_slice() {
                [] => String::from("as written"),
                ways => ways.join("; "),
            }),
            pounds(system.annual_cost),
            Cell::text(system.lifespan.word()),
            trail::place(&system.place),
        ])
    };
    let register = Block::Table(Table {
        name: "ICT_cost_register",
        title: String::from("Systems, by what each is taken for"),
        columns: vec![
            Column::text("Council", 20),
            Column::text("Reference", 14),
            Column::text("Used for", 26),
            Column::text("Supplier", 24),
            Column::text("Product", 24),
            Column::text("Taken as", 24),
            Column::text("How it was matched", 34),
            Column::numbers("Cost a year"),
            Column::text("Time left", 14),
            Column::text("Cell", 18),
        ],
        rows: board.picture.systems.iter().map(row).collect(),
        filter: true,
        if_empty: String::from("No systems are listed."),
    });
    Sheet {
        name: "ICT_Cost",
        title: format!("{}: ICT systems and what they cost a year", board.project.title),
        lead: said::coverage(board),
        blocks: near_misses(board).map(Block::Table).into_iter().chain([register]).collect(),
        page: Page::Across,
    }
}

/// Names that somebody should look at: an alias in programme.toml joins them.
fn near_misses(board: &Board<'_>) -> Option<Table> {
    let pairs = board.picture.functions.iter();
    let pairs = pairs.flat_map(|function| function.near.iter().map(move |near| (function, near)));
    let row = |(function, near): (&Function, &NearMiss)| {
        Row::of(vec![
            Cell::text(&function.name),
            Cell::text(&near.one),
            Cell::text(&near.other),
            Cell::text("counted apart"),
        ])
    };
    let rows: Vec<Row> = pairs.map(row).collect();
    let some = !rows.is_empty();
    some.then(|| Table {
        name: "ICT_near_misses",
        title: String::from(
            "Perhaps the same product: if so, give one as an alias in programme.toml",
        ),
        columns: vec![
            Column::text("Used for", 26),
            Column::text("One", 24),
            Column::text("The other", 24),
            Column::text("Meanwhile", 14),
        ],
        rows,
        filter: false,
        if_empty: String::new(),
    })
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
