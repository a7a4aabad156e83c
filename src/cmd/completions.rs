//! `lathe completions`: what a shell needs to complete commands and options.

use std::io;

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::Outcome;
use crate::Args as Lathe;

/// Prints what bash, zsh, fish, elvish or PowerShell needs to complete lathe's commands.
#[derive(clap::Args)]
pub(crate) struct Args {
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> Outcome {
    generate(args.shell, &mut Lathe::command(), "lathe", &mut io::stdout());
    Outcome::Done
}
