//! What a document is filled with, and what the filling says of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use jiff::civil::Date;

use crate::chart::Chart;

/// Values for the controls of one document, by full tag.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Whose document this is. Written into the document on the first fill;
    /// a document that carries another identity is refused.
    pub identity: Option<Identity>,
    /// `fig:` and `say:` controls, brought up to date at every fill.
    pub texts: BTreeMap<String, Text>,
    /// `once:` controls: written until somebody edits them, then the lead's.
    pub seeds: BTreeMap<String, String>,
    /// `each:` controls: a sample row, repeated for each item by its key.
    pub lists: BTreeMap<String, Vec<Item>>,
    /// `block:` controls: paragraphs, bullets and tables.
    pub blocks: BTreeMap<String, Vec<Block>>,
    /// `chart:` controls: native charts, which Word can edit. One with nothing to draw leaves its place empty.
    pub charts: BTreeMap<String, Chart>,
    /// `if:` controls: whether what stands in them is shown.
    pub passages: BTreeMap<String, bool>,
    /// What a control rests on, by its tag: "3 of 4 councils: R1, R2, R4". It stands in the title of its handle, after what
    /// it is called there. Empty where nothing is behind it.
    pub rests: BTreeMap<String, String>,
    /// Tags of texts that say by which run a document was written, and when. A document in which nothing but these
    /// would change stays as it is: its figures are still those of the run it names.
    pub stamps: BTreeSet<String>,
    /// The date that tracked changes carry, if changed texts are to be shown as such where Word can show them.
    pub track: Option<Date>,
}

impl Data {
    /// Whether there is nothing to fill in.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
            && self.seeds.is_empty()
            && self.lists.is_empty()
            && self.blocks.is_empty()
            && self.charts.is_empty()
            && self.passages.is_empty()
    }
}

/// What kind of document it is, and of which project. Found by what the
/// document carries, never by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// For example `business-case`.
    pub kind: String,
    /// For example `H`.
    pub project: String,
}

/// The text of one control. A newline becomes a line break, a tab a tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub text: String,
    /// Shown by Word on the control's handle: label, coverage, reference. Cut
    /// at Word's limit of 64 characters; when empty, the template's stays.
    pub title: String,
}

/// One row of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Keeps the row's identity from fill to fill; unique in its list.
    pub key: String,
    /// By column: the control `item:supplier` takes `supplier`.
    pub texts: BTreeMap<String, String>,
}

/// A piece of a `block:` control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// `style` is the id of a paragraph style of the template.
    Paragraph {
        style: &'static str,
        text: String,
    },
    /// In style `ListBullet`.
    Bullet(String),
    Table(Table),
}

/// A table in style `LatheTable`, as wide as the text. Cells take the styles
/// `TableText` and `TableNumber`; the header row repeats on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Alternative text: what the table is.
    pub title: String,
    /// Alternative text: what it shows, in a sentence.
    pub description: String,
    pub columns: Vec<Column>,
    /// A blank or missing cell prints as a dash: no cell is left empty.
    pub rows: Vec<Vec<String>>,
    /// Whether the last row is a total.
    pub total: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    pub heading: String,
    /// Its share of the table's width against the other columns' shares.
    pub width: u32,
    /// Numbers stand at the right.
    pub numeric: bool,
}

/// The tag that words stand for, given the tag of the list in whose sample row they are; or why they stand for none.
pub type Means<'n> = dyn Fn(&str, Option<&str>) -> Result<String, String> + 'n;

/// What names mean that a document may use beside the tags of its [`Data`].
#[derive(Clone, Copy)]
pub struct Names<'n> {
    /// The tag that the words of a typed marker stand for, or why they stand for none: "there is no …". In a sample row
    /// they are the columns of its list, whose tag is given.
    pub tag: &'n Means<'n>,
    /// The text of a `fig:` control that the data does not have.
    pub text: &'n dyn Fn(&str) -> Option<Text>,
}

/// A filled document.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The same bytes as before when nothing had to change.
    pub bytes: Vec<u8>,
    /// Whether the document had never been filled before.
    pub first: bool,
    /// In the order of the document.
    pub changes: Vec<Change>,
    pub notices: Vec<Notice>,
    /// Where the lead's own words still quote a figure that has been replaced.
    pub stale: Vec<Stale>,
}

/// A text that a fill replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub tag: String,
    /// The key of the row, when it stands in one.
    pub row: Option<String>,
    /// What it is, in words: a figure's label, or a table's row and column.
    pub what: String,
    pub old: String,
    pub new: String,
    /// The heading it stands under, or "the header", "the footer", "the notes".
    pub heading: String,
}

/// A place outside our controls that quotes a figure which has been replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The figure as it was last shown.
    pub old: String,
    /// As it is now; empty when it can no longer be given.
    pub new: String,
    /// What is quoted, as it stands there.
    pub quoted: String,
    /// Where: "under “Finance”", "in a footnote under “Finance”", "in the header".
    pub place: String,
    /// The words around it.
    pub near: String,
}

/// What the person responsible for the document should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    pub tag: String,
    /// The heading it stands under, or "the header", "the footer", "the notes".
    pub heading: String,
    /// The words around it.
    pub near: String,
    /// The whole of it, as a sentence.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// There is no value of this name.
    Unknown,
    /// A control of this kind cannot stand where it stands.
    Misplaced,
    /// Somebody typed in the control: left as it is.
    Edited,
    /// The control is marked as deleted, or was taken out: left so.
    Deleted,
    /// The control now stands in more places than before.
    Copied,
    /// A chart that could not keep the look it was given.
    Redrawn,
    /// A row's item is no longer returned; somebody's words keep it.
    RowKept,
    /// A row that the lead added.
    RowAdded,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A tagged control of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub tag: String,
    /// The `each:` control it stands in, for an `item:` control.
    pub list: Option<String>,
    pub level: Level,
    /// The heading it stands under, or "the header", "the footer", "the notes".
    pub heading: String,
}

/// What a control wraps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Run,
    Block,
    Cell,
    Row,
}
