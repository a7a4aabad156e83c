//! What a document remembers of its last fill, in a custom XML part of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    data::Identity,
    span::{Prefixes, Tree},
    text::{escape, hash},
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
    pub written: BTreeMap<Slot, Vec<String>>,
    /// The hash of what each block was last built as.
    pub built: BTreeMap<String, String>,
    /// The keys that each list had, by its tag. A row of these that is not in
    /// its table was taken out by hand.
    pub rows: BTreeMap<String, BTreeSet<String>>,
    /// Sample rows by mark, as the template had them.
    pub samples: BTreeMap<String, String>,
    /// The content of hidden passages by mark.
    pub hidden: BTreeMap<String, String>,
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
                    let slot =
                        (attribute(node, "tag")?, attribute(node, "row").unwrap_or_default());
                    let written = attribute(node, "written")?;
                    let hashes = written.split(' ').map(str::to_owned).collect();
                    state.written.insert(slot, hashes);
                }
                "block" => {
                    state.built.insert(attribute(node, "tag")?, attribute(node, "built")?);
                }
                "row" => {
                    let rows = state.rows.entry(attribute(node, "list")?).or_default();
                    rows.insert(attribute(node, "key")?);
                }
                "sample" => {
                    state.samples.insert(attribute(node, "mark")?, text());
                }
                "passage" => {
                    state.hidden.insert(attribute(node, "mark")?, text());
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
        for ((tag, row), written) in &self.written {
            let (tag, row, written) = (escape(tag), escape(row), written.join(" "));
            let row = if row.is_empty() { row } else { format!(" row=\"{row}\"") };
            xml.push_str(&format!("<text tag=\"{tag}\"{row} written=\"{written}\"/>"));
        }
        for (tag, built) in &self.built {
            xml.push_str(&format!("<block tag=\"{}\" built=\"{built}\"/>", escape(tag)));
        }
        for (list, keys) in &self.rows {
            let list = escape(list);
            for key in keys {
                xml.push_str(&format!("<row list=\"{list}\" key=\"{}\"/>", escape(key)));
            }
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

    /// Whether we have written to a control that this text.
    pub(super) fn knows(&self, slot: &Slot, text: &str) -> Option<bool> {
        let hash = hash(text);
        self.written.get(slot).map(|written| written.contains(&hash))
    }

    pub(super) fn remember(&mut self, slot: Slot, text: &str) {
        let hash = hash(text);
        let most = if slot.0.starts_with("if:") { PASSAGES } else { HISTORY };
        let written = self.written.entry(slot).or_default();
        if most == PASSAGES && written.contains(&hash) {
            // Several places share the slot; their order must settle.
            return;
        }
        written.retain(|known| *known != hash);
        written.insert(0, hash);
        written.truncate(most);
    }

    /// Leaves out the hidden passages that neither stand in the document nor in one that does.
    pub(super) fn keep_hidden(&mut self, standing: &[String]) {
        let mut kept: BTreeMap<String, String> = BTreeMap::new();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_comes_back_as_it_was() {
        let mut state = State {
            identity: Some(Identity { kind: "business-case".to_owned(), project: "H".to_owned() }),
            ..State::default()
        };
        state.places.insert("fig:a\"b".to_owned(), 2);
        state.remember(("fig:a".to_owned(), String::new()), "one");
        state.remember(("fig:a".to_owned(), String::new()), "two");
        state.remember(("each:s/item:x".to_owned(), "K<1>".to_owned()), "one");
        state.built.insert("block:t".to_owned(), "00".to_owned());
        state.rows.insert("each:s".to_owned(), ["K<1>".to_owned()].into());
        state.samples.insert("ab".to_owned(), "<w:tr>\r\n a &amp; b</w:tr>".to_owned());
        state.hidden.insert("cd".to_owned(), " <w:p/> ".to_owned());
        assert_eq!(State::parse(&state.xml()), Some(state));
    }
}
