//! The totals that the form prints over the columns of its tables, held against the rows that were read.

use rust_decimal::{Decimal, dec};

use super::{
    fold,
    form::Numbered,
    grid::{Content, Tab},
    rows::Rows,
};
use crate::{
    answer::{Held, Row},
    english,
    form::{Field, Kind, Table},
    place::Cell,
};

/// The word before the totals.
const WORD: &str = "total";

/// They stand so far above the first row at most: rows may have been put in between.
const ABOVE: u32 = 8;

/// A total over a column.
pub(super) struct Total {
    field: &'static Field,
    cell: Cell,
    amount: Decimal,
}

/// The totals over a table.
pub(super) fn stated(tab: &Tab, at: &Rows, table: &'static Table) -> Vec<Total> {
    // A total does not follow a column that was moved by itself.
    if !at.columns.iter().flatten().map(|(column, _)| *column).is_sorted() {
        return Vec::new();
    }
    let label = at.columns.iter().flatten().map(|(column, _)| *column).min().unwrap_or(0);
    let is_total = |row: &u32| {
        tab.row(*row).iter().any(|(cell, content)| {
            cell.column <= label
                && matches!(content, Content::Text(text) if fold::label(text) == WORD)
        })
    };
    let Some(row) = (at.from.saturating_sub(ABOVE)..at.from).rev().find(is_total) else {
        return Vec::new();
    };
    let totals = table.columns.iter().zip(&at.columns).filter_map(|(field, column)| {
        let cell = Cell { row, column: column.as_ref()?.0 };
        match tab.get(cell)? {
            Content::Number { number, .. } => Some(Total { field, cell, amount: *number }),
            _ => None,
        }
    });
    totals.collect()
}

/// The first total that is not what the rows of its column come to, and a sentence on all of them. Of text Excel makes
/// nothing, so a total without what was typed as text is as good.
pub(super) fn differing(totals: &[Total], rows: &[Numbered]) -> Option<(Cell, String)> {
    let mut differing: Option<(Cell, Vec<String>)> = None;
    for Total { field, cell, amount } in totals {
        let apart = if field.kind == Kind::Money { Decimal::ONE } else { dec!(0.01) };
        let is_near = |sum: Decimal| (amount - sum).abs() <= apart;
        let Some(all) = sum(rows, field, true, true) else { continue };
        let mut ways = [(false, true), (true, false), (false, false)].into_iter();
        if !is_near(all)
            && !ways.any(|(typed, totals)| sum(rows, field, typed, totals).is_some_and(is_near))
        {
            let [total, all] =
                [*amount, all].map(|own| english::thousands(&own.normalize().to_string()));
            let text = format!("{cell} says {total}, the rows come to {all}");
            differing.get_or_insert((*cell, vec![])).1.push(text);
        }
    }
    let (cell, said) = differing?;
    Some((cell, format!("the total over the table is not what we read: {}", said.join("; "))))
}

/// What a column comes to, with or without what was typed as text and what looks like a total itself; `None` where
/// something in it is no number.
fn sum(rows: &[Numbered], field: &Field, with_typed: bool, with_totals: bool) -> Option<Decimal> {
    let amount = |row: &Row| {
        let answer = row.get(field);
        match answer.held {
            Held::Blank | Held::NotApplicable => Some(Decimal::ZERO),
            _ if answer.typed().is_some() && !with_typed => Some(Decimal::ZERO),
            _ => answer.number(),
        }
    };
    let says_total = |row: &Row| {
        let mut texts = row.found().filter_map(|answer| answer.text());
        texts.any(|text| fold::label(text).split([' ', '-']).any(|own| own == WORD))
    };
    rows.iter().map(|(_, row)| row).filter(|row| with_totals || !says_total(row)).map(amount).sum()
}
