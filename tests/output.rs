//! A run's folder is complete or not there.

use std::fs;

use lathe::output::Staging;

#[test]
fn nothing_is_in_its_place_before_the_run_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut staging = Staging::create(root, "2009-03-01-1a2b3c4d").unwrap();
    staging.output("figures.json", b"{}").unwrap();
    staging.output("projects/H/consolidated.xlsx", b"xlsx").unwrap();
    staging.file("drafts/H/business-case.docx", b"docx").unwrap();
    assert!(!root.join("out/2009-03-01-1a2b3c4d").exists());
    assert!(!root.join("drafts/H/business-case.docx").exists());

    let place = staging.finish().unwrap();
    assert_eq!(fs::read(place.join("projects/H/consolidated.xlsx")).unwrap(), b"xlsx");
    assert_eq!(fs::read(root.join("drafts/H/business-case.docx")).unwrap(), b"docx");
    assert_eq!(fs::read_to_string(root.join("out/latest.txt")).unwrap(), "2009-03-01-1a2b3c4d\n");
    let left: Vec<String> = walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".new") || name.starts_with(".partial"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn an_unfinished_run_leaves_nothing_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("drafts/H")).unwrap();
    fs::write(root.join("drafts/H/business-case.docx"), b"the lead's").unwrap();
    let mut staging = Staging::create(root, "run").unwrap();
    staging.output("figures.json", b"{}").unwrap();
    staging.file("drafts/H/business-case.docx", b"new").unwrap();
    drop(staging);
    assert_eq!(fs::read(root.join("drafts/H/business-case.docx")).unwrap(), b"the lead's");
    assert_eq!(fs::read_dir(root.join("drafts/H")).unwrap().count(), 1);
    assert_eq!(fs::read_dir(root.join("out")).unwrap().count(), 0);
}

#[test]
fn what_a_killed_run_left_is_cleared_away_and_the_same_run_writes_the_same_folder() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("out/.partial-dead/projects")).unwrap();
    for text in ["first", "again"] {
        let mut staging = Staging::create(root, "run").unwrap();
        staging.output("projects/figures.json", text.as_bytes()).unwrap();
        staging.finish().unwrap();
    }
    assert_eq!(fs::read_to_string(root.join("out/run/projects/figures.json")).unwrap(), "again");
    assert!(!root.join("out/.partial-dead").exists());
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("out"), b"a file in the way").unwrap();
    let error = Staging::create(folder.path(), "run").unwrap_err().to_string();
    assert!(error.ends_with(
        "cannot be written to; check that the folder exists and that you may change it"
    ));
}
