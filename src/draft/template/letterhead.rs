//! A starter made of the office's own letterhead: its styles, headers, footers and pictures, and lathe's sections in its body.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};

use super::{
    house::{DOCUMENT, MAIN, Parts, STYLES, Styles, TYPES, add_numbering, numbers, renumbered},
    of, package,
    tree::{Child, Node},
};
use crate::{draft::Kind, english, word};

const SETTINGS: &str = "word/settings.xml";
const SETTINGS_RELATIONSHIPS: &str = "word/_rels/settings.xml.rels";
const CORE: &str = "docProps/core.xml";
const APP: &str = "docProps/app.xml";

/// A template of a kind on the office's letterhead, whose own text stays before lathe's unless it is left out.
///
/// # Errors
/// When the letterhead cannot be read, or cannot take lathe's sections; the message says what to do.
pub fn on_letterhead(kind: Kind, letterhead: &[u8], without_text: bool) -> Result<Vec<u8>> {
    let tags = word::tags(letterhead).map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    ensure!(
        tags.is_empty(),
        "it has controls of lathe's already; `lathe template check` says what is amiss with them"
    );
    let mut house = Parts::open(letterhead)?;
    let built = Parts::open(&of(kind)?)?;
    let xml = |parts: &Parts, name: &str| {
        parts
            .text(name)
            .with_context(|| format!("it has no part {name}; open it in Word and save it"))
    };
    let types = document_types(&xml(&house, TYPES)?)?;
    house.put(TYPES, types);
    let list = add_numbering(&mut house, &built)?;
    let styles =
        Styles::merged(&xml(&house, STYLES)?, &xml(&built, STYLES)?, list.as_deref(), |_| true)?;
    house.put(STYLES, styles.xml.clone());

    let document = xml(&house, DOCUMENT)?;
    let mut body = String::new();
    let parsed = Node::parse(xml(&built, DOCUMENT)?.as_bytes())?;
    let content = parsed.child("w:body").context("the built-in template has no body")?;
    body.push_str(&line(&xml(&built, "word/header1.xml")?)?);
    for own in content.nodes().filter(|own| own.name != "w:sectPr") {
        body.push_str(&own.xml());
    }
    body.push_str(&line(&xml(&built, "word/footer1.xml")?)?);
    let body = renumbered(&styles.of_office(&body), list.as_deref());
    house.put(DOCUMENT, with_body(&document, &renamed(&body, &document), without_text)?);
    forget(&mut house, kind)?;
    let bytes = house.pack()?;
    let tags = word::tags(&bytes).map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    ensure!(!tags.is_empty(), "lathe's sections found no place in it");
    Ok(bytes)
}

