//! `lathe run` as the scheduler and the programme officer meet it: what it writes, what it leaves alone, how it ends.

mod common;

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::Output,
};

use common::{Forms, folder, lathe, printed};
use lathe::word;
use serde_json::Value;
use tempfile::TempDir;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const DRAFT: &str = "drafts/H-building-control/business-case.docx";

fn run(folder: &TempDir, more: &[&str]) -> Output {
    let args = [&["run", "--as-at", "2009-03-01", "--project", "H"], more].concat();
    let output = lathe(folder.path(), &args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The folder that the last run wrote.
fn latest(folder: &TempDir) -> PathBuf {
    let runs = fs::read_dir(folder.path().join("out")).unwrap().map(|entry| entry.unwrap());
    let runs = runs.filter(|entry| entry.file_type().unwrap().is_dir());
    runs.max_by_key(|entry| entry.metadata().unwrap().modified().unwrap()).unwrap().path()
}

fn figures(folder: &TempDir) -> Vec<Value> {
    let json: Value =
        serde_json::from_slice(&fs::read(latest(folder).join("figures.json")).unwrap()).unwrap();
    assert_eq!(
        (&json["schema"], &json["programme"], &json["as_at"]),
        (&1.into(), &"East Kent".into(), &"2009-03-01".into())
    );
    assert_eq!(json["run"], *latest(folder).file_name().unwrap().to_string_lossy());
    json["figures"].as_array().unwrap().clone()
}

/// The combined figure of the base year over all councils.
fn figure<'a>(figures: &'a [Value], key: &str) -> &'a Value {
    let own = |figure: &&Value| {
        figure["key"] == key
            && figure["council"].is_null()
            && figure["item"].is_null()
            && figure["scenario"] == "all"
            && (figure["year"].is_null() || figure["column"] == "y0_budget")
    };
    figures.iter().find(own).unwrap()
}

fn draft(folder: &TempDir) -> String {
    word::plain_text(&fs::read(folder.path().join(DRAFT)).unwrap()).unwrap()
}

/// Every file below a folder with its bytes.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn the_worked_numbers_come_out_and_are_in_the_draft() {
    let folder = folder(&Forms::w());
    let output = printed(&run(&folder, &[]));
    assert!(
        output.contains("H  Building control  4 of 4        0          £1,659,055  new"),
        "{output}"
    );
    let opened: Vec<&str> = output.lines().rev().take(3).map(str::trim).collect();
    assert!(opened.iter().all(|file| folder.path().join(file).exists()), "{opened:?}");

    let figures = figures(&folder);
    let four = Value::from(vec!["CAN", "DOV", "SHE", "THA"]);
    for (key, value) in [
        ("revenue.gross_controllable", "1659055.00"),
        ("revenue.net_controllable", "412205.00"),
        ("revenue.net_total", "744905.00"),
        ("staffing.fte_established", "34.40"),
        ("staffing.fte_filled", "29.90"),
        ("staffing.post_cost", "1304412.50"),
        ("capital.approved", "120500.00"),
    ] {
        let figure = figure(&figures, key);
        assert_eq!(
            (&figure["value"], &figure["status"]),
            (&value.into(), &"complete".into()),
            "{key}"
        );
        assert_eq!(figure["used"], four, "{key}");
        assert!(!figure["sources"].as_array().unwrap().is_empty(), "{key}");
    }
    assert_eq!(figure(&figures, "staffing.vacancy_rate")["exact"], "45/344");
    let source = &figure(&figures, "revenue.gross_controllable")["sources"][0];
    assert_eq!(
        (&source["council"], &source["file"], &source["sheet"]),
        (&"CAN".into(), &"returns/H-CAN.xlsx".into(), &"Revenue".into())
    );
    assert_eq!((&source["value"], &source["version"]), (&"412300.00".into(), &1.into()));

    let draft = draft(&folder);
    assert!(draft.contains("£1,659,055") && draft.contains("£1.66 million"), "{draft}");
}

