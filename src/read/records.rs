//! What a workbook of Excel 5 to 2003 shows beside the values of its cells: what is hidden or struck out, where
//! comments stand, percentages, amounts shown in thousands, formulas, and whether a sheet is protected.

use std::collections::BTreeMap;

use super::{
    grid::{Beside, LAST},
    xlsx::{is_percent, is_scaled},
};
use crate::place::Cell;

/// Looks through the records of a workbook. By the names of its sheets.
pub(super) fn sheets(records: &[u8]) -> BTreeMap<String, Beside> {
    let mut look = Look { wide: true, ..Look::default() };
    let mut at = 0;
    let mut own: Option<(String, Beside)> = None;
    // A chart on a sheet has a beginning and an end of its own.
    let mut depth = 0_usize;
    while let Some(record) = Record::at(records, at) {
        match record.kind {
            0x0809 => {
                if depth == 0 {
                    look.wide = record.word(0) == Some(0x0600);
                    let name = look.named.iter().find(|(start, _)| *start == at);
                    own = name.map(|(_, name)| (name.clone(), Beside::default()));
                }
                depth += 1;
            }
            0x000A => {
                depth = depth.saturating_sub(1);
                if let Some((name, mut beside)) = own.take_if(|_| depth == 0) {
                    beside.sort();
                    look.sheets.insert(name, beside);
                }
            }
            _ if depth > 1 => {}
            _ => match &mut own {
                Some((_, beside)) => look.styles.tell(&record, beside),
                None => look.define(&record),
            },
        }
        at += 4 + record.data.len();
    }
    look.sheets
}

/// How many other files a workbook is linked to, and whether it holds macros.
pub(super) fn outside(records: &[u8]) -> (usize, bool) {
    let (mut at, mut links, mut macros) = (0, 0, false);
    while let Some(record) = Record::at(records, at) {
        match record.kind {
            // Books that its formulas name: itself and what was added to Excel are no others.
            0x01AE => links += usize::from(!matches!(record.word(2), Some(0x0401 | 0x3A01))),
            0x00D3 => macros = true,
            // A sheet of macros, as before Excel 97.
            0x0085 => macros |= record.byte(5) == Some(1),
            _ => {}
        }
        at += 4 + record.data.len();
    }
    (links, macros)
}

struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

impl<'a> Record<'a> {
    fn at(records: &'a [u8], at: usize) -> Option<Record<'a>> {
        let head = records.get(at..at.checked_add(4)?)?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        Some(Record { kind, data: records.get(at + 4..at + 4 + length)? })
    }

    fn word(&self, at: usize) -> Option<u16> {
        let word = self.data.get(at..at + 2)?;
        Some(u16::from_le_bytes([word[0], word[1]]))
    }

    fn byte(&self, at: usize) -> Option<usize> {
        self.data.get(at).map(|byte| usize::from(*byte))
    }

    fn cell(&self) -> Option<Cell> {
        Some(Cell { row: u32::from(self.word(0)?), column: u32::from(self.word(2)?) })
    }
}

#[derive(Default)]
struct Look {
    /// Whether texts are as since Excel 97.
    wide: bool,
    /// Where each sheet begins, and its name.
    named: Vec<(usize, String)>,
    styles: Styles,
    sheets: BTreeMap<String, Beside>,
}

#[derive(Default)]
pub(super) struct Styles {
    /// Whether each font strikes out.
    pub(super) fonts: Vec<bool>,
    pub(super) formats: BTreeMap<u16, String>,
    /// The font and the number format of each style of cells.
    pub(super) cells: Vec<(u16, u16)>,
}

impl Look {
    /// Takes what holds for the whole workbook.
    fn define(&mut self, record: &Record<'_>) {
        match record.kind {
            0x0031 => {
                // There is no font with the number 4.
                if self.styles.fonts.len() == 4 {
                    self.styles.fonts.push(false);
                }
                self.styles.fonts.push(record.word(2).is_some_and(|bits| bits & 8 != 0));
            }
            0x041E => {
                if let Some(index) = record.word(0) {
                    let format = match self.wide {
                        true => text(record.data.get(4..), record.word(2).map(usize::from), true),
                        false => text(record.data.get(3..), record.byte(2), false),
                    };
                    self.styles.formats.insert(index, format);
                }
            }
            0x00E0 => {
                let style = (record.word(0).unwrap_or(0), record.word(2).unwrap_or(0));
                self.styles.cells.push(style);
            }
            0x0085 => {
                if let (Some(low), Some(high)) = (record.word(0), record.word(2)) {
                    let start = usize::from(high) << 16 | usize::from(low);
                    let name = text(record.data.get(7..), record.byte(6), self.wide);
                    self.named.push((start, name));
                }
            }
            _ => {}
        }
    }
}

impl Styles {
    /// Takes what a record says of a sheet.
    fn tell(&self, record: &Record<'_>, own: &mut Beside) {
        let word = |at: usize| record.word(at);
        match record.kind {
            0x0012 => own.facts.protected |= word(0) == Some(1),
            0x007D => {
                if let (Some(from), Some(to), Some(bits)) = (word(0), word(2), word(8))
                    && bits & 1 != 0
                {
                    let to = u32::from(to).min(LAST.column);
                    own.facts.hidden_columns.push((u32::from(from), to));
                }
            }
            0x0208 => {
                if let (Some(row), Some(bits)) = (word(0), word(12))
                    && bits & 0x20 != 0
                {
                    own.facts.hidden_rows.push((u32::from(row), u32::from(row)));
                }
            }
            0x001C => {
                own.facts.comments.extend(record.cell().map(|cell| (cell, Box::from(""))));
            }
            // Many numbers in a row.
            0x00BD => {
                let Some(first) = record.cell() else { return };
                for (column, at) in
                    (first.column..).zip((4..record.data.len().saturating_sub(5)).step_by(6))
                {
                    own.numbers.push(Cell { column, ..first });
                    self.shown(Cell { column, ..first }, word(at).map(u32::from), true, own);
                }
            }
            0x0003 | 0x0203 | 0x027E | 0x0006 | 0x0206 | 0x0406 | 0x0004 | 0x0204 | 0x00FD
            | 0x00D6 | 0x0205 => {
                let Some(cell) = record.cell() else { return };
                let is_formula = matches!(record.kind, 0x0006 | 0x0206 | 0x0406);
                let is_typed = matches!(record.kind, 0x0203 | 0x027E);
                let is_number = is_formula || is_typed || record.kind == 0x0003;
                own.numbers.extend(is_typed.then_some(cell));
                own.facts.formulas.extend(is_formula.then_some(cell));
                self.shown(cell, word(4).map(u32::from), is_number, own);
            }
            _ => {}
        }
    }

