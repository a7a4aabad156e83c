//! The savings test, worked out (domain.md D8): the chosen basis with the others beside it, both readings, all cases.

use super::{
    BASES, Trial,
    lines::{self, Counted, Yearly},
    measure, or_none, recurring,
};
use crate::{
    book::{
        board::{Board, Wanted},
        formula::{At, Formula, Function},
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    figure::{Amount, Figure},
};

const SAVING: &str = "Test_saving";
const TEST: &str = "Test_by_basis";
const BESIDE: &str = "Test_beside";

const CASES: [(&str, Counted); 4] = [
    ("Most likely", Counted::Likely),
    ("At worst", Counted::AtWorst),
    ("At best", Counted::AtBest),
    ("Without new income", Counted::WithoutIncome),
];

/// The row of what is saved after cost.
const NET: usize = 3;

/// The columns of the test.
const BUDGET: usize = 1;
pub(super) const WANTED: usize = 2;
pub(super) const PART: usize = 3;
pub(super) const PART_AT_WORST: usize = 4;
pub(super) const PART_WITHOUT_INCOME: usize = 6;
pub(super) const MET: usize = 7;

pub(super) fn sheet(trial: &Trial<'_>) -> Sheet {
    Sheet {
        name: "Savings_Test",
        title: format!("{}: the savings test", trial.board.project.title),
        lead: vec![String::from(
            "Met when the saving of year 2 is at least the part of the budget that Assumptions asks for, \
             reckoned exactly: 9.99997% is not 10%. The line marked “the test” decides; the others show \
             what another basis would say.",
        )],
        blocks: [saving(trial), test(trial), beside(trial)].map(Block::Table).into(),
        page: Page::Across,
    }
}

/// What the service itself spends today without one-off items, as formulas on other sheets need it.
pub(super) fn gross() -> Formula {
    At::new(TEST, 0, BUDGET).cell()
}

/// What is saved in year 2, as formulas on other sheets need it.
pub(super) fn in_year_2(counted: Counted) -> Formula {
    let column = CASES.iter().position(|(_, own)| *own == counted).unwrap_or(0);
    At::new(SAVING, NET, 1 + column).cell()
}

/// What stands in a column of the line that decides, as formulas on other sheets need it.
pub(super) fn deciding(column: usize) -> Formula {
    let at = |row, column| At::new(TEST, row, column).cell();
    let last = BASES.len() - 1;
    (0..last).rev().fold(at(last, column), |others, row| {
        let decides = Formula::Name("test_basis").equals(at(row, 0));
        Formula::choose(decides, at(row, column), others)
    })
}

fn saving(trial: &Trial<'_>) -> Table {
    let line = |label: &str, of: &dyn Fn(usize, Counted) -> Formula, strong| {
        let mut cells = vec![Cell::text(label)];
        let cases = CASES.iter().enumerate();
        cells.extend(
            cases.map(|(index, (_, counted))| Cell::formula(of(1 + index, *counted), Look::Pounds)),
        );
        Row { cells, strong }
    };
    let at = |row, column| At::new(SAVING, row, column).cell();
    let rows = vec![
        line("What its lines save", &|_, counted| lines::saved(trial, 2, counted), false),
        line("Less: kept to manage it", &|_, _| lines::yearly_cost(trial, Yearly::Client), false),
        line(
            "Less: to bring pay together",
            &|_, _| lines::yearly_cost(trial, Yearly::Harmonisation),
            false,
        ),
        line("Saving in year 2", &|column, _| at(0, column) - at(1, column) - at(2, column), true),
    ];
    let mut columns = vec![Column::text("Part of the saving", 34)];
    columns.extend(CASES.map(|(word, _)| Column::numbers(word)));
    Table {
        name: SAVING,
        title: String::from("What the option saves in its second year"),
        columns,
        rows,
        filter: false,
        if_empty: String::new(),
    }
}

fn test(trial: &Trial<'_>) -> Table {
    let target = Formula::Name("target_share");
    let row = |(index, (word, basis)): (usize, &(&str, Option<&str>))| {
        let at = |column| At::new(TEST, index, column).cell();
        let mut cells =
            vec![Cell::text(*word), or_none(recurring(trial.board, *basis, None), Look::Pounds)];
        cells.push(Cell::formula((at(BUDGET) * target.clone()).rounded(6), Look::Pence));
        for counted in [Counted::Likely, Counted::AtWorst, Counted::AtBest, Counted::WithoutIncome]
        {
            let part = in_year_2(counted) / at(BUDGET);
            cells.push(share_of(at(BUDGET), part, Look::Percent));
        }
        for counted in [Counted::Likely, Counted::AtWorst, Counted::WithoutIncome] {
            cells.push(Cell::formula(met(in_year_2(counted), at(WANTED)), Look::Words));
        }
        for counted in [Counted::Likely, Counted::WithoutIncome] {
            let short = Function::Max.of([Formula::number(0_u32), at(WANTED) - in_year_2(counted)]);
            cells.push(Cell::formula(short, Look::Pence));
        }
        cells.push(Cell::formula(
            Formula::choose(
                Formula::Name("test_basis").equals(at(0)),
                Formula::Text("the test"),
                Formula::Text("beside it"),
            ),
            Look::Text,
        ));
        Row::of(cells)
    };
    Table {
        name: TEST,
        title: String::from("The test on each basis"),
        columns: vec![
            Column::text("Basis", 34),
            Column::numbers("Budget"),
            Column::numbers("Saving wanted"),
            Column::numbers("Most likely, part of it"),
            Column::numbers("At worst, part of it"),
            Column::numbers("At best, part of it"),
            Column::numbers("Without new income, part of it"),
            Column::numbers("Most likely"),
            Column::numbers("At worst"),
            Column::numbers("Without new income"),
            Column::numbers("Most likely, short by"),
            Column::numbers("Without new income, short by"),
            Column::text("Use", 12),
        ],
        rows: BASES.iter().enumerate().map(row).collect(),
        filter: false,
        if_empty: String::new(),
    }
}

/// A part of a budget; words where the budget is nought.
pub(super) fn share_of(budget: Formula, part: Formula, look: Look) -> Cell {
    let nought = budget.equals(Formula::number(0_u32));
    Cell::formula(Formula::choose(nought, Formula::Text("no budget [z]"), part), look)
}

/// "met" or "not met", without the residue that binary fractions leave.
pub(super) fn met(saving: Formula, target: Formula) -> Formula {
    let enough = (saving - target).rounded(6).at_least(Formula::number(0_u32));
    Formula::choose(enough, Formula::Text("met"), Formula::Text("not met"))
}

/// What must be known with the saving.
fn beside(trial: &Trial<'_>) -> Table {
    let board = trial.board;
    let at = |row| At::new(BESIDE, row, 1).cell();
    let gross = trial.amount("revenue.gross_controllable", None);
    let budget = |row| At::new(TEST, row, BUDGET).cell();
    let two_years = lines::saved(trial, 1, Counted::Likely)
        + lines::saved(trial, 2, Counted::Likely)
        - Formula::number(2_u32)
            * (lines::yearly_cost(trial, Yearly::Client)
                + lines::yearly_cost(trial, Yearly::Harmonisation));
    let mut rows = vec![
        measure(
            "Cuts already in budgets",
            or_none(trial.amount("savings.cuts", None), Look::Pounds),
            "Cannot be counted again as a saving.",
        ),
        measure(
            "Support costs that stay",
            or_none(trial.amount("savings.stranded", None), Look::Pounds),
            "Support services now charged to the service, which the councils go on paying.",
        ),
        measure(
            "Saving of years 1 and 2 together",
            Cell::formula(two_years, Look::Pounds),
            "The other reading of the criterion: achieved in the first two years. For information.",
        ),
        measure(
            "As a part of gross controllable",
            share_of(budget(0), at(2) / budget(0), Look::Percent),
            "Of one year’s budget, less one-off items.",
        ),
        measure(
            "As a part, on average a year",
            share_of(budget(0), at(2) / Formula::number(2_u32) / budget(0), Look::Percent),
            "Half of the part above.",
        ),
        measure(
            "Gross controllable, one-off items included",
            or_none(gross.clone(), Look::Pounds),
            "Of all councils together.",
        ),
    ];
    let ring_fenced = trial.amount("revenue.ring_fenced", None);
    let share = match (&gross, &ring_fenced) {
        (Some(gross), Some(_)) if !gross.is_zero() => {
            Cell::formula(in_year_2(Counted::Likely) * (at(5) - at(6)) / at(5), Look::Pence)
        }
        _ => Cell::words("not available [x]"),
    };
    rows.push(measure(
        "Part of it borne by ring-fenced accounts",
        or_none(ring_fenced, Look::Pounds),
        "The housing revenue account, the building-control charging account and their like.",
    ));
    rows.push(measure(
        "General Fund share of the saving",
        share,
        "If the saving falls evenly; the rest goes to the ring-fenced accounts.",
    ));
    rows.extend(quality(board));
    Table {
        name: BESIDE,
        title: String::from("What must be known with it"),
        columns: vec![
            Column::text("Measure", 34),
            Column::numbers("Value"),
            Column::text("What it is", 34),
        ],
        rows,
        filter: false,
        if_empty: String::new(),
    }
}

/// How sure the councils are of keeping quality, and the second criterion.
fn quality(board: &Board<'_>) -> Vec<Row> {
    let count = |certainty: &'static str| {
        let key = "savings.quality_certainty";
        let figure = board.find(Wanted { key, item: Some(certainty), ..Wanted::default() });
        let number = figure.and_then(Figure::number).cloned();
        measure(
            &format!("Certainty of quality: {}", certainty.to_lowercase()),
            or_none(number, Look::Count),
            "Councils that rate it so.",
        )
    };
    let gate = board.combined("savings.quality_gate").and_then(|figure| figure.value.as_ref());
    let mut rows: Vec<Row> = ["High", "Medium", "Low"].map(count).into();
    rows.push(measure(
        "Second criterion: quality",
        Cell::words(match gate {
            Some(Amount::YesNo(true)) => "met",
            _ => "not yet met",
        }),
        "Not met while a council rates the certainty as low or has not answered.",
    ));
    rows
}
