//! The projects at a glance: how each stands and why, and its main totals.

use crate::{
    book::{
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        standing::{self, Standing},
        style::Look,
    },
    english,
    fact::gate::{GATES, Gates},
    figure::{Figure, Status as Reach},
    picture::{Run, State},
    programme::Programme,
};

/// Where the brief records no gates, or there is no brief.
const NO_GATES: &str = "not recorded [x]";

pub(super) fn sheet(programme: &Programme, boards: &[Board<'_>], run: &Run) -> Sheet {
    let expected = |board: &Board<'_>| board.councils().len();
    let used = |board: &Board<'_>| {
        board.councils().iter().filter(|line| line.state == State::Used).count()
    };
    let projects = || boards.iter().filter(|board| !board.is_case());
    let all: usize = projects().map(expected).sum();
    let back: usize = projects().map(used).sum();
    Sheet {
        name: "Projects",
        title: format!("{}: the projects at a glance", programme.title),
        lead: vec![
            format!(
                "{} round. Internal. Figures at {}. Run {}.",
                english::capital(&programme.round),
                english::date(run.reference_date),
                run.name
            ),
            format!(
                "{back} of {all} returns are in use. A total over fewer councils says so, and is not the \
                 total of all."
            ),
            String::from(standing::RULE),
        ],
        blocks: [stand(boards), tests(programme, boards), figures(programme, boards)]
            .map(Block::Table)
            .into(),
        page: Page::Across,
    }
}

/// How each project stands, and why, with its gates. A case has those of the project in it that is behind the others.
fn stand(boards: &[Board<'_>]) -> Table {
    let row = |board: &Board<'_>| {
        let standing = Standing::of(board);
        let members = board.programme.members(board.project).iter();
        let all = members.map(|own| (own, Gates::of(board.intake.brief(&own.code))));
        let behind = all.min_by_key(|(_, gates)| gates.reached());
        let of = match &behind {
            Some((own, _)) if board.is_case() => format!(" (project {})", own.code),
            _ => String::new(),
        };
        let gates = behind.map(|(_, gates)| gates).unwrap_or_else(|| Gates::of(None));
        let words = |words: &str| Cell::text(format!("{words}{of}"));
        let name = |gate: usize| {
            let name = board.told.wording.say("gate.name", GATES[gate], &[]);
            words(&format!("{}: {name}", GATES[gate]))
        };
        let next = gates.next().filter(|_| !gates.is_empty());
        Row::of(vec![
            Cell::text(&*board.project.code),
            Cell::text(&board.project.title),
            Cell::text(&board.project.lead),
            Cell::text(standing.rag.word()),
            Cell::text(english::capital(&standing.reasons.join("; "))),
            match gates.reached() {
                Some(gate) => name(gate),
                None if gates.is_empty() => words(NO_GATES),
                None => words("none yet"),
            },
            match next {
                Some((gate, _)) => name(gate),
                None if gates.is_empty() => words(NO_GATES),
                None => words("none: all are passed"),
            },
            match next.and_then(|(_, day)| day) {
                Some(day) => Cell::date(day),
                None if gates.is_empty() || next.is_some() => Cell::words("not given [x]"),
                None => Cell::words("none [z]"),
            },
        ])
    };
    Table {
        name: "Projects_list",
        title: String::from("How each stands"),
        columns: vec![
            Column::text("Code", 8),
            Column::text("Service", 30),
            Column::text("Lead", 24),
            Column::text("It stands at", 12),
            Column::text("Because", 50),
            Column::text("Gate passed", 24),
            Column::text("Next gate", 24),
            Column { widest: 14, ..Column::numbers("Next gate expected") },
        ],
        rows: boards.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No project was consolidated."),
    }
}

