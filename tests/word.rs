//! The Word engine over the life of a document: filled, edited in Word, filled again.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

use lathe::word::{self, Block, Column, Data, Filled, Identity, Item, NoticeKind, Table, Text};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const W15: &str = "http://schemas.microsoft.com/office/word/2012/wordml";
const W14: &str = "http://schemas.microsoft.com/office/word/2010/wordml";
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

// ---- The document of these tests ----

/// A document with a body, a header, a picture and whatever `more` holds.
fn docx_with(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let types = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#
    );
    let root = format!(
        r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="word/document.xml"/></Relationships>"#
    );
    let rels = format!(
        r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{rel}/header" Target="header1.xml"/><Relationship Id="rId2" Type="{rel}/styles" Target="styles.xml"/></Relationships>"#
    );
    let header = format!(
        "\u{feff}<w:hdr xmlns:w=\"{MAIN}\"><w:p>{}</w:p></w:hdr>",
        control("fig:council", 901, "?")
    );
    let styles = format!(
        r#"<w:styles xmlns:w="{MAIN}"><w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style></w:styles>"#
    );
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:document xmlns:w=\"{MAIN}\" xmlns:w14=\"{W14}\" xmlns:w15=\"{W15}\" xmlns:mc=\"{MC}\" mc:Ignorable=\"w14 w15\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    let entries = [
        ("[Content_Types].xml", types.as_str()),
        ("_rels/.rels", root.as_str()),
        ("word/media/image1.png", "not really a picture"),
        ("word/document.xml", document.as_str()),
        ("word/_rels/document.xml.rels", rels.as_str()),
        ("word/header1.xml", header.as_str()),
        ("word/styles.xml", styles.as_str()),
        ("docProps/core.xml", "<core><title>A case</title></core>"),
    ];
    for (name, text) in entries.iter().chain(more) {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

fn control(tag: &str, id: u32, text: &str) -> String {
    sdt(tag, id, &format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>"))
}

fn sdt(tag: &str, id: u32, content: &str) -> String {
    format!(
        r#"<w:sdt><w:sdtPr><w:tag w:val="{tag}"/><w:id w:val="{id}"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"#
    )
}

fn p(content: &str) -> String {
    format!("<w:p w14:paraId=\"00AA00BB\" w:rsidR=\"00112233\">{content}</w:p>")
}

fn words(text: &str) -> String {
    p(&format!("<w:r><w:t>{text}</w:t></w:r>"))
}

fn heading(text: &str) -> String {
    p(&format!("<w:pPr><w:pStyle w:val=\"Kop1\"/></w:pPr><w:r><w:t>{text}</w:t></w:r>"))
}

fn cell(content: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"3000\" w:type=\"dxa\"/></w:tcPr>{content}</w:tc>")
}

/// A table with a repeating section: name and end are ours, notes the lead's.
fn systems() -> String {
    let row = format!(
        "<w:tr w:rsidR=\"00112233\">{}{}{}</w:tr>",
        cell(&p(&control("item:name", 11, "Name"))),
        cell(&p(&control("item:end", 12, "End"))),
        cell(&p("")),
    );
    let item = format!(
        r#"<w:sdt><w:sdtPr><w:id w:val="10"/><w15:repeatingSectionItem/></w:sdtPr><w:sdtContent>{row}</w:sdtContent></w:sdt>"#
    );
    let head = format!(
        "<w:tr>{}{}{}</w:tr>",
        cell(&words("System")),
        cell(&words("Ends")),
        cell(&words("Notes"))
    );
    format!(
        r#"<w:tbl><w:tblPr/><w:tblGrid/>{head}<w:sdt><w:sdtPr><w:tag w:val="each:systems"/><w:id w:val="9"/><w15:repeatingSection/></w:sdtPr><w:sdtContent>{item}</w:sdtContent></w:sdt></w:tbl>"#
    )
}

fn case() -> Vec<u8> {
    let body = [
        heading("Finance"),
        p(&format!(
            "<w:r><w:t xml:space=\"preserve\">The service costs </w:t></w:r>{}<w:r><w:t> a year&#x2013;gross.</w:t></w:r>",
            control("fig:gross", 1, "£0")
        )),
        sdt("say:coverage", 2, &words("Nobody has answered.")),
        sdt("once:purpose", 3, &words("Say what it is for.")),
        heading("Systems"),
        systems(),
        sdt("if:partial", 20, &format!("{}{}", words("Not all have answered:"), p(&control("fig:missing", 21, "?")))),
        sdt("block:revenue", 30, &words("A table comes here.")),
        words("The end."),
    ]
    .concat();
    docx(&body)
}

fn item(key: &str, name: &str, end: &str) -> Item {
    let texts = [("name", name), ("end", end)];
    let texts = texts.map(|(column, text)| (column.to_owned(), text.to_owned()));
    Item { key: key.to_owned(), texts: BTreeMap::from(texts) }
}

fn text(text: &str) -> Text {
    Text { text: text.to_owned(), title: String::new() }
}

fn data() -> Data {
    let texts = [
        ("fig:council", "Canterbury"),
        ("fig:gross", "£1,659,055"),
        ("say:coverage", "Four of four councils have answered."),
        ("fig:missing", "none"),
    ];
    let table = Table {
        title: "Revenue".to_owned(),
        description: "Gross and net by council".to_owned(),
        columns: vec![
            Column { heading: "Council".to_owned(), width: 2, numeric: false },
            Column { heading: "Gross (£)".to_owned(), width: 1, numeric: true },
        ],
        rows: vec![
            vec!["Dover".to_owned(), "1,000".to_owned()],
            vec!["Total".to_owned(), String::new()],
        ],
        total: true,
    };
    Data {
        identity: Some(Identity { kind: "business-case".to_owned(), project: "H".to_owned() }),
        texts: texts.map(|(tag, value)| (tag.to_owned(), text(value))).into(),
        seeds: [("once:purpose".to_owned(), "To build well.".to_owned())].into(),
        lists: [(
            "each:systems".to_owned(),
            vec![item("A", "Uniform", "2010"), item("B", "Acolaid", "2012")],
        )]
        .into(),
        blocks: [(
            "block:revenue".to_owned(),
            vec![
                Block::Paragraph { style: "Normal", text: "What it costs:".to_owned() },
                Block::Bullet("one\ttwo\nthree".to_owned()),
                Block::Table(table),
            ],
        )]
        .into(),
        passages: [("if:partial".to_owned(), true)].into(),
    }
}

// ---- Looking at documents ----

fn part(document: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(document)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn body(document: &[u8]) -> String {
    part(document, "word/document.xml")
}

/// The document with its body changed as an editor would.
fn edited(document: &[u8], edit: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(document)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = vec![];
        file.read_to_end(&mut text).unwrap();
        if name == "word/document.xml" {
            let old = String::from_utf8(text).unwrap();
            let new = edit(old.clone());
            assert_ne!(old, new, "the edit found nothing to change");
            text = new.into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn fill(document: &[u8], data: &Data) -> Filled {
    let filled = word::fill(document, data).unwrap();
    let again = word::fill(&filled.bytes, data).unwrap();
    assert!(again.bytes == filled.bytes, "a second fill changes nothing");
    assert_eq!(again.changes, []);
    assert_sound(&filled.bytes);
    filled
}

fn kinds(filled: &Filled) -> Vec<(NoticeKind, &str)> {
    filled.notices.iter().map(|notice| (notice.kind, notice.tag.as_str())).collect()
}

fn text_of(document: &[u8]) -> String {
    word::plain_text(document).unwrap()
}

/// Well-formed, and no control's id twice.
fn assert_sound(document: &[u8]) {
    let xml = body(document);
    let mut reader = quick_xml::Reader::from_str(&xml);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    let mut ids: Vec<&str> = xml.split("<w:id w:val=\"").skip(1).collect();
    let all = ids.len();
    ids = ids.iter().map(|rest| rest.split('"').next().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

/// What stands outside the controls of ours.
fn outside(xml: &str) -> String {
    let mut rest = xml;
    let mut out = String::new();
    while let Some(start) = rest.find("<w:sdt>") {
        out.push_str(&rest[..start]);
        let (mut depth, mut at) = (0, start);
        loop {
            let open = rest[at..].find("<w:sdt>").map_or(usize::MAX, |found| found + at);
            let close = rest[at..].find("</w:sdt>").unwrap() + at;
            if open < close {
                depth += 1;
                at = open + 7;
            } else {
                depth -= 1;
                at = close + 8;
            }
            if depth == 0 {
                break;
            }
        }
        rest = &rest[at..];
    }
    out + rest
}

// ---- Tests ----

#[test]
fn a_fill_with_nothing_leaves_every_byte() {
    assert_eq!(word::fill(&case(), &Data::default()).unwrap().bytes, case());
    let filled = fill(&case(), &data()).bytes;
    let again = word::fill(&filled, &Data::default()).unwrap();
    assert_eq!(again.bytes, filled);
    assert_eq!(again.notices, []);
}

#[test]
fn words_outside_the_controls_stay() {
    let first = fill(&case(), &data()).bytes;
    let lead = edited(&first, |xml| {
        xml.replace("The service costs ", "We think that it costs ").replace(
            "<w:sectPr/>",
            "<w:p   w:rsidR='1'><w:ins w:id=\"5\" w:author=\"x\"><w:r><w:t>New&#xa0;words</w:t></w:r></w:ins></w:p><w:sectPr/>",
        )
    });
    let mut later = data();
    later.texts.insert("fig:gross".to_owned(), text("£1,223,290"));
    let filled = fill(&lead, &later);
    assert_eq!(outside(&body(&filled.bytes)), outside(&body(&lead)));
    assert_eq!(kinds(&filled), []);
    let [change] = &filled.changes[..] else { panic!("{:?}", filled.changes) };
    assert_eq!((change.old.as_str(), change.new.as_str()), ("£1,659,055", "£1,223,290"));
    assert!(text_of(&filled.bytes).contains("We think that it costs £1,223,290 a year–gross."));
    for name in
        ["docProps/core.xml", "word/media/image1.png", "word/styles.xml", "[Content_Types].xml"]
    {
        assert_eq!(part(&filled.bytes, name), part(&lead, name));
    }
}

#[test]
fn a_first_fill_says_it_all() {
    let filled = fill(&case(), &data());
    assert!(filled.first);
    assert_eq!(kinds(&filled), []);
    insta::assert_snapshot!(text_of(&filled.bytes), @r"
    Finance
    The service costs £1,659,055 a year–gross.
    Four of four councils have answered.
    To build well.
    Systems
    | System | Ends | Notes |
    | Uniform | 2010 |  |
    | Acolaid | 2012 |  |
    Not all have answered:
    none
    What it costs:
    one	two
    three
    | Council | Gross (£) |
    | Dover | 1,000 |
    | Total | – |
    The end.
    ");
    assert!(part(&filled.bytes, "word/header1.xml").starts_with('\u{feff}'));
    assert!(part(&filled.bytes, "word/header1.xml").contains("Canterbury"));
    assert_eq!(outside(&body(&filled.bytes)), outside(&body(&case())));
    let changes = filled.changes.iter().filter(|change| !change.tag.starts_with("block:"));
    let changes = changes.map(|it| {
        let row = it.row.clone().unwrap_or_default();
        format!("{}, {} {row}: {} → {}", it.heading, it.tag, it.old, it.new)
    });
    insta::assert_snapshot!(changes.collect::<Vec<_>>().join("\n"), @r"
    Finance, fig:gross : £0 → £1,659,055
    Finance, say:coverage : Nobody has answered. → Four of four councils have answered.
    Finance, once:purpose : Say what it is for. → To build well.
    Systems, each:systems A:  → Uniform | 2010
    Systems, each:systems B:  → Acolaid | 2012
    Systems, fig:missing : ? → none
    the header, fig:council : ? → Canterbury
    ");
    assert_eq!(word::identity(&filled.bytes), data().identity);
}
