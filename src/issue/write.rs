//! The forms as files: all of them, or none.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use rayon::prelude::*;

use super::{Answers, Issue, Shape};
use crate::programme::Programme;

/// Writes these forms, blank, to the folder `forms` of the programme in `dir`, and says which they are.
/// A form issued again has the same bytes.
///
/// # Errors
/// When the folder cannot be written to; then the forms in it are as they were.
pub fn write_all(
    issues: &[Issue<'_>],
    programme: &Programme,
    dir: &Path,
) -> anyhow::Result<Vec<PathBuf>> {
    let forms: anyhow::Result<Vec<Vec<u8>>> = issues
        .par_iter()
        .map(|issue| issue.workbook_bytes(programme, &Answers::new(), &Shape::default()))
        .collect();
    let folder = dir.join("forms");
    let written = |what: &Path| format!("{} could not be written", what.display());
    fs::create_dir_all(&folder).with_context(|| written(&folder))?;
    let files: Vec<(PathBuf, PathBuf)> = issues
        .iter()
        .map(|issue| {
            let name = issue.file_name();
            (folder.join(format!(".{name}.part")), folder.join(name))
        })
        .collect();
    let put = || -> anyhow::Result<()> {
        for ((part, file), bytes) in files.iter().zip(&forms?) {
            fs::write(part, bytes).with_context(|| written(file))?;
        }
        for (part, file) in &files {
            fs::rename(part, file).with_context(|| format!("{}: is it open?", written(file)))?;
        }
        Ok(())
    };
    let put = put();
    if put.is_err() {
        for (part, _) in &files {
            // What is left over does no harm: the next run writes over it.
            let _ = fs::remove_file(part);
        }
    }
    put?;
    Ok(files.into_iter().map(|(_, file)| file).collect())
}
