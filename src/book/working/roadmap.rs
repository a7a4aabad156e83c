//! The way to shared systems: a dated line for each system and each step of the brief, against the planned start.

use jiff::civil::Date;

use crate::{
    book::{
        board::Board,
        calendar::against,
        consolidated::given,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        working::trail,
    },
    english,
    picture::{Contract, End, System},
    place::Place,
    programme::Year,
};

/// A line: the day or why there is none, what happens to what.
struct Line<'a> {
    day: Result<Date, &'static str>,
    function: &'a str,
    council: &'a str,
    thing: String,
    what: String,
    place: &'a Place,
}

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let mut lines: Vec<Line<'_>> = vec![];
    for system in &board.picture.systems {
        of_system(board, system, &mut lines);
    }
    lines.extend(board.picture.steps.iter().map(|step| Line {
        day: Ok(step.due),
        function: &step.function,
        council: step.council.as_deref().map_or("all", |code| board.programme.name(code)),
        thing: step.step.clone(),
        what: String::from("step planned in the brief"),
        place: &step.place,
    }));
    // The steps and systems without a day come last, each in its order.
    lines.sort_by_key(|line| line.day.unwrap_or(Date::MAX));
    let go_live = board.project.go_live;
    let row = |line: &Line<'_>| {
        Row::of(vec![
            line.day.map_or_else(Cell::words, Cell::date),
            given(line.function),
            Cell::text(line.council),
            given(&line.thing),
            Cell::text(&line.what),
            Cell::text(line.day.map_or("not known", |day| against(day, go_live))),
            trail::place(line.place),
        ])
    };
    let mut lead = said::coverage(board);
    lead.push(format!(
        "The planned start is {}. A year in which a replacement is planned counts from its first day.",
        english::date(go_live)
    ));
    Sheet {
        name: "ICT_Roadmap",
        title: format!("{}: the way to shared systems", board.project.title),
        lead,
        blocks: vec![Block::Table(Table {
            name: "Roadmap_lines",
            title: String::new(),
            columns: vec![
                Column::numbers("Day"),
                Column::text("Used for", 26),
                Column::text("Council", 20),
                Column::text("System or step", 40),
                Column::text("What happens", 44),
                Column::text("Against the planned start", 24),
                Column::text("Cell", 18),
            ],
            rows: lines.iter().map(row).collect(),
            filter: true,
            if_empty: String::from("No systems are listed and no steps are planned."),
        })],
        page: Page::Across,
    }
}

/// What is known of a system: its end by licence and support, its planned replacement, the notice of its contract.
fn of_system<'a>(board: &Board<'a>, system: &'a System, lines: &mut Vec<Line<'a>>) {
    let thing = match system.version.trim() {
        "" => system.name.clone(),
        version => format!("{} {version}", system.name),
    };
    let mut line = |day, what: &str| {
        lines.push(Line {
            day,
            function: &system.function,
            council: board.programme.name(&system.council),
            thing: thing.clone(),
            what: what.to_owned(),
            place: &system.place,
        });
    };
    match system.end {
        End::On(day) if day.year() >= 1900 => {
            let ends = |end: Option<Date>| end == Some(day);
            line(
                Ok(day),
                match (ends(system.licence_end), ends(system.support_end)) {
                    (true, true) => "licence and support end",
                    (true, false) if system.support_end_unknown => {
                        "licence ends; support end not known"
                    }
                    (true, false) => "licence ends",
                    _ => "support ends",
                },
            );
        }
        End::On(_) => line(Err("ended, no date"), "out of support"),
        End::Perpetual => line(Err("perpetual"), "no end is set"),
        End::Rolling | End::Unknown => line(Err("not known [x]"), "end not known"),
    }
    // A financial year begins on 1 April.
    let planned = Year::parse(&system.plan_year);
    if let Some(day) = planned.and_then(|year| Date::new(year.0, 4, 1).ok()) {
        line(Ok(day), &format!("replacement planned in {}", system.plan_year));
    }
    let of_contract = |contract: &&Contract| {
        !system.contract.is_empty()
            && contract.council == system.council
            && contract.reference == system.contract
    };
    if let Some(contract) = board.picture.contracts.iter().find(of_contract)
        && let Some((by, free)) = contract.leave
    {
        let free = english::date(free);
        let what = format!(
            "last day to give notice of contract {}, to be free on {free}",
            contract.reference
        );
        line(Ok(by), &what);
    }
}
