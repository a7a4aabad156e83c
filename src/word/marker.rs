//! Markers typed in a template, `{{ revenue.net_total }}`: where they stand, however Word has split them over runs.

use std::ops::Range;

use super::{
    control::{Control, Verb},
    span::{Tree, unescape},
};

/// No name is longer than this between its braces.
const LONGEST: usize = 200;

/// Word puts these between the runs of one stretch of text.
const BETWEEN: &[&str] = &[
    "proofErr",
    "bookmarkStart",
    "bookmarkEnd",
    "commentRangeStart",
    "commentRangeEnd",
    "permStart",
    "permEnd",
];

/// A letter of a document, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    char: char,
    pub run: usize,
    /// The `w:t` it is in.
    pub text: usize,
    pub raw: Range<usize>,
}

/// Something between double braces.
#[derive(Clone, Debug)]
pub(super) struct Marker {
    pub paragraph: usize,
    /// From the first brace to the last.
    pub letters: Vec<Letter>,
    /// The run of the first letter of its name.
    pub named: usize,
    /// What stands between the braces, as a person means it: quotes, case of spaces and odd hyphens aside.
    pub words: String,
    /// Why it cannot be a name, whatever it says.
    pub fault: Option<&'static str>,
}

impl Marker {
    /// As it was typed.
    pub(super) fn source(&self) -> String {
        self.letters.iter().map(|letter| letter.char).collect()
    }

    fn new(paragraph: usize, letters: &[Letter], fault: Option<&'static str>) -> Option<Marker> {
        let inside = letters.get(2..letters.len().saturating_sub(2)).unwrap_or_default();
        let first = inside.iter().find(|letter| plain(letter.char).is_some_and(|own| own != ' '));
        let named = first.or(letters.first())?.run;
        let words: String = inside.iter().filter_map(|letter| plain(letter.char)).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Marker { paragraph, letters: letters.to_vec(), named, words, fault })
    }
}

/// A letter as it is meant: Word makes quotes curly and spaces hard.
fn plain(char: char) -> Option<char> {
    match char {
        '“' | '”' | '„' | '"' | '‘' | '’' | '\'' | '\u{ad}' | '\u{200b}' | '\u{feff}' => {
            None
        }
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' => Some('-'),
        char if char.is_whitespace() => Some(' '),
        char => Some(char),
    }
}

/// Letters with nothing but text between them.
struct Stretch {
    letters: Vec<Letter>,
    /// Whether Word writes it itself: the result of a field.
    in_field: bool,
}

/// Reads the paragraphs of a part in their order.
#[derive(Default)]
pub(super) struct Markers {
    /// How many fields are open.
    fields: usize,
}

impl Markers {
    /// The markers of a paragraph, those in its text boxes aside: they stand in paragraphs of their own.
    pub(super) fn of(&mut self, tree: &Tree<'_>, paragraph: usize) -> Vec<Marker> {
        let mut stretches = vec![];
        self.collect(tree, paragraph, &mut stretches);
        let found = stretches.iter().flat_map(|stretch| markers(paragraph, stretch));
        found.collect()
    }

    fn collect(&mut self, tree: &Tree<'_>, holder: usize, out: &mut Vec<Stretch>) {
        self.part(out);
        for kid in tree.kids(holder) {
            match tree.word(kid) {
                Some("r") => self.run(tree, kid, out),
                Some("pPr") => {}
                Some(between) if BETWEEN.contains(&between) => {}
                Some("hyperlink" | "smartTag" | "customXml" | "ins" | "moveTo" | "dir" | "bdo") => {
                    self.collect(tree, kid, out);
                }
                Some("fldSimple") => {
                    self.fields += 1;
                    self.collect(tree, kid, out);
                    self.fields -= 1;
                    self.part(out);
                }
                Some("sdt") if !is_filled(tree, kid) => {
                    if let Some(content) = tree.kid(kid, "sdtContent") {
                        self.collect(tree, content, out);
                    }
                }
                _ => self.part(out),
            }
        }
        self.part(out);
    }

    fn run(&mut self, tree: &Tree<'_>, run: usize, out: &mut Vec<Stretch>) {
        for kid in tree.kids(run) {
            match tree.word(kid) {
                Some("rPr" | "lastRenderedPageBreak") => {}
                Some("t") if !tree.inner_source(kid).contains("<!") => {
                    if let Some(stretch) = out.last_mut() {
                        letters(tree, run, kid, &mut stretch.letters);
                    }
                }
                Some("instrText") if tree.inner_source(kid).contains("{{") => {
                    let mut own = vec![];
                    letters(tree, run, kid, &mut own);
                    out.push(Stretch { letters: own, in_field: true });
                    self.part(out);
                }
                Some("fldChar") => {
                    match tree.attribute(kid, "fldCharType").as_deref() {
                        Some("begin") => self.fields += 1,
                        Some("end") => self.fields = self.fields.saturating_sub(1),
                        _ => {}
                    }
                    self.part(out);
                }
                _ => self.part(out),
            }
        }
    }

    /// Begins a new stretch.
    fn part(&self, out: &mut Vec<Stretch>) {
        out.push(Stretch { letters: vec![], in_field: self.fields > 0 });
    }
}

