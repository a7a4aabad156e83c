//! `lathe final`: the clerk's clean copy of a document, or what stands in its way.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use jiff::Zoned;
use lathe::{
    disclosure, draft, english,
    output::Files,
    word::{self, Data, Identity, Unready},
};

use super::{
    Outcome,
    documents::{Desk, is_open},
    folder::Folder,
    line::{Asked, Line},
    progress::Progress,
};

/// Writes the clerk's clean copy beside a document, or lists what stands in its way.
///
/// BC.docx becomes BC-final.docx: the same text and figures without controls, comments, revisions, hidden text or
/// personal properties. It is searched for what is private in the returns of the programme in the current folder, or
/// in that which -C names. Ends with 0 when it was written, with 1 when something stands in its way.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A Word document that lathe made.
    #[arg(value_name = "DOC")]
    document: PathBuf,
    #[command(flatten)]
    folder: Folder,
}

/// How many places are listed.
const LISTED: usize = 40;

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let path = &args.document;
    let bytes = fs::read(path).with_context(|| format!("{} could not be read", path.display()))?;
    if is_open(path) {
        bail!("{} is open: what is not saved yet would be missing; close it first", path.display());
    }
    let identity = word::whose(&bytes).with_context(|| path.display().to_string())?;
    let mut out = io::stdout().lock();
    let clean = match word::finish(&bytes, &draft::is_in_the_way) {
        Ok(clean) => clean,
        Err(Unready::Refused(refusal)) => bail!("{}: {refusal}", path.display()),
        Err(Unready::Places(places)) => {
            let count = english::count(places.len());
            let stand = if places.len() == 1 { "thing stands" } else { "things stand" };
            writeln!(
                out,
                "No clean copy of {} was written. {} {stand} in its way:",
                path.display(),
                english::capital(&count)
            )?;
            for place in places.iter().take(LISTED) {
                writeln!(out, "  under “{}”: {}: “{}”", place.heading, place.what, place.near)?;
            }
            if places.len() > LISTED {
                writeln!(out, "  and {} more", english::count(places.len() - LISTED))?;
            }
            return Ok(Outcome::Wrong);
        }
    };
    let here = || Some(PathBuf::from(".")).filter(|dir| dir.join("programme.toml").is_file());
    match args.folder.given().map(Path::to_owned).or_else(here) {
        Some(dir) => {
            if let Some(private) = private(&dir, &identity, &clean)? {
                writeln!(out, "No clean copy of {} was written. {private}", path.display())?;
                return Ok(Outcome::Wrong);
            }
        }
        None => writeln!(
            out,
            "The copy was not searched for what is private in the returns: name the programme\'s folder with -C"
        )?,
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let place = path.with_file_name(format!("{stem}-final.docx"));
    if is_open(&place) {
        bail!("{} is open; close it first", place.display());
    }
    let before = fs::read(&place).ok();
    if before.as_ref() != Some(&clean) {
        let mut files = Files::default();
        files.add(&place, before, &clean)?;
        if !files.put()?.is_empty() {
            bail!("somebody saved {} in the meantime; try again", place.display());
        }
    }
    writeln!(out, "{} written", place.display())?;
    // Not in the way, but a clerk will want to know.
    let still = word::fill(&bytes, &Data::default()).map(|filled| filled.stale).unwrap_or_default();
    for own in still {
        writeln!(
            out,
            "  {} still quotes {}, which is now {}: “{}”",
            own.place, own.old, own.new, own.near
        )?;
    }
    Ok(Outcome::Done)
}

/// What in a copy is private in the returns of its programme, as a sentence and what to do.
fn private(dir: &Path, identity: &Identity, clean: &[u8]) -> Result<Option<String>> {
    let as_at = Zoned::now().date();
    let asked = Asked { dir, as_at, projects: &[], without: &[] };
    let line = Line::read(&asked, &Progress::new(3, true))?;
    let desk = Desk::new(dir, &line)?;
    let Some(project) = desk.told.programme.project(&identity.project) else {
        bail!("{} has no project {}", dir.join("programme.toml").display(), identity.project);
    };
    let hits = desk.private(clean, project);
    let finding = disclosure::finding(project, "the clean copy", &hits);
    Ok((!hits.is_empty()).then(|| format!("{} {}", finding.message, finding.fix)))
}
