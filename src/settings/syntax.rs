//! What the TOML reader says is wrong, in plain words.

use toml::de::Error;

use super::{
    mistakes::{Notes, quoted},
    value::date_in,
};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Errors of a value or between two: what else the file holds can be read in spite of them.
const HARMLESS: [&str; 16] = [
    "string values must",
    "invalid float",
    "invalid boolean",
    "invalid date",
    "invalid time",
    "invalid basic string",
    "invalid literal string",
    "invalid exponent",
    "invalid fraction",
    "invalid mantissa",
    "invalid escape",
    "too few unicode",
    "unexpected leading zero",
    "unexpected key or value",
    "missing comma",
    "extra comma",
];

/// Notes what is no TOML. Whether the rest can be read in spite of it.
pub(crate) fn note(errors: &[Error], text: &str, notes: &Notes<'_>) -> bool {
    // In a list that does not end where it should, all that follows seems wrong.
    let signs = ["unclosed array,", "unclosed inline", "unexpected `=` in", "extra assignment"];
    let endless = errors.iter().any(|error| says(error, &signs));
    let within = ["missing comma", "unexpected `=` in", "unclosed", "extra assignment"];
    let first = errors.iter().find(|error| endless && says(error, &within));
    let start = first.map(|error| {
        let curly = error.message().contains("key-value") || error.message().contains("inline");
        let bracket = if curly { '{' } else { '[' };
        (text[..offset(error)].rfind(bracket).unwrap_or_default(), if curly { '}' } else { ']' })
    });
    let end = start.map_or(text.len(), |(start, _)| start);
    // Under a heading that stands twice, so does each key.
    let heading = |error: &Error| line(text, offset(error)).starts_with('[');
    let repeated = errors.iter().find(|error| says(error, &["duplicate key"]) && heading(error));
    let second = repeated.map_or(text.len(), offset);
    for error in errors.iter().filter(|error| offset(error) <= end) {
        if offset(error) <= second || heading(error) || !says(error, &["duplicate key"]) {
            notes.add_unread(offset(error), &plain(error, text, notes.outline.repeated));
        }
    }
    if let Some((start, bracket)) = start {
        let what = format!(
            "the list that begins here is not ended with {bracket}, or lacks a comma between two entries."
        );
        notes.add_unread(start, &what);
    }
    errors.iter().all(|error| says(error, &HARMLESS))
}

fn says(error: &Error, starts: &[&str]) -> bool {
    starts.iter().any(|start| error.message().starts_with(start))
}

fn offset(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

/// The line in which an offset lies.
fn line(text: &str, offset: usize) -> &str {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    text[start..].lines().next().unwrap_or_default()
}

fn plain(error: &Error, text: &str, repeated: &[&str]) -> String {
    let span = error.span().unwrap_or(0..0);
    let found = &*quoted(text.get(span.clone()).unwrap_or_default());
    let rest = quoted(text[span.start..].lines().next().unwrap_or_default());
    let line = &*quoted(line(text, span.start));
    let value = line.split_once('=').map_or(line, |(_, value)| value.trim());
    let value = value.split(" #").next().unwrap_or(value).trim();
    if says(error, &["string values must", "invalid float", "invalid boolean"]) {
        unquoted(found)
    } else if says(error, &["invalid date", "invalid time"]) {
        let days = error.message().strip_prefix("invalid date, expected day between 01 and ");
        match days {
            Some(days) => format!("there is no {found}: that month has {days} days."),
            None => date_advice(found),
        }
    } else if says(error, &["unexpected leading zero"]) {
        format!(
            "{value} is neither a number nor a date. Write a number without a nought in front, a date as \
             2009-03-31, and anything else in quotation marks."
        )
    } else if line.starts_with('[') {
        heading(line, says(error, &["duplicate key"]), repeated)
    } else if says(error, &["key with no value", "invalid unquoted key"]) {
        match line.split_once(':') {
            Some((key, value)) => {
                format!("put an equals sign for the colon: {} = {}", key.trim(), value.trim())
            }
            None => format!(
                "this line is not of the form key = value: {line}. If it is a note, put a # in front."
            ),
        }
    } else if says(error, &["duplicate key"]) {
        format!("\"{found}\" stands here for the second time. Delete one of the two.")
    } else if says(error, &["missing comma"]) {
        String::from("a comma is missing between this entry and the one before it.")
    } else if says(error, &["unexpected key or value"]) {
        if value.chars().all(|letter| letter.is_ascii_digit() || letter == ',') {
            return format!("write the number without commas: {}", value.replace(',', "_"));
        }
        format!(
            "something is left over after the value: {rest}. Give each text one pair of quotation marks, with ' \
             for those within it, and each key a line of its own."
        )
    } else if says(error, &["invalid basic string", "invalid literal string"]) {
        format!("a quotation mark is missing at the end of {value}")
    } else if says(error, &["invalid multi-line"]) {
        String::from(
            "the text that begins with three quotation marks never ends. One on each side is enough.",
        )
    } else if says(error, &["extra comma"]) {
        String::from("there is a comma too many. Delete it, or write what belongs before it.")
    } else if says(
        error,
        &["invalid exponent", "invalid fraction", "invalid mantissa", "`_` may only"],
    ) {
        format!("{value} is not a number. Write it as in: 131_750 or 0.02")
    } else if says(error, &["too few unicode", "missing escaped", "invalid escape"]) {
        String::from("a single backslash cannot stand in text. Write two of them, or a slash.")
    } else {
        format!("this line cannot be read: {}.", error.message())
    }
}

/// Text that stands without quotation marks.
fn unquoted(found: &str) -> String {
    let curly = ['“', '”', '„', '‘', '’'];
    let lower = found.to_lowercase();
    let digit_first = found.starts_with(|letter: char| letter.is_ascii_digit());
    let number = found.trim_matches(['£', '%', ' ']).replace(',', "");
    let is_number =
        |text: &str| text.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    if found.is_empty() {
        String::from("nothing stands after the equals sign. Write a value, or delete the line.")
    } else if found.contains(curly) {
        let straight = found.trim_matches(|letter| curly.contains(&letter));
        format!(
            "the quotation marks are curly, as Word makes them. Type straight ones: \"{straight}\""
        )
    } else if digit_first
        && (found.contains('/') || MONTHS.iter().any(|month| lower.contains(month)))
    {
        date_advice(found)
    } else if ["true", "false"].contains(&&*lower) {
        format!("write it in small letters: {lower}")
    } else if is_number(&number) {
        format!("write the number alone, without signs or commas: {number}")
    } else {
        format!("put text in quotation marks: \"{found}\"")
    }
}

fn date_advice(found: &str) -> String {
    match date_in(found) {
        Some(date) => format!("dates are written year-month-day: {date}"),
        None => String::from("dates are written year-month-day, as in: 2009-03-31"),
    }
}

/// A heading with its brackets amiss.
fn heading(line: &str, twice: bool, repeated: &[&str]) -> String {
    let name = line.split('#').next().unwrap_or_default();
    let name = name.trim().trim_matches(['[', ']']).trim();
    let right = if repeated.contains(&name) { format!("[[{name}]]") } else { format!("[{name}]") };
    if !twice {
        return format!("the brackets of the heading {line} do not match. Write it as {right}");
    }
    let advice = if repeated.contains(&name) { "Write each as" } else { "Put all under one" };
    format!("the heading {line} has one of the same name further up. {advice} {right}")
}
