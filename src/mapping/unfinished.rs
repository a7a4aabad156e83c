//! A mapping that is not finished: what it would fill is known, so that the rest does not pass for the whole.

use std::sync::Arc;

use anyhow::bail;
use toml::de::{DeTable, DeValue};

use super::{
    Mapping, hash,
    reading::{self, CELLS, LEDGER, ROOT, TABLE},
};
use crate::{
    form::{Grid, Sheet},
    programme::Programme,
    settings::{self, Key},
};

/// A mapping that says whose answers it takes and from which sheets of the form, and in which something else is still to
/// be filled in, or is wrong.
#[derive(Clone, Debug)]
pub struct Unfinished {
    /// What it says all the same.
    pub known: Mapping,
    /// What is wrong, each with its line.
    pub mistakes: Vec<String>,
    /// The codes of the sheets of the form of which it would fill a part, or may.
    pub sheets: Vec<&'static str>,
}

impl Unfinished {
    /// Whether a file is meant, by its path inside the programme folder.
    pub fn is_for(&self, path: &str) -> bool {
        self.known.is_for(path)
    }
}

pub(super) enum Read {
    Finished(Mapping),
    Unfinished(Unfinished),
}

/// Reads the bytes of a mapping. `path` is its name in the report, and inside the programme folder.
///
/// # Errors
/// All that is wrong with it, where it cannot be told of which return and which sheets it would fill a part.
pub(super) fn read(bytes: Vec<u8>, path: &str, programme: &Programme) -> anyhow::Result<Read> {
    let hash = hash(&bytes);
    let text = settings::text(bytes, path)?;
    let read = settings::recover(&text, path, &reading::OUTLINE, |tree, notes| {
        let read = reading::read(tree, notes, programme);
        let known = Mapping { path: Arc::from(path), hash, ..read };
        let sheets = sheets(tree, &known);
        (known, sheets)
    });
    match read {
        Ok((mapping, _)) => Ok(Read::Finished(mapping)),
        Err((Some((known, Some(sheets))), mistakes)) => {
            Ok(Read::Unfinished(Unfinished { known, mistakes: mistakes.lines(), sheets }))
        }
        Err((_, mistakes)) => bail!("{mistakes}"),
    }
}

/// A heading in double brackets, the key under which it names parts of the form, all its keys, and the names of a sheet
/// that may stand there.
type Kind = (&'static str, &'static str, &'static [Key], fn(&'static Sheet) -> Vec<String>);

const KINDS: [Kind; 3] = [
    ("cells", "fields", CELLS, |sheet| sheet.cells().map(|own| own.name.to_owned()).collect()),
    ("table", "columns", TABLE, |sheet| {
        let columns = sheet.tables().flat_map(|own| own.columns);
        columns.map(|own| own.name.to_owned()).collect()
    }),
    ("ledger", "lines", LEDGER, |sheet| {
        let of =
            |grid: &'static Grid| grid.rows.iter().map(|row| format!("{}_{}", grid.code, row.key));
        reading::grids(sheet).flat_map(of).collect()
    }),
];

/// The codes of the sheets of which a mapping would fill a part, or may: a name that we do not know may stand for any.
/// `None` where the mapping does not say, in words we know, for which file, whose and with which headings it is.
fn sheets(tree: &DeTable<'_>, known: &Mapping) -> Option<Vec<&'static str>> {
    let is_said = known.council.is_some() && known.project.is_some() && !known.file.is_empty();
    let has_heading = KINDS.iter().any(|(heading, ..)| tree.get(*heading).is_some());
    if !is_said || !has_heading || !knows_all(ROOT, tree) {
        return None;
    }
    let all = known.workbook.sheets;
    let mut filled = vec![];
    for (heading, inner, keys, names_of) in KINDS {
        let named = named(tree, heading, inner, keys);
        let is_of = |name: &str, sheet| names_of(sheet).iter().any(|own| own == name);
        let is_in_doubt = named
            .iter()
            .any(|name| name.is_none_or(|name| !all.iter().any(|sheet| is_of(name, sheet))));
        let is_filled = |sheet: &&&'static Sheet| {
            is_in_doubt && !names_of(sheet).is_empty()
                || named.iter().flatten().any(|name| is_of(name, sheet))
        };
        filled.extend(all.iter().filter(is_filled).map(|sheet| sheet.code));
    }
    // The first says whose answers they are, which the mapping says itself.
    let own = all.iter().skip(1).map(|sheet| sheet.code);
    Some(own.filter(|code| filled.contains(code)).collect())
}

/// What a kind of heading names of the form; `None` for each heading of which that is not known.
fn named<'a>(
    tree: &'a DeTable<'_>,
    heading: &str,
    inner: &str,
    keys: &[Key],
) -> Vec<Option<&'a str>> {
    let blocks = match tree.get(heading).map(|value| value.get_ref()) {
        None => return vec![],
        Some(DeValue::Array(blocks)) if !blocks.is_empty() => blocks,
        Some(_) => return vec![None],
    };
    let mut names = vec![];
    for block in blocks {
        let block = match block.get_ref() {
            DeValue::Table(block) if knows_all(keys, block) => block,
            _ => {
                names.push(None);
                continue;
            }
        };
        match block.get(inner).map(|value| value.get_ref()) {
            Some(DeValue::Table(entries)) if !entries.is_empty() => {
                names.extend(entries.keys().map(|name| Some(name.get_ref().as_ref())));
            }
            _ => names.push(None),
        }
    }
    names
}

/// Whether nothing else stands in a table.
fn knows_all(keys: &[Key], table: &DeTable<'_>) -> bool {
    table.keys().all(|typed| keys.iter().any(|own| own.name == typed.get_ref().as_ref()))
}
