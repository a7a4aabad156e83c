//! Payback, net present value and what they hang on (domain.md D10): cash only, constant prices, year 0 undiscounted.

use rust_decimal::Decimal;

use super::{
    Set,
    options::{Oneoff, Reasons, Saving},
    part::Named,
    tested::{Tested, as_stated, without_income},
};
use crate::{
    figure::{Amount, Figure, Unit},
    number::Exact,
    programme::YEARS,
};

/// Year 0 and those that the brief asks for.
type Flow = [Exact; YEARS + 1];

/// What is said of a payback that does not come.
const NEVER: &str = "not within the period";

pub(super) fn figures(set: &Set<'_>, tests: &[(u32, Result<Tested, Reasons>)]) -> Vec<Figure> {
    let factor = factor(set.programme.appraisal.discount_rate_pct);
    let mut figures = vec![];
    for (option, test) in tests {
        let test = test.as_ref();
        let named = |key, unit| Named { option: Some(*option), ..Named::new(key, unit) };
        let mut push = |named: Named<'_>, value: &dyn Fn(&Flows<'_>) -> Option<Exact>| {
            let amount = test.map(|test| {
                let value = value(&Flows { test, factor: &factor });
                value.map_or_else(|| Amount::Text(String::from(NEVER)), Amount::Number)
            });
            let sources = test.map(|test| test.proposal.cells()).unwrap_or_default();
            let figure = set.whole(named, amount.map_err(Clone::clone));
            figures.push(Figure { sources, ..figure });
        };
        let npv = named("appraisal.npv", Unit::Pounds);
        push(npv, &|flows| Some(flows.npv(&flows.central())));
        for case in ["low", "high"] {
            push(Named { case: Some(case), ..npv }, &|flows| Some(flows.npv(&flows.of(case))));
        }
        let outsourced = test.is_ok_and(|test| test.proposal.outsourced);
        let hangs_on =
            sensitivities(set).into_iter().chain(outsourcing(set).filter(|_| outsourced));
        for (basis, item, reckon) in hangs_on {
            let named = Named { basis: Some(basis), item: item.as_deref(), ..npv };
            push(named, &|flows| Some(flows.npv(&reckon(flows))));
        }
        push(named("appraisal.payback_years", Unit::Years), &|flows| payback(&flows.central()));
        for case in ["low", "high"] {
            let named = Named { case: Some(case), ..named("appraisal.payback_years", Unit::Years) };
            push(named, &|flows| payback(&flows.of(case)));
        }
        push(named("appraisal.simple_payback", Unit::Years), &|flows| {
            simple(sum(&flows.oneoffs(plain)), flows.savings(as_stated)[5].clone())
        });
        push(named("appraisal.bcr", Unit::Ratio), &|flows| {
            flows.present(&flows.savings(as_stated)).over(&flows.present(&flows.oneoffs(plain)))
        });
        push(named("appraisal.switching_value", Unit::Ratio), &|flows| {
            let (saved, spent) = (flows.savings(as_stated), flows.oneoffs(plain));
            Some(Exact::one() - flows.present(&spent).over(&flows.present(&saved))?)
        });
        push(named("appraisal.pv_savings", Unit::Pounds), &|flows| {
            Some(flows.present(&flows.savings(as_stated)))
        });
        push(named("appraisal.pv_one_off", Unit::Pounds), &|flows| {
            Some(flows.present(&flows.oneoffs(plain)))
        });
        push(named("appraisal.one_off", Unit::Pounds), &|flows| Some(sum(&flows.oneoffs(plain))));
        push(named("appraisal.saving", Unit::Pounds), &|flows| {
            Some(sum(&flows.savings(as_stated)))
        });
        if let Ok(test) = test {
            figures.extend(by_year(set, *option, &Flows { test, factor: &factor }));
        }
    }
    figures
}

/// What changes in a sensitivity, how much of it, and the flow that comes of it.
type Sensitivity = (&'static str, Option<String>, Box<dyn Fn(&Flows<'_>) -> Flow>);

