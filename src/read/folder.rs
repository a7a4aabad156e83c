//! What lies in returns/: found in every subfolder, links out of it not followed.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Expected, Seen, one, sorted};
use crate::{
    intake::{Intake, Why},
    programme::Programme,
};

/// Reads what lies in the folder returns/ of a programme's folder, or only the files named.
///
/// # Errors
/// When there is no such folder, or one of the files named is not there.
pub fn folder(dir: &Path, programme: &Programme, only: &[PathBuf]) -> anyhow::Result<Intake> {
    let mut files = match only {
        [] => discover(dir)?,
        only => only.iter().map(|path| named(dir, path)).collect::<anyhow::Result<_>>()?,
    };
    files.sort();
    files.dedup();
    let expected = Expected::of(programme);
    let seen = files
        .into_par_iter()
        .map(|(shown, path)| match fs::read(&path) {
            Ok(bytes) => one(shown, &bytes, &expected),
            Err(error) => Seen {
                path: shown,
                hash: String::new(),
                what: Err(Why::Unopened(unreadable(&error))),
            },
        })
        .collect();
    Ok(sorted(seen, programme))
}

/// Every file of the folder, with its path inside the programme folder.
fn discover(dir: &Path) -> anyhow::Result<Vec<(Arc<str>, PathBuf)>> {
    let returns = dir.join("returns");
    if !returns.is_dir() {
        bail!(
            "there is no folder returns in {}: put there what the councils sent back",
            dir.display()
        );
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(&returns).follow_links(false).sort_by_file_name() {
        let entry = entry.with_context(|| format!("could not look into {}", returns.display()))?;
        if entry.file_type().is_file() {
            files.push((shown(dir, entry.path()), entry.into_path()));
        }
    }
    Ok(files)
}

fn named(dir: &Path, path: &Path) -> anyhow::Result<(Arc<str>, PathBuf)> {
    let found = [path.to_owned(), dir.join(path)].into_iter().find(|path| path.is_file());
    let found = found.with_context(|| format!("there is no file {}", path.display()))?;
    Ok((shown(dir, &found), found))
}

/// The path inside the programme folder with forward slashes; the path as given for a file outside it.
fn shown(dir: &Path, path: &Path) -> Arc<str> {
    let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let inside = path
        .strip_prefix(dir)
        .map(Path::to_owned)
        .or_else(|_| whole(path).strip_prefix(whole(dir)).map(Path::to_owned));
    let path = inside.unwrap_or_else(|_| path.to_owned());
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    Arc::from(parts.join("/").replace("//", "/"))
}

/// Why a file could not be read, as half a sentence.
fn unreadable(error: &io::Error) -> String {
    // Windows says 32 and 33 of a file that another program holds open.
    match (error.kind(), error.raw_os_error()) {
        (io::ErrorKind::ResourceBusy, _) | (_, Some(32 | 33)) => {
            "someone has it open; it can be read when they close it".to_owned()
        }
        (io::ErrorKind::PermissionDenied, _) => {
            "we may not read it, or someone has it open".to_owned()
        }
        _ => format!("it could not be read ({error})"),
    }
}
