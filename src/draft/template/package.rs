//! The package around the template's parts: what docx-rs writes for Japan, or not at all, written for here.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

use anyhow::Context;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    draft::{Class, Kind},
    english, word,
};

const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>"#,
    r#"<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>"#,
    r#"<Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>"#,
    r#"<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>"#,
    r#"<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    r#"<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>"#,
    "</Types>",
);

const RELATIONSHIPS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>"#,
    "</Relationships>",
);

/// The names of header and footer are those that docx-rs gives them in the document.
const DOCUMENT_RELATIONSHIPS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>"#,
    r#"<Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/>"#,
    r#"<Relationship Id="rIdHeader1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>"#,
    r#"<Relationship Id="rIdFooter1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>"#,
    "</Relationships>",
);

const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>"#,
    r#"<w:characterSpacingControl w:val="doNotCompress"/>"#,
    r#"<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>"#,
    r#"<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>"#,
    r#"<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>"#,
    r#"<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat>"#,
    r#"<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>"#,
    "</w:settings>",
);

const FONTS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:font w:name="Arial"><w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>"#,
    r#"<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>"#,
);

const APP: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">"#,
    "<Application>Microsoft Office Word</Application></Properties>",
);

/// The title property, the class of the document and its language.
pub(super) fn core(title: &str, class: &str) -> String {
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
            r#"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" "#,
            r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#,
            "{}{}<dc:language>en-GB</dc:language></cp:coreProperties>",
        ),
        element(title),
        category(class)
    )
}

fn element(title: &str) -> String {
    let odd = |letter: char| letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}');
    format!("<dc:title>{}</dc:title>", quick_xml::escape::escape(title.replace(odd, "")))
}

fn category(class: &str) -> String {
    format!("<cp:category>{}</cp:category>", quick_xml::escape::escape(class))
}

const PROPERTIES: &str = "docProps/core.xml";

/// The document with this title in place of a built-in one, and with this class in place of "public" if one is given;
/// none where it has another title, or no title is given.
pub(in crate::draft) fn with_properties(
    document: &[u8],
    title: &str,
    class: Option<&str>,
) -> Option<Vec<u8>> {
    let core = properties(document)?;
    let built_in = Kind::ALL.map(|kind| element(&english::capital(kind.title())));
    let old = built_in.iter().find(|own| core.contains(*own)).filter(|_| !title.is_empty())?;
    let mut core = core.replace(old, &element(title));
    if let Some(class) = class {
        let built_in = category(&english::capital(Class::Public.word()));
        core = core.replace(&built_in, &category(&english::capital(class)));
    }
    with_parts(document, BTreeMap::from([(PROPERTIES.to_owned(), core.into_bytes())]))
}

/// The document with another class in its properties; none where it has not the one it had.
pub(in crate::draft) fn with_category(document: &[u8], old: &str, new: &str) -> Option<Vec<u8>> {
    let core = properties(document)?;
    let [old, new] = [old, new].map(|class| category(&english::capital(class)));
    let changed = core.contains(&old).then(|| core.replacen(&old, &new, 1))?;
    with_parts(document, BTreeMap::from([(PROPERTIES.to_owned(), changed.into_bytes())]))
}

/// The properties as they are written; none of a document without them, or with more of them than any has.
fn properties(document: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(document)).ok()?;
    let mut core = String::new();
    let part = archive.by_name(PROPERTIES).ok()?;
    part.take(word::LARGEST + 1).read_to_string(&mut core).ok()?;
    (core.len() as u64 <= word::LARGEST).then_some(core)
}

/// The document with other parts, new ones last; what is not named is copied as it is, still packed.
pub(super) fn with_parts(document: &[u8], mut parts: BTreeMap<String, Vec<u8>>) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(document)).ok()?;
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        match parts.remove(&name) {
            Some(bytes) => {
                zip.start_file(name, options()).ok()?;
                zip.write_all(&bytes).ok()?;
            }
            None => zip.raw_copy_file(entry).ok()?,
        }
    }
    for (name, bytes) in parts {
        zip.start_file(name, options()).ok()?;
        zip.write_all(&bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

/// No date, so that the same parts make the same bytes.
pub(super) fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
}

/// The parts that docx-rs makes, mended.
pub(super) struct Parts {
    pub(super) core: String,
    pub(super) document: String,
    pub(super) styles: String,
    pub(super) numbering: String,
    pub(super) header: String,
    pub(super) footer: String,
}

/// The same parts make the same bytes, whenever and wherever.
pub(super) fn pack(parts: &Parts) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let entries = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        (PROPERTIES, &parts.core),
        ("docProps/app.xml", APP),
        ("word/document.xml", &parts.document),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONSHIPS),
        ("word/styles.xml", &parts.styles),
        ("word/settings.xml", SETTINGS),
        ("word/numbering.xml", &parts.numbering),
        ("word/fontTable.xml", FONTS),
        ("word/header1.xml", &parts.header),
        ("word/footer1.xml", &parts.footer),
    ];
    for (name, text) in entries {
        zip.start_file(name, options())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish().context("the template could not be packed")?.into_inner())
}
