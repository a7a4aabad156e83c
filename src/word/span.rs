//! An XML part as a tree of byte spans.

use std::{borrow::Cow, num::NonZeroU16, ops::Range};

use quick_xml::escape;

use super::{
    edits::Edits,
    markup::{Kind, Markup, Tag, attributes},
};

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
    start: u32,
    /// Where the start tag ends.
    inner: u32,
    end: u32,
    parent: u32,
    after: u32,
    /// How far behind `start` the name ends.
    name_end: u16,
    /// How far behind `start` the local name starts; none when it is not WordprocessingML.
    local: Option<NonZeroU16>,
}

impl Node {
    /// An element as its start tag has it.
    fn new(tag: Range<u32>, name: &str, parent: u32, prefixes: &Prefixes) -> Result<Node, Unfit> {
        let Range { start, end } = tag;
        let name_end: u16 = narrow(name.len() + 1)?;
        let local = match prefixes.local(name) {
            Some(local) => NonZeroU16::new(name_end - narrow::<u16, _>(local.len())?),
            None => None,
        };
        Ok(Node { start, inner: end, end, parent, after: 0, name_end, local })
    }

    /// Where its name stands.
    fn name(&self) -> Range<usize> {
        let start = self.start as usize;
        start + 1..start + usize::from(self.name_end)
    }

    /// Its local name, if it is an element of WordprocessingML.
    #[inline]
    fn local(&self) -> Option<Range<usize>> {
        Some(self.start as usize + usize::from(self.local?.get())..self.name().end)
    }
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

    /// Those that the root of a part declares.
    fn declared(xml: &str) -> Result<Prefixes, Unfit> {
        let root = Markup::of(xml).next()?.filter(|tag| tag.kind != Kind::End);
        let root = root.ok_or(Unfit::Damaged)?;
        let mut prefixes = Prefixes { read: vec![], write: String::new() };
        for (name, value) in attributes(&xml[root.start..root.end], root.name) {
            let prefix = match name.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                None if name == "xmlns" => "",
                _ => continue,
            };
            match unescape(value).as_ref() {
                STRICT => return Err(Unfit::Strict),
                MAIN => prefixes.read.push(prefix.to_owned()),
                _ => {}
            }
        }
        let write = prefixes.read.iter().find(|prefix| !prefix.is_empty()).cloned();
        prefixes.write = write.ok_or(Unfit::NotWord)?;
        Ok(prefixes)
    }

    fn knows(&self, prefix: &str) -> bool {
        self.read.iter().any(|known| known == prefix)
    }

    fn local<'n>(&self, name: &'n str) -> Option<&'n str> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        self.knows(prefix).then_some(local)
    }

    /// A piece that has the usual prefix, with that of the part.
    pub(super) fn put_on(&self, xml: String) -> Result<String, Unfit> {
        Prefixes::usual().exchanged(xml, &self.write)
    }

    /// A piece of the part, with the usual prefix.
    pub(super) fn take_off(&self, xml: String) -> Result<String, Unfit> {
        self.exchanged(xml, "w")
    }

    fn exchanged(&self, xml: String, prefix: &str) -> Result<String, Unfit> {
        if self.read == [prefix] {
            return Ok(xml);
        }
        Ok(Tree::piece(&xml, self)?.with_prefix(prefix))
    }
}

impl<'x> Tree<'x> {
    /// A whole part. Its prefixes are those its root declares.
    pub(super) fn part(xml: &'x str) -> Result<Tree<'x>, Unfit> {
        let declared = Prefixes::declared(xml);
        // What is damaged is told to be so, whatever else it is.
        let nodes = match &declared {
            Ok(prefixes) => nodes(xml, prefixes)?,
            Err(_) => nodes(xml, &Prefixes::usual())?,
        };
        Ok(Tree { xml, prefixes: Cow::Owned(declared?), nodes })
    }

    /// A piece of a part, with the prefixes of the part.
    pub(super) fn piece(xml: &'x str, prefixes: &'x Prefixes) -> Result<Tree<'x>, Unfit> {
        Ok(Tree { xml, prefixes: Cow::Borrowed(prefixes), nodes: nodes(xml, prefixes)? })
    }

