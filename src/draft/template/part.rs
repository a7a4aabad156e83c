//! The pieces a template is put together from: headings, sentences, seeds, tables, passages.

use docx_rs::{
    Docx, Hyperlink, HyperlinkType, Paragraph, Run, StructuredDataTag, StructuredDataTagChild,
    Table, TableCell, TableLayoutType, TableRow, WidthType,
};

use super::{repair::SEPARATOR, style};

/// A4 less its margins, in twentieths of a point.
pub(super) const TEXT_WIDTH: usize = 9412;

/// Something that stands in the body, or in a passage.
pub(super) enum Part {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
    Control(Box<StructuredDataTag>),
}

impl From<Table> for Part {
    fn from(table: Table) -> Part {
        Part::Table(Box::new(table))
    }
}

impl From<StructuredDataTag> for Part {
    fn from(control: StructuredDataTag) -> Part {
        Part::Control(Box::new(control))
    }
}

impl From<Paragraph> for Part {
    fn from(paragraph: Paragraph) -> Part {
        Part::Paragraph(Box::new(paragraph))
    }
}

pub(super) fn add(document: Docx, part: Part) -> Docx {
    match part {
        Part::Paragraph(paragraph) => document.add_paragraph(*paragraph),
        Part::Table(table) => document.add_table(*table),
        Part::Control(control) => document.add_structured_data_tag(*control),
    }
}

/// A control whose alias says tag and label until it is mended.
fn control(tag: &str, label: &str) -> StructuredDataTag {
    StructuredDataTag::new().alias(format!("{tag}{SEPARATOR}{label}"))
}

fn around(control: StructuredDataTag, parts: Vec<Part>) -> StructuredDataTag {
    parts.into_iter().fold(control, |control, part| match part {
        Part::Paragraph(paragraph) => control.add_paragraph(*paragraph),
        Part::Table(table) => control.add_table(*table),
        Part::Control(inner) => within(control, *inner),
    })
}

fn within(mut control: StructuredDataTag, inner: StructuredDataTag) -> StructuredDataTag {
    control.children.push(StructuredDataTagChild::StructuredDataTag(Box::new(inner)));
    control
}

/// What is shown only while there is something to say.
pub(super) fn passage(tag: &str, label: &str, parts: Vec<Part>) -> Part {
    Part::from(around(control(tag, label), parts))
}

/// The contents list, which Word offers to bring up to date.
pub(super) fn contents(parts: Vec<Part>) -> Part {
    Part::from(around(control("contents", ""), parts))
}

pub(super) fn words(style: &str, text: &str) -> Paragraph {
    Paragraph::new().style(style).add_run(Run::new().add_text(text))
}

pub(super) fn text(style: &str, text: &str) -> Part {
    Part::from(words(style, text))
}

pub(super) fn bullet(words_of: &str) -> Part {
    let (numbering, level) = style::bullet();
    Part::from(words("ListBullet", words_of).numbering(numbering, level))
}

/// A paragraph of its own: a generated sentence, or a seed.
pub(super) fn paragraph(tag: &str, label: &str, style: &str) -> Part {
    let placeholder = words(style, &format!("[{label}]"));
    Part::from(control(tag, label).add_paragraph(placeholder))
}

/// A text within a paragraph.
pub(super) fn inline(tag: &str, label: &str) -> StructuredDataTag {
    control(tag, label).add_run(Run::new().add_text(format!("[{label}]")))
}

/// A label and its answer on the first page.
pub(super) fn fact(label: &str, tag: &str) -> Part {
    Part::from(labelled(label).add_structured_data_tag(inline(tag, label)))
}

/// The same where the answer never changes.
pub(super) fn fact_of(label: &str, answer: &str) -> Part {
    Part::from(labelled(label).add_run(Run::new().add_text(answer)))
}

fn labelled(label: &str) -> Paragraph {
    Paragraph::new()
        .style("Fact")
        .add_tab(style::fact_stop())
        .add_run(Run::new().add_text(label).bold())
        .add_run(Run::new().add_tab())
}

pub(super) fn heading(level: usize, title: &str) -> Part {
    text(&format!("Heading{level}"), title)
}

/// The heading of a section, at which the contents list points.
pub(super) fn section_heading(title: &str, id: usize, bookmark: &str, new_page: bool) -> Part {
    let heading = Paragraph::new()
        .style("Heading1")
        .add_bookmark_start(id, bookmark)
        .add_run(Run::new().add_text(title))
        .add_bookmark_end(id);
    Part::from(if new_page { heading.page_break_before(true) } else { heading })
}

