//! Apportionment, worked out (domain.md D9): the cost after savings shared by every basis, to whole pounds by the largest
//! remainder, with who gains and who pays more.

use super::{Trial, lines::Counted, or_none, recurring, test::in_year_2};
use crate::{
    book::{
        board::Wanted,
        formula::{At, Formula, Function},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    english,
    figure::Figure,
    number::Exact,
    programme::Code,
};

const GAINS: &str = "Apportionment_gains";
const TOTALS: &str = "Apportionment_totals";
const WEIGHTS: &str = "Apportionment_weights";
const SHARES: &str = "Apportionment_shares";

const BASES: [&str; 5] = ["agreed", "population", "budget", "equal", "usage"];

/// The first column of weights; before it stand the council and its cost in both readings.
const WEIGHT: usize = 3;

/// The columns of the shares.
const COST: usize = 3;
const OWN_WEIGHT: usize = 4;
const PRODUCT: usize = 5;
const WHOLE: usize = 6;
const LEFT_OVER: usize = 7;
const RANK: usize = 8;
const SHARE: usize = 9;
const GAIN: usize = 10;

/// A reading of income: whether each council keeps its own, or all is pooled.
struct Reading {
    words: &'static str,
    /// The basis of the cost that is shared.
    basis: Option<&'static str>,
    pooled: bool,
}

const READINGS: [Reading; 2] = [
    Reading { words: "each keeps its own income", basis: None, pooled: false },
    Reading { words: "income is pooled", basis: Some("net_controllable"), pooled: true },
];

/// One way of sharing: a reading and a basis, with the row of its total and where its councils begin.
struct Way {
    reading: usize,
    basis: usize,
    first: usize,
}

pub(super) fn sheet(trial: &Trial<'_>) -> Sheet {
    let readings: Vec<&Reading> = READINGS.iter().filter(|own| usable(trial, own)).collect();
    let weights = weights(trial);
    let known = |basis: usize| weights.rows.iter().all(|row| row.cells[WEIGHT + basis].is_input());
    let mut ways = vec![];
    for reading in 0..readings.len() {
        for basis in (0..BASES.len()).filter(|basis| known(*basis)) {
            ways.push(Way { reading, basis, first: ways.len() * trial.councils.len() });
        }
    }
    let missing: Vec<&str> =
        (0..BASES.len()).filter(|basis| !known(*basis)).map(|basis| BASES[basis]).collect();
    let mut lead = vec![String::from(
        "What the service costs after the saving of year 2 is shared by each basis. The total is rounded \
         to whole pounds first; the largest remainders get the last pounds, ties by council code, so that \
         the shares always add to the total. A gain is what a council pays today less its share.",
    )];
    if !missing.is_empty() {
        lead.push(format!(
            "Not shown, because a council’s weight is not known: {}.",
            english::list(&missing)
        ));
    }
    Sheet {
        name: "Apportionment",
        title: format!("{}: who would pay what", trial.board.project.title),
        lead,
        blocks: [
            gains(trial, &readings, &ways),
            once(trial),
            totals(trial, &readings),
            weights,
            shares(trial, &readings, &ways),
        ]
        .map(Block::Table)
        .into(),
        page: Page::Across,
    }
}

/// Whether a reading is open: the brief may have settled the other, and every council's budget must be known.
fn usable(trial: &Trial<'_>, reading: &Reading) -> bool {
    let settled = trial.first().income_pooled;
    let known = |council: Option<&str>| recurring(trial.board, reading.basis, council);
    settled.is_none_or(|pooled| pooled == reading.pooled)
        && known(None).is_some()
        && trial.councils.iter().all(|code| known(Some(code)).is_some())
}

/// What each council pays once in the option that is tested first, as the brief shares each cost.
fn once(trial: &Trial<'_>) -> Table {
    let row = |code: &&Code| {
        let figure = trial.board.find(Wanted {
            key: "apportionment.one_off",
            council: Some(code),
            option: Some(trial.first().number),
            ..Wanted::default()
        });
        let reason = |figure: &Figure| figure.reasons.values().next().cloned().unwrap_or_default();
        Row::of(vec![
            Cell::text(trial.board.programme.name(code)),
            match figure.and_then(Figure::number) {
                Some(cost) => Cell::number(cost.clone(), Look::Pounds),
                None => Cell::words(said::missing(&figure.map(reason).unwrap_or_default())),
            },
        ])
    };
    Table {
        name: "Apportionment_once",
        title: format!(
            "One-off costs of option {}, shared as the brief says",
            trial.first().number
        ),
        columns: vec![
            Column::text("Council", 26),
            Column { widest: 20, ..Column::numbers("Pays once") },
        ],
        rows: trial.councils.iter().map(row).collect(),
        filter: false,
        if_empty: String::new(),
    }
}

/// What there is to share in each reading.
fn totals(trial: &Trial<'_>, readings: &[&Reading]) -> Table {
    let row = |(index, reading): (usize, &&Reading)| {
        let at = |column| At::new(TOTALS, index, column).cell();
        Row::of(vec![
            Cell::text(reading.words),
            or_none(recurring(trial.board, reading.basis, None), Look::Pounds),
            Cell::formula(in_year_2(Counted::Likely), Look::Pounds),
            Cell::formula((at(1) - at(2)).rounded(0), Look::Pounds),
            Cell::formula((at(1) - in_year_2(Counted::WithoutIncome)).rounded(0), Look::Pounds),
        ])
    };
    Table {
        name: TOTALS,
        title: String::from("What there is to share"),
        columns: vec![
            Column::text("Income", 26),
            Column::numbers("Cost today, less one-off items"),
            Column::numbers("Saving in year 2"),
            Column::numbers("To share"),
            Column::numbers("To share without new income"),
        ],
        rows: readings.iter().enumerate().map(row).collect(),
        filter: false,
        if_empty: String::from(
            "The net budget of a council is not known, so no reading can be shown.",
        ),
    }
}

/// What each council pays today, and what it counts for by each basis.
fn weights(trial: &Trial<'_>) -> Table {
    let board = trial.board;
    let row = |council: &&Code| {
        let today = |basis| recurring(board, basis, Some(council));
        let gross = today(None);
        let weight = |basis: &str| -> Option<Exact> {
            match basis {
                "agreed" => trial.first().shares.get(*council).cloned(),
                "population" => Some(Exact::from(board.programme.council(council)?.population)),
                "budget" => gross.clone(),
                "equal" => Some(Exact::one()),
                _ => trial.amount("service.volume", Some(council)),
            }
        };
        let mut cells = vec![
            Cell::text(board.programme.name(council)),
            or_none(gross.clone(), Look::Pounds),
            or_none(today(Some("net_controllable")), Look::Pounds),
        ];
        cells.extend(BASES.map(|basis| match weight(basis) {
            Some(weight) if basis == "agreed" => Cell::input(weight, Look::Ratio),
            Some(weight) => Cell::input(weight, Look::Count),
            None => Cell::words("not known [x]"),
        }));
        Row::of(cells)
    };
    Table {
        name: WEIGHTS,
        title: String::from("What each council pays today and counts for"),
        columns: vec![
            Column::text("Council", 26),
            Column::numbers("Cost today, each keeps its own income"),
            Column::numbers("Cost today, income pooled"),
            Column::numbers("Agreed share (%)"),
            Column::numbers("Population"),
            Column::numbers("Budget (£)"),
            Column::numbers("Equal"),
            Column::numbers("Usage (volume)"),
        ],
        rows: trial.councils.iter().map(row).collect(),
        filter: false,
        if_empty: String::new(),
    }
}

/// Every way of sharing, council by council.
fn shares(trial: &Trial<'_>, readings: &[&Reading], ways: &[Way]) -> Table {
    let count = trial.councils.len();
    let mut rows = vec![];
    for way in ways {
        let reading = readings[way.reading];
        let total = At::new(TOTALS, way.reading, 3).cell();
        let basis = WEIGHT + way.basis;
        let all = At::new(WEIGHTS, 0, basis).to(At::new(WEIGHTS, count - 1, basis));
        let group = |column| {
            At::new(SHARES, way.first, column).to(At::new(SHARES, way.first + count - 1, column))
        };
        for (index, council) in trial.councils.iter().enumerate() {
            let row = way.first + index;
            let at = |column| At::new(SHARES, row, column);
            let so_far = At::new(SHARES, way.first, LEFT_OVER).to(at(LEFT_OVER));
            let size = || Function::Abs.of([total.clone()]);
            let weights = || Formula::sum([all.clone()]);
            let rank = Function::Rank.of([at(LEFT_OVER).cell(), group(LEFT_OVER)])
                + Function::CountIf.of([so_far, at(LEFT_OVER).cell()])
                - Formula::number(1_u32);
            let gets_one = (size() - Formula::sum([group(WHOLE)])).at_least(at(RANK).cell());
            let one = Formula::choose(gets_one, Formula::number(1_u32), Formula::number(0_u32));
            let sign = Function::Sign.of([total.clone()]);
            rows.push(Row::of(vec![
                Cell::text(reading.words),
                Cell::text(BASES[way.basis]),
                Cell::text(trial.board.programme.name(council)),
                Cell::formula(
                    At::new(WEIGHTS, index, if reading.pooled { 2 } else { 1 }).cell(),
                    Look::Pounds,
                ),
                Cell::formula(At::new(WEIGHTS, index, basis).cell(), Look::Count),
                Cell::formula(size() * at(OWN_WEIGHT).cell(), Look::Count),
                Cell::formula(Function::Int.of([at(PRODUCT).cell() / weights()]), Look::Pounds),
                Cell::formula(at(PRODUCT).cell() - at(WHOLE).cell() * weights(), Look::Count),
                Cell::formula(rank, Look::Count),
                Cell::formula(sign * (at(WHOLE).cell() + one), Look::Pounds),
                Cell::formula(at(COST).cell() - at(SHARE).cell(), Look::Pounds),
            ]));
        }
    }
    Table {
        name: SHARES,
        title: String::from("How each share comes about"),
        columns: vec![
            Column::text("Income", 26),
            Column::text("Shared by", 14),
            Column::text("Council", 20),
            Column::numbers("Pays today"),
            Column::numbers("Weight"),
            Column::numbers("Total times weight"),
            Column::numbers("Whole pounds"),
            Column::numbers("Left over"),
            Column::numbers("Place in line for the last pounds"),
            Column::numbers("Would pay"),
            Column::numbers("Gain"),
        ],
        rows,
        filter: false,
        if_empty: String::from("No basis can be shown."),
    }
}

/// Who gains and who pays more in every way of sharing, and whether the gains could make good the losses.
fn gains(trial: &Trial<'_>, readings: &[&Reading], ways: &[Way]) -> Table {
    let count = trial.councils.len();
    let row = |(index, way): (usize, &Way)| {
        let at = |column| At::new(GAINS, index, column);
        let mut cells = vec![Cell::text(readings[way.reading].words), Cell::text(BASES[way.basis])];
        cells.extend((0..count).map(|council| {
            Cell::formula(At::new(SHARES, way.first + council, GAIN).cell(), Look::Pounds)
        }));
        let own = || at(2).to(at(1 + count));
        let losers = at(2 + count).cell();
        let (gained, lost) = (at(3 + count).cell(), at(4 + count).cell());
        cells.push(Cell::formula(Function::CountIf.of([own(), Formula::Text("<0")]), Look::Count));
        cells.push(Cell::formula(Function::SumIf.of([own(), Formula::Text(">0")]), Look::Pounds));
        cells.push(Cell::formula(
            Formula::number(0_u32) - Function::SumIf.of([own(), Formula::Text("<0")]),
            Look::Pounds,
        ));
        let enough = gained.clone().at_least(lost.clone());
        let words = Formula::choose(enough, Formula::Text("yes"), Formula::Text("no"));
        cells.push(Cell::formula(
            Formula::choose(
                losers.equals(Formula::number(0_u32)),
                Formula::Text("nobody pays more"),
                words,
            ),
            Look::Words,
        ));
        cells.push(Cell::formula(gained - lost, Look::Pounds));
        Row::of(cells)
    };
    let mut columns = vec![Column::text("Income", 26), Column::text("Shared by", 14)];
    columns.extend(
        trial
            .councils
            .iter()
            .map(|code| Column::numbers(format!("Gain of {}", trial.board.programme.name(code)))),
    );
    columns.extend(
        [
            "Councils that would pay more",
            "Gains together",
            "Losses together",
            "Gains make good the losses",
            "What remains",
        ]
        .map(Column::numbers),
    );
    Table {
        name: GAINS,
        title: String::from("Who gains and who pays more"),
        columns,
        rows: ways.iter().enumerate().map(row).collect(),
        filter: false,
        if_empty: String::from("No basis can be shown."),
    }
}
