//! How long systems and contracts last from the reference date (domain.md D6).

use std::sync::Arc;

use jiff::{ToSpan, civil::Date};

use super::{
    Set,
    part::{Named, Usable, reason, refused, source},
};
use crate::{
    answer::{Answer, Held, Return, ReturnKind, Row},
    figure::{Figure, Unit},
    form::{
        Field, Sheet, Table,
        council_return::{contracts as con, cover, ict},
    },
    number::Exact,
    picture::{Contract, End, Lifespan, System},
    programme::Code,
};

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let mut figures =
        counts(set, "ict.lifespan", &ict::SHEET, &ict::TABLE, &ict::NIL_SYSTEMS, system_end);
    figures.extend(counts(
        set,
        "contracts.lifespan",
        &con::SHEET,
        &con::TABLE,
        &con::NIL_CONTRACTS,
        contract_end,
    ));
    figures
}

/// The systems that may be used, council by council.
pub(super) fn systems(set: &Set<'_>) -> Vec<System> {
    register(set, &ict::TABLE, |council, row| {
        let end = system_end(row).unwrap_or(End::Unknown);
        System {
            council,
            reference: row.key().to_owned(),
            function: row.used_text(&ict::FUNCTION),
            supplier: row.used_text(&ict::SUPPLIER),
            product: row.used_text(&ict::PRODUCT),
            version: row.used_text(&ict::VERSION),
            hosting: row.used_text(&ict::HOSTING),
            users: row.get(&ict::USERS).number(),
            annual_cost: row.get(&ict::ANNUAL_COST).number(),
            support_status: row.used_text(&ict::SUPPORT_STATUS),
            plan_year: row.used_text(&ict::REPLACE_PLAN_YEAR),
            end,
            support_end_unknown: matches!(end, End::On(_))
                && row.get(&ict::SUPPORT_END).date().is_none(),
            lifespan: lifespan(end, set.reference),
            place: row.spot.place(),
        }
    })
}

/// The contracts that may be used, council by council.
pub(super) fn contracts(set: &Set<'_>) -> Vec<Contract> {
    register(set, &con::TABLE, |council, row| {
        let end = contract_end(row).unwrap_or(End::Unknown);
        Contract {
            council,
            reference: row.key().to_owned(),
            title: row.used_text(&con::TITLE),
            supplier: row.used_text(&con::SUPPLIER),
            annual_value: row.get(&con::ANNUAL_VALUE).number(),
            share_pct: row.get(&con::SHARE_PCT).number(),
            charged_to: row.used_text(&con::CHARGED_TO),
            start: row.get(&con::START_DATE).date(),
            end,
            extension_months: row.get(&con::EXTENSION_MONTHS).number(),
            notice_months: row.get(&con::NOTICE_MONTHS).number(),
            early_exit: row.used_text(&con::EARLY_EXIT),
            others_may_use: row.used_text(&con::OTHERS_MAY_USE),
            lifespan: lifespan(end, set.reference),
            place: row.spot.place(),
        }
    })
}

/// The earlier of the ends of licence and support that are known. A perpetual licence lasts only while support does:
/// unsupported with no date it has ended, with extended or unknown support its end is unknown.
///
/// # Errors
/// The reason, when something was answered that may not be used; an end without it would be a guess.
fn system_end(row: &Row) -> Result<End, String> {
    let needed = [&ict::LICENCE_TERM, &ict::LICENCE_END, &ict::SUPPORT_STATUS, &ict::SUPPORT_END];
    judged(row, &ict::SHEET, &needed)?;
    let date = |field: &Field| row.get(field).date();
    let licence =
        date(&ict::LICENCE_END).filter(|_| row.get(&ict::LICENCE_TERM).is("Ends on a date"));
    let known = [licence, date(&ict::SUPPORT_END)].into_iter().flatten().min();
    if let Some(end) = known {
        return Ok(End::On(end));
    }
    let support = row.get(&ict::SUPPORT_STATUS);
    if row.get(&ict::LICENCE_TERM).is("Perpetual") {
        if support.is("Supported") {
            return Ok(End::Perpetual);
        }
        if support.is("Unsupported") {
            return Ok(End::On(Date::MIN));
        }
    }
    Ok(End::Unknown)
}

