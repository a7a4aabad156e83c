//! The business case: template, tables, and what is printed from the worked example.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Forms, Line, assert_sound};
use lathe::{
    draft::{self, Kind, Templates, template},
    picture::State,
    programme::Status,
    word::{self, Block, Data},
};

fn document(line: &Line) -> Vec<u8> {
    of_kind(Kind::BusinessCase, &line.draft())
}

fn of_kind(kind: Kind, data: &Data) -> Vec<u8> {
    let templates = Templates::built_in();
    let filled = draft::create_or_refresh(None, templates.of(kind), data).unwrap();
    assert!(filled.notices.is_empty(), "{kind:?}: {:?}", filled.notices);
    assert_sound(&filled.bytes);
    filled.bytes
}

#[test]
fn the_committed_templates_are_what_the_command_builds() {
    for kind in Kind::ALL {
        let built = template::of(kind).unwrap();
        let templates = Templates::built_in();
        assert!(built == *templates.of(kind), "run `lathe template build --replace`");
    }
}

#[test]
fn every_tag_has_a_value_and_every_value_of_the_business_case_a_place() {
    let papers = Forms::w().run().papers();
    assert_eq!(papers.len(), Kind::ALL.len(), "every kind is of something");
    for (kind, data) in papers {
        let mut places: BTreeSet<String> = BTreeSet::new();
        let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for tag in word::tags(&template::of(kind).unwrap()).unwrap() {
            match tag.list {
                Some(list) => _ = columns.entry(list).or_default().insert(tag.tag),
                None => _ = places.insert(tag.tag),
            }
        }
        let keys = data.texts.keys().chain(data.seeds.keys()).chain(data.lists.keys());
        let keys = keys.chain(data.blocks.keys()).chain(data.passages.keys());
        let keys = keys.chain(data.charts.keys());
        let values: BTreeSet<String> = keys.cloned().collect();
        let without: Vec<&String> = match kind {
            Kind::BusinessCase => values.symmetric_difference(&places).collect(),
            // The others take a part of what there is.
            _ => places.difference(&values).collect(),
        };
        assert!(without.is_empty(), "{kind:?}: no place or no value: {without:?}");
        for (list, items) in data.lists.iter().filter(|(list, _)| places.contains(*list)) {
            for item in items {
                let own: BTreeSet<String> =
                    item.texts.keys().map(|column| format!("item:{column}")).collect();
                assert_eq!(own, columns[list], "{list}");
            }
        }
    }
}

#[test]
fn the_draft_of_w_prints_its_figures_in_table_and_sentence() {
    let text = word::plain_text(&document(&Forms::w().run())).unwrap();
    for printed in [
        "| Gross controllable expenditure, 2008/09 | £1,659,055 | All four councils |",
        "budgeted £1.66 million for building control in 2008/09",
        "(£412,205 net of income; £744,905 including them)",
        "34.4 FTE posts are budgeted, of which 29.9 are filled – a vacancy rate of 13.1%.",
    ] {
        assert!(text.contains(printed), "{printed}");
    }
}

#[test]
fn a_draft_without_one_council_says_so_wherever_it_adds_up() {
    let line = Forms::w().without("THA").run();
    let text = word::plain_text(&document(&line)).unwrap();
    for printed in [
        "£1,223,290 | Total of 3 of 4 councils (Thanet not returned) |",
        "| Thanet | Total of 3 of 4 councils (Thanet not returned) |",
        "The three councils that returned figures budgeted £1.22 million",
        "| Thanet | The return has not been received | Every combined figure | Head of service | – |",
    ] {
        assert!(text.contains(printed), "{printed}");
    }
    assert!(!text.contains("1,659,055"));
}

#[test]
fn one_unusable_line_costs_the_totals_that_need_it_and_is_named() {
    let text = word::plain_text(&document(&Forms::w().with("THA REV_TRA_y0_budget = tbc").run()));
    let text = text.unwrap();
    for printed in [
        "£1,223,290 | Total of 3 of 4 councils (Thanet has no usable figure) |",
        "The figure that Thanet gave for “Transport” cannot be used as it stands.",
        "| Thanet | Budget 2008/09 cannot be used for “Transport” | Combined revenue budget | Finance | – |",
    ] {
        assert!(text.contains(printed), "{printed}");
    }
    assert!(!text.contains("tbc"), "what a council typed by mistake is no text for members");
}

