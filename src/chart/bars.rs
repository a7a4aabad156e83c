//! Stacked bars and lines, told apart without colour by light, dark, hatching and the marks on lines.

use rust_xlsxwriter::{
    Chart as Drawing, ChartAxisLabelPosition, ChartFormat, ChartLine, ChartLineDashType,
    ChartMarker, ChartMarkerType, ChartPatternFill, ChartPatternFillType, ChartSolidFill,
    ChartType, Color,
};

use super::{Chart, SHEET};

/// The grounds of the parts of a bar, and the marks of lines in the same order.
const GROUNDS: [(Color, Option<ChartPatternFillType>); 7] = [
    (Color::RGB(0x1F3A5F), None),
    (Color::RGB(0xB45F06), Some(ChartPatternFillType::DiagonalStripesWideUpwards)),
    (Color::RGB(0x9AA5B1), None),
    (Color::RGB(0x45818E), Some(ChartPatternFillType::Dotted25Percent)),
    (Color::RGB(0x741B47), None),
    (Color::RGB(0x38761D), Some(ChartPatternFillType::HorizontalStripesNarrow)),
    (Color::RGB(0x7F6000), Some(ChartPatternFillType::VerticalStripesNarrow)),
];

const MARKS: [(ChartMarkerType, ChartLineDashType); 4] = [
    (ChartMarkerType::Circle, ChartLineDashType::Solid),
    (ChartMarkerType::Square, ChartLineDashType::Dash),
    (ChartMarkerType::Triangle, ChartLineDashType::RoundDot),
    (ChartMarkerType::Diamond, ChartLineDashType::LongDash),
];

pub(super) fn drawing(kind: ChartType, chart: &Chart, last: u32, count: u16) -> Drawing {
    let mut drawing = Drawing::new(kind);
    let lines = kind == ChartType::Line;
    for (column, at) in (1..=count).zip(0..) {
        let (colour, pattern) = GROUNDS[at % GROUNDS.len()];
        let (mark, dash) = MARKS[at % MARKS.len()];
        let series = drawing
            .add_series()
            .set_name((SHEET, 0, column))
            .set_categories((SHEET, 1, 0, last, 0))
            .set_values((SHEET, 1, column, last, column));
        if lines {
            let mut line = ChartLine::new();
            line.set_color(colour).set_width(2.25).set_dash_type(dash);
            series.set_format(ChartFormat::new().set_line(&line));
            let mut marker = ChartMarker::new();
            marker.set_type(mark).set_size(7).set_format(
                ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)),
            );
            series.set_marker(&marker);
        } else {
            series.set_gap(45).set_format(&mut ground(colour, pattern));
        }
    }
    let grid = ChartLine::new().set_color(Color::RGB(0xD0D5DB)).clone();
    let unit = chart.unit.axis();
    if lines {
        drawing.y_axis().set_num_format(unit).set_major_gridlines_line(&grid);
        drawing.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    } else {
        // The first bar stands on top, and the numbers below the last.
        drawing.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low);
        drawing
            .x_axis()
            .set_num_format(unit)
            .set_major_gridlines_line(&grid)
            .set_label_position(ChartAxisLabelPosition::High);
    }
    if count == 1 {
        drawing.legend().set_hidden();
    }
    drawing
}

/// What a part is painted with.
pub(super) fn ground(colour: Color, pattern: Option<ChartPatternFillType>) -> ChartFormat {
    let mut format = ChartFormat::new();
    match pattern {
        None => format.set_solid_fill(ChartSolidFill::new().set_color(colour)),
        Some(pattern) => format
            .set_pattern_fill(
                ChartPatternFill::new()
                    .set_pattern(pattern)
                    .set_foreground_color(colour)
                    .set_background_color(Color::White),
            )
            .set_border(ChartLine::new().set_color(colour)),
    };
    format
}
