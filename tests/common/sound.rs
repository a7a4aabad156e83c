//! Whether Word can open a document: parts well-formed and all named, elements where the schema has them, no id twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
    sync::LazyLock,
};

use calamine::Reader as _;
use lathe::word;
use quick_xml::{Reader, XmlVersion, events::Event};
use regex::Regex;

use super::parts;

/// The children of an element in the order in which ISO 29500 has them; where it names all, `=` stands before them.
const ORDERS: &[(&str, &str)] = &[
    ("w:tbl", "w:tblPr w:tblGrid"),
    ("w:tc", "w:tcPr"),
    ("w:p", "w:pPr"),
    ("w:r", "w:rPr"),
    ("w:sdt", "= w:sdtPr w:sdtEndPr w:sdtContent"),
    (
        "w:pPr",
        "= w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr \
         w:suppressLineNumbers w:pBdr w:shd w:tabs w:suppressAutoHyphens w:kinsoku w:wordWrap w:overflowPunct \
         w:topLinePunct w:autoSpaceDE w:autoSpaceDN w:bidi w:adjustRightInd w:snapToGrid w:spacing w:ind \
         w:contextualSpacing w:mirrorIndents w:suppressOverlap w:jc w:textDirection w:textAlignment \
         w:textboxTightWrap w:outlineLvl w:divId w:cnfStyle w:rPr w:sectPr w:pPrChange",
    ),
    (
        "w:rPr",
        "= w:ins w:del w:moveFrom w:moveTo w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:smallCaps w:strike \
         w:dstrike w:outline w:shadow w:emboss w:imprint w:noProof w:snapToGrid w:vanish w:webHidden w:color \
         w:spacing w:w w:kern w:position w:sz w:szCs w:highlight w:u w:effect w:bdr w:shd w:fitText w:vertAlign \
         w:rtl w:cs w:em w:lang w:eastAsianLayout w:specVanish w:oMath w:rPrChange",
    ),
    (
        "w:tblPr",
        "= w:tblStyle w:tblpPr w:tblOverlap w:bidiVisual w:tblStyleRowBandSize w:tblStyleColBandSize w:tblW w:jc \
         w:tblCellSpacing w:tblInd w:tblBorders w:shd w:tblLayout w:tblCellMar w:tblLook w:tblCaption \
         w:tblDescription w:tblPrChange",
    ),
    (
        "w:tcPr",
        "= w:cnfStyle w:tcW w:gridSpan w:hMerge w:vMerge w:tcBorders w:shd w:noWrap w:tcMar w:textDirection \
         w:tcFitText w:vAlign w:hideMark w:headers w:cellIns w:cellDel w:cellMerge w:tcPrChange",
    ),
    (
        "w:sdtPr",
        "w:rPr w:alias w:tag w:id w:lock w:placeholder w:temporary w:showingPlcHdr w:dataBinding w:label w:tabIndex",
    ),
    ("wp:inline", "= wp:extent wp:effectExtent wp:docPr wp:cNvGraphicFramePr a:graphic"),
];

/// What may stand in an element, and so in a control within it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Level {
    Blocks,
    Rows,
    Cells,
    Runs,
    Other,
}

struct Open {
    name: String,
    holds: Level,
    order: Option<&'static str>,
    reached: usize,
    /// The last paragraph or table in it.
    last: Option<&'static str>,
}

/// Every part well-formed, named and in the order of the schema, every id unique.
pub(crate) fn assert_sound(document: &[u8]) {
    let parts = parts(document);
    let mut ids = BTreeSet::new();
    for (name, xml) in &parts {
        if name.ends_with(".xlsx") {
            continue;
        }
        assert_part(name, xml, &mut ids);
        if name.starts_with("word/") && !name.ends_with(".rels") {
            let bare = PARAGRAPH_ID.replace_all(xml, "");
            assert!(word::conform(&bare) == *bare, "{name} is not in the order of the schema");
        }
    }
    assert_all_named(&parts);
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    let books: Vec<&String> = parts.keys().filter(|name| name.ends_with(".xlsx")).collect();
    for name in books {
        let mut bytes = vec![];
        std::io::Read::read_to_end(&mut archive.by_name(name).unwrap(), &mut bytes).unwrap();
        for (own, xml) in super::parts(&bytes) {
            assert_part(&format!("{name}!{own}"), &xml, &mut BTreeSet::new());
        }
        calamine::Xlsx::new(Cursor::new(bytes)).unwrap().sheet_names();
    }
}

