//! How many threads a command works with.

use anyhow::{Context, Result};

#[derive(clap::Args)]
pub(crate) struct Jobs {
    /// How many files are worked on at once, 1 to 256; as many as the machine has processors unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

impl Jobs {
    /// Runs work with so many threads. What it yields does not depend on their number.
    pub(crate) fn run<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        let threads = self.jobs.map_or(0, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.context("the threads to work with could not be started")?.install(work)
    }
}
