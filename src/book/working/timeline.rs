//! The contracts as bars along the years: a picture of a table of dates, made of parts that stand behind one another.

use crate::{
    book::{
        board::Board,
        consolidated::end,
        measure::digits,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table, Timeline},
        working::alignment::day,
    },
    english,
    number::Exact,
    timeline::{self, Bar},
};

const TABLE: &str = "Timeline_dates";

/// The widest name beside a bar, in digits.
const WIDEST: usize = 44;

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let reference = board.run.reference_date;
    let go_live = board.project.go_live;
    let contracts = &board.picture.contracts;
    let along = timeline::Timeline::of(contracts.iter(), reference, go_live);
    let [today, start] = &along.marks;
    let mut rows = vec![
        row("Reference date", "all", Cell::date(reference), Cell::date(reference), today),
        row("Planned start", "all", Cell::date(go_live), Cell::date(go_live), start),
    ];
    rows.extend(contracts.iter().zip(&along.bars).map(|(own, bar)| {
        let name = name(&format!("{} {} {}", own.council, own.reference, own.title));
        row(&name, board.programme.name(&own.council), day(own.start), end(own.end), bar)
    }));
    let table = Table {
        name: TABLE,
        title: String::from("The dates of the picture"),
        columns: vec![
            Column::text("Contract", WIDEST),
            Column::text("Council", 20),
            Column::numbers("First day"),
            Column::numbers("Last day in force"),
            Column::numbers("Bar begins"),
        ]
        .into_iter()
        .chain(timeline::PARTS.map(Column::numbers))
        .collect(),
        rows,
        filter: false,
        if_empty: String::new(),
    };
    let title = format!("Contracts to {}", english::date(along.end));
    let alt = format!(
        "{}, each a bar from its first day or {} to its last, with notice period and \
         possible extension; the reference date {} and the planned start {} are marked. The table below \
         holds the same dates.",
        english::some(contracts.len(), "contract"),
        english::date(along.first),
        english::date(reference),
        english::date(go_live)
    );
    let picture = Timeline {
        title,
        alt,
        table: TABLE,
        bars: contracts.len() + 2,
        // The bars of a column from the one where they begin to the marks.
        offset: 4,
        parts: timeline::PARTS.len(),
        first: along.first,
        last: along.last,
        line: go_live,
    };
    let mut lead = vec![String::from(
        "The notice period is the last part of a term; of a contract that goes on until notice it is the \
         time it would take to end it now. The line across the bars is the planned start.",
    )];
    if contracts.is_empty() {
        lead = vec![String::from(
            "No contracts are listed that can be used, so only the two days are shown.",
        )];
    } else if along.bars.iter().any(|bar| bar.from > reference && bar.end() == bar.from) {
        lead.push(String::from("A contract of which too little is known has no bar."));
    }
    Sheet {
        name: "Contract_Timeline",
        title: format!("{}: contracts along the years", board.project.title),
        lead,
        blocks: vec![Block::Timeline(picture), Block::Table(table)],
        page: Page::Across,
    }
}

fn row(name: &str, council: &str, from: Cell, to: Cell, bar: &Bar) -> Row {
    let mut cells = vec![Cell::text(name), Cell::text(council), from, to, Cell::date(bar.from)];
    cells.extend(bar.parts.map(|days| Cell::count(Exact::ratio(days, 1))));
    Row::of(cells)
}

/// A name that fits beside its bar.
fn name(text: &str) -> String {
    if digits(text, false) <= WIDEST {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if digits(&format!("{short}{letter}…"), false) > WIDEST {
            break;
        }
        short.push(letter);
    }
    format!("{}…", short.trim_end())
}
