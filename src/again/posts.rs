//! Posts, their cost, and rates of them.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;

use super::{
    Named,
    cells::{self, Cell, over_cells},
};
use crate::{
    answer::{Return, Row},
    figure::Amount,
    form::{
        Group,
        council_return::{
            cover::DATA_AS_AT,
            staffing::{
                ALLOWANCES_PA, CONTRACT_END, CONTRACT_TYPE, FTE_ESTABLISHED, FTE_FILLED, HEADCOUNT,
                JOB_FAMILY, LEVEL, ONCOST_PCT, PCT_TIME, POSTS, SALARY_FTE, SKILL_SCARCE,
                VACANT_SINCE,
            },
        },
    },
    number::Exact,
    programme::Project,
};

/// What the cells of a row of posts say.
#[derive(Default)]
pub(super) struct Post {
    established: Decimal,
    filled: Decimal,
    pct_time: Decimal,
    salary: Decimal,
    allowances: Decimal,
    oncost: Decimal,
}

pub(super) fn again(named: &Named<'_, '_>) -> Option<Amount> {
    let own = named.figure.key.strip_prefix("staffing.")?;
    let posts = posts(&named.cells);
    let over = |of: fn(&Post) -> Exact| posts.values().map(|(post, ..)| of(post)).sum::<Exact>();
    Some(Amount::Number(match own.strip_prefix("grade.").unwrap_or(own) {
        "headcount" => whole(named, &[HEADCOUNT.name]),
        "posts" => whole(named, &[POSTS.name]),
        "scarce_posts" => {
            let rows = cells::rows(&named.cells).into_iter();
            let scarce = rows.filter(|(row, _)| row.get(&SKILL_SCARCE).is("Yes"));
            scarce.map(|(row, _)| cells::number(row, &POSTS)).sum()
        }
        "fte_established" => over(Post::established),
        "fte_filled" => over(Post::filled),
        "vacant" => over(Post::vacant),
        "post_cost" => over(Post::cost),
        "vacancy_rate" => over_cells(over(Post::vacant), &over(Post::established)),
        "cost_per_fte" => over_cells(over(Post::cost), &over(Post::established)),
        "staff_per_head_of_service" => {
            let leads = |(post, row, ret): &(Post, &Row, &Return)| {
                leads(project(named, ret)?, row).then(|| post.established())
            };
            let heads: Exact = posts.values().filter_map(leads).sum();
            over_cells(over(Post::established) - heads.clone(), &heads)
        }
        "posts_without_redundancy" => {
            let spare = |(post, row, ret): &(Post, &Row, &Return)| {
                Some(match ends(project(named, ret)?, row) {
                    true => post.established(),
                    false => post.vacant(),
                })
            };
            posts.values().map(spare).sum::<Option<Exact>>()?
        }
        "vacant_over_six_months" => {
            let own = named.cells.iter().filter(|cell| cell.is(&VACANT_SINCE));
            let long = own.filter(|cell| {
                let limit = cell.ret.get(&DATA_AS_AT).date().and_then(six_months_before);
                cell.answer.date().zip(limit).is_some_and(|(since, limit)| since < limit)
            });
            Exact::from(long.count())
        }
        _ => return None,
    }))
}

/// The posts of cells, by their rows.
fn posts<'a>(all: &[Cell<'a>]) -> BTreeMap<usize, (Post, &'a Row, &'a Return)> {
    let mut posts: BTreeMap<usize, (Post, &Row, &Return)> = BTreeMap::new();
    for cell in all {
        if let (Some((number, row)), Some(value)) = (cell.row, cell.number()) {
            let own = posts.entry(number).or_insert_with(|| (Post::default(), row, cell.ret));
            own.0.put(cell, value);
        }
    }
    posts
}

/// Budgeted FTE of cells, weighted by the part of its time that a post spends here.
pub(super) fn established(all: &[Cell<'_>]) -> Exact {
    posts(all).values().map(|(post, ..)| post.established()).sum()
}

fn whole(named: &Named<'_, '_>, fields: &[&str]) -> Exact {
    let own = named.cells.iter().filter(|cell| fields.contains(&cell.field.name));
    own.filter_map(Cell::number).map(Exact::from).sum()
}

fn project<'s>(named: &Named<'s, '_>, ret: &Return) -> Option<&'s Project> {
    named.scope.programme.project(ret.project.as_deref()?)
}

/// Whether a post leads the service: one of level 1, or of the family that does.
fn leads(project: &Project, row: &Row) -> bool {
    if project.asks(Group::Structure) {
        return cells::number(row, &LEVEL) == Exact::one();
    }
    let heads = project.families.iter().filter(|family| family.head);
    heads.into_iter().any(|family| row.get(&JOB_FAMILY).is(&family.name))
}

/// Whether it is a fixed term that ends before the service moves.
fn ends(project: &Project, row: &Row) -> bool {
    project.asks(Group::PostDetail)
        && row.get(&CONTRACT_TYPE).is("Fixed-term")
        && row.get(&CONTRACT_END).date().is_some_and(|end| end < project.go_live)
}

fn six_months_before(date: Date) -> Option<Date> {
    date.checked_sub(6.months()).ok()
}

impl Post {
    fn put(&mut self, cell: &Cell<'_>, value: Decimal) {
        let fields = [
            (&FTE_ESTABLISHED, &mut self.established),
            (&FTE_FILLED, &mut self.filled),
            (&PCT_TIME, &mut self.pct_time),
            (&SALARY_FTE, &mut self.salary),
            (&ALLOWANCES_PA, &mut self.allowances),
            (&ONCOST_PCT, &mut self.oncost),
        ];
        for (field, own) in fields {
            if cell.is(field) {
                *own = value;
            }
        }
    }

    fn weighted(&self, fte: Decimal) -> Exact {
        Exact::from(fte) * Exact::from(self.pct_time) * Exact::ratio(1, 100)
    }

    fn established(&self) -> Exact {
        self.weighted(self.established)
    }

    fn filled(&self) -> Exact {
        self.weighted(self.filled)
    }

    fn vacant(&self) -> Exact {
        self.established() - self.filled()
    }

    fn cost(&self) -> Exact {
        let pay = Exact::from(self.salary) + Exact::from(self.allowances);
        let with_oncost = Exact::from(self.oncost) * Exact::ratio(1, 100) + Exact::one();
        self.established() * pay * with_oncost
    }
}
