//! One text into one control, at whatever level it stands.

use std::ops::Range;

use super::{
    control::{Control, LONGEST, Verb},
    data::{Level, NoticeKind},
    edits::Edits,
    fill::Filling,
    label::{in_table, label, short},
    piece,
    span::Tree,
    state::Slot,
    text::{apart, brief, clean, escape, run, text},
    track::{is_mark, is_ours},
};
use crate::english;

/// What a run holds that is nothing but text.
const TEXTUAL: &[&str] =
    &["rPr", "t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "lastRenderedPageBreak"];

/// The text a control should show.
pub(super) struct Wanted<'v> {
    pub slot: Slot,
    pub text: &'v str,
    pub title: &'v str,
}

/// Whose the text in a control is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The template's, or what we last wrote.
    Ours,
    Edited,
    /// All of it is marked as deleted.
    Deleted,
}

impl Filling<'_> {
    /// Brings a control's text up to date, unless somebody has typed in it.
    pub(super) fn scalar(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        wanted: Wanted<'_>,
        edits: &mut Edits,
    ) {
        let new = clean(wanted.text);
        let old = text(tree, control.content);
        match self.whose(tree, control, &wanted.slot, Some(&new)) {
            Whose::Ours => {}
            _ if control.verb == Verb::Seed => return,
            whose => return self.left_alone(tree, control, whose, &old, &new),
        }
        match wanted.title {
            "" => self.ready(tree, control, edits),
            title => {
                free(tree, control, edits);
                set_title(tree, control, title, edits);
            }
        }
        if old != new {
            let track = self.data.track.filter(|_| self.may_track(tree, control, &old));
            match track {
                Some(date) => self.write_tracked(tree, control, &old, &new, date, edits),
                None => write(tree, control, &new, edits),
            }
            let (_, row) = &wanted.slot;
            let what = match short(wanted.title) {
                "" => in_table(tree, control),
                title => Some(title.to_owned()),
            };
            let what = what.unwrap_or_else(|| label(tree, control));
            let row = (!row.is_empty()).then_some(row.as_str());
            self.changed(&control.tag, row, what, &old, &new);
        }
        self.remember(wanted.slot, &new);
    }

    pub(super) fn whose(
        &self,
        tree: &Tree<'_>,
        control: &Control,
        slot: &Slot,
        wanted: Option<&str>,
    ) -> Whose {
        if control.verb == Verb::Chart {
            return self.whose_chart(tree, control, wanted);
        }
        if self.nobody_typed() || tree.kid(control.properties, "showingPlcHdr").is_some() {
            return Whose::Ours;
        }
        let present = text(tree, control.content);
        if tree.below(control.content).any(|node| is_mark(tree, node) && !is_ours(tree, node)) {
            return if present.trim().is_empty() { Whose::Deleted } else { Whose::Edited };
        }
        let ours = match self.old.knows(slot, &present) {
            Some(known) => known || wanted.is_some_and(|wanted| wanted.trim() == present.trim()),
            None => control.verb != Verb::Seed || present.trim().is_empty(),
        };
        if ours { Whose::Ours } else { Whose::Edited }
    }

    /// Whether what is passed can hold no word of the lead's.
    pub(super) fn nobody_typed(&self) -> bool {
        self.first || self.fresh || self.untouched
    }

    pub(super) fn left_alone(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        whose: Whose,
        old: &str,
        new: &str,
    ) {
        let (kind, text) = if whose == Whose::Deleted {
            let (label, new) = (label(tree, control), brief(new, 60));
            let text =
                format!("{label} is marked as deleted and stays so; it would now read “{new}”");
            (NoticeKind::Deleted, text)
        } else {
            let (old, new) = apart(old, new, 90);
            let text = format!("“{old}” was typed by hand and stays; it would now read “{new}”");
            (NoticeKind::Edited, text)
        };
        self.notice(kind, tree, control.node, &control.tag, &text);
    }

    /// Makes a control show what is ours: nothing hides it, and its title says what it rests on.
    pub(super) fn ready(&self, tree: &Tree<'_>, control: &Control, edits: &mut Edits) {
        free(tree, control, edits);
        if let Some(rests) = self.data.rests.get(&control.tag) {
            let label = label(tree, control);
            let title = if rests.is_empty() { label } else { format!("{label}: {rests}") };
            set_title(tree, control, &english::capital(&title), edits);
        }
    }
}

/// Takes off what would hide our text: the mark of placeholder text, and a
/// binding, whose stored value wins over the text when the document is opened.
pub(super) fn free(tree: &Tree<'_>, control: &Control, edits: &mut Edits) {
    for property in tree.kids(control.properties) {
        let local = tree.name(property).rsplit(':').next().unwrap_or_default();
        if matches!(local, "showingPlcHdr" | "dataBinding") {
            edits.remove(tree.span(property));
        }
    }
}

fn set_title(tree: &Tree<'_>, control: &Control, title: &str, edits: &mut Edits) {
    let title = fitting(&clean(title));
    if title.is_empty() {
        return;
    }
    let (name, val) = (tree.prefixes.name("alias"), tree.prefixes.name("val"));
    let element = format!("<{name} {val}=\"{}\"/>", escape(&title));
    match tree.kid(control.properties, "alias") {
        Some(old) if tree.attribute(old, "val").is_some_and(|old| old == title) => {}
        Some(old) => edits.replace(tree.span(old), element),
        None => piece::insert_property(tree, control.properties, &["rPr"], element, edits),
    }
}

