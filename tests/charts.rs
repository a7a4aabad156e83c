//! Native charts in drafts: their numbers are brought up to date and their look is the lead's, as are numbers that were
//! edited in Word.

mod common;

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
    sync::LazyLock,
};

use common::{Forms, assert_sound, edited, parts};
use lathe::{
    chart::{Chart, Kind as Drawn, Series, Unit},
    draft::{self, Kind, Templates},
    number::Decimal,
    word::{self, Data, Filled, NoticeKind},
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const DOCUMENT: &str = "word/document.xml";
const BUDGET: &str = "word/charts/chart-budget.xml";

static DATA: LazyLock<[Data; 2]> =
    LazyLock::new(|| [Forms::w().run().draft(), Forms::w().without("THA").run().draft()]);

fn filled(document: Option<&[u8]>, data: &Data) -> Filled {
    let templates = Templates::built_in();
    let filled = draft::create_or_refresh(document, templates.of(Kind::BusinessCase), data);
    let filled = filled.unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_sound(&filled.bytes);
    nothing_dangles(&filled.bytes);
    filled
}

/// Every part that is named is there, and every chart, workbook and relationships part is named.
fn nothing_dangles(document: &[u8]) {
    let parts = parts(document);
    let mut named: Vec<String> = vec![];
    for (rels, xml) in parts.iter().filter(|(name, _)| name.ends_with(".rels")) {
        let owner = rels.replace("_rels/", "").replace(".rels", "");
        let folder = owner.rsplit_once('/').map_or("", |(folder, _)| folder);
        for target in xml.split("Target=\"").skip(1) {
            let target = target.split('"').next().unwrap();
            let name = match target.strip_prefix("../") {
                Some(up) => {
                    folder.rsplit_once('/').map_or(up.to_owned(), |(top, _)| format!("{top}/{up}"))
                }
                None if folder.is_empty() => target.to_owned(),
                None => format!("{folder}/{target}"),
            };
            assert!(parts.contains_key(&name), "{rels} names {name}, which is not there");
            named.push(name);
        }
    }
    for name in parts.keys() {
        let own = name.contains("/charts/chart") || name.contains("/embeddings/");
        assert!(!own || named.contains(name), "nothing leads to {name}");
        let of = name.replace("_rels/", "").replace(".rels", "");
        assert!(
            !name.contains("/charts/_rels/") || parts.contains_key(&of),
            "{name} is of nothing"
        );
    }
    for own in parts["[Content_Types].xml"].split("PartName=\"/").skip(1) {
        let name = own.split('"').next().unwrap();
        assert!(parts.contains_key(name), "the types name {name}, which is not there");
    }
}

/// What a part of the workbook within a chart holds.
fn workbook(document: &[u8], name: &str) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(document)).unwrap();
    let mut bytes = vec![];
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    parts(&bytes)
}

/// The names and values a chart's part shows: "Employees: Canterbury 412300, …".
fn shown(document: &[u8], part: &str) -> Vec<String> {
    let xml = parts(document).remove(part).unwrap_or_else(|| panic!("there is no {part}"));
    let points = |xml: &str| -> BTreeMap<String, String> {
        let until = |text: &str, end: char| text.split(end).next().unwrap().to_owned();
        let own = xml.split("<c:pt idx=\"").skip(1);
        own.map(|own| (until(own, '"'), until(own.split("<c:v>").nth(1).unwrap(), '<'))).collect()
    };
    let between = |xml: &str, tag: &str| {
        let rest = xml.split(&format!("<c:{tag}>")).nth(1).unwrap_or_default();
        rest.split(&format!("</c:{tag}>")).next().unwrap().to_owned()
    };
    let series = xml.split("<c:ser>").skip(1).map(|own| {
        let name = points(&between(own, "tx")).remove("0").unwrap();
        let (names, values) = (points(&between(own, "cat")), points(&between(own, "val")));
        let pairs: Vec<String> =
            values.iter().map(|(at, value)| format!("{} {value}", names[at])).collect();
        format!("{name}: {}", pairs.join(", "))
    });
    series.collect()
}

