//! Templates that the office makes in Word: names in double braces, sample rows, tagged controls; and what is amiss with them.

mod common;

use std::{
    fs,
    io::{Cursor, Write},
};

use common::*;
use lathe::{
    draft::{Kind, names, template},
    word,
};
use zip::{ZipWriter, write::SimpleFileOptions};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const W15: &str = "http://schemas.microsoft.com/office/word/2012/wordml";
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// A document as an office would make it: a body, a header and a footnote.
fn house(body: &str, header: &str, note: &str) -> Vec<u8> {
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part = |name: &str, inner: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:{name} xmlns:w=\"{MAIN}\" \
             xmlns:w15=\"{W15}\" xmlns:mc=\"{MC}\" mc:Ignorable=\"w15\">{inner}</w:{name}>"
        )
    };
    let entries = [
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="{word}.styles+xml"/><Override PartName="/word/header1.xml" ContentType="{word}.header+xml"/><Override PartName="/word/footnotes.xml" ContentType="{word}.footnotes+xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="word/document.xml"/></Relationships>"#
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{rel}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="{rel}/header" Target="header1.xml"/><Relationship Id="rId3" Type="{rel}/footnotes" Target="footnotes.xml"/></Relationships>"#
            ),
        ),
        ("word/document.xml", part("document", &format!("<w:body>{body}<w:sectPr/></w:body>"))),
        (
            "word/styles.xml",
            part(
                "styles",
                r#"<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>"#,
            ),
        ),
        ("word/header1.xml", part("hdr", header)),
        (
            "word/footnotes.xml",
            part("footnotes", &format!("<w:footnote w:id=\"1\">{note}</w:footnote>")),
        ),
    ];
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for (name, text) in entries {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn paragraph(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

fn heading(text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>{}</w:p>", run(text))
}

fn row(cells: &[&str]) -> String {
    let cell = |text: &&str| format!("<w:tc>{}</w:tc>", paragraph(text));
    format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
}

fn table(rows: &[String]) -> String {
    let rows = rows.concat();
    format!(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl>{}",
        paragraph("After.")
    )
}

fn plain(body: &str) -> Vec<u8> {
    house(body, &paragraph(""), &paragraph(""))
}

/// A new business case of project H from a template of the office's.
fn made(line: &Line, template: &[u8]) -> word::Filled {
    refreshed(line, None, template)
}

fn refreshed(line: &Line, existing: Option<&[u8]>, template: &[u8]) -> word::Filled {
    let data = line.draft();
    let kind = Kind::BusinessCase;
    let filled = kind.document(&line.told(), line.project(), existing, template, &data).unwrap();
    assert_sound(&filled.bytes);
    let again = kind.document(&line.told(), line.project(), Some(&filled.bytes), template, &data);
    assert_eq!(again.unwrap().bytes, filled.bytes, "a second refresh changes nothing");
    filled
}

/// What a paragraph with this in it reads like once it is filled.
fn read(line: &Line, typed: &str) -> String {
    word::plain_text(&made(line, &plain(&paragraph(typed))).bytes).unwrap().trim_end().to_owned()
}

/// What is amiss with a template.
fn amiss(line: &Line, template: &[u8]) -> Vec<String> {
    let found = template::check(&line.told(), Kind::BusinessCase, template).unwrap();
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_typed_between_braces_is_filled_in() {
    let line = Forms::w().run();
    let cases = include_str!("templates/names.txt");
    let said: Vec<String> = cases
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|case| case.split_once(" = ").unwrap().0)
        .map(|typed| format!("{typed} = {}", read(&line, typed)))
        .collect();
    let wanted: Vec<&str> =
        cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(said.join("\n"), wanted.join("\n"));
}

#[test]
fn what_means_nothing_is_left_as_it_is_and_named_with_its_place() {
    let line = Forms::w().run();
    let mut said = vec![];
    for typed in include_str!("templates/unknown.txt").lines() {
        let template = plain(&(paragraph("{{ title }}") + &heading("Money") + &paragraph(typed)));
        let filled = made(&line, &template);
        let text = word::plain_text(&filled.bytes).unwrap();
        assert_eq!(text.lines().nth(2), Some(typed.trim_end()), "it stays as it was typed");
        let notices: Vec<String> = filled.notices.iter().map(ToString::to_string).collect();
        assert_eq!(amiss(&line, &template), notices, "a check says what the fill says");
        said.push(format!(
            "{typed}\n{}\n",
            notices.iter().map(|own| format!("    {own}\n")).collect::<String>()
        ));
    }
    insta::assert_snapshot!(said.concat().trim_end());
}

#[test]
fn word_may_split_a_name_and_set_it_where_it_likes() {
    let line = Forms::w().run();
    let bold = |text: &str| {
        format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let split = format!(
        "<w:p>{}<w:proofErr w:type=\"spellStart\"/>{}<w:bookmarkStart w:id=\"7\" w:name=\"x\"/>{}<w:bookmarkEnd w:id=\"7\"/>{}{}</w:p>",
        run("It costs {"),
        run("{ "),
        bold("revenue.gross_"),
        bold("controllable }"),
        run("} a year, {{ title }}{{title}} says.")
    );
    let boxed = format!(
        "<w:p><w:r><w:t>Beside {{{{ title }}}}</w:t><w:pict><v:textbox xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict><w:t> and {{{{ title }}}}.</w:t></w:r></w:p>",
        paragraph("In a box: {{ revenue.net_total }}")
    );
    let cell = table(&[row(&["Rate", "{{ staffing.vacancy_rate }}"])]);
    let template = house(
        &(split + &boxed + &cell),
        &paragraph("{{ marking }} – {{ title }}"),
        &paragraph(" Of {{ councils }}."),
    );
    let filled = made(&line, &template);
    assert!(filled.notices.is_empty(), "{:?}", filled.notices);
    let text = word::plain_text(&filled.bytes).unwrap();
    assert_eq!(
        text.lines().collect::<Vec<_>>(),
        [
            "It costs £1,659,055 a year, Building controlBuilding control says.",
            "Beside Building control",
            "In a box: £744,905 and Building control.",
            "| Rate | 13.1% |",
            "After."
        ]
    );
    let parts = parts(&filled.bytes);
    let document = &parts["word/document.xml"];
    // The format is that of the name, not of its braces; what stood between stays.
    assert!(
        document.contains(
            "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">£1,659,055</w:t></w:r>"
        )
    );
    assert!(document.contains("<w:bookmarkStart w:id=\"7\" w:name=\"x\"/>"));
    assert!(parts["word/header1.xml"].contains("Building control"));
    assert!(parts["word/footnotes.xml"].contains("Canterbury, Dover, Shepway and Thanet"));
    assert!(!parts.values().any(|part| part.contains("{{")));
}

#[test]
fn a_row_is_repeated_and_keeps_what_is_typed_beside_it() {
    let line = Forms::w().run();
    let rows = [
        row(&["System", "Council", "Notes"]),
        row(&["{{ each systems }}{{ system }}", "{{ Council }} ({{ ends }})", "–"]),
    ];
    let template = plain(&table(&rows));
    let filled = made(&line, &template);
    assert!(filled.notices.is_empty(), "{:?}", filled.notices);
    let text = word::plain_text(&filled.bytes).unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with('|')).count(), 12, "{text}");
    assert!(text.contains("| Idox Uniform 7.4 | Canterbury (31 March 2011) | – |"), "{text}");
    let document = &parts(&filled.bytes)["word/document.xml"];
    assert!(document.contains("<w15:repeatingSection/>"));

    // The lead types a note beside Thanet's system and a name in the text; then Dover's return is gone.
    let note = |xml: &str| {
        let at = xml.find("THA").or(xml.find("Thanet")).unwrap();
        let cell = at + xml[at..].find("–</w:t>").unwrap();
        let typed = format!("{}Ask them{}", &xml[..cell], &xml[cell + "–".len()..]);
        typed.replace("After.", "After. {{ title }}")
    };
    let edited = edited(&filled.bytes, "word/document.xml", note);
    let fewer = Forms::w().without("DOV").run();
    let again = refreshed(&fewer, Some(&edited), &template);
    let text = word::plain_text(&again.bytes).unwrap();
    let noted = text.lines().find(|line| line.ends_with("| Ask them |")).unwrap();
    assert!(noted.contains("Thanet"), "{noted}");
    assert!(!text.contains("Dover"), "{text}");
    assert!(text.contains("After. {{ title }}"), "what the lead types is the lead's");
    assert!(again.notices.is_empty(), "{:?}", again.notices);
}

#[test]
fn tagged_controls_serve_as_well_and_a_figure_that_is_gone_says_so() {
    let line = Forms::w().run();
    let tagged = |tag: &str, id: u32| {
        format!(
            "<w:p><w:sdt><w:sdtPr><w:tag w:val=\"{tag}\"/><w:id w:val=\"{id}\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
            run("?")
        )
    };
    let body = tagged("fig:revenue.net_total THA 2007/08", 5) + &tagged("fig:title", 6);
    let filled = made(&line, &plain(&body));
    let text = word::plain_text(&filled.bytes).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    let alias = &parts(&filled.bytes)["word/document.xml"];
    assert!(alias.contains("w:val=\"Net total, Thanet, 2007/08: 1 of 4 councils: R4\""), "{alias}");
    let fewer = Forms::w().without("THA").run();
    let again = refreshed(&fewer, Some(&filled.bytes), &[]);
    assert!(word::plain_text(&again.bytes).unwrap().starts_with("not returned"));
}

#[test]
fn a_check_names_controls_that_cannot_serve() {
    let line = Forms::w().run();
    let tagged = |tag: &str, id: u32, inner: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:tag w:val=\"{tag}\"/><w:id w:val=\"{id}\"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )
    };
    let inline =
        |tag: &str, id: u32| format!("<w:p>{}{}</w:p>", run("Here: "), tagged(tag, id, &run("?")));
    let long = format!("fig:{}", "x".repeat(70));
    let body = [
        heading("Money"),
        inline("fig:revenue.net_totl", 1),
        inline("revenue.net_total", 2),
        inline("block:revenue", 3),
        inline("item:system", 4),
        inline("fig:title", 4),
        inline(&long, 5),
        inline("Our own:note", 6),
        tagged("if:retuns", 7, &paragraph("There are returns.")),
        tagged("fig:title", 8, &inline("fig:project", 9)),
        table(&[row(&["{{ each systems }}{{ each contracts }}{{ supplier }}"])]),
    ];
    insta::assert_snapshot!(amiss(&line, &plain(&body.concat())).join("\n"));
    for kind in Kind::ALL {
        let built = template::of(kind).unwrap();
        let found = template::check(&line.told(), kind, &built).unwrap();
        assert!(found.is_empty(), "{kind:?}: {found:?}");
    }
}

