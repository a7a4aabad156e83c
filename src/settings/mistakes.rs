//! What is wrong with a file: every mistake at once, each with its line and what to do.

use std::{cell::RefCell, collections::BTreeSet, error::Error, fmt};

use super::Outline;

/// All that is wrong with one file. Prints one line for each mistake, in the order of the file.
#[derive(Clone, Debug)]
pub struct Mistakes {
    file: String,
    /// The line, counted from 1, and what is wrong with it.
    list: Vec<(usize, String)>,
}

/// Collects mistakes while the file is read.
#[derive(Debug)]
pub(crate) struct Notes<'t> {
    pub(crate) outline: &'static Outline,
    text: &'t str,
    /// The line, and what is wrong with it.
    list: RefCell<Vec<(usize, String)>>,
    /// Lines that could not be read as they stand: whatever else seems wrong with them follows from that.
    unread: RefCell<BTreeSet<usize>>,
}

impl<'t> Notes<'t> {
    pub(crate) fn new(text: &'t str, outline: &'static Outline) -> Notes<'t> {
        Notes { outline, text, list: RefCell::default(), unread: RefCell::default() }
    }

    /// Notes what is wrong at an offset of the text, on one line whatever it quotes.
    pub(crate) fn add(&self, offset: usize, what: &str) {
        let what = what.split(|letter: char| letter.is_whitespace() || letter.is_control());
        let what: Vec<&str> = what.filter(|word| !word.is_empty()).collect();
        let noted = (self.line(offset), what.join(" "));
        let mut list = self.list.borrow_mut();
        if !self.unread.borrow().contains(&noted.0) && !list.contains(&noted) {
            list.push(noted);
        }
    }

    /// Notes why a line cannot be read; the first reason counts.
    pub(crate) fn add_unread(&self, offset: usize, what: &str) {
        self.add(offset, what);
        self.unread.borrow_mut().insert(self.line(offset));
    }

    /// The line, counted from 1, in which an offset of the text lies.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }

    /// Where a line, counted from 1, begins.
    pub(crate) fn start(&self, line: u32) -> usize {
        let before = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        self.text.split_inclusive('\n').take(before).map(str::len).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.borrow().is_empty()
    }

    /// What was noted in the file of this name.
    pub(crate) fn into_mistakes(self, file: &str) -> Mistakes {
        let mut list = self.list.into_inner();
        list.sort_by_key(|(line, _)| *line);
        Mistakes { file: file.to_owned(), list }
    }
}

impl Mistakes {
    /// Each with its line: "line 5: there is no council "?"."
    pub(crate) fn lines(&self) -> Vec<String> {
        self.list.iter().map(|(line, what)| format!("line {line}: {what}")).collect()
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (line, what)) in self.list.iter().enumerate() {
            let end = if index + 1 < self.list.len() { "\n" } else { "" };
            write!(f, "{}, line {line}: {what}{end}", self.file)?;
        }
        Ok(())
    }
}

impl Error for Mistakes {}

/// Of some known words, the one that was probably meant: a few letters off, or else none.
pub(crate) fn nearest<'w>(
    typed: &str,
    known: impl IntoIterator<Item = &'w str>,
) -> Option<&'w str> {
    let typed = fold(typed);
    let allowed = (typed.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&typed, &fold(word)), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// A name without what does not tell two names apart: case, spaces, dashes and the like.
pub(crate) fn fold(name: &str) -> String {
    let name = name.replace('&', "and");
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A text as a message quotes it: long ones are cut.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let start: String = text.trim().chars().take(LONGEST).collect();
    if start.len() < text.trim().len() { format!("{start}…") } else { start }
}