#[test]
fn without_thanet_every_output_says_three_of_four_and_names_it() {
    let folder = folder(&Forms::w().without("THA"));
    let output = printed(&run(&folder, &[]));
    assert!(
        output.contains("3 of 4, not Thanet") && output.contains("£1,223,290 (3 of 4)"),
        "{output}"
    );
    let figures = figures(&folder);
    let gross = figure(&figures, "revenue.gross_controllable");
    assert_eq!((&gross["value"], &gross["status"]), (&"1223290.00".into(), &"partial".into()));
    assert_eq!(gross["reasons"]["THA"], "not returned");
    let draft = draft(&folder);
    assert!(
        draft.contains("£1,223,290")
            && draft.contains("3 of 4 councils")
            && draft.contains("Thanet"),
        "{draft}"
    );
    assert!(!draft.contains("1,659,055"), "{draft}");
    let summary =
        cells(&latest(&folder).join("projects/H-building-control/consolidated.xlsx"), "Summary");
    assert!(
        summary.contains("3 of 4") && summary.contains("Thanet") && summary.contains("1223290"),
        "{summary}"
    );
}

#[test]
fn a_line_that_cannot_be_read_is_named_as_the_reason() {
    let folder = folder(&Forms::w().with("THA REV_TRA_y0_budget = tbc"));
    run(&folder, &[]);
    let figures = figures(&folder);
    let gross = figure(&figures, "revenue.gross_controllable");
    assert_eq!((&gross["value"], &gross["status"]), (&"1223290.00".into(), &"partial".into()));
    let findings: Value =
        serde_json::from_slice(&fs::read(latest(&folder).join("findings.json")).unwrap()).unwrap();
    let mut findings = findings["findings"].as_array().unwrap().iter();
    let finding = findings.find(|finding| finding["severity"] == "error").unwrap();
    assert_eq!(
        (&finding["rule"], &finding["council"], &finding["read"]),
        (&"GEN-002".into(), &"THA".into(), &"tbc".into())
    );
    let cell = format!("GEN-002 Revenue!{}", finding["cell"].as_str().unwrap());
    assert_eq!(gross["reasons"]["THA"], cell);
    assert_eq!(figure(&figures, "revenue.line.emp_dir")["value"], "1339430.00");
}

#[test]
fn the_same_returns_give_the_same_bytes_with_one_thread_or_eight() {
    let forms = Forms::w().with("DOV REV_PRE_y0_budget = £9,300 ");
    let (one, eight) = (folder(&forms), folder(&forms));
    run(&one, &["--jobs", "1"]);
    run(&eight, &["--jobs", "8"]);
    let (one, eight) = (everything(one.path()), everything(eight.path()));
    assert_eq!(one.keys().collect::<Vec<_>>(), eight.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(*bytes == eight[path], "{} differs", path.display());
    }
}

#[test]
fn a_second_run_leaves_the_draft_and_its_time_alone() {
    let folder = folder(&Forms::w());
    run(&folder, &[]);
    let time = || fs::metadata(folder.path().join(DRAFT)).unwrap().modified().unwrap();
    let (before, files) = (time(), everything(folder.path()));
    let output = printed(&run(&folder, &[]));
    assert!(output.contains("as it was"), "{output}");
    assert_eq!(before, time());
    assert!(files == everything(folder.path()));
}

#[test]
fn a_sentence_typed_into_the_draft_survives_the_next_run() {
    let folder = folder(&Forms::w());
    run(&folder, &[]);
    let path = folder.path().join(DRAFT);
    let typed = "<w:p><w:r><w:t>The lead has seen this &amp; agrees.</w:t></w:r></w:p>";
    let edited = edit(&fs::read(&path).unwrap(), |xml| {
        let at = xml.find("<w:sectPr").unwrap();
        format!("{}{typed}{}", &xml[..at], &xml[at..])
    });
    fs::write(&path, edited).unwrap();
    fs::remove_file(folder.path().join("returns/H-THA.xlsx")).unwrap();
    let output = printed(&run(&folder, &[]));
    assert!(output.contains("brought up to date"), "{output}");
    let mut xml = String::new();
    let mut archive = ZipArchive::new(Cursor::new(fs::read(&path).unwrap())).unwrap();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    assert!(xml.contains(typed));
    assert!(draft(&folder).contains("£1,223,290"));
}

