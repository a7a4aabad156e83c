//! What a unit of work costs, and how the indicators compare: medians and ratios, never a mean of rates (D11).

use crate::{
    answer::Return,
    book::{
        across::{self, Line},
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
        working::side::{cell, usable},
    },
    english,
    figure::Figure,
    form::{
        Kind,
        council_return::service::{PI_CODE, PI_TABLE, PI_VALUE_Y0},
    },
    number::{Decimal, Exact},
    programme::Indicator,
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let unit = &board.project.volume_unit;
    let lines = [
        Line::new(format!("Cost of one unit of work ({unit})"), "unit_cost.per_unit", Look::Pence),
        Line::new("The same as a multiple of the median", "unit_cost.to_median", Look::Ratio),
        Line::new("Cost for each inhabitant", "unit_cost.per_head", Look::Pence),
        Line::new("Cost for each FTE", "unit_cost.per_fte", Look::Pence),
        Line::new("Part of the council’s running cost", "unit_cost.of_running_cost", Look::Percent),
    ];
    let mut lead = said::coverage(board);
    let number = |key: &str| board.combined(key).and_then(Figure::number);
    lead.extend(number("unit_cost.median").map(|median| {
        format!(
            "The median of the councils’ cost of one unit of work ({unit}) is {}.",
            english::pounds_and_pence(median)
        )
    }));
    lead.extend(number("unit_cost.indicative_gap").map(|gap| {
        format!(
            "If the dearest council’s work cost the median it would cost {} less. This is an indicative \
             gap, not a saving.",
            english::pounds(gap)
        )
    }));
    let reported = board.combined("service.indicators").and_then(|figure| figure.exact.as_deref());
    lead.extend(reported.map(|exact| {
        format!("Indicators that all councils report: {}.", exact.replace('/', " of "))
    }));
    Sheet {
        name: "Benchmarks",
        title: format!("{}: unit costs and indicators", board.project.title),
        lead,
        blocks: vec![
            Block::Table(across::table(
                board,
                "Benchmarks_costs",
                "Gross controllable expenditure by what it serves",
                &["Measure"],
                &lines,
            )),
            Block::Table(indicators(board)),
        ],
        page: Page::Across,
    }
}

fn indicators(board: &Board<'_>) -> Table {
    let councils = board.councils();
    let value = |ret: &Return, code: &str| {
        let mut rows = ret.used_rows(&PI_TABLE);
        let row = rows.find(|row| row.get(&PI_CODE).is(code));
        row.map_or_else(|| Err(String::from("not given [x]")), |row| usable(row.get(&PI_VALUE_Y0)))
    };
    let row = |indicator: &Indicator| {
        let said = councils.iter().map(|line| {
            let ret = board.intake.return_of(&board.project.code, &line.council);
            match (line.state.rule(), ret) {
                (Some(rule), _) => Err(said::missing(rule)),
                (None, None) => Err(said::missing("not returned")),
                (None, Some(ret)) => value(ret, &indicator.code),
            }
        });
        let said: Vec<_> = said.collect();
        let known = said.iter().flatten().filter_map(|value| value.to_string().parse().ok());
        let known: Vec<Decimal> = known.collect();
        let count = format!("{} of {}", known.len(), councils.len());
        let edge = |edge: Option<&Decimal>| {
            edge.map_or_else(
                || Cell::words("none [x]"),
                |edge| Cell::number(Exact::from(*edge), Look::Fte),
            )
        };
        let mut cells = vec![Cell::text(format!("{} {}", indicator.code, indicator.label))];
        cells.extend(said.iter().map(|said| cell(said, Kind::Dec)));
        cells.extend([edge(known.iter().min()), edge(known.iter().max())]);
        cells.push(Cell::text(count));
        cells.push(Cell::text(match &*indicator.polarity {
            "High" => "a high value is good",
            "Low" => "a low value is good",
            _ => "not said",
        }));
        Row::of(cells)
    };
    let mut columns = vec![Column::text("Indicator", 50)];
    columns
        .extend(councils.iter().map(|line| Column::numbers(board.programme.name(&line.council))));
    columns.extend([
        Column::numbers("Lowest"),
        Column::numbers("Highest"),
        Column::text("Reported by", 14),
        Column::text("Which way", 24),
    ]);
    Table {
        name: "Benchmarks_indicators",
        title: String::from("Indicators this year"),
        columns,
        rows: board.project.indicators.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No indicators are asked for."),
    }
}
