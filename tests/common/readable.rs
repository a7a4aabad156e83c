//! Whether everyone can read a Word document: the rules of domain.md, part E, read from its XML.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use lathe::english;
use regex::Regex;

use super::parts;

/// Twelve points, in halves.
const SMALLEST: u32 = 24;

/// What keeps a document of a class from being read by everyone, in sentences.
pub(crate) fn faults(document: &[u8], class: &str) -> Vec<String> {
    let parts = parts(document);
    let body = &parts["word/document.xml"];
    let mut faults = vec![];
    let mut must = |holds: bool, fault: String| {
        if !holds {
            faults.push(fault);
        }
    };

    let mut level = 0;
    for paragraph in paragraphs(body) {
        let Some(own) = paragraph.split("w:val=\"Heading").nth(1) else { continue };
        let next: u32 = own[..1].parse().unwrap();
        must(
            next <= level + 1,
            format!("heading {level} is followed by {next}: {}", said(paragraph)),
        );
        must(!said(paragraph).trim().is_empty(), format!("a heading {next} says nothing"));
        level = next;
    }
    must(level > 0, "it has no headings".into());

    for table in body.split("<w:tbl>").skip(1) {
        let table = table.split("</w:tbl>").next().unwrap();
        let words = said(table).chars().take(60).collect::<String>();
        let first = table.split("</w:tr>").next().unwrap();
        must(first.contains("<w:tblHeader/>"), format!("the first row is no header: {words}"));
        must(table.matches("<w:tblHeader/>").count() == 1, format!("not one header row: {words}"));
        must(table.contains("<w:tblCaption"), format!("a table has no name: {words}"));
        must(
            !table.contains("w:gridSpan") && !table.contains("w:vMerge"),
            format!("merged: {words}"),
        );
        for cell in table.split("<w:tc>").skip(1) {
            let cell = cell.split("</w:tc>").next().unwrap();
            must(!said(cell).trim().is_empty(), format!("a cell is blank: {words}"));
        }
    }

    let styles = &parts["word/styles.xml"];
    for behind in body.split("</w:tbl>").skip(1) {
        let mut next = paragraphs(behind.split("<w:tbl>").next().unwrap());
        let Some(own) = next.find(|own| !said(own).trim().is_empty()) else { continue };
        let style = captures("<w:pStyle w:val=\"([^\"]*)\"", own).concat();
        let of = styles.split(&format!("w:styleId=\"{style}\"")).nth(1).unwrap_or_default();
        let of = of.split("</w:style>").next().unwrap();
        let room = captures("<w:spacing [^>]*w:before=\"([^\"]*)\"", of).concat();
        let words = said(own).chars().take(60).collect::<String>();
        must(
            !["", "0"].contains(&&*room),
            format!("straight after a table, without room: {words}"),
        );
    }

    for drawing in captures(r"<wp:docPr ([^>]*)>", body) {
        let beside = captures("descr=\"([^\"]*)\"", &drawing).concat();
        must(beside.len() > 40, format!("words beside a picture: {drawing}"));
    }

    // What looks like a list is one.
    let lists: BTreeSet<String> = parts
        .get("word/numbering.xml")
        .map(|own| captures("<w:num w:numId=\"([^\"]*)\"", own))
        .unwrap_or_default()
        .into_iter()
        .collect();
    for number in captures("<w:numId w:val=\"([^\"]*)\"", &format!("{body}{styles}")) {
        must(lists.contains(&number) || number == "0", format!("there is no list {number}"));
    }
    let sizes = Sizes::of(styles);
    let mut tables = 0_usize;
    for paragraph in paragraphs(body) {
        let text = said(paragraph);
        let typed =
            ["•", "· ", "- ", "* ", "o "].iter().any(|sign| text.trim_start().starts_with(sign));
        must(!typed, format!("a list that is none: {text}"));
        let direct = captures("<w:sz w:val=\"(\\d+)\"", paragraph);
        let sized = direct.iter().map(|size| size.parse().unwrap()).min();
        let size = sized.unwrap_or_else(|| sizes.of_paragraph(paragraph));
        must(
            tables > 0 || text.trim().is_empty() || size >= SMALLEST,
            format!("{size} half points: {text}"),
        );
        tables = (tables + paragraph.matches("<w:tbl>").count())
            .saturating_sub(paragraph.matches("</w:tbl>").count());
    }

    for xml in [body, styles] {
        for (colour, ground) in colours(xml) {
            must(contrast(&colour, &ground) >= 4.5, format!("{colour} on {ground} is too pale"));
        }
    }

    let marks: BTreeSet<String> =
        captures("<w:bookmarkStart [^>]*w:name=\"([^\"]*)\"", body).into_iter().collect();
    for link in body.split("<w:hyperlink ").skip(1) {
        let text = said(&format!("<{}", link.split("</w:hyperlink>").next().unwrap()));
        must(
            text.trim().chars().count() > 3 && !text.contains("://"),
            format!("a link says only {text:?}"),
        );
        for anchor in captures("^[^>]*w:anchor=\"([^\"]*)\"", link) {
            must(marks.contains(&anchor), format!("a link leads to {anchor}, which is not there"));
        }
    }

    must(styles.contains("<w:lang w:val=\"en-GB\""), "the text has no language".into());
    let core = &parts["docProps/core.xml"];
    let title = captures("<dc:title>([^<]*)</dc:title>", core).concat();
    must(!title.trim().is_empty(), "it has no title".into());
    must(core.contains("<dc:language>en-GB</dc:language>"), "it has no language".into());
    must(
        core.contains(&format!(">{}<", english::capital(class))),
        format!("its properties do not say {class}"),
    );
    let of = |start: &str| {
        let own = parts.iter().filter(|(name, _)| name.starts_with(&format!("word/{start}")));
        own.map(|(_, xml)| &**xml).collect::<String>()
    };
    let (header, footer) = (said(&of("header")), of("footer"));
    for word in ["OFFICIAL", class] {
        must(header.contains(word), format!("{word} is not at the head of its pages: {header}"));
    }
    must(
        footer.contains(">PAGE<") && footer.contains(">NUMPAGES<"),
        "pages are not numbered".into(),
    );
    faults
}

