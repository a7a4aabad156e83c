//! What the programme means for one council, on a page (domain.md E9): its services, what it would pay, what falls due.

use std::collections::BTreeSet;

use super::{
    case::{BUDGET, Case, Values, Wanted, paragraph, plural, whole},
    front,
    sharing::{BASES, gained},
    table,
};
use crate::{
    calendar::{self, Event},
    english,
    figure::Ask,
    form::council_return::risks::RISKS,
    picture::{Coverage, Lifespan, State, System, Told},
    programme::{Council, Project, Scenario, Status},
    sentence,
    word::Table,
};

use super::kind::Kind;

/// The rows there is room for: notices to give, ends of systems, and risks.
const NOTICES: usize = 3;
const SYSTEMS: usize = 2;
const RATED: usize = 2;

/// What a council has to do with one project.
struct Part<'a> {
    case: Case<'a>,
    line: &'a Coverage,
}

impl<'a> Part<'a> {
    /// In the order of the programme. A case over several projects would tell of its councils' returns twice.
    fn all(told: &Told<'a>, council: &Council) -> Vec<Part<'a>> {
        let of = |project: &'a Project| {
            let own = told.picture.project(&project.code)?;
            let line = own.coverage.iter().find(|line| line.council == council.code)?;
            Some(Part { case: Case::new(told, project, own, Kind::CouncilPage), line })
        };
        told.programme.projects.iter().filter_map(of).collect()
    }

    fn is_out(&self) -> bool {
        matches!(self.line.participation, Status::Out { .. })
    }

    fn is_invited(&self) -> bool {
        self.line.participation == Status::Optional
    }

    /// The set of councils in which there are figures of its: an invited one is only in a set of its own.
    fn scenario(&self, council: &Council) -> Option<&'a str> {
        let with = |scenario: &&Scenario| scenario.with.contains(&council.code);
        let own = self.case.programme.scenarios.iter().find(with);
        own.filter(|_| self.is_invited()).map(|own| &*own.name)
    }

    fn service(&self) -> &'a str {
        &self.case.project.service
    }

    /// "H Building control".
    fn title(&self) -> String {
        format!("{} {}", self.case.project.code, self.case.project.title)
    }
}

pub(super) fn values(told: &Told<'_>, council: &Council, values: &mut Values) {
    let say = |sentence: &str, form: &str, quoted: &[(&str, &str)]| {
        told.wording.say(sentence, form, quoted)
    };
    let title = say("page.title", "some", &[("council", &council.name)]);
    front::edges(told, title.clone(), values);
    values.text("fig:title", title);
    values.text("fig:programme", told.programme.title.clone());
    let all = Part::all(told, council);
    let (out, parts): (Vec<Part<'_>>, Vec<Part<'_>>) = all.into_iter().partition(Part::is_out);
    values.text("say:part", part_said(told, council, &parts, &out));
    values.passage("if:services", !parts.is_empty());
    values.table("block:services", services(told, council, &parts));
    let shares = shares(told, council, &parts);
    values.passage("if:shares", !shares.rows.is_empty());
    values.passage("if:no_shares", shares.rows.is_empty());
    values.table("block:shares", shares);
    let (days, said) = days(told, council);
    values.text("say:days", paragraph([said, ended(told, council, &parts)]));
    values.passage("if:days", !days.rows.is_empty());
    values.table("block:days", days);
    let said = [risks(told, council, &parts), open(told, council, &parts)];
    let [risks, open] = &said;
    values.passage("if:risks", !risks.is_empty());
    values.text("say:risks", risks);
    values.text("say:open", open);
}

/// "building control and ICT".
fn services_of(parts: &[&Part<'_>]) -> String {
    english::list(&parts.iter().map(|part| part.service()).collect::<Vec<_>>())
}

/// A sentence about the services of some parts: `one` or `many`; nothing about none. Quotes {council} and {list}.
fn about(told: &Told<'_>, sentence: &str, council: &Council, parts: &[&Part<'_>]) -> String {
    let form = if parts.len() == 1 { "one" } else { "many" };
    let quoted = [("council", &*council.name), ("list", &services_of(parts))];
    if parts.is_empty() { String::new() } else { told.wording.say(sentence, form, &quoted) }
}

