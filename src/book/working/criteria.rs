//! What is expected of the project, by the brief and the councils, beside what the returns show (domain.md A2).

use crate::{
    book::{
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        working::side::{Said, in_returns},
    },
    evidence,
    figure::Figure,
    form::{Grid, GridColumn, Group, brief::benefits, council_return::criteria},
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let mut lead = said::coverage(board);
    let outcomes = board.combined("coverage.outcomes").and_then(|figure| figure.exact.as_deref());
    lead.extend(outcomes.and_then(|exact| {
        let (some, all) = exact.split_once('/')?;
        Some(format!("The project lead expects it to bring about {some} of the {all} outcomes."))
    }));
    lead.push(String::from(
        "Opinions are counted and never weighted. What the returns show stands beside them and does not \
         replace them.",
    ));
    let outcomes = Asked {
        name: "Criteria_outcomes",
        title: "Outcomes",
        brief: (&benefits::OUTCOMES, &benefits::OUTCOME_CONTRIBUTION),
        councils: (&criteria::OUTCOMES, &criteria::OUTCOME_CONTRIBUTION),
    };
    let criteria = Asked {
        name: "Criteria_answers",
        title: "Criteria",
        brief: (&benefits::CRITERIA, &benefits::CRITERION_ANSWER),
        councils: (&criteria::CRITERIA, &criteria::CRITERION_ANSWER),
    };
    Sheet {
        name: "Criteria",
        title: format!("{}: expected outcomes and criteria", board.project.title),
        lead,
        blocks: vec![Block::Table(table(board, &outcomes)), Block::Table(table(board, &criteria))],
        page: Page::Across,
    }
}

/// The same questions in the brief and, where they are asked, in the returns.
struct Asked {
    name: &'static str,
    title: &'static str,
    brief: (&'static Grid, &'static GridColumn),
    councils: (&'static Grid, &'static GridColumn),
}

fn table(board: &Board<'_>, asked: &Asked) -> Table {
    let each = board.project.asks(Group::Criteria);
    let councils = board.councils();
    let mut columns = vec![Column::text(asked.title, 50), Column::text("Project brief", 16)];
    if each {
        let names = councils.iter().map(|line| board.programme.name(&line.council));
        columns.extend(names.map(|name| Column::text(name, 16)));
        columns.push(Column::text("Councils’ answers", 30));
    }
    columns.push(Column::text("What the returns show", 60));
    let (grid, column) = asked.councils;
    let row = |(own, line): (&&'static crate::form::GridRow, &&'static crate::form::GridRow)| {
        let said = board.combined(&format!("criteria.{}", own.key)).and_then(Figure::text);
        let mut cells = vec![
            Cell::text(own.label),
            Cell::text(said.unwrap_or_else(|| String::from("not given [x]"))),
        ];
        if each {
            let said = in_returns(board, &criteria::SHEET, grid.at(line, column));
            cells.extend(said.iter().map(|said| match said {
                Ok(value) => Cell::text(value.to_string()),
                Err(words) => Cell::text(words),
            }));
            cells.push(Cell::text(counted(&said)));
        }
        cells.push(Cell::text(shown(board, own.key)));
        Row::of(cells)
    };
    Table {
        name: asked.name,
        title: asked.title.to_owned(),
        columns,
        rows: asked.brief.0.rows.iter().zip(grid.rows).map(row).collect(),
        filter: false,
        if_empty: String::new(),
    }
}

/// "2 Yes, 1 No: views differ".
fn counted(said: &[Said]) -> String {
    let mut counts: Vec<(String, usize)> = vec![];
    for answer in said.iter().flatten().map(ToString::to_string) {
        match counts.iter_mut().find(|(own, _)| *own == answer) {
            Some((_, count)) => *count += 1,
            None => counts.push((answer, 1)),
        }
    }
    let listed: Vec<String> =
        counts.iter().map(|(answer, count)| format!("{count} {answer}")).collect();
    match counts.len() {
        0 => String::from("none yet"),
        1 => listed.join(", "),
        _ => format!("{}: views differ", listed.join(", ")),
    }
}

/// What the figures say to a criterion or outcome; words where there is nothing to go by.
fn shown(board: &Board<'_>, key: &str) -> String {
    let keyed = |key: &str| {
        let own = board.figures.iter().filter(|own| own.key == key);
        own.copied().filter(|own| own.case.is_none()).collect()
    };
    let shown = evidence::shown(&board.told, board.picture, &keyed, key);
    shown.unwrap_or_else(|| board.told.wording.say("evidence.nothing", "some", &[]))
}
