//! What a document remembers of its last fill, in a custom XML part of its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter,
    sync::Arc,
};

use super::{
    data::Identity,
    span::{Prefixes, Tree},
    text::{Hash, escape, hash},
};

pub(super) const NAMESPACE: &str = "urn:lathe:state:1";

/// How many of the texts last written under a tag are known again. One tag
/// may stand before many passages, each with words of its own.
const HISTORY: usize = 8;
const PASSAGES: usize = 64;

/// A control's tag and, in a list, its row.
pub(super) type Slot = (String, String);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    pub identity: Option<Identity>,
    /// In how many places each tag stood.
    pub places: BTreeMap<String, usize>,
    /// Hashes of the texts last written, the newest first. A control that shows
    /// another text was edited by hand.
    pub written: BTreeMap<Slot, Vec<Hash>>,
    /// The hash of what each block was last built as.
    pub built: BTreeMap<String, Hash>,
    /// The keys that each list had, by its tag. A row of these that is not in
    /// its table was taken out by hand.
    pub rows: BTreeMap<String, BTreeSet<String>>,
    /// Sample rows by mark, as the template had them.
    pub samples: BTreeMap<String, Arc<str>>,
    /// The content of hidden passages by mark.
    pub hidden: BTreeMap<String, Arc<str>>,
    /// Hashes of what the template itself says with a number in it, outside our controls: nobody's to correct.
    pub printed: BTreeSet<Hash>,
    /// Figures that were replaced and that the lead's own words still quote, the newest first.
    pub replaced: Vec<Replaced>,
}

/// A number of a text of ours that has been replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replaced {
    /// The text it stood in: a control, a row's, or a cell of a table.
    pub place: String,
    /// Which of the numbers of the text it was.
    pub at: usize,
    pub old: String,
    pub new: String,
}

impl State {
    /// None when it is not ours or is damaged.
    pub(super) fn parse(xml: &str) -> Option<State> {
        let prefixes = Prefixes::usual();
        let tree = Tree::piece(xml.trim_start_matches('\u{feff}'), &prefixes).ok()?;
        let root = tree.kids(0).next()?;
        let attribute = |node, name| tree.attribute(node, name).map(|value| value.into_owned());
        let identity = attribute(root, "kind")
            .zip(attribute(root, "project"))
            .map(|(kind, project)| Identity { kind, project });
        let mut state = State { identity, ..State::default() };
        for node in tree.kids(root) {
            let text = || super::text::plain(tree.inner_source(node));
            let local = tree.name(node).rsplit(':').next().unwrap_or_default();
            match local {
                "place" => {
                    let count = attribute(node, "count")?.parse().ok()?;
                    state.places.insert(attribute(node, "tag")?, count);
                }
                "text" => {
                    let slot = (attribute(node, "tag")?, String::new());
                    let written = attribute(node, "written")?;
                    let hashes = written.split(' ').filter_map(Hash::read).collect();
                    state.written.insert(slot, hashes);
                }
                "block" => {
                    let (tag, built) = (attribute(node, "tag")?, attribute(node, "built")?);
                    state.built.extend(Hash::read(&built).map(|built| (tag, built)));
                }
                "printed" => {
                    let of = attribute(node, "of")?;
                    state.printed = of.split(' ').filter_map(Hash::read).collect();
                }
                "list" => state.take_list(&tree, node)?,
                "was" => state.replaced.push(Replaced {
                    place: attribute(node, "place")?,
                    at: attribute(node, "at")?.parse().ok()?,
                    old: attribute(node, "old")?,
                    new: attribute(node, "new")?,
                }),
                "sample" => {
                    state.samples.insert(attribute(node, "mark")?, text().into());
                }
                "passage" => {
                    state.hidden.insert(attribute(node, "mark")?, text().into());
                }
                _ => {}
            }
        }
        Some(state)
    }

