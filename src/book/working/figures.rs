//! Figures: every figure of the project, with a way to the cells it rests on.

use crate::{
    book::{
        board::Board,
        cells::Trail,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    english,
    figure::{Amount, Figure, Status, Unit},
};

pub(super) const TABLE: &str = "Figures_list";

pub(super) fn sheet(board: &Board<'_>, trail: &Trail<'_>) -> Sheet {
    let rows = board.figures.iter().enumerate();
    let rows = rows.map(|(index, figure)| row(board, trail, index, figure)).collect();
    Sheet {
        name: "Figures",
        title: format!("{}: every figure", board.project.title),
        lead: vec![String::from(
            "Figures are counted in their order. Those of all councils together are followed by those \
             of each council. The last column leads to the cells a figure rests on.",
        )],
        blocks: vec![Block::Table(Table {
            name: TABLE,
            title: String::new(),
            columns: vec![
                Column::numbers("Figure"),
                Column::text("Key", 36),
                Column::text("Council", 20),
                Column::text("Year", 10),
                Column::text("Column", 14),
                Column::text("Item", 20),
                Column::text("Case", 24),
                Column::numbers("Value"),
                Column::text("Unit", 8),
                Column::text("Status", 12),
                Column::text("Missing", 34),
                Column::text("Cells", 12),
            ],
            rows,
            filter: true,
            if_empty: String::from("There are no figures."),
        })],
        page: Page::Across,
    }
}

fn row(board: &Board<'_>, trail: &Trail<'_>, index: usize, figure: &Figure) -> Row {
    Row::of(vec![
        Cell::count(index + 1),
        Cell::text(&figure.key),
        Cell::text(council(board, figure)),
        Cell::text(figure.year.as_deref().unwrap_or("any")),
        Cell::text(figure.column.unwrap_or("none")),
        Cell::text(figure.item.as_deref().unwrap_or("none")),
        Cell::text(case(figure)),
        value(figure),
        Cell::text(figure.unit.word()),
        Cell::text(match figure.status {
            Status::Complete => "complete",
            Status::Partial => "partial",
            Status::Blocked => "blocked",
        }),
        Cell::text(match said::lacking(figure, board.programme) {
            nothing if nothing.is_empty() => String::from("none"),
            lacking => lacking,
        }),
        cells(board, trail, index),
    ])
}

/// A way to the cells that the figure with this number rests on.
pub(super) fn cells(board: &Board<'_>, trail: &Trail<'_>, index: usize) -> Cell {
    let text = match board.figures[index].sources.len() {
        0 => return Cell::text("none"),
        1 => String::from("1 cell"),
        some => format!("{} cells", english::thousands(&some.to_string())),
    };
    Cell::jump_to_rows(text, super::trail::TABLE, trail.of[index].clone())
}

pub(super) fn council(board: &Board<'_>, figure: &Figure) -> String {
    figure
        .council
        .as_deref()
        .map_or_else(|| String::from("all together"), |code| board.programme.name(code).to_owned())
}

/// Option, basis, case and reading of income, where they apply.
fn case(figure: &Figure) -> String {
    let option = figure.option.map(|number| format!("option {number}"));
    let words = [figure.basis, figure.case, figure.income];
    let parts: Vec<String> =
        option.into_iter().chain(words.into_iter().flatten().map(str::to_owned)).collect();
    if parts.is_empty() { String::from("none") } else { parts.join(", ") }
}

/// The value of a figure as a cell of its unit.
pub(super) fn value(figure: &Figure) -> Cell {
    let look = match figure.unit {
        Unit::Pounds | Unit::PoundsPerUnit => Look::Pence,
        Unit::Fte | Unit::Years => Look::Fte,
        Unit::Ratio => Look::Percent,
        _ => Look::Count,
    };
    match &figure.value {
        Some(Amount::Number(number)) => Cell::number(number.clone(), look),
        Some(Amount::Date(date)) => Cell::date(*date),
        Some(Amount::YesNo(yes)) => Cell::words(if *yes { "yes" } else { "no" }),
        Some(Amount::Text(text)) => Cell::words(text),
        None => Cell::words("none"),
    }
}
