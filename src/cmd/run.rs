//! `lathe run`: the whole line, from what came back to what goes to members.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use anyhow::Result;
use jiff::{Zoned, civil::Date};
use lathe::{
    book, calendar,
    draft::{
        Kind,
        changes::{self, Report},
    },
    finding::{Finding, findings_json},
    output::Staging,
    programme::Project,
};
use rayon::prelude::*;

use super::{
    Outcome,
    documents::{Desk, Documents, Draft, add_changes},
    folder::NamedFolder,
    jobs::Jobs,
    line::{Asked, Line},
    progress::Progress,
    summary::{self, Became, DraftNews},
};

/// Reads and checks what came back, consolidates it, and writes the workbooks and drafts.
///
/// Ends with 0 when it could do its work, whatever the returns lack, and with 2 when it could not; then nothing
/// is changed.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    folder: NamedFolder,
    /// The day the run is for, 2009-03-01; today unless given. What hangs on a date goes by it.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_at: Option<Date>,
    /// Only these projects, by code.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    project: Vec<String>,
    /// Figures for the set without this council too, by code or name, beside the sets programme.toml names.
    #[arg(long, value_name = "COUNCIL")]
    without: Vec<String>,
    /// End with 1 when a return in scope is missing, rejected or has errors.
    #[arg(long)]
    strict: bool,
    /// Say nothing but what stops the run.
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    jobs: Jobs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let as_at = args.as_at.unwrap_or_else(|| Zoned::now().date());
    let progress = Progress::new(5, args.quiet);
    args.jobs.run(|| line(args, as_at, &progress))
}

/// The line itself.
fn line(args: &Args, as_at: Date, progress: &Progress) -> Result<Outcome> {
    let Args { project, without, .. } = args;
    let dir = args.folder.path();
    let line = Line::read(&Asked { dir, as_at, projects: project, without }, progress)?;
    let Line { programme, picture, .. } = &line;

    progress.step("Writing the workbooks and drafts");
    let desk = Desk::new(dir, &line)?;
    let subjects: Vec<&Project> = programme.subjects().collect();
    let documents =
        subjects.par_iter().map(|project| desk.documents(project)).collect::<Result<Vec<_>>>()?;
    let changed = changed(dir, &line.run.name, subjects.iter().copied().zip(&documents));
    let overview = book::programme(&desk.told, &changed)?;
    let pages = desk.pages()?;
    let progress_report = desk.progress_report()?;
    let stopped = documents.iter().flat_map(|own| own.stopped.iter().cloned());
    let mut findings: Vec<Finding> = line.findings.iter().cloned().chain(stopped).collect();
    findings.sort_by(|a, b| (&a.place, a.rule.code).cmp(&(&b.place, b.rule.code)));

    progress.step("Putting everything in its place");
    let mut staging = Staging::create(dir, &line.run.name)?;
    staging.output("figures.json", &picture.figures_json(programme, &line.run))?;
    staging.output("findings.json", &findings_json(&findings, Some(&line.run.name)))?;
    staging.output("programme.xlsx", &overview)?;
    staging.output(CHANGED, &serde_json::to_vec_pretty(&changed)?)?;
    staging.output("alignment.ics", &calendar::ics(&desk.told))?;
    staging.output("progress-report.docx", &progress_report)?;
    for (name, bytes) in &pages {
        staging.output(name, bytes)?;
    }
    let mut news = BTreeMap::new();
    for (project, documents) in subjects.into_iter().zip(documents) {
        for (name, bytes) in &documents.outputs {
            staging.output(name, bytes)?;
        }
        for (kind, own) in put(&mut staging, project, documents.drafts, &desk)? {
            news.insert((Arc::clone(&project.code), kind), own);
        }
    }
    // A run over some projects is no picture of the programme, so it does not become the newest one.
    let finished = staging.finish(project.is_empty())?;
    for own in news.values_mut() {
        if finished.left_alone.contains(&dir.join(&own.name)) {
            let reason = String::from("somebody saved it while the run was at work; run again");
            own.became = Became::LeftAlone(reason);
        }
    }
    progress.done();

    if !args.quiet {
        summary::print(programme, picture, &line.intake, &findings, &news, dir, &finished.folder)?;
    }
    let wanting = summary::is_wanting(picture);
    Ok(if args.strict && wanting { Outcome::Wrong } else { Outcome::Done })
}

/// What a run changed in documents, kept in its folder: the same run once more finds nothing left to change.
const CHANGED: &str = "changes.json";

/// What this run changes in documents, after what it changed when it was run before.
fn changed<'d>(
    dir: &Path,
    run: &str,
    documents: impl Iterator<Item = (&'d Project, &'d Documents)>,
) -> Vec<book::Change> {
    let before = fs::read(dir.join("out").join(run).join(CHANGED)).ok();
    let before = before.and_then(|json| serde_json::from_slice(&json).ok());
    let mut all: Vec<book::Change> = before.unwrap_or_default();
    for (project, own) in documents {
        for (_, _, news) in &own.drafts {
            let Became::Refreshed(report) = &news.became else { continue };
            for [heading, what, old, new, by] in report.rows() {
                let (project, document) = (project.code.to_string(), news.name.clone());
                let change = book::Change { project, document, heading, what, old, new, by };
                if !all.contains(&change) {
                    all.push(change);
                }
            }
        }
    }
    all
}

/// Makes a project's drafts ready to be put in their place, with one list of what changed in them beside the first.
fn put(
    staging: &mut Staging,
    project: &Project,
    drafts: Vec<(Kind, Option<Draft>, DraftNews)>,
    desk: &Desk<'_>,
) -> Result<Vec<(Kind, DraftNews)>> {
    let mut first = None;
    let mut news = vec![];
    for (kind, draft, own) in drafts {
        if let Some(draft) = draft {
            let head = draft.put(staging.files(), desk.told.run)?;
            let changed =
                matches!(&own.became, Became::Refreshed(report) if !report.changes.is_empty());
            if changed && first.is_none() {
                first = Some((news.len(), head, draft.path));
            }
        }
        news.push((kind, own));
    }
    let Some((index, head, path)) = first else { return Ok(news) };
    let named: Vec<(String, &Report)> = news
        .iter()
        .filter_map(|(kind, own)| match &own.became {
            Became::Refreshed(report) if !report.changes.is_empty() => {
                Some((format!("{}: {}", project.title, kind.title()), report))
            }
            _ => None,
        })
        .collect();
    let list = changes::document(&desk.told, project, &named)?;
    news[index].1.aside = add_changes(staging.files(), Some(head), &path, &list)?;
    Ok(news)
}

/// A day that formulas can reckon with: those a form may hold (COV-002).
pub(super) fn day(text: &str) -> Result<Date, String> {
    let date: Date = text.parse().map_err(|_| String::from("a date is written 2009-03-01"))?;
    let fits = (1990..=2060).contains(&date.year());
    fits.then_some(date).ok_or_else(|| String::from("the year must lie between 1990 and 2060"))
}
