//! The layout made a workbook.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Formula, IgnoreError, ProtectionOptions, Table, TableColumn,
    TableStyle, Url, Workbook, Worksheet, XlsxError,
};

use super::{
    AS_ISSUED, FORM_ID, FORM_VERSION, ISSUE_TOKEN, Issue, Shape,
    answers::Typed,
    layout::{Layout, Line, Page, Slot, Span, What},
    look::Look,
    needs,
    validation::Validator,
};
use crate::{number::Exact, programme::Programme};

pub(crate) fn paint(
    issue: &Issue<'_>,
    programme: &Programme,
    layout: &Layout,
    shape: &Shape,
    as_issued: Option<String>,
) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let properties = properties(issue, programme)?;
    workbook.set_properties(&match as_issued {
        Some(fingerprint) => properties.set_custom_property(AS_ISSUED, fingerprint),
        None => properties,
    });
    for page in &layout.pages {
        let painter = Painter { issue, programme, layout, page, spans: page.spans() };
        let sheet = workbook.add_worksheet();
        painter.paint(sheet, shape)?;
        for (name, span) in &painter.spans {
            if shape.keeps_name(name) {
                workbook.define_name(*name, &format!("={}", span.absolute(&page.tab)))?;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// The same for the same form: what the file says of its making has no clock in it.
fn properties(issue: &Issue<'_>, programme: &Programme) -> Result<DocProperties, XlsxError> {
    let year = u16::try_from(programme.base_year.0).unwrap_or(2000).max(1900);
    Ok(DocProperties::new()
        .set_title(format!("{}: {}", issue.workbook.title, issue.subject()))
        .set_subject(format!("{}, {}", programme.title, programme.round))
        .set_author(format!("{} programme office", programme.title))
        .set_custom_property(FORM_ID, issue.workbook.form_id)
        .set_custom_property(FORM_VERSION, issue.workbook.form_version)
        .set_custom_property(ISSUE_TOKEN, issue.token(programme))
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, 4, 1)?))
}

struct Painter<'a> {
    issue: &'a Issue<'a>,
    programme: &'a Programme,
    layout: &'a Layout,
    page: &'a Page,
    spans: BTreeMap<&'static str, Span>,
}