/// What a council or lead typed on a sheet that may not be used is neither counted nor quoted.
#[test]
fn a_refused_sheet_says_nothing() {
    let mut line = Forms::w().with("DOV SVC_functions_in = -").run();
    for ret in &mut line.intake.returns {
        match ret.council.as_deref() {
            None => _ = ret.refused_sheets.insert("P5", "CMP-004"),
            Some("SHE") => _ = ret.refused_sheets.insert("SVC", "CMP-004"),
            Some(_) => {}
        }
    }
    let data = line.draft();
    let text = |tag: &str| &*data.texts[tag].text;
    assert_eq!(
        text("say:criteria"),
        "The project lead has not yet answered the criteria for joint services in a form that can be used."
    );
    assert_eq!(
        text("say:benefits"),
        "The net benefits to the partnership have not been given yet. The project lead has not yet said in a \
         form that can be used which outcomes are expected."
    );
    assert!(data.lists["each:benefits"].is_empty());
    assert_eq!(
        text("say:service"),
        "Canterbury, Dover and Thanet provide the service in the same way: in house. Canterbury and Thanet \
         cover the same functions: plan checking, site inspection and dangerous structures."
    );
    let scopes: Vec<&str> = data.lists["each:scopes"].iter().map(|item| &*item.key).collect();
    assert_eq!(scopes, ["CAN", "DOV", "THA"]);
    let [Block::Table(facts)] = &data.blocks["block:facts"][..] else { panic!("one table") };
    let functions = facts.rows.iter().find(|row| row[0] == "Functions included").unwrap();
    assert_eq!(functions[2..4], ["not answered", "rejected (CMP-004)"]);
}

#[test]
fn a_council_that_does_not_provide_the_service_does_nothing_in_it() {
    let data = Forms::w().with("THA COV_return_type = Nil").run().draft();
    let scopes: Vec<&str> = data.lists["each:scopes"].iter().map(|item| &*item.key).collect();
    assert_eq!(scopes, ["CAN", "DOV", "SHE"]);
    assert!(data.texts["say:service"].text.ends_with(
        "Thanet does not provide the service. Canterbury, Dover and Shepway cover the same functions: plan \
         checking, site inspection and dangerous structures."
    ));
}

/// With two councils each could take its own pay away; with few people one could be told.
#[test]
fn pay_is_said_over_three_councils_and_where_no_few_people_could_be_told() {
    let said =
        |forms: Forms| forms.run().draft().texts["say:staff"].text.contains("full-time salaries");
    assert!(said(Forms::w()));
    assert!(said(Forms::w().without("DOV")));
    assert!(!said(Forms::w().without("DOV").without("SHE")));
    assert!(!said(Forms::w().without("DOV").with("THA COV_return_type = Nil")));
    let few = Forms::w().with("SHE STF_fte_filled 3 = 0").with("SHE STF_headcount 3 = 0");
    assert!(said(few.clone()), "Shepway's four people are hidden among all");
    let line = few.run();
    assert!(!line.figure("staffing.post_cost ~without-SHE").public);
}

/// What section 3 numbers stands in annex C, and queries are those of the councils that figures rest on.
#[test]
fn a_council_by_invitation_is_in_no_count() {
    let mut forms = Forms::w().with("SHE SVC_volume_y0 = tbc");
    let open = |forms: &Forms| forms.run().draft().texts["say:queries"].text.clone();
    assert_ne!(open(&forms), "No queries are open.");
    let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    let part = project.participation.iter_mut().find(|part| &*part.council == "SHE").unwrap();
    part.status = Status::Optional;
    let data = forms.run().draft();
    let [Block::Table(coverage)] = &data.blocks["block:coverage"][..] else { panic!("one table") };
    let numbered: Vec<&str> =
        coverage.rows.iter().map(|row| &*row[2]).filter(|own| *own != "none").collect();
    let sources = data.lists["each:sources"].iter().map(|item| &*item.texts["reference"]);
    assert_eq!(numbered, sources.filter(|own| own.starts_with('R')).collect::<Vec<_>>());
    let shepway = coverage.rows.iter().find(|row| row[0] == "Shepway").unwrap();
    assert_eq!(shepway[2..], ["none", &*shepway[3], "not counted"]);
    let without = open(&Forms { programme: forms.programme.clone(), ..Forms::w().without("SHE") });
    assert_eq!(data.texts["say:queries"].text, without);
}

