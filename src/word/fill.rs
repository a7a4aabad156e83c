//! One pass over a document's controls, in which each is given to whoever fills its kind.

use std::{collections::BTreeSet, ops::Range};

use super::{
    chart::Charts,
    control::{self, Control, Verb},
    data::{Change, Data, Level, Names, Notice, NoticeKind, Text},
    edits::Edits,
    outline::{Headings, nearby},
    package::Place,
    piece::{Ids, id_element},
    refusal::Refusal,
    scalar::Wanted,
    span::Tree,
    state::{Slot, State},
    text::is_fallback,
};

/// A fill under way.
pub(super) struct Filling<'d> {
    pub data: &'d Data,
    pub names: Option<&'d Names<'d>>,
    /// What the document remembers of its last fill.
    pub old: State,
    /// What it will remember of this one: of the texts written, as yet only those that are not as they were.
    pub new: State,
    /// Nothing was ever filled in: every text is still the template's.
    pub first: bool,
    pub ids: Ids,
    pub charts: Charts,
    pub headings: Headings,
    /// Where the part that is passed belongs.
    pub place: Place,
    /// The last heading passed.
    pub heading: String,
    /// While set, nothing is reported: what happens is part of something that is.
    pub silent: bool,
    /// While set, every text is the template's: it stands in a row or passage
    /// that was not there before.
    pub fresh: bool,
    /// While set, every text is known to be as it was written: it stands in a passage in which nobody typed.
    pub untouched: bool,
    pub changes: Vec<Change>,
    pub notices: Vec<Notice>,
    /// The marks of the hidden passages that stand in the document.
    pub standing: Vec<String>,
    /// Ids of the controls passed.
    pub passed: BTreeSet<i64>,
    /// Tags whose value is missing, each said once.
    pub unknown: BTreeSet<String>,
}

/// Where in the document a pass goes.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    /// The level of a control that stands in nothing.
    pub level: Level,
    pub row: Option<Row<'s>>,
}

/// The row whose controls are filled.
#[derive(Clone, Copy)]
pub(super) struct Row<'s> {
    /// The tag of its list.
    pub list: &'s str,
    /// Its key as its tag has it.
    pub key: &'s str,
    pub texts: RowTexts<'s>,
}

#[derive(Clone, Copy)]
pub(super) enum RowTexts<'s> {
    Of(&'s std::collections::BTreeMap<String, String>),
    /// Every control shows a dash.
    Dashes,
    /// The controls stay as they are.
    Kept,
}

/// What a control shows that has nothing to show.
pub(super) const DASH: &str = "–";

