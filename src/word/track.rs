//! A changed text as a tracked change, for the lead to accept or reject in Word.

use jiff::civil::Date;

use super::{
    control::{Control, Verb},
    data::Level,
    edits::Edits,
    fill::Filling,
    scalar::write_as,
    span::Tree,
    text::run,
};

/// Whose the change is in Word's margin.
const AUTHOR: &str = "lathe";

/// Whether a node marks a tracked change of text.
pub(super) fn is_mark(tree: &Tree<'_>, node: usize) -> bool {
    tree.word(node).is_some_and(|local| matches!(local, "ins" | "del" | "moveFrom" | "moveTo"))
}

/// Whether a tracked change is ours, and not yet decided on.
pub(super) fn is_ours(tree: &Tree<'_>, node: usize) -> bool {
    tree.attribute(node, "author").is_some_and(|author| author == AUTHOR)
}

impl Filling<'_> {
    /// Word shows a tracked change in a control of rich text only: in one of plain text other programs run the two
    /// texts together. What is new or says no more than which run it was is not worth a decision.
    pub(super) fn may_track(&self, tree: &Tree<'_>, control: &Control, old: &str) -> bool {
        let bare = |name| tree.kid(control.properties, name).is_none();
        !self.first
            && !self.fresh
            && !old.trim().is_empty()
            && control.level != Level::Row
            && control.verb != Verb::Seed
            && bare("text")
            && bare("showingPlcHdr")
            && !self.data.stamps.contains(&control.tag)
    }

    /// Strikes out what was there before any change nobody has decided on, and inserts the new text behind it.
    pub(super) fn write_tracked(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        old: &str,
        new: &str,
        date: Date,
        edits: &mut Edits,
    ) {
        let mut struck = tree
            .below(control.content)
            .filter(|node| tree.is(*node, "del") && is_ours(tree, *node))
            .map(|del| deleted(tree, del))
            .collect::<String>();
        if struck.is_empty() {
            old.clone_into(&mut struck);
        }
        // Word lets nobody decide on a change within a locked control.
        if let Some(lock) = tree.kid(control.properties, "lock") {
            edits.remove(tree.span(lock));
        }
        if struck == new {
            return write_as(tree, control, |prefix, format| run(prefix, format, new), edits);
        }
        let ids = ["del", "ins"]
            .map(|what| self.ids.mark(&format!("{what}/{}/{}/{new}", control.tag, control.node)));
        let made = |prefix: &str, format: &str| {
            let [del, ins] = ids.map(|id| {
                format!(
                    " {prefix}:id=\"{id}\" {prefix}:author=\"{AUTHOR}\" {prefix}:date=\"{date}T00:00:00Z\""
                )
            });
            let text = |tag: &str| (format!("<{prefix}:{tag} "), format!("</{prefix}:{tag}>"));
            let ((open, close), (open_deleted, close_deleted)) = (text("t"), text("delText"));
            let gone = run(prefix, format, &struck)
                .replace(&open, &open_deleted)
                .replace(&close, &close_deleted);
            let come = run(prefix, format, new);
            format!(
                "<{prefix}:del{del}>{gone}</{prefix}:del><{prefix}:ins{ins}>{come}</{prefix}:ins>"
            )
        };
        write_as(tree, control, made, edits);
    }
}

/// The text that a tracked deletion strikes out.
fn deleted(tree: &Tree<'_>, del: usize) -> String {
    let text = |node| match tree.word(node) {
        Some("delText") => super::text::plain(tree.inner_source(node)),
        Some("tab") => String::from("\t"),
        Some("br") => String::from("\n"),
        _ => String::new(),
    };
    tree.below(del).map(text).collect()
}