    /// The number of nodes, of which 0 is the text as a whole.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn parent(&self, node: usize) -> usize {
        self.nodes[node].parent as usize
    }

    /// The first node behind the subtree.
    pub(super) fn after(&self, node: usize) -> usize {
        self.nodes[node].after as usize
    }

    pub(super) fn kids(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.after(node);
        let first = (node + 1 < end).then_some(node + 1);
        std::iter::successors(first, move |kid| Some(self.after(*kid)).filter(|next| *next < end))
    }

    pub(super) fn kid(&self, node: usize, local: &str) -> Option<usize> {
        self.kids(node).find(|kid| self.is(*kid, local))
    }

    /// Every node below, in the order of the document.
    pub(super) fn below(&self, node: usize) -> Range<usize> {
        node + 1..self.after(node)
    }

    pub(super) fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> {
        let parent = |node: &usize| Some(self.parent(*node)).filter(|up| up != node);
        std::iter::successors(parent(&node), parent)
    }

    /// The name as it is written, with its prefix.
    pub(super) fn name(&self, node: usize) -> &'x str {
        let at = &self.nodes[node];
        self.xml.get(at.name()).unwrap_or_default()
    }

    /// The local name of an element of WordprocessingML.
    #[inline]
    pub(super) fn word(&self, node: usize) -> Option<&'x str> {
        self.xml.get(self.nodes[node].local()?)
    }

    #[inline]
    pub(super) fn is(&self, node: usize, local: &str) -> bool {
        let name = self.nodes[node].local();
        name.is_some_and(|at| self.xml.as_bytes().get(at) == Some(local.as_bytes()))
    }

    /// The element that starts at a place.
    pub(super) fn starting(&self, at: usize) -> Option<usize> {
        let node = 1 + self.nodes[1..].partition_point(|node| (node.start as usize) < at);
        (self.nodes.get(node)?.start as usize == at).then_some(node)
    }

    /// From the start tag's start to the end tag's end.
    pub(super) fn span(&self, node: usize) -> Range<usize> {
        self.nodes[node].start as usize..self.nodes[node].end as usize
    }

    /// Between the tags.
    pub(super) fn inner(&self, node: usize) -> Range<usize> {
        let Node { inner, end, .. } = self.nodes[node];
        let (inner, end) = (inner as usize, end as usize);
        if node == 0 || inner == end {
            return inner..end;
        }
        // An end tag has no other `<` than its first byte: a name with one is damage.
        inner..self.xml[..end].rfind('<').unwrap_or(end)
    }

    pub(super) fn source(&self, node: usize) -> &'x str {
        &self.xml[self.span(node)]
    }

    pub(super) fn inner_source(&self, node: usize) -> &'x str {
        &self.xml[self.inner(node)]
    }

    pub(super) fn start_tag(&self, node: usize) -> Range<usize> {
        self.nodes[node].start as usize..self.nodes[node].inner as usize
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
        let tag = &self.xml[self.start_tag(node)];
        attributes(tag, self.name(node)).map(|(name, raw)| (name, unescape(raw)))
    }

    /// An attribute by its local name, whatever its prefix.
    pub(super) fn attribute(&self, node: usize, local: &str) -> Option<Cow<'x, str>> {
        let named = |name: &str| {
            name.strip_suffix(local).is_some_and(|rest| rest.is_empty() || rest.ends_with(':'))
        };
        let tag = &self.xml[self.start_tag(node)];
        let mut attributes = attributes(tag, self.name(node));
        attributes.find(|(name, _)| named(name)).map(|(_, raw)| unescape(raw))
    }

    /// The same piece with another prefix for WordprocessingML.
    fn with_prefix(&self, prefix: &str) -> String {
        let mut edits = Edits::default();
        for node in self.below(0) {
            if let Some(local) = self.word(node) {
                let name = format!("{prefix}:{local}");
                let length = self.name(node).len();
                let (open, close) = (self.span(node).start + 1, self.inner(node).end + 2);
                edits.replace(open..open + length, name.clone());
                if !self.is_closed(node) {
                    edits.replace(close..close + length, name);
                }
            }
            let tag = self.start_tag(node);
            for (name, _) in self.attributes(node) {
                let known = name.split_once(':').filter(|(prefix, _)| self.prefixes.knows(prefix));
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

/// The elements of a text, of which the first is the text as a whole.
fn nodes(xml: &str, prefixes: &Prefixes) -> Result<Vec<Node>, Unfit> {
    let mut markup = Markup::of(xml);
    let end = narrow(xml.len())?;
    let whole = Node { start: 0, inner: 0, end, parent: 0, after: 0, name_end: 0, local: None };
    // Each element has one tag that starts it: to make room for them at once saves moving them about.
    let bytes = xml.as_bytes();
    let starts = memchr::memchr_iter(b'<', bytes).filter(|at| bytes.get(at + 1) != Some(&b'/'));
    let mut nodes = Vec::with_capacity((starts.count() + 1).min(MOST));
    nodes.push(whole);
    // The element that is open, in whose parents those around it are found.
    let mut open = 0;
    let mut depth = 0;
    while let Some(Tag { start, end, name, kind }) = markup.next()? {
        let (start, end) = (narrow(start)?, narrow(end)?);
        let next = narrow(nodes.len())?;
        match kind {
            Kind::End => {
                let node: &mut Node = &mut nodes[open as usize];
                if depth == 0 || xml.get(node.name()) != Some(name) {
                    return Err(Unfit::Damaged);
                }
                (node.end, node.after) = (end, next);
                (open, depth) = (node.parent, depth - 1);
            }
            Kind::Closed => {
                let node = Node::new(start..end, name, open, prefixes)?;
                nodes.push(Node { after: next + 1, ..node });
            }
            Kind::Start => {
                nodes.push(Node::new(start..end, name, open, prefixes)?);
                (open, depth) = (next, depth + 1);
                if depth >= DEEPEST {
                    return Err(Unfit::Damaged);
                }
            }
        }
    }
    if depth > 0 {
        return Err(Unfit::Damaged);
    }
    nodes[0].after = narrow(nodes.len())?;
    Ok(nodes)
}

/// A place in a text or a name; none of a document is too long for it.
fn narrow<N: TryFrom<T>, T>(at: T) -> Result<N, Unfit> {
    N::try_from(at).map_err(|_| Unfit::Damaged)
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
        let piece = tree.prefixes.take_off(r#"<x:p x:id="1"><a x="2"/></x:p>"#.to_owned());
        assert_eq!(piece.unwrap(), r#"<w:p w:id="1"><a x="2"/></w:p>"#);
    }

    #[test]
    fn strict_and_foreign_parts_are_told_apart() {
        let strict = format!(r#"<w:document xmlns:w="{STRICT}"/>"#);
        assert_eq!(Tree::part(&strict).unwrap_err(), Unfit::Strict);
        assert_eq!(Tree::part("<html/>").unwrap_err(), Unfit::NotWord);
        assert_eq!(Tree::part("<a><b></a>").unwrap_err(), Unfit::Damaged);
        assert_eq!(Tree::part("").unwrap_err(), Unfit::Damaged);
        assert_eq!(Tree::part("<a></a\u{a0}>").unwrap_err(), Unfit::Damaged);
        let twice = format!(r#"<w:document xmlns:w="{MAIN}"><?xml version="1.0"?></w:document>"#);
        assert_eq!(Tree::part(&twice).unwrap_err(), Unfit::Damaged);
        let deep = "<a>".repeat(5_000);
        assert_eq!(Tree::part(&deep).unwrap_err(), Unfit::Damaged);
    }
}
