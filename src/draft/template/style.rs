//! The house style: fonts that every machine has, 12 point text, headings, one kind of table.

use docx_rs::{
    AbstractNumbering, IndentLevel, Level, LevelJc, LevelText, LineSpacing, NumberFormat,
    Numbering, NumberingId, RunFonts, SpecialIndentType, Start, Style, StyleType, Tab,
    TabValueType, TableCellMargins, TableProperty, WidthType,
};

use super::{
    Room,
    tree::{Child, Node},
};

/// Dark enough on white and on the shade of a table's head for anyone to read.
const INK: &str = "1F3864";
const SHADE: &str = "E8EDF4";
const RULE: &str = "8496B0";

/// The list that bulleted paragraphs belong to.
pub(super) const BULLETS: usize = 2;

/// Body text straight after a table, with room above.
pub(super) const AFTER_TABLE: &str = "AfterTable";

pub(super) fn fonts() -> RunFonts {
    RunFonts::new().ascii("Arial").hi_ansi("Arial").cs("Arial")
}

pub(super) fn styles(room: Room) -> Vec<Style> {
    let page = room == Room::OnePage;
    // Text keeps its size; what is around it gives way.
    let or = |pages: u32, one: u32| if page { one } else { pages };
    let line = if page { 252 } else { 288 };
    let size = |pages: usize, one: usize| if page { one } else { pages };
    let paragraph =
        |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name).based_on("Normal");
    let space = |before, after| LineSpacing::new().before(before).after(after);
    let heading = |id: &str, name: &str, level, size, before| {
        paragraph(id, name)
            .next("BodyText")
            .size(size)
            .bold()
            .color(INK)
            .outline_lvl(level)
            .line_spacing(space(before, or(120, 40)))
    };
    vec![
        paragraph("BodyText", "Body Text").line_spacing(space(0, or(160, 60)).line(line)),
        paragraph("Note", "Note")
            .next("BodyText")
            .line_spacing(space(or(120, 60), or(160, 60)).line(line)),
        Style::new(AFTER_TABLE, StyleType::Paragraph)
            .name("Body Text After Table")
            .based_on("BodyText")
            .next("BodyText")
            .line_spacing(space(or(120, 40), or(160, 60)).line(line)),
        paragraph("Title", "Title")
            .next("Subtitle")
            .size(size(52, 40))
            .bold()
            .color(INK)
            .line_spacing(space(0, 60)),
        paragraph("Subtitle", "Subtitle")
            .next("BodyText")
            .size(28)
            .color(INK)
            .line_spacing(space(0, or(360, 120))),
        heading("Heading1", "heading 1", 0, size(34, 26), or(480, 100)),
        heading("Heading2", "heading 2", 1, 28, 300),
        heading("Heading3", "heading 3", 2, 24, 240),
        paragraph("TOCHeading", "TOC Heading")
            .next("BodyText")
            .size(28)
            .bold()
            .color(INK)
            .line_spacing(space(360, 120)),
        toc("TOC1", "toc 1", 0),
        toc("TOC2", "toc 2", 284),
        paragraph("Fact", "Fact").line_spacing(space(0, 80)).indent(
            Some(FACT),
            Some(SpecialIndentType::Hanging(FACT)),
            None,
            None,
        ),
        paragraph("Caption", "caption")
            .next("BodyText")
            .size(24)
            .bold()
            .line_spacing(space(or(240, 80), or(100, 40))),
        paragraph("ListBullet", "List Bullet").line_spacing(space(0, 80)),
        paragraph("TableText", "Table Text").size(20).line_spacing(space(or(30, 10), or(30, 10))),
        paragraph("TableNumber", "Table Number")
            .size(20)
            .align(docx_rs::AlignmentType::Right)
            .line_spacing(space(or(30, 10), or(30, 10))),
        paragraph("Header", "header").size(20).line_spacing(space(0, 0)),
        paragraph("Footer", "footer").size(20).line_spacing(space(0, 0)),
        table(size(20, 6)),
    ]
}

/// How far the answers on the first page stand from their labels.
const FACT: i32 = 2900;

pub(super) fn fact_stop() -> Tab {
    Tab::new().val(TabValueType::Left).pos(FACT as usize)
}

fn toc(id: &str, name: &str, left: i32) -> Style {
    Style::new(id, StyleType::Paragraph)
        .name(name)
        .based_on("Normal")
        .next("Normal")
        .line_spacing(LineSpacing::new().after(60))
        .indent(Some(left), None, None, None)
}

/// `room`: above and below the words of a cell.
fn table(room: usize) -> Style {
    let margins = TableCellMargins::new()
        .margin_left(80, WidthType::Dxa)
        .margin_right(80, WidthType::Dxa)
        .margin_top(room, WidthType::Dxa)
        .margin_bottom(room, WidthType::Dxa);
    Style::new("LatheTable", StyleType::Table)
        .name("Lathe Table")
        .table_property(TableProperty::new().set_margins(margins))
}

