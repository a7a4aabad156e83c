//! Assumptions: what may be changed to see what follows, each cell with a name.

use super::{
    BASES, Trial,
    lines::{self, DEARER, OUTSOURCING},
};
use crate::{
    book::{
        reckon::Held,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table, Value},
        style::Look,
    },
    number::{Decimal, Exact},
    programme::Basis,
};

pub(super) fn sheet(trial: &Trial<'_>) -> Sheet {
    let appraisal = &trial.board.programme.appraisal;
    let part = |percent: Decimal| Exact::from(percent) * Exact::ratio(1, 100);
    let number = |value: Exact, look, name| Cell::input(value, look).named(name, vec![]);
    let numbers = trial.options.iter().map(|option| option.number.to_string()).collect();
    let row = |what: &str, value: Cell, name: &str, from: &str| {
        Row::of(vec![Cell::text(what), value, Cell::text(name), Cell::text(from)])
    };
    let dearer = |what: &str, rates: [Decimal; 2], names: [&'static str; 2]| {
        let row = |(how, rate, name): (&str, Decimal, &'static str)| {
            row(
                &format!("{what} costs more than thought, by at {how}"),
                number(part(rate), Look::Percent, name),
                name,
                "programme.toml; what experience shows (optimism bias).",
            )
        };
        [("least", rates[0], names[0]), ("most", rates[1], names[1])].map(row)
    };
    let mut rows = vec![
        row(
            "Option that is tested",
            Cell::input(trial.first().number, Look::Count).named("option_tested", numbers),
            "option_tested",
            "The preferred option of the project brief, or its first. Any made for all these councils.",
        ),
        row(
            "Basis of the test",
            basis(trial),
            "test_basis",
            "programme.toml. Budgets are taken less one-off items.",
        ),
        row(
            "Saving wanted in year 2, as a part of the basis",
            number(appraisal.target(), Look::Percent, "target_share"),
            "target_share",
            "programme.toml. The first criterion for joint services.",
        ),
        row(
            "Discount rate a year",
            number(part(appraisal.discount_rate_pct), Look::Percent, "discount_rate"),
            "discount_rate",
            "programme.toml; 3.5% is the Treasury’s real rate for years 0 to 30.",
        ),
    ];
    rows.extend(dearer("ICT", appraisal.optimism_ict_pct, DEARER[0].1));
    rows.extend(dearer("Accommodation", appraisal.optimism_accommodation_pct, DEARER[1].1));
    if lines::is_outsourced(trial) {
        let rates = appraisal.optimism_outsourcing_pct;
        let both = dearer("What a third party runs", rates, OUTSOURCING).into_iter().zip(rates);
        rows.extend(both.filter(|(_, rate)| !rate.is_zero()).map(|(row, _)| row));
    }
    Sheet {
        name: "Assumptions",
        title: format!("{}: assumptions to try", trial.board.project.title),
        lead: vec![String::from(
            "The cells of the column Value may be changed; they have a frame and a tinted ground. The \
             sheets Savings_Test, Apportionment and Payback_NPV follow, and in Scenarios the test of all \
             councils; so they do where a line of Option_Lines is changed. What each council pays once \
             stays as the brief shares it. What is tried here changes no figure of the run.",
        )],
        blocks: vec![Block::Table(Table {
            name: "Assumptions_list",
            title: String::new(),
            columns: vec![
                Column::text("Assumption", 44),
                Column::numbers("Value"),
                Column::text("Name in formulas", 20),
                Column::text("Where it comes from", 60),
            ],
            rows,
            filter: false,
            if_empty: String::new(),
        })],
        page: Page::Across,
    }
}

fn basis(trial: &Trial<'_>) -> Cell {
    let (word, _) = BASES[match trial.board.project.test_basis {
        Basis::GrossControllable => 0,
        Basis::NetControllable => 1,
        Basis::NetTotal => 2,
    }];
    let choices = BASES.map(|(word, _)| word.to_owned()).into();
    let mut cell = Cell::input(0_u32, Look::Words).named("test_basis", choices);
    if let Value::Input(input) = &mut cell.value {
        input.held = Held::Text(word.to_owned());
    }
    cell
}
