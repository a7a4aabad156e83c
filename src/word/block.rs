//! Paragraphs, bullets and tables where the document has none: built by docx-rs, put right by `conform`.

use docx_rs::{
    BreakType, BuildXML, Paragraph, Run, Table as WordTable, TableCell, TableLayoutType, TableRow,
    WidthType,
};

use super::{
    compare::{Cell, changed_cells},
    conform::conform,
    control::Control,
    data::{Block, Level, NoticeKind, Table},
    edits::Edits,
    fill::{DASH, Filling},
    label::label,
    piece,
    refusal::Refusal,
    scalar::Whose,
    span::{Prefixes, Tree},
    text::{clean, escape, hash, text},
};

/// The width between the margins of an A4 page, in twentieths of a point. The
/// table itself is as wide as the text, whatever that is.
const TEXT_WIDTH: usize = 9_026;

/// A table's width in Word's fiftieths of a per cent.
const WHOLE: usize = 5_000;

/// A table of so many rows is not broken over pages.
const SHORT: usize = 12;

/// How docx-rs ends a table, and begins a row.
const END: &str = "</w:tbl>";
const BARE: &str = "<w:trPr />";

const SPACER: &str = "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr></w:p>";

impl Filling<'_> {
    pub(super) fn block(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        blocks: &[Block],
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        let tag = &control.tag;
        if control.level != Level::Block {
            let text = "cannot stand inside a paragraph or around a cell or row; \
                        it has to stand between paragraphs";
            self.notice(NoticeKind::Misplaced, tree, control.node, tag, text);
            return Ok(());
        }
        let inner = build(blocks);
        let built = hash(&inner);
        let slot = (tag.clone(), String::new());
        let old = text(tree, control.content);
        let usual = Prefixes::usual();
        let made = Tree::piece(&inner, &usual)?;
        let new = text(&made, 0);
        let whose = self.whose(tree, control, &slot, Some(&new));
        if whose != Whose::Ours {
            self.left_alone(tree, control, whose, &old, &new);
            return Ok(());
        }
        self.ready(tree, control, edits);
        let unchanged = self.old.built.get(tag) == Some(&built) && old.trim() == new.trim();
        if !unchanged {
            if old.trim() != new.trim() {
                self.block_changed(tree, control, &made, &old, &new);
            }
            let padded = tree.prefixes.put_on(pad(tree, control.node, blocks, inner))?;
            piece::set_inner(tree, control.content, padded, edits);
        }
        self.new.built.insert(tag.clone(), built);
        self.remember(slot, &new);
        Ok(())
    }

    /// What changed in a block: cell by cell where it is a table that was there before.
    fn block_changed(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        made: &Tree<'_>,
        old: &str,
        new: &str,
    ) {
        let known = !self.first && !self.fresh;
        let cells = known.then(|| changed_cells((tree, control.content), (made, 0))).flatten();
        match cells {
            Some(cells) => {
                for Cell { what, old, new } in cells {
                    self.changed(&control.tag, None, what, &old, &new);
                }
            }
            None => self.changed(&control.tag, None, label(tree, control), old, new),
        }
    }
}

/// Tables side by side become one, and a cell or page must end in a paragraph.
fn pad(tree: &Tree<'_>, sdt: usize, blocks: &[Block], mut inner: String) -> String {
    if matches!(blocks.first(), Some(Block::Table(_))) && is_after_table(tree, sdt) {
        inner.insert_str(0, SPACER);
    }
    if matches!(blocks.last(), Some(Block::Table(_))) && !is_before_paragraph(tree, sdt) {
        inner.push_str(SPACER);
    }
    inner
}

fn is_before_paragraph(tree: &Tree<'_>, node: usize) -> bool {
    let parent = tree.parent(node);
    let mut later = tree.kids(parent).filter(|kid| *kid > node && is_visible(tree, *kid));
    match later.next() {
        Some(next) => first_within(tree, next) == Some("p"),
        None if tree.is(parent, "sdtContent") => is_before_paragraph(tree, tree.parent(parent)),
        None => false,
    }
}

fn is_after_table(tree: &Tree<'_>, node: usize) -> bool {
    let parent = tree.parent(node);
    let earlier = tree.kids(parent).filter(|kid| *kid < node && is_visible(tree, *kid)).last();
    match earlier {
        Some(before) => last_within(tree, before) == Some("tbl"),
        None if tree.is(parent, "sdtContent") => is_after_table(tree, tree.parent(parent)),
        None => false,
    }
}

fn is_visible(tree: &Tree<'_>, node: usize) -> bool {
    matches!(tree.word(node), Some("p" | "tbl" | "sdt"))
}

fn first_within<'x>(tree: &Tree<'x>, node: usize) -> Option<&'x str> {
    match tree.kid(node, "sdtContent") {
        Some(content) => {
            let first = tree.kids(content).find(|kid| is_visible(tree, *kid))?;
            first_within(tree, first)
        }
        None => tree.word(node),
    }
}

