//! What a control is called where people read of it: never by its tag.

use super::{control::Control, span::Tree, text::text};

/// The title on the control's handle without coverage and references, else its tag in words.
pub(super) fn label(tree: &Tree<'_>, control: &Control) -> String {
    let alias = tree.kid(control.properties, "alias");
    let title = alias.and_then(|alias| tree.attribute(alias, "val")).unwrap_or_default();
    match short(&title) {
        "" => of_tag(&control.tag),
        title => title.to_owned(),
    }
}

/// A title up to its first colon.
pub(super) fn short(title: &str) -> &str {
    title.split(": ").next().unwrap_or_default().trim()
}

/// "the figure revenue gross controllable".
pub(super) fn of_tag(tag: &str) -> String {
    let (verb, name) = tag.split_once(':').unwrap_or(("", tag));
    let noun = match verb {
        "fig" => "the figure",
        "say" => "the sentence",
        "once" => "the text",
        "each" => "the rows of",
        "block" => "the table",
        "chart" => "the chart",
        "if" => "the passage",
        _ => "the text",
    };
    format!("{noun} {}", name.replace(['.', '_', '-'], " "))
}

/// The row and column of a control in a table's row: "Uniform, Ends"; the column alone in a row's first cell.
pub(super) fn in_table(tree: &Tree<'_>, control: &Control) -> Option<String> {
    let row = tree.ancestors(control.node).find(|up| tree.is(*up, "tr"))?;
    let table = tree.ancestors(row).find(|up| tree.is(*up, "tbl"))?;
    let cells = cells(tree, row);
    let at = cells.iter().position(|cell| (*cell..tree.after(*cell)).contains(&control.node))?;
    let heading = tree.below(table).find(|node| tree.is(*node, "tr")).filter(|first| *first != row);
    let column = heading.and_then(|heading| {
        let heading = self::cells(tree, heading).get(at).copied()?;
        Some(line(tree, heading))
    });
    let first = cells.first().filter(|_| at > 0).map(|cell| line(tree, *cell));
    let parts: Vec<String> =
        first.into_iter().chain(column).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The cells of a row, whatever they are wrapped in.
pub(super) fn cells(tree: &Tree<'_>, row: usize) -> Vec<usize> {
    let mut cells = vec![];
    let mut node = row + 1;
    while node < tree.after(row) {
        if tree.is(node, "tc") {
            cells.push(node);
            node = tree.after(node);
        } else {
            node += 1;
        }
    }
    cells
}

/// The text of a node on one line.
pub(super) fn line(tree: &Tree<'_>, node: usize) -> String {
    text(tree, node).split_whitespace().collect::<Vec<_>>().join(" ")
}
