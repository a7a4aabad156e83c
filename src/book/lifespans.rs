//! Lifespans: systems and contracts by the time they have left, and in the order in which they end.

use jiff::civil::Date;

use crate::{
    book::{
        across::{self, Line},
        board::Board,
        consolidated::{end, given, none},
        said,
        sheet::{Block, Cell, Chart, ChartKind, Column, Page, Row, Series, Sheet, Table},
        style::Look,
    },
    english,
    form::council_return::{contracts, ict},
    picture::{End, Lifespan, Placing},
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let table = |name, title, key| {
        Block::Table(across::table(board, name, title, &["Time left"], &lines(key)))
    };
    let mut lead = said::coverage(board);
    lead.push(format!(
        "Time left is counted from {} to the last day in force; possible extensions are not counted.",
        english::date(board.run.reference_date)
    ));
    let chart = |title: &str, table, key: &str| {
        let last = lines(key).len() - 1;
        let councils = board.councils().len();
        Block::Chart(Chart {
            kind: ChartKind::Stacked,
            title: title.to_owned(),
            alt: format!(
                "Stacked columns, one for each bucket of time left, of what each council has in it. The \
                 numbers are in the table {title}."
            ),
            table,
            series: Series::Columns { first: 1, last: councils, top: 0, bottom: last },
            along: String::from("Time left"),
            up: String::from("Number"),
            look: Look::Count,
        })
    };
    let (ict, contracts) = ("ICT systems by time left", "Contracts by time left");
    let mut blocks = vec![
        table("Lifespans_ICT", ict, "ict.lifespan"),
        table("Lifespans_contracts", contracts, "contracts.lifespan"),
    ];
    for (title, table, list) in [
        (ict, "Lifespans_ICT", board.picture.systems.is_empty()),
        (contracts, "Lifespans_contracts", board.picture.contracts.is_empty()),
    ] {
        if !list {
            let key = if table == "Lifespans_ICT" { "ict.lifespan" } else { "contracts.lifespan" };
            blocks.push(chart(title, table, key));
        }
    }
    blocks.push(Block::Table(endings(board)));
    Sheet {
        name: "Lifespans",
        title: format!("{}: how long systems and contracts last", board.project.title),
        lead,
        blocks,
        page: Page::Upright,
    }
}

/// A line for each lifespan that the thing can have. A contract is not perpetual, nor does a system roll on.
pub(super) fn lines(key: &str) -> Vec<Line> {
    let other = match key {
        "ict.lifespan" => Lifespan::Rolling,
        _ => Lifespan::Perpetual,
    };
    let spans = Lifespan::ALL.iter().filter(|span| **span != other);
    let line = |span: &Lifespan| Line {
        item: Some(span.word().to_owned()),
        ..Line::new(english::capital(span.word()), key, Look::Count)
    };
    spans.map(line).collect()
}

/// Everything that ends, the first to end first, then what goes on and what is not known.
fn endings(board: &Board<'_>) -> Table {
    struct Thing<'a> {
        kind: &'a str,
        council: &'a str,
        name: String,
        end: End,
        lifespan: Lifespan,
        placing: Placing,
    }
    let systems = board.picture.systems.iter().map(|system| Thing {
        kind: "System",
        council: board.programme.name(&system.council),
        name: format!("{} {}", system.supplier, system.product),
        end: system.end,
        lifespan: system.lifespan,
        placing: system.placing,
    });
    let contracts = board.picture.contracts.iter().map(|contract| Thing {
        kind: "Contract",
        council: board.programme.name(&contract.council),
        name: format!("{} ({})", contract.title, contract.supplier),
        end: contract.end,
        lifespan: contract.lifespan,
        placing: contract.placing,
    });
    let mut things: Vec<Thing<'_>> = systems.chain(contracts).collect();
    things.sort_by_key(|thing| match thing.end {
        End::On(date) => (0, date),
        End::Unknown => (1, Date::MAX),
        End::Rolling | End::Perpetual => (2, Date::MAX),
    });
    let go_live = board.project.go_live;
    let row = |thing: &Thing<'_>| {
        Row::of(vec![
            given(&thing.name),
            Cell::text(thing.council),
            Cell::text(thing.kind),
            end(thing.end),
            Cell::text(thing.lifespan.word()),
            Cell::text(thing.placing.words()),
        ])
    };
    Table {
        name: "Lifespans_in_order",
        title: String::from("What ends when"),
        columns: vec![
            Column::text("System or contract", 38),
            Column::text("Council", 20),
            Column::text("Kind", 12),
            Column::numbers("Last day in force"),
            Column::text("Time left", 14),
            Column::text(format!("At the planned start, {}", english::date(go_live)), 16),
        ],
        rows: things.iter().map(row).collect(),
        filter: false,
        if_empty: none(board, "systems or contracts", &[&ict::TABLE, &contracts::TABLE]),
    }
}