pub(super) fn link(bookmark: &str, title: &str) -> Hyperlink {
    Hyperlink::new(bookmark, HyperlinkType::Anchor).add_run(Run::new().add_text(title))
}

/// A table made anew at every fill.
pub(super) fn block(tag: &str, label: &str) -> Part {
    Part::from(control(tag, label).add_paragraph(words("TableText", &format!("[{label}]"))))
}

/// A chart below its caption, both only while there is something to show, and the line that says from whom it comes, or
/// why there is none.
pub(super) fn chart(name: &str, label: &str, caption: &str) -> [Part; 2] {
    let tag = format!("chart:{name}");
    let place = words("BodyText", &format!("[{caption}]")).keep_next(true);
    let drawn = Part::from(control(&tag, label).add_paragraph(place));
    [
        passage(&format!("if:chart.{name}"), caption, vec![text("Caption", caption), drawn]),
        paragraph(&format!("say:chart.{name}"), "Source of the chart", "Note"),
    ]
}

/// A column of a list: heading, the column's name (none for the lead's own notes), its share of the width.
pub(super) type Column = (&'static str, Option<&'static str>, usize);

/// Columns of numbers stand at the right.
const NUMERIC: [&str; 11] =
    ["y0", "y1", "y2", "y3", "now", "target", "corrections", "questions", "amount", "time", "days"];

/// Columns headed by a financial year of the programme.
const YEARS: [&str; 4] = ["y0", "y1", "y2", "y3"];

/// A table with one sample row, repeated for each item.
pub(super) fn list(tag: &str, label: &str, columns: &[Column]) -> Part {
    let style = |name: Option<&str>| {
        if name.is_some_and(|name| NUMERIC.contains(&name)) { "TableNumber" } else { "TableText" }
    };
    let head = columns.iter().map(|(heading, name, _)| match name {
        Some(name) if YEARS.contains(name) => Paragraph::new()
            .style("TableNumber")
            .add_structured_data_tag(inline(&format!("fig:year.{name}"), heading)),
        _ => words(style(*name), heading),
    });
    let sample = columns.iter().map(|(heading, name, _)| match name {
        None => words("TableText", "–"),
        Some(name) => {
            let alias = format!("{heading}{SEPARATOR}{tag}{SEPARATOR}{label}");
            Paragraph::new().style(style(Some(name))).add_structured_data_tag(inline_as(
                &format!("item:{name}"),
                &alias,
                heading,
            ))
        }
    });
    let widths = widths(columns.iter().map(|(.., width)| *width));
    Part::from(table(label, &widths, vec![head.collect(), sample.collect()]))
}

fn inline_as(tag: &str, alias: &str, label: &str) -> StructuredDataTag {
    control(tag, alias).add_run(Run::new().add_text(format!("[{label}]")))
}

/// A table with fixed rows, whose cells hold figures.
pub(super) fn fixed(label: &str, shares: &[usize], rows: Vec<Vec<Paragraph>>) -> Part {
    Part::from(table(label, &widths(shares.iter().copied()), rows))
}

/// The style carries the label, which becomes the table's alternative text when it is mended.
fn table(label: &str, widths: &[usize], rows: Vec<Vec<Paragraph>>) -> Table {
    let cell = |(paragraph, width): (Paragraph, &usize)| {
        TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph)
    };
    // A head never stands alone at the foot of a page.
    let rows = rows.into_iter().enumerate().map(|(at, row)| {
        let row = row.into_iter().map(|paragraph| paragraph.keep_next(at == 0)).zip(widths);
        TableRow::new(row.map(cell).collect()).cant_split()
    });
    Table::without_borders(rows.collect())
        .style(format!("LatheTable{SEPARATOR}{label}"))
        .set_grid(widths.to_vec())
        .width(TEXT_WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}

/// Shares of the text's width; what rounding leaves goes to the first.
fn widths(shares: impl Iterator<Item = usize>) -> Vec<usize> {
    let shares: Vec<usize> = shares.collect();
    let all: usize = shares.iter().sum();
    let mut widths: Vec<usize> = shares.iter().map(|share| share * TEXT_WIDTH / all).collect();
    let rest = TEXT_WIDTH - widths.iter().sum::<usize>();
    if let Some(first) = widths.first_mut() {
        *first += rest;
    }
    widths
}