    pub(super) fn xml(&self) -> String {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<state xmlns=\"{NAMESPACE}\""
        );
        if let Some(Identity { kind, project }) = &self.identity {
            let (kind, project) = (escape(kind), escape(project));
            xml.push_str(&format!(" kind=\"{kind}\" project=\"{project}\""));
        }
        xml.push('>');
        for (tag, count) in &self.places {
            xml.push_str(&format!("<place tag=\"{}\" count=\"{count}\"/>", escape(tag)));
        }
        for ((tag, _), written) in self.written.iter().filter(|(slot, _)| !is_item(slot)) {
            xml.push_str(&format!(
                "<text tag=\"{}\" written=\"{}\"/>",
                escape(tag),
                joined(written, " ")
            ));
        }
        for (tag, built) in &self.built {
            xml.push_str(&format!("<block tag=\"{}\" built=\"{built}\"/>", escape(tag)));
        }
        if !self.printed.is_empty() {
            xml.push_str(&format!("<printed of=\"{}\"/>", joined(&self.printed, " ")));
        }
        self.lists_xml(&mut xml);
        for Replaced { place, at, old, new } in &self.replaced {
            let [place, old, new] = [place, old, new].map(|text| escape(text));
            xml.push_str(&format!(
                "<was place=\"{place}\" at=\"{at}\" old=\"{old}\" new=\"{new}\"/>"
            ));
        }
        for (name, kept) in [("sample", &self.samples), ("passage", &self.hidden)] {
            for (mark, content) in kept {
                let content = escape(content).replace('\r', "&#13;");
                xml.push_str(&format!("<{name} mark=\"{mark}\">{content}</{name}>"));
            }
        }
        xml.push_str("</state>");
        xml
    }

    /// The rows of each list, and what was written in their controls in the order of the list's columns. A long
    /// table would fill the state if each cell named itself.
    fn lists_xml(&self, xml: &mut String) {
        let mut lists: BTreeMap<&str, ListTexts<'_>> = BTreeMap::new();
        for (list, keys) in &self.rows {
            let own = lists.entry(list).or_default();
            own.rows.extend(keys.iter().map(|key| (key.as_str(), BTreeMap::new())));
        }
        for ((name, key), written) in self.written.iter().filter(|(slot, _)| is_item(slot)) {
            let Some((list, item)) = name.rsplit_once('/') else { continue };
            let own = lists.entry(list).or_default();
            own.items.insert(item);
            own.rows.entry(key).or_default().insert(item, written);
        }
        for (list, ListTexts { items, rows }) in &lists {
            xml.push_str(&format!("<list tag=\"{}\">", escape(list)));
            for item in items {
                xml.push_str(&format!("<item tag=\"{}\"/>", escape(item)));
            }
            let standing = self.rows.get(*list);
            for (key, texts) in rows {
                let texts: Vec<String> = items
                    .iter()
                    .map(|item| {
                        texts.get(item).map_or_else(|| String::from("-"), |own| joined(*own, ","))
                    })
                    .collect();
                // Written once, but none of the rows that should be there.
                let gone = standing.is_none_or(|keys| !keys.contains(*key));
                let gone = if gone { " gone=\"1\"" } else { "" };
                let (key, texts) = (escape(key), texts.join(" "));
                xml.push_str(&format!("<row key=\"{key}\"{gone} texts=\"{texts}\"/>"));
            }
            xml.push_str("</list>");
        }
    }

    fn take_list(&mut self, tree: &Tree<'_>, node: usize) -> Option<()> {
        let attribute = |node, name| tree.attribute(node, name).map(|value| value.into_owned());
        let list = attribute(node, "tag")?;
        let named = |node, name: &str| tree.name(node).rsplit(':').next() == Some(name);
        let items: Vec<String> = tree
            .kids(node)
            .filter(|kid| named(*kid, "item"))
            .map(|kid| attribute(kid, "tag"))
            .collect::<Option<_>>()?;
        let standing = self.rows.entry(list.clone()).or_default();
        for row in tree.kids(node).filter(|kid| named(*kid, "row")) {
            let key = attribute(row, "key")?;
            let texts = attribute(row, "texts")?;
            for (item, hashes) in items.iter().zip(texts.split(' ')).filter(|(_, own)| *own != "-")
            {
                let hashes = hashes.split(',').filter_map(Hash::read).collect();
                self.written.insert((format!("{list}/{item}"), key.clone()), hashes);
            }
            if attribute(row, "gone").is_none() {
                standing.insert(key);
            }
        }
        Some(())
    }

    /// What a fill begins with that brings this up to date. The texts written stay here: it holds those that it changes.
    pub(super) fn begun(&self) -> State {
        State {
            identity: self.identity.clone(),
            places: BTreeMap::new(),
            written: BTreeMap::new(),
            built: self.built.clone(),
            rows: self.rows.clone(),
            samples: self.samples.clone(),
            hidden: self.hidden.clone(),
            printed: self.printed.clone(),
            replaced: self.replaced.clone(),
        }
    }

    /// Takes over the texts written that this has not changed since `before`.
    pub(super) fn keep_written(&mut self, before: State) {
        let mut written = before.written;
        written.append(&mut self.written);
        self.written = written;
    }

    /// Whether all that counts is as in the state it was begun with when a document is to be left as it is: not what only
    /// says by which run it was written, nor which replaced figures are still quoted.
    pub(super) fn is_but_for(&self, stamps: &BTreeSet<String>, before: &State) -> bool {
        let State {
            identity,
            places,
            written,
            built,
            rows,
            samples,
            hidden,
            printed: _,
            replaced: _,
        } = self;
        let mut counting = written.iter().filter(|((tag, _), _)| !stamps.contains(tag));
        *identity == before.identity
            && *places == before.places
            && *built == before.built
            && *rows == before.rows
            && *samples == before.samples
            && *hidden == before.hidden
            && counting.all(|(slot, written)| before.written.get(slot) == Some(written))
    }

    /// Whether we have written to a control that this text.
    pub(super) fn knows(&self, slot: &Slot, text: &str) -> Option<bool> {
        let written = self.written.get(slot)?;
        Some(written.contains(&hash(text)))
    }

    /// Puts a text before those that are known of a control, here or `before`.
    pub(super) fn remember(&mut self, before: &State, slot: Slot, text: &str) {
        let hash = hash(text);
        let most = if slot.0.starts_with("if:") { PASSAGES } else { HISTORY };
        let known = self.written.get(&slot).or_else(|| before.written.get(&slot));
        let known = known.map_or(&[][..], Vec::as_slice);
        // Several places share the slot of a passage; their order must settle.
        if known.first() == Some(&hash) || most == PASSAGES && known.contains(&hash) {
            return;
        }
        let others = known.iter().copied().filter(|other| *other != hash);
        let written = iter::once(hash).chain(others).take(most).collect();
        self.written.insert(slot, written);
    }

    /// Leaves out the hidden passages that neither stand in the document nor in one that does.
    pub(super) fn keep_hidden(&mut self, standing: &[String]) {
        let mut kept: BTreeMap<String, Arc<str>> = BTreeMap::new();
        let mut open: Vec<String> = standing.to_vec();
        while let Some(mark) = open.pop() {
            if kept.contains_key(&mark) {
                continue;
            }
            if let Some(content) = self.hidden.get(&mark) {
                let within = self.hidden.keys().filter(|other| content.contains(other.as_str()));
                open.extend(within.cloned());
                kept.insert(mark, content.clone());
            }
        }
        self.hidden = kept;
    }
}

