//! Which figures on pay may stand in a public document (domain.md D12): none of few people or of few councils, and
//! none from which the pay of few could be told by adding and subtracting. programme.toml says how many are few.
//!
//! Every figure on pay is a sum over posts. Those of all councils come first, then those of single councils, of
//! families, of grades and of families within councils, the largest first. Each is public unless it is of too few
//! people, or unless together with those that are public already it would tell the pay of too few: the next smallest
//! beside a small one is thus withheld with it. Scenarios and cases go by the same list, so that nothing can be told
//! from two of them. A council knows what it pays itself: what is public must hold against its subtracting that too.
//!
//! An average is its sum over a number that everybody may know. It is therefore withheld with its sum and never beside
//! it; of too few people for an average none is given, which hides nothing.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::telling::{Group, tells};
use crate::{
    figure::{Figure, Status, TOO_FEW, WITHHELD},
    form::council_return::staffing::{HEADCOUNT, JOB_FAMILY, SALARY_FTE, TABLE},
    intake::Intake,
    programme::Disclosure,
};

/// Where sums over the same posts make more groups of posts than these, only the wider sums are public.
const MOST_GROUPS: usize = 120;

/// The posts of a return's table.
struct Posts<'a> {
    all: Vec<Post>,
    /// By file, sheet and cell of the pay.
    at: HashMap<&'a str, HashMap<&'a str, HashMap<String, usize>>>,
}

/// A post, or a row of like posts.
struct Post {
    council: usize,
    family: String,
    people: u64,
}

/// A sum over posts, and the figures that tell it.
struct Sum {
    posts: Vec<usize>,
    people: u64,
    order: Order,
    figures: Vec<usize>,
}

/// The scenario by its place in the figures, then the wider figures first.
type Order = (usize, Width, Reverse<u64>, usize);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Width {
    Together,
    Council,
    Family,
    Grade,
    Within,
}

/// Marks what may be public, and takes the value away of a figure by family or grade that may not.
pub(super) fn apply(figures: &mut [Figure], intake: &Intake, fewest: &Disclosure) {
    let posts = Posts::of(intake);
    let mut public: BTreeSet<usize> = BTreeSet::new();
    for related in related(posts.sums(figures), posts.all.len()) {
        public.extend(posts.shown(&related, fewest).iter().flat_map(|sum| &sum.figures));
    }
    for (index, figure) in figures.iter_mut().enumerate() {
        if !is_pay(&figure.key) {
            continue;
        }
        let under = posts.under(figure);
        figure.public =
            under.is_empty() || public.contains(&index) && posts.is_enough(figure, &under);
        if !figure.public && figure.item.is_some() {
            keep_back(figure, WITHHELD);
        }
        let people = posts.people(&under);
        let few = people > 0 && people < u64::from(fewest.fewest_people_statistics);
        if figure.public && few && figure.key.ends_with(".cost_per_fte") {
            keep_back(figure, TOO_FEW);
        }
    }
}

/// Whether a figure tells of pay.
pub(super) fn is_pay(key: &str) -> bool {
    key.starts_with("harmonisation.")
        || key.ends_with(".post_cost")
        || key.ends_with(".cost_per_fte")
}

fn keep_back(figure: &mut Figure, why: &str) {
    let why = figure.used.iter().map(|code| (Arc::clone(code), why.to_owned()));
    figure.reasons.extend(why);
    figure.value = None;
    figure.sources = vec![];
    figure.status = Status::Blocked;
}

