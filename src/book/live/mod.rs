//! The financial case as sheets that a person can try (domain.md D8 to D10): a changed assumption changes what follows.

mod apportion;
mod assumptions;
mod lines;
mod payback;
mod scenarios;
mod test;

use crate::{
    book::{
        board::{Board, Wanted},
        formula::Formula,
        reckon::{Held, reckon},
        sheet::{Block, Cell, Row, Sheet, Table, Value},
        style::{Look, Mark},
    },
    figure::{Figure, Status},
    number::Exact,
    picture::Proposal,
    programme::Code,
    sentence,
};

/// What a project's financial case is tried with.
struct Trial<'a> {
    board: &'a Board<'a>,
    /// The options that can be tested for all councils together; the one that is tested first comes first.
    options: Vec<&'a Proposal>,
    /// The councils by code, in whose order the last pounds are shared out.
    councils: Vec<&'a Code>,
}

/// Assumptions, the lines of the options, test, apportionment, payback and scenarios; where nothing can be tested,
/// scenarios alone.
pub(super) fn sheets(board: &Board<'_>) -> Vec<Sheet> {
    let mut sheets = vec![];
    if let Some(trial) = Trial::new(board) {
        sheets.push(assumptions::sheet(&trial));
        sheets.push(lines::sheet(&trial));
        sheets.push(test::sheet(&trial));
        sheets.push(apportion::sheet(&trial));
        sheets.push(payback::sheet(&trial));
    }
    sheets.push(scenarios::sheet(board, !sheets.is_empty()));
    sheets
}

/// Turns formulas and what may be changed into plain values, for those who read and do not try.
pub(super) fn freeze(sheets: &mut [Sheet]) {
    reckon(sheets);
    let blocks = sheets.iter_mut().flat_map(|sheet| &mut sheet.blocks);
    for block in blocks {
        let Block::Table(table) = block else { continue };
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            let held = match &cell.value {
                Value::Formula(_, held) => held.clone(),
                Value::Input(input) => input.held.clone(),
                _ => continue,
            };
            if cell.mark == Mark::Input {
                cell.mark = Mark::None;
            }
            cell.value = match held {
                Held::Number(number) => Value::Number(number),
                Held::Text(text) => Value::Text(text),
                Held::YesNo(_) | Held::Wrong => Value::Text(String::from("not available [x]")),
            };
            if matches!(cell.value, Value::Text(_)) {
                cell.look = Look::Words;
            }
        }
    }
}

/// What the option that is tested first saves and costs, line by line.
pub(super) fn inputs(board: &Board<'_>) -> Vec<Table> {
    Trial::new(board).map(|trial| lines::to_read(&trial)).unwrap_or_default()
}

/// The name in formulas of the number of the option that is tested.
const OPTION: Formula = Formula::Name("option_tested");

impl<'a> Trial<'a> {
    fn new(board: &'a Board<'a>) -> Option<Trial<'a>> {
        let preferred = sentence::tested(&board.told, board.picture);
        let mut options: Vec<&Proposal> =
            board.picture.options.iter().filter(|own| can_be_tested(board, own)).collect();
        options.sort_by_key(|own| Some(own.number) != preferred);
        let mut councils: Vec<&Code> = board.picture.expected().map(|line| &line.council).collect();
        councils.sort();
        (!options.is_empty()).then_some(Trial { board, options, councils })
    }

    /// The option that is tested until another is picked.
    fn first(&self) -> &'a Proposal {
        self.options[0]
    }

    /// The combined value of a key, or of one council. What the test needs is there once it can be made.
    fn amount(&self, key: &str, council: Option<&str>) -> Option<Exact> {
        let wanted = Wanted { key, council, ..Wanted::default() };
        self.board.find(wanted).and_then(Figure::number).cloned()
    }
}

fn can_be_tested(board: &Board<'_>, option: &Proposal) -> bool {
    let met = Wanted { key: "savings.met", option: Some(option.number), ..Wanted::default() };
    board.find(met).is_some_and(|figure| figure.status == Status::Complete)
}

/// The bases of the test: what they are called, and how figures name them.
const BASES: [(&str, Option<&str>); 3] = [
    ("Gross controllable", None),
    ("Net controllable", Some("net_controllable")),
    ("Net total", Some("net_total")),
];

/// A budget less one-off items, of all councils together or of one.
fn recurring(board: &Board<'_>, basis: Option<&str>, council: Option<&str>) -> Option<Exact> {
    let wanted = Wanted { key: "revenue.recurring", basis, council, ..Wanted::default() };
    board.find(wanted).and_then(Figure::number).cloned()
}

/// A cell that gives a number, or words where there is none.
fn or_none(number: Option<Exact>, look: Look) -> Cell {
    number.map_or_else(|| Cell::words("not available [x]"), |number| Cell::number(number, look))
}

/// A row of a table of measures: what it is, its value, and how it comes about.
fn measure(what: &str, value: Cell, how: &str) -> Row {
    Row::of(vec![Cell::text(what), value, Cell::text(how)])
}
