//! The alignment calendar: every notice, extension decision, end and start of work over all projects, in order.

use jiff::civil::Date;

use crate::{
    book::sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
    calendar::{self, Event},
    english,
    picture::{End, Placing, Told},
};

pub(super) fn sheet(told: &Told<'_>) -> Sheet {
    let reference = told.run.reference_date;
    let row = |event: &Event<'_>| {
        Row::of(vec![
            Cell::date(event.date),
            Cell::text(if event.date < reference { "past" } else { "to come" }),
            Cell::text(&*event.project.code),
            Cell::text(told.programme.name(event.council)),
            Cell::text(event.thing.trim()),
            Cell::text(if event.supplier.is_empty() { "not given [x]" } else { event.supplier }),
            Cell::text(english::capital(&event.kind.words())),
            Cell::text(against(event.date, event.project.go_live)),
            Cell::text(if event.twice { "perhaps in another project too" } else { "once" }),
        ])
    };
    Sheet {
        name: "Calendar",
        title: format!("{}: days that matter for contracts and systems", told.programme.title),
        lead: vec![format!(
            "Internal. From the returns in use, as at {}; alignment.ics holds the same for a calendar \
                 program. Work on what follows a contract starts twelve months before it ends, unless the \
                 return says otherwise.",
            english::date(reference)
        )],
        blocks: vec![Block::Table(Table {
            name: "Calendar_days",
            title: String::new(),
            columns: vec![
                Column::numbers("Day"),
                Column::text("When", 10),
                Column::text("Project", 8),
                Column::text("Council", 20),
                Column::text("Contract or system", 40),
                Column::text("Supplier", 26),
                Column::text("What happens", 44),
                Column::text("Against the planned start", 24),
                Column::text("Listed", 20),
            ],
            rows: calendar::events(told).iter().map(row).collect(),
            filter: true,
            if_empty: String::from("No return in use gives a date of a contract or system."),
        })],
        page: Page::Across,
    }
}

/// Where a day lies against the planned start of the shared service.
pub(super) fn against(date: Date, start: Date) -> &'static str {
    match Placing::of(End::On(date), false, start) {
        Placing::EndsBefore => "before it",
        Placing::WithinAYear => "within a year from it",
        _ => "later",
    }
}
