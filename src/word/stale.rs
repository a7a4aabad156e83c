//! Where the lead's own words still quote a figure that has been replaced.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    control::{Control, Verb},
    data::{Change, Stale},
    outline::Headings,
    package::{Package, Place},
    passage::slot_of,
    quoted::{Number, numbers},
    refusal::Refusal,
    span::Tree,
    state::{Replaced, State},
    text::{Hash, brief, hash, is_fallback, own_words, text},
};

/// How many replaced figures a document remembers.
const MOST: usize = 200;

/// How many characters of the words around a quotation are shown, on either side.
const AROUND: usize = 40;

/// Adds the numbers that some changes replaced, and what those of earlier changes are now.
pub(super) fn replace(replaced: &mut Vec<Replaced>, changes: &[&Change]) {
    let mut fresh = vec![];
    for change in changes {
        let place =
            [&change.tag, change.row.as_deref().unwrap_or_default(), &change.what].join("/");
        let (old, new) = (numbers(&change.old), numbers(&change.new));
        for (at, number) in old.iter().enumerate() {
            let now = partner(&old, &new, at);
            let stays = new.iter().any(|other| other.equals(number));
            if stays && now.is_none_or(|now| now.equals(number)) {
                continue;
            }
            let shown = |text: &str, number: &Number| {
                let shown = number.shown(text);
                // A table says in its heading that it counts posts.
                let posts = change.what.contains("FTE") && !shown.contains(char::is_alphabetic);
                if posts { format!("{shown} FTE") } else { shown.to_owned() }
            };
            let is = match now {
                Some(now) => shown(&change.new, now),
                None => brief(&change.new, 60),
            };
            fresh.push(Replaced {
                place: place.clone(),
                at,
                old: shown(&change.old, number),
                new: is,
            });
        }
    }
    for before in replaced.iter_mut() {
        let now = fresh.iter().find(|now| now.place == before.place && now.at == before.at);
        if let Some(now) = now {
            before.new.clone_from(&now.new);
        }
    }
    replaced.retain(|own| own.old != own.new);
    let known = |own: &Replaced| {
        replaced
            .iter()
            .any(|other| (&other.place, other.at, &other.old) == (&own.place, own.at, &own.old))
    };
    fresh.retain(|own| !known(own));
    replaced.splice(0..0, fresh);
    replaced.truncate(MOST);
}

/// What a number of a text is now: the one in its place, where there are as many; else the only one of its like.
fn partner<'n>(old: &[Number], new: &'n [Number], at: usize) -> Option<&'n Number> {
    if old.len() == new.len() {
        return new.get(at);
    }
    let number = old.get(at)?;
    let alone = old.iter().filter(|own| own.is_like(number)).count() == 1;
    let mut alike = new.iter().filter(|own| own.is_like(number));
    alike.next().filter(|_| alone && alike.next().is_none())
}

