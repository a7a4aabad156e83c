//! Coverage: whose returns are in, and how they are used.

use crate::{
    book::{
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
    },
    english,
    picture::{Coverage, State},
    programme::Status,
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    Sheet {
        name: "Coverage",
        title: format!("{}: which returns are in", board.project.title),
        lead: said::coverage(board),
        blocks: vec![Block::Table(table(board))],
        page: Page::Across,
    }
}

fn table(board: &Board<'_>) -> Table {
    let row = |line: &Coverage| {
        let back = matches!(line.state, State::Used | State::Refused(_));
        let or_not = |cell: Cell| if back { cell } else { Cell::words("[x]") };
        Row::of(vec![
            Cell::text(board.programme.name(&line.council)),
            Cell::text(part(&line.participation)),
            Cell::text(match (&line.state, line.kind) {
                (State::NotReturned, _) if !asked(line) => String::from("not asked [z]"),
                (State::NotReturned, _) => said::missing("not returned"),
                (State::SetAside(rule), _) => said::missing(rule),
                (_, Some(kind)) => kind.to_string(),
                (_, None) => String::from("returned"),
            }),
            Cell::text(line.reference.as_deref().unwrap_or("none")),
            or_not(match &*line.sent {
                [] => Cell::words("[x]"),
                [only] if line.forms == 1 => Cell::count(only.version),
                _ => Cell::words(line.version()),
            }),
            or_not(Cell::count(line.answered)),
            or_not(Cell::count(line.asked)),
            or_not(Cell::count(line.errors)),
            or_not(Cell::count(line.warnings)),
            Cell::text(match line.charts {
                _ if !asked(line) => String::from("not asked [z]"),
                0 if back => String::from("not supplied"),
                0 => String::from("[x]"),
                some if some == line.forms => String::from("held"),
                some => format!("held for {some} of {}", line.forms),
            }),
            Cell::text(used(line)),
            Cell::text(why(line)),
        ])
    };
    Table {
        name: "Coverage_by_council",
        title: String::new(),
        columns: vec![
            Column::text("Council", 20),
            Column::text("Takes part", 20),
            Column::text("Return", 18),
            Column::text("Source", 10),
            Column::numbers("Version"),
            Column::numbers("Questions answered"),
            Column::numbers("Questions asked"),
            Column::numbers("Answers not used"),
            Column::numbers("Answers under query"),
            Column::text("Structure chart", 14),
            Column::text("In the totals", 14),
            Column::text("Reason", 44),
        ],
        rows: board.picture.coverage.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No council has been asked."),
    }
}

fn asked(line: &Coverage) -> bool {
    !matches!(line.participation, Status::Out { .. })
}

fn part(status: &Status) -> &'static str {
    match status {
        Status::In => "yes",
        Status::ToBeClarified => "position to be clarified",
        Status::Optional => "by invitation",
        Status::Out { .. } => "no",
    }
}

fn used(line: &Coverage) -> &'static str {
    match (&line.participation, &line.state) {
        (Status::Out { .. } | Status::Optional, _) => "not counted",
        (_, State::Used) => "used",
        (_, State::NotReturned | State::Refused(_) | State::SetAside(_)) => "missing",
    }
}

fn why(line: &Coverage) -> String {
    match (&line.participation, &line.state) {
        (Status::Out { minute, date }, _) if minute.is_empty() => {
            format!("decided not to take part on {}", english::date(*date))
        }
        (Status::Out { minute, date }, _) => {
            format!("decided not to take part ({minute}, {})", english::date(*date))
        }
        (Status::Optional, _) => String::from("shown only in a case that includes it"),
        (_, State::NotReturned) => String::from("not yet returned"),
        (_, State::Refused(rule)) => format!("the return cannot be used as it stands ({rule})"),
        (_, State::SetAside(rule)) => format!("a file came in and cannot be used ({rule})"),
        (_, State::Used) if line.errors > 0 => {
            String::from("used, save the answers named on Queries")
        }
        (_, State::Used) => String::from("none"),
    }
}
