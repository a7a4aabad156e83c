//! A starter made of the office's own letterhead: its styles, headers, footers and pictures, and lathe's sections in its body.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read, Write},
};

use anyhow::{Context, Result, bail, ensure};
use zip::{ZipArchive, ZipWriter};

use super::{
    of, package,
    tree::{Child, Node},
};
use crate::{draft::Kind, english, word};

const TYPES: &str = "[Content_Types].xml";
const DOCUMENT: &str = "word/document.xml";
const RELATIONSHIPS: &str = "word/_rels/document.xml.rels";
const STYLES: &str = "word/styles.xml";
const NUMBERING: &str = "word/numbering.xml";
const SETTINGS: &str = "word/settings.xml";
const SETTINGS_RELATIONSHIPS: &str = "word/_rels/settings.xml.rels";
const CORE: &str = "docProps/core.xml";
const APP: &str = "docProps/app.xml";
const EXTENDED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// What tables and lists that are made at a fill are written in, whatever the office's styles are called.
const FIXED: [&str; 7] =
    ["LatheTable", "TableText", "TableNumber", "ListBullet", "Caption", "BodyText", "Note"];

/// The parts of a package by name, in their order.
struct Parts {
    order: Vec<String>,
    bytes: BTreeMap<String, Vec<u8>>,
}

impl Parts {
    fn open(document: &[u8]) -> Result<Parts> {
        let mut archive = ZipArchive::new(Cursor::new(document))?;
        let mut parts = Parts { order: vec![], bytes: BTreeMap::new() };
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index)?;
            let name = entry.name()?.into_owned();
            let mut bytes = vec![];
            entry.read_to_end(&mut bytes)?;
            if !name.ends_with('/') {
                parts.put(&name, bytes);
            }
        }
        Ok(parts)
    }

    fn text(&self, name: &str) -> Option<String> {
        let text = String::from_utf8(self.bytes.get(name)?.clone()).ok()?;
        Some(text.trim_start_matches('\u{feff}').to_owned())
    }

    fn put(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        if self.bytes.insert(name.to_owned(), bytes.into()).is_none() {
            self.order.push(name.to_owned());
        }
    }

    fn pack(&self) -> Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(vec![]));
        for name in &self.order {
            zip.start_file(name.as_str(), package::options())?;
            zip.write_all(&self.bytes[name])?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

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
    let styles = Styles::merged(&xml(&house, STYLES)?, &xml(&built, STYLES)?, list.as_deref())?;
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
    forget(&mut house, kind);
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

/// The office's styles with lathe's, and what those are called that the office has by another name.
struct Styles {
    xml: String,
    names: BTreeMap<String, String>,
}

impl Styles {
    fn merged(house: &str, built: &str, list: Option<&str>) -> Result<Styles> {
        let unusual = "its styles are written in an unusual way; open it in Word and save it";
        let office = Node::parse(house.as_bytes())?;
        ensure!(office.name == "w:styles", unusual);
        let by_name: BTreeMap<String, String> = office
            .nodes()
            .filter(|own| own.name == "w:style")
            .filter_map(|own| Some((name_of(own), own.attribute("w:styleId")?.to_owned())))
            .collect();
        let ids: BTreeSet<&String> = by_name.values().collect();
        let mut more = String::new();
        let mut names = BTreeMap::new();
        for style in Node::parse(built.as_bytes())?.nodes().filter(|own| own.name == "w:style") {
            let Some(id) = style.attribute("w:styleId").map(str::to_owned) else { continue };
            if ids.contains(&id) {
                continue;
            }
            let mut style = style.clone();
            if let Some(other) = by_name.get(&name_of(&style)) {
                names.insert(id.clone(), other.clone());
                if !FIXED.contains(&&*id) {
                    continue;
                }
                // Two styles of one name would be one too many.
                if let Some(name) = style.child_mut("w:name") {
                    *name = Node::new("w:name", &[("w:val", &*format!("Lathe {id}"))]);
                }
            }
            style.attributes.retain(|(name, _)| name != "w:default");
            more.push_str(&style.xml());
        }
        for (own, other) in &names {
            for element in ["basedOn", "next", "link"] {
                let value = |id: &str| format!("<w:{element} w:val=\"{id}\"/>");
                more = more.replace(&value(own), &value(other));
            }
        }
        let more = renumbered(&more, list);
        let end = house.rfind("</w:styles>").context(unusual)?;
        Ok(Styles { xml: format!("{}{more}{}", &house[..end], &house[end..]), names })
    }

    /// Lathe's text in the office's styles.
    fn of_office(&self, xml: &str) -> String {
        let mut xml = xml.to_owned();
        for (own, office) in &self.names {
            for element in ["pStyle", "rStyle", "tblStyle"] {
                let value = |id: &str| format!("<w:{element} w:val=\"{id}\"/>");
                xml = xml.replace(&value(own), &value(office));
            }
        }
        xml
    }
}

/// Names are what people know styles by; Word does not tell their letters apart.
fn name_of(style: &Node) -> String {
    let name = style.child("w:name").and_then(|name| name.attribute("w:val"));
    name.unwrap_or_default().to_lowercase()
}

/// The bullets of lathe's lists. Gives the number they have from now on, if it is another.
fn add_numbering(house: &mut Parts, built: &Parts) -> Result<Option<String>> {
    let own = built.text(NUMBERING).context("the built-in template has no bullets")?;
    let Some(theirs) = house.text(NUMBERING) else {
        house.put(NUMBERING, own);
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering";
        let entry = format!(
            "<Relationship Id=\"rIdLatheLists\" Type=\"{kind}\" Target=\"numbering.xml\"/>"
        );
        add_before_end(house, RELATIONSHIPS, "</Relationships>", &entry)?;
        let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";
        let entry = format!("<Override PartName=\"/{NUMBERING}\" ContentType=\"{kind}\"/>");
        add_before_end(house, TYPES, "</Types>", &entry)?;
        return Ok(None);
    };
    let own = Node::parse(own.as_bytes())?;
    let number = 1 + [numbers(&theirs, "w:abstractNumId=\""), numbers(&theirs, "w:numId=\"")]
        .concat()
        .into_iter()
        .max()
        .unwrap_or(0);
    let number = number.to_string();
    let (Some(bullets), Some(list)) = (own.child("w:abstractNum"), own.child("w:num")) else {
        bail!("the built-in template has no bullets");
    };
    let set = |xml: String, name: &str, old: Option<&str>| {
        xml.replace(
            &format!("{name}=\"{}\"", old.unwrap_or_default()),
            &format!("{name}=\"{number}\""),
        )
    };
    let old = bullets.attribute("w:abstractNumId");
    let bullets = set(bullets.xml(), "w:abstractNumId", old);
    let pointer = format!("<w:abstractNumId w:val=\"{}\"/>", old.unwrap_or_default());
    let list = set(list.xml(), "w:numId", list.attribute("w:numId"))
        .replace(&pointer, &format!("<w:abstractNumId w:val=\"{number}\"/>"));
    let first = theirs.find("<w:num ").or_else(|| theirs.rfind("</w:numbering>"));
    let first = first.context("its lists cannot be read; open it in Word and save it")?;
    let end = theirs
        .rfind("</w:numbering>")
        .context("its lists cannot be read; open it in Word and save it")?;
    // Lists that ended in lists being cleaned up stay last, as the schema wants it.
    let end = theirs.find("<w:numIdMacAtCleanup").unwrap_or(end);
    let xml = [&theirs[..first], &bullets, &theirs[first..end], &list, &theirs[end..]].concat();
    house.put(NUMBERING, xml);
    Ok(Some(number))
}

/// The numbers that stand behind something.
fn numbers(xml: &str, before: &str) -> Vec<u32> {
    let found = xml.split(before).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok());
    found.collect()
}

