//! A part without what only its makers need: controls, comments, marks of who wrote what when.

use std::collections::BTreeSet;

use super::super::{
    edits::Edits,
    piece::is_passing,
    refusal::{Refusal, damaged},
    span::Tree,
    text::{escape, is_fallback, own_words},
};

/// Elements that go, of no use to a reader.
const TRACES: &[&str] = &[
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "annotationRef",
    "proofErr",
    "permStart",
    "permEnd",
    "rsid",
];

/// Elements of which only what is in them stays.
const WRAPPERS: &[&str] = &["smartTag", "customXml"];

/// What stands for a passage that goes, where two tables would become one.
const SPACER: &str = "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>";

/// The part as a clean copy has it.
pub(super) fn strip(tree: &Tree<'_>, gone: &BTreeSet<usize>) -> Result<String, Refusal> {
    let traces = traces(tree);
    let mut edits = Edits::default();
    let mut node = 1;
    while node < tree.len() {
        if gone.contains(&node) || traces.contains(&node) {
            edits.replace(tree.span(node), stand_in(tree, node, gone));
            node = tree.after(node);
            continue;
        }
        match tree.word(node) {
            Some("sdt") => {
                let Some(content) = tree.kid(node, "sdtContent").filter(|it| !tree.is_closed(*it))
                else {
                    edits.remove(tree.span(node));
                    node = tree.after(node);
                    continue;
                };
                edits.remove(tree.span(node).start..tree.inner(content).start);
                edits.remove(tree.inner(content).end..tree.span(node).end);
                node = content + 1;
                continue;
            }
            Some(local) if WRAPPERS.contains(&local) && !tree.is_closed(node) => {
                edits.remove(tree.start_tag(node));
                edits.remove(tree.inner(node).end..tree.span(node).end);
                // Its properties say what it was.
                if let Some(properties) = tree.kids(node).find(|kid| {
                    tree.word(*kid)
                        .is_some_and(|local| local == "smartTagPr" || local == "customXmlPr")
                }) {
                    edits.remove(tree.span(properties));
                    node = tree.after(properties);
                    continue;
                }
            }
            // The mark of a paragraph that shows something is no place for hidden text.
            Some("vanish") if is_mark_of_paragraph(tree, node) => edits.remove(tree.span(node)),
            _ => without_passing(tree, node, &mut edits),
        }
        node += 1;
    }
    edits.splice(tree.xml).ok_or_else(damaged)
}

fn is_mark_of_paragraph(tree: &Tree<'_>, node: usize) -> bool {
    let format = tree.parent(node);
    tree.is(format, "rPr") && tree.is(tree.parent(format), "pPr")
}

/// The nodes that are of no use to a reader.
fn traces(tree: &Tree<'_>) -> BTreeSet<usize> {
    let is = |node| tree.word(node).is_some_and(|local| TRACES.contains(&local));
    let id = |node| tree.attribute(node, "id").map(|id| id.into_owned());
    // Where the cursor last was.
    let is_cursor = |node: &usize| {
        tree.is(*node, "bookmarkStart")
            && tree.attribute(*node, "name").is_some_and(|name| name == "_GoBack")
    };
    let cursors: BTreeSet<String> = tree.below(0).filter(is_cursor).filter_map(id).collect();
    let is_trace = |node: &usize| {
        // A comment's reference stands in a run of its own.
        let empty_run = tree.is(*node, "r")
            && tree.kids(*node).any(is)
            && tree.kids(*node).all(|kid| is(kid) || tree.is(kid, "rPr"));
        let mark = tree.is(*node, "bookmarkStart") || tree.is(*node, "bookmarkEnd");
        is(*node)
            || empty_run
            || mark && !cursors.is_empty() && id(*node).is_some_and(|id| cursors.contains(&id))
    };
    tree.below(0).filter(is_trace).collect()
}

/// What takes the place of a node that goes: a paragraph where one must stand.
fn stand_in(tree: &Tree<'_>, node: usize, gone: &BTreeSet<usize>) -> String {
    let is_block = match tree.word(node) {
        Some("p" | "tbl") => true,
        Some("sdt") => tree.kid(node, "sdtContent").is_some_and(|content| {
            tree.kids(content).any(|kid| matches!(tree.word(kid), Some("p" | "tbl")))
        }),
        _ => false,
    };
    if !is_block {
        return String::new();
    }
    let home = home(tree, node);
    let blocks: Vec<usize> = blocks(tree, home, gone);
    let before = blocks.iter().rfind(|block| **block < node);
    let after = blocks.iter().find(|block| **block > node);
    let needed = match (before, after) {
        (Some(before), Some(after)) => tree.is(*before, "tbl") && tree.is(*after, "tbl"),
        // A cell, a note or a box must end in a paragraph; it stands for the last of those that go.
        (before, None) => {
            let ends = before.is_none_or(|before| tree.is(*before, "tbl"));
            let last =
                gone.range(node + 1..tree.after(home)).all(|later| *later < tree.after(node));
            ends && last && !tree.is(home, "body")
        }
        (None, Some(_)) => false,
    };
    if needed { SPACER.replace("w:", &tree.prefixes.name("")) } else { String::new() }
}

/// What a block stands in, controls aside.
fn home(tree: &Tree<'_>, node: usize) -> usize {
    let around = |up: &usize| !matches!(tree.word(*up), Some("sdt" | "sdtContent" | "customXml"));
    tree.ancestors(node).find(around).unwrap_or(0)
}

/// The paragraphs and tables that stay in a cell, a note or the body.
fn blocks(tree: &Tree<'_>, home: usize, gone: &BTreeSet<usize>) -> Vec<usize> {
    let mut blocks = vec![];
    let mut node = home + 1;
    while node < tree.after(home) {
        match tree.word(node) {
            _ if gone.contains(&node) => node = tree.after(node),
            Some("p" | "tbl") => {
                blocks.push(node);
                node = tree.after(node);
            }
            Some("sdt" | "sdtContent" | "customXml") => node += 1,
            _ => node = tree.after(node),
        }
    }
    blocks
}

/// Takes off the attributes by which Word tells sittings apart.
fn without_passing(tree: &Tree<'_>, node: usize, edits: &mut Edits) {
    let attributes: Vec<_> = tree.attributes(node).collect();
    if !attributes.iter().any(|(name, _)| is_passing(name)) {
        return;
    }
    let mut tag = format!("<{}", tree.name(node));
    for (name, value) in attributes.iter().filter(|(name, _)| !is_passing(name)) {
        tag.push_str(&format!(" {name}=\"{}\"", escape(value)));
    }
    tag.push_str(if tree.is_closed(node) { "/>" } else { ">" });
    edits.replace(tree.start_tag(node), tag);
}

/// The texts of the paragraphs that say something, without what goes.
pub(super) fn paragraphs(tree: &Tree<'_>, gone: &BTreeSet<usize>) -> Vec<String> {
    let mut texts = vec![];
    let mut node = 1;
    while node < tree.len() {
        if gone.contains(&node) || is_fallback(tree, node) {
            node = tree.after(node);
            continue;
        }
        if tree.is(node, "p") {
            let skip = |at: usize| gone.contains(&at) || tree.is(at, "txbxContent");
            let text = own_words(tree, node, skip).replace('\u{fffc}', "");
            if !text.is_empty() {
                texts.push(text);
            }
        }
        node += 1;
    }
    texts
}

/// Whether anything is left that should be gone.
pub(super) fn holds_traces(tree: &Tree<'_>) -> bool {
    !traces(tree).is_empty() || tree.below(0).any(|node| tree.is(node, "sdt"))
}
