//! A new programme folder, with the sample if wanted.

use std::{fs, io, path::Path};

use anyhow::{Context, Result, bail};

use crate::output::{self, unwritable};

/// A programme.toml to begin from.
pub const STARTER: &str = include_str!("programme.toml");

/// What lies in templates/ of a new programme, to say what the folder is for.
const TEMPLATES: (&str, &[u8]) = ("templates/README.txt", include_bytes!("templates.txt"));

/// The files of the East Kent sample, by their names in the programme folder, with forward slashes.
const SAMPLE: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/sample.rs"));

/// Where everything is written before it is put in its place.
const PARTIAL: &str = ".partial-init";

/// Makes a programme folder: programme.toml, templates/ and returns/; with `sample` those of East Kent.
///
/// # Errors
/// When there is something in the folder already, or it cannot be written to; then it stays as it was.
pub fn create(dir: &Path, sample: bool) -> Result<()> {
    let new = is_new(dir)?;
    let made = write(dir, sample);
    if made.is_err() {
        // Nothing more can be done about what cannot be removed.
        drop(fs::remove_dir_all(if new { dir.to_owned() } else { dir.join(PARTIAL) }));
    }
    made
}

/// Whether the folder is still to be made; an error if there is something in it.
fn is_new(dir: &Path) -> Result<bool> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error).with_context(|| unwritable(dir)),
    };
    for entry in entries {
        if entry.with_context(|| unwritable(dir))?.file_name() != PARTIAL {
            bail!("{} is not empty; name a folder that is empty or not yet there", dir.display());
        }
    }
    Ok(false)
}

fn write(dir: &Path, sample: bool) -> Result<()> {
    let partial = dir.join(PARTIAL);
    if partial.exists() {
        fs::remove_dir_all(&partial).with_context(|| unwritable(&partial))?;
    }
    let starter: &[(&str, &[u8])] = &[("programme.toml", STARTER.as_bytes())];
    fs::create_dir_all(partial.join("returns")).with_context(|| unwritable(dir))?;
    for (name, bytes) in if sample { SAMPLE } else { starter }.iter().chain([&TEMPLATES]) {
        output::write(&partial.join(name), bytes)?;
    }
    // programme.toml comes last: it is what makes the folder a programme.
    for name in ["returns", "templates", "programme.toml"] {
        let place = dir.join(name);
        fs::rename(partial.join(name), &place).with_context(|| unwritable(&place))?;
    }
    fs::remove_dir(&partial).with_context(|| unwritable(&partial))
}
