//! An XML part as a tree of byte spans.

use std::{borrow::Cow, ops::Range};

use quick_xml::{Reader, escape, events::Event, events::attributes::Attributes};

use super::edits::Edits;

/// WordprocessingML, as Word writes it by default.
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The same in a document saved as Strict Open XML.
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// Walking a part that is nested deeper than any document could exhaust the stack.
const DEEPEST: usize = 1_000;

/// Room for more elements than this is not made at once, whatever a part may look like.
const MOST: usize = 65_536;

/// The prefixes under which a part knows WordprocessingML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prefixes {
    read: Vec<String>,
    /// Attributes need one, so it is never empty.
    write: String,
}

/// A part or a piece of one.
#[derive(Debug)]
pub(super) struct Tree<'x> {
    pub xml: &'x str,
    pub prefixes: Cow<'x, Prefixes>,
    nodes: Vec<Node>,
}

/// An element. Nodes stand in the order of the document, so the nodes of a
/// subtree stand together: from the node to `after`.
#[derive(Clone, Copy, Debug)]
struct Node {
    start: usize,
    /// Where the start tag ends.
    inner: usize,
    /// Where the end tag starts.
    close: usize,
    end: usize,
    name_end: usize,
    /// Where the local name starts; none when it is not WordprocessingML.
    local: Option<usize>,
    parent: usize,
    after: usize,
}

/// Why a part cannot be walked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    Strict,
    NotWord,
    Damaged,
}

impl Prefixes {
    pub(super) fn usual() -> Prefixes {
        Prefixes { read: vec!["w".to_owned()], write: "w".to_owned() }
    }

    /// A name as the part writes it.
    pub(super) fn name(&self, local: &str) -> String {
        format!("{}:{local}", self.write)
    }

    pub(super) fn written(&self) -> &str {
        &self.write
    }

    fn local<'n>(&self, name: &'n str) -> Option<&'n str> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        self.read.iter().any(|known| known == prefix).then_some(local)
    }
}

impl<'x> Tree<'x> {
    /// A whole part. Its prefixes are those its root declares.
    pub(super) fn part(xml: &'x str) -> Result<Tree<'x>, Unfit> {
        let mut tree = Tree::parse(xml, Prefixes { read: vec![], write: String::new() })?;
        let root = tree.kids(0).next().ok_or(Unfit::Damaged)?;
        let mut prefixes = Prefixes { read: vec![], write: String::new() };
        for (name, value) in tree.attributes(root) {
            let prefix = match name.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                None if name == "xmlns" => "",
                _ => continue,
            };
            match value.as_ref() {
                STRICT => return Err(Unfit::Strict),
                MAIN => prefixes.read.push(prefix.to_owned()),
                _ => {}
            }
        }
        let write = prefixes.read.iter().find(|prefix| !prefix.is_empty()).cloned();
        prefixes.write = write.ok_or(Unfit::NotWord)?;
        tree.prefixes = Cow::Owned(prefixes);
        tree.find_locals();
        Ok(tree)
    }

