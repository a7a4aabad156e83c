//! The parts of a zipped workbook. Those of a small one are unpacked once and held, however often they are looked at;
//! those of a large one are unpacked wherever they are read, and never held whole.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::preflight::{self, Looked};
use crate::programme::Limits;

/// So many bytes of a workbook are held: those of twenty returns.
const HELD: u64 = 8 << 20;

pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The parts of a workbook that was looked over.
pub(super) struct Parts<'a> {
    archive: Archive<'a>,
    is_small: bool,
    /// Parts by their place in the archive; `None` for one that cannot be unpacked.
    held: BTreeMap<usize, Option<Vec<u8>>>,
}

impl<'a> Parts<'a> {
    /// Looks a workbook over.
    ///
    /// # Errors
    /// Why it is not opened, as half a sentence.
    pub(super) fn of(bytes: &'a [u8], limits: &Limits) -> Result<Parts<'a>, String> {
        let Looked { archive, unpacked, texts } = preflight::zipped(bytes, limits)?;
        let mut parts = Parts { archive, is_small: unpacked <= HELD, held: BTreeMap::new() };
        for place in texts {
            if parts.is_small
                && let Some(text) = parts.hold(place)
            {
                preflight::count_of_texts(text, text.len() as u64)?;
                continue;
            }
            let part = parts.archive.by_index(place).map_err(|_| "it is damaged")?;
            let size = part.size();
            preflight::count_of_texts(part, size)?;
        }
        Ok(parts)
    }

    /// How many parts have names that begin like this.
    pub(super) fn count(&self, start: &str) -> usize {
        let names = self.archive.file_names().flatten();
        names.filter(|name| name.starts_with(start) && !name.ends_with(".rels")).count()
    }

    /// A part, from its beginning.
    pub(super) fn open(&mut self, name: &str) -> Option<Box<dyn Read + '_>> {
        let place = self.place(name)?;
        Some(match self.is_small {
            true => Box::new(self.hold(place)?),
            false => Box::new(self.archive.by_index(place).ok()?),
        })
    }

    /// A part, unpacked.
    pub(super) fn bytes(&mut self, name: &str) -> Option<Cow<'_, [u8]>> {
        let place = self.place(name)?;
        match self.is_small {
            true => self.hold(place).map(Cow::Borrowed),
            false => unpacked(&mut self.archive, place).map(Cow::Owned),
        }
    }

    /// A part as text.
    pub(super) fn text(&mut self, name: &str) -> Option<Cow<'_, str>> {
        match self.bytes(name)? {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
        }
    }

    /// Some parts, each made `lean`, as an archive in which nothing is packed, for a reader that takes nothing else.
    /// `None` where the workbook is large, and where one of them cannot be unpacked, so that the reader says so itself.
    pub(super) fn stored<'b>(
        &mut self,
        names: impl IntoIterator<Item = &'b str>,
        lean: impl for<'p> Fn(&str, &'p [u8]) -> Cow<'p, [u8]>,
    ) -> Option<Vec<u8>> {
        if !self.is_small {
            return None;
        }
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            let Some(place) = self.place(name) else { continue };
            let own = self.archive.name_for_index(place)?.ok()?.into_owned();
            zip.start_file(own, stored).ok()?;
            zip.write_all(&lean(name, self.hold(place)?)).ok()?;
        }
        Some(zip.finish().ok()?.into_inner())
    }

    /// Where a part is in the archive, whatever the case of its name and the slant of its slashes.
    fn place(&self, name: &str) -> Option<usize> {
        let is_same = |own: &str| {
            let mut letters = own.bytes().zip(name.bytes());
            own.len() == name.len()
                && letters.all(|(own, other)| match (own, other) {
                    (b'\\', b'/') => true,
                    _ => own.eq_ignore_ascii_case(&other),
                })
        };
        self.archive.index_for_name(name).or_else(|| {
            (0..self.archive.len()).find(|place| {
                let own = self.archive.name_for_index(*place);
                own.is_some_and(|own| own.is_ok_and(|own| is_same(&own)))
            })
        })
    }

    fn hold(&mut self, place: usize) -> Option<&[u8]> {
        let Parts { archive, held, .. } = self;
        held.entry(place).or_insert_with(|| unpacked(archive, place)).as_deref()
    }
}

/// A part, unpacked. Its size was looked at before.
fn unpacked(archive: &mut Archive<'_>, place: usize) -> Option<Vec<u8>> {
    let mut part = archive.by_index(place).ok()?;
    let mut bytes = Vec::with_capacity(usize::try_from(part.size()).ok()?);
    part.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn whole<'p>(_: &str, part: &'p [u8]) -> Cow<'p, [u8]> {
        Cow::Borrowed(part)
    }

    fn read(parts: &mut Parts<'_>, name: &str) -> Option<usize> {
        let mut bytes = Vec::new();
        parts.open(name)?.read_to_end(&mut bytes).ok()
    }

    #[test]
    fn a_part_is_found_however_its_name_is_written() {
        let bytes = zip(&[("XL\\Workbook.xml", b"<a/>"), ("xl/styles.xml", &[0xFF])]);
        let mut parts = Parts::of(&bytes, &Limits::default()).unwrap();
        assert_eq!(parts.text("xl/workbook.xml").as_deref(), Some("<a/>"));
        assert_eq!(parts.bytes("xl/styles.xml").as_deref(), Some(&[0xFF][..]));
        assert!(parts.text("xl/styles.xml").is_none() && parts.text("xl/other.xml").is_none());
        assert_eq!((parts.count("xl/"), parts.count("XL")), (1, 1));
    }

    #[test]
    fn those_of_a_large_workbook_are_not_held() {
        let long = vec![b' '; usize::try_from(HELD).unwrap()];
        for (rest, is_held) in [(&b""[..], true), (b"a", false)] {
            let bytes = zip(&[("long", &long), ("rest", rest)]);
            let mut parts = Parts::of(&bytes, &Limits::default()).unwrap();
            assert_eq!(read(&mut parts, "long"), Some(long.len()));
            assert_eq!(parts.held.is_empty(), !is_held);
            assert_eq!(parts.stored(["rest"], whole).is_some(), is_held);
        }
    }

    #[test]
    fn what_is_stored_can_be_read_again_and_what_cannot_be_unpacked_is_left_to_the_reader() {
        let mut bytes = zip(&[("one", b"one and the same"), ("other", b"b")]);
        let stored = Parts::of(&bytes, &Limits::default()).unwrap().stored(["one", "none"], whole);
        let stored = stored.unwrap();
        let mut again = Parts::of(&stored, &Limits::default()).unwrap();
        assert_eq!(again.text("one").as_deref(), Some("one and the same"));
        assert_eq!(again.count(""), 1);
        // The bytes of the first part follow its name.
        bytes[30 + "one".len() + 4] ^= 1;
        let mut parts = Parts::of(&bytes, &Limits::default()).unwrap();
        assert_eq!(
            ["one", "other"].map(|name| parts.stored([name], whole).is_none()),
            [true, false]
        );
    }
}
