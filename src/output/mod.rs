//! The folder of a run: complete, or not there. Everything is written beside its place and then renamed.

mod run_name;

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
pub use run_name::{Input, run_name};

/// What a run has written so far, none of it in its place yet. Dropped unfinished, it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    /// The programme folder.
    root: PathBuf,
    run: String,
    /// Files that go into `out/<run>/`, relative to it.
    outputs: Vec<PathBuf>,
    /// Files that go elsewhere in the programme folder: written beside, and where they belong.
    beside: Vec<(PathBuf, PathBuf)>,
    finished: bool,
}

impl Staging {
    /// Makes ready for a run. What an interrupted run left half-written goes.
    ///
    /// # Errors
    /// When `out/` cannot be written to.
    pub fn create(root: &Path, run: &str) -> Result<Staging> {
        let staging = Staging {
            root: root.to_owned(),
            run: run.to_owned(),
            outputs: vec![],
            beside: vec![],
            finished: false,
        };
        let out = root.join("out");
        fs::create_dir_all(&out).with_context(|| unwritable(&out))?;
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

    /// Writes a file elsewhere in the programme folder, such as a draft. What has the same bytes is left alone.
    ///
    /// # Errors
    /// As [`Staging::output`].
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.root.join(name);
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        let file_name =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let new = path.with_file_name(format!(".{file_name}.new"));
        self.beside.push((new.clone(), path));
        write(&new, bytes)
    }

    /// Puts everything in its place and names the run as the newest complete one.
    ///
    /// # Errors
    /// When a file cannot be put in its place, for instance because another program holds it open.
    pub fn finish(mut self) -> Result<PathBuf> {
        let out = self.root.join("out");
        let place = out.join(&self.run);
        for (new, path) in &self.beside {
            fs::rename(new, path).with_context(|| in_the_way(path))?;
        }
        if place.exists() {
            for name in &self.outputs {
                let (new, path) = (self.folder().join(name), place.join(name));
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).with_context(|| unwritable(folder))?;
                }
                fs::rename(new, &path).with_context(|| in_the_way(&path))?;
            }
        } else {
            fs::rename(self.folder(), &place).with_context(|| in_the_way(&place))?;
        }
        let latest = out.join("latest.txt");
        let new = out.join(".latest.txt.new");
        write(&new, format!("{}\n", self.run).as_bytes())?;
        fs::rename(new, &latest).with_context(|| in_the_way(&latest))?;
        self.finished = true;
        drop(fs::remove_dir_all(self.folder()));
        Ok(place)
    }

    fn folder(&self) -> PathBuf {
        self.root.join("out").join(format!("{PARTIAL}{}", self.run))
    }
}

/// What begins the name of a folder that is not complete.
const PARTIAL: &str = ".partial-";

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing more can be done about what cannot be removed; the next run clears it away.
            drop(fs::remove_dir_all(self.folder()));
            for (new, _) in &self.beside {
                drop(fs::remove_file(new));
            }
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
