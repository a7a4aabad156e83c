//! `lathe init`: a new programme folder.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use lathe::init;

use super::{Outcome, summary::quoted};

/// Makes a new programme folder.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder that is empty or not yet there.
    dir: PathBuf,

    /// Fill it with the East Kent sample: four councils' returns for ten projects.
    #[arg(long)]
    sample: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    init::create(&args.dir, args.sample)?;
    let mut out = io::stdout().lock();
    // As it has to be typed in a command.
    let dir = quoted(&args.dir);
    if args.sample {
        writeln!(out, "The East Kent sample is in {dir}. To read it and write its drafts:")?;
        writeln!(out, "  lathe run {dir} --as-at 2009-03-01")?;
    } else {
        writeln!(out, "A new programme is in {dir}. Next:")?;
        writeln!(out, "  1. Put your councils and projects into programme.toml.")?;
        writeln!(out, "  2. lathe issue {dir}")?;
    }
    Ok(Outcome::Done)
}
