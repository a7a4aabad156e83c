//! What the streaming reader does not tell of a sheet: formulas, those that were never calculated, values it stumbled
//! over, what is hidden, and whether the sheet is protected.

use std::io::{self, Read};

use super::grid::Facts;
use crate::place::{self, Cell, LAST};

/// So much of a part is asked for at once.
const BLOCK: usize = 64 << 10;

/// Of a stored value no more is kept: it is shown where nothing else can be told of its cell.
const VALUE: usize = 1 << 10;

/// A cell as its sheet writes it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The type of the value, `e` for an error; "" for a number.
    pub(super) kind: Vec<u8>,
    pub(super) formula: bool,
    /// The stored value as written, of a long one the beginning; empty when there is none.
    pub(super) value: Vec<u8>,
}

impl Seen {
    /// A formula without a stored value. An empty text is a value.
    pub(super) fn is_uncalculated(&self) -> bool {
        self.formula && self.value.is_empty() && self.kind != b"str"
    }
}

/// Tells of every cell of a sheet part, and what there is to say of the sheet. However large the part, no more of it
/// is held than its longest tag.
///
/// # Errors
/// When the part cannot be unpacked to its end.
pub(super) fn sheet(part: impl Read, tell: impl FnMut(Cell, &Seen)) -> io::Result<Facts> {
    in_blocks(part, BLOCK, tell)
}

fn in_blocks(
    mut part: impl Read,
    block: usize,
    mut tell: impl FnMut(Cell, &Seen),
) -> io::Result<Facts> {
    let mut scan = Scan {
        facts: Facts::default(),
        at: Cell { row: 0, column: 0 },
        open: None,
        seen: Seen::default(),
        in_value: false,
        past_cells: false,
        past_protection: false,
    };
    let mut held = Vec::with_capacity(block);
    let mut room = block;
    while part.by_ref().take(room as u64).read_to_end(&mut held)? > 0 {
        // What comes after is unpacked all the same: it may break off.
        let done = if scan.past_protection { held.len() } else { scan.text(&held, &mut tell) };
        held.drain(..done);
        // A tag that does not end in what is held is looked at again when there is twice as much.
        room = block.max(held.len());
    }
    scan.facts.formulas.sort();
    Ok(scan.facts)
}

/// What is known half-way through a sheet part.
struct Scan {
    facts: Facts,
    /// Where a cell stands that does not say so.
    at: Cell,
    open: Option<Cell>,
    /// What was seen of the open cell.
    seen: Seen,
    in_value: bool,
    past_cells: bool,
    /// Whether a part has been reached that stands below what is said of the protection.
    past_protection: bool,
}

impl Scan {
    /// Goes on through the text as far as its last whole tag; how far that is.
    fn text(&mut self, text: &[u8], tell: &mut impl FnMut(Cell, &Seen)) -> usize {
        let mut done = 0;
        while let Some(length) = memchr::memchr(b'<', &text[done..]) {
            self.value(&text[done..done + length]);
            done += length;
            let Some(length) = tag_length(&text[done + 1..]) else { return done };
            self.in_value = false;
            self.tag(&text[done + 1..][..length], tell);
            done += length + 2;
            if self.past_protection {
                return text.len();
            }
        }
        self.value(&text[done..]);
        text.len()
    }

    fn value(&mut self, text: &[u8]) {
        if self.in_value {
            let room = VALUE.saturating_sub(self.seen.value.len());
            self.seen.value.extend_from_slice(&text[..text.len().min(room)]);
        }
    }

