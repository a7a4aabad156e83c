//! Excel workbooks since 2007, cell by cell: no file can make us hold more than the cells it fills.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
    sync::Arc,
};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::{
    comments, content,
    grid::{Area, Cells, Content, Epoch, Facts, Grid, LAST, Tab},
    lean,
    package::{self, Package},
    parts::Parts,
    preflight::{self, FAULTS},
    scan,
};
use crate::{place::Cell, programme::Limits, read::fold};

/// The part that holds the custom properties of the document.
const PROPERTIES: &str = "docProps/custom.xml";

/// Reads a workbook. A sheet that cannot be read is left out.
///
/// # Errors
/// Why it cannot be opened, as half a sentence.
pub(super) fn grid(bytes: &[u8], limits: &Limits) -> Result<Grid, String> {
    sheets(&mut Parts::of(bytes, limits)?, bytes, limits, |name| !super::is_ours(name))
}

/// Reads every sheet of a workbook, those of ours that ask nothing too, and counts what is laid on its sheets: text
/// boxes, pictures, charts.
///
/// # Errors
/// Why it cannot be opened, as half a sentence.
pub(super) fn whole(bytes: &[u8], limits: &Limits) -> Result<(Grid, usize), String> {
    let mut parts = Parts::of(bytes, limits)?;
    let laid_on = parts.count("xl/drawings/") + parts.count("xl/media/");
    Ok((sheets(&mut parts, bytes, limits, |_| true)?, laid_on))
}