pub(super) fn numbering() -> (AbstractNumbering, Numbering) {
    let level = Level::new(
        0,
        Start::new(1),
        NumberFormat::new("bullet"),
        LevelText::new("•"),
        LevelJc::new("left"),
    )
    .indent(Some(397), Some(SpecialIndentType::Hanging(397)), None, None);
    (AbstractNumbering::new(BULLETS).add_level(level), Numbering::new(BULLETS, BULLETS))
}

pub(super) fn bullet() -> (NumberingId, IndentLevel) {
    (NumberingId::new(BULLETS), IndentLevel::new(0))
}

/// The list of our own: docx-rs puts a Japanese one before it.
pub(super) fn own_numbering(mut numbering: Node) -> Node {
    let own = BULLETS.to_string();
    numbering.children.retain(|child| match child {
        Child::Node(node) => {
            let id = node.attribute("w:abstractNumId").or_else(|| node.attribute("w:numId"));
            id == Some(&*own)
        }
        Child::Text(_) => false,
    });
    numbering
}

/// What docx-rs cannot say of styles: the language, the default style, a table's head and total row.
pub(super) fn complete(styles: &mut Node) {
    if let Some(run) = styles
        .child_mut("w:docDefaults")
        .and_then(|defaults| defaults.child_mut("w:rPrDefault"))
        .and_then(|default| default.child_mut("w:rPr"))
    {
        let language = [("w:val", "en-GB"), ("w:eastAsia", "en-GB"), ("w:bidi", "ar-SA")];
        run.children.push(Child::Node(Node::new("w:lang", &language)));
    }
    // docx-rs brings contents styles of its own, set for Japanese.
    styles.children.retain(|child| {
        !matches!(child, Child::Node(own)
            if own.attribute("w:styleId").is_some_and(|id| id.starts_with("ToC")))
    });
    for child in &mut styles.children {
        let Child::Node(style) = child else { continue };
        match style.attribute("w:styleId") {
            Some("Normal") => {
                style.attributes.push((String::from("w:default"), String::from("1")));
            }
            Some("LatheTable") => table_look(style),
            Some("ListBullet") => {
                let value = |name, value: &str| Node::new(name, &[("w:val", value)]);
                let numbers = Node::new("w:numPr", &[])
                    .with([value("w:ilvl", "0"), value("w:numId", &BULLETS.to_string())]);
                in_paragraph(style, numbers);
            }
            Some("Heading1" | "Heading2" | "Heading3" | "TOCHeading" | "Caption") => {
                in_paragraph(style, Node::new("w:keepNext", &[]));
            }
            _ => (),
        }
    }
}

fn in_paragraph(style: &mut Node, node: Node) {
    if style.child("w:pPr").is_none() {
        style.children.push(Child::Node(Node::new("w:pPr", &[])));
    }
    if let Some(properties) = style.child_mut("w:pPr") {
        properties.children.push(Child::Node(node));
    }
}

fn table_look(style: &mut Node) {
    let line = |name: &str, size: &str| {
        let own = [("w:val", "single"), ("w:sz", size), ("w:space", "0"), ("w:color", RULE)];
        Node::new(name, &own)
    };
    let borders = Node::new("w:tblBorders", &[]).with([
        line("w:top", "8"),
        line("w:bottom", "8"),
        line("w:insideH", "4"),
    ]);
    if let Some(properties) = style.child_mut("w:tblPr") {
        properties.children.retain(|child| {
            !matches!(child, Child::Node(own)
                if matches!(&*own.name, "w:tblBorders" | "w:jc" | "w:tblW"))
        });
        properties.children.push(Child::Node(borders));
    }
    let bold = || Node::new("w:rPr", &[]).with([Node::new("w:b", &[]), Node::new("w:bCs", &[])]);
    let cells = |parts: Vec<Node>| Node::new("w:tcPr", &[]).with(parts);
    let shade = [("w:val", "clear"), ("w:color", "auto"), ("w:fill", SHADE)];
    let head = Node::new("w:tblStylePr", &[("w:type", "firstRow")]).with([
        bold(),
        cells(vec![
            Node::new("w:tcBorders", &[]).with([line("w:bottom", "8")]),
            Node::new("w:shd", &shade),
            Node::new("w:vAlign", &[("w:val", "bottom")]),
        ]),
    ]);
    let total = Node::new("w:tblStylePr", &[("w:type", "lastRow")])
        .with([bold(), cells(vec![Node::new("w:tcBorders", &[]).with([line("w:top", "8")])])]);
    style.children.extend([head, total].map(Child::Node));
}