/// Whose returns each project has, and what the savings test says on them.
fn tests(programme: &Programme, boards: &[Board<'_>]) -> Table {
    let row = |board: &Board<'_>| {
        let lines = board.councils();
        let missing: Vec<&str> = lines
            .iter()
            .filter(|line| line.state != State::Used)
            .map(|line| programme.name(&line.council))
            .collect();
        let standing = Standing::of(board);
        let met = |met: Option<bool>| {
            Cell::words(match met {
                Some(true) => "met",
                Some(false) => "not met",
                None => "not tested [x]",
            })
        };
        Row::of(vec![
            Cell::text(&*board.project.code),
            Cell::text(&board.project.title),
            Cell::count(missing.len().abs_diff(lines.len())),
            Cell::count(lines.len()),
            Cell::text(match missing.len() {
                0 => String::from("none"),
                all if all == lines.len() => String::from("all"),
                _ => english::list(&missing),
            }),
            met(standing.met),
            match standing.part {
                Some(part) => Cell::number(part, Look::Percent),
                None => Cell::words("not tested [x]"),
            },
            met(standing.met_at_worst),
        ])
    };
    Table {
        name: "Projects_tests",
        title: String::from("Returns and savings test"),
        columns: vec![
            Column::text("Code", 8),
            Column::text("Service", 30),
            narrow(String::from("Returns in use")),
            narrow(String::from("Returns expected")),
            Column::text("Councils missing", 30),
            narrow(String::from("Savings test")),
            narrow(String::from("Saving in year 2, part of the budget")),
            narrow(String::from("Savings test at worst")),
        ],
        rows: boards.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No project was consolidated."),
    }
}

/// The main totals of each project.
fn figures(programme: &Programme, boards: &[Board<'_>]) -> Table {
    let row = |board: &Board<'_>| {
        let lines = board.councils();
        let budget = |key| board.figure(key, None, Some("y0_budget"), None);
        let gross = budget("revenue.gross_controllable");
        Row::of(vec![
            Cell::text(&*board.project.code),
            Cell::text(&board.project.title),
            Cell::text(match gross {
                Some(figure) if figure.status == Reach::Complete => String::from("complete"),
                Some(figure) if figure.status == Reach::Partial => format!(
                    "{} of {}: {}",
                    figure.used.len(),
                    figure.used.len() + figure.missing.len(),
                    said::lacking(figure, programme)
                ),
                _ => String::from("no returns"),
            }),
            number(board, gross, Look::Pounds),
            number(board, budget("revenue.net_controllable"), Look::Pounds),
            Cell::text(english::date(board.project.go_live)),
            number(board, board.combined("staffing.fte_established"), Look::Fte),
            number(board, board.combined("staffing.vacancy_rate"), Look::Percent),
            Cell::count(lines.iter().map(|line| line.errors).sum::<usize>()),
            Cell::count(lines.iter().map(|line| line.warnings).sum::<usize>()),
        ])
    };
    Table {
        name: "Projects_figures",
        title: String::from("Main totals"),
        columns: vec![
            Column::text("Code", 8),
            Column::text("Service", 30),
            Column::text("Reach of gross controllable", 24),
            narrow(format!("Gross controllable {}", programme.base_year)),
            narrow(format!("Net controllable {}", programme.base_year)),
            Column::text("Planned start", 18),
            narrow(String::from("Budgeted FTE")),
            narrow(String::from("Vacancy rate")),
            narrow(String::from("Answers not used")),
            narrow(String::from("Answers under query")),
        ],
        rows: boards.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No project was consolidated."),
    }
}

/// A column of numbers in which words break into lines.
fn narrow(header: String) -> Column {
    Column { widest: 11, ..Column::numbers(header) }
}

fn number(board: &Board<'_>, figure: Option<&Figure>, look: Look) -> Cell {
    match figure.and_then(Figure::number) {
        Some(number) => Cell::number(number.clone(), look),
        None if board.councils().iter().all(|line| line.state == State::NotReturned) => {
            Cell::words(said::missing("not returned"))
        }
        None => Cell::words(said::missing("")),
    }
}
