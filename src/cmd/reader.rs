//! `lathe __read`: the child that reads one workbook of a kind whose readers can be brought down.

use std::io;

use lathe::{programme::Programme, read};

use super::{Outcome, memory::Watch};
use crate::MEMORY;

#[derive(clap::Args)]
pub(crate) struct Args {
    sort: String,
    limits: String,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let cap = |limits: &lathe::programme::Limits| {
        // Where more is in use already nothing can be read at all, and the first attempt says so.
        let _ = MEMORY.set_limit((limits.memory_mb as usize).saturating_mul(1 << 20));
    };
    let memory = Watch::start();
    let output = io::BufWriter::new(io::stdout().lock());
    read::serve(&args.sort, &args.limits, cap, || memory.most(), io::stdin().lock(), output)?;
    Ok(Outcome::Done)
}

/// Has .xls, .xlsb and .ods read in a child of this executable. Where it cannot be found they are read here.
pub(crate) fn with_helper(mut programme: Programme) -> Programme {
    programme.limits.helper = std::env::current_exe().ok().map(Into::into);
    programme
}
