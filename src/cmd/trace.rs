//! `lathe trace`: a figure down to its cells, or what a short reference of a document stands for.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    sync::Arc,
};

use anyhow::{Result, bail};
use jiff::{Zoned, civil::Date};
use lathe::{
    check,
    consolidate::consolidate,
    draft::sources::{Cited, cited},
    english,
    figure::{Figure, Source, Status},
    finding::{Finding, Severity},
    intake::Intake,
    picture::Picture,
    place,
    programme::{Programme, Project},
    read,
};

use super::{Outcome, named, place::Folder, reader::with_helper};

/// More figures than these are listed and not traced.
const MOST: usize = 8;

/// A figure down to its cells: the councils it is made of, and file, sheet, cell, version and value of each part.
///
/// KEY is a name of figures.json, such as revenue.gross_controllable, or the references of a draft as they are printed:
/// R1, or "R1, R2 and B1".
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
    let programme = with_helper(Programme::load(args.folder.path())?);
    let project = project(&programme, args.project.as_deref())?;
    let as_at = args.as_at.unwrap_or_else(|| Zoned::now().date());
    let mut intake = read::folder(args.folder.path(), &programme, &[])?;
    let findings = check::check(&mut intake, &programme, as_at);
    let reference = programme.reference_date.unwrap_or(as_at);
    let picture = consolidate(&intake, &findings, &programme, reference);
    let trace = Trace {
        programme: &programme,
        project,
        intake: &intake,
        findings: &findings,
        picture: &picture,
    };
    let mut out = io::stdout().lock();
    let references = references(&args.keys);
    match (&args.keys[..], references.is_empty()) {
        (_, false) => trace.references(&mut out, &references)?,
        ([key], true) => trace.figures(&mut out, &trace.asked(args, key)?)?,
        _ => bail!("name one figure, or the references of a draft, such as R1, R2 and B1"),
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
        (Some(name), _) => named::project(programme, name),
        (None, [only]) => Ok(only),
        (None, projects) => {
            let codes: Vec<&str> = projects.iter().map(|own| &*own.code).collect();
            bail!("name the project with --project: {}", english::list(&codes))
        }
    }
}

