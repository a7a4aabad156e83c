//! The tags of a text of XML, in its order; what stands between them is looked at only for what no XML may hold.

use memchr::{memchr2, memchr3, memmem};
use quick_xml::events::attributes::Attributes;

use super::span::Unfit;

/// Only a byte order mark, of three bytes, may stand before the declaration.
const MARK: usize = 3;

const DECLARATION: &str = "<?xml";

/// What XML takes for space; other spaces are letters like any.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// A tag: from `start` up to `end`.
pub(super) struct Tag<'x> {
    pub start: usize,
    pub end: usize,
    pub name: &'x str,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    /// `<name/>`
    Closed,
    End,
}

/// The tags that are still to come.
pub(super) struct Markup<'x> {
    xml: &'x str,
    at: usize,
}

impl<'x> Markup<'x> {
    pub(super) fn of(xml: &'x str) -> Markup<'x> {
        Markup { xml, at: 0 }
    }

    /// The next tag; none at the end of the text.
    pub(super) fn next(&mut self) -> Result<Option<Tag<'x>>, Unfit> {
        let bytes = self.xml.as_bytes();
        while let Some(start) = self.text()? {
            match bytes.get(start + 1) {
                Some(b'/') => return self.end_tag(start).map(Some),
                Some(b'?') if bytes.get(start + 2) != Some(&b'>') => {
                    self.at = self.behind(start + 2, "?>")?;
                    self.check_declaration(start)?;
                }
                Some(b'!') if bytes[start..].starts_with(b"<!--") => {
                    self.at = self.behind(start + 4, "-->")?;
                }
                Some(b'!') if bytes[start..].starts_with(b"<![CDATA[") => {
                    self.at = self.behind(start + 9, "]]>")?;
                }
                // A document has no definition of its type, and an instruction has a name.
                Some(b'!' | b'?') | None => return Err(Unfit::Damaged),
                Some(_) => return self.start_tag(start).map(Some),
            }
        }
        Ok(None)
    }

    /// Passes text, in which each `&` has its `;`. Returns where markup starts.
    fn text(&self) -> Result<Option<usize>, Unfit> {
        let bytes = self.xml.as_bytes();
        let mut at = self.at;
        // Most tags stand behind another.
        if bytes.get(at) == Some(&b'<') {
            return Ok(Some(at));
        }
        while let Some(next) = memchr2(b'<', b'&', &bytes[at..]) {
            at += next;
            if bytes[at] == b'<' {
                return Ok(Some(at));
            }
            let end = memchr3(b';', b'&', b'<', &bytes[at + 1..]).ok_or(Unfit::Damaged)?;
            at += 1 + end;
            if bytes[at] != b';' {
                return Err(Unfit::Damaged);
            }
        }
        Ok(None)
    }

    fn start_tag(&mut self, start: usize) -> Result<Tag<'x>, Unfit> {
        let bytes = self.xml.as_bytes();
        let ends_name = |byte: &u8| {
            matches!(byte, b' ' | b'>' | b'/' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'<')
        };
        let named = position(bytes, start + 1, ends_name)?;
        let fits = match bytes[named] {
            b'"' | b'\'' | b'<' => false,
            b'/' => bytes.get(named + 1) == Some(&b'>'),
            _ => true,
        };
        if !fits || named == start + 1 {
            return Err(Unfit::Damaged);
        }
        let mut quote = None;
        let ends = |byte: &u8| match quote {
            None if matches!(byte, b'"' | b'\'') => {
                quote = Some(*byte);
                false
            }
            None => *byte == b'>',
            Some(open) => {
                quote = quote.filter(|_| open != *byte);
                false
            }
        };
        let close = position(bytes, named, ends)?;
        self.at = close + 1;
        let kind = if bytes[close - 1] == b'/' { Kind::Closed } else { Kind::Start };
        Ok(Tag { start, end: self.at, name: &self.xml[start + 1..named], kind })
    }

    fn end_tag(&mut self, start: usize) -> Result<Tag<'x>, Unfit> {
        let close = position(self.xml.as_bytes(), start + 2, |byte| *byte == b'>')?;
        self.at = close + 1;
        let name = self.xml[start + 2..close].trim_end_matches(SPACE);
        Ok(Tag { start, end: self.at, name, kind: Kind::End })
    }

    /// Where what ends with `close` is behind.
    fn behind(&self, from: usize, close: &str) -> Result<usize, Unfit> {
        let found = memmem::find(&self.xml.as_bytes()[from..], close.as_bytes());
        Ok(from + found.ok_or(Unfit::Damaged)? + close.len())
    }

    /// That a declaration of XML, if that is what has just been passed, stands at the beginning, can be read and names
    /// our encoding.
    fn check_declaration(&self, start: usize) -> Result<(), Unfit> {
        let passed = self.xml[start..self.at].strip_suffix("?>").unwrap_or_default();
        let Some(behind) = passed.strip_prefix(DECLARATION) else { return Ok(()) };
        if !behind.is_empty() && !behind.starts_with(SPACE) {
            return Ok(());
        }
        let fits = Attributes::new(behind, 0).all(|own| {
            own.is_ok_and(|own| own.key.0 != "encoding" || own.value.eq_ignore_ascii_case("utf-8"))
        });
        if fits && start <= MARK { Ok(()) } else { Err(Unfit::Damaged) }
    }
}

/// The attributes of a start tag: their names, and their values as they are written.
pub(super) fn attributes<'x>(
    tag: &'x str,
    name: &str,
) -> impl Iterator<Item = (&'x str, &'x str)> + use<'x> {
    let mut rest = tag.get(1 + name.len()..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (name, behind) = rest.split_once('=')?;
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|char| matches!(char, '"' | '\''))?;
        let (value, behind) = behind[1..].split_once(quote)?;
        rest = behind;
        Some((name.trim(), value))
    })
}

