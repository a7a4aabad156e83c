//! Bars along the years: the picture of a table of the same sheet.

use anyhow::Result;
use rust_xlsxwriter::Worksheet;

use crate::{
    book::{
        layout::{count, timeline_height},
        paint::{Tables, column},
        sheet::Timeline,
    },
    chart::{Area, Axis, years},
};

const WIDTH: u32 = 960;

/// Puts the picture at a row. The table it is made of must stand on the same sheet.
pub(super) fn paint(
    worksheet: &mut Worksheet,
    tables: &Tables,
    timeline: &Timeline,
    row: u32,
) -> Result<()> {
    let Some(&(sheet, first)) = tables.get(timeline.table) else { return Ok(()) };
    let last = first + count(timeline.bars) - 1;
    let (column, parts) = (column(timeline.offset), column(timeline.parts));
    let area = Area { sheet, first, last, column, parts };
    let axis = Axis { first: timeline.first, last: timeline.last, line: timeline.line };
    let mut drawing = years(&area, &axis)?;
    drawing.title().set_name(&timeline.title);
    drawing.set_alt_text(&timeline.alt);
    drawing.set_width(WIDTH).set_height(timeline_height(timeline.bars));
    worksheet.insert_chart_with_offset(row, 0, &drawing, 0, 4)?;
    Ok(())
}
