//! The Word engine: fills the tagged controls of a document and leaves every other byte alone.
//!
//! A part is parsed into a tree of byte spans, what has to change becomes a list
//! of edits, and the edits are spliced in; everything else is copied. What the
//! document has to remember stands in a custom XML part of its own.

mod announce;
mod block;
mod chart;
mod compare;
mod conform;
mod control;
mod convert;
mod data;
mod drawing;
mod edits;
mod fill;
mod finish;
mod inspect;
mod label;
mod marker;
mod markup;
mod numbers;
mod outline;
mod package;
mod passage;
mod piece;
mod quoted;
mod read;
mod refusal;
mod rows;
mod sample;
mod scalar;
mod span;
mod spelt;
mod stale;
mod state;
mod text;
mod track;
mod verify;

use std::collections::{BTreeMap, BTreeSet};

pub use conform::conform;
pub use data::{
    Block, Change, Column, Data, Filled, Identity, Item, Level, Means, Names, Notice, NoticeKind,
    Stale, Table, Tag, Text,
};
pub use finish::{Obstacle, TO_BE_GIVEN, Unready, finish};
pub use inspect::{Knows, inspect};
pub use read::{identity, plain_text, tags, unsigned_text, whose};
pub use refusal::Refusal;
pub use text::apart;

pub(crate) use package::LARGEST;

use chart::{Charts, Standing};
use edits::Edits;
use fill::{Filling, Scope};
use label::of_tag;
use outline::Headings;
use package::{Beside, Package, Place};
use piece::Ids;
use refusal::{damaged, foreign, forgotten, stripped};
use span::Tree;
use verify::Shape;

use crate::english::capital;

/// The document with `data` in its controls; the same bytes when nothing had to change.
///
/// # Errors
/// When the document cannot be filled safely. It should then be left as it is.
pub fn fill(document: &[u8], data: &Data) -> Result<Filled, Refusal> {
    fill_by(document, data, None)
}

/// The same for a document that may use other names: in a template, markers that are typed become controls; later, and
/// whatever stands in a draft, what is typed is its author's.
///
/// # Errors
/// When the document cannot be filled safely. It should then be left as it is.
pub fn fill_named(document: &[u8], data: &Data, names: &Names<'_>) -> Result<Filled, Refusal> {
    fill_by(document, data, Some(names))
}

fn fill_by(document: &[u8], data: &Data, names: Option<&Names<'_>>) -> Result<Filled, Refusal> {
    let mut package = Package::open(document)?;
    let is_template = package.state.is_none();
    let unread = match names.filter(|_| is_template) {
        Some(names) => take_markers(&mut package, names)?,
        None => vec![],
    };
    let trees = package.parts.iter().map(|part| Tree::part(&part.xml));
    let trees = trees.collect::<Result<Vec<_>, _>>()?;
    check_ours(&package, &trees, data)?;

    let mut ids = Ids::default();
    trees.iter().for_each(|tree| ids.note(tree));
    if data.track.is_some() {
        trees.iter().for_each(|tree| ids.note_marks(tree));
    }
    let headings = Headings::of(package.styles.as_deref());
    let standing = std::mem::take(&mut package.charts);
    let charts = charts(&package, &trees, standing);
    let old = package.state.take().unwrap_or_default();
    let mut new = old.begun();
    if data.identity.is_some() {
        new.identity.clone_from(&data.identity);
    }
    let mut filling = Filling {
        data,
        names,
        first: is_template,
        old,
        new,
        ids,
        charts,
        headings,
        place: Place::Body,
        heading: String::new(),
        silent: false,
        fresh: false,
        untouched: false,
        changes: vec![],
        notices: unread,
        standing: vec![],
        passed: BTreeSet::new(),
        unknown: BTreeSet::new(),
    };
    filling.say_what_moved(read::places(&trees, &filling.old));

    let scope = Scope { level: Level::Block, row: None };
    let mut passed = vec![];
    for (part, tree) in package.parts.iter().zip(trees) {
        part.place.heading().clone_into(&mut filling.heading);
        filling.place = part.place;
        if is_template {
            stale::note_printed(&tree, &mut filling.new.printed);
        }
        let mut edits = Edits::default();
        filling.walk(&tree, tree.below(0), scope, &mut edits)?;
        let shape = Shape::of(&tree);
        // One document at a time: the tree takes as much room as its text.
        drop(tree);
        let (xml, marks) = edits.splice_range(&part.xml, 0..part.xml.len()).ok_or_else(damaged)?;
        passed.push((xml, marks, shape));
    }
    let mut before = vec![];
    for (part, (xml, marks, shape)) in package.parts.iter_mut().zip(passed) {
        part.changed |= xml != part.xml;
        part.xml = xml;
        before.push((marks, shape));
    }
    let now = package.parts.iter().map(|part| verify::parse(&part.xml));
    let now = now.collect::<Result<Vec<_>, _>>()?;
    let mut shapes = vec![];
    for (tree, (marks, old)) in now.iter().zip(before) {
        let new = Shape::of(tree);
        old.verify(&new)?;
        filling.remember_passages(tree, &marks)?;
        shapes.push((old, new));
    }

    let Filling { first, old, mut new, mut changes, notices, standing, headings, charts, .. } =
        filling;
    new.keep_hidden(&standing);
    new.places = read::places(&now, &new);
    let as_before = new.is_but_for(&data.stamps, &old);
    new.keep_written(old);
    let passing = |change: &Change| data.stamps.contains(&change.tag);
    if !first {
        let figures: Vec<&Change> = changes.iter().filter(|change| !passing(change)).collect();
        stale::replace(&mut new.replaced, &figures);
    }
    let stale = stale::stale(&package, &now, &headings, &mut new)?;
    let beside = beside(&package, &shapes, &now, charts)?;
    drop(now);
    // What only says by which run a document was written is not worth a write: it says so still.
    let stamped = !first && !changes.is_empty() && changes.iter().all(passing);
    let text = beside.is_empty() && !package.parts.iter().any(|part| part.changed);
    let same = text && first || (text || stamped && beside.is_empty()) && as_before;
    if same {
        changes.clear();
    }
    let bytes = if same { document.to_vec() } else { package.with(&new, beside)? };
    Ok(Filled { bytes, first, changes, notices, stale })
}

