//! What a binary workbook of Excel since 2007 (.xlsb) shows beside the values of its cells: what is hidden or struck
//! out, comments, percentages, amounts shown in thousands, formulas, and whether a sheet is protected.

use std::collections::BTreeMap;

use super::{
    comments,
    grid::{Beside, LAST},
    package,
    parts::Parts,
    records::Styles,
};
use crate::place::Cell;

/// Looks through a workbook that was looked over before. By the names of its sheets.
pub(super) fn sheets(parts: &mut Parts<'_>) -> BTreeMap<String, Beside> {
    let styles = parts.bytes("xl/styles.bin").map_or_else(Styles::default, |own| styles(&own));
    let targets: BTreeMap<String, String> = parts
        .text("xl/_rels/workbook.bin.rels")
        .map(|text| package::relations(&text).into_iter().map(|[id, _, to]| (id, to)).collect())
        .unwrap_or_default();
    let named: Vec<(String, String)> = parts.bytes("xl/workbook.bin").map_or(Vec::new(), |book| {
        let of_sheet = |record: Record<'_>| {
            let (id, end) = record.text(8).filter(|_| record.kind == 156)?;
            Some((record.text(end)?.0, targets.get(&id)?.clone()))
        };
        Records(&book).filter_map(of_sheet).collect()
    });
    let mut sheets = BTreeMap::new();
    for (name, target) in named {
        let part = match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        };
        let Some(mut own) = parts.bytes(&part).map(|bytes| sheet(&bytes, &styles)) else {
            continue;
        };
        let comments =
            comments::part_of(parts, &part).and_then(|part| Some(said(&parts.bytes(&part)?)));
        own.facts.comments = comments.unwrap_or_default();
        own.sort();
        sheets.insert(name, own);
    }
    sheets
}

/// The records of a part, one after the other, as far as they are whole.
struct Records<'a>(&'a [u8]);

struct Record<'a> {
    kind: u32,
    data: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = self.number(2)?;
        let length = self.number(4)? as usize;
        let data = self.0.get(..length)?;
        self.0 = &self.0[length..];
        Some(Record { kind, data })
    }
}

impl Records<'_> {
    /// A number in so many bytes at most, of seven bits each; the eighth says that there are more.
    fn number(&mut self, most: u32) -> Option<u32> {
        let mut number = 0;
        for place in 0..most {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

impl Record<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.data.get(at).copied().unwrap_or(0)
    }

    fn word(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.data.get(at..at + 2)?.try_into().ok()?))
    }

    fn long(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    /// A text with its length before it, and where it ends.
    fn text(&self, at: usize) -> Option<(String, usize)> {
        let length = self.long(at).filter(|length| *length != u32::MAX)?;
        let end = (at + 4).checked_add((length as usize).checked_mul(2)?)?;
        let letters = self.data.get(at + 4..end)?.chunks_exact(2);
        let letters: Vec<u16> =
            letters.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Some((String::from_utf16_lossy(&letters), end))
    }
}

fn styles(part: &[u8]) -> Styles {
    let mut styles = Styles::default();
    let mut of_cells = false;
    for record in Records(part) {
        match record.kind {
            43 => styles.fonts.push(record.byte(2) & 8 != 0),
            44 => {
                if let (Some(index), Some((code, _))) = (record.word(0), record.text(2)) {
                    styles.formats.insert(index, code);
                }
            }
            617 => of_cells = true,
            618 => of_cells = false,
            47 if of_cells => {
                let style = (record.word(4).unwrap_or(0), record.word(2).unwrap_or(0));
                styles.cells.push(style);
            }
            _ => {}
        }
    }
    styles
}

fn sheet(part: &[u8], styles: &Styles) -> Beside {
    let mut own = Beside::default();
    let mut row = 0;
    for record in Records(part) {
        match record.kind {
            0 => {
                row = record.long(0).unwrap_or(u32::MAX);
                if record.byte(11) & 0x10 != 0 && row <= LAST.row {
                    own.facts.hidden_rows.push((row, row));
                }
            }
            60 if record.byte(16) & 1 != 0 => {
                if let (Some(from), Some(to)) = (record.long(0), record.long(4)) {
                    own.facts.hidden_columns.push((from, to.min(LAST.column)));
                }
            }
            2..=11 | 62 => {
                let Some(column) = record.long(0).filter(|own| *own <= LAST.column) else {
                    continue;
                };
                if row > LAST.row {
                    continue;
                }
                let cell = Cell { row, column };
                let style = record.long(4).map(|own| own & 0x00FF_FFFF);
                let is_number = matches!(record.kind, 2 | 5 | 9);
                own.numbers.extend(matches!(record.kind, 2 | 5).then_some(cell));
                own.facts.formulas.extend((8..=11).contains(&record.kind).then_some(cell));
                styles.shown(cell, style, is_number, &mut own);
            }
            535 => own.facts.protected |= record.word(2) == Some(1),
            _ => {}
        }
    }
    own
}