#[test]
fn files_that_are_no_use_give_one_plain_finding_each_and_stop_nothing() {
    let folder = folder(&Forms::w());
    let returns = folder.path().join("returns");
    let good = fs::read(returns.join("H-THA.xlsx")).unwrap();
    fs::write(returns.join("H-THA.xlsx"), &good[..good.len() / 2]).unwrap();
    fs::write(returns.join("empty.xlsx"), b"").unwrap();
    fs::write(returns.join("page.xls"), b"<html><table><tr><td>1</td></tr></table></html>")
        .unwrap();
    let output = run(&folder, &[]);
    assert!(printed(&output).contains("3 of 4, not Thanet"), "{}", printed(&output));
    let findings: Value =
        serde_json::from_slice(&fs::read(latest(&folder).join("findings.json")).unwrap()).unwrap();
    let said: Vec<(&str, &str)> = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| (own["rule"].as_str().unwrap(), own["file"].as_str().unwrap()))
        .filter(|(rule, _)| *rule == "FIL-001")
        .collect();
    let wanted = ["returns/H-THA.xlsx", "returns/empty.xlsx", "returns/page.xls"];
    assert_eq!(said, wanted.map(|file| ("FIL-001", file)));
}

#[test]
fn a_form_of_another_round_or_other_years_is_refused_in_one_finding() {
    let mut forms = Forms::w();
    forms.programme.round = String::from("2008 autumn");
    let output = lathe(folder(&forms).path(), &["check", "returns/H-THA.xlsx"]);
    assert_eq!(printed(&output).matches("IDN-002").count(), 1, "{}", printed(&output));
    let mut forms = Forms::w();
    forms.programme.base_year = forms.programme.base_year.plus(-1);
    let folder = folder(&forms);
    run(&folder, &[]);
    let figures = figures(&folder);
    assert_eq!(figure(&figures, "revenue.gross_controllable")["reasons"]["THA"], "IDN-009 Revenue");
}

#[test]
fn a_run_over_some_projects_blames_no_other_and_is_not_the_newest() {
    let folder = TempDir::new().unwrap();
    let sample = folder.path().join("east-kent");
    assert!(lathe(folder.path(), &["init", "east-kent", "--sample"]).status.success());
    let args = ["run", "--as-at", "2009-03-01", "--project", "H", "--strict"];
    let output = lathe(&sample, &args);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    assert!(!sample.join("out/latest.txt").exists());
    assert!(sample.join("drafts/H-building-control").exists());
    assert!(!sample.join("drafts/A-waste-collection").exists());
}

#[test]
fn answers_taken_back_by_a_newer_version_come_first() {
    let folder = folder(&Forms::w());
    let newer = Forms::w().with("THA COV_return_version = 2").with("THA SVC_peak_periods = -");
    let newer =
        newer.files().into_iter().find(|(path, _)| &**path == "returns/H-THA.xlsx").unwrap().1;
    fs::write(folder.path().join("returns/H-THA v2.xlsx"), newer).unwrap();
    let output = printed(&run(&folder, &[]));
    assert!(
        output.starts_with("returns/H-THA v2.xlsx: Version 2 leaves one answer empty"),
        "{output}"
    );
}

#[test]
fn strict_ends_with_1_when_a_return_is_missing() {
    let folder = folder(&Forms::w().without("SHE"));
    let args = ["run", "--as-at", "2009-03-01", "--project", "H", "--strict", "--quiet"];
    let output = lathe(folder.path(), &args);
    assert_eq!((output.status.code(), &*printed(&output)), (Some(1), ""));
}

