//! Files brought up to date where they lie, such as drafts: written beside, read back, renamed; all of them or none.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{in_the_way, write};

/// Files made ready, none of them in its place yet. Dropped, it leaves nothing behind.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<Living>,
    /// Earlier versions that go once the file they belong to is in its place.
    outdated: Vec<(usize, PathBuf)>,
    done: bool,
}

#[derive(Debug)]
struct Living {
    place: PathBuf,
    /// What it held when it was read; `None` where there was none.
    before: Option<Vec<u8>>,
    /// The file that must be in its place first.
    head: Option<usize>,
}

impl Files {
    /// A file that held `before` when it was read. Gives the number by which others follow it.
    ///
    /// # Errors
    /// When the disk is full or the folder cannot be written to.
    pub fn add(&mut self, place: &Path, before: Option<Vec<u8>>, bytes: &[u8]) -> Result<usize> {
        self.push(Living { place: place.to_owned(), before, head: None }, bytes)
    }

    /// A file that is put in its place only if the file with the number `head` is.
    ///
    /// # Errors
    /// As [`Files::add`].
    pub fn add_with(
        &mut self,
        head: usize,
        place: &Path,
        before: Option<Vec<u8>>,
        bytes: &[u8],
    ) -> Result<()> {
        self.push(Living { place: place.to_owned(), before, head: Some(head) }, bytes)?;
        Ok(())
    }

    /// A file that goes once the file with the number `head` is in its place.
    pub fn remove_with(&mut self, head: usize, place: PathBuf) {
        self.outdated.push((head, place));
    }

    fn push(&mut self, living: Living, bytes: &[u8]) -> Result<usize> {
        let new = living.beside("new");
        self.files.push(living);
        write(&new, bytes)?;
        if !fs::read(&new).is_ok_and(|written| written == bytes) {
            bail!("{} could not be written as it should be; check the disk", new.display());
        }
        Ok(self.files.len() - 1)
    }

    /// Puts all in their places, save those that somebody saved in the meantime: these it gives back.
    ///
    /// # Errors
    /// When a file cannot be put in its place, for instance because another program holds it open; then every file
    /// is as it was.
    pub fn put(&mut self) -> Result<Vec<PathBuf>> {
        let mut left: Vec<usize> = vec![];
        let mut replaced: Vec<&Living> = vec![];
        for (number, living) in self.files.iter().enumerate() {
            if living.head.is_some_and(|head| left.contains(&head))
                || fs::read(&living.place).ok() != living.before
            {
                left.push(number);
                continue;
            }
            if let Err(error) = living.replace() {
                replaced.iter().for_each(|living| living.restore());
                return Err(error);
            }
            replaced.push(living);
        }
        for (head, place) in &self.outdated {
            if !left.contains(head) {
                // One version too many does no harm; the next time it goes.
                drop(fs::remove_file(place));
            }
        }
        self.done = true;
        Ok(left.into_iter().map(|number| self.files[number].place.clone()).collect())
    }
}

impl Living {
    fn beside(&self, ending: &str) -> PathBuf {
        let name = self.place.file_name().map(|name| name.to_string_lossy().into_owned());
        self.place.with_file_name(format!(".{}.{ending}", name.unwrap_or_default()))
    }

    /// The old bytes stay beside until all is done, so that they can come back.
    fn replace(&self) -> Result<()> {
        if let Some(before) = &self.before {
            write(&self.beside("old"), before)?;
        }
        let renamed = fs::rename(self.beside("new"), &self.place);
        if renamed.is_err() {
            drop(fs::remove_file(self.beside("old")));
        }
        renamed.with_context(|| in_the_way(&self.place))
    }

    fn restore(&self) {
        // Nothing more can be done about what cannot be put back: it stays beside, under its name.
        drop(match self.before {
            Some(_) => fs::rename(self.beside("old"), &self.place),
            None => fs::remove_file(&self.place),
        });
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        for living in &self.files {
            drop(fs::remove_file(living.beside("new")));
            if self.done {
                drop(fs::remove_file(living.beside("old")));
            }
        }
    }
}
