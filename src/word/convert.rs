//! Markers typed in a template become controls, once, before the first fill. Those that mean nothing stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    control::{Control, LONGEST, Verb},
    data::{Level, Names, Notice, NoticeKind},
    edits::Edits,
    marker::{Marker, Markers, is_filled},
    outline::{Headings, nearby},
    package::Place,
    piece::{Ids, tag_element},
    refusal::{Refusal, damaged},
    span::Tree,
    text::{brief, escape, text},
};
use crate::english::capital;

/// The namespace in which Word tells a repeating section from any other control.
const WORD_2012: &str = "http://schemas.microsoft.com/office/word/2012/wordml";

/// Where charts cannot be.
pub(super) const NO_PLACE_FOR_A_CHART: &str =
    "is a chart, and has to stand between paragraphs of the text itself";

/// How much of a marker is shown.
const SHOWN: usize = 60;

/// One part under way.
struct Conversion<'c, 'x> {
    tree: &'c Tree<'x>,
    place: Place,
    names: &'c Names<'c>,
    ids: &'c mut Ids,
    edits: Edits,
    /// The texts whose space is already kept.
    kept: BTreeSet<usize>,
    /// The tag of the list that each sample row becomes.
    rows: BTreeMap<usize, String>,
    notices: Vec<Notice>,
    heading: String,
}

/// Whether there can be a marker in a part.
pub(super) fn may_hold_markers(xml: &str) -> bool {
    xml.contains('{')
}

/// A part with controls in place of its markers; none where it has no marker that means anything.
pub(super) fn convert(
    tree: &Tree<'_>,
    place: Place,
    headings: &Headings,
    names: &Names<'_>,
    ids: &mut Ids,
) -> Result<(Option<String>, Vec<Notice>), Refusal> {
    let mut all: Vec<(String, Marker)> = vec![];
    let mut markers = Markers::default();
    let mut heading = place.heading().to_owned();
    let mut node = 1;
    while node < tree.len() {
        if tree.is(node, "sdt") && is_filled(tree, node) {
            node = tree.after(node);
            continue;
        }
        if tree.is(node, "p") {
            heading = headings.heading(tree, node).unwrap_or(heading);
            let found = markers.of(tree, node);
            all.extend(found.into_iter().map(|own| (heading.clone(), own)));
        }
        node += 1;
    }
    let mut conversion = Conversion {
        tree,
        place,
        names,
        ids,
        edits: Edits::default(),
        kept: BTreeSet::new(),
        rows: BTreeMap::new(),
        notices: vec![],
        heading: String::new(),
    };
    // Which rows are sample rows must be known before what stands in them.
    let lists: Vec<Option<Verdict>> =
        all.iter().map(|(_, own)| is_list(own).then(|| conversion.row(own))).collect();
    for ((heading, marker), list) in all.iter().zip(lists) {
        conversion.heading.clone_from(heading);
        match list.unwrap_or_else(|| conversion.name(marker)) {
            Ok(instead) => conversion.take_out(marker, &instead),
            Err((kind, why)) => conversion.leave(kind, marker, &why),
        }
    }
    let Conversion { edits, notices, .. } = conversion;
    if edits.is_empty() {
        return Ok((None, notices));
    }
    Ok((Some(edits.splice(tree.xml).ok_or_else(damaged)?), notices))
}

/// What stands in the place of a marker from now on, or why it stays.
type Verdict = Result<String, (NoticeKind, String)>;

fn unknown(why: String) -> (NoticeKind, String) {
    (NoticeKind::Unknown, why)
}

fn misplaced(why: &str) -> (NoticeKind, String) {
    (NoticeKind::Misplaced, why.to_owned())
}

/// Whether it is `each systems`, which stands for the row around it.
fn is_list(marker: &Marker) -> bool {
    let verb = marker.words.split([' ', ':']).next().unwrap_or_default();
    verb.eq_ignore_ascii_case("each") && marker.fault.is_none()
}

impl Conversion<'_, '_> {
    fn leave(&mut self, kind: NoticeKind, marker: &Marker, why: &str) {
        let (heading, near) = (self.heading.clone(), nearby(self.tree, marker.paragraph));
        let source = brief(&marker.source(), SHOWN);
        let text = amiss(&source, &heading, &near, why);
        self.notices.push(Notice { kind, tag: source, heading, near, text });
    }

