//! `lathe final`: the clerk's clean copy of a document, or what stands in its way.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use anyhow::{Context, Result, bail};
use lathe::{
    draft, english,
    output::Files,
    word::{self, Data, Unready},
};

use super::{Outcome, documents::is_open};

/// Writes the clerk's clean copy beside a document, or lists what stands in its way.
///
/// BC.docx becomes BC-final.docx: the same text and figures without controls, comments, revisions, hidden text or
/// personal properties. Ends with 0 when it was written, with 1 when something stands in its way.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A Word document that lathe made.
    #[arg(value_name = "DOC")]
    document: PathBuf,
}

/// How many places are listed.
const LISTED: usize = 40;

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let path = &args.document;
    let bytes = fs::read(path).with_context(|| format!("{} could not be read", path.display()))?;
    if is_open(path) {
        bail!("{} is open: what is not saved yet would be missing; close it first", path.display());
    }
    word::whose(&bytes).with_context(|| path.display().to_string())?;
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
