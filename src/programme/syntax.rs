//! What the TOML reader says is wrong, in plain words.

use toml::de::Error;

use super::mistakes::Notes;

/// Notes the errors. Whether the rest of the file can be read in spite of them: a value that needs quotation
/// marks does not hide others, a heading without its bracket does.
pub(super) fn note(errors: &[Error], text: &str, notes: &Notes<'_>) -> bool {
    let unclosed = |error: &Error| {
        ["unclosed array,", "unclosed inline table"]
            .iter()
            .any(|start| error.message().starts_with(start))
    };
    let of_list = |error: &Error| {
        ["missing comma", "unexpected `=` in", "unclosed"]
            .iter()
            .any(|start| error.message().starts_with(start))
    };
    // After a list that is not closed everything seems to belong to it.
    if let Some(open) =
        errors.iter().any(unclosed).then(|| errors.iter().find(|error| of_list(error))).flatten()
    {
        let end = offset(open);
        let bracket = if open.message().contains("key-value") || open.message().contains("inline") {
            '{'
        } else {
            '['
        };
        let start = text[..end].rfind(bracket).unwrap_or(end);
        let closing = if bracket == '{' { '}' } else { ']' };
        notes.add_unread(start, format!("the {bracket} here has no {closing} to end it, or a comma is missing before the next entry. Look below it for the place."));
        for error in errors.iter().filter(|error| offset(error) < start) {
            notes.add_unread(offset(error), plain(error, text));
        }
        return false;
    }
    for error in errors {
        notes.add_unread(offset(error), plain(error, text));
    }
    !errors.iter().any(hides)
}

/// Whether what follows an error may have been read wrongly.
fn hides(error: &Error) -> bool {
    ["key with no value", "invalid unquoted key", "unclosed", "duplicate key"]
        .iter()
        .any(|start| error.message().starts_with(start))
}

fn offset(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

fn plain(error: &Error, text: &str) -> String {
    let span = error.span().unwrap_or(0..0);
    let found = text.get(span.clone()).unwrap_or_default();
    let start = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default().trim();
    let value = line.split_once('=').map_or(line, |(_, value)| value.trim());
    let says = |start: &str| error.message().starts_with(start);
    if says("string values must be quoted") || says("invalid float") || says("invalid boolean") {
        unquoted(found)
    } else if says("invalid date") || says("invalid time") || says("invalid datetime") {
        format!(
            "{found} is not a date that can be read. Write year-month-day with two digits each for month and day: 2009-03-01"
        )
    } else if says("unexpected leading zero") {
        format!(
            "{value} is neither a number nor a date. Write a number without a nought in front, a date as 2010-04-01, and anything else in quotation marks."
        )
    } else if says("key with no value") && line.contains(':') {
        format!("\"{line}\": put an equals sign where the colon is.")
    } else if says("key with no value") || says("invalid unquoted key") {
        format!("\"{line}\" is not of the form key = value. A note to yourself needs a # in front.")
    } else if says("unclosed") {
        format!("the heading \"{line}\" lacks a bracket. Write it as in: [[council]]")
    } else if says("missing comma") {
        String::from("a comma is missing between this entry and the one before it.")
    } else if says("duplicate key") {
        format!("\"{found}\" stands here for the second time. Delete one of the two.")
    } else if says("unexpected key or value") && line.starts_with('[') {
        format!(
            "the heading \"{line}\" has a bracket too many or too few. Write it as in: [[council]]"
        )
    } else if says("unexpected key or value")
        && value.chars().all(|letter| letter.is_ascii_digit() || letter == ',')
    {
        format!("write the number without commas: {}", value.replace(',', "_"))
    } else if says("unexpected key or value") {
        let rest =
            text[span.start..start + text[start..].lines().next().unwrap_or_default().len()].trim();
        format!(
            "\"{rest}\" is left over after the value. Put text in one pair of quotation marks, and each key on a line of its own."
        )
    } else if says("invalid basic string") {
        format!("{value} has no closing quotation mark.")
    } else if says("too few unicode") || says("missing escaped") || says("invalid escape") {
        String::from(
            "a backslash has a meaning of its own here. Write two of them, or a slash: returns/THA",
        )
    } else {
        format!("this line cannot be read ({}).", error.message())
    }
}

/// Text that stands without quotation marks.
fn unquoted(found: &str) -> String {
    let date = found.contains('/') && found.starts_with(|letter: char| letter.is_ascii_digit());
    let curly = ['“', '”', '„', '‘', '’'];
    if found.is_empty() {
        String::from("nothing stands after the equals sign. Write a value, or delete the line.")
    } else if found.contains(curly) {
        let straight = found.trim_matches(|letter| curly.contains(&letter));
        format!(
            "the quotation marks are curly ones, as Word makes them. Type straight ones: \"{straight}\""
        )
    } else if date {
        format!(
            "write the date as year-month-day, 2010-04-01, or put it in quotation marks: \"{found}\""
        )
    } else if found.eq_ignore_ascii_case("true") || found.eq_ignore_ascii_case("false") {
        format!("write {} in small letters.", found.to_lowercase())
    } else if found.starts_with(['£']) || found.ends_with('%') {
        format!(
            "write the number alone, without sign or commas: {}",
            found.trim_matches(['£', '%', ' ']).replace(',', "")
        )
    } else {
        format!("put text in quotation marks: \"{found}\"")
    }
}
