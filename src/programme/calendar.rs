//! The committee calendar.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{Calendar, Meeting, councils::Councils};
use crate::{
    english,
    settings::{Key, Table, key},
};

pub(super) const KEYS: &[Key] = &[
    key("returns_due", "returns_due = 2009-02-27"),
    key("bank_holidays", "bank_holidays = [2009-04-10, 2009-04-13]"),
    key("meeting", "[[calendar.meeting]]"),
];

const MEETING: &[Key] = &[
    key("body", "body = \"Cabinet\""),
    key("council", "council = \"THA\""),
    key("dates", "dates = [2009-06-10, 2009-09-02]"),
];

pub(super) fn read(root: &Table<'_>, councils: &Councils) -> Calendar {
    let Some(value) = root.get("calendar") else { return Calendar::default() };
    let what = String::from("calendar");
    let Some(calendar) = root.inner("calendar", value, what, KEYS) else {
        return Calendar::default();
    };
    let mut meetings = vec![];
    for value in calendar.tables("meeting") {
        let what = String::from("calendar, meeting");
        let Some(table) = calendar.inner("meeting", value, what, MEETING) else { continue };
        let body = table.text("body");
        let council = table
            .text_if_given("council")
            .and_then(|code| councils.find(&code, root.notes, table.at("council"), &table.what));
        if table.wants("dates") {
            meetings.extend(dates(&table, "dates").into_iter().map(|date| Meeting {
                body: body.clone(),
                council: council.map(|council| council.code.clone()),
                date,
            }));
        }
    }
    meetings.sort_by_key(|meeting| meeting.date);
    let mut bank_holidays = dates(&calendar, "bank_holidays");
    bank_holidays.sort();
    Calendar { meetings, bank_holidays, returns_due: calendar.date_if_given("returns_due") }
}

fn dates(table: &Table<'_>, key: &str) -> Vec<Date> {
    let mut dates = vec![];
    for entry in table.list(key) {
        let Some(date) = table.as_date(key, entry) else { continue };
        if dates.contains(&date) {
            let date = english::date(date);
            table.note(entry.span().start, &format!("{key} has {date} twice. Delete one of them."));
        }
        dates.push(date);
    }
    dates
}

impl Calendar {
    /// The day so many working days before another.
    fn working_days_before(&self, day: Date, count: u32) -> Date {
        let is_free = |day: Date| {
            let weekend = [Weekday::Saturday, Weekday::Sunday].contains(&day.weekday());
            weekend || self.bank_holidays.contains(&day)
        };
        let mut day = day;
        for _ in 0..count {
            day = day.saturating_sub(1.day());
            while is_free(day) && day > Date::MIN {
                day = day.saturating_sub(1.day());
            }
        }
        day
    }

    /// The last day on which the papers of a meeting can be published: five clear working days before it, without
    /// the day of issue and that of the meeting.
    pub fn publication(&self, meeting: Date) -> Date {
        self.working_days_before(meeting, 6)
    }

    /// When the figures for a meeting are closed: drafts take two days, leads five, the clerk two before publication.
    pub fn cut_off(&self, meeting: Date) -> Date {
        self.working_days_before(self.publication(meeting), 9)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Calendar;

    #[test]
    fn five_clear_days_leave_out_weekends_bank_holidays_and_both_ends() {
        let calendar = Calendar { bank_holidays: vec![date(2009, 8, 31)], ..Calendar::default() };
        assert_eq!(calendar.publication(date(2008, 6, 25)), date(2008, 6, 17));
        assert_eq!(calendar.publication(date(2009, 9, 2)), date(2009, 8, 24));
        assert_eq!(calendar.cut_off(date(2008, 6, 25)), date(2008, 6, 4));
    }
}
