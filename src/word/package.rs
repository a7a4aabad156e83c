//! The zip around a document: which parts there are, and a copy with some of them replaced.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read, Write},
};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    announce,
    chart::Standing,
    refusal::{Refusal, damaged, not_word, refusal},
    span::{Prefixes, Tree},
    state::{self, State},
};

/// No part of a real document is larger, unpacked.
pub(crate) const LARGEST: u64 = 256 * 1024 * 1024;

/// Room for a part is made at once up to here; for more the zip is not believed.
const ROOM: u64 = 16 * 1024 * 1024;

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// A document taken apart as far as a fill needs it.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    main: String,
    /// The body first, then headers, footers and notes by name.
    pub parts: Vec<Part>,
    pub styles: Option<String>,
    /// Read, never filled.
    pub comments: Option<String>,
    pub state: Option<State>,
    state_part: Option<String>,
    /// The charts of the body, by the ids of the relationships that lead to them.
    pub charts: BTreeMap<String, Standing>,
    /// The ids of all relationships of the main part.
    pub ids: BTreeSet<String>,
}

/// What a fill makes of the parts beside the text.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Parts with what is in them from now on.
    pub written: BTreeMap<String, Vec<u8>>,
    /// New charts: the id of the relationship that leads to each, and its part.
    pub added: Vec<(String, String)>,
    /// Charts that went, in the same way.
    pub gone: BTreeMap<String, String>,
}

impl Beside {
    pub(super) fn is_empty(&self) -> bool {
        self.written.is_empty() && self.gone.is_empty()
    }
}

/// A part that can hold controls.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub name: String,
    pub place: Place,
    byte_order_mark: bool,
    pub xml: String,
    /// Whether the document has other text here.
    pub changed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Body,
    Header,
    Footer,
    Notes,
    Comments,
}

/// A relationship of the main part, its target as the name of an entry.
struct Relationship {
    id: String,
    kind: String,
    target: String,
}

