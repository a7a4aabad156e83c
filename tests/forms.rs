//! The blank forms: what is in them, that they can be filled in, and that they stay the same.

mod common;

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read},
    path::Path,
};

use calamine::{Data, Range, Reader, SheetVisible, Xlsx};
use common::programme;
use lathe::{
    form::{Field, Group, Need, Part, Table, council_return},
    issue::{self, Answers, Issue, Shape, issues},
    programme::Programme,
};
use regex::Regex;

/// A workbook opened again.
struct Book {
    names: BTreeMap<String, String>,
    sheets: BTreeMap<String, Range<Data>>,
    /// The parts of the package that are text.
    parts: BTreeMap<String, String>,
}

impl Book {
    fn of(bytes: Vec<u8>) -> Book {
        let mut package = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        let names: Vec<String> =
            package.file_names().map(|name| name.unwrap().into_owned()).collect();
        let mut parts = BTreeMap::new();
        for name in names {
            let mut text = String::new();
            package.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
            parts.insert(name, text);
        }
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert!(book.sheets_metadata().iter().all(|sheet| sheet.visible == SheetVisible::Visible));
        let names = book.defined_names().iter().cloned();
        let names = names.filter(|(name, _)| !name.starts_with("_xlnm")).collect();
        let tabs = book.sheet_names();
        let sheets = tabs.into_iter().map(|tab| (tab.clone(), book.worksheet_range(&tab).unwrap()));
        let sheets = sheets.collect();
        Book { names, sheets, parts }
    }

    /// The tab that a name refers to, and the first and last row and the column, from 0.
    fn area(&self, name: &str) -> (String, u32, u32, u32) {
        let reference =
            Regex::new(r"^'((?:[^']|'')+)'!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?$").unwrap();
        let found = reference.captures(&self.names[name]).unwrap();
        let column = |letters: &str| {
            letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1) - 1
        };
        let row = |digits: &str| digits.parse::<u32>().unwrap() - 1;
        let last = found.get(5).map_or(&found[3], |last| last.as_str());
        assert!(found.get(4).is_none_or(|letters| letters.as_str() == &found[2]));
        (found[1].replace("''", "'"), row(&found[3]), row(last), column(&found[2]))
    }

    /// What stands in the cells of a name, blank ones left out.
    fn read(&self, name: &str) -> Vec<String> {
        let (tab, first, last, column) = self.area(name);
        let sheet = &self.sheets[&tab];
        let cells = (first..=last).filter_map(|row| sheet.get_value((row, column)));
        cells.map(ToString::to_string).filter(|text| !text.is_empty()).collect()
    }
}

fn tabular(issue: &Issue<'_>, field: &Field) -> Option<&'static Table> {
    let tables = issue.workbook.sheets.iter().flat_map(|sheet| sheet.tables());
    tables.into_iter().find(|table| table.columns.contains(&field))
}

fn named<'a>(programme: &'a Programme, file: &str) -> Issue<'a> {
    issues(programme).into_iter().find(|issue| issue.file_name() == file).unwrap()
}

/// A form of each kind.
fn three(programme: &Programme) -> [Issue<'_>; 3] {
    ["profile-THA.xlsx", "H-THA.xlsx", "H-brief.xlsx"].map(|file| named(programme, file))
}

fn blank(issue: &Issue<'_>, programme: &Programme) -> Book {
    Book::of(issue.workbook_bytes(programme, &Answers::new(), &Shape::default()).unwrap())
}

/// Every question answered with its own name, in tables also with its row.
fn full(issue: &Issue<'_>) -> Answers {
    let mut answers = Answers::new();
    for field in issue.workbook.fields().filter(|field| issue.asks(field)) {
        match tabular(issue, field) {
            None => answers.set(field.name, None, &format!("'{}", field.name)),
            Some(table) => {
                for row in 1..=table.rows {
                    answers.set(field.name, Some(row), &format!("'{} {row}", field.name));
                }
            }
        }
    }
    answers
}

/// That every name refers to the cells of its own answers, in their order.
fn holds_its_own(book: &Book, issue: &Issue<'_>, but: &[&str]) {
    for field in issue.workbook.fields() {
        if !issue.asks(field) || but.iter().any(|code| field.name.starts_with(code)) {
            assert!(!book.names.contains_key(field.name), "{}", field.name);
            continue;
        }
        let expected = match tabular(issue, field) {
            None => vec![field.name.to_owned()],
            Some(table) => (1..=table.rows).map(|row| format!("{} {row}", field.name)).collect(),
        };
        assert_eq!(book.read(field.name), expected, "{} {}", issue.file_name(), field.name);
    }
}

