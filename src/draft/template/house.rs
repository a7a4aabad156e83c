//! A document of the office's taken apart, and what it is given of lathe's: styles, and the bullets of lists.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read, Write},
};

use anyhow::{Context, Result, bail, ensure};
use zip::{ZipArchive, ZipWriter};

use super::{package, tree::Node};
use crate::draft::{Kind, built_in};

pub(super) const TYPES: &str = "[Content_Types].xml";
pub(super) const DOCUMENT: &str = "word/document.xml";
const RELATIONSHIPS: &str = "word/_rels/document.xml.rels";
pub(super) const STYLES: &str = "word/styles.xml";
const NUMBERING: &str = "word/numbering.xml";
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// What tables and lists that are made at a fill are written in, whatever the office's styles are called.
const FIXED: [&str; 7] =
    ["LatheTable", "TableText", "TableNumber", "ListBullet", "Caption", "BodyText", "Note"];

/// The parts of a package by name, in their order.
pub(super) struct Parts {
    order: Vec<String>,
    bytes: BTreeMap<String, Vec<u8>>,
}

impl Parts {
    pub(super) fn open(document: &[u8]) -> Result<Parts> {
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

    pub(super) fn text(&self, name: &str) -> Option<String> {
        let text = String::from_utf8(self.bytes.get(name)?.clone()).ok()?;
        Some(text.trim_start_matches('\u{feff}').to_owned())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.bytes.contains_key(name)
    }

    pub(super) fn put(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        if self.bytes.insert(name.to_owned(), bytes.into()).is_none() {
            self.order.push(name.to_owned());
        }
    }

    pub(super) fn pack(&self) -> Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(vec![]));
        for name in &self.order {
            zip.start_file(name.as_str(), package::options())?;
            zip.write_all(&self.bytes[name])?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// A template of the office's with the styles that it lacks of those in which tables and lists are made; none where it
/// has them all, or cannot take them. Without them Word and LibreOffice set a table as running text, without lines.
pub(in crate::draft) fn with_styles(template: &[u8]) -> Option<Vec<u8>> {
    let mut house = Parts::open(template).ok()?;
    let styles = house.text(STYLES);
    let has =
        |id: &str| styles.as_ref().is_some_and(|own| own.contains(&format!("w:styleId=\"{id}\"")));
    if FIXED.iter().all(|id| has(id)) {
        return None;
    }
    let built = Parts::open(built_in(Kind::BusinessCase)).ok()?;
    let before = house.bytes.clone();
    if styles.is_none() {
        // Those of another name are not ours to add to, and two parts of styles no program knows what to do with.
        if house.text(RELATIONSHIPS).is_some_and(|own| own.contains("/relationships/styles\"")) {
            return None;
        }
        house.put(STYLES, format!("<w:styles xmlns:w=\"{MAIN}\"></w:styles>"));
        announce(&mut house, "rIdLatheStyles", "styles").ok()?;
    }
    let list = if has("ListBullet") { None } else { add_numbering(&mut house, &built).ok()? };
    let (own, ours) = (house.text(STYLES)?, built.text(STYLES)?);
    let merged = Styles::merged(&own, &ours, list.as_deref(), |id| FIXED.contains(&id)).ok()?;
    house.put(STYLES, merged.xml);
    house.bytes.retain(|name, bytes| before.get(name) != Some(bytes));
    package::with_parts(template, house.bytes)
}

/// A part of the main folder, with the relationship and the content type by which Word knows of it.
fn announce(house: &mut Parts, id: &str, kind: &str) -> Result<()> {
    let leads = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let entry =
        format!("<Relationship Id=\"{id}\" Type=\"{leads}/{kind}\" Target=\"{kind}.xml\"/>");
    add_before_end(house, RELATIONSHIPS, "</Relationships>", &entry)?;
    let type_of = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let entry =
        format!("<Override PartName=\"/word/{kind}.xml\" ContentType=\"{type_of}.{kind}+xml\"/>");
    add_before_end(house, TYPES, "</Types>", &entry)
}

/// The office's styles with lathe's, and what those are called that the office has by another name.
pub(super) struct Styles {
    pub(super) xml: String,
    names: BTreeMap<String, String>,
}

impl Styles {
    /// With those of lathe's styles that are `wanted` by their id and that the office has not.
    pub(super) fn merged(
        house: &str,
        built: &str,
        list: Option<&str>,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Styles> {
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
            if !wanted(&id) {
                continue;
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
        if !wanted("Normal")
            && !ids.contains(&String::from("Normal"))
            && !names.contains_key("Normal")
        {
            more = more.replace("<w:basedOn w:val=\"Normal\"/>", "");
        }
        let more = renumbered(&more, list);
        let end = house.rfind("</w:styles>").context(unusual)?;
        Ok(Styles { xml: format!("{}{more}{}", &house[..end], &house[end..]), names })
    }

    /// Lathe's text in the office's styles.
    pub(super) fn of_office(&self, xml: &str) -> String {
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
pub(super) fn add_numbering(house: &mut Parts, built: &Parts) -> Result<Option<String>> {
    let own = built.text(NUMBERING).context("the built-in template has no bullets")?;
    let Some(theirs) = house.text(NUMBERING) else {
        house.put(NUMBERING, own);
        announce(house, "rIdLatheLists", "numbering")?;
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
pub(super) fn numbers(xml: &str, before: &str) -> Vec<u32> {
    let found = xml.split(before).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok());
    found.collect()
}

/// With the number that lathe's bullets have in this document.
pub(super) fn renumbered(xml: &str, list: Option<&str>) -> String {
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