/// What a result hangs on, one thing at a time.
fn sensitivities(set: &Set<'_>) -> Vec<Sensitivity> {
    let mut all: Vec<Sensitivity> = vec![
        (
            "without income",
            None,
            Box::new(|flows| net(&flows.savings(without_income), &flows.oneoffs(plain))),
        ),
        (
            "one year late",
            None,
            Box::new(|flows| net(&late(&flows.savings(as_stated)), &flows.oneoffs(plain))),
        ),
    ];
    let rates = &set.programme.appraisal;
    for (category, bias) in
        [("ICT", rates.optimism_ict_pct), ("Accommodation", rates.optimism_accommodation_pct)]
    {
        for percent in bias {
            let dearer = Exact::one() + Exact::from(percent) * Exact::ratio(1, 100);
            all.push((
                category,
                Some(format!("+{}%", percent.normalize())),
                Box::new(move |flows| {
                    let oneoffs = flows.oneoffs(|line| {
                        if line.category == category { dearer.clone() } else { Exact::one() }
                    });
                    net(&flows.savings(as_stated), &oneoffs)
                }),
            ));
        }
    }
    all
}

/// What a service that a third party runs costs each year may turn out higher too.
fn outsourcing(set: &Set<'_>) -> impl Iterator<Item = Sensitivity> {
    let dearer = set.programme.appraisal.optimism_outsourcing_pct.into_iter();
    dearer.filter(|percent| !percent.is_zero()).map(|percent| {
        let more = Exact::from(percent) * Exact::ratio(1, 100);
        let reckon: Box<dyn Fn(&Flows<'_>) -> Flow> = Box::new(move |flows| {
            let running = flows.running().map(|own| own * more.clone());
            net(&flows.central(), &running)
        });
        ("Outsourcing", Some(format!("+{}%", percent.normalize())), reckon)
    })
}

/// The flows of each year, with the year from the start as item: 0 to 5.
fn by_year(set: &Set<'_>, option: u32, flows: &Flows<'_>) -> Vec<Figure> {
    let (savings, oneoffs) = (flows.savings(as_stated), flows.oneoffs(plain));
    let net = net(&savings, &oneoffs);
    let mut figures = vec![];
    let (mut cumulative, mut so_far) = (Exact::zero(), vec![]);
    for year in 0..6_u8 {
        let index = usize::from(year);
        let at = |flow: &Flow| flow[index].clone();
        cumulative = cumulative + at(&net);
        let item = year.to_string();
        let label = flows.test.proposal.first_year().plus(i16::from(year) - 1).to_string();
        let saved = if year > 0 { flows.test.proposal.saving_sources(index) } else { vec![] };
        let spent = flows.test.proposal.oneoff_sources(index);
        let both: Vec<_> = saved.iter().chain(&spent).cloned().collect();
        so_far.extend(both.iter().cloned());
        for (key, unit, value, sources) in [
            ("appraisal.year_saving", Unit::Pounds, at(&savings), saved.clone()),
            ("appraisal.year_one_off", Unit::Pounds, at(&oneoffs), spent.clone()),
            ("appraisal.year_net", Unit::Pounds, at(&net), both),
            ("appraisal.year_cumulative", Unit::Pounds, cumulative.clone(), so_far.clone()),
            ("appraisal.factor", Unit::Ratio, flows.factor.pow(u32::from(year)), vec![]),
        ] {
            let named = Named {
                option: Some(option),
                year: Some(&label),
                ..Named::new(key, unit).item(&item)
            };
            let figure = set.whole(named, Ok(Amount::Number(value)));
            figures.push(Figure { sources, ..figure });
        }
    }
    figures
}

/// What an option saves and costs, year by year.
struct Flows<'a> {
    test: &'a Tested,
    /// What a pound of next year is worth today.
    factor: &'a Exact,
}

