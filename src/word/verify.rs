//! The engine checks its own work before it hands it over.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    control::{self, Control},
    data::{Level, Refusal},
    package::refusal,
    span::Tree,
    text::is_fallback,
};

/// A part as it would be.
pub(super) fn parse(xml: &str) -> Result<Tree<'_>, Refusal> {
    Tree::part(xml).map_err(|_| wrong("would no longer be well-formed"))
}

/// That two versions of a part differ only inside controls of ours, and that
/// the new one has no id of a control twice that the old one had once.
pub(super) fn verify(old: &Tree<'_>, new: &Tree<'_>) -> Result<(), Refusal> {
    if outside(old) != outside(new) {
        return Err(wrong("would change outside lathe's own controls"));
    }
    let before = doubles(old);
    let more = |(id, count): (&i64, &usize)| *count > before.get(id).copied().unwrap_or(1);
    if doubles(new).iter().any(more) {
        return Err(wrong("would have two controls of one id"));
    }
    Ok(())
}

/// The bytes outside our outermost controls, with a control's tag in its place.
fn outside<'x>(tree: &Tree<'x>) -> Vec<Cow<'x, str>> {
    let mut out = vec![];
    let mut done = 0;
    let mut node = 1;
    while node < tree.len() {
        if let Some(control) = Control::at(tree, node, Level::Run) {
            out.push(Cow::Borrowed(&tree.xml[done..tree.span(node).start]));
            out.push(Cow::Owned(control.tag));
            done = tree.span(node).end;
            node = tree.after(node);
        } else {
            node += 1;
        }
    }
    out.push(Cow::Borrowed(&tree.xml[done..]));
    out
}

/// How often each id of a control stands in a part. A text box is there twice
/// with the same ids, which is as it should be.
fn doubles(tree: &Tree<'_>) -> BTreeMap<i64, usize> {
    let mut count = BTreeMap::new();
    let mut node = 1;
    while node < tree.len() {
        if is_fallback(tree, node) {
            node = tree.after(node);
            continue;
        }
        if let Some((_, id)) = control::id(tree, node).filter(|_| tree.is(node, "sdt")) {
            *count.entry(id).or_default() += 1;
        }
        node += 1;
    }
    count
}

fn wrong(what: &str) -> Refusal {
    refusal(&format!(
        "The document {what} if it were filled, so it was left as it is. Please send it to whoever \
         looks after lathe."
    ))
}
