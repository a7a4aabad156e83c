//! The cells, tables, links and charts of a sheet.

use std::collections::BTreeMap;

use anyhow::Result;
use rust_xlsxwriter::{
    self as xlsx, Chart as Drawing, ChartAxisLabelPosition, ChartLegendPosition, ChartType,
    DataValidation, DataValidationRule, TableColumn, TableStyle, Url, Worksheet,
};

use crate::{
    book::{
        layout::{self, Layout, count},
        reckon::Held,
        sheet::{Block, Cell, Chart, ChartKind, Input, Series, Sheet, Table, Value},
        style::{self, Dress, Formats, Look, Mark},
        timeline,
    },
    chart, english,
};

/// Excel opens no sheet with more links than this; those beyond are plain text.
const LINKS: usize = 65_000;
/// The longest text of a cell that Excel opens, with room for letters that count twice.
const LONGEST: usize = 16_000;

/// The sheet and the first row of data of each table of a workbook.
pub(super) type Tables = BTreeMap<&'static str, (&'static str, u32)>;

/// Writes the sheets of one workbook.
pub(super) struct Painter {
    formats: Formats,
    tables: Tables,
}

/// The sheet that is being written.
struct Page<'a> {
    worksheet: &'a mut Worksheet,
    title: &'a str,
    links: usize,
}

/// Cells of a column, one below the other, that look the same. The writer finds a format by all it is made of, which
/// takes longer than to write a cell, so that it is asked once for all of them.
struct Run {
    dress: Dress,
    first: u32,
    last: u32,
}

impl Painter {
    pub(super) fn new(tables: Tables) -> Painter {
        Painter { formats: Formats::default(), tables }
    }

    pub(super) fn sheet(
        &mut self,
        worksheet: &mut Worksheet,
        sheet: Sheet,
        layout: &Layout,
    ) -> Result<()> {
        let mut page = Page { worksheet, title: &sheet.title, links: 0 };
        self.line(&mut page, 0, &sheet.title, Look::Title)?;
        for (row, line) in (1..).zip(&layout.lead) {
            self.line(&mut page, row, line, Look::Line)?;
        }
        let mut charts = layout.charts.iter();
        for (block, &row) in sheet.blocks.into_iter().zip(&layout.blocks) {
            match block {
                Block::Table(table) if table.rows.is_empty() => {
                    self.line(&mut page, row, &table.title, Look::Heading)?;
                    self.line(&mut page, row + 1, &table.if_empty, Look::Line)?;
                }
                Block::Table(table) => self.table(&mut page, table, row)?,
                Block::Chart(chart) => {
                    let height = charts.next().copied().unwrap_or_default();
                    self.chart(&mut page, &chart, row, height)?;
                }
                Block::Timeline(bars) => timeline::paint(page.worksheet, &self.tables, &bars, row)?,
            }
        }
        Ok(())
    }

    /// Text outside tables; none leaves the cell empty.
    fn line(&mut self, page: &mut Page<'_>, row: u32, text: &str, look: Look) -> Result<()> {
        if !text.is_empty() {
            let format = self.formats.get((look, false, Mark::None));
            page.worksheet.write_string_with_format(row, 0, text, format)?;
        }
        Ok(())
    }

    fn table(&mut self, page: &mut Page<'_>, table: Table, mut row: u32) -> Result<()> {
        if !table.title.is_empty() {
            self.line(page, row, &table.title, Look::Heading)?;
            row += 1;
        }
        let mut columns = vec![];
        for column in &table.columns {
            let look = if column.numbers { Look::HeaderOfNumbers } else { Look::Header };
            let format = self.formats.get((look, false, Mark::None));
            columns.push(TableColumn::new().set_header(&column.header).set_header_format(format));
        }
        let title = if table.title.is_empty() { page.title } else { &table.title };
        let marked = xlsx::Table::new()
            .set_name(table.name)
            .set_alt_text_title(title)
            .set_alt_text(format!(
                "{title}. One row of headers, {}.",
                english::some(table.rows.len(), "row")
            ))
            .set_style(TableStyle::None)
            .set_autofilter(table.filter)
            .set_columns(&columns);
        let last = row + count(table.rows.len());
        page.worksheet.add_table(row, 0, last, column(table.columns.len() - 1), &marked)?;
        let mut runs: Vec<Option<Run>> = table.columns.iter().map(|_| None).collect();
        for (row, line) in (row + 1..).zip(table.rows) {
            for ((index, cell), run) in line.cells.into_iter().enumerate().zip(&mut runs) {
                let (column, dress) = (column(index), (cell.look, line.strong, cell.mark));
                if matches!(cell.value, Value::Jump { .. } | Value::Outside { .. }) {
                    self.dress(page, column, run.take())?;
                    self.link(page, row, column, cell, dress)?;
                    continue;
                }
                write(page.worksheet, row, column, cell, &self.tables)?;
                match run {
                    Some(run) if run.dress == dress && run.last + 1 == row => run.last = row,
                    _ => {
                        let new = Run { dress, first: row, last: row };
                        self.dress(page, column, run.replace(new))?;
                        page.worksheet.set_cell_format(row, column, self.formats.get(dress))?;
                    }
                }
            }
        }
        for (index, run) in runs.into_iter().enumerate() {
            self.dress(page, column(index), run)?;
        }
        Ok(())
    }

    /// Gives the cells of a run the format that its first one has already.
    fn dress(&mut self, page: &mut Page<'_>, column: u16, run: Option<Run>) -> Result<()> {
        if let Some(Run { dress, first, last }) = run.filter(|run| run.last > run.first) {
            let format = self.formats.get(dress);
            page.worksheet.set_range_format(first + 1, column, last, column, format)?;
        }
        Ok(())
    }

