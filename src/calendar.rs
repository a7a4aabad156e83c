//! The days that matter for systems and contracts of all projects: one dated list, and the same as a calendar file.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::{
    english,
    finding::Finding,
    picture::{Contract, End, LISTED_TWICE, ProjectPicture, System, Told},
    place::Place,
    programme::{Code, Project},
};

/// Something that falls on a day.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    pub date: Date,
    pub kind: Kind,
    pub project: &'a Project,
    pub council: &'a Code,
    /// "K2 Plan checking", "ICT-01 Idox Uniform".
    pub thing: String,
    pub supplier: &'a str,
    /// The reference by which the council knows it.
    pub reference: &'a str,
    pub place: &'a Place,
    /// The same thing is perhaps in another project too, and so here twice (XPR-001).
    pub twice: bool,
}

/// What happens on a day, in the order in which a day's events are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The last day to give notice, to be free on this day.
    Notice(Date),
    ExtensionDecision,
    StartBy,
    ContractEnd,
    LicenceEnd,
    SupportEnd,
}

impl Kind {
    /// What happens, as a sentence says it.
    pub fn words(self) -> String {
        match self {
            Kind::Notice(free) => {
                format!("last day to give notice, to be free on {}", english::date(free))
            }
            Kind::ExtensionDecision => String::from("extension to be decided on by this day"),
            Kind::StartBy => String::from("work on what follows to start by this day"),
            Kind::ContractEnd => String::from("contract ends: last day in force"),
            Kind::LicenceEnd => String::from("licence ends: last day in force"),
            Kind::SupportEnd => String::from("support ends: last day"),
        }
    }

    /// What a calendar knows it by, whatever its day.
    fn code(self) -> &'static str {
        match self {
            Kind::Notice(_) => "notice",
            Kind::ExtensionDecision => "extension",
            Kind::StartBy => "start-by",
            Kind::ContractEnd => "contract-end",
            Kind::LicenceEnd => "licence-end",
            Kind::SupportEnd => "support-end",
        }
    }
}

/// Every day that a contract or system of a project in scope has, the earliest first.
pub fn events<'a>(told: &Told<'a>) -> Vec<Event<'a>> {
    let mut events = vec![];
    for picture in &told.picture.projects {
        let Some(project) = told.programme.project(&picture.project) else { continue };
        events.extend(of(picture, project, told.findings));
    }
    events.sort_by(|one, two| order(one).cmp(&order(two)));
    events
}

fn order<'e>(event: &'e Event<'_>) -> (Date, &'e Code, &'e Code, &'e str, Kind) {
    (event.date, &event.project.code, event.council, &event.thing, event.kind)
}

/// The days of one project, the earliest first.
pub fn events_of<'a>(
    told: &Told<'a>,
    picture: &'a ProjectPicture,
    project: &'a Project,
) -> Vec<Event<'a>> {
    let mut events = of(picture, project, told.findings);
    events.sort_by(|one, two| order(one).cmp(&order(two)));
    events
}

/// Those of one project, in the order of its registers.
fn of<'a>(
    picture: &'a ProjectPicture,
    project: &'a Project,
    findings: &[Finding],
) -> Vec<Event<'a>> {
    let mut events = vec![];
    for contract in &picture.contracts {
        let end = match contract.end {
            End::On(end) if end.year() >= 1900 => Some(end),
            _ => None,
        };
        let days = [
            (Kind::ContractEnd, end),
            (Kind::StartBy, contract.start_by),
            (Kind::ExtensionDecision, contract.decide_by),
        ];
        let notice = contract.leave.map(|(by, free)| (Kind::Notice(free), by));
        let days = days.into_iter().filter_map(|(kind, date)| Some((kind, date?))).chain(notice);
        events.extend(days.map(|(kind, date)| of_contract(project, contract, kind, date)));
    }
    for system in &picture.systems {
        let days = [(Kind::LicenceEnd, system.licence_end), (Kind::SupportEnd, system.support_end)];
        let days = days.into_iter().filter_map(|(kind, date)| Some((kind, date?)));
        events.extend(days.map(|(kind, date)| of_system(project, system, kind, date)));
    }
    for event in &mut events {
        let own = findings.iter().filter(|finding| finding.rule.code == LISTED_TWICE);
        let mut places =
            own.flat_map(|finding| std::iter::once(&finding.place).chain(&finding.also));
        event.twice = places.any(|place| same_row(place, event.place));
    }
    events
}

