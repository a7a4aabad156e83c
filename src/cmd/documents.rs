//! What is written for one project: its workbooks, and its draft made or brought up to date.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use lathe::{
    book,
    disclosure::{self, Hit, Names, Private},
    draft::{
        self, Kind, Subject, Templates,
        changes::{CHANGES, CHANGES_KIND, Report},
        moved::{Earlier, Moves},
    },
    finding::Finding,
    output::{Files, previous},
    picture::{Run, Told},
    programme::{Council, Project},
    word::{self, Filled, Refusal},
};
use rayon::prelude::*;

use super::{
    drafts::{Drafts, Place, is_run_name},
    line::Line,
    summary::{Became, DraftNews},
};

/// What documents are made from.
pub(super) struct Desk<'a> {
    /// The programme's folder.
    dir: &'a Path,
    templates: &'a Templates,
    pub(super) told: Told<'a>,
    private: Private,
    pub(super) drafts: Drafts,
    /// The figures of earlier runs that documents name, by run.
    earlier: Mutex<BTreeMap<String, Option<Arc<Earlier>>>>,
}

/// What one project's documents came to.
pub(super) struct Documents {
    /// Files of the run's folder, by name.
    pub(super) outputs: Vec<(String, Vec<u8>)>,
    /// Of each kind, the draft, if there is anything to write, and what is to be said of it.
    pub(super) drafts: Vec<(Kind, Option<Draft>, DraftNews)>,
    /// Public documents that are not produced (PRV-004).
    pub(super) stopped: Vec<Finding>,
}

pub(super) struct Draft {
    pub(super) path: PathBuf,
    pub(super) before: Option<Vec<u8>>,
    pub(super) bytes: Vec<u8>,
}

impl Draft {
    /// Makes it ready to be put in its place, with the version before beside it. Gives its number.
    pub(super) fn put(&self, files: &mut Files, run: &Run) -> Result<usize> {
        let head = files.add(&self.path, self.before.clone(), &self.bytes)?;
        if let Some(before) = &self.before {
            let kept = previous(&self.path, &run.name);
            files.add_with(head, &kept.place, None, before)?;
            for outdated in kept.outdated {
                files.remove_with(head, outdated);
            }
        }
        Ok(head)
    }
}

/// Puts the list of changes beside a document, or says why it cannot lie there.
pub(super) fn add_changes(
    files: &mut Files,
    head: Option<usize>,
    document: &Path,
    list: &[u8],
) -> Result<Option<String>> {
    let path = document.with_file_name(CHANGES);
    let before = fs::read(&path).ok();
    let ours = |bytes: &Vec<u8>| {
        word::identity(bytes).is_some_and(|identity| identity.kind == CHANGES_KIND)
    };
    if before.as_ref().is_some_and(|bytes| !ours(bytes)) {
        let why = "is not a list of lathe's, so the list of changes was not written";
        return Ok(Some(format!("{} {why}.", path.display())));
    }
    if before.is_some() && is_open(&path) {
        let why = "is open, so the new list of changes was not written";
        return Ok(Some(format!("{} {why}.", path.display())));
    }
    match head {
        Some(head) => files.add_with(head, &path, before, list)?,
        None => _ = files.add(&path, before, list)?,
    }
    Ok(None)
}

