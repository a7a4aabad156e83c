//! A part of the template as a tree, to mend what docx-rs leaves out of order and to add what it cannot write.

use anyhow::{Context, bail};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Child>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Child {
    Node(Node),
    Text(String),
}

impl Node {
    pub(super) fn new(name: &str, attributes: &[(&str, &str)]) -> Node {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Node {
            name: name.to_owned(),
            attributes: attributes.iter().map(own).collect(),
            children: vec![],
        }
    }

    pub(super) fn with(mut self, children: impl IntoIterator<Item = Node>) -> Node {
        self.children.extend(children.into_iter().map(Child::Node));
        self
    }

    pub(super) fn parse(xml: &[u8]) -> anyhow::Result<Node> {
        let mut reader = Reader::from_str(std::str::from_utf8(xml)?);
        let mut open: Vec<Node> = vec![Node::default()];
        loop {
            match reader.read_event()? {
                Event::Start(start) => open.push(element(&start)?),
                Event::Empty(start) => {
                    let node = element(&start)?;
                    put(&mut open, Child::Node(node))?;
                }
                Event::End(_) => {
                    let node = open.pop().context("an element closes that never opened")?;
                    put(&mut open, Child::Node(node))?;
                }
                Event::Text(text) => {
                    put(&mut open, Child::Text(text.xml10_content().into_owned()))?;
                }
                Event::GeneralRef(name) => {
                    put(&mut open, Child::Text(resolve(&name)?))?;
                }
                Event::Eof => break,
                _ => (),
            }
        }
        let root = open.pop().context("no element")?;
        let mut nodes = root.children.into_iter().filter_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        });
        nodes.next().context("no element")
    }

    /// The element as a part of a package, which begins with a declaration.
    pub(super) fn part(&self) -> String {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
        format!("{declaration}\n{}", self.xml())
    }

    pub(super) fn xml(&self) -> String {
        let mut xml = String::new();
        self.write(&mut xml);
        xml
    }

    fn write(&self, xml: &mut String) {
        xml.push('<');
        xml.push_str(&self.name);
        for (name, value) in &self.attributes {
            xml.push_str(&format!(" {name}=\"{}\"", quick_xml::escape::escape(value)));
        }
        if self.children.is_empty() {
            return xml.push_str("/>");
        }
        xml.push('>');
        for child in &self.children {
            match child {
                Child::Node(node) => node.write(xml),
                Child::Text(text) => xml.push_str(&quick_xml::escape::partial_escape(text)),
            }
        }
        xml.push_str(&format!("</{}>", self.name));
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.nodes().find(|node| node.name == name)
    }

    pub(super) fn child_mut(&mut self, name: &str) -> Option<&mut Node> {
        self.children.iter_mut().find_map(|child| match child {
            Child::Node(node) if node.name == name => Some(node),
            _ => None,
        })
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| &**value)
    }
}

fn element(start: &BytesStart<'_>) -> anyhow::Result<Node> {
    let mut node = Node::new(start.name().as_ref(), &[]);
    for attribute in start.attributes() {
        let attribute = attribute?;
        let name = attribute.key.as_ref().to_owned();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned();
        node.attributes.push((name, value));
    }
    Ok(node)
}

fn put(open: &mut [Node], child: Child) -> anyhow::Result<()> {
    let around = open.last_mut().context("text outside the root")?;
    match (around.children.last_mut(), child) {
        (Some(Child::Text(before)), Child::Text(text)) => before.push_str(&text),
        (_, child) => around.children.push(child),
    }
    Ok(())
}

fn resolve(name: &str) -> anyhow::Result<String> {
    Ok(String::from(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => bail!("an unknown character reference: {name}"),
    }))
}
