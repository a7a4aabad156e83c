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
    /// As it is written, where it is marked up.
    xml: String,
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
    parts.push(Part {
        name: format!("{within}(comment)"),
        said: comment.clone(),
        raw: comment,
        xml: String::new(),
    });
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
        let marked_up = raw.trim_start_matches('\u{feff}').starts_with('<');
        let said = if marked_up { said(&raw) } else { raw.clone() };
        let all = format!("{name}\n{}", unescape(&raw).map_or_else(|_| raw.clone(), Into::into));
        let xml = if marked_up { raw } else { String::new() };
        parts.push(Part { name, raw: all, xml, said });
    }
    Some(())
}

/// What a part says, each row of a table as one line and each paragraph too: numbers beside the words they stand with.
pub(super) fn lines(part: &Part, parts: &[Part]) -> Vec<String> {
    let package = part.name.rfind('!').map_or("", |end| &part.name[..=end]);
    let words = format!("{package}xl/sharedStrings.xml");
    let words = parts.iter().find(|own| own.name == words).map_or("", |own| &own.xml);
    let words: Vec<String> =
        elements(words, "si").map(|own| said(own).replace('\n', " ")).collect();
    let cell = |cell: &str| match cell.split_once('>') {
        Some((tag, held)) if tag.contains("t=\"s\"") => {
            let index = said(held).trim().parse::<usize>().ok();
            index.and_then(|index| words.get(index).cloned()).unwrap_or_default()
        }
        _ => said(cell),
    };
    let rows = elements(&part.xml, "row")
        .map(|row| elements(row, "c").map(cell).collect::<Vec<_>>().join(" "));
    let rows = rows.chain(elements(&part.xml, "w:tr").map(said));
    let rows = rows.map(|row| row.replace('\n', " "));
    part.said.split('\n').map(str::to_owned).chain(rows).collect()
}

/// The elements of a name, from their start tags on.
fn elements<'x>(xml: &'x str, name: &'static str) -> impl Iterator<Item = &'x str> {
    let close = format!("</{name}>");
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            let open = rest.find(&format!("<{name}"))?;
            let own = &rest[open..];
            let named = &own[1 + name.len()..];
            if !named.starts_with(['>', ' ', '/']) {
                rest = named;
                continue;
            }
            let tag = own.find('>')?;
            let end = match own[..tag].ends_with('/') {
                true => tag + 1,
                false => own.find(&close).map_or(own.len(), |end| end + close.len()),
            };
            rest = &own[end..];
            return Some(&own[..end]);
        }
    })
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