fn last_within<'x>(tree: &Tree<'x>, node: usize) -> Option<&'x str> {
    match tree.kid(node, "sdtContent") {
        Some(content) => {
            let last = tree.kids(content).filter(|kid| is_visible(tree, *kid)).last()?;
            last_within(tree, last)
        }
        None => tree.word(node),
    }
}

/// The XML of some blocks, with the prefix `w`. Nothing is an empty paragraph,
/// as a control must hold something to be found again.
fn build(blocks: &[Block]) -> String {
    let mut xml = String::new();
    let mut after_table = false;
    for block in blocks {
        let is_table = matches!(block, Block::Table(_));
        if is_table && after_table {
            xml.push_str(SPACER);
        }
        after_table = is_table;
        xml.push_str(&match block {
            Block::Paragraph { style, text } => conform(&source(&paragraph(style, text))),
            Block::Bullet(text) => conform(&source(&paragraph("ListBullet", text))),
            Block::Table(table) => build_table(table),
        });
    }
    if xml.is_empty() { SPACER.to_owned() } else { xml }
}

fn source(element: &impl BuildXML) -> String {
    String::from_utf8_lossy(&element.build()).into_owned()
}

fn paragraph(style: &str, text: &str) -> Paragraph {
    Paragraph::new().style(style).add_run(run(text))
}

/// docx-rs drops line breaks and tabs: each is an element of its own.
fn run(text: &str) -> Run {
    let text = clean(text);
    let mut run = Run::new();
    for (line_number, line) in text.split('\n').enumerate() {
        if line_number > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        for (stop, piece) in line.split('\t').enumerate() {
            if stop > 0 {
                run = run.add_tab();
            }
            run = run.add_text(piece);
        }
    }
    run
}

fn build_table(table: &Table) -> String {
    let shares: Vec<usize> = table
        .columns
        .iter()
        .map(|column| usize::try_from(column.width.max(1)).unwrap_or(1))
        .collect();
    let all = shares.iter().sum::<usize>().max(1);
    // A short table stays on one page: each row but the last is kept with the next.
    let together = table.rows.len() <= SHORT;
    let row = |cells: Vec<&str>, last: bool| {
        let cells = table.columns.iter().zip(&shares).enumerate().map(|(at, (column, share))| {
            let text = cells.get(at).filter(|text| !text.trim().is_empty()).unwrap_or(&DASH);
            let style = if column.numeric { "TableNumber" } else { "TableText" };
            TableCell::new()
                .width(share * WHOLE / all, WidthType::Pct)
                .add_paragraph(paragraph(style, text).keep_next(together && !last))
        });
        source(&TableRow::new(cells.collect()))
    };
    // A row stays on one page, and the first is repeated on each: docx-rs cannot say the second.
    let with = |row: String, own: &str| row.replacen(BARE, &format!("<w:trPr>{own}</w:trPr>"), 1);
    let header = table.columns.iter().map(|column| column.heading.as_str()).collect();
    let header = with(row(header, table.rows.is_empty()), "<w:cantSplit/><w:tblHeader/>");
    let body = table.rows.iter().enumerate().map(|(at, cells)| {
        let cells = cells.iter().map(String::as_str).collect();
        with(row(cells, at + 1 == table.rows.len()), "<w:cantSplit/>")
    });
    // What docx-rs holds of a row takes ten times its room: one is made at a time.
    let rows: String = std::iter::once(header).chain(body).collect();
    let mut built = complete(&conform(&source(&empty(&shares, all))), table);
    built.insert_str(built.len() - END.len(), &conform(&rows));
    built
}

/// A table without rows.
fn empty(shares: &[usize], all: usize) -> WordTable {
    WordTable::without_borders(vec![])
        .style("LatheTable")
        .width(WHOLE, WidthType::Pct)
        .layout(TableLayoutType::Fixed)
        .set_grid(shares.iter().map(|share| share * TEXT_WIDTH / all).collect())
}

/// What docx-rs cannot say of a table: its description, and which parts of its style apply.
fn complete(xml: &str, table: &Table) -> String {
    let prefixes = Prefixes::usual();
    let Ok(tree) = Tree::piece(xml, &prefixes) else { return xml.to_owned() };
    let mut edits = Edits::default();
    if let Some(properties) = tree.below(0).find(|node| tree.is(*node, "tblPr")) {
        // The style says how the table is aligned.
        if let Some(alignment) = tree.kid(properties, "jc") {
            edits.remove(tree.span(alignment));
        }
        let total = u8::from(table.total);
        let last = if table.total { "0460" } else { "0420" };
        let (title, description) =
            (escape(&clean(&table.title)), escape(&clean(&table.description)));
        edits.insert(
            tree.inner(properties).end,
            format!(
                "<w:tblLook w:val=\"{last}\" w:firstRow=\"1\" w:lastRow=\"{total}\" \
                 w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>\
                 <w:tblCaption w:val=\"{title}\"/><w:tblDescription w:val=\"{description}\"/>"
            ),
        );
    }
    edits.splice(xml).unwrap_or_else(|| xml.to_owned())
}