/// Where, from a place on, the first byte of a kind stands, as it must.
fn position(bytes: &[u8], from: usize, is: impl FnMut(&u8) -> bool) -> Result<usize, Unfit> {
    bytes[from..].iter().position(is).map(|at| from + at).ok_or(Unfit::Damaged)
}

#[cfg(test)]
mod tests {
    use quick_xml::{Reader, events::Event};

    use super::{
        super::span::{Prefixes, Tree},
        *,
    };

    /// The names of the tags of a text, if it can be read.
    fn names(xml: &str) -> Option<Vec<&str>> {
        let mut markup = Markup::of(xml);
        let mut names = vec![];
        while let Some(tag) = markup.next().ok()? {
            names.push(tag.name);
        }
        Some(names)
    }

    #[test]
    fn only_tags_are_told() {
        let xml = "\u{feff}<?xml version='1.0' encoding='UTF-8'?>a &amp; b<!-- <p> -- -->\
                   <a:b c='>' d=\"'/>\"/>\n<b\n e=\"/\"><![CDATA[</b> & ]]]></b ><?q <p>?>";
        assert_eq!(names(xml), Some(vec!["a:b", "b", "b"]));
    }

    #[test]
    fn what_no_xml_may_hold_is_damage() {
        for damaged in [
            "<a",
            "<",
            "a & b",
            "a &amp b",
            "&a&b;",
            "&lt",
            "<a b=\">",
            "</a",
            "<!-- ",
            "<!-->",
            "<![CDATA[ ]>",
            "<!DOCTYPE a>",
            "<?q",
            "<a/><?xml version='1.0'?>",
            "<?xml version='1.0' encoding='latin1'?>",
            "<?xml version='1.0' encoding=latin1?>",
            "<?xml foo encoding='latin1'?>",
            "<?xml version='1.0?>",
            "<?>?>",
            "<a/x></a>",
            "<a/ ></a>",
            "<a\"></a\">",
            "<a'></a'>",
            "<a<b></a<b>",
            "<></>",
        ] {
            assert_eq!(names(damaged), None, "{damaged}");
        }
    }

    /// The same as another reader tells it, with what it leaves to those who use it: that each element ends, that no
    /// type is defined, and what a declaration says.
    fn names_elsewhere(xml: &str) -> Option<Vec<String>> {
        let mut reader = Reader::from_str(xml);
        let (mut names, mut depth, mut start) = (vec![], 0, 0);
        loop {
            match reader.read_event().ok()? {
                Event::Start(tag) => {
                    names.push(tag.name().0.to_owned());
                    depth += 1;
                }
                Event::Empty(tag) => names.push(tag.name().0.to_owned()),
                Event::End(tag) => {
                    names.push(tag.name().0.to_owned());
                    depth -= 1;
                }
                Event::DocType(_) => return None,
                Event::Decl(_) if start > MARK as u64 => return None,
                Event::Decl(declaration) => {
                    let encoding = declaration.encoding().transpose().ok()?;
                    if encoding.is_some_and(|name| !name.eq_ignore_ascii_case("utf-8")) {
                        return None;
                    }
                }
                Event::Eof => return (depth == 0).then_some(names),
                _ => {}
            }
            start = reader.buffer_position();
        }
    }

    #[test]
    fn what_another_reader_refuses_is_damage() {
        const LETTERS: &[u8] = b"<>/\"'&;!?-[] a=x";
        // Of letters alone hardly any text would be read.
        const PIECES: &str = "<a>|</a>|<a/>|<a |</a |<x|</x|>|/>|<!--|-->|<![CDATA[|]]>|\
                              <?xml |?>|encoding=|'utf-8'|\"x\"|&x;|<a></a\u{a0}|\u{a0}";
        let pieces: Vec<_> = PIECES.split('|').collect();
        let mut seed = 1_u64;
        let mut below = |limit: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % limit
        };
        let (mut read, mut tags) = (0, 0);
        for text in 0..40_000 {
            let mut xml = String::new();
            for _ in 0..=below(12) {
                if text % 2 == 0 || below(3) == 0 {
                    xml.push(char::from(LETTERS[below(LETTERS.len())]));
                } else {
                    xml.push_str(pieces[below(pieces.len())]);
                }
            }
            if text % 4 == 1 {
                xml = format!("<a>{xml}</a>");
            }
            let elsewhere = names_elsewhere(&xml);
            if Tree::piece(&xml, &Prefixes::usual()).is_ok() {
                let own = names(&xml).unwrap();
                read += 1;
                tags += own.len();
                let own = own.into_iter().map(str::to_owned).collect();
                assert_eq!(elsewhere, Some(own), "{xml}");
            } else if let Some(names) = elsewhere {
                // The other reader lets any name pass, and reads of a declaration only what it is asked for.
                let odd = |name: &String| name.is_empty() || name.contains(['/', '"', '\'', '<']);
                assert!(names.iter().any(odd) || xml.contains(DECLARATION), "{xml}");
            }
        }
        assert!(read > 4_000 && tags > 2_000, "{read} texts were read, with {tags} tags");
    }

    #[test]
    fn attributes_are_read_as_they_are_written() {
        let tag = "<a b = '\"' c:d=\"&amp;\"\n\te=\"=\"/>";
        let read: Vec<_> = attributes(tag, "a").collect();
        assert_eq!(read, [("b", "\""), ("c:d", "&amp;"), ("e", "=")]);
    }
}
