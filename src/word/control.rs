//! Content controls: which of them are ours, and what they wrap.

use super::{data::Level, span::Tree};

/// A content control that carries a tag of ours.
#[derive(Clone, Debug)]
pub(super) struct Control {
    pub node: usize,
    pub properties: usize,
    pub content: usize,
    pub verb: Verb,
    /// The tag without its mark.
    pub tag: String,
    /// What the state keeps of this control goes by this name: the sample row
    /// of a list, the content of a hidden passage. It stands in the tag itself,
    /// so that it moves and is copied with the control.
    pub mark: Option<String>,
    pub level: Level,
}

/// What a tag asks for, by its first part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// `fig:` and `say:`
    Text,
    /// `once:`
    Seed,
    /// `each:`
    List,
    /// `item:`, in a row of a list
    Item,
    /// `block:`
    Block,
    /// `chart:`
    Chart,
    /// `if:`
    Passage,
}

/// Between a tag and its mark.
const MARK: char = '#';

/// The longest tag or title that Word takes.
pub(super) const LONGEST: usize = 64;

impl Verb {
    fn of(tag: &str) -> Option<Verb> {
        let (verb, name) = tag.split_once(':')?;
        let verb = match verb {
            "fig" | "say" => Verb::Text,
            "once" => Verb::Seed,
            "each" => Verb::List,
            "item" => Verb::Item,
            "block" => Verb::Block,
            "chart" => Verb::Chart,
            "if" => Verb::Passage,
            _ => return None,
        };
        (!name.is_empty()).then_some(verb)
    }
}

impl Control {
    /// The control at a node; none when it is no control, or not ours.
    pub(super) fn at(tree: &Tree<'_>, node: usize, outermost: Level) -> Option<Control> {
        let properties = properties(tree, node)?;
        let content = tree.kid(node, "sdtContent")?;
        let whole = tag(tree, node)?;
        let verb = Verb::of(&whole)?;
        let (tag, mark) = match whole.split_once(MARK) {
            Some((tag, mark)) => (tag.to_owned(), Some(mark.to_owned())),
            None => (whole, None),
        };
        let level = level(tree, node, outermost);
        Some(Control { node, properties, content, verb, tag, mark, level })
    }

    /// The control at a node if its text is ours to write.
    pub(super) fn leaf_at(tree: &Tree<'_>, node: usize) -> Option<Control> {
        Control::at(tree, node, Level::Run)
            .filter(|control| !matches!(control.verb, Verb::List | Verb::Passage))
    }
}

/// A tag with a mark.
pub(super) fn marked(tag: &str, mark: &str) -> String {
    format!("{tag}{MARK}{mark}")
}

/// The properties of a control, ours or not.
fn properties(tree: &Tree<'_>, sdt: usize) -> Option<usize> {
    tree.is(sdt, "sdt").then(|| tree.kid(sdt, "sdtPr"))?
}

/// The tag of a control, ours or not.
pub(super) fn tag(tree: &Tree<'_>, sdt: usize) -> Option<String> {
    let tag = tree.kid(properties(tree, sdt)?, "tag")?;
    tree.attribute(tag, "val").map(|value| value.into_owned())
}

/// The node of a control's id, and the id.
pub(super) fn id(tree: &Tree<'_>, sdt: usize) -> Option<(usize, i64)> {
    let id = tree.kid(properties(tree, sdt)?, "id")?;
    Some((id, tree.attribute(id, "val")?.trim().parse().ok()?))
}

/// What a node wraps follows from what it stands in; `outermost` is the answer
/// for a piece of a part.
pub(super) fn level(tree: &Tree<'_>, node: usize, outermost: Level) -> Level {
    let around = tree.ancestors(node).find_map(|up| match tree.word(up)? {
        "p" => Some(Level::Run),
        "tr" => Some(Level::Cell),
        "tbl" => Some(Level::Row),
        "tc" | "body" | "hdr" | "ftr" | "footnote" | "endnote" | "txbxContent" => {
            Some(Level::Block)
        }
        _ => None,
    });
    around.unwrap_or(outermost)
}
