//! When contracts can be left, and at what cost.

use jiff::{ToSpan, Unit, civil::Date};

use super::{
    Named,
    cells::{self, number, percent},
};
use crate::{
    answer::Row,
    figure::Amount,
    form::council_return::contracts::{
        EARLIEST_BREAK, EARLY_EXIT, END_DATE, EXIT_FIXED, EXIT_PER_MONTH, LEAD_MONTHS,
        NOTICE_MONTHS, SHARE_PCT, TABLE,
    },
    number::Exact,
};

/// Months that a procurement takes where the return does not say.
const LEAD: i32 = 12;

pub(super) fn again(named: &Named<'_, '_>) -> Option<Amount> {
    let rows = cells::rows(&named.cells).into_iter().map(|(row, _)| row);
    let rows: Vec<&Row> = rows.filter(|row| row.table.name == TABLE.name).collect();
    let each = |of: &dyn Fn(&Row) -> Option<Date>| -> Option<Vec<Date>> {
        rows.iter().map(|row| of(row)).collect()
    };
    let latest = |of: &dyn Fn(&Row) -> Option<Date>| each(of)?.into_iter().max();
    let exit = |row: &Row| free_from(row, named.scope.reference);
    let together = || {
        let aligned = match named.figure.basis? {
            "earliest" => "contracts.earliest_alignment",
            _ => "contracts.natural_alignment",
        };
        match named.other(aligned, None, |_| true)? {
            Amount::Date(date) => Some(*date),
            _ => None,
        }
    };
    Some(match named.figure.key.strip_prefix("contracts.")? {
        "earliest_alignment" | "earliest_exit" => Amount::Date(latest(&exit)?),
        "join_date" if rows.is_empty() => Amount::Date(named.scope.project?.go_live),
        "join_date" => Amount::Date(latest(&exit)?),
        "natural_alignment" => {
            let ends: Vec<Date> = rows.iter().filter_map(|row| ends(row)).collect();
            Amount::Date(ends.into_iter().max()?.tomorrow().ok()?)
        }
        "start_by" => Amount::Date(latest(&start_by)?),
        "exit_cost" => {
            let aligned = together()?;
            Amount::Number(rows.iter().map(|row| cost(row, aligned)).sum::<Option<Exact>>()?)
        }
        "bridging_months" => {
            let aligned = together()?;
            let of = |row: &&Row| match ends(row) {
                Some(end) => months(end.tomorrow().ok()?, aligned),
                None => Some(0),
            };
            Amount::Number(Exact::from(rows.iter().map(of).sum::<Option<u32>>()?))
        }
        "notice_by" => {
            let aligned = together()?;
            Amount::Date(latest(&|row| {
                aligned.yesterday().ok()?.checked_sub(notice(row)?.months()).ok()
            })?)
        }
        _ => return None,
    })
}

/// The last day of a contract that does not go on until notice.
fn ends(row: &Row) -> Option<Date> {
    row.get(&END_DATE).date()
}

fn notice(row: &Row) -> Option<i32> {
    whole(row.get(&NOTICE_MONTHS).number()?)
}

fn whole(number: rust_decimal::Decimal) -> Option<i32> {
    if number.is_integer() { i32::try_from(number).ok() } else { None }
}

/// The first day without it.
fn free_from(row: &Row, reference: Date) -> Option<Date> {
    let noticed = reference.checked_add(notice(row)?.months()).ok()?.tomorrow().ok()?;
    let Some(end) = ends(row) else { return Some(noticed) };
    let after = end.tomorrow().ok()?;
    if !row.get(&EARLY_EXIT).is("Yes") {
        return Some(after);
    }
    let allowed = row.get(&EARLIEST_BREAK).date().map_or(noticed, |date| noticed.max(date));
    Some(after.min(allowed))
}

/// Its end, less the months that a procurement takes.
fn start_by(row: &Row) -> Option<Date> {
    let lead = row.get(&LEAD_MONTHS).number().map_or(Some(LEAD), whole)?;
    ends(row)?.checked_sub(lead.months()).ok()
}

/// What it costs to leave it on a day, if it can be left before its end and has not ended.
fn cost(row: &Row, day: Date) -> Option<Exact> {
    let Some(end) = ends(row) else { return Some(Exact::zero()) };
    if end < day || !row.get(&EARLY_EXIT).is("Yes") {
        return Some(Exact::zero());
    }
    let left = Exact::from(months(day, end.tomorrow().ok()?)?);
    let all = number(row, &EXIT_FIXED) + number(row, &EXIT_PER_MONTH) * left;
    Some(all * percent(row, &SHARE_PCT))
}

/// Months from one day to a later one, a part of one counting as one.
fn months(from: Date, to: Date) -> Option<u32> {
    if to <= from {
        return Some(0);
    }
    let span = from.until((Unit::Month, to)).ok()?;
    u32::try_from(span.get_months() + i32::from(span.get_days() > 0)).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::{
        answer::{Answer, File, Found, Held, Origin, Spot, Value},
        form::{Field, council_return::contracts::ROLLING},
        place::Cell,
    };

    fn contract(rolling: &str, early: &str) -> Row {
        let answers = TABLE.columns.iter().map(|column: &&Field| {
            let text = |text: &str| Value::Text(Arc::from(text));
            let is = |other: &Field| column.name == other.name;
            let value = match () {
                () if is(&ROLLING) => text(rolling),
                () if is(&EARLY_EXIT) => text(early),
                () if is(&END_DATE) => Value::Date(date(2012, 9, 30)),
                () if is(&EXIT_FIXED) => Value::Number(500.into()),
                () if is(&EXIT_PER_MONTH) => Value::Number(10.into()),
                () if is(&SHARE_PCT) => Value::Number(100.into()),
                () => return Answer::NONE,
            };
            Answer { held: Held::Value(value), spot: None }
        });
        let file = File { path: Arc::from("H.xlsx"), hash: String::new(), version: 1 };
        let origin = Origin {
            file: Arc::new(file),
            sheet: Arc::from("Contracts"),
            found: Found::ByName,
            typed: None,
            also: Box::default(),
        };
        let spot = Spot { origin: Arc::new(origin), cell: Cell::default() };
        Row::new(&TABLE, spot, answers.collect())
    }

    #[test]
    fn a_contract_costs_what_leaving_it_early_costs_only_where_it_can_be_left_early() {
        let day = date(2012, 4, 1);
        assert_eq!(cost(&contract("No", "Yes"), day), Some(Exact::from(560_u32)));
        assert_eq!(cost(&contract("No", "No"), day), Some(Exact::zero()));
        assert_eq!(cost(&contract("Yes", "No"), day), Some(Exact::zero()));
    }
}
