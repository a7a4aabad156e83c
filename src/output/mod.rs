//! The folder of a run: complete, or not there. Everything is written beside its place and then renamed.

mod files;
mod previous;
mod run_name;

use std::{
    fs::{self, TryLockError},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
pub use files::Files;
pub use previous::{PREVIOUS, Previous, previous};
pub use run_name::{Input, run_name};

/// What a run has written so far, none of it in its place yet. Dropped unfinished, it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    /// The programme folder.
    root: PathBuf,
    run: String,
    /// Files that go into `out/<run>/`, relative to it.
    outputs: Vec<PathBuf>,
    files: Files,
    /// Held while the run is at work, so that no other one is in the same folder.
    lock: Option<fs::File>,
}

/// A run that is in its place.
#[derive(Debug)]
pub struct Finished {
    /// `out/<run>`.
    pub folder: PathBuf,
    /// Files that somebody saved while the run was at work: left as they are.
    pub left_alone: Vec<PathBuf>,
}

impl Staging {
    /// Makes ready for a run. What an interrupted run left half-written goes.
    ///
    /// # Errors
    /// When `out/` cannot be written to, or another run is at work there.
    pub fn create(root: &Path, run: &str) -> Result<Staging> {
        let out = root.join("out");
        fs::create_dir_all(&out).with_context(|| unwritable(&out))?;
        let staging = Staging {
            root: root.to_owned(),
            run: run.to_owned(),
            outputs: vec![],
            files: Files::default(),
            lock: lock(&out)?,
        };
        for entry in fs::read_dir(&out).with_context(|| unwritable(&out))?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(PARTIAL) {
                fs::remove_dir_all(entry.path()).with_context(|| unwritable(&out))?;
            }
        }
        let folder = staging.folder();
        fs::create_dir_all(&folder).with_context(|| unwritable(&folder))?;
        Ok(staging)
    }

    /// Writes a file of the run's own folder. `name` is relative to it, with forward slashes.
    ///
    /// # Errors
    /// When the disk is full or the folder cannot be written to.
    pub fn output(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder().join(name);
        write(&path, bytes)?;
        self.outputs.push(PathBuf::from(name));
        Ok(())
    }

    /// The files elsewhere that the run brings up to date, such as drafts.
    pub fn files(&mut self) -> &mut Files {
        &mut self.files
    }

    /// Puts everything in its place. `newest` names the run in `out/latest.txt`.
    ///
    /// # Errors
    /// When a file cannot be put in its place, for instance because another program holds it open; then every file
    /// is as it was.
    pub fn finish(mut self, newest: bool) -> Result<Finished> {
        let out = self.root.join("out");
        let folder = out.join(&self.run);
        let new = !folder.exists();
        if new {
            fs::rename(self.folder(), &folder).with_context(|| in_the_way(&folder))?;
        } else {
            self.replace_outputs(&folder)?;
        }
        let left_alone = self.files.put().inspect_err(|_| {
            if new {
                // The error that is told is the first one; what cannot be undone the next run clears away.
                drop(fs::rename(&folder, self.folder()));
            }
        })?;
        if newest {
            let latest = out.join(".latest.txt.new");
            write(&latest, format!("{}\n", self.run).as_bytes())?;
            let place = out.join("latest.txt");
            fs::rename(latest, &place).with_context(|| in_the_way(&place))?;
        }
        Ok(Finished { folder, left_alone })
    }

    /// The same run again: the same bytes, so that what is there already need not be replaced.
    fn replace_outputs(&self, folder: &Path) -> Result<()> {
        for name in &self.outputs {
            let (new, place) = (self.folder().join(name), folder.join(name));
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder).with_context(|| unwritable(folder))?;
            }
            fs::rename(new, &place).with_context(|| in_the_way(&place))?;
        }
        Ok(())
    }

    fn folder(&self) -> PathBuf {
        self.root.join("out").join(format!("{PARTIAL}{}", self.run))
    }
}

/// What begins the name of a folder that is not complete.
const PARTIAL: &str = ".partial-";

/// Keeps other runs out of the folder. Some network shares know no locks; there it is left to the people.
fn lock(out: &Path) -> Result<Option<fs::File>> {
    let path = out.join(LOCK);
    let file = fs::File::create(&path).with_context(|| unwritable(out))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            bail!("another run is at work in {}; wait until it has ended", out.display())
        }
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

const LOCK: &str = ".lock";

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing more can be done about what cannot be removed; the next run clears it away.
        drop(fs::remove_dir_all(self.folder()));
        if self.lock.take().is_some() {
            drop(fs::remove_file(self.root.join("out").join(LOCK)));
        }
    }
}

/// Writes files into a folder of the programme, each beside its place and then renamed.
///
/// # Errors
/// When the folder cannot be written to or the disk is full; then none of the files is in its place half-written.
pub fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<()> {
    let beside = |name: &str| folder.join(format!(".{name}.new"));
    let all = || {
        for (name, bytes) in files {
            write(&beside(name), bytes)?;
        }
        for (name, _) in files {
            let place = folder.join(name);
            fs::rename(beside(name), &place).with_context(|| in_the_way(&place))?;
        }
        Ok(())
    };
    let result = all();
    if result.is_err() {
        for (name, _) in files {
            drop(fs::remove_file(beside(name)));
        }
    }
    result
}

/// Writes a file, and the folders it lies in where they are not there yet.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| unwritable(folder))?;
    }
    match fs::write(path, bytes) {
        Err(error) if error.kind() == ErrorKind::StorageFull => Err(error)
            .with_context(|| format!("the disk is full: {} could not be written", path.display())),
        result => result.with_context(|| unwritable(path)),
    }
}

pub(crate) fn unwritable(path: &Path) -> String {
    format!(
        "{} cannot be written to; check that the folder exists and that you may change it",
        path.display()
    )
}

fn in_the_way(path: &Path) -> String {
    format!(
        "{} could not be put in its place; close it if it is open in another program",
        path.display()
    )
}
