//! The parts of a package beside its text: properties, settings, comments, and what only its makers need.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    edits::Edits,
    package::{Package, owner_of, relationships_of, resolve},
    refusal::{Refusal, damaged},
    span::{Prefixes, Tree},
};

/// The last words of relationships whose targets go.
const PRIVATE: &[&str] = &[
    "comments",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
    "people",
    "customXml",
    "customXmlProps",
    "glossaryDocument",
    "vbaProject",
    "wordVbaData",
    "attachedTemplate",
    "mailMergeSource",
    "mailMergeHeaderSource",
    "recipientData",
    "keyMapCustomizations",
    "attachedToolbars",
    "custom-properties",
    "thumbnail",
    "origin",
    "printerSettings",
    "classificationlabels",
];

/// What settings say of people, sittings and sources.
const PRIVATE_SETTINGS: &[&str] = &[
    "rsids",
    "attachedTemplate",
    "mailMerge",
    "docVars",
    "trackRevisions",
    "revisionView",
    "documentProtection",
    "writeProtection",
    "docId",
];

/// The properties that say what a document is, and nobody's name.
const PROPERTIES: &[&str] = &["title", "subject", "category", "language"];

const APP: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">"#,
    "<Application>Microsoft Office Word</Application></Properties>",
);

/// Rewrites the parts that name people, and gives those that go.
pub(super) fn tidy(
    package: &mut Package<'_>,
    replaced: &mut BTreeMap<String, Vec<u8>>,
) -> Result<BTreeSet<String>, Refusal> {
    let mut removed = BTreeSet::new();
    for rels in package.names().into_iter().filter(|name| name.ends_with(".rels")) {
        let Some((_, xml)) = package.text(&rels)? else { continue };
        let kept = relationships(&rels, &xml, package.main(), PRIVATE, &mut removed)?;
        replaced.insert(rels, kept.into_bytes());
    }
    // A part goes with its own relationships, and custom XML with what describes it.
    for name in package.names() {
        let owner = owner_of(&name);
        let of_removed = owner.is_some_and(|owner| removed.contains(&owner));
        if of_removed || name.starts_with("customXml/") || name.starts_with("word/glossary/") {
            removed.insert(name);
        }
    }
    for name in package.names() {
        let Some(new) = part(package, &name, &removed)? else { continue };
        replaced.insert(name, new.into_bytes());
    }
    Ok(removed)
}

/// The relationships of a part without those of some kinds, whose targets go save `main`.
pub(super) fn relationships(
    rels: &str,
    xml: &str,
    main: &str,
    kinds: &[&str],
    removed: &mut BTreeSet<String>,
) -> Result<String, Refusal> {
    let owner = owner_of(rels).unwrap_or_default();
    let (folder, _) = relationships_of(&owner);
    let prefixes = Prefixes::usual();
    let tree = Tree::piece(xml, &prefixes)?;
    let mut edits = Edits::default();
    for node in tree.below(0).filter(|node| tree.name(*node).ends_with("Relationship")) {
        let kind = tree.attribute(node, "Type").unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or_default();
        if !kinds.contains(&kind) {
            continue;
        }
        edits.remove(tree.span(node));
        let external = tree.attribute(node, "TargetMode").is_some_and(|mode| mode == "External");
        let target = tree.attribute(node, "Target").filter(|_| !external);
        removed.extend(target.map(|target| resolve(&folder, &target)).filter(|own| own != main));
    }
    edits.splice(xml).ok_or_else(damaged)
}

/// Another text for a part that has to change.
fn part(
    package: &mut Package<'_>,
    name: &str,
    removed: &BTreeSet<String>,
) -> Result<Option<String>, Refusal> {
    let lower = name.to_lowercase();
    if removed.contains(name) {
        return Ok(None);
    }
    if lower == "docprops/app.xml" {
        return Ok(Some(APP.to_owned()));
    }
    let change: fn(&Tree<'_>, &BTreeSet<String>, &mut Edits) = match &*lower {
        "[content_types].xml" => content_types,
        "docprops/core.xml" => properties,
        _ if lower.ends_with("/settings.xml") => settings,
        _ if lower.ends_with("/styles.xml") || lower.ends_with("/numbering.xml") => sittings,
        _ => return Ok(None),
    };
    let Some((_, xml)) = package.text(name)? else { return Ok(None) };
    let prefixes = Prefixes::usual();
    let tree = Tree::piece(&xml, &prefixes)?;
    let mut edits = Edits::default();
    change(&tree, removed, &mut edits);
    Ok(Some(edits.splice(&xml).ok_or_else(damaged)?))
}

pub(super) fn content_types(tree: &Tree<'_>, removed: &BTreeSet<String>, edits: &mut Edits) {
    for node in tree.below(0) {
        let part = tree.attribute(node, "PartName").unwrap_or_default();
        let part = part.trim_start_matches('/');
        if removed.iter().any(|own| own.eq_ignore_ascii_case(part)) {
            edits.remove(tree.span(node));
        } else if tree
            .attribute(node, "ContentType")
            .is_some_and(|own| own.contains("macroEnabled"))
        {
            let plain = tree.source(node).replace(
                "application/vnd.ms-word.document.macroEnabled.main+xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            );
            edits.replace(tree.span(node), plain);
        }
    }
}

fn properties(tree: &Tree<'_>, _: &BTreeSet<String>, edits: &mut Edits) {
    let Some(root) = tree.kids(0).next() else { return };
    for node in tree.kids(root).filter(|node| !PROPERTIES.contains(&local(tree, *node))) {
        edits.remove(tree.span(node));
    }
}

fn settings(tree: &Tree<'_>, _: &BTreeSet<String>, edits: &mut Edits) {
    let Some(root) = tree.kids(0).next() else { return };
    for node in tree.kids(root).filter(|node| PRIVATE_SETTINGS.contains(&local(tree, *node))) {
        edits.remove(tree.span(node));
    }
}

/// Styles and lists say in which sitting they were made.
fn sittings(tree: &Tree<'_>, _: &BTreeSet<String>, edits: &mut Edits) {
    for node in tree.below(0).filter(|node| local(tree, *node) == "rsid") {
        edits.remove(tree.span(node));
    }
}

fn local<'x>(tree: &Tree<'x>, node: usize) -> &'x str {
    tree.name(node).rsplit(':').next().unwrap_or_default()
}