impl<'a> Posts<'a> {
    fn of(intake: &'a Intake) -> Posts<'a> {
        let mut posts = Posts { all: vec![], at: HashMap::new() };
        let mut councils = vec![];
        for ret in &intake.returns {
            let Some(council) = &ret.council else { continue };
            let council = councils.iter().position(|own| *own == council).unwrap_or_else(|| {
                councils.push(council);
                councils.len() - 1
            });
            for row in ret.rows(&TABLE) {
                let pay = row.get(&SALARY_FTE);
                let Some(spot) = &pay.spot else { continue };
                let sheets = posts.at.entry(&spot.origin.file.path).or_default();
                sheets.entry(&spot.origin.sheet).or_default().insert(pay.cells(), posts.all.len());
                let people = row.get(&HEADCOUNT).number().and_then(|own| u64::try_from(own).ok());
                let family = row.used_text(&JOB_FAMILY);
                posts.all.push(Post { council, family, people: people.unwrap_or(0) });
            }
        }
        posts
    }

    /// The posts whose pay a figure rests on, in order, each once.
    fn under(&self, figure: &Figure) -> Vec<usize> {
        let pay = figure.sources.iter().filter(|source| source.value == WITHHELD);
        let mut under: Vec<usize> = pay
            .filter_map(|source| {
                self.at.get(&*source.file)?.get(&*source.sheet)?.get(&source.cell).copied()
            })
            .collect();
        under.sort_unstable();
        under.dedup();
        under
    }

    /// Every sum over posts, in the order in which they come to be public.
    fn sums(&self, figures: &[Figure]) -> Vec<Sum> {
        let mut scenarios = vec![];
        let mut sums: BTreeMap<Vec<usize>, Sum> = BTreeMap::new();
        for (index, figure) in figures.iter().enumerate().filter(|(_, own)| is_pay(&own.key)) {
            let scenario = scenarios.iter().position(|own| *own == &figure.scenario);
            let scenario = scenario.unwrap_or_else(|| {
                scenarios.push(&figure.scenario);
                scenarios.len() - 1
            });
            let posts = self.under(figure);
            if posts.is_empty() {
                continue;
            }
            let people = self.people(&posts);
            let order = (scenario, width(figure), Reverse(people), index);
            let sum =
                sums.entry(posts.clone()).or_insert(Sum { posts, people, order, figures: vec![] });
            sum.order = sum.order.min(order);
            sum.figures.push(index);
        }
        let mut sums: Vec<Sum> = sums.into_values().collect();
        sums.sort_by_key(|sum| sum.order);
        sums
    }

    /// Those of some sums that may be public together.
    fn shown<'s>(&self, sums: &'s [Sum], fewest: &Disclosure) -> Vec<&'s Sum> {
        let few = u64::from(fewest.fewest_people);
        for widest in [Width::Within, Width::Grade, Width::Family, Width::Council, Width::Together]
        {
            let sums: Vec<&Sum> = sums.iter().filter(|sum| sum.order.1 <= widest).collect();
            let (groups, rows) = self.groups(&sums);
            if groups.len() > MOST_GROUPS {
                continue;
            }
            let mut shown = vec![];
            let mut told = vec![];
            for (sum, row) in sums.into_iter().zip(rows) {
                told.push(row);
                if sum.people < few || tells(&told, &groups, fewest) {
                    told.pop();
                } else {
                    shown.push(sum);
                }
            }
            return shown;
        }
        vec![]
    }

    /// Posts of one council that are in the same sums, and for each sum a one where it holds the group.
    fn groups(&self, sums: &[&Sum]) -> (Vec<Group>, Vec<Vec<u64>>) {
        let mut within: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, sum) in sums.iter().enumerate() {
            for post in &sum.posts {
                within.entry(*post).or_default().push(index);
            }
        }
        let mut groups: BTreeMap<(Vec<usize>, usize), u64> = BTreeMap::new();
        for (post, within) in within {
            let Post { council, people, .. } = self.all[post];
            *groups.entry((within, council)).or_default() += people;
        }
        let row = |index| groups.keys().map(|(own, _)| u64::from(own.contains(&index))).collect();
        let rows = (0..sums.len()).map(row).collect();
        let group = |((_, council), people): (&(_, usize), &u64)| Group {
            council: *council,
            people: *people,
        };
        (groups.iter().map(group).collect(), rows)
    }

    /// The cost of bringing pay together is public over several families only: that of one can be one person's pay.
    fn is_enough(&self, figure: &Figure, posts: &[usize]) -> bool {
        let families: BTreeSet<&str> =
            posts.iter().map(|post| self.all[*post].family.as_str()).collect();
        families.len() > 1 || !figure.key.starts_with("harmonisation.")
    }

    fn people(&self, posts: &[usize]) -> u64 {
        posts.iter().map(|post| self.all[*post].people).sum()
    }
}

fn width(figure: &Figure) -> Width {
    match (&figure.council, &figure.item) {
        (None, None) => Width::Together,
        (Some(_), None) => Width::Council,
        (None, Some(_)) if figure.key.starts_with("staffing.grade.") => Width::Grade,
        (None, Some(_)) => Width::Family,
        (Some(_), Some(_)) => Width::Within,
    }
}

/// Sums that have posts in common, directly or through others, in their order.
fn related(sums: Vec<Sum>, posts: usize) -> Vec<Vec<Sum>> {
    let mut head: Vec<usize> = (0..posts).collect();
    fn find(head: &mut [usize], mut post: usize) -> usize {
        while head[post] != post {
            head[post] = head[head[post]];
            post = head[post];
        }
        post
    }
    for sum in &sums {
        for pair in sum.posts.windows(2) {
            let (one, other) = (find(&mut head, pair[0]), find(&mut head, pair[1]));
            head[one.max(other)] = one.min(other);
        }
    }
    let mut related: BTreeMap<usize, Vec<Sum>> = BTreeMap::new();
    for sum in sums {
        let at = find(&mut head, sum.posts[0]);
        related.entry(at).or_default().push(sum);
    }
    related.into_values().collect()
}
