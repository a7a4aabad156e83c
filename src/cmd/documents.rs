//! What a run writes for one project: its workbooks, and its draft made or brought up to date.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use lathe::{
    book,
    disclosure::{self, Hit, Names, Private},
    draft::{self, Templates},
    finding::Finding,
    picture::Told,
    programme::Project,
    word,
};

use super::summary::DraftNews;

/// What documents are made from.
pub(super) struct Desk<'a> {
    /// The programme's folder.
    pub(super) dir: &'a Path,
    pub(super) templates: &'a Templates,
    pub(super) told: Told<'a>,
    pub(super) private: &'a Private,
}

/// What one project's documents came to.
pub(super) struct Documents {
    /// Files of the run's folder, by name.
    pub(super) outputs: Vec<(String, Vec<u8>)>,
    /// The draft, if there is anything to write.
    pub(super) draft: Option<Draft>,
    pub(super) news: DraftNews,
    /// Public documents that are not produced (PRV-004).
    pub(super) stopped: Vec<Finding>,
}

pub(super) struct Draft {
    /// Inside the programme folder, with forward slashes.
    pub(super) name: String,
    pub(super) before: Option<Vec<u8>>,
    pub(super) bytes: Vec<u8>,
}

/// The name of a project's draft inside the programme folder.
pub(super) fn draft_name(project: &Project) -> String {
    format!("drafts/{}/business-case.docx", project.folder())
}

impl Desk<'_> {
    pub(super) fn documents(&self, project: &Project) -> Result<Documents> {
        let folder = project.folder();
        let consolidated = book::consolidated(&self.told, project)?;
        let working = book::working(&self.told, project)?;
        let mut outputs = vec![(format!("projects/{folder}/working.xlsx"), working)];
        let mut stopped = vec![];
        let name = format!("projects/{folder}/consolidated.xlsx");
        let hits = self.private.hits(&consolidated, project, Names::Nobody);
        if hits.is_empty() {
            outputs.push((name, consolidated));
        } else {
            stopped.push(disclosure::finding(project, &name, &hits));
        }
        if let Some(exempt) = book::exempt(&self.told, project)? {
            outputs.push((format!("projects/{folder}/exempt.xlsx"), exempt));
        }
        let (mut draft, mut news) = self.draft(project)?;
        if let Some(made) = &draft {
            let hits = self.new_hits(made, project);
            if !hits.is_empty() {
                let finding = disclosure::finding(project, &made.name, &hits);
                news = DraftNews::LeftAlone(format!("see {} below", finding.rule.code));
                stopped.push(finding);
                draft = None;
            }
        }
        Ok(Documents { outputs, draft, news, stopped })
    }

    /// What is private in a draft and was not in it before: what the lead wrote is theirs until it is made public.
    fn new_hits(&self, made: &Draft, project: &Project) -> BTreeSet<Hit> {
        let hits = |bytes: &[u8]| self.private.hits(bytes, project, Names::Leader);
        let mut new = hits(&made.bytes);
        if !new.is_empty() {
            let before = made.before.as_deref().map(hits).unwrap_or_default();
            new.retain(|hit| {
                !before.iter().any(|own| (own.what, &own.text) == (hit.what, &hit.text))
            });
        }
        new
    }

    fn draft(&self, project: &Project) -> Result<(Option<Draft>, DraftNews)> {
        let name = draft_name(project);
        let path = self.dir.join(&name);
        let before = if path.exists() {
            Some(fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?)
        } else {
            None
        };
        if before.is_some() && is_open(&path) {
            let reason = String::from("somebody has it open; run again when they have closed it");
            return Ok((None, DraftNews::LeftAlone(reason)));
        }
        if let (None, Some(other)) = (&before, renamed(&path, project)) {
            let reason =
                format!("{other} lies there and is this case; name it business-case.docx again");
            return Ok((None, DraftNews::LeftAlone(reason)));
        }
        let data = draft::business_case(&self.told, project);
        let template = &self.templates.business_case;
        let filled = match (draft::create_or_refresh(before.as_deref(), template, &data), &before) {
            (Ok(filled), _) => filled,
            (Err(refusal), Some(_)) => {
                return Ok((None, DraftNews::LeftAlone(refusal.to_string())));
            }
            (Err(refusal), None) => {
                bail!("no draft can be made from templates/business-case.docx: {refusal}")
            }
        };
        let news = match &before {
            None => DraftNews::Created,
            Some(before) if *before == filled.bytes => {
                return Ok((None, DraftNews::Unchanged(filled.notices)));
            }
            Some(_) => DraftNews::Refreshed(filled.changes.len(), filled.notices),
        };
        Ok((Some(Draft { name, before, bytes: filled.bytes }), news))
    }
}

/// Another document in the draft's folder that carries this case: the lead's, under another name.
fn renamed(path: &Path, project: &Project) -> Option<String> {
    let mut names: Vec<PathBuf> =
        fs::read_dir(path.parent()?).ok()?.flatten().map(|entry| entry.path()).collect();
    names.sort();
    names.into_iter().find_map(|other| {
        let carries = word::identity(&fs::read(&other).ok()?)?;
        let own = carries.kind == draft::KIND && carries.project == *project.code;
        own.then(|| other.file_name().unwrap_or_default().to_string_lossy().into_owned())
    })
}

/// Whether Word or LibreOffice left the mark beside a document by which they show that it is open. Word's takes the
/// place of the first two letters of a long name.
fn is_open(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let short: String = name.chars().skip(2).collect();
    [format!("~${short}"), format!("~${name}"), format!(".~lock.{name}#")]
        .iter()
        .any(|mark| path.with_file_name(mark).exists())
}
