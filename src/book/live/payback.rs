//! Payback and net present value, worked out year by year (domain.md D10): cash only, in constant prices.

use super::{
    Trial,
    lines::{self, Counted, Yearly},
    measure,
};
use crate::book::{
    formula::{At, Formula, Function},
    sheet::{Block, Cell, Chart, ChartKind, Column, Page, Row, Series, Sheet, Table},
    style::Look,
};

const FLOW: &str = "Payback_cash_flow";
const RESULTS: &str = "Payback_results";
const CASES: &str = "Payback_cases";

/// The columns of the cash flow.
const SAVING: usize = 1;
const ONEOFF: usize = 2;
const NET: usize = 3;
const CUMULATIVE: usize = 4;
const FACTOR: usize = 5;
const SAVING_TODAY: usize = 6;
const ONEOFF_TODAY: usize = 7;
const NET_TODAY: usize = 8;
const PAID_BACK: usize = 9;

/// Years 0 to 5.
const LAST: usize = 5;

pub(super) fn sheet(trial: &Trial<'_>) -> Sheet {
    Sheet {
        name: "Payback_NPV",
        title: format!("{}: payback and net present value", trial.board.project.title),
        lead: vec![String::from(
            "Year 0 is not discounted. Prices are constant, and only cash is counted. The savings are \
             after what is kept to manage the service and what it takes to bring pay together.",
        )],
        blocks: vec![
            Block::Table(flow(trial)),
            Block::Table(results()),
            Block::Table(cases(trial)),
            Block::Chart(chart()),
        ],
        page: Page::Across,
    }
}

/// What the option is worth today, as formulas on other sheets need it.
pub(super) fn present_value() -> Formula {
    At::new(RESULTS, 0, 1).cell()
}

/// After how many years it is paid back, or the words for never.
pub(super) fn paid_back() -> Formula {
    At::new(RESULTS, 1, 1).cell()
}

/// What is saved after cost in a year from 1 to 5.
fn saving(trial: &Trial<'_>, year: usize, counted: Counted) -> Formula {
    if year == 0 {
        return Formula::number(0_u32);
    }
    lines::saved(trial, year, counted)
        - lines::yearly_cost(trial, Yearly::Client)
        - lines::yearly_cost(trial, Yearly::Harmonisation)
}

fn flow(trial: &Trial<'_>) -> Table {
    let row = |year: usize| {
        let at = |column| At::new(FLOW, year, column).cell();
        let before = |column| At::new(FLOW, year.saturating_sub(1), column).cell();
        let factor = Formula::number(1_u32)
            / (Formula::number(1_u32) + Formula::Name("discount_rate"))
                .power(Formula::number(year));
        let nought = || Formula::number(0_u32);
        let mut cells = vec![
            Cell::text(format!("Year {year}")),
            Cell::formula(saving(trial, year, Counted::Likely), Look::Pounds),
            Cell::formula(lines::spent(trial, year, false, None), Look::Pounds),
            Cell::formula(at(SAVING) - at(ONEOFF), Look::Pounds),
            Cell::formula(
                if year == 0 { at(NET) } else { before(CUMULATIVE) + at(NET) },
                Look::Pounds,
            ),
            Cell::formula(factor, Look::Factor),
            Cell::formula(at(SAVING) * at(FACTOR), Look::Pence),
            Cell::formula(at(ONEOFF) * at(FACTOR), Look::Pence),
            Cell::formula(at(NET) * at(FACTOR), Look::Pence),
        ];
        cells.push(if year == 0 {
            Cell::words("no")
        } else {
            let crosses = Function::And
                .of([before(CUMULATIVE).below(nought()), at(CUMULATIVE).at_least(nought())]);
            let when = Formula::number(year - 1) - before(CUMULATIVE) / at(NET);
            let so_far = At::new(FLOW, 0, CUMULATIVE).to(At::new(FLOW, year - 1, CUMULATIVE));
            let paid = Function::And.of([
                Function::Min.of([so_far]).below(nought()),
                before(CUMULATIVE).at_least(nought()),
                at(CUMULATIVE).at_least(nought()),
            ]);
            let else_ = Formula::choose(paid, Formula::Text("already"), Formula::Text("no"));
            Cell::formula(Formula::choose(crosses, when, else_), Look::Years)
        });
        Row::of(cells)
    };
    Table {
        name: FLOW,
        title: String::from("Cash by year"),
        columns: vec![
            Column::text("Year", 34),
            Column::numbers("Saving"),
            Column::numbers("One-off cost"),
            Column::numbers("Net"),
            Column::numbers("Cumulative"),
            Column::numbers("Worth of £1 today"),
            Column::numbers("Saving, worth today"),
            Column::numbers("One-off cost, worth today"),
            Column::numbers("Net, worth today"),
            Column::numbers("Paid back after years"),
        ],
        rows: (0..=LAST).map(row).collect(),
        filter: false,
        if_empty: String::new(),
    }
}

/// A column of the cash flow from its first year to its last.
fn years(column: usize) -> Formula {
    At::new(FLOW, 0, column).to(At::new(FLOW, LAST, column))
}