/// The places outside our controls that quote a replaced figure. Entries that nobody quotes are taken out of `state`.
pub(super) fn stale(
    package: &Package<'_>,
    trees: &[Tree<'_>],
    headings: &Headings,
    state: &mut State,
) -> Result<Vec<Stale>, Refusal> {
    let figures: Vec<Figure> = state.replaced.iter().filter_map(Figure::of).collect();
    if figures.is_empty() {
        return Ok(vec![]);
    }
    let counts = figures.iter().any(|figure| figure.old.is_count());
    let anchors = BTreeMap::new();
    let mut search = Search { headings, state, figures, counts, anchors, found: vec![] };
    for (part, tree) in package.parts.iter().zip(trees) {
        search.part(tree, part.place);
    }
    if let Some(comments) = &package.comments {
        search.part(&Tree::part(comments)?, Place::Comments);
    }
    let Search { figures, found, .. } = search;
    let quoted: Vec<Replaced> =
        figures.iter().filter(|figure| figure.quoted).map(|figure| figure.own.clone()).collect();
    state.replaced.retain(|own| quoted.contains(own));
    Ok(found)
}

/// Adds what a template itself says with a number in it to what the document remembers. A grant that somebody else was
/// given, or the year of an Act, is nobody's to correct when a figure that is alike moves.
pub(super) fn note_printed(tree: &Tree<'_>, printed: &mut BTreeSet<Hash>) {
    for node in tree.below(0).filter(|node| tree.is(*node, "p")) {
        let leaf = |at| Control::leaf_at(tree, at).is_some() || tree.is(at, "txbxContent");
        let words = own_words(tree, node, leaf);
        if !numbers(&words).is_empty() {
            printed.insert(hash(&words));
        }
    }
}

/// A replaced figure, read.
struct Figure {
    own: Replaced,
    old: Number,
    new: Option<Number>,
    quoted: bool,
}

impl Figure {
    fn of(own: &Replaced) -> Option<Figure> {
        let old = numbers(&own.old).into_iter().next()?;
        let new = numbers(&own.new).into_iter().next();
        Some(Figure { own: own.clone(), old, new, quoted: false })
    }
}

struct Search<'s> {
    headings: &'s Headings,
    state: &'s State,
    figures: Vec<Figure>,
    /// Whether any of them may be quoted in words alone.
    counts: bool,
    /// The headings over the notes and comments of the body, by kind and id.
    anchors: BTreeMap<(&'static str, String), String>,
    found: Vec<Stale>,
}

impl Search<'_> {
    fn part(&mut self, tree: &Tree<'_>, place: Place) {
        let ours = self.ours(tree);
        let is_ours = |node: usize| ours.contains(&node);
        let mut heading = String::new();
        let mut node = 1;
        while node < tree.len() {
            if is_fallback(tree, node) || is_ours(node) {
                node = tree.after(node);
                continue;
            }
            match tree.word(node) {
                Some("p") => {
                    heading = self.headings.heading(tree, node).unwrap_or(heading);
                    let skip = |at| is_ours(at) || tree.is(at, "txbxContent");
                    let words = own_words(tree, node, skip);
                    if self.counts || words.bytes().any(|byte| byte.is_ascii_digit()) {
                        self.paragraph(tree, node, place, &heading, &words);
                    }
                }
                Some(reference) => self.anchor(tree, node, reference, &heading),
                None => {}
            }
            node += 1;
        }
    }

    /// The controls whose text is ours: what was typed over one is the lead's.
    fn ours(&self, tree: &Tree<'_>) -> BTreeSet<usize> {
        let leaves = tree.below(0).filter_map(|node| Control::leaf_at(tree, node));
        let ours = leaves.filter(|control| {
            let slot = slot_of(tree, control);
            let known = self.state.knows(&slot, &text(tree, control.content));
            known == Some(true) || control.verb != Verb::Seed && known.is_none()
        });
        ours.map(|control| control.node).collect()
    }

    fn anchor(&mut self, tree: &Tree<'_>, node: usize, reference: &str, heading: &str) {
        let kind = match reference {
            "footnoteReference" => "footnote",
            "endnoteReference" => "endnote",
            "commentReference" => "comment",
            _ => return,
        };
        if let Some(id) = tree.attribute(node, "id") {
            self.anchors.insert((kind, id.into_owned()), heading.to_owned());
        }
    }

    fn paragraph(
        &mut self,
        tree: &Tree<'_>,
        node: usize,
        place: Place,
        heading: &str,
        words: &str,
    ) {
        let numbers = numbers(words);
        if numbers.is_empty() || self.state.printed.contains(&hash(words)) {
            return;
        }
        for number in numbers {
            let quotes = |figure: &&mut Figure| number.quotes(&figure.old, figure.new.as_ref());
            let mut quoting: Vec<&mut Figure> = self.figures.iter_mut().filter(quotes).collect();
            // Of a sum in full and its rounding, the one that is shown as it is quoted.
            let best = quoting.iter().position(|figure| figure.old.equals(&number)).unwrap_or(0);
            let Some(figure) = quoting.get_mut(best) else { continue };
            figure.quoted = true;
            let (old, new) = (figure.own.old.clone(), figure.own.new.clone());
            self.found.push(Stale {
                old,
                new,
                quoted: words[number.span.clone()].to_owned(),
                place: self.place(tree, node, place, heading),
                near: near(words, &number),
            });
        }
    }

    fn place(&self, tree: &Tree<'_>, node: usize, place: Place, heading: &str) -> String {
        let under = |heading: &str| match heading {
            "" => String::from("at the beginning"),
            heading => format!("under “{heading}”"),
        };
        let noted = tree.ancestors(node).find_map(|up| {
            let (kind, article) = match tree.word(up)? {
                "footnote" => ("footnote", "a footnote"),
                "endnote" => ("endnote", "an endnote"),
                "comment" => ("comment", "a comment"),
                _ => return None,
            };
            let id = tree.attribute(up, "id")?.into_owned();
            let heading = self.anchors.get(&(kind, id)).map_or("", String::as_str);
            Some(format!("in {article} {}", under(heading)))
        });
        let boxed = tree.ancestors(node).any(|up| tree.is(up, "txbxContent"));
        match place {
            Place::Header => String::from("in the header"),
            Place::Footer => String::from("in the footer"),
            Place::Notes | Place::Comments => noted.unwrap_or_else(|| String::from("in the notes")),
            Place::Body if boxed => format!("in a text box {}", under(heading)),
            Place::Body => under(heading),
        }
    }
}