#[test]
fn every_figure_has_a_meaning_and_every_name_listed_can_be_used() {
    let line = Forms::w().run();
    let (own, figures) = names::listed(&line.told(), line.project(), Kind::BusinessCase);
    for figure in line.picture.figures.iter() {
        assert!(
            figures.iter().any(|listed| listed.name == figure.key),
            "{} has no meaning",
            figure.key
        );
    }
    // What needs more than its name says so; everything else can be typed as it is listed.
    let typed = |name: &names::Listed| {
        let typed = format!("{{{{ {} }}}}", name.name);
        match name.name.starts_with("each ") {
            true => table(&[row(&[&typed])]),
            false => paragraph(&typed),
        }
    };
    let all = own.iter().chain(figures.iter().filter(|own| own.apart.is_empty()));
    assert_eq!(amiss(&line, &plain(&all.map(typed).collect::<String>())), [""; 0]);
}

#[test]
fn the_commands_say_what_is_amiss_and_the_run_fills_in_the_rest() {
    let folder = folder(&Forms::w());
    let template =
        plain(&(heading("Money") + &paragraph("{{ title }} costs {{ revenue.net_totl }}.")));
    fs::create_dir(folder.path().join("templates")).unwrap();
    fs::write(folder.path().join("templates/business-case.docx"), &template).unwrap();
    let at = ["--as-at", "2009-03-01"];
    let says = "{{ revenue.net_totl }}, under “Money”, near “{{ title }} costs {{ revenue.net_totl }}.”: there is \
                nothing of this name; did you mean revenue.net_total?";

    let check = lathe(
        folder.path(),
        &[&["template", "check", "templates/business-case.docx"], &at[..]].concat(),
    );
    assert_eq!(check.status.code(), Some(1));
    assert!(printed(&check).starts_with(says), "{}", printed(&check));
    let missing = lathe(folder.path(), &["template", "check", "none.docx"]);
    assert_eq!(missing.status.code(), Some(2));

    let run = lathe(folder.path(), &[&["run"], &at[..]].concat());
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(printed(&run).matches(says).count(), 1, "{}", printed(&run));
    let draft =
        fs::read(folder.path().join("drafts/H-building-control/business-case.docx")).unwrap();
    assert!(
        word::plain_text(&draft)
            .unwrap()
            .contains("Building control costs {{ revenue.net_totl }}.")
    );

    let mended = plain(&paragraph("{{ revenue.net_total }}"));
    fs::write(folder.path().join("house.docx"), mended).unwrap();
    let check = lathe(folder.path(), &["template", "check", "house.docx"]);
    assert_eq!(check.status.code(), Some(0));
    let names = printed(&lathe(folder.path(), &["figures", "net_total", "--project", "H"]));
    assert!(names.contains("{{ revenue.net_total }}"), "{names}");
}

