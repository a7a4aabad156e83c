//! Formulas as Excel reads them.

use crate::{
    book::{layout::count, sheet::Formula},
    place::Cell,
};

impl Formula {
    /// The formula of a cell, in a table whose data begin at the row `first`; everything counts from 0.
    pub(super) fn text(&self, cell: Cell, first: u32) -> String {
        let across = |index: usize| Cell { column: count(index), ..cell }.to_string();
        let down = |index: usize| Cell { row: first + count(index), ..cell }.to_string();
        match self {
            Formula::Across { first, last } => format!("SUM({}:{})", across(*first), across(*last)),
            Formula::Down { plus, minus } => {
                let plus: Vec<String> = runs(plus).iter().map(|run| sum(run, &down)).collect();
                let minus = runs(minus).into_iter().map(|run| format!("-{}", sum(&run, &down)));
                plus.join("+") + &minus.collect::<String>()
            }
            Formula::Vacancy { budgeted, filled } => {
                let (budgeted, filled) = (down(*budgeted), down(*filled));
                format!("({budgeted}-{filled})/{budgeted}")
            }
        }
    }
}

/// The sum of neighbouring rows.
fn sum(run: &[usize], down: &impl Fn(usize) -> String) -> String {
    match run {
        [] => String::new(),
        [only] => down(*only),
        [first, .., last] => format!("SUM({}:{})", down(*first), down(*last)),
    }
}

/// Neighbouring rows together.
fn runs(rows: &[usize]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = vec![];
    for &row in rows {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last + 1 == row) => run.push(row),
            _ => runs.push(vec![row]),
        }
    }
    runs
}
