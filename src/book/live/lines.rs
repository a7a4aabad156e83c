//! The lines of the options that can be tested, as the project brief has them, each amount to be tried.

use super::{OPTION, Trial, test};
use crate::{
    book::{
        formula::{At, Formula},
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    english,
    number::Exact,
    picture::{Oneoff, Proposal, Saving},
};

const OPTIONS: &str = "Option_list";
const SAVINGS: &str = "Option_savings";
const ONEOFFS: &str = "Option_oneoffs";

/// The columns of the options: what they cost each year.
const CLIENT: usize = 3;
const HARMONISATION: usize = 4;
/// How much of the service a third party is to run; there where an option says so.
const OUTSOURCED: usize = 5;
/// The columns of lines: the category, the first year, and how far they may fall short or go beyond.
const CATEGORY: usize = 1;
const YEARS: usize = 3;
const SAVING_LOW: usize = 8;
const SAVING_HIGH: usize = 9;
const ONEOFF_HIGH: usize = 6;

/// Categories that may cost more than thought, with the names in formulas of how much more, at the least and the most.
pub(super) const DEARER: [(&str, [&str; 2]); 2] = [
    ("ICT", ["ICT_bias_low", "ICT_bias_high"]),
    ("Accommodation", ["accommodation_bias_low", "accommodation_bias_high"]),
];

/// The names in formulas of how much more it may cost that a third party runs the service, at the least and the most.
pub(super) const OUTSOURCING: [&str; 2] = ["outsourcing_bias_low", "outsourcing_bias_high"];

/// How a saving is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Likely,
    AtWorst,
    AtBest,
    WithoutIncome,
}

pub(super) fn sheet(trial: &Trial<'_>) -> Sheet {
    let mut lead = vec![String::from(
        "As the project brief has them; only what saves or costs cash is counted. Savings are levels \
         reached in a year, not additions.",
    )];
    if trial.options.iter().any(|option| option.has_exempt_costs()) {
        lead.push(String::from(
            "Costs of redundancy, pensions and the end of contracts are in the exempt annex line by line; \
             here they stand in a sum with others.",
        ));
    }
    Sheet {
        name: "Option_Lines",
        title: format!("{}: what the options save and cost", trial.board.project.title),
        lead,
        blocks: [options(trial), savings(trial), oneoffs(trial)].map(Block::Table).into(),
        page: Page::Across,
    }
}