/// The office's name may stay in a starter; who made its letterhead, and for whom, does not.
#[test]
fn a_starter_names_nobody_who_made_the_letterhead() {
    let letterhead = plain(&paragraph("Town Hall"));
    let types = parts(&letterhead)["[Content_Types].xml"].replace(
        "</Types>",
        "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>",
    );
    let letterhead = with_part(&letterhead, "[Content_Types].xml", &types);
    let properties = |app: &str| {
        let letterhead = with_part(&letterhead, "docProps/app.xml", app);
        let starter = template::on_letterhead(Kind::BusinessCase, &letterhead, false).unwrap();
        assert_sound(&starter);
        parts(&starter)["docProps/app.xml"].clone()
    };
    let uri = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    for app in [
        "<Properties xmlns=\"URI\"><Manager>A. Name</Manager><Company>Canterbury City Council</Company></Properties>",
        "<Properties xmlns=\"URI\"><Manager xml:space=\"preserve\">A. Name</Manager><Company>Canterbury City Council</Company></Properties>",
        "<ap:Properties xmlns:ap=\"URI\"><ap:Manager>A. Name</ap:Manager><ap:Company>Canterbury City Council</ap:Company></ap:Properties>",
    ] {
        let app = properties(&app.replace("URI", uri));
        assert!(app.contains("Canterbury City Council") && !app.contains("A. Name"), "{app}");
    }
    // What cannot be read is neither emptied nor passed on: it might name somebody.
    let unreadable =
        with_part(&letterhead, "docProps/app.xml", "<Properties><Manager>A. Name</Company>");
    let refused = template::on_letterhead(Kind::BusinessCase, &unreadable, false).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "its properties (docProps/app.xml) cannot be read; open it in Word and save it"
    );
}

