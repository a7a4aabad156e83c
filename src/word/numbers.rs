//! The numbers of a chart: as they should be, as its part has them, and how other numbers are put in.

use std::collections::BTreeMap;

use super::{
    edits::Edits,
    span::{Prefixes, Tree},
    text::plain,
};
use crate::{
    chart::Chart,
    number::{Decimal, Exact},
};

/// Series by series: the name, and category and value of each point that has a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Numbers(Vec<(String, Vec<(String, String)>)>);

/// Programs write a number with as many places as they like; charts of ours have no more than these.
const PLACES: u32 = 4;

impl Numbers {
    pub(super) fn of(chart: &Chart) -> Numbers {
        if chart.is_empty() {
            return Numbers(vec![]);
        }
        let series = chart.series.iter().map(|own| {
            let points = chart.categories.iter().zip(&own.values);
            let points = points.filter_map(|(name, value)| {
                Some((one_line(name), number(&Exact::from((*value)?).decimal(0))))
            });
            (one_line(&own.name), points.collect())
        });
        Numbers(series.collect())
    }

    /// As a text by which they are known again.
    pub(super) fn said(&self) -> String {
        let mut said = String::new();
        for (name, points) in &self.0 {
            said.push_str(name);
            said.push('\n');
            for (category, value) in points {
                said.push_str(&format!("{category}\t{value}\n"));
            }
        }
        said.trim().to_owned()
    }
}

/// The numbers that a chart's part shows; none when it is made in another way than ours.
pub(super) fn read(xml: &str) -> Option<Numbers> {
    let prefixes = Prefixes::usual();
    let tree = Tree::piece(xml, &prefixes).ok()?;
    let series = series(&tree);
    let all = series.iter().map(|own| {
        let name = points(&tree, own.name?);
        let categories = points(&tree, own.categories?);
        let values = points(&tree, own.values?);
        let points = values.iter().map(|(at, value)| {
            let category = categories.get(at).map(|text| one_line(text)).unwrap_or_default();
            (category, number(value))
        });
        Some((
            name.values().next().map(|text| one_line(text)).unwrap_or_default(),
            points.collect(),
        ))
    });
    all.collect::<Option<Vec<_>>>().filter(|all| !all.is_empty()).map(Numbers)
}

/// A chart's part with the numbers of another; none when they are made of different series.
pub(super) fn patched(old: &str, new: &str) -> Option<String> {
    let prefixes = Prefixes::usual();
    let (before, after) = (Tree::piece(old, &prefixes).ok()?, Tree::piece(new, &prefixes).ok()?);
    let (was, is) = (series(&before), series(&after));
    if was.len() != is.len() || was.is_empty() {
        return None;
    }
    let mut edits = Edits::default();
    for (was, is) in was.iter().zip(&is) {
        for (was, is) in
            [(was.name?, is.name?), (was.categories?, is.categories?), (was.values?, is.values?)]
        {
            let own = after.source(is).to_owned();
            // How the lead has the numbers written stays.
            let format = |tree: &Tree<'_>, node| {
                let format = tree.below(node).find(|kid| tree.name(*kid) == "c:formatCode")?;
                Some(tree.source(format).to_owned())
            };
            let own = match (format(&before, was), format(&after, is)) {
                (Some(was), Some(is)) => own.replacen(&is, &was, 1),
                _ => own,
            };
            if own != before.source(was) {
                edits.replace(before.span(was), own);
            }
        }
    }
    // The days that an axis begins and ends with, and where a line crosses it.
    for name in ["c:min", "c:max", "c:crossesAt"] {
        let all = |tree: &Tree<'_>| -> Vec<usize> {
            tree.below(0).filter(|node| tree.name(*node) == name).collect()
        };
        let (was, is) = (all(&before), all(&after));
        if was.len() == is.len() {
            for (was, is) in was.into_iter().zip(is) {
                edits.replace(before.span(was), after.source(is));
            }
        }
    }
    edits.splice(old)
}

/// Where the references of a series stand, with what they held when they were last looked up.
#[derive(Default)]
struct Places {
    name: Option<usize>,
    categories: Option<usize>,
    values: Option<usize>,
}

fn series(tree: &Tree<'_>) -> Vec<Places> {
    let of = |node| {
        let mut places = Places::default();
        for kid in tree.kids(node) {
            let place = match tree.name(kid) {
                "c:tx" => &mut places.name,
                "c:cat" => &mut places.categories,
                "c:val" => &mut places.values,
                _ => continue,
            };
            *place = tree.kids(kid).find(|own| matches!(tree.name(*own), "c:strRef" | "c:numRef"));
        }
        places
    };
    tree.below(0).filter(|node| tree.name(*node) == "c:ser").map(of).collect()
}

/// What a reference held, by its place.
fn points(tree: &Tree<'_>, reference: usize) -> BTreeMap<usize, String> {
    let points = tree.below(reference).filter(|node| tree.name(*node) == "c:pt");
    let held = points.filter_map(|point| {
        let at = tree.attribute(point, "idx")?.parse().ok()?;
        let value = tree.kids(point).find(|kid| tree.name(*kid) == "c:v")?;
        Some((at, plain(tree.inner_source(value))))
    });
    held.collect()
}

/// A number as it is compared: whatever a program makes of 34.4, it is 34.4.
fn number(text: &str) -> String {
    let text = text.trim();
    let read = text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(text));
    read.map_or_else(|_| text.to_owned(), |own| own.round_dp(PLACES).normalize().to_string())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
