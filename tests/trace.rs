//! `lathe trace`: a figure down to its cells, as it is printed.

mod common;

use common::{Forms, folder, lathe, printed};
use insta::assert_snapshot;
use tempfile::TempDir;

fn traced(folder: &TempDir, args: &str) -> String {
    let mut all = vec!["trace", "--as-at", "2009-03-01"];
    all.extend(args.split(' '));
    let output = lathe(folder.path(), &all);
    format!("{}{}", printed(&output), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_figure_is_traced_to_its_cells() {
    let folder = folder(
        &Forms::w()
            .with("THA REV_TRA_y0_budget = tbc")
            .with("CAN STF_oncost_pct 3 = 0.25")
            .without("SHE"),
    );
    let said = [
        "revenue.line.tra --project H",
        "revenue.line.tra --project H --year 2007/08 --council DOV",
        "staffing.post_cost --project H --council Canterbury",
        "staffing.post_cost --project H --council CAN --item Surveyor",
        "contracts.join_date --project H --council DOV",
        "savings.percent --project H --case low,gross_controllable",
    ]
    .map(|args| traced(&folder, args));
    assert_snapshot!(said.join("\n"));
}

#[test]
fn a_short_reference_is_traced_to_its_file() {
    let folder = folder(&Forms::w());
    let said = traced(&folder, "r2 --project H");
    assert!(said.starts_with(
        "R2  Dover, Building control (H), version 1, Final\n└─ returns/H-DOV.xlsx  SHA-256 "
    ));
    assert!(said.ends_with(" figures rest on it.\n"), "{said}");
    assert!(traced(&folder, "B1 --project H").contains("project brief, Building control (H)"));
}

/// As the handle of a control and a line below a chart print them.
#[test]
fn references_are_traced_as_they_are_printed() {
    let folder = folder(&Forms::w());
    let output = lathe(
        folder.path(),
        &["trace", "--as-at", "2009-03-01", "--project", "H", "R1, R3", "and", "p2;B1"],
    );
    let said = printed(&output);
    let heads: Vec<&str> = said.lines().filter(|line| line.contains("version")).collect();
    assert_eq!(
        heads,
        [
            "R1  Canterbury, Building control (H), version 1, Final",
            "R3  Shepway, Building control (H), version 1, Final",
            "P2  Dover, council profile, Building control (H), version 1, Final",
            "B1  project brief, Building control (H), version 1, Final",
        ]
    );
    assert_eq!(said.matches(" figures rest on it.\n").count(), 4, "{said}");
    assert_eq!(
        traced(&folder, "R1,R9 --project H"),
        "lathe: no draft of Building control has a reference R9; there are R1, R2, R3, R4, P1, P2, P3, P4 and B1\n"
    );
    assert_eq!(
        traced(&folder, "R1 revenue.line.tra --project H"),
        "lathe: name one figure, or the references of a draft, such as R1, R2 and B1\n"
    );
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    let folder = folder(&Forms::w());
    let said = [
        "revenue.gross_controlable --project H",
        "revenue.line.tra --project H --year 2011/12",
        "ict.lifespan --project H --item expird",
        "savings.percent --project H --case lower",
        "revenue.line.tra --project H --scenario without-DOV",
        "revenue.line.tra --project H --council Cantebury",
        "revenue.line.tra",
    ]
    .map(|args| traced(&folder, args));
    assert_snapshot!(said.concat());
    for nothing in ["", "{{ }}"] {
        let args = ["trace", "--as-at", "2009-03-01", "--project", "H", nothing];
        let output = lathe(folder.path(), &args);
        assert_eq!(output.status.code(), Some(2), "{nothing}");
    }
}

/// A case over projects has figures and no returns of its own.
#[test]
fn a_case_is_traced_and_its_projects_are_run() {
    let folder = folder(&Forms::w());
    let said = traced(&folder, "revenue.gross_controllable --project CD --year 2008/09");
    assert!(said.starts_with("revenue.gross_controllable  Revenues and benefits"), "{said}");
    let run = lathe(folder.path(), &["run", "--project", "CD", "--as-at", "2009-03-01"]);
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(said, "lathe: CD is a case over C and D; name these instead\n");
}

/// A template has {{ revenue.gross_controllable THA 2007/08 }}: what is between the braces is asked as it stands.
#[test]
fn a_figure_is_traced_as_a_template_has_it() {
    let folder = folder(&Forms::w());
    let same = |typed: &[&str], flags: &str| {
        let mut args = vec!["trace", "--as-at", "2009-03-01", "--project", "H"];
        args.extend(typed);
        let output = lathe(folder.path(), &args);
        assert_eq!(printed(&output), traced(&folder, &format!("{flags} --project H")), "{typed:?}");
        assert_eq!(output.status.code(), Some(0));
    };
    let flags = "revenue.gross_controllable --council THA --year 2007/08";
    same(&["revenue.gross_controllable", "THA", "2007/08"], flags);
    same(&["revenue.gross_controllable THA 2007/08"], flags);
    same(&["{{ revenue.gross_controllable THA 2007/08 }}"], flags);
    same(&["revenue.gross_controllable Thanet", "--year", "2007/08"], flags);
    let said = [
        "revenue.gross_controlable THA 2007/08 --project H",
        "revenue.gross_controllable THA 2011/12 --project H",
        "revenue.gross_controllable Tanet --project H",
        "apportionment.share THA --project H",
    ]
    .map(|args| traced(&folder, args));
    assert_snapshot!(said.concat());
}

#[test]
fn a_name_that_is_none_is_told_with_its_like() {
    let folder = folder(&Forms::w());
    let said = |name: &str| {
        let output =
            lathe(folder.path(), &["figures", name, "--as-at", "2009-03-01", "--project", "H"]);
        (output.status.code(), printed(&output) + &String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(
        said("zzz"),
        (Some(2), String::from("lathe: nothing is called zzz. `lathe figures` lists all names\n"))
    );
    let (code, near) = said("vacancy_rat3");
    assert_eq!(code, Some(2));
    assert!(near.starts_with("lathe: nothing is called vacancy_rat3. Most like it: "), "{near}");
    assert!(near.contains("staffing.vacancy_rate"), "{near}");
    let (code, some) = said("vacancy_rate");
    assert_eq!(code, Some(0));
    assert!(
        some.starts_with("Figures, in any document; examples from Building control (H)\n\n"),
        "{some}"
    );
}