#[test]
fn the_chart_of_the_budget_shows_what_the_table_shows() {
    let document = filled(None, &DATA[0]).bytes;
    insta::assert_snapshot!(shown(&document, BUDGET).join("\n"), @r#"
    Employees: Canterbury 412300, Dover 298750, Shepway 271900, Thanet 356480
    Premises: Canterbury 18400, Dover 9300, Shepway 11250, Thanet 13900
    Transport: Canterbury 21650, Dover 17420, Shepway 14880, Thanet 19360
    Supplies and services: Canterbury 46200, Dover 28900, Shepway 25340, Thanet 37775
    Third-party payments: Canterbury 12000, Dover 35000, Shepway 0, Thanet 8250
    "#);
    let book = workbook(&document, "word/embeddings/chart-budget.xlsx");
    assert!(book["xl/worksheets/sheet1.xml"].contains("<v>412300</v>"));
    assert!(book["xl/charts/chart1.xml"].contains("<c:v>412300</c:v>"));
    assert!(!book["docProps/core.xml"].contains("2026"));
    let body = &parts(&document)[DOCUMENT];
    assert!(body.contains("descr=\"A bar for each council shows what it budgets for 2008/09"));
    assert!(body.contains("Canterbury: Employees £"));
}

#[test]
fn every_chart_shows_its_figures() {
    let document = filled(None, &DATA[0]).bytes;
    let charts = ["staff", "ict-lifespans", "contracts-lifespans", "timeline", "cash"];
    let all = charts.map(|name| {
        let part = format!("word/charts/chart-{name}.xml");
        format!("{name}\n{}", shown(&document, &part).join("\n"))
    });
    insta::assert_snapshot!(all.join("\n\n"), @r#"
    staff
    Posts budgeted (FTE): Canterbury 10.5, Dover 7.6, Shepway 7.3, Thanet 9
    Posts filled (FTE): Canterbury 9.5, Dover 6.6, Shepway 6.3, Thanet 7.5

    ict-lifespans
    Canterbury: 2–5 years 3
    Dover: Expired 1, 1–2 years 2
    Shepway: 1–2 years 1, 2–5 years 1, Unknown 1
    Thanet: &lt;12 months 1, 5+ years 1

    contracts-lifespans
    Canterbury: 1–2 years 1
    Dover: 2–5 years 1
    Shepway: &lt;12 months 1
    Thanet: Rolling 1

    timeline
    Bar begins: Reference date 1 March 2009 39873, Planned start 1 April 2010 40269, Canterbury: Structural engineering advi… 39173, Dover: Plan checking and site inspectio… 39356, Shepway: Fire engineering advice 39142, Thanet: Structural engineering advice 39142
    Before the reference date: Reference date 1 March 2009 0, Planned start 1 April 2010 0, Canterbury: Structural engineering advi… 700, Dover: Plan checking and site inspectio… 517, Shepway: Fire engineering advice 731, Thanet: Structural engineering advice 731
    Term left: Reference date 1 March 2009 0, Planned start 1 April 2010 0, Canterbury: Structural engineering advi… 214, Dover: Plan checking and site inspectio… 944, Shepway: Fire engineering advice 214, Thanet: Structural engineering advice 0
    Notice period: Reference date 1 March 2009 0, Planned start 1 April 2010 0, Canterbury: Structural engineering advi… 182, Dover: Plan checking and site inspectio… 366, Shepway: Fire engineering advice 92, Thanet: Structural engineering advice 93
    Possible extension: Reference date 1 March 2009 0, Planned start 1 April 2010 0, Canterbury: Structural engineering advi… 0, Dover: Plan checking and site inspectio… 0, Shepway: Fire engineering advice 365, Thanet: Structural engineering advice 0
    Marked day: Reference date 1 March 2009 14, Planned start 1 April 2010 14, Canterbury: Structural engineering advi… 0, Dover: Plan checking and site inspectio… 0, Shepway: Fire engineering advice 0, Thanet: Structural engineering advice 0

    cash
    Option 1: One team hosted by Dover: 2009/10 -240000, 2010/11 -205000, 2011/12 -32500, 2012/13 157500, 2013/14 347500, 2014/15 537500
    "#);
}

#[test]
fn the_same_figures_leave_every_byte_alone() {
    let document = filled(None, &DATA[0]).bytes;
    assert!(document == filled(None, &DATA[0]).bytes);
    let again = filled(Some(&document), &DATA[0]);
    assert!(again.bytes == document && again.changes.is_empty());
}

/// The lead gives the chart colours of their own, as Word writes it: the numbers move on, the colours stay.
#[test]
fn a_chart_keeps_the_look_that_the_lead_gave_it() {
    let first = filled(None, &DATA[1]).bytes;
    let restyled = edited(&first, BUDGET, |xml| {
        xml.replace("1F3A5F", "ABCDEF")
            .replace("<c:lang", "<c:date1904 val=\"0\"/><c:lang")
            .replace("General</c:formatCode>", "#,##0</c:formatCode>")
    });
    let second = filled(Some(&restyled), &DATA[0]);
    let part = &parts(&second.bytes)[BUDGET];
    assert!(part.contains("ABCDEF") && part.contains("date1904"));
    assert!(!part.contains("General</c:formatCode>"));
    let fresh = filled(None, &DATA[0]).bytes;
    assert_eq!(shown(&second.bytes, BUDGET), shown(&fresh, BUDGET));
    let book = "word/embeddings/chart-budget.xlsx";
    assert!(workbook(&second.bytes, book) == workbook(&fresh, book));
    assert!(second.changes.iter().any(|change| change.tag == "chart:budget"));
    let third = filled(Some(&second.bytes), &DATA[0]);
    assert!(third.bytes == second.bytes);
}

/// The years that the picture spans move with the figures too.
#[test]
fn other_contracts_move_the_years_of_the_picture() {
    let first = filled(None, &DATA[0]).bytes;
    let later = Forms::w().with("DOV CON_end_date 1 = 2016-09-30").run().draft();
    let second = filled(Some(&first), &later).bytes;
    let part = "word/charts/chart-timeline.xml";
    assert_eq!(parts(&second)[part], parts(&filled(None, &later).bytes)[part]);
}

#[test]
fn numbers_edited_in_word_are_the_leads() {
    let first = filled(None, &DATA[1]).bytes;
    let edited =
        edited(&first, BUDGET, |xml| xml.replacen("<c:v>412300</c:v>", "<c:v>400000</c:v>", 1));
    let second = filled(Some(&edited), &DATA[0]);
    assert_eq!(parts(&second.bytes)[BUDGET], parts(&edited)[BUDGET]);
    let notice = second.notices.iter().find(|own| own.tag == "chart:budget").unwrap();
    assert_eq!(notice.kind, NoticeKind::Edited);
    insta::assert_snapshot!(notice.text, @r#"Under “Revenue”: the chart “What each council spends” was edited by hand and stays as it is."#);
}

/// Word and Excel write a number in other ways than we do.
#[test]
fn a_number_written_in_another_way_is_the_same() {
    let first = filled(None, &DATA[0]).bytes;
    let part = "word/charts/chart-staff.xml";
    let saved = edited(&first, part, |xml| {
        xml.replace("<c:v>10.5</c:v>", "<c:v>10.500000000000002</c:v>")
            .replace("<c:v>9</c:v>", "<c:v>9.0E0</c:v>")
    });
    let again = filled(Some(&saved), &DATA[0]);
    assert!(again.bytes == saved && again.notices.is_empty());
}

#[test]
fn a_chart_that_was_taken_out_stays_out() {
    let first = filled(None, &DATA[1]).bytes;
    let out = edited(&first, DOCUMENT, |xml| {
        let at = xml.find("<w:tag w:val=\"chart:budget\"/>").unwrap();
        let start = xml[at..].find("<w:r><w:drawing>").unwrap() + at;
        let end = xml[start..].find("</w:r>").unwrap() + start + "</w:r>".len();
        format!("{}{}", &xml[..start], &xml[end..])
    });
    let second = filled_loosely(&out, &DATA[0]);
    let notice = second.notices.iter().find(|own| own.tag == "chart:budget").unwrap();
    assert_eq!(notice.kind, NoticeKind::Deleted);
    assert!(!parts(&second.bytes)[DOCUMENT].contains("Chart budget"));

    let marked = edited(&first, DOCUMENT, |xml| {
        let at = xml.find("name=\"Chart budget\"").unwrap();
        let start = xml[..at].rfind("<w:r>").unwrap();
        let end = xml[start..].find("</w:r>").unwrap() + start + "</w:r>".len();
        let del = format!("<w:del w:id=\"9\" w:author=\"x\">{}</w:del>", &xml[start..end]);
        format!("{}{del}{}", &xml[..start], &xml[end..])
    });
    let second = filled(Some(&marked), &DATA[0]);
    assert_eq!(parts(&second.bytes)[BUDGET], parts(&marked)[BUDGET]);
    let notice = second.notices.iter().find(|own| own.tag == "chart:budget").unwrap();
    assert_eq!(notice.kind, NoticeKind::Deleted);
}

/// Word takes the part of a chart that goes with it; our edit above does not.
fn filled_loosely(document: &[u8], data: &Data) -> Filled {
    word::fill(document, data).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn a_copied_chart_is_brought_up_to_date_in_both_places() {
    let first = filled(None, &DATA[1]).bytes;
    let copied = edited(&first, DOCUMENT, |xml| {
        let at = xml.find("<w:tag w:val=\"chart:staff\"/>").unwrap();
        let start = xml[..at].rfind("<w:sdt>").unwrap();
        let end = xml[at..].find("</w:sdt>").unwrap() + at + "</w:sdt>".len();
        format!("{}{}{}", &xml[..end], &xml[start..end], &xml[end..])
    });
    let second = filled(Some(&copied), &DATA[0]);
    assert!(
        second.notices.iter().any(|own| own.kind == NoticeKind::Copied && own.tag == "chart:staff")
    );
    assert!(filled(Some(&second.bytes), &DATA[0]).bytes == second.bytes);
}

#[test]
fn a_chart_with_nothing_to_show_goes_with_its_parts_and_comes_back() {
    let first = filled(None, &DATA[0]).bytes;
    let none = Forms::w();
    let none = ["CAN", "DOV", "SHE", "THA"].iter().fold(none, |forms, code| forms.without(code));
    let none = none.run().draft();
    let second = filled(Some(&first), &none).bytes;
    let left: Vec<String> =
        parts(&second).into_keys().filter(|name| name.contains("chart-")).collect();
    assert!(!left.iter().any(|name| name.contains("budget")), "{left:?}");
    let third = filled(Some(&second), &DATA[0]).bytes;
    assert_eq!(shown(&third, BUDGET), shown(&first, BUDGET));
    assert!(filled(Some(&third), &DATA[0]).bytes == third);
    let fourth = filled(Some(&third), &none).bytes;
    assert!(filled(Some(&fourth), &none).bytes == fourth);
}

#[test]
fn a_chart_of_other_series_is_drawn_anew() {
    let first = filled(None, &DATA[0]).bytes;
    let mut data = DATA[0].clone();
    let chart = data.charts.get_mut("chart:budget").unwrap();
    chart.series.truncate(3);
    let second = filled(Some(&first), &data);
    assert_eq!(shown(&second.bytes, "word/charts/chart-budget-2.xml").len(), 3);
    assert!(!parts(&second.bytes).contains_key(BUDGET));
    assert!(second.notices.iter().any(|own| own.kind == NoticeKind::Redrawn));
    assert!(filled(Some(&second.bytes), &data).bytes == second.bytes);
}

#[test]
fn a_clean_copy_keeps_its_charts_and_says_nothing_of_their_makers() {
    let draft = filled(None, &DATA[0]).bytes;
    let book = "word/embeddings/chart-budget.xlsx";
    let worn = with_inner(&draft, book, |name, text| {
        match name {
        "docProps/core.xml" => text.replace("</cp:coreProperties>", "<cp:lastModifiedBy>Zebedee</cp:lastModifiedBy></cp:coreProperties>"),
        "xl/workbook.xml" => text.replace("<bookViews>", "<mc:AlternateContent xmlns:mc=\"m\"><mc:Choice Requires=\"x15\"><x15ac:absPath url=\"C:\\Users\\zebedee\\\" xmlns:x15ac=\"y\"/></mc:Choice></mc:AlternateContent><bookViews>"),
        _ => text.to_owned(),
    }
    });
    let copy = word::finish(&worn, &draft::is_in_the_way).unwrap();
    assert_sound(&copy);
    nothing_dangles(&copy);
    let names = parts(&copy);
    assert!(names.contains_key(BUDGET) && !names[DOCUMENT].contains("<w:sdt>"));
    let inner = workbook(&copy, book);
    assert!(inner.contains_key("xl/charts/chart1.xml"));
    for (name, text) in &inner {
        assert!(
            !name.starts_with("docProps/") && !text.to_lowercase().contains("zebedee"),
            "{name}"
        );
        assert!(!text.contains("docProps/"), "{name}");
    }
    let mut archive = ZipArchive::new(Cursor::new(&copy)).unwrap();
    let mut bytes = vec![];
    archive.by_name(book).unwrap().read_to_end(&mut bytes).unwrap();
    calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(Cursor::new(bytes)).unwrap();
}

/// The document with other texts in the parts of a package within it.
fn with_inner(document: &[u8], book: &str, change: impl Fn(&str, &str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(document)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().to_string();
        let mut bytes = vec![];
        entry.read_to_end(&mut bytes).unwrap();
        if name == book {
            let mut inner = ZipWriter::new(Cursor::new(vec![]));
            for (name, text) in parts(&bytes) {
                inner.start_file(&*name, options).unwrap();
                inner.write_all(change(&name, &text).as_bytes()).unwrap();
            }
            bytes = inner.finish().unwrap().into_inner();
        }
        out.start_file(&*name, options).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn hostile_names_come_out_as_text() {
    let mut data = DATA[0].clone();
    for hostile in
        ["]]>", "=SUM(A1)", "<c:v>&amp;", "a\0b\u{b}", "\u{202e}abc", &"long ".repeat(1_000), " "]
    {
        let value = Some(Decimal::from(12));
        let chart = Chart {
            alt: format!("alt {hostile} \"quoted\""),
            kind: Drawn::Stacked,
            of: hostile.to_owned(),
            categories: vec![hostile.to_owned(), String::from("plain")],
            series: vec![Series { name: hostile.to_owned(), values: vec![value, None] }],
            unit: Unit::Number,
        };
        data.charts.insert(String::from("chart:budget"), chart);
        let document = filled(None, &data).bytes;
        assert!(filled(Some(&document), &data).bytes == document, "{hostile:?}");
    }
}
