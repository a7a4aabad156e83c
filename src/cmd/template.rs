//! `lathe template`: the Word templates of the drafts.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};
use clap::Subcommand;
use lathe::draft::template;

use super::Outcome;

/// The Word templates of the drafts.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Build the built-in business case template.
    Build {
        /// Where to write it.
        #[arg(default_value = "templates/business-case.docx")]
        file: PathBuf,
        /// Replace the file if it is there already and differs.
        #[arg(long)]
        replace: bool,
    },
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let Action::Build { file, replace } = &args.action;
    let bytes = template::business_case()?;
    match fs::read(file) {
        Ok(there) if there != bytes && !replace => {
            bail!(
                "{} is there already and differs; name another file, or say --replace",
                file.display()
            )
        }
        _ => (),
    }
    fs::write(file, bytes).with_context(|| format!("could not write {}", file.display()))?;
    Ok(Outcome::Done)
}