    fn tag(&mut self, tag: &[u8], tell: &mut impl FnMut(Cell, &Seen)) {
        let Scan { facts, at, open, seen, .. } = self;
        if let Some(closed) = tag.strip_prefix(b"/") {
            match local(closed) {
                b"c" => {
                    if let Some(cell) = open.take() {
                        tell(cell, seen);
                    }
                }
                b"row" => *at = Cell { row: at.row.saturating_add(1), column: 0 },
                b"sheetData" => self.past_cells = true,
                _ => {}
            }
            return;
        }
        let empty = tag.ends_with(b"/");
        let is = |name: &[u8]| matches!(attribute(tag, name), Some(b"1" | b"true"));
        match local(tag) {
            b"sheetProtection" => facts.protected = is(b"sheet"),
            b"sheetCalcPr" => {}
            b"col" if is(b"hidden") => {
                if let (Some(from), Some(to)) = (whole(tag, b"min"), whole(tag, b"max")) {
                    let from = from.saturating_sub(1);
                    facts.hidden_columns.push((from, to.saturating_sub(1).min(LAST.column)));
                }
            }
            name if self.past_cells => {
                self.past_protection = !matches!(name.first(), Some(b'!' | b'?'));
            }
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
                let cell = own.and_then(place::cell).unwrap_or(*at);
                at.column = cell.column.saturating_add(1);
                if !empty {
                    *open = Some(cell);
                    seen.formula = false;
                    seen.value.clear();
                    seen.kind.clear();
                    seen.kind.extend_from_slice(attribute(tag, b"t").unwrap_or_default());
                }
            }
            b"f" => {
                if let Some(cell) = open {
                    seen.formula = true;
                    facts.formulas.push(*cell);
                }
            }
            b"v" | b"t" if !empty => {
                seen.value.clear();
                self.in_value = open.is_some();
            }
            _ => {}
        }
    }
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
    // Tags are short: byte by byte is quicker than to be searched.
    let mut quote = 0;
    text.iter().position(|byte| {
        match (*byte, quote) {
            (b'>', 0) => return true,
            (b'"' | b'\'', 0) => quote = *byte,
            (own, open) if own == open => quote = 0,
            _ => {}
        }
        false
    })
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
    while let Some(sign) = rest.iter().position(|byte| *byte == b'=') {
        let before = rest[..sign].trim_ascii_end();
        let after = rest[sign + 1..].trim_ascii_start();
        let quote = *after.first()?;
        let value = after.get(1..)?;
        let end = value.iter().position(|byte| *byte == quote)?;
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
        let told = sheet(part.as_bytes(), |cell, seen| {
            if seen.is_uncalculated() {
                found.push(cell.to_string());
            }
        });
        told.unwrap();
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
        let facts = sheet(part.as_bytes(), |_, _| {}).unwrap();
        assert_eq!(facts.hidden_rows, [(3, 4), (8, 8)]);
        assert_eq!(facts.hidden_columns, [(1, 2)]);
        assert_eq!(facts.formulas, [Cell { row: 4, column: 0 }]);
        assert!(facts.protected);
        assert!(
            facts.hides(Cell { row: 0, column: 2 }) && !facts.hides(Cell { row: 5, column: 0 })
        );
        assert!(!sheet(&b"<sheetData/>"[..], |_, _| {}).unwrap().protected);
    }

    #[test]
    fn a_part_says_the_same_in_blocks_of_any_size() {
        let long = "9".repeat(2 * VALUE);
        let part = format!(
            r#"<worksheet><!-- > <c r="Q1"> --><sheetData><row r="2" hidden="1"><c r="A2" t='a"b>c'><f>1</f><v>{long}</v></c>
            <c r="B2" t="e"><v>#SPILL!</v></c><c><is><t>a</t></is></c></row></sheetData><sheetProtection sheet="1"/></worksheet>"#
        );
        let in_blocks = |size: usize| {
            let mut told = Vec::new();
            let facts = in_blocks(part.as_bytes(), size, |cell, seen| {
                told.push(format!("{cell} {seen:?}"));
            });
            format!("{told:?} {:?}", facts.unwrap())
        };
        let whole = in_blocks(part.len());
        assert!(whole.contains("A2 ") && whole.contains("B2 ") && whole.contains("C2 "), "{whole}");
        for size in 1..100 {
            assert_eq!(in_blocks(size), whole, "{size}");
        }
    }

    #[test]
    fn what_follows_the_protection_is_passed_over() {
        let part = r#"<worksheet><sheetData><row r="1"><c r="A1"><f>1</f></c></row></sheetData><!-- a -->
            <sheetCalcPr/><x:sheetProtection sheet="1"/><dataValidations><c r="B1"><f>1</f></c></dataValidations>"#;
        let facts = sheet(part.as_bytes(), |_, _| {}).unwrap();
        assert!(facts.protected && facts.formulas.len() == 1);
    }

    #[test]
    fn a_part_that_breaks_off_ends_the_scan() {
        for part in ["<row><c r=\"A1\"><f>", "<c r=", "<", "<c r=\"A1", "<!--"] {
            assert!(uncalculated(part).is_empty(), "{part}");
        }
    }
}
