//! Where everything of a sheet stands: widths, heights, and how it falls on pages.

use std::borrow::Cow;

use crate::book::{
    measure::{digits, height, lines, widest_word},
    sheet::{Block, Cell, Chart, Column, Page, Row, Series, Sheet, Table},
    style::Look,
};

/// A header takes two lines, or three where two would make its column wider than this, in digits.
const WIDE_HEADER: usize = 13;
/// The height of a row of one line, and of each line of those with several, in pixels.
const ROW: u32 = 20;
const LINE: u32 = 19;
/// The height of the title of a sheet.
const TITLE: u32 = 26;
/// The size of its letters, and of those in cells.
const TITLE_POINTS: u32 = 16;
const POINTS: u32 = 11;
/// The width of a column that nothing was said of, in pixels.
const COLUMN: u32 = 64;
/// What of a table there is on the page on which it begins, at the least: its title, header and a few rows.
const BEGINNING: u32 = 10 * ROW;
/// Excel knows no row higher than 409 points.
const TALLEST: u32 = 540;
/// The room beside the text of a cell, in digits.
const ROOM: usize = 2;
/// The width of a digit and the room beside the text of a cell, in pixels.
const DIGIT: u32 = 8;
const PADDING: u32 = 5;
/// What fits on an A4 page between the margins, in pixels: the short side and the long one.
const SHORT: (u32, u32) = (660, 960);
const LONG: (u32, u32) = (975, 640);
/// The width of a chart in pixels, and its height where the names along its bottom stand upright.
pub(super) const CHART_WIDTH: u32 = 760;
const CHART_HEIGHT: u32 = 310;
/// What is left of the width for the names, the width of a digit in them, and the most that slanted ones add.
const NAMES: u32 = 660;
const NAME_DIGIT: u32 = 7;
const MOST_ADDED: u32 = 320;

/// Where everything of a sheet stands.
pub(super) struct Layout {
    /// In digits.
    pub(super) widths: Vec<usize>,
    /// How many columns beyond its tables the title of the sheet takes.
    pub(super) beyond: usize,
    /// The lines under the title, none wider than the sheet.
    pub(super) lead: Vec<String>,
    /// The first row of data of each table.
    pub(super) tables: Vec<(&'static str, u32)>,
    /// The row at which each block begins.
    pub(super) blocks: Vec<u32>,
    /// The height of each chart, in pixels.
    pub(super) charts: Vec<u32>,
    /// In pixels, where a row is not of one line.
    pub(super) heights: Vec<Option<u32>>,
    /// The rows before which a page ends, so that no table or chart is cut that fits on one.
    pub(super) breaks: Vec<u32>,
    /// In per cent, so that the sheet is one page wide.
    pub(super) scale: u16,
}

impl Layout {
    pub(super) fn of(sheet: &Sheet) -> Layout {
        let mut layout = Layout {
            widths: widths(sheet),
            beyond: 0,
            lead: vec![],
            tables: vec![],
            blocks: vec![],
            charts: vec![],
            heights: vec![],
            breaks: vec![],
            scale: 100,
        };
        layout.lead = sheet.lead.iter().flat_map(|text| layout.lines(text)).collect();
        layout.heights.push(Some(TITLE));
        layout.plain(layout.lead.len() + 1);
        for block in &sheet.blocks {
            layout.blocks.push(layout.rows());
            match block {
                Block::Table(table) if table.rows.is_empty() => layout.plain(3),
                Block::Table(table) => layout.table(table),
                Block::Chart(chart) => {
                    let height = chart_height(sheet, chart);
                    layout.charts.push(height);
                    layout.plain(height.div_ceil(ROW) as usize + 1);
                }
                Block::Timeline(timeline) => {
                    let rows = timeline_height(timeline.bars).div_ceil(ROW);
                    layout.plain(rows as usize + 1);
                }
            }
        }
        // The blank row after the last block.
        layout.heights.truncate(layout.heights.len() - usize::from(!sheet.blocks.is_empty()));
        layout.pages(sheet);
        layout
    }

    pub(super) fn rows(&self) -> u32 {
        count(self.heights.len())
    }