/// The words around a number, cut between words.
fn near(words: &str, number: &Number) -> String {
    let clean = |text: &str| text.replace('\u{fffc}', "…");
    let (before, after) = (clean(&words[..number.span.start]), clean(&words[number.span.end..]));
    let quoted = &words[number.span.clone()];
    let count = before.chars().count();
    let mut head = before.clone();
    if count > AROUND {
        let tail: String = before.chars().skip(count - AROUND).collect();
        head = format!("…{}", tail.split_once(' ').map_or(&*tail, |(_, rest)| rest));
    }
    let mut rest = after.clone();
    if after.chars().count() > AROUND {
        let start: String = after.chars().take(AROUND).collect();
        rest = format!("{}…", start.rsplit_once(' ').map_or(&*start, |(start, _)| start));
    }
    format!("{head}{quoted}{rest}").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(old: &str, new: &str) -> Change {
        Change {
            tag: String::from("fig:gross"),
            row: None,
            what: String::from("Gross"),
            old: old.to_owned(),
            new: new.to_owned(),
            heading: String::new(),
        }
    }

    fn replaced(steps: &[(&str, &str)]) -> Vec<String> {
        let mut replaced = vec![];
        for (old, new) in steps {
            replace(&mut replaced, &[&change(old, new)]);
        }
        replaced.iter().map(|own| format!("{} → {}", own.old, own.new)).collect()
    }

    #[test]
    fn what_was_replaced_knows_what_it_is_now() {
        assert_eq!(replaced(&[("£1", "£2"), ("£2", "£3")]), ["£2 → £3", "£1 → £3"]);
        assert_eq!(replaced(&[("£1", "£2"), ("£2", "£1")]), ["£2 → £1"]);
        assert_eq!(replaced(&[("£1", "cannot be given")]), ["£1 → cannot be given"]);
    }

    #[test]
    fn dates_and_what_is_counted_in_words_are_replaced_too() {
        assert_eq!(replaced(&[("1 April 2010", "1 July 2010")]), ["1 April 2010 → 1 July 2010"]);
        let (old, new) = ("Nine systems are listed.", "11 systems are listed, two of them twice.");
        assert_eq!(replaced(&[(old, new)]), ["Nine systems → 11 systems"]);
        assert_eq!(replaced(&[("The four councils", "Three of the four councils")]), [""; 0]);
    }

    #[test]
    fn numbers_of_a_sentence_are_paired_where_they_can_be() {
        let (old, new) = ("£5 of £9 in 2008/09", "£6 of £9 in 2008/09");
        assert_eq!(replaced(&[(old, new)]), ["£5 → £6"]);
        assert_eq!(replaced(&[("£5 and £9", "Only £9 is known")]), ["£5 → Only £9 is known"]);
    }
}
