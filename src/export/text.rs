//! Facts as CSV and as JSON.

use super::Fact;

/// The columns, in their order.
pub(super) const COLUMNS: [&str; 13] = [
    "project", "council", "year", "sheet", "field", "row", "value", "unit", "status", "file",
    "cell", "version", "hash",
];

/// A line for each fact under a line of headers; lines end as on Unix.
///
/// A spreadsheet takes text that begins with `=`, `+`, `-` or `@` for a formula. Such text has an apostrophe put
/// before it here, by which it stays text; JSON and Parquet hold it as it was typed. Numbers are numbers.
pub fn csv(facts: &[Fact]) -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let mut write = || -> csv::Result<()> {
        csv.write_record(COLUMNS)?;
        for fact in facts {
            let value = if fact.number { fact.value.clone() } else { guarded(&fact.value) };
            csv.write_record([
                fact.project.as_deref().unwrap_or_default(),
                fact.council.as_deref().unwrap_or_default(),
                fact.year.as_deref().unwrap_or_default(),
                fact.sheet,
                fact.field,
                &guarded(fact.row.as_deref().unwrap_or_default()),
                &value,
                &guarded(&fact.unit),
                fact.status,
                &guarded(&fact.file),
                &guarded(&fact.cell),
                &fact.version.to_string(),
                &fact.hash,
            ])?;
        }
        Ok(())
    };
    write().expect("memory takes every record, and all have as many fields");
    csv.into_inner().expect("memory takes what is left")
}

fn guarded(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// A list of objects, each on its line.
pub fn json(facts: &[Fact]) -> Vec<u8> {
    let lines: Vec<String> = facts
        .iter()
        .map(|fact| serde_json::to_string(fact).expect("facts are plain data with text for keys"))
        .collect();
    format!("[\n{}\n]\n", lines.join(",\n")).into_bytes()
}
