//! A lead's copy: brought up to date wherever it is, never lost, and never taken for another.

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
};

use common::{Forms, assert_sound, edited, folder, lathe, printed};
use lathe::word;
use tempfile::TempDir;

const DRAFT: &str = "drafts/H-building-control/business-case.docx";
const DOCUMENT: &str = "word/document.xml";

/// A programme whose draft was made before Thanet returned, and its draft. Thanet's return has come since.
fn programme() -> (TempDir, Vec<u8>) {
    let programme = folder(&Forms::w().without("THA"));
    run(&programme, &[]);
    for (path, bytes) in Forms::w().files() {
        fs::write(programme.path().join(&*path), bytes).unwrap();
    }
    let draft = fs::read(programme.path().join(DRAFT)).unwrap();
    (programme, draft)
}

fn run(programme: &TempDir, more: &[&str]) -> String {
    let args = [&["run", "--as-at", "2009-03-01", "--project", "H"], more].concat();
    let output = lathe(programme.path(), &args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    printed(&output)
}

/// What the command said, and how it ended. It tells all unless it is told to be quiet.
fn refresh(programme: &TempDir, document: &Path, more: &[&str]) -> (String, Option<i32>) {
    let path = document.to_str().unwrap();
    let output =
        lathe(programme.path(), &[&["refresh", path, "--as-at", "2009-03-01"], more].concat());
    (printed(&output), output.status.code())
}

fn text(path: &Path) -> String {
    word::plain_text(&fs::read(path).unwrap()).unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/")
        })
        .collect()
}

/// The lead's words, in which an old figure is quoted.
fn with_words(draft: &[u8]) -> Vec<u8> {
    edited(draft, DOCUMENT, |xml| {
        xml.replacen("stop inspections in it.", "stop £1.22m of inspections. A word of mine.", 1)
    })
}

