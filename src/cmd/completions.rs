//! `lathe completions`: what a shell needs to complete commands and options.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::Outcome;
use crate::Args as Lathe;

/// Prints what bash, zsh, fish, elvish or PowerShell needs to complete lathe's commands.
#[derive(clap::Args)]
pub(crate) struct Args {
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    // Into memory first, because the library panics where it cannot write.
    let mut script = vec![];
    generate(args.shell, &mut Lathe::command(), "lathe", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}
