//! What is amiss with a template, found before anything is filled in.

use std::collections::BTreeMap;

use super::{
    control::{self, Control, LONGEST, Verb},
    convert,
    data::{Level, Names, Notice, NoticeKind},
    outline::{Headings, nearby},
    package::{Package, Place},
    piece::Ids,
    refusal::Refusal,
    span::Tree,
    text::{brief, is_fallback},
};

/// Whether a control's tag means something, given the tag of the list it stands in; or why not.
pub type Knows<'k> = dyn Fn(&str, Option<&str>) -> Result<(), String> + 'k;

/// Every marker and control that means nothing, or cannot stand where it stands, each with its heading and the words
/// around it, in the order of the document.
///
/// # Errors
/// When the document cannot be read.
pub fn inspect(
    document: &[u8],
    names: &Names<'_>,
    knows: &Knows<'_>,
) -> Result<Vec<Notice>, Refusal> {
    let package = Package::open(document)?;
    let headings = Headings::of(package.styles.as_deref());
    let mut ids: BTreeMap<i64, String> = BTreeMap::new();
    let mut found = vec![];
    for part in &package.parts {
        let tree = Tree::part(&part.xml)?;
        let mut heading = part.place.heading().to_owned();
        let mut node = 1;
        while node < tree.len() {
            if is_fallback(&tree, node) {
                node = tree.after(node);
                continue;
            }
            if tree.is(node, "p") {
                heading = headings.heading(&tree, node).unwrap_or(heading);
            }
            if let Some(tag) = control::tag(&tree, node) {
                let mut whys = wrongs(&tree, part.place, node, &tag, knows);
                if let Some((_, id)) = control::id(&tree, node)
                    && let Some(other) = ids.insert(id, tag.clone())
                {
                    let why = format!(
                        "has the number of another control, {other}, and Word keeps but one of the two; copy it \
                         again in Word"
                    );
                    whys.push((NoticeKind::Misplaced, why));
                }
                for (kind, why) in whys {
                    let (near, shown) = (nearby(&tree, node), brief(&tag, LONGEST));
                    let text = convert::amiss(&shown, &heading, &near, &why);
                    let (tag, heading) = (tag.clone(), heading.clone());
                    found.push(Notice { kind, tag, heading, near, text });
                }
            }
            node += 1;
        }
        let mut unused = Ids::default();
        let (_, typed) = convert::convert(&tree, part.place, &headings, names, &mut unused)?;
        found.extend(typed);
    }
    Ok(found)
}

/// What is wrong with one control.
fn wrongs(
    tree: &Tree<'_>,
    place: Place,
    node: usize,
    tag: &str,
    knows: &Knows<'_>,
) -> Vec<(NoticeKind, String)> {
    let mut wrongs = vec![];
    let mut misplaced = |why: &str| wrongs.push((NoticeKind::Misplaced, why.to_owned()));
    let own = Control::at(tree, node, Level::Block);
    let verb = own.as_ref().map(|own| own.verb);
    if verb.is_some() && tag.encode_utf16().count() > LONGEST {
        misplaced("is longer than the 64 letters that Word can keep of a tag");
    }
    let lists = tree.ancestors(node).filter_map(|up| Control::at(tree, up, Level::Block));
    let list = lists.filter(|up| up.verb == Verb::List).map(|up| up.tag).next();
    if let Some(own) = &own {
        match own.verb {
            Verb::Block if own.level != Level::Block => {
                misplaced("is a table or list, and has to stand between paragraphs");
            }
            Verb::Chart
                if own.level != Level::Block
                    || place != Place::Body
                    || tree.ancestors(node).any(|up| tree.is(up, "txbxContent")) =>
            {
                misplaced(convert::NO_PLACE_FOR_A_CHART);
            }
            Verb::List if tree.kids(own.content).next().is_none() => {
                misplaced("has no sample row");
            }
            Verb::List if list.is_some() => misplaced("stands within another list"),
            Verb::Text | Verb::Seed | Verb::Item | Verb::Block
                if tree
                    .below(own.content)
                    .any(|node| Control::at(tree, node, Level::Run).is_some()) =>
            {
                misplaced("holds another of lathe's controls and cannot take a text");
            }
            _ => {}
        }
    }
    let named = own.map_or_else(|| tag.to_owned(), |own| own.tag);
    if let Err(why) = knows(&named, list.as_deref()) {
        wrongs.push((NoticeKind::Unknown, why));
    }
    wrongs
}
