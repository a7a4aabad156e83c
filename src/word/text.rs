//! Text out of a document and into it.

use std::fmt;

use sha2::{Digest, Sha256};

use super::span::{Tree, unescape};

/// Stands in a residue for what is there and is not text: a picture, a
/// note's reference, a comment, a tracked change.
const OBJECT: char = '\u{fffc}';

/// Elements that a lead may have put in and that a fill must not take out.
const OBJECTS: &[&str] = &[
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "commentReference",
    "footnoteReference",
    "endnoteReference",
    "drawing",
    "pict",
    "object",
];

/// The text of a node as a reader sees it: what is marked as deleted is not in it.
pub(super) fn text(tree: &Tree<'_>, node: usize) -> String {
    collect(tree, node, |_| None, |_| false)
}

/// The text outside the nodes that `skip` picks, with a mark for each object in it.
/// Two residues are equal when nobody has typed or put in anything.
pub(super) fn residue(tree: &Tree<'_>, node: usize, skip: impl Fn(usize) -> bool) -> String {
    collect(tree, node, |at| skip(at).then_some(""), |local| OBJECTS.contains(&local))
}

/// The text of a paragraph outside the nodes that `skip` picks, each of which parts the words around it.
pub(super) fn own_words(tree: &Tree<'_>, node: usize, skip: impl Fn(usize) -> bool) -> String {
    collect(tree, node, |at| skip(at).then_some("\u{fffc}"), |_| false)
}

fn collect(
    tree: &Tree<'_>,
    node: usize,
    skip: impl Fn(usize) -> Option<&'static str>,
    object: impl Fn(&str) -> bool,
) -> String {
    let mut out = String::new();
    let mut paragraphs = 0;
    let mut at = node;
    let end = tree.after(node);
    while at < end {
        let instead = if at == node { None } else { skip(at) };
        if instead.is_some() || is_fallback(tree, at) {
            out.push_str(instead.unwrap_or_default());
            at = tree.after(at);
            continue;
        }
        let Some(local) = tree.word(at) else {
            at += 1;
            continue;
        };
        if object(local) {
            out.push(OBJECT);
        }
        match local {
            "t" => out.push_str(&plain(tree.inner_source(at))),
            "tab" => out.push('\t'),
            "br" | "cr" => out.push('\n'),
            "noBreakHyphen" => out.push('\u{2011}'),
            "p" => {
                paragraphs += 1;
                if paragraphs > 1 {
                    out.push('\n');
                }
            }
            _ => {}
        }
        // The tabs of a paragraph's properties are stops, not characters.
        let closed = matches!(
            local,
            "pPr" | "rPr" | "sdtPr" | "tblPr" | "trPr" | "tcPr" | "sectPr" | "moveFrom" | "t"
        );
        at = if closed { tree.after(at) } else { at + 1 };
    }
    out
}

/// What older readers show in place of a text box: the same text again.
pub(super) fn is_fallback(tree: &Tree<'_>, node: usize) -> bool {
    node > 0 && tree.word(node).is_none() && tree.name(node).ends_with(":Fallback")
}

/// Character data as text: references and CDATA sections resolved, comments left out.
pub(super) fn plain(mut raw: &str) -> String {
    let mut out = String::new();
    while let Some(at) = raw.find("<!") {
        out.push_str(&unescape(&raw[..at]));
        raw = &raw[at..];
        let (open, close) = if raw.starts_with("<![CDATA[") { (9, "]]>") } else { (4, "-->") };
        let body = raw.get(open..).unwrap_or_default();
        let Some(end) = body.find(close) else { return out };
        if open == 9 {
            out.push_str(&body[..end]);
        }
        raw = &body[end + 3..];
    }
    out.push_str(&unescape(raw));
    out
}

/// The text as it can stand in a document: no control characters, one kind of line end.
pub(super) fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines
        .chars()
        .filter(|char| matches!(char, '\t' | '\n' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..))
        .filter(|char| !('\u{7f}'..='\u{9f}').contains(char) && *char != OBJECT)
        .collect()
}

pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            char => out.push(char),
        }
    }
    out
}

/// A run with `text`, which is clean. `format` is its `rPr` as XML, or nothing.
pub(super) fn run(prefix: &str, format: &str, text: &str) -> String {
    let mut out = format!("<{prefix}:r>{format}");
    for (line_number, line) in text.split('\n').enumerate() {
        if line_number > 0 {
            out.push_str(&format!("<{prefix}:br/>"));
        }
        for (stop, piece) in line.split('\t').enumerate() {
            if stop > 0 {
                out.push_str(&format!("<{prefix}:tab/>"));
            }
            let piece = escape(piece);
            out.push_str(&format!(r#"<{prefix}:t xml:space="preserve">{piece}</{prefix}:t>"#));
        }
    }
    out.push_str(&format!("</{prefix}:r>"));
    out
}

/// A short hash by which a text is known again: six bytes, written as twelve hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hash(u64);

/// Space around the text does not count.
pub(super) fn hash(text: &str) -> Hash {
    let digest = Sha256::digest(text.trim().as_bytes());
    Hash(digest.iter().take(6).fold(0, |bytes, byte| bytes << 8 | u64::from(*byte)))
}

impl Hash {
    /// None of what is no hash.
    pub(super) fn read(digits: &str) -> Option<Hash> {
        u64::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 12).map(Hash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

/// `text` on one line, cut to about `limit` characters.
pub(super) fn brief(text: &str, limit: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= limit {
        return line;
    }
    let cut: String = line.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// Two texts cut to about `limit` characters each, so that both show where they part.
pub fn apart(old: &str, new: &str, limit: usize) -> (String, String) {
    let line = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (line(old), line(new));
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let length =
        |words: &[String]| words.iter().map(|word| word.chars().count() + 1).sum::<usize>();
    // A few words before the difference say where it is.
    let skip = if length(&old).max(length(&new)) > limit { same.saturating_sub(4) } else { 0 };
    let cut = |words: &[String]| {
        let rest = brief(&words.get(skip..).unwrap_or_default().join(" "), limit);
        if skip > 0 { format!("… {rest}") } else { rest }
    };
    (cut(&old), cut(&new))
}

#[cfg(test)]
mod tests {
    use super::{super::span::Prefixes, *};

    #[test]
    fn hostile_text_comes_out_as_it_went_in() {
        let prefixes = Prefixes::usual();
        for hostile in [
            "]]>",
            "{{ revenue }}",
            "a & b < c > d \" e ' f",
            "one\ttwo\nthree",
            "\u{200f}שלום\u{202e}",
            "  kept  ",
            "&#x2013; &amp;",
            "=SUM(A1)",
        ] {
            let xml = run("w", "", &clean(hostile));
            let tree = Tree::piece(&xml, &prefixes).unwrap();
            assert_eq!(text(&tree, 0), hostile);
        }
        assert_eq!(clean("a\0b\u{b}c\r\nd\u{1f}\u{ffff}\u{85}"), "abc\nd");
    }

    #[test]
    fn references_sections_and_comments_are_read() {
        assert_eq!(plain("a&#x2013;b&lt;<![CDATA[<x>&amp;]]>c<!-- no -->d"), "a–b<<x>&amp;cd");
        assert_eq!(plain("<!-- never closed"), "");
    }
}