/// In how many services the council takes part, and in which in another way.
fn part_said(told: &Told<'_>, council: &Council, parts: &[Part<'_>], out: &[Part<'_>]) -> String {
    let counted = parts.iter().filter(|part| !part.is_invited()).count();
    let quoted = [("council", &*council.name), ("number", &english::count(counted))];
    let invited: Vec<&Part<'_>> = parts.iter().filter(|part| part.is_invited()).collect();
    let clarify = |part: &&Part<'_>| part.line.participation == Status::ToBeClarified;
    let clarify: Vec<&Part<'_>> = parts.iter().filter(clarify).collect();
    paragraph([
        told.wording.say("page.part", plural(counted), &quoted),
        about(told, "page.clarify", council, &clarify),
        about(told, "page.invited", council, &invited),
        about(told, "page.out", council, &out.iter().collect::<Vec<_>>()),
    ])
}

/// Each service with what it costs the council today, and its posts.
fn services(told: &Told<'_>, council: &Council, parts: &[Part<'_>]) -> Table {
    let row = |part: &Part<'_>| {
        let cell = |key: &str| {
            let column = key.starts_with("revenue").then_some(BUDGET);
            let scenario = part.scenario(council);
            let ask = Ask { key, council: Some(&council.code), column, scenario, ..Ask::default() };
            part.case.cell(part.case.ask(ask))
        };
        vec![
            part.title(),
            cell("revenue.gross_controllable"),
            cell("revenue.net_controllable"),
            cell("staffing.fte_established"),
            cell("staffing.vacancy_rate"),
        ]
    };
    let year = told.programme.base_year;
    Table {
        title: String::from("Services and what they cost today"),
        description: String::from("The council's own budget and posts for each service."),
        columns: vec![
            table::text("Service", 74),
            table::number(format!("Cost {year}"), 37),
            table::number("Net of income", 37),
            table::number("Posts (FTE)", 29),
            table::number("Vacant", 23),
        ],
        rows: parts.iter().map(row).collect(),
        total: false,
    }
}

/// What the council would pay less or more than today, where an option has been tested.
fn shares(told: &Told<'_>, council: &Council, parts: &[Part<'_>]) -> Table {
    let mut bases: BTreeSet<usize> = BTreeSet::new();
    let mut gains: Vec<(String, Vec<Option<String>>)> = vec![];
    for part in parts {
        let Some(option) = sentence::tested(&part.case.told(), part.case.own) else { continue };
        for income in ["own", "pooled"] {
            let gain = |basis: &str| {
                let wanted = Wanted {
                    key: "apportionment.gain",
                    council: Some(&council.code),
                    option: Some(option),
                    basis: Some(basis),
                    income: Some(income),
                    ..Wanted::default()
                };
                part.case.number(wanted).map(|gain| gained(&part.case, gain))
            };
            let own: Vec<Option<String>> = BASES.iter().map(|(basis, _)| gain(basis)).collect();
            bases.extend((0..BASES.len()).filter(|at| own[*at].is_some()));
            if own.iter().any(Option::is_some) {
                let quoted = [("project", &*part.case.project.code)];
                gains.push((told.wording.say("page.income", income, &quoted), own));
            }
        }
    }
    let heading = |at: &usize| {
        table::number(english::capital(&told.wording.say("sharing.basis", BASES[*at].0, &[])), 34)
    };
    let mut columns = vec![table::text("Income", 30)];
    columns.extend(bases.iter().map(heading));
    let none = || told.wording.say("page.no_share", "some", &[]);
    let row = |(label, own): (String, Vec<Option<String>>)| {
        let mut cells = vec![label];
        cells.extend(bases.iter().map(|at| own[*at].clone().unwrap_or_else(none)));
        cells
    };
    Table {
        title: String::from("Against today"),
        description: String::from("What the council would pay less or more than today, by basis."),
        columns,
        rows: gains.into_iter().map(row).collect(),
        total: false,
    }
}

/// The next notices to give and the next ends of systems, by day, and how many there are in all.
fn days(told: &Told<'_>, council: &Council) -> (Table, String) {
    let to_come: Vec<Event<'_>> = calendar::events(told)
        .into_iter()
        .filter(|event| *event.council == council.code && event.date >= told.run.as_at)
        .collect();
    let of = |wanted: fn(&calendar::Kind) -> bool| -> Vec<&Event<'_>> {
        to_come.iter().filter(|event| wanted(&event.kind)).collect()
    };
    let notices = of(|kind| matches!(kind, calendar::Kind::Notice(_)));
    let systems =
        of(|kind| matches!(kind, calendar::Kind::LicenceEnd | calendar::Kind::SupportEnd));
    let mut shown: Vec<&Event<'_>> =
        notices.iter().take(NOTICES).chain(systems.iter().take(SYSTEMS)).copied().collect();
    shown.sort_by_key(|event| event.date);
    let row = |event: &&Event<'_>| {
        let (form, free) = match event.kind {
            calendar::Kind::Notice(free) => ("notice", english::date(free)),
            calendar::Kind::LicenceEnd => ("licence", String::new()),
            _ => ("support", String::new()),
        };
        let quoted = [("thing", &*event.thing), ("date", &free)];
        let what = told.wording.say("page.day", form, &quoted);
        vec![english::date(event.date), event.project.code.to_string(), what]
    };
    let count = |number: usize, sentence: &str| {
        let quoted = [("number", &*english::count(number))];
        told.wording.say(sentence, plural(number), &quoted)
    };
    let quoted = [
        ("notices", &*count(notices.len(), "page.notices")),
        ("systems", &count(systems.len(), "page.systems")),
    ];
    let all = notices.len() + systems.len();
    let form = match () {
        () if all == 0 => "none",
        () if all > shown.len() => "some",
        () => "all",
    };
    let table = Table {
        title: String::from("Days to come"),
        description: String::from("Notices to give and ends of systems, by day."),
        columns: vec![
            table::text("Day", 40),
            table::text("Service", 20),
            table::text("Last day of, or for", 140),
        ],
        rows: shown.iter().map(row).collect(),
        total: false,
    };
    (table, told.wording.say("page.days", form, &quoted))
}

