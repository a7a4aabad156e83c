//! Excel workbooks since 2007, cell by cell: no file can make us hold more than the cells it fills.

use std::{collections::BTreeSet, io::Cursor, sync::Arc};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{
    content,
    grid::{Area, Content, Epoch, Grid, LAST, Tab},
    package::{self, Package},
    preflight::{self, FAULTS},
    scan,
};
use crate::{place::Cell, programme::Limits, read::fold};

/// Reads a workbook. A sheet that cannot be read is left out.
///
/// # Errors
/// Why it cannot be opened, as half a sentence.
pub(super) fn grid(bytes: &[u8], limits: &Limits) -> Result<Grid, String> {
    preflight::zipped(bytes, limits)?;
    let mut workbook: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| match error {
            XlsxError::Password => "it is protected by a password".to_owned(),
            _ => "it is damaged".to_owned(),
        })?;
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| "it is damaged".to_owned())?;
    let package = package::read(&mut archive);
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && !super::is_ours(&sheet.name))
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let mut grid = Grid {
        epoch: if workbook.has_1904_epoch() { Epoch::From1904 } else { Epoch::From1900 },
        ..Grid::default()
    };
    if let Ok(properties) = workbook.workbook_properties() {
        grid.properties = properties.custom_properties.into_iter().collect();
    }
    for (name, shown) in sheets {
        if let Some(tab) = tab(&mut workbook, &mut archive, &package, &name, shown, limits)? {
            grid.tabs.push(tab);
        }
    }
    let tabs: Vec<Arc<str>> = grid.tabs.iter().map(|tab| Arc::clone(&tab.name)).collect();
    for (name, text) in package.names {
        if let Some(area) = Area::parse(&text, &tabs) {
            grid.names.insert(fold::value(&name), area);
        }
    }
    Ok(grid)
}

/// Reads a sheet; `None` when nothing of it can be read.
fn tab(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    archive: &mut package::Archive<'_>,
    package: &Package,
    name: &str,
    shown: bool,
    limits: &Limits,
) -> Result<Option<Tab>, String> {
    let epoch = if workbook.has_1904_epoch() { Epoch::From1904 } else { Epoch::From1900 };
    let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { return Ok(None) };
    let percent: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|own| is_percent(&own.format_code)))
        .collect();
    let mut texts = Texts::default();
    let mut cells = Vec::new();
    let mut faults = 0;
    while faults < FAULTS {
        match reader.next_cell_with_style_id() {
            Ok(Some((cell, style))) => {
                let (row, column) = cell.get_position();
                let percent = percent.get(style).copied().unwrap_or(false);
                let content = match cell.get_value() {
                    DataRef::SharedString(text) => texts.content(text),
                    DataRef::String(text) => texts.content(text),
                    other => content::of(&other.clone().into(), percent, epoch),
                };
                if let Some(content) = content
                    && row <= LAST.row
                    && column <= LAST.column
                {
                    if cells.len() == limits.cells as usize {
                        return Err(preflight::too_many_cells(name, limits));
                    }
                    cells.push((Cell { row, column }, content));
                }
            }
            Ok(None) => break,
            Err(_) => faults += 1,
        }
    }
    drop(reader);
    // Half a sheet would pass for a sheet with blanks.
    let part = package.parts.get(name).and_then(|part| package::bytes(archive, part));
    let Some(part) = part.filter(|_| faults < FAULTS) else { return Ok(None) };
    Ok(Some(with_unseen(Tab::new(Arc::from(name), shown, cells), &part, faults > 0)))
}

/// Adds what the streaming reader does not tell: formulas without a value, errors it does not know, and where
/// it stumbled, the cells that it lost.
fn with_unseen(tab: Tab, part: &[u8], stumbled: bool) -> Tab {
    let mut unseen = Vec::new();
    scan::cells(part, |cell, seen| {
        let content = if seen.is_uncalculated() {
            Content::NotCalculated
        } else if stumbled && seen.kind == b"e" {
            Content::Error(Arc::from(String::from_utf8_lossy(seen.value).trim()))
        } else if stumbled && !seen.value.is_empty() {
            Content::Error(Arc::from("something we cannot read"))
        } else {
            return;
        };
        if tab.get(cell).is_none() {
            unseen.push((cell, content));
        }
    });
    if unseen.is_empty() { tab } else { tab.with(unseen) }
}

/// Whether a number format shows a percentage: a percent sign outside quoted text.
fn is_percent(format: &str) -> bool {
    let first = format.split(';').next().unwrap_or_default();
    let mut quoted = false;
    let mut escaped = false;
    first.chars().any(|letter| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        match letter {
            '"' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            '%' if !quoted => return true,
            _ => {}
        }
        false
    })
}

/// The texts of a sheet, each kept once however many cells hold it.
#[derive(Default)]
struct Texts(BTreeSet<Arc<str>>);

impl Texts {
    fn content(&mut self, text: &str) -> Option<Content> {
        match content::text(text)? {
            Content::Text(text) => Some(Content::Text(match self.0.get(&text) {
                Some(known) => Arc::clone(known),
                None => {
                    self.0.insert(Arc::clone(&text));
                    text
                }
            })),
            other => Some(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_known_by_its_format() {
        assert!(
            ["0%", "0.0%", "0.00\\ %", "#,##0.0%;-0.0%"].map(is_percent).into_iter().all(|is| is)
        );
        assert!(
            ["General", "0.0", "0\"%\"", "0\\%", "0;0%"].map(is_percent).into_iter().all(|is| !is)
        );
    }

    #[test]
    fn a_cell_that_the_reader_stumbled_over_is_not_blank() {
        let tab = Tab::new(Arc::from("Revenue"), true, Vec::new());
        let part =
            br#"<sheetData><row><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1"/></row></sheetData>"#;
        let tab = with_unseen(tab, part, true);
        assert_eq!(
            tab.cells(),
            [(Cell { row: 0, column: 0 }, Content::Error(Arc::from("#SPILL!")))]
        );
    }
}
