//! `lathe template`: the Word templates of the drafts.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{Subcommand, builder::PossibleValuesParser};
use jiff::{Zoned, civil::Date};
use lathe::{
    draft::{Kind, template},
    english,
};

use super::{
    Outcome,
    folder::Folder,
    line::{Asked, Line},
    progress::Progress,
    run::day,
};

/// The Word templates of the drafts.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Name what is amiss with a template, before a run: unknown names, and those that cannot stand where they stand.
    ///
    /// Ends with 0 when nothing is, with 1 when something is.
    Check {
        /// A Word document with names in double braces, or tagged content controls.
        file: PathBuf,
        /// What it is the template of, unless its name says so.
        #[arg(long, value_name = "KIND", value_parser = kinds())]
        kind: Option<String>,
        #[command(flatten)]
        folder: Folder,
        /// The day the figures are for, 2009-03-01; today unless given.
        #[arg(long, value_name = "DATE", value_parser = day)]
        as_at: Option<Date>,
    },
    /// Make a starter template from the office's own letterhead, with its styles, headers and logo.
    ///
    /// What stands in its body stays before lathe's sections. Change what you like in Word, then check it.
    New {
        /// A Word document or template (.docx, .dotx).
        letterhead: PathBuf,
        /// What it is to be the template of.
        #[arg(long, value_name = "KIND", value_parser = kinds(), default_value = "business-case")]
        kind: String,
        /// Where to write it; templates/KIND.docx in the programme's folder unless given.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Leave out what stands in the letterhead's body.
        #[arg(long)]
        without_text: bool,
        /// Replace a file that is there already.
        #[arg(long)]
        replace: bool,
        #[command(flatten)]
        folder: Folder,
    },
    /// Build the built-in templates, one for each kind of document.
    Build {
        /// The folder to write them to.
        #[arg(default_value = "templates")]
        folder: PathBuf,
        /// Replace files that are there already and differ.
        #[arg(long)]
        replace: bool,
    },
}

/// The words for the kinds of documents.
fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(Kind::ALL.map(Kind::word))
}

pub(super) fn kind(word: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|own| own.word() == word)
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    match &args.action {
        Action::Check { file, kind: named, folder, as_at } => {
            check(file, named.as_deref().and_then(kind), folder.path(), *as_at)
        }
        Action::New { letterhead, kind: word, output, without_text, replace, folder } => {
            let kind = kind(word).unwrap_or(Kind::BusinessCase);
            let own = || folder.path().join("templates").join(kind.file_name());
            let file = output.clone().unwrap_or_else(own);
            start(letterhead, kind, &file, *without_text, *replace)
        }
        Action::Build { folder, replace } => build(folder, *replace),
    }
}

fn check(file: &Path, named: Option<Kind>, dir: &Path, as_at: Option<Date>) -> Result<Outcome> {
    let shown = file.display();
    let bytes = fs::read(file).with_context(|| format!("could not read {shown}"))?;
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_lowercase();
    let kind = named.or_else(|| kind(&stem)).unwrap_or(Kind::BusinessCase);
    let as_at = as_at.unwrap_or_else(|| Zoned::now().date());
    let asked = Asked { dir, as_at, projects: &[], without: &[] };
    let line = Line::read(&asked, &Progress::new(3, true))?;
    let found = template::check(&line.told(), kind, &bytes)
        .map_err(|refusal| anyhow::anyhow!("{shown}: {refusal}"))?;
    let mut out = io::stdout().lock();
    for notice in &found {
        writeln!(out, "{notice}")?;
    }
    let title = kind.title();
    match found.len() {
        0 => writeln!(out, "{shown} can serve as the template of a {title}.")?,
        1 => writeln!(out, "{shown}, as the template of a {title}: one name to put right.")?,
        many => {
            let many = english::count(many);
            writeln!(out, "{shown}, as the template of a {title}: {many} names to put right.")?;
        }
    }
    Ok(if found.is_empty() { Outcome::Done } else { Outcome::Wrong })
}

fn start(
    letterhead: &Path,
    kind: Kind,
    file: &Path,
    without_text: bool,
    replace: bool,
) -> Result<Outcome> {
    let shown = letterhead.display();
    let bytes = fs::read(letterhead).with_context(|| format!("could not read {shown}"))?;
    let made = template::on_letterhead(kind, &bytes, without_text)
        .with_context(|| format!("no template can be made from {shown}"))?;
    let place = file.display();
    if file.exists() && !replace {
        bail!("{place} is there already; name another file with --output, or say --replace");
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("could not make {}", folder.display()))?;
    }
    fs::write(file, made).with_context(|| format!("could not write {place}"))?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{place}: a {} on your letterhead. Open it in Word, change what you like, then:",
        kind.title()
    )?;
    writeln!(out, "  lathe template check {place}")?;
    Ok(Outcome::Done)
}

fn build(folder: &Path, replace: bool) -> Result<Outcome> {
    let mut built = vec![];
    for kind in Kind::ALL {
        let file = folder.join(kind.file_name());
        let bytes = template::of(kind)?;
        match fs::read(&file) {
            Ok(there) if there != bytes && !replace => bail!(
                "{} is there already and differs; name another folder, or say --replace",
                file.display()
            ),
            _ => built.push((file, bytes)),
        }
    }
    for (file, bytes) in built {
        fs::write(&file, bytes).with_context(|| format!("could not write {}", file.display()))?;
    }
    Ok(Outcome::Done)
}