struct Trace<'a> {
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

    fn reference(&self, out: &mut impl Write, own: &Cited<'_>) -> io::Result<()> {
        let Project { code, title, .. } = self.project;
        let Cited { reference, council, ret } = own;
        let what = match council {
            None => String::from("project brief"),
            Some(council) if ret.project.is_none() => {
                format!("{}, council profile", self.programme.name(council))
            }
            Some(council) => self.programme.name(council).to_owned(),
        };
        writeln!(
            out,
            "{reference}  {what}, {title} ({code}), version {}, {}",
            ret.version, ret.kind
        )?;
        let last = ret.files.len().saturating_sub(1);
        for (index, file) in ret.files.iter().enumerate() {
            writeln!(out, "{}{}  SHA-256 {}", branch(index == last), file.path, file.hash)?;
        }
        let rests = |figure: &&Figure| {
            let of = |source: &Arc<Source>| ret.files.iter().any(|file| file.path == source.file);
            figure.project.as_ref() == Some(code)
                && &*figure.scenario == "all"
                && figure.sources.iter().any(of)
        };
        let count = self.picture.figures.iter().filter(rests).count();
        let rest = if count == 1 { "rests" } else { "rest" };
        writeln!(out, "{} {rest} on it.", english::some(count, "figure"))
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

    fn figures(&self, out: &mut impl Write, figures: &[&Figure]) -> Result<()> {
        if figures.len() > MOST {
            for figure in figures {
                writeln!(out, "{}: {}", self.label(figure), value(figure))?;
            }
            writeln!(
                out,
                "Name one of them with --council, --item, --year or --case to see its cells."
            )?;
            return Ok(());
        }
        for (index, figure) in figures.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            self.tree(out, figure)?;
        }
        Ok(())
    }

    fn tree(&self, out: &mut impl Write, figure: &Figure) -> io::Result<()> {
        let status = match figure.status {
            Status::Complete => "complete",
            Status::Partial => "partial",
            Status::Blocked => "blocked",
        };
        writeln!(out, "{}", self.label(figure))?;
        writeln!(
            out,
            "{}  {status}{}",
            value(figure),
            if figure.public { "" } else { ", not public" }
        )?;
        let mut councils: Vec<&str> = figure.used.iter().map(|code| &**code).collect();
        for code in figure.missing.iter().chain(figure.reasons.keys()) {
            if !councils.contains(&&**code) {
                councils.push(code);
            }
        }
        let order =
            |code: &&str| self.programme.councils.iter().position(|own| *own.code == **code);
        councils.sort_by_key(|code| order(code).unwrap_or(usize::MAX));
        if figure.sources.iter().any(|source| source.council.is_empty()) {
            councils.push("");
        }
        let last = councils.len().saturating_sub(1);
        for (index, code) in councils.iter().enumerate() {
            self.part(out, figure, code, index == last)?;
        }
        if councils.is_empty() {
            writeln!(out, "{}It rests on no cell.", branch(true))?;
        }
        Ok(())
    }

    /// What one council brings to a figure: its own figure, then its cells.
    fn part(
        &self,
        out: &mut impl Write,
        figure: &Figure,
        code: &str,
        last: bool,
    ) -> io::Result<()> {
        let own = self
            .picture
            .figures
            .iter()
            .find(|own| own.council.as_deref() == Some(code) && named_alike(own, figure));
        let own = own.filter(|_| figure.council.is_none());
        let own = own.map(|own| own.reasons.get(code).cloned().unwrap_or_else(|| value(own)));
        let said = match (figure.reasons.get(code), own) {
            (Some(reason), _) => reason.clone(),
            (None, Some(own)) => own,
            (None, None) => String::new(),
        };
        let name = if code.is_empty() { "project brief" } else { self.programme.name(code) };
        writeln!(out, "{}", format!("{}{name}  {said}", branch(last)).trim_end())?;
        let sources: Vec<&Arc<Source>> =
            figure.sources.iter().filter(|own| &*own.council == code).collect();
        let stem = if last { "   " } else { "│  " };
        for (index, source) in sources.iter().enumerate() {
            let cells = format!("{}!{}", source.sheet, source.cell);
            let Source { file, version, value, .. } = &***source;
            let value = if value.is_empty() { "empty" } else { value };
            let rules = self.rules(source);
            writeln!(
                out,
                "{stem}{}{cells} = {value}  {file}, version {version}{rules}",
                branch(index + 1 == sources.len())
            )?;
        }
        Ok(())
    }

    /// The rules that speak of a cell.
    fn rules(&self, source: &Source) -> String {
        let cell = place::cell(source.first());
        let speaks = |finding: &&Finding| {
            let places = std::iter::once(&finding.place).chain(&finding.also);
            places.into_iter().any(|own| {
                own.cell.is_some()
                    && own.cell == cell
                    && own.file.as_ref() == Some(&source.file)
                    && own.sheet.as_ref() == Some(&source.sheet)
            })
        };
        let mut said: Vec<String> = self
            .findings
            .iter()
            .filter(speaks)
            .map(|finding| match finding.severity {
                Severity::Error => format!("not used ({})", finding.rule.code),
                Severity::Warning => format!("under query ({})", finding.rule.code),
                Severity::Note => format!("noted ({})", finding.rule.code),
            })
            .collect();
        said.dedup();
        if said.is_empty() { String::new() } else { format!(", {}", said.join(", ")) }
    }

    /// Everything that tells a figure from its like.
    fn label(&self, figure: &Figure) -> String {
        let council = figure
            .council
            .as_deref()
            .map_or("all councils together", |code| self.programme.name(code));
        let mut parts = vec![self.project.title.clone(), council.to_owned()];
        parts.extend(figure.year.clone());
        parts.extend(figure.item.clone());
        parts.extend(figure.option.map(|number| format!("option {number}")));
        parts.extend(words(figure).into_iter().map(str::to_owned));
        if &*figure.scenario != "all" {
            parts.push(figure.scenario.to_string());
        }
        format!("{}  {}", figure.key, parts.join(", "))
    }
}

/// The words of its basis, case and reading of income.
fn words(figure: &Figure) -> Vec<&'static str> {
    [figure.basis, figure.income, figure.case].into_iter().flatten().collect()
}

/// Whether two figures are the same but for their council.
fn named_alike(one: &Figure, other: &Figure) -> bool {
    let name = |own: &Figure| {
        (own.project.clone(), own.year.clone(), own.item.clone(), own.scenario.clone())
    };
    let case = |own: &Figure| (own.column, own.basis, own.income, own.option, own.case);
    one.key == other.key && name(one) == name(other) && case(one) == case(other)
}

fn value(figure: &Figure) -> String {
    let unit = figure.unit.word();
    match figure.text() {
        Some(text) if matches!(unit, "text" | "date" | "bool") => text,
        Some(text) => format!("{text} {unit}"),
        None => String::from("no value"),
    }
}

fn branch(last: bool) -> &'static str {
    if last { "└─ " } else { "├─ " }
}

fn no_key(key: &str, figures: &[&Figure]) -> String {
    let mut keys: Vec<&str> = figures.iter().map(|figure| &*figure.key).collect();
    keys.sort_unstable();
    keys.dedup();
    let likeness = |own: &&&str| strsim::damerau_levenshtein(own, key);
    match keys.iter().min_by_key(likeness).filter(|own| likeness(own) <= 3.max(key.len() / 3)) {
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
