//! What a council types is data: through the whole line, into every document and workbook, it comes out as text.

mod common;

use std::{fs, io::Cursor, path::Path};

use calamine::{Reader, Xlsx};
use common::{Forms, assert_sound, documents, folder, lathe, parts, printed, sheet};
use lathe::{
    book::consolidated,
    draft::{Kind, Templates, create_or_refresh},
};
use quick_xml::{Reader as Xml, events::Event};
use walkdir::WalkDir;

/// What a sheet would reckon, what a part of a document could end with, what a template would fill, what turns the
/// writing round, what no XML may hold.
const HOSTILE: [&str; 5] = [
    "=cmd|'/C calc'!A0",
    "]]></w:t></w:r><w:p/>",
    "{{ title }} & <b>\"x\"</b> &amp;",
    "\u{202e}txet\u{200f} desrever",
    "bell\u{7} escape\u{1b} end",
];

/// Every text that a council or the lead may type, each with one of the hostile ones.
fn hostile() -> Forms {
    let mut forms = Forms::w();
    for (place, council) in ["CAN", "DOV", "SHE", "THA"].into_iter().enumerate() {
        let fields = [
            "SVC_scope_description",
            "ICT_product 1",
            "ICT_supplier 2",
            "CON_title 1",
            "CON_supplier 1",
            "STF_job_title 1",
            "RSK_FIN_mitigation",
            "RSK_OPS_mitigation",
        ];
        for (number, field) in fields.into_iter().enumerate() {
            let text = HOSTILE[(place + number) % HOSTILE.len()];
            forms = forms.with(&format!("{council} {field} = {text}"));
        }
    }
    let long = "a long answer ".repeat(360);
    forms
        .with(&format!("P1_purpose = {long}{}", HOSTILE[1]))
        .with(&format!("P1_exempt_reason = {}", HOSTILE[2]))
        .with(&format!("P1_stakeholder_group 1 = {}", HOSTILE[0]))
        .with(&format!("P1_stakeholder_interest 2 = {}", HOSTILE[4]))
}

/// The text of a part, as a reader of XML has it.
fn text(xml: &str) -> String {
    let mut reader = Xml::from_str(xml);
    let mut said = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => said.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let reference = reference.xml10_content();
                match quick_xml::escape::resolve_predefined_entity(&reference) {
                    Some(character) => said.push_str(character),
                    None => said.push('\u{fffd}'),
                }
            }
            Event::Eof => return said,
            _ => {}
        }
    }
}

fn workbooks(folder: &Path) -> Vec<Vec<u8>> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "xlsx"))
        .map(|entry| fs::read(entry.path()).unwrap())
        .collect()
}

#[test]
fn what_councils_type_comes_out_as_text_in_every_document_and_workbook() {
    let folder = folder(&hostile());
    // Every document it writes is held sound by `lathe`.
    let output = lathe(folder.path(), &["run", "--as-at", "2009-03-01"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));

    let written = documents(folder.path());
    let kinds = ["business-case", "covering-report", "member-summary", "page", "progress-report"];
    for kind in kinds {
        let of_kind = |path: &&std::path::PathBuf| path.file_stem().is_some_and(|own| own == kind);
        assert!(written.keys().any(|path| of_kind(&path)), "no {kind}");
    }
    let case =
        |path: &std::path::PathBuf| path.ends_with("drafts/H-building-control/business-case.docx");
    let (_, bytes) = written.iter().find(|(path, _)| case(path)).unwrap();
    let document = text(&parts(bytes)["word/document.xml"]);
    // A character that no XML may hold is left out; all else is there to the letter.
    let shown = |hostile: &str| hostile.replace(['\u{7}', '\u{1b}'], "");
    for hostile in HOSTILE {
        assert!(document.contains(&shown(hostile)), "{hostile:?} is not in the business case");
    }

    let mut seen = [false; HOSTILE.len()];
    let books = workbooks(&folder.path().join("out"));
    assert!(books.len() >= 4, "{} workbooks", books.len());
    for bytes in books {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        for name in book.sheet_names() {
            for (_, _, formula) in book.worksheet_formula(&name).unwrap().used_cells() {
                assert!(!formula.contains("cmd"), "{name}: {formula}");
            }
            for (_, _, cell) in book.worksheet_range(&name).unwrap().used_cells() {
                let cell = cell.to_string();
                for (seen, hostile) in seen.iter_mut().zip(HOSTILE) {
                    *seen |= cell.contains(&shown(hostile)) || cell.contains(hostile);
                }
            }
        }
    }
    assert_eq!(seen, [true; HOSTILE.len()], "{HOSTILE:?}");
}

/// A register of 2,000 contracts in one return: read, checked, counted, and listed in workbook and draft without one lost.
#[test]
fn two_thousand_contracts_go_through_the_whole_line() {
    let mut forms = Forms::w();
    forms.answers.retain(|(word, _), _| word != "profile");
    let own = forms.answers.get_mut(&(String::from("return"), String::from("DOV"))).unwrap();
    let first: Vec<(String, String)> = own
        .iter()
        .filter(|(name, row, _)| name.starts_with("CON_") && *row == Some(1))
        .map(|(name, _, value)| (name.to_owned(), value.to_owned()))
        .collect();
    for row in 2..=1_997 {
        for (name, value) in &first {
            let value = match &**name {
                "CON_contract_ref" => format!("K2-{row}"),
                "CON_title" => format!("Overflow work {row}"),
                _ => value.clone(),
            };
            own.set(name, Some(row), &value);
        }
    }
    let line = forms.run();
    assert_eq!(line.picture.project("H").unwrap().contracts.len(), 2_000);
    let data = line.draft();
    let said = &data.texts["say:contracts"].text;
    assert!(said.starts_with("2,000 contracts are listed. "), "{said}");
    assert_eq!(data.lists["each:contracts"].len(), 2_000);
    assert!(data.charts["chart:timeline"].alt.contains("the 30 contracts that end last, of 2,000"));
    let templates = Templates::built_in();
    let template = templates.of(Kind::BusinessCase);
    let draft = create_or_refresh(None, template, &data).unwrap().bytes;
    assert_sound(&draft);
    let words = text(&parts(&draft)["word/document.xml"]);
    for row in [2, 1_000, 1_997] {
        assert!(words.contains(&format!("Overflow work {row}")), "{row}");
    }

    let project = line.project();
    let bytes = consolidated(&line.told(), project).unwrap();
    let listed = sheet(&bytes, "Contracts");
    let rows = listed.iter().filter(|row| row.iter().any(|own| own.starts_with("K2-"))).count();
    assert_eq!(rows, 1_996);
}