    /// A piece of a part, with the prefixes of the part.
    pub(super) fn piece(xml: &'x str, prefixes: &'x Prefixes) -> Result<Tree<'x>, Unfit> {
        let mut tree = Tree::parse(xml, Prefixes { read: vec![], write: String::new() })?;
        tree.prefixes = Cow::Borrowed(prefixes);
        tree.find_locals();
        Ok(tree)
    }

    fn find_locals(&mut self) {
        for at in 1..self.nodes.len() {
            let local = self.prefixes.local(self.name(at)).map(str::len);
            self.nodes[at].local = local.map(|length| self.nodes[at].name_end - length);
        }
    }

    fn parse(xml: &'x str, prefixes: Prefixes) -> Result<Tree<'x>, Unfit> {
        let mut reader = Reader::from_str(xml);
        let whole = Node {
            start: 0,
            inner: 0,
            close: xml.len(),
            end: xml.len(),
            name_end: 0,
            local: None,
            parent: 0,
            after: 0,
        };
        // Each element has one tag that starts it: to make room for them at once saves moving them about.
        let tags = memchr::memchr_iter(b'<', xml.as_bytes()).count();
        let ends = memchr::memmem::find_iter(xml.as_bytes(), "</").count();
        let mut nodes = Vec::with_capacity((tags - ends + 1).min(MOST));
        nodes.push(whole);
        let mut open = vec![0];
        loop {
            let start = position(&reader)?;
            let event = reader.read_event().map_err(|_| Unfit::Damaged)?;
            let end = position(&reader)?;
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let parent = *open.last().ok_or(Unfit::Damaged)?;
                    let name_end = start + 1 + tag.name().as_ref().len();
                    let after = nodes.len() + 1;
                    let local = None;
                    let node =
                        Node { start, inner: end, close: end, end, name_end, local, parent, after };
                    if !xml[..end].ends_with("/>") {
                        open.push(nodes.len());
                    }
                    nodes.push(node);
                }
                Event::End(_) => {
                    let node = open.pop().filter(|node| *node > 0).ok_or(Unfit::Damaged)?;
                    let after = nodes.len();
                    nodes[node].close = start;
                    nodes[node].end = end;
                    nodes[node].after = after;
                }
                Event::DocType(_) => return Err(Unfit::Damaged),
                Event::Decl(decl) => {
                    if let Some(encoding) = decl.encoding()
                        && !encoding.is_ok_and(|name| name.eq_ignore_ascii_case("utf-8"))
                    {
                        return Err(Unfit::Damaged);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
            if open.len() > DEEPEST {
                return Err(Unfit::Damaged);
            }
        }
        if open.len() != 1 {
            return Err(Unfit::Damaged);
        }
        nodes[0].after = nodes.len();
        Ok(Tree { xml, prefixes: Cow::Owned(prefixes), nodes })
    }

    /// The number of nodes, of which 0 is the text as a whole.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn parent(&self, node: usize) -> usize {
        self.nodes[node].parent
    }

    /// The first node behind the subtree.
    pub(super) fn after(&self, node: usize) -> usize {
        self.nodes[node].after
    }

    pub(super) fn kids(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[node].after;
        let first = (node + 1 < end).then_some(node + 1);
        std::iter::successors(first, move |kid| {
            Some(self.nodes[*kid].after).filter(|next| *next < end)
        })
    }

    pub(super) fn kid(&self, node: usize, local: &str) -> Option<usize> {
        self.kids(node).find(|kid| self.is(*kid, local))
    }

    /// Every node below, in the order of the document.
    pub(super) fn below(&self, node: usize) -> Range<usize> {
        node + 1..self.nodes[node].after
    }

    pub(super) fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> {
        let parent = |node: &usize| Some(self.nodes[*node].parent).filter(|up| up != node);
        std::iter::successors(parent(&node), parent)
    }

    /// The name as it is written, with its prefix.
    pub(super) fn name(&self, node: usize) -> &'x str {
        let at = &self.nodes[node];
        self.xml.get(at.start + 1..at.name_end).unwrap_or_default()
    }

    /// The local name of an element of WordprocessingML.
    pub(super) fn word(&self, node: usize) -> Option<&'x str> {
        let local = self.nodes[node].local?;
        self.xml.get(local..self.nodes[node].name_end)
    }

    pub(super) fn is(&self, node: usize, local: &str) -> bool {
        self.word(node) == Some(local)
    }

    /// From the start tag's start to the end tag's end.
    pub(super) fn span(&self, node: usize) -> Range<usize> {
        self.nodes[node].start..self.nodes[node].end
    }

    /// Between the tags.
    pub(super) fn inner(&self, node: usize) -> Range<usize> {
        self.nodes[node].inner..self.nodes[node].close
    }

    pub(super) fn source(&self, node: usize) -> &'x str {
        &self.xml[self.span(node)]
    }

    pub(super) fn inner_source(&self, node: usize) -> &'x str {
        &self.xml[self.inner(node)]
    }

    pub(super) fn start_tag(&self, node: usize) -> Range<usize> {
        self.nodes[node].start..self.nodes[node].inner
    }

    /// Whether it is written as `<name/>`.
    pub(super) fn is_closed(&self, node: usize) -> bool {
        node > 0 && self.nodes[node].inner == self.nodes[node].end
    }

    /// Names as written and unescaped values.
    pub(super) fn attributes(
        &self,
        node: usize,
    ) -> impl Iterator<Item = (&'x str, Cow<'x, str>)> + use<'x> {
        let tag = if node == 0 { "" } else { &self.xml[self.start_tag(node)] };
        let body = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let skip = self.name(node).len();
        let mut attributes = Attributes::new(body, skip);
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| {
            let value = match attribute.value {
                Cow::Borrowed(raw) => unescape(raw),
                Cow::Owned(raw) => Cow::Owned(unescape(&raw).into_owned()),
            };
            (attribute.key.0, value)
        })
    }

    /// An attribute by its local name, whatever its prefix.
    pub(super) fn attribute(&self, node: usize, local: &str) -> Option<Cow<'x, str>> {
        let named = |name: &str| name.rsplit(':').next() == Some(local);
        self.attributes(node).find(|(name, _)| named(name)).map(|(_, value)| value)
    }

    /// The same piece with `w` as its prefix.
    pub(super) fn with_usual_prefix(&self) -> String {
        self.with_prefix("w")
    }

    /// The same piece with another prefix for WordprocessingML.
    pub(super) fn with_prefix(&self, prefix: &str) -> String {
        if self.prefixes.read == [prefix] {
            return self.xml.to_owned();
        }
        let mut edits = Edits::default();
        for node in self.below(0) {
            if let Some(local) = self.word(node) {
                let name = format!("{prefix}:{local}");
                let at = &self.nodes[node];
                edits.replace(at.start + 1..at.name_end, name.clone());
                if !self.is_closed(node) {
                    edits.replace(at.close + 2..at.close + 2 + self.name(node).len(), name);
                }
            }
            let tag = self.start_tag(node);
            for (name, _) in self.attributes(node) {
                let known = name.split_once(':').filter(|_| self.prefixes.local(name).is_some());
                if let Some((old, _)) = known
                    && let Some(at) = self.xml[tag.clone()].find(&format!(" {name}"))
                {
                    let start = tag.start + at + 1;
                    edits.replace(start..start + old.len(), prefix.to_owned());
                }
            }
        }
        edits.splice(self.xml).unwrap_or_else(|| self.xml.to_owned())
    }
}

