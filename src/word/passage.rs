//! Passages that come and go. What is hidden is kept in the state, so that it can come back.

use super::{
    control::{self, Control, Verb},
    data::{Level, NoticeKind},
    drawing,
    edits::Edits,
    fill::{Filling, Scope, item_slot},
    label::label,
    piece,
    refusal::{Refusal, damaged},
    sample::key_of,
    scalar::{Whose, free},
    span::{Prefixes, Tree},
    state::Slot,
    text::{brief, hash, residue, text},
};

/// What is known of the words of a passage, in controls and between them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// All are as they were written, in the passages within it too.
    Ours,
    /// In the controls they are; what stood between them is not remembered.
    Unknown,
    Touched,
}

impl Filling<'_> {
    pub(super) fn passage(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        scope: Scope<'_>,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        let shown = self.data.passages.get(&control.tag).copied();
        if shown.is_none() {
            self.no_value(tree, control);
        }
        match &control.mark {
            None => {
                let words = self.words_of(tree, control);
                if shown != Some(false) {
                    return self.fill_passage(tree, control, words, scope, edits);
                }
                if words == Words::Touched {
                    let words = brief(&text(tree, control.content), 60);
                    let text = format!(
                        "the passage “{words}” no longer applies, but holds words typed by hand and stays"
                    );
                    self.notice(NoticeKind::Edited, tree, control.node, &control.tag, &text);
                    return self.fill_passage(tree, control, Words::Touched, scope, edits);
                }
                self.hide(tree, control, edits)
            }
            Some(mark) if shown == Some(true) => self.show(tree, control, mark, scope, edits),
            Some(mark) => {
                self.standing.push(mark.clone());
                Ok(())
            }
        }
    }

    fn fill_passage(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        words: Words,
        scope: Scope<'_>,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        if words != Words::Touched {
            edits.mark(tree.span(control.node).start);
        }
        let untouched = self.untouched || words == Words::Ours;
        let before = std::mem::replace(&mut self.untouched, untouched);
        let walked = self.walk(tree, tree.below(control.content), scope, edits);
        self.untouched = before;
        walked
    }

    fn hide(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        for node in tree.below(control.content) {
            if let Some(within) = Control::at(tree, node, Level::Run) {
                self.remember_present(tree, &within);
                self.standing.extend(within.mark);
            }
        }
        // A chart is drawn anew when it comes back: until then its parts are gone.
        let (nodes, inner) = (tree.below(control.content), tree.inner(control.content));
        let charts = drawing::runs_of_charts(tree, control.content);
        let kept = piece::keep(tree, nodes, inner, &charts)?;
        let mark = hash(&kept).to_string();
        self.new.hidden.insert(mark.clone(), kept.into());
        self.standing.push(mark.clone());
        let (what, old) = (label(tree, control), text(tree, control.content));
        self.changed(&control.tag, None, what, &old, "");
        piece::set_tag(tree, control.node, &control::marked(&control.tag, &mark), edits);
        piece::set_inner(tree, control.content, nothing(tree, control)?, edits);
        Ok(())
    }

    fn show(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        mark: &str,
        scope: Scope<'_>,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        let tag = &control.tag;
        let placeholder = tree.kid(control.properties, "showingPlcHdr").is_some();
        let typed = if placeholder { String::new() } else { text(tree, control.content) };
        let kept = self.new.hidden.get(mark).cloned();
        let (true, Some(kept)) = (typed.trim().is_empty(), kept) else {
            self.standing.push(mark.to_owned());
            let text = if typed.trim().is_empty() {
                let label = label(tree, control);
                format!(
                    "{label} applies again, but its words are no longer known; take them from the template"
                )
            } else {
                let typed = brief(&typed, 60);
                let label = label(tree, control);
                format!("{label} applies again, but “{typed}” was typed in its place and stays")
            };
            self.notice(NoticeKind::Edited, tree, control.node, tag, &text);
            return Ok(());
        };
        let prefixes: &Prefixes = &tree.prefixes;
        let kept = prefixes.put_on(kept.to_string())?;
        let kept = Tree::piece(&kept, prefixes)?;
        let xml = piece::put_back(&kept, &mut self.ids, &format!("{tag}/{mark}"))?;
        let piece = Tree::piece(&xml, prefixes)?;
        let mut within = Edits::default();
        let inside = Scope { level: control.level, ..scope };
        self.walk_new(&piece, inside, &mut within)?;
        let (inner, marks) = within.splice_range(&xml, 0..xml.len()).ok_or_else(damaged)?;
        let filled = Tree::piece(&inner, prefixes)?;
        self.remember_passages(&filled, &marks)?;
        self.remember((tag.clone(), String::new()), &words_between(&filled, 0));
        self.changed(tag, None, label(tree, control), "", &text(&filled, 0));
        free(tree, control, edits);
        piece::set_tag(tree, control.node, tag, edits);
        piece::set_inner(tree, control.content, inner, edits);
        Ok(())
    }

    /// Whose words stand in a passage, in its controls and between them.
    fn words_of(&self, tree: &Tree<'_>, control: &Control) -> Words {
        if self.first || self.untouched {
            return Words::Ours;
        }
        let slot = (control.tag.clone(), String::new());
        let known = self.old.knows(&slot, &words_between(tree, control.content));
        if known == Some(false) {
            return Words::Touched;
        }
        let mut leaves =
            tree.below(control.content).filter_map(|node| Control::leaf_at(tree, node));
        let touched = leaves.any(|leaf| {
            let slot = slot_of(tree, &leaf);
            // A row of which nothing is remembered was added by hand.
            let added = leaf.verb == Verb::Item && !self.old.written.contains_key(&slot);
            let beside = leaf.verb == Verb::Chart
                && drawing::Drawing::within(tree, leaf.content).is_some()
                && !text(tree, leaf.content).trim().is_empty();
            added || beside || self.whose(tree, &leaf, &slot, None) != Whose::Ours
        });
        match known {
            _ if touched => Words::Touched,
            Some(_) => Words::Ours,
            None => Words::Unknown,
        }
    }

    /// Remembers the words of the passages that start at some marks, one that stands in another before it.
    pub(super) fn remember_passages(
        &mut self,
        tree: &Tree<'_>,
        marks: &[usize],
    ) -> Result<(), Refusal> {
        let passage = |at: &usize| Control::at(tree, tree.starting(*at)?, Level::Run);
        let passages = marks.iter().map(passage).collect::<Option<Vec<_>>>();
        let mut passages = passages.ok_or_else(damaged)?;
        passages.sort_by_key(|passage| tree.span(passage.node).end);
        for passage in passages {
            let words = words_between(tree, passage.content);
            self.remember((passage.tag, String::new()), &words);
        }
        Ok(())
    }
}

