//! TOML files that people write: their values by key, and every mistake at once, each with its line and a way out.

use anyhow::anyhow;
use toml::de::DeTable;

mod mistakes;
mod syntax;
mod table;
mod value;

pub use mistakes::Mistakes;
pub(crate) use mistakes::{Notes, fold, nearest, quoted};
pub(crate) use table::{Key, Table, Value, key, shown};

/// What may stand in a kind of file, for advice on what stands amiss.
#[derive(Debug)]
pub(crate) struct Outline {
    /// The headings that begin one more of a kind: `[[council]]`.
    pub(crate) repeated: &'static [&'static str],
    /// Where a key belongs that stands under another heading.
    pub(crate) homes: &'static [(&'static [Key], &'static str)],
}

/// Reads a text. `file` is its name in the report.
///
/// # Errors
/// All that is wrong with it, at once.
pub(crate) fn parse<T>(
    text: &str,
    file: &str,
    outline: &'static Outline,
    read: impl FnOnce(&DeTable<'_>, &Notes<'_>) -> T,
) -> Result<T, Mistakes> {
    recover(text, file, outline, read).map_err(|(_, mistakes)| mistakes)
}

/// Reads a text.
///
/// # Errors
/// All that is wrong with it, and what could be made of it all the same; nothing of what is no TOML.
pub(crate) fn recover<T>(
    text: &str,
    file: &str,
    outline: &'static Outline,
    read: impl FnOnce(&DeTable<'_>, &Notes<'_>) -> T,
) -> Result<T, (Option<T>, Mistakes)> {
    let notes = Notes::new(text, outline);
    let (tree, errors) = DeTable::parse_recoverable(text);
    let whole = syntax::note(&errors, text, &notes);
    if !whole {
        return Err((None, notes.into_mistakes(file)));
    }
    let read = read(tree.get_ref(), &notes);
    if notes.is_empty() { Ok(read) } else { Err((Some(read), notes.into_mistakes(file))) }
}

/// The bytes of a file as text. `name` is its name in the report.
///
/// # Errors
/// The line that is no text, and what to do.
pub(crate) fn text(bytes: Vec<u8>, name: &str) -> anyhow::Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let advice = "Save it again as UTF-8 (in Notepad: Save As, Encoding: UTF-8).";
        anyhow!("{name}, line {line}: this is not plain UTF-8 text. {advice}")
    })
}
