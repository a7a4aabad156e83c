//! The clerk's clean copy: the same text and figures without controls, comments, revisions, hidden text or personal
//! properties.

mod hidden;
mod obstacles;
mod parts;
mod strip;
mod within;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    outline::Headings,
    package::{Package, Place},
    refusal::{Refusal, damaged, refusal},
    span::Tree,
    verify,
};
use hidden::Hidden;
pub use obstacles::{Obstacle, TO_BE_GIVEN};

/// Why there is no clean copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unready {
    /// The document cannot be read, or a copy would not be what it should be.
    Refused(Refusal),
    /// Somebody has to decide on these first.
    Places(Vec<Obstacle>),
}

/// The clean copy of a document. `is_in_the_way` says of a control's tag and text why it cannot stay, if so.
///
/// # Errors
/// With the places that stand in its way, or when it cannot be made safely.
pub fn finish(
    document: &[u8],
    is_in_the_way: &dyn Fn(&str, &str) -> Option<&'static str>,
) -> Result<Vec<u8>, Unready> {
    let mut package = Package::open(document).map_err(Unready::Refused)?;
    let obstacles = obstacles::find(&package, is_in_the_way).map_err(Unready::Refused)?;
    if !obstacles.is_empty() {
        return Err(Unready::Places(obstacles));
    }
    clean(&mut package).map_err(Unready::Refused)
}

fn clean(package: &mut Package<'_>) -> Result<Vec<u8>, Refusal> {
    let styles = package.styles.clone();
    let styles = styles.as_deref().and_then(|styles| Tree::part(styles).ok());
    let hidden = Hidden::of(styles.as_ref());
    let mut replaced: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    // Notes that only hidden text refers to go with it.
    let mut notes = BTreeSet::new();
    for part in package.parts.iter().filter(|part| part.place == Place::Body) {
        let tree = Tree::part(&part.xml)?;
        notes = hidden.notes(&tree, &hidden.gone(&tree, &BTreeSet::new()));
    }
    for part in &package.parts {
        let tree = Tree::part(&part.xml)?;
        let gone = hidden.gone(&tree, &notes);
        let xml = strip::strip(&tree, &gone)?;
        let new = verify::parse(&xml)?;
        let none = BTreeSet::new();
        if strip::paragraphs(&tree, &gone) != strip::paragraphs(&new, &none) {
            return Err(wrong("would not have the same text"));
        }
        if strip::holds_traces(&new) || !hidden.gone(&new, &BTreeSet::new()).is_empty() {
            return Err(wrong("would not be clean"));
        }
        replaced.insert(part.name.clone(), xml.into_bytes());
    }
    let removed = parts::tidy(package, &mut replaced)?;
    package.rewritten(replaced, &removed, within::clean).map_err(|_| damaged())
}

/// Where the words of a document stand, for the places that are named.
fn headings(package: &Package<'_>) -> Headings {
    Headings::of(package.styles.as_deref())
}

fn wrong(what: &str) -> Refusal {
    refusal(&format!(
        "The clean copy {what}, so none was written. Please send the document to whoever looks after lathe."
    ))
}
