//! Figures added up once more from the cells they name: the tool's own check, before anything is written.
//!
//! Consolidation goes from returns to figures. This goes from each figure back to its cells, with arithmetic of its own:
//! a figure that is not the sum of the cells it names must reach nobody. Budgets, capital, posts, their cost and the
//! rates made of them are checked so. What rests on a choice or a date (shares, appraisals, lifespans, scores) is no sum
//! of cells and is not.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use anyhow::{Result, bail};
use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::{
    answer::Answer,
    figure::{Figure, Figures, Source},
    form::{
        Field,
        council_return::{
            service::SHARED_AMOUNT,
            staffing::{
                ALLOWANCES_PA, FTE_ESTABLISHED, FTE_FILLED, ONCOST_PCT, PCT_TIME, SALARY_FTE,
            },
        },
    },
    intake::Intake,
    number::Exact,
    place::{self, Cell},
    programme::{Programme, Project},
};

/// How a figure is made of its cells.
#[derive(Clone, Copy)]
enum Way {
    /// All added, save those of the fields that begin so, which are taken off.
    Sum(&'static [&'static str]),
    /// The rows they are in, each weighted.
    Rows(fn(&Post) -> Exact),
    /// The first over the second.
    Rate(fn(&Post) -> Exact, fn(&Post) -> Exact),
}

/// What net figures are less, and what does not recur.
const INCOME: &str = "REV_INC_";
const ONE_OFF: &str = "REV_MEMO_ONEOFF";

/// How a figure is made, if it is a sum.
fn way(figure: &Figure) -> Option<Way> {
    let own = figure.key.strip_prefix("staffing.");
    if let Some(own) = own.map(|own| own.strip_prefix("grade.").unwrap_or(own)) {
        return Some(match own {
            "headcount" | "posts" => Way::Sum(&[]),
            "fte_established" => Way::Rows(Post::established),
            "fte_filled" => Way::Rows(Post::filled),
            "vacant" => Way::Rows(Post::vacant),
            "post_cost" => Way::Rows(Post::cost),
            "vacancy_rate" => Way::Rate(Post::vacant, Post::established),
            "cost_per_fte" => Way::Rate(Post::cost, Post::established),
            _ => return None,
        });
    }
    match &*figure.key {
        "revenue.net_controllable" | "revenue.net_total" => Some(Way::Sum(&[INCOME])),
        "revenue.recurring" if figure.basis.is_some() => Some(Way::Sum(&[INCOME, ONE_OFF])),
        "revenue.recurring" => Some(Way::Sum(&[ONE_OFF])),
        "ict.annual_cost" | "savings.cuts" | "service.sites_cost" => Some(Way::Sum(&[])),
        key if key.starts_with("revenue.") || key.starts_with("capital.") => Some(Way::Sum(&[])),
        _ => None,
    }
}

/// Adds up again every figure that is a sum, and gives how many there are.
///
/// # Errors
/// When a figure is not what its cells come to, which is a mistake of ours.
pub fn add_up(figures: &Figures, intake: &Intake, programme: &Programme) -> Result<usize> {
    let subjects: Vec<&Project> = programme.subjects().collect();
    let of = |project: &&Project| {
        let mut cells = Cells::of(intake, programme, project);
        let mut count = 0;
        for figure in figures.iter().filter(|own| own.project.as_ref() == Some(&project.code)) {
            count += usize::from(cells.is_sum(figure)?);
        }
        Ok(count)
    };
    let counts = subjects.par_iter().map(of).collect::<Result<Vec<usize>>>()?;
    Ok(counts.into_iter().sum())
}

/// A number of a return.
#[derive(Clone, Copy)]
struct Number {
    field: &'static str,
    /// The row of a table it is in.
    row: usize,
    value: Decimal,
}

/// The numbers that the figures of a project may rest on.
struct Cells<'a> {
    /// By file, sheet and the first of its cells; `None` where two fields are read from it.
    read: HashMap<(&'a str, &'a str, Cell), Option<Number>>,
    /// Sources looked up already: many figures share one.
    known: HashMap<*const Source, Known>,
}

#[derive(Clone, Copy)]
enum Known {
    Number(Number),
    /// No number stands there: a word that confirms that there is nothing.
    Nothing,
    /// It cannot be told which number is meant.
    Unclear,
}