#[test]
fn what_stops_the_run_is_one_sentence_and_leaves_nothing_half_written() {
    let folder = folder(&Forms::w());
    let stopped = |args: &[&str], sentence: &str| {
        let before = everything(folder.path());
        let output = lathe(folder.path(), &[&["run", "--quiet"], args].concat());
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(sentence), "{error}");
        assert!(before == everything(folder.path()));
    };
    stopped(&["--project", "Q"], "there is no project Q in programme.toml");
    stopped(&["--without", "KENT"], "there is no council KENT in programme.toml");
    stopped(&["no-such-folder"], "programme.toml");
    stopped(&["--as-at", "0001-01-01"], "the year must lie between 1990 and 2060");

    let templates = folder.path().join("templates");
    fs::create_dir(&templates).unwrap();
    fs::write(templates.join("business-case.docx"), b"not a document").unwrap();
    stopped(&[], "no draft can be made from templates/business-case.docx");
    fs::remove_file(templates.join("business-case.docx")).unwrap();
    fs::write(
        templates.join("wording.toml"),
        "[coverage]\nall = \"This draft uses {nonsense}.\"\n",
    )
    .unwrap();
    stopped(&[], "templates/wording.toml");
    fs::remove_file(templates.join("wording.toml")).unwrap();

    fs::write(folder.path().join("out"), b"a file in the way").unwrap();
    stopped(&[], "cannot be written to");
    fs::remove_file(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("drafts"), b"a file in the way").unwrap();
    stopped(&[], "drafts");
}

#[test]
fn a_draft_that_is_open_or_not_ours_is_left_as_it_is() {
    let folder = folder(&Forms::w());
    let path = folder.path().join(DRAFT);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, b"something else").unwrap();
    let output = printed(&run(&folder, &[]));
    assert!(
        output.contains("left alone") && output.contains("the draft was left as it is"),
        "{output}"
    );
    assert_eq!(fs::read(&path).unwrap(), b"something else");
}

/// A document with its text part changed.
fn edit(document: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(document)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(vec![]));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        let mut bytes = vec![];
        part.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            bytes = change(std::str::from_utf8(&bytes).unwrap()).into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Every cell of a sheet as text.
fn cells(workbook: &Path, sheet: &str) -> String {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(workbook).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range
        .rows()
        .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A count of errors in what could be read is no comfort where a file could not be.
#[test]
fn a_run_says_what_it_could_not_read_and_where_to_read_more() {
    let folder = folder(&Forms::w());
    let said = printed(&run(&folder, &[]));
    assert!(!said.contains("lathe check"), "nothing is wrong: {said}");
    for name in ["one.xlsx", "two.xlsx"] {
        fs::write(folder.path().join("returns").join(name), "no workbook").unwrap();
    }
    let said = printed(&run(&folder, &[]));
    let line = "\nTwo files could not be read, and are not in the table. `lathe check` says what is wrong, where and what \
                to do, as does the sheet Queries of programme.xlsx.\n";
    assert!(said.contains(line), "{said}");
    assert!(said.contains("\nreturns/one.xlsx: We could not open one.xlsx"), "{said}");
}

#[test]
fn only_what_a_run_wrote_is_to_be_opened_first() {
    let folder = folder(&Forms::w());
    let opened = || {
        let said = printed(&run(&folder, &[]));
        let (_, files) = said.split_once("Open these first:\n").unwrap();
        files.lines().map(|line| line.trim().replace('\\', "/")).collect::<Vec<String>>()
    };
    assert_eq!(opened()[2], DRAFT, "new");
    assert_eq!(opened()[2], DRAFT, "as it was, and up to date");
    fs::write(folder.path().join(DRAFT).with_file_name("~$siness-case.docx"), "Jane").unwrap();
    let third = opened()[2].clone();
    assert!(third.ends_with("/progress-report.docx"), "{third}");
}
