//! What the streaming reader does not tell of a sheet: formulas, those that were never calculated, values it stumbled
//! over, what is hidden, and whether the sheet is protected.

use super::grid::Facts;
use crate::place::{self, Cell, LAST};

/// A cell as its sheet writes it.
#[derive(Debug, Default)]
pub(super) struct Seen<'a> {
    /// The type of the value, `e` for an error; "" for a number.
    pub(super) kind: &'a [u8],
    pub(super) formula: bool,
    /// The stored value as written; empty when there is none.
    pub(super) value: &'a [u8],
}

impl Seen<'_> {
    /// A formula without a stored value. An empty text is a value.
    pub(super) fn is_uncalculated(&self) -> bool {
        self.formula && self.value.is_empty() && self.kind != b"str"
    }
}

/// Tells of every cell of a sheet part, and what there is to say of the sheet.
pub(super) fn sheet(part: &[u8], mut tell: impl FnMut(Cell, &Seen<'_>)) -> Facts {
    let mut facts = Facts::default();
    let mut at = Cell { row: 0, column: 0 };
    let mut open: Option<(Cell, Seen<'_>)> = None;
    let mut rest = part;
    let mut past_cells = false;
    while let Some(start) = memchr::memchr(b'<', rest) {
        rest = &rest[start + 1..];
        let Some(length) = tag_length(rest) else { return facts };
        let tag = &rest[..length];
        rest = &rest[length + 1..];
        if let Some(closed) = tag.strip_prefix(b"/") {
            match local(closed) {
                b"c" => {
                    if let Some((cell, seen)) = open.take() {
                        tell(cell, &seen);
                    }
                }
                b"row" => at = Cell { row: at.row.saturating_add(1), column: 0 },
                b"sheetData" => past_cells = true,
                _ => {}
            }
            continue;
        }
        let empty = tag.ends_with(b"/");
        let is = |name: &[u8]| matches!(attribute(tag, name), Some(b"1" | b"true"));
        match local(tag) {
            b"sheetProtection" => facts.protected = is(b"sheet"),
            b"col" if is(b"hidden") => {
                if let (Some(from), Some(to)) = (whole(tag, b"min"), whole(tag, b"max")) {
                    let from = from.saturating_sub(1);
                    facts.hidden_columns.push((from, to.saturating_sub(1).min(LAST.column)));
                }
            }
            _ if past_cells => {}
            b"row" => {
                if let Some(row) = whole(tag, b"r") {
                    at.row = row.saturating_sub(1);
                }
                at.column = 0;
                if is(b"hidden") {
                    match facts.hidden_rows.last_mut().filter(|(_, last)| last + 1 == at.row) {
                        Some((_, last)) => *last = at.row,
                        None => facts.hidden_rows.push((at.row, at.row)),
                    }
                }
                if empty {
                    at.row = at.row.saturating_add(1);
                }
            }
            b"c" => {
                let own = attribute(tag, b"r").and_then(|own| std::str::from_utf8(own).ok());
                let cell = own.and_then(place::cell).unwrap_or(at);
                at.column = cell.column.saturating_add(1);
                if !empty {
                    let kind = attribute(tag, b"t").unwrap_or_default();
                    open = Some((cell, Seen { kind, ..Seen::default() }));
                }
            }
            b"f" => {
                if let Some((cell, seen)) = &mut open {
                    seen.formula = true;
                    facts.formulas.push(*cell);
                }
            }
            b"v" | b"t" if !empty => {
                let end = memchr::memchr(b'<', rest).unwrap_or(rest.len());
                if let Some((_, seen)) = &mut open {
                    seen.value = &rest[..end];
                }
            }
            _ => {}
        }
    }
    facts.formulas.sort();
    facts
}

/// The whole number that an attribute holds.
fn whole(tag: &[u8], name: &[u8]) -> Option<u32> {
    std::str::from_utf8(attribute(tag, name)?).ok()?.trim().parse().ok()
}

/// How long a tag is, up to its `>`. Comments and the like are told by their own ends.
fn tag_length(text: &[u8]) -> Option<usize> {
    for (start, end) in [(&b"!--"[..], &b"--"[..]), (b"![CDATA[", b"]]"), (b"?", b"?")] {
        if text.starts_with(start) {
            let inner = memchr::memmem::find(&text[start.len()..], &[end, b">"].concat())?;
            return Some(start.len() + inner + end.len());
        }
    }
    let mut quote = None;
    for (index, byte) in text.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(index),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The name of a tag without its prefix.
fn local(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
    let name = &tag[..end.unwrap_or(tag.len())];
    name.iter().position(|byte| *byte == b':').map_or(name, |colon| &name[colon + 1..])
}

/// The value of an attribute without a prefix.
fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut rest = tag;
    while let Some(sign) = memchr::memchr(b'=', rest) {
        let before = rest[..sign].trim_ascii_end();
        let after = rest[sign + 1..].trim_ascii_start();
        let quote = *after.first()?;
        let value = after.get(1..)?;
        let end = memchr::memchr(quote, value)?;
        let own = before.len().checked_sub(name.len()).map(|start| before.split_at(start));
        if let Some((gap, own)) = own
            && own == name
            && gap.last().is_some_and(u8::is_ascii_whitespace)
        {
            return Some(&value[..end]);
        }
        rest = &value[end + 1..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uncalculated(part: &str) -> Vec<String> {
        let mut found = Vec::new();
        sheet(part.as_bytes(), |cell, seen| {
            if seen.is_uncalculated() {
                found.push(cell.to_string());
            }
        });
        found
    }

    #[test]
    fn a_formula_without_a_value_is_told_from_a_blank() {
        let part = r#"<x:worksheet><x:sheetData><x:row r="3">
            <x:c r="A3" s="1"/><x:c r="B3"><x:f>SUM(A1:A2)</x:f></x:c>
            <x:c r="C3"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c r='D3'><x:f>1</x:f><x:v/></x:c>
            <x:c r="E3" t="str"><x:f>""</x:f><x:v></x:v></x:c></x:row></x:sheetData>
            <x:c r="Z9"><x:f>1</x:f></x:c></x:worksheet>"#;
        assert_eq!(uncalculated(part), ["B3", "D3"]);
    }

    #[test]
    fn cells_without_references_are_counted() {
        let part = r#"<sheetData><row/><row><c t="n"><v>1</v></c><c ><f a=">">1</f></c></row>
            <!-- <c r="Q1"><f>1</f></c> --><row><c><f/></c></row></sheetData>"#;
        assert_eq!(uncalculated(part), ["B2", "A3"]);
    }

    #[test]
    fn what_is_hidden_and_whether_the_sheet_is_protected() {
        let part = r#"<worksheet><cols><col min="2" max="3" hidden="1"/><col min="9" max="9"/></cols>
            <sheetData><row r="4" hidden="1"/><row r="5" hidden="true"><c r="A5"><f>1</f><v>1</v></c></row>
            <row r="7"/><row r="9" hidden="1"/></sheetData><sheetProtection sheet="1"/></worksheet>"#;
        let facts = sheet(part.as_bytes(), |_, _| {});
        assert_eq!(facts.hidden_rows, [(3, 4), (8, 8)]);
        assert_eq!(facts.hidden_columns, [(1, 2)]);
        assert_eq!(facts.formulas, [Cell { row: 4, column: 0 }]);
        assert!(facts.protected);
        assert!(
            facts.hides(Cell { row: 0, column: 2 }) && !facts.hides(Cell { row: 5, column: 0 })
        );
        assert!(!sheet(b"<sheetData/>", |_, _| {}).protected);
    }

    #[test]
    fn a_part_that_breaks_off_ends_the_scan() {
        for part in ["<row><c r=\"A1\"><f>", "<c r=", "<", "<c r=\"A1", "<!--"] {
            assert!(uncalculated(part).is_empty(), "{part}");
        }
    }
}
