//! Where a value came from, or what a finding is about.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

/// Sorts as a person reads: by file, the file as a whole first, then its sheets, then cells row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path inside the programme folder, with forward slashes; `None` for what no file holds.
    pub file: Option<Arc<str>>,
    /// The sheet as its tab names it.
    pub sheet: Option<Arc<str>>,
    pub cell: Option<Cell>,
}

/// A cell of a sheet. Row and column count from 0, and print as Excel has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    pub row: u32,
    pub column: u32,
}

impl Place {
    pub fn file(file: &Arc<str>) -> Place {
        Place { file: Some(Arc::clone(file)), ..Place::default() }
    }

    pub fn sheet(file: &Arc<str>, sheet: &Arc<str>) -> Place {
        Place { sheet: Some(Arc::clone(sheet)), ..Place::file(file) }
    }

    pub fn cell(file: &Arc<str>, sheet: &Arc<str>, cell: Cell) -> Place {
        Place { cell: Some(cell), ..Place::sheet(file, sheet) }
    }

    /// The place without its file: `Revenue!D12`, `Revenue`, or nothing.
    pub fn within(&self) -> String {
        match (&self.sheet, self.cell) {
            (Some(sheet), Some(cell)) => format!("{sheet}!{cell}"),
            (Some(sheet), None) => sheet.to_string(),
            (None, _) => String::new(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let within = self.within();
        match &self.file {
            Some(file) if within.is_empty() => f.write_str(file),
            Some(file) => write!(f, "{file} {within}"),
            None => f.write_str(&within),
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Ok(column @ 0..26) = u8::try_from(self.column) {
            return write!(f, "{}{}", char::from(b'A' + column), self.row + 1);
        }
        write!(f, "{}{}", letters(self.column), self.row + 1)
    }
}

/// The last row and column that a workbook of today can have, counted from 0.
pub const LAST: Cell = Cell { row: 1_048_575, column: 16_383 };

/// Reads `$D$12` or `D12`; `None` beyond the edge of a sheet, and for whole rows and columns.
pub fn cell(text: &str) -> Option<Cell> {
    let text = text.strip_prefix('$').unwrap_or(text);
    let digits = text.find(|letter: char| !letter.is_ascii_alphabetic())?;
    let (letters, row) = text.split_at(digits);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters
        .bytes()
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = row.strip_prefix('$').unwrap_or(row);
    if row.len() > 7 || !row.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let row: u32 = row.parse().ok()?;
    let cell = Cell { row: row.checked_sub(1)?, column: column - 1 };
    (cell.row <= LAST.row && cell.column <= LAST.column).then_some(cell)
}

/// The name of a column: A, Z, AA.
pub fn letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        rest => letters(rest - 1) + &last.to_string(),
    }
}

/// Cells of a sheet as Excel names several: "F2:F40,F52". Those that follow each other down a column are put together.
pub fn areas(cells: impl IntoIterator<Item = Cell>) -> String {
    let mut areas: Vec<(Cell, Cell)> = vec![];
    for cell in cells {
        match areas.last_mut() {
            Some((_, last)) if last.column == cell.column && last.row + 1 == cell.row => {
                *last = cell;
            }
            _ => areas.push((cell, cell)),
        }
    }
    let mut named = String::new();
    for (from, to) in areas {
        if !named.is_empty() {
            named.push(',');
        }
        named += &from.to_string();
        if from != to {
            named += &format!(":{to}");
        }
    }
    named
}

/// Cells as Excel names them, neighbours taken together: "B7:E9".
pub fn ranges(cells: BTreeSet<Cell>) -> Vec<String> {
    let mut ranges: Vec<(Cell, Cell)> = vec![];
    for cell in cells {
        let beside =
            |(_, to): &&mut (Cell, Cell)| to.row == cell.row && to.column + 1 == cell.column;
        match ranges.last_mut().filter(beside) {
            Some((_, to)) => *to = cell,
            None => ranges.push((cell, cell)),
        }
    }
    let mut blocks: Vec<(Cell, Cell)> = vec![];
    let mut lowest: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (from, to) in ranges {
        let across = (from.column, to.column);
        let above = lowest.get(&across).filter(|block| blocks[**block].1.row + 1 == from.row);
        match above {
            Some(block) => blocks[*block].1 = to,
            None => {
                lowest.insert(across, blocks.len());
                blocks.push((from, to));
            }
        }
    }
    let name = |(from, to): (Cell, Cell)| match from == to {
        true => from.to_string(),
        false => format!("{from}:{to}"),
    };
    blocks.into_iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::Cell;
    use super::ranges;

    #[test]
    fn cells_in_a_column_are_put_together() {
        let cells = [(1, 5), (2, 5), (3, 5), (9, 5), (10, 6)];
        let cells = cells.map(|(row, column)| Cell { row, column });
        assert_eq!(super::areas(cells), "F2:F4,F10,G11");
        assert_eq!(super::areas([]), "");
    }

    #[test]
    fn columns_are_named_as_in_excel() {
        assert_eq!([0, 25, 26, 701, 702].map(super::letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn neighbouring_cells_are_named_together() {
        let cell = |row, column| Cell { row, column };
        let all =
            [cell(6, 1), cell(6, 2), cell(7, 1), cell(7, 2), cell(7, 4), cell(8, 4), cell(10, 0)];
        assert_eq!(ranges(all.into_iter().collect()), ["B7:C8", "E8:E9", "A11"]);
    }
}
