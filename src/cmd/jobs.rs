//! How many threads a command works with.

use anyhow::{Context, Result};

#[derive(clap::Args)]
pub(crate) struct Jobs {
    /// How many files are worked on at once; as many as the machine has processors unless given.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

impl Jobs {
    /// Runs work with so many threads. What it yields does not depend on their number.
    pub(crate) fn run<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        let threads = self.jobs.unwrap_or(0);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.context("the threads to work with could not be started")?.install(work)
    }
}
