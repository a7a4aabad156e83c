//! Workbooks that calamine can only read whole: those of Excel 5 to 2003 (.xls), binary ones (.xlsb) and
//! OpenDocument (.ods). What it does not tell of them we look up by ourselves.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read, Seek},
    sync::Arc,
};

use calamine::{
    Data, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError,
};

use super::{
    binary, compound, content,
    grid::{Area, Beside, Cells, Content, Epoch, Grid, LAST, Tab},
    opendocument,
    parts::Parts,
    preflight, records,
    sniff::Sort,
    styled,
};
use crate::{place::Cell, programme::Limits, read::fold};

/// Reads a workbook. A sheet that cannot be read is left out.
///
/// # Errors
/// Why it cannot be opened, as half a sentence.
pub(super) fn grid(bytes: &[u8], sort: &Sort, limits: &Limits) -> Result<Grid, String> {
    let damaged = || "it is damaged".to_owned();
    let locked = || "it is protected by a password".to_owned();
    let from = Cursor::new(bytes);
    match sort {
        Sort::Xls => {
            let records = compound::check(bytes, limits)?;
            let (beside, (links, macros)) = (records::sheets(&records), records::outside(&records));
            drop(records);
            let mut book = Xls::new(from).map_err(|error| match error {
                XlsError::Password => locked(),
                _ => damaged(),
            })?;
            let epoch = epoch(book.has_1904_epoch());
            let properties = book.workbook_properties().ok();
            let tab = |book: &mut Xls<_>, name: &str| whole(book, name, epoch, beside.get(name));
            let mut grid = read(&mut book, epoch, properties, limits, tab)?;
            grid.put(beside);
            Ok(Grid { links, macros, ..grid })
        }
        Sort::Xlsb => {
            let mut parts = Parts::of(bytes, limits)?;
            let (links, macros) =
                (parts.count("xl/externalLinks/"), parts.count("xl/vbaProject.bin") > 0);
            let beside = binary::sheets(&mut parts);
            drop(parts);
            let mut book = Xlsb::new(from).map_err(|error| match error {
                XlsbError::Password => locked(),
                _ => damaged(),
            })?;
            let epoch = epoch(book.has_1904_epoch());
            let properties = book.workbook_properties().ok();
            let tab = |book: &mut Xlsb<_>, name: &str| {
                one_by_one(book, name, epoch, beside.get(name), limits)
            };
            let mut grid = read(&mut book, epoch, properties, limits, tab)?;
            grid.put(beside);
            Ok(Grid { links, macros, ..grid })
        }
        _ => {
            let mut parts = Parts::of(bytes, limits)?;
            opendocument::check(&mut parts, limits)?;
            let mut book = Ods::new(from).map_err(|error| match error {
                OdsError::Password => locked(),
                _ => damaged(),
            })?;
            let properties = book.workbook_properties().ok();
            let epoch = Epoch::From1900;
            let (beside, links) = styled::sheets(&mut parts);
            let macros = parts.count("Basic/") + parts.count("Scripts/") > 0;
            drop(parts);
            let tab = |book: &mut Ods<_>, name: &str| whole(book, name, epoch, beside.get(name));
            let mut grid = read(&mut book, epoch, properties, limits, tab)?;
            grid.put(beside);
            Ok(Grid { links, macros, ..grid })
        }
    }
}

fn epoch(is_1904: bool) -> Epoch {
    if is_1904 { Epoch::From1904 } else { Epoch::From1900 }
}

fn read<B: Reader<R>, R: Read + Seek>(
    book: &mut B,
    epoch: Epoch,
    properties: Option<calamine::WorkbookProperties>,
    limits: &Limits,
    cells: impl Fn(&mut B, &str) -> Option<Cells>,
) -> Result<Grid, String> {
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
        let Some(cells) = cells(book, &name) else { continue };
        if cells.len() > limits.cells as usize {
            return Err(preflight::too_many_cells(&name, limits));
        }
        grid.tabs.push(Tab::new(Arc::from(&*name), shown, cells));
    }
    let tabs: Vec<Arc<str>> = grid.tabs.iter().map(|tab| Arc::clone(&tab.name)).collect();
    for (name, text) in book.defined_names() {
        if let Some(area) = Area::parse(text, &tabs) {
            grid.names.entry(fold::value(name)).or_insert(area);
        }
    }
    Ok(grid)
}

/// The cells of a sheet that can only be read whole; `None` when it cannot be read.
fn whole<B: Reader<R>, R: Read + Seek>(
    book: &mut B,
    name: &str,
    epoch: Epoch,
    beside: Option<&Beside>,
) -> Option<Cells> {
    let values = book.worksheet_range(name).ok()?;
    let filled = used(&values).filter_map(|(cell, data)| {
        Some((cell, content::of(data, is_percent(beside, cell), epoch)?))
    });
    let mut cells: Cells = filled.collect();
    if let Ok(formulas) = book.worksheet_formula(name) {
        let empty = used(&formulas).filter(|(cell, formula)| {
            let value = values.get_value((cell.row, cell.column));
            !formula.is_empty() && matches!(value, None | Some(Data::Empty))
        });
        empty.for_each(|(cell, _)| cells.push(cell, Content::NotCalculated));
    }
    lost(beside, &mut cells);
    Some(cells)
}

/// The cells of a sheet of a binary workbook, one after the other; `None` when they cannot be read to the end. Its
/// formulas always have a value.
fn one_by_one<R: Read + Seek>(
    book: &mut Xlsb<R>,
    name: &str,
    epoch: Epoch,
    beside: Option<&Beside>,
    limits: &Limits,
) -> Option<Cells> {
    let mut reader = book.worksheet_cells_reader(name).ok()?;
    let mut cells = Cells::default();
    while let Some(cell) = reader.next_cell().ok()? {
        let (row, column) = cell.get_position();
        let percent = is_percent(beside, Cell { row, column });
        let content = content::of(&cell.get_value().clone().into(), percent, epoch);
        if let Some(content) = content
            && row <= LAST.row
            && column <= LAST.column
            && cells.len() <= limits.cells as usize
        {
            cells.push(Cell { row, column }, content);
        }
    }
    lost(beside, &mut cells);
    Some(cells)
}

/// Puts in the numbers that stand on the sheet and were not told of: no such cell may pass for a blank.
fn lost(beside: Option<&Beside>, cells: &mut Cells) {
    let told: BTreeSet<Cell> = cells.places().collect();
    let numbers = beside.map_or(&[][..], |own| &own.numbers).iter();
    for cell in numbers.filter(|cell| !told.contains(cell)) {
        cells.push(*cell, Content::Error(Arc::from("something we cannot read")));
    }
}

/// Whether a cell is shown as a percentage.
fn is_percent(beside: Option<&Beside>, cell: Cell) -> bool {
    beside.is_some_and(|own| own.percent.binary_search(&cell).is_ok())
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