impl Flows<'_> {
    fn savings(&self, of: impl Fn(&Saving) -> Exact) -> Flow {
        let year = |year| match year {
            0 => Exact::zero(),
            year => self.test.saving(year, &of),
        };
        std::array::from_fn(year)
    }

    fn oneoffs(&self, of: impl Fn(&Oneoff) -> Exact) -> Flow {
        std::array::from_fn(|year| self.test.proposal.oneoff(year, &of))
    }

    /// What the service costs to run once it has started: what it costs today, less what is saved of that. New income
    /// makes it no cheaper, and what the councils keep to manage it is not the third party's.
    fn running(&self) -> Flow {
        let year = |year| match year {
            0 => Exact::zero(),
            year => {
                let saved = self.test.saving(year, without_income);
                self.test.gross.clone() - saved - self.test.proposal.client_cost.clone()
            }
        };
        std::array::from_fn(year)
    }

    fn central(&self) -> Flow {
        net(&self.savings(as_stated), &self.oneoffs(plain))
    }

    /// The `low` or the `high` case: at worst one-off cost is higher as well.
    fn of(&self, case: &str) -> Flow {
        match case {
            "low" => {
                net(&self.savings(|line| line.low.clone()), &self.oneoffs(|line| line.high.clone()))
            }
            _ => net(&self.savings(|line| line.high.clone()), &self.oneoffs(plain)),
        }
    }

    fn npv(&self, net: &Flow) -> Exact {
        self.present(net)
    }

    fn present(&self, flow: &Flow) -> Exact {
        (0..).zip(flow).map(|(year, amount)| amount.clone() * self.factor.pow(year)).sum()
    }
}

/// What a pound of next year is worth today, at a real rate in per cent (Green Book, years 0 to 30: 3.5%).
fn factor(rate_pct: Decimal) -> Exact {
    let hundred = Exact::from(100_u32);
    let grown = hundred.clone() + Exact::from(rate_pct);
    hundred.over(&grown).unwrap_or_else(Exact::one)
}

fn plain(_: &Oneoff) -> Exact {
    Exact::one()
}

fn late(flow: &Flow) -> Flow {
    std::array::from_fn(|year| if year == 0 { Exact::zero() } else { flow[year - 1].clone() })
}

fn net(saving: &Flow, oneoff: &Flow) -> Flow {
    std::array::from_fn(|year| saving[year].clone() - oneoff[year].clone())
}

fn sum(flow: &Flow) -> Exact {
    flow.iter().cloned().sum()
}

/// Years of a steady saving that pay for one-off cost; `None` where there is no saving.
fn simple(oneoff: Exact, saving: Exact) -> Option<Exact> {
    if saving.is_negative() { None } else { oneoff.over(&saving) }
}

/// Years from the start of year 1 until the undiscounted sum reaches nought, linear within the year.
fn payback(net: &Flow) -> Option<Exact> {
    let mut owed = Exact::zero();
    let mut ever_owed = false;
    for (year, amount) in (0_u32..).zip(net) {
        let before = owed.clone();
        owed = owed + amount.clone();
        ever_owed |= owed.is_negative();
        if year > 0 && before.is_negative() && !owed.is_negative() {
            return Some(Exact::from(year - 1) + (-before).over(amount)?);
        }
    }
    (!ever_owed).then(Exact::zero)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of domain.md D10, with the one-off cost and the saving of a year.
    #[test]
    fn simple_payback_is_one_off_cost_over_the_steady_saving() {
        let years = |oneoff: u32, saving: u32| {
            simple(Exact::from(oneoff), Exact::from(saving)).map(|years| years.rounded(3))
        };
        assert_eq!(years(4_540_000, 1_374_930).as_deref(), Some("3.302"));
        assert_eq!(years(300_000, 350_000).as_deref(), Some("0.857"));
        assert_eq!(years(300_000, 0), None);
    }

    #[test]
    fn a_pound_of_year_n_is_discounted_n_times() {
        let factor = factor(Decimal::new(35, 1));
        let table = [(0, "1.000000"), (1, "0.966184"), (2, "0.933511"), (3, "0.901943")];
        for (year, wanted) in table.into_iter().chain([(4, "0.871442"), (5, "0.841973")]) {
            assert_eq!(factor.pow(year).rounded(6), wanted);
        }
    }

    #[test]
    fn payback_is_the_point_at_which_nothing_is_owed_any_more() {
        let flow = |years: [i64; 6]| years.map(|year| Exact::from(Decimal::from(year)));
        let back = |years| payback(&flow(years)).map(|years| years.rounded(3));
        assert_eq!(back([-240_000, 35_000, 172_500, 190_000, 0, 0]).as_deref(), Some("2.171"));
        assert_eq!(back([-240_000, 10_000, 10_000, 10_000, 0, 0]), None);
        assert_eq!(back([0, 10, 10, 10, 10, 10]).as_deref(), Some("0.000"));
        assert_eq!(back([-10, 10, 0, 0, 0, 0]).as_deref(), Some("1.000"));
    }
}