/// # Errors
/// As [`system_end`].
fn contract_end(row: &Row) -> Result<End, String> {
    judged(row, &con::SHEET, &[&con::END_DATE, &con::ROLLING])?;
    Ok(match row.get(&con::END_DATE).date() {
        Some(end) => End::On(end),
        None if row.get(&con::ROLLING).is("Yes") => End::Rolling,
        None => End::Unknown,
    })
}

/// That each of these answers is a value, or was left empty.
fn judged(row: &Row, sheet: &Sheet, columns: &[&Field]) -> Result<(), String> {
    if let Some(refusal) = &row.refused {
        return Err(refused(refusal));
    }
    let unusable =
        |answer: &&Answer| matches!(answer.held, Held::Refused(..) | Held::Unreadable(_));
    let mut answers = columns.iter().map(|column| row.get(column));
    answers.find(unusable).map_or(Ok(()), |answer| Err(reason(answer, sheet)))
}

/// The last day in force counts: what ends the day before R has expired.
pub(super) fn lifespan(end: End, reference: Date) -> Lifespan {
    let end = match end {
        End::Rolling => return Lifespan::Rolling,
        End::Perpetual => return Lifespan::Perpetual,
        End::Unknown => return Lifespan::Unknown,
        End::On(end) => end,
    };
    if end < reference {
        return Lifespan::Expired;
    }
    let within =
        |months: i32| reference.checked_add(months.months()).is_ok_and(|limit| end < limit);
    match () {
        () if within(12) => Lifespan::UnderOneYear,
        () if within(24) => Lifespan::OneToTwoYears,
        () if within(60) => Lifespan::TwoToFiveYears,
        () => Lifespan::FiveYearsOrMore,
    }
}

/// How many rows of a table fall into each lifespan. "None" is a confirmed nought.
fn counts(
    set: &Set<'_>,
    key: &str,
    sheet: &'static Sheet,
    table: &'static Table,
    none: &'static Field,
    end: fn(&Row) -> Result<End, String>,
) -> Vec<Figure> {
    let mut figures = vec![];
    for wanted in Lifespan::ALL {
        let count = |ret: &Return| -> Usable {
            if ret.kind == ReturnKind::Nil {
                return Ok((Exact::zero(), source(ret.get(&cover::RETURN_TYPE))));
            }
            if let Some(code) = ret.refused_sheet(sheet) {
                return Err(format!("{code} {}", sheet.name));
            }
            let rows = ret.rows(table);
            if rows.is_empty() {
                let nil = ret.get(none);
                return if nil.is("Yes") {
                    Ok((Exact::zero(), source(nil)))
                } else {
                    Err(format!("nothing is listed on {}", sheet.name))
                };
            }
            let mut inside = vec![];
            for row in rows {
                if lifespan(end(row)?, set.reference) == wanted {
                    inside.push(row);
                }
            }
            let key = table.key.map_or(&[][..], std::slice::from_ref);
            let cells =
                inside.iter().flat_map(|row| key.iter().flat_map(|key| source(row.get(key))));
            Ok((Exact::from(inside.len()), cells.collect()))
        };
        let named = Named::new(key, Unit::Count).item(wanted.word());
        figures.extend(set.sums(named, &set.parts(count)));
    }
    figures
}

fn register<T>(set: &Set<'_>, table: &'static Table, of: impl Fn(Code, &Row) -> T) -> Vec<T> {
    let mut lines = vec![];
    for council in &set.councils {
        let Ok(ret) = set.usable_return(council) else { continue };
        lines.extend(ret.used_rows(table).map(|row| of(Arc::clone(council), row)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of domain.md D6 at R = 01/03/2009.
    #[test]
    fn a_lifespan_goes_by_the_last_day_in_force() {
        let reference = jiff::civil::date(2009, 3, 1);
        let table = "2009-02-28 expired|2009-03-01 <12 months|2010-02-28 <12 months|2010-03-01 1–2 years\
            |2011-02-28 1–2 years|2011-03-01 2–5 years|2014-02-28 2–5 years|2014-03-01 5+ years";
        for line in table.split('|') {
            let (end, word) = line.split_once(' ').unwrap();
            assert_eq!(lifespan(End::On(end.parse().unwrap()), reference).word(), word, "{end}");
        }
        assert_eq!(lifespan(End::Unknown, reference), Lifespan::Unknown);
    }
}