/// The list of content types of a document: a template of Word's becomes one.
fn document_types(types: &str) -> Result<String> {
    if types.contains("macroEnabled") {
        bail!(
            "it has macros; save it in Word as a document or template without them (.docx, .dotx)"
        );
    }
    Ok(types.replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml"))
}

/// The first line of a header or footer: what it says of the document, without the page's number.
fn line(part: &str) -> Result<String> {
    let part = Node::parse(part.as_bytes())?;
    let mut line = part.child("w:p").cloned().context("the built-in template has no such line")?;
    let last = line.nodes().filter(|own| own.name == "w:sdt").count();
    let mut seen = 0;
    line.children.retain(|child| {
        let keep = seen < last;
        seen += usize::from(matches!(child, Child::Node(own) if own.name == "w:sdt"));
        keep
    });
    Ok(line.xml())
}

/// Lathe's text with numbers of bookmarks and controls that the office's has not.
fn renamed(body: &str, document: &str) -> String {
    let taken: BTreeSet<u32> = [numbers(document, "w:id=\""), numbers(document, "<w:id w:val=\"")]
        .concat()
        .into_iter()
        .collect();
    let own: BTreeSet<u32> =
        [numbers(body, "w:id=\""), numbers(body, "<w:id w:val=\"")].concat().into_iter().collect();
    let mut more = 0_u32;
    while own.iter().any(|id| taken.contains(&(id + more))) {
        more += 10_000;
    }
    let mut xml = body.to_owned();
    // From the last, so that none is renamed twice.
    for id in own.iter().rev().filter(|_| more > 0) {
        for before in [" w:id=\"", "<w:id w:val=\""] {
            xml = xml.replace(&format!("{before}{id}\""), &format!("{before}{}\"", id + more));
        }
    }
    xml
}

/// The office's document with lathe's text at the end of its body, before what says how its pages look.
fn with_body(document: &str, body: &str, without_text: bool) -> Result<String> {
    let unusual =
        "it is written in an unusual way; open it in Word and save it as a document (.docx)";
    let root = document.find("<w:document").context(unusual)?;
    let mut head = document[root..root + document[root..].find('>').context(unusual)?].to_owned();
    ensure!(head.contains(&format!("xmlns:w=\"{MAIN}\"")), unusual);
    let rest = &document[root + head.len()..];
    for (prefix, uri) in [
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("w15", "http://schemas.microsoft.com/office/word/2012/wordml"),
    ] {
        if !head.contains(&format!("xmlns:{prefix}=")) {
            head.push_str(&format!(" xmlns:{prefix}=\"{uri}\""));
        }
    }
    match head.find("mc:Ignorable=\"") {
        Some(at) => {
            let at = at + "mc:Ignorable=\"".len();
            let end = at + head[at..].find('"').context(unusual)?;
            if !head[at..end].split(' ').any(|prefix| prefix == "w15") {
                head.insert_str(end, " w15");
            }
        }
        None => head.push_str(" mc:Ignorable=\"w15\""),
    }
    let start = rest.find("<w:body>").context(unusual)? + "<w:body>".len();
    let end = rest.rfind("</w:body>").context(unusual)?;
    let last = rest[start..end].rfind("<w:sectPr").map(|at| start + at);
    // What stands in the last paragraph says how another section's pages look.
    let pages = last.filter(|at| !rest[*at..end].contains("</w:p>")).unwrap_or(end);
    let text = if without_text { "" } else { &rest[start..pages] };
    let before = &document[..root];
    Ok([before, &head, &rest[..start], text, body, &rest[pages..]].concat())
}

/// Takes out where the letterhead lay and who made it.
fn forget(house: &mut Parts, kind: Kind) -> Result<()> {
    if let Some(settings) = house.text(SETTINGS)
        && let Some(at) = settings.find("<w:attachedTemplate")
        && let Some(length) = settings[at..].find("/>")
    {
        house.put(SETTINGS, format!("{}{}", &settings[..at], &settings[at + length + 2..]));
    }
    if let Some(rels) = house.text(SETTINGS_RELATIONSHIPS)
        && let Some(end) = rels.find("/attachedTemplate\"")
        && let Some(at) = rels[..end].rfind("<Relationship ")
        && let Some(length) = rels[at..].find("/>")
    {
        house.put(SETTINGS_RELATIONSHIPS, format!("{}{}", &rels[..at], &rels[at + length + 2..]));
    }
    if house.has(APP) {
        // Whom it names cannot be told of what cannot be read.
        let app = house.text(APP).and_then(|app| Node::parse(app.as_bytes()).ok());
        let mut app = app.context(
            "its properties (docProps/app.xml) cannot be read; open it in Word and save it",
        )?;
        app.children.retain(|child| !matches!(child, Child::Node(own) if is_manager(own)));
        house.put(APP, app.xml());
    }
    if house.has(CORE) {
        let class = english::capital(kind.class().word());
        house.put(CORE, package::core(&english::capital(kind.title()), &class));
    }
    Ok(())
}

/// Whether it names whom the maker of a document answers to, by any prefix.
fn is_manager(node: &Node) -> bool {
    node.name.rsplit(':').next() == Some("Manager")
}
