//! `lathe map`: a mapping proposed for a workbook in a council's own layout.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use anyhow::{Context, Result, bail};
use lathe::{
    english, mapping,
    programme::Programme,
    read::{self, Match, Proposal, Proposed, What},
};

use super::{Outcome, folder::Folder, named, reader::with_helper};

/// Proposes a mapping for a file in a council's own layout: what is sure, what is a guess, and what finds no place.
///
/// The mapping is for you to finish; lathe uses it once it lies in the folder mappings and nothing is wrong in it.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The workbook (.xlsx, .xls, .ods …) or text with columns (.csv).
    file: PathBuf,
    /// Whose it is: a council's code or name.
    #[arg(long, value_name = "COUNCIL")]
    council: Option<String>,
    /// The project's code.
    #[arg(long, value_name = "CODE")]
    project: Option<String>,
    /// Where to write the mapping; mappings/<name of the file>.toml unless given.
    #[arg(long, value_name = "FILE.toml")]
    out: Option<PathBuf>,
    #[command(flatten)]
    folder: Folder,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let programme = with_helper(Programme::load(args.folder.path())?);
    let council =
        args.council.as_deref().map(|name| named::council(&programme, name)).transpose()?;
    let project =
        args.project.as_deref().map(|name| named::project(&programme, name)).transpose()?;
    let shown = args.file.display();
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let bytes = fs::read(&args.file).with_context(|| format!("{shown} could not be read"))?;
    let proposal = match read::propose(&name, &bytes, &programme, council, project) {
        Ok(proposal) => proposal,
        Err(reason) => bail!("We could not open {shown}: {reason}."),
    };
    tell(&proposal, &mut io::stdout().lock())?;
    // A mapping that does not say whose file it is would stop every other command.
    if (council.is_none() || project.is_none()) && args.out.is_none() {
        writeln!(
            io::stdout(),
            "Nothing was written: say whose file it is with --council and --project, or name a file with --out."
        )?;
        return Ok(Outcome::Done);
    }
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| args.folder.path().join(mapping::FOLDER).join(format!("{stem}.toml")));
    if out.exists() {
        bail!("{} is there already. Name another with --out, or delete it.", out.display());
    }
    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("{} could not be made", folder.display()))?;
    }
    fs::write(&out, &proposal.toml)
        .with_context(|| format!("{} could not be written", out.display()))?;
    writeln!(
        io::stdout(),
        "Written to {}. Finish it there, then: lathe check -C {}",
        out.display(),
        args.folder.path().display()
    )?;
    Ok(Outcome::Done)
}

fn tell(proposal: &Proposal, out: &mut impl Write) -> io::Result<()> {
    for part in &proposal.parts {
        let what = match &part.what {
            What::Table(sheet, table) => format!("{} ({} in the form)", sheet.name, table.title),
            What::Ledger { codes, .. } => {
                format!(
                    "a ledger with {} codes, for Revenue; which codes make which line is for you to say",
                    codes.len()
                )
            }
            What::Cells => String::from("single answers"),
            What::Nothing => String::from("nothing that the form asks"),
        };
        writeln!(out, "Sheet {}: {what}", part.sheet)?;
        list("Sure", &part.sure, out)?;
        list("Guesses, to be looked at; they are not in force", &part.guessed, out)?;
        gaps(part, out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn list(title: &str, matches: &[Match], out: &mut impl Write) -> io::Result<()> {
    if matches.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {title}:")?;
    for own in matches {
        let under = own.under.as_ref().map(|under| format!(" under “{under}”")).unwrap_or_default();
        let alike = match own.likeness {
            100 => String::new(),
            part => format!(", {part}% alike"),
        };
        let unit = if own.thousands { ", in £000" } else { "" };
        writeln!(out, "    {:<42} “{}”{under} ({}{alike}{unit})", own.label, own.words, own.cell)?;
    }
    Ok(())
}

fn gaps(part: &Proposed, out: &mut impl Write) -> io::Result<()> {
    const SHOWN: usize = 15;
    let some = |mut all: Vec<String>| {
        if all.len() > SHOWN {
            let rest = all.len() - SHOWN;
            all.truncate(SHOWN);
            all.push(format!("{rest} more"));
        }
        english::list(&all)
    };
    if !part.missing.is_empty() {
        let labels = part.missing.iter().map(|field| field.label.to_owned()).collect();
        writeln!(out, "  Asked by the form and not found: {}", some(labels))?;
    }
    if !part.unplaced.is_empty() {
        let words = part.unplaced.iter().map(|(_, words)| format!("“{words}”")).collect();
        writeln!(out, "  Without a place in the form: {}", some(words))?;
    }
    Ok(())
}
