//! `lathe check` and `lathe rules` as a person or a script meets them: what is printed, and the exit code.

mod common;

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Write},
    path::Path,
};

use common::{Forms, edited, folder, lathe, printed};
use lathe::{
    form::Group,
    issue::{Answers, Shape, issues},
};
use regex::Regex;
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

/// The day of set W.
const DAY: &str = "2009-03-01";

#[test]
fn check_ends_with_0_when_nothing_is_wrong() {
    let folder = folder(&Forms::w());
    let output = lathe(folder.path(), &["check", "returns/profile-THA.xlsx"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(printed(&output), "Nothing is wrong in 1 file.\n");
}

#[test]
fn check_takes_the_programmes_folder_as_run_does() {
    let folder = folder(&Forms::w());
    let there = lathe(Path::new("."), &["check", folder.path().to_str().unwrap(), "--as-at", DAY]);
    let here = lathe(folder.path(), &["check", "--as-at", DAY]);
    assert_eq!(printed(&there), printed(&here));
    assert!(printed(&here).ends_with("in 4 of 9 files.\n"), "{}", printed(&here));
}

#[test]
fn check_ends_with_1_on_errors_and_names_file_cell_and_remedy() {
    let folder = folder(&Forms::w().with("THA REV_TRA_y0_budget = tbc"));
    let output = lathe(folder.path(), &["check", "returns/H-THA.xlsx", "--as-at", DAY]);
    assert_eq!(output.status.code(), Some(1));
    let cell = Regex::new("!([A-Z])\\d+").unwrap();
    insta::assert_snapshot!(cell.replace_all(&printed(&output), "!${1}15"), @r"
    returns/H-THA.xlsx  Thanet, project H
      error   GEN-002  Revenue!C15
        Revenue!C15: “tbc” is not a number.
        Please enter a figure (0 if none) and use the note for comments.

      note    PRV-001  Staffing
        Staffing: four rows stand for fewer than five people.
        Nothing needs doing: pay is shown publicly only in totals that hide these posts.

      note    STF-006  Staffing!H15
        Staffing!H15: post BC03 has been vacant for nine months.
        Is the post still needed?

    1 error and 2 notes in 1 of 1 file.
    ");
    let json = lathe(folder.path(), &["check", "--as-at", DAY, "--format", "json"]);
    assert_eq!(json.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_str(&printed(&json)).unwrap();
    assert_eq!(json["schema"], 1);
    let mut findings = json["findings"].as_array().unwrap().iter();
    let finding = findings.find(|finding| finding["severity"] == "error").unwrap();
    let cell = finding["cell"].as_str().unwrap();
    assert_eq!(finding["id"], format!("H-THA-GEN-002-Revenue.{cell}"));
    assert_eq!(finding["message"], format!("Revenue!{cell}: “tbc” is not a number."));
}

#[test]
fn a_warning_alone_is_no_error() {
    let mut forms = Forms::w();
    forms.answers.remove(&(String::from("profile"), String::from("THA")));
    let folder = folder(&forms);
    let output = lathe(folder.path(), &["check", "--as-at", DAY]);
    assert_eq!(output.status.code(), Some(0));
    let text = printed(&output);
    let (first, _) = text.split_once("\n\n").unwrap();
    insta::assert_snapshot!(first, @r"
    Not in any file
      warning PRO-001
        We have returns from Thanet but not its profile.
        Please send the council profile: one form, once for all projects. Until then the accounting basis is shown as not known.
    ");
    assert!(text.ends_with("6 warnings and 7 notes in 4 of 8 files.\n"), "{text}");
}

#[test]
fn some_files_can_be_checked_without_asking_for_the_rest() {
    let folder = folder(&Forms::w());
    let output = lathe(folder.path(), &["check", "returns/H-THA.xlsx", "--as-at", DAY]);
    assert!(printed(&output).ends_with("\n2 notes in 1 of 1 file.\n"), "{}", printed(&output));
    let output = lathe(folder.path(), &["check", "returns/none.xlsx"]);
    assert_eq!(output.status.code(), Some(2));
}

/// Whoever looks at a log must see that a copy may be old because somebody has the file open.
#[test]
fn what_is_passed_over_has_a_line_in_the_log() {
    let folder = folder(&Forms::w());
    let returns = folder.path().join("returns");
    fs::write(returns.join("~$H-THA.xlsx"), "Jane").unwrap();
    fs::write(returns.join("Thumbs.db"), "pictures").unwrap();
    fs::copy(returns.join("H-THA.xlsx"), returns.join("copy of H-THA.xlsx")).unwrap();
    let lines = "Passed over returns/Thumbs.db: a system file\n\
                 Passed over returns/copy of H-THA.xlsx: an exact copy of returns/H-THA.xlsx\n\
                 Passed over returns/~$H-THA.xlsx: left by a program that has the file open\n";
    let checked = printed(&lathe(folder.path(), &["check", "--as-at", "2009-03-01"]));
    assert!(checked.contains(lines), "{checked}");
    let run = lathe(folder.path(), &["run", "--as-at", "2009-03-01", "--project", "H"]);
    let log = String::from_utf8(run.stderr).unwrap();
    assert!(log.starts_with(&format!("Reading what came back\n{lines}Checking")), "{log}");
    let quiet = ["run", "--as-at", "2009-03-01", "--project", "H", "--quiet"];
    assert!(lathe(folder.path(), &quiet).stderr.is_empty());
}

#[test]
fn check_names_the_returns_that_have_not_come() {
    let ends = |forms: Forms, args: &[&str]| {
        let all =
            printed(&lathe(folder(&forms).path(), &[&["check", "--as-at", DAY], args].concat()));
        let lines: Vec<String> = all.lines().rev().take(3).map(str::to_owned).collect();
        lines.into_iter().rev().collect::<Vec<String>>().join("\n")
    };
    let rest = "A, B, C, D, E, F, G, I and J: no return yet\n";
    let one = ends(Forms::w().without("SHE"), &[]);
    assert!(one.starts_with(&format!("H: Shepway not yet returned\n{rest}")), "{one}");
    let two = ends(Forms::w().without("SHE").without("THA"), &[]);
    assert!(two.starts_with(&format!("H: Shepway and Thanet not yet returned\n{rest}")), "{two}");
    let all = ends(Forms::w(), &[]);
    assert!(all.contains(rest) && !all.contains("H: "), "{all}");
    let some = ends(Forms::w().without("SHE"), &["returns/H-THA.xlsx"]);
    assert!(!some.contains("return yet") && !some.contains("not yet"), "{some}");
}

/// The form as it was issued, left in the folder by mistake. It is no part of the return, and no error.
#[test]
fn a_blank_form_beside_the_filled_one_has_a_line_in_the_log() {
    let with_blank = |versions: &[&str]| {
        let forms = Forms::w().with("CAN COV_return_version = 1");
        let folder = folder(&forms);
        let returns = folder.path().join("returns");
        for version in versions {
            let own = Forms::w().with(&format!("CAN COV_return_version = {version}"));
            let (_, bytes) =
                own.files().into_iter().find(|(name, _)| name.ends_with("H-CAN.xlsx")).unwrap();
            fs::write(returns.join(format!("H-CAN v{version}.xlsx")), bytes).unwrap();
        }
        let before = printed(&lathe(folder.path(), &["check", "--as-at", DAY]));
        lathe(folder.path(), &["issue", "--project", "H", "--council", "CAN"]);
        fs::rename(folder.path().join("forms/H-CAN.xlsx"), returns.join("H-CAN form.xlsx"))
            .unwrap();
        (before, printed(&lathe(folder.path(), &["check", "--as-at", DAY])))
    };
    for versions in [&[][..], &["2"]] {
        let (before, with) = with_blank(versions);
        let line = "Passed over returns/H-CAN form.xlsx: a blank form; returns/H-CAN.xlsx is the same form filled in\n";
        let line = if versions.is_empty() {
            line.to_owned()
        } else {
            line.replace("H-CAN.xlsx is", "H-CAN v2.xlsx is")
        };
        assert!(with.contains(&line), "{with}");
        assert_eq!(with.replace(&line, ""), before, "nothing else changes");
    }
}

#[test]
fn check_ends_with_2_where_there_is_no_programme() {
    let empty = TempDir::new().unwrap();
    let output = lathe(empty.path(), &["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(printed(&output), "");
}

#[test]
fn a_rule_is_said_in_full() {
    let output = lathe(Path::new("."), &["rules", "gen-002"]);
    insta::assert_snapshot!(printed(&output), @r"
    GEN-002: error, cell
      When        A number cell holds text that is not plainly a number (“approx 5k”, “tbc”, “see note”, “..”).
      What to do  Please enter a figure (0 if none) and use the note for comments.
      Then        The cell is not used.
      Source      our judgement
    ");
}

#[test]
fn the_catalogue_is_as_it_was() {
    insta::assert_snapshot!(printed(&lathe(Path::new("."), &["rules"])));
}

#[test]
fn an_unknown_rule_is_met_with_the_nearest() {
    let output = lathe(Path::new("."), &["rules", "GEN-02"]);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("there is no rule GEN-02. Did you mean GEN-002?"), "{error}");
}

/// The forms lie in the office's own folder: one that somebody has filled in there is no form to write over.
#[test]
fn a_form_that_was_filled_in_is_not_issued_over() {
    let folder = folder(&Forms::w());
    let issue = || printed(&lathe(folder.path(), &["issue", "--project", "H"]));
    let all = issue();
    assert!(all.starts_with("6 forms written to ") && !all.contains("Left as they are"), "{all}");
    let form = |name: &str| folder.path().join("forms").join(name);
    let blank = std::fs::read(form("H-THA.xlsx")).unwrap();
    std::fs::copy(folder.path().join("returns/H-CAN.xlsx"), form("H-CAN.xlsx")).unwrap();
    std::fs::write(form("H-DOV.xlsx"), "no workbook").unwrap();
    let filled = std::fs::read(form("H-CAN.xlsx")).unwrap();
    let again = issue();
    assert!(again.starts_with("4 forms written to "), "{again}");
    assert!(again.contains("nobody has: H-CAN.xlsx and H-DOV.xlsx. Move what"), "{again}");
    assert_eq!(std::fs::read(form("H-CAN.xlsx")).unwrap(), filled);
    assert_eq!(std::fs::read(form("H-DOV.xlsx")).unwrap(), b"no workbook");
    assert_eq!(std::fs::read(form("H-THA.xlsx")).unwrap(), blank, "what is blank is written again");
}

/// What no rule misses in a form is somebody's work as well: a comment, and an answer to what is not asked any more.
#[test]
fn a_form_with_a_word_in_it_is_not_issued_over() {
    let programme = folder(&Forms::w());
    let issue = || printed(&lathe(programme.path(), &["issue", "--project", "H"]));
    issue();
    let form = |name: &str| programme.path().join("forms").join(name);
    let blank = std::fs::read(form("H-CAN.xlsx")).unwrap();
    std::fs::write(form("H-CAN.xlsx"), commented(&blank)).unwrap();
    let asking = Forms::w().asking(Group::Sites);
    let own = issues(&asking.programme).into_iter().map(|own| (own.file_name(), own));
    let own: BTreeMap<String, _> = own.collect();
    let filled = |name: &str, answers: &Answers| {
        let form = own[name].workbook_bytes(&asking.programme, answers, &Shape::default());
        form.unwrap()
    };
    let mut answers = Answers::new();
    answers.set("SVC_site_name", Some(1), "Depot");
    std::fs::write(form("H-DOV.xlsx"), filled("H-DOV.xlsx", &answers)).unwrap();
    // Issued before the group was switched off, and blank.
    std::fs::write(form("H-SHE.xlsx"), filled("H-SHE.xlsx", &Answers::new())).unwrap();
    let again = issue();
    assert!(again.contains("nobody has: H-CAN.xlsx and H-DOV.xlsx. Move what"), "{again}");
    assert_eq!(std::fs::read(form("H-CAN.xlsx")).unwrap(), commented(&blank));
}

/// What is typed into any cell is somebody's work, asked for or not: on every sheet, and beside its tables.
#[test]
fn a_form_with_a_note_in_a_free_cell_is_not_issued_over() {
    let programme = folder(&Forms::w());
    let issue = || printed(&lathe(programme.path(), &["issue", "--project", "H"]));
    issue();
    let form = |name: &str| programme.path().join("forms").join(name);
    // Far right of a table, on the Guidance sheet, and as a formula.
    let notes = [
        ("H-CAN.xlsx", "sheet5.xml", "</sheetData>", NOTE.to_owned() + "</sheetData>"),
        ("H-DOV.xlsx", "sheet2.xml", "</sheetData>", NOTE.to_owned() + "</sheetData>"),
        (
            "H-SHE.xlsx",
            "sheet5.xml",
            "</sheetData>",
            NOTE.replace("<is><t>ask Jane</t></is>", "<f>1+1</f>") + "</sheetData>",
        ),
    ];
    for (name, part, from, to) in &notes {
        let blank = std::fs::read(form(name)).unwrap();
        let noted = edited(&blank, &format!("xl/worksheets/{part}"), |own| own.replace(from, to));
        std::fs::write(form(name), noted).unwrap();
    }
    let again = issue();
    assert!(again.starts_with("3 forms written to "), "{again}");
    assert!(
        again.contains("nobody has: H-CAN.xlsx, H-DOV.xlsx and H-SHE.xlsx. Move what"),
        "{again}"
    );
}

/// A cell that no form fills.
const NOTE: &str =
    "<row r=\"900\"><c r=\"AZ900\" t=\"inlineStr\"><is><t>ask Jane</t></is></c></row>";

/// The office moves the round on, or its lathe is a newer one: what nobody has touched is no work to keep.
#[test]
fn blank_forms_of_an_earlier_round_are_issued_over() {
    let programme = folder(&Forms::w());
    let issue = || printed(&lathe(programme.path(), &["issue", "--project", "H"]));
    issue();
    let form = |name: &str| programme.path().join("forms").join(name);
    let filled = fs::read(programme.path().join("returns/H-CAN.xlsx")).unwrap();
    fs::write(form("H-CAN.xlsx"), &filled).unwrap();
    let old = fs::read(form("H-THA.xlsx")).unwrap();
    // As a version of the form that is no longer ours.
    let outdated = edited(&old, "docProps/custom.xml", |own| own.replace("1.0<", "0.9<"));
    fs::write(form("H-THA.xlsx"), outdated).unwrap();
    let toml = programme.path().join("programme.toml");
    let text = fs::read_to_string(&toml).unwrap();
    let next = text.replace("round = \"2009 spring\"", "round = \"2009 autumn\"");
    assert_ne!(next, text);
    fs::write(&toml, next).unwrap();
    let again = issue();
    assert!(again.starts_with("5 forms written to "), "{again}");
    assert!(again.contains("nobody has: H-CAN.xlsx. Move what"), "{again}");
    assert_eq!(fs::read(form("H-CAN.xlsx")).unwrap(), filled);
    assert_ne!(fs::read(form("H-THA.xlsx")).unwrap(), old, "it is of the new round");
}

/// A workbook with a comment on a cell of its third sheet.
fn commented(workbook: &[u8]) -> Vec<u8> {
    const RELATIONSHIPS: &str = "xl/worksheets/_rels/sheet3.xml.rels";
    const OFFICE: &str = "http://schemas.openxmlformats.org";
    let comment = format!(
        "<Relationship Id=\"rId99\" Type=\"{OFFICE}/officeDocument/2006/relationships/comments\" \
         Target=\"../comments9.xml\"/></Relationships>"
    );
    let own = edited(workbook, RELATIONSHIPS, |own| own.replace("</Relationships>", &comment));
    let mut parts = ZipWriter::new_append(Cursor::new(own)).unwrap();
    parts.start_file("xl/comments9.xml", SimpleFileOptions::default()).unwrap();
    let comments = format!(
        "<comments xmlns=\"{OFFICE}/spreadsheetml/2006/main\"><authors><author/></authors><commentList>\
         <comment ref=\"C4\" authorId=\"0\"><text><t>Ask the depot</t></text></comment></commentList></comments>"
    );
    parts.write_all(comments.as_bytes()).unwrap();
    parts.finish().unwrap().into_inner()
}

#[test]
fn a_council_goes_by_any_of_its_names() {
    let folder = folder(&Forms::w());
    let forms = |names: &str| {
        let output = lathe(folder.path(), &["issue", "--project", "H", "--council", names]);
        let all = std::fs::read_dir(folder.path().join("forms")).unwrap();
        let mut made: Vec<String> =
            all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        made.sort();
        std::fs::remove_dir_all(folder.path().join("forms")).unwrap();
        (output.status.code(), made)
    };
    let canterbury = (Some(0), vec![String::from("H-CAN.xlsx")]);
    for name in ["CAN", "can", "CCC", "Canterbury City Council", " canterbury  cc "] {
        assert_eq!(forms(name), canterbury, "{name}");
    }
    assert_eq!(forms("Shepway DC ,Folkestone & Hythe").1, ["H-SHE.xlsx"]);
    let unknown = lathe(folder.path(), &["issue", "--council", "Tanet"]);
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert!(
        said.contains("there is no council Tanet in programme.toml. Did you mean THA?"),
        "{said}"
    );

    let run = |name: &str| {
        let args = ["run", "--as-at", "2009-03-01", "--quiet", "--without", name];
        let output = lathe(folder.path(), &args);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read_to_string(folder.path().join("out/latest.txt")).unwrap()
    };
    assert_eq!(run("Folkestone & Hythe"), run("SHE"));
    let wrong = lathe(folder.path(), &["run", "--without", "Shepwy"]);
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert!(said.contains("Did you mean SHE?"), "{said}");
}

/// Canterbury's form as openpyxl disturbed it – amounts as text, a struck-out answer, a hidden row, a comment, a
/// percentage, a total – and LibreOffice saved it.
#[test]
fn what_libreoffice_saved_as_xls_and_ods_shows_the_same() {
    let check = |ending: &str| {
        let mut forms = Forms::w();
        forms.answers.clear();
        let folder = folder(&forms);
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/disturbed")
            .with_extension(ending);
        std::fs::copy(from, folder.path().join("returns/form")).unwrap();
        let output = lathe(folder.path(), &["check", "--as-at", DAY]);
        assert_eq!(output.status.code(), Some(1));
        printed(&output)
    };
    let ods = check("ods");
    insta::assert_snapshot!(ods);
    assert_eq!(check("xls"), ods.replace("C11 “estimate only, Q3”", "C11"));
}

#[test]
fn every_command_finds_its_programme_by_c() {
    let folder = folder(&Forms::w());
    let elsewhere = TempDir::new().unwrap();
    let own = folder.path().to_str().unwrap();
    let ends = |args: &str| {
        let args: Vec<&str> = args.split_whitespace().collect();
        let output = lathe(elsewhere.path(), &args);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for command in [
        "issue -C DIR --project H",
        "issue DIR --project H",
        "check -C DIR --as-at 2009-03-01",
        "run -C DIR --as-at 2009-03-01 --project H -q",
        "run --dir DIR --as-at 2009-03-01 --project H -q",
        "export -C DIR",
        "trace revenue.income -C DIR --project H",
        "figures coverage -C DIR",
        "refresh DIR/drafts/H-building-control/business-case.docx -C DIR -q",
        "final DIR/drafts/H-building-control/business-case.docx --programme DIR",
        "template check DIR/drafts/H-building-control/business-case.docx -C DIR",
        "map DIR/returns/H-THA.xlsx -C DIR",
    ] {
        let (code, error) = ends(&command.replace("DIR", own));
        assert!(
            matches!(code, Some(0 | 1)) && !error.contains("programme.toml"),
            "{command}: {error}"
        );
    }
    let (code, error) = ends(&format!("run {own} -C {own}"));
    assert_eq!(code, Some(2), "{error}");
}