/// With the number that lathe's bullets have in this document.
fn renumbered(xml: &str, list: Option<&str>) -> String {
    match list {
        None => xml.to_owned(),
        Some(number) => {
            let list = |number: &str| format!("<w:numId w:val=\"{number}\"/>");
            xml.replace(&list(&super::style::BULLETS.to_string()), &list(number))
        }
    }
}

fn add_before_end(house: &mut Parts, name: &str, end: &str, entry: &str) -> Result<()> {
    let text = house.text(name).with_context(|| format!("it has no part {name}"))?;
    let at = text.rfind(end).with_context(|| format!("its part {name} cannot be read"))?;
    house.put(name, format!("{}{entry}{}", &text[..at], &text[at..]));
    Ok(())
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
fn forget(house: &mut Parts, kind: Kind) {
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
    if house.bytes.contains_key(APP) {
        let app = house.text(APP).and_then(|app| Node::parse(app.as_bytes()).ok());
        let mut app = app.unwrap_or_else(|| Node::new("Properties", &[("xmlns", EXTENDED)]));
        app.children.retain(|child| !matches!(child, Child::Node(own) if is_manager(own)));
        house.put(APP, app.xml());
    }
    if house.bytes.contains_key(CORE) {
        let class = english::capital(kind.class().word());
        house.put(CORE, package::core(&english::capital(kind.title()), &class));
    }
}

/// Whether it names whom the maker of a document answers to, by any prefix.
fn is_manager(node: &Node) -> bool {
    node.name.rsplit(':').next() == Some("Manager")
}
