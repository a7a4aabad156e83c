//! What it would cost to bring pay together (domain.md D4): by family, salaries only, never less than nought.
//!
//! Only totals over all families leave this module: a family's target can be one person's pay.

use std::collections::BTreeMap;

use super::{
    Set,
    part::{Named, Part, Usable, number_in, reason, total},
};
use crate::{
    answer::{Return, ReturnKind},
    figure::{Figure, Unit},
    form::council_return::staffing::{self as form, SHEET, TABLE},
    number::Exact,
};

/// Posts with like pay, weighted by the part of their time spent here.
struct Posts {
    family: String,
    /// Pounds a year for a full-time post.
    salary: Exact,
    established: Exact,
    filled: Exact,
    /// One and the on-cost, as a fraction.
    with_oncost: Exact,
}

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let posts: Vec<(Part, Vec<Posts>)> = set
        .councils
        .iter()
        .map(|council| match set.usable_return(council).and_then(|ret| read(set, ret)) {
            Ok(posts) => (Part::new(council, Ok((Exact::zero(), vec![]))), posts),
            Err(reason) => (Part::new(council, Err(reason)), vec![]),
        })
        .collect();
    let highest = targets(&posts, highest);
    let median = targets(&posts, weighted_median);
    let sums = |key: &'static str, basis: Option<&'static str>, of: &dyn Fn(&Posts) -> Exact| {
        let cost = |posts: &[Posts]| {
            posts.iter().map(|own| of(own) * own.with_oncost.clone()).sum::<Exact>()
        };
        let parts: Vec<Part> = posts
            .iter()
            .map(|(part, posts)| {
                let usable: Usable = part.value.clone().map(|_| (cost(posts), vec![]));
                Part::new(&part.council, usable)
            })
            .collect();
        set.combined(Named { basis, ..Named::new(key, Unit::Pounds) }, &parts, |used| {
            Some(total(used))
        })
    };
    let above = |targets: &BTreeMap<String, Exact>, own: &Posts| {
        positive(own.salary.clone() - targets[&own.family].clone())
    };
    let below = |targets: &BTreeMap<String, Exact>, own: &Posts| {
        positive(targets[&own.family].clone() - own.salary.clone())
    };
    vec![
        sums("harmonisation.to_highest", None, &|own| {
            own.established.clone() * below(&highest, own)
        }),
        sums("harmonisation.to_highest", Some("filled"), &|own| {
            own.filled.clone() * below(&highest, own)
        }),
        sums("harmonisation.to_median", None, &|own| own.established.clone() * below(&median, own)),
        sums("harmonisation.to_median", Some("filled"), &|own| {
            own.filled.clone() * below(&median, own)
        }),
        sums("harmonisation.protected", None, &|own| own.established.clone() * above(&median, own)),
    ]
}

fn read(set: &Set<'_>, ret: &Return) -> Result<Vec<Posts>, String> {
    if ret.kind == ReturnKind::Nil {
        return Ok(vec![]);
    }
    if let Some(code) = ret.refused_sheet(&SHEET) {
        return Err(format!("{code} {}", SHEET.name));
    }
    let mut posts = vec![];
    for row in ret.rows(&TABLE) {
        let number = |column| number_in(row, &SHEET, column).map(|(value, _)| value);
        let share = number(&form::PCT_TIME)?;
        if share < Exact::from(set.programme.thresholds.pct_time) {
            continue;
        }
        let share = share * Exact::ratio(1, 100);
        let family = row.get(&form::JOB_FAMILY);
        posts.push(Posts {
            family: family.text().ok_or_else(|| reason(family, &SHEET))?.to_owned(),
            salary: number(&form::SALARY_FTE)?,
            established: number(&form::FTE_ESTABLISHED)? * share.clone(),
            filled: number(&form::FTE_FILLED)? * share,
            with_oncost: Exact::one() + number(&form::ONCOST_PCT)? * Exact::ratio(1, 100),
        });
    }
    Ok(posts)
}

fn targets(posts: &[(Part, Vec<Posts>)], of: fn(&[&Posts]) -> Exact) -> BTreeMap<String, Exact> {
    let mut families: BTreeMap<String, Vec<&Posts>> = BTreeMap::new();
    for own in posts.iter().flat_map(|(_, posts)| posts) {
        families.entry(own.family.clone()).or_default().push(own);
    }
    families.into_iter().map(|(family, posts)| (family, of(&posts))).collect()
}

fn highest(posts: &[&Posts]) -> Exact {
    posts.iter().map(|own| own.salary.clone()).max().unwrap_or_else(Exact::zero)
}

/// The smallest salary at which the FTE counted up reach half of all.
fn weighted_median(posts: &[&Posts]) -> Exact {
    let mut posts = posts.to_vec();
    posts.sort_by(|a, b| a.salary.cmp(&b.salary));
    let half = posts.iter().map(|own| own.established.clone()).sum::<Exact>() * Exact::ratio(1, 2);
    let mut counted = Exact::zero();
    for own in &posts {
        counted = counted + own.established.clone();
        if counted >= half {
            return own.salary.clone();
        }
    }
    Exact::zero()
}

fn positive(number: Exact) -> Exact {
    number.max(Exact::zero())
}
