//! The making of the built-in templates. The committed files are what this builds; a test holds them equal.

mod check;
mod house;
mod letterhead;
mod package;
mod part;
mod repair;
mod sections;
mod space;
mod style;
mod tree;

use docx_rs::{
    Docx, Footer, Header, NumPages, PageMargin, PageNum, Paragraph, Run, Tab, TabValueType,
};

pub use self::{check::check, letterhead::on_letterhead};
pub(super) use self::{
    house::with_styles,
    package::{with_category, with_properties},
};
use self::{
    package::Parts,
    part::{Part, TEXT_WIDTH, add, inline, paragraph},
    tree::Node,
};
use super::kind::{Class, Kind};
use crate::{english, word};

/// Margins at the sides, in twentieths of a point.
const MARGIN: i32 = 1247;

/// How much room a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// As many pages as it takes.
    Pages,
    /// All of it on one page.
    OnePage,
}

/// The built-in template of a kind, byte for byte the same each time.
///
/// # Errors
/// When docx-rs writes what is not XML, which is a slip in the program.
pub fn of(kind: Kind) -> anyhow::Result<Vec<u8>> {
    let room = match kind {
        Kind::MemberSummary | Kind::CouncilPage => Room::OnePage,
        Kind::BusinessCase
        | Kind::CoveringReport
        | Kind::StatementOfIntent
        | Kind::ProgressReport => Room::Pages,
    };
    let line = match kind {
        // The brief says whether the report is exempt.
        Kind::CoveringReport => header(|line| {
            line.add_run(Run::new().add_text(" – "))
                .add_structured_data_tag(inline("fig:class", "Who may read it"))
        }),
        _ => fixed_header(kind.class()),
    };
    build(sections::parts(kind), kind.title(), kind.class(), line, room)
}

/// The document around a list of changes, in the built-in style.
pub(super) fn changes() -> anyhow::Result<Vec<u8>> {
    let parts = vec![paragraph("block:changes", "Changes", "BodyText")];
    let class = Class::UntilCleared;
    build(parts, Kind::BusinessCase.title(), class, fixed_header(class), Room::Pages)
}

fn build(
    parts: Vec<Part>,
    title: &str,
    class: Class,
    header: Header,
    room: Room,
) -> anyhow::Result<Vec<u8>> {
    let (top, bottom) = match room {
        Room::Pages => (1418, 1247),
        Room::OnePage => (1134, 907),
    };
    let (levels, numbering) = style::numbering();
    let mut document = Docx::new()
        .default_fonts(style::fonts())
        .default_size(24)
        .add_abstract_numbering(levels)
        .add_numbering(numbering)
        .page_size(11906, 16838)
        .page_margin(PageMargin {
            top,
            left: MARGIN,
            bottom,
            right: MARGIN,
            header: 624,
            footer: 567,
            gutter: 0,
        })
        .header(header)
        .footer(footer());
    for own in style::styles(room) {
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
    let mut document = mended(Some(&built.document))?;
    if let Some(body) = document.child_mut("w:body") {
        space::after_tables(body, false);
    }
    let header = mended(built.headers.first())?;
    let footer = mended(built.footers.first())?;
    let mut styles = Node::parse(&built.styles)?;
    style::complete(&mut styles);
    let styles = repair::repair(styles, &mut ids);
    let numbering = repair::repair(style::own_numbering(Node::parse(&built.numberings)?), &mut ids);
    package::pack(&Parts {
        core: package::core(&english::capital(title), &english::capital(class.word())),
        document: word::conform(&repair::with_word_2012(document).part()),
        styles: word::conform(&styles.part()),
        numbering: word::conform(&numbering.part()),
        header: word::conform(&header.part()),
        footer: word::conform(&footer.part()),
    })
}

fn stops() -> Tab {
    Tab::new().val(TabValueType::Right).pos(TEXT_WIDTH)
}

fn fixed_header(class: Class) -> Header {
    header(|line| line.add_run(Run::new().add_text(format!(" – {}", class.word()))))
}

/// The line over every page, with what says who may read it.
fn header(class: impl Fn(Paragraph) -> Paragraph) -> Header {
    let line = Paragraph::new()
        .style("Header")
        .add_tab(stops())
        .add_structured_data_tag(inline("fig:marking", "Marking"));
    let line = class(line)
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
