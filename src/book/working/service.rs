//! What the councils say of the service, side by side, with totals of what adds up (question 10).

use crate::{
    answer::{Return, Row as Answered},
    book::{
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        working::side::{Last, Line, cell, in_returns, label, table, usable},
    },
    form::{Field, Group, Kind, Table as Asked, council_return::service as form},
};

/// Numbers that can be added up over councils; rates, days and parts cannot.
const ADDITIVE: [&Field; 6] = [
    &form::VOLUME_Y_1,
    &form::VOLUME_Y0,
    &form::USERS_SERVED,
    &form::TRAINING_SPEND,
    &form::SAVINGS_BUDGETED,
    &form::SAVINGS_ACHIEVED,
];

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let ends = [&form::COMPLETED_BY, &form::NOTES];
    let is_end = |field: &&Field| ends.iter().any(|end| end.name == field.name);
    let asked = form::SHEET.cells().filter(|field| !is_end(field));
    let asked: Vec<&Field> = asked.filter(|field| board.project.asks(field.group)).collect();
    let lines: Vec<Line> = asked
        .into_iter()
        .map(|field| Line {
            labels: vec![label(field)],
            kind: field.kind,
            said: in_returns(board, &form::SHEET, field),
            adds_up: ADDITIVE.iter().any(|own| own.name == field.name),
        })
        .collect();
    let mut lead = said::coverage(board);
    lead.push(format!(
        "Units of work are {}. Only what is counted or paid adds up over councils.",
        board.project.volume_unit
    ));
    let facts = table(board, "Service_facts", "The service", &["Question"], &lines, Last::Total);
    let shared = rows(
        board,
        "Service_shared",
        "What is shared with other councils already",
        &form::SHARED_TABLE,
    );
    let mut blocks = vec![Block::Table(facts), Block::Table(shared)];
    if board.project.asks(Group::Sites) {
        blocks.push(Block::Table(rows(board, "Service_sites", "Sites", &form::SITE_TABLE)));
    }
    Sheet {
        name: "Service_Facts",
        title: format!("{}: what the councils say of the service", board.project.title),
        lead,
        blocks,
        page: Page::Across,
    }
}

/// The rows of a table over all councils.
fn rows(board: &Board<'_>, name: &'static str, title: &str, asked: &'static Asked) -> Table {
    let fields: Vec<&Field> =
        asked.columns.iter().copied().filter(|field| board.project.asks(field.group)).collect();
    let row = |ret: &Return, row: &Answered| {
        let council = ret.council.as_deref().map_or("all", |code| board.programme.name(code));
        let mut cells = vec![Cell::text(council)];
        cells.extend(fields.iter().map(|field| cell(&usable(row.get(field)), field.kind)));
        Row::of(cells)
    };
    let expected = board.councils();
    let returns = expected.iter().filter(|line| line.state.rule().is_none());
    let returns =
        returns.filter_map(|line| board.intake.return_of(&board.project.code, &line.council));
    let column = |field: &&Field| match field.kind {
        Kind::Text | Kind::Choice | Kind::Multi | Kind::Yn | Kind::Ynu => {
            Column::text(field.label, 26)
        }
        _ => Column::numbers(field.label),
    };
    Table {
        name,
        title: title.to_owned(),
        columns: std::iter::once(Column::text("Council", 38))
            .chain(fields.iter().map(column))
            .collect(),
        rows: returns
            .flat_map(|ret| ret.used_rows(asked).map(move |own| (ret, own)))
            .map(|(ret, own)| row(ret, own))
            .collect(),
        filter: false,
        if_empty: String::from("Nothing is listed."),
    }
}
