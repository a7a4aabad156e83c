//! `lathe refresh`: a lead's document brought up to date, wherever it lies and whatever it is called.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::Result;
use jiff::{Zoned, civil::Date};
use lathe::{
    disclosure,
    draft::{
        Kind,
        changes::{self, Report},
    },
    english,
    output::Files,
    programme::Project,
    word,
};

use super::{
    Outcome,
    documents::{Desk, Draft, add_changes, is_open},
    drafts::lies_with,
    folder::Folder,
    jobs::Jobs,
    line::{Asked, Line},
    progress::Progress,
    run::day,
    summary,
};

/// Brings documents up to date wherever they lie and whatever they are called, and says what changed.
///
/// A document is known by what it carries. The version before is kept in the folder previous beside it. Ends with 0
/// when all are up to date, with 1 when one was left as it is.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Word documents that lathe made.
    #[arg(required = true, value_name = "DOC")]
    documents: Vec<PathBuf>,
    #[command(flatten)]
    folder: Folder,
    /// The day the figures are for, 2009-03-01; today unless given.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_at: Option<Date>,
    /// Show changed figures as tracked changes, where Word can show them.
    #[arg(long)]
    track: bool,
    /// Say nothing but what was left as it is.
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    jobs: Jobs,
}

/// A document that was brought up to date, or already was.
struct Done<'p> {
    project: &'p Project,
    kind: Kind,
    report: Report,
    changed: bool,
    /// Other documents that are the same one, in drafts/.
    others: Vec<String>,
    /// Whether it lies in drafts/ itself.
    is_draft: bool,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let as_at = args.as_at.unwrap_or_else(|| Zoned::now().date());
    let progress = Progress::new(4, args.quiet);
    args.jobs.run(|| refresh(args, as_at, &progress))
}

fn refresh(args: &Args, as_at: Date, progress: &Progress) -> Result<Outcome> {
    let dir = args.folder.path();
    let line = Line::read(&Asked { dir, as_at, projects: &[], without: &[] }, progress)?;
    let desk = Desk::new(dir, &line)?;
    progress.step("Bringing documents up to date");
    let track = args.track.then_some(as_at);
    let done: Vec<_> =
        args.documents.iter().map(|path| (path, document(&desk, dir, path, track))).collect();
    let lists = write_lists(&desk, &done)?;
    progress.done();

    let mut out = io::stdout().lock();
    for (path, result) in &done {
        let path = path.display();
        match result {
            Err(reason) => writeln!(out, "{path}: left as it is: {reason}")?,
            Ok(_) if args.quiet => {}
            Ok(done) => {
                let count = done.report.changes.len();
                match (done.changed, count) {
                    (false, _) => writeln!(out, "{path}: as it was; nothing has changed")?,
                    (true, 1) => writeln!(out, "{path}: one text brought up to date")?,
                    (true, _) => {
                        writeln!(
                            out,
                            "{path}: {} texts brought up to date",
                            english::count(count)
                        )?;
                    }
                }
                summary::report(&mut out, &done.report, usize::MAX)?;
                for other in &done.others {
                    let way_out = match done.is_draft {
                        true => "keep the one that is worked on and take the other out of drafts/",
                        false => "to go on with this copy, put it in the place of that one",
                    };
                    writeln!(
                        out,
                        "  {other} is the same document again and was not touched: {way_out}"
                    )?;
                }
            }
        }
    }
    for line in lists {
        writeln!(out, "{line}")?;
    }
    let left_alone = done.iter().any(|(_, result)| result.is_err());
    Ok(if left_alone { Outcome::Wrong } else { Outcome::Done })
}

/// Brings one document up to date; `Err` says why it was left as it is.
fn document<'p>(
    desk: &Desk<'p>,
    dir: &Path,
    path: &Path,
    track: Option<Date>,
) -> Result<Done<'p>, String> {
    let before = fs::read(path).map_err(|error| format!("it could not be read ({error})"))?;
    if is_open(path) {
        return Err(String::from("somebody has it open; try again when they have closed it"));
    }
    let identity = word::whose(&before).map_err(|refusal| refusal.to_string())?;
    let Some(kind) = Kind::of(&identity) else {
        let kind = identity.kind.replace('-', " ");
        return Err(format!("it is a {kind} of lathe's, which is not brought up to date"));
    };
    let programme = desk.told.programme;
    let Some(project) = programme.project(&identity.project) else {
        return Err(format!(
            "it is the {} of project {}, which {} does not have; name the programme's folder with -C",
            kind.title(),
            identity.project,
            dir.join("programme.toml").display()
        ));
    };
    let name = inside(dir, path);
    let elsewhere = name.as_deref().and_then(|name| {
        programme.projects.iter().find(|own| own.code != project.code && lies_with(name, own))
    });
    if let Some(other) = elsewhere {
        return Err(format!(
            "it is the {title} of project {} and cannot serve as the {title} of project {}; take it away and run \
             again to start a new one",
            project.code,
            other.code,
            title = kind.title()
        ));
    }
    let (filled, report) =
        desk.fill(kind, project, Some(&before), track).map_err(|refusal| refusal.to_string())?;
    let changed = filled.bytes != before;
    let hits = desk.new_hits(Some(&before), &filled.bytes, project);
    if changed && !hits.is_empty() {
        let finding = disclosure::finding(project, &path.to_string_lossy(), &hits);
        return Err(format!("{} {}", finding.message, finding.fix));
    }
    if changed {
        let draft = Draft { path: path.to_owned(), before: Some(before), bytes: filled.bytes };
        let mut files = Files::default();
        let put = draft.put(&mut files, desk.told.run).and_then(|_| files.put());
        let left = put.map_err(|error| format!("{error:#}"))?;
        if left.contains(&draft.path) {
            return Err(String::from("somebody saved it in the meantime; try again"));
        }
    }
    let others = desk.drafts.others(&identity, name.as_deref().unwrap_or_default());
    let others = others.into_iter().map(str::to_owned).collect();
    let is_draft = name.is_some_and(|name| name.starts_with("drafts/"));
    Ok(Done { project, kind, report, changed, others, is_draft })
}

/// The list of changes of each folder in which a document changed. Gives what could not be written.
fn write_lists(
    desk: &Desk<'_>,
    done: &[(&PathBuf, Result<Done<'_>, String>)],
) -> Result<Vec<String>> {
    let mut folders: BTreeMap<&Path, Vec<(&Path, &Done<'_>)>> = BTreeMap::new();
    for (path, result) in done {
        let Ok(own) = result else { continue };
        if own.changed && !own.report.changes.is_empty() {
            let folder = path.parent().unwrap_or(Path::new(""));
            folders.entry(folder).or_default().push((path, own));
        }
    }
    let mut asides = vec![];
    for documents in folders.values() {
        let named: Vec<(String, &Report)> = documents
            .iter()
            .map(|(path, own)| {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                (format!("{}: {} ({file})", own.project.title, own.kind.title()), &own.report)
            })
            .collect();
        let Some((path, first)) = documents.first() else { continue };
        let list = changes::document(&desk.told, first.project, &named)?;
        let mut files = Files::default();
        asides.extend(add_changes(&mut files, None, path, &list)?);
        files.put()?;
    }
    Ok(asides)
}

/// The name of a document inside the programme folder, with forward slashes.
fn inside(dir: &Path, path: &Path) -> Option<String> {
    let (dir, path) = (fs::canonicalize(dir).ok()?, fs::canonicalize(path).ok()?);
    let parts: Vec<_> = path
        .strip_prefix(dir)
        .ok()?
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    Some(parts.join("/"))
}
