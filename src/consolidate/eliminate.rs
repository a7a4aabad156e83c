//! Payments between partners, taken out of the combined cost so that they are not counted twice (D1, REV-014).

use std::sync::Arc;

use super::{Set, part::number_in, revenue::line};
use crate::{
    answer::{Return, Row},
    form::{
        GridRow,
        council_return::{
            revenue::{INC_FEE, INC_OTH, INC_RCH, TPP, Y0_BUDGET},
            service::{self, SHARED_TABLE},
        },
    },
    number::Exact,
    programme::Code,
};

/// What one council pays another for this service in the base year.
pub(super) struct Elimination {
    pub(super) payer: Code,
    pub(super) payee: Code,
    /// Pounds out of the payer's third-party payments.
    amount: Exact,
    /// The same pounds by the payee's line they come out of.
    income: [(&'static GridRow, Exact); 3],
}

/// The payments that both councils report alike, within £1: the smaller of the two amounts.
pub(super) fn eliminations(set: &Set<'_>) -> Vec<Elimination> {
    let mut found = vec![];
    for payer in &set.councils {
        for payee in set.councils.iter().filter(|payee| *payee != payer) {
            if let Some(payment) = between(set, payer, payee) {
                found.push(payment);
            }
        }
    }
    found
}

fn between(set: &Set<'_>, payer: &Code, payee: &Code) -> Option<Elimination> {
    let (from, to) = (set.usable_return(payer).ok()?, set.usable_return(payee).ok()?);
    let paid = amount(set, from, payee, "Pay them")?;
    let received = amount(set, to, payer, "Are paid")?;
    if (paid.clone() - received.clone()).abs() > Exact::one() {
        return None;
    }
    let value = |ret, row| line(ret, row, &Y0_BUDGET).ok().map(|(value, _)| value);
    let mut left = paid.min(received).min(value(from, &TPP)?);
    let mut amount = Exact::zero();
    let mut income =
        [(&INC_OTH, Exact::zero()), (&INC_RCH, Exact::zero()), (&INC_FEE, Exact::zero())];
    for (row, out) in &mut income {
        *out = left.clone().min(value(to, row)?);
        left = left - out.clone();
        amount = amount + out.clone();
    }
    Some(Elimination { payer: Arc::clone(payer), payee: Arc::clone(payee), amount, income })
}

/// What a council reports of its dealings with another, in one direction; `None` where it reports nothing usable.
fn amount(set: &Set<'_>, ret: &Return, partner: &Code, direction: &str) -> Option<Exact> {
    let with = |row: &&Row| {
        let named =
            row.get(&service::SHARED_PARTNER).text().and_then(|name| set.programme.recognise(name));
        named.is_some_and(|council| council.code == *partner)
            && row.get(&service::SHARED_DIRECTION).is(direction)
    };
    let rows: Vec<&Row> = ret.rows(&SHARED_TABLE).iter().filter(with).collect();
    let amounts = rows.iter().map(|row| number_in(row, &service::SHEET, &service::SHARED_AMOUNT));
    let amounts: Option<Vec<Exact>> =
        amounts.map(|usable| usable.ok().map(|(value, _)| value)).collect();
    amounts.filter(|amounts| !amounts.is_empty()).map(|amounts| amounts.into_iter().sum())
}

impl Elimination {
    /// How much of the payment a row of the Revenue sheet holds, as a line or within a total; net figures hold none.
    pub(super) fn out_of(&self, row: &GridRow) -> Exact {
        let of_line = |own: &GridRow| {
            let income = self
                .income
                .iter()
                .filter(|(line, _)| line.key == own.key)
                .map(|(_, out)| out.clone());
            let paid = if own.key == TPP.key { self.amount.clone() } else { Exact::zero() };
            income.sum::<Exact>() + paid
        };
        match &row.sum {
            None => of_line(row),
            Some(sum) => {
                let all = |rows: &[&GridRow]| rows.iter().map(|row| of_line(row)).sum::<Exact>();
                all(sum.plus) - all(sum.minus)
            }
        }
    }
}
