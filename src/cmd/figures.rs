//! `lathe figures`: every name that a template may use.

use std::io::{self, Write};

use anyhow::{Result, bail};
use clap::builder::PossibleValuesParser;
use jiff::{Zoned, civil::Date};
use lathe::{
    draft::{
        Kind,
        names::{Listed, listed},
    },
    english,
};

use super::{
    Outcome,
    folder::Folder,
    line::{Asked, Line},
    named,
    progress::Progress,
    run::day,
    template::kind,
};

/// Lists every name that a template may use, with what it means, its unit and what it is in one project.
///
/// A name of a figure alone is that of all councils together in the base year; what can be put behind it stands in
/// brackets.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only names that hold this, such as revenue.
    name: Option<String>,
    /// The project whose figures are shown, by code or title; the first unless given.
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// The kind of document whose own names are listed.
    #[arg(long, value_name = "KIND", value_parser = kept())]
    kind: Option<String>,
    #[command(flatten)]
    folder: Folder,
    /// The day the figures are for, 2009-03-01; today unless given.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_at: Option<Date>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let as_at = args.as_at.unwrap_or_else(|| Zoned::now().date());
    let asked = Asked { dir: args.folder.path(), as_at, projects: &[], without: &[] };
    let line = Line::read(&asked, &Progress::new(3, true))?;
    let project = match &args.project {
        Some(name) => named::subject(&line.programme, name)?,
        None => match line.programme.projects.first() {
            Some(first) => first,
            None => bail!("programme.toml has no project"),
        },
    };
    let kind = args.kind.as_deref().and_then(kind).unwrap_or(Kind::BusinessCase);
    let told = line.told();
    let (own, figures) = listed(&told, project, kind);
    let wanted = args.name.as_deref().unwrap_or_default().to_lowercase();
    let holds = |own: &&Listed| own.name.contains(&wanted);
    let parts = [
        (
            format!("Figures, in any document; examples from {} ({})", project.title, project.code),
            &figures,
        ),
        (format!("Other names of a {}", kind.title()), &own),
    ];
    let held = parts.map(|(title, all)| (title, all.iter().filter(holds).collect::<Vec<_>>()));
    let mut held = held.into_iter().filter(|(_, all)| !all.is_empty()).peekable();
    if held.peek().is_none() {
        let names = figures.iter().chain(&own).map(|own| &*own.name);
        match named::like(&wanted, names).as_slice() {
            [] => bail!("nothing is called {wanted}. `lathe figures` lists all names"),
            near => bail!("nothing is called {wanted}. Most like it: {}", english::list(near)),
        }
    }
    let mut out = io::stdout().lock();
    for (index, (title, all)) in held.enumerate() {
        writeln!(out, "{}{title}\n", if index == 0 { "" } else { "\n" })?;
        list(&mut out, &all)?;
    }
    Ok(Outcome::Done)
}

/// The kinds of documents that are of one project.
fn kept() -> PossibleValuesParser {
    PossibleValuesParser::new(Kind::KEPT.map(Kind::word))
}

/// How much of a long example is shown.
const SHOWN: usize = 40;

fn list(out: &mut impl Write, names: &[&Listed]) -> io::Result<()> {
    let width = |of: fn(&Listed) -> String| {
        names.iter().map(|own| of(own).chars().count()).max().unwrap_or(0)
    };
    let braced = |own: &Listed| format!("{{{{ {} }}}}", own.name);
    let (names_width, means) = (width(braced), width(|own| own.means.clone()).min(50));
    let units = width(|own| own.unit.clone());
    for own in names {
        let Listed { means: meaning, unit, example, apart, .. } = own;
        let line = example.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut shown: String = line.chars().take(SHOWN).collect();
        if shown != line {
            shown.push('…');
        }
        let apart = match apart.is_empty() {
            true => String::new(),
            false => format!("  [{}]", apart.join(", ")),
        };
        let name = braced(own);
        let line = format!("{name:names_width$}  {meaning:means$}  {unit:units$}  {shown}{apart}");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
