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
pub(super) struct Drafts(Vec<Draft>);

#[derive(Debug)]
struct Draft {
    /// Inside the programme folder, with forward slashes.
    name: String,
    identity: Identity,
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
        let draft = |path: &PathBuf| {
            let identity = word::identity(&fs::read(path).ok()?)?;
            let inside = path.strip_prefix(dir).ok()?;
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            Some(Draft { name: parts.join("/"), identity })
        };
        let found: Vec<Option<Draft>> = files.par_iter().map(draft).collect();
        Drafts(found.into_iter().flatten().collect())
    }

    /// The documents that are this one of a project, those begun from it for another project aside.
    fn of<'d>(&'d self, kind: Kind, project: &Project, all: &[Project]) -> Vec<&'d str> {
        let wanted = kind.identity(&project.code);
        let elsewhere = |name: &str| {
            all.iter().any(|other| other.code != project.code && lies_with(name, other))
        };
        let own = self.0.iter().filter(|own| own.identity == wanted && !elsewhere(&own.name));
        own.map(|own| own.name.as_str()).collect()
    }

    pub(super) fn place(&self, kind: Kind, project: &Project, all: &[Project]) -> Place {
        match self.of(kind, project, all)[..] {
            [only] => Place::At(only.to_owned()),
            [] => {
                // A document begun from another project's would keep that project's figures.
                let stray = self
                    .0
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
                    None => Place::New(format!("drafts/{}/{}", project.folder(), kind.file_name())),
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

    /// The same document again, under another name.
    pub(super) fn others(&self, identity: &Identity, name: &str) -> Vec<&str> {
        let same = self.0.iter().filter(|own| own.identity == *identity && own.name != name);
        same.map(|own| own.name.as_str()).collect()
    }
}

/// Whether a document lies in a project's own folder.
pub(super) fn lies_with(name: &str, project: &Project) -> bool {
    name.strip_prefix("drafts/")
        .and_then(|name| name.strip_prefix(&project.folder()))
        .is_some_and(|rest| rest.starts_with('/'))
}

/// Word's own marks of open documents are none.
fn is_document(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ending = [".docx", ".docm", ".dotx"].iter().any(|ending| name.ends_with(ending));
    ending && !name.starts_with("~$") && !name.starts_with('.')
}
