//! A sample row, repeated for each item. A row keeps its own XML for as long
//! as its key is returned, so that what the lead typed in it follows it.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use super::{
    control::{self, Control, Verb},
    data::{Item, NoticeKind},
    edits::Edits,
    fill::{Filling, Row, RowTexts, Scope, item_slot},
    label::label,
    piece,
    refusal::{Refusal, damaged},
    sample::{cells, is_row, key_of, row_key, row_tag, sample_of},
    scalar::{Wanted, Whose},
    span::{Prefixes, Tree},
    text::{brief, hash, residue, text},
};

/// What a row says whose item is gone and which the lead's words keep.
const GONE: &str = " (no longer returned)";

/// The rows that stay, as XML, each behind the row of ours it follows.
#[derive(Default)]
struct Standing {
    /// Before the first row of ours.
    head: String,
    /// By key: the row, and what follows it.
    rows: BTreeMap<String, (String, String)>,
    /// The key of the last row of ours.
    last: Option<String>,
    /// Whether there is any row at all.
    any: bool,
    /// The row of dashes, if it is there and still ours.
    dashes: Option<String>,
}

impl Standing {
    fn follow(&mut self, xml: &str) {
        let last = self.last.as_ref().and_then(|key| self.rows.get_mut(key));
        match last {
            Some((_, tail)) => tail.push_str(xml),
            None => self.head.push_str(xml),
        }
    }
}

/// A list under way.
struct List<'l> {
    tag: &'l str,
    /// What it is called.
    label: String,
    /// By the key that stands in the row's tag.
    items: BTreeMap<String, &'l Item>,
    /// In the order of the data.
    order: Vec<String>,
    /// The row to copy.
    sample: &'l Tree<'l>,
    mark: String,
}

