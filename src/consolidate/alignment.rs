//! When all contracts could end together, what that costs and which notices it needs (domain.md D7).

use std::{collections::BTreeMap, sync::Arc};

use jiff::{ToSpan, civil::Date};

use super::{
    Set,
    part::{Named, Part, Usable, number_in, reason, refused, source, total},
};
use crate::{
    answer::{Return, ReturnKind, Row},
    figure::{Amount, Figure, Source, Status, Unit},
    form::council_return::contracts::{self as form, SHEET, TABLE},
    number::Exact,
    programme::Code,
};

/// A contract as far as its end matters.
struct Ending {
    reference: String,
    /// The last day in force; `None` for one that goes on until notice.
    end: Option<Date>,
    notice_months: i32,
    /// Whether it can be left before its end; a rolling one always can.
    early: bool,
    /// Whether that is not known, so that the dates may be later than need be.
    early_unknown: bool,
    earliest_exit: Date,
    exit_fixed: Exact,
    exit_per_month: Exact,
    /// The council's part of it, as a fraction of one.
    share: Exact,
    sources: Vec<Source>,
}

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let councils: Vec<(Code, Result<Vec<Ending>, String>)> =
        set.councils.iter().map(|council| (Arc::clone(council), endings(set, council))).collect();
    let all: Vec<(&Code, &Ending)> = councils
        .iter()
        .filter_map(|(council, endings)| Some((council, endings.as_ref().ok()?)))
        .flat_map(|(council, endings)| endings.iter().map(move |ending| (council, ending)))
        .collect();
    let earliest = all.iter().map(|(_, ending)| ending.earliest_exit).max();
    let natural = all.iter().filter_map(|(_, ending)| day_after(ending.end?)).max();

    let mut figures = vec![
        date(set, "contracts.earliest_alignment", &councils, earliest),
        date(set, "contracts.natural_alignment", &councils, natural),
    ];
    for (council, endings) in &councils {
        let join = endings.as_ref().map(|endings| {
            endings.iter().map(|ending| ending.earliest_exit).max().unwrap_or(set.project.go_live)
        });
        figures.push(of_council(set, Named::new("contracts.join_date", Unit::Date), council, join));
    }
    for (basis, aligned) in [("earliest", earliest), ("natural", natural)] {
        let Some(aligned) = aligned else { continue };
        figures.extend(at(set, basis, aligned, &councils));
    }
    figures
}

/// Exit cost, bridging and notices if all contracts end so that they can start together on one day.
fn at(
    set: &Set<'_>,
    basis: &'static str,
    aligned: Date,
    councils: &[(Code, Result<Vec<Ending>, String>)],
) -> Vec<Figure> {
    let cost = Named::new("contracts.exit_cost", Unit::Pounds).basis(basis);
    let of = |(council, endings): &(Code, Result<Vec<Ending>, String>)| {
        let usable: Usable = endings.as_ref().map_err(Clone::clone).map(|endings| {
            let sum = endings.iter().map(|ending| ending.exit_cost(aligned)).sum();
            (sum, endings.iter().flat_map(|ending| ending.sources.clone()).collect())
        });
        Part::new(council, usable)
    };
    let parts: Vec<Part> = councils.iter().map(of).collect();
    let mut figures = set.figures_of(cost, &parts, |used| Some(total(used)));
    for (council, endings) in councils {
        for ending in endings.iter().flatten() {
            let item = |key, unit| Named::new(key, unit).basis(basis).item(&ending.reference);
            let mut push = |named, amount| {
                let figure = of_council(set, named, council, Ok::<Date, &String>(aligned));
                let sources =
                    Part::new(council, Ok((Exact::zero(), ending.sources.clone()))).sources;
                figures.push(Figure { value: Some(amount), sources, ..figure });
            };
            push(
                item("contracts.exit_cost", Unit::Pounds),
                Amount::Number(ending.exit_cost(aligned)),
            );
            let bridging = ending.bridging_months(aligned);
            push(
                item("contracts.bridging_months", Unit::Months),
                Amount::Number(Exact::from(bridging)),
            );
            if let Some(notice) = ending.notice_by(aligned) {
                push(item("contracts.notice_by", Unit::Date), Amount::Date(notice));
            }
        }
    }
    figures
}

