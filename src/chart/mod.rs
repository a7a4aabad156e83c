//! Native charts: their numbers, and a small workbook that holds the numbers and the chart drawn from them.
//!
//! Excel and Word draw the same chart: Word's has the workbook within it, so that its data can be edited there.

mod bars;
mod years;

use anyhow::Result;
use jiff::civil::Date;
use rust_xlsxwriter::{
    Chart as Drawing, ChartFont, ChartLegendPosition, ChartType, DocProperties, ExcelDateTime,
    Format, Workbook, Worksheet,
};
pub(crate) use years::{Area, Axis, date, years};

use crate::number::{Decimal, Exact};

/// A chart, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What it shows with its numbers, for those who cannot see it.
    pub alt: String,
    pub kind: Kind,
    /// What the categories are: "Council".
    pub of: String,
    pub categories: Vec<String>,
    pub series: Vec<Series>,
    pub unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A bar for each category, made of its series.
    Stacked,
    /// A bar for each series, side by side in each category.
    Bars,
    /// A line for each series along the categories.
    Lines,
    /// Bars along the years: the first series says at which day each begins, the others the days of its parts.
    Years {
        first: Date,
        last: Date,
        /// Where a line crosses the bars.
        line: Date,
    },
}

/// One name and a value for each category; `None` where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    pub values: Vec<Option<Decimal>>,
}

/// How the numbers along the axis look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Pounds,
    /// Posts, systems, days.
    Number,
}

/// The sheet of the workbook.
const SHEET: &str = "Data";

/// Excel takes no longer text in a cell, and nobody reads one.
const LONGEST: usize = 200;

/// What charts are written in, in points.
const FONT: u8 = 10;

impl Unit {
    fn format(self) -> &'static str {
        match self {
            Unit::Pounds => "£#,##0;-£#,##0",
            Unit::Number => "#,##0.##",
        }
    }

    fn axis(self) -> &'static str {
        match self {
            Unit::Pounds => "£#,##0;-£#,##0",
            Unit::Number => "#,##0",
        }
    }
}

impl Chart {
    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.categories.is_empty()
            || !self.series.iter().any(|own| own.values.iter().any(Option::is_some))
    }

    /// The height that shows every category, in millimetres.
    pub fn height(&self) -> u32 {
        let count = u32::try_from(self.categories.len()).unwrap_or(u32::MAX);
        match self.kind {
            Kind::Stacked => count.saturating_mul(8).saturating_add(34).clamp(50, 190),
            Kind::Bars => count.saturating_mul(14).saturating_add(34).clamp(60, 190),
            Kind::Lines => 80,
            Kind::Years { .. } => count.saturating_mul(6).saturating_add(30).clamp(50, 210),
        }
    }

    /// The workbook: the same bytes for the same chart. It names nobody and no time.
    ///
    /// # Errors
    /// When Excel has no day or no cell for what the chart holds.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let mut workbook = Workbook::new();
        let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
        let sheet = workbook.add_worksheet();
        sheet.set_name(SHEET)?;
        self.write(sheet)?;
        let drawing = self.drawing()?;
        sheet.insert_chart(u32::try_from(self.categories.len())? + 2, 0, &drawing)?;
        Ok(workbook.save_to_buffer()?)
    }

    fn write(&self, sheet: &mut Worksheet) -> Result<()> {
        let bold = Format::new().set_bold().set_text_wrap();
        let number = Format::new().set_num_format(self.unit.format());
        let day = Format::new().set_num_format("d mmm yyyy");
        sheet.set_column_width(0, 44)?;
        sheet.write_string_with_format(0, 0, short(&self.of), &bold)?;
        for (row, name) in (1..).zip(&self.categories) {
            sheet.write_string(row, 0, short(name))?;
        }
        for (column, own) in (1..).zip(&self.series) {
            let is_day = column == 1 && matches!(self.kind, Kind::Years { .. });
            let format = if is_day { &day } else { &number };
            sheet.set_column_width(column, 16)?;
            sheet.write_string_with_format(0, column, short(&own.name), &bold)?;
            for (row, value) in (1..).zip(&own.values) {
                if let Some(value) = value {
                    let value = Exact::from(*value).for_cell();
                    sheet.write_number_with_format(row, column, value, format)?;
                }
            }
        }
        Ok(())
    }

    fn drawing(&self) -> Result<Drawing> {
        let last = u32::try_from(self.categories.len())?;
        let count = u16::try_from(self.series.len())?;
        let mut drawing = match self.kind {
            Kind::Years { first, last: until, line } => {
                let area = Area {
                    sheet: SHEET,
                    first: 1,
                    last,
                    column: 1,
                    parts: count.saturating_sub(1),
                };
                years(&area, &Axis { first, last: until, line })?
            }
            Kind::Stacked => bars::drawing(ChartType::BarStacked, self, last, count),
            Kind::Bars => bars::drawing(ChartType::Bar, self, last, count),
            Kind::Lines => bars::drawing(ChartType::Line, self, last, count),
        };
        let mut font = ChartFont::new();
        font.set_name("Arial").set_size(FONT);
        drawing.x_axis().set_font(&font);
        drawing.y_axis().set_font(&font);
        drawing.title().set_hidden();
        drawing.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
        drawing.set_alt_text(short(&self.alt));
        drawing.set_width(720).set_height(self.height() * 4);
        Ok(drawing)
    }
}

impl Chart {
    /// What it shows with its numbers, category by category: "Dover: Employees £10, Premises £2; Thanet: …".
    pub fn told(&self, written: &dyn Fn(&Decimal) -> String) -> String {
        let row = |(at, category): (usize, &String)| {
            let values = self.series.iter().filter_map(|own| {
                let value = own.values.get(at)?.as_ref()?;
                Some(format!("{} {}", own.name, written(value)))
            });
            let values: Vec<String> = values.collect();
            (!values.is_empty()).then(|| format!("{category}: {}", values.join(", ")))
        };
        self.categories.iter().enumerate().filter_map(row).collect::<Vec<_>>().join("; ")
    }
}

/// As it can stand in a workbook: no longer than a cell takes, and nothing that no XML may hold.
fn short(text: &str) -> String {
    let odd = |letter: &char| match letter {
        '\t' | '\n' | '\r' => false,
        letter => letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}'),
    };
    text.chars().filter(|letter| !odd(letter)).take(LONGEST).collect()
}