/// East Kent with every group of questions switched on for project H.
fn asking_everything() -> Programme {
    let mut programme = programme();
    let project = programme.projects.iter_mut().find(|project| &*project.code == "H").unwrap();
    project.groups = Group::ALL.to_vec();
    programme
}

#[test]
fn every_council_and_project_gets_its_forms() {
    let programme = programme();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for issue in issues(&programme) {
        *count.entry(issue.workbook.word).or_default() += 1;
    }
    assert_eq!(count, BTreeMap::from([("brief", 10), ("profile", 5), ("return", 42)]));
    let files: Vec<String> = issues(&programme).iter().map(Issue::file_name).collect();
    for file in ["profile-THA.xlsx", "H-THA.xlsx", "H-ASH.xlsx", "H-brief.xlsx"] {
        assert!(files.iter().any(|own| own == file), "{file}");
    }
}

#[test]
fn every_question_asked_has_its_name_on_its_cell_and_no_other_has() {
    let (some, all) = (programme(), asking_everything());
    let forms = issues(&some).into_iter().map(|issue| (&some, issue));
    for (programme, issue) in forms.chain(three(&all).map(|issue| (&all, issue))) {
        let book = blank(&issue, programme);
        let asked = issue.workbook.fields().filter(|field| issue.asks(field));
        let asked: Vec<&str> = asked.map(|field| field.name).collect();
        assert_eq!(book.names.len(), asked.len(), "{}", issue.file_name());
        assert!(asked.iter().all(|name| book.names.contains_key(*name)), "{}", issue.file_name());
    }
    for (programme, issue) in three(&some)
        .map(|issue| (&some, issue))
        .into_iter()
        .chain(three(&all).map(|issue| (&all, issue)))
    {
        let filled = issue.workbook_bytes(programme, &full(&issue), &Shape::default()).unwrap();
        holds_its_own(&Book::of(filled), &issue, &[]);
    }
    let everything = named(&all, "H-THA.xlsx");
    assert_eq!(
        council_return::WORKBOOK.fields().filter(|field| everything.asks(field)).count(),
        432
    );
}

#[test]
fn names_follow_their_cells_whatever_is_done_to_the_sheets() {
    let programme = asking_everything();
    let issue = named(&programme, "H-THA.xlsx");
    let mut shape = Shape::default().rename("REV", "Budget '08").rename("Service", "Dienst & co");
    for (step, field) in issue.workbook.fields().enumerate() {
        match tabular(&issue, field) {
            None if step % 7 == 0 => {
                shape = shape.blank_rows(field.name, None, 1 + step as u32 % 3)
            }
            Some(table) if step % 5 == 0 => {
                shape = shape.blank_rows(field.name, Some(1 + step as u32 % table.rows), 2);
                shape = shape.move_column(field.name, step as u16 % 9);
            }
            _ => {}
        }
    }
    let part = shape.clone().leave_out("CAP").leave_out("Risks");
    for (shape, without) in [(shape, &[][..]), (part, &["CAP_", "RSK_"])] {
        let bytes = issue.workbook_bytes(&programme, &full(&issue), &shape).unwrap();
        holds_its_own(&Book::of(bytes), &issue, without);
    }
}

#[test]
fn names_are_lost_when_a_test_wants_them_lost() {
    let programme = programme();
    let issue = named(&programme, "H-THA.xlsx");
    let bytes = |shape: Shape| issue.workbook_bytes(&programme, &Answers::new(), &shape).unwrap();
    let book = Book::of(bytes(Shape::default().without_name("REV_PRE_y0_budget")));
    assert!(
        !book.names.contains_key("REV_PRE_y0_budget") && book.names.contains_key("REV_PRE_note")
    );
    let book = Book::of(bytes(Shape::default().without_names()));
    assert_eq!(book.names, BTreeMap::new());
    assert!(book.parts.keys().all(|part| !part.starts_with("xl/tables")));
}

#[test]
fn what_a_form_does_not_have_cannot_be_filled_in_or_changed() {
    let programme = programme();
    let issue = named(&programme, "H-THA.xlsx");
    let said = |name: &str, row: Option<u32>, shape: Shape| {
        let mut answers = Answers::new();
        answers.set(name, row, "1");
        issue.workbook_bytes(&programme, &answers, &shape).unwrap_err().to_string()
    };
    let shape = Shape::default;
    assert_eq!(said("REV_PRE", None, shape()), "H-THA.xlsx has no field REV_PRE");
    assert_eq!(
        said("REV_PRE_y1_budget", None, shape()),
        "H-THA.xlsx does not ask for REV_PRE_y1_budget"
    );
    assert_eq!(said("STF_posts", None, shape()), "an answer to STF_posts needs a row from 1");
    assert_eq!(said("COV_notes", Some(1), shape()), "an answer to COV_notes needs no row");
    assert_eq!(said("COV_notes", None, shape().rename("XXX", "Y")), "no sheet XXX to rename");
}

