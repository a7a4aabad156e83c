//! Payments between partners, taken out of the combined cost so that they are not counted twice (D1, REV-014).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::Set;
use crate::{
    answer::Return,
    fact::{partner::reported, revenue::line},
    figure::Source,
    form::{
        GridRow,
        council_return::revenue::{INC_FEE, INC_OTH, INC_RCH, TPP, Y0_BUDGET},
    },
    number::Exact,
    programme::{Code, Project},
};

/// What one council pays another for this service in the base year.
pub(super) struct Elimination {
    pub(super) payer: Code,
    pub(super) payee: Code,
    /// Pounds by the line they come out of: the payer's third-party payments, then the payee's income.
    out: Vec<(&'static GridRow, Exact)>,
    /// The line of the payee that cannot be used, so that it is not known how much of the rest holds the payment.
    pub(super) unknown_from: Option<&'static GridRow>,
    /// The cells in which the two councils report it.
    pub(super) sources: Vec<Arc<Source>>,
}

/// The income lines that may hold what a partner pays, in the order in which it is taken out of them.
const INCOME: [&GridRow; 3] = [&INC_OTH, &INC_RCH, &INC_FEE];

/// What is left in the lines that payments come out of, so that no pound is taken out twice.
type Left = BTreeMap<(Code, &'static str), Exact>;

/// The payments that both councils report alike, within £1: the smaller of the two amounts.
pub(super) fn eliminations(set: &Set<'_>) -> Vec<Elimination> {
    let mut found = vec![];
    for member in &set.members {
        let mut left = Left::new();
        // What one payment takes is not left for the next: whose comes first must not hang on the programme's order.
        let councils: BTreeSet<&Code> = member.councils.iter().collect();
        for payer in &councils {
            for payee in councils.iter().filter(|payee| *payee != payer) {
                found.extend(between(set, member.project, payer, payee, &mut left));
            }
        }
    }
    found
}

fn between(
    set: &Set<'_>,
    project: &Project,
    payer: &Code,
    payee: &Code,
    left: &mut Left,
) -> Option<Elimination> {
    let from = set.return_for(project, payer).ok()?;
    let to = set.return_for(project, payee).ok()?;
    let (paid, mut sources) = reported(from, payee, "Pay them", set.programme)?;
    let (received, more) = reported(to, payer, "Are paid", set.programme)?;
    if (paid.clone() - received.clone()).abs() > Exact::one() {
        return None;
    }
    sources.extend(more);
    let mut held = |ret: &Return, council: &Code, row: &'static GridRow| -> Option<Exact> {
        let value = line(ret, row, &Y0_BUDGET).ok()?.0.max(Exact::zero());
        Some(left.entry((Arc::clone(council), row.key)).or_insert(value).clone())
    };
    let payment = paid.min(received).min(held(from, payer, &TPP)?);
    let mut rest = payment.clone();
    let mut out = vec![];
    let mut unknown_from = None;
    for row in INCOME {
        if rest.is_zero() {
            break;
        }
        let Some(value) = held(to, payee, row) else {
            unknown_from = Some(row);
            break;
        };
        let taken = rest.clone().min(value);
        rest = rest - taken.clone();
        out.push((row, taken));
    }
    // What the payee's income does not hold is not taken out of the cost either, unless that cannot be told.
    let paid_out = if unknown_from.is_some() { payment } else { payment - rest };
    out.insert(0, (&TPP, paid_out));
    for (row, taken) in &out {
        let council = if row.key == TPP.key { payer } else { payee };
        if let Some(value) = left.get_mut(&(Arc::clone(council), row.key)) {
            *value = value.clone() - taken.clone();
        }
    }
    Some(Elimination {
        payer: Arc::clone(payer),
        payee: Arc::clone(payee),
        out,
        unknown_from,
        sources,
    })
}

impl Elimination {
    /// How much of the payment a row of the Revenue sheet holds, as a line or within a total; net figures hold none.
    /// `None` where that cannot be told.
    pub(super) fn out_of(&self, row: &GridRow) -> Option<Exact> {
        let of_line = |own: &GridRow| {
            let after = |unknown: &GridRow| {
                let place = |row: &GridRow| INCOME.iter().position(|line| line.key == row.key);
                place(own) >= place(unknown) && place(own).is_some()
            };
            if self.unknown_from.is_some_and(after) {
                return None;
            }
            let here = self.out.iter().filter(|(line, _)| line.key == own.key);
            Some(here.map(|(_, taken)| taken.clone()).sum::<Exact>())
        };
        match &row.sum {
            None => of_line(row),
            Some(sum) => {
                let all =
                    |rows: &[&GridRow]| rows.iter().map(|row| of_line(row)).sum::<Option<Exact>>();
                Some(all(sum.plus)? - all(sum.minus)?)
            }
        }
    }
}
