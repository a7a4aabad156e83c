//! The commands. Only these print and read the clock.

mod check;
mod colour;
mod completions;
mod dictionary;
mod documents;
mod drafts;
mod export;
mod figures;
mod final_copy;
mod folder;
mod init;
mod issue;
mod jobs;
mod line;
mod map;
mod memory;
mod named;
mod progress;
mod reader;
mod refresh;
mod rules;
mod run;
mod summary;
mod survey;
mod template;
mod trace;

use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Command {
    Init(init::Args),
    Issue(issue::Args),
    Run(run::Args),
    Refresh(refresh::Args),
    Final(final_copy::Args),
    Check(check::Args),
    Map(map::Args),
    Rules(rules::Args),
    Dictionary(dictionary::Args),
    Template(template::Args),
    Figures(figures::Args),
    Trace(trace::Args),
    Export(export::Args),
    Completions(completions::Args),
    #[command(name = "__read", hide = true)]
    Read(reader::Args),
    #[command(name = "__survey", hide = true)]
    Survey(survey::Args),
}

/// How a command ended, when it could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    /// There are errors in what came back.
    Wrong,
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        match self {
            Command::Init(args) => init::run(&args),
            Command::Issue(args) => issue::run(&args),
            Command::Run(args) => run::run(&args),
            Command::Refresh(args) => refresh::run(&args),
            Command::Final(args) => final_copy::run(&args),
            Command::Check(args) => check::run(&args),
            Command::Map(args) => map::run(&args),
            Command::Rules(args) => rules::run(&args),
            Command::Dictionary(args) => dictionary::run(&args),
            Command::Template(args) => template::run(&args),
            Command::Figures(args) => figures::run(&args),
            Command::Trace(args) => trace::run(&args),
            Command::Export(args) => export::run(&args),
            Command::Completions(args) => completions::run(&args),
            Command::Read(args) => reader::run(&args),
            Command::Survey(args) => survey::run(&args),
        }
    }
}

impl From<Outcome> for u8 {
    fn from(outcome: Outcome) -> u8 {
        match outcome {
            Outcome::Done => 0,
            Outcome::Wrong => 1,
        }
    }
}
