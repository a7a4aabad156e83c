//! Combined staffing (domain.md D3). Everything is weighted by the part of its time that a post spends here.

use std::sync::Arc;

use super::{
    Set, grades,
    part::{Named, Part, Usable, number, number_in, reason, source},
};
use crate::{
    answer::{Return, ReturnKind, Row},
    fact::post::{self, is_before, vacant, vacant_long},
    figure::{Figure, Source, Unit},
    form::{
        Field, Group,
        council_return::{
            cover,
            revenue::{EMP_DIR, LINES, SHEET as REVENUE, Y0_BUDGET},
            staffing::{self as form, SHEET, TABLE},
        },
    },
    number::Exact,
    picture::{ExcludedPost, VACANT_FOR},
    programme::Project,
};

const FTE_ESTABLISHED: &str = "staffing.fte_established";
const FTE_FILLED: &str = "staffing.fte_filled";
const POST_COST: &str = "staffing.post_cost";

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let fte_established = self::established(set);
    let fte_filled = all(set, FTE_FILLED, &|_, row| post::filled(row));
    let cost = |wanted: &dyn Fn(&Row) -> Result<bool, String>| {
        set.parts(|ret| sum(set, ret, wanted, &|row| post::post_cost(row, set.project_of(ret))))
    };
    let post_cost = all(set, POST_COST, &|project, row| post::post_cost(row, project));
    let heads =
        set.parts(|ret| sum(set, ret, &|row| leads(set.project_of(ret), row), &post::established));
    let plain = |key| Named::new(key, Unit::Fte);
    let counted = |key, unit| Named::new(key, unit);

    let mut figures = set.sums(plain(FTE_ESTABLISHED), &fte_established);
    figures.extend(set.sums(plain(FTE_FILLED), &fte_filled));
    for (key, unit, field) in [
        ("staffing.headcount", Unit::People, &form::HEADCOUNT),
        ("staffing.posts", Unit::Posts, &form::POSTS),
    ] {
        let parts = all(set, key, &|_, row| number_in(row, &SHEET, field));
        figures.extend(set.sums(counted(key, unit), &parts));
    }
    figures.extend(rates(
        set,
        counted("staffing.vacancy_rate", Unit::Ratio),
        &fte_established,
        &fte_filled,
        |est, filled| (est.clone() - filled).over(&est),
    ));
    figures.extend(set.sums(counted(POST_COST, Unit::Pounds), &post_cost));
    figures.extend(rates(
        set,
        counted("staffing.cost_per_fte", Unit::Pounds),
        &post_cost,
        &fte_established,
        |cost, est| cost.over(&est),
    ));
    let per_head = "staffing.staff_per_head_of_service";
    figures.extend(rates(set, plain(per_head), &fte_established, &heads, |est, heads| {
        (est - heads.clone()).over(&heads)
    }));
    let spare =
        set.parts(|ret| sum(set, ret, &|_| Ok(true), &|row| spare(set.project_of(ret), row)));
    figures.extend(set.sums(plain("staffing.posts_without_redundancy"), &spare));
    let long = set.parts(|ret| {
        sum(set, ret, &|row| vacant_long(ret, row), &|row| {
            Ok((Exact::one(), cells(row, &form::VACANT_SINCE)))
        })
    });
    figures.extend(set.sums(counted("staffing.vacant_over_six_months", Unit::Posts), &long));
    figures.extend(vacancies(set));
    for family in &set.project.families {
        let belongs = |row: &Row| is(row, &form::JOB_FAMILY, &family.name);
        let of = |reckon: &dyn Fn(&Row) -> Usable| set.parts(|ret| sum(set, ret, &belongs, reckon));
        let item = |key, unit| Named::new(key, unit).item(&family.name);
        let parts = of(&post::established);
        figures.extend(set.sums(item("staffing.fte_established", Unit::Fte), &parts));
        let parts = of(&post::filled);
        figures.extend(set.sums(item("staffing.fte_filled", Unit::Fte), &parts));
        let parts = of(&|row| number_in(row, &SHEET, &form::HEADCOUNT));
        figures.extend(set.sums(item("staffing.headcount", Unit::People), &parts));
        let cost = cost(&belongs);
        let fte = of(&post::established);
        figures.extend(set.sums(item("staffing.post_cost", Unit::Pounds), &cost));
        let each = item("staffing.cost_per_fte", Unit::Pounds);
        figures.extend(rates(set, each, &cost, &fte, |cost, fte| cost.over(&fte)));
    }
    figures.extend(grades::figures(set));
    figures
}