/// Comments by their cells.
fn said(part: &[u8]) -> Vec<(Cell, Box<str>)> {
    let mut comments: Vec<(Cell, Box<str>)> = Vec::new();
    for record in Records(part) {
        match (record.kind, record.long(4), record.long(12)) {
            (635, Some(row), Some(column)) if row <= LAST.row && column <= LAST.column => {
                comments.push((Cell { row, column }, Box::default()));
            }
            (637, ..) => {
                if let (Some((_, said)), Some((text, _))) = (comments.last_mut(), record.text(1)) {
                    *said = text.trim().into();
                }
            }
            _ => {}
        }
    }
    comments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let low = u8::try_from(kind & 0x7F).unwrap();
        let kind = match kind >> 7 {
            0 => vec![low],
            high => vec![low | 0x80, u8::try_from(high).unwrap()],
        };
        [&kind[..], &[u8::try_from(data.len()).unwrap()], data].concat()
    }

    fn text(words: &str) -> Vec<u8> {
        let letters = words.encode_utf16().flat_map(u16::to_le_bytes);
        let length = u32::try_from(words.encode_utf16().count()).unwrap();
        length.to_le_bytes().into_iter().chain(letters).collect()
    }

    #[test]
    fn what_is_shown_beside_the_values_is_seen() {
        let style = |font: u8, format: u8| record(47, &[0, 0, format, 0, font, 0]);
        let book = [
            record(43, &[0; 4]),
            record(43, &[0, 0, 8, 0]),
            record(44, &[&[164, 0][..], &text("#,##0,")].concat()),
            style(1, 9),
            record(617, &[]),
            style(0, 0),
            style(1, 9),
            style(0, 164),
            record(618, &[]),
        ];
        let styles = styles(&book.concat());
        let row = |row: u8, flags: u8| record(0, &[row, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, flags, 0]);
        let number = |kind: u16, column: u8, style: u8| {
            record(kind, &[&[column, 0, 0, 0, style, 0, 0, 0][..], &[0; 8]].concat())
        };
        let column = [&[2, 0, 0, 0, 3, 0, 0, 0][..], &[0; 8], &[1, 0]].concat();
        let part = [
            record(60, &column),
            row(7, 0),
            number(5, 0, 0),
            number(2, 1, 1),
            row(8, 0x10),
            number(9, 1, 2),
            record(535, &[0, 0, 1, 0, 0, 0]),
        ];
        let part = part.concat();
        let own = sheet(&part, &styles);
        let cell = |row, column| Cell { row, column };
        assert_eq!(own.facts.hidden_columns, [(2, 3)]);
        assert_eq!(own.facts.hidden_rows, [(8, 8)]);
        assert_eq!((&*own.facts.struck_out, &*own.percent), (&[cell(7, 1)][..], &[cell(7, 1)][..]));
        assert_eq!(
            (&*own.facts.scaled, &*own.facts.formulas),
            (&[cell(8, 1)][..], &[cell(8, 1)][..])
        );
        assert_eq!(own.numbers, [cell(7, 0), cell(7, 1)]);
        assert!(own.facts.protected);
        for end in 0..part.len() {
            sheet(&part[..end], &styles);
        }
    }

    #[test]
    fn comments_are_told_with_their_cells() {
        let at = [[0_u32, 11, 11, 2, 2].map(u32::to_le_bytes).concat(), vec![0; 16]].concat();
        let words = [&[0][..], &text(" this is Q3 only\n")].concat();
        let part = [record(635, &at), record(637, &words)].concat();
        assert_eq!(said(&part), [(Cell { row: 11, column: 2 }, "this is Q3 only".into())]);
    }
}
