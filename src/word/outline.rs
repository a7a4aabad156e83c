//! Where something stands, in words: the heading above it and the text around it.

use std::collections::BTreeSet;

use super::{
    span::Tree,
    text::{brief, text},
};

/// How many characters of the words around a control are shown.
const NEARBY: usize = 80;

/// The paragraph styles that are headings.
#[derive(Debug, Default)]
pub(super) struct Headings(BTreeSet<String>);

impl Headings {
    /// From the styles part. Ids differ with Word's language; names do not.
    pub(super) fn of(styles: Option<&str>) -> Headings {
        let Some(tree) = styles.and_then(|styles| Tree::part(styles).ok()) else {
            return Headings::default();
        };
        let styles = tree.below(0).filter(|node| tree.is(*node, "style"));
        let headings = styles.filter(|style| {
            let name = tree.kid(*style, "name").and_then(|name| tree.attribute(name, "val"));
            name.is_some_and(|name| is_heading_name(&name))
        });
        Headings(
            headings
                .filter_map(|style| tree.attribute(style, "styleId"))
                .map(|id| id.into_owned())
                .collect(),
        )
    }

    /// The text of a paragraph that is a heading.
    pub(super) fn heading(&self, tree: &Tree<'_>, paragraph: usize) -> Option<String> {
        let style = tree.kid(tree.kid(paragraph, "pPr")?, "pStyle")?;
        let style = tree.attribute(style, "val")?;
        let known = self.0.contains(style.as_ref()) || is_heading_name(&style);
        let heading = known.then(|| brief(&text(tree, paragraph), NEARBY))?;
        (!heading.is_empty()).then_some(heading)
    }
}

fn is_heading_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let level = name.strip_prefix("heading").map(str::trim_start);
    level.is_some_and(|level| matches!(level.as_bytes(), [b'1'..=b'9']))
}

/// The words of the paragraph or row around a node, or its own.
pub(super) fn nearby(tree: &Tree<'_>, node: usize) -> String {
    let holds = |up: &usize| tree.is(*up, "p") || tree.is(*up, "tr");
    let around = tree.ancestors(node).find(holds).unwrap_or(node);
    let own = brief(&text(tree, around), NEARBY);
    if !own.is_empty() {
        return own;
    }
    let before = (1..node).rev().filter(|at| tree.is(*at, "p"));
    let words = before.map(|at| brief(&text(tree, at), NEARBY)).find(|words| !words.is_empty());
    words.unwrap_or_default()
}
