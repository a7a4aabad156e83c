//! What lies in returns/: found in every subfolder, links out of it not followed.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Expected, Seen, each, one, sorted};
use crate::{
    intake::{Intake, Why},
    mapping::{self, Mapping},
    programme::Programme,
};

/// Reads what lies in the folder returns/ of a programme's folder, or only the files named.
///
/// # Errors
/// When there is no such folder, or one of the files named is not there; what is wrong with the mappings in mappings/ of
/// which it cannot be told what they would fill.
pub fn folder(dir: &Path, programme: &Programme, only: &[PathBuf]) -> anyhow::Result<Intake> {
    let mut files = match only {
        [] => discover(dir)?,
        only => only.iter().map(|path| named(dir, path)).collect::<anyhow::Result<_>>()?,
    };
    files.sort_by(|a, b| a.shown.cmp(&b.shown));
    files.dedup_by(|a, b| a.shown == b.shown);
    let (mut mappings, mut unfinished) = mapping::load(dir)?;
    let in_scope =
        |own: &Mapping| own.project.as_ref().is_none_or(|code| programme.project(code).is_some());
    mappings.retain(in_scope);
    unfinished.retain(|own| in_scope(&own.known));
    if !only.is_empty() {
        // Of files that were not asked for it is not said that they are missing.
        mappings.retain(|own| files.iter().any(|file| own.is_for(&file.shown)));
        unfinished.retain(|own| files.iter().any(|file| own.is_for(&file.shown)));
    }
    let expected = Expected { unfinished: &unfinished, ..Expected::of(programme, &mappings) };
    let seen = each(files)
        .map(|Lying { shown, path }| match path.map(fs::read) {
            Ok(Ok(bytes)) => one(shown, bytes, &expected),
            Ok(Err(error)) => Seen::unread(shown, Why::Unopened(unreadable(&error))),
            Err(why) => Seen::unread(shown, why),
        })
        .collect();
    Ok(sorted(seen, &expected))
}

/// Something that lies in the folder.
struct Lying {
    /// Inside the programme folder, with forward slashes.
    shown: Arc<str>,
    /// Where to read it, or why it is not read.
    path: Result<PathBuf, Why>,
}

fn discover(dir: &Path) -> anyhow::Result<Vec<Lying>> {
    let returns = dir.join("returns");
    if !returns.is_dir() {
        bail!(
            "there is no folder returns in {}: put there what the councils sent back",
            dir.display()
        );
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(&returns).follow_links(false).sort_by_file_name() {
        let (path, file) = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) if entry.file_type().is_file() => {
                (entry.path().to_owned(), Ok(entry.into_path()))
            }
            Ok(entry) => {
                let why = "a link, or something else that is no file".to_owned();
                (entry.into_path(), Err(Why::PassedOver(why)))
            }
            Err(error) => {
                let path = error.path().unwrap_or(&returns).to_owned();
                (path, Err(Why::Unopened("it is a folder that we may not look into".to_owned())))
            }
        };
        files.push(Lying { shown: shown(dir, &path), path: file });
    }
    Ok(files)
}

fn named(dir: &Path, path: &Path) -> anyhow::Result<Lying> {
    let found = [path.to_owned(), dir.join(path)].into_iter().find(|path| path.is_file());
    let found = found.with_context(|| format!("there is no file {}", path.display()))?;
    Ok(Lying { shown: shown(dir, &found), path: Ok(found) })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_another_program_holds_open_says_how_it_can_be_read() {
        let open = "someone has it open; it can be read when they close it";
        for windows in [32, 33] {
            assert_eq!(unreadable(&io::Error::from_raw_os_error(windows)), open);
        }
        assert_eq!(unreadable(&io::Error::from(io::ErrorKind::ResourceBusy)), open);
        let denied = unreadable(&io::Error::from(io::ErrorKind::PermissionDenied));
        assert_eq!(denied, "we may not read it, or someone has it open");
    }
}
