//! ICT: the systems by what they are used for, and when they end. Prices are in no public workbook.

use crate::{
    book::{
        board::Board,
        consolidated::{end, given, none},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    english,
    figure::{Amount, Figure, Status},
    form::council_return,
    picture::{End, Function, System},
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let mut lead = said::coverage(board);
    lead.push(String::from(
        "Overlap is the part of the councils with a system that use the most common one. The candidate is \
         the product of most councils, then the one that lasts longest; it is not a recommendation.",
    ));
    let near = board.picture.functions.iter().map(|function| function.near.len()).sum::<usize>();
    if near > 0 {
        let pairs = if near == 1 { "One pair of names is" } else { "Some names are" };
        lead.push(format!(
            "{pairs} perhaps of the same product, and counted apart until it is known."
        ));
    }
    Sheet {
        name: "ICT",
        title: format!("{}: ICT systems", board.project.title),
        lead,
        blocks: vec![
            Block::Table(matrix(board)),
            Block::Table(pairs(board)),
            Block::Table(register(board)),
        ],
        page: Page::Across,
    }
}

/// What each council uses for each function, and how far that is the same.
fn matrix(board: &Board<'_>) -> Table {
    let councils = board.councils();
    let mut columns = vec![Column::text("Used for", 26)];
    columns
        .extend(councils.iter().map(|line| Column::text(board.programme.name(&line.council), 28)));
    columns.extend([
        Column { widest: 14, ..Column::numbers("Councils with the most common") },
        Column { widest: 14, ..Column::numbers("Overlap") },
        Column::text("Candidate", 28),
        Column::text("Status", 34),
    ]);
    let row = |function: &Function| {
        let mut cells = vec![Cell::text(&function.name)];
        for line in &councils {
            cells.push(used(board, &function.name, &line.council));
        }
        let overlap = board.figure("ict.overlap", None, None, Some(&function.name));
        let candidate = board.figure("ict.candidate", None, None, Some(&function.name));
        let value = overlap.and_then(|figure| Some((figure.number()?, figure.exact.as_deref()?)));
        let (most, ratio) = match value {
            Some((ratio, exact)) => (
                Cell::words(exact.replace('/', " of ")),
                Cell::number(ratio.clone(), Look::Percent),
            ),
            None => (Cell::words("no system [z]"), Cell::words("not applicable [z]")),
        };
        let candidate = candidate.and_then(|figure| figure.text());
        cells.extend([most, ratio, Cell::text(candidate.unwrap_or_else(|| String::from("none")))]);
        cells.push(Cell::text(overlap.map_or_else(String::new, |figure| reach(board, figure))));
        Row::of(cells)
    };
    Table {
        name: "ICT_matrix",
        title: String::from("What each council uses, and what they have in common"),
        columns,
        rows: board.picture.functions.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No systems are asked for."),
    }
}

/// How far a figure over the councils reaches, in words.
fn reach(board: &Board<'_>, figure: &Figure) -> String {
    let lacking = said::lacking(figure, board.programme);
    match (figure.missing.len(), figure.used.len()) {
        _ if lacking.is_empty() => String::from("Complete"),
        (missing, 0) => format!("None of {missing}: {lacking}"),
        (missing, used) => format!("{used} of {}: {lacking}", used + missing),
    }
}

/// "Idox Uniform, to 31 March 2011".
fn used(board: &Board<'_>, function: &str, council: &str) -> Cell {
    let figure = board.figure("ict.product", Some(council), None, Some(function));
    let Some(figure) = figure.filter(|figure| figure.status == Status::Complete) else {
        let reason = figure.and_then(|figure| figure.reasons.get(council));
        return Cell::text(said::missing(reason.map_or("", String::as_str)));
    };
    if matches!(&figure.value, Some(Amount::Text(text)) if text == "none") {
        return Cell::text("none");
    }
    let own = board.picture.systems.iter();
    let own = own.filter(|system| &*system.council == council && system.function == function);
    let said = own.map(|system| match system.end {
        End::On(date) if date.year() >= 1900 => {
            format!("{}, to {}", system.name, english::date(date))
        }
        End::On(_) => format!("{}, ended", system.name),
        End::Rolling => format!("{}, until notice", system.name),
        End::Perpetual => format!("{}, perpetual", system.name),
        End::Unknown => format!("{}, end not known", system.name),
    });
    Cell::text(said.collect::<Vec<String>>().join("; "))
}

/// For each two councils, how many of the functions both have a system for are served by the same product.
fn pairs(board: &Board<'_>) -> Table {
    let scores = board.figures.iter().filter(|figure| figure.key == "ict.pair_score");
    let row = |figure: &&Figure| {
        let pair = figure.item.as_deref().unwrap_or_default();
        let names: Vec<&str> = pair.split('-').map(|code| board.programme.name(code)).collect();
        let exact = figure.exact.as_deref().map(|exact| exact.split_once('/').unwrap_or_default());
        let (same, both) = match exact {
            Some((same, both)) => (same.parse().ok(), both.parse().ok()),
            None => (None, None),
        };
        let count = |number: Option<u32>| match number {
            Some(number) => Cell::count(number),
            None if figure.missing.is_empty() => Cell::words("not applicable [z]"),
            None => Cell::words("not available [x]"),
        };
        Row::of(vec![
            Cell::text(english::list(&names)),
            count(same),
            count(both),
            match figure.number() {
                Some(score) => Cell::number(score.clone(), Look::Percent),
                None => count(None),
            },
            Cell::text(reach(board, figure)),
        ])
    };
    Table {
        name: "ICT_pairs",
        title: String::from(
            "Two councils at a time: for how many purposes they use the same product",
        ),
        columns: vec![
            Column::text("Councils", 26),
            Column::numbers("The same product"),
            Column::numbers("Both have one"),
            Column::numbers("Pair score"),
            Column::text("Status", 34),
        ],
        rows: scores.map(row).collect(),
        filter: false,
        if_empty: String::from("There are no two councils to compare."),
    }
}

fn register(board: &Board<'_>) -> Table {
    let place = |system: &System| {
        board.project.ict_functions.iter().position(|own| *own == system.function)
    };
    let mut systems: Vec<&System> = board.picture.systems.iter().collect();
    systems.sort_by_key(|system| place(system).unwrap_or(usize::MAX));
    let row = |system: &&System| {
        let remark = match (system.support_end_unknown, system.plan_year.trim()) {
            (true, "") => String::from("support end not known"),
            (true, year) => format!("support end not known; change planned {year}"),
            (false, "") => String::from("none"),
            (false, year) => format!("change planned {year}"),
        };
        Row::of(vec![
            given(&system.function),
            Cell::text(board.programme.name(&system.council)),
            given(&system.name),
            given(&system.hosting),
            Cell::text(remark),
            given(&system.version),
            match system.users {
                Some(users) => Cell::count(users),
                None => Cell::words("not given [x]"),
            },
            given(&system.support_status),
            end(system.end),
            Cell::text(system.lifespan.word()),
        ])
    };
    Table {
        name: "ICT_systems",
        title: String::from("Systems by what they are used for"),
        columns: vec![
            Column::text("Used for", 26),
            Column::text("Council", 20),
            Column::text("System", 28),
            Column::text("Runs on", 18),
            Column::text("Remark", 26),
            Column::text("Version", 14),
            Column::numbers("Users"),
            Column::text("Support", 14),
            Column::numbers("Last day in force"),
            Column::text("Time left", 14),
        ],
        rows: systems.iter().map(row).collect(),
        filter: true,
        if_empty: none(board, "systems", &[&council_return::ict::TABLE]),
    }
}
