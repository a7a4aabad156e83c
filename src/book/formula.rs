//! Formulas, said once: as Excel reads them here, and as `reckon` works out what they give.

use std::ops::{Add, Div, Mul, Sub};

use crate::{
    book::{layout::count, paint::Tables},
    number::Exact,
    place::Cell,
};

/// A cell of a table, by the row of its data and its column, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) table: &'static str,
    pub(super) row: usize,
    pub(super) column: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Formula {
    Number(Exact),
    Text(&'static str),
    Cell(At),
    /// From one corner to the other, of one table.
    Range(At, At),
    /// A cell that has a name in the workbook.
    Name(&'static str),
    Call(Function, Vec<Formula>),
    Pair(Box<Formula>, Operator, Box<Formula>),
}

/// What formulas call, with the meaning that Excel gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Abs,
    And,
    Count,
    CountIf,
    If,
    Int,
    Max,
    Min,
    Npv,
    Rank,
    Round,
    Sign,
    Sum,
    SumIf,
    SumProduct,
}

/// In the order in which they bind, the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Operator {
    Equal,
    Unequal,
    Less,
    AtLeast,
    Plus,
    Minus,
    Times,
    Over,
    Power,
}

impl At {
    pub(super) fn new(table: &'static str, row: usize, column: usize) -> At {
        At { table, row, column }
    }

    pub(super) fn cell(self) -> Formula {
        Formula::Cell(self)
    }

    /// The cells from here down or across to another.
    pub(super) fn to(self, last: At) -> Formula {
        Formula::Range(self, last)
    }
}

impl Function {
    fn name(self) -> &'static str {
        match self {
            Function::Abs => "ABS",
            Function::And => "AND",
            Function::Count => "COUNT",
            Function::CountIf => "COUNTIF",
            Function::If => "IF",
            Function::Int => "INT",
            Function::Max => "MAX",
            Function::Min => "MIN",
            Function::Npv => "NPV",
            Function::Rank => "RANK",
            Function::Round => "ROUND",
            Function::Sign => "SIGN",
            Function::Sum => "SUM",
            Function::SumIf => "SUMIF",
            Function::SumProduct => "SUMPRODUCT",
        }
    }

    pub(super) fn of(self, given: impl Into<Vec<Formula>>) -> Formula {
        Formula::Call(self, given.into())
    }
}

impl Operator {
    fn sign(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::Unequal => "<>",
            Operator::Less => "<",
            Operator::AtLeast => ">=",
            Operator::Plus => "+",
            Operator::Minus => "-",
            Operator::Times => "*",
            Operator::Over => "/",
            Operator::Power => "^",
        }
    }

    /// How tightly it binds, and whether what stands to its right needs brackets to be taken first.
    fn binds(self) -> (u8, bool) {
        match self {
            Operator::Equal | Operator::Unequal | Operator::Less | Operator::AtLeast => (0, true),
            Operator::Plus => (1, false),
            Operator::Minus => (1, true),
            Operator::Times => (2, false),
            Operator::Over => (2, true),
            Operator::Power => (3, true),
        }
    }
}

impl Formula {
    pub(super) fn number(number: impl Into<Exact>) -> Formula {
        Formula::Number(number.into())
    }

    pub(super) fn sum(of: impl Into<Vec<Formula>>) -> Formula {
        Function::Sum.of(of)
    }

    /// The sum over rows of what is reckoned for each from ranges of the same length.
    pub(super) fn sum_of_each(of: Formula) -> Formula {
        Function::SumProduct.of([of])
    }

    /// One or the other, by a condition.
    pub(super) fn choose(condition: Formula, then: Formula, otherwise: Formula) -> Formula {
        Function::If.of([condition, then, otherwise])
    }

    pub(super) fn equals(self, other: Formula) -> Formula {
        self.pair(Operator::Equal, other)
    }

    pub(super) fn differs(self, other: Formula) -> Formula {
        self.pair(Operator::Unequal, other)
    }

    pub(super) fn below(self, other: Formula) -> Formula {
        self.pair(Operator::Less, other)
    }

    pub(super) fn at_least(self, other: Formula) -> Formula {
        self.pair(Operator::AtLeast, other)
    }

    pub(super) fn power(self, exponent: Formula) -> Formula {
        self.pair(Operator::Power, exponent)
    }

    /// To so many decimal places, half away from zero.
    pub(super) fn rounded(self, places: u32) -> Formula {
        Function::Round.of([self, Formula::number(places)])
    }

    fn pair(self, operator: Operator, other: Formula) -> Formula {
        Formula::Pair(Box::new(self), operator, Box::new(other))
    }

    /// As Excel reads it on a sheet of the workbook whose tables these are.
    pub(super) fn text(&self, sheet: &str, tables: &Tables) -> String {
        let place = |at: &At| {
            let (own, first) = tables.get(at.table).copied().unwrap_or((sheet, 0));
            let cell = Cell { row: first + count(at.row), column: count(at.column) }.to_string();
            (own, cell)
        };
        let on = |own: &str, cells: String| {
            if own == sheet { cells } else { format!("'{own}'!{cells}") }
        };
        match self {
            Formula::Number(number) => number.decimal(0),
            Formula::Text(text) => format!("\"{text}\""),
            Formula::Cell(at) => {
                let (own, cell) = place(at);
                on(own, cell)
            }
            Formula::Range(first, last) => {
                let ((own, first), (_, last)) = (place(first), place(last));
                on(own, format!("{first}:{last}"))
            }
            Formula::Name(name) => (*name).to_owned(),
            Formula::Call(function, given) => {
                let given: Vec<String> =
                    given.iter().map(|given| given.text(sheet, tables)).collect();
                format!("{}({})", function.name(), given.join(","))
            }
            Formula::Pair(left, operator, right) => {
                let (own, strict) = operator.binds();
                let side = |side: &Formula, strict: bool| {
                    let text = side.text(sheet, tables);
                    let loose = match side {
                        Formula::Pair(_, inner, _) => {
                            let (inner, _) = inner.binds();
                            inner < own || (strict && inner == own)
                        }
                        Formula::Number(number) => number.is_negative(),
                        _ => false,
                    };
                    if loose { format!("({text})") } else { text }
                };
                format!("{}{}{}", side(left, false), operator.sign(), side(right, strict))
            }
        }
    }
}

impl Add for Formula {
    type Output = Formula;
    fn add(self, other: Formula) -> Formula {
        self.pair(Operator::Plus, other)
    }
}

impl Sub for Formula {
    type Output = Formula;
    fn sub(self, other: Formula) -> Formula {
        self.pair(Operator::Minus, other)
    }
}

impl Mul for Formula {
    type Output = Formula;
    fn mul(self, other: Formula) -> Formula {
        self.pair(Operator::Times, other)
    }
}

impl Div for Formula {
    type Output = Formula;
    fn div(self, other: Formula) -> Formula {
        self.pair(Operator::Over, other)
    }
}