fn paragraphs(xml: &str) -> impl Iterator<Item = &str> {
    xml.split("<w:p>").flat_map(|text| text.split("<w:p ")).skip(1)
}

/// The words of a piece of a document.
fn said(xml: &str) -> String {
    captures("<w:t(?: [^>]*)?>([^<]*)</w:t>", xml).concat()
}

/// Sizes of letters by style.
struct Sizes {
    usual: u32,
    own: BTreeMap<String, u32>,
}

impl Sizes {
    /// Every style of ours rests on Normal alone.
    fn of(styles: &str) -> Sizes {
        let size = |xml: &str| {
            captures("<w:sz w:val=\"(\\d+)\"", xml).first().map(|own| own.parse().unwrap())
        };
        let usual = size(styles.split("</w:docDefaults>").next().unwrap()).unwrap_or(20);
        let each =
            styles.split("<w:style ").skip(1).filter(|own| own.contains("w:type=\"paragraph\""));
        let own = each.map(|own| {
            let name = captures("w:styleId=\"([^\"]*)\"", own).remove(0);
            (name, size(own).unwrap_or(usual))
        });
        Sizes { usual, own: own.collect() }
    }

    fn of_paragraph(&self, paragraph: &str) -> u32 {
        let style = captures("<w:pStyle w:val=\"([^\"]*)\"", paragraph);
        style.first().and_then(|own| self.own.get(own)).copied().unwrap_or(self.usual)
    }
}

/// The colours of letters, each on the ground that the same properties give it, or on white.
fn colours(xml: &str) -> Vec<(String, String)> {
    let each = captures("(?s)<w:rPr>(.*?)</w:rPr>", xml).into_iter().chain(
        xml.split("<w:tc>").skip(1).map(|cell| cell.split("</w:tc>").next().unwrap().to_owned()),
    );
    let of = |own: &String| {
        let first = |pattern: &'static str| captures(pattern, own).into_iter().next();
        let letters = first("<w:color w:val=\"([0-9A-F]{6})\"").unwrap_or("000000".into());
        (letters, first("<w:shd [^>]*w:fill=\"([0-9A-F]{6})\"").unwrap_or("FFFFFF".into()))
    };
    let found: BTreeSet<(String, String)> = each.map(|own| of(&own)).collect();
    found.into_iter().collect()
}

/// The contrast of two colours as WCAG 2.2 reckons it.
#[expect(clippy::float_arithmetic, reason = "a ratio of brightness")]
pub(crate) fn contrast(one: &str, other: &str) -> f64 {
    let part = |colour: &str, at: usize| {
        let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let bright = |colour: &str| {
        0.2126 * part(colour, 0) + 0.7152 * part(colour, 2) + 0.0722 * part(colour, 4)
    };
    let (one, other) = (bright(one), bright(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The first group of every match.
fn captures(pattern: &'static str, text: &str) -> Vec<String> {
    static KNOWN: LazyLock<std::sync::Mutex<BTreeMap<&'static str, Regex>>> =
        LazyLock::new(std::sync::Mutex::default);
    let regex = KNOWN
        .lock()
        .unwrap()
        .entry(pattern)
        .or_insert_with(|| Regex::new(pattern).unwrap())
        .clone();
    regex.captures_iter(text).map(|found| found[1].to_owned()).collect()
}
