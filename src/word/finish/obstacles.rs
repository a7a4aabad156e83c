//! What somebody has to decide on before there can be a clean copy, and where it stands.

use super::super::{
    control::{Control, Verb, tag},
    data::Level,
    outline::nearby,
    package::{Package, Part},
    passage::words_between,
    refusal::Refusal,
    span::Tree,
    state::State,
    text::{brief, is_fallback, text},
};

/// Something in the way of a clean copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// "a tracked change", "an answer that is still to be given".
    pub what: &'static str,
    /// The heading it stands under, or "the header", "the footer", "the notes".
    pub heading: String,
    /// The words around it.
    pub near: String,
}

/// Elements that keep what a text or a format was.
const REVISIONS: &[&str] = &[
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblPrExChange",
    "tblGridChange",
    "tcPrChange",
    "trPrChange",
    "numberingChange",
    "cellIns",
    "cellDel",
    "cellMerge",
];

/// What is said of a place at which somebody has to write.
pub const TO_BE_GIVEN: &str = "words that are still to be given";

/// Words that say that words are lacking.
const LACKING: &[&str] = &[
    "needs input",
    "to be given by the project lead",
    "to be confirmed",
    "(no longer returned)",
    "{{",
];

/// The same as words of their own.
const LACKING_WORDS: &[&str] = &["tbc", "tba"];

/// Tags of controls around exempt text begin so, and the names of its styles.
const EXEMPT: &str = "exempt";

pub(super) fn find(
    package: &Package<'_>,
    is_in_the_way: &dyn Fn(&str, &str) -> Option<&'static str>,
) -> Result<Vec<Obstacle>, Refusal> {
    let exempt = exempt_styles(package);
    let mut found = vec![];
    for part in &package.parts {
        let tree = Tree::part(&part.xml)?;
        let state = package.state.as_ref();
        let mut search =
            Search { part, tree: &tree, exempt: &exempt, state, told: 0, found: vec![] };
        search.walk(package, is_in_the_way);
        found.append(&mut search.found);
    }
    found.dedup();
    Ok(found)
}

/// The ids of the styles that mark exempt text.
fn exempt_styles(package: &Package<'_>) -> Vec<String> {
    let Some(tree) = package.styles.as_deref().and_then(|styles| Tree::part(styles).ok()) else {
        return vec![];
    };
    let styles = tree.below(0).filter(|node| tree.is(*node, "style"));
    let exempt = styles.filter(|style| {
        let name = tree.kid(*style, "name").and_then(|name| tree.attribute(name, "val"));
        name.is_some_and(|name| name.to_lowercase().starts_with(EXEMPT))
    });
    exempt.filter_map(|style| tree.attribute(style, "styleId")).map(|id| id.into_owned()).collect()
}

struct Search<'s> {
    part: &'s Part,
    tree: &'s Tree<'s>,
    exempt: &'s [String],
    /// What we wrote; a passage with other words is the lead's.
    state: Option<&'s State>,
    /// The first node behind the last control that is in the way: its words need not be named again.
    told: usize,
    found: Vec<Obstacle>,
}

impl Search<'_> {
    fn walk(
        &mut self,
        package: &Package<'_>,
        is_in_the_way: &dyn Fn(&str, &str) -> Option<&'static str>,
    ) {
        let tree = self.tree;
        let headings = super::headings(package);
        let mut heading = self.part.place.heading().to_owned();
        let mut node = 1;
        while node < tree.len() {
            if is_fallback(tree, node) {
                node = tree.after(node);
                continue;
            }
            match tree.word(node) {
                Some("p") => {
                    heading = headings.heading(tree, node).unwrap_or(heading);
                    if node >= self.told && lacks_words(&text(tree, node)) {
                        self.found(TO_BE_GIVEN, node, &heading);
                    }
                }
                Some("pStyle" | "rStyle" | "tblStyle") => {
                    let style = tree.attribute(node, "val").unwrap_or_default();
                    if self.exempt.contains(&style.into_owned()) {
                        self.found("exempt text", node, &heading);
                    }
                }
                // What it holds is not looked into.
                Some("altChunk") => {
                    self.found("a file that is taken in as a whole", node, &heading)
                }
                Some("sdt") => self.control(node, &heading, is_in_the_way),
                Some(local) if REVISIONS.contains(&local) => {
                    self.found(
                        "a tracked change that nobody has accepted or rejected",
                        node,
                        &heading,
                    );
                }
                _ => {}
            }
            node += 1;
        }
    }

    fn control(
        &mut self,
        node: usize,
        heading: &str,
        is_in_the_way: &dyn Fn(&str, &str) -> Option<&'static str>,
    ) {
        let tree = self.tree;
        let properties = tree.kid(node, "sdtPr");
        let is_prompt = properties.is_some_and(|own| tree.kid(own, "showingPlcHdr").is_some());
        let content = tree.kid(node, "sdtContent");
        let shown = content.map(|content| text(tree, content)).unwrap_or_default();
        if is_prompt && !shown.trim().is_empty() {
            self.found("a prompt that nobody has answered", node, heading);
        }
        let tag = tag(tree, node).unwrap_or_default();
        if tag.to_lowercase().starts_with(EXEMPT) {
            self.found("exempt text", node, heading);
        }
        let ours = Control::at(tree, node, Level::Block).filter(|own| !self.is_reworded(own));
        if let Some(what) = ours.and_then(|control| is_in_the_way(&control.tag, shown.trim())) {
            self.found(what, node, heading);
            self.told = self.told.max(tree.after(node));
        }
    }

    /// Whether a passage says something else than what we wrote into it.
    fn is_reworded(&self, control: &Control) -> bool {
        let slot = (control.tag.clone(), String::new());
        let words = || words_between(self.tree, control.content);
        control.verb == Verb::Passage
            && self.state.is_some_and(|own| own.knows(&slot, &words()) == Some(false))
    }

    fn found(&mut self, what: &'static str, node: usize, heading: &str) {
        let near = match self.tree.word(node) {
            Some("p") => brief(&text(self.tree, node), 80),
            _ => nearby(self.tree, node),
        };
        let own = Obstacle { what, heading: heading.to_owned(), near };
        if self.found.last() != Some(&own) {
            self.found.push(own);
        }
    }
}

fn lacks_words(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|char: char| !char.is_alphanumeric());
    LACKING.iter().any(|words| text.contains(words))
        || words.any(|word| LACKING_WORDS.contains(&word))
}
