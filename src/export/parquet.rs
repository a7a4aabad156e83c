//! Facts as Parquet: columns of text, the version as a whole number.

use std::sync::Arc;

use anyhow::{Context, Result};
use parquet::{
    data_type::{ByteArray, ByteArrayType, Int32Type},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};

use super::{Fact, text::COLUMNS};

/// The columns that may be empty.
const OPTIONAL: [&str; 4] = ["project", "council", "year", "row"];

/// Facts that are written together; more need more memory at a time.
const GROUP: usize = 500_000;

/// The bytes of a Parquet file, the same for the same facts.
///
/// # Errors
/// When there are more facts than the format can hold.
pub fn parquet(facts: &[Fact]) -> Result<Vec<u8>> {
    let column = |name: &&str| match *name {
        "version" => String::from("REQUIRED INT32 version;"),
        name if OPTIONAL.contains(&name) => format!("OPTIONAL BYTE_ARRAY {name} (UTF8);"),
        name => format!("REQUIRED BYTE_ARRAY {name} (UTF8);"),
    };
    let columns: Vec<String> = COLUMNS.iter().map(column).collect();
    let schema = parse_message_type(&format!("message facts {{ {} }}", columns.join(" ")))?;
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), properties)?;
    for facts in facts.chunks(GROUP) {
        let mut group = writer.next_row_group()?;
        for name in COLUMNS {
            let mut column = group.next_column()?.context("a column of the schema is not there")?;
            if name == "version" {
                let versions: Vec<i32> = facts
                    .iter()
                    .map(|fact| i32::try_from(fact.version).unwrap_or(i32::MAX))
                    .collect();
                column.typed::<Int32Type>().write_batch(&versions, None, None)?;
            } else {
                let values: Vec<Option<&str>> = facts.iter().map(|fact| held(fact, name)).collect();
                let there: Vec<i16> =
                    values.iter().map(|value| i16::from(value.is_some())).collect();
                let bytes: Vec<ByteArray> =
                    values.into_iter().flatten().map(ByteArray::from).collect();
                let there = OPTIONAL.contains(&name).then_some(&there[..]);
                column.typed::<ByteArrayType>().write_batch(&bytes, there, None)?;
            }
            column.close()?;
        }
        group.close()?;
    }
    Ok(writer.into_inner()?)
}

fn held<'a>(fact: &'a Fact, column: &str) -> Option<&'a str> {
    match column {
        "project" => fact.project.as_deref(),
        "council" => fact.council.as_deref(),
        "year" => fact.year.as_deref(),
        "sheet" => Some(fact.sheet),
        "field" => Some(fact.field),
        "row" => fact.row.as_deref(),
        "value" => Some(&fact.value),
        "unit" => Some(&fact.unit),
        "status" => Some(fact.status),
        "file" => Some(&fact.file),
        "cell" => Some(&fact.cell),
        _ => Some(&fact.hash),
    }
}
