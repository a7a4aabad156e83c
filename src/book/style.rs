//! The house look of every workbook we write: fonts, colours and number formats.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    ChartFormat, ChartLine, ChartPatternFill, ChartPatternFillType, ChartSolidFill, Color, Format,
    FormatAlign, FormatBorder, FormatUnderline,
};

use crate::book::sheet::ChartKind;

/// On white: ink 14:1, links 7:1, quiet text 7:1. White on the fill of headers: 11:1.
const INK: Color = Color::RGB(0x1F2A37);
const QUIET: Color = Color::RGB(0x4B5563);
const LINK: Color = Color::RGB(0x0B5394);
const HEADER: Color = Color::RGB(0x1F3A5F);
const TOTAL: Color = Color::RGB(0xE8EEF5);
const INPUT: Color = Color::RGB(0xFFF6D6);
const RULE: Color = Color::RGB(0x9AA5B1);

/// The first colours of charts, each 3:1 against white and told apart by a pattern of light and dark.
const SERIES: [Color; 7] = [
    Color::RGB(0x1F3A5F),
    Color::RGB(0xB45F06),
    Color::RGB(0x38761D),
    Color::RGB(0x741B47),
    Color::RGB(0x45818E),
    Color::RGB(0x7F6000),
    Color::RGB(0x666666),
];

const HATCHES: [ChartPatternFillType; 3] = [
    ChartPatternFillType::DiagonalStripesWideUpwards,
    ChartPatternFillType::HorizontalStripesDark,
    ChartPatternFillType::DiagonalStripesWideDownwards,
];

/// The look of a series of a chart: a colour of its own, and every second one hatched, so that they can be told apart in
/// grey as well.
pub(super) fn series(kind: ChartKind, index: usize) -> ChartFormat {
    let colour = SERIES[index % SERIES.len()];
    let mut format = ChartFormat::new();
    if kind == ChartKind::Line {
        format.set_line(ChartLine::new().set_color(colour).set_width(2.25));
        return format;
    }
    if index.is_multiple_of(2) {
        format.set_solid_fill(ChartSolidFill::new().set_color(colour));
    } else {
        let mut hatched = ChartPatternFill::new();
        hatched
            .set_pattern(HATCHES[index / 2 % HATCHES.len()])
            .set_foreground_color(colour)
            .set_background_color(Color::White);
        format.set_pattern_fill(&hatched);
    }
    format.set_border(ChartLine::new().set_color(colour));
    format
}

/// The number format of an axis.
pub(super) fn axis(look: Look) -> &'static str {
    match look {
        Look::Pounds | Look::Pence => "\"£\"#,##0",
        Look::Fte => "#,##0.0",
        _ => "#,##0",
    }
}

/// What a cell is, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// The title in A1.
    Title,
    /// The heading above a table.
    Heading,
    /// A line of text outside tables.
    Line,
    /// The header of a column, of text or of numbers.
    Header,
    HeaderOfNumbers,
    /// Text in a table.
    Text,
    /// The same, indented by so many steps under what it belongs to.
    Under(u8),
    /// Words or a code where a number would stand.
    Words,
    /// Text that leads somewhere.
    Link,
    Pounds,
    Pence,
    Fte,
    Count,
    Percent,
    Ratio,
    /// Years to three places.
    Years,
    /// What a pound of a later year is worth, to six places.
    Factor,
    Date,
}

/// What is said of a number beside it, in its format, so that the cell stays a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    None,
    Estimate,
    /// A total of so many of so many councils.
    Part(usize, usize),
    /// The cell may be changed, and others follow.
    Input,
}

impl Mark {
    pub(super) fn words(self) -> String {
        match self {
            Mark::None | Mark::Input => String::new(),
            Mark::Estimate => String::from(" [e]"),
            Mark::Part(used, of) => format!(" ({used} of {of})"),
        }
    }
}

/// How a cell looks, whether it is of a total, and what is said of it.
pub(super) type Dress = (Look, bool, Mark);

/// The formats in use, made once each.
#[derive(Default)]
pub(super) struct Formats(BTreeMap<Dress, Format>);

impl Formats {
    pub(super) fn get(&mut self, dress: Dress) -> &Format {
        self.0.entry(dress).or_insert_with(|| format(dress))
    }
}

/// What cells look like where nothing else is said, which also sets the width of a digit to eight pixels.
pub(super) fn plain() -> Format {
    Format::new().set_font_name("Arial").set_font_size(11).set_font_color(INK)
}

fn format((look, strong, mark): Dress) -> Format {
    let base = plain().set_align(FormatAlign::Top);
    let base = match look {
        Look::Title => return plain().set_bold().set_font_size(16),
        Look::Heading => return plain().set_bold().set_font_size(13),
        Look::Line => return plain().set_font_color(QUIET),
        Look::Header | Look::HeaderOfNumbers => {
            plain().set_bold().set_font_color(Color::White).set_background_color(HEADER)
        }
        Look::Link => base.set_font_color(LINK).set_underline(FormatUnderline::Single),
        _ => base,
    };
    let base = base.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE);
    let base = match look {
        Look::Header => {
            let base = base.set_text_wrap().set_align(FormatAlign::Bottom);
            base.set_align(FormatAlign::Left).set_indent(1)
        }
        Look::HeaderOfNumbers => {
            base.set_text_wrap().set_align(FormatAlign::Bottom).set_align(FormatAlign::Right)
        }
        Look::Text | Look::Link => base.set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
        Look::Under(steps) => {
            base.set_text_wrap().set_align(FormatAlign::Left).set_indent(1 + 2 * steps)
        }
        Look::Words => base.set_text_wrap().set_align(FormatAlign::Right),
        _ => base.set_align(FormatAlign::Right).set_num_format(number_format(look, mark)),
    };
    let base = match mark {
        Mark::Input => base
            .set_background_color(INPUT)
            .set_border(FormatBorder::Thin)
            .set_border_color(QUIET)
            .set_unlocked(),
        _ => base,
    };
    if strong {
        base.set_bold()
            .set_background_color(TOTAL)
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(RULE)
    } else {
        base
    }
}

/// A confirmed nought reads "nil" and stays the number 0.
fn number_format(look: Look, mark: Mark) -> String {
    let digits = match look {
        Look::Pounds => "\"£\"#,##0",
        Look::Pence => "\"£\"#,##0.00",
        Look::Fte | Look::Ratio => "#,##0.00",
        Look::Percent => "0.0%",
        Look::Years => "0.000",
        Look::Factor => "0.000000",
        Look::Date => return String::from("d mmm yyyy"),
        _ => "#,##0",
    };
    let mark = match mark.words() {
        words if words.is_empty() => words,
        words => format!("\"{words}\""),
    };
    format!("{digits}{mark};-{digits}{mark};\"nil\"{mark}")
}
