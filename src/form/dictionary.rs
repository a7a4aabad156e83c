//! The data dictionary: every field of the form as CSV.

use crate::form::{Part, WORKBOOKS};

/// Every field of every workbook, in the order in which it is asked. Lines end as on Unix.
pub fn csv() -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    write(&mut csv).expect("memory takes every record, and all have as many fields");
    csv.into_inner().expect("memory takes what is left")
}

fn write(csv: &mut csv::Writer<Vec<u8>>) -> csv::Result<()> {
    csv.write_record([
        "workbook", "sheet", "code", "table", "kind", "name", "label", "type", "unit", "required",
        "group", "options", "min", "max", "help", "example", "source",
    ])?;
    for workbook in WORKBOOKS {
        for sheet in workbook.sheets {
            for part in sheet.parts {
                let (table, kind) = match part {
                    Part::Singles(_) => (String::new(), "single"),
                    Part::Grid(grid) => (format!("{}_{{row}}_{{col}}", grid.code), "grid"),
                    Part::Table(table) => (table.name.to_owned(), "column"),
                };
                for field in part.fields() {
                    let limit = |limit: Option<rust_decimal::Decimal>| {
                        limit.map(|n| n.to_string()).unwrap_or_default()
                    };
                    csv.write_record([
                        workbook.word,
                        sheet.name,
                        sheet.code,
                        &table,
                        kind,
                        field.name,
                        field.label,
                        field.kind.word(),
                        field.unit,
                        &field.need.to_string(),
                        field.group.word(),
                        &field.options.to_string(),
                        &limit(field.min),
                        &limit(field.max),
                        field.help,
                        field.example,
                        field.source,
                    ])?;
                }
            }
        }
    }
    Ok(())
}
