//! What formulas give, reckoned exactly, so that every workbook holds its results before anything recalculates it.

use std::{cell::RefCell, collections::BTreeMap};

use crate::{
    book::{
        formula::{At, Formula, Function, Operator},
        sheet::{Block, Sheet, Table, Value},
    },
    number::Exact,
};

/// What a cell holds, or a formula gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Number(Exact),
    Text(String),
    YesNo(bool),
    /// What Excel shows as an error: a division by nought.
    Wrong,
}

/// Gives every formula of a workbook its result.
pub(super) fn reckon(sheets: &mut [Sheet]) {
    let results = {
        let reckoner = Reckoner::new(sheets);
        for at in reckoner.formulas() {
            reckoner.at(at);
        }
        reckoner.results.into_inner()
    };
    let tables = sheets.iter_mut().flat_map(|sheet| &mut sheet.blocks);
    for block in tables {
        let Block::Table(table) = block else { continue };
        for (row, cells) in table.rows.iter_mut().enumerate() {
            for (column, cell) in cells.cells.iter_mut().enumerate() {
                if let Value::Formula(_, result) = &mut cell.value
                    && let Some(own) = results.get(&At::new(table.name, row, column))
                {
                    *result = own.clone();
                }
            }
        }
    }
}

struct Reckoner<'a> {
    tables: BTreeMap<&'static str, &'a Table>,
    names: BTreeMap<&'static str, At>,
    results: RefCell<BTreeMap<At, Held>>,
}

impl<'a> Reckoner<'a> {
    fn new(sheets: &'a [Sheet]) -> Reckoner<'a> {
        let (mut tables, mut names) = (BTreeMap::new(), BTreeMap::new());
        for block in sheets.iter().flat_map(|sheet| &sheet.blocks) {
            let Block::Table(table) = block else { continue };
            tables.insert(table.name, table);
            for (at, value) in cells(table) {
                if let Value::Input(input) = value {
                    names.extend(input.name.map(|name| (name, at)));
                }
            }
        }
        Reckoner { tables, names, results: RefCell::default() }
    }

    fn formulas(&self) -> Vec<At> {
        let all = self.tables.values().flat_map(|table| cells(table));
        all.filter(|(_, value)| matches!(value, Value::Formula(..))).map(|(at, _)| at).collect()
    }

    fn value(&self, at: At) -> Option<&'a Value> {
        let cell = self.tables.get(at.table)?.rows.get(at.row)?.cells.get(at.column)?;
        Some(&cell.value)
    }

    fn at(&self, at: At) -> Held {
        match self.value(at) {
            Some(Value::Formula(formula, _)) => {
                if let Some(known) = self.results.borrow().get(&at) {
                    return known.clone();
                }
                // Whoever leads back to this cell meets an error, as in Excel, and not an endless loop.
                self.results.borrow_mut().insert(at, Held::Wrong);
                let result = self.of(formula);
                self.results.borrow_mut().insert(at, result.clone());
                result
            }
            Some(Value::Number(number)) => Held::Number(number.clone()),
            Some(Value::Input(input)) => input.held.clone(),
            Some(Value::Text(text) | Value::Jump { text, .. } | Value::Outside { text, .. }) => {
                Held::Text(text.clone())
            }
            Some(Value::Date(_)) | None => Held::Wrong,
        }
    }

    fn of(&self, formula: &Formula) -> Held {
        match formula {
            Formula::Number(number) => Held::Number(number.clone()),
            Formula::Text(text) => Held::Text((*text).to_owned()),
            Formula::Cell(at) => self.at(*at),
            Formula::Name(name) => self.names.get(name).map_or(Held::Wrong, |at| self.at(*at)),
            Formula::Range(..) => Held::Wrong,
            Formula::Pair(left, operator, right) => {
                pair(self.of(left), *operator, self.of(right)).unwrap_or(Held::Wrong)
            }
            Formula::Call(Function::If, given) => match given.as_slice() {
                [condition, then, otherwise] => match self.of(condition) {
                    Held::YesNo(true) => self.of(then),
                    Held::YesNo(false) => self.of(otherwise),
                    _ => Held::Wrong,
                },
                _ => Held::Wrong,
            },
            Formula::Call(function, given) => self.call(*function, given).unwrap_or(Held::Wrong),
        }
    }

