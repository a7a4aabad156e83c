//! The making of the built-in template. The committed file is what this builds; a test holds them equal.

mod package;
mod part;
mod repair;
mod sections;
mod style;
mod tree;

use docx_rs::{
    Docx, Footer, Header, NumPages, PageMargin, PageNum, Paragraph, Run, Tab, TabValueType,
};

pub(super) use self::package::with_title;
use self::{
    package::Parts,
    part::{Part, TEXT_WIDTH, add, inline, paragraph},
    tree::Node,
};
use crate::word;

const MARGIN: i32 = 1247;

/// `templates/business-case.docx`, byte for byte the same each time.
///
/// # Errors
/// When docx-rs writes what is not XML, which is a slip in the program.
pub fn business_case() -> anyhow::Result<Vec<u8>> {
    build(sections::parts())
}

/// The document around a list of changes, in the built-in style.
pub(super) fn changes() -> anyhow::Result<Vec<u8>> {
    build(vec![paragraph("block:changes", "Changes", "BodyText")])
}

fn build(parts: Vec<Part>) -> anyhow::Result<Vec<u8>> {
    let (levels, numbering) = style::numbering();
    let mut document = Docx::new()
        .default_fonts(style::fonts())
        .default_size(24)
        .add_abstract_numbering(levels)
        .add_numbering(numbering)
        .page_size(11906, 16838)
        .page_margin(PageMargin {
            top: 1418,
            left: MARGIN,
            bottom: 1247,
            right: MARGIN,
            header: 624,
            footer: 567,
            gutter: 0,
        })
        .header(header())
        .footer(footer());
    for own in style::styles() {
        document = document.add_style(own);
    }
    for part in parts {
        document = add(document, part);
    }
    let built = document.build();
    let mut ids = 0;
    let mut mended = |xml: Option<&Vec<u8>>| -> anyhow::Result<Node> {
        Ok(repair::repair(Node::parse(xml.map_or(&[][..], Vec::as_slice))?, &mut ids))
    };
    let document = mended(Some(&built.document))?;
    let header = mended(built.headers.first())?;
    let footer = mended(built.footers.first())?;
    let mut styles = Node::parse(&built.styles)?;
    style::complete(&mut styles);
    let styles = repair::repair(styles, &mut ids);
    let numbering = repair::repair(style::own_numbering(Node::parse(&built.numberings)?), &mut ids);
    package::pack(&Parts {
        document: word::conform(&repair::with_word_2012(document).xml()),
        styles: word::conform(&styles.xml()),
        numbering: word::conform(&numbering.xml()),
        header: word::conform(&header.xml()),
        footer: word::conform(&footer.xml()),
    })
}

fn stops() -> Tab {
    Tab::new().val(TabValueType::Right).pos(TEXT_WIDTH)
}

fn header() -> Header {
    let line = Paragraph::new()
        .style("Header")
        .add_tab(stops())
        .add_structured_data_tag(inline("fig:marking", "Marking"))
        .add_run(Run::new().add_text(" – internal until cleared"))
        .add_run(Run::new().add_tab())
        .add_structured_data_tag(inline("fig:standing", "Standing of the draft"));
    Header::new().add_paragraph(line)
}

fn footer() -> Footer {
    let line = Paragraph::new()
        .style("Footer")
        .add_tab(stops())
        .add_structured_data_tag(inline("fig:footer", "Project"))
        .add_run(Run::new().add_text(" – run "))
        .add_structured_data_tag(inline("fig:run", "Run"))
        .add_run(Run::new().add_tab())
        .add_run(Run::new().add_text("Page "))
        .add_page_num(PageNum::new())
        .add_run(Run::new().add_text(" of "))
        .add_num_pages(NumPages::new());
    Footer::new().add_paragraph(line)
}
