//! What it would cost to bring pay together (domain.md D4): by family, salaries only, never less than nought.
//!
//! Only totals over all families leave this module: a family's target can be one person's pay.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Set,
    part::{Named, Part, Usable, number_in, reason, total},
    staffing,
};
use crate::{
    answer::Return,
    fact::post,
    figure::{Figure, Source, Unit},
    form::council_return::staffing::{self as form, SHEET},
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
            Ok((posts, cells)) => (Part::new(council, Ok((Exact::zero(), cells))), posts),
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
                let usable: Usable =
                    part.value.clone().map(|_| (cost(posts), part.sources.clone()));
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

fn read(set: &Set<'_>, ret: &Return) -> Result<(Vec<Posts>, Vec<Arc<Source>>), String> {
    let rows = match staffing::posts(set, ret)? {
        staffing::Posts::Listed(rows) => rows,
        staffing::Posts::None(cells) => return Ok((vec![], cells)),
    };
    let mut posts = vec![];
    let mut sources = vec![];
    for row in rows {
        let (established, cells) = post::established(row)?;
        sources.extend(cells);
        let (filled, _) = post::filled(row)?;
        let (salary, cells) = number_in(row, &SHEET, &form::SALARY_FTE)?;
        sources.extend(post::withheld(cells));
        let (oncost, cells) = number_in(row, &SHEET, &form::ONCOST_PCT)?;
        sources.extend(cells);
        let family = row.get(&form::JOB_FAMILY);
        posts.push(Posts {
            family: family.text().ok_or_else(|| reason(family, &SHEET))?.to_owned(),
            salary,
            established,
            filled,
            with_oncost: Exact::one() + oncost * Exact::ratio(1, 100),
        });
    }
    Ok((posts, sources))
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