/// How many systems are past their end already.
fn ended(told: &Told<'_>, council: &Council, parts: &[Part<'_>]) -> String {
    let of =
        |system: &&System| system.council == council.code && system.lifespan == Lifespan::Expired;
    let number: usize =
        parts.iter().map(|part| part.case.own.systems.iter().filter(of).count()).sum();
    told.wording.say("page.ended", plural(number), &[("number", &english::count(number))])
}

/// The risks that the council itself rates highest.
fn risks(told: &Told<'_>, council: &Council, parts: &[Part<'_>]) -> String {
    let mut rated: Vec<(usize, String)> = vec![];
    for part in parts {
        for risk in RISKS.rows {
            let wanted = Wanted {
                key: "risk.score",
                council: Some(&council.code),
                item: Some(risk.key),
                ..Wanted::default()
            };
            let Some(score) = whole(part.case.find(wanted)) else { continue };
            let colour = super::risks::rating(&part.case, score);
            let quoted = [
                ("name", risk.label),
                ("service", part.service()),
                ("score", &*score.to_string()),
                ("colour", &told.wording.say("risk.colour", colour, &[])),
            ];
            rated.push((score, told.wording.say("page.risk", "some", &quoted)));
        }
    }
    rated.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    if parts.iter().all(Part::is_invited) {
        return String::new();
    }
    let list: Vec<&str> = rated.iter().take(RATED).map(|(_, said)| &**said).collect();
    let quoted = [("council", &*council.name), ("list", &english::list(&list))];
    told.wording.say("page.risks", plural(list.len()), &quoted)
}

/// What is asked of the council still: returns, its profile, answers to correct or confirm.
fn open(told: &Told<'_>, council: &Council, parts: &[Part<'_>]) -> String {
    let counted: Vec<&Part<'_>> = parts.iter().filter(|part| !part.is_invited()).collect();
    let of = |wanted: fn(&State) -> bool| -> Vec<&Part<'_>> {
        counted.iter().filter(|part| wanted(&part.line.state)).copied().collect()
    };
    let wanting = of(|state| *state == State::NotReturned);
    let unusable = of(|state| state.rule().is_some());
    let complete = !counted.is_empty() && wanting.is_empty() && unusable.is_empty();
    let all = if complete { told.wording.say("page.returned", "all", &[]) } else { String::new() };
    let due = match (told.programme.calendar.returns_due, wanting.is_empty()) {
        (Some(due), false) => {
            told.wording.say("page.due", "dated", &[("date", &english::date(due))])
        }
        _ => String::new(),
    };
    let profile = told.intake.profile(&council.code).is_some() || counted.is_empty();
    let profile =
        if profile { String::new() } else { told.wording.say("page.profile", "none", &[]) };
    let sum = |of: fn(&Coverage) -> usize| counted.iter().map(|part| of(part.line)).sum::<usize>();
    let (corrections, questions) = (sum(|line| line.errors), sum(|line| line.warnings));
    let count = |sentence: &str, number: usize| {
        told.wording.say(sentence, plural(number), &[("number", &english::count(number))])
    };
    let quoted = [
        ("corrections", &*count("page.corrections", corrections)),
        ("questions", &count("page.questions", questions)),
    ];
    let form = match corrections + questions {
        _ if counted.is_empty() => "invited",
        0 => "none",
        _ => "some",
    };
    paragraph([
        all,
        about(told, "page.not_received", council, &wanting),
        about(told, "page.unusable", council, &unusable),
        due,
        profile,
        told.wording.say("page.queries", form, &quoted),
    ])
}