/// Where the text of a control is remembered, in a list or not.
pub(super) fn slot_of(tree: &Tree<'_>, control: &Control) -> Slot {
    if control.verb != Verb::Item {
        return (control.tag.clone(), String::new());
    }
    let key = tree.ancestors(control.node).find_map(|up| key_of(tree, up));
    let mut around =
        tree.ancestors(control.node).filter_map(|up| Control::at(tree, up, Level::Run));
    let list = around.find(|up| up.verb == Verb::List).map(|list| list.tag);
    item_slot(&list.unwrap_or_default(), &control.tag, &key.unwrap_or_default())
}

/// What is in a passage beside the texts that are ours to write.
pub(super) fn words_between(tree: &Tree<'_>, node: usize) -> String {
    residue(tree, node, |at| Control::leaf_at(tree, at).is_some())
}

/// The least a control may hold at its level, taking as little room as Word allows.
fn nothing(tree: &Tree<'_>, control: &Control) -> Result<String, Refusal> {
    let paragraph = "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" \
                     w:lineRule=\"exact\"/><w:rPr><w:vanish/><w:sz w:val=\"2\"/></w:rPr></w:pPr></w:p>";
    let xml = match control.level {
        Level::Run => "<w:r><w:t></w:t></w:r>".to_owned(),
        Level::Block => paragraph.to_owned(),
        Level::Cell => format!("<w:tc>{paragraph}</w:tc>"),
        Level::Row => {
            format!("<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph}</w:tc></w:tr>")
        }
    };
    Ok(tree.prefixes.put_on(xml)?)
}