/// A chart is named like a table, and stands where Word can draw it.
#[test]
fn a_chart_can_be_typed_between_braces() {
    let line = Forms::w().run();
    let typed = "{{ chart:budget }}";
    let template = plain(&(paragraph(typed) + &paragraph("{{ chart ict_lifespans }}")));
    assert_eq!(amiss(&line, &template), [""; 0]);
    let filled = made(&line, &template);
    assert!(filled.notices.is_empty(), "{:?}", filled.notices);
    let all = parts(&filled.bytes);
    assert_eq!(all["word/document.xml"].matches("<c:chart ").count(), 2);
    assert!(all["word/charts/chart-budget.xml"].contains("Thanet"));
    let control = "<w:sdt><w:sdtPr><w:tag w:val=\"chart:budget\"/><w:id w:val=\"9\"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>";
    assert_eq!(amiss(&line, &plain(control)), [""; 0]);
    let misplaced = amiss(&line, &house(&paragraph("{{ title }}"), &paragraph(typed), control));
    insta::assert_snapshot!(misplaced.join("\n"), @r"
    {{ chart:budget }}, under “the header”: is a chart, and has to stand between paragraphs of the text itself.
    chart:budget, under “the notes”: is a chart, and has to stand between paragraphs of the text itself.
    ");
}

/// A template made by hand lacks the styles of our tables: a new document brings them, a lead's own is left as it is.
#[test]
fn tables_have_their_styles_in_whatever_template_they_stand() {
    let line = Forms::w().run();
    let body = heading("Money") + &paragraph("{{ block revenue }}") + &paragraph("{{ title }}");
    let template = plain(&body);
    let styles = |document: &[u8]| parts(document)["word/styles.xml"].clone();
    let own = styles(&template);
    let filled = made(&line, &template);
    let added = styles(&filled.bytes);
    let (before, after) = own.split_once("</w:styles>").unwrap();
    assert!(added.starts_with(before) && added.ends_with(&format!("</w:styles>{after}")));
    for id in ["LatheTable", "TableText", "TableNumber", "ListBullet", "Caption", "BodyText"] {
        assert_eq!(added.matches(&format!("w:styleId=\"{id}\"")).count(), 1, "{id}");
    }
    assert!(!added.contains("w:styleId=\"Title\"") && !added.contains("w:val=\"Normal\""));
    // One of the office's own by that id is the office's.
    let theirs = own.replace(
        "</w:styles>",
        "<w:style w:type=\"table\" w:styleId=\"LatheTable\"><w:name w:val=\"Ours\"/></w:style></w:styles>",
    );
    let kept = styles(&made(&line, &with_part(&template, "word/styles.xml", &theirs)).bytes);
    assert_eq!(kept.matches("w:styleId=\"LatheTable\"").count(), 1);
    assert!(kept.contains("\"Ours\"") && kept.contains("w:styleId=\"TableText\""));
    // Not in a document that a lead has.
    let without = with_part(&filled.bytes, "word/styles.xml", &own);
    let fewer = Forms::w().without("DOV").run();
    assert_eq!(styles(&refreshed(&fewer, Some(&without), &template).bytes), own);
    // Nor are styles needed to begin with.
    let rels = &parts(&template)["word/_rels/document.xml.rels"];
    let style = rels.split_inclusive('>').find(|own| own.contains("/styles\"")).unwrap();
    let bare = with_part(&template, "word/_rels/document.xml.rels", &rels.replace(style, ""));
    let bare = without_part(&bare, "word/styles.xml");
    assert!(styles(&made(&line, &bare).bytes).contains("w:styleId=\"LatheTable\""));
    // Where they have another name there is no second part of them.
    let rels = rels.replace("Target=\"styles.xml\"", "Target=\"styles2.xml\"");
    let named = with_part(&template, "word/_rels/document.xml.rels", &rels);
    let named = without_part(&with_part(&named, "word/styles2.xml", &own), "word/styles.xml");
    assert!(!parts(&made(&line, &named).bytes).contains_key("word/styles.xml"));
}

/// The parts of a document with one of them changed, or put in.
fn with_part(document: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut all = parts(document);
    all.insert(name.to_owned(), text.to_owned());
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for (name, text) in all {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn without_part(document: &[u8], name: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for (own, text) in parts(document).into_iter().filter(|(own, _)| own != name) {
        let part = format!("PartName=\"/{name}\"");
        let entry = text.split_inclusive('>').find(|entry| entry.contains(&part));
        let text = entry.map_or(text.clone(), |entry| text.replace(entry, ""));
        writer.start_file(own, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_starter_keeps_the_letterhead_and_takes_lathes_sections() {
    let line = Forms::w().run();
    let letterhead = house(
        &paragraph("Town Hall, Military Road"),
        &paragraph("Canterbury City Council"),
        &paragraph("n"),
    );
    let types =
        parts(&letterhead)["[Content_Types].xml"].replace("document.main+xml", "template.main+xml");
    let letterhead = with_part(&letterhead, "[Content_Types].xml", &types);
    let numbering = format!(
        "<w:numbering xmlns:w=\"{MAIN}\"><w:abstractNum w:abstractNumId=\"2\"/><w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/></w:num></w:numbering>"
    );
    let with_lists = with_part(&letterhead, "word/numbering.xml", &numbering);
    for (letterhead, without_text) in [(&letterhead, false), (&with_lists, true)] {
        for kind in Kind::KEPT {
            let starter = template::on_letterhead(kind, letterhead, without_text).unwrap();
            assert_sound(&starter);
            let found = template::check(&line.told(), kind, &starter).unwrap();
            assert!(found.is_empty(), "{kind:?}: {found:?}");
            let own = parts(&starter);
            assert!(own["[Content_Types].xml"].contains("document.main+xml"));
            assert!(own["word/header1.xml"].contains("Canterbury City Council"));
            assert!(own["word/styles.xml"].contains("w:styleId=\"LatheTable\""));
            assert_eq!(own["word/document.xml"].contains("Town Hall"), !without_text);
            let data = kind.values(&line.told(), line.project());
            let filled =
                kind.document(&line.told(), line.project(), None, &starter, &data).unwrap();
            assert_sound(&filled.bytes);
            let text = word::plain_text(&filled.bytes).unwrap();
            assert!(text.contains("OFFICIAL – ") && text.contains("£1,659,055"), "{text}");
        }
    }
    let numbers = parts(&template::on_letterhead(Kind::BusinessCase, &with_lists, true).unwrap());
    assert!(numbers["word/numbering.xml"].contains("<w:abstractNum w:abstractNumId=\"3\">"));
    assert!(numbers["word/styles.xml"].contains("<w:numId w:val=\"3\"/>"));
    let again = template::on_letterhead(
        Kind::BusinessCase,
        &template::of(Kind::BusinessCase).unwrap(),
        false,
    );
    assert!(format!("{:#}", again.unwrap_err()).starts_with("it has controls of lathe's already"));
}