fn results() -> Table {
    let total = |column| Formula::sum([years(column)]);
    let steady = At::new(FLOW, LAST, SAVING).cell();
    let unless_nought = |divisor: Formula, words: &'static str, then: Formula| {
        Formula::choose(divisor.equals(Formula::number(0_u32)), Formula::Text(words), then)
    };
    let never = "not within the period";
    let paid_back = Formula::choose(
        Function::Count.of([years(PAID_BACK)]).equals(Formula::number(0_u32)),
        Formula::Text(never),
        Function::Min.of([years(PAID_BACK)]),
    );
    let rows = vec![
        measure(
            "Net present value",
            Cell::formula(total(NET_TODAY), Look::Pence),
            "What the option is worth today, over years 0 to 5.",
        ),
        measure(
            "Payback in years",
            Cell::formula(paid_back, Look::Years),
            "From the start of year 1 until the sum of cash reaches nought, evenly within a year.",
        ),
        measure(
            "Simple payback in years",
            Cell::formula(
                unless_nought(steady.clone(), never, total(ONEOFF) / steady),
                Look::Years,
            ),
            "All one-off cost, divided by the saving of year 5.",
        ),
        measure(
            "Saving for each £1 of cost",
            Cell::formula(
                unless_nought(
                    total(ONEOFF_TODAY),
                    "no cost [z]",
                    total(SAVING_TODAY) / total(ONEOFF_TODAY),
                ),
                Look::Ratio,
            ),
            "Savings divided by one-off cost, both as worth today (benefit-cost ratio).",
        ),
        measure(
            "Savings may fall by",
            Cell::formula(
                unless_nought(
                    total(SAVING_TODAY),
                    "no saving [z]",
                    Formula::number(1_u32) - total(ONEOFF_TODAY) / total(SAVING_TODAY),
                ),
                Look::Percent,
            ),
            "Then the option just breaks even (switching value).",
        ),
        measure("One-off cost in all", Cell::formula(total(ONEOFF), Look::Pounds), "Years 0 to 2."),
        measure(
            "Saving in all",
            Cell::formula(total(SAVING), Look::Pounds),
            "Years 1 to 5, not discounted.",
        ),
    ];
    Table {
        name: RESULTS,
        title: String::from("What it comes to"),
        columns: vec![
            Column::text("Measure", 34),
            Column::numbers("Value"),
            Column::text("How it is reckoned", 34),
        ],
        rows,
        filter: false,
        if_empty: String::new(),
    }
}

fn cases(trial: &Trial<'_>) -> Table {
    let likely = |year| saving(trial, year, Counted::Likely);
    let plain = |year| lines::spent(trial, year, false, None);
    type Net<'a> = Box<dyn Fn(usize) -> Formula + 'a>;
    let mut net: Vec<(String, Net<'_>)> = vec![
        (String::from("Most likely"), Box::new(move |year| likely(year) - plain(year))),
        (
            String::from("At worst: lower savings, higher cost"),
            Box::new(move |year| {
                saving(trial, year, Counted::AtWorst) - lines::spent(trial, year, true, None)
            }),
        ),
        (
            String::from("At best: higher savings"),
            Box::new(move |year| saving(trial, year, Counted::AtBest) - plain(year)),
        ),
        (
            String::from("Without new income"),
            Box::new(move |year| saving(trial, year, Counted::WithoutIncome) - plain(year)),
        ),
        (
            String::from("Savings one year late"),
            Box::new(move |year| match year {
                0 | 1 => Formula::number(0_u32) - plain(year),
                _ => At::new(FLOW, year - 1, SAVING).cell() - plain(year),
            }),
        ),
    ];
    if lines::tells_apart(trial) {
        for (category, names) in lines::DEARER {
            for (how, name) in ["least", "most"].into_iter().zip(names) {
                net.push((
                    format!("{category} dearer by the {how}"),
                    Box::new(move |year| {
                        likely(year) - lines::spent(trial, year, false, Some((category, name)))
                    }),
                ));
            }
        }
    }
    if lines::is_outsourced(trial) {
        let rates = trial.board.programme.appraisal.optimism_outsourcing_pct;
        let ends = ["least", "most"].into_iter().zip(lines::OUTSOURCING);
        for ((how, name), _) in ends.zip(rates).filter(|(_, rate)| !rate.is_zero()) {
            net.push((
                format!("Third party dearer by the {how}"),
                Box::new(move |year| match year {
                    0 => likely(year) - plain(year),
                    _ => {
                        let more = Formula::Name(name) * lines::running(trial, year);
                        likely(year) - plain(year) - more
                    }
                }),
            ));
        }
    }
    let row = |(index, (label, net)): (usize, &(String, Net<'_>))| {
        let at = |column| At::new(CASES, index, column);
        let mut cells = vec![Cell::text(label)];
        cells.extend((0..=LAST).map(|year| Cell::formula(net(year), Look::Pounds)));
        let later = at(2).to(at(1 + LAST));
        let worth = at(1).cell() + Function::Npv.of([Formula::Name("discount_rate"), later]);
        cells.push(Cell::formula(worth, Look::Pence));
        let first = At::new(CASES, 0, 2 + LAST).cell();
        cells.push(Cell::formula(at(2 + LAST).cell() - first, Look::Pence));
        Row::of(cells)
    };
    let mut columns = vec![Column::text("If it comes so", 34)];
    columns.extend((0..=LAST).map(|year| Column::numbers(format!("Net, year {year}"))));
    columns.push(Column::numbers("Net present value"));
    columns.push(Column::numbers("Against most likely"));
    Table {
        name: CASES,
        title: String::from("What it comes to if things go otherwise"),
        columns,
        rows: net.iter().enumerate().map(row).collect(),
        filter: false,
        if_empty: String::new(),
    }
}

fn chart() -> Chart {
    Chart {
        kind: ChartKind::Line,
        title: String::from("Cumulative cash: when the cost is paid back"),
        alt: String::from(
            "A line of the sum of cash at the end of each year, from one-off cost below nought to savings \
             above it. The numbers are in the column Cumulative of the table Cash by year.",
        ),
        table: FLOW,
        series: Series::Columns { first: CUMULATIVE, last: CUMULATIVE, top: 0, bottom: LAST },
        along: String::from("Year"),
        up: String::from("£ since the start"),
        look: Look::Pounds,
    }
}
