//! The line from what came back to figures, on which every command that writes documents rests.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use jiff::civil::Date;
use lathe::{
    again, check, consolidate,
    draft::Templates,
    finding::Finding,
    intake::Intake,
    output::{Input, run_name},
    picture::{Picture, Run, Told},
    programme::{Code, Programme, Project, Scenario},
    read,
};

use super::{named, progress::Progress, reader::with_helper};

/// What is asked of the line.
pub(super) struct Asked<'a> {
    /// The programme's folder.
    pub(super) dir: &'a Path,
    pub(super) as_at: Date,
    /// Codes of the only projects wanted; all when there are none.
    pub(super) projects: &'a [String],
    /// Councils without whom there should be figures too.
    pub(super) without: &'a [String],
}

/// The same, as programme.toml has it.
struct Named {
    projects: Vec<Code>,
    without: Vec<Code>,
}

/// What the steps up to the figures yielded.
pub(super) struct Line {
    /// As the arguments narrow and widen it.
    pub(super) programme: Programme,
    pub(super) templates: Templates,
    pub(super) intake: Intake,
    pub(super) findings: Vec<Finding>,
    pub(super) picture: Picture,
    pub(super) run: Run,
}

impl Line {
    /// Three steps of progress.
    pub(super) fn read(asked: &Asked<'_>, progress: &Progress) -> Result<Line> {
        let whole = with_helper(Programme::load(asked.dir)?);
        let named = Named {
            projects: named::projects(&whole, asked.projects)?,
            without: named::councils(&whole, asked.without)?,
        };
        let programme = scope(&whole, &named);
        let templates = Templates::load(asked.dir)?;

        progress.step("Reading what came back");
        let mut intake = read::folder(asked.dir, &whole, &[])?;
        intake.passed_over().for_each(|line| progress.note(&line));

        progress.step("Checking every cell");
        let mut findings = check::check(&mut intake, &whole, asked.as_at);
        let inside = |code: &Code| programme.project(code).is_some();
        findings.retain(|finding| finding.project.as_ref().is_none_or(inside));

        progress.step("Consolidating");
        let reference_date = programme.reference_date.unwrap_or(asked.as_at);
        let picture = consolidate::consolidate(&intake, &findings, &programme, asked.as_at);
        again::add_up(&picture.figures, &intake, &programme, reference_date)?;
        let run = Run {
            name: name(asked.dir, &named, asked.as_at, &intake)?,
            as_at: asked.as_at,
            reference_date,
        };
        Ok(Line { programme, templates, intake, findings, picture, run })
    }

    pub(super) fn told(&self) -> Told<'_> {
        Told {
            programme: &self.programme,
            intake: &self.intake,
            findings: &self.findings,
            picture: &self.picture,
            run: &self.run,
            wording: &self.templates.wording,
        }
    }
}

/// The programme as the arguments narrow and widen it.
fn scope(programme: &Programme, named: &Named) -> Programme {
    let mut programme = programme.clone();
    if !named.projects.is_empty() {
        let asked = |project: &Project| named.projects.contains(&project.code);
        programme.projects.retain(asked);
        programme.cases.retain(|case| case.of.iter().all(asked));
    }
    for council in &named.without {
        let name = Arc::from(format!("without-{council}"));
        let without = vec![Arc::clone(council)];
        if !programme.scenarios.iter().any(|scenario| scenario.name == name) {
            programme.scenarios.push(Scenario { name, without, with: vec![] });
        }
    }
    programme
}

/// The run is named by all it depends on: options, programme.toml, templates and what came back.
fn name(dir: &Path, named: &Named, as_at: Date, intake: &Intake) -> Result<String> {
    let options = format!("project {:?} without {:?}", named.projects, named.without);
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
