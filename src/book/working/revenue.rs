//! Revenue by council, one value a row, as a pivot table wants it.

use crate::{
    book::{
        board::Board,
        cells::Trail,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
        working::{figures, trail},
    },
    figure::Figure,
    form::{GridRow, council_return::revenue as form},
};

const TOTALS: [(&str, &str); 7] = [
    ("revenue.gross_controllable", "Gross controllable expenditure"),
    ("revenue.income", "Income"),
    ("revenue.net_controllable", "Net controllable"),
    ("revenue.net_total", "Net total"),
    ("revenue.recurring", "Gross controllable less one-off items"),
    ("revenue.one_off", "One-off items"),
    ("revenue.ring_fenced", "Part of ring-fenced accounts"),
];

/// Totals less one-off items, by basis.
const RECURRING: [(&str, &str); 2] = [
    ("net_controllable", "Net controllable less one-off items"),
    ("net_total", "Net total less one-off items"),
];

pub(super) fn sheet(board: &Board<'_>, cells: &Trail<'_>) -> Sheet {
    let own = board.figures.iter().enumerate();
    let own = own.filter(|(_, figure)| figure.key.starts_with("revenue."));
    let rows: Vec<Row> = own
        .filter_map(|(index, figure)| Some(row(board, cells, index, figure.council.as_deref()?)))
        .collect();
    Sheet {
        name: "Revenue_By_Council",
        title: format!("{}: revenue by council, one value a row", board.project.title),
        lead: said::coverage(board),
        blocks: vec![Block::Table(Table {
            name: "Revenue_values",
            title: String::new(),
            columns: vec![
                Column::text("Council", 20),
                Column::text("Year", 10),
                Column::text("Column", 18),
                Column::text("Line", 36),
                Column::numbers("Value"),
                Column::text("Status", 18),
                Column::text("Reason", 26),
                Column::text("Quality", 16),
                Column::text("Source", 10),
                Column::text("Cell", 18),
            ],
            rows,
            filter: true,
            if_empty: String::from("No revenue is asked for."),
        })],
        page: Page::Across,
    }
}

fn row(board: &Board<'_>, cells: &Trail<'_>, index: usize, council: &str) -> Row {
    let figure = board.figures[index];
    let line = figure.key.strip_prefix("revenue.line.");
    let line = form::LINES
        .rows
        .iter()
        .find(|row| line.is_some_and(|line| line.eq_ignore_ascii_case(row.key)));
    let labelled = |labels: &[(&str, &'static str)], name: &str| {
        labels.iter().find(|(own, _)| *own == name).map_or("", |(_, label)| label)
    };
    let label = match (line, figure.basis) {
        (Some(row), _) => row.label,
        (None, Some(basis)) => labelled(&RECURRING, basis),
        (None, None) => labelled(&TOTALS, &figure.key),
    };
    let coverage = board.picture.coverage.iter().find(|line| &*line.council == council);
    let reason = figure.reasons.get(council).map_or("none", String::as_str);
    Row::of(vec![
        Cell::text(board.programme.name(council)),
        Cell::text(figure.year.as_deref().unwrap_or("all")),
        Cell::text(column(figure.column)),
        Cell::text(label),
        match figure.number() {
            Some(number) => Cell::number(number.clone(), Look::Pence),
            None => Cell::words(said::missing(reason)),
        },
        Cell::text(status(board, figure)),
        Cell::text(reason),
        Cell::text(quality(board, line.copied(), council)),
        Cell::text(coverage.and_then(|line| line.reference.as_deref()).unwrap_or("none")),
        match figure.sources.as_slice() {
            [only] => trail::cell(only),
            _ => figures::cells(board, cells, index),
        },
    ])
}

fn column(key: Option<&str>) -> &'static str {
    match key {
        Some("y_1_actual") => "Outturn last year",
        Some("y0_forecast") => "Expected outturn",
        Some("y1_budget") => "Budget next year",
        Some("y2_budget") => "Budget year after",
        _ => "Budget",
    }
}

fn status(board: &Board<'_>, figure: &Figure) -> &'static str {
    match figure.number() {
        None if figure.reasons.values().any(|reason| said::is_inapplicable(reason)) => {
            "not applicable"
        }
        None => "missing",
        Some(_) if board.is_queried(figure) => "under query",
        Some(number) if number.is_zero() => "confirmed nil",
        Some(_) => "reported",
    }
}

/// What the council says of the line; a line of the budget book or ledger needs no word.
fn quality(board: &Board<'_>, line: Option<&GridRow>, council: &str) -> String {
    let Some(line) = line else { return String::from("worked out") };
    let ret = board.intake.return_of(&board.project.code, council);
    let said = ret.and_then(|ret| ret.get(form::LINES.at(line, &form::QUALITY)).text());
    said.unwrap_or("not stated").to_owned()
}
