//! `lathe export`: the tidy facts for other tools.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use jiff::{Zoned, civil::Date};
use lathe::{check, export, output, programme::Programme, read};

use super::{Outcome, folder::NamedFolder, reader::with_helper};

/// Every value read, one to a row, for Power BI, DuckDB, R and their like.
///
/// For the office, not for the public: it names files and holds what councils wrote. Pay of posts and prices of
/// contracts are withheld unless --exempt is given; names and addresses of officers are never in it.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    folder: NamedFolder,
    /// csv, unless the name of the file ends otherwise.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// With what is exempt.
    #[arg(long)]
    exempt: bool,
    /// Write to this file, or into this folder (one that is there, or a name with / behind it), with a data dictionary
    /// beside it; else it is printed.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The day of the checks, 2009-03-01; today unless given.
    #[arg(long, value_name = "DATE")]
    as_at: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Json,
    Parquet,
}

impl Format {
    /// The format asked for, else the one that a file is named for.
    fn of(args: &Args) -> Format {
        let ending = args.output.as_deref().and_then(Path::extension).unwrap_or_default();
        let named =
            Format::value_variants().iter().find(|own| ending.eq_ignore_ascii_case(own.ending()));
        args.format.or(named.copied()).unwrap_or(Format::Csv)
    }

    fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Parquet => "parquet",
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let format = Format::of(args);
    if args.output.is_none() && format == Format::Parquet {
        bail!("Parquet is no text to print; name a file with --output");
    }
    let programme = with_helper(Programme::load(args.folder.path())?);
    let as_at = args.as_at.unwrap_or_else(|| Zoned::now().date());
    let mut intake = read::folder(args.folder.path(), &programme, &[])?;
    let findings = check::check(&mut intake, &programme, as_at);
    let facts = export::facts(&intake, &findings, &programme, args.exempt);
    let bytes = match format {
        Format::Csv => export::csv(&facts),
        Format::Json => export::json(&facts),
        Format::Parquet => export::parquet(&facts)?,
    };
    let mut out = io::stdout().lock();
    let Some(place) = &args.output else {
        out.write_all(&bytes)?;
        return Ok(Outcome::Done);
    };
    let (folder, name) = named(place, format)?;
    let stem = Path::new(&name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let dictionary = format!("{stem}-dictionary.csv");
    let files = [(name, bytes), (dictionary, export::dictionary())];
    output::write_files(&folder, &files)?;
    for (name, _) in &files {
        writeln!(out, "{}", folder.join(name).display())?;
    }
    Ok(Outcome::Done)
}

/// The folder and the name of the file: of its own name where a folder is named.
fn named(place: &Path, format: Format) -> Result<(PathBuf, String)> {
    if place.is_dir() || place.to_string_lossy().ends_with(['/', '\\']) {
        return Ok((place.to_owned(), format!("facts.{}", format.ending())));
    }
    let shown = place.display();
    let name = place.file_name().with_context(|| format!("{shown} names no file"))?;
    // Nobody calls a file so: a folder is meant that is not there yet.
    if place.extension().is_none() && !place.exists() {
        bail!(
            "{shown} is neither a file's name nor a folder that is there; name a file, such as {shown}.{}, or the \
             folder as {shown}/",
            format.ending()
        );
    }
    let folder = place.parent().map(Path::to_owned).unwrap_or_default();
    Ok((folder, name.to_string_lossy().into_owned()))
}
