//! The tidy facts (`lathe export`): one row for each value read, and nothing that is private.

mod common;

use std::{fs, process::Command};

use common::{Forms, Line, folder, lathe, printed};
use lathe::export::{Fact, csv, dictionary, facts, json, parquet};

fn of(line: &Line, exempt: bool) -> Vec<Fact> {
    facts(&line.intake, &line.findings, &line.programme, exempt)
}

/// A council's fact as words: row, value, unit, status, cell.
#[track_caller]
fn fact(facts: &[Fact], council: &str, field: &str, row: Option<&str>) -> String {
    let found = facts.iter().find(|own| {
        own.council.as_deref() == Some(council) && own.field == field && own.row.as_deref() == row
    });
    let own = found.unwrap_or_else(|| panic!("no {field} of {council}"));
    let year = own.year.as_deref().unwrap_or("-");
    format!(
        "{year} | {} | {} | {} | {} | {} | {}",
        own.value, own.unit, own.status, own.file, own.cell, own.version
    )
}

#[test]
fn each_value_has_its_status_and_its_cell() {
    let forms = Forms::w()
        .with("THA REV_TRA_y0_budget = tbc")
        .with("SHE REV_PRE_y_1_actual = n/a")
        .with("CAN STF_oncost_pct 3 = 45")
        .with("DOV REV_blank_is_nil = Yes");
    let line = forms.run();
    let facts = of(&line, false);
    for (council, field, row, wanted) in [
        (
            "CAN",
            "REV_EMP_DIR_y0_budget",
            None,
            "2008/09 | 412300 | GBP | reported | returns/H-CAN.xlsx | Revenue!E9 | 1",
        ),
        (
            "CAN",
            "REV_EMP_DIR_y_1_actual",
            None,
            "2007/08 | 399930 | GBP | reported | returns/H-CAN.xlsx | Revenue!D9 | 1",
        ),
        (
            "THA",
            "REV_TRA_y0_budget",
            None,
            "2008/09 | tbc | GBP | rejected | returns/H-THA.xlsx | Revenue!E13 | 1",
        ),
        (
            "SHE",
            "REV_TPP_y0_budget",
            None,
            "2008/09 | 0 | GBP | confirmed zero | returns/H-SHE.xlsx | Revenue!E15 | 1",
        ),
        (
            "DOV",
            "REV_INC_GRT_y0_budget",
            None,
            "2008/09 | 0 | GBP | confirmed zero | returns/H-DOV.xlsx | Revenue!E23 | 1",
        ),
        (
            "CAN",
            "STF_fte_established",
            Some("BC03"),
            "- | 4 | FTE | reported | returns/H-CAN.xlsx | Staffing!F15 | 1",
        ),
        (
            "CAN",
            "STF_salary_fte",
            Some("BC03"),
            "- |  | GBP | withheld | returns/H-CAN.xlsx | Staffing!L15 | 1",
        ),
        (
            "DOV",
            "CON_annual_value",
            Some("K2"),
            "- |  | GBP | withheld | returns/H-DOV.xlsx | Contracts!E9 | 1",
        ),
        (
            "DOV",
            "CON_end_date",
            Some("K2"),
            "- | 2012-09-30 |  | reported | returns/H-DOV.xlsx | Contracts!J9 | 1",
        ),
    ] {
        let said = fact(&facts, council, field, row);
        let parts = |text: &str| -> Vec<String> { text.split(" | ").map(str::to_owned).collect() };
        let (said, wanted) = (parts(&said), parts(wanted));
        assert_eq!(said[..5], wanted[..5], "{council} {field}");
        assert_eq!(said[5].split('!').next(), wanted[5].split('!').next(), "{council} {field}");
    }
    assert_eq!(
        fact(&of(&line, true), "CAN", "STF_salary_fte", Some("BC03")).split(" | ").nth(1),
        Some("29500")
    );
    let brief = facts.iter().find(|own| own.field == "P3_saving_y2").unwrap();
    assert_eq!((brief.council.as_deref(), brief.project.as_deref()), (None, Some("H")));
}

#[test]
fn who_filled_in_a_form_is_in_no_export() {
    let line = Forms::w().run();
    for exempt in [false, true] {
        let facts = of(&line, exempt);
        assert!(
            facts
                .iter()
                .all(|own| !own.field.contains("_email") && !own.field.contains("leader_name"))
        );
        let text = String::from_utf8(json(&facts)).unwrap();
        let answers = || line.intake.returns.iter().flat_map(|ret| ret.answers());
        let emails: Vec<String> = answers()
            .filter(|(field, _)| field.name.ends_with("_email"))
            .map(|(_, own)| own.shown())
            .filter(|own| !own.is_empty())
            .collect();
        assert!(emails.len() > 10 && emails.iter().all(|own| !text.contains(own)));
        assert_eq!(text.contains("\"46000\""), exempt);
    }
}

