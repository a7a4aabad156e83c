//! `lathe run`: the whole line, from what came back to what goes to members.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use jiff::{Zoned, civil::Date};
use lathe::{
    book, calendar, check, consolidate,
    disclosure::Private,
    draft::Templates,
    finding::{Finding, findings_json},
    intake::Intake,
    output::{Input, Staging, run_name},
    picture::{Run, Told},
    programme::{Code, Programme, Scenario},
    read,
};
use rayon::prelude::*;

use super::{
    Outcome,
    documents::{self, Desk},
    jobs::Jobs,
    named,
    progress::Progress,
    reader::with_helper,
    summary::{self, DraftNews},
};

/// Reads and checks what came back, consolidates it, and writes the workbooks and drafts.
///
/// Ends with 0 when it could do its work, whatever the returns lack, and with 2 when it could not; then nothing
/// is changed.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The programme's folder.
    #[arg(default_value = ".")]
    dir: PathBuf,
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

/// What the arguments ask for, by code, however it was named.
struct Asked {
    projects: Vec<Code>,
    without: Vec<Code>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let as_at = args.as_at.unwrap_or_else(|| Zoned::now().date());
    let progress = Progress::new(5, args.quiet);
    args.jobs.run(|| line(args, as_at, &progress))
}

/// The line itself.
fn line(args: &Args, as_at: Date, progress: &Progress) -> Result<Outcome> {
    let programme = with_helper(Programme::load(&args.dir)?);
    let asked = Asked {
        projects: named::projects(&programme, &args.project)?,
        without: named::councils(&programme, &args.without)?,
    };
    let scope = scope(&programme, &asked);
    let templates = Templates::load(&args.dir)?;

    progress.step("Reading what came back");
    let mut intake = read::folder(&args.dir, &programme, &[])?;

    progress.step("Checking every cell");
    let mut findings = check::check(&mut intake, &programme, as_at);
    let inside = |code: &Code| scope.project(code).is_some();
    findings.retain(|finding| finding.project.as_ref().is_none_or(inside));

    progress.step("Consolidating");
    let reference_date = scope.reference_date.unwrap_or(as_at);
    let picture = consolidate::consolidate(&intake, &findings, &scope, reference_date);
    let run = Run { name: name(&args.dir, &asked, as_at, &intake)?, as_at, reference_date };

    progress.step("Writing the workbooks and drafts");
    let told = Told {
        programme: &scope,
        intake: &intake,
        findings: &findings,
        picture: &picture,
        run: &run,
        wording: &templates.wording,
    };
    let private = Private::of(&told)?;
    let desk = Desk { dir: &args.dir, templates: &templates, told, private: &private };
    let documents = scope
        .projects
        .par_iter()
        .map(|project| desk.documents(project))
        .collect::<Result<Vec<_>>>()?;
    let overview = book::programme(&told)?;
    let stopped = documents.iter().flat_map(|own| own.stopped.iter().cloned());
    let mut findings: Vec<Finding> = findings.iter().cloned().chain(stopped).collect();
    findings.sort_by(|a, b| (&a.place, a.rule.code).cmp(&(&b.place, b.rule.code)));

    progress.step("Putting everything in its place");
    let mut staging = Staging::create(&args.dir, &run.name)?;
    staging.output("figures.json", &picture.figures_json(&scope, &run))?;
    staging.output("findings.json", &findings_json(&findings, Some(&run.name)))?;
    staging.output("programme.xlsx", &overview)?;
    staging.output("alignment.ics", &calendar::ics(&told))?;
    let mut news = BTreeMap::new();
    for (project, documents) in scope.projects.iter().zip(documents) {
        for (name, bytes) in &documents.outputs {
            staging.output(name, bytes)?;
        }
        if let Some(draft) = documents.draft {
            staging.file(&draft.name, draft.before, &draft.bytes)?;
        }
        news.insert(Arc::clone(&project.code), documents.news);
    }
    // A run over some projects is no picture of the programme, so it does not become the newest one.
    let finished = staging.finish(args.project.is_empty())?;
    for project in &scope.projects {
        if finished.left_alone.contains(&documents::draft_name(project)) {
            let reason = String::from("somebody saved it while the run was at work; run again");
            news.insert(Arc::clone(&project.code), DraftNews::LeftAlone(reason));
        }
    }
    progress.done();

    if !args.quiet {
        summary::print(&scope, &picture, &findings, &news, &args.dir, &finished.folder)?;
    }
    let wanting = summary::is_wanting(&picture);
    Ok(if args.strict && wanting { Outcome::Wrong } else { Outcome::Done })
}

/// A day that formulas can reckon with: those a form may hold (COV-002).
fn day(text: &str) -> Result<Date, String> {
    let date: Date = text.parse().map_err(|_| String::from("a date is written 2009-03-01"))?;
    let fits = (1990..=2060).contains(&date.year());
    fits.then_some(date).ok_or_else(|| String::from("the year must lie between 1990 and 2060"))
}

/// The programme as the arguments narrow and widen it.
fn scope(programme: &Programme, asked: &Asked) -> Programme {
    let mut programme = programme.clone();
    if !asked.projects.is_empty() {
        programme.projects.retain(|project| asked.projects.contains(&project.code));
    }
    for council in &asked.without {
        let name = Arc::from(format!("without-{council}"));
        let without = vec![Arc::clone(council)];
        if !programme.scenarios.iter().any(|scenario| scenario.name == name) {
            programme.scenarios.push(Scenario { name, without, with: vec![] });
        }
    }
    programme
}

/// The run is named by all it depends on: options, programme.toml, templates and what came back.
fn name(dir: &Path, asked: &Asked, as_at: Date, intake: &Intake) -> Result<String> {
    let options = format!("project {:?} without {:?}", asked.projects, asked.without);
    let mut files = vec![(String::from("programme.toml"), dir.join("programme.toml"))];
    for folder in ["templates", "mappings"] {
        let found = walkdir::WalkDir::new(dir.join(folder)).sort_by_file_name().into_iter();
        for entry in found.flatten().filter(|entry| entry.file_type().is_file()) {
            let path = entry.into_path();
            let inside = path.strip_prefix(dir).unwrap_or(&path);
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            files.push((parts.join("/"), path));
        }
    }
    let read = |(name, path): (String, PathBuf)| {
        let bytes = fs::read(&path);
        bytes
            .map(|bytes| (name, bytes))
            .with_context(|| format!("{} could not be read", path.display()))
    };
    let files = files.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    let mut inputs = vec![Input { name: "options", bytes: options.as_bytes() }];
    inputs.extend(files.iter().map(|(name, bytes)| Input { name, bytes }));
    inputs.extend(
        intake.hashes.iter().map(|(path, hash)| Input { name: path, bytes: hash.as_bytes() }),
    );
    Ok(run_name(as_at, &inputs))
}