fn position(reader: &Reader<&[u8]>) -> Result<usize, Unfit> {
    usize::try_from(reader.buffer_position()).map_err(|_| Unfit::Damaged)
}

/// A reference that XML does not know stays as it is written.
pub(super) fn unescape(raw: &str) -> Cow<'_, str> {
    escape::unescape(raw).unwrap_or(Cow::Borrowed(raw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_the_one_the_root_declares() {
        let xml = format!(r#"<x:document xmlns:x="{MAIN}"><x:p x:id="1"/></x:document>"#);
        let tree = Tree::part(&xml).unwrap();
        assert_eq!(tree.word(2), Some("p"));
        assert_eq!(tree.prefixes.name("p"), "x:p");
        let piece = Tree::piece(r#"<x:p x:id="1"><a x="2"/></x:p>"#, &tree.prefixes).unwrap();
        assert_eq!(piece.with_usual_prefix(), r#"<w:p w:id="1"><a x="2"/></w:p>"#);
    }

    #[test]
    fn strict_and_foreign_parts_are_told_apart() {
        let strict = format!(r#"<w:document xmlns:w="{STRICT}"/>"#);
        assert_eq!(Tree::part(&strict).unwrap_err(), Unfit::Strict);
        assert_eq!(Tree::part("<html/>").unwrap_err(), Unfit::NotWord);
        assert_eq!(Tree::part("<a><b></a>").unwrap_err(), Unfit::Damaged);
        assert_eq!(Tree::part("").unwrap_err(), Unfit::Damaged);
        let deep = "<a>".repeat(5_000);
        assert_eq!(Tree::part(&deep).unwrap_err(), Unfit::Damaged);
    }
}