#[test]
fn redundancy_is_exempt_and_other_one_off_costs_are_not() {
    let line = Forms::w().with("P3_oneoff_category 1 = Redundancy").run();
    let amounts: Vec<(Option<String>, &str)> = of(&line, false)
        .into_iter()
        .filter(|own| own.field == "P3_oneoff_y0")
        .map(|own| (own.row, own.status))
        .collect();
    assert_eq!(amounts[0].1, "withheld");
    assert!(amounts[1..].iter().all(|(_, status)| *status != "withheld"));
}

#[test]
fn text_that_looks_like_a_formula_stays_text() {
    let line = Forms::w()
        .with("CAN CAP_scheme_name 1 = =HYPERLINK(\"http://x\")")
        .with("CAN REV_EMP_IND_y0_budget = -5")
        .run();
    let facts = of(&line, false);
    let text = String::from_utf8(csv(&facts)).unwrap();
    assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "an apostrophe before it");
    assert!(!text.lines().any(|own| own.split(',').any(|cell| cell.starts_with(['=', '@']))));
    assert!(text.contains("REV_EMP_IND_y0_budget,,-5,GBP"), "a number is one");
    assert!(String::from_utf8(json(&facts)).unwrap().contains("\"=HYPERLINK(\\\"http://x\\\")\""));
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&json(&facts)).unwrap();
    assert_eq!(rows.len(), facts.len());
    assert_eq!(csv::Reader::from_reader(text.as_bytes()).records().count(), facts.len());
}

#[test]
fn parquet_holds_the_same_and_the_same_bytes_each_time() {
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::RowAccessor,
    };
    let line = Forms::w().run();
    let facts = of(&line, false);
    let bytes = self::parquet(&facts).unwrap();
    assert!(bytes == self::parquet(&of(&Forms::w().run(), false)).unwrap());
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let mut count = 0;
    for (row, own) in reader.get_row_iter(None).unwrap().zip(&facts) {
        let row = row.unwrap();
        assert_eq!(row.get_string(4).unwrap(), own.field);
        assert_eq!(row.get_string(6).unwrap(), &own.value);
        assert_eq!(row.get_string(0).ok().map(String::as_str), own.project.as_deref());
        count += 1;
    }
    assert_eq!(count, facts.len());
}

#[test]
fn the_command_writes_a_dictionary_beside_the_facts() {
    let folder = folder(&Forms::w());
    let output = lathe(folder.path(), &["export", "--as-at", "2009-03-01"]);
    let text = printed(&output);
    assert!(text.starts_with(
        "project,council,year,sheet,field,row,value,unit,status,file,cell,version,hash\n"
    ));
    let written = lathe(folder.path(), &["export", "--as-at", "2009-03-01", "-o", "facts.csv"]);
    assert_eq!(printed(&written), "facts.csv\nfacts-dictionary.csv\n");
    assert_eq!(fs::read_to_string(folder.path().join("facts.csv")).unwrap(), text);
    assert_eq!(fs::read(folder.path().join("facts-dictionary.csv")).unwrap(), dictionary());
    fs::create_dir(folder.path().join("tidy")).unwrap();
    let args = ["export", "--as-at", "2009-03-01", "--format", "parquet", "-o", "tidy"];
    assert!(lathe(folder.path(), &args).status.success());
    assert!(folder.path().join("tidy/facts.parquet").exists());
    assert!(folder.path().join("tidy/facts-dictionary.csv").exists());
    let named = ["export", "--as-at", "2009-03-01", "-o", "by-name.parquet"];
    assert!(lathe(folder.path(), &named).status.success());
    let [named, asked] =
        ["by-name.parquet", "tidy/facts.parquet"].map(|name| folder.path().join(name));
    assert_eq!(fs::read(named).unwrap(), fs::read(asked).unwrap());
    let refused = Command::new(env!("CARGO_BIN_EXE_lathe"))
        .args(["export", "--format", "parquet"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(refused.stderr).unwrap(),
        "lathe: Parquet is no text to print; name a file with --output\n"
    );
}

/// A folder that is not there yet is no file to be written under its name.
#[test]
fn an_export_goes_into_the_folder_that_is_named() {
    let folder = folder(&Forms::w());
    fs::create_dir(folder.path().join("there")).unwrap();
    let export = |to: &str| {
        let output = lathe(folder.path(), &["export", "-o", to, "--as-at", "2009-03-01"]);
        (printed(&output).replace('\\', "/"), String::from_utf8(output.stderr).unwrap())
    };
    for (to, name) in [("there", "there/facts"), ("new/", "new/facts"), ("own/all.csv", "own/all")]
    {
        assert_eq!(export(to).0, format!("{name}.csv\n{name}-dictionary.csv\n"), "{to}");
        assert!(folder.path().join(format!("{name}.csv")).is_file(), "{to}");
    }
    let (said, error) = export("facts");
    assert_eq!(
        (&*said, &*error),
        (
            "",
            "lathe: facts is neither a file's name nor a folder that is there; name a file, such as facts.csv, or the \
             folder as facts/\n"
        )
    );
    assert!(!folder.path().join("facts").exists());
}
