//! Suppliers that several councils depend on, in a project and over all of them, with what they are paid.

use std::collections::BTreeMap;

use crate::{
    book::{
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    english,
    figure::{Ask, Figure, WITHHELD},
    picture::{Supplier, Told},
    programme::Programme,
};

const HIDDEN: &str = "Contracts are added up only where three councils or more have one, so that none can tell what \
    another pays; what each costs is in the exempt workbook of its project.";

/// The suppliers of a project.
pub(super) fn of_project(board: &Board<'_>) -> Sheet {
    let mut lead = said::coverage(board);
    if !board.picture.suppliers.is_empty() {
        lead.push(String::from(HIDDEN));
    }
    let find = |key: &str, name: &str| board.figure(key, None, None, Some(name));
    Sheet {
        name: "Suppliers",
        title: format!("{}: suppliers that several councils depend on", board.project.title),
        lead,
        blocks: vec![Block::Table(table(
            board.programme,
            &board.picture.suppliers,
            &find,
            "Suppliers_shared",
            false,
        ))],
        page: Page::Across,
    }
}

/// The suppliers over all projects; nothing where no two councils name the same.
pub(super) fn of_all(told: &Told<'_>) -> Option<Sheet> {
    let Told { programme, picture, .. } = told;
    if picture.suppliers.is_empty() {
        return None;
    }
    let find = |key: &str, name: &str| {
        picture.figures.find(Ask { key, item: Some(name), ..Ask::default() })
    };
    Some(Sheet {
        name: "Suppliers",
        title: format!("{}: suppliers that several councils depend on", programme.title),
        lead: vec![
            String::from(
                "From the returns of all projects that are in use; the status says which are not. What two \
                 projects of a council both list is counted twice until the council has said whose it is.",
            ),
            String::from(HIDDEN),
        ],
        blocks: vec![Block::Table(table(
            programme,
            &picture.suppliers,
            &find,
            "Suppliers_of_all",
            true,
        ))],
        page: Page::Across,
    })
}

fn table<'f>(
    programme: &Programme,
    suppliers: &[Supplier],
    find: &dyn Fn(&str, &str) -> Option<&'f Figure>,
    name: &'static str,
    projects: bool,
) -> Table {
    let row = |supplier: &Supplier| {
        let names: Vec<&str> =
            supplier.councils.iter().map(|council| programme.name(council)).collect();
        let costs = find("suppliers.systems_cost", &supplier.name);
        let values = find("suppliers.contracts_value", &supplier.name);
        let mut cells = vec![Cell::text(&supplier.name), Cell::text(english::list(&names))];
        if projects {
            cells.push(Cell::text(english::list(&supplier.projects)));
        }
        cells.extend([
            Cell::count(supplier.systems),
            sum(costs),
            Cell::count(supplier.contracts),
            sum(values),
            Cell::text(status(programme, costs)),
        ]);
        Row::of(cells)
    };
    let mut columns = vec![Column::text("Supplier", 34), Column::text("Councils", 40)];
    if projects {
        columns.push(Column::text("Projects", 20));
    }
    columns.extend([
        Column::numbers("Systems"),
        Column::numbers("Systems cost a year"),
        Column::numbers("Contracts"),
        Column::numbers("Contracts a year"),
        Column::text("Status", 34),
    ]);
    Table {
        name,
        title: String::new(),
        columns,
        rows: suppliers.iter().map(row).collect(),
        filter: true,
        if_empty: String::from("No two councils name the same supplier."),
    }
}

fn sum(figure: Option<&Figure>) -> Cell {
    match figure.and_then(|figure| Some((figure, figure.number()?))) {
        Some((_, sum)) => Cell::number(sum.clone(), Look::Pounds),
        None => {
            let why = figure.and_then(Figure::kept_back);
            Cell::words(said::missing(why.unwrap_or_default()))
        }
    }
}

/// Whose part the sum lacks, or holds only in part or twice.
fn status(programme: &Programme, figure: Option<&Figure>) -> String {
    let Some(figure) = figure else { return String::from("not collected") };
    let mut said: Vec<String> = vec![said::lacking(figure, programme)];
    let mut partly: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (code, reason) in &figure.reasons {
        let told = figure.missing.contains(code) || said::is_listed_twice(reason);
        if !told && reason != WITHHELD && !said::is_inapplicable(reason) {
            partly.entry(reason).or_default().push(programme.name(code));
        }
    }
    let partly = partly.iter();
    said.extend(
        partly.map(|(why, names)| format!("{}: {}", english::list(names), said::cause(why))),
    );
    said.retain(|part| !part.is_empty());
    if said.is_empty() { String::from("complete") } else { said.join("; ") }
}