/// Whether what stands in a control is the text of a figure or table of ours, and not the office's to write.
pub(super) fn is_filled(tree: &Tree<'_>, sdt: usize) -> bool {
    let ours = Control::at(tree, sdt, super::data::Level::Run);
    ours.is_some_and(|own| !matches!(own.verb, Verb::List | Verb::Passage))
}

fn letters(tree: &Tree<'_>, run: usize, text: usize, out: &mut Vec<Letter>) {
    let inner = tree.inner(text);
    let raw = tree.inner_source(text);
    let mut at = 0;
    while let Some(first) = raw[at..].chars().next() {
        let reference = raw[at..].find(';').filter(|_| first == '&').map(|end| end + 1);
        let length = reference.unwrap_or(first.len_utf8());
        let range = inner.start + at..inner.start + at + length;
        for char in unescape(&raw[at..at + length]).chars() {
            out.push(Letter { char, run, text, raw: range.clone() });
        }
        at += length;
    }
}

/// What stands between double braces in a stretch of text. Braces within braces are one fault, not two names.
fn markers(paragraph: usize, stretch: &Stretch) -> Vec<Marker> {
    let letters = &stretch.letters;
    let is = |at: usize, brace: char| {
        [at, at + 1].iter().all(|at| letters.get(*at).is_some_and(|own| own.char == brace))
    };
    let mut found = vec![];
    let mut at = 0;
    while at < letters.len() {
        if !is(at, '{') {
            at += 1;
            continue;
        }
        let (mut end, mut depth, mut nested) = (at + 2, 1, false);
        while depth > 0 && end < letters.len() && end - at <= LONGEST {
            if is(end, '{') {
                (depth, nested) = (depth + 1, true);
                end += 2;
            } else if is(end, '}') {
                depth -= 1;
                end += 2;
            } else {
                end += 1;
            }
        }
        let fault = if depth > 0 {
            end = (at + 2 + LONGEST / 4).min(letters.len());
            Some("has no closing braces in the same line of text")
        } else if nested {
            Some("has braces within braces")
        } else if stretch.in_field {
            Some("stands in a field, which Word writes itself")
        } else {
            None
        };
        found.extend(Marker::new(paragraph, &letters[at..end.min(letters.len())], fault));
        at = if depth > 0 { at + 2 } else { end };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{super::span::Prefixes, *};

    /// The words of each marker in some runs, or the fault.
    fn found(runs: &str) -> Vec<String> {
        let xml = format!("<w:p>{runs}</w:p>");
        let prefixes = Prefixes::usual();
        let tree = Tree::piece(&xml, &prefixes).unwrap();
        let said = |own: Marker| own.fault.map_or(own.words, str::to_owned);
        Markers::default().of(&tree, 1).into_iter().map(said).collect()
    }

    fn run(text: &str) -> String {
        format!("<w:r><w:t>{text}</w:t></w:r>")
    }

    #[test]
    fn a_marker_is_read_as_it_is_meant() {
        for (typed, means) in [
            ("{{ revenue.net_total }}", "revenue.net_total"),
            ("{{revenue.net_total}}", "revenue.net_total"),
            ("a{{\u{a0}Revenue.Net_total\u{a0}THA  2007/08 }}b", "Revenue.Net_total THA 2007/08"),
            ("{{ “title” }}", "title"),
            ("{{ &quot;title&quot; }}", "title"),
            ("{{ without\u{2011}SHE }}", "without-SHE"),
            ("{{ }}", ""),
            ("{{ a &amp; b }}", "a & b"),
        ] {
            assert_eq!(found(&run(typed)), [means], "{typed}");
        }
        assert_eq!(found(&run("{{ a }} and {{ b }}{{ c }}")), ["a", "b", "c"]);
        assert_eq!(found(&run("{ a } }} {")), [""; 0]);
    }

    #[test]
    fn word_splits_markers_as_it_likes() {
        let split = [run("see {"), "<w:proofErr w:type=\"spellStart\"/>".to_owned(), run("{ rev")];
        let split = split.concat()
            + "<w:bookmarkStart w:id=\"1\" w:name=\"x\"/>"
            + "<w:r><w:rPr><w:b/></w:rPr><w:lastRenderedPageBreak/><w:t>enue }</w:t></w:r>"
            + &run("}.");
        assert_eq!(found(&split), ["revenue"]);
    }

    #[test]
    fn what_is_no_name_says_why() {
        assert_eq!(found(&run("{{ a {{ b }} c }}")), ["has braces within braces"]);
        let open = "has no closing braces in the same line of text";
        assert_eq!(found(&run("{{ a")), [open]);
        assert_eq!(found(&run(&format!("{{{{ {} }}}}", "x".repeat(5_000)))), [open]);
        assert_eq!(found("<w:r><w:t>{{ a</w:t><w:tab/><w:t>b }}</w:t></w:r>"), [open]);
        let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let code = "<w:r><w:instrText> REF {{ a }} </w:instrText></w:r>";
        let all =
            [field("begin"), code.to_owned(), field("separate"), run("{{ b }}"), field("end")];
        let inside = "stands in a field, which Word writes itself";
        assert_eq!(found(&(all.concat() + &run("{{ c }}"))), [inside, inside, "c"]);
        assert_eq!(found("<w:del><w:r><w:delText>{{ a }}</w:delText></w:r></w:del>"), [""; 0]);
    }
}
