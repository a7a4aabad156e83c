//! `lathe check`: reads and checks returns, prints what is wrong with them, writes nothing.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::PathBuf,
};

use clap::ValueEnum;
use jiff::{Zoned, civil::Date};
use lathe::{
    check, english,
    finding::{Finding, Severity, findings_json},
    intake::{Intake, Why},
    programme::Programme,
    read,
};

use super::{Outcome, colour::Paint, folder::Folder, reader::with_helper};

/// Reads and checks returns and prints what is wrong with them. Writes nothing.
///
/// Ends with 0 when nothing is wrong, with 1 when there are errors, with 2 when it could not check.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only these files; without any, all that lies in returns/. Or the programme's folder.
    files: Vec<PathBuf>,
    #[command(flatten)]
    folder: Folder,
    /// The day of the check, 2009-03-01; today unless given.
    #[arg(long, value_name = "DATE")]
    as_at: Option<Date>,
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// The rule on structure charts that have not come.
const NO_CHART: &str = "STF-014";

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    // A programme's folder may be named as run and issue have it.
    let (dir, files) = match &args.files[..] {
        [only] if only.join("programme.toml").is_file() => (&**only, &[][..]),
        files => (args.folder.path(), files),
    };
    let programme = with_helper(Programme::load(dir)?);
    let as_at = args.as_at.unwrap_or_else(|| Zoned::now().date());
    let mut intake = read::folder(dir, &programme, files)?;
    let mut findings = check::check(&mut intake, &programme, as_at);
    if !files.is_empty() {
        // What is missing from the folder cannot be told by some of its files; a structure chart lies beside them.
        let told = |own: &Finding| own.place.file.is_some() && own.rule.code != NO_CHART;
        findings.retain(told);
    }
    let mut out = io::stdout().lock();
    match args.format {
        Format::Json => out.write_all(&findings_json(&findings, None))?,
        Format::Human => {
            human(&mut out, &findings, &intake, &programme)?;
            if files.is_empty() {
                outstanding(&mut out, &intake, &programme)?;
            }
            writeln!(out, "{}", closing(&findings, &intake))?;
        }
    }
    let errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if errors { Outcome::Wrong } else { Outcome::Done })
}

fn human(
    out: &mut impl Write,
    findings: &[Finding],
    intake: &Intake,
    programme: &Programme,
) -> io::Result<()> {
    let paint = Paint::of_stdout();
    let mut file = None;
    for finding in findings {
        if file != Some(&finding.place.file) {
            file = Some(&finding.place.file);
            let named = finding.place.file.as_deref().unwrap_or("Not in any file");
            let whose = whose(finding, programme);
            writeln!(out, "{}{whose}", paint.bold(named))?;
        }
        let Finding { rule, severity, place, message, fix, .. } = finding;
        let severity = paint.severity(*severity);
        let line = format!("  {severity} {}  {}", rule.code, place.within());
        writeln!(out, "{}", line.trim_end())?;
        writeln!(out, "    {message}")?;
        writeln!(out, "    {fix}\n")?;
    }
    for line in intake.passed_over() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The returns that have not come: "H: Shepway and Thanet not yet returned", and in one line the projects of which there
/// is none.
fn outstanding(out: &mut impl Write, intake: &Intake, programme: &Programme) -> io::Result<()> {
    let mut none = vec![];
    for (code, councils) in intake.outstanding(programme) {
        let expected = programme.project(code).map_or(0, |own| own.expected().count());
        if councils.len() == expected {
            none.push(&**code);
            continue;
        }
        let names: Vec<&str> = councils.iter().map(|code| programme.name(code)).collect();
        writeln!(out, "{code}: {} not yet returned", english::list(&names))?;
    }
    if !none.is_empty() {
        writeln!(out, "{}: no return yet", english::list(&none))?;
    }
    Ok(())
}

/// " (Thanet, project H)".
fn whose(finding: &Finding, programme: &Programme) -> String {
    let council = finding.council.as_deref().map(|code| programme.name(code).to_owned());
    let project = finding.project.as_deref().map(|code| format!("project {code}"));
    let parts: Vec<String> = council.into_iter().chain(project).collect();
    if parts.is_empty() || finding.place.file.is_none() {
        return String::new();
    }
    format!("  {}", parts.join(", "))
}

/// "3 errors, 2 warnings and 1 note in 4 of 53 files."
fn closing(findings: &[Finding], intake: &Intake) -> String {
    let read: BTreeSet<&str> = intake
        .returns
        .iter()
        .flat_map(|ret| ret.superseded.iter().chain([ret]))
        .flat_map(|ret| &ret.files)
        .map(|file| &*file.path)
        .chain(
            intake
                .set_aside
                .iter()
                .filter(|file| !matches!(file.why, Why::Attachment | Why::PassedOver(_)))
                .map(|file| &*file.path),
        )
        .collect();
    let files = |count| counted(count, "file", "files");
    if findings.is_empty() {
        return format!("Nothing is wrong in {}.", files(read.len()));
    }
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts: Vec<String> = [
        (of(Severity::Error), "error", "errors"),
        (of(Severity::Warning), "warning", "warnings"),
        (of(Severity::Note), "note", "notes"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, more)| counted(count, one, more))
    .collect();
    let concerned: BTreeSet<&str> =
        findings.iter().filter_map(|finding| finding.place.file.as_deref()).collect();
    let of = match concerned.len() {
        0 => String::new(),
        some => format!("{some} of "),
    };
    format!("{} in {of}{}.", english::list(&counts), files(read.len()))
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}