impl<'a> Cells<'a> {
    fn of(intake: &'a Intake, programme: &'a Programme, project: &Project) -> Cells<'a> {
        let members = programme.members(project);
        let mut read = HashMap::new();
        let mut put = |field: &'static Field, answer: &'a Answer, row| {
            if let (Some(spot), Some(value)) = (&answer.spot, answer.number()) {
                let number = Number { field: field.name, row, value };
                read.entry((&*spot.origin.file.path, &*spot.origin.sheet, spot.cell))
                    .and_modify(|own| *own = None)
                    .or_insert(Some(number));
            }
        };
        let mut count = 0;
        for ret in &intake.returns {
            if !members.iter().any(|own| ret.project.as_ref() == Some(&own.code)) {
                continue;
            }
            for sheet in ret.workbook.sheets {
                for field in sheet.cells() {
                    put(field, ret.get(field), 0);
                }
                for row in sheet.tables().flat_map(|table| ret.rows(table)) {
                    count += 1;
                    row.answers().for_each(|(field, answer)| put(field, answer, count));
                }
            }
        }
        Cells { read, known: HashMap::new() }
    }

    fn known(&mut self, source: &Arc<Source>) -> Known {
        let key = Arc::as_ptr(source);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let first = place::cell(source.first());
        let read = first.and_then(|cell| self.read.get(&(&*source.file, &*source.sheet, cell)));
        let known = match read {
            Some(Some(number)) => Known::Number(*number),
            Some(None) => Known::Unclear,
            None => Known::Nothing,
        };
        self.known.insert(key, known);
        known
    }

    /// Whether a figure is a sum and is what its cells come to.
    fn is_sum(&mut self, figure: &Figure) -> Result<bool> {
        let (Some(value), Some(way)) = (figure.number(), way(figure)) else { return Ok(false) };
        if figure.sources.iter().any(|source| source.estimate().is_some()) {
            return Ok(false);
        }
        let mut sum = Decimal::ZERO;
        let mut between = Decimal::ZERO;
        let mut posts: BTreeMap<usize, Post> = BTreeMap::new();
        for source in &figure.sources {
            let number = match self.known(source) {
                Known::Number(number) => number,
                Known::Nothing => continue,
                Known::Unclear => return Ok(false),
            };
            match way {
                Way::Sum(_) if number.field == SHARED_AMOUNT.name => between += number.value,
                Way::Sum(less) if less.iter().any(|own| number.field.starts_with(own)) => {
                    sum -= number.value;
                }
                Way::Sum(_) => sum += number.value,
                Way::Rows(_) | Way::Rate(..) => {
                    posts.entry(number.row).or_default().put(number);
                }
            }
        }
        let over = |of: fn(&Post) -> Exact| posts.values().map(of).sum::<Exact>();
        let found = match way {
            Way::Sum(_) => Exact::from(sum),
            Way::Rows(of) => over(of),
            Way::Rate(one, other) => over(one).over(&over(other)).unwrap_or_else(Exact::zero),
        };
        // What partners pay one another stands in two returns, and no more than one of the two is taken out.
        let out = found.clone() - value.clone();
        let most = Exact::from(between) * Exact::ratio(1, 2);
        if out.is_zero() || !between.is_zero() && !out.is_negative() && out <= most {
            return Ok(true);
        }
        bail!(
            "{} of project {} ({}, {}) came to {}, but the cells it names add up to {}, which is a mistake in lathe: \
             nothing was written.",
            figure.key,
            figure.project.as_deref().unwrap_or("none"),
            figure.council.as_deref().unwrap_or("all councils"),
            figure.year.as_deref().unwrap_or("no year"),
            value.decimal(2),
            found.decimal(2),
        )
    }
}

/// The numbers of a row of posts.
#[derive(Default)]
struct Post {
    established: Decimal,
    filled: Decimal,
    pct_time: Decimal,
    salary: Decimal,
    allowances: Decimal,
    oncost: Decimal,
}

impl Post {
    fn put(&mut self, number: Number) {
        let fields = [
            (&FTE_ESTABLISHED, &mut self.established),
            (&FTE_FILLED, &mut self.filled),
            (&PCT_TIME, &mut self.pct_time),
            (&SALARY_FTE, &mut self.salary),
            (&ALLOWANCES_PA, &mut self.allowances),
            (&ONCOST_PCT, &mut self.oncost),
        ];
        for (field, own) in fields {
            if number.field == field.name {
                *own = number.value;
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