fn sheets(
    parts: &mut Parts<'_>,
    bytes: &[u8],
    limits: &Limits,
    wanted: fn(&str) -> bool,
) -> Result<Grid, String> {
    let package = package::read(parts);
    let asked = package.sheets.iter().filter(|(name, _)| wanted(name));
    let asked = asked.map(|(_, part)| part).chain(&package.vital);
    let asked = asked.map(String::as_str).chain([PROPERTIES]);
    let sheets: BTreeSet<&str> = package.sheets.values().map(String::as_str).collect();
    let stored = parts.stored(asked, |name, part| match &package.names_in {
        // The names are read already.
        Some((own, stretch)) if own == name => lean::without(part, stretch),
        _ if sheets.contains(name) => lean::sheet(part),
        _ => Cow::Borrowed(part),
    });
    let from = Cursor::new(stored.as_deref().unwrap_or(bytes));
    let mut workbook: Xlsx<_> =
        calamine::open_workbook_from_rs(from).map_err(|error| match error {
            XlsxError::Password => "it is protected by a password".to_owned(),
            _ => "it is damaged".to_owned(),
        })?;
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && wanted(&sheet.name))
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let mut grid = Grid {
        epoch: if workbook.has_1904_epoch() { Epoch::From1904 } else { Epoch::From1900 },
        links: parts.count("xl/externalLinks/"),
        macros: parts.count("xl/vbaProject.bin") > 0,
        ..Grid::default()
    };
    if let Ok(properties) = workbook.workbook_properties() {
        grid.properties = properties.custom_properties.into_iter().collect();
    }
    for (name, shown) in sheets {
        if let Some(tab) = tab(&mut workbook, parts, &package, &name, shown, limits)? {
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
    parts: &mut Parts<'_>,
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
    let scales =
        |style: &Style| style.number_format.as_ref().is_some_and(|own| is_scaled(&own.format_code));
    let scaled: Vec<bool> = reader.styles().iter().map(scales).collect();
    let strikes = |style: &Style| style.font.as_ref().is_some_and(|font| font.strikethrough);
    let struck_out: Vec<bool> = reader.styles().iter().map(strikes).collect();
    let is = |styles: &[bool], style: usize| styles.get(style).copied().unwrap_or(false);
    let mut facts = Facts::default();
    let mut cells = Cells::default();
    // What is made of the texts that the workbook keeps once, by where they lie.
    let mut shared: BTreeMap<usize, Option<Content>> = BTreeMap::new();
    let mut told = 0;
    let mut faults = 0;
    while faults < FAULTS {
        match reader.next_cell_with_style_id() {
            Ok(Some((cell, style))) => {
                let (row, column) = cell.get_position();
                let percent = is(&percent, style);
                told += usize::from(!matches!(cell.get_value(), DataRef::Empty));
                let content = match cell.get_value() {
                    DataRef::SharedString(text) => {
                        let own = shared.entry(text.as_ptr().addr());
                        own.or_insert_with(|| content::text(text)).clone()
                    }
                    DataRef::String(text) => content::text(text),
                    other => content::of(&other.clone().into(), percent, epoch),
                };
                if let Some(content) = content
                    && row <= LAST.row
                    && column <= LAST.column
                {
                    if cells.len() == limits.cells as usize {
                        return Err(preflight::too_many_cells(name, limits));
                    }
                    let cell = Cell { row, column };
                    facts.scaled.extend(is(&scaled, style).then_some(cell));
                    facts.struck_out.extend(is(&struck_out, style).then_some(cell));
                    cells.push(cell, content);
                }
            }
            Ok(None) => break,
            Err(_) => faults += 1,
        }
    }
    drop(reader);
    // Half a sheet would pass for a sheet with blanks.
    let Some(path) = package.sheets.get(name).filter(|_| faults < FAULTS) else { return Ok(None) };
    let tab = Tab::new(Arc::from(name), shown, cells);
    let scan = |tell: Tell<'_>| scan::sheet(parts.open(path)?, tell).ok();
    let Some(mut tab) = with_unseen(tab, scan, told, faults > 0) else { return Ok(None) };
    facts.scaled.sort();
    facts.struck_out.sort();
    if let Some(own) = &mut tab.facts {
        own.scaled = facts.scaled;
        own.struck_out = facts.struck_out;
        own.comments = comments::on(parts, path);
    }
    Ok(Some(tab))
}

type Tell<'a> = &'a mut dyn FnMut(Cell, &scan::Seen);

/// Adds what the streaming reader does not tell: formulas without a value, errors it does not know, and where
/// it stumbled, or told of fewer values than there are, the cells that it lost. `None` when the part cannot be read.
fn with_unseen(
    tab: Tab,
    mut scan: impl FnMut(Tell<'_>) -> Option<Facts>,
    told: usize,
    stumbled: bool,
) -> Option<Tab> {
    let mut unseen = Vec::new();
    let mut values = 0;
    let facts = scan(&mut |cell, seen| {
        values += usize::from(!seen.value.is_empty());
        if seen.is_uncalculated() && tab.get(cell).is_none() {
            unseen.push((cell, Content::NotCalculated));
        }
    })?;
    if stumbled || told < values {
        scan(&mut |cell, seen| {
            if seen.value.is_empty() && seen.kind != b"e" || tab.get(cell).is_some() {
                return;
            }
            let shown = match &*seen.kind {
                b"e" => String::from_utf8_lossy(&seen.value),
                _ => Cow::Borrowed("something we cannot read"),
            };
            unseen.push((cell, Content::Error(Arc::from(shown.trim()))));
        })?;
    }
    let mut tab = if unseen.is_empty() { tab } else { tab.with(unseen) };
    tab.facts = Some(facts);
    Some(tab)
}

/// Whether a number format shows thousands: a comma after the last digit of its first part, outside quoted text.
pub(super) fn is_scaled(format: &str) -> bool {
    let first = format.split(';').next().unwrap_or_default();
    let mut quoted = false;
    let bare = first.chars().filter(|letter| {
        quoted ^= *letter == '"';
        !quoted && *letter != '"'
    });
    let (mut after_digit, mut scaled) = (false, false);
    for letter in bare {
        let is_digit = matches!(letter, '0' | '#' | '?');
        scaled = (scaled && !is_digit) || (after_digit && letter == ',');
        after_digit = is_digit;
    }
    scaled
}

/// Whether a number format shows a percentage: a percent sign outside quoted text.
pub(super) fn is_percent(format: &str) -> bool {
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
    fn thousands_are_known_by_their_format() {
        assert!(
            ["#,##0,", "0.0,", "£#,##0,\"k\"", "#,##0,,"].map(is_scaled).into_iter().all(|is| is)
        );
        assert!(
            ["General", "#,##0", "0.00", "#,##0\",\"", "dd/mm/yyyy", "#,##0;0,"]
                .map(is_scaled)
                .into_iter()
                .all(|is| !is)
        );
    }

    #[test]
    fn values_that_were_not_told_of_are_not_blank() {
        let part =
            br#"<sheetData><row><c r="A1"><v>5</v></c><c r="B1"><v>6</v></c></row></sheetData>"#;
        let five = Content::Number { number: 5.into(), percent: false };
        let tab = Tab::new(
            Arc::from("Revenue"),
            true,
            Cells::from_iter([(Cell { row: 0, column: 0 }, five)]),
        );
        let tab = with_unseen(tab, |tell| scan::sheet(&part[..], tell).ok(), 1, false).unwrap();
        let lost = Content::Error(Arc::from("something we cannot read"));
        assert_eq!(tab.get(Cell { row: 0, column: 1 }), Some(&lost));
    }

    #[test]
    fn a_cell_that_the_reader_stumbled_over_is_not_blank() {
        let tab = Tab::new(Arc::from("Revenue"), true, Cells::default());
        let part =
            br#"<sheetData><row><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1"/></row></sheetData>"#;
        let tab = with_unseen(tab, |tell| scan::sheet(&part[..], tell).ok(), 0, true).unwrap();
        assert_eq!(
            tab.row(0),
            [(Cell { row: 0, column: 0 }, Content::Error(Arc::from("#SPILL!")))]
        );
    }
}