/// A title as Word takes it: of one that is too long the label is cut, not whom it covers and what it rests on.
fn fitting(title: &str) -> String {
    match title.split_once(": ") {
        Some((label, rest)) if title.chars().count() > LONGEST => {
            let room = LONGEST.saturating_sub(rest.chars().count() + 2);
            brief(&format!("{}: {rest}", brief(label, room.max(12))), LONGEST)
        }
        _ => brief(title, LONGEST),
    }
}

/// Replaces the text of a control. Only runs that are nothing but text go;
/// comments, bookmarks, notes and pictures stay.
fn write(tree: &Tree<'_>, control: &Control, text: &str, edits: &mut Edits) {
    write_as(tree, control, |prefix, format| run(prefix, format, text), edits);
}

/// The same with what `made` makes of prefix and format in the place of the text.
pub(super) fn write_as(
    tree: &Tree<'_>,
    control: &Control,
    made: impl FnOnce(&str, &str) -> String,
    edits: &mut Edits,
) {
    let content = control.content;
    let prefix = tree.prefixes.written();
    if control.level == Level::Run {
        let runs = text_runs(tree, content);
        let new = made(prefix, &format_of(tree, control, &runs));
        return replace_runs(tree, content, tree.inner(content).start, &runs, new, edits);
    }
    let Some(first) = tree.below(content).find(|node| tree.is(*node, "p")) else {
        let new = made(prefix, &format_of(tree, control, &[]));
        let (p, tc) = (tree.prefixes.name("p"), tree.prefixes.name("tc"));
        let paragraph = format!("<{p}>{new}</{p}>");
        return match control.level {
            Level::Cell => {
                piece::set_inner(tree, content, format!("<{tc}>{paragraph}</{tc}>"), edits);
            }
            Level::Block => piece::set_inner(tree, content, paragraph, edits),
            // A row without a cell has no place for a text.
            Level::Run | Level::Row => {}
        };
    };
    let runs = text_runs(tree, first);
    let home = tree.parent(first);
    let siblings: Vec<usize> =
        tree.kids(home).filter(|kid| *kid > first && tree.is(*kid, "p")).collect();
    let mut all = runs.clone();
    all.extend(siblings.iter().flat_map(|paragraph| text_runs(tree, *paragraph)));
    let new = made(prefix, &format_of(tree, control, &all));
    let behind = tree.kid(first, "pPr").map_or(tree.inner(first).start, |it| tree.span(it).end);
    replace_runs(tree, first, behind, &runs, new, edits);
    for paragraph in siblings {
        if holds_only_text(tree, paragraph) {
            edits.remove(tree.span(paragraph));
        } else {
            for run in text_runs(tree, paragraph) {
                edits.remove(tree.span(run));
            }
        }
    }
}

/// The new run takes the place of the first of `runs`, or goes to `empty`.
fn replace_runs(
    tree: &Tree<'_>,
    holder: usize,
    empty: usize,
    runs: &[usize],
    new: String,
    edits: &mut Edits,
) {
    match runs {
        [] if tree.is_closed(holder) => piece::set_inner(tree, holder, new, edits),
        [] => edits.insert(empty, new),
        [first, rest @ ..] => {
            edits.replace(tree.span(*first), new);
            for run in rest {
                edits.remove(tree.span(*run));
            }
        }
    }
}

/// The runs below a node that are nothing but text, and stand in no control
/// or paragraph of their own; tracked changes of ours are among them.
fn text_runs(tree: &Tree<'_>, holder: usize) -> Vec<usize> {
    let mut runs = vec![];
    let Range { start: mut node, end } = tree.below(holder);
    while node < end {
        let textual = |kid| tree.word(kid).is_some_and(|local| TEXTUAL.contains(&local));
        match tree.word(node) {
            Some("r") => {
                if tree.kids(node).all(textual) {
                    runs.push(node);
                }
                node = tree.after(node);
            }
            // A tracked change of ours that nobody has decided on goes with the text it is about.
            Some("ins" | "del") if is_ours(tree, node) => {
                runs.push(node);
                node = tree.after(node);
            }
            Some("sdt" | "pPr" | "txbxContent") => node = tree.after(node),
            _ => node += 1,
        }
    }
    runs
}

fn holds_only_text(tree: &Tree<'_>, paragraph: usize) -> bool {
    let runs = text_runs(tree, paragraph);
    tree.kids(paragraph).all(|kid| match tree.word(kid) {
        Some("pPr") => tree.kid(kid, "sectPr").is_none(),
        Some("proofErr") => true,
        _ => runs.contains(&kid),
    })
}

/// The format of the first run that is no placeholder, else that of the control.
fn format_of(tree: &Tree<'_>, control: &Control, runs: &[usize]) -> String {
    let plain = |format: &usize| {
        let style = tree.kid(*format, "rStyle").and_then(|style| tree.attribute(style, "val"));
        style.is_none_or(|style| style != "PlaceholderText")
    };
    let run = |unit: &usize| match tree.word(*unit) {
        Some("r") => Some(*unit),
        _ => tree.kid(*unit, "r"),
    };
    let of_runs = runs.iter().filter_map(run).map(|run| tree.kid(run, "rPr"));
    // A run without a format of its own is an answer too.
    for format in of_runs {
        match format {
            None => return String::new(),
            Some(format) if plain(&format) => return tree.source(format).to_owned(),
            Some(_) => {}
        }
    }
    let own = tree.kid(control.properties, "rPr").filter(plain);
    own.map(|format| tree.source(format).to_owned()).unwrap_or_default()
}
