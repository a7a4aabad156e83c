//! How far a command is: a bar on a terminal, plain lines in a log, nothing when told to be quiet.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

pub(crate) enum Progress {
    Bar(ProgressBar),
    Lines,
    Quiet,
}

impl Progress {
    /// Progress over so many steps.
    pub(crate) fn new(steps: u64, quiet: bool) -> Progress {
        if quiet {
            return Progress::Quiet;
        }
        if !stderr().is_terminal() {
            return Progress::Lines;
        }
        let bar = ProgressBar::new(steps);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {msg}") {
            bar.set_style(style);
        }
        Progress::Bar(bar)
    }

    /// A step begins.
    #[expect(clippy::print_stderr, reason = "a log has a line for each step")]
    pub(crate) fn step(&self, what: &str) {
        match self {
            Progress::Bar(bar) => {
                bar.set_message(what.to_owned());
                bar.inc(1);
            }
            Progress::Lines => eprintln!("{what}"),
            Progress::Quiet => (),
        }
    }

    /// Something to know of, which ends nothing.
    #[expect(clippy::print_stderr, reason = "a log has a line for it")]
    pub(crate) fn note(&self, what: &str) {
        match self {
            Progress::Bar(bar) => bar.println(what),
            Progress::Lines => eprintln!("{what}"),
            Progress::Quiet => (),
        }
    }

    pub(crate) fn done(&self) {
        if let Progress::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
