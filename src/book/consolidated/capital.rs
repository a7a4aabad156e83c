//! Capital: approved, provisional and bids by year, how they are paid for, and the schemes.

use std::ops::Range;

use crate::{
    book::{
        across::{self, Line, MadeOf},
        board::Board,
        consolidated::{given, none},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    form::{Group, council_return},
    picture::{FUNDING, Scheme},
};

/// Each with the key of what pays for it.
const KINDS: [(&str, &str, &str); 3] = [
    ("capital.approved", "Approved", "capital.funding.approved"),
    ("capital.provisional", "Provisional", "capital.funding.provisional"),
    ("capital.bid", "Bid", "capital.funding.bid"),
];

const YEARS: [&str; 4] = ["spend_y0", "spend_y1", "spend_y2", "spend_y3"];

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let mut lead = said::coverage(board);
    let mut blocks = vec![Block::Table(across::table(
        board,
        "Capital_spending",
        "Capital spending by year",
        &["Scheme status and year"],
        &spending(board),
    ))];
    if detailed(board) {
        lead.push(String::from(
            "The councils give what pays for a scheme over all its years together, not by year.",
        ));
        blocks.push(Block::Table(across::table(
            board,
            "Capital_funding",
            "How the spending of all years is paid for",
            &["Scheme status and source"],
            &funding(board),
        )));
    }
    blocks.push(Block::Table(schemes(board)));
    Sheet {
        name: "Capital",
        title: format!("{}: capital by council", board.project.title),
        lead,
        blocks,
        page: Page::Across,
    }
}

/// Whether what pays for schemes is asked.
fn detailed(board: &Board<'_>) -> bool {
    let members = board.programme.members(board.project).iter();
    members.into_iter().any(|project| project.asks(Group::CapitalDetail))
}

/// The statuses that schemes can have. Bids are left out while there are none.
fn kinds(board: &Board<'_>) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let spends = board
        .figures
        .iter()
        .any(|figure| figure.key == "capital.bid" && figure.number().is_some_and(|n| !n.is_zero()));
    KINDS.into_iter().filter(move |(key, ..)| spends || *key != "capital.bid")
}

fn spending(board: &Board<'_>) -> Vec<Line> {
    let mut lines = vec![];
    for (key, word, _) in kinds(board) {
        let first = lines.len();
        for (offset, column) in (0..).zip(YEARS) {
            let year = board.programme.base_year.plus(offset);
            lines.push(Line {
                column: Some(column),
                ..Line::new(format!("{word} {year}"), key, Look::Pounds)
            });
        }
        let end = lines.len();
        lines.push(all(first..end, format!("{word} in all years"), key));
    }
    lines
}

fn funding(board: &Board<'_>) -> Vec<Line> {
    let mut lines = vec![];
    for (spend, word, key) in kinds(board) {
        let first = lines.len();
        lines.extend(FUNDING.map(|source| Line {
            item: Some(String::from(source)),
            ..Line::new(format!("{word}: {}", source.to_lowercase()), key, Look::Pounds)
        }));
        let end = lines.len();
        lines.push(all(first..end, format!("{word}: paid for in all"), key));
        lines.push(Line::new(format!("{word}: spending in all years"), spend, Look::Pounds));
    }
    lines
}

/// The sum of some lines.
fn all(lines: Range<usize>, label: String, key: &str) -> Line {
    Line {
        made_of: MadeOf::Sum { plus: lines.collect(), minus: vec![] },
        strong: true,
        ..Line::new(label, key, Look::Pounds)
    }
}

fn schemes(board: &Board<'_>) -> Table {
    let mut columns = vec![
        Column::text("Scheme", 38),
        Column::text("Council", 20),
        Column::text("Reference", 14),
        Column::text("Kind", 16),
        Column::text("Status", 16),
    ];
    for offset in 0..4 {
        columns.push(Column::numbers(board.programme.base_year.plus(offset).to_string()));
    }
    if detailed(board) {
        columns.extend(
            FUNDING.map(|source| Column::numbers(format!("From {}", source.to_lowercase()))),
        );
    }
    let amount = |amount: &Option<_>| match amount {
        Some(amount) => Cell::number(*amount, Look::Pounds),
        None => Cell::words("not given [x]"),
    };
    let row = |scheme: &Scheme| {
        let mut cells = vec![
            given(&scheme.name),
            Cell::text(board.programme.name(&scheme.council)),
            given(&scheme.reference),
            given(&scheme.asset_type),
            given(&scheme.approval),
        ];
        cells.extend(scheme.spend.iter().map(amount));
        if detailed(board) {
            cells.extend(scheme.funding.iter().map(amount));
        }
        Row::of(cells)
    };
    Table {
        name: "Capital_schemes",
        title: String::from("Schemes"),
        columns,
        rows: board.picture.schemes.iter().map(row).collect(),
        filter: false,
        if_empty: none(board, "schemes", &[&council_return::capital::TABLE]),
    }
}
