//! Forms as Google Sheets saves them: no properties of the document, no tables, no protection, whole numbers with a
//! point, and a thousand rows of styled cells with nothing in them. Such files say the same as the form.

mod common;

use std::{
    io::{Cursor, Write},
    sync::Arc,
};

use common::{AS_AT, Forms, Line, parts};
use lathe::{check, consolidate, place, read};
use regex::{Captures, Regex};
use zip::{ZipWriter, write::SimpleFileOptions};

const NAMESPACES: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:mv="urn:schemas-microsoft-com:mac:vml" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main""#;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// The rows and columns that a sheet has at least.
const ROWS: u32 = 1000;
const COLUMNS: u32 = 26;

#[test]
fn what_google_sheets_saves_gives_the_same_figures() {
    let form = Forms::w();
    let plain = form.run();
    let saved = line(&form, true);
    assert!(saved.json() == plain.json());
    assert_eq!(saved.findings(), plain.findings());
    // A sheet copied into another workbook loses the names of its cells.
    let nameless = line(&form, false);
    assert!(nameless.json() == plain.json());
}

fn line(form: &Forms, named: bool) -> Line {
    let programme = form.programme.clone();
    let files = form.files().into_iter();
    let files: Vec<(Arc<str>, Vec<u8>)> =
        files.map(|(path, bytes)| (path, saved(&bytes, named))).collect();
    let mut intake = read::read(files, &programme);
    let findings = check::check(&mut intake, &programme, AS_AT);
    let picture = consolidate::consolidate(&intake, &findings, &programme, AS_AT);
    Line { programme, intake, findings, picture }
}

/// The workbook as Google Sheets saves it, with the names of its cells or without.
fn saved(workbook: &[u8], named: bool) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, text) in parts(workbook) {
        let text = match &*name {
            "_rels/.rels" => without(&text, "<Relationship [^>]*docProps/[^>]*/>"),
            "[Content_Types].xml" => without(&text, "<Override [^>]*(docProps|tables)/[^>]*/>"),
            "xl/workbook.xml" => main(&text, named),
            name if name.starts_with("xl/worksheets/sheet") => sheet(&text),
            "xl/styles.xml" | "xl/sharedStrings.xml" | "xl/_rels/workbook.xml.rels" => text,
            name if name.starts_with("xl/theme/") => text,
            _ => continue,
        };
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn without(text: &str, pattern: &str) -> String {
    Regex::new(pattern).unwrap().replace_all(text, "").into_owned()
}

/// All that a pattern finds, one after the other.
fn all(text: &str, pattern: &str, write: impl Fn(&Captures<'_>) -> String) -> String {
    Regex::new(pattern).unwrap().captures_iter(text).map(|own| write(&own)).collect()
}

fn main(text: &str, named: bool) -> String {
    let sheets = all(text, r#"<sheet name="([^"]*)" sheetId="(\d+)" r:id="(\w+)"/>"#, |own| {
        let [name, id, part] = [&own[1], &own[2], &own[3]];
        format!(r#"<sheet state="visible" name="{name}" sheetId="{id}" r:id="{part}"/>"#)
    });
    let names = match named {
        true => all(text, r#"<definedName name="(\w+)">'(\w+)'!([^<]*)</definedName>"#, |own| {
            let [name, sheet, cells] = [&own[1], &own[2], &own[3]];
            format!(r#"<definedName name="{name}">{sheet}!{cells}</definedName>"#)
        }),
        false => String::new(),
    };
    format!(
        "{HEAD}<workbook {NAMESPACES}><workbookPr/><sheets>{sheets}</sheets><definedNames>{names}</definedNames><calcPr/></workbook>"
    )
}

fn sheet(text: &str) -> String {
    let blank = |row: u32, from: u32| -> String {
        let cell = |column| format!(r#"<c r="{}{row}" s="1"/>"#, place::letters(column));
        (from..COLUMNS).map(cell).collect()
    };
    let line = |row: u32, cells: &str| {
        format!(r#"<row r="{row}" ht="15.75" customHeight="1">{cells}</row>"#)
    };
    let mut last = 0;
    let mut rows = String::new();
    let given = Regex::new(r#"<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)"#).unwrap();
    let number = Regex::new(r#"(<c r="\w+"(?: s="\d+")?>(?:<f>[^<]*</f>)?<v>-?\d+)</v>"#).unwrap();
    let cell = Regex::new(r#"<c r="([A-Z]+\d+)""#).unwrap();
    for own in given.captures_iter(text) {
        let cells = own.get(2).map_or("", |cells| cells.as_str());
        let end = cell.captures_iter(cells).last().and_then(|own| place::cell(&own[1]));
        let cells = number.replace_all(cells, "$1.0</v>");
        last = own[1].parse().unwrap();
        rows +=
            &line(last, &format!("{cells}{}", blank(last, end.map_or(0, |own| own.column + 1))));
    }
    rows.extend((last + 1..=ROWS).map(|row| line(row, &blank(row, 0))));
    let columns = all(text, "<cols>.*?</cols>", |own| own[0].to_owned());
    let merged = all(text, "<mergeCells.*?</mergeCells>", |own| own[0].to_owned());
    format!(
        r#"{HEAD}<worksheet {NAMESPACES}><sheetPr><outlinePr summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/>{columns}<sheetData>{rows}</sheetData>{merged}<drawing r:id="rId1"/></worksheet>"#
    )
}
