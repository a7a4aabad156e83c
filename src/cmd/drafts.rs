//! The leads' documents in drafts/, known by what they carry and not by their names.

use std::{
    fs,
    path::{Path, PathBuf},
};

use lathe::{
    draft::Kind,
    english,
    output::PREVIOUS,
    programme::Project,
    word::{self, Identity},
};
use rayon::prelude::*;

/// What lies in drafts/.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    known: Vec<Draft>,
    /// Documents that do not say whose they are, and their text.
    unsigned: Vec<(String, String)>,
}

#[derive(Debug)]
struct Draft {
    /// Inside the programme folder, with forward slashes.
    name: String,
    identity: Identity,
}

/// What a document in drafts/ turned out to be.
enum Found {
    Known(Draft),
    Unsigned(String, String),
}

/// Where a project's document of a kind is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nowhere yet; a new one goes here.
    New(String),
    At(String),
    /// It cannot be told, for this reason.
    Unclear(String),
}

impl Drafts {
    /// Looks into every document below drafts/, save earlier versions.
    pub(super) fn find(dir: &Path) -> Drafts {
        let walk = walkdir::WalkDir::new(dir.join("drafts")).sort_by_file_name().into_iter();
        let files: Vec<PathBuf> = walk
            .filter_entry(|entry| entry.file_name() != PREVIOUS)
            .flatten()
            .filter(|entry| entry.file_type().is_file() && is_document(entry.path()))
            .map(walkdir::DirEntry::into_path)
            .collect();
        let look = |path: &PathBuf| {
            let bytes = fs::read(path).ok()?;
            let inside = path.strip_prefix(dir).ok()?;
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            let name = parts.join("/");
            match word::identity(&bytes) {
                Some(identity) => Some(Found::Known(Draft { name, identity })),
                None => Some(Found::Unsigned(name, word::unsigned_text(&bytes)?)),
            }
        };
        let found: Vec<Option<Found>> = files.par_iter().map(look).collect();
        let mut drafts = Drafts::default();
        for own in found.into_iter().flatten() {
            match own {
                Found::Known(draft) => drafts.known.push(draft),
                Found::Unsigned(name, text) => drafts.unsigned.push((name, text)),
            }
        }
        drafts
    }

    /// A document that reads like this one of a project and has lost all by which it was known.
    fn stripped(&self, kind: Kind, project: &Project) -> Option<&str> {
        let title = kind.footer(project);
        let own = self.unsigned.iter().find(|(_, text)| text.contains(&title) && names_a_run(text));
        own.map(|(name, _)| &**name)
    }

    /// The documents that are this one of a project, those begun from it for another project aside.
    fn of<'d>(&'d self, kind: Kind, project: &Project, all: &[Project]) -> Vec<&'d str> {
        let wanted = kind.identity(&project.code);
        let elsewhere = |name: &str| {
            all.iter().any(|other| other.code != project.code && lies_with(name, other))
        };
        let own = self.known.iter().filter(|own| own.identity == wanted && !elsewhere(&own.name));
        own.map(|own| own.name.as_str()).collect()
    }

    pub(super) fn place(&self, kind: Kind, project: &Project, all: &[Project]) -> Place {
        match self.of(kind, project, all)[..] {
            [only] => Place::At(only.to_owned()),
            [] => {
                // A document begun from another project's would keep that project's figures.
                let stray = self
                    .known
                    .iter()
                    .find(|own| own.identity.kind == kind.word() && lies_with(&own.name, project));
                match stray {
                    Some(stray) => Place::Unclear(format!(
                        "{} is the {} of project {} and cannot serve as the {} of project {}; take it away and run \
                         again to start a new one",
                        stray.name,
                        kind.title(),
                        stray.identity.project,
                        kind.title(),
                        project.code
                    )),
                    None => self.unless_stripped(kind, project),
                }
            }
            ref many => Place::Unclear(format!(
                "{} are {} this {}; keep the one that is worked on and take the other out of drafts/",
                english::list(many),
                if many.len() == 2 { "both" } else { "all" },
                kind.title()
            )),
        }
    }

    /// A new document, unless there is one whose words would be left behind.
    fn unless_stripped(&self, kind: Kind, project: &Project) -> Place {
        let new = format!("drafts/{}/{}", project.folder(), kind.file_name());
        match self.stripped(kind, project).filter(|name| *name != new) {
            None => Place::New(new),
            Some(name) => Place::Unclear(format!(
                "{name} reads like it and has lost the controls that lathe fills: it was saved by a program that \
                 takes them out, such as LibreOffice or Google Docs. Go back to the last version saved by Word, or \
                 to one of those in the folder previous beside it; to start a new one, take it out of drafts/"
            )),
        }
    }

    /// The same document again, under another name.
    pub(super) fn others(&self, identity: &Identity, name: &str) -> Vec<&str> {
        let same = self.known.iter().filter(|own| own.identity == *identity && own.name != name);
        same.map(|own| own.name.as_str()).collect()
    }
}

/// Whether a document lies in a project's own folder.
pub(super) fn lies_with(name: &str, project: &Project) -> bool {
    name.strip_prefix("drafts/")
        .and_then(|name| name.strip_prefix(&project.folder()))
        .is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a text has the name of a run in it, as every page of a document of ours has.
fn names_a_run(text: &str) -> bool {
    text.split(|char: char| !char.is_ascii_alphanumeric() && char != '-').any(is_run_name)
}

/// Whether it is what a run can be called: 2009-03-01-1a2b3c4d.
pub(super) fn is_run_name(name: &str) -> bool {
    let digits = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f' | b'-');
    name.len() == 19 && name.matches('-').count() == 3 && name.bytes().all(digits)
}

/// Word's own marks of open documents are none.
fn is_document(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ending = [".docx", ".docm", ".dotx"].iter().any(|ending| name.ends_with(ending));
    ending && !name.starts_with("~$") && !name.starts_with('.')
}