/// The columns of a list, and by the key of a row what was written in them.
#[derive(Default)]
struct ListTexts<'s> {
    items: BTreeSet<&'s str>,
    rows: BTreeMap<&'s str, BTreeMap<&'s str, &'s Vec<Hash>>>,
}

fn joined<'h>(hashes: impl IntoIterator<Item = &'h Hash>, between: &str) -> String {
    hashes.into_iter().map(Hash::to_string).collect::<Vec<_>>().join(between)
}

/// Whether a text is that of a control in a row.
fn is_item(slot: &Slot) -> bool {
    slot.0.contains("/item:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_comes_back_as_it_was() {
        let mut state = State {
            identity: Some(Identity { kind: "business-case".to_owned(), project: "H".to_owned() }),
            ..State::default()
        };
        let before = State::default();
        state.places.insert("fig:a\"b".to_owned(), 2);
        state.remember(&before, ("fig:a".to_owned(), String::new()), "one");
        state.remember(&before, ("fig:a".to_owned(), String::new()), "two");
        state.remember(&before, ("each:s/item:x".to_owned(), "K<1>".to_owned()), "one");
        state.built.insert("block:t".to_owned(), hash("t"));
        state.remember(&before, ("each:s/item:y z".to_owned(), "K<1>".to_owned()), "three");
        state.remember(&before, ("each:s/item:y z".to_owned(), String::new()), "–");
        state.rows.insert("each:s".to_owned(), ["K<1>".to_owned(), "L".to_owned()].into());
        state.rows.insert("each:none".to_owned(), BTreeSet::new());
        state.replaced.push(Replaced {
            place: "fig:a".to_owned(),
            at: 0,
            old: "£1".to_owned(),
            new: "£2".to_owned(),
        });
        state.samples.insert("ab".to_owned(), "<w:tr>\r\n a &amp; b</w:tr>".into());
        state.hidden.insert("cd".to_owned(), " <w:p/> ".into());
        assert_eq!(State::parse(&state.xml()), Some(state));
    }
}
