//! Bars along the years, in Excel's own kind: stacked bars of which the first part is not seen.

use anyhow::{Context, Result};
use rust_xlsxwriter::{
    Chart as Drawing, ChartAxisCrossing, ChartAxisLabelPosition, ChartFormat, ChartLegendPosition,
    ChartLine, ChartPatternFillType, ChartType, Color, ExcelDateTime,
};

use super::bars::ground;

/// A year that is never too short, so that each label names the year that begins there.
const YEAR: u32 = 366;

/// A shade for each part, told apart without colour by light, dark and hatching: what is past, the term, the notice
/// period, a possible extension, a marked day.
const PARTS: [(Color, Option<ChartPatternFillType>); 5] = [
    (Color::RGB(0x9AA5B1), None),
    (Color::RGB(0x1F3A5F), None),
    (Color::RGB(0xB45F06), Some(ChartPatternFillType::DiagonalStripesWideUpwards)),
    (Color::RGB(0x45818E), Some(ChartPatternFillType::Dotted25Percent)),
    (Color::RGB(0x000000), None),
];

/// Where in a workbook the bars stand, from 0: their names in the first column, the days they begin in `column`, their
/// parts behind it, and what these are in the row above the first.
pub(crate) struct Area<'s> {
    pub(crate) sheet: &'s str,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) column: u16,
    pub(crate) parts: u16,
}

/// The days that the years begin and end with, and the one at which a line crosses the bars.
pub(crate) struct Axis {
    pub(crate) first: jiff::civil::Date,
    pub(crate) last: jiff::civil::Date,
    pub(crate) line: jiff::civil::Date,
}

/// `None` for a day that Excel does not know.
pub(crate) fn date(date: jiff::civil::Date) -> Option<ExcelDateTime> {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, month, day).ok()
}

/// # Errors
/// When Excel does not know a day.
pub(crate) fn years(area: &Area<'_>, axis: &Axis) -> Result<Drawing> {
    let Area { sheet, first, last, column, parts } = *area;
    let mut drawing = Drawing::new(ChartType::BarStacked);
    for part in 0..=parts {
        let index = column + part;
        let mut format = match part.checked_sub(1).and_then(|part| PARTS.get(usize::from(part))) {
            None => ChartFormat::new().set_no_fill().set_no_border().clone(),
            Some((colour, pattern)) => ground(*colour, *pattern),
        };
        drawing
            .add_series()
            .set_name((sheet, first - 1, index))
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, index, last, index))
            .set_gap(45)
            .set_format(&mut format);
    }
    let serial = |day| {
        date(day)
            .map(|day| day.to_excel())
            .context("the picture has a day that Excel does not know")
    };
    let line = serial(axis.line)?;
    let end = axis.last.tomorrow().unwrap_or(axis.last);
    // The first bar stands on top, and the line of the names stands where the shared service starts.
    drawing.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low);
    drawing
        .x_axis()
        .set_min(serial(axis.first)?)
        .set_max(serial(end)?)
        .set_num_format("yyyy")
        .set_major_unit(YEAR)
        .set_major_gridlines_line(ChartLine::new().set_color(Color::RGB(0xD0D5DB)))
        .set_label_position(ChartAxisLabelPosition::High)
        .set_crossing(ChartAxisCrossing::AxisValue(line));
    drawing.legend().set_position(ChartLegendPosition::Bottom).delete_entries(&[0]);
    Ok(drawing)
}
