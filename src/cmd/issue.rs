//! `lathe issue`: the blank forms.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use lathe::{
    issue,
    programme::{Code, Programme},
};

use super::{Outcome, named};

/// Writes the blank forms to the folder forms: council profiles, council returns and project briefs.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the programme.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Only the returns and briefs of these projects.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    project: Vec<String>,
    /// Only the profiles and returns of these councils, by code or name.
    #[arg(long, value_name = "COUNCIL", value_delimiter = ',')]
    council: Vec<String>,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let programme = Programme::load(&args.dir)?;
    let projects = named::projects(&programme, &args.project)?;
    let councils = named::councils(&programme, &args.council)?;
    let mut issues = issue::issues(&programme);
    issues.retain(|issue| {
        wanted(&projects, issue.project.map(|project| &project.code))
            && wanted(&councils, issue.council.map(|council| &council.code))
    });
    issue::write_all(&issues, &programme, &args.dir)?;
    let count = |word: &str| issues.iter().filter(|issue| issue.workbook.word == word).count();
    writeln!(
        io::stdout(),
        "{} forms written to {}: {} council profiles, {} council returns, {} project briefs.",
        issues.len(),
        args.dir.join("forms").display(),
        count("profile"),
        count("return"),
        count("brief"),
    )?;
    Ok(Outcome::Done)
}

/// Nothing named means all of them; what has no such code is left out once any is named.
fn wanted(named: &[Code], code: Option<&Code>) -> bool {
    named.is_empty() || code.is_some_and(|code| named.contains(code))
}