#[test]
fn a_document_of_any_name_in_any_folder_is_brought_up_to_date() {
    let (programme, draft) = programme();
    let desk = TempDir::new().unwrap();
    let document = desk.path().join("BC v4 MD comments.docx");
    let lead = with_words(&draft);
    fs::write(&document, &lead).unwrap();
    let (said, code) = refresh(&programme, &document, &[]);
    assert_eq!(code, Some(0), "{said}");
    for line in [
        "texts brought up to date",
        "\n  Headline figures\n",
        "\n    Gross controllable expenditure  ",
        "  £1,223,290 → £1,659,055 (Thanet)\n",
        "One passage of your own text still quotes £1.22 million; the figure is now £1.66 million.",
        "    Under “Purpose”: “…so that a vacancy in one does not stop £1.22m of inspections. A word of mine.”",
        "drafts/H-building-control/business-case.docx is the same document again and was not touched: \
         to go on with this copy, put it in the place of that one",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(text(&document).contains("A word of mine.") && text(&document).contains("£1,659,055"));
    let kept = files(desk.path());
    assert_eq!(kept[..2], ["BC v4 MD comments.docx", "changes.docx"]);
    assert!(kept[2].starts_with("previous/BC v4 MD comments 001 before 2009-03-01-"), "{kept:?}");
    assert!(fs::read(desk.path().join(&kept[2])).unwrap() == lead);
    for name in ["BC v4 MD comments.docx", "changes.docx"] {
        assert_sound(&fs::read(desk.path().join(name)).unwrap());
    }
    let list = text(&desk.path().join("changes.docx"));
    for line in [
        "What changed",
        "Building control: business case (BC v4 MD comments.docx)",
        "| Gross controllable expenditure | £1,223,290 | £1,659,055 | Thanet |",
        "One passage of your own text still quotes £1.22 million; the figure is now £1.66 million.",
    ] {
        assert!(list.contains(line), "{line}\n{list}");
    }
    // The draft of the run is another copy, and stays as it was.
    assert!(fs::read(programme.path().join(DRAFT)).unwrap() == draft);

    // Again: nothing to do, and nothing is touched.
    let before =
        (fs::read(&document).unwrap(), fs::metadata(&document).unwrap().modified().unwrap());
    let (said, code) = refresh(&programme, &document, &[]);
    assert_eq!(code, Some(0));
    assert!(
        said.contains("as it was; nothing has changed") && said.contains("still quotes"),
        "{said}"
    );
    let after =
        (fs::read(&document).unwrap(), fs::metadata(&document).unwrap().modified().unwrap());
    assert!(before == after && files(desk.path()).len() == 3);
    // Two in drafts/ are one too many for a run.
    let second = programme.path().join(DRAFT).with_file_name("BC v4.docx");
    fs::copy(&document, &second).unwrap();
    let (said, _) = refresh(&programme, &second, &[]);
    let way_out = "not touched: keep the one that is worked on and take the other out of drafts/";
    assert!(said.contains(way_out), "{said}");
}

#[test]
fn a_run_keeps_the_version_before_and_lists_what_changed() {
    let (programme, draft) = programme();
    let path = programme.path().join(DRAFT);
    let renamed = path.with_file_name("BC v2 FINAL.docx");
    fs::remove_file(&path).unwrap();
    fs::write(&renamed, with_words(&draft)).unwrap();
    let said = run(&programme, &[]);
    for line in [
        "H: drafts/H-building-control/BC v2 FINAL.docx\n",
        "more: see changes.docx beside it",
        "still quotes £1.22 million",
        "  drafts/H-building-control/BC v2 FINAL.docx",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(!path.exists(), "the draft is the one that carries the case");
    assert!(text(&renamed).contains("£1,659,055"));
    // Of the business case: the other documents of the project lie there too.
    let own = || {
        let others = ["covering-report", "member-summary"];
        let mut all = files(path.parent().unwrap());
        all.retain(|name| !others.iter().any(|other| name.contains(other)));
        all
    };
    let kept = own();
    assert_eq!(kept.len(), 3, "{kept:?}");
    let previous = path.with_file_name(&kept[2]);
    assert!(fs::read(&previous).unwrap() == with_words(&draft));

    // Restored, it is brought up to date like any other.
    fs::copy(&previous, &renamed).unwrap();
    run(&programme, &[]);
    assert!(text(&renamed).contains("£1,659,055"));
    assert_eq!(own().len(), 4);
}

#[test]
fn another_day_is_no_reason_to_touch_a_draft() {
    let programme = folder(&Forms::w());
    // What hangs on a date goes by a fixed one.
    let toml = programme.path().join("programme.toml");
    let fixed = fs::read_to_string(&toml).unwrap().replace("# reference_date", "reference_date");
    fs::write(&toml, fixed).unwrap();
    run(&programme, &[]);
    let path = programme.path().join(DRAFT);
    let before = (fs::read(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap());
    let output = lathe(programme.path(), &["run", "--as-at", "2009-03-02", "--project", "H"]);
    assert!(printed(&output).contains("as it was"), "{}", printed(&output));
    let after = (fs::read(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap());
    assert!(before == after);
    assert!(text(&path).contains("1 March 2009"));
}

#[test]
fn of_two_copies_none_is_chosen() {
    let (programme, draft) = programme();
    let copy = programme.path().join("drafts/H-building-control/BC v3.docx");
    fs::write(&copy, &draft).unwrap();
    let said = run(&programme, &[]);
    let both = "drafts/H-building-control/BC v3.docx and drafts/H-building-control/business-case.docx are both this \
                business case; keep the one that is worked on and take the other out of drafts/";
    assert!(said.contains(both), "{said}");
    assert!(fs::read(&copy).unwrap() == draft);
    assert!(fs::read(programme.path().join(DRAFT)).unwrap() == draft);
}

#[test]
fn a_case_saved_as_the_start_of_another_is_refused() {
    let (programme, draft) = programme();
    let start = programme.path().join("drafts/D-benefits/start.docx");
    fs::create_dir_all(start.parent().unwrap()).unwrap();
    fs::write(&start, &draft).unwrap();
    let output = lathe(programme.path(), &["run", "--as-at", "2009-03-01", "--project", "D,H"]);
    let said = printed(&output);
    let reason = "drafts/D-benefits/start.docx is the business case of project H and cannot serve as the business case \
                  of project D; take it away and run again to start a new one";
    assert!(said.contains(reason), "{said}");
    assert!(text(&programme.path().join(DRAFT)).contains("£1,659,055"), "H's own is not held up");
    let (said, code) = refresh(&programme, &start, &[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("it is the business case of project H and cannot serve"), "{said}");
    assert!(fs::read(&start).unwrap() == draft);
    assert!(!start.with_file_name("business-case.docx").exists());
}

#[test]
fn what_cannot_be_brought_up_to_date_is_left_and_named_with_the_way_out() {
    let (programme, draft) = programme();
    let desk = TempDir::new().unwrap();
    let without =
        |draft: &[u8], part: &str| edited(draft, part, |xml| xml.replace("<w:tag ", "<w:gone "));
    let stripped = ["word/header1.xml", "word/footer1.xml"]
        .iter()
        .fold(without(&draft, DOCUMENT), |draft, part| without(&draft, part));
    let strict = edited(&draft, DOCUMENT, |xml| {
        let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        xml.replace(main, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    });
    let other = edited(&draft, "customXml/lathe-state.xml", |xml| {
        xml.replace("project=\"H\"", "project=\"Z\"")
    });
    let locked = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat();
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("stripped.docx", stripped, "saved by a program that takes them out, such as LibreOffice"),
        ("strict.docx", strict, "choose Save As and the type Word Document (.docx)"),
        ("other.docx", other, "it is the business case of project Z, which "),
        ("locked.docx", locked, "take the password off"),
        ("torn.docx", draft[..draft.len() / 2].to_vec(), "let Word repair it"),
        ("mail.docx", b"Dear all".to_vec(), "This is not a Word document"),
        ("open.docx", draft.clone(), "somebody has it open"),
        ("missing.docx", vec![], "it could not be read"),
    ];
    fs::write(desk.path().join("~$en.docx"), b"lock").unwrap();
    for (name, bytes, reason) in cases {
        let path = desk.path().join(name);
        if name != "missing.docx" {
            fs::write(&path, &bytes).unwrap();
        }
        let (said, code) = refresh(&programme, &path, &[]);
        assert_eq!(code, Some(1), "{name}: {said}");
        assert!(said.contains("left as it is: ") && said.contains(reason), "{name}: {said}");
        assert!(name == "missing.docx" || fs::read(&path).unwrap() == bytes, "{name}");
    }
    assert_eq!(files(desk.path()).len(), 8, "nothing else is written");
}

#[test]
fn a_file_of_somebody_elses_that_is_called_changes_is_theirs() {
    let (programme, draft) = programme();
    let desk = TempDir::new().unwrap();
    let document: PathBuf = desk.path().join("BC.docx");
    fs::write(&document, &draft).unwrap();
    fs::write(desk.path().join("changes.docx"), b"mine").unwrap();
    let (said, code) = refresh(&programme, &document, &[]);
    assert_eq!(code, Some(0));
    assert!(
        said.contains("is not a list of lathe's, so the list of changes was not written"),
        "{said}"
    );
    assert_eq!(fs::read(desk.path().join("changes.docx")).unwrap(), b"mine");
    // A list of ours is replaced, and is no draft itself.
    fs::write(&document, &draft).unwrap();
    fs::remove_file(desk.path().join("changes.docx")).unwrap();
    refresh(&programme, &document, &[]);
    fs::write(&document, &draft).unwrap();
    assert_eq!(refresh(&programme, &document, &["--quiet"]), (String::new(), Some(0)));
    let (said, code) = refresh(&programme, &desk.path().join("changes.docx"), &[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("which is not brought up to date"), "{said}");
}

#[test]
fn changed_figures_can_be_shown_as_tracked_changes() {
    let (programme, draft) = programme();
    let desk = TempDir::new().unwrap();
    let document = desk.path().join("BC.docx");
    fs::write(&document, &draft).unwrap();
    let (said, code) = refresh(&programme, &document, &["--track"]);
    assert_eq!(code, Some(0), "{said}");
    let xml = &common::parts(&fs::read(&document).unwrap())[DOCUMENT];
    assert!(xml.contains("<w:delText xml:space=\"preserve\">£1,223,290</w:delText>"));
    let (said, _) = refresh(&programme, &document, &["--track"]);
    assert!(said.contains("nothing has changed"), "{said}");
}

/// A draft saved by a program that takes out the controls, and the record of what stood in them.
fn stripped(draft: &[u8]) -> Vec<u8> {
    let parts = common::parts(draft);
    let names: Vec<&String> = parts.keys().filter(|name| name.starts_with("word/")).collect();
    let bare = names.into_iter().filter(|name| parts[*name].contains("<w:sdt>")).fold(
        draft.to_vec(),
        |document, name| {
            let strip = |xml: &str| {
                let mut out = xml.to_owned();
                for (open, close) in
                    [("<w:sdtPr>", "</w:sdtPr>"), ("<w:sdt>", ""), ("</w:sdt>", "")]
                {
                    while let Some(at) = out.find(open) {
                        let end = if close.is_empty() {
                            at + open.len()
                        } else {
                            at + out[at..].find(close).unwrap() + close.len()
                        };
                        out.replace_range(at..end, "");
                    }
                }
                out.replace("<w:sdtContent>", "").replace("</w:sdtContent>", "")
            };
            edited(&document, name, strip)
        },
    );
    edited(&bare, "word/_rels/document.xml.rels", |xml| {
        let at = xml.find("<Relationship Id=\"rIdLatheState\"").unwrap();
        let end = at + xml[at..].find("/>").unwrap() + 2;
        format!("{}{}", &xml[..at], &xml[end..])
    })
}

#[test]
fn a_stripped_draft_under_another_name_gets_no_new_one_beside_it() {
    let (programme, draft) = programme();
    let own = programme.path().join(DRAFT);
    let other = own.with_file_name("BC final from Google.docx");
    fs::remove_file(&own).unwrap();
    let bytes = stripped(&draft);
    fs::write(&other, &bytes).unwrap();
    let said = run(&programme, &[]);
    let reason = "H: the draft was left as it is: drafts/H-building-control/BC final from Google.docx reads like it \
                  and has lost the controls that lathe fills";
    assert!(said.contains(reason), "{said}");
    assert!(said.contains("to start a new one, take it out of drafts/"), "{said}");
    assert!(!own.exists());
    assert!(fs::read(&other).unwrap() == bytes);

    // The other documents of the project read differently.
    fs::remove_file(&other).unwrap();
    run(&programme, &[]);
    assert!(own.exists());
}

#[test]
fn what_a_run_changed_stands_in_the_programme_workbook_however_often_it_is_run() {
    let (programme, _) = programme();
    run(&programme, &[]);
    let out = programme.path().join("out");
    let newest =
        fs::read_dir(&out).unwrap().flatten().map(|entry| entry.path().join("programme.xlsx"));
    let sheets: Vec<(PathBuf, Vec<Vec<String>>)> = newest
        .filter(|path| path.exists())
        .map(|path| (path.clone(), common::sheet(&fs::read(&path).unwrap(), "Changes")))
        .collect();
    let has = |(_, rows): &&(PathBuf, Vec<Vec<String>>)| rows.len() > 8;
    let (path, rows) = sheets.iter().find(has).unwrap();
    let moved = rows.iter().find(|row| row.contains(&String::from("£1,223,290"))).unwrap();
    assert_eq!(
        moved[..7],
        [
            "H",
            "Headline figures",
            "Gross controllable expenditure",
            "£1,223,290",
            "£1,659,055",
            "Thanet",
            DRAFT
        ]
    );
    let other = sheets.iter().find(|own| !has(own)).unwrap();
    assert!(other.1.iter().flatten().any(|cell| cell == "Nothing changed in any document."));
    let before = fs::read(path).unwrap();
    run(&programme, &[]);
    assert!(fs::read(path).unwrap() == before, "the same run again");
}

/// What another council would pay moves with the return of one, and is not that other's doing.
#[test]
fn a_change_is_moved_by_the_council_whose_cells_say_something_else() {
    let programme = folder(&Forms::w());
    run(&programme, &[]);
    for (path, bytes) in Forms::w().with("CAN REV_SUP_y0_budget = 52000").files() {
        fs::write(programme.path().join(&*path), bytes).unwrap();
    }
    run(&programme, &[]);
    let list = text(&programme.path().join(DRAFT).with_file_name("changes.docx"));
    let rows: Vec<Vec<&str>> = list
        .lines()
        .map(|line| line.trim_matches(['|', ' ']).split(" | ").collect::<Vec<_>>())
        .filter(|cells| cells.len() == 5 && cells[2].chars().any(|char| char.is_ascii_digit()))
        .collect();
    assert!(
        rows.iter().any(|cells| cells[1].starts_with("Dover, ") && cells[4] == "Canterbury"),
        "{list}"
    );
    for cells in rows {
        assert!(["Canterbury", "–"].contains(&cells[4]), "{cells:?}");
    }
}
