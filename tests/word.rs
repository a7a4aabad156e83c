//! The Word engine over the life of a document: filled, edited in Word, filled again.

mod common;

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

use common::assert_sound;
use lathe::word::{self, Block, Column, Data, Filled, Identity, Item, NoticeKind, Table, Text};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const W15: &str = "http://schemas.microsoft.com/office/word/2012/wordml";
const W14: &str = "http://schemas.microsoft.com/office/word/2010/wordml";
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// Stands for the id of a paragraph until the document is put together.
const PARAGRAPH: &str = "w14:paraId=\"00AA00BB\"";

// ---- The document of these tests ----

/// A document with a body, a header, a picture and whatever `more` holds.
fn docx_with(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let types = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#
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
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:document xmlns:w=\"{MAIN}\" xmlns:w14=\"{W14}\" xmlns:w15=\"{W15}\" xmlns:mc=\"{MC}\" mc:Ignorable=\"w14 w15\"><w:body>{}<w:sectPr/></w:body></w:document>",
        numbered(body)
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

/// Word gives every paragraph an id of its own.
fn numbered(body: &str) -> String {
    let mut pieces = body.split(PARAGRAPH);
    let first = pieces.next().unwrap().to_owned();
    pieces
        .enumerate()
        .fold(first, |xml, (at, piece)| format!("{xml}w14:paraId=\"{at:08X}\"{piece}"))
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
    format!("<w:p {PARAGRAPH} w:rsidR=\"00112233\">{content}</w:p>")
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
        ..Data::default()
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
    replaced(document, "word/document.xml", edit)
}

fn replaced(document: &[u8], part: &str, edit: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(document)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = vec![];
        file.read_to_end(&mut text).unwrap();
        if name == part {
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

#[test]
fn a_sentence_typed_into_a_control_is_respected_and_reported() {
    let first = fill(&case(), &data()).bytes;
    let lead = edited(&first, |xml| {
        xml.replace("Four of four councils have answered.", "Everybody answered!")
            .replace("To build well.", "To build better.")
    });
    let mut later = data();
    later.texts.insert("say:coverage".to_owned(), text("Three of four councils have answered."));
    later.seeds.insert("once:purpose".to_owned(), "Something else.".to_owned());
    let filled = fill(&lead, &later);
    assert_eq!(kinds(&filled), [(NoticeKind::Edited, "say:coverage")]);
    insta::assert_snapshot!(filled.notices[0], @"Under “Finance”: “Everybody answered!” was typed by hand and stays; it would now read “Three of four councils have answered.”.");
    assert_eq!(filled.bytes, lead);

    // Put back as it was, it is brought up to date again.
    let undone = edited(&lead, |xml| {
        xml.replace("Everybody answered!", "Four of four councils have answered.")
    });
    let filled = fill(&undone, &later);
    assert_eq!(kinds(&filled), []);
    assert!(text_of(&filled.bytes).contains("Three of four councils have answered."));
    assert!(text_of(&filled.bytes).contains("To build better."));
}

#[test]
fn a_run_that_changes_nothing_but_its_name_leaves_the_document() {
    let first = fill(&case(), &data()).bytes;
    let mut later = data();
    later.texts.insert("fig:council".to_owned(), text("run 2"));
    later.stamps.insert("fig:council".to_owned());
    let filled = fill(&first, &later);
    assert!(filled.bytes == first);
    // With a figure the name of the run changes too.
    later.texts.insert("fig:gross".to_owned(), text("£1"));
    let filled = fill(&first, &later);
    assert!(part(&filled.bytes, "word/header1.xml").contains("run 2"));
    let tags: Vec<&str> = filled.changes.iter().map(|it| it.tag.as_str()).collect();
    assert_eq!(tags, ["fig:gross", "fig:council"]);
}

/// The document with another run behind "a year–gross." and what else a lead may write.
fn quoting(document: &[u8]) -> Vec<u8> {
    let note = format!(
        r#"<w:footnotes xmlns:w="{MAIN}"><w:footnote w:id="2">{}</w:footnote></w:footnotes>"#,
        "<w:p><w:r><w:t>Was £1,659,055.</w:t></w:r></w:p>"
    );
    let remark = format!(
        r#"<w:comments xmlns:w="{MAIN}"><w:comment w:id="4">{}</w:comment></w:comments>"#,
        "<w:p><w:r><w:t>Is 1.66m right?</w:t></w:r></w:p>"
    );
    let boxed = "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent><w:p><w:r><w:t>£1.7m!</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>£1.7m!</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    let own = "<w:p><w:r><w:t>That is £1.66</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\"> million of £11,659,055</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:commentReference w:id=\"4\"/></w:r><w:ins w:id=\"9\" w:author=\"x\"><w:r><w:t>, or 1659055</w:t></w:r></w:ins><w:del w:id=\"10\" w:author=\"x\"><w:r><w:delText>, or £1,659,055</w:delText></w:r></w:del></w:p>";
    let lead = edited(document, |xml| {
        xml.replace("<w:sectPr/>", &format!("{own}{boxed}<w:sectPr/>"))
            .replace("To build well.", "To save £1,659,055.")
    });
    let lead = replaced(&lead, "word/header1.xml", |xml| {
        xml.replace("</w:hdr>", "<w:p><w:r><w:t>£1,659k</w:t></w:r></w:p></w:hdr>")
    });
    let lead = with_part(&lead, "word/footnotes.xml", &note, "footnotes");
    with_part(&lead, "word/comments.xml", &remark, "comments")
}

/// The document with another part that its main part points to.
fn with_part(document: &[u8], name: &str, text: &str, kind: &str) -> Vec<u8> {
    let target = name.trim_start_matches("word/");
    let entry = format!(
        r#"<Relationship Id="rId{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"#
    );
    let document = replaced(document, "word/_rels/document.xml.rels", |xml| {
        xml.replace("</Relationships>", &entry)
    });
    let mut writer = ZipWriter::new_append(Cursor::new(document)).unwrap();
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(text.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn words_that_still_quote_a_replaced_figure_are_named_until_they_are_mended() {
    let lead = quoting(&fill(&case(), &data()).bytes);
    assert_eq!(fill(&lead, &data()).stale, []);
    let mut later = data();
    later.texts.insert("fig:gross".to_owned(), text("£1,223,290"));
    let filled = fill(&lead, &later);
    let found = |filled: &Filled| {
        let lines = filled.stale.iter().map(|it| {
            format!("{} → {} as {} {}: {}", it.old, it.new, it.quoted, it.place, it.near)
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(found(&filled), @r##"
    £1,659,055 → £1,223,290 as £1,659,055 under “Finance”: To save £1,659,055.
    £1,659,055 → £1,223,290 as £1.66 million under “Systems”: That is £1.66 million of £11,659,055, or 1659055
    £1,659,055 → £1,223,290 as 1659055 under “Systems”: …is £1.66 million of £11,659,055, or 1659055
    £1,659,055 → £1,223,290 as £1.7m in a text box under “Systems”: £1.7m!
    £1,659,055 → £1,223,290 as £1,659k in the header: £1,659k
    £1,659,055 → £1,223,290 as £1,659,055 in a footnote under “Systems”: Was £1,659,055.
    £1,659,055 → £1,223,290 as 1.66m in a comment under “Systems”: Is 1.66m right?
    "##);
    // The next run finds them again, with what the figure is by then, until they are mended.
    later.texts.insert("fig:gross".to_owned(), text("£1,300,000"));
    let third = fill(&filled.bytes, &later);
    assert_eq!(third.stale.len(), 7);
    assert!(third.stale.iter().all(|it| it.new == "£1,300,000"));
    let mended = replaced(&third.bytes, "word/header1.xml", |xml| xml.replace("£1,659k", "£1.3m"));
    assert_eq!(fill(&mended, &later).stale.len(), 6);
    // The figure that was replaced is back.
    assert_eq!(
        fill(&mended, &data()).stale.iter().map(|it| &*it.quoted).collect::<Vec<_>>(),
        ["£1.3m"]
    );
}

#[test]
fn what_the_template_itself_says_is_nobodys_to_correct() {
    let others = "<w:p><w:r><w:t>Elsewhere a grant of £1,659,055 was made.</w:t></w:r></w:p>";
    let add = |document: &[u8], text: &str| {
        edited(document, |xml| xml.replace("<w:sectPr/>", &format!("{text}<w:sectPr/>")))
    };
    let filled = fill(&add(&case(), others), &data()).bytes;
    let mut later = data();
    later.texts.insert("fig:gross".to_owned(), text("£1,223,290"));
    assert_eq!(fill(&filled, &later).stale, []);
    // Reworded, it is the lead's; so is the same sum in a sentence of their own.
    let reworded = edited(&filled, |xml| xml.replace("Elsewhere a", "As we hope, a"));
    let lead = add(&reworded, "<w:p><w:r><w:t>We spend £1,659,055.</w:t></w:r></w:p>");
    let near = |filled: &Filled| filled.stale.iter().map(|it| it.near.clone()).collect::<Vec<_>>();
    let quoting = ["As we hope, a grant of £1,659,055 was made.", "We spend £1,659,055."];
    let refreshed = fill(&lead, &later);
    assert_eq!(near(&refreshed), quoting);
    assert_eq!(near(&fill(&refreshed.bytes, &later)), quoting);
}

#[test]
fn a_changed_figure_can_be_a_tracked_change() {
    let first = fill(&case(), &data()).bytes;
    let mut later = data();
    later.texts.insert("fig:gross".to_owned(), text("£2"));
    later.track = Some(jiff::civil::date(2009, 3, 1));
    let tracked = fill(&first, &later);
    let marked = |bytes: &[u8]| {
        let xml = body(bytes);
        let start = xml.find("<w:tag w:val=\"fig:gross\"").unwrap();
        let content = xml[start..].split("<w:sdtContent>").nth(1).unwrap();
        content.split("</w:sdtContent>").next().unwrap().to_owned()
    };
    insta::assert_snapshot!(marked(&tracked.bytes), @r##"<w:del w:id="1843133079" w:author="lathe" w:date="2009-03-01T00:00:00Z"><w:r><w:rPr><w:b/></w:rPr><w:delText xml:space="preserve">£1,659,055</w:delText></w:r></w:del><w:ins w:id="49046074" w:author="lathe" w:date="2009-03-01T00:00:00Z"><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">£2</w:t></w:r></w:ins>"##);
    assert_eq!(kinds(&tracked), []);
    assert!(text_of(&tracked.bytes).contains("costs £2 a year"));

    // Before anybody has decided, the next figure takes the place of the new one.
    later.texts.insert("fig:gross".to_owned(), text("£3"));
    let third = fill(&tracked.bytes, &later);
    let xml = marked(&third.bytes);
    assert!(xml.contains(">£1,659,055</w:delText>") && xml.contains(">£3</w:t>"), "{xml}");
    assert!(!xml.contains("£2"), "{xml}");
    // Back where it was, or without --track, nothing is left to decide.
    let mut back = data();
    back.track = later.track;
    assert_eq!(marked(&fill(&third.bytes, &back).bytes), marked(&first));
    later.track = None;
    later.texts.insert("fig:gross".to_owned(), text("£4"));
    assert!(!marked(&fill(&third.bytes, &later).bytes).contains("<w:del"));

    // Accepted or rejected in Word, the text is ours still.
    let accepted = edited(&third.bytes, |xml| {
        let (start, end) = (xml.find("<w:del ").unwrap(), xml.find("</w:del>").unwrap());
        let without = format!("{}{}", &xml[..start], &xml[end + 8..]);
        let (start, end) = (without.find("<w:ins ").unwrap(), without.find("</w:ins>").unwrap());
        let open = without[start..].find('>').unwrap() + start + 1;
        format!("{}{}{}", &without[..start], &without[open..end], &without[end + 8..])
    });
    let filled = fill(&accepted, &later);
    assert_eq!(kinds(&filled), []);
    assert!(text_of(&filled.bytes).contains("costs £4 a year"));

    // A control of plain text cannot show two.
    let plain = edited(&first, |xml| {
        xml.replace(
            "<w:tag w:val=\"fig:gross\"/><w:id w:val=\"1\"/>",
            "<w:tag w:val=\"fig:gross\"/><w:id w:val=\"1\"/><w:text/>",
        )
    });
    later.track = back.track;
    assert!(!marked(&fill(&plain, &later).bytes).contains("<w:del"));
}

#[test]
fn a_change_in_a_table_is_told_cell_by_cell() {
    let first = fill(&case(), &data()).bytes;
    let mut later = with_systems(vec![item("A", "Uniform", "2011"), item("C", "M3", "2012")]);
    let Some(Block::Table(table)) = later.blocks.get_mut("block:revenue").unwrap().get_mut(2)
    else {
        panic!("a table")
    };
    table.rows[0][1] = "1,200".to_owned();
    table.rows.insert(1, vec!["Thanet".to_owned(), "7".to_owned()]);
    let filled = fill(&first, &later);
    let lines = filled.changes.iter().map(|it| format!("{}: {} → {}", it.what, it.old, it.new));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r##"
    Uniform, Ends: 2010 → 2011
    the rows of systems: Acolaid | 2012 → 
    the rows of systems:  → M3 | 2012
    Dover, Gross (£): 1,000 → 1,200
    Thanet:  → Thanet | 7
    "##);
}

#[test]
fn two_long_texts_are_shown_where_they_part() {
    let mut first = data();
    let long = |end: &str| {
        format!(
            "The four councils that returned figures budgeted for the service in 2008/09 before support services {end}"
        )
    };
    first.texts.insert("say:coverage".to_owned(), text(&long("£1.66 million.")));
    let document = fill(&case(), &first).bytes;
    let lead = edited(&document, |xml| xml.replace("1.66 million.", "1.66 million, we believe."));
    let mut later = data();
    later.texts.insert("say:coverage".to_owned(), text(&long("£1.22 million.")));
    insta::assert_snapshot!(fill(&lead, &later).notices[0], @"Under “Finance”: “… 2008/09 before support services £1.66 million, we believe.” was typed by hand and stays; it would now read “… 2008/09 before support services £1.22 million.”.");
}

#[test]
fn a_seed_follows_the_data_until_it_is_edited() {
    let first = fill(&case(), &data()).bytes;
    let mut later = data();
    later.seeds.insert("once:purpose".to_owned(), "To build faster.".to_owned());
    assert!(text_of(&fill(&first, &later).bytes).contains("To build faster."));
}

#[test]
fn a_change_that_is_tracked_inside_a_control_is_left_to_the_lead() {
    let first = fill(&case(), &data()).bytes;
    let struck = edited(&first, |xml| {
        let run = "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">£1,659,055</w:t></w:r>";
        let del =
            "<w:del w:id=\"7\" w:author=\"x\"><w:r><w:delText>£1,659,055</w:delText></w:r></w:del>";
        xml.replace(run, del)
    });
    let mut later = data();
    later.texts.insert("fig:gross".to_owned(), text("£1"));
    let filled = fill(&struck, &later);
    assert_eq!(kinds(&filled), [(NoticeKind::Deleted, "fig:gross")]);
    assert_eq!(filled.bytes, struck);
}

#[test]
fn a_control_taken_out_stays_out_and_a_copied_one_is_filled_twice() {
    let first = fill(&case(), &data()).bytes;
    let xml = body(&first);
    let start = xml.find("<w:sdt><w:sdtPr><w:tag w:val=\"fig:gross\"").unwrap();
    let end = xml[start..].find("</w:sdt>").unwrap() + start + 8;
    let figure = xml[start..end].to_owned();

    let without = edited(&first, |xml| xml.replace(&figure, ""));
    let filled = fill(&without, &data());
    assert_eq!(kinds(&filled), [(NoticeKind::Deleted, "fig:gross")]);
    assert_eq!(body(&filled.bytes), body(&without));
    assert_eq!(fill(&filled.bytes, &data()).notices, []);

    let twice = edited(&first, |xml| {
        xml.replace("The end.</w:t></w:r>", &format!("The end.</w:t></w:r>{figure}"))
    });
    let mut later = data();
    later.texts.insert("fig:gross".to_owned(), text("£2"));
    let filled = fill(&twice, &later);
    assert_eq!(kinds(&filled), [(NoticeKind::Copied, "fig:gross")]);
    assert!(text_of(&filled.bytes).contains("costs £2 a year"));
    assert!(text_of(&filled.bytes).contains("The end.£2"));
}

/// The document with something typed in the notes cell of the row that shows `name`.
fn noted(document: &[u8], name: &str, note: &str) -> Vec<u8> {
    edited(document, |xml| {
        let at = xml.find(&format!(">{name}<")).unwrap();
        let end = xml[at..].find("</w:tr>").unwrap() + at;
        let empty = xml[..end].rfind("<w:p></w:p>").unwrap();
        format!("{}<w:p><w:r><w:t>{note}</w:t></w:r></w:p>{}", &xml[..empty], &xml[empty + 11..])
    })
}

fn rows(document: &[u8]) -> Vec<String> {
    let text = text_of(document);
    let rows = text.lines().filter(|line| line.starts_with('|') && line.matches('|').count() == 4);
    rows.skip(1).map(str::to_owned).collect()
}

fn with_systems(items: Vec<Item>) -> Data {
    let mut data = data();
    data.lists.insert("each:systems".to_owned(), items);
    data
}

#[test]
fn a_note_follows_its_row() {
    let first = fill(&case(), &data()).bytes;
    let lead = noted(&noted(&first, "Uniform", "ours"), "Acolaid", "theirs");
    let later = with_systems(vec![
        item("C", "M3", "2011"),
        item("B", "Acolaid", "2013"),
        item("A", "Uniform", "2010"),
    ]);
    let filled = fill(&lead, &later);
    assert_eq!(
        rows(&filled.bytes),
        ["| M3 | 2011 |  |", "| Acolaid | 2013 | theirs |", "| Uniform | 2010 | ours |"]
    );
    assert_eq!(kinds(&filled), []);
    let changes: Vec<_> = filled.changes.iter().map(|it| (it.row.as_deref(), &*it.new)).collect();
    assert_eq!(changes, [(Some("B"), "2013"), (Some("C"), "M3 | 2011")]);
    assert_eq!(outside(&body(&filled.bytes)), outside(&body(&lead)));
}

#[test]
fn a_row_that_is_gone_goes_unless_the_lead_wrote_in_it() {
    let first = fill(&case(), &data()).bytes;
    let lead = noted(&first, "Uniform", "ask about this");
    let none_left = with_systems(vec![item("C", "M3", "2011")]);
    let filled = fill(&lead, &none_left);
    let kept = "| Uniform (no longer returned) | 2010 | ask about this |";
    assert_eq!(rows(&filled.bytes), [kept, "| M3 | 2011 |  |"]);
    assert_eq!(kinds(&filled), [(NoticeKind::RowKept, "each:systems")]);

    let back = fill(&filled.bytes, &data());
    let whole = ["| Uniform | 2010 | ask about this |", "| Acolaid | 2012 |  |"];
    assert_eq!(rows(&back.bytes), whole);
}

#[test]
fn a_row_the_lead_added_stays_where_it_is() {
    let first = fill(&case(), &data()).bytes;
    // Word's "+" copies the item with its tags; a plain row has none.
    let lead = edited(&first, |xml| {
        let start = xml.find("<w:sdt><w:sdtPr><w:tag w:val=\"row:A\"").unwrap();
        let end = xml.find("<w:sdt><w:sdtPr><w:tag w:val=\"row:B\"").unwrap();
        let copy =
            xml[start..end].replace("Uniform", "Mine").replace("w:id w:val=\"", "w:id w:val=\"1");
        format!("{}{copy}{}", &xml[..end], &xml[end..])
    });
    let filled = fill(&lead, &data());
    assert_eq!(
        rows(&filled.bytes),
        ["| Uniform | 2010 |  |", "| Mine | 2010 |  |", "| Acolaid | 2012 |  |"]
    );
    assert_eq!(kinds(&filled), [(NoticeKind::RowAdded, "each:systems")]);

    // With the row it followed gone it still stays.
    let filled = fill(&filled.bytes, &with_systems(vec![item("B", "Acolaid", "2012")]));
    assert_eq!(rows(&filled.bytes), ["| Mine | 2010 |  |", "| Acolaid | 2012 |  |"]);
}

#[test]
fn a_row_the_lead_took_out_stays_out() {
    let first = fill(&case(), &data()).bytes;
    let lead = edited(&first, |xml| {
        let start = xml.find("<w:sdt><w:sdtPr><w:tag w:val=\"row:A\"").unwrap();
        let end = xml.find("<w:sdt><w:sdtPr><w:tag w:val=\"row:B\"").unwrap();
        format!("{}{}", &xml[..start], &xml[end..])
    });
    let more = with_systems(vec![
        item("A", "Uniform", "2010"),
        item("B", "Acolaid", "2012"),
        item("C", "M3", "2011"),
    ]);
    let filled = fill(&lead, &more);
    assert_eq!(rows(&filled.bytes), ["| Acolaid | 2012 |  |", "| M3 | 2011 |  |"]);
    assert_eq!(kinds(&filled), [(NoticeKind::Deleted, "each:systems")]);
}

#[test]
fn a_row_added_by_words_plus_is_told_from_the_one_it_copies() {
    let first = fill(&case(), &data()).bytes;
    // Typed over, and copied in front of itself with placeholders.
    let lead = edited(&first, |xml| {
        let start = xml.find("<w:sdt><w:sdtPr><w:tag w:val=\"row:A\"").unwrap();
        let end = xml.find("<w:sdt><w:sdtPr><w:tag w:val=\"row:B\"").unwrap();
        let row = &xml[start..end];
        let copy = row
            .replace("w:id w:val=\"", "w:id w:val=\"1")
            .replace("Uniform", "Click here")
            .replace("2010", "Click here")
            .replace(
                "</w:sdtPr><w:sdtContent><w:r>",
                "<w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r>",
            );
        let row = row.replace("2010", "2015 we think");
        format!("{}{copy}{row}{}", &xml[..start], &xml[end..])
    });
    let filled = fill(&lead, &data());
    assert_eq!(
        rows(&filled.bytes),
        [
            "| Click here | Click here |  |",
            "| Uniform | 2015 we think |  |",
            "| Acolaid | 2012 |  |"
        ]
    );
    assert_eq!(
        kinds(&filled),
        [(NoticeKind::RowAdded, "each:systems"), (NoticeKind::Edited, "item:end")]
    );
}

#[test]
fn a_cell_typed_over_is_respected() {
    let first = fill(&case(), &data()).bytes;
    let lead = edited(&first, |xml| xml.replace(">2010<", ">2015, we think<"));
    let filled = fill(&lead, &with_systems(vec![item("A", "Uniform Ltd", "2011")]));
    assert_eq!(rows(&filled.bytes), ["| Uniform Ltd | 2015, we think |  |"]);
    assert_eq!(kinds(&filled), [(NoticeKind::Edited, "item:end")]);
}

#[test]
fn an_empty_list_keeps_its_table() {
    let filled = fill(&case(), &with_systems(vec![]));
    assert_eq!(rows(&filled.bytes), ["| – | – |  |"]);
    let later = fill(&filled.bytes, &data());
    assert_eq!(rows(&later.bytes), ["| Uniform | 2010 |  |", "| Acolaid | 2012 |  |"]);
    let emptied = fill(&later.bytes, &with_systems(vec![]));
    assert_eq!(body(&emptied.bytes), body(&filled.bytes));
}

#[test]
fn doubled_long_and_odd_keys_are_rows_too() {
    let long =
        "an extremely long key that no tag of Word could ever hold in full & <so> it goes on";
    let items = vec![
        item("A", "one", "1"),
        item("A", "two", "2"),
        item("", "three", "3"),
        item(long, "four", "4"),
        item(&format!("{long}!"), "five", "5"),
    ];
    let filled = fill(&case(), &with_systems(items.clone()));
    assert_eq!(rows(&filled.bytes).len(), 5);
    let tags: Vec<String> = body(&filled.bytes)
        .split("<w:tag w:val=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert!(tags.iter().all(|tag| tag.encode_utf16().count() <= 64), "{tags:?}");
    let lead = noted(&filled.bytes, "four", "kept");
    assert!(rows(&fill(&lead, &with_systems(items)).bytes)[3].contains("kept"));
}

#[test]
fn a_passage_goes_and_comes_back_with_its_figures() {
    let first = fill(&case(), &data()).bytes;
    let mut all = data();
    all.passages.insert("if:partial".to_owned(), false);
    let hidden = fill(&first, &all);
    assert!(!text_of(&hidden.bytes).contains("Not all have answered"));
    assert_eq!(kinds(&hidden), []);
    let mut some = data();
    some.texts.insert("fig:missing".to_owned(), text("Thanet"));
    let shown = fill(&hidden.bytes, &some);
    assert!(text_of(&shown.bytes).contains("Not all have answered:\nThanet\n"));
    assert_eq!(kinds(&shown), []);

    // Hidden from the start, and back.
    let never = fill(&case(), &all);
    assert!(!text_of(&never.bytes).contains("Not all have answered"));
    assert!(text_of(&fill(&never.bytes, &some).bytes).contains("Not all have answered:\nThanet\n"));

    // With the lead's words in it, it stays.
    let lead = edited(&first, |xml| xml.replace("Not all have", "Alas, not all have"));
    let kept = fill(&lead, &all);
    assert_eq!(kinds(&kept), [(NoticeKind::Edited, "if:partial")]);
    assert!(text_of(&kept.bytes).contains("Alas, not all have answered:\nnone\n"));
}

#[test]
fn a_block_is_built_anew_unless_edited() {
    let first = fill(&case(), &data()).bytes;
    let mut later = data();
    later.blocks.insert("block:revenue".to_owned(), vec![Block::Bullet("Less.".to_owned())]);
    assert!(text_of(&fill(&first, &later).bytes).contains("Less.\nThe end."));
    let lead = edited(&first, |xml| xml.replace("What it costs:", "What we pay:"));
    let filled = fill(&lead, &later);
    assert_eq!(kinds(&filled), [(NoticeKind::Edited, "block:revenue")]);
    assert_eq!(filled.bytes, lead);
    // A change of format is kept for as long as the words are the same.
    let lead = edited(&first, |xml| {
        xml.replace("<w:tblStyle w:val=\"LatheTable\"", "<w:tblStyle w:val=\"Mine\"")
    });
    assert_eq!(fill(&lead, &data()).bytes, lead);
    later.blocks.insert("block:revenue".to_owned(), vec![]);
    assert!(!text_of(&fill(&first, &later).bytes).contains("What it costs"));
}

#[test]
fn controls_of_every_level_take_a_text_and_keep_their_format() {
    let run = sdt(
        "fig:run",
        1,
        "<w:r><w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr><w:t>x</w:t></w:r>",
    )
    .replace("<w:sdtPr>", "<w:sdtPr><w:rPr><w:i/></w:rPr><w:alias w:val=\"old\"/>")
    .replace("</w:sdtPr>", "<w:showingPlcHdr/><w:dataBinding w:xpath=\"/a\"/><w:text/></w:sdtPr>");
    let block = sdt(
        "fig:block",
        2,
        "<w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>y</w:t></w:r></w:p><w:p><w:r><w:t>z</w:t></w:r></w:p>",
    );
    let tc = sdt("fig:cell", 3, &cell("<w:p/>"));
    let row =
        sdt("fig:row", 4, &format!("<w:tr>{}{}</w:tr>", cell(&words("a")), cell(&words("b"))));
    let empty = sdt("fig:empty", 5, "").replace("<w:sdtContent></w:sdtContent>", "<w:sdtContent/>");
    let body_xml = format!(
        "<w:p>{run}{empty}</w:p>{block}<w:tbl><w:tr>{tc}{}</w:tr>{row}</w:tbl>",
        cell(&words("c"))
    );
    let mut data = Data::default();
    for tag in ["fig:run", "fig:block", "fig:cell", "fig:row", "fig:empty"] {
        let value = Text { text: tag.to_uppercase(), title: format!("The title of {tag}") };
        data.texts.insert(tag.to_owned(), value);
    }
    let filled = fill(&docx(&body_xml), &data);
    let xml = body(&filled.bytes);
    let text = |value: &str| format!("<w:t xml:space=\"preserve\">{value}</w:t>");
    for expected in [
        format!(
            "<w:sdtPr><w:rPr><w:i/></w:rPr><w:alias w:val=\"The title of fig:run\"/><w:tag w:val=\"fig:run\"/><w:id w:val=\"1\"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:i/></w:rPr>{}</w:r></w:sdtContent>",
            text("FIG:RUN")
        ),
        format!(
            "<w:sdtContent><w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr>{}</w:r></w:p></w:sdtContent>",
            text("FIG:BLOCK")
        ),
        format!("</w:tcPr><w:p><w:r>{}</w:r></w:p></w:tc></w:sdtContent>", text("FIG:CELL")),
        format!("<w:sdtContent><w:r>{}</w:r></w:sdtContent>", text("FIG:EMPTY")),
    ] {
        assert!(xml.contains(&expected), "{expected}\n{xml}");
    }
    assert!(text_of(&filled.bytes).contains("| FIG:CELL | c |\n| FIG:ROW | b |"));
}

#[test]
fn a_comment_and_a_note_on_a_figure_survive_its_change() {
    let first = fill(&case(), &data()).bytes;
    let lead = edited(&first, |xml| {
        let run = "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">£1,659,055</w:t></w:r>";
        let commented = format!(
            "<w:bookmarkStart w:id=\"3\" w:name=\"b\"/><w:commentRangeStart w:id=\"4\"/>{run}<w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference w:id=\"4\"/></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:bookmarkEnd w:id=\"3\"/>"
        );
        xml.replace(run, &commented)
    });
    let mut later = data();
    later.texts.insert("fig:gross".to_owned(), text("£5"));
    let filled = fill(&lead, &later);
    assert_eq!(body(&filled.bytes), body(&lead).replace("£1,659,055", "£5"));
}

#[test]
fn hostile_text_comes_out_as_text() {
    let long = "x".repeat(5_000);
    for hostile in [
        "]]>",
        "{{ revenue }}",
        "</w:t></w:r></w:p>",
        "&amp; &#0;",
        "\u{202e}‏שלום",
        &long,
        "=1+1",
        "a\u{0}b\u{b}c",
    ] {
        let mut data = data();
        data.texts.insert(
            "fig:gross".to_owned(),
            Text { text: hostile.to_owned(), title: hostile.to_owned() },
        );
        data.lists.insert("each:systems".to_owned(), vec![item(hostile, hostile, hostile)]);
        data.blocks.insert("block:revenue".to_owned(), vec![Block::Bullet(hostile.to_owned())]);
        let filled = fill(&case(), &data);
        let shown = hostile.replace(['\u{0}', '\u{b}'], "");
        assert_eq!(text_of(&filled.bytes).matches(&shown).count(), 4, "{hostile}");
        assert_eq!(outside(&body(&filled.bytes)), outside(&body(&case())));
    }
}

#[test]
fn a_text_box_is_filled_in_both_its_forms() {
    let inside = p(&control("fig:gross", 1, "?"));
    let both = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent>{inside}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{inside}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    let filled = word::fill(&docx(&both), &data()).unwrap();
    assert_eq!(body(&filled.bytes).matches("£1,659,055").count(), 2);
    assert_eq!(body(&filled.bytes).matches("<w:id w:val=\"1\"/>").count(), 2);
    assert_eq!(filled.changes.iter().filter(|it| it.tag == "fig:gross").count(), 1);
    assert_eq!(word::fill(&filled.bytes, &data()).unwrap().bytes, filled.bytes);
}

#[test]
fn a_control_of_somebody_else_is_walked_into_and_left() {
    let outer = sdt(
        "their:tag",
        77,
        &p(&format!("<w:r><w:t>Theirs </w:t></w:r>{}", control("fig:gross", 1, "?"))),
    );
    let filled = fill(&docx(&outer), &data());
    assert!(text_of(&filled.bytes).contains("Theirs £1,659,055"));
    assert_eq!(kinds(&filled), []);
}

#[test]
fn any_prefix_will_do() {
    let strange = edited(&case(), |xml| {
        xml.replace("w:", "v1:").replace("xmlns:v1:", "xmlns:v1").replace("xmlns:w=", "xmlns:v1=")
    });
    let filled = word::fill(&strange, &data()).unwrap();
    assert_eq!(text_of(&filled.bytes), text_of(&fill(&case(), &data()).bytes));
    assert!(!body(&filled.bytes).contains("<w:"));
    assert_eq!(word::fill(&filled.bytes, &data()).unwrap().bytes, filled.bytes);
}

#[test]
fn unknown_and_misplaced_controls_are_named_with_their_place() {
    let odd = [
        heading("Odd things"),
        p(&format!("<w:r><w:t>Before </w:t></w:r>{}", control("fig:nothing", 1, "kept"))),
        p(&control("item:name", 2, "kept")),
        p(&control("block:revenue", 3, "kept")),
        p(&control("fig:gross", 4, "£0")),
    ]
    .concat();
    let filled = fill(&docx(&odd), &data());
    assert_eq!(
        kinds(&filled),
        [
            (NoticeKind::Unknown, "fig:nothing"),
            (NoticeKind::Misplaced, "item:name"),
            (NoticeKind::Misplaced, "block:revenue"),
        ]
    );
    insta::assert_snapshot!(filled.notices[0], @"fig:nothing, under “Odd things”, near “Before kept”: there is nothing of this name, so it was left as it is.");
}

#[test]
fn every_tag_is_listed_with_its_level_and_heading() {
    let tags = word::tags(&fill(&case(), &data()).bytes).unwrap();
    let tags: Vec<String> = tags
        .iter()
        .filter(|it| it.list.is_none() || it.tag == "item:name")
        .map(|it| {
            format!(
                "{} {:?} {} {}",
                it.tag,
                it.level,
                it.heading,
                it.list.as_deref().unwrap_or("-")
            )
        })
        .collect();
    insta::assert_snapshot!(tags.join("\n"), @r"
    fig:gross Run Finance -
    say:coverage Block Finance -
    once:purpose Block Finance -
    each:systems Row Systems -
    item:name Run Systems each:systems
    item:name Run Systems each:systems
    if:partial Block Systems -
    fig:missing Run Systems -
    block:revenue Block Systems -
    fig:council Run the header -
    ");
}

#[test]
fn a_document_that_cannot_be_filled_is_refused_with_the_way_out() {
    let first = fill(&case(), &data()).bytes;
    let stripped = edited(&first, |xml| xml.replace("<w:tag ", "<w:gone "));
    let stripped =
        replaced(&stripped, "word/header1.xml", |xml| xml.replace("<w:tag ", "<w:gone "));
    let forgotten =
        replaced(&first, "word/_rels/document.xml.rels", |xml| xml.replace("customXml", "other"));
    let mut other = data();
    other.identity = Some(Identity { kind: "business-case".to_owned(), project: "D".to_owned() });
    let cases = [
        (first.clone(), other),
        (stripped, data()),
        (forgotten, data()),
        (docx_plain(), data()),
        (
            edited(&first, |xml| {
                xml.replace(MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main")
            }),
            data(),
        ),
        (edited(&first, |xml| xml.replace("</w:body>", "")), data()),
        (first[..first.len() / 2].to_vec(), data()),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1].to_vec(), data()),
        (b"Dear all".to_vec(), data()),
        (vec![], data()),
    ];
    let refusals = cases.iter().map(|(document, data)| word::fill(document, data).unwrap_err().0);
    insta::assert_snapshot!(refusals.collect::<Vec<_>>().join("\n"), @r"
    The document is the business case of project H and cannot serve as the business case of project D. Take it away and run again to start a new one.
    The document has lost the controls that lathe fills: it was saved by a program that takes them out, such as LibreOffice or Google Docs. Go back to the last version saved by Word, or to one of those in the folder previous beside it.
    The document has lost the record of what lathe wrote in it: it was saved by a program that takes it out. Go back to the last version saved by Word, or to one of those in the folder previous beside it.
    The document has none of the controls that lathe fills. Either it is not one of lathe's, or it was saved by a program that takes them out, such as LibreOffice or Google Docs. Go back to the last version saved by Word.
    The document is saved as Strict Open XML. In Word, choose Save As and the type Word Document (.docx).
    The document is damaged and cannot be read. Open it in Word, let Word repair it, and save it under the same name.
    The document is damaged and cannot be read. Open it in Word, let Word repair it, and save it under the same name.
    The document has a password, or is in Word's old .doc format. Open it in Word, take the password off and save it as a Word document (.docx).
    This is not a Word document. Save it from Word as a Word document (.docx).
    This is not a Word document. Save it from Word as a Word document (.docx).
    ");
}

fn docx_plain() -> Vec<u8> {
    replaced(&docx(&words("Nothing here.")), "word/header1.xml", |xml| {
        xml.replace("<w:tag ", "<w:gone ")
    })
}

#[test]
fn a_list_in_two_tables_fills_each_by_its_own_sample() {
    let short = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>".replace(
        "<w:tr><w:tc><w:p/></w:tc></w:tr>",
        &sdt(
            "each:systems",
            50,
            &format!("<w:tr>{}</w:tr>", cell(&p(&control("item:name", 51, "Name")))),
        ),
    );
    let both = [systems(), words("and in short"), short].concat();
    let filled = fill(&docx(&both), &data());
    let expected = "| System | Ends | Notes |\n| Uniform | 2010 |  |\n| Acolaid | 2012 |  |\n\
                    and in short\n| Uniform |\n| Acolaid |\n";
    assert_eq!(text_of(&filled.bytes), expected);
    assert_eq!(kinds(&filled), []);
}

#[test]
fn two_thousand_rows_are_rows_like_any_other() {
    let items = |end: &str| {
        (0..2_000).map(|at| item(&format!("K{at}"), &format!("System {at}"), end)).collect()
    };
    let first = fill(&case(), &with_systems(items("2010")));
    let later = fill(&first.bytes, &with_systems(items("2011")));
    assert_eq!(later.changes.len(), 2_000);
    assert!(rows(&later.bytes).iter().all(|row| row.ends_with("| 2011 |  |")));
}

#[test]
fn a_template_of_word_becomes_a_document() {
    let template = replaced(&case(), "[Content_Types].xml", |xml| {
        xml.replace("document.main+xml", "template.main+xml")
    });
    let filled = fill(&template, &data());
    assert!(part(&filled.bytes, "[Content_Types].xml").contains("document.main+xml"));
    assert!(
        part(&filled.bytes, "word/_rels/document.xml.rels")
            .contains("../customXml/lathe-state.xml")
    );
}

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// An element of the body, by chance, from its start to its end.
fn any_element(xml: &str, name: &str, dice: &mut Dice) -> Option<(usize, usize)> {
    let opens = |at: usize| {
        let rest = &xml[at..];
        rest.starts_with(&format!("<{name}>")) || rest.starts_with(&format!("<{name} "))
    };
    let starts: Vec<usize> =
        xml.match_indices('<').map(|(at, _)| at).filter(|at| opens(*at)).collect();
    let start = *starts.get(dice.below(starts.len().max(1)))?;
    let close = format!("</{name}>");
    let mut depth = 0;
    for at in xml[start..].match_indices('<').map(|(at, _)| at + start) {
        if opens(at) && !xml[at..xml[at..].find('>')? + at].ends_with('/') {
            depth += 1;
        } else if xml[at..].starts_with(&close) {
            depth -= 1;
        }
        if depth == 0 {
            return Some((start, at + xml[at..].find('>')? + 1));
        }
    }
    None
}

/// What a lead may do to a document: take out, copy, move, type.
fn meddle(xml: &str, dice: &mut Dice) -> String {
    let names = ["w:p", "w:r", "w:sdt", "w:tr", "w:sdt"];
    let name = names[dice.below(names.len())];
    let Some((start, end)) = any_element(xml, name, dice) else { return xml.to_owned() };
    let (before, it, after) = (&xml[..start], &xml[start..end], &xml[end..]);
    match dice.below(5) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{it}{it}{after}"),
        2 => format!("{before}{}{after}", it.replacen("</w:t>", " typed</w:t>", 1)),
        3 => format!(
            "{before}{}{after}",
            it.replace("<w:t ", "<w:t  ").replacen("<w:r>", "<w:r/><w:r>", 1)
        ),
        _ => {
            let words = format!("{}{it}<w:sectPr/>", words("moved"));
            let at_end = name == "w:p"
                || it.contains("<w:p") && !it.contains("<w:tr") && !it.contains("<w:tc");
            if at_end {
                format!("{before}{}", after.replacen("<w:sectPr/>", &words, 1))
            } else {
                xml.to_owned()
            }
        }
    }
}

#[test]
fn whatever_a_lead_does_a_fill_touches_only_what_is_ours() {
    for seed in 0..40 {
        let dice = &mut Dice(seed);
        let mut document = fill(&case(), &data()).bytes;
        for round in 0..3 {
            for _ in 0..=dice.below(3) {
                let mut xml = body(&document);
                xml = meddle(&xml, dice);
                document = edited_or_not(&document, &xml);
            }
            let mut data = data();
            let names = ["Uniform", "Acolaid", "M3", "Northgate", "Civica"];
            let count = dice.below(5);
            let items = (0..count).map(|_| {
                let name = names[dice.below(names.len())];
                item(name, name, &dice.below(9).to_string())
            });
            data.lists.insert("each:systems".to_owned(), items.collect());
            data.texts.insert("fig:gross".to_owned(), text(&dice.below(99).to_string()));
            data.passages.insert("if:partial".to_owned(), dice.below(2) == 0);
            match word::fill(&document, &data) {
                Ok(filled) => {
                    let at = format!("seed {seed} round {round}");
                    assert_eq!(outside(&body(&filled.bytes)), outside(&body(&document)), "{at}");
                    let typed = |document: &[u8]| text_of(document).matches("typed").count();
                    assert_eq!(typed(&filled.bytes), typed(&document), "{at}");
                    let again = word::fill(&filled.bytes, &data).unwrap();
                    assert!(again.bytes == filled.bytes, "{at}: {:?}", again.changes);
                    document = filled.bytes;
                }
                Err(refusal) => panic!("seed {seed} round {round}: {refusal}"),
            }
        }
    }
}

fn edited_or_not(document: &[u8], xml: &str) -> Vec<u8> {
    if body(document) == xml { document.to_vec() } else { edited(document, |_| xml.to_owned()) }
}