impl Place {
    /// The heading before the first heading.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Place::Body => "the beginning",
            Place::Header => "the header",
            Place::Footer => "the footer",
            Place::Notes => "the notes",
            Place::Comments => "the comments",
        }
    }
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Package<'b>, Refusal> {
        let mut package = Package::unread(bytes)?;
        package.find_parts(|_| true)?;
        Ok(package)
    }

    /// Only what the document remembers: enough to know whose it is.
    pub(super) fn state_of(bytes: &'b [u8]) -> Result<Option<State>, Refusal> {
        let mut package = Package::unread(bytes)?;
        package.find_parts(|kind| kind == "customXml")?;
        Ok(package.state)
    }

    fn unread(bytes: &'b [u8]) -> Result<Package<'b>, Refusal> {
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(refusal(
                "The document has a password, or is in Word's old .doc format. Open it in Word, \
                 take the password off and save it as a Word document (.docx).",
            ));
        }
        if !bytes.starts_with(b"PK") {
            return Err(not_word());
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        let name = |at| archive.name_for_index(at)?.ok().map(|name| name.into_owned());
        let names: Vec<String> = (0..archive.len()).filter_map(name).collect();
        if names.len() != archive.len() {
            return Err(damaged());
        }
        Ok(Package {
            archive,
            names,
            main: String::new(),
            parts: vec![],
            styles: None,
            comments: None,
            state: None,
            state_part: None,
            charts: BTreeMap::new(),
            ids: BTreeSet::new(),
        })
    }

    /// Reads the parts whose relationship is of a kind that is `wanted`.
    fn find_parts(&mut self, wanted: impl Fn(&str) -> bool) -> Result<(), Refusal> {
        let root = self.relationships("", "_rels/.rels")?;
        let main = root.into_iter().find(|it| it.kind.ends_with("/officeDocument"));
        self.main = main.ok_or_else(not_word)?.target;
        let (folder, rels) = relationships_of(&self.main);
        let mut found = vec![];
        if wanted("officeDocument") {
            found.push((Place::Body, self.main.clone()));
        }
        for Relationship { id, kind, target } in self.relationships(&folder, &rels)? {
            self.ids.insert(id.clone());
            let kind = kind.rsplit('/').next().unwrap_or_default();
            if !wanted(kind) {
                continue;
            }
            let place = match kind {
                "header" => Place::Header,
                "footer" => Place::Footer,
                "footnotes" | "endnotes" => Place::Notes,
                "styles" => {
                    self.styles = self.text(&target)?.map(|(_, styles)| styles);
                    continue;
                }
                "comments" => {
                    self.comments = self.text(&target)?.map(|(_, comments)| comments);
                    continue;
                }
                "chart" => {
                    let chart = self.chart(target);
                    self.charts.extend(chart.map(|chart| (id, chart)));
                    continue;
                }
                "customXml" if self.state.is_none() => {
                    self.take_state(target)?;
                    continue;
                }
                _ => continue,
            };
            found.push((place, target));
        }
        found.sort();
        found.dedup();
        for (place, name) in found {
            if let Some((byte_order_mark, xml)) = self.text(&name)? {
                self.parts.push(Part { name, place, byte_order_mark, xml, changed: false });
            } else if place == Place::Body {
                return Err(damaged());
            }
        }
        Ok(())
    }

    /// A chart with the workbook within the document that its numbers are edited in. One that cannot be read is
    /// somebody else's.
    fn chart(&mut self, part: String) -> Option<Standing> {
        let (_, xml) = self.text(&part).ok()??;
        let (folder, rels) = relationships_of(&part);
        let mut leads = self.relationships(&folder, &rels).ok()?.into_iter();
        let is_book = |own: &Relationship| {
            own.kind.ends_with("/package") && own.target.to_lowercase().ends_with(".xlsx")
        };
        let workbook = leads.find(is_book).map(|own| self.stored_name(&own.target));
        Some(Standing { part: self.stored_name(&part), xml, workbook })
    }

    fn take_state(&mut self, part: String) -> Result<(), Refusal> {
        let Some((_, xml)) = self.text(&part)? else { return Ok(()) };
        if xml.contains(state::NAMESPACE) {
            self.state = Some(State::parse(&xml).ok_or_else(damaged)?);
            self.state_part = Some(part);
        }
        Ok(())
    }

    /// None when there is no such part; the text without its byte order mark.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<(bool, String)>, Refusal> {
        let Some(at) = self.names.iter().position(|known| known.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let file = self.archive.by_index(at).map_err(|_| damaged())?;
        let mut bytes = Vec::with_capacity(usize::try_from(file.size().min(ROOM)).unwrap_or(0));
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if bytes.len() as u64 > LARGEST {
            return Err(damaged());
        }
        let text = String::from_utf8(bytes).map_err(|_| damaged())?;
        match text.strip_prefix('\u{feff}') {
            Some(rest) => Ok(Some((true, rest.to_owned()))),
            None => Ok(Some((false, text))),
        }
    }

    fn relationships(&mut self, folder: &str, rels: &str) -> Result<Vec<Relationship>, Refusal> {
        let Some((_, xml)) = self.text(rels)? else { return Ok(vec![]) };
        let prefixes = Prefixes::usual();
        let tree = Tree::piece(&xml, &prefixes).map_err(|_| damaged())?;
        let internal = tree.below(0).filter(|node| {
            tree.name(*node).ends_with("Relationship")
                && tree.attribute(*node, "TargetMode").is_none_or(|mode| mode != "External")
        });
        let found = internal.filter_map(|node| {
            let id = tree.attribute(node, "Id").unwrap_or_default().into_owned();
            let kind = tree.attribute(node, "Type")?.into_owned();
            let target = resolve(folder, &tree.attribute(node, "Target")?);
            Some(Relationship { id, kind, target })
        });
        Ok(found.collect())
    }

    /// The package with the text that its parts have now, with what becomes of its charts, and with its state.
    pub(super) fn with(mut self, state: &State, mut beside: Beside) -> Result<Vec<u8>, Refusal> {
        let removed = self.orphans(&beside)?;
        beside.written.retain(|name, _| !removed.contains(&name.to_lowercase()));
        let mut entries = BTreeMap::new();
        let known = self.state_part.is_some();
        if !known || !beside.added.is_empty() || !beside.gone.is_empty() {
            self.announce(&mut entries, !known, &beside, &removed)?;
        }
        entries.append(&mut beside.written);
        for mut part in std::mem::take(&mut self.parts).into_iter().filter(|part| part.changed) {
            if part.byte_order_mark {
                part.xml.insert(0, '\u{feff}');
            }
            entries.insert(part.name, part.xml.into_bytes());
        }
        let state_part = self.state_part.clone();
        let state_part = state_part.unwrap_or_else(|| announce::STATE_PART.to_owned());
        entries.insert(state_part, state.xml().into_bytes());
        self.write(entries, &removed).map_err(|_| damaged())
    }

    /// The parts to which nothing leads any more when some charts have gone, in small letters.
    fn orphans(&mut self, beside: &Beside) -> Result<BTreeSet<String>, Refusal> {
        let mut gone = BTreeSet::new();
        if beside.gone.is_empty() {
            return Ok(gone);
        }
        // A part with another relationship that leads to it stays.
        let mut leads: Vec<(String, String)> = vec![];
        for rels in self.names().into_iter().filter(|name| name.ends_with(".rels")) {
            let Some(owner) = owner_of(&rels) else { continue };
            let (folder, _) = relationships_of(&owner);
            let is_main = owner.eq_ignore_ascii_case(&self.main);
            for own in self.relationships(&folder, &rels)? {
                if !(is_main && beside.gone.contains_key(&own.id)) {
                    leads.push((owner.to_lowercase(), own.target.to_lowercase()));
                }
            }
        }
        let mut open: Vec<String> = beside.gone.values().map(|part| part.to_lowercase()).collect();
        while let Some(part) = open.pop() {
            let held =
                |(owner, target): &(String, String)| *target == part && !gone.contains(owner);
            if leads.iter().any(held) || gone.contains(&part) {
                continue;
            }
            let (_, rels) = relationships_of(&part);
            let own = leads.iter().filter(|(owner, _)| *owner == part);
            open.extend(own.map(|(_, target)| target.clone()));
            gone.extend([part, rels]);
        }
        Ok(gone)
    }

    /// Adds the entries by which Word knows of parts that are new, and takes away those of parts that go.
    fn announce(
        &mut self,
        entries: &mut BTreeMap<String, Vec<u8>>,
        state: bool,
        beside: &Beside,
        removed: &BTreeSet<String>,
    ) -> Result<(), Refusal> {
        let (_, types) = self.text(CONTENT_TYPES)?.ok_or_else(damaged)?;
        let types = announce::in_content_types(&types, state, beside, removed)?;
        entries.insert(self.stored_name(CONTENT_TYPES), types.into_bytes());
        let (folder, rels) = relationships_of(&self.main);
        let old = self.text(&rels)?.map(|(_, xml)| xml);
        let new = announce::in_relationships(old.as_deref(), &folder, state, beside)?;
        entries.insert(self.stored_name(&rels), new.into_bytes());
        Ok(())
    }

    /// The folder of the main part, ending in `/`.
    pub(super) fn folder(&self) -> String {
        relationships_of(&self.main).0
    }

    /// A part's name with the case in which the zip has it.
    fn stored_name(&self, name: &str) -> String {
        let stored = self.names.iter().find(|known| known.eq_ignore_ascii_case(name));
        stored.map_or_else(|| name.to_owned(), Clone::clone)
    }

    /// The names of all entries.
    pub(super) fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    /// The name of the main part.
    pub(super) fn main(&self) -> &str {
        &self.main
    }

    /// The package with other bytes in some of its parts and without others; `clean` makes of the rest what it is from
    /// now on. No time is kept: it would say when somebody sat at it.
    pub(super) fn rewritten(
        &mut self,
        mut replaced: BTreeMap<String, Vec<u8>>,
        removed: &BTreeSet<String>,
        clean: fn(&str, Vec<u8>) -> Vec<u8>,
    ) -> zip::result::ZipResult<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(vec![]));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default());
        for at in 0..self.archive.len() {
            let name = self.names[at].clone();
            let known = |other: &&String| other.eq_ignore_ascii_case(&name);
            if removed.iter().any(|other| known(&other)) || name.ends_with('/') {
                continue;
            }
            let own = replaced.keys().find(|key| known(key)).cloned();
            let bytes = match own.and_then(|key| replaced.remove(&key)) {
                Some(bytes) => bytes,
                None => {
                    let mut bytes = vec![];
                    self.archive.by_index(at)?.take(LARGEST).read_to_end(&mut bytes)?;
                    clean(&name, bytes)
                }
            };
            writer.start_file(name, options)?;
            writer.write_all(&bytes)?;
        }
        Ok(writer.finish()?.into_inner())
    }

    /// Entries that are not replaced are copied as they are, still packed.
    fn write(
        &mut self,
        mut entries: BTreeMap<String, Vec<u8>>,
        removed: &BTreeSet<String>,
    ) -> zip::result::ZipResult<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(vec![]));
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for at in 0..self.archive.len() {
            let file = self.archive.by_index_raw(at)?;
            let name = &self.names[at];
            if removed.contains(&name.to_lowercase()) {
                continue;
            }
            let replaced = entries.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned();
            match replaced.and_then(|key| entries.remove(&key)) {
                Some(bytes) => {
                    let time = file.last_modified().unwrap_or_default();
                    writer.start_file(name.as_str(), packed.last_modified_time(time))?;
                    writer.write_all(&bytes)?;
                }
                None => writer.raw_copy_file(file)?,
            }
        }
        for (name, bytes) in entries {
            writer.start_file(name, packed.last_modified_time(zip::DateTime::default()))?;
            writer.write_all(&bytes)?;
        }
        Ok(writer.finish()?.into_inner())
    }
}

/// The part to which a relationships part belongs.
pub(super) fn owner_of(name: &str) -> Option<String> {
    let (folder, file) = name.rsplit_once("_rels/")?;
    Some(format!("{folder}{}", file.strip_suffix(".rels")?))
}

/// A part's folder, ending in `/`, and the name of its relationships part.
pub(super) fn relationships_of(part: &str) -> (String, String) {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let rels = format!("{folder}_rels/{name}.rels");
    (folder, rels)
}

/// The entry that a target names, seen from a folder.
pub(super) fn resolve(folder: &str, target: &str) -> String {
    let path =
        if target.starts_with('/') { target.to_owned() } else { format!("{folder}{target}") };
    let mut steps: Vec<&str> = vec![];
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}
