//! The entries in a package by which Word knows of the state part, and keeps it.

use super::{
    data::Refusal,
    edits::Edits,
    package::damaged,
    span::{Prefixes, Tree},
    text::escape,
};

/// Where the state goes in a document that has none. Word gives it a name of
/// its own when it saves; it is found by its namespace.
pub(super) const STATE_PART: &str = "customXml/lathe-state.xml";

const RELATIONSHIP: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml";
const RELATIONSHIPS: &str =
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#;
const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// The list of content types with the state part's, where it is not said
/// already. What is filled is a document, also when it began as a template.
pub(super) fn in_content_types(xml: &str) -> Result<String, Refusal> {
    let prefixes = Prefixes::usual();
    let tree = Tree::piece(xml, &prefixes)?;
    let root = tree.kids(0).next().ok_or_else(damaged)?;
    let mut edits = Edits::default();
    let is = |node, name, wanted: &str| {
        tree.attribute(node, name).is_some_and(|value| value.eq_ignore_ascii_case(wanted))
    };
    let said = tree.kids(root).any(|node| {
        is(node, "Extension", "xml") && is(node, "ContentType", "application/xml")
            || is(node, "PartName", &format!("/{STATE_PART}"))
    });
    if !said {
        let entry =
            format!(r#"<Override PartName="/{STATE_PART}" ContentType="application/xml"/>"#);
        edits.insert(tree.inner(root).end, entry);
    }
    for node in tree.kids(root) {
        let entry = tree.source(node);
        let document = entry
            .replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml")
            .replace("macroEnabledTemplate.main+xml", "document.macroEnabled.main+xml");
        if document != entry {
            edits.replace(tree.span(node), document);
        }
    }
    edits.splice(xml).ok_or_else(damaged)
}

/// The relationships of the main part, which stands in `folder`, with the state's.
pub(super) fn in_relationships(xml: Option<&str>, folder: &str) -> Result<String, Refusal> {
    let up = "../".repeat(folder.matches('/').count());
    let target = escape(&format!("{up}{STATE_PART}"));
    let entry =
        format!(r#"<Relationship Id="rIdLatheState" Type="{RELATIONSHIP}" Target="{target}"/>"#);
    let Some(xml) = xml else {
        return Ok(format!("{DECLARATION}{RELATIONSHIPS}{entry}</Relationships>"));
    };
    let prefixes = Prefixes::usual();
    let tree = Tree::piece(xml, &prefixes)?;
    let root = tree.kids(0).next().ok_or_else(damaged)?;
    let mut edits = Edits::default();
    if tree.is_closed(root) {
        edits.replace(tree.span(root), format!("{RELATIONSHIPS}{entry}</Relationships>"));
    } else {
        edits.insert(tree.inner(root).end, entry);
    }
    edits.splice(xml).ok_or_else(damaged)
}
