//! Sheets to the bytes of a workbook: layout, tables, links, print set-up, properties.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use rust_xlsxwriter::{
    self as xlsx, Chart as Drawing, ChartType, DocProperties, ExcelDateTime, TableColumn,
    TableStyle, Url, Workbook, Worksheet,
};

use crate::{
    book::{
        layout::{self, Layout, count},
        sheet::{Block, Cell, Chart, Formula, Page, Row, Sheet, Table, Value},
        style::{self, Formats, Look, Mark},
    },
    picture::Run,
    place,
    programme::Programme,
};

/// Excel opens no sheet with more links than this; those beyond are plain text.
const LINKS: usize = 65_000;
/// The longest text of a cell that Excel opens.
const LONGEST: usize = 16_000;

/// Who may read a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Public,
    Internal,
}

impl Class {
    pub(super) fn word(self) -> &'static str {
        match self {
            Class::Public => "Public",
            Class::Internal => "Internal",
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
    pub(super) fn bytes(&self, programme: &Programme, run: &Run) -> Result<Vec<u8>> {
        let layouts: Vec<Layout> = self.sheets.iter().map(Layout::of).collect();
        let mut tables = BTreeMap::new();
        for (sheet, layout) in self.sheets.iter().zip(&layouts) {
            for (table, row) in &layout.tables {
                tables.insert(*table, (sheet.name, *row));
            }
        }

        let mut workbook = Workbook::new();
        workbook.set_default_format(&style::plain(), 20, 72)?;
        workbook.set_properties(&self.properties(programme, run)?);
        let mut writer = Writer { formats: Formats::default(), tables };
        for (sheet, layout) in self.sheets.iter().zip(&layouts) {
            let worksheet = workbook.add_worksheet();
            self.set_up(worksheet, sheet, layout, programme, run)?;
            writer
                .sheet(worksheet, sheet, layout)
                .with_context(|| format!("could not write the sheet {}", sheet.name))?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn properties(&self, programme: &Programme, run: &Run) -> Result<DocProperties> {
        let day = run.as_at;
        let made = ExcelDateTime::from_ymd(
            day.year().unsigned_abs(),
            day.month().unsigned_abs(),
            day.day().unsigned_abs(),
        )?;
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
        worksheet.set_print_area(0, 0, last, column(across - 1))?;
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

/// Text for a header or footer, where an ampersand commands and 255 characters are the limit.
fn plain(text: &str) -> String {
    text.chars().take(70).collect::<String>().replace('&', "&&")
}

struct Writer {
    formats: Formats,
    /// The sheet and the first row of each table of the workbook.
    tables: BTreeMap<&'static str, (&'static str, u32)>,
}

impl Writer {
    fn sheet(&mut self, worksheet: &mut Worksheet, sheet: &Sheet, layout: &Layout) -> Result<()> {
        self.line(worksheet, 0, &sheet.title, Look::Title)?;
        for (row, line) in (1..).zip(&layout.lead) {
            self.line(worksheet, row, line, Look::Line)?;
        }
        let mut links = 0;
        for (block, &row) in sheet.blocks.iter().zip(&layout.blocks) {
            match block {
                Block::Table(table) if table.rows.is_empty() => {
                    self.line(worksheet, row, &table.title, Look::Heading)?;
                    self.line(worksheet, row + 1, &table.if_empty, Look::Line)?;
                }
                Block::Table(table) => self.table(worksheet, sheet, table, row, &mut links)?,
                Block::Chart(chart) => self.chart(worksheet, chart, row)?,
            }
        }
        Ok(())
    }

    fn line(&mut self, worksheet: &mut Worksheet, row: u32, text: &str, look: Look) -> Result<()> {
        worksheet.write_string_with_format(
            row,
            0,
            text,
            self.formats.get(look, false, Mark::None),
        )?;
        Ok(())
    }

    fn table(
        &mut self,
        worksheet: &mut Worksheet,
        sheet: &Sheet,
        table: &Table,
        mut row: u32,
        links: &mut usize,
    ) -> Result<()> {
        if !table.title.is_empty() {
            self.line(worksheet, row, &table.title, Look::Heading)?;
            row += 1;
        }
        let columns = table.columns.iter().map(|column| {
            let look = if column.numbers { Look::HeaderOfNumbers } else { Look::Header };
            TableColumn::new().set_header(&column.header).set_header_format(self.formats.get(
                look,
                false,
                Mark::None,
            ))
        });
        let columns: Vec<TableColumn> = columns.collect();
        let title = if table.title.is_empty() { &sheet.title } else { &table.title };
        let marked = xlsx::Table::new()
            .set_name(table.name)
            .set_alt_text_title(title)
            .set_alt_text(format!("{title}. One row of headers, {} rows.", table.rows.len()))
            .set_style(TableStyle::None)
            .set_autofilter(table.filter)
            .set_columns(&columns);
        let last = row + count(table.rows.len());
        worksheet.add_table(row, 0, last, column(table.columns.len() - 1), &marked)?;
        for (index, cells) in (row + 1..).zip(&table.rows) {
            self.row(worksheet, cells, index, row + 1, links)?;
        }
        Ok(())
    }

    fn row(
        &mut self,
        worksheet: &mut Worksheet,
        cells: &Row,
        row: u32,
        first: u32,
        links: &mut usize,
    ) -> Result<()> {
        for (index, cell) in cells.cells.iter().enumerate() {
            let column = column(index);
            let format = self.formats.get(cell.look, cells.strong, cell.mark).clone();
            match &cell.value {
                Value::Text(text) => {
                    worksheet.write_string_with_format(row, column, short(text), &format)?;
                }
                Value::Number(number) => {
                    worksheet.write_number_with_format(row, column, number.for_cell(), &format)?;
                }
                Value::Formula(formula, result) => {
                    let formula = xlsx::Formula::new(formula.text(row, column, first))
                        .set_result(result.for_cell().to_string());
                    worksheet.write_formula_with_format(row, column, formula, &format)?;
                }
                Value::Date(date) => {
                    let day = ExcelDateTime::from_ymd(
                        date.year().unsigned_abs(),
                        date.month().unsigned_abs(),
                        date.day().unsigned_abs(),
                    );
                    match day {
                        Ok(day) => {
                            worksheet.write_datetime_with_format(row, column, &day, &format)?
                        }
                        // Excel knows no day before 1900.
                        Err(_) => worksheet.write_string_with_format(
                            row,
                            column,
                            date.to_string(),
                            &format,
                        )?,
                    };
                }
                Value::Jump { .. } | Value::Outside { .. } => {
                    *links += 1;
                    match self.link(cell).filter(|_| *links <= LINKS) {
                        Some(link) => {
                            let link = link.set_text(short(&cell.shown()));
                            worksheet.write_url_with_format(row, column, link, &format)?;
                        }
                        None => {
                            let format = self.formats.get(Look::Text, cells.strong, Mark::None);
                            let text = short(&cell.shown());
                            worksheet.write_string_with_format(row, column, text, format)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Where a cell leads; `None` where no link can say it.
    fn link(&self, cell: &Cell) -> Option<Url> {
        match &cell.value {
            Value::Jump { table, row, .. } => {
                let (sheet, first) = self.tables.get(table)?;
                Some(Url::new(format!("internal:'{sheet}'!A{}", first + count(*row) + 1)))
            }
            Value::Outside { path, sheet, cell, .. } => {
                // The writer reads these as marks of its own, and Excel takes at most 2,080 characters.
                let odd = path.contains(['#', '%', ':', '\\']) || sheet.contains('%');
                let sheet = sheet.replace('\'', "''");
                let fits = path.len() + sheet.len() < 1_000;
                (!odd && fits).then(|| Url::new(format!("file:///{path}#'{sheet}'!{cell}")))
            }
            _ => None,
        }
    }

    fn chart(&self, worksheet: &mut Worksheet, chart: &Chart, row: u32) -> Result<()> {
        let Some(&(sheet, first)) = self.tables.get(chart.table) else { return Ok(()) };
        let (left, right) = (column(chart.first), column(chart.last));
        let mut drawing = Drawing::new(ChartType::ColumnStacked);
        drawing.title().set_name(&chart.title);
        drawing.set_alt_text(&chart.alt);
        drawing.set_width(layout::CHART.0).set_height(layout::CHART.1);
        drawing.y_axis().set_num_format("\"£\"#,##0");
        for (index, colour) in chart.rows.iter().zip(style::SERIES.iter().cycle()) {
            let row = first + count(*index);
            drawing
                .add_series()
                .set_name((sheet, row, 0))
                .set_categories((sheet, first - 1, left, first - 1, right))
                .set_values((sheet, row, left, row, right))
                .set_format(
                    xlsx::ChartFormat::new()
                        .set_solid_fill(xlsx::ChartSolidFill::new().set_color(*colour))
                        .set_border(xlsx::ChartLine::new().set_color(xlsx::Color::White)),
                );
        }
        // A little below the line at which a page may end.
        worksheet.insert_chart_with_offset(row, 0, &drawing, 0, 4)?;
        Ok(())
    }
}

impl Formula {
    /// As Excel reads it, in a cell of a table whose data begin at the row `first`.
    fn text(&self, row: u32, column: u16, first: u32) -> String {
        let at = |row: u32, column: u16| place::Cell { row, column: u32::from(column) }.to_string();
        let down = |index: usize| at(first + count(index), column);
        match self {
            Formula::Across { first, last } => {
                format!("SUM({}:{})", at(row, self::column(*first)), at(row, self::column(*last)))
            }
            Formula::Down { plus, minus } => {
                let mut text = terms(plus, '+', &down);
                for term in runs(minus) {
                    text.push('-');
                    text += &span(&term, &down);
                }
                text
            }
            Formula::Vacancy { budgeted, filled } => {
                let (budgeted, filled) = (down(*budgeted), down(*filled));
                format!("({budgeted}-{filled})/{budgeted}")
            }
        }
    }
}

fn terms(rows: &[usize], sign: char, down: &impl Fn(usize) -> String) -> String {
    let terms: Vec<String> = runs(rows).iter().map(|run| span(run, down)).collect();
    terms.join(&sign.to_string())
}

fn span(run: &[usize], down: &impl Fn(usize) -> String) -> String {
    match run {
        [] => String::new(),
        [only] => down(*only),
        [first, .., last] => format!("SUM({}:{})", down(*first), down(*last)),
    }
}

/// Neighbouring rows together.
fn runs(rows: &[usize]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = vec![];
    for &row in rows {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last + 1 == row) => run.push(row),
            _ => runs.push(vec![row]),
        }
    }
    runs
}

fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