#[test]
fn a_return_issued_to_somebody_else_is_said_to_have_come() {
    let mut line = Forms::w().without("THA").run();
    let own = line.picture.projects.iter_mut().find(|own| &*own.project == "H").unwrap();
    let thanet = own.coverage.iter_mut().find(|own| &*own.council == "THA").unwrap();
    thanet.state = State::SetAside("IDN-002");
    let data = line.draft();
    assert!(data.texts["say:coverage"].text.contains(
        "Thanet's return came in but cannot be used (IDN-002), so totals below are for three councils."
    ));
    let gap = data.lists["each:gaps"].iter().find(|item| item.key == "THA-return").unwrap();
    assert_eq!(gap.texts["what"], "The return came in but cannot be used (IDN-002)");
    let [Block::Table(coverage)] = &data.blocks["block:coverage"][..] else { panic!("one table") };
    let row = coverage.rows.iter().find(|row| row[0] == "Thanet").unwrap();
    assert_eq!(row[1], "came in but cannot be used (IDN-002)");
}

/// A sentence typed by the lead stays, and so does one reworded; the figures around it are brought up to date.
#[test]
fn a_refresh_leaves_what_the_lead_wrote() {
    let line = Forms::w().without("THA").run();
    let first = document(&line);
    let edited =
        lathe_edits(&first, "stop inspections in it.", "stop inspections. A word of mine.");
    let full = Forms::w().run().draft();
    let templates = Templates::built_in();
    let template = templates.of(Kind::BusinessCase);
    let refreshed = draft::create_or_refresh(Some(&edited), template, &full).unwrap();
    let text = word::plain_text(&refreshed.bytes).unwrap();
    assert!(text.contains("A word of mine."));
    assert!(text.contains("£1,659,055") && !text.contains("1,223,290"));
    let again = draft::create_or_refresh(Some(&refreshed.bytes), template, &full).unwrap();
    assert!(again.bytes == refreshed.bytes);
}

/// The document with a text of its body replaced, as an editor would.
fn lathe_edits(document: &[u8], from: &str, to: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    let mut edited = zip::ZipWriter::new(Cursor::new(vec![]));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut text = vec![];
        entry.read_to_end(&mut text).unwrap();
        let name = entry.name().unwrap().into_owned();
        if name == "word/document.xml" {
            let xml = String::from_utf8(text).unwrap();
            assert!(xml.contains(from));
            text = xml.replace(from, to).into_bytes();
        }
        edited.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        edited.write_all(&text).unwrap();
    }
    edited.finish().unwrap().into_inner()
}

/// One header row, no empty cells, a name for readers who cannot see the table.
#[test]
fn generated_tables_are_made_for_every_reader() {
    let lines = [Forms::w(), Forms::w().without("THA")].map(|forms| forms.run());
    for (_, data) in lines.iter().flat_map(Line::papers) {
        for (tag, blocks) in &data.blocks {
            for block in blocks {
                let table = match block {
                    Block::Table(table) => table,
                    Block::Paragraph { style: "Caption", .. } | Block::Bullet(_) => continue,
                    _ => panic!("{tag} holds something else"),
                };
                assert!(!table.title.is_empty() && !table.description.is_empty(), "{tag}");
                let headings: BTreeSet<&str> =
                    table.columns.iter().map(|column| &*column.heading).collect();
                assert_eq!(headings.len(), table.columns.len(), "{tag}: headings are unique");
                for row in &table.rows {
                    assert_eq!(row.len(), table.columns.len(), "{tag}");
                    assert!(row.iter().all(|cell| !cell.trim().is_empty()), "{tag}: {row:?}");
                }
            }
        }
        for (tag, items) in &data.lists {
            let keys: BTreeSet<&str> = items.iter().map(|item| &*item.key).collect();
            assert_eq!(keys.len(), items.len(), "{tag}: keys are unique");
            let texts = items.iter().flat_map(|item| item.texts.values());
            assert!(texts.clone().all(|text| !text.trim().is_empty()), "{tag}");
        }
    }
}

