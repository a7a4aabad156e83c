//! Earlier versions of a living document, kept in the folder `previous` beside it.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folder with the earlier versions.
pub const PREVIOUS: &str = "previous";

/// How many earlier versions of a document are kept.
const KEPT: usize = 10;

/// Where the version before goes, and which ones are then too many.
#[derive(Debug, PartialEq, Eq)]
pub struct Previous {
    pub place: PathBuf,
    pub outdated: Vec<PathBuf>,
}

/// `previous/business-case 007 before 2009-03-01-1a2b3c4d.docx`: the seventh version that lathe replaced, and the run
/// by which it did.
pub fn previous(document: &Path, run: &str) -> Previous {
    let folder = document.with_file_name(PREVIOUS);
    let part =
        |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, ending) = (part(document.file_stem()), part(document.extension()));
    let mut kept: Vec<(u32, PathBuf)> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let (number, _) = name.strip_prefix(&stem)?.trim_start().split_once(" before ")?;
            Some((number.parse().ok()?, entry.path()))
        })
        .collect();
    kept.sort();
    let next = kept.last().map_or(1, |(number, _)| number + 1);
    let more = (kept.len() + 1).saturating_sub(KEPT);
    Previous {
        place: folder.join(format!("{stem} {next:03} before {run}.{ending}")),
        outdated: kept.into_iter().take(more).map(|(_, path)| path).collect(),
    }
}