    /// A text in lines no wider than the sheet.
    pub(super) fn lines(&self, text: &str) -> Vec<String> {
        lines(text, self.widths.iter().sum::<usize>().max(70), false)
    }

    fn plain(&mut self, rows: usize) {
        self.heights.extend(std::iter::repeat_n(None, rows));
    }

    fn table(&mut self, table: &Table) {
        self.plain(usize::from(!table.title.is_empty()));
        let headers: Vec<&str> = table.columns.iter().map(|column| &*column.header).collect();
        self.heights.push(self.height(&headers, true));
        self.tables.push((table.name, self.rows()));
        for row in &table.rows {
            let texts: Vec<Cow<'_, str>> = row.cells.iter().map(Cell::wrapped).collect();
            self.heights.push(self.height(&texts, row.strong));
        }
        self.plain(1);
    }

    /// The height of the tallest of some texts, each in its column.
    fn height<T: AsRef<str>>(&self, texts: &[T], bold: bool) -> Option<u32> {
        let of = |(text, width): (&T, &usize)| height(text.as_ref(), width - ROOM, bold);
        let tallest = count(texts.iter().zip(&self.widths).map(of).max().unwrap_or(1));
        (tallest > 1).then(|| (LINE * tallest + 2).min(TALLEST))
    }

    /// Scales the sheet to the width of a page, and ends a page before what would be cut.
    fn pages(&mut self, sheet: &Sheet) {
        let (across, down) = if sheet.page == Page::Across { LONG } else { SHORT };
        let tables: u32 =
            self.widths.iter().map(|width| count(*width) * DIGIT + PADDING).sum::<u32>().max(1);
        let title = count(digits(&sheet.title, true)) * DIGIT * TITLE_POINTS / POINTS;
        let beyond = title.saturating_sub(tables).div_ceil(COLUMN);
        self.beyond = beyond as usize;
        let scale = (across * 100 / (tables + beyond * COLUMN)).clamp(20, 100);
        self.scale = u16::try_from(scale).unwrap_or(100);
        // The title stands on every page once more.
        let page = (down * 100 / scale).saturating_sub(TITLE).max(TITLE);
        let mut left = page + TITLE;
        let ends = self.blocks.iter().skip(1).copied().chain([self.rows()]);
        let blocks: Vec<(u32, u32)> = self.blocks.iter().copied().zip(ends).collect();
        let height = |from: u32, to: u32| -> u32 {
            let rows = self.heights[from as usize..to as usize].iter();
            rows.map(|height| height.unwrap_or(ROW)).sum()
        };
        let mut breaks = vec![];
        left = left.saturating_sub(height(0, self.blocks.first().copied().unwrap_or(0)));
        for (from, to) in blocks {
            let needed = height(from, to);
            // One that is cut all the same begins with some of its rows.
            let begins = needed <= page || left < BEGINNING;
            if needed > left && begins && left < page {
                breaks.push(from);
                left = page;
            }
            left = match needed.checked_sub(left) {
                None => left - needed,
                Some(over) => page - over % page,
            };
        }
        breaks.retain(|row| *row > 0);
        self.breaks = breaks;
    }
}

/// The height of a chart. Names too wide to stand beside one another are written slanting, and take of its height.
fn chart_height(sheet: &Sheet, chart: &Chart) -> u32 {
    let mut tables = sheet.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let Some(table) = tables.find(|table| table.name == chart.table) else { return CHART_HEIGHT };
    let names: Vec<Cow<'_, str>> = match chart.series {
        Series::Rows { first, last, .. } => {
            let heads = table.columns.iter().take(last + 1).skip(first);
            heads.map(|column| Cow::from(&column.header)).collect()
        }
        Series::Columns { top, bottom, .. } => {
            let rows = table.rows.iter().take(bottom + 1).skip(top);
            rows.filter_map(|row| row.cells.first()).map(Cell::shown).collect()
        }
    };
    let slot = NAMES / count(names.len()).max(1);
    let wide = |text: &str| count(digits(text, false)) * NAME_DIGIT;
    // Between words a name is broken before it is slanted.
    if names.iter().all(|name| name.split_whitespace().all(|word| wide(word) <= slot)) {
        return CHART_HEIGHT;
    }
    let widest = names.iter().map(|name| wide(name)).max().unwrap_or(0);
    CHART_HEIGHT + (widest * 7 / 10).min(MOST_ADDED)
}

