//! The text of a finished document: every part of its package, and of packages within it.

use std::io::{Cursor, Read};

use quick_xml::escape::unescape;
use zip::ZipArchive;

/// A part of a package.
pub(super) struct Part {
    /// `word/document.xml`; within a package of its own `word/embeddings/chart.xlsx!xl/workbook.xml`.
    pub(super) name: String,
    /// All of it, attributes and comments too.
    pub(super) raw: String,
    /// What it says: the text of its elements, runs put together, paragraphs and cells apart.
    pub(super) said: String,
}

/// Packages within packages are looked into so far.
const DEPTH: usize = 4;

/// Elements that do not end a word.
const WITHIN: [&str; 40] = [
    "r",
    "t",
    "rPr",
    "b",
    "bCs",
    "i",
    "iCs",
    "u",
    "sz",
    "szCs",
    "color",
    "rFont",
    "rFonts",
    "rStyle",
    "family",
    "scheme",
    "charset",
    "lang",
    "ins",
    "del",
    "delText",
    "hyperlink",
    "smartTag",
    "sdt",
    "sdtPr",
    "sdtContent",
    "sdtEndPr",
    "proofErr",
    "bookmarkStart",
    "bookmarkEnd",
    "noProof",
    "tag",
    "id",
    "alias",
    "instrText",
    "fldChar",
    "vanish",
    "highlight",
    "lastRenderedPageBreak",
    "commentReference",
];

/// Elements that hold measures of a picture and not words.
const MEASURES: [&str; 2] = ["colOff", "rowOff"];

/// The parts of a package; none when it is no package that can be read.
pub(super) fn parts(bytes: &[u8]) -> Option<Vec<Part>> {
    let mut parts = vec![];
    collect(bytes, "", 0, &mut parts)?;
    Some(parts)
}

fn collect(bytes: &[u8], within: &str, depth: usize, parts: &mut Vec<Part>) -> Option<()> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let comment = String::from_utf8_lossy(zip.comment()).into_owned();
    parts.push(Part { name: format!("{within}(comment)"), said: comment.clone(), raw: comment });
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).ok()?;
        let name = format!("{within}{}", file.name().ok()?);
        let mut held = vec![];
        file.read_to_end(&mut held).ok()?;
        if held.starts_with(b"PK\x03\x04") && depth < DEPTH {
            collect(&held, &format!("{name}!"), depth + 1, parts)?;
            continue;
        }
        // What is not marked up is read as letters, two bytes each or one.
        let raw = match String::from_utf8(held) {
            Ok(text) => text,
            Err(bytes) => String::from_utf8_lossy(&bytes.into_bytes()).replace('\0', ""),
        };
        let said = if raw.trim_start_matches('\u{feff}').starts_with('<') {
            said(&raw)
        } else {
            raw.clone()
        };
        let raw = format!("{name}\n{}", unescape(&raw).map_or_else(|_| raw.clone(), Into::into));
        parts.push(Part { name, raw, said });
    }
    Some(())
}

fn said(xml: &str) -> String {
    let mut said = String::new();
    let mut rest = xml;
    let mut skipped = false;
    while let Some(open) = rest.find('<') {
        if !skipped {
            let text = &rest[..open];
            said.push_str(&unescape(text).unwrap_or(text.into()));
        }
        rest = &rest[open..];
        let (tag, after) = match rest.strip_prefix("<!--") {
            Some(comment) => comment.split_once("-->").unwrap_or((comment, "")),
            None => rest[1..].split_once('>').unwrap_or((rest, "")),
        };
        rest = after;
        let name = tag.trim_start_matches('/');
        let name = name.split([' ', '/', '\t', '\n', '\r']).next().unwrap_or_default();
        let local = name.rsplit(':').next().unwrap_or_default();
        skipped = MEASURES.contains(&local) && !tag.starts_with('/');
        if !WITHIN.contains(&local) {
            said.push('\n');
        }
    }
    said.push_str(&unescape(rest).unwrap_or(rest.into()));
    said
}

#[cfg(test)]
mod tests {
    #[test]
    fn runs_are_put_together_and_cells_are_not() {
        let xml = "<w:p><w:r><w:t>Jane </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Smith &amp; co</w:t></w:r></w:p>\
                   <c r=\"A1\"><v>12</v></c><c><v>345</v></c><xdr:colOff>57500</xdr:colOff>";
        let words: Vec<String> =
            super::said(xml).split('\n').filter(|own| !own.is_empty()).map(str::to_owned).collect();
        assert_eq!(words, ["Jane Smith & co", "12", "345"]);
    }
}
