//! How councils rate the risks, the highest rating and how far they differ (questions 15 to 19; domain.md D12).

use crate::{
    answer::Value,
    book::{
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        working::side::{in_returns, usable},
    },
    english,
    figure::Figure,
    form::{
        GridRow, Group,
        council_return::risks::{MITIGATION, OWN_TABLE, OWNER_ROLE, RISKS, SHEET},
    },
    number::Exact,
    programme::Thresholds,
};

/// Ratings of councils that are so far apart differ in view.
const APART: u32 = 8;

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let Thresholds { risk_red: red, risk_amber: amber, .. } = board.programme.thresholds;
    let mut lead = said::coverage(board);
    lead.push(format!(
        "A score is likelihood by impact, each 1 to 5. The highest counts and is never averaged: {red} and \
         more is red, {amber} to {} amber, less is green. Views differ where scores are {APART} or more \
         apart.",
        red.saturating_sub(1)
    ));
    let mut blocks = vec![Block::Table(scores(board)), Block::Table(actions(board))];
    if board.project.asks(Group::RiskDetail) {
        blocks.push(Block::Table(own(board)));
    }
    Sheet {
        name: "Risks",
        title: format!("{}: risks as the councils rate them", board.project.title),
        lead,
        blocks,
        page: Page::Across,
    }
}

fn scores(board: &Board<'_>) -> Table {
    let councils = board.councils();
    let row = |risk: &GridRow| {
        let of = |council| board.figure("risk.score", council, None, Some(risk.key));
        let mut cells = vec![Cell::text(risk.label)];
        let mut known: Vec<(&str, &Exact)> = vec![];
        for line in &councils {
            let figure = of(Some(&*line.council));
            match figure.and_then(Figure::number) {
                Some(score) => {
                    known.push((board.programme.name(&line.council), score));
                    cells.push(Cell::count(score.clone()));
                }
                None => {
                    let reason = figure.and_then(|figure| figure.reasons.get(&line.council));
                    cells.push(Cell::words(said::missing(reason.map_or("", String::as_str))));
                }
            }
        }
        let highest = known.iter().map(|(_, score)| *score).max();
        let lowest = known.iter().map(|(_, score)| *score).min();
        match (highest, lowest) {
            (Some(highest), Some(lowest)) => {
                let whose = known.iter().filter(|(_, score)| *score == highest);
                let whose: Vec<&str> = whose.map(|(name, _)| *name).collect();
                let apart = highest.clone() - lowest.clone();
                let range = format!("{} to {}", lowest.rounded(0), highest.rounded(0));
                let differ = apart >= Exact::from(APART);
                cells.extend([
                    Cell::count(highest.clone()),
                    Cell::text(board.programme.thresholds.rating(highest)),
                    Cell::text(english::list(&whose)),
                    Cell::text(range),
                    Cell::text(if differ { "views differ" } else { "alike" }),
                ]);
            }
            _ => {
                cells.push(Cell::words("not known [x]"));
                cells.extend(["not known", "none", "none", "not known"].map(Cell::text));
            }
        }
        let status =
            of(None).map_or_else(String::new, |figure| said::lacking(figure, board.programme));
        cells.push(Cell::text(if status.is_empty() { "complete" } else { &status }));
        Row::of(cells)
    };
    let mut columns = vec![Column::text("Risk", 34)];
    columns.extend(
        councils.iter().map(|line| Column {
            widest: 16,
            ..Column::numbers(board.programme.name(&line.council))
        }),
    );
    columns.extend([
        Column::numbers("Highest"),
        Column::text("Rating", 10),
        Column::text("Rated so by", 26),
        Column::text("Range", 12),
        Column::text("Views", 14),
        Column::text("Status", 34),
    ]);
    Table {
        name: "Risks_scores",
        title: String::from("Scores"),
        columns,
        rows: RISKS.rows.iter().map(|risk| row(risk)).collect(),
        filter: false,
        if_empty: String::new(),
    }
}

/// What each council would do about each risk, and who.
fn actions(board: &Board<'_>) -> Table {
    let councils = board.councils();
    let mut rows = vec![];
    for risk in RISKS.rows {
        let said = |column| in_returns(board, &SHEET, RISKS.at(risk, column));
        let text = |said: &Result<Value, String>| match said {
            Ok(value) => value.to_string(),
            Err(words) => words.clone(),
        };
        let each = said(&MITIGATION).into_iter().zip(said(&OWNER_ROLE));
        for (line, (mitigation, owner)) in councils.iter().zip(each) {
            rows.push(Row::of(vec![
                Cell::text(risk.label),
                Cell::text(board.programme.name(&line.council)),
                Cell::text(text(&mitigation)),
                Cell::text(text(&owner)),
            ]));
        }
    }
    Table {
        name: "Risks_actions",
        title: String::from("What would be done, and by whom"),
        columns: vec![
            Column::text("Risk", 34),
            Column::text("Council", 16),
            Column::text("Mitigation", 60),
            Column::text("Who", 26),
        ],
        rows,
        filter: true,
        if_empty: String::new(),
    }
}

/// The risks that councils name beside the five.
fn own(board: &Board<'_>) -> Table {
    let mut rows = vec![];
    for line in board.councils() {
        let ret = board.intake.return_of(&board.project.code, &line.council);
        for row in ret.into_iter().flat_map(|ret| ret.used_rows(&OWN_TABLE)) {
            let mut cells = vec![Cell::text(board.programme.name(&line.council))];
            let said = OWN_TABLE.columns.iter().map(|field| (usable(row.get(field)), field.kind));
            cells.extend(said.map(|(said, kind)| super::side::cell(&said, kind)));
            rows.push(Row::of(cells));
        }
    }
    let columns = OWN_TABLE.columns.iter().map(|field| Column::text(field.label, 40));
    Table {
        name: "Risks_own",
        title: String::from("Risks that councils name themselves"),
        columns: std::iter::once(Column::text("Council", 20)).chain(columns).collect(),
        rows,
        filter: false,
        if_empty: String::from("No council named a risk of its own."),
    }
}
