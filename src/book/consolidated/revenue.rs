//! Revenue: every line and total, council by council, year by year.

use crate::{
    book::{
        across::{self, Line, MadeOf},
        board::Board,
        said,
        sheet::{Block, Chart, ChartKind, Page, Series, Sheet},
        style::Look,
    },
    figure::{Figure, Status},
    form::{GridColumn, GridRow, council_return::revenue as form},
    programme::Year,
};

/// The tables of the sheet: the column of the form, the name of the table, what the figures are.
const COLUMNS: [(&GridColumn, &str, i16, &str); 5] = [
    (&form::Y0_BUDGET, "Revenue_budget", 0, "budget"),
    (&form::Y_1_ACTUAL, "Revenue_outturn", -1, "outturn"),
    (&form::Y0_FORECAST, "Revenue_forecast", 0, "expected outturn"),
    (&form::Y1_BUDGET, "Revenue_budget_next_year", 1, "budget"),
    (&form::Y2_BUDGET, "Revenue_budget_year_after", 2, "budget"),
];

/// What the service itself spends, in the order of the form.
const SPENDING: [&GridRow; 7] = [
    &form::EMP_DIR,
    &form::EMP_AGY,
    &form::EMP_IND,
    &form::PRE,
    &form::TRA,
    &form::SUP,
    &form::TPP,
];

const INCOME: [&GridRow; 4] = [&form::INC_FEE, &form::INC_GRT, &form::INC_RCH, &form::INC_OTH];

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let mut blocks = vec![];
    for (column, name, offset, what) in COLUMNS {
        if !board.project.asks(column.field.group) {
            continue;
        }
        let year = year(board, offset);
        let mut lines = lines(column);
        if offset == 0 && what == "budget" {
            lines.push(Line {
                column: Some(column.field.name),
                ..Line::new(
                    "Gross controllable less one-off items",
                    "revenue.recurring",
                    Look::Pounds,
                )
            });
        }
        let title = format!("{year} {what}");
        blocks.push(Block::Table(across::table(board, name, title, &["Budget line"], &lines)));
    }
    blocks.extend(chart(board).map(Block::Chart));
    Sheet {
        name: "Revenue",
        title: format!("{}: revenue by council", board.project.title),
        lead: said::coverage(board),
        blocks,
        page: Page::Upright,
    }
}

/// Lines and totals of one column of the form, each total below what it adds up.
pub(super) fn lines(column: &'static GridColumn) -> Vec<Line> {
    let key = column.field.name;
    let of_row = |row: &GridRow| Line {
        column: Some(key),
        ..Line::new(row.label, format!("revenue.line.{}", row.key.to_lowercase()), Look::Pounds)
    };
    let total = |label: &str, figure: &str, plus: Vec<usize>, minus: Vec<usize>| Line {
        column: Some(key),
        made_of: MadeOf::Sum { plus, minus },
        strong: true,
        ..Line::new(label, figure, Look::Pounds)
    };
    let mut lines: Vec<Line> = SPENDING.map(of_row).into();
    lines.push(total(
        "Gross controllable expenditure",
        "revenue.gross_controllable",
        (0..7).collect(),
        vec![],
    ));
    lines.push(of_row(&form::TRF));
    lines.extend(INCOME.map(of_row));
    lines.push(total("Income", "revenue.income", (9..13).collect(), vec![]));
    lines.push(total("Net controllable", "revenue.net_controllable", vec![7, 8], vec![13]));
    lines.extend([&form::SSC, &form::DEP].map(of_row));
    lines.push(total("Net total", "revenue.net_total", vec![14, 15, 16], vec![]));
    lines
}

/// What each council spends on what. Only while nothing is missing: a column that lacks a line would look smaller.
fn chart(board: &Board<'_>) -> Option<Chart> {
    let gross =
        board.figure("revenue.gross_controllable", None, Some(form::Y0_BUDGET.field.name), None)?;
    if gross.status != Status::Complete || gross.used.len() < 2 {
        return None;
    }
    let spends = |row: &GridRow| {
        let key = format!("revenue.line.{}", row.key.to_lowercase());
        let figure = board.figure(&key, None, Some(form::Y0_BUDGET.field.name), None);
        figure.and_then(Figure::number).is_some_and(|number| !number.is_zero())
    };
    let year = board.programme.base_year;
    Some(Chart {
        kind: ChartKind::Stacked,
        title: format!("What the service itself spends, {year} budget"),
        alt: format!(
            "Stacked columns, one for each council, of the lines of gross controllable expenditure. \
             The numbers are in the table {year} budget."
        ),
        table: "Revenue_budget",
        series: Series::Rows {
            rows: (0..SPENDING.len()).filter(|index| spends(SPENDING[*index])).collect(),
            first: 1,
            last: board.councils().len(),
        },
        along: String::from("Council"),
        up: String::from("£ a year"),
        look: Look::Pounds,
    })
}

fn year(board: &Board<'_>, offset: i16) -> Year {
    board.programme.base_year.plus(offset)
}
