//! An OpenDocument workbook looked over before it is opened: a part that breaks off would be read for ever, and its
//! sheets are held whole, so their extent matters.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{parts::Parts, preflight};
use crate::programme::Limits;

/// Looks a workbook over.
///
/// # Errors
/// Why it is not opened, as half a sentence.
pub(super) fn check(parts: &mut Parts<'_>, limits: &Limits) -> Result<(), String> {
    let damaged = || "it is damaged".to_owned();
    let content = parts.text("content.xml").ok_or_else(damaged)?;
    let mut reader = Reader::from_str(&content);
    let mut depth = 0_usize;
    // The row reached, how often the present one is repeated, and how far its filled cells and those of all go.
    let (mut row, mut times, mut column, mut width) = (0_usize, 1, 0_usize, 0_usize);
    loop {
        let event = reader.read_event().map_err(|_| damaged())?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                match element.local_name().as_ref() {
                    "table" => (row, width) = (0, 0),
                    "table-row" => (times, column) = (repeated(element, "number-rows-repeated"), 0),
                    "table-cell" | "covered-table-cell" => {
                        let filled = matches!(event, Event::Start(_))
                            || element.attributes().with_checks(false).flatten().any(|own| {
                                matches!(own.key.local_name().as_ref(), "value-type" | "formula")
                            });
                        column =
                            column.saturating_add(repeated(element, "number-columns-repeated"));
                        if filled {
                            width = width.max(column);
                            if row.saturating_add(times).saturating_mul(width)
                                > limits.extent as usize
                            {
                                return Err(preflight::too_wide(limits));
                            }
                        }
                    }
                    _ => {}
                }
                depth += usize::from(matches!(event, Event::Start(_)));
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                if element.local_name().as_ref() == "table-row" {
                    row = row.saturating_add(times);
                }
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => {
                return Err(
                    "it is only partly there (the end of its content is missing)".to_owned()
                );
            }
            _ => {}
        }
    }
}

fn repeated(element: &BytesStart<'_>, name: &str) -> usize {
    let own = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|own| own.key.local_name().as_ref() == name);
    own.and_then(|own| own.value.parse().ok()).unwrap_or(1)
}
