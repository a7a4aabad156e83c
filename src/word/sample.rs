//! The rows of a list: their keys, and the sample they are copied from.

use std::collections::BTreeSet;

use super::{
    control::{self, Control, LONGEST},
    edits::Edits,
    piece,
    refusal::{Refusal, damaged},
    span::{Prefixes, Tree},
    text::{clean, hash, text},
};

/// Before a row's key, in the tag of the control around the row.
const ROW: &str = "row:";

/// The key of a row of ours, as its tag has it.
pub(super) fn key_of(tree: &Tree<'_>, unit: usize) -> Option<String> {
    let tag = control::tag(tree, unit)?;
    tag.strip_prefix(ROW).map(str::to_owned)
}

/// The tag of the control around a row.
pub(super) fn row_tag(key: &str) -> String {
    format!("{ROW}{key}")
}

/// A key as a tag can hold it: a long one is cut, with a hash so that it stays unique.
pub(super) fn row_key(key: &str) -> String {
    let line = key.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = clean(&line);
    let room = LONGEST - ROW.len() - 2;
    if line.encode_utf16().count() <= room {
        return line;
    }
    let cut: String = line.chars().take(20).collect();
    format!("{cut}~{}", hash(&line))
}

/// Whether it is something a row can be, and not an anchor between rows.
pub(super) fn is_row(tree: &Tree<'_>, unit: usize) -> bool {
    matches!(tree.word(unit), Some("sdt" | "tr" | "p" | "tbl" | "r"))
}

/// The texts of a row on one line.
pub(super) fn cells(tree: &Tree<'_>, unit: usize) -> String {
    let text = text(tree, unit);
    let cells = text.split('\n').map(str::trim).filter(|cell| !cell.is_empty());
    cells.collect::<Vec<_>>().join(" | ")
}

/// The first row of a list that was never filled, as a control of its own;
/// nothing when the list is empty.
pub(super) fn sample_of(tree: &Tree<'_>, control: &Control) -> Result<String, Refusal> {
    let usual = Prefixes::usual();
    let wrapped = tree.kids(control.content).find(|unit| tree.is(*unit, "sdt"));
    if let Some(unit) = wrapped {
        let nodes = unit..tree.after(unit);
        let kept = piece::keep(tree, nodes, tree.span(unit), &BTreeSet::new())?;
        let sample = Tree::piece(&kept, &usual)?;
        let mut edits = Edits::default();
        if let Some(sdt) = sample.kids(0).next()
            && let Some(tag) = sample.kid(sdt, "sdtPr").and_then(|it| sample.kid(it, "tag"))
        {
            edits.remove(sample.span(tag));
        }
        return edits.splice(&kept).ok_or_else(damaged);
    }
    let (nodes, within) = (tree.below(control.content), tree.inner(control.content));
    let kept = piece::keep(tree, nodes, within, &BTreeSet::new())?;
    if Tree::piece(&kept, &usual)?.kids(0).next().is_none() {
        return Ok(String::new());
    }
    // In a repeating section Word wants each row to be an item of it.
    let section =
        tree.kids(control.properties).find(|kid| tree.name(*kid).ends_with(":repeatingSection"));
    let item = section.map(|kid| format!("<{}Item/>", tree.name(kid))).unwrap_or_default();
    Ok(format!(
        "<w:sdt><w:sdtPr><w:id w:val=\"1\"/>{item}</w:sdtPr><w:sdtContent>{kept}</w:sdtContent></w:sdt>"
    ))
}
