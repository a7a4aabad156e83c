//! How long a system or contract lasts from the reference date (domain.md D6).

use jiff::{ToSpan, civil::Date};

use super::{reason, refused};
use crate::{
    answer::{Answer, Held, Row},
    form::{
        Field, Sheet,
        council_return::{contracts as con, ict},
    },
    picture::{End, Lifespan},
};

/// The earlier of the ends of licence and support that are known. A perpetual licence lasts only while support does:
/// unsupported with no date it has ended, with extended or unknown support its end is unknown.
///
/// # Errors
/// The reason, when something was answered that may not be used; an end without it would be a guess.
pub fn system_end(row: &Row) -> Result<End, String> {
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
pub fn contract_end(row: &Row) -> Result<End, String> {
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
    let unusable = |answer: &&Answer| matches!(answer.held, Held::Refused(_) | Held::Unreadable(_));
    let mut answers = columns.iter().map(|column| row.get(column));
    answers.find(unusable).map_or(Ok(()), |answer| Err(reason(answer, sheet)))
}

/// The last day in force counts: what ends the day before R has expired.
pub fn lifespan(end: End, reference: Date) -> Lifespan {
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