impl Painter<'_> {
    fn paint(&self, sheet: &mut Worksheet, shape: &Shape) -> anyhow::Result<()> {
        sheet.set_name(&self.page.tab)?;
        sheet.set_formula_result_default("");
        sheet.set_default_row_height(17);
        for (column, width) in (0..).zip(&self.page.widths) {
            sheet.set_column_width(column, f64::from(*width))?;
        }
        if shape.keeps_tables() {
            self.tables(sheet)?;
        }
        for (row, line) in (0..).zip(&self.page.lines) {
            if line.height > 0 {
                sheet.set_row_height(row, f64::from(line.height))?;
            }
            for (column, slot) in &line.cells {
                self.slot(sheet, row, *column, slot)?;
            }
        }
        let validator =
            Validator { issue: self.issue, programme: self.programme, layout: self.layout };
        for line in &self.page.lines {
            for slot in line.cells.values() {
                if let What::Entry { field, table: None | Some((_, 1)), .. } = &slot.what
                    && let Some(span) = self.spans.get(field.name)
                {
                    validator.guard(sheet, field, *span)?;
                    if let Some(own) = self.issue.workbook.sheet(self.page.code) {
                        needs::mark(sheet, own, field, &self.spans)?;
                    }
                }
            }
        }
        self.screen_and_print(sheet)?;
        Ok(())
    }

    fn slot(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        slot: &Slot,
    ) -> anyhow::Result<()> {
        let format = slot.look.format(slot.like());
        match &slot.what {
            What::Words(words) if words.is_empty() => sheet.write_blank(row, column, &format)?,
            What::Words(words) => sheet.write_string_with_format(row, column, words, &format)?,
            What::Heading { field, .. } => {
                sheet.write_string_with_format(row, column, field.label, &format)?
            }
            What::Nothing => sheet.write_blank(row, column, &slot.look.sample())?,
            What::Link { words, to } => match self.layout.pages.iter().find(|page| page.is(to)) {
                Some(page) => {
                    let target = format!("internal:'{}'!A1", page.tab.replace('\'', "''"));
                    sheet.write_url_with_format(
                        row,
                        column,
                        Url::new(target).set_text(words),
                        &format,
                    )?
                }
                None => {
                    sheet.write_string_with_format(row, column, words, &Look::Text.format(None))?
                }
            },
            What::Entry { typed, .. } => match typed {
                Typed::Nothing => sheet.write_blank(row, column, &format)?,
                Typed::Number(number) => sheet.write_number_with_format(
                    row,
                    column,
                    Exact::from(*number).for_cell(),
                    &format,
                )?,
                Typed::Date(date) => match excel_date(*date) {
                    Some(date) => sheet.write_datetime_with_format(row, column, date, &format)?,
                    None => {
                        sheet.write_string_with_format(row, column, date.to_string(), &format)?
                    }
                },
                Typed::Text(text) => sheet.write_string_with_format(row, column, text, &format)?,
            },
            What::Total { plus, minus, .. } => {
                sheet.write_formula_with_format(row, column, self.total(plus, minus), &format)?
            }
        };
        Ok(())
    }

    /// Empty until anything is filled in: a total of nothing is not nought.
    fn total(&self, plus: &[&'static str], minus: &[&'static str]) -> Formula {
        let (added, taken) = (self.ranges(plus), self.ranges(minus));
        let all = [&*added, &*taken]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(",");
        let less = if taken.is_empty() { String::new() } else { format!("-SUM({taken})") };
        let numbers = |names: &[&'static str]| {
            let numbers = self.page.lines.iter().flat_map(|line| line.cells.values());
            let numbers = numbers.filter_map(|slot| match &slot.what {
                What::Entry { field, typed, .. } if names.contains(&field.name) => typed.number(),
                _ => None,
            });
            numbers.collect::<Vec<Decimal>>()
        };
        let (plus, minus) = (numbers(plus), numbers(minus));
        let result = if plus.is_empty() && minus.is_empty() {
            String::new()
        } else {
            let sum = |numbers: Vec<Decimal>| numbers.into_iter().map(Exact::from).sum::<Exact>();
            (sum(plus) - sum(minus)).to_string()
        };
        Formula::new(format!("=IF(COUNT({all})=0,\"\",SUM({added}){less})")).set_result(result)
    }

    /// The cells of these names, those below one another in one range.
    fn ranges(&self, names: &[&'static str]) -> String {
        let mut spans: Vec<Span> =
            names.iter().filter_map(|name| self.spans.get(name).copied()).collect();
        spans.sort_by_key(|span| (span.column, span.first));
        let mut joined: Vec<Span> = vec![];
        for span in spans {
            match joined.last_mut() {
                Some(last) if last.column == span.column && last.last + 1 == span.first => {
                    last.last = span.last
                }
                _ => joined.push(span),
            }
        }
        joined.iter().map(Span::within).collect::<Vec<_>>().join(",")
    }

    fn tables(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let plain = || Table::new().set_style(TableStyle::None).set_autofilter(false);
        for placed in self.page.tables() {
            let header = Look::Heading.format(None);
            let columns: Vec<TableColumn> = placed
                .columns
                .iter()
                .map(|field| TableColumn::new().set_header(field.label).set_header_format(&header))
                .collect();
            let right = placed.left + columns.len() as u16 - 1;
            let table = plain().set_name(placed.table.name).set_columns(&columns);
            sheet.add_table(
                placed.top,
                placed.left,
                placed.last.max(placed.top + 1),
                right,
                &table,
            )?;
        }
        for listing in &self.page.listings {
            let columns: Vec<TableColumn> = listing
                .columns
                .iter()
                .map(|column| TableColumn::new().set_header(*column))
                .collect();
            let (top, last) = (listing.top as u32, self.page.lines.len() as u32 - 1);
            let table = plain().set_name(listing.name).set_columns(&columns);
            sheet.add_table(top, 0, last.max(top + 1), columns.len() as u16 - 1, &table)?;
        }
        Ok(())
    }

    /// How many pages to print on: as many as it takes (0), but a few lines more are squeezed in.
    fn pages_down(&self) -> u16 {
        let across = self.page.widths.iter().map(|width| width * 21 / 4 + 4).sum::<u32>().max(780);
        let heights = self.page.lines.iter().map(|line| line.height);
        let down: u32 = heights.map(|height| if height == 0 { 17 } else { height }).sum();
        let (pages, rest) = (down * 780 / across / 500, down * 780 / across % 500);
        let squeezed = if pages == 0 { 1 } else { pages };
        if pages == 0 || rest <= 170 * pages { u16::try_from(squeezed).unwrap_or(0) } else { 0 }
    }

    fn screen_and_print(&self, sheet: &mut Worksheet) -> anyhow::Result<()> {
        let lines = &self.page.lines;
        let marked = |mark: fn(&Line) -> bool| {
            (0u32..).zip(lines).find(|(_, line)| mark(line)).map(|(row, _)| row)
        };
        let frozen = marked(|line| line.freeze).map_or(0, |row| row + 1);
        sheet.set_freeze_panes(frozen, self.page.frozen_columns)?;
        if let Some(row) = marked(|line| line.repeat) {
            sheet.set_repeat_rows(row, row)?;
        }
        let first = (0u32..).zip(lines).find_map(|(row, line)| {
            let open = |slot: &Slot| matches!(slot.look, Look::Wanted | Look::Optional);
            let (column, _) =
                line.cells.iter().find(|(_, slot)| open(slot) && slot.field().is_some())?;
            Some((row, *column))
        });
        if let Some((row, column)) = first {
            sheet.set_selection(row, column, row, column)?;
        }
        sheet.set_tab_color(if self.page.code.is_empty() { 0xA6_A6A6 } else { 0x1F_3864 });
        sheet.set_screen_gridlines(false);
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, self.pages_down());
        sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        let escaped = |text: &str| text.replace('&', "&&");
        let subject = escaped(&format!("{}: {}", self.issue.workbook.title, self.issue.subject()));
        sheet.set_header(format!("&L&8{subject}&R&8{}", escaped(&self.programme.marking)));
        sheet.set_footer(format!(
            "&L&8{}&C&8&A&R&8Page &P of &N",
            escaped(&self.issue.token(self.programme))
        ));
        sheet.protect_with_options(&ProtectionOptions {
            insert_rows: true,
            format_cells: true,
            format_columns: true,
            format_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
        let columns = self.page.widths.len().max(1) as u16 - 1;
        let last = lines.len().max(1) as u32 - 1;
        sheet.ignore_error_range(0, 0, last, columns, IgnoreError::NumberStoredAsText)?;
        Ok(())
    }
}

/// `None` for a date that Excel cannot hold.
fn excel_date(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    ExcelDateTime::from_ymd(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
        .ok()
}