#[test]
fn nothing_private_is_in_the_draft() {
    let line = Forms::w().run();
    // Senders, files, and salaries of the posts.
    let words = [
        "example.org",
        "A. Officer",
        "H-THA",
        "returns/",
        ".xlsx",
        "£46,000",
        "£43,500",
        "£47,500",
        "£29,500",
        "46000",
    ];
    for (name, text) in line.papers().iter().flat_map(|(kind, data)| parts(&of_kind(*kind, data))) {
        // A chart names the workbook within it.
        let own = name.starts_with("word/charts/_rels/");
        for private in words.into_iter().filter(|word| !own || *word != ".xlsx") {
            // £347,500 is no salary of 47,500.
            let mut before = text.match_indices(private).map(|(at, _)| &text[..at]);
            let alone = before.any(|text| !text.ends_with(|last: char| last.is_ascii_digit()));
            assert!(!alone, "{private} in {name}");
        }
        for file in line.intake.returns.iter().flat_map(|ret| &ret.files) {
            assert!(!text.contains(&file.hash[..8]), "a hash in {name}");
        }
    }
}

/// The other rules of domain.md part E stand in tests/accessible.rs.
#[test]
fn a_document_says_its_title_and_how_it_stands() {
    let lines = [Forms::w(), Forms::w().without("THA"), nobody()].map(|forms| forms.run());
    for (kind, data) in lines.iter().flat_map(Line::papers) {
        let parts = parts(&of_kind(kind, &data));
        let title = format!("<dc:title>{}</dc:title>", data.texts["fig:footer"].text);
        assert!(parts["docProps/core.xml"].contains(&title));
        let standing = &data.texts["fig:standing"].text;
        assert!(standing == "DRAFT – not approved" || kind == Kind::StatementOfIntent);
        assert!(parts["word/header1.xml"].contains(standing));
    }
}

fn nobody() -> Forms {
    ["CAN", "DOV", "SHE", "THA"].iter().fold(Forms::w(), |forms, council| forms.without(council))
}

fn parts(document: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(document)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = vec![];
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        // A chart has a workbook within it.
        if bytes.starts_with(b"PK") {
            let within = self::parts(&bytes).into_iter();
            parts.extend(within.map(|(inner, text)| (format!("{name}!{inner}"), text)));
        } else {
            parts.insert(name, String::from_utf8(bytes).unwrap());
        }
    }
    parts
}

/// The title on a control's handle is the way from a figure to where it comes from.
#[test]
fn handles_say_what_is_in_them_whom_it_covers_and_what_it_rests_on() {
    let document = parts(&of_kind(Kind::BusinessCase, &Forms::w().without("THA").run().draft()));
    let titles: BTreeMap<&str, &str> = document["word/document.xml"]
        .split("<w:alias w:val=\"")
        .skip(1)
        .filter_map(|rest| {
            let (title, rest) = rest.split_once('"')?;
            let tag = rest.split("<w:tag w:val=\"").nth(1)?.split(['"', '#']).next()?;
            Some((tag, title))
        })
        .collect();
    for (tag, title) in &titles {
        assert!(title.encode_utf16().count() <= 64, "{tag}: {title}");
    }
    let of = |tag: &str| titles[tag];
    assert_eq!(of("say:revenue"), "Combined revenue budget: 3 of 4 councils: R1, R2, R3");
    assert_eq!(of("block:revenue"), "Revenue by council: 3 of 4 councils: R1, R2, R3");
    assert_eq!(of("each:contracts"), "Contracts: 3 of 4 councils: R1, R2, R3");
    assert_eq!(of("chart:staff"), "Posts budgeted and filled: 3 of 4 councils: R1, R2, R3");
    assert_eq!(of("block:terms"), "Terms of employment: 4 of 4 councils: P1, P2, P3, P4");
    assert_eq!(of("say:funding"), "Where the money comes from: B1");
    // Nothing is said of figures that cannot be given, but what councils' own rest on.
    assert_eq!(of("block:unit_cost"), "Unit costs by council: 3 of 4 councils: R1, R2, R3");
    assert_eq!(of("say:test"), "The savings test");
    assert!(titles.values().all(|title| !title.contains('…')), "{titles:?}");
    let whole = parts(&of_kind(Kind::BusinessCase, &Forms::w().run().draft()));
    let test = "The savings test: 4 of 4 councils: R1, R2, R3, R4, B1";
    assert!(whole["word/document.xml"].contains(test));
}