#[test]
fn nothing_is_hidden_and_only_the_answers_can_be_typed_into() {
    let programme = asking_everything();
    let format = Regex::new(r"(?s)<xf [^>]*?(?:/>|>.*?</xf>)").unwrap();
    let cell = Regex::new(r#"<c r="([A-Z]+\d+)"(?: s="(\d+)")?"#).unwrap();
    let tab = Regex::new(r#"<sheet name="([^"]+)""#).unwrap();
    for issue in three(&programme) {
        let book = blank(&issue, &programme);
        assert!(
            book.parts.keys().all(|part| !part.contains("vba") && !part.contains("externalLink"))
        );
        let cell_formats = book.parts["xl/styles.xml"].split("<cellXfs").nth(1).unwrap();
        let open: Vec<bool> = format
            .find_iter(cell_formats.split("</cellXfs>").next().unwrap())
            .map(|format| format.as_str().contains(r#"locked="0""#))
            .collect();
        let mut unlocked: Vec<String> = vec![];
        let tabs: Vec<&str> = tab
            .captures_iter(&book.parts["xl/workbook.xml"])
            .map(|found| found.extract::<1>().1[0])
            .collect();
        for (number, tab) in (1..).zip(tabs) {
            let sheet = &book.parts[&format!("xl/worksheets/sheet{number}.xml")];
            assert!(sheet.contains("<sheetProtection ") && !sheet.contains("password="), "{tab}");
            assert!(sheet.contains(r#"insertRows="0""#), "{tab}");
            assert!(!sheet.contains("hidden=") && !sheet.contains("<mergeCell"), "{tab}");
            for found in cell.captures_iter(sheet) {
                if found.get(2).is_some_and(|style| open[style.as_str().parse::<usize>().unwrap()])
                {
                    unlocked.push(format!("{tab}!{}", &found[1]));
                }
            }
        }
        let mut inputs: Vec<String> = vec![];
        for field in issue.workbook.fields().filter(|field| issue.asks(field) && field.is_input()) {
            let (tab, first, last, column) = book.area(field.name);
            let cells = (first..=last).map(|row| lathe::place::Cell { row, column });
            inputs.extend(cells.map(|cell| format!("{tab}!{cell}")));
        }
        unlocked.sort();
        inputs.sort();
        assert_eq!(unlocked, inputs);
    }
}

#[test]
fn every_input_says_what_it_wants_and_lets_na_be_typed() {
    let programme = asking_everything();
    let rule = Regex::new(r#"<dataValidation ([^>]*)sqref="([^"]+)""#).unwrap();
    for issue in three(&programme) {
        let book = blank(&issue, &programme);
        let mut guided = 0;
        for found in book.parts.values().flat_map(|part| rule.captures_iter(part)) {
            let (_, [said, cells]) = found.extract();
            assert!(said.contains(" prompt=") && said.contains(" promptTitle="), "{said}");
            let forbids = said.contains("showErrorMessage") && said.contains("type=");
            assert!(!forbids || said.contains(r#"errorStyle="warning""#), "{said}");
            guided += cells.split(' ').count();
        }
        let inputs = issue.workbook.fields().filter(|field| issue.asks(field) && field.is_input());
        assert_eq!(guided, inputs.count(), "{}", issue.file_name());
    }
}

#[test]
fn a_form_is_known_by_what_it_says_of_itself() {
    let programme = programme();
    let issue = named(&programme, "H-THA.xlsx");
    let book = blank(&issue, &programme);
    let token = issue.token(&programme);
    let said =
        ["COV_form_id", "COV_issue_token", "COV_council_code", "COV_project_code", "COV_base_year"];
    assert_eq!(
        said.map(|name| book.read(name).concat()),
        ["EKJAC-RET", &token, "THA", "H", "2008/09"]
    );
    let properties = &book.parts["docProps/custom.xml"];
    for (name, value) in
        [(issue::FORM_ID, "EKJAC-RET"), (issue::FORM_VERSION, "1.0"), (issue::ISSUE_TOKEN, &token)]
    {
        let both = format!(r#"name="{name}"><vt:lpwstr>{value}</vt:lpwstr>"#);
        assert!(properties.contains(&both), "{both}");
    }
    assert_eq!(book.read("SVC_pi_code"), ["BC1", "BC2", "BC3"]);
    assert_eq!(book.read("REV_year_y_1"), ["2007/08"]);
    assert_eq!(book.read("CAP_year_y3"), ["2011/12"]);
    let profile = blank(&named(&programme, "profile-THA.xlsx"), &programme);
    let (tab, row, _, _) = profile.area("PRO_population_agreed");
    let beside = profile.sheets[&tab].rows().nth(row as usize).unwrap();
    assert!(beside.iter().any(|cell| cell.to_string().starts_with("131,750 people, mid-2008")));
}

#[test]
fn a_blank_form_has_no_nought_in_it() {
    let programme = programme();
    for issue in issues(&programme) {
        let book = blank(&issue, &programme);
        for field in issue.workbook.fields().filter(|field| issue.asks(field)) {
            if field.need != Need::Locked {
                assert_eq!(book.read(field.name), [""; 0], "{} {}", issue.file_name(), field.name);
            }
        }
    }
}

#[test]
fn totals_are_formulas_with_their_results_stored() {
    let programme = programme();
    let issue = named(&programme, "H-THA.xlsx");
    let mut answers = Answers::new();
    for (name, value) in [
        ("EMP_DIR", "356480"),
        ("TRA", "19360.5"),
        ("TPP", "tbc"),
        ("TRF", "7"),
        ("INC_FEE", "321600"),
    ] {
        answers.set(&format!("REV_{name}_y0_budget"), None, value);
    }
    answers.set("STF_fte_established", Some(1), "4");
    answers.set("STF_fte_established", Some(3), "2.5");
    let bytes = issue.workbook_bytes(&programme, &answers, &Shape::default()).unwrap();
    let book = Book::of(bytes);
    let totals = ["GC", "INC", "NC", "NT"]
        .map(|row| book.read(&format!("REV_TOT_{row}_y0_budget")).concat());
    assert_eq!(totals, ["375840.5", "321600", "54247.5", "54247.5"]);
    let sheets: String = book
        .parts
        .iter()
        .filter(|(part, _)| part.starts_with("xl/worksheets/"))
        .map(|(_, text)| &**text)
        .collect();
    let formulas = Regex::new(r"<f>([^<]*)</f><v>([^<]*)</v>").unwrap();
    let formulas: Vec<(&str, &str)> = formulas
        .captures_iter(&sheets)
        .map(|found| {
            let (_, [formula, result]) = found.extract();
            (formula, result)
        })
        .collect();
    assert_eq!(formulas.len(), sheets.matches("<f>").count());
    assert!(
        formulas.iter().any(|(formula, result)| formula.contains("SUM(E") && *result == "6.5"),
        "{formulas:?}"
    );
}

#[test]
fn forms_have_the_same_bytes_however_often_and_with_however_many_threads() {
    let programme = programme();
    let issues = issues(&programme);
    let written = [1, 8].map(|threads| {
        let folder = tempfile::tempdir().unwrap();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let write = || issue::write_all(&issues, &programme, folder.path()).unwrap();
        let first = pool.install(write);
        assert_eq!(first, pool.install(write));
        files(&folder.path().join("forms"))
    });
    assert_eq!(written[0].len(), 57);
    assert!(written[0] == written[1]);
}

#[test]
fn forms_that_cannot_all_be_written_are_not_begun() {
    let programme = programme();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("forms/H-THA.xlsx/in the way")).unwrap();
    let error = issue::write_all(&issues(&programme), &programme, folder.path()).unwrap_err();
    assert!(error.to_string().contains("H-THA.xlsx could not be written"), "{error:#}");
    assert!(files(&folder.path().join("forms")).keys().all(|name| !name.ends_with(".part")));
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect()
}

#[test]
fn no_sheet_asks_for_a_table_that_its_parts_do_not_have() {
    let programme = programme();
    let issue = named(&programme, "H-THA.xlsx");
    let book = blank(&issue, &programme);
    let tables: String = book
        .parts
        .iter()
        .filter(|(part, _)| part.starts_with("xl/tables/"))
        .map(|(_, text)| &**text)
        .collect();
    for sheet in issue.sheets() {
        for part in sheet.parts {
            if let Part::Table(table) = part {
                let asked = table.columns.iter().any(|field| issue.asks(field));
                assert_eq!(tables.contains(&format!(r#"displayName="{}""#, table.name)), asked);
            }
        }
    }
}
