//! The contracts as bars along the years, for whoever draws them: where each begins, and its parts in days.

use jiff::{ToSpan, civil::Date};

use crate::{
    number::{Decimal, Exact},
    picture::{Contract, End},
};

/// The picture begins so many months before the reference date at the most, and ends so many years after it.
const BEFORE: i32 = 24;
const AFTER: i32 = 12;

/// What the parts of a bar are, in their order.
pub const PARTS: [&str; 5] = [
    "Before the reference date (days)",
    "Term left (days)",
    "Notice period (days)",
    "Possible extension (days)",
    "Marked day",
];

/// A bar: the day it begins, and its parts in days, which stand behind one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub from: Date,
    pub parts: [i32; 5],
}

/// Bars for some contracts, with the two days that are marked.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The reference date and the planned start.
    pub marks: [Bar; 2],
    /// In the order of the contracts.
    pub bars: Vec<Bar>,
    /// The first day and the last that the picture shows.
    pub first: Date,
    pub last: Date,
    /// The last day that a bar or a mark stands for.
    pub end: Date,
}

impl Timeline {
    pub fn of<'a>(
        contracts: impl Iterator<Item = &'a Contract>,
        reference: Date,
        go_live: Date,
    ) -> Timeline {
        let bars: Vec<Bar> = contracts.map(|own| Bar::of(own, reference)).collect();
        let end = bars.iter().map(Bar::end).chain([go_live]).max().unwrap_or(go_live);
        let first = bars.iter().map(|bar| bar.from).chain([reference, go_live]).min();
        let first = first.map_or(reference, |first| first.first_of_year());
        // A day would be too thin to be seen.
        let thick = (days(first, end) / 150).max(1);
        let last = end.checked_add(thick.days()).unwrap_or(end);
        let marks = [reference, go_live].map(|from| Bar { from, parts: [0, 0, 0, 0, thick] });
        Timeline { marks, bars, first, last, end }
    }
}

impl Bar {
    fn of(contract: &Contract, reference: Date) -> Bar {
        let earliest = later(reference, -BEFORE);
        let latest = later(reference, AFTER * 12);
        let within = |date: Date| date.clamp(earliest, latest);
        let from = within(contract.start.unwrap_or(reference));
        let months = |number: Option<Decimal>| {
            number.map_or(0, |number| i32::try_from(Exact::from(number).whole()).unwrap_or(0))
        };
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
            _ => return Bar { from, parts: [days(from, reference).max(0), 0, 0, 0, 0] },
        };
        let over = over.max(from);
        let extension = match contract.end {
            End::On(_) => within(later(over, months(contract.extension_months))),
            _ => over,
        };
        let until = reference.clamp(from, notice.max(from));
        let parts = [days(from, until), days(until, notice), days(notice, over)];
        let [past, term, notice] = parts;
        Bar { from, parts: [past, term, notice, days(over, extension), 0] }
    }

    pub fn end(&self) -> Date {
        let days: i32 = self.parts[..4].iter().sum();
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
