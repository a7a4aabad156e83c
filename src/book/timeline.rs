//! Bars along the years, in Excel's own kind: stacked bars of which the first part is not seen.

use anyhow::{Context, Result};
use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartAxisLabelPosition, ChartFormat, ChartLegendPosition, ChartLine,
    ChartPatternFill, ChartPatternFillType, ChartSolidFill, ChartType, Color, Worksheet,
};

use crate::book::{
    layout::{count, timeline_height},
    paint::{Tables, column, day},
    sheet::Timeline,
};

const WIDTH: u32 = 960;

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

/// Puts the picture at a row. The table it is made of must stand on the same sheet.
pub(super) fn paint(
    worksheet: &mut Worksheet,
    tables: &Tables,
    timeline: &Timeline,
    row: u32,
) -> Result<()> {
    let Some(&(sheet, first)) = tables.get(timeline.table) else { return Ok(()) };
    let last = first + count(timeline.bars) - 1;
    let mut drawing = Chart::new(ChartType::BarStacked);
    drawing.title().set_name(&timeline.title);
    drawing.set_alt_text(&timeline.alt);
    drawing.set_width(WIDTH).set_height(timeline_height(timeline.bars));
    for part in 0..=timeline.parts {
        let index = column(timeline.offset + part);
        let mut format = ChartFormat::new();
        match part.checked_sub(1).and_then(|part| PARTS.get(part)) {
            None => format.set_no_fill().set_no_border(),
            Some((colour, None)) => format.set_solid_fill(ChartSolidFill::new().set_color(*colour)),
            Some((colour, Some(pattern))) => format
                .set_pattern_fill(
                    ChartPatternFill::new()
                        .set_pattern(*pattern)
                        .set_foreground_color(*colour)
                        .set_background_color(Color::White),
                )
                .set_border(ChartLine::new().set_color(*colour)),
        };
        drawing
            .add_series()
            .set_name((sheet, first - 1, index))
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, index, last, index))
            .set_gap(45)
            .set_format(&mut format);
    }
    let serial = |date| {
        day(date)
            .map(|day| day.to_excel())
            .context("the picture has a day that Excel does not know")
    };
    let line = serial(timeline.line)?;
    let end = timeline.last.tomorrow().unwrap_or(timeline.last);
    // The first bar stands on top, and the line of the names stands where the shared service starts.
    drawing.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low);
    drawing
        .x_axis()
        .set_min(serial(timeline.first)?)
        .set_max(serial(end)?)
        .set_num_format("yyyy")
        .set_major_unit(YEAR)
        .set_major_gridlines_line(ChartLine::new().set_color(Color::RGB(0xD0D5DB)))
        .set_label_position(ChartAxisLabelPosition::High)
        .set_crossing(ChartAxisCrossing::AxisValue(line));
    drawing.legend().set_position(ChartLegendPosition::Bottom).delete_entries(&[0]);
    worksheet.insert_chart_with_offset(row, 0, &drawing, 0, 4)?;
    Ok(())
}
