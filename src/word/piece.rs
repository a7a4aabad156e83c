//! Pieces of a document kept for later: what they may carry, and ids of their own.

use std::{collections::BTreeSet, ops::Range};

use sha2::{Digest, Sha256};

use super::{
    control,
    edits::Edits,
    refusal::{Refusal, damaged},
    span::{Prefixes, Tree},
    text::escape,
};

/// Elements that point elsewhere in the document, so that a copy of them would
/// be one too many.
const ANCHORS: &[&str] = &[
    "bookmarkStart",
    "bookmarkEnd",
    "commentRangeStart",
    "commentRangeEnd",
    "permStart",
    "permEnd",
    "proofErr",
    "lastRenderedPageBreak",
];

const REFERENCES: &[&str] = &["commentReference", "footnoteReference", "endnoteReference"];

/// The ids in use in a document.
#[derive(Debug, Default)]
pub(super) struct Ids {
    controls: BTreeSet<i64>,
    drawings: BTreeSet<i64>,
    /// Of bookmarks, comments and tracked changes.
    marks: BTreeSet<i64>,
}

impl Ids {
    pub(super) fn note(&mut self, tree: &Tree<'_>) {
        for node in tree.below(0) {
            self.controls.extend(control::id(tree, node).map(|(_, id)| id));
            if is_drawing(tree, node) {
                self.drawings.extend(drawing_id(tree, node));
            }
        }
    }

    /// Notes the ids of bookmarks, comments and tracked changes as well.
    pub(super) fn note_marks(&mut self, tree: &Tree<'_>) {
        let marks = tree.below(0).filter(|node| tree.word(*node).is_some());
        let ids = marks.filter_map(|node| tree.attribute(node, "id")?.parse::<i64>().ok());
        self.marks.extend(ids);
    }

    /// An id for a tracked change.
    pub(super) fn mark(&mut self, seed: &str) -> i64 {
        fresh(&mut self.marks, seed)
    }

    /// An id for a drawing, the same for the same seed in the same document.
    pub(super) fn drawing(&mut self, seed: &str) -> i64 {
        fresh(&mut self.drawings, seed)
    }

    /// An id for a control, the same for the same seed in the same document.
    pub(super) fn control(&mut self, seed: &str) -> i64 {
        fresh(&mut self.controls, seed)
    }
}

fn fresh(used: &mut BTreeSet<i64>, seed: &str) -> i64 {
    let digest = Sha256::digest(seed.as_bytes());
    let bits = digest.iter().take(4).fold(0, |bits: i64, byte| bits << 8 | i64::from(*byte));
    let mut id = (bits & 0x7fff_ffff).max(1);
    while !used.insert(id) {
        id = (id + 1) % 0x8000_0000;
        id = id.max(1);
    }
    id
}

pub(super) fn is_drawing(tree: &Tree<'_>, node: usize) -> bool {
    tree.word(node).is_none() && tree.name(node).ends_with(":docPr")
}

fn drawing_id(tree: &Tree<'_>, node: usize) -> Option<i64> {
    tree.attribute(node, "id")?.parse().ok()
}

/// Some nodes, which stand `within` a range of the text, as they can be kept and put back anywhere: with the usual prefix,
/// and without what is `gone`, points elsewhere or has to be unique.
pub(super) fn keep(
    tree: &Tree<'_>,
    nodes: Range<usize>,
    within: Range<usize>,
    gone: &BTreeSet<usize>,
) -> Result<String, Refusal> {
    let mut edits = Edits::default();
    let mut node = nodes.start;
    while node < nodes.end {
        let local = tree.word(node).unwrap_or_default();
        let refers = |run| tree.kids(run).any(|kid| is_one_of(tree, kid, REFERENCES));
        if gone.contains(&node) || ANCHORS.contains(&local) || local == "r" && refers(node) {
            edits.remove(tree.span(node));
            node = tree.after(node);
            continue;
        }
        let attributes: Vec<_> = tree.attributes(node).collect();
        if attributes.iter().any(|(name, _)| is_passing(name)) {
            let mut tag = format!("<{}", tree.name(node));
            for (name, value) in attributes.iter().filter(|(name, _)| !is_passing(name)) {
                tag.push_str(&format!(" {name}=\"{}\"", escape(value)));
            }
            tag.push_str(if tree.is_closed(node) { "/>" } else { ">" });
            edits.replace(tree.start_tag(node), tag);
        }
        node += 1;
    }
    let (clean, _) = edits.splice_range(tree.xml, within).ok_or_else(damaged)?;
    Ok(tree.prefixes.take_off(clean)?)
}