    fn link(
        &mut self,
        page: &mut Page<'_>,
        row: u32,
        column: u16,
        cell: Cell,
        (look, strong, mark): Dress,
    ) -> Result<()> {
        page.links += 1;
        let link = link(&cell, &self.tables).filter(|_| page.links <= LINKS);
        match link {
            Some(link) => {
                let link = link.set_text(short(cell.shown().into_owned()));
                let format = self.formats.get((look, strong, mark));
                page.worksheet.write_url_with_format(row, column, link, format)?;
            }
            None => {
                write(page.worksheet, row, column, cell, &self.tables)?;
                let format = self.formats.get((Look::Text, strong, Mark::None));
                page.worksheet.set_cell_format(row, column, format)?;
            }
        }
        Ok(())
    }

    fn chart(&self, page: &mut Page<'_>, chart: &Chart, row: u32, height: u32) -> Result<()> {
        let Some(&(sheet, first)) = self.tables.get(chart.table) else { return Ok(()) };
        let mut drawing = Drawing::new(match chart.kind {
            ChartKind::Stacked => ChartType::ColumnStacked,
            ChartKind::Line => ChartType::Line,
        });
        drawing.title().set_name(&chart.title);
        drawing.set_alt_text(&chart.alt);
        drawing.set_width(layout::CHART_WIDTH).set_height(height);
        drawing.x_axis().set_name(&chart.along).set_label_position(ChartAxisLabelPosition::Low);
        drawing.y_axis().set_name(&chart.up).set_num_format(style::axis(chart.look));
        let series: Vec<_> = match chart.series {
            Series::Rows { ref rows, first: left, last: right } => {
                let (left, right) = (column(left), column(right));
                let of = |index: &usize| {
                    let row = first + count(*index);
                    ((row, 0), (first - 1, left, first - 1, right), (row, left, row, right))
                };
                rows.iter().map(of).collect()
            }
            Series::Columns { first: left, last: right, top, bottom } => {
                let (top, bottom) = (first + count(top), first + count(bottom));
                let of = |index: usize| {
                    let own = column(index);
                    ((first - 1, own), (top, 0, bottom, 0), (top, own, bottom, own))
                };
                (left..=right).map(of).collect()
            }
        };
        drawing.legend().set_position(ChartLegendPosition::Bottom);
        if series.len() == 1 {
            drawing.legend().set_hidden();
        }
        for (index, (name, categories, values)) in series.into_iter().enumerate() {
            let on = |(top, left, bottom, right)| (sheet, top, left, bottom, right);
            drawing
                .add_series()
                .set_name((sheet, name.0, name.1))
                .set_categories(on(categories))
                .set_values(on(values))
                .set_format(&mut style::series(chart.kind, index));
        }
        // A little below the line at which a page may end.
        page.worksheet.insert_chart_with_offset(row, 0, &drawing, 0, 4)?;
        Ok(())
    }
}

/// Writes what a cell holds, of a link its text.
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell, tables: &Tables) -> Result<()> {
    match cell.value {
        Value::Text(text) | Value::Jump { text, .. } | Value::Outside { text, .. } => {
            sheet.write_string(row, column, short(text))?
        }
        Value::Number(number) => sheet.write_number(row, column, number.for_cell())?,
        Value::Formula(formula, result) => {
            let result = match result {
                Held::Number(number) => number.for_cell().to_string(),
                Held::Text(text) => text,
                Held::YesNo(_) | Held::Wrong => String::from("#VALUE!"),
            };
            let formula = formula.text(&sheet.name(), tables);
            sheet.write_formula(row, column, xlsx::Formula::new(formula).set_result(result))?
        }
        Value::Input(ref input) => {
            match &input.held {
                Held::Number(number) => sheet.write_number(row, column, number.for_cell())?,
                _ => sheet.write_string(row, column, cell.shown())?,
            };
            sheet.add_data_validation(row, column, row, column, &allowed(input)?)?
        }
        Value::Date(date) => match chart::date(date) {
            Some(day) => sheet.write_datetime(row, column, &day)?,
            None => sheet.write_string(row, column, date.to_string())?,
        },
    };
    Ok(())
}

/// What may be typed where a value may be changed.
fn allowed(input: &Input) -> Result<DataValidation> {
    let validation = DataValidation::new();
    let validation = match (&input.held, input.choices.as_slice()) {
        (Held::Number(_), []) => {
            validation.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
        }
        (_, choices) => validation.allow_list_strings(choices)?,
    };
    let message = match input.choices.as_slice() {
        [] => String::from("Type a number that is not negative. What follows from it changes."),
        _ => String::from("Pick one from the list. What follows from it changes."),
    };
    Ok(validation.set_input_title("You may change this")?.set_input_message(message)?)
}

/// Where a cell leads; `None` where no link can say it.
fn link(cell: &Cell, tables: &Tables) -> Option<Url> {
    match &cell.value {
        Value::Jump { table, rows, .. } => {
            let (sheet, first) = tables.get(table)?;
            let (top, bottom) = (first + count(rows.start) + 1, first + count(rows.end));
            let to = if bottom > top { format!(":A{bottom}") } else { String::new() };
            Some(Url::new(format!("internal:'{sheet}'!A{top}{to}")))
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

pub(super) fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn short(mut text: String) -> String {
    if text.len() > LONGEST
        && let Some((end, _)) = text.char_indices().nth(LONGEST)
    {
        text.truncate(end);
        text.push('…');
    }
    text
}
