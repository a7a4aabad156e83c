//! What it would cost to bring pay together, family by family.

use std::collections::BTreeMap;

use super::{
    Named,
    cells::{self, number, percent},
};
use crate::{
    answer::{Return, Row},
    figure::Amount,
    form::{
        brief::options::HARMONISATION_TARGET,
        council_return::staffing::{
            FTE_ESTABLISHED, FTE_FILLED, JOB_FAMILY, ONCOST_PCT, PCT_TIME, SALARY_FTE,
        },
    },
    number::Exact,
};

/// What a family's pay is brought to.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Highest,
    Median,
}

/// What is added up of the posts of a family.
type Cost = fn(&Row, &Exact) -> Exact;

pub(super) fn again(named: &Named<'_, '_>) -> Option<Amount> {
    let filled = named.figure.basis == Some("filled");
    let short: Cost = if filled {
        |row, target| weighted(row, &number(row, &FTE_FILLED), above(target, &salary(row)))
    } else {
        |row, target| weighted(row, &number(row, &FTE_ESTABLISHED), above(target, &salary(row)))
    };
    let beyond: Cost =
        |row, target| weighted(row, &number(row, &FTE_ESTABLISHED), above(&salary(row), target));
    Some(Amount::Number(match &*named.figure.key {
        "harmonisation.to_highest" => sum(named, &|_| Some(Target::Highest), short)?,
        "harmonisation.to_median" => sum(named, &|_| Some(Target::Median), short)?,
        "harmonisation.protected" => sum(named, &|_| Some(Target::Median), beyond)?,
        // What an option takes off is brought to what its brief says.
        "savings.harmonisation" => {
            let target = |ret: &Return| {
                let brief = named.scope.intake.brief(ret.project.as_ref()?)?;
                Some(match brief.get(&HARMONISATION_TARGET).is("Highest") {
                    true => Target::Highest,
                    false => Target::Median,
                })
            };
            sum(named, &target, short)?
        }
        _ => return None,
    }))
}

fn sum(
    named: &Named<'_, '_>,
    target: &dyn Fn(&Return) -> Option<Target>,
    cost: Cost,
) -> Option<Exact> {
    let mut families: BTreeMap<_, (Vec<&Row>, Target)> = BTreeMap::new();
    for (row, ret) in cells::rows(&named.cells) {
        let family = (ret.project.as_deref(), row.get(&JOB_FAMILY).text()?);
        let target = target(ret)?;
        families.entry(family).or_insert_with(|| (vec![], target)).0.push(row);
    }
    let mut sum = Exact::zero();
    for (rows, target) in families.values_mut() {
        rows.sort_by_cached_key(|row| salary(row));
        let pay = match target {
            Target::Highest => salary(rows.last()?),
            Target::Median => median(rows),
        };
        sum = sum + rows.iter().map(|row| cost(row, &pay)).sum();
    }
    Some(sum)
}

/// The lowest salary at which no more than half of the FTE are paid more. `rows` are in the order of salary.
fn median(rows: &[&Row]) -> Exact {
    let fte = |row: &&Row| number(row, &FTE_ESTABLISHED) * percent(row, &PCT_TIME);
    let all: Exact = rows.iter().map(fte).sum();
    let mut rest = all.clone();
    for row in rows {
        rest = rest - fte(row);
        if rest.clone() + rest.clone() <= all {
            return salary(row);
        }
    }
    Exact::zero()
}

fn salary(row: &Row) -> Exact {
    number(row, &SALARY_FTE)
}

fn above(one: &Exact, other: &Exact) -> Exact {
    (one.clone() - other.clone()).max(Exact::zero())
}

/// Pounds a year for each FTE, for so many of them, with on-costs.
fn weighted(row: &Row, fte: &Exact, each: Exact) -> Exact {
    let with_oncost = Exact::one() + percent(row, &ONCOST_PCT);
    fte.clone() * percent(row, &PCT_TIME) * each * with_oncost
}
