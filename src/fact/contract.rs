//! When a contract can be left, and at what cost (domain.md D7).

use std::sync::Arc;

use jiff::{ToSpan, civil::Date};

use super::{number_in, reason, refused, source};
use crate::{
    answer::Row,
    figure::Source,
    form::council_return::contracts::{self as form, SHEET},
    number::Exact,
};

/// Months that a procurement takes where the return does not say (domain.md A5).
const LEAD_MONTHS: i32 = 12;

/// A contract as far as its end matters.
pub struct Ending {
    pub reference: String,
    /// The last day in force; `None` for one that goes on until notice.
    pub end: Option<Date>,
    notice_months: i32,
    /// Whether it can be left before its end; a rolling one always can.
    pub early: bool,
    /// Whether that is not known, so that the dates may be later than need be.
    pub early_unknown: bool,
    pub earliest_exit: Date,
    /// When work on what follows must start: its end less the time that takes.
    pub start_by: Option<Date>,
    exit_fixed: Exact,
    exit_per_month: Exact,
    /// The council's part of it, as a fraction of one.
    share: Exact,
    pub sources: Vec<Arc<Source>>,
}

impl Ending {
    pub fn read(row: &Row, reference_date: Date) -> Result<Ending, String> {
        if let Some(refusal) = &row.refused {
            return Err(refused(refusal));
        }
        let mut sources = vec![];
        let mut number = |column| -> Result<Exact, String> {
            let (value, cells) = number_in(row, &SHEET, column)?;
            sources.extend(cells);
            Ok(value)
        };
        let notice = number(&form::NOTICE_MONTHS)?;
        let share = number(&form::SHARE_PCT)? * Exact::ratio(1, 100);
        let exit = row.get(&form::EARLY_EXIT);
        let early = exit.is("Yes");
        let (exit_fixed, exit_per_month) = if early {
            (number(&form::EXIT_FIXED)?, number(&form::EXIT_PER_MONTH)?)
        } else {
            (Exact::zero(), Exact::zero())
        };
        let notice_months = i32::try_from(notice.whole()).unwrap_or(0);
        let rolling = row.get(&form::ROLLING).is("Yes");
        let end = row.get(&form::END_DATE).date();
        if end.is_none() && !rolling {
            return Err(reason(row.get(&form::END_DATE), &SHEET));
        }
        sources.extend(source(row.get(&form::END_DATE)));
        // Dates stop at the year 2060 (COV-002), so that no sum of months here leaves the calendar.
        let after_notice = |date: Date| {
            date.checked_add(notice_months.months()).ok().and_then(day_after).unwrap_or(Date::MAX)
        };
        let lead = row.get(&form::LEAD_MONTHS).number().map(Exact::from);
        let lead = lead.map_or(Some(LEAD_MONTHS), |months| i32::try_from(months.whole()).ok());
        let start_by = end.zip(lead).and_then(|(end, lead)| end.checked_sub(lead.months()).ok());
        let earliest_exit = match end.and_then(day_after) {
            None => after_notice(reference_date),
            Some(after) if early => {
                let allowed = row.get(&form::EARLIEST_BREAK).date().unwrap_or(reference_date);
                after.min(after_notice(reference_date).max(allowed))
            }
            Some(after) => after,
        };
        Ok(Ending {
            reference: row.key().to_owned(),
            end,
            notice_months,
            early: early || rolling,
            early_unknown: exit.is("Not known") && !rolling,
            earliest_exit,
            start_by,
            exit_fixed,
            exit_per_month,
            share,
            sources,
        })
    }

    /// `(exit_fixed + exit_per_month × months left, part months rounded up) × share`, where it is left early.
    pub fn exit_cost(&self, aligned: Date) -> Exact {
        match self.end {
            Some(end) if self.early && end >= aligned => {
                let left = months_up(aligned, day_after(end).unwrap_or(end));
                (self.exit_fixed.clone() + self.exit_per_month.clone() * Exact::from(left))
                    * self.share.clone()
            }
            _ => Exact::zero(),
        }
    }

    /// Months from its end to the common day, rounded up.
    pub fn bridging_months(&self, aligned: Date) -> u32 {
        self.end.and_then(day_after).map_or(0, |after| months_up(after, aligned))
    }

    /// The last day on which notice can be given. A fixed term simply ends.
    pub fn notice_by(&self, aligned: Date) -> Option<Date> {
        let ends_early = self.early && self.end.is_none_or(|end| end >= aligned);
        let last_day = aligned.yesterday().ok()?;
        ends_early.then(|| last_day.checked_sub(self.notice_months.months()).ok())?
    }
}

/// The day on which something can begin after another has ended.
pub fn day_after(date: Date) -> Option<Date> {
    date.tomorrow().ok()
}

/// Whole months from one day to another, a part of a month counting as one; nought if the other is not later.
pub fn months_up(from: Date, to: Date) -> u32 {
    let apart = i32::from(to.year() - from.year()) * 12 + i32::from(to.month() - from.month());
    let reaches = |months: i32| from.checked_add(months.months()).is_ok_and(|date| date >= to);
    let fits = (apart - 1..=apart + 1).find(|months| *months >= 0 && reaches(*months));
    u32::try_from(fits.unwrap_or(0)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_part_of_a_month_counts_as_one() {
        let end = date(2012, 10, 1);
        assert_eq!(months_up(date(2010, 4, 1), end), 30);
        assert_eq!(months_up(date(2010, 4, 15), end), 30);
        assert_eq!(months_up(date(2010, 5, 1), end), 29);
        assert_eq!(months_up(date(2009, 7, 1), date(2010, 11, 1)), 16);
        assert_eq!(months_up(end, date(2010, 4, 1)), 0);
        assert_eq!(months_up(date(2010, 1, 31), date(2010, 2, 28)), 1);
    }
}
