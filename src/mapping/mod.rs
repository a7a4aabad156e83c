//! Where a workbook in a council's own layout keeps the form's fields, as a file in mappings/ says.

use std::{fs, io, path::Path, sync::Arc};

use anyhow::{Context, bail};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use crate::{
    answer::ReturnKind,
    form::{self, Field, Grid, Workbook},
    place::Cell,
    programme::{Code, Programme},
    settings,
};

mod codes;
mod pattern;
mod reading;
mod source;
mod unfinished;

pub use codes::Range;
pub(crate) use pattern::{is_of, names_file};
use unfinished::Read;
pub use unfinished::Unfinished;

/// The folder of mappings in the folder of a programme.
pub const FOLDER: &str = "mappings";

/// How one file is read as a part of one return.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Inside the programme folder: `mappings/THA-ledger.toml`.
    pub path: Arc<str>,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// The file it is for: its name, or its path if there is a slash in it; `*` stands for any letters.
    pub file: String,
    pub workbook: &'static Workbook,
    pub council: Option<Code>,
    pub project: Option<Code>,
    pub version: u32,
    pub kind: Option<ReturnKind>,
    /// The line of `type`, counted from 1.
    pub kind_line: u32,
    pub blocks: Vec<Block>,
}

/// What is taken from one sheet in one way.
#[derive(Clone, Debug)]
pub struct Block {
    /// The sheet's name, with `*` for any letters; `None` where the file has but one.
    pub sheet: Option<String>,
    pub part: Part,
}

#[derive(Clone, Debug)]
pub enum Part {
    /// Single answers and cells of grids.
    Cells(Vec<(&'static Field, Source)>),
    /// Rows that are rows of a table of the form.
    Table { rows: Rows, table: &'static form::Table, columns: Vec<(&'static Field, Source)> },
    /// Rows that are added up by their codes.
    Ledger { rows: Rows, ledger: Ledger },
}

/// Which rows are meant.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Words that stand above the headings.
    pub title: Option<String>,
    /// The first row below the headings, counted from 0, where it does not simply follow them.
    pub first: Option<u32>,
    /// Words that end the table.
    pub until: Option<String>,
    /// Only rows that pass all of these are meant.
    pub only: Vec<Filter>,
    /// Rows that pass one of these are left out.
    pub skip: Vec<Filter>,
}

/// A column's heading, and what may stand in it: texts with `*` for any letters, "" for nothing, ranges of codes.
#[derive(Clone, Debug)]
pub struct Filter {
    pub heading: String,
    pub values: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Ledger {
    pub grid: &'static Grid,
    /// The column that holds the codes.
    pub code: At,
    /// For each column of the grid, the column of amounts.
    pub amounts: Vec<(&'static form::GridColumn, Source)>,
    pub lines: Vec<Line>,
    /// Codes that belong in no line.
    pub leave_out: Vec<Range>,
}

/// A line of the form and the codes that are added up to it.
#[derive(Clone, Debug)]
pub struct Line {
    pub row: &'static form::GridRow,
    pub codes: Vec<Range>,
    pub turn_sign: bool,
}

/// Where an answer stands, and what is done to it.
#[derive(Clone, Debug)]
pub struct Source {
    pub at: At,
    pub unit: Unit,
    /// Whether the sign is turned, as for income that a ledger holds as negative.
    pub turn_sign: bool,
    /// The council's words, each with the form's.
    pub values: Vec<(String, String)>,
    /// The line of the mapping that says so, counted from 1.
    pub line: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The column under a heading.
    Heading(String),
    /// A column, counted from 0.
    Column(u32),
    /// Right of a label, next to it or under a heading.
    Beside(String, Option<String>),
    Cell(Cell),
    /// The same everywhere.
    Always(String),
}

/// What an amount is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    #[default]
    One,
    Thousands,
    Millions,
}

impl Unit {
    pub fn scale(self) -> Decimal {
        match self {
            Unit::One => Decimal::ONE,
            Unit::Thousands => Decimal::ONE_THOUSAND,
            Unit::Millions => Decimal::from(1_000_000),
        }
    }

    /// As a mapping names it.
    pub fn word(self) -> &'static str {
        match self {
            Unit::One => "£",
            Unit::Thousands => "£000",
            Unit::Millions => "£m",
        }
    }
}

impl Mapping {
    /// Reads the text of a mapping. `path` is its name in the report, and inside the programme folder.
    ///
    /// # Errors
    /// All that is wrong with it, at once.
    pub fn parse(
        text: &str,
        path: &str,
        programme: &Programme,
    ) -> Result<Mapping, settings::Mistakes> {
        let read = settings::parse(text, path, &reading::OUTLINE, |tree, notes| {
            reading::read(tree, notes, programme)
        })?;
        Ok(Mapping { path: Arc::from(path), hash: hash(text.as_bytes()), ..read })
    }

    /// Whether a file is meant, by its path inside the programme folder.
    pub fn is_for(&self, path: &str) -> bool {
        names_file(&self.file, path)
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads every mapping of a programme's folder, by name: those that can be used, and those that are not finished. There
/// need not be any.
///
/// They are held to programme.toml as it stands, for a run may be made of some of its projects only.
///
/// # Errors
/// When the folder or a file in it cannot be read; what is wrong with the mappings of which it cannot be told what they
/// would fill.
pub fn load(dir: &Path) -> anyhow::Result<(Vec<Mapping>, Vec<Unfinished>)> {
    let folder = dir.join(FOLDER);
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((vec![], vec![])),
        read => read.with_context(|| format!("{} cannot be looked into", folder.display()))?,
    };
    let mut names: Vec<String> = vec![];
    for entry in entries {
        let entry = entry.with_context(|| format!("{} cannot be looked into", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.to_lowercase().ends_with(".toml") && !name.starts_with('.') {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Ok((vec![], vec![]));
    }
    names.sort();
    let programme = Programme::load(dir)?;
    let mut mappings: Vec<Mapping> = vec![];
    let mut unfinished: Vec<Unfinished> = vec![];
    let mut wrong: Vec<String> = vec![];
    for name in names {
        let path = format!("{FOLDER}/{name}");
        let bytes =
            fs::read(folder.join(&name)).with_context(|| format!("{path} cannot be opened"))?;
        match unfinished::read(bytes, &path, &programme) {
            Ok(Read::Finished(mapping)) => mappings.push(mapping),
            Ok(Read::Unfinished(own)) => unfinished.push(own),
            Err(why) => wrong.push(why.to_string()),
        }
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    Ok((mappings, unfinished))
}
