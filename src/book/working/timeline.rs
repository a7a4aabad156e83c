//! The contracts as bars along the years: a picture of a table of dates, made of parts that stand behind one another.

use jiff::{ToSpan, civil::Date};

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
    picture::{Contract, End},
};

const TABLE: &str = "Timeline_dates";

/// The picture begins so many months before the reference date at the most, and ends so many years after it.
const BEFORE: i32 = 24;
const AFTER: i32 = 12;
/// The widest name beside a bar, in digits.
const WIDEST: usize = 44;

/// A bar: where it begins, and its parts in days.
struct Bar {
    from: Date,
    past: i32,
    term: i32,
    notice: i32,
    extension: i32,
    mark: i32,
}

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let reference = board.run.reference_date;
    let go_live = board.project.go_live;
    let contracts = &board.picture.contracts;
    let bars: Vec<Bar> = contracts.iter().map(|own| Bar::of(own, reference)).collect();
    let last = bars.iter().map(Bar::end).chain([go_live]).max().unwrap_or(go_live);
    let first = bars.iter().map(|bar| bar.from).chain([reference, go_live]).min();
    let first = first.map_or(reference, |first| first.first_of_year());
    // A day would be too thin to be seen.
    let thick = (days(first, last) / 150).max(1);
    let mark = |from| Bar { from, past: 0, term: 0, notice: 0, extension: 0, mark: thick };
    let mut rows = vec![
        row(
            "Reference date",
            "all",
            Cell::date(reference),
            Cell::date(reference),
            &mark(reference),
        ),
        row("Planned start", "all", Cell::date(go_live), Cell::date(go_live), &mark(go_live)),
    ];
    rows.extend(contracts.iter().zip(&bars).map(|(own, bar)| {
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
            Column::numbers("Before the reference date (days)"),
            Column::numbers("Term left (days)"),
            Column::numbers("Notice period (days)"),
            Column::numbers("Possible extension (days)"),
            Column::numbers("Marked day"),
        ],
        rows,
        filter: false,
        if_empty: String::new(),
    };
    let title = format!("Contracts to {}", english::date(last));
    let alt = format!(
        "A bar for each of {} contracts, from its first day or {} to its last, with notice period and \
         possible extension; the reference date {} and the planned start {} are marked. The table below \
         holds the same dates.",
        contracts.len(),
        english::date(first),
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
        parts: 5,
        first,
        last: last.checked_add(thick.days()).unwrap_or(last),
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
    } else if bars.iter().any(|bar| bar.from > reference && bar.end() == bar.from) {
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
    let parts = [bar.past, bar.term, bar.notice, bar.extension, bar.mark];
    cells.extend(parts.map(|days| Cell::count(Exact::ratio(days, 1))));
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

impl Bar {
    fn of(contract: &Contract, reference: Date) -> Bar {
        let earliest = later(reference, -BEFORE);
        let latest = later(reference, AFTER * 12);
        let within = |date: Date| date.clamp(earliest, latest);
        let from = within(contract.start.unwrap_or(reference));
        let months = |number: Option<crate::number::Decimal>| {
            number.map_or(0, |number| i32::try_from(Exact::from(number).whole()).unwrap_or(0))
        };
        let none = Bar { from, past: 0, term: 0, notice: 0, extension: 0, mark: 0 };
        let (notice, over) = match contract.end {
            // Past its last day lies the first day without it.
            End::On(end) if end.year() >= 1900 => {
                let over = within(end.tomorrow().unwrap_or(end));
                (within(later(over, -months(contract.notice_months))).max(from), over)
            }
            End::Rolling => {
                let over = within(contract.earliest_exit.unwrap_or(reference));
                (from.max(reference), over)
            }
            _ => return Bar { past: days(from, reference).max(0), ..none },
        };
        let over = over.max(from);
        let extension = match contract.end {
            End::On(_) => within(later(over, months(contract.extension_months))),
            _ => over,
        };
        let until = reference.clamp(from, notice.max(from));
        Bar {
            past: days(from, until),
            term: days(until, notice),
            notice: days(notice, over),
            extension: days(over, extension),
            ..none
        }
    }

    fn end(&self) -> Date {
        let days = self.past + self.term + self.notice + self.extension;
        self.from.checked_add(days.days()).unwrap_or(self.from)
    }
}

fn later(date: Date, months: i32) -> Date {
    date.checked_add(months.months()).unwrap_or(date)
}

/// Days from one date to a later one; nought if it is not later.
fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days().max(0)
}
