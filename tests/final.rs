//! The clerk's clean copy: the same text and figures, and nothing of its makers.

mod common;

use std::{fs, path::Path};

use common::{Forms, assert_sound, edited, folder, lathe, parts, printed};
use lathe::{
    draft::{self, Kind, Templates},
    word::{self, Obstacle, Unready},
};
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

const DOCUMENT: &str = "word/document.xml";

fn draft() -> Vec<u8> {
    let templates = Templates::built_in();
    draft::create_or_refresh(None, templates.of(Kind::BusinessCase), &Forms::w().run().draft())
        .unwrap()
        .bytes
}

fn clean(document: &[u8]) -> Vec<u8> {
    word::finish(document, &draft::is_in_the_way).unwrap_or_else(|error| panic!("{error:?}"))
}

fn obstacles(document: &[u8]) -> Vec<String> {
    match word::finish(document, &draft::is_in_the_way) {
        Err(Unready::Places(places)) => places
            .into_iter()
            .map(|Obstacle { what, heading, near }| format!("{heading}: {what}: {near}"))
            .collect(),
        Err(Unready::Refused(refusal)) => panic!("{refusal}"),
        Ok(_) => vec![],
    }
}

/// The document with more parts, each with the relationship that leads to it.
fn with_parts(document: &[u8], more: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut document = document.to_vec();
    for (name, kind, text) in more {
        let (rels, target) = match name.strip_prefix("word/") {
            Some(target) => ("word/_rels/document.xml.rels", target.to_owned()),
            None => ("_rels/.rels", (*name).to_owned()),
        };
        let entry = format!(
            r#"<Relationship Id="rId{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"#
        );
        document = edited(&document, rels, |xml| xml.replace("</Relationships>", &entry));
        document = edited(&document, "[Content_Types].xml", |xml| {
            let own = format!(r#"<Override PartName="/{name}" ContentType="text/xml"/></Types>"#);
            xml.replace("</Types>", &own)
        });
        let mut zip = ZipWriter::new_append(std::io::Cursor::new(document)).unwrap();
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
        document = zip.finish().unwrap().into_inner();
    }
    document
}

/// A draft with all that leads, their programs and their colleagues leave in a document.
fn worn(draft: &[u8]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let run =
        |format: &str, text: &str| format!("<w:r><w:rPr>{format}</w:rPr><w:t>{text}</w:t></w:r>");
    let own = [
        "<w:p w:rsidR=\"00AB12CD\" w14:paraId=\"1A2B3C4D\"><w:bookmarkStart w:id=\"9001\" w:name=\"_GoBack\"/><w:bookmarkEnd w:id=\"9001\"/>",
        "<w:commentRangeStart w:id=\"9\"/><w:proofErr w:type=\"spellStart\"/>",
        "<w:smartTag w:uri=\"x\" w:element=\"place\"><w:smartTagPr><w:attr w:name=\"secret\" w:val=\"Zebedee\"/></w:smartTagPr>",
        &run("<w:b/>", "Deal"),
        "</w:smartTag><w:commentRangeEnd w:id=\"9\"/><w:r><w:commentReference w:id=\"9\"/></w:r>",
        &run("<w:vanish/>", "HIDDEN"),
        &run("<w:vanish w:val=\"0\"/>", " shown"),
        "<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:footnoteReference w:id=\"3\"/></w:r></w:p>",
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>",
        &run("<w:vanish/>", "HIDDEN WHOLE"),
        "</w:p>",
        "<w:sdt><w:sdtPr><w:alias w:val=\"Theirs\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Another's control.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>HIDDEN CELL</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    ]
    .concat();
    let worn = edited(draft, DOCUMENT, |xml| {
        let at = xml.rfind("<w:sectPr").unwrap();
        format!("{}{own}{}", &xml[..at], &xml[at..])
    });
    let worn = edited(&worn, "docProps/core.xml", |xml| {
        xml.replace("</cp:coreProperties>", "<dc:creator>Zebedee</dc:creator><cp:lastModifiedBy>Zebedee</cp:lastModifiedBy><cp:revision>41</cp:revision><dcterms:created xsi:type=\"dcterms:W3CDTF\">2009-01-01T00:00:00Z</dcterms:created></cp:coreProperties>")
    });
    let worn = edited(&worn, "docProps/app.xml", |xml| {
        xml.replace("</Properties>", "<Company>Dover</Company><Manager>N. A.</Manager><Template>\\\\srv\\x.dotm</Template></Properties>")
    });
    let worn = edited(&worn, "word/settings.xml", |xml| {
        xml.replace("<w:zoom w:percent=\"100\"/>", "<w:zoom w:percent=\"100\"/><w:attachedTemplate r:id=\"rId1\" xmlns:r=\"r\"/><w:trackRevisions/>")
            .replace("</w:settings>", "<w:rsids><w:rsidRoot w:val=\"00AB12CD\"/></w:rsids></w:settings>")
    });
    let notes = format!(
        "<w:footnotes xmlns:w=\"{main}\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>HIDDEN NOTE</w:t></w:r></w:p></w:footnote><w:footnote w:id=\"3\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let comments = format!(
        "<w:comments xmlns:w=\"{main}\"><w:comment w:id=\"9\" w:author=\"Zebedee\"><w:p/></w:comment></w:comments>"
    );
    with_parts(
        &worn,
        &[
            ("word/footnotes.xml", "footnotes", &notes),
            ("word/comments.xml", "comments", &comments),
            ("word/people.xml", "people", "<x>Zebedee</x>"),
            ("docProps/custom.xml", "custom-properties", "<x>Zebedee</x>"),
            ("docProps/thumbnail.jpeg", "thumbnail", "a picture of an older version"),
        ],
    )
}

#[test]
fn a_clean_copy_has_the_same_text_and_nothing_of_its_makers() {
    let draft = draft();
    let worn = worn(&draft);
    let copy = clean(&worn);
    assert_sound(&copy);
    let text = word::plain_text(&copy).unwrap();
    let expected = word::plain_text(&worn).unwrap();
    let expected = expected.replace("HIDDEN WHOLE\n", "").replace("| HIDDEN CELL |", "|  |");
    assert_eq!(text, expected.replace("HIDDEN", ""));
    assert!(text.contains("Deal shown\nAnother's control.\n"));
    assert!(text.contains("£1,659,055") && text.contains("£1.66 million"));

    let parts = parts(&copy);
    for (name, text) in &parts {
        for trace in [
            "<w:sdt",
            "HIDDEN",
            "w:comment",
            "Zebedee",
            "Company",
            "rsid",
            "paraId",
            "proofErr",
            "smartTag",
            "_GoBack",
            "<w:vanish/>",
            "lathe",
            "customXml",
            "attachedTemplate",
            "trackRevisions",
            "thumbnail",
            "people.xml",
            "cp:revision",
            "dcterms:created",
            "srv",
        ] {
            assert!(!text.contains(trace), "{trace} in {name}");
        }
    }
    assert!(parts["word/footnotes.xml"].contains("A note."));
    let properties = &parts["docProps/core.xml"];
    assert!(
        properties.contains("<dc:title>Building control: business case</dc:title>"),
        "{properties}"
    );
    let gone = [
        "word/comments.xml",
        "word/people.xml",
        "docProps/custom.xml",
        "customXml/lathe-state.xml",
    ];
    assert!(gone.iter().all(|name| !parts.contains_key(*name)));
    // Every content type and relationship that is left leads to a part.
    for (name, text) in parts.iter().filter(|(name, _)| name.ends_with(".rels")) {
        for target in text.split("Target=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let folder = if name.starts_with("word/") { "word/" } else { "" };
            let target = target.trim_start_matches("../");
            assert!(parts.contains_key(&format!("{folder}{target}")), "{target} of {name}");
        }
    }
    let body = &parts[DOCUMENT];
    for cell in body.split("<w:tc>").skip(1).map(|cell| cell.split("</w:tc>").next().unwrap()) {
        assert!(
            cell.ends_with("</w:p>") || cell.ends_with("<w:p/>"),
            "a cell ends in a paragraph: {cell}"
        );
    }
    assert!(!body.contains("</w:tbl><w:tbl>"), "tables stay apart");
    // The same from the same, and nobody's draft any more.
    assert!(clean(&worn) == copy);
    assert!(word::identity(&copy).is_none());
}

#[test]
fn what_stands_in_the_way_of_a_clean_copy_is_named_with_its_place() {
    let draft = draft();
    assert_eq!(obstacles(&draft), [""; 0]);
    let at_end = |own: &str| {
        edited(&draft, DOCUMENT, |xml| {
            let at = xml.rfind("<w:sectPr").unwrap();
            format!("{}{own}{}", &xml[..at], &xml[at..])
        })
    };
    let ins = "<w:p><w:ins w:id=\"1\" w:author=\"x\"><w:r><w:t>New words</w:t></w:r></w:ins></w:p>";
    let format = "<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id=\"2\" w:author=\"x\"><w:rPr/></w:rPrChange></w:rPr><w:t>Bold</w:t></w:r></w:p>";
    let words = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Click here</w:t></w:r></w:p></w:sdtContent></w:sdt>";
    let exempt = "<w:sdt><w:sdtPr><w:tag w:val=\"exempt:pay\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Pay</w:t></w:r></w:p></w:sdtContent></w:sdt>";
    let all = [
        ins,
        format,
        &words("The saving is TBC."),
        &words("Needs input from Finance"),
        &words("{{ revenue.nonsense }}"),
        prompt,
        exempt,
    ];
    insta::assert_snapshot!(obstacles(&at_end(&all.concat())).join("\n"), @r"
    Annex C: sources: a tracked change that nobody has accepted or rejected: New words
    Annex C: sources: a tracked change that nobody has accepted or rejected: Bold
    Annex C: sources: words that are still to be given: The saving is TBC.
    Annex C: sources: words that are still to be given: Needs input from Finance
    Annex C: sources: words that are still to be given: {{ revenue.nonsense }}
    Annex C: sources: a prompt that nobody has answered: Click here
    Annex C: sources: exempt text: Pay
    ");
    // Words that only look like it.
    assert_eq!(obstacles(&at_end(&words("The tbcs of Atbara"))), [""; 0]);
    let whole = edited(&draft, DOCUMENT, |xml| xml.replacen("Exempt in part", "Exempt", 1));
    insta::assert_snapshot!(obstacles(&whole).join("\n"), @"1 About this business case: a report that is exempt as a whole: Classification Exempt – Pay and posts of identifiable officers before they have…");
}

/// What a document of ours says is still to be written is not ready for members, in whatever words a template says so.
#[test]
fn what_is_not_written_yet_stands_in_the_way_of_a_clean_copy() {
    let made = |kind: Kind, forms: &Forms| {
        let line = forms.run();
        let data = kind.values(&line.told(), line.project());
        draft::create_or_refresh(None, Templates::built_in().of(kind), &data).unwrap().bytes
    };
    let decided = Forms::w().with("P1_decision_asked = To agree to option 1.");
    let undecided = Forms::w().with("P1_decision_asked = -");
    let mut no_brief = Forms::w();
    no_brief.answers.retain(|(word, _), _| word != "brief");
    for kind in [Kind::MemberSummary, Kind::CoveringReport] {
        assert_eq!(obstacles(&made(kind, &decided)), [""; 0]);
    }
    let summary = made(Kind::MemberSummary, &undecided);
    let reworded = |document: &[u8], words: &str| {
        edited(document, DOCUMENT, |xml| xml.replace("not written yet", words))
    };
    // An office may say it otherwise in its template; what a lead puts in its place is the lead's answer.
    let line = undecided.run();
    let data = Kind::MemberSummary.values(&line.told(), line.project());
    let office = reworded(Templates::built_in().of(Kind::MemberSummary), "left open");
    let office = draft::create_or_refresh(None, &office, &data).unwrap().bytes;
    assert_eq!(obstacles(&reworded(&summary, "to set up one team")), [""; 0]);
    let said = [
        summary,
        office,
        made(Kind::CoveringReport, &undecided),
        made(Kind::CoveringReport, &no_brief),
        made(Kind::BusinessCase, &no_brief),
        made(Kind::StatementOfIntent, &no_brief),
    ]
    .map(|document| obstacles(&document).join("\n"));
    insta::assert_snapshot!(said.join("\n\n"), @r"
    What members are asked: words that are still to be given: What members are asked to decide is not written yet.

    What members are asked: words that are still to be given: What members are asked to decide is left open.

    the beginning: words that are still to be given: To resolve to be given by the project lead

    the beginning: words that are still to be given: Date of the meeting to be given by the project lead
    the beginning: words that are still to be given: Decision type to be given by the project lead
    the beginning: words that are still to be given: Classification to be given by the project lead
    the beginning: words that are still to be given: To resolve to be given by the project lead
    the beginning: words that are still to be given: Next stage to be given by the project lead
    3 Options: words that are still to be given: No option has been put forward yet.

    1 About this business case: words that are still to be given: Decision type to be given by the project lead
    1 About this business case: words that are still to be given: Classification to be given by the project lead
    1 About this business case: words that are still to be given: Next stage to be given by the project lead
    1 About this business case: words that are still to be given: Next update to be given by the project lead
    Open queries: words that are still to be given: Not yet written These sections are left out of this draft until there is someth…

    the beginning: words that are still to be given: Classification to be given by the project lead
    the beginning: words that are still to be given: Next stage to be given by the project lead
    1 Purpose and scope: words that are still to be given: The project brief has not been received in a form that can be used.
    ");
    // A lead may tell of what was not yet written once.
    let own =
        "<w:p><w:r><w:t>The software was not yet written when Dover joined.</w:t></w:r></w:p>";
    let draft = edited(&draft(), DOCUMENT, |xml| {
        let at = xml.rfind("<w:sectPr").unwrap();
        format!("{}{own}{}", &xml[..at], &xml[at..])
    });
    assert_eq!(obstacles(&draft), [""; 0]);
}

#[test]
fn the_command_writes_the_copy_beside_the_draft_or_nothing() {
    let programme = folder(&Forms::w());
    lathe(programme.path(), &["run", "--as-at", "2009-03-01", "--project", "H", "--quiet"]);
    let draft = "drafts/H-building-control/business-case.docx";
    let copy = programme.path().join("drafts/H-building-control/business-case-final.docx");
    let output = lathe(programme.path(), &["final", draft]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    assert_eq!(printed(&output), "drafts/H-building-control/business-case-final.docx written\n");
    let written = fs::read(&copy).unwrap();
    assert_eq!(
        word::plain_text(&written).unwrap(),
        word::plain_text(&fs::read(programme.path().join(draft)).unwrap()).unwrap()
    );
    // A run does not take it for a second copy of the case.
    let again = lathe(programme.path(), &["run", "--as-at", "2009-03-01", "--project", "H"]);
    assert!(printed(&again).contains("as it was"));

    // Pay of a post is private, whoever typed it.
    let bytes = fs::read(programme.path().join(draft)).unwrap();
    let told = edited(&bytes, DOCUMENT, |xml| {
        xml.replacen("stop inspections", "stop a manager on £59,375", 1)
    });
    fs::write(programme.path().join(draft), told).unwrap();
    let output = lathe(programme.path(), &["final", draft]);
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    assert!(fs::read(&copy).unwrap() == written, "the last copy stays");
    fs::write(programme.path().join(draft), &bytes).unwrap();

    let desk = TempDir::new().unwrap();
    let wanting = desk.path().join("BC.docx");
    fs::write(&wanting, edited(&bytes, DOCUMENT, |xml| xml.replacen("stop inspections", "tbc", 1)))
        .unwrap();
    let output = lathe(desk.path(), &["final", "BC.docx"]);
    assert_eq!(output.status.code(), Some(1));
    let said = printed(&output);
    assert!(
        said.starts_with(
            "No clean copy of BC.docx was written. One thing stands in its way:\n  under “"
        ),
        "{said}"
    );
    assert!(said.contains("words that are still to be given: “"), "{said}");
    assert_eq!(fs::read_dir(desk.path()).unwrap().count(), 1);
    let output = lathe(desk.path(), &["final", copy.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "a clean copy is no draft");
    assert!(Path::new(&copy).exists());
}
