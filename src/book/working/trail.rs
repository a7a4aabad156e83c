//! The audit trail: the cells behind every figure, with a way to the council's own workbook.

use crate::{
    book::{
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
        working::{UP, figures},
    },
    figure::{Figure, Source, WITHHELD},
    number::Decimal,
    place::Place,
};

pub(super) const TABLE: &str = "Audit_cells";

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let figures = board.figures.iter().enumerate();
    let rows = figures.flat_map(|(index, figure)| {
        figure.sources.iter().map(move |source| row(board, index, figure, source))
    });
    Sheet {
        name: "Audit_Trail",
        title: format!("{}: the cells behind every figure", board.project.title),
        lead: vec![String::from(
            "One row for each cell that a figure rests on. The first column leads to the figure, the \
             column Cell to the council’s own workbook as long as it lies in the folder returns.",
        )],
        blocks: vec![Block::Table(Table {
            name: TABLE,
            title: String::new(),
            columns: vec![
                Column::text("Figure", 10),
                Column::text("Key", 36),
                Column::text("Figure of", 20),
                Column::text("Year", 10),
                Column::text("Item", 20),
                Column::text("Council", 20),
                Column::numbers("Value in the cell"),
                Column::text("Cell", 20),
                Column::numbers("Version"),
                Column::text("File", 50),
            ],
            rows: rows.collect(),
            filter: true,
            if_empty: String::from("No figure rests on a cell yet."),
        })],
        page: Page::Across,
    }
}

fn row(board: &Board<'_>, index: usize, figure: &Figure, source: &Source) -> Row {
    Row::of(vec![
        Cell::jump(format!("Figure {}", index + 1), figures::TABLE, index),
        Cell::text(&figure.key),
        Cell::text(figures::council(board, figure)),
        Cell::text(figure.year.as_deref().unwrap_or("any")),
        Cell::text(figure.item.as_deref().unwrap_or("none")),
        Cell::text(match &*source.council {
            "" => "project brief",
            code => board.programme.name(code),
        }),
        value(source),
        cell(source),
        Cell::count(source.version),
        Cell::text(&*source.file),
    ])
}

/// A number as a number, anything else as it was typed. The pay of a post is in no workbook but the council's.
fn value(source: &Source) -> Cell {
    if source.value == WITHHELD {
        return Cell::words(said::missing(WITHHELD));
    }
    match source.value.parse::<Decimal>() {
        Ok(number) => Cell::number(number, Look::Fte),
        Err(_) if source.value.is_empty() => Cell::words("empty"),
        Err(_) => Cell::words(&source.value),
    }
}

/// A cell of a council's workbook, which opens there.
pub(super) fn cell(source: &Source) -> Cell {
    let first = source.first();
    let text = match source.count() {
        1 => format!("{}!{first}", source.sheet),
        several => format!("{}!{first} and {} more cells", source.sheet, several - 1),
    };
    let file = format!("{UP}{}", source.file);
    Cell::outside(text, file, source.sheet.to_string(), first.to_owned())
}

/// The same for a place.
pub(in crate::book) fn place(place: &Place) -> Cell {
    match (&place.file, &place.sheet, place.cell) {
        (Some(file), Some(sheet), Some(cell)) => Cell::outside(
            place.within(),
            format!("{UP}{file}"),
            sheet.to_string(),
            cell.to_string(),
        ),
        _ => Cell::text("none"),
    }
}
