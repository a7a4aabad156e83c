//! `lathe trace`: a figure down to its cells, or what a short reference of a document stands for.

mod tell;

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use anyhow::{Result, bail};
use jiff::{Zoned, civil::Date};
use lathe::{
    draft::{
        names,
        sources::{Cited, cited},
    },
    english,
    figure::Figure,
    finding::Finding,
    intake::Intake,
    picture::{Picture, Told},
    programme::{Programme, Project},
};
use tell::words;

use super::{
    Outcome,
    folder::Folder,
    line::{Asked, Line},
    named,
    progress::Progress,
};

/// A figure down to its cells: the councils it is made of, and file, sheet, cell, version and value of each part.
///
/// KEY is a name of figures.json, such as revenue.gross_controllable; the same with what sets it apart, as a template
/// has it: revenue.gross_controllable THA 2007/08; or the references of a draft as they are printed: R1, or
/// "R1, R2 and B1".
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    /// Of this project, by code or title.
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// Of this council alone; else of all together.
    #[arg(long, value_name = "COUNCIL")]
    council: Option<String>,
    /// Of this year, 2008/09; else of the base year.
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// A family, function, contract, bucket or risk.
    #[arg(long, value_name = "ITEM")]
    item: Option<String>,
    /// A basis, case or reading of income, such as population, low or pooled; several with commas.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    case: Vec<String>,
    /// Of this set of councils, such as without-SHE.
    #[arg(long, value_name = "NAME", default_value = "all")]
    scenario: String,
    #[command(flatten)]
    folder: Folder,
    /// The day the figures are for, 2009-03-01; today unless given.
    #[arg(long, value_name = "DATE")]
    as_at: Option<Date>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let as_at = args.as_at.unwrap_or_else(|| Zoned::now().date());
    let asked = Asked { dir: args.folder.path(), as_at, projects: &[], without: &[] };
    let line = Line::read(&asked, &Progress::new(3, true))?;
    let Line { programme, intake, findings, picture, .. } = &line;
    let project = project(programme, args.project.as_deref())?;
    let trace = Trace { told: &line.told(), project, programme, intake, findings, picture };
    let mut out = io::stdout().lock();
    let references = references(&args.keys);
    let words = args.keys.iter().flat_map(|key| key.split_whitespace());
    let words: Vec<&str> = words.filter(|word| !["{{", "}}"].contains(word)).collect();
    match (&words[..], references.is_empty()) {
        (_, false) => trace.references(&mut out, &references)?,
        ([key], true) => trace.figures(&mut out, &trace.asked(args, key)?)?,
        (words, true) => trace.figures(&mut out, &[trace.meant(args, words)?])?,
    }
    Ok(Outcome::Done)
}

/// The references that the words are made of, in capitals; none where anything else is among them.
fn references(keys: &[String]) -> Vec<String> {
    let words = keys.iter().flat_map(|key| key.split([' ', ',', ';', '\u{a0}']));
    let words = words.filter(|word| !word.is_empty() && *word != "and");
    let reference = |word: &str| {
        let (letter, number) = word.split_at_checked(1)?;
        let of_ours = ["r", "p", "b"].contains(&&*letter.to_ascii_lowercase());
        let counts = number.parse::<u32>().is_ok();
        (of_ours && counts).then(|| word.to_ascii_uppercase())
    };
    words.map(reference).collect::<Option<Vec<String>>>().unwrap_or_default()
}

/// The project named, or the only one.
fn project<'a>(programme: &'a Programme, name: Option<&str>) -> Result<&'a Project> {
    match (name, &programme.projects[..]) {
        (Some(name), _) => named::subject(programme, name),
        (None, [only]) => Ok(only),
        (None, projects) => {
            let codes: Vec<&str> = projects.iter().map(|own| &*own.code).collect();
            bail!("name the project with --project: {}", english::list(&codes))
        }
    }
}

struct Trace<'a> {
    told: &'a Told<'a>,
    programme: &'a Programme,
    project: &'a Project,
    intake: &'a Intake,
    findings: &'a [Finding],
    picture: &'a Picture,
}