fn is_one_of(tree: &Tree<'_>, node: usize, names: &[&str]) -> bool {
    tree.word(node).is_some_and(|local| names.contains(&local))
}

/// Attributes that Word gives out anew.
pub(super) fn is_passing(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or_default();
    matches!(local, "paraId" | "textId") || local.starts_with("rsid")
}

/// A kept piece, in the document's prefix, with ids that are in use nowhere else.
pub(super) fn put_back(tree: &Tree<'_>, ids: &mut Ids, seed: &str) -> Result<String, Refusal> {
    let mut edits = Edits::default();
    for node in tree.below(0) {
        if let Some((id, _)) = control::id(tree, node) {
            let id_number = ids.control(&format!("{seed}/{node}"));
            edits.replace(tree.span(id), id_element(&tree.prefixes, id_number));
        } else if is_drawing(tree, node)
            && let Some(old) = drawing_id(tree, node)
        {
            let id = fresh(&mut ids.drawings, &format!("{seed}/{node}"));
            let tag = tree.xml[tree.start_tag(node)].replacen(
                &format!(" id=\"{old}\""),
                &format!(" id=\"{id}\""),
                1,
            );
            edits.replace(tree.start_tag(node), tag);
        }
    }
    edits.splice(tree.xml).ok_or_else(damaged)
}

pub(super) fn id_element(prefixes: &Prefixes, id: i64) -> String {
    format!("<{} {}=\"{id}\"/>", prefixes.name("id"), prefixes.name("val"))
}

pub(super) fn tag_element(prefixes: &Prefixes, tag: &str) -> String {
    format!("<{} {}=\"{}\"/>", prefixes.name("tag"), prefixes.name("val"), escape(tag))
}

/// Gives a control another tag, where the schema wants it.
pub(super) fn set_tag(tree: &Tree<'_>, sdt: usize, tag: &str, edits: &mut Edits) {
    let Some(properties) = tree.kid(sdt, "sdtPr") else { return };
    let element = tag_element(&tree.prefixes, tag);
    match tree.kid(properties, "tag") {
        Some(old) => edits.replace(tree.span(old), element),
        None => insert_property(tree, properties, &["rPr", "alias"], element, edits),
    }
}

/// Puts an element into a control's properties behind those that come before it.
pub(super) fn insert_property(
    tree: &Tree<'_>,
    properties: usize,
    before: &[&str],
    element: String,
    edits: &mut Edits,
) {
    let last = tree.kids(properties).filter(|kid| is_one_of(tree, *kid, before)).last();
    match last {
        Some(last) => edits.insert(tree.span(last).end, element),
        None if tree.is_closed(properties) => {
            let name = tree.name(properties);
            edits.replace(tree.span(properties), format!("<{name}>{element}</{name}>"));
        }
        None => edits.insert(tree.inner(properties).start, element),
    }
}

/// Puts other XML between a node's tags.
pub(super) fn set_inner(tree: &Tree<'_>, node: usize, inner: String, edits: &mut Edits) {
    if inner == tree.inner_source(node) {
        return;
    }
    if tree.is_closed(node) {
        let open = tree.source(node).trim_end_matches("/>").trim_end();
        let text = format!("{open}>{inner}</{}>", tree.name(node));
        edits.replace(tree.span(node), text);
    } else {
        edits.replace(tree.inner(node), inner);
    }
}