/// The charts that stand in the body, and where others can go.
fn charts(
    package: &Package<'_>,
    trees: &[Tree<'_>],
    standing: BTreeMap<String, Standing>,
) -> Charts {
    let body = package.parts.iter().position(|part| part.place == Place::Body);
    let width = body.and_then(|at| trees.get(at)).and_then(drawing::text_width);
    Charts {
        standing,
        names: package.names().iter().map(|name| name.to_lowercase()).collect(),
        ids: package.ids.clone(),
        folder: package.folder(),
        width: width.unwrap_or(drawing::USUAL_WIDTH),
        ..Charts::default()
    }
}

/// What becomes of the parts beside the text: charts that come, change and go, looked at once more.
fn beside(
    package: &Package<'_>,
    shapes: &[(Shape, Shape)],
    now: &[Tree<'_>],
    charts: Charts,
) -> Result<Beside, Refusal> {
    let body = package.parts.iter().position(|part| part.place == Place::Body).unwrap_or(0);
    let (Some((old, new)), Some(tree)) = (shapes.get(body), now.get(body)) else {
        return Err(damaged());
    };
    let named: BTreeSet<String> =
        tree.below(0).filter_map(|node| drawing::chart_id(tree, node)).collect();
    let gone = old.charts.iter().filter(|id| !named.contains(*id));
    let gone: BTreeMap<String, String> =
        gone.filter_map(|id| Some((id.clone(), charts.standing.get(id)?.part.clone()))).collect();
    verify::charts(old, new, &charts)?;
    let Charts { written, added, .. } = charts;
    Ok(Beside { written, added, gone })
}

/// Puts controls in the place of the markers of a template; tells of those that stay as they are.
fn take_markers(package: &mut Package<'_>, names: &Names<'_>) -> Result<Vec<Notice>, Refusal> {
    let mut unread = vec![];
    if !package.parts.iter().any(|part| convert::may_hold_markers(&part.xml)) {
        return Ok(unread);
    }
    let mut ids = Ids::default();
    let headings = Headings::of(package.styles.as_deref());
    for part in &package.parts {
        ids.note(&Tree::part(&part.xml)?);
    }
    for part in &mut package.parts {
        let tree = Tree::part(&part.xml)?;
        let (xml, notices) = convert::convert(&tree, part.place, &headings, names, &mut ids)?;
        unread.extend(notices);
        if let Some(xml) = xml {
            verify::parse(&xml)?;
            part.changed = true;
            part.xml = xml;
        }
    }
    Ok(unread)
}

/// That the document is the one meant, and still carries what we know it by.
fn check_ours(package: &Package<'_>, trees: &[Tree<'_>], data: &Data) -> Result<(), Refusal> {
    let (ours, filled) = read::controls(trees);
    match &package.state {
        Some(state) => {
            if ours == 0 && !state.places.is_empty() {
                return Err(stripped());
            }
            if let (Some(is), Some(meant)) = (&state.identity, &data.identity)
                && is != meant
            {
                return Err(Refusal(format!(
                    "The document is the {} of project {} and cannot serve as the {} of project {}. \
                     Take it away and run again to start a new one.",
                    is.kind.replace('-', " "),
                    is.project,
                    meant.kind.replace('-', " "),
                    meant.project,
                )));
            }
        }
        None if filled > 0 => return Err(forgotten()),
        None if ours == 0 && !data.is_empty() => return Err(foreign()),
        None => {}
    }
    Ok(())
}

impl Filling<'_> {
    /// Controls that were taken out or copied since the last fill.
    fn say_what_moved(&mut self, now: BTreeMap<String, usize>) {
        for (tag, before) in &self.old.places {
            let count = now.get(tag).copied().unwrap_or(0);
            let (kind, text) = if count < *before {
                let rest = if count == 0 {
                    "is no longer in the document"
                } else {
                    "was taken out in one place or more"
                };
                (NoticeKind::Deleted, format!("{} {rest}, and stays out.", capital(&of_tag(tag))))
            } else if count > *before {
                let name = capital(&of_tag(tag));
                let text =
                    format!("{name} now stands in {count} places; each is brought up to date.");
                (NoticeKind::Copied, text)
            } else {
                continue;
            };
            self.notices.push(Notice {
                kind,
                tag: tag.clone(),
                heading: String::new(),
                near: String::new(),
                text,
            });
        }
    }
}