/// The cost a year that the option under test takes off every saving.
pub(super) fn yearly_cost(trial: &Trial<'_>, part: Yearly) -> Formula {
    let column = match part {
        Yearly::Client => CLIENT,
        Yearly::Harmonisation => HARMONISATION,
    };
    of_option(OPTIONS, trial.options.len(), column)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Yearly {
    Client,
    Harmonisation,
}

/// Whether a third party would run the service in one of the options.
pub(super) fn is_outsourced(trial: &Trial<'_>) -> bool {
    trial.options.iter().any(|option| option.outsourced)
}

/// What it costs in a year from 1 to 5 to run what the option under test gives to a third party.
pub(super) fn running(trial: &Trial<'_>, year: usize) -> Formula {
    let part = of_option(OPTIONS, trial.options.len(), OUTSOURCED);
    let saved = saved(trial, year, Counted::WithoutIncome);
    part * (test::gross() - saved + yearly_cost(trial, Yearly::Harmonisation))
}

/// What the lines of the option under test save in a year from 1 to 5.
pub(super) fn saved(trial: &Trial<'_>, year: usize, counted: Counted) -> Formula {
    let rows = trial.options.iter().map(|option| option.savings.len()).sum();
    let Some(all) = Lines::of(SAVINGS, rows) else { return Formula::number(0_u32) };
    let own = all.range(0).equals(OPTION) * all.range(YEARS + year - 1);
    Formula::sum_of_each(match counted {
        Counted::Likely => own,
        Counted::AtWorst => own * all.range(SAVING_LOW),
        Counted::AtBest => own * all.range(SAVING_HIGH),
        Counted::WithoutIncome => own * all.range(CATEGORY).differs(Formula::Text("Income")),
    })
}

/// What the option under test costs once in a year from 0 to 5; at worst, or with a category dearer by a named part.
pub(super) fn spent(
    trial: &Trial<'_>,
    year: usize,
    at_worst: bool,
    dearer: Option<(&'static str, &'static str)>,
) -> Formula {
    let rows = trial.options.iter().map(|option| option.costs_shown().len()).sum();
    let Some(all) = Lines::of(ONEOFFS, rows).filter(|_| year <= 2) else {
        return Formula::number(0_u32);
    };
    let own = || all.range(0).equals(OPTION) * all.range(YEARS + year);
    let plain = match at_worst {
        true => own() * all.range(ONEOFF_HIGH),
        false => own(),
    };
    let plain = Formula::sum_of_each(plain);
    match dearer {
        None => plain,
        Some((category, name)) => {
            let of = own() * all.range(CATEGORY).equals(Formula::Text(category));
            plain + Formula::Name(name) * Formula::sum_of_each(of)
        }
    }
}

/// The rows of a table by column.
struct Lines {
    table: &'static str,
    rows: usize,
}

impl Lines {
    /// `None` for a table without rows, which is not there.
    fn of(table: &'static str, rows: usize) -> Option<Lines> {
        (rows > 0).then_some(Lines { table, rows })
    }

    fn range(&self, column: usize) -> Formula {
        At::new(self.table, 0, column).to(At::new(self.table, self.rows - 1, column))
    }
}

fn of_option(table: &'static str, rows: usize, column: usize) -> Formula {
    let all = Lines { table, rows: rows.max(1) };
    Formula::sum_of_each(all.range(0).equals(OPTION) * all.range(column))
}

fn options(trial: &Trial<'_>) -> Table {
    let row = |option: &&Proposal| {
        let names: Vec<&str> =
            option.councils.iter().map(|code| trial.board.programme.name(code)).collect();
        let harmonisation = match option.harmonisation {
            None => Exact::zero(),
            Some(key) => trial.amount(key, None).unwrap_or_else(Exact::zero),
        };
        let mut cells = vec![
            Cell::count(option.number),
            Cell::text(english::list(&names)),
            Cell::text(if option.name.is_empty() { "not named" } else { &option.name }),
            Cell::input(option.client_cost.clone(), Look::Pounds),
            Cell::input(harmonisation, Look::Pounds),
        ];
        if is_outsourced(trial) {
            let part = if option.outsourced { Exact::one() } else { Exact::zero() };
            cells.push(Cell::input(part, Look::Percent));
        }
        Row::of(cells)
    };
    let mut columns = vec![
        Column::numbers("Option"),
        Column::text("Made for", 20),
        Column::text("Name", 38),
        Column::numbers("Kept to manage it"),
        Column::numbers("To bring pay together"),
    ];
    if is_outsourced(trial) {
        columns.push(Column::numbers("Run by a third party"));
    }
    Table {
        name: OPTIONS,
        title: String::from("Options that can be tested, and what they cost each year"),
        columns,
        rows: trial.options.iter().map(row).collect(),
        filter: false,
        if_empty: String::new(),
    }
}

fn savings(trial: &Trial<'_>) -> Table {
    let mut rows = vec![];
    for option in &trial.options {
        for line in &option.savings {
            let mut cells = vec![
                Cell::count(option.number),
                Cell::text(&line.category),
                Cell::text(if line.description.is_empty() {
                    "not named"
                } else {
                    &line.description
                }),
            ];
            cells.extend(line.years.iter().map(|year| Cell::input(year.clone(), Look::Pounds)));
            cells.push(Cell::input(line.low.clone(), Look::Percent));
            cells.push(Cell::input(line.high.clone(), Look::Percent));
            rows.push(Row::of(cells));
        }
    }
    let mut columns = vec![
        Column::numbers("Option"),
        Column::text("Category", 20),
        Column::text("What is saved", 38),
    ];
    columns.extend((1..=5).map(|year| Column::numbers(format!("Year {year}"))));
    columns.extend(["At worst", "At best"].map(Column::numbers));
    Table {
        name: SAVINGS,
        title: String::from("Savings a year"),
        columns,
        rows,
        filter: false,
        if_empty: String::from("The options save no cash."),
    }
}

fn oneoffs(trial: &Trial<'_>) -> Table {
    let mut rows = vec![];
    for option in &trial.options {
        for line in option.costs_shown() {
            let mut cells = vec![
                Cell::count(option.number),
                Cell::text(line.category),
                Cell::text(if line.description.is_empty() {
                    "not named"
                } else {
                    &line.description
                }),
            ];
            cells.extend(line.years.iter().map(|year| Cell::input(year.clone(), Look::Pounds)));
            cells.push(Cell::input(line.high, Look::Percent));
            rows.push(Row::of(cells));
        }
    }
    let mut columns = vec![
        Column::numbers("Option"),
        Column::text("Category", 20),
        Column::text("What it costs once", 38),
    ];
    columns.extend((0..=2).map(|year| Column::numbers(format!("Year {year}"))));
    columns.push(Column::numbers("At worst"));
    Table {
        name: ONEOFFS,
        title: String::from("One-off costs"),
        columns,
        rows,
        filter: false,
        if_empty: String::from("The options cost nothing once."),
    }
}

/// The lines of the option that is tested first, for those who read and do not try.
pub(super) fn to_read(trial: &Trial<'_>) -> Vec<Table> {
    let option = trial.first();
    let label = |category: &str, description: &str| {
        Cell::text(match description {
            "" => category.to_owned(),
            words => format!("{category}: {words}"),
        })
    };
    let pounds = |years: &[Exact]| -> Vec<Cell> {
        years.iter().map(|year| Cell::number(year.clone(), Look::Pounds)).collect()
    };
    let saving = |line: &Saving| {
        let mut cells = vec![label(&line.category, &line.description)];
        cells.extend(pounds(&line.years));
        cells.extend([&line.low, &line.high].map(|part| Cell::number(part.clone(), Look::Percent)));
        Row::of(cells)
    };
    let oneoff = |line: &Oneoff| {
        let mut cells = vec![label(&line.category, &line.description)];
        cells.extend(pounds(&line.years));
        cells.push(Cell::number(line.high.clone(), Look::Percent));
        Row::of(cells)
    };
    let columns = |what: &str, years: std::ops::RangeInclusive<usize>, ends: &[&str]| {
        let mut columns = vec![Column::text(what, 38)];
        columns.extend(years.map(|year| Column::numbers(format!("Year {year}"))));
        columns.extend(ends.iter().map(|end| Column::numbers(*end)));
        columns
    };
    let table = |name, title: &str, columns, rows: Vec<Row>, if_empty: &str| Table {
        name,
        title: format!("{title} of option {}", option.number),
        columns,
        rows,
        filter: false,
        if_empty: if_empty.to_owned(),
    };
    vec![
        table(
            "Savings_lines",
            "Savings a year",
            columns("What is saved", 1..=5, &["At worst", "At best"]),
            option.savings.iter().map(saving).collect(),
            "The option saves no cash.",
        ),
        table(
            "Savings_oneoffs",
            "One-off costs",
            columns("What it costs once", 0..=2, &["At worst"]),
            option.costs_shown().iter().map(oneoff).collect(),
            "The option costs nothing once.",
        ),
    ]
}

/// Whether each category that may be dearer stands by itself among the lines shown.
pub(super) fn tells_apart(trial: &Trial<'_>) -> bool {
    trial.options.iter().all(|option| option.tells_apart())
}
