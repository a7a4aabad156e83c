//! The engine checks its own work before it hands it over.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::{
    chart::Charts,
    control::{self, Control},
    data::Level,
    piece::is_drawing,
    refusal::{Refusal, damaged, refusal},
    span::{Prefixes, Tree},
    text::is_fallback,
};

/// A part as it would be.
pub(super) fn parse(xml: &str) -> Result<Tree<'_>, Refusal> {
    Tree::part(xml).map_err(|_| wrong("would no longer be well-formed"))
}

/// What a fill must not change in a part, and the ids that it must keep apart.
pub(super) struct Shape {
    /// A digest of all bytes outside our outermost controls, with a control's tag in its place.
    outside: [u8; 32],
    /// How often each id of a control stands there, and of a drawing.
    controls: BTreeMap<i64, usize>,
    drawings: BTreeMap<String, usize>,
    /// The ids of the charts in controls of ours.
    pub charts: BTreeSet<String>,
}

impl Shape {
    pub(super) fn of(tree: &Tree<'_>) -> Shape {
        Shape {
            outside: outside(tree),
            controls: counted(tree, |node| Some(control::id(tree, node)?.1)),
            drawings: counted(tree, |node| {
                let id = is_drawing(tree, node).then(|| tree.attribute(node, "id"))?;
                Some(id?.into_owned())
            }),
            charts: Charts::in_controls(tree),
        }
    }

    /// That a new version of the part differs from this one only inside controls of ours, and that it has no id of a
    /// control twice that this one had once.
    pub(super) fn verify(&self, new: &Shape) -> Result<(), Refusal> {
        if self.outside != new.outside {
            return Err(wrong("would change outside lathe's own controls"));
        }
        if has_more(&new.controls, &self.controls) {
            return Err(wrong("would have two controls of one id"));
        }
        Ok(())
    }
}

/// Whether an id stands more than once that did not before.
fn has_more<I: Ord>(new: &BTreeMap<I, usize>, old: &BTreeMap<I, usize>) -> bool {
    new.iter().any(|(id, count)| *count > old.get(id).copied().unwrap_or(1))
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
pub(super) fn charts(old: &Shape, new: &Shape, charts: &Charts) -> Result<(), Refusal> {
    let Charts { standing, added, written, .. } = charts;
    let known = |id: &String| {
        standing.contains_key(id)
            || added.iter().any(|(own, part)| own == id && written.contains_key(part))
    };
    if !new.charts.iter().all(|id| known(id) || old.charts.contains(id)) {
        return Err(wrong("would have a chart without its numbers"));
    }
    if has_more(&new.drawings, &old.drawings) {
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

fn outside(tree: &Tree<'_>) -> [u8; 32] {
    let mut digest = Sha256::new();
    let mut take = |text: &str| {
        digest.update(text.len().to_le_bytes());
        digest.update(text);
    };
    let mut done = 0;
    let mut node = 1;
    while node < tree.len() {
        if let Some(control) = Control::at(tree, node, Level::Run) {
            take(&tree.xml[done..tree.span(node).start]);
            take(&control.tag);
            done = tree.span(node).end;
            node = tree.after(node);
        } else {
            node += 1;
        }
    }
    take(&tree.xml[done..]);
    digest.finalize().into()
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
