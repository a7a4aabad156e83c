//! `lathe __survey`: what becomes of every file of a folder, how long it takes and how much memory.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Instant,
};

use anyhow::Context;
use lathe::{
    english,
    init::STARTER,
    intake::{Intake, Why},
    programme::Programme,
    read,
    word::{self, Data, Unready},
};
use walkdir::WalkDir;

use super::{Outcome, memory::Watch, reader::with_helper};

#[derive(clap::Args)]
pub(crate) struct Args {
    dir: PathBuf,
    /// The path is a file, looked at by itself, and what became of it is printed.
    #[arg(long)]
    one: bool,
}

/// Ends with 1 when a process that read a file did not live to tell, or a document was changed by nothing.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.one {
        return one(&args.dir);
    }
    let lathe = env::current_exe()?;
    let mut out = io::stdout().lock();
    let (mut outcomes, mut slowest, mut largest) = (BTreeMap::<String, usize>::new(), 0, 0);
    for entry in WalkDir::new(&args.dir).sort_by_file_name() {
        let path = entry?.into_path();
        if !path.is_file() {
            continue;
        }
        let start = Instant::now();
        let child = Command::new(&lathe).args(["__survey", "--one"]).arg(&path).output()?;
        let time = start.elapsed().as_millis();
        let text = String::from_utf8_lossy(&child.stdout);
        let mut parts = text.trim_end().splitn(3, '\t');
        let (outcome, peak, sentence) = match (parts.next(), parts.next(), parts.next()) {
            (Some(outcome), Some(peak), Some(sentence)) => (outcome, peak.parse()?, sentence),
            _ => ("died", 0, "the process that read it did not live to tell"),
        };
        let name = path.strip_prefix(&args.dir).unwrap_or(&path).display();
        writeln!(out, "{outcome:<8} {time:>6} ms {peak:>5} MB  {name}: {sentence}")?;
        *outcomes.entry(outcome.to_owned()).or_default() += 1;
        (slowest, largest) = (slowest.max(time), largest.max(peak));
    }
    let counts: Vec<String> =
        outcomes.iter().map(|(outcome, count)| format!("{count} {outcome}")).collect();
    writeln!(out, "\n{}; at most {slowest} ms and {largest} MB", counts.join(", "))?;
    let bad = ["died", "changed"].iter().any(|outcome| outcomes.contains_key(*outcome));
    Ok(if bad { Outcome::Wrong } else { Outcome::Done })
}

fn one(path: &Path) -> anyhow::Result<Outcome> {
    let lower = path.to_string_lossy().to_lowercase();
    if [".docx", ".docm", ".dotx"].iter().any(|ending| lower.ends_with(ending)) {
        let memory = Watch::start();
        let (outcome, sentence) = document(&fs::read(path)?);
        let peak = memory.most().div_ceil(1 << 20);
        writeln!(io::stdout(), "{outcome}\t{peak}\t{sentence}")?;
        return Ok(Outcome::Done);
    }
    let programme = with_helper(Programme::parse(STARTER, "programme.toml")?);
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let memory = Watch::start();
    let (intake, holds) = read::survey(Arc::from(name), bytes, &programme);
    let (outcome, mut sentence) = became(&intake);
    if outcome == "read" {
        let [sheets, cells] = holds.map(|count| english::thousands(&count.to_string()));
        sentence.push_str(&format!("; sheets {sheets}, filled cells {cells}"));
    }
    let peak = memory.most().max(read::most_memory()).div_ceil(1 << 20);
    writeln!(io::stdout(), "{outcome}\t{peak}\t{sentence}")?;
    Ok(Outcome::Done)
}

/// A Word document filled with nothing must come out byte for byte.
fn document(bytes: &[u8]) -> (&'static str, String) {
    match word::fill(bytes, &Data::default()) {
        Err(refusal) => ("refused", refusal.to_string()),
        Ok(filled) if filled.bytes != bytes => {
            ("changed", String::from("a fill with nothing changed it"))
        }
        Ok(_) => match word::finish(bytes, &|_, _| None) {
            Ok(_) => ("same", String::from("and a clean copy can be made")),
            Err(Unready::Refused(refusal)) => ("same", format!("no clean copy: {refusal}")),
            Err(Unready::Places(places)) => {
                ("same", format!("{} in the way of a clean copy", places.len()))
            }
        },
    }
}

fn became(intake: &Intake) -> (&'static str, String) {
    match intake.set_aside.first().map(|file| &file.why) {
        None => ("read", String::from("a form of ours")),
        Some(Why::UnknownForm(form)) if form.is_empty() => {
            ("read", String::from("no form of ours"))
        }
        Some(Why::UnknownForm(form)) => ("read", format!("no form of this round: {form}")),
        Some(Why::Misissued { says, .. }) => ("read", format!("a form of another council: {says}")),
        Some(Why::Unversioned { .. }) => ("read", String::from("a part of no known version")),
        Some(Why::Unopened(reason)) => ("refused", reason.clone()),
        Some(Why::PassedOver(reason)) => ("passed", reason.clone()),
        Some(Why::Attachment) => ("listed", String::from("an attachment")),
        Some(Why::Archive) => ("refused", String::from("a message or an archive")),
        Some(Why::Unmatched(file)) => ("refused", format!("no file for the mapping {file}")),
        Some(Why::Unfinished { .. } | Why::Waiting(_)) => {
            ("refused", String::from("its mapping is not finished"))
        }
    }
}
