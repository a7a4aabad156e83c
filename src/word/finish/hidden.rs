//! What Word does not show: hidden text, hidden rows, and the passages that do not apply.

use std::collections::BTreeSet;

use super::super::{
    control::{Control, Verb},
    data::Level,
    span::Tree,
};

/// The styles whose text is hidden.
#[derive(Debug, Default)]
pub(super) struct Hidden(BTreeSet<String>);

impl Hidden {
    pub(super) fn of(styles: Option<&Tree<'_>>) -> Hidden {
        let Some(tree) = styles else { return Hidden::default() };
        let styles = tree.below(0).filter(|node| tree.is(*node, "style"));
        let hidden = styles.filter(|style| {
            tree.kid(*style, "rPr").and_then(|format| vanish(tree, format)) == Some(true)
        });
        Hidden(
            hidden
                .filter_map(|style| tree.attribute(style, "styleId"))
                .map(|id| id.into_owned())
                .collect(),
        )
    }

    /// The nodes that go with all that is in them.
    pub(super) fn gone(
        &self,
        tree: &Tree<'_>,
        notes: &BTreeSet<(String, String)>,
    ) -> BTreeSet<usize> {
        let mut gone = BTreeSet::new();
        let mut node = 1;
        while node < tree.len() {
            if self.is_gone(tree, node, notes) {
                gone.insert(node);
                node = tree.after(node);
            } else {
                node += 1;
            }
        }
        // A table without rows is none.
        for table in tree.below(0).filter(|node| tree.is(*node, "tbl")) {
            let mut rows = tree.below(table).filter(|node| tree.is(*node, "tr")).peekable();
            let has_rows = rows.peek().is_some();
            let within = |row: usize| {
                gone.contains(&row) || tree.ancestors(row).any(|up| gone.contains(&up))
            };
            if has_rows && rows.all(within) {
                gone.insert(table);
            }
        }
        gone
    }

    fn is_gone(&self, tree: &Tree<'_>, node: usize, notes: &BTreeSet<(String, String)>) -> bool {
        match tree.word(node) {
            Some("sdt") => Control::at(tree, node, Level::Block).is_some_and(|control| {
                control.verb == Verb::Passage
                    && control.mark.is_some()
                    && control.level != Level::Cell
            }),
            Some("r") => self.hides_run(tree, node),
            Some("p") => self.hides_paragraph(tree, node),
            Some("tr") => {
                let row = tree.kid(node, "trPr").and_then(|row| tree.kid(row, "hidden"));
                row.is_some_and(|row| is_on(tree, row))
            }
            Some(kind @ ("footnote" | "endnote")) => {
                let id = tree.attribute(node, "id").unwrap_or_default().into_owned();
                notes.contains(&(kind.to_owned(), id))
            }
            _ => false,
        }
    }

    fn hides_run(&self, tree: &Tree<'_>, run: usize) -> bool {
        let format = tree.kid(run, "rPr");
        if let Some(own) = format.and_then(|format| vanish(tree, format)) {
            return own;
        }
        let style = format.and_then(|format| tree.kid(format, "rStyle"));
        let paragraph = tree.ancestors(run).find(|up| tree.is(*up, "p"));
        let around = paragraph
            .and_then(|paragraph| tree.kid(paragraph, "pPr"))
            .and_then(|format| tree.kid(format, "pStyle"));
        [style, around].into_iter().flatten().any(|style| self.is_hidden_style(tree, style))
    }

    /// A paragraph goes when its own mark is hidden and all its text with it.
    fn hides_paragraph(&self, tree: &Tree<'_>, paragraph: usize) -> bool {
        let Some(format) = tree.kid(paragraph, "pPr") else { return false };
        let mark = tree.kid(format, "rPr").and_then(|format| vanish(tree, format));
        let styled =
            tree.kid(format, "pStyle").is_some_and(|style| self.is_hidden_style(tree, style));
        let last_of_section = tree.kid(format, "sectPr").is_some();
        let mut runs = tree.below(paragraph).filter(|node| tree.is(*node, "r"));
        mark.unwrap_or(styled) && !last_of_section && runs.all(|run| self.hides_run(tree, run))
    }

    fn is_hidden_style(&self, tree: &Tree<'_>, style: usize) -> bool {
        tree.attribute(style, "val").is_some_and(|style| self.0.contains(style.as_ref()))
    }

    /// The footnotes and endnotes to which only what is gone refers.
    pub(super) fn notes(
        &self,
        tree: &Tree<'_>,
        gone: &BTreeSet<usize>,
    ) -> BTreeSet<(String, String)> {
        let mut notes = BTreeSet::new();
        for node in gone.iter().flat_map(|node| tree.below(*node)) {
            let kind = match tree.word(node) {
                Some("footnoteReference") => "footnote",
                Some("endnoteReference") => "endnote",
                _ => continue,
            };
            let id = tree.attribute(node, "id").unwrap_or_default().into_owned();
            notes.insert((kind.to_owned(), id));
        }
        notes
    }
}

/// Whether a format hides its text; none when it does not say.
fn vanish(tree: &Tree<'_>, format: usize) -> Option<bool> {
    tree.kid(format, "vanish").map(|vanish| is_on(tree, vanish))
}

fn is_on(tree: &Tree<'_>, switch: usize) -> bool {
    tree.attribute(switch, "val").is_none_or(|value| !matches!(&*value, "0" | "false" | "off"))
}