/// Vacant FTE by the time for which they have been vacant.
fn vacancies(set: &Set<'_>) -> Vec<Figure> {
    let mut figures = vec![];
    for (band, above, most) in VACANT_FOR {
        let parts = set.parts(|ret| {
            let belongs = |row: &Row| {
                Ok(vacant(ret, row)?.is_some_and(|(since, as_at)| {
                    let over = |months| is_before(since, as_at, months);
                    above.is_none_or(over) && !most.is_some_and(over)
                }))
            };
            sum(set, ret, &belongs, &|row| {
                let (established, mut cells) = post::established(row)?;
                let (filled, more) = post::filled(row)?;
                cells.extend(more);
                cells.extend(self::cells(row, &form::VACANT_SINCE));
                Ok((established - filled, cells))
            })
        });
        let named = Named::new("staffing.vacant", Unit::Fte).item(band);
        figures.extend(set.sums(named, &parts));
    }
    figures
}

/// Budgeted FTE of each council.
pub(super) fn established(set: &Set<'_>) -> Vec<Part> {
    all(set, FTE_ESTABLISHED, &|_, row| post::established(row))
}

/// A sum over all posts that count, for which an estimate of the office may stand in.
fn all(set: &Set<'_>, key: &str, reckon: &dyn Fn(&Project, &Row) -> Usable) -> Vec<Part> {
    set.parts_of(key, None, |ret| {
        sum(set, ret, &|_| Ok(true), &|row| reckon(set.project_of(ret), row))
    })
}

/// Posts that give this service too small a part of their time to be counted (STF-010).
pub(super) fn excluded(set: &Set<'_>) -> Vec<ExcludedPost> {
    let mut posts = vec![];
    for (council, ret) in set.usable() {
        if ret.kind == ReturnKind::Nil || ret.refused_sheet(&SHEET).is_some() {
            continue;
        }
        for row in ret.used_rows(&TABLE) {
            let Some(pct_time) = row.get(&form::PCT_TIME).number() else { continue };
            if pct_time < set.programme.thresholds.pct_time {
                posts.push(ExcludedPost {
                    council: Arc::clone(council),
                    reference: row.key().to_owned(),
                    title: row.used_text(&form::JOB_TITLE),
                    pct_time,
                    place: row.spot.place(),
                });
            }
        }
    }
    posts
}

/// The posts of a return that count.
pub(super) enum Posts<'r> {
    Listed(Vec<&'r Row>),
    /// There are none, as these cells confirm.
    None(Vec<Arc<Source>>),
}

/// The posts that count, or why they cannot be known.
pub(super) fn posts<'r>(set: &Set<'_>, ret: &'r Return) -> Result<Posts<'r>, String> {
    if ret.kind == ReturnKind::Nil {
        return Ok(Posts::None(source(ret.get(&cover::RETURN_TYPE))));
    }
    if let Some(code) = ret.refused_sheet(&SHEET) {
        return Err(format!("{code} {}", SHEET.name));
    }
    let rows = ret.rows(&TABLE);
    if rows.is_empty() {
        return no_posts(ret).map(|(_, cells)| Posts::None(cells));
    }
    let mut counted = vec![];
    for row in rows {
        let (share, _) = number_in(row, &SHEET, &form::PCT_TIME)?;
        if share >= Exact::from(set.programme.thresholds.pct_time) {
            counted.push(row);
        }
    }
    Ok(Posts::Listed(counted))
}