    /// A row with `{{ each systems }}` in it becomes the sample row of a list.
    fn row(&mut self, marker: &Marker) -> Verdict {
        let tag = (self.names.tag)(&marker.words, None).map_err(unknown)?;
        let row = self.row_of(marker).ok_or(misplaced("has to stand in a row of a table"))?;
        if self.rows.contains_key(&row) {
            return Err(misplaced("stands in a row that has a list already"));
        }
        if is_heading(self.tree, row) {
            let why = "stands in the heading row; it belongs in the row below, which is repeated";
            return Err(misplaced(why));
        }
        if self.list_around(row).is_some() {
            return Err(misplaced("stands within another list"));
        }
        let section = prefix_of(self.tree, WORD_2012)
            .map(|prefix| format!("<{prefix}:repeatingSection/>"))
            .unwrap_or_default();
        self.wrap(row, &tag, &section);
        self.rows.insert(row, tag);
        Ok(String::new())
    }

    fn name(&mut self, marker: &Marker) -> Verdict {
        if let Some(fault) = marker.fault {
            return Err(misplaced(fault));
        }
        let list = match self.row_of(marker).and_then(|row| self.rows.get(&row)) {
            Some(list) => Some(list.clone()),
            None => self.list_around(marker.paragraph),
        };
        let tag = (self.names.tag)(&marker.words, list.as_deref()).map_err(unknown)?;
        if tag.encode_utf16().count() > LONGEST {
            let why = "is longer than the 64 letters that Word can keep of a name";
            return Err(misplaced(why));
        }
        let why = match tag.split_once(':') {
            Some(("block", _)) => "is a table or list, and has to stand in a paragraph of its own",
            Some(("chart", _)) if !self.takes_a_chart(marker) => {
                return Err(misplaced(NO_PLACE_FOR_A_CHART));
            }
            Some(("chart", _)) => "is a chart, and has to stand in a paragraph of its own",
            _ => return Ok(self.control(marker, &tag)),
        };
        if !self.stands_alone(marker) {
            return Err(misplaced(why));
        }
        self.wrap(marker.paragraph, &tag, "");
        Ok(super::text::run(self.tree.prefixes.written(), "", &marker.source()))
    }

    /// The row a marker stands in: the nearest one.
    fn row_of(&self, marker: &Marker) -> Option<usize> {
        self.tree.ancestors(marker.paragraph).find(|up| self.tree.is(*up, "tr"))
    }

    /// The list whose control of the template's own a node stands in.
    fn list_around(&self, node: usize) -> Option<String> {
        let mut around =
            self.tree.ancestors(node).filter_map(|up| Control::at(self.tree, up, Level::Block));
        around.find(|own| own.verb == Verb::List).map(|own| own.tag)
    }

    /// Whether a paragraph, which may become a table, holds nothing else.
    fn stands_alone(&self, marker: &Marker) -> bool {
        let tree = self.tree;
        let own = text(tree, marker.paragraph);
        let section = tree.kid(marker.paragraph, "pPr").and_then(|it| tree.kid(it, "sectPr"));
        let home = tree.word(tree.parent(marker.paragraph));
        let objects = tree.below(marker.paragraph).any(|node| {
            matches!(
                tree.word(node),
                Some("drawing" | "pict" | "object" | "footnoteReference" | "endnoteReference")
            )
        });
        own.trim() == marker.source().trim()
            && section.is_none()
            && !objects
            && matches!(home, Some("body" | "tc" | "hdr" | "ftr" | "txbxContent" | "sdtContent"))
    }

    fn takes_a_chart(&self, marker: &Marker) -> bool {
        let mut around = self.tree.ancestors(marker.paragraph);
        self.place == Place::Body && !around.any(|up| self.tree.is(up, "txbxContent"))
    }

    /// The beginning and end of a control.
    fn around(&mut self, tag: &str, more: &str) -> (String, String) {
        let tree = self.tree;
        let w = tree.prefixes.written();
        let id = self.ids.control(&format!("{tag}/{}", self.heading));
        let locked = ["fig:", "item:", "block:"].iter().any(|verb| tag.starts_with(verb));
        let lock = match locked {
            true => format!("<{w}:lock {w}:val=\"contentLocked\"/>"),
            false => String::new(),
        };
        let name = tag.split_once(':').map_or(tag, |(_, name)| name).replace(['.', '_'], " ");
        let title = escape(&brief(&capital(&name), LONGEST));
        let tag = tag_element(&tree.prefixes, tag);
        let open = format!(
            "<{w}:sdt><{w}:sdtPr><{w}:alias {w}:val=\"{title}\"/>{tag}<{w}:id {w}:val=\"{id}\"/>{lock}{more}</{w}:sdtPr><{w}:sdtContent>"
        );
        (open, format!("</{w}:sdtContent></{w}:sdt>"))
    }

