//! What docx-rs cannot write: controls with tags and ids, sample rows, header rows.

use super::tree::{Child, Node};

/// Between the parts of an alias: tag, label, and for a column its list and that one's label.
pub(super) const SEPARATOR: char = '|';

/// Mends a part. `ids` counts controls over the whole package.
pub(super) fn repair(mut root: Node, ids: &mut u32) -> Node {
    mend(&mut root, ids);
    root
}

fn mend(node: &mut Node, ids: &mut u32) {
    // Before the controls of its rows are made: their aliases say which list they belong to.
    if node.name == "w:tbl" {
        table(node, ids);
    }
    for child in &mut node.children {
        if let Child::Node(child) = child {
            mend(child, ids);
        }
    }
    node.children.retain(|child| match child {
        Child::Node(child) => !(is_needless(child) && child.children.is_empty()),
        Child::Text(_) => true,
    });
    if node.name == "w:sdt" {
        control(node, ids);
    }
}

/// What says nothing when it is empty.
fn is_needless(node: &Node) -> bool {
    matches!(&*node.name, "w:rPr" | "w:pPr" | "w:tcPr" | "w:trPr")
}

/// The alias of a control carries its tag: docx-rs writes no tags.
fn control(node: &mut Node, ids: &mut u32) {
    let Some(properties) = node.child_mut("w:sdtPr") else { return };
    let alias = properties.child("w:alias").and_then(|alias| alias.attribute("w:val"));
    let Some((tag, label)) = alias.and_then(|alias| alias.split_once(SEPARATOR)) else { return };
    let label = label.split(SEPARATOR).next().unwrap_or_default();
    let own = if tag == "contents" { contents() } else { tagged(tag, label, ids, None) };
    *properties = own;
}

/// Word offers to update a contents list that says what it is.
fn contents() -> Node {
    let gallery = Node::new("w:docPartGallery", &[("w:val", "Table of Contents")]);
    let part = Node::new("w:docPartObj", &[]).with([gallery, Node::new("w:docPartUnique", &[])]);
    Node::new("w:sdtPr", &[]).with([part])
}

/// Figures and generated tables are locked against typing; words and rows are not.
fn tagged(tag: &str, label: &str, ids: &mut u32, last: Option<Node>) -> Node {
    *ids += 1;
    let locked = ["fig:", "item:", "block:"].iter().any(|verb| tag.starts_with(verb));
    let value = |name: &str, value: &str| Node::new(name, &[("w:val", value)]);
    let mut children = vec![
        value("w:alias", label),
        value("w:tag", tag),
        value("w:id", &(1000 + *ids).to_string()),
    ];
    children.extend(locked.then(|| value("w:lock", "contentLocked")));
    children.extend(last);
    Node::new("w:sdtPr", &[]).with(children)
}

/// The first row repeats on every page; a row of controls of a list becomes its sample row.
fn table(node: &mut Node, ids: &mut u32) {
    if let Some(properties) = node.child_mut("w:tblPr") {
        properties.children.retain(|child| {
            !matches!(child, Child::Node(own) if own.name == "w:jc" || own.name == "w:tblBorders")
        });
        let look = [
            ("w:val", "0020"),
            ("w:firstRow", "1"),
            ("w:lastRow", "0"),
            ("w:firstColumn", "0"),
            ("w:lastColumn", "0"),
            ("w:noHBand", "1"),
            ("w:noVBand", "1"),
        ];
        properties.children.push(Child::Node(Node::new("w:tblLook", &look)));
        name(properties);
    }
    let mut header = true;
    let children = std::mem::take(&mut node.children);
    for child in children {
        let Child::Node(mut row) = child else { continue };
        if row.name == "w:tr" {
            if header {
                repeat(&mut row);
                header = false;
            }
            if let Some((tag, label)) = list(&row) {
                row = sample(row, &tag, &label, ids);
            }
        }
        node.children.push(Child::Node(row));
    }
}

/// The label that came with the style is what a reader who cannot see the table is told.
fn name(properties: &mut Node) {
    let Some(style) = properties.child_mut("w:tblStyle") else { return };
    let Some((_, value)) = style.attributes.iter_mut().find(|(name, _)| name == "w:val") else {
        return;
    };
    let Some((id, label)) = value.split_once(SEPARATOR) else { return };
    let caption = Node::new("w:tblCaption", &[("w:val", label)]);
    *value = id.to_owned();
    properties.children.push(Child::Node(caption));
}

fn repeat(row: &mut Node) {
    if row.child("w:trPr").is_none() {
        row.children.insert(0, Child::Node(Node::new("w:trPr", &[])));
    }
    if let Some(properties) = row.child_mut("w:trPr") {
        properties.children.push(Child::Node(Node::new("w:tblHeader", &[])));
    }
}

/// The tag and label of the list that a row's controls belong to.
fn list(row: &Node) -> Option<(String, String)> {
    if row.name == "w:alias" {
        let mut parts = row.attribute("w:val")?.splitn(4, SEPARATOR).skip(2);
        return Some((parts.next()?.to_owned(), parts.next()?.to_owned()));
    }
    row.nodes().find_map(list)
}

/// A repeating section around its one item.
fn sample(row: Node, tag: &str, label: &str, ids: &mut u32) -> Node {
    let wrap = |properties: Node, inner: Node| {
        Node::new("w:sdt", &[]).with([properties, Node::new("w:sdtContent", &[]).with([inner])])
    };
    *ids += 1;
    let id = Node::new("w:id", &[("w:val", &*(1000 + *ids).to_string())]);
    let item = Node::new("w:sdtPr", &[]).with([id, Node::new("w15:repeatingSectionItem", &[])]);
    let section = tagged(tag, label, ids, Some(Node::new("w15:repeatingSection", &[])));
    wrap(section, wrap(item, row))
}

/// Readers that do not know repeating sections pass them over.
pub(super) fn with_word_2012(mut document: Node) -> Node {
    for (name, value) in &mut document.attributes {
        if name == "mc:Ignorable" {
            value.push_str(" w15");
        }
    }
    document
}