fn of_contract<'a>(
    project: &'a Project,
    contract: &'a Contract,
    kind: Kind,
    date: Date,
) -> Event<'a> {
    Event {
        date,
        kind,
        project,
        council: &contract.council,
        thing: format!("{} {}", contract.reference, contract.title),
        supplier: &contract.supplier,
        reference: &contract.reference,
        place: &contract.place,
        twice: false,
    }
}

fn of_system<'a>(project: &'a Project, system: &'a System, kind: Kind, date: Date) -> Event<'a> {
    Event {
        date,
        kind,
        project,
        council: &system.council,
        thing: format!("{} {}", system.reference, system.name),
        supplier: &system.supplier,
        reference: &system.reference,
        place: &system.place,
        twice: false,
    }
}

fn same_row(one: &Place, other: &Place) -> bool {
    let row = |place: &Place| place.cell.map(|cell| cell.row);
    one.file.is_some()
        && (&one.file, &one.sheet, row(one)) == (&other.file, &other.sheet, row(other))
}

/// `alignment.ics` (RFC 5545): an event of a whole day for each. Events keep their names from run to run, so that a
/// calendar that took them in before moves them instead of showing them twice.
pub fn ics(told: &Told<'_>) -> Vec<u8> {
    let (programme, run) = (told.programme, told.run);
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//lathe//alignment calendar//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.text("X-WR-CALNAME", &format!("{}: contracts and systems", programme.title));
    let about = format!(
        "Internal. Notice, extensions, ends, licences and support of all projects. Figures at {}.",
        english::date(run.reference_date)
    );
    lines.text("X-WR-CALDESC", &about);
    let stamp = format!("{}T000000Z", compact(run.as_at));
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for event in events(told) {
        let council = programme.name(event.council);
        let place = [&*event.project.code, council].join(" ");
        let words = event.kind.words();
        let twice = if event.twice { " Perhaps listed in another project too." } else { "" };
        lines.add("BEGIN", "VEVENT");
        lines.add("UID", &unique(&mut names, &programme.title, &event));
        lines.add("DTSTAMP", &stamp);
        lines.add("DTSTART;VALUE=DATE", &compact(event.date));
        lines.text("SUMMARY", &format!("{place}: {} – {words}", event.thing));
        let about = format!(
            "{}, {council}. {}, supplier {}: {words}. Planned start of the shared service: {}.{twice}",
            event.project.title,
            event.thing,
            event.supplier,
            english::date(event.project.go_live)
        );
        lines.text("DESCRIPTION", &about);
        lines.text("CATEGORIES", &event.project.title);
        lines.add("TRANSP", "TRANSPARENT");
        lines.add("END", "VEVENT");
    }
    lines.add("END", "VCALENDAR");
    lines.0.into_bytes()
}

/// The same for the same thing of the same council and project whatever its day, and no other's.
fn unique(names: &mut BTreeMap<String, usize>, programme: &str, event: &Event<'_>) -> String {
    let named = [
        programme,
        &event.project.code,
        event.council,
        event.kind.code(),
        event.reference,
        if event.reference.is_empty() { &event.thing } else { "" },
    ]
    .join("\n");
    let hash = Sha256::digest(named.as_bytes());
    let name: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let times = names.entry(name.clone()).and_modify(|times| *times += 1).or_insert(1);
    match times {
        1 => format!("{name}@lathe"),
        again => format!("{name}-{again}@lathe"),
    }
}

fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// The longest line of a calendar file, in bytes, without its end.
const WIDTH: usize = 75;

/// The lines of a calendar file, folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A text, in which some signs mean something and a control character nothing at all.
    fn text(&mut self, name: &str, text: &str) {
        let mut escaped = String::new();
        for letter in text.chars() {
            match letter {
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                '\n' => escaped.push_str("\\n"),
                letter if letter.is_control() => escaped.push(' '),
                letter => escaped.push(letter),
            }
        }
        self.add(name, &escaped);
    }

    fn add(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if width + letter.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(letter);
            width += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters_and_signs_escaped() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", &format!("a, b; c\\d\ne\u{7}{}", "–".repeat(60)));
        assert!(lines.0.starts_with("SUMMARY:a\\, b\\; c\\\\d\\ne –"));
        assert!(lines.0.split("\r\n").all(|line| line.len() <= WIDTH));
        assert_eq!(lines.0.replace("\r\n ", "").matches('–').count(), 60);
        assert!(lines.0.split("\r\n").skip(1).all(|line| line.is_empty() || line.starts_with(' ')));
    }
}
