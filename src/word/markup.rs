//! The tags of a text of XML, in its order; what stands between them is looked at only for what no XML may hold.

use memchr::{memchr2, memchr3, memmem};

use super::span::Unfit;

/// Only a byte order mark, of three bytes, may stand before the declaration.
const MARK: usize = 3;

const DECLARATION: &str = "<?xml";

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
                Some(b'?') => {
                    self.at = self.behind(start + 2, "?>")?;
                    self.check_declaration(start)?;
                }
                Some(b'!') if bytes[start..].starts_with(b"<!--") => {
                    self.at = self.behind(start + 4, "-->")?;
                }
                Some(b'!') if bytes[start..].starts_with(b"<![CDATA[") => {
                    self.at = self.behind(start + 9, "]]>")?;
                }
                // A document has no definition of its type.
                Some(b'!') | None => return Err(Unfit::Damaged),
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
        let ends_name = |byte: &u8| matches!(byte, b' ' | b'>' | b'/' | b'\t' | b'\r' | b'\n');
        let named = position(bytes, start + 1, ends_name)?;
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
        let name = self.xml[start + 2..close].trim_end();
        Ok(Tag { start, end: self.at, name, kind: Kind::End })
    }

    /// Where what ends with `close` is behind.
    fn behind(&self, from: usize, close: &str) -> Result<usize, Unfit> {
        let found = memmem::find(&self.xml.as_bytes()[from..], close.as_bytes());
        Ok(from + found.ok_or(Unfit::Damaged)? + close.len())
    }

    /// That a declaration of XML, if that is what has just been passed, stands at the beginning and names our encoding.
    fn check_declaration(&self, start: usize) -> Result<(), Unfit> {
        let passed = &self.xml[start..self.at];
        let behind = passed.strip_prefix(DECLARATION).unwrap_or_default();
        if !behind.starts_with([' ', '\t', '\r', '\n', '?']) {
            return Ok(());
        }
        let foreign = attributes(passed, &DECLARATION[1..])
            .any(|(name, value)| name == "encoding" && !value.eq_ignore_ascii_case("utf-8"));
        if start > MARK || foreign { Err(Unfit::Damaged) } else { Ok(()) }
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
    use super::*;

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
        ] {
            assert_eq!(names(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn attributes_are_read_as_they_are_written() {
        let tag = "<a b = '\"' c:d=\"&amp;\"\n\te=\"=\"/>";
        let read: Vec<_> = attributes(tag, "a").collect();
        assert_eq!(read, [("b", "\""), ("c:d", "&amp;"), ("e", "=")]);
    }
}
