//! What is embedded in a document, without what it says of its makers: workbooks of charts, and pictures.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read, Write},
};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    super::{
        edits::Edits,
        package::owner_of,
        span::{Prefixes, Tree},
    },
    parts::{content_types, relationships},
};

/// The last words of relationships of a package that lead to properties and to a picture of its first page. No part
/// names these, so that they may go.
const PRIVATE: &[&str] =
    &["core-properties", "extended-properties", "custom-properties", "thumbnail"];

/// Chunks of a PNG that hold words, the time and what a camera says.
const CHUNKS: [&[u8]; 5] = [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"];

/// Segments of a JPEG of the same kind: Exif and XMP, Photoshop's, comments.
const SEGMENTS: [u8; 3] = [0xE1, 0xED, 0xFE];

/// An entry of a document as the clean copy has it. What cannot be read stays as it is: the disclosure check looks
/// into it.
pub(super) fn clean(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let is_package =
        name.to_lowercase().contains("embeddings/") && bytes.starts_with(b"PK\x03\x04");
    let clean = if is_package {
        package(&bytes)
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(&bytes)
    } else if bytes.starts_with(b"\xFF\xD8\xFF") {
        jpeg(&bytes)
    } else {
        None
    };
    clean.unwrap_or(bytes)
}

fn package(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut entries: Vec<(String, Vec<u8>)> = vec![];
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut held = vec![];
        entry.read_to_end(&mut held).ok()?;
        entries.push((name, held));
    }
    let mut removed = BTreeSet::new();
    for (name, held) in &mut entries {
        if owner_of(name).is_some() {
            let xml = std::str::from_utf8(held).ok()?;
            *held = relationships(name, xml, "", PRIVATE, &mut removed).ok()?.into_bytes();
        }
    }
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, held) in entries {
        if removed.contains(&name) || name.ends_with('/') {
            continue;
        }
        let change: Option<fn(&Tree<'_>, &BTreeSet<String>, &mut Edits)> = match &*name {
            "[Content_Types].xml" => Some(content_types),
            "xl/workbook.xml" => Some(paths),
            _ => None,
        };
        let held = match change {
            Some(change) => {
                let xml = String::from_utf8(held).ok()?;
                let prefixes = Prefixes::usual();
                let tree = Tree::piece(&xml, &prefixes).ok()?;
                let mut edits = Edits::default();
                change(&tree, &removed, &mut edits);
                edits.splice(&xml)?.into_bytes()
            }
            None => held,
        };
        writer.start_file(name, options).ok()?;
        writer.write_all(&held).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// Excel notes in which folder a workbook lay.
fn paths(tree: &Tree<'_>, _: &BTreeSet<String>, edits: &mut Edits) {
    for node in tree.below(0).filter(|node| tree.name(*node).ends_with(":absPath")) {
        let around = tree.ancestors(node).find(|up| tree.name(*up).ends_with(":AlternateContent"));
        edits.remove(tree.span(around.unwrap_or(node)));
    }
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = bytes.get(..8)?.to_vec();
    let mut rest = bytes.get(8..)?;
    while !rest.is_empty() {
        let length: [u8; 4] = rest.get(..4)?.try_into().ok()?;
        // The length and the name before what it holds, and a sum after it.
        let whole = usize::try_from(u32::from_be_bytes(length)).ok()?.checked_add(12)?;
        let chunk = rest.get(..whole)?;
        if !CHUNKS.contains(&chunk.get(4..8)?) {
            clean.extend_from_slice(chunk);
        }
        rest = rest.get(whole..)?;
    }
    Some(clean)
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = bytes.get(..2)?.to_vec();
    let mut rest = bytes.get(2..)?;
    loop {
        let &[0xFF, marker, high, low] = rest.get(..4)? else { return None };
        // From here on it is the picture itself.
        if marker == 0xDA {
            clean.extend_from_slice(rest);
            return Some(clean);
        }
        let whole = usize::from(u16::from_be_bytes([high, low])).checked_add(2)?;
        let segment = rest.get(..whole)?;
        if !SEGMENTS.contains(&marker) {
            clean.extend_from_slice(segment);
        }
        rest = rest.get(whole..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_picture_and_nothing_else() {
        let chunk = |name: &[u8], held: &[u8]| {
            let length = u32::try_from(held.len()).unwrap().to_be_bytes();
            [&length[..], name, held, b"summ"].concat()
        };
        let [head, words, data] =
            [chunk(b"IHDR", b"13"), chunk(b"tEXt", b"Author\0Zebedee"), chunk(b"IDAT", b"dots")];
        let start = b"\x89PNG\r\n\x1a\n".to_vec();
        let whole = [&*start, &*head, &*words, &*data].concat();
        assert_eq!(clean("word/media/image1.png", whole), [start, head, data].concat());

        let exif = b"\xFF\xE1\x00\x09Zebedee";
        let rest = b"\xFF\xE0\x00\x04ab\xFF\xDA\x00\x02dots";
        let whole = [b"\xFF\xD8", &exif[..], &rest[..]].concat();
        assert_eq!(clean("word/media/image2.jpeg", whole), [b"\xFF\xD8", &rest[..]].concat());

        let cut = b"\x89PNG\r\n\x1a\n\x00\x00\x00\xFFtEXt".to_vec();
        assert_eq!(clean("word/media/image3.png", cut.clone()), cut);
    }
}
