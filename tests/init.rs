//! `lathe init`: a whole programme folder, or nothing.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use lathe::{init, programme::Programme};
use walkdir::WalkDir;

#[test]
fn a_new_folder_is_a_programme_with_nothing_wrong_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("new/programme");
    init::create(&dir, false).unwrap();
    let programme = Programme::load(&dir).unwrap();
    assert_eq!((programme.councils.len(), programme.projects.len()), (2, 1));
    assert_eq!(names(&dir), ["programme.toml", "templates/README.txt"]);
    assert!(dir.join("returns").is_dir());
}

#[test]
fn the_sample_is_written_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    init::create(folder.path(), true).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent");
    let mut written = files(folder.path());
    assert!(written.remove("templates/README.txt").is_some());
    let shipped: BTreeMap<String, Vec<u8>> = files(&sample)
        .into_iter()
        .filter(|(name, _)| name == "programme.toml" || name.starts_with("returns/"))
        .collect();
    assert_eq!(names(folder.path()).len(), shipped.len() + 1);
    assert!(written == shipped);
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    init::create(folder.path(), false).unwrap();
    fs::write(folder.path().join("programme.toml"), "theirs").unwrap();
    let error = init::create(folder.path(), true).unwrap_err();
    let said = format!("{error:#}").replace(&folder.path().display().to_string(), "DIR");
    assert_eq!(said, "DIR is not empty; name a folder that is empty or not yet there");
    assert_eq!(fs::read(folder.path().join("programme.toml")).unwrap(), b"theirs");
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn the_command_says_what_comes_next_and_a_second_time_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let lathe = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lathe"));
        command.current_dir(folder.path()).args(["init", "East Kent", "--sample"]);
        command.output().unwrap()
    };
    let (first, second) = (lathe(), lathe());
    assert_eq!((first.status.code(), second.status.code()), (Some(0), Some(2)));
    assert_eq!(
        String::from_utf8(first.stdout).unwrap(),
        "The East Kent sample is in \"East Kent\". To read it and write its drafts:\n  \
         lathe run \"East Kent\" --as-at 2009-03-01\n"
    );
    assert_eq!(
        String::from_utf8(second.stderr).unwrap(),
        "lathe: East Kent is not empty; name a folder that is empty or not yet there\n"
    );
}

#[test]
fn what_a_killed_init_left_is_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join(".partial-init/returns/Dover")).unwrap();
    init::create(folder.path(), false).unwrap();
    assert_eq!(names(folder.path()), ["programme.toml", "templates/README.txt"]);
    assert!(!folder.path().join(".partial-init").exists());
}

#[test]
fn a_file_in_the_way_is_named_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = format!("{:#}", init::create(&file, false).unwrap_err());
    assert!(error.contains("file cannot be written to"), "{error}");
    assert_eq!(names(folder.path()), ["file"]);
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name =
        |path: PathBuf| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (name(entry.path().to_owned()), fs::read(entry.path()).unwrap()))
        .collect()
}