impl Filling<'_> {
    pub(super) fn list(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        items: &[Item],
        scope: Scope<'_>,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        let kept = control.mark.as_ref().and_then(|mark| self.new.samples.get(mark));
        let sample = match kept.cloned() {
            Some(sample) => sample,
            None => Arc::from(sample_of(tree, control)?),
        };
        if sample.is_empty() {
            let text = "has no sample row";
            self.notice(NoticeKind::Misplaced, tree, control.node, &control.tag, text);
            return Ok(());
        }
        let mark = hash(&sample).to_string();
        self.new.samples.insert(mark.clone(), sample.clone());
        let sample = tree.prefixes.put_on(sample.to_string())?;
        let sample = Tree::piece(&sample, &tree.prefixes)?;
        let mut list = List {
            tag: &control.tag,
            label: label(tree, control),
            items: BTreeMap::new(),
            order: vec![],
            sample: &sample,
            mark: mark.clone(),
        };
        for item in items {
            let mut key = row_key(&item.key);
            while key.is_empty() || list.items.contains_key(&key) {
                key.push('+');
            }
            list.items.insert(key.clone(), item);
            list.order.push(key);
        }

        let mut standing = self.standing_rows(tree, control, &list, scope)?;
        let mut inner = std::mem::take(&mut standing.head);
        // A row that we wrote and that is not there was taken out by hand.
        let was_here = control.mark.is_some() && !self.fresh;
        let before = self.old.rows.get(list.tag).filter(|_| was_here).cloned().unwrap_or_default();
        self.new.rows.insert(control.tag.clone(), list.order.iter().cloned().collect());
        for key in &list.order {
            let item = list.items[key];
            match standing.rows.remove(key) {
                Some((row, tail)) => {
                    inner.push_str(&row);
                    inner.push_str(&tail);
                }
                None if before.contains(key) => {
                    let words = item.texts.values().map(String::as_str).collect::<Vec<_>>();
                    let words = brief(&words.join(" "), 60);
                    let text = format!("the row “{words}” was taken out by hand and stays out");
                    self.notice(NoticeKind::Deleted, tree, control.node, &control.tag, &text);
                }
                None => {
                    let texts = RowTexts::Of(&item.texts);
                    let row = self.new_row(&list, key, texts, scope)?;
                    inner.push_str(&row);
                    standing.any = true;
                }
            }
        }
        if !standing.any {
            let row = match standing.dashes.take() {
                Some(row) => row,
                None => self.new_row(&list, "", RowTexts::Dashes, scope)?,
            };
            inner.push_str(&row);
        }
        self.ready(tree, control, edits);
        if control.mark.as_ref() != Some(&mark) {
            let tag = control::marked(&control.tag, &mark);
            piece::set_tag(tree, control.node, &tag, edits);
        }
        piece::set_inner(tree, control.content, inner, edits);
        Ok(())
    }

    /// What stands in the list now, with its figures brought up to date.
    fn standing_rows(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        list: &List<'_>,
        scope: Scope<'_>,
    ) -> Result<Standing, Refusal> {
        let mut standing = Standing::default();
        let fresh = control.mark.is_none();
        let samples: Vec<usize> = if fresh { self.sample_rows(tree, control) } else { vec![] };
        let ours = self.ours_of_doubles(tree, control, list);
        let mut done = tree.inner(control.content).start;
        for unit in tree.kids(control.content) {
            let between = &tree.xml[done..tree.span(unit).start];
            done = tree.span(unit).end;
            if samples.contains(&unit) {
                continue;
            }
            standing.follow(between);
            let key = key_of(tree, unit);
            let kept = |key| Row { list: list.tag, key, texts: RowTexts::Kept };
            match key.as_deref() {
                Some("") if !self.is_touched(tree, unit, list, "") => {
                    let row = Row { list: list.tag, key: "", texts: RowTexts::Dashes };
                    let xml = self.row(tree, unit, row, scope, Edits::default())?;
                    standing.dashes = Some(xml);
                }
                Some(key) if !key.is_empty() && ours.get(key) == Some(&unit) => {
                    match list.items.get(key) {
                        Some(item) => {
                            let row = Row { list: list.tag, key, texts: RowTexts::Of(&item.texts) };
                            let xml = self.row(tree, unit, row, scope, Edits::default())?;
                            standing.rows.insert(key.to_owned(), (xml, String::new()));
                            standing.last = Some(key.to_owned());
                            standing.any = true;
                        }
                        None if self.is_touched(tree, unit, list, key) => {
                            let mut edits = Edits::default();
                            self.mark_gone(tree, unit, list, key, &mut edits);
                            let xml = self.row(tree, unit, kept(key), scope, edits)?;
                            standing.follow(&xml);
                            standing.any = true;
                        }
                        None => {
                            let (what, old) = (label(tree, control), cells(tree, unit));
                            self.changed(list.tag, Some(key), what, &old, "");
                        }
                    }
                }
                _ if key.is_some() || is_row(tree, unit) => {
                    let mut edits = Edits::default();
                    let tag = tree.kid(unit, "sdtPr").and_then(|it| tree.kid(it, "tag"));
                    if let Some(tag) = tag.filter(|_| key.is_some()) {
                        edits.remove(tree.span(tag));
                    }
                    let words = brief(&cells(tree, unit), 60);
                    let text = format!("the row “{words}” was added by hand and stays");
                    self.notice(NoticeKind::RowAdded, tree, unit, list.tag, &text);
                    let xml = self.row(tree, unit, kept(""), scope, edits)?;
                    standing.follow(&xml);
                    standing.any = true;
                }
                _ => standing.follow(tree.source(unit)),
            }
        }
        standing.follow(&tree.xml[done..tree.inner(control.content).end]);
        Ok(standing)
    }

    /// The rows that are the template's, in a list that was never filled.
    fn sample_rows(&self, tree: &Tree<'_>, control: &Control) -> Vec<usize> {
        let rows = tree.kids(control.content).filter(|unit| is_row(tree, *unit));
        let wrapped = tree.kids(control.content).any(|unit| tree.is(unit, "sdt"));
        // In a document that was filled before, rows beside the sample are the lead's.
        if self.first || !wrapped { rows.collect() } else { rows.take(1).collect() }
    }

    /// Of rows with one key (Word's "+" copies a row with its tag), the one
    /// that shows the most of what we wrote, else the first.
    fn ours_of_doubles(
        &self,
        tree: &Tree<'_>,
        control: &Control,
        list: &List<'_>,
    ) -> BTreeMap<String, usize> {
        let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for unit in tree.kids(control.content) {
            if let Some(key) = key_of(tree, unit) {
                rows.entry(key).or_default().push(unit);
            }
        }
        let ours = rows.into_iter().map(|(key, mut doubles)| {
            if doubles.len() > 1 {
                let known = |unit: &usize| self.texts_of_ours(tree, *unit, list.tag, &key);
                doubles.sort_by_cached_key(|unit| Reverse(known(unit)));
            }
            (key, doubles[0])
        });
        ours.collect()
    }

    /// How many of a row's controls show what we wrote in them.
    fn texts_of_ours(&self, tree: &Tree<'_>, unit: usize, list: &str, key: &str) -> usize {
        let known = items_of(tree, unit).filter(|control| {
            let slot = item_slot(list, &control.tag, key);
            tree.kid(control.properties, "showingPlcHdr").is_none()
                && self.old.knows(&slot, &text(tree, control.content)) == Some(true)
        });
        known.count()
    }

    fn row(
        &mut self,
        tree: &Tree<'_>,
        unit: usize,
        row: Row<'_>,
        scope: Scope<'_>,
        mut edits: Edits,
    ) -> Result<String, Refusal> {
        if tree.is(unit, "sdt") {
            self.check_id(tree, unit, true, &mut edits);
        }
        let scope = Scope { row: Some(row), ..scope };
        self.walk(tree, tree.below(unit), scope, &mut edits)?;
        let (xml, marks) = edits.splice_range(tree.xml, tree.span(unit)).ok_or_else(damaged)?;
        if !marks.is_empty() {
            self.remember_passages(&Tree::piece(&xml, &tree.prefixes)?, &marks)?;
        }
        Ok(xml)
    }

    fn new_row(
        &mut self,
        list: &List<'_>,
        key: &str,
        texts: RowTexts<'_>,
        scope: Scope<'_>,
    ) -> Result<String, Refusal> {
        let prefixes: &Prefixes = &list.sample.prefixes;
        let seed = format!("{}/{}/{key}", list.tag, list.mark);
        let xml = piece::put_back(list.sample, &mut self.ids, &seed)?;
        let sample = Tree::piece(&xml, prefixes)?;
        let mut edits = Edits::default();
        if let Some(sdt) = sample.kids(0).next() {
            piece::set_tag(&sample, sdt, &row_tag(key), &mut edits);
        }
        let row = Row { list: list.tag, key, texts };
        self.walk_new(&sample, Scope { row: Some(row), ..scope }, &mut edits)?;
        let (xml, marks) = edits.splice_range(&xml, 0..xml.len()).ok_or_else(damaged)?;
        let filled = Tree::piece(&xml, prefixes)?;
        self.remember_passages(&filled, &marks)?;
        self.passed.extend(
            filled.below(0).filter_map(|node| control::id(&filled, node)).map(|(_, id)| id),
        );
        self.changed(list.tag, Some(key), list.label.clone(), "", &cells(&filled, 0));
        Ok(xml)
    }

    /// Whether the lead typed anything in a row, in a control or beside them.
    fn is_touched(&self, tree: &Tree<'_>, unit: usize, list: &List<'_>, key: &str) -> bool {
        let beside = |tree: &Tree<'_>, unit| {
            let words = residue(tree, unit, |node| Control::leaf_at(tree, node).is_some());
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        beside(tree, unit) != beside(list.sample, 0) || self.is_edited(tree, unit, list.tag, key)
    }

    fn is_edited(&self, tree: &Tree<'_>, unit: usize, list: &str, key: &str) -> bool {
        let mut items = items_of(tree, unit);
        items.any(|control| {
            let slot = item_slot(list, &control.tag, key);
            self.whose(tree, &control, &slot, None) != Whose::Ours
        })
    }

    /// Says in the row's first control of ours that its item is gone.
    fn mark_gone(
        &mut self,
        tree: &Tree<'_>,
        unit: usize,
        list: &List<'_>,
        key: &str,
        edits: &mut Edits,
    ) {
        let words = brief(&cells(tree, unit), 60);
        let kept = format!("the row “{words}” is no longer returned; your words in it keep it");
        self.notice(NoticeKind::RowKept, tree, unit, list.tag, &kept);
        let mut items = items_of(tree, unit);
        let ours = items.find(|control| {
            let slot = item_slot(list.tag, &control.tag, key);
            self.whose(tree, control, &slot, None) == Whose::Ours
        });
        if let Some(control) = ours {
            let slot = item_slot(list.tag, &control.tag, key);
            let present = text(tree, control.content);
            let marked = format!("{}{GONE}", present.trim_end_matches(GONE));
            self.scalar(tree, &control, Wanted { slot, text: &marked, title: "" }, edits);
        }
    }
}

fn items_of<'t>(tree: &'t Tree<'_>, unit: usize) -> impl Iterator<Item = Control> + 't {
    let leaves = tree.below(unit).filter_map(|node| Control::leaf_at(tree, node));
    leaves.filter(|control| control.verb == Verb::Item)
}
