//! The engine checks its own work before it hands it over.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    chart::{Charts, Standing},
    control::{self, Control},
    data::Level,
    refusal::{Refusal, damaged, refusal},
    span::{Prefixes, Tree},
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

/// What a chart's part holds, in the order of the schema (ISO 29500, transitional).
const CHART_ORDER: &[&str] = &[
    "c:date1904",
    "c:lang",
    "c:roundedCorners",
    "mc:AlternateContent",
    "c:style",
    "c:clrMapOvr",
    "c:pivotFmts",
    "c:protection",
    "c:chart",
    "c:spPr",
    "c:txPr",
    "c:externalData",
    "c:printSettings",
    "c:userShapes",
    "c:extLst",
];

/// That each chart in a control of ours has its part, that no drawing has the id of another which it had not before,
/// and that the parts written can be read: XML in its order, workbooks as workbooks.
pub(super) fn charts(
    old: &Tree<'_>,
    new: &Tree<'_>,
    standing: &BTreeMap<String, Standing>,
    added: &[(String, String)],
    written: &BTreeMap<String, Vec<u8>>,
) -> Result<(), Refusal> {
    let known = |id: &String| {
        standing.contains_key(id)
            || added.iter().any(|(own, part)| own == id && written.contains_key(part))
    };
    let before = Charts::in_controls(old);
    if !Charts::in_controls(new).iter().all(|id| known(id) || before.contains(id)) {
        return Err(wrong("would have a chart without its numbers"));
    }
    let drawings = drawing_ids(old);
    let more = |(id, count): (&String, &usize)| *count > drawings.get(id).copied().unwrap_or(1);
    if drawing_ids(new).iter().any(more) {
        return Err(wrong("would have two drawings of one id"));
    }
    for (name, bytes) in written {
        if name.ends_with(".xlsx") {
            if !bytes.starts_with(b"PK") {
                return Err(wrong("would hold a workbook that is none"));
            }
            continue;
        }
        let xml = std::str::from_utf8(bytes).map_err(|_| damaged())?;
        let prefixes = Prefixes::usual();
        let tree = Tree::piece(xml, &prefixes)
            .map_err(|_| wrong("would hold a chart that is not well-formed"))?;
        let Some(root) = tree.kids(0).next().filter(|root| tree.name(*root) == "c:chartSpace")
        else {
            continue;
        };
        let place = |kid| CHART_ORDER.iter().position(|name| *name == tree.name(kid));
        let places: Option<Vec<usize>> = tree.kids(root).map(place).collect();
        if !places.is_some_and(|places| places.is_sorted()) {
            return Err(wrong("would hold a chart whose parts are out of order"));
        }
    }
    Ok(())
}

/// How often each id of a drawing stands in a part.
fn drawing_ids(tree: &Tree<'_>) -> BTreeMap<String, usize> {
    counted(tree, |node| {
        let id = tree.attribute(node, "id").filter(|_| tree.name(node).ends_with(":docPr"))?;
        Some(id.into_owned())
    })
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

/// How often each id of a control stands in a part.
fn doubles(tree: &Tree<'_>) -> BTreeMap<i64, usize> {
    counted(tree, |node| {
        let (_, id) = control::id(tree, node).filter(|_| tree.is(node, "sdt"))?;
        Some(id)
    })
}

/// How often each id stands in a part. A text box is there twice with the same ids, which is as it should be.
fn counted<I: Ord>(tree: &Tree<'_>, id: impl Fn(usize) -> Option<I>) -> BTreeMap<I, usize> {
    let mut count = BTreeMap::new();
    let mut node = 1;
    while node < tree.len() {
        if is_fallback(tree, node) {
            node = tree.after(node);
            continue;
        }
        if let Some(id) = id(node) {
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