    /// Notes how a filled cell is shown.
    pub(super) fn shown(&self, cell: Cell, style: Option<u32>, is_number: bool, own: &mut Beside) {
        let Some((font, format)) = style.and_then(|own| self.cells.get(own as usize)) else {
            return;
        };
        let strikes = self.fonts.get(usize::from(*font)).is_some_and(|own| *own);
        own.facts.struck_out.extend(strikes.then_some(cell));
        if is_number {
            let code = self.formats.get(format).map_or("", String::as_str);
            own.percent.extend((matches!(format, 9 | 10) || is_percent(code)).then_some(cell));
            own.facts.scaled.extend(is_scaled(code).then_some(cell));
        }
    }
}

/// A text of so many letters; since Excel 97 a mark tells how wide each is.
fn text(data: Option<&[u8]>, length: Option<usize>, marked: bool) -> String {
    let (Some(data), Some(length)) = (data, length) else { return String::new() };
    let (mark, letters) = match data.split_first() {
        Some((mark, letters)) if marked => (*mark, letters),
        _ => (0, data),
    };
    if mark & 1 == 0 {
        return letters.iter().take(length).map(|letter| char::from(*letter)).collect();
    }
    let pairs = letters.chunks_exact(2).take(length);
    let units: Vec<u16> = pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn what_is_shown_beside_the_values_is_seen() {
        let plain = record(0x0031, &[0; 14]);
        let mut strikes = [0; 14];
        strikes[2] = 8;
        let style =
            |font: u8, format: u8| record(0x00E0, &[&[font, 0, format, 0][..], &[0; 16]].concat());
        let scaled = [&[164, 0, 6, 0, 0][..], b"#,##0,"].concat();
        let head = [
            record(0x0809, &[0, 6, 5, 0]),
            plain,
            record(0x0031, &strikes),
            record(0x041E, &scaled),
            style(0, 0),
            style(1, 9),
            style(0, 164),
        ]
        .concat();
        // The sheet begins after this record of 15 bytes and the end of the first part.
        let start = u32::try_from(head.len() + 15 + 4).unwrap();
        let sheet = record(0x0085, &[&start.to_le_bytes()[..], &[0, 0, 3, 0], b"HR!"].concat());
        let number = |column: u8, style: u8| {
            record(0x0203, &[&[7, 0, column, 0, style, 0][..], &[0; 8]].concat())
        };
        let many = [&[8, 0, 1, 0][..], &[2, 0, 0, 0, 0, 0], &[0; 6], &[2, 0]].concat();
        let cells = [
            record(0x0809, &[0, 6, 16, 0]),
            record(0x0012, &[1, 0]),
            record(0x007D, &[2, 0, 3, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
            record(0x0208, &[9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]),
            number(0, 0),
            number(1, 1),
            record(0x00BD, &many),
            record(0x0809, &[0, 6, 32, 0]),
            number(5, 1),
            record(0x000A, &[]),
            record(0x001C, &[7, 0, 0, 0, 0, 0, 0, 0]),
            record(0x000A, &[]),
        ]
        .concat();
        let book = [head, sheet, record(0x000A, &[]), cells].concat();
        let sheets = sheets(&book);
        let own = &sheets["HR!"];
        let cell = |row, column| Cell { row, column };
        assert_eq!(
            (&*own.facts.hidden_columns, &*own.facts.hidden_rows),
            (&[(2, 3)][..], &[(9, 9)][..])
        );
        assert_eq!((&*own.facts.struck_out, &*own.percent), (&[cell(7, 1)][..], &[cell(7, 1)][..]));
        assert_eq!(own.facts.scaled, [cell(8, 1)]);
        assert_eq!(own.facts.comments, [(cell(7, 0), "".into())]);
        assert!(own.facts.protected);
        assert_eq!(own.numbers, [cell(7, 0), cell(7, 1), cell(8, 1), cell(8, 2)]);
        for end in 0..book.len() {
            super::sheets(&book[..end]);
        }
    }

    #[test]
    fn other_books_and_macros_are_seen() {
        let book = |name: &[u8]| record(0x01AE, &[&[1, 0][..], name].concat());
        let own = [book(&[1, 4]), book(&[1, 0x3A]), record(0x0085, &[0, 0, 0, 0, 0, 0, 1, 0, 65])];
        assert_eq!(outside(&own.concat()), (0, false));
        let other = book(b"\x0c\0\0budget.xls");
        let sheet = record(0x0085, &[0, 0, 0, 0, 0, 1, 1, 0, 65]);
        assert_eq!(outside(&[other, sheet].concat()), (1, true));
        assert_eq!(outside(&record(0x00D3, &[])), (0, true));
    }
}
