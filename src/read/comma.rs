//! Text with a comma, semicolon, tab or bar between columns, as ledgers give it out.

use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder};

use super::{
    content,
    grid::{Cells, Content, Grid, Tab},
    preflight,
};
use crate::{place::Cell, programme::Limits};

/// Excel keeps no more digits of a number.
const DIGITS: usize = 15;

/// Reads a text as one sheet. Its rows are numbered as Excel numbers them.
///
/// # Errors
/// Why it is no such text, as half a sentence.
pub(super) fn grid(bytes: &[u8], name: &str, limits: &Limits) -> Result<Grid, String> {
    let text = text(bytes).ok_or("it is neither a workbook nor plain text")?;
    // One kind of line end, and one at the very end, so that lines can be counted.
    let text = text.replace("\r\n", "\n").replace('\r', "\n") + "\n";
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut cells = Cells::default();
    let (mut record, mut row) = (ByteRecord::new(), 0_u32);
    loop {
        let before = reader.position().line();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err("it is damaged".to_owned()),
        }
        // The reader passes over empty lines.
        let lines = reader.position().line().saturating_sub(before);
        let within = record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        row =
            row.saturating_add(u32::try_from(lines.saturating_sub(1 + within)).unwrap_or(u32::MAX));
        for (column, field) in (0..).zip(&record) {
            if let Some(content) = content(&String::from_utf8_lossy(field)) {
                cells.push(Cell { row, column }, content);
            }
        }
        if cells.len() > limits.cells as usize {
            return Err(preflight::too_many_cells(name, limits));
        }
        row = row.saturating_add(1);
    }
    Ok(Grid { tabs: vec![Tab::new(Arc::from(name), true, cells)], ..Grid::default() })
}

/// Bytes as text: UTF-8, UTF-16 as Excel saves it, or Western European. `None` for what is no text.
fn text(bytes: &[u8]) -> Option<String> {
    let (text, _, _) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes),
        None if bytes.contains(&0) => return None,
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8.decode(bytes),
        None => encoding_rs::WINDOWS_1252.decode(bytes),
    };
    let start = text.trim_start().get(..9).unwrap_or_default().to_lowercase();
    let page =
        start.starts_with("<html") || start.starts_with("<!doctype") || start.starts_with("<?xml");
    (!page && !text.trim().is_empty()).then(|| text.into_owned())
}

/// The mark that parts the first lines into the most columns.
fn delimiter(text: &str) -> u8 {
    let count = |mark: u8| {
        let lines = text.lines().take(20);
        lines.map(|line| line.bytes().filter(|byte| *byte == mark).count()).sum::<usize>()
    };
    let marks = *b",;\t|";
    marks.into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

/// Digits alone are a number, as Excel would take them; but not where a nought in front says that they are a code.
fn content(field: &str) -> Option<Content> {
    let content = content::text(field)?;
    let Content::Text(text) = &content else { return Some(content) };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = plain(whole)
        && plain(part)
        && (whole == "0" || !whole.starts_with('0'))
        && digits.len() <= DIGITS;
    match text.parse() {
        Ok(number) if is_number => Some(Content::Number { number, percent: false }),
        _ => Some(content),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<String> {
        let grid = grid(bytes, "ledger", &Limits::default()).unwrap();
        let shown = |(cell, content): &(Cell, Content)| match content {
            Content::Number { number, .. } => format!("{cell}={number}"),
            Content::Text(text) => format!("{cell}:{text}"),
            other => format!("{other:?}"),
        };
        grid.tabs[0].cells().map(shown).collect()
    }

    #[test]
    fn rows_are_numbered_as_excel_numbers_them() {
        let text = b"Code,Amount\r\n\r\n1000,\"12,500\"\r\n\"two\nlines\",-3.50\r\n\r\n\r\n0100,1";
        assert_eq!(
            cells(text),
            [
                "A1:Code",
                "B1:Amount",
                "A3=1000",
                "B3:12,500",
                "A4:two\nlines",
                "B4=-3.50",
                "A7:0100",
                "B7=1"
            ]
        );
    }

    #[test]
    fn other_marks_and_letters_are_read_too() {
        assert_eq!(cells(b"\xEF\xBB\xBFa;b\n1;2\n"), ["A1:a", "B1:b", "A2=1", "B2=2"]);
        assert_eq!(cells(b"a\t\xA3000\n"), ["A1:a", "B1:£000"]);
        assert_eq!(cells(b"\xFF\xFEa\0\t\0b\0\n\0"), ["A1:a", "B1:b"]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"\0\x01\x02"[..], b"", b"  \n", b"<html><table>"] {
            assert!(grid(bytes, "ledger", &Limits::default()).is_err());
        }
    }
}
