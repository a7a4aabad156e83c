//! A workbook as plain cells: what stands between the file formats and the form.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::fold;
pub(super) use super::tab::{Cells, Tab, content};
pub(super) use crate::place::LAST;
use crate::place::{self, Cell};

/// What a workbook holds, whatever its file format.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) tabs: Vec<Tab>,
    /// Defined names of the whole workbook, folded. Those of a single sheet, as a copied sheet has, are left out.
    pub(super) names: BTreeMap<String, Area>,
    /// The custom properties of the document.
    pub(super) properties: BTreeMap<String, String>,
    pub(super) epoch: Epoch,
    /// How many other files it is linked to.
    pub(super) links: usize,
    pub(super) macros: bool,
}

/// The day from which a workbook counts its dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    #[default]
    From1900,
    From1904,
}

/// What is to be seen on a sheet beside what its cells hold. Rows and columns are from the first to the last of each
/// stretch, cells in order.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) struck_out: Vec<Cell>,
    /// Numbers shown in thousands though they are stored in full, as by the format `#,##0,`.
    pub(super) scaled: Vec<Cell>,
    pub(super) formulas: Vec<Cell>,
    /// Cells with a comment, and what it says where the file format tells.
    pub(super) comments: Vec<(Cell, Box<str>)>,
    pub(super) protected: bool,
}

/// What a file format tells of a sheet whose values are read by themselves.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) facts: Facts,
    /// Numbers shown as percentages.
    pub(super) percent: Vec<Cell>,
    /// Cells in which a number was typed.
    pub(super) numbers: Vec<Cell>,
}

impl Beside {
    /// Brings cells into their order.
    pub(super) fn sort(&mut self) {
        let Facts { struck_out, scaled, formulas, comments, .. } = &mut self.facts;
        [struck_out, scaled, formulas, &mut self.percent].into_iter().for_each(|own| own.sort());
        comments.sort();
    }
}

/// A rectangle of cells on the sheet at this place in the order of tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) tab: usize,
    pub(super) from: Cell,
    pub(super) to: Cell,
}

/// What stands in a cell that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Number {
        number: Decimal,
        /// Shown as a percentage: 0.125 as 12.5%.
        percent: bool,
    },
    /// A number shown as a date.
    Date(Date),
    Text(Arc<str>),
    YesNo(bool),
    /// `#REF!` and its like, as the cell shows it.
    Error(Arc<str>),
    /// A formula without a stored value.
    NotCalculated,
}

impl Grid {
    /// Puts what is known of its sheets beside their values.
    pub(super) fn put(&mut self, mut beside: BTreeMap<String, Beside>) {
        for tab in &mut self.tabs {
            tab.facts = beside.remove(&*tab.name).map(|own| own.facts);
        }
    }
}

impl Facts {
    /// Whether nobody who looks at the sheet sees the cell.
    pub(super) fn hides(&self, cell: Cell) -> bool {
        let within = |stretches: &[(u32, u32)], at: u32| {
            stretches.iter().any(|(from, to)| (*from..=*to).contains(&at))
        };
        within(&self.hidden_rows, cell.row) || within(&self.hidden_columns, cell.column)
    }
}

impl Area {
    /// Reads what a defined name refers to: `Revenue!$D$12`, `'Our ICT'!$A$8:$A$37`, and as LibreOffice writes it,
    /// `$Revenue.$D$12`. `None` for anything else: a lost reference, a formula, several areas.
    pub(super) fn parse(text: &str, tabs: &[Arc<str>]) -> Option<Area> {
        let text = text.trim().trim_start_matches('=');
        let (sheet, rest) = split_sheet(text)?;
        let exact = tabs.iter().position(|name| **name == *sheet);
        let tab = exact.or_else(|| tabs.iter().position(|name| fold::same(name, &sheet)))?;
        let (from, to) = match rest.split_once(':') {
            Some((from, to)) => {
                let to = split_sheet(to).map_or(to, |(_, cell)| cell);
                (place::cell(from)?, place::cell(to.trim_start_matches('.'))?)
            }
            None => (place::cell(rest)?, place::cell(rest)?),
        };
        (from <= to && from.column <= to.column).then_some(Area { tab, from, to })
    }
}

/// The sheet of a reference, without its quotes, and what follows it.
fn split_sheet(text: &str) -> Option<(String, &str)> {
    let bare = text.strip_prefix('$').unwrap_or(text);
    if let Some(quoted) = bare.strip_prefix('\'') {
        let mut from = 0;
        let end = loop {
            let quote = from + quoted.get(from..)?.find('\'')?;
            if quoted.get(quote + 1..)?.starts_with('\'') {
                from = quote + 2;
            } else {
                break quote;
            }
        };
        let rest = quoted[end + 1..].strip_prefix(['!', '.'])?;
        return Some((quoted[..end].replace("''", "'"), rest));
    }
    let (sheet, rest) = bare.split_once('!').or_else(|| bare.split_once('.'))?;
    (!sheet.is_empty()).then(|| (sheet.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_defined_name_is_read_however_a_program_writes_it() {
        let tabs: Vec<Arc<str>> =
            ["Revenue", "Our ICT", "Head's.list"].map(Arc::from).into_iter().collect();
        let area = |text| {
            Area::parse(text, &tabs).map(|area| (area.tab, format!("{}:{}", area.from, area.to)))
        };
        let found = |tab: usize, cells: &str| Some((tab, cells.to_owned()));
        assert_eq!(area("Revenue!$D$12"), found(0, "D12:D12"));
        assert_eq!(area("REVENUE!D12"), found(0, "D12:D12"));
        assert_eq!(area("'Our ICT'!$A$8:$A$37"), found(1, "A8:A37"));
        assert_eq!(area("Our ICT!$A$8:$A$37"), found(1, "A8:A37"));
        assert_eq!(area("$Revenue.$D$12"), found(0, "D12:D12"));
        assert_eq!(area("$'Our ICT'.$A$8:$'Our ICT'.$AB$37"), found(1, "A8:AB37"));
        assert_eq!(area("$Revenue.$A$8:.$A$37"), found(0, "A8:A37"));
        assert_eq!(area("'Head''s.list'!$C$3"), found(2, "C3:C3"));
        for lost in [
            "#REF!",
            "Revenue!#REF!",
            "Revenue!$D:$D",
            "Staffing!$A$1",
            "Revenue!$A$1,Revenue!$B$2",
            "Revenue!$ZZZZ$1",
            "Revenue!$A$0",
            "Revenue!$A$99999999999",
            "SUM(Revenue!$A$1)",
            "'Revenue",
            "",
        ] {
            assert_eq!(area(lost), None, "{lost}");
        }
    }
}
