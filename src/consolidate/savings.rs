//! The savings test (domain.md D8): a saving by the second year of a tenth of what the service costs, against every
//! budget and in every reading.

use std::sync::Arc;

use super::{
    Set,
    options::{Reasons, Saving, of_brief},
    part::{Named, number},
    quality, revenue,
    tested::{Known, Tested, as_stated, baseline, combined, complete, without_income},
};
use crate::{
    figure::{Amount, Figure, Source, Unit},
    form::council_return::revenue::{MEMO_CUTS, MEMO_HRA, SHEET, SSC, Y0_BUDGET},
    number::Exact,
    programme::Basis,
};

/// How a saving is read.
struct Reading {
    case: Option<&'static str>,
    income: Option<&'static str>,
    of: fn(&Saving) -> Exact,
}

const READINGS: [Reading; 4] = [
    Reading { case: None, income: None, of: as_stated },
    Reading { case: None, income: Some("without"), of: without_income },
    Reading { case: Some("low"), income: None, of: |line| line.low.clone() },
    Reading { case: Some("high"), income: None, of: |line| line.high.clone() },
];

/// `reckoned` holds the figures of this set so far. What is measured against the configured budget has no basis and
/// comes before the same against each budget by name.
pub(super) fn figures(
    set: &Set<'_>,
    reckoned: &[Figure],
    tests: &[(u32, Result<Tested, Reasons>)],
) -> Vec<Figure> {
    let pounds = |key| Named::new(key, Unit::Pounds);
    let memo = |key: &str, field| set.parts_of(key, None, |ret| number(ret, &SHEET, field));
    let cuts = "savings.cuts";
    let mut figures = set.sums(pounds(cuts), &memo(cuts, &MEMO_CUTS));
    let stranded = revenue::parts(set, &SSC, &Y0_BUDGET);
    figures.extend(set.sums(pounds("savings.stranded"), &stranded));
    figures.extend(quality::figures(set));
    let ring_fenced = memo(revenue::RING_FENCED, &MEMO_HRA);
    let configured = baseline(reckoned, set.project.test_basis);
    let gross = combined(reckoned, "revenue.gross_controllable", None);
    let general = gross.and_then(|(gross, mut cells)| {
        let general = gross.clone() - complete(&ring_fenced)?;
        cells.extend(ring_fenced.iter().flat_map(|part| part.sources.iter().cloned()));
        Ok((general.over(&gross).ok_or_else(|| of_brief(NO_BASELINE))?, cells))
    });
    for (number, test) in tests {
        let option = Tried { set, number: *number, test: test.as_ref() };
        figures.extend(option.against(None, &configured));
        figures.extend(option.readings());
        figures.extend(option.two_years(&configured));
        figures.extend(option.makeup());
        figures.extend(option.general_fund(&general));
        for basis in Basis::ALL {
            figures.extend(option.against(Some(basis.word()), &baseline(reckoned, basis)));
        }
    }
    figures
}

/// Why nothing can be measured against a budget.
const NO_BASELINE: &str = "the baseline is nought";

/// An option, tested or not.
struct Tried<'a> {
    set: &'a Set<'a>,
    number: u32,
    test: Result<&'a Tested, &'a Reasons>,
}

