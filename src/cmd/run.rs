//! `lathe run`: the whole line, from what came back to what goes to members.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use anyhow::{Context, Result, bail};
use jiff::{Zoned, civil::Date};
use lathe::{
    book, check, consolidate,
    draft::{self, Templates},
    english,
    finding::{Finding, findings_json},
    intake::Intake,
    output::{Input, Staging, run_name},
    picture::{Picture, Run},
    programme::{Programme, Project, Scenario},
    read,
};
use rayon::prelude::*;

use super::{
    Outcome,
    jobs::Jobs,
    progress::Progress,
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
    #[arg(long, value_name = "DATE")]
    as_at: Option<Date>,
    /// Only these projects, by code.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    project: Vec<String>,
    /// Figures for the set without this council too, beside the sets programme.toml names.
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

/// What one project's documents came to.
struct Documents {
    /// Files of the run's folder, by name.
    outputs: Vec<(String, Vec<u8>)>,
    /// The draft's name in the programme folder, and its bytes if there is anything to write.
    draft: Option<(String, Vec<u8>)>,
    news: DraftNews,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let as_at = args.as_at.unwrap_or_else(|| Zoned::now().date());
    let progress = Progress::new(5, args.quiet);
    args.jobs.run(|| line(args, as_at, &progress))
}

/// The line itself.
fn line(args: &Args, as_at: Date, progress: &Progress) -> Result<Outcome> {
    let programme = scope(Programme::load(&args.dir)?, args)?;
    let templates = Templates::load(&args.dir)?;

    progress.step("Reading what came back");
    let mut intake = read::folder(&args.dir, &programme, &[])?;

    progress.step("Checking every cell");
    let findings = check::check(&mut intake, &programme, as_at);

    progress.step("Consolidating");
    let reference_date = programme.reference_date.unwrap_or(as_at);
    let picture = consolidate::consolidate(&intake, &findings, &programme, reference_date);
    let run = Run { name: name(args, as_at, &intake)?, as_at, reference_date };

    progress.step("Writing the workbooks and drafts");
    let of = |project| {
        documents(args, &templates, &programme, project, &picture, &intake, &findings, &run)
    };
    let documents = programme.projects.par_iter().map(of).collect::<Result<Vec<_>>>()?;
    let overview = book::programme(&programme, &picture, &intake, &findings, &run)?;

    progress.step("Putting everything in its place");
    let mut staging = Staging::create(&args.dir, &run.name)?;
    staging.output("figures.json", &picture.figures_json(&programme, &run))?;
    staging.output("findings.json", &findings_json(&findings, Some(&run.name)))?;
    staging.output("programme.xlsx", &overview)?;
    let mut news = BTreeMap::new();
    for (project, documents) in programme.projects.iter().zip(documents) {
        for (name, bytes) in &documents.outputs {
            staging.output(name, bytes)?;
        }
        if let Some((name, bytes)) = &documents.draft {
            staging.file(name, bytes)?;
        }
        news.insert(Arc::clone(&project.code), documents.news);
    }
    let folder = staging.finish()?;
    progress.done();

    if !args.quiet {
        summary::print(&programme, &picture, &findings, &news, &args.dir, &folder)?;
    }
    let wanting = summary::is_wanting(&picture, &findings);
    Ok(if args.strict && wanting { Outcome::Wrong } else { Outcome::Done })
}

/// The programme as the arguments narrow and widen it.
fn scope(mut programme: Programme, args: &Args) -> Result<Programme> {
    for code in &args.project {
        if programme.project(code).is_none() {
            let codes: Vec<&str> =
                programme.projects.iter().map(|project| &*project.code).collect();
            bail!("there is no project {code} in programme.toml; it has {}", english::list(&codes));
        }
    }
    if !args.project.is_empty() {
        programme
            .projects
            .retain(|project| args.project.iter().any(|code| **code == *project.code));
    }
    for code in &args.without {
        let Some(council) = programme.council(code) else {
            let codes: Vec<&str> =
                programme.councils.iter().map(|council| &*council.code).collect();
            bail!("there is no council {code} in programme.toml; it has {}", english::list(&codes));
        };
        let name = Arc::from(format!("without-{code}"));
        let without = vec![Arc::clone(&council.code)];
        if !programme.scenarios.iter().any(|scenario| scenario.name == name) {
            programme.scenarios.push(Scenario { name, without, with: vec![] });
        }
    }
    Ok(programme)
}

/// The run is named by all it depends on: options, programme.toml, templates and what came back.
fn name(args: &Args, as_at: Date, intake: &Intake) -> Result<String> {
    let options = format!("project {:?} without {:?}", args.project, args.without);
    let mut files = vec![];
    for name in ["programme.toml", "templates/business-case.docx", "templates/wording.toml"] {
        let path = args.dir.join(name);
        if path.exists() {
            let bytes =
                fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
            files.push((name, bytes));
        }
    }
    let mut inputs = vec![Input { name: "options", bytes: options.as_bytes() }];
    inputs.extend(files.iter().map(|(name, bytes)| Input { name, bytes }));
    inputs.extend(
        intake.hashes.iter().map(|(path, hash)| Input { name: path, bytes: hash.as_bytes() }),
    );
    Ok(run_name(as_at, &inputs))
}

#[expect(clippy::too_many_arguments, reason = "the line hands on what each of its steps yielded")]
fn documents(
    args: &Args,
    templates: &Templates,
    programme: &Programme,
    project: &Project,
    picture: &Picture,
    intake: &Intake,
    findings: &[Finding],
    run: &Run,
) -> Result<Documents> {
    let folder = project.folder();
    let consolidated = book::consolidated(programme, project, picture, intake, findings, run)?;
    let working = book::working(programme, project, picture, intake, findings, run)?;
    let outputs = vec![
        (format!("projects/{folder}/consolidated.xlsx"), consolidated),
        (format!("projects/{folder}/working.xlsx"), working),
    ];

    let name = format!("drafts/{folder}/business-case.docx");
    let path = args.dir.join(&name);
    let open = args.dir.join(format!("drafts/{folder}/~$siness-case.docx")).exists();
    let existing = if path.exists() {
        Some(fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?)
    } else {
        None
    };
    if open && existing.is_some() {
        let news = DraftNews::LeftAlone(String::from("somebody has it open in Word"));
        return Ok(Documents { outputs, draft: None, news });
    }
    let data = draft::business_case(
        programme,
        project,
        picture,
        intake,
        findings,
        run,
        &templates.wording,
    );
    let filled = draft::create_or_refresh(existing.as_deref(), &templates.business_case, &data);
    let (draft, news) = match (existing, filled) {
        (Some(_), Err(refusal)) => (None, DraftNews::LeftAlone(refusal.to_string())),
        (None, Err(refusal)) => {
            bail!("no draft can be made from templates/business-case.docx: {refusal}")
        }
        (Some(old), Ok(filled)) if old == filled.bytes => {
            (None, DraftNews::Unchanged(filled.notices))
        }
        (Some(_), Ok(filled)) => {
            (Some((name, filled.bytes)), DraftNews::Refreshed(filled.changes.len(), filled.notices))
        }
        (None, Ok(filled)) => (Some((name, filled.bytes)), DraftNews::Created),
    };
    Ok(Documents { outputs, draft, news })
}
