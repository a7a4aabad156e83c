//! What a file may take: read in a child, refused with the limit named, and never a word from what gave up.

use std::{
    io::{Cursor, Write},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use lathe::{
    intake::{Intake, Why},
    programme::Programme,
    read,
};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/east-kent");

fn programme() -> Programme {
    let mut programme = Programme::load(Path::new(SAMPLE)).unwrap();
    programme.limits.helper = Some(Arc::from(Path::new(env!("CARGO_BIN_EXE_lathe"))));
    programme
}

fn sample(name: &str) -> (Arc<str>, Vec<u8>) {
    let path = format!("returns/{name}");
    let bytes = std::fs::read(Path::new(SAMPLE).join(&path)).unwrap();
    (Arc::from(path), bytes)
}

const XLS: &str = "Thanet/THA benefits.xls";
const ODS: &str = "Shepway/shepway_revenues_feb09.ods";
const XLSX: &str = "Thanet/THA profile.xlsx";

fn reason(intake: &Intake) -> &str {
    match &intake.set_aside[..] {
        [aside] => match &aside.why {
            Why::Unopened(reason) => reason,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_child_reads_what_is_read_here() {
    let with = programme();
    let mut without = with.clone();
    without.limits.helper = None;
    for name in [XLS, ODS] {
        let read =
            |programme: &Programme| format!("{:?}", read::read(vec![sample(name)], programme));
        assert_eq!(read(&with), read(&without), "{name}");
        assert!(read::most_memory() > 0);
    }
}

/// The file, the limit, and what is said of it.
#[test]
fn a_limit_is_named_when_it_is_passed() {
    let wide = "it is larger than a form can be: more than 60 cells between the first and the last on a sheet";
    let cases = [
        (XLSX, "parts", 9, "it is larger than a form can be: more than 9 parts"),
        (ODS, "parts", 3, "it is larger than a form can be: more than 3 parts"),
        (
            XLSX,
            "cells",
            40,
            "it is larger than a form can be: more than 40 filled cells on its sheet Profile",
        ),
        (
            XLS,
            "cells",
            40,
            "it is larger than a form can be: more than 40 filled cells on its sheet Cover",
        ),
        (XLS, "extent", 60, wide),
        (ODS, "extent", 60, wide),
        (XLS, "seconds", 0, "it takes more than 0 seconds to read"),
    ];
    for (name, key, most, says) in cases {
        let mut programme = programme();
        let limits = &mut programme.limits;
        match key {
            "parts" => limits.parts = most,
            "cells" => limits.cells = most,
            "extent" => limits.extent = most,
            _ => limits.seconds = most,
        }
        let intake = read::read(vec![sample(name)], &programme);
        assert_eq!(reason(&intake), format!("{says} ({key} in [limits] of programme.toml)"));
    }
}

#[test]
fn what_takes_too_much_memory_ends_the_child_and_nothing_else() {
    let row = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>far too much of it</text:p></table:table-cell></table:table-row>";
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"A\">{}</table:table></office:spreadsheet></office:body></office:document-content>",
        row.repeat(20_000)
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &content),
    ];
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let mut programme = programme();
    programme.limits.memory_mb = 2;
    let intake = read::read(vec![(Arc::from("returns/a.ods"), bytes)], &programme);
    let says =
        "reading it takes more than 2 MB of memory (memory_mb in [limits] of programme.toml)";
    assert_eq!(reason(&intake), says);
}

#[test]
fn a_helper_that_is_not_there_is_said_to_be() {
    let mut programme = programme();
    programme.limits.helper = Some(Arc::from(Path::new("no/such/lathe")));
    let intake = read::read(vec![sample(XLS)], &programme);
    let says = reason(&intake);
    assert!(says.starts_with("the program that reads such files cannot be started"), "{says}");
}

#[test]
fn a_child_that_breaks_off_is_not_believed() {
    let limits = serde_json::to_string(&programme().limits).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_lathe"))
        .args(["__read", "ods", &limits])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"PK\x03\x04 and no more").unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("{\"Refused\":\"it is damaged\"}\n{\"End\":"), "{said}");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn limits_are_written_in_programme_toml() {
    let text = std::fs::read_to_string(Path::new(SAMPLE).join("programme.toml")).unwrap();
    let with = |from: &str, to: &str| Programme::parse(&text.replace(from, to), "programme.toml");
    assert_eq!(with("cells = 4000000", "cells = 50").unwrap().limits.cells, 50);
    assert_eq!(with("seconds = 30", "").unwrap().limits.seconds, 30);
    let wrong = with("memory_mb = 1024", "memory_mb = 0\ncell = 9").unwrap_err().to_string();
    assert!(wrong.contains("memory_mb is the number 0, but must be a whole number"), "{wrong}");
    assert!(wrong.contains("\"cell\" is not known here"), "{wrong}");
}