/// The sum over the posts that count and that `wanted` picks. One post that cannot be judged makes the sum unknown.
fn sum(
    set: &Set<'_>,
    ret: &Return,
    wanted: &dyn Fn(&Row) -> Result<bool, String>,
    reckon: &dyn Fn(&Row) -> Usable,
) -> Usable {
    let rows = match posts(set, ret)? {
        Posts::Listed(rows) => rows,
        Posts::None(cells) => return Ok((Exact::zero(), cells)),
    };
    let mut sum = Exact::zero();
    let mut sources = vec![];
    for row in rows {
        if wanted(row)? {
            let (value, cells) = reckon(row)?;
            sum = sum + value;
            sources.extend(cells);
        }
    }
    Ok((sum, sources))
}

/// A service without posts is confirmed by a direct employees budget of nought; else the posts are missing.
fn no_posts(ret: &Return) -> Usable {
    match number(ret, &REVENUE, LINES.at(&EMP_DIR, &Y0_BUDGET)) {
        Ok((pay, sources)) if pay.is_zero() => Ok((Exact::zero(), sources)),
        _ => Err(format!("no post is listed on {}", SHEET.name)),
    }
}

/// FTE that could go without redundancy: vacancies, and fixed terms that end before the service moves.
fn spare(project: &Project, row: &Row) -> Usable {
    let (established, mut cells) = post::established(row)?;
    let (filled, more) = post::filled(row)?;
    cells.extend(more);
    let ends = row.get(&form::CONTRACT_END).date().is_some_and(|end| end < project.go_live);
    let fixed_term =
        project.asks(Group::PostDetail) && row.get(&form::CONTRACT_TYPE).is("Fixed-term") && ends;
    Ok((if fixed_term { established } else { established - filled }, cells))
}

/// Heads of service are the posts of level 1 where levels are asked for, otherwise those of the family that leads.
fn leads(project: &Project, row: &Row) -> Result<bool, String> {
    if project.asks(Group::Structure) {
        let (level, _) = number_in(row, &SHEET, &form::LEVEL)?;
        return Ok(level == Exact::one());
    }
    let family = row.get(&form::JOB_FAMILY);
    match family.text() {
        None => Err(reason(family, &SHEET)),
        Some(text) => Ok(project.families.iter().any(|own| own.head && own.name == text)),
    }
}

fn is(row: &Row, column: &Field, option: &str) -> Result<bool, String> {
    let answer = row.get(column);
    answer.text().map(|text| text == option).ok_or_else(|| reason(answer, &SHEET))
}

fn cells(row: &Row, column: &Field) -> Vec<Arc<Source>> {
    source(row.get(column))
}

/// A rate of two sums, council by council and over the councils that have both; never a mean of rates.
pub(super) fn rates(
    set: &Set<'_>,
    named: Named<'_>,
    first: &[Part],
    second: &[Part],
    rate: impl Fn(Exact, Exact) -> Option<Exact>,
) -> Vec<Figure> {
    let own = |(first, second): (&Part, &Part)| {
        let usable = match (&first.value, &second.value) {
            (Ok(a), Ok(b)) => rate(a.clone(), b.clone())
                .map(|value| (value, joined(first, second)))
                .ok_or_else(|| String::from("not applicable")),
            (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
        };
        Part::new(&first.council, usable)
    };
    let parts: Vec<Part> = first.iter().zip(second).map(own).collect();
    let mut figures = set.figures_of(named, &parts, |_| None);
    // The combined rate is of the sums over every council that has both, also where its own rate does not apply.
    let both: Vec<Part> = first
        .iter()
        .zip(second)
        .map(|(first, second)| {
            let usable = match (&first.value, &second.value) {
                (Ok(_), Ok(_)) => Ok((first.amount(), joined(first, second))),
                (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
            };
            Part::new(&first.council, usable)
        })
        .collect();
    figures[0] = set.combined(named, &both, |used| {
        let sum = |parts: &[Part]| -> Exact {
            let of = |council| parts.iter().find(|part| part.council == council).map(Part::amount);
            used.iter().filter_map(|part| of(Arc::clone(&part.council))).sum()
        };
        rate(sum(first), sum(second))
    });
    figures
}

fn joined(first: &Part, second: &Part) -> Vec<Arc<Source>> {
    let mut sources = first.sources.clone();
    for source in &second.sources {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    sources
}