impl Ending {
    fn read(row: &Row, reference_date: Date) -> Result<Ending, String> {
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
            exit_fixed,
            exit_per_month,
            share,
            sources,
        })
    }

    /// `(exit_fixed + exit_per_month × months left, part months rounded up) × share`, where it is left early.
    fn exit_cost(&self, aligned: Date) -> Exact {
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
    fn bridging_months(&self, aligned: Date) -> u32 {
        self.end.and_then(day_after).map_or(0, |after| months_up(after, aligned))
    }

    /// The last day on which notice can be given. A fixed term simply ends.
    fn notice_by(&self, aligned: Date) -> Option<Date> {
        let ends_early = self.early && self.end.is_none_or(|end| end >= aligned);
        let last_day = aligned.yesterday().ok()?;
        ends_early.then(|| last_day.checked_sub(self.notice_months.months()).ok())?
    }
}

fn endings(set: &Set<'_>, council: &Code) -> Result<Vec<Ending>, String> {
    let ret: &Return = set.usable_return(council)?;
    if ret.kind == ReturnKind::Nil {
        return Ok(vec![]);
    }
    if let Some(code) = ret.refused_sheet(&SHEET) {
        return Err(format!("{code} {}", SHEET.name));
    }
    let rows = ret.rows(&TABLE);
    if rows.is_empty() && !ret.get(&form::NIL_CONTRACTS).is("Yes") {
        return Err(format!("nothing is listed on {}", SHEET.name));
    }
    rows.iter().map(|row| Ending::read(row, set.reference)).collect()
}

/// A date over all councils. Contracts whose early exit is not known may end sooner; the reasons name them.
fn date(
    set: &Set<'_>,
    key: &str,
    councils: &[(Code, Result<Vec<Ending>, String>)],
    date: Option<Date>,
) -> Figure {
    let named = Named::new(key, Unit::Date);
    let parts: Vec<Part> = councils
        .iter()
        .map(|(council, endings)| {
            let usable = endings.as_ref().map_err(Clone::clone).map(|endings| {
                (Exact::zero(), endings.iter().flat_map(|ending| ending.sources.clone()).collect())
            });
            Part::new(council, usable)
        })
        .collect();
    let mut figure = set.combined(named, &parts, |_| date.map(|_| Exact::zero()));
    figure.value = date.map(Amount::Date);
    for (council, endings) in councils {
        let unknown: Vec<&str> = endings
            .iter()
            .flatten()
            .filter(|ending| ending.early_unknown)
            .map(|ending| &*ending.reference)
            .collect();
        if !unknown.is_empty() {
            let reason = format!(
                "not later than; whether {} can be left early is not known",
                unknown.join(", ")
            );
            figure.reasons.insert(Arc::clone(council), reason);
        }
    }
    figure
}

fn of_council(
    set: &Set<'_>,
    named: Named<'_>,
    council: &Code,
    date: Result<Date, &String>,
) -> Figure {
    let (value, status, reasons) = match date {
        Ok(date) => (Some(Amount::Date(date)), Status::Complete, BTreeMap::new()),
        Err(reason) => {
            (None, Status::Blocked, BTreeMap::from([(Arc::clone(council), reason.clone())]))
        }
    };
    let own = vec![Arc::clone(council)];
    let (used, missing) = if reasons.is_empty() { (own, vec![]) } else { (vec![], own) };
    let figure = set.whole(named, Err(BTreeMap::new()));
    Figure { council: Some(Arc::clone(council)), value, status, used, missing, reasons, ..figure }
}

fn day_after(date: Date) -> Option<Date> {
    date.tomorrow().ok()
}

/// Whole months from one day to another, a part of a month counting as one; nought if the other is not later.
fn months_up(from: Date, to: Date) -> u32 {
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
