//! What it would cost to bring pay together (domain.md D4): by family, salaries only, never less than nought.
//!
//! Only totals over all families become figures: a family's target can be one person's pay.

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
    picture::FamilyPay,
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

/// The posts of all councils, and what the pay of each family would be raised to.
struct Pay {
    posts: Vec<(Part, Vec<Posts>)>,
    highest: BTreeMap<String, Exact>,
    median: BTreeMap<String, Exact>,
}

/// What a year is added up of, for one row of posts.
type Cost = fn(&Pay, &Posts) -> Exact;

const TO_HIGHEST: Cost =
    |pay, own| own.established.clone() * below(&pay.highest, own) * own.with_oncost.clone();
const TO_HIGHEST_FILLED: Cost =
    |pay, own| own.filled.clone() * below(&pay.highest, own) * own.with_oncost.clone();
const TO_MEDIAN: Cost =
    |pay, own| own.established.clone() * below(&pay.median, own) * own.with_oncost.clone();
const TO_MEDIAN_FILLED: Cost =
    |pay, own| own.filled.clone() * below(&pay.median, own) * own.with_oncost.clone();
const PROTECTED: Cost = |pay, own| {
    let above = positive(own.salary.clone() - pay.median[&own.family].clone());
    own.established.clone() * above * own.with_oncost.clone()
};

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let pay = Pay::of(set);
    let sums = |key: &'static str, basis: Option<&'static str>, of: Cost| {
        let own = |(part, posts): &(Part, Vec<Posts>)| {
            let cost = || posts.iter().map(|own| of(&pay, own)).sum::<Exact>();
            let usable: Usable = part.value.clone().map(|_| (cost(), part.sources.clone()));
            Part::new(&part.council, usable)
        };
        let parts: Vec<Part> = pay.posts.iter().map(own).collect();
        set.combined(Named { basis, ..Named::new(key, Unit::Pounds) }, &parts, |used| {
            Some(total(used))
        })
    };
    vec![
        sums("harmonisation.to_highest", None, TO_HIGHEST),
        sums("harmonisation.to_highest", Some("filled"), TO_HIGHEST_FILLED),
        sums("harmonisation.to_median", None, TO_MEDIAN),
        sums("harmonisation.to_median", Some("filled"), TO_MEDIAN_FILLED),
        sums("harmonisation.protected", None, PROTECTED),
    ]
}

/// The same family by family, for exempt papers.
pub(super) fn families(set: &Set<'_>) -> Vec<FamilyPay> {
    let pay = Pay::of(set);
    let of = |(family, highest): (&String, &Exact)| {
        let posts = pay.posts.iter().flat_map(|(_, posts)| posts);
        let own: Vec<&Posts> = posts.filter(|own| own.family == *family).collect();
        let sum = |cost: Cost| own.iter().map(|own| cost(&pay, own)).sum::<Exact>();
        FamilyPay {
            family: family.clone(),
            highest: highest.clone(),
            median: pay.median[family].clone(),
            to_highest: sum(TO_HIGHEST),
            to_highest_filled: sum(TO_HIGHEST_FILLED),
            to_median: sum(TO_MEDIAN),
            to_median_filled: sum(TO_MEDIAN_FILLED),
            protected: sum(PROTECTED),
        }
    };
    pay.highest.iter().map(of).collect()
}

impl Pay {
    fn of(set: &Set<'_>) -> Pay {
        let own = |council| match set.each(council, |ret| read(set, ret)) {
            Ok(all) => {
                let (posts, cells): (Vec<_>, Vec<_>) = all.into_iter().unzip();
                let part = Part::new(council, Ok((Exact::zero(), cells.concat())));
                (part, posts.into_iter().flatten().collect())
            }
            Err(reason) => (Part::new(council, Err(reason)), vec![]),
        };
        let posts: Vec<(Part, Vec<Posts>)> = set.councils.iter().map(own).collect();
        let (highest, median) = (targets(&posts, highest), targets(&posts, weighted_median));
        Pay { posts, highest, median }
    }
}

fn below(targets: &BTreeMap<String, Exact>, own: &Posts) -> Exact {
    positive(targets[&own.family].clone() - own.salary.clone())
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
        sources.extend(cells);
        let (oncost, cells) = number_in(row, &SHEET, &form::ONCOST_PCT)?;
        sources.extend(cells);
        let family = row.get(&form::JOB_FAMILY);
        posts.push(Posts {
            family: set.reference(ret, family.text().ok_or_else(|| reason(family, &SHEET))?),
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
