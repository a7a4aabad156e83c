//! Payback, net present value and what they hang on (domain.md D10): cash only, constant prices, year 0 undiscounted.

use super::{
    Set,
    options::{Oneoff, Reasons, Saving},
    part::Named,
    savings::{Tested, without_income},
};
use crate::{
    figure::{Amount, Figure, Unit},
    number::Exact,
};

/// Years 0 to 5.
type Flow = [Exact; 6];

pub(super) fn figures(set: &Set<'_>, tests: &[(u32, Result<Tested, Reasons>)]) -> Vec<Figure> {
    let one = |_: &Saving| Exact::one();
    let plain = |_: &Oneoff| Exact::one();
    let mut figures = vec![];
    for (option, test) in tests {
        let named = |key, unit| Named { option: Some(*option), ..Named::new(key, unit) };
        let test = test.as_ref().map_err(Clone::clone);
        let mut push = |named, value: Result<Option<Exact>, Reasons>| {
            let amount = value.map(|value| {
                value.map_or_else(
                    || Amount::Text(String::from("not within the period")),
                    Amount::Number,
                )
            });
            figures.push(set.whole(named, amount));
        };
        let npv = |saving: &dyn Fn(&Saving) -> Exact, oneoff: &dyn Fn(&Oneoff) -> Exact| {
            test.clone()
                .map(|test| Some(present(&net(&savings(test, saving), &oneoffs(test, oneoff)))))
        };
        push(named("appraisal.npv", Unit::Pounds), npv(&one, &plain));
        let case = |case| Named { case: Some(case), ..named("appraisal.npv", Unit::Pounds) };
        push(case("low"), npv(&|line| line.low.clone(), &|line| line.high.clone()));
        push(case("high"), npv(&|line| line.high.clone(), &plain));
        let basis = |basis| named("appraisal.npv", Unit::Pounds).basis(basis);
        push(basis("without income"), npv(&without_income, &plain));
        push(basis("ICT +10%"), npv(&one, &|line| dearer(line, 10)));
        push(basis("ICT +200%"), npv(&one, &|line| dearer(line, 200)));
        push(
            basis("one year late"),
            test.clone().map(|test| {
                Some(present(&net(&late(&savings(test, &one)), &oneoffs(test, &plain))))
            }),
        );

        let of = |reckon: &dyn Fn(&Flow, &Flow) -> Option<Exact>| {
            test.clone().map(|test| reckon(&savings(test, &one), &oneoffs(test, &plain)))
        };
        push(
            named("appraisal.payback_years", Unit::Years),
            of(&|saving, oneoff| payback(&net(saving, oneoff))),
        );
        push(
            named("appraisal.simple_payback", Unit::Years),
            of(&|saving, oneoff| sum(oneoff).over(&saving[5])),
        );
        push(
            named("appraisal.bcr", Unit::Ratio),
            of(&|saving, oneoff| present(saving).over(&present(oneoff))),
        );
        push(
            named("appraisal.switching_value", Unit::Ratio),
            of(&|saving, oneoff| Some(Exact::one() - present(oneoff).over(&present(saving))?)),
        );
    }
    figures
}

fn savings(test: &Tested, of: &dyn Fn(&Saving) -> Exact) -> Flow {
    std::array::from_fn(|year| if year == 0 { Exact::zero() } else { test.saving(year, of) })
}

fn oneoffs(test: &Tested, of: &dyn Fn(&Oneoff) -> Exact) -> Flow {
    std::array::from_fn(|year| test.proposal.oneoff(year, of))
}

/// Optimism bias on ICT and equipment (HM Treasury), in per cent on top.
fn dearer(line: &Oneoff, percent: u32) -> Exact {
    if line.category == "ICT" { Exact::one() + Exact::ratio(percent, 100) } else { Exact::one() }
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

/// At the Treasury's real rate of 3.5% (Green Book, years 0 to 30).
fn present(flow: &Flow) -> Exact {
    let factor = Exact::ratio(1000, 1035);
    (0..).zip(flow).map(|(year, amount)| amount.clone() * factor.pow(year)).sum()
}

/// Years from the start of year 1 until the undiscounted sum reaches nought, linear within the year.
fn payback(net: &Flow) -> Option<Exact> {
    let mut owed = Exact::zero();
    for (year, amount) in (0_u32..).zip(net) {
        let before = owed.clone();
        owed = owed + amount.clone();
        if year > 0 && before.is_negative() && !owed.is_negative() {
            return Some(Exact::from(year - 1) + (-before).over(amount)?);
        }
    }
    None
}
