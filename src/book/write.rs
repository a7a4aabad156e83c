//! Sheets to the bytes of a workbook: print set-up and properties.

use anyhow::{Context, Result};
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet};

use crate::{
    book::{
        layout::{Layout, count},
        paint::{Painter, Tables, column},
        reckon::reckon,
        sheet::{Block, Page, Sheet, Value},
        style,
    },
    chart,
    picture::{Run, Told},
    place,
    programme::Programme,
};

/// Who may read a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Public,
    Internal,
    Exempt,
}

impl Class {
    pub(super) fn word(self) -> &'static str {
        match self {
            Class::Public => "Public",
            Class::Internal => "Internal",
            Class::Exempt => "Exempt",
        }
    }
}

/// A workbook before it is written.
pub(super) struct Book {
    pub(super) title: String,
    pub(super) class: Class,
    pub(super) sheets: Vec<Sheet>,
}

impl Book {
    /// The bytes of the workbook, the same for the same book and run.
    pub(super) fn bytes(mut self, told: &Told<'_>) -> Result<Vec<u8>> {
        reckon(&mut self.sheets);
        let Told { programme, run, .. } = *told;
        let layouts: Vec<Layout> = self.sheets.iter().map(Layout::of).collect();
        let mut tables = Tables::new();
        for (sheet, layout) in self.sheets.iter().zip(&layouts) {
            for (table, row) in &layout.tables {
                tables.insert(*table, (sheet.name, *row));
            }
        }

        let mut workbook = Workbook::new();
        workbook.set_default_format(&style::plain(), 20, 72)?;
        workbook.set_properties(&self.properties(programme, run)?);
        for (name, cell) in names(&self.sheets, &tables) {
            workbook.define_name(name, &format!("={cell}"))?;
        }
        let mut painter = Painter::new(tables);
        for (sheet, layout) in std::mem::take(&mut self.sheets).into_iter().zip(&layouts) {
            let worksheet = workbook.add_worksheet();
            self.set_up(worksheet, &sheet, layout, programme, run)?;
            let name = sheet.name;
            painter
                .sheet(worksheet, sheet, layout)
                .with_context(|| format!("could not write the sheet {name}"))?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn properties(&self, programme: &Programme, run: &Run) -> Result<DocProperties> {
        let made = chart::date(run.as_at)
            .context("the date of the run is one that Excel does not know")?;
        Ok(DocProperties::new()
            .set_title(&self.title)
            .set_author(format!("{} programme office", programme.title))
            .set_creation_datetime(&made)
            .set_custom_property("Classification", self.class.word())
            .set_custom_property("Language", "en-GB")
            .set_custom_property("Marking", programme.marking.as_str())
            .set_custom_property("Run", run.name.as_str()))
    }

    fn set_up(
        &self,
        worksheet: &mut Worksheet,
        sheet: &Sheet,
        layout: &Layout,
        programme: &Programme,
        run: &Run,
    ) -> Result<()> {
        worksheet.set_name(sheet.name)?;
        worksheet.set_screen_gridlines(false).set_paper_size(9);
        worksheet.set_margins(0.5, 0.5, 0.75, 0.7, 0.3, 0.3);
        let across = layout.widths.len().max(1);
        match sheet.page {
            Page::One => worksheet.set_portrait().set_print_fit_to_pages(1, 1),
            Page::Upright => worksheet.set_portrait().set_print_scale(layout.scale),
            Page::Across => worksheet.set_landscape().set_print_scale(layout.scale),
        };
        worksheet.set_page_breaks(&layout.breaks)?;
        for (row, height) in (0..).zip(&layout.heights) {
            if let Some(height) = height {
                worksheet.set_row_height_pixels(row, *height)?;
            }
        }
        let last = layout.rows().saturating_sub(1);
        worksheet.set_print_area(0, 0, last, column(across - 1 + layout.beyond))?;
        let top = match (&*layout.tables, sheet.blocks.as_slice()) {
            ([(_, first)], [Block::Table(_)]) => first - 1,
            _ => 0,
        };
        worksheet.set_freeze_panes(top + 1, u16::from(across > 3))?;
        worksheet.set_repeat_rows(top, top)?;
        worksheet.set_header(format!(
            "&L{} – {}&C{}&RDraft – not approved",
            plain(&programme.marking),
            self.class.word().to_lowercase(),
            plain(&self.title)
        ));
        worksheet.set_footer(format!("&LRun {}&C{}&RPage &P of &N", plain(&run.name), sheet.name));
        for (index, width) in layout.widths.iter().enumerate() {
            let width = u32::try_from(*width).unwrap_or(u32::MAX).min(250);
            worksheet.set_column_width(column(index), f64::from(width))?;
        }
        Ok(())
    }
}

/// The cells that formulas know by a name.
fn names(sheets: &[Sheet], tables: &Tables) -> Vec<(&'static str, String)> {
    let mut names = vec![];
    for block in sheets.iter().flat_map(|sheet| &sheet.blocks) {
        let Block::Table(table) = block else { continue };
        for (row, line) in table.rows.iter().enumerate() {
            for (index, cell) in line.cells.iter().enumerate() {
                let Value::Input(input) = &cell.value else { continue };
                let (Some(name), Some((sheet, first))) = (input.name, tables.get(table.name))
                else {
                    continue;
                };
                let letters = place::letters(u32::from(column(index)));
                let row = first + count(row) + 1;
                names.push((name, format!("'{sheet}'!${letters}${row}")));
            }
        }
    }
    names
}

/// Text for a header or footer, where an ampersand commands and 255 characters are the limit.
fn plain(text: &str) -> String {
    text.chars().take(70).collect::<String>().replace('&', "&&")
}
