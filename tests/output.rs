//! A run's folder is complete or not there.

use std::fs;

use lathe::output::{Files, Staging, previous};

#[test]
fn nothing_is_in_its_place_before_the_run_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut staging = Staging::create(root, "2009-03-01-1a2b3c4d").unwrap();
    staging.output("figures.json", b"{}").unwrap();
    staging.output("projects/H/consolidated.xlsx", b"xlsx").unwrap();
    staging.files().add(&root.join("drafts/H/business-case.docx"), None, b"docx").unwrap();
    assert!(!root.join("out/2009-03-01-1a2b3c4d").exists());
    assert!(!root.join("drafts/H/business-case.docx").exists());

    let place = staging.finish(true).unwrap().folder;
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
    staging
        .files()
        .add(&root.join("drafts/H/business-case.docx"), Some(b"the lead's".to_vec()), b"new")
        .unwrap();
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
        staging.finish(true).unwrap();
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

#[test]
fn what_somebody_saved_in_the_meantime_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let draft = root.join("draft.docx");
    fs::write(&draft, b"as it was read").unwrap();
    let mut staging = Staging::create(folder.path(), "run").unwrap();
    staging
        .files()
        .add(&root.join("draft.docx"), Some(b"as it was read".to_vec()), b"new figures")
        .unwrap();
    fs::write(&draft, b"the lead's new words").unwrap();
    let finished = staging.finish(true).unwrap();
    assert_eq!(finished.left_alone, [root.join("draft.docx")]);
    assert_eq!(fs::read(&draft).unwrap(), b"the lead's new words");
    assert_eq!(files(folder.path()), ["draft.docx", "out/latest.txt"]);
}

#[test]
fn when_one_draft_cannot_be_replaced_none_is() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("a.docx"), b"old").unwrap();
    let mut staging = Staging::create(root, "run").unwrap();
    staging.output("figures.json", b"{}").unwrap();
    staging.files().add(&root.join("a.docx"), Some(b"old".to_vec()), b"new").unwrap();
    staging.files().add(&root.join("b.docx"), None, b"new").unwrap();
    // Something that is no file stands where the second one belongs.
    fs::create_dir_all(root.join("b.docx/in the way")).unwrap();
    let error = staging.finish(true).unwrap_err().to_string();
    assert!(error.contains("b.docx could not be put in its place"), "{error}");
    assert_eq!(fs::read(root.join("a.docx")).unwrap(), b"old");
    assert_eq!(files(root), ["a.docx"]);
}

#[test]
fn a_file_follows_the_one_it_belongs_to() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("a.docx"), b"saved meanwhile").unwrap();
    let mut set = Files::default();
    let head = set.add(&root.join("a.docx"), Some(b"as read".to_vec()), b"new").unwrap();
    set.add_with(head, &root.join("previous/a.docx"), None, b"as read").unwrap();
    set.remove_with(head, root.join("a.docx"));
    assert_eq!(set.put().unwrap(), [root.join("a.docx"), root.join("previous/a.docx")]);
    drop(set);
    assert_eq!(files(root), ["a.docx"]);
}

#[test]
fn ten_earlier_versions_are_kept_and_numbered_on() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("BC v4.docx");
    for number in 1..=13 {
        let kept = previous(&document, "2009-03-01-1a2b3c4d");
        fs::create_dir_all(kept.place.parent().unwrap()).unwrap();
        fs::write(kept.place, number.to_string()).unwrap();
        kept.outdated.iter().for_each(|path| fs::remove_file(path).unwrap());
    }
    let kept = files(folder.path());
    assert_eq!(kept.len(), 10);
    assert_eq!(kept[0], "previous/BC v4 004 before 2009-03-01-1a2b3c4d.docx");
    assert_eq!(kept[9], "previous/BC v4 013 before 2009-03-01-1a2b3c4d.docx");
}

#[test]
fn two_runs_are_never_at_work_in_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let first = Staging::create(folder.path(), "first").unwrap();
    let error = Staging::create(folder.path(), "second").unwrap_err().to_string();
    assert!(error.starts_with("another run is at work in "), "{error}");
    drop(first);
    Staging::create(folder.path(), "second").unwrap();
}

/// The files below a folder, by name.
fn files(root: &std::path::Path) -> Vec<String> {
    let found =
        walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    found
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned())
        .collect()
}

/// Linux has a file that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_in_one_sentence_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("draft.docx"), b"old").unwrap();
    std::os::unix::fs::symlink("/dev/full", root.join(".draft.docx.new")).unwrap();
    let mut staging = Staging::create(root, "run").unwrap();
    staging.output("figures.json", b"{}").unwrap();
    let error = staging
        .files()
        .add(&root.join("draft.docx"), Some(b"old".to_vec()), b"new")
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("the disk is full: "), "{error}");
    drop(staging);
    assert_eq!(files(root), ["draft.docx"]);
    assert_eq!(fs::read(root.join("draft.docx")).unwrap(), b"old");
}
