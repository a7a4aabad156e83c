//! `lathe template`: the Word templates of the drafts.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};
use clap::Subcommand;
use lathe::draft::{Kind, template};

use super::Outcome;

/// The Word templates of the drafts.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Build the built-in templates, one for each kind of document.
    Build {
        /// The folder to write them to.
        #[arg(default_value = "templates")]
        folder: PathBuf,
        /// Replace files that are there already and differ.
        #[arg(long)]
        replace: bool,
    },
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let Action::Build { folder, replace } = &args.action;
    let mut built = vec![];
    for kind in Kind::ALL {
        let file = folder.join(kind.file_name());
        let bytes = template::of(kind)?;
        match fs::read(&file) {
            Ok(there) if there != bytes && !replace => bail!(
                "{} is there already and differs; name another folder, or say --replace",
                file.display()
            ),
            _ => built.push((file, bytes)),
        }
    }
    for (file, bytes) in built {
        fs::write(&file, bytes).with_context(|| format!("could not write {}", file.display()))?;
    }
    Ok(Outcome::Done)
}
