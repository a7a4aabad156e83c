//! Capital: approved, provisional and bids by year, and the schemes.

use crate::{
    book::{
        across::{self, Line, MadeOf},
        board::Board,
        consolidated::{given, none},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    picture::Scheme,
};

const KINDS: [(&str, &str); 3] = [
    ("capital.approved", "Approved"),
    ("capital.provisional", "Provisional"),
    ("capital.bid", "Bid"),
];

const YEARS: [&str; 4] = ["spend_y0", "spend_y1", "spend_y2", "spend_y3"];

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    Sheet {
        name: "Capital",
        title: format!("{}: capital by council", board.project.title),
        lead: said::coverage(board),
        blocks: vec![
            Block::Table(across::table(
                board,
                "Capital_spending",
                "Capital spending by year",
                &["Scheme status and year"],
                &lines(board),
            )),
            Block::Table(schemes(board)),
        ],
        page: Page::Across,
    }
}

fn lines(board: &Board<'_>) -> Vec<Line> {
    let mut lines = vec![];
    for (key, word) in KINDS {
        let spends = board
            .figures
            .iter()
            .any(|figure| figure.key == key && figure.number().is_some_and(|n| !n.is_zero()));
        if key == "capital.bid" && !spends {
            continue;
        }
        let first = lines.len();
        for (offset, column) in (0..).zip(YEARS) {
            let year = board.programme.base_year.plus(offset);
            lines.push(Line {
                column: Some(column),
                ..Line::new(format!("{word} {year}"), key, Look::Pounds)
            });
        }
        lines.push(Line {
            made_of: MadeOf::Sum { plus: (first..first + YEARS.len()).collect(), minus: vec![] },
            strong: true,
            ..Line::new(format!("{word} in all years"), key, Look::Pounds)
        });
    }
    lines
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
    let row = |scheme: &Scheme| {
        let mut cells = vec![
            given(&scheme.name),
            Cell::text(board.programme.name(&scheme.council)),
            given(&scheme.reference),
            given(&scheme.asset_type),
            given(&scheme.approval),
        ];
        cells.extend(scheme.spend.iter().map(|spend| match spend {
            Some(amount) => Cell::number(*amount, Look::Pounds),
            None => Cell::words("not given [x]"),
        }));
        Row::of(cells)
    };
    Table {
        name: "Capital_schemes",
        title: String::from("Schemes"),
        columns,
        rows: board.picture.schemes.iter().map(row).collect(),
        filter: false,
        if_empty: none(board, "schemes"),
    }
}
