//! The entries in a package by which Word knows of the state part and of charts, and keeps them.

use std::collections::BTreeSet;

use super::{
    edits::Edits,
    package::Beside,
    refusal::{Refusal, damaged},
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

const CHART_RELATIONSHIP: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart";
const CHART: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The list of content types with what is new and without the parts that go. What is filled is a document, also when
/// it began as a template. `state` says that the state part is new.
pub(super) fn in_content_types(
    xml: &str,
    state: bool,
    beside: &Beside,
    removed: &BTreeSet<String>,
) -> Result<String, Refusal> {
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
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/{}\" ContentType=\"{kind}\"/>", escape(name))
    };
    let mut entries = String::new();
    if state && !said {
        entries.push_str(&part(STATE_PART, "application/xml"));
    }
    for (_, name) in &beside.added {
        entries.push_str(&part(name, CHART));
    }
    let default = tree.kids(root).find(|node| is(*node, "Extension", "xlsx"));
    let usual = default.is_some_and(|node| is(node, "ContentType", WORKBOOK));
    if default.is_some() && !usual {
        let books = beside.written.keys().filter(|name| name.ends_with(".xlsx"));
        books.for_each(|name| entries.push_str(&part(name, WORKBOOK)));
    } else if default.is_none() && !beside.added.is_empty() {
        let entry = format!("<Default Extension=\"xlsx\" ContentType=\"{WORKBOOK}\"/>");
        edits.insert(tree.inner(root).start, entry);
    }
    if !entries.is_empty() {
        edits.insert(tree.inner(root).end, entries);
    }
    for node in tree.kids(root) {
        let entry = tree.source(node);
        let own = tree.attribute(node, "PartName").unwrap_or_default();
        if removed.contains(&own.trim_start_matches('/').to_lowercase()) {
            edits.remove(tree.span(node));
            continue;
        }
        let document = entry
            .replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml")
            .replace("macroEnabledTemplate.main+xml", "document.macroEnabled.main+xml");
        if document != entry {
            edits.replace(tree.span(node), document);
        }
    }
    edits.splice(xml).ok_or_else(damaged)
}

/// The relationships of the main part, which stands in `folder`, with those that are new and without those that go.
pub(super) fn in_relationships(
    xml: Option<&str>,
    folder: &str,
    state: bool,
    beside: &Beside,
) -> Result<String, Refusal> {
    let up = "../".repeat(folder.matches('/').count());
    let entry = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{}"/>"#, escape(target))
    };
    let mut entries = String::new();
    if state {
        entries.push_str(&entry("rIdLatheState", RELATIONSHIP, &format!("{up}{STATE_PART}")));
    }
    for (id, part) in &beside.added {
        let target = part.strip_prefix(folder).unwrap_or(part);
        entries.push_str(&entry(id, CHART_RELATIONSHIP, target));
    }
    let Some(xml) = xml else {
        return Ok(format!("{DECLARATION}{RELATIONSHIPS}{entries}</Relationships>"));
    };
    let prefixes = Prefixes::usual();
    let tree = Tree::piece(xml, &prefixes)?;
    let root = tree.kids(0).next().ok_or_else(damaged)?;
    let mut edits = Edits::default();
    for node in tree.kids(root) {
        if tree.attribute(node, "Id").is_some_and(|id| beside.gone.contains_key(&*id)) {
            edits.remove(tree.span(node));
        }
    }
    if tree.is_closed(root) {
        edits.replace(tree.span(root), format!("{RELATIONSHIPS}{entries}</Relationships>"));
    } else {
        edits.insert(tree.inner(root).end, entries);
    }
    edits.splice(xml).ok_or_else(damaged)
}