impl<'a> Trace<'a> {
    /// What short references of a draft stand for.
    fn references(&self, out: &mut impl Write, references: &[String]) -> Result<()> {
        let all = cited(self.intake, self.picture, self.project);
        let known: Vec<&str> = all.iter().map(|own| &*own.reference).collect();
        let of = |reference: &String| match all.iter().find(|own| own.reference == *reference) {
            Some(own) => Ok(own),
            None if known.is_empty() => {
                bail!("no draft of {} has references yet", self.project.title)
            }
            None => bail!(
                "no draft of {} has a reference {reference}; there are {}",
                self.project.title,
                english::list(&known)
            ),
        };
        let found: Vec<&Cited<'_>> = references.iter().map(of).collect::<Result<_>>()?;
        for (index, own) in found.into_iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            self.reference(out, own)?;
        }
        Ok(())
    }

    /// The figure that words mean in a template of the project. What the arguments add is as if it stood behind them.
    fn meant(&self, args: &Args, words: &[&str]) -> Result<&'a Figure> {
        let council =
            args.council.as_deref().map(|name| named::council(self.programme, name)).transpose()?;
        let mut all = words.to_vec();
        all.extend(council.map(|own| &*own.code));
        all.extend(args.year.as_deref());
        all.extend(args.case.iter().map(String::as_str));
        all.extend((args.scenario != "all").then_some(&*args.scenario));
        all.extend(args.item.iter().flat_map(|item| item.split_whitespace()));
        match names::figure(self.told, self.project, &all) {
            Ok(Some(figure)) => Ok(figure),
            Ok(None) => bail!("{} has no figure {}", self.project.title, all.join(" ")),
            Err(Some(why)) => bail!("{why}"),
            Err(None) if words.iter().any(|word| !references(&[(*word).to_owned()]).is_empty()) => {
                bail!("name one figure, or the references of a draft, such as R1, R2 and B1")
            }
            Err(None) => {
                let own = self.picture.figures.iter();
                let own = own.filter(|own| own.project.as_ref() == Some(&self.project.code));
                let key = words.first().copied().unwrap_or_default();
                bail!("{}", no_key(key, &own.collect::<Vec<_>>()))
            }
        }
    }

    /// The figures that the arguments name.
    fn asked(&self, args: &Args, key: &str) -> Result<Vec<&'a Figure>> {
        let council =
            args.council.as_deref().map(|name| named::council(self.programme, name)).transpose()?;
        let all = self.picture.figures.iter();
        let own: Vec<&Figure> =
            all.filter(|own| own.project.as_ref() == Some(&self.project.code)).collect();
        let of_key: Vec<&Figure> =
            own.iter().copied().filter(|figure| figure.key == *key).collect();
        if of_key.is_empty() {
            bail!("{}", no_key(key, &own));
        }
        let mut found = of_key.clone();
        found.retain(|figure| *figure.scenario == *args.scenario);
        if found.is_empty() {
            bail!(
                "{} has no figure for {}; {}",
                key,
                args.scenario,
                choices(&of_key, |own| Some(&own.scenario))
            );
        }
        if let Some(item) = &args.item {
            let items = found.clone();
            found.retain(|own| own.item.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(item)));
            if found.is_empty() {
                bail!("{} has no item {item}; {}", key, choices(&items, |own| own.item.as_deref()));
            }
        } else if found.iter().any(|own| own.item.is_none()) {
            found.retain(|own| own.item.is_none());
        }
        if let Some(year) = &args.year {
            let years = found.clone();
            found.retain(|own| own.year.as_deref() == Some(year));
            if found.is_empty() {
                bail!("{} has no year {year}; {}", key, choices(&years, |own| own.year.as_deref()));
            }
        } else if found.iter().any(|own| own.column == Some("y0_budget")) {
            found.retain(|own| own.column == Some("y0_budget"));
        }
        let cases = found.clone();
        found.retain(|own| args.case.iter().all(|case| words(own).contains(&&**case)));
        if found.is_empty() {
            let named = args.case.join(", ");
            let known: BTreeSet<&str> = cases.iter().flat_map(|own| words(own)).collect();
            let known: Vec<&str> = known.into_iter().collect();
            bail!("{} has no case {named}; it has {}", key, english::list(&known));
        }
        let wanted = council.map(|own| &own.code);
        // Of contracts and other things of one council there is no figure of all together.
        if wanted.is_some() || found.iter().any(|own| own.council.is_none()) {
            found.retain(|own| own.council.as_ref() == wanted);
        }
        if found.is_empty() {
            bail!("{} has no figure of {}", key, args.council.as_deref().unwrap_or("all together"));
        }
        Ok(found)
    }
}

fn no_key(key: &str, figures: &[&Figure]) -> String {
    match named::like(key, figures.iter().map(|figure| &*figure.key)).first() {
        Some(near) => format!("there is no figure {key}. Did you mean {near}?"),
        None => {
            format!("there is no figure {key}; the sheet Figures of working.xlsx lists them all")
        }
    }
}

/// "it has 2007/08 and 2008/09".
fn choices<'a>(figures: &[&'a Figure], of: impl Fn(&'a Figure) -> Option<&'a str>) -> String {
    let mut known: Vec<&str> = vec![];
    for choice in figures.iter().copied().filter_map(of) {
        if !known.contains(&choice) {
            known.push(choice);
        }
    }
    if known.is_empty() {
        String::from("it has none")
    } else {
        format!("it has {}", english::list(&known))
    }
}