impl Filling<'_> {
    /// Collects the edits for every control of ours among `nodes`.
    pub(super) fn walk(
        &mut self,
        tree: &Tree<'_>,
        nodes: Range<usize>,
        scope: Scope<'_>,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        let mut node = nodes.start;
        while node < nodes.end {
            if is_fallback(tree, node) {
                let silent = std::mem::replace(&mut self.silent, true);
                self.walk(tree, tree.below(node), scope, edits)?;
                self.silent = silent;
                node = tree.after(node);
                continue;
            }
            match tree.word(node) {
                Some("p") => {
                    if let Some(heading) = self.headings.heading(tree, node) {
                        self.heading = heading;
                    }
                }
                Some("sdt") => {
                    let ours = Control::at(tree, node, scope.level);
                    self.check_id(tree, node, ours.is_some(), edits);
                    if let Some(control) = ours {
                        self.control(tree, &control, scope, edits)?;
                        node = tree.after(node);
                        continue;
                    }
                }
                _ => {}
            }
            node += 1;
        }
        Ok(())
    }

    fn control(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        scope: Scope<'_>,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        let data = self.data;
        let tag = control.tag.as_str();
        match control.verb {
            Verb::List => match data.lists.get(tag) {
                Some(items) => return self.list(tree, control, items, scope, edits),
                None => self.no_value(tree, control),
            },
            Verb::Block => match data.blocks.get(tag) {
                Some(blocks) => self.block(tree, control, blocks, edits)?,
                None => self.no_value(tree, control),
            },
            Verb::Chart => match data.charts.get(tag) {
                Some(chart) => self.chart(tree, control, chart, edits)?,
                None => self.no_value(tree, control),
            },
            Verb::Passage => return self.passage(tree, control, scope, edits),
            Verb::Text | Verb::Seed | Verb::Item => {
                if self.holds_another(tree, control) {
                    let text = "holds another of lathe's controls and cannot take a text";
                    self.notice(NoticeKind::Misplaced, tree, control.node, tag, text);
                    return self.walk(tree, tree.below(control.content), scope, edits);
                }
                self.text(tree, control, scope, edits);
            }
        }
        Ok(())
    }

    fn text(&mut self, tree: &Tree<'_>, control: &Control, scope: Scope<'_>, edits: &mut Edits) {
        let data = self.data;
        let tag = control.tag.as_str();
        let slot = (tag.to_owned(), String::new());
        let named: Option<Text>;
        let wanted = match control.verb {
            Verb::Item => match scope.row {
                Some(row) => return self.item(tree, control, row, edits),
                None => {
                    let text = "stands outside the rows of a list";
                    return self.notice(NoticeKind::Misplaced, tree, control.node, tag, text);
                }
            },
            Verb::Seed => {
                data.seeds.get(tag).map(|text| Wanted { slot, text: text.as_str(), title: "" })
            }
            _ => {
                named = match self.names {
                    Some(names) if !data.texts.contains_key(tag) => (names.text)(tag),
                    _ => None,
                };
                let value = data.texts.get(tag).or(named.as_ref());
                value.map(|value| Wanted {
                    slot,
                    text: value.text.as_str(),
                    title: value.title.as_str(),
                })
            }
        };
        match wanted {
            Some(wanted) => self.scalar(tree, control, wanted, edits),
            None => self.no_value(tree, control),
        }
    }

    fn item(&mut self, tree: &Tree<'_>, control: &Control, row: Row<'_>, edits: &mut Edits) {
        let slot = item_slot(row.list, &control.tag, row.key);
        let text = match row.texts {
            RowTexts::Kept => return,
            RowTexts::Dashes => DASH,
            RowTexts::Of(texts) => {
                let column = control.tag.split_once(':').map_or("", |(_, column)| column);
                match texts.get(column) {
                    Some(text) if text.trim().is_empty() => DASH,
                    Some(text) => text,
                    None => {
                        let tag = format!("{} in {}", control.tag, row.list);
                        self.unknown_value(tree, control.node, &tag);
                        DASH
                    }
                }
            }
        };
        self.scalar(tree, control, Wanted { slot, text, title: "" }, edits);
    }

    /// Keeps what is there, as the template's, and says so once.
    pub(super) fn no_value(&mut self, tree: &Tree<'_>, control: &Control) {
        self.remember_present(tree, control);
        self.unknown_value(tree, control.node, &control.tag);
    }

    fn unknown_value(&mut self, tree: &Tree<'_>, node: usize, tag: &str) {
        // A document filled with nothing is looked at, not reported on.
        if !self.data.is_empty() && self.unknown.insert(tag.to_owned()) {
            let text = "there is nothing of this name, so it was left as it is";
            self.notice(NoticeKind::Unknown, tree, node, tag, text);
        }
    }

    /// What a control shows that nobody has filled yet is the template's.
    pub(super) fn remember_present(&mut self, tree: &Tree<'_>, control: &Control) {
        let slot = (control.tag.clone(), String::new());
        let is_known = [&self.old, &self.new].iter().any(|own| own.written.contains_key(&slot));
        if !is_known && matches!(control.verb, Verb::Text | Verb::Seed | Verb::Block) {
            self.remember(slot, &super::text::text(tree, control.content));
        }
    }

    pub(super) fn remember(&mut self, slot: Slot, text: &str) {
        self.new.remember(&self.old, slot, text);
    }

    fn holds_another(&self, tree: &Tree<'_>, control: &Control) -> bool {
        tree.below(control.content).any(|node| Control::at(tree, node, Level::Run).is_some())
    }

    /// Word throws away all controls of one id but the last: a copy made
    /// outside Word gets an id of its own.
    pub(super) fn check_id(&mut self, tree: &Tree<'_>, sdt: usize, ours: bool, edits: &mut Edits) {
        let Some((node, id)) = control::id(tree, sdt) else { return };
        if !self.silent && !self.passed.insert(id) && ours {
            let fresh = self.ids.control(&format!("copy of {id}"));
            self.passed.insert(fresh);
            edits.replace(tree.span(node), id_element(&tree.prefixes, fresh));
        }
    }

    pub(super) fn changed(
        &mut self,
        tag: &str,
        row: Option<&str>,
        what: String,
        old: &str,
        new: &str,
    ) {
        if !self.silent {
            self.changes.push(Change {
                tag: tag.to_owned(),
                row: row.map(str::to_owned),
                what,
                old: old.to_owned(),
                new: new.to_owned(),
                heading: self.heading.clone(),
            });
        }
    }

    pub(super) fn notice(
        &mut self,
        kind: NoticeKind,
        tree: &Tree<'_>,
        node: usize,
        tag: &str,
        text: &str,
    ) {
        if self.silent {
            return;
        }
        let near = nearby(tree, node);
        let heading = self.heading.clone();
        // Whoever reads of a slip in a template needs the tag and its surroundings; a lead knows neither tags nor
        // needs more than the words themselves.
        let text = match kind {
            NoticeKind::Unknown | NoticeKind::Misplaced => {
                format!("{tag}, under “{heading}”, near “{near}”: {text}.")
            }
            _ => format!("Under “{heading}”: {text}."),
        };
        self.notices.push(Notice { kind, tag: tag.to_owned(), heading, near, text });
    }

    /// Collects the edits for a piece that is new to the document. It is
    /// reported as a whole, so nothing in it is.
    pub(super) fn walk_new(
        &mut self,
        tree: &Tree<'_>,
        scope: Scope<'_>,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        let silent = std::mem::replace(&mut self.silent, true);
        let fresh = std::mem::replace(&mut self.fresh, true);
        let untouched = std::mem::replace(&mut self.untouched, false);
        let walked = self.walk(tree, tree.below(0), scope, edits);
        self.silent = silent;
        self.fresh = fresh;
        self.untouched = untouched;
        walked
    }
}

/// Where the text of a row's control is remembered.
pub(super) fn item_slot(list: &str, item: &str, key: &str) -> (String, String) {
    (format!("{list}/{item}"), key.to_owned())
}