/// The height of a timeline, in pixels. Many bars are thin, so that they stay on one page.
pub(super) fn timeline_height(bars: usize) -> u32 {
    150 + if bars > 20 { 16 } else { 24 } * count(bars)
}

/// The width of each column of a sheet, over all its tables.
fn widths(sheet: &Sheet) -> Vec<usize> {
    let mut widths: Vec<usize> = vec![];
    for block in &sheet.blocks {
        let Block::Table(table) = block else { continue };
        if table.rows.is_empty() {
            continue;
        }
        for (index, column) in table.columns.iter().enumerate() {
            let own = width(table, index, column);
            match widths.get_mut(index) {
                Some(widest) => *widest = own.max(*widest),
                None => widths.push(own),
            }
        }
    }
    if widths.is_empty() {
        widths.push(100);
    }
    widths
}

/// The width of a column, with room beside its text and for the button in its header.
fn width(table: &Table, index: usize, column: &Column) -> usize {
    let button = if table.filter { 3 } else { usize::from(column.numbers) };
    let header = header_width(&column.header) + button;
    let of = |row: &Row| {
        row.cells.get(index).map_or(0, |cell| {
            let shown = match cell.look {
                Look::Under(_) => cell.wrapped(),
                _ => cell.shown(),
            };
            match cell.look {
                Look::Text | Look::Under(_) | Look::Link | Look::Words => {
                    let width = digits(&shown, row.strong);
                    if width <= column.widest {
                        width
                    } else {
                        width.min(column.widest.max(widest_word(&shown).min(70)))
                    }
                }
                _ => digits(&shown, row.strong),
            }
        })
    };
    table.rows.iter().map(of).max().unwrap_or(0).max(header) + ROOM
}

/// The least width at which a header takes few lines.
fn header_width(header: &str) -> usize {
    let least = widest_word(header);
    let takes = |count: usize| {
        (least..).find(|width| lines(header, *width, true).len() <= count).unwrap_or(least)
    };
    let two = takes(2);
    if two <= WIDE_HEADER { two } else { takes(3) }
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Layout;
    use crate::book::{
        sheet::{Block, Cell, Chart, ChartKind, Column, Page, Row, Series, Sheet, Table},
        style::Look,
    };

    /// A table of one row, of numbers by council, and a chart of it.
    fn layout(title: &str, councils: &[&str]) -> Layout {
        let mut columns = vec![Column::text("Line", 20)];
        columns.extend(councils.iter().map(|name| Column::numbers(*name)));
        let table = Table {
            name: "Lines",
            title: String::new(),
            rows: vec![Row::of(columns.iter().map(|_| Cell::text("1")).collect())],
            columns,
            filter: false,
            if_empty: String::new(),
        };
        let chart = Chart {
            kind: ChartKind::Stacked,
            title: String::new(),
            alt: String::new(),
            table: "Lines",
            series: Series::Rows { rows: vec![0], first: 1, last: councils.len() },
            along: String::new(),
            up: String::new(),
            look: Look::Pounds,
        };
        Layout::of(&Sheet {
            name: "Lines",
            title: String::from(title),
            lead: vec![],
            blocks: vec![Block::Table(table), Block::Chart(chart)],
            page: Page::Across,
        })
    }

    #[test]
    fn a_page_is_as_wide_as_the_title_of_its_sheet() {
        assert_eq!(layout("Lines", &["Dover"]).beyond, 0);
        let long = layout("Building control, dangerous structures and land charges", &["Dover"]);
        assert_eq!(long.beyond, 7);
    }

    #[test]
    fn a_chart_of_long_names_is_taller() {
        let height = |councils: &[&str]| layout("Lines", councils).charts.clone();
        assert_eq!(height(&["Canterbury", "Dover", "Shepway", "Thanet"]), [310]);
        assert_eq!(height(&["Cheshire West and Chester", "Basingstoke and Deane"]), [310]);
        assert_eq!(height(&["Llanfairpwllgwyngyllgogerychwyrndrobwll", "Dover", "Thanet"]), [471]);
    }
}