    /// A control around the marker as it was typed, in the format of its name.
    fn control(&mut self, marker: &Marker, tag: &str) -> String {
        let (open, close) = self.around(tag, "");
        let format = self.format(marker.named);
        let run = super::text::run(self.tree.prefixes.written(), &format, &marker.source());
        format!("{open}{run}{close}")
    }

    fn format(&self, run: usize) -> String {
        let format = self.tree.kid(run, "rPr");
        format.map(|own| self.tree.source(own).to_owned()).unwrap_or_default()
    }

    /// Puts a control around a row or a paragraph.
    fn wrap(&mut self, node: usize, tag: &str, more: &str) {
        let (open, close) = self.around(tag, more);
        let span = self.tree.span(node);
        self.edits.insert(span.start, open);
        self.edits.insert(span.end, close);
    }

    /// Puts something in the place of a marker. What stands before and behind it keeps its run and format.
    fn take_out(&mut self, marker: &Marker, instead: &str) {
        let tree = self.tree;
        let (Some(first), Some(last)) = (marker.letters.first(), marker.letters.last()) else {
            return;
        };
        let w = tree.prefixes.written();
        let (from, to) = (tree.span(first.run), tree.span(last.run));
        let begins = first.raw.start == tree.inner(first.text).start
            && tree.kids(first.run).all(|kid| kid >= first.text || is_bare(tree, kid));
        let ends = last.raw.end == tree.inner(last.text).end
            && tree.kids(last.run).all(|kid| kid <= last.text || is_bare(tree, kid));
        let mut new = String::new();
        let start = if begins {
            from.start
        } else {
            self.keep_space(first.text);
            new.push_str(&format!("</{w}:t></{w}:r>"));
            first.raw.start
        };
        new.push_str(instead);
        let mut open = String::new();
        let end = if ends {
            to.end
        } else {
            let format = self.format(last.run);
            open = format!("<{w}:r>{format}<{w}:t xml:space=\"preserve\">");
            // What is behind stands in a run made anew.
            self.kept.insert(last.text);
            last.raw.end
        };
        if first.run == last.run {
            new.push_str(&open);
            self.edits.replace(start..end, new);
            return;
        }
        self.edits.replace(start..from.end, new);
        let between = tree.kids(tree.parent(first.run));
        for kid in between.filter(|kid| *kid > first.run && *kid < last.run) {
            if matches!(tree.word(kid), Some("r" | "proofErr")) {
                self.edits.remove(tree.span(kid));
            }
        }
        self.edits.replace(to.start..end, open);
    }

    /// Space at the end of a text counts from now on.
    fn keep_space(&mut self, text: usize) {
        if !self.kept.insert(text) {
            return;
        }
        let name = self.tree.name(text);
        self.edits.replace(self.tree.start_tag(text), format!("<{name} xml:space=\"preserve\">"));
    }
}

/// What is amiss with a name: where it stands, and why.
pub(super) fn amiss(name: &str, heading: &str, near: &str, why: &str) -> String {
    let around = match near == name || near.is_empty() {
        true => String::new(),
        false => format!(", near “{near}”"),
    };
    let stop = if why.ends_with('?') { "" } else { "." };
    format!("{name}, under “{heading}”{around}: {why}{stop}")
}

/// Whether a child of a run shows nothing.
fn is_bare(tree: &Tree<'_>, kid: usize) -> bool {
    matches!(tree.word(kid), Some("rPr" | "lastRenderedPageBreak"))
}

fn is_heading(tree: &Tree<'_>, row: usize) -> bool {
    tree.kid(row, "trPr").is_some_and(|own| tree.kid(own, "tblHeader").is_some())
}

/// The prefix that a part has for a namespace, if older readers are told to pass it over.
fn prefix_of<'x>(tree: &Tree<'x>, namespace: &str) -> Option<&'x str> {
    let root = tree.kids(0).next()?;
    let (name, _) = tree.attributes(root).find(|(_, value)| value == namespace)?;
    let prefix = name.strip_prefix("xmlns:")?;
    let ignorable = tree.attribute(root, "Ignorable")?;
    ignorable.split_whitespace().any(|own| own == prefix).then_some(prefix)
}
