//! The Summary: budget, staffing and lifespans on one page.

use crate::{
    book::{
        across::{self, Line, MadeOf},
        board::Board,
        consolidated::revenue,
        lifespans, said,
        sheet::{Block, Page, Sheet},
        style::Look,
    },
    english,
    form::council_return::revenue::Y0_BUDGET,
    sentence,
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let year = board.programme.base_year;
    let mut lead = vec![format!(
        "{}, {} round. Public. Figures at {}. Run {}.",
        board.programme.title,
        board.programme.round,
        english::date(board.run.reference_date),
        board.run.name
    )];
    lead.extend(said::coverage(board));
    lead.push(sentence::test(&board.told, board.picture).join(" "));
    let budget = across::table(
        board,
        "Summary_budget",
        format!("Combined budget {year}"),
        &["Budget line"],
        &revenue::lines(&Y0_BUDGET),
    );
    let staffing = across::table(
        board,
        "Summary_staffing",
        "Staffing",
        &["Measure"],
        &[
            Line::new("Budgeted posts (FTE)", "staffing.fte_established", Look::Fte),
            Line::new("Filled posts (FTE)", "staffing.fte_filled", Look::Fte),
            Line {
                made_of: MadeOf::Vacancy { budgeted: 0, filled: 1 },
                ..Line::new("Vacancy rate", "staffing.vacancy_rate", Look::Percent)
            },
            Line::new("People in post", "staffing.headcount", Look::Count),
        ],
    );
    let ict = across::table(
        board,
        "Summary_ICT",
        "ICT systems by the time left on licence or support",
        &["Time left"],
        &lifespans::lines("ict.lifespan"),
    );
    let contracts = across::table(
        board,
        "Summary_contracts",
        "Contracts by the time left",
        &["Time left"],
        &lifespans::lines("contracts.lifespan"),
    );
    Sheet {
        name: "Summary",
        title: format!("{}: budget, staffing, systems and contracts", board.project.title),
        lead,
        blocks: [budget, staffing, ict, contracts].map(Block::Table).into(),
        page: Page::One,
    }
}
