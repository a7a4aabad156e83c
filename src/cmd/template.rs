//! `lathe template`: the Word templates of the drafts.

use std::{fs, path::PathBuf};

use anyhow::Context;
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
    },
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let Action::Build { file } = &args.action;
    let bytes = template::business_case()?;
    fs::write(file, bytes).with_context(|| format!("could not write {}", file.display()))?;
    Ok(Outcome::Done)
}
