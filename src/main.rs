//! The binary: arguments in, exit code out.

mod cmd;

use std::{alloc::System, io, process::ExitCode};

use cap::Cap;
use clap::Parser;

/// Without a limit, save in the child that reads what may swell.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Consolidates councils' data-collection workbooks into shared-service business cases.
#[derive(Parser)]
#[command(version, about, arg_required_else_help = true)]
struct Args {
    #[command(subcommand)]
    command: cmd::Command,
}

#[expect(
    clippy::print_stderr,
    reason = "an error that stops the tool is told here and nowhere else"
)]
fn main() -> ExitCode {
    match Args::parse().command.run() {
        Ok(outcome) => ExitCode::from(u8::from(outcome)),
        // Whoever reads what is printed has read enough.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lathe: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
