//! What a form looks like: colours, borders and number formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::form::{Field, Kind, Need};

/// The part a cell plays on a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Title,
    /// What a sheet or a table asks for.
    About,
    Section,
    /// Above questions, answers and columns, and what joins them.
    Heading,
    Band,
    Label,
    /// Guidance that wraps in its own column.
    Help,
    /// Guidance that runs on over the empty cells to its right.
    HelpAcross,
    /// Guidance above a column.
    HelpAbove,
    Unit,
    /// The line that leads the eye from a question to its answer and the guidance.
    Rule,
    /// A financial year above a column, and the small label above it.
    Year,
    YearLabel,
    /// A cell to be filled in: one that is wanted, one that may stay empty.
    Wanted,
    Optional,
    /// What the programme office has filled in.
    Given,
    Total,
    TotalLabel,
    /// Running text and its topic.
    Topic,
    Text,
    Link,
    /// A cell of a list for reading.
    Listed,
}

const NAVY: u32 = 0x1F_3864;
const INK: u32 = 0x26_2626;
const GREY: u32 = 0x59_5959;
const LINE: u32 = 0xA6_A6A6;
const PAPER: u32 = 0xFF_FFFF;
pub(crate) const WANTED: u32 = 0xFF_F8E0;
const GIVEN: u32 = 0xED_EDED;
const TOTAL: u32 = 0xDE_E6F2;

impl Look {
    /// How the answer to a field looks.
    pub(crate) fn of(field: &Field) -> Look {
        match field.need {
            Need::Locked => Look::Given,
            Need::Formula => Look::Total,
            Need::Yes | Need::RowUsed => Look::Wanted,
            Need::No | Need::If(_) => Look::Optional,
        }
    }

    /// The same for a cell that only shows what it looks like.
    pub(crate) fn sample(self) -> Format {
        self.format(None).set_locked()
    }

    /// The format of a cell; a field's kind decides how its answer is shown.
    pub(crate) fn format(self, field: Option<&Field>) -> Format {
        let plain = Format::new()
            .set_font_name("Arial")
            .set_font_size(10)
            .set_font_color(INK)
            .set_align(FormatAlign::Top);
        let small = plain.clone().set_font_size(9).set_font_color(GREY);
        let ruled = |format: Format| {
            format
                .set_align(FormatAlign::VerticalCenter)
                .set_border_bottom(FormatBorder::Hair)
                .set_border_bottom_color(LINE)
        };
        let boxed = |fill: u32| {
            shown(field, plain.clone().set_background_color(fill))
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE)
        };
        match self {
            Look::Title => plain.set_font_size(14).set_bold().set_font_color(NAVY),
            Look::About => plain,
            Look::Section => plain.set_font_size(11).set_bold().set_font_color(NAVY),
            Look::Heading => plain
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(NAVY)
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE)
                .set_text_wrap()
                .set_indent(1)
                .set_align(FormatAlign::VerticalCenter),
            Look::Band => plain.set_background_color(NAVY),
            Look::Label => ruled(plain).set_text_wrap(),
            Look::Help => ruled(small).set_text_wrap().set_indent(1),
            Look::HelpAcross => small.set_align(FormatAlign::VerticalCenter).set_indent(1),
            Look::HelpAbove => {
                small.set_font_size(8).set_text_wrap().set_align(FormatAlign::Bottom)
            }
            Look::Unit => ruled(small).set_indent(1),
            Look::Rule => ruled(plain),
            Look::Year => plain
                .set_background_color(GIVEN)
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE)
                .set_num_format("@")
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            Look::YearLabel => {
                small.set_font_size(8).set_text_wrap().set_align(FormatAlign::Bottom)
            }
            Look::Wanted => boxed(WANTED).set_unlocked(),
            Look::Optional => boxed(PAPER).set_unlocked(),
            Look::Given => boxed(GIVEN),
            Look::Total => boxed(TOTAL).set_bold(),
            Look::TotalLabel => ruled(plain).set_bold().set_text_wrap(),
            Look::Topic => plain.set_bold().set_text_wrap(),
            Look::Text => plain.set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            Look::Link => plain
                .set_align(FormatAlign::Left)
                .set_indent(1)
                .set_font_color(0x05_63C1)
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            Look::Listed => {
                plain.set_text_wrap().set_border(FormatBorder::Hair).set_border_color(LINE)
            }
        }
    }
}

/// The format in which an answer is shown: what is typed stays as it was typed.
fn shown(field: Option<&Field>, format: Format) -> Format {
    let Some(field) = field else { return format };
    let format = format.set_align(FormatAlign::VerticalCenter);
    match field.kind {
        Kind::Money | Kind::Int => format.set_num_format("#,##0"),
        Kind::Fte => format.set_num_format("#,##0.00"),
        Kind::Pct | Kind::Dec => format.set_num_format("#,##0.0##"),
        Kind::Date => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        // Excel shows a long text as ##### in a cell formatted as text.
        Kind::Text if is_long(field) => {
            let format = format.set_align(FormatAlign::Top).set_align(FormatAlign::Left);
            format.set_text_wrap().set_indent(1)
        }
        Kind::Multi => format.set_text_wrap().set_indent(1),
        Kind::Text | Kind::Choice | Kind::Fy | Kind::Yn | Kind::Ynu => {
            format.set_num_format("@").set_text_wrap().set_indent(1)
        }
    }
}

/// Whether sentences are asked for.
pub(crate) fn is_long(field: &Field) -> bool {
    field.kind == Kind::Text && (field.unit == "characters" || field.name.ends_with("_notes"))
}
