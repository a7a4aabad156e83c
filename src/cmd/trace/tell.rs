//! A figure and a reference as `lathe trace` prints them.

use std::{
    io::{self, Write},
    sync::Arc,
};

use anyhow::Result;
use lathe::{
    draft::sources::Cited,
    english,
    figure::{Figure, Source, Status},
    finding::{Finding, Severity},
    place,
    programme::Project,
};

use super::Trace;

/// More figures than these are listed and not traced.
const MOST: usize = 8;

impl Trace<'_> {
    pub(super) fn reference(&self, out: &mut impl Write, own: &Cited<'_>) -> io::Result<()> {
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

    pub(super) fn figures(&self, out: &mut impl Write, figures: &[&Figure]) -> Result<()> {
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
pub(super) fn words(figure: &Figure) -> Vec<&'static str> {
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
