//! Savings: the test in every reading, who would pay what, payback, and the sets of councils side by side.

use crate::{
    book::{
        board::{Board, Wanted},
        live, said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    english,
    figure::{Amount, Figure},
    picture::Proposal,
    sentence,
};

/// The tables of the working papers that members read too, in the order of the sheet.
const SHOWN: [&str; 9] = [
    "Test_saving",
    "Test_by_basis",
    "Test_beside",
    "Apportionment_gains",
    "Payback_cash_flow",
    "Payback_results",
    "Payback_cases",
    "Scenarios_side_by_side",
    "Scenarios_who_pays_more",
];

/// Those of them with a column of explanations, which Notes has for members and which would make every page small.
const EXPLAINED: [&str; 2] = ["Test_beside", "Payback_results"];

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let mut worked_out = live::sheets(board);
    live::freeze(&mut worked_out);
    let mut blocks = vec![Block::Table(options(board))];
    let mut rest: Vec<Block> = worked_out.into_iter().flat_map(|sheet| sheet.blocks).collect();
    blocks.extend(live::inputs(board).into_iter().map(Block::Table));
    for name in SHOWN {
        let at = rest.iter().position(|block| match block {
            Block::Table(table) => table.name == name,
            Block::Chart(_) | Block::Timeline(_) => false,
        });
        let mut block = at.map(|at| rest.remove(at));
        if let (Some(Block::Table(table)), true) = (&mut block, EXPLAINED.contains(&name)) {
            table.columns.truncate(2);
            table.rows.iter_mut().for_each(|row| row.cells.truncate(2));
        }
        blocks.extend(block);
        if name == "Payback_cases" {
            let chart = rest.iter().position(|block| matches!(block, Block::Chart(_)));
            blocks.extend(chart.map(|at| rest.remove(at)));
        }
    }
    let mut lead = said::coverage(board);
    lead.push(sentence::test(&board.told, board.picture).join(" "));
    Sheet {
        name: "Savings",
        title: format!("{}: savings, shares and payback", board.project.title),
        lead,
        blocks,
        page: Page::Across,
    }
}

/// What each option comes to.
fn options(board: &Board<'_>) -> Table {
    let row = |option: &Proposal| {
        let find = |key, case| {
            board.find(Wanted { key, option: Some(option.number), case, ..Wanted::default() })
        };
        let cell = |key, look| match find(key, None).and_then(|figure| figure.value.as_ref()) {
            Some(Amount::Number(number)) => Cell::number(number.clone(), look),
            Some(Amount::YesNo(yes)) => Cell::words(if *yes { "met" } else { "not met" }),
            Some(Amount::Text(text)) => Cell::words(text),
            _ => Cell::words("not tested [x]"),
        };
        let names: Vec<&str> =
            option.councils.iter().map(|code| board.programme.name(code)).collect();
        let name = if option.name.is_empty() { "not named" } else { &option.name };
        Row::of(vec![
            Cell::text(format!("{} {name}", option.number)),
            Cell::words(english::list(&names)),
            cell("savings.year2", Look::Pounds),
            cell("savings.percent", Look::Percent),
            cell("savings.met", Look::Words),
            cell("savings.low_percent", Look::Percent),
            cell("savings.percent_without_income", Look::Percent),
            cell("appraisal.npv", Look::Pounds),
            cell("appraisal.payback_years", Look::Years),
            Cell::words(match find("savings.met", None) {
                Some(figure) if figure.value.is_some() => String::from("tested"),
                figure => why_not(board, figure),
            }),
        ])
    };
    Table {
        name: "Savings_options",
        title: String::from("The options of the project brief"),
        columns: vec![
            Column::text("Option", 38),
            Column { widest: 16, ..Column::numbers("Made for") },
            Column::numbers("Saving in year 2"),
            Column::numbers("Part of the budget"),
            Column::numbers("The test"),
            Column::numbers("At worst, part of the budget"),
            Column::numbers("Without new income, part of the budget"),
            Column::numbers("Net present value"),
            Column::numbers("Payback in years"),
            Column::text("Tested, or why not", 30),
        ],
        rows: board.picture.options.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No option of the project brief can be shown yet."),
    }
}

fn why_not(board: &Board<'_>, figure: Option<&Figure>) -> String {
    let Some(figure) = figure else { return String::from("not available") };
    if !figure.missing.is_empty() {
        return said::lacking(figure, board.programme);
    }
    match figure.reasons.values().next() {
        Some(reason) if reason.contains("restated") => {
            String::from("savings not restated for these councils")
        }
        _ => String::from("the brief cannot be used in full"),
    }
}
