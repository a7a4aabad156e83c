//! `lathe issue`: the blank forms.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use anyhow::bail;
use lathe::{
    english, issue,
    programme::{Code, Programme},
};

use super::Outcome;

/// Writes the blank forms to the folder forms: council profiles, council returns and project briefs.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the programme.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Only the returns and briefs of these projects.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    project: Vec<String>,
    /// Only the profiles and returns of these councils.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    council: Vec<String>,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let programme = Programme::load(&args.dir)?;
    known("project", &args.project, programme.projects.iter().map(|project| &project.code))?;
    known("council", &args.council, programme.councils.iter().map(|council| &council.code))?;
    let mut issues = issue::issues(&programme);
    issues.retain(|issue| {
        wanted(&args.project, issue.project.map(|project| &project.code))
            && wanted(&args.council, issue.council.map(|council| &council.code))
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
fn wanted(named: &[String], code: Option<&Code>) -> bool {
    named.is_empty()
        || code.is_some_and(|code| named.iter().any(|name| name.eq_ignore_ascii_case(code)))
}

fn known<'a>(
    what: &str,
    named: &[String],
    codes: impl Iterator<Item = &'a Code> + Clone,
) -> anyhow::Result<()> {
    for name in named {
        if !codes.clone().any(|code| name.eq_ignore_ascii_case(code)) {
            let codes: Vec<&Code> = codes.collect();
            bail!("There is no {what} {name} in programme.toml. It has {}.", english::list(&codes));
        }
    }
    Ok(())
}
