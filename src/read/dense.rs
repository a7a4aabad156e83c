//! Workbooks that calamine can only read whole: those of Excel 5 to 2003 (.xls), binary ones (.xlsb) and
//! OpenDocument (.ods). They tell nothing of number formats but dates.

use std::{
    io::{Cursor, Read, Seek},
    sync::Arc,
};

use calamine::{
    Data, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError,
};

use super::{
    compound, content,
    grid::{Area, Content, Epoch, Grid, LAST, Tab},
    opendocument,
    preflight::{self, LIMITS},
    sniff::Sort,
};
use crate::{place::Cell, read::fold};

/// Reads a workbook. A sheet that cannot be read is left out.
///
/// # Errors
/// Why it cannot be opened, as half a sentence.
pub(super) fn grid(bytes: &[u8], sort: &Sort) -> Result<Grid, String> {
    let damaged = || "it is damaged".to_owned();
    let locked = || "it is protected by a password".to_owned();
    let from = Cursor::new(bytes);
    match sort {
        Sort::Xls => {
            compound::check(bytes)?;
            let mut book = Xls::new(from).map_err(|error| match error {
                XlsError::Password => locked(),
                _ => damaged(),
            })?;
            let epoch = epoch(book.has_1904_epoch());
            let properties = book.workbook_properties().ok();
            read(&mut book, epoch, properties)
        }
        Sort::Xlsb => {
            preflight::zipped(bytes)?;
            let mut book = Xlsb::new(from).map_err(|error| match error {
                XlsbError::Password => locked(),
                _ => damaged(),
            })?;
            let epoch = epoch(book.has_1904_epoch());
            let properties = book.workbook_properties().ok();
            read(&mut book, epoch, properties)
        }
        _ => {
            opendocument::check(bytes)?;
            let mut book = Ods::new(from).map_err(|error| match error {
                OdsError::Password => locked(),
                _ => damaged(),
            })?;
            let properties = book.workbook_properties().ok();
            read(&mut book, Epoch::From1900, properties)
        }
    }
}

fn epoch(is_1904: bool) -> Epoch {
    if is_1904 { Epoch::From1904 } else { Epoch::From1900 }
}

fn read<B, R: Read + Seek>(
    book: &mut B,
    epoch: Epoch,
    properties: Option<calamine::WorkbookProperties>,
) -> Result<Grid, String>
where
    B: Reader<R>,
{
    let mut grid = Grid { epoch, ..Grid::default() };
    if let Some(properties) = properties {
        grid.properties = properties.custom_properties.into_iter().collect();
    }
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && !super::is_ours(&sheet.name))
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    for (name, shown) in sheets {
        let Ok(values) = book.worksheet_range(&name) else { continue };
        let mut cells = Vec::new();
        for (cell, data) in used(&values) {
            if let Some(content) = content::of(data, false, epoch) {
                cells.push((cell, content));
            }
        }
        if cells.len() > LIMITS.cells {
            return Err(format!(
                "it is larger than a form can be (its sheet {name} has more than {} filled cells)",
                LIMITS.cells
            ));
        }
        let tab = Tab::new(Arc::from(&*name), shown, cells);
        let uncalculated: Vec<(Cell, Content)> = book
            .worksheet_formula(&name)
            .map(|formulas| {
                used(&formulas)
                    .filter(|(cell, formula)| !formula.is_empty() && tab.get(*cell).is_none())
                    .filter(|(cell, _)| !holds_empty_text(&values, *cell))
                    .map(|(cell, _)| (cell, Content::NotCalculated))
                    .collect()
            })
            .unwrap_or_default();
        grid.tabs.push(if uncalculated.is_empty() { tab } else { tab.with(uncalculated) });
    }
    let tabs: Vec<Arc<str>> = grid.tabs.iter().map(|tab| Arc::clone(&tab.name)).collect();
    for (name, text) in book.defined_names() {
        if let Some(area) = Area::parse(text, &tabs) {
            grid.names.entry(fold::value(name)).or_insert(area);
        }
    }
    Ok(grid)
}

/// The result of a formula that yields an empty text is a value, if an empty one.
fn holds_empty_text(values: &Range<Data>, cell: Cell) -> bool {
    matches!(values.get_value((cell.row, cell.column)), Some(Data::String(_)))
}

/// The cells of a range with their places on the sheet: a range begins at the first cell in use, not at A1.
fn used<T: calamine::CellType>(range: &Range<T>) -> impl Iterator<Item = (Cell, &T)> {
    let (top, left) = range.start().unwrap_or_default();
    range.used_cells().filter_map(move |(row, column, value)| {
        let row = top.checked_add(u32::try_from(row).ok()?)?;
        let column = left.checked_add(u32::try_from(column).ok()?)?;
        (row <= LAST.row && column <= LAST.column).then_some((Cell { row, column }, value))
    })
}