static PARAGRAPH_ID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(" w14:(paraId|textId)=\"[^\"]*\"").unwrap());

/// A part: `ids` are those of the parts before it, for some may stand once only in a document.
fn assert_part(part: &str, xml: &str, ids: &mut BTreeSet<(&'static str, String)>) {
    let declared = xml.rfind("<?xml ").is_none_or(|at| at == 0);
    assert!(declared, "{part} is declared in its midst, which no XML may be");
    let mut reader = Reader::from_str(xml);
    let mut stack: Vec<Open> = vec![];
    let mut own = BTreeSet::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{part}: {error}")) {
            Event::Start(start) => {
                let open = opened(part, &start, &mut stack, ids, &mut own);
                stack.push(open);
            }
            Event::Empty(start) => {
                let open = opened(part, &start, &mut stack, ids, &mut own);
                close(part, open, &mut stack);
            }
            Event::End(_) => {
                let open = stack.pop().unwrap();
                close(part, open, &mut stack);
            }
            Event::Text(text) => assert_plain(part, text.as_ref()),
            Event::GeneralRef(reference) => {
                let char = reference.resolve_char_ref().unwrap();
                assert_plain(part, &char.map(String::from).unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
    }
}

fn assert_plain(part: &str, text: &str) {
    let odd = text.chars().find(|char| {
        matches!(char, '\u{fffe}' | '\u{ffff}')
            || char.is_ascii_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{7f}')
    });
    assert!(odd.is_none(), "{part} holds {odd:?}, which no XML may");
}

fn opened(
    part: &str,
    start: &quick_xml::events::BytesStart<'_>,
    stack: &mut [Open],
    ids: &mut BTreeSet<(&'static str, String)>,
    own: &mut BTreeSet<(&'static str, String)>,
) -> Open {
    let name = start.name().into_inner().to_owned();
    let mut attributes = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.unwrap_or_else(|error| panic!("{part}: {error}"));
        let key = attribute.key.into_inner().to_owned();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned();
        assert_plain(part, &value);
        attributes.insert(key, value);
    }
    let around = stack.last().map_or("", |open| &*open.name).to_owned();
    let inherited = stack.last().map_or(Level::Other, |open| open.holds);
    if let Some(parent) = stack.last_mut() {
        let path = format!("{part}: {name} in {around}");
        if let Some(order) = parent.order {
            let rank = order.split(' ').position(|own| own == name);
            let strict =
                order.starts_with('=') && (name.starts_with("w:") || name.starts_with("wp:"));
            assert!(!strict || rank.is_some(), "{path}: the schema has no such thing there");
            let rank = rank.unwrap_or(usize::MAX);
            assert!(rank >= parent.reached, "{path}: it stands too late");
            parent.reached = rank;
        }
        let wanted = match &*name {
            "w:p" | "w:tbl" => Some(Level::Blocks),
            "w:tr" => Some(Level::Rows),
            "w:tc" => Some(Level::Cells),
            "w:r" => Some(Level::Runs),
            _ => None,
        };
        assert!(wanted.is_none_or(|wanted| wanted == parent.holds), "{path}: {:?}", parent.holds);
        match &*name {
            "w:p" => parent.last = Some("w:p"),
            "w:tbl" => parent.last = Some("w:tbl"),
            _ => {}
        }
    }
    let story = part.starts_with("word/") && !part.contains('!');
    // The two forms of one drawing have the same ids.
    let twin = stack.iter().any(|open| open.name == "mc:Fallback");
    if story && !twin {
        let once = |kind, value: Option<&String>, all: &mut BTreeSet<_>| {
            let Some(value) = value else { return };
            assert!(all.insert((kind, value.clone())), "{part}: two {kind} with id {value}");
        };
        match (&*name, &*around) {
            ("w:id", "w:sdtPr") => once("controls", attributes.get("w:val"), ids),
            ("wp:docPr", _) => once("drawings", attributes.get("id"), ids),
            ("w:bookmarkStart", _) => once("bookmarks", attributes.get("w:id"), ids),
            ("w:p", _) => once("paragraphs", attributes.get("w14:paraId"), ids),
            ("w:ins" | "w:del", _) => once("tracked changes", attributes.get("w:id"), own),
            ("w:comment", _) => once("comments", attributes.get("w:id"), own),
            _ => {}
        }
    }
    let holds = match &*name {
        "w:body" | "w:tc" | "w:hdr" | "w:ftr" | "w:footnote" | "w:endnote" | "w:comment"
        | "w:txbxContent" | "w:docPartBody" => Level::Blocks,
        "w:tbl" => Level::Rows,
        "w:tr" => Level::Cells,
        "w:p" => Level::Runs,
        "w:sdt" | "w:sdtContent" | "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo"
        | "w:hyperlink" | "w:smartTag" | "w:customXml" | "w:fldSimple" | "w:bdo" | "w:dir" => {
            inherited
        }
        _ => Level::Other,
    };
    let order = ORDERS.iter().find(|(own, _)| *own == name).map(|(_, order)| *order);
    Open { name, holds, order, reached: 0, last: None }
}

fn close(part: &str, open: Open, stack: &mut [Open]) {
    if open.name == "w:tc" {
        assert_eq!(open.last, Some("w:p"), "{part}: a cell does not end in a paragraph");
    }
    // What a control holds stands where the control does.
    if matches!(&*open.name, "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" | "w:del")
        && let Some(parent) = stack.last_mut()
        && open.last.is_some()
    {
        parent.last = open.last;
    }
}

/// Every part has a type, and every type and relationship leads to a part.
fn assert_all_named(parts: &BTreeMap<String, String>) {
    static TARGET: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("<Relationship ([^>]*)>").unwrap());
    static OVERRIDE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("<Override [^>]*PartName=\"/([^\"]*)\"").unwrap());
    static DEFAULT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("<Default [^>]*Extension=\"([^\"]*)\"").unwrap());
    let types = &parts["[Content_Types].xml"];
    let all = |pattern: &Regex| -> BTreeSet<String> {
        pattern.captures_iter(types).map(|found| found[1].to_owned()).collect()
    };
    let (named, endings) = (all(&OVERRIDE), all(&DEFAULT));
    for name in &named {
        assert!(parts.contains_key(name), "[Content_Types].xml names {name}, which is not there");
    }
    for name in parts.keys().filter(|name| *name != "[Content_Types].xml") {
        let ending = name.rsplit('.').next().unwrap_or_default();
        assert!(named.contains(name) || endings.contains(ending), "{name} has no type");
    }
    for (rels, xml) in parts.iter().filter(|(name, _)| name.ends_with(".rels")) {
        let of = rels.replace("_rels/", "").replace(".rels", "");
        assert!(of.is_empty() || parts.contains_key(&of), "{rels} is of nothing");
        let folder = of.rsplit_once('/').map_or("", |(folder, _)| folder);
        for found in TARGET.captures_iter(xml).filter(|own| !own[1].contains("\"External\"")) {
            let target = found[1].split("Target=\"").nth(1).unwrap().split('"').next().unwrap();
            let mut path: Vec<&str> = folder.split('/').filter(|own| !own.is_empty()).collect();
            for step in target.trim_start_matches('/').split('/') {
                match step {
                    ".." => _ = path.pop(),
                    step => path.push(step),
                }
            }
            let name = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => path.join("/"),
            };
            assert!(parts.contains_key(&name), "{rels} names {name}, which is not there");
        }
    }
}
