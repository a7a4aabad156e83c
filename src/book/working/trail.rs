//! The audit trail: the cells behind every figure, with a way to the council's own workbook.

use std::collections::BTreeMap;

use crate::{
    answer::Value,
    book::{
        board::Board,
        cells::{Entry, Trail},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
        working::{UP, figures},
    },
    figure::{Source, WITHHELD},
    form::Field,
    number::Decimal,
    place::Place,
};

pub(super) const TABLE: &str = "Audit_cells";

pub(super) fn sheet(board: &Board<'_>, trail: &Trail<'_>) -> Sheet {
    let origins = origins(board);
    let rows = trail.rows.iter().map(|entry| row(board, &origins, entry));
    Sheet {
        name: "Audit_Trail",
        title: format!("{}: the cells behind every figure", board.project.title),
        lead: vec![String::from(
            "The cells that figures rest on. Figures that rest on the same cells share the rows, which name \
             the first of them; the sheet Figures leads from each figure to its rows. The first column leads \
             to the figure, the column Cell to the council’s own workbook as long as it lies in the folder returns. The hash is \
             the first part of the SHA-256 that the sheet Files has in full.",
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
                Column::text("Hash", 18),
                Column::text("Sent by", 26),
                Column::text("Use", 24),
            ],
            rows: rows.collect(),
            filter: true,
            if_empty: String::from("No figure rests on a cell yet."),
        })],
        page: Page::Across,
    }
}

/// Where a file comes from.
struct Origin<'a> {
    /// The beginning of its hash.
    hash: &'a str,
    sender: String,
}

/// The files of the returns, profiles and brief in use, by path.
fn origins<'a>(board: &Board<'a>) -> BTreeMap<&'a str, Origin<'a>> {
    let mut origins = BTreeMap::new();
    for ret in &board.intake.returns {
        let named = |field: &Field| field.name.ends_with("_completed_by_name");
        let sender = ret.answers().find(|(field, _)| named(field));
        let sender = sender.and_then(|(field, _)| ret.used(field)).map(Value::to_string);
        for file in &ret.files {
            let hash = file.hash.get(..16).unwrap_or(&file.hash);
            let sender = sender.clone().unwrap_or_else(|| String::from("not given"));
            origins.insert(&*file.path, Origin { hash, sender });
        }
    }
    origins
}

fn row(board: &Board<'_>, origins: &BTreeMap<&str, Origin<'_>>, entry: &Entry<'_>) -> Row {
    let Entry { figure: index, source, is_elimination } = *entry;
    let figure = board.figures[index];
    let origin = origins.get(&*source.file);
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
        Cell::text(origin.map_or("not held", |origin| origin.hash)),
        Cell::text(origin.map_or("not given", |origin| &origin.sender)),
        Cell::text(match is_elimination {
            true => "paid between councils, taken out",
            false => "used",
        }),
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
    if let Some(line) = source.estimate() {
        return Cell::text(format!("programme.toml, line {line}"));
    }
    let first = source.first();
    let text = match source.count() {
        1 => format!("{}!{first}", source.sheet),
        several => format!("{}!{first} and {} more cells", source.sheet, several - 1),
    };
    outside(text, &source.file, &source.sheet, first.to_owned())
}

/// Text that opens a cell of a file in the folder returns, and no other file whatever a path may say.
fn outside(text: String, file: &str, sheet: &str, cell: String) -> Cell {
    let within = file.strip_prefix("returns/").is_some_and(|rest| {
        rest.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
    });
    if !within {
        return Cell::text(text);
    }
    Cell::outside(text, format!("{UP}{file}"), sheet.to_owned(), cell)
}

/// The same for a place.
pub(in crate::book) fn place(place: &Place) -> Cell {
    match (&place.file, &place.sheet, place.cell) {
        (Some(file), Some(sheet), Some(cell)) => {
            outside(place.within(), file, sheet, cell.to_string())
        }
        _ => Cell::text("none"),
    }
}