impl<'a> Desk<'a> {
    pub(super) fn new(dir: &'a Path, line: &'a Line) -> Result<Desk<'a>> {
        let drafts = Drafts::find(dir);
        let told = line.told();
        let private = Private::of(&told)?;
        let earlier = Mutex::default();
        Ok(Desk { dir, templates: &line.templates, told, private, drafts, earlier })
    }

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
        let mut drafts = vec![];
        // A draft speaks of one service's returns and brief: a case over several has its workbooks alone.
        let is_case = self.told.programme.project(&project.code).is_none();
        let due = |kind: &Kind| !is_case && kind.is_due(&self.told, project);
        for kind in Kind::KEPT.into_iter().filter(due) {
            let (mut draft, mut news) = self.draft(kind, project)?;
            if let Some(made) = &draft {
                let hits = self.new_hits(made.before.as_deref(), &made.bytes, project);
                if !hits.is_empty() {
                    let finding = disclosure::finding(project, &news.name, &hits);
                    news.became = Became::LeftAlone(format!("see {} below", finding.rule.code));
                    stopped.push(finding);
                    draft = None;
                }
            }
            drafts.push((kind, draft, news));
        }
        Ok(Documents { outputs, drafts, stopped })
    }

    /// The report on all projects to the joint committee.
    pub(super) fn progress_report(&self) -> Result<Vec<u8>> {
        draft::fresh(self.templates, &self.told, Kind::ProgressReport, Subject::Programme)
    }

    /// The page of each council that was asked, as files of the run's folder.
    pub(super) fn pages(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let asked = |council: &Council| {
            let mut lines = self.told.picture.projects.iter().flat_map(|own| &own.coverage);
            lines.any(|line| line.council == council.code)
        };
        let councils: Vec<&Council> =
            self.told.programme.councils.iter().filter(|council| asked(council)).collect();
        let page = |council: &&Council| {
            let bytes = draft::fresh(self.templates, &self.told, Kind::CouncilPage, *council)?;
            Ok((format!("councils/{}/page.docx", council.code), bytes))
        };
        councils.par_iter().map(page).collect()
    }

    /// What is private in a document that is to be public.
    pub(super) fn private(&self, bytes: &[u8], project: &Project) -> BTreeSet<Hit> {
        self.private.hits(bytes, project, Names::Leader)
    }

    /// What is private in a draft and was not in it before: what the lead wrote is theirs until it is made public.
    pub(super) fn new_hits(
        &self,
        before: Option<&[u8]>,
        bytes: &[u8],
        project: &Project,
    ) -> BTreeSet<Hit> {
        let hits = |bytes: &[u8]| self.private(bytes, project);
        let mut new = hits(bytes);
        if !new.is_empty() {
            let before = before.map(hits).unwrap_or_default();
            new.retain(|hit| {
                !before.iter().any(|own| (own.what, &own.text) == (hit.what, &hit.text))
            });
        }
        new
    }

    fn draft(&self, kind: Kind, project: &Project) -> Result<(Option<Draft>, DraftNews)> {
        let place = self.drafts.place(kind, project, &self.told.programme.projects);
        let name = match place {
            Place::New(name) | Place::At(name) => name,
            Place::Unclear(reason) => {
                let name = format!("drafts/{}/{}", project.folder(), kind.file_name());
                return Ok((None, DraftNews::new(name, Became::LeftAlone(reason))));
            }
        };
        let path = self.dir.join(&name);
        let news = |became| DraftNews::new(name.clone(), became);
        let before = if path.exists() {
            Some(fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?)
        } else {
            None
        };
        if before.is_some() && is_open(&path) {
            let reason = String::from("somebody has it open; run again when they have closed it");
            return Ok((None, news(Became::LeftAlone(reason))));
        }
        let (filled, report) = match (self.fill(kind, project, before.as_deref(), None), &before) {
            (Ok(filled), _) => filled,
            (Err(refusal), Some(_)) => {
                return Ok((None, news(Became::LeftAlone(refusal.to_string()))));
            }
            (Err(refusal), None) => {
                bail!("no draft can be made from templates/{}: {refusal}", kind.file_name())
            }
        };
        let became = match &before {
            None => Became::Created(report.notices),
            Some(before) if *before == filled.bytes => {
                return Ok((None, news(Became::Unchanged(report))));
            }
            Some(_) => Became::Refreshed(report),
        };
        Ok((Some(Draft { path, before, bytes: filled.bytes }), news(became)))
    }

    /// A new document of a kind, or one brought up to date, and what is to be said of it.
    pub(super) fn fill(
        &self,
        kind: Kind,
        project: &Project,
        before: Option<&[u8]>,
        track: Option<Date>,
    ) -> Result<(Filled, Report), Refusal> {
        let data = word::Data { track, ..kind.values(&self.told, project) };
        let template = self.templates.of(kind);
        let filled = kind.document(&self.told, project, before, template, &data)?;
        let run = filled.changes.iter().find(|change| change.tag == draft::RUN);
        let earlier = run.filter(|_| !filled.first).and_then(|run| self.earlier(&run.old));
        let moves = Moves::new(earlier.as_deref(), self.told.picture, self.told.programme, project);
        let report = Report::new(&filled, &data, &moves);
        Ok((filled, report))
    }

    /// The figures of an earlier run, while its folder is there.
    fn earlier(&self, run: &str) -> Option<Arc<Earlier>> {
        // The name comes out of a document: only what is a run's name can be a folder's.
        if !is_run_name(run) {
            return None;
        }
        let mut known = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let json = fs::read(self.dir.join("out").join(run).join("figures.json")).ok()?;
            Earlier::parse(&json).map(Arc::new)
        };
        known.entry(run.to_owned()).or_insert_with(read).clone()
    }
}

/// Whether Word or LibreOffice left the mark beside a document by which they show that it is open. Word's takes the
/// place of the first two letters of a long name.
pub(super) fn is_open(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let short: String = name.chars().skip(2).collect();
    [format!("~${short}"), format!("~${name}"), format!(".~lock.{name}#")]
        .iter()
        .any(|mark| path.with_file_name(mark).exists())
}