    fn call(&self, function: Function, given: &[Formula]) -> Option<Held> {
        let all = || -> Option<Vec<Exact>> {
            let mut numbers = vec![];
            for formula in given {
                numbers.extend(self.numbers(formula)?);
            }
            Some(numbers)
        };
        let first = || number(self.of(given.first()?));
        let second = || number(self.of(given.get(1)?));
        Some(Held::Number(match function {
            Function::Abs => first()?.abs(),
            Function::Int => first()?.floor(),
            Function::Sign => match first()? {
                nought if nought.is_zero() => Exact::zero(),
                less if less.is_negative() => -Exact::one(),
                _ => Exact::one(),
            },
            Function::Round => {
                let scale = Exact::from(10_u32).pow(u32::try_from(second()?.whole()).ok()?);
                Exact::from((first()? * scale.clone()).whole()).over(&scale)?
            }
            Function::Sum => all()?.into_iter().sum(),
            Function::Max => all()?.into_iter().max().unwrap_or_else(Exact::zero),
            Function::Min => all()?.into_iter().min().unwrap_or_else(Exact::zero),
            Function::Count => Exact::from(all()?.len()),
            Function::And => {
                let yes = |formula| match self.of(formula) {
                    Held::YesNo(yes) => Some(yes),
                    _ => None,
                };
                let all: Option<Vec<bool>> = given.iter().map(yes).collect();
                return Some(Held::YesNo(all?.into_iter().all(|yes| yes)));
            }
            Function::Npv => {
                let rate = Exact::one() + first()?;
                let mut value = Exact::zero();
                for (year, amount) in (1..).zip(self.numbers(given.get(1)?)?) {
                    value = value + amount.over(&rate.pow(year))?;
                }
                value
            }
            Function::Rank => {
                let own = first()?;
                let greater = self.numbers(given.get(1)?)?.into_iter().filter(|n| *n > own);
                Exact::from(greater.count() + 1)
            }
            Function::CountIf => {
                let wanted = self.of(given.get(1)?);
                Exact::from(self.range(given.first()?)?.iter().filter(|h| fits(h, &wanted)).count())
            }
            Function::SumIf => {
                let wanted = self.of(given.get(1)?);
                let cells = self.range(given.first()?)?.into_iter();
                cells.filter(|held| fits(held, &wanted)).filter_map(number).sum()
            }
            Function::SumProduct => {
                let mut sum = Exact::zero();
                for index in 0..self.length(given.first()?)? {
                    sum = sum + as_number(self.each(given.first()?, index)?)?;
                }
                sum
            }
            Function::If => return None,
        }))
    }

    /// How many rows the ranges of a formula have.
    fn length(&self, formula: &Formula) -> Option<usize> {
        match formula {
            Formula::Range(first, last) => (last.row + 1).checked_sub(first.row),
            Formula::Pair(left, _, right) => self.length(left).or_else(|| self.length(right)),
            _ => None,
        }
    }

    /// What a formula gives for one row of its ranges.
    fn each(&self, formula: &Formula, index: usize) -> Option<Held> {
        match formula {
            Formula::Range(first, _) => Some(self.at(At { row: first.row + index, ..*first })),
            Formula::Pair(left, operator, right) => {
                pair(self.each(left, index)?, *operator, self.each(right, index)?)
            }
            other => Some(self.of(other)),
        }
    }

    /// The numbers of a range, or the one that a formula gives; text in a range counts for nothing.
    fn numbers(&self, formula: &Formula) -> Option<Vec<Exact>> {
        match formula {
            Formula::Range(..) => {
                let cells = self.range(formula)?;
                (!cells.contains(&Held::Wrong))
                    .then(|| cells.into_iter().filter_map(number).collect())
            }
            _ => Some(vec![number(self.of(formula))?]),
        }
    }

    fn range(&self, formula: &Formula) -> Option<Vec<Held>> {
        let Formula::Range(first, last) = formula else { return None };
        let rows = first.row..=last.row;
        let cells = rows.flat_map(|row| {
            (first.column..=last.column).map(move |column| At { row, column, ..*first })
        });
        Some(cells.map(|at| self.at(at)).collect())
    }
}

fn cells(table: &Table) -> impl Iterator<Item = (At, &Value)> {
    let name = table.name;
    table.rows.iter().enumerate().flat_map(move |(row, line)| {
        let cells = line.cells.iter().enumerate();
        cells.map(move |(column, cell)| (At::new(name, row, column), &cell.value))
    })
}

fn number(held: Held) -> Option<Exact> {
    match held {
        Held::Number(number) => Some(number),
        _ => None,
    }
}

/// A yes counts as one where it is multiplied.
fn as_number(held: Held) -> Option<Exact> {
    match held {
        Held::YesNo(yes) => Some(if yes { Exact::one() } else { Exact::zero() }),
        held => number(held),
    }
}

/// Whether a cell is what COUNTIF and its like ask for: a value, or "<0" and ">0".
fn fits(held: &Held, wanted: &Held) -> bool {
    match (held, wanted) {
        (Held::Number(number), Held::Text(sign)) if sign == "<0" => number.is_negative(),
        (Held::Number(number), Held::Text(sign)) if sign == ">0" => {
            !number.is_negative() && !number.is_zero()
        }
        (Held::Text(own), Held::Text(wanted)) => own.eq_ignore_ascii_case(wanted),
        (own, wanted) => own == wanted,
    }
}

fn pair(left: Held, operator: Operator, right: Held) -> Option<Held> {
    if let (Held::Text(left), Held::Text(right)) = (&left, &right) {
        let same = left.eq_ignore_ascii_case(right);
        return match operator {
            Operator::Equal => Some(Held::YesNo(same)),
            Operator::Unequal => Some(Held::YesNo(!same)),
            _ => None,
        };
    }
    let (left, right) = (as_number(left)?, as_number(right)?);
    Some(match operator {
        Operator::Equal => Held::YesNo(left == right),
        Operator::Unequal => Held::YesNo(left != right),
        Operator::Less => Held::YesNo(left < right),
        Operator::AtLeast => Held::YesNo(left >= right),
        Operator::Plus => Held::Number(left + right),
        Operator::Minus => Held::Number(left - right),
        Operator::Times => Held::Number(left * right),
        Operator::Over => Held::Number(left.over(&right)?),
        Operator::Power => Held::Number(left.pow(u32::try_from(right.whole()).ok()?)),
    })
}
