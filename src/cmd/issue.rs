//! `lathe issue`: the blank forms.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use lathe::{
    english,
    issue::{self, Issue},
    programme::{Code, Programme},
    read,
};
use rayon::prelude::*;

use super::{Outcome, folder::NamedFolder, named};

/// Writes the blank forms to the folder forms: council profiles, council returns and project briefs. A form there that
/// somebody has written in is left as it is; one that is still blank, of this round or an earlier one, is replaced.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    folder: NamedFolder,
    /// Only the returns and briefs of these projects.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    project: Vec<String>,
    /// Only the profiles and returns of these councils, by code or name.
    #[arg(long, value_name = "COUNCIL", value_delimiter = ',')]
    council: Vec<String>,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let programme = Programme::load(args.folder.path())?;
    let projects = named::projects(&programme, &args.project)?;
    let councils = named::councils(&programme, &args.council)?;
    let mut issues = issue::issues(&programme);
    issues.retain(|issue| {
        wanted(&projects, issue.project.map(|project| &project.code))
            && wanted(&councils, issue.council.map(|council| &council.code))
    });
    let folder = args.folder.path().join("forms");
    let (kept, issues): (Vec<Issue<'_>>, Vec<Issue<'_>>) = issues
        .into_par_iter()
        .partition(|issue| holds_work(issue, &folder.join(issue.file_name()), &programme));
    issue::write_all(&issues, &programme, args.folder.path())?;
    let count = |word: &str| issues.iter().filter(|issue| issue.workbook.word == word).count();
    writeln!(
        io::stdout(),
        "{} written to {}: {}, {}, {}.",
        english::some(issues.len(), "form"),
        folder.display(),
        english::some(count("profile"), "council profile"),
        english::some(count("return"), "council return"),
        english::some(count("brief"), "project brief"),
    )?;
    if !kept.is_empty() {
        let names: Vec<String> = kept.iter().map(Issue::file_name).collect();
        writeln!(
            io::stdout(),
            "Left as they are, because somebody has written in them, or it cannot be told that nobody has: {}. Move what \
             is to be kept to returns or elsewhere, and issue again.",
            english::list(&names)
        )?;
    }
    Ok(Outcome::Done)
}

/// Whether a file lies where a form is to be written and is none that was issued before and never written in.
fn holds_work(issue: &Issue<'_>, file: &Path, programme: &Programme) -> bool {
    match fs::read(file) {
        Ok(bytes) => !read::is_as_issued(&bytes, issue, programme),
        Err(_) => file.exists(),
    }
}

/// Nothing named means all of them; what has no such code is left out once any is named.
fn wanted(named: &[Code], code: Option<&Code>) -> bool {
    named.is_empty() || code.is_some_and(|code| named.contains(code))
}
