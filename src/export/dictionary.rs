//! The data dictionary that lies beside the facts: columns, statuses, and every field with what it asks.

use super::STATUSES;
use crate::{
    fact::exempt::{is_exempt, is_personal},
    form::WORKBOOKS,
};

const COLUMNS: [(&str, &str); 13] = [
    ("project", "the code of the project; empty in a council's profile"),
    ("council", "the code of the council; empty in a project's brief"),
    ("year", "the financial year the value is about, where it is about one"),
    ("sheet", "the sheet of the form"),
    ("field", "the defined name of the question; this dictionary lists them all"),
    ("row", "in a table: what names the row (a reference, a code), or its number"),
    (
        "value",
        "a number with a point, a date as 2009-03-01, choices with semicolons between, text as typed; in CSV text that \
         begins with = + - or @ has an apostrophe before it, so that no spreadsheet takes it for a formula",
    ),
    ("unit", "GBP, FTE, per cent, or what is counted"),
    ("status", "how far the value can be used"),
    ("file", "the file it was read from, inside the programme's folder"),
    ("cell", "the tab and cell of that file"),
    ("version", "the version of the return"),
    ("hash", "SHA-256 of the file"),
];

/// The dictionary as CSV; lines end as on Unix.
pub fn dictionary() -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    write(&mut csv).expect("memory takes every record, and all have as many fields");
    csv.into_inner().expect("memory takes what is left")
}

fn write(csv: &mut csv::Writer<Vec<u8>>) -> csv::Result<()> {
    csv.write_record(["what", "name", "meaning", "type", "sheet", "exempt"])?;
    for (name, meaning) in COLUMNS {
        let kind = if name == "version" { "int" } else { "text" };
        csv.write_record(["column", name, meaning, kind, "", ""])?;
    }
    for (name, meaning) in STATUSES {
        csv.write_record(["status", name, meaning, "", "", ""])?;
    }
    for workbook in WORKBOOKS {
        for sheet in workbook.sheets {
            for field in sheet.parts.iter().flat_map(crate::form::Part::fields) {
                let shown = match () {
                    () if is_personal(field) => "never exported",
                    () if is_exempt(field) => "with --exempt only",
                    () if field.name.starts_with("P3_oneoff_y") => {
                        "redundancy and pension strain with --exempt only"
                    }
                    () => "no",
                };
                csv.write_record([
                    "field",
                    field.name,
                    field.label,
                    field.kind.word(),
                    sheet.name,
                    shown,
                ])?;
            }
        }
    }
    Ok(())
}
