//! Room between a table and the words straight after it: a table leaves none of its own.

use super::{
    style::AFTER_TABLE,
    tree::{Child, Node},
};

/// Gives every paragraph of body text that may follow a table the style with room above. `after` says whether a table
/// stands straight before; gives whether one stands at the end.
pub(super) fn after_tables(content: &mut Node, after: bool) -> bool {
    let mut after = after;
    // The last passage, and how it was before it: of `if:shares` and `if:no_shares` but one is shown.
    let mut last = (String::new(), after);
    for child in &mut content.children {
        let Child::Node(node) = child else { continue };
        match &*node.name {
            "w:tbl" => after = true,
            "w:p" => {
                if after {
                    set_apart(node);
                }
                after = false;
            }
            "w:sdt" => {
                let tag = tag(node);
                let Some(inner) = node.child_mut("w:sdtContent") else { continue };
                after = match tag.split_once(':') {
                    Some(("block", _)) => {
                        after_tables(inner, after);
                        true
                    }
                    Some(("if", name)) => {
                        let before =
                            if name.strip_prefix("no_") == Some(&last.0) { last.1 } else { after };
                        last = (name.to_owned(), after);
                        // Hidden, it leaves what was before it.
                        after_tables(inner, before) || after
                    }
                    _ => after_tables(inner, after),
                };
            }
            _ => {}
        }
    }
    after
}

fn tag(control: &Node) -> String {
    let tag = control.child("w:sdtPr").and_then(|own| own.child("w:tag"));
    tag.and_then(|tag| tag.attribute("w:val")).unwrap_or_default().to_owned()
}

fn set_apart(paragraph: &mut Node) {
    let style = paragraph.child_mut("w:pPr").and_then(|own| own.child_mut("w:pStyle"));
    let value = style.and_then(|style| {
        style.attributes.iter_mut().find(|(name, _)| name == "w:val").map(|(_, value)| value)
    });
    if let Some(value) = value.filter(|value| *value == "BodyText") {
        AFTER_TABLE.clone_into(value);
    }
}
