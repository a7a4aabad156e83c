//! Makes samples/east-kent/returns: `cargo run --example make-sample`.
//!
//! What councils and project leads answered is in samples/figures, one line an answer; how they sent it, tidily and
//! not, is in returned.rs. Nothing but what is made here stays in the folder. Run again with nothing changed, it
//! changes no file. Two returns are saved by LibreOffice; where it is not installed they are left as they are.

mod chart;
mod libreoffice;
mod litter;
mod returned;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use lathe::{
    issue::{self, Answers, Issue},
    programme::Programme,
};
use returned::{Returned, Saved};
use walkdir::WalkDir;

fn main() -> Result<()> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let programme = Programme::load(&samples.join("east-kent"))?;
    let folder = samples.join("east-kent").join("returns");
    let files = files(&programme, &samples.join("figures"))?;

    let mut kept = BTreeSet::new();
    for (name, file) in &files {
        let path = folder.join(name);
        kept.insert(path.clone());
        if let Some(bytes) = file.bytes(fs::read(&path).ok())? {
            fs::create_dir_all(path.parent().context("a file of the sample has no folder")?)?;
            fs::write(&path, bytes)?;
        }
    }
    for entry in WalkDir::new(&folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() && !kept.contains(entry.path()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// A file of returns/.
struct File {
    bytes: Vec<u8>,
    saved: Saved,
}

impl File {
    /// What to write in place of what is there, if it has to be written.
    fn bytes(&self, there: Option<Vec<u8>>) -> Result<Option<Vec<u8>>> {
        match (self.saved, there) {
            (Saved::AsIssued, Some(there)) if there == self.bytes => Ok(None),
            (Saved::AsIssued, _) => Ok(Some(self.bytes.clone())),
            (Saved::ByLibreOffice(format), there) => {
                libreoffice::saved(&self.bytes, format, there.as_deref())
            }
        }
    }
}

/// Everything that lies in returns/, by its name there.
fn files(programme: &Programme, figures: &Path) -> Result<BTreeMap<String, File>> {
    let as_issued = |bytes| File { bytes, saved: Saved::AsIssued };
    let mut files: BTreeMap<String, File> =
        litter::FILES.iter().map(|(name, bytes)| (name.to_string(), as_issued(bytes()))).collect();
    for issue in issue::issues(programme) {
        let Some(answers) = answers(figures, &issue)? else { continue };
        if let Some((name, bytes)) = chart::of(&issue, &answers) {
            files.insert(name, as_issued(bytes));
        }
        for Returned { name, answers, shape, saved } in returned::returned(&issue, answers) {
            let bytes = issue.workbook_bytes(programme, &answers, &shape).context(name.clone())?;
            files.insert(name, File { bytes, saved });
        }
    }
    Ok(files)
}

/// What the figures hold for a form; `None` if it was not returned.
fn answers(figures: &Path, issue: &Issue<'_>) -> Result<Option<Answers>> {
    let name = issue.project.map_or("profiles", |project| &project.code);
    let path = figures.join(format!("{name}.csv"));
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let council = issue.council.map_or("", |council| &council.code);
    let form = (issue.workbook.word.to_owned(), council.to_owned());
    Ok(Answers::by_form(&text).with_context(|| path.display().to_string())?.remove(&form))
}
