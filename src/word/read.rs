//! What can be asked of a document without filling it.

use std::collections::BTreeMap;

use super::{
    control::{Control, Verb},
    data::{Identity, Level, Tag},
    outline::Headings,
    package::{Package, Place},
    refusal::{Refusal, foreign, forgotten},
    span::{Prefixes, Tree},
    state::State,
    text::{is_fallback, text},
};

/// What the document says it is; none when it has never been filled, or cannot be read.
pub fn identity(document: &[u8]) -> Option<Identity> {
    Package::state_of(document).ok()??.identity
}

/// What the document says it is.
///
/// # Errors
/// When it cannot be read, or says nothing.
pub fn whose(document: &[u8]) -> Result<Identity, Refusal> {
    let package = Package::open(document)?;
    if let Some(identity) = package.state.and_then(|state| state.identity) {
        return Ok(identity);
    }
    let trees = package.parts.iter().map(|part| Tree::part(&part.xml));
    let (ours, _) = controls(&trees.collect::<Result<Vec<_>, _>>()?);
    Err(if ours > 0 { forgotten() } else { foreign() })
}

/// Every control of ours in the document, in its order: the body's, then those
/// of headers, footers and notes.
///
/// # Errors
/// When the document cannot be read.
pub fn tags(document: &[u8]) -> Result<Vec<Tag>, Refusal> {
    let package = Package::open(document)?;
    let headings = Headings::of(package.styles.as_deref());
    let mut tags = vec![];
    for part in &package.parts {
        let tree = Tree::part(&part.xml)?;
        let mut heading = part.place.heading().to_owned();
        for node in visible(&tree) {
            if tree.is(node, "p") {
                heading = headings.heading(&tree, node).unwrap_or(heading);
            }
            let Some(control) = Control::at(&tree, node, Level::Block) else { continue };
            let list = tree
                .ancestors(node)
                .filter_map(|up| Control::at(&tree, up, Level::Block))
                .find(|up| up.verb == Verb::List && control.verb == Verb::Item);
            tags.push(Tag {
                tag: control.tag,
                list: list.map(|list| list.tag),
                level: control.level,
                heading: heading.clone(),
            });
        }
    }
    Ok(tags)
}

/// What stands in a document that has no record of what it is: its text, headers and footers too. None when it has one, or
/// cannot be read.
pub fn unsigned_text(document: &[u8]) -> Option<String> {
    let package = Package::open(document).ok()?;
    if package.state.is_some_and(|state| state.identity.is_some()) {
        return None;
    }
    let mut whole = String::new();
    for part in &package.parts {
        whole.push_str(&text(&Tree::part(&part.xml).ok()?, 0));
        whole.push('\n');
    }
    Some(whole)
}

/// The body as text: a paragraph a line, a table's row as `| a | b |`.
///
/// # Errors
/// When the document cannot be read.
pub fn plain_text(document: &[u8]) -> Result<String, Refusal> {
    let package = Package::open(document)?;
    let mut out = String::new();
    for part in package.parts.iter().filter(|part| part.place == Place::Body) {
        let tree = Tree::part(&part.xml)?;
        let mut node = 1;
        while node < tree.len() {
            let line = match tree.word(node) {
                Some("tr") => row(&tree, node),
                Some("p") => text(&tree, node),
                _ => {
                    node = if is_fallback(&tree, node) { tree.after(node) } else { node + 1 };
                    continue;
                }
            };
            if !line.trim().is_empty() {
                out.push_str(&line);
                out.push('\n');
            }
            node = tree.after(node);
        }
    }
    Ok(out)
}

fn row(tree: &Tree<'_>, row: usize) -> String {
    let mut line = "|".to_owned();
    let mut node = row + 1;
    while node < tree.after(row) {
        if tree.is(node, "tc") {
            let cell = text(tree, node).split_whitespace().collect::<Vec<_>>().join(" ");
            line.push_str(&format!(" {cell} |"));
            node = tree.after(node);
        } else {
            node += 1;
        }
    }
    line
}

/// How many controls of ours there are, and how many of them carry something
/// that only a fill can have put there.
pub(super) fn controls(trees: &[Tree<'_>]) -> (usize, usize) {
    let (mut ours, mut filled) = (0, 0);
    for tree in trees {
        for node in tree.below(0) {
            if let Some(control) = Control::at(tree, node, Level::Block) {
                ours += 1;
                filled += usize::from(control.mark.is_some());
            }
        }
    }
    (ours, filled)
}

/// In how many places each tag stands, hidden passages included. The controls
/// of rows are not counted: rows come and go.
pub(super) fn places(trees: &[Tree<'_>], state: &State) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for tree in trees {
        count_places(tree, state, 0, &mut count);
    }
    count
}

fn count_places(tree: &Tree<'_>, state: &State, depth: usize, count: &mut BTreeMap<String, usize>) {
    for node in visible(tree) {
        let Some(control) = Control::at(tree, node, Level::Block) else { continue };
        if control.verb == Verb::Item {
            continue;
        }
        let hidden = control.mark.filter(|_| control.verb == Verb::Passage);
        *count.entry(control.tag).or_default() += 1;
        // A passage that holds itself could only come from a state tampered with.
        let kept = hidden.and_then(|mark| state.hidden.get(&mark)).filter(|_| depth < 8);
        if let Some(kept) = kept {
            let usual = Prefixes::usual();
            if let Ok(piece) = Tree::piece(kept, &usual) {
                count_places(&piece, state, depth + 1, count);
            }
        }
    }
}

/// The nodes without those that older readers see in place of others.
fn visible<'t>(tree: &'t Tree<'_>) -> impl Iterator<Item = usize> + 't {
    let mut until = 0;
    tree.below(0).filter(move |node| {
        if *node >= until && is_fallback(tree, *node) {
            until = tree.after(*node);
        }
        *node >= until
    })
}