impl Tried<'_> {
    fn named<'k>(&self, key: &'k str, unit: Unit) -> Named<'k> {
        Named { option: Some(self.number), ..Named::new(key, unit) }
    }

    fn figure(
        &self,
        named: Named<'_>,
        value: Result<(Amount, Vec<Arc<Source>>), Reasons>,
    ) -> Figure {
        match value {
            Ok((amount, sources)) => Figure { sources, ..self.set.whole(named, Ok(amount)) },
            Err(reasons) => self.set.whole(named, Err(reasons)),
        }
    }

    fn known(&self, named: Named<'_>, value: Known) -> Figure {
        self.figure(named, value.map(|(value, sources)| (Amount::Number(value), sources)))
    }

    /// What year 1 or 2 saves, in pounds.
    fn saving(&self, year: usize, of: fn(&Saving) -> Exact) -> Known {
        let test = self.test.map_err(Clone::clone)?;
        Ok((test.saving(year, of), test.proposal.saving_sources(year)))
    }

    /// What year 2 saves in every reading.
    fn readings(&self) -> Vec<Figure> {
        let year = self.test.ok().map(|test| test.proposal.first_year().plus(1).to_string());
        let one = |reading: &Reading| {
            let named = Named {
                case: reading.case,
                income: reading.income,
                ..self.named("savings.year2", Unit::Pounds)
            };
            Figure { year: year.clone(), ..self.known(named, self.saving(2, reading.of)) }
        };
        READINGS.iter().map(one).collect()
    }

    /// The test against one budget, in every reading.
    fn against(&self, basis: Option<&'static str>, base: &Known) -> Vec<Figure> {
        let named = |key, unit| Named { basis, ..self.named(key, unit) };
        let share = self.set.programme.appraisal.target();
        let target = base.clone().map(|(base, sources)| (base * share, sources));
        let mut figures = vec![
            self.known(named("savings.baseline", Unit::Pounds), base.clone()),
            self.known(named("savings.target", Unit::Pounds), target.clone()),
        ];
        for reading in &READINGS {
            let saving = self.saving(2, reading.of);
            let named = |key, unit| Named {
                case: reading.case,
                income: reading.income,
                ..named(key, unit)
            };
            let percent = over(saving.clone(), base);
            figures.push(self.known(named("savings.percent", Unit::Ratio), percent.clone()));
            // Two readings have keys of their own in the contract.
            let own_key = match (reading.income, reading.case) {
                (Some(_), _) => Some("savings.percent_without_income"),
                (_, Some("low")) => Some("savings.low_percent"),
                _ => None,
            };
            if let (None, Some(key)) = (basis, own_key) {
                figures.push(self.known(self.named(key, Unit::Ratio), percent.clone()));
            }
            let short = percent.and_then(|_| {
                let ((saving, mut cells), (target, more)) = (saving?, target.clone()?);
                cells.extend(more);
                Ok((target - saving, cells))
            });
            let met = short.clone().map(|(short, sources)| {
                (Amount::YesNo(short.is_zero() || short.is_negative()), sources)
            });
            figures.push(self.figure(named("savings.met", Unit::YesNo), met));
            let short = short.map(|(short, sources)| (short.max(Exact::zero()), sources));
            figures.push(self.known(named("savings.short", Unit::Pounds), short));
        }
        figures
    }

    /// The other reading of the criterion: what the first two years save together, and in a year of the two.
    fn two_years(&self, base: &Known) -> Vec<Figure> {
        let both = self.saving(1, as_stated).and_then(|(first, mut sources)| {
            let (second, more) = self.saving(2, as_stated)?;
            sources.extend(more);
            Ok((first + second, sources))
        });
        let percent = over(both.clone(), base);
        let half = percent.clone().map(|(both, cells)| (both * Exact::ratio(1, 2), cells));
        vec![
            self.known(self.named("savings.two_years", Unit::Pounds), both),
            self.known(self.named("savings.two_years_percent", Unit::Ratio), percent),
            self.known(self.named("savings.two_years_percent_a_year", Unit::Ratio), half),
        ]
    }

    /// What the saving of year 2 is made of: each category of cash lines, what is taken off, and how much is new income.
    fn makeup(&self) -> Vec<Figure> {
        let Ok(test) = self.test else { return vec![] };
        let mut figures = vec![];
        let mut categories: Vec<&str> = vec![];
        for line in &test.proposal.savings {
            if !categories.contains(&&*line.category) {
                categories.push(&line.category);
            }
        }
        for category in categories {
            let own = test.proposal.savings.iter().filter(|line| line.category == category);
            let cells = own.clone().flat_map(|line| line.years[1].1.clone()).collect();
            let sum = own.map(|line| line.years[1].0.clone()).sum();
            let named = self.named("savings.category", Unit::Pounds).item(category);
            figures.push(self.known(named, Ok((sum, cells))));
        }
        let client = (test.proposal.client_cost.clone(), test.proposal.client_sources.clone());
        figures.push(self.known(self.named("savings.client_cost", Unit::Pounds), Ok(client)));
        let pay = Ok(test.harmonisation.clone());
        figures.push(self.known(self.named("savings.harmonisation", Unit::Pounds), pay));
        let all = self.saving(2, as_stated);
        let income = all.clone().and_then(|(all, _)| {
            let (without, cells) = self.saving(2, without_income)?;
            Ok((all - without, cells))
        });
        figures.push(
            self.known(self.named("savings.income_percent", Unit::Ratio), over(income, &all)),
        );
        figures
    }

    /// How much of the saving the General Fund keeps if it falls evenly; the rest is a ring-fenced account's.
    fn general_fund(&self, share: &Known) -> Vec<Figure> {
        let amount = self.saving(2, as_stated).and_then(|(saving, mut cells)| {
            let (share, more) = share.clone()?;
            cells.extend(more);
            Ok((saving * share, cells))
        });
        vec![
            self.known(self.named("savings.general_fund_percent", Unit::Ratio), share.clone()),
            self.known(self.named("savings.general_fund_share", Unit::Pounds), amount),
        ]
    }
}

/// A part of a budget, as a fraction of one.
fn over(part: Known, base: &Known) -> Known {
    let ((part, mut sources), (base, more)) = (part?, base.clone()?);
    if base.is_negative() {
        return Err(of_brief(NO_BASELINE));
    }
    sources.extend(more);
    let ratio = part.over(&base).ok_or_else(|| of_brief(NO_BASELINE))?;
    Ok((ratio, sources))
}
