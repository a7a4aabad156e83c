//! A proposed mapping as a file: what is sure as it stands, guesses and gaps as notes for a person to finish.

use std::{collections::BTreeMap, fmt::Write, sync::Arc};

use super::{Grid, Match, Proposed, What};
use crate::{
    form::council_return::revenue,
    place::letters,
    programme::{Council, Project},
};

pub(super) fn toml(
    name: &str,
    grid: &Grid,
    parts: &[Proposed],
    council: Option<&Council>,
    project: Option<&Project>,
) -> String {
    let mut text = String::new();
    let whose = |code: Option<&str>| code.map_or_else(|| String::from("\"?\""), quoted);
    let council = whose(council.map(|own| &*own.code));
    let project = whose(project.map(|own| &*own.code));
    let file = name.rsplit('/').next().unwrap_or(name);
    let lines = [
        String::from(
            "# A proposal, made by the likeness of words. Lines that begin with # are not in force: take the # away from",
        ),
        String::from("# what is right, delete what is wrong, fill in what is missing."),
        String::new(),
        format!("file    = {}   # * stands for any letters", quoted(file)),
        format!("council = {council}"),
        format!("project = {project}"),
        String::from("version = 1"),
    ];
    put(&mut text, lines);
    let several = grid.tabs.iter().filter(|tab| tab.shown).count() > 1;
    for part in parts {
        let sheet = several.then(|| format!("sheet = {}", quoted(&part.sheet)));
        let mut lines = vec![String::new()];
        match &part.what {
            What::Table(sheet_of_form, table) => {
                lines.push(format!(
                    "# {} of the sheet {} of the form.",
                    table.title, sheet_of_form.name
                ));
                lines.push(String::from("[[table]]"));
                lines.extend(sheet);
                lines.push(String::from("# only = { \"heading\" = \"Building*\" }        # if other services stand in it too"));
                lines.push(String::from("# skip = { \"heading\" = [\"\", \"Total*\"] }      # rows that are none: \"\" is an empty cell"));
                lines.push(String::new());
                lines.push(String::from("[table.columns]"));
                matches(&mut lines, part);
            }
            What::Ledger { code, codes } => {
                lines.push(String::from(
                    "# Lines of the sheet Revenue of the form, added up by their codes.",
                ));
                lines.push(String::from("[[ledger]]"));
                lines.extend(sheet);
                lines.push(format!("code = {}", quoted(code)));
                lines.push(String::from("# only = { \"heading\" = \"4100-4199\" }        # the cost centres of the service"));
                lines.push(String::from("# skip = { \"heading\" = \"Total*\" }"));
                lines.push(String::from(
                    "# leave_out = [\"8000-8999\"]                # codes that belong in no line",
                ));
                lines.push(String::new());
                lines.push(String::from("[ledger.amounts]"));
                matches(&mut lines, part);
                lines.push(String::new());
                lines.push(String::from("[ledger.lines]"));
                for row in revenue::LINES.rows {
                    let name = format!("REV_{}", row.key);
                    lines.push(format!("# {name:<12} = \"\"   # {}", row.label));
                }
                lines.push(String::new());
                lines.push(format!("# The codes of the file ({}):", codes.len()));
                lines.extend(told(codes));
            }
            What::Cells => {
                lines.push(String::from("[[cells]]"));
                lines.extend(sheet);
                lines.push(String::from("[cells.fields]"));
                matches(&mut lines, part);
            }
            What::Nothing => {
                lines.push(format!(
                    "# On the sheet {} we found nothing that the form asks.",
                    plain(&part.sheet)
                ));
            }
        }
        put(&mut text, lines);
    }
    text
}

/// A code of a ledger, its rows, and how it is first described.
struct Code<'a> {
    code: &'a str,
    rows: usize,
    what: &'a str,
}

/// Codes with their rows and descriptions; where they are many, those that begin alike in one line.
fn told(codes: &BTreeMap<String, (usize, Arc<str>)>) -> Vec<String> {
    const MANY: usize = 60;
    let begins = |code: &str| -> (usize, String) {
        let start = if codes.len() <= MANY { code.len() } else { 2 };
        (code.len(), code.chars().take(start).collect())
    };
    let mut groups: BTreeMap<(usize, String), Vec<Code<'_>>> = BTreeMap::new();
    for (code, (rows, what)) in codes {
        groups.entry(begins(code)).or_default().push(Code { code, rows: *rows, what });
    }
    let line = |own: &Vec<Code<'_>>| {
        let rows: usize = own.iter().map(|own| own.rows).sum();
        let mut what: Vec<String> = vec![];
        for own in own {
            let own = plain(own.what);
            if what.len() < 3 && !what.contains(&own) {
                what.push(own);
            }
        }
        let codes = match (own.first(), own.last()) {
            (Some(first), Some(last)) if first.code != last.code => {
                format!("{}-{}", first.code, last.code)
            }
            (Some(only), _) => only.code.to_owned(),
            _ => String::new(),
        };
        format!("#   {codes:<12} rows: {rows:<6} {}", what.join("; "))
    };
    let mut lines: Vec<String> = groups.values().take(2 * MANY).map(line).collect();
    if groups.len() > 2 * MANY {
        lines.push(format!("#   and {} more", groups.len() - 2 * MANY));
    }
    lines
}

fn matches(lines: &mut Vec<String>, part: &Proposed) {
    for own in &part.sure {
        lines.push(line(own));
    }
    if !part.guessed.is_empty() {
        lines.push(String::from("# Guesses:"));
        for own in &part.guessed {
            lines.push(format!("# {}, {}% alike", line(own), own.likeness));
        }
    }
    if !part.missing.is_empty() {
        lines.push(String::from(
            "# Asked by the form, and not found. Where it is always the same: { always = \"…\" }",
        ));
        for field in &part.missing {
            lines.push(format!("# {} = \"\"   # {}", field.name, field.label));
        }
    }
    if !part.unplaced.is_empty() {
        lines.push(String::from("# In the file, without a place in the form:"));
        for (cell, words) in part.unplaced.iter().take(60) {
            lines.push(format!("#   {} (column {})", plain(words), letters(cell.column)));
        }
        if part.unplaced.len() > 60 {
            lines.push(format!("#   and {} more", part.unplaced.len() - 60));
        }
    }
}

fn line(own: &Match) -> String {
    let words = quoted(&own.words);
    let heading = match &own.under {
        Some(under) => format!("beside = {words}, under = {}", quoted(under)),
        None => format!("heading = {words}"),
    };
    let place = match (own.thousands, &own.under) {
        (true, _) => format!("{{ {heading}, unit = \"£000\" }}"),
        (false, Some(_)) => format!("{{ {heading} }}"),
        (false, None) => words,
    };
    let mut line = format!("{:<20} = {place:<30}   # {}", own.name, own.label);
    if let Some((theirs, ours)) = &own.values {
        let theirs: Vec<String> = theirs.iter().map(|own| plain(own)).collect();
        let (theirs, ours) = (theirs.join(", "), ours.join(", "));
        line += &format!(
            "; its words {theirs} are not the form's ({ours}): {{ heading = {}, values = {{ \"…\" = \"…\" }} }}",
            quoted(&own.words)
        );
    }
    line
}

fn put(text: &mut String, lines: impl IntoIterator<Item = String>) {
    for line in lines {
        writeln!(text, "{line}").expect("a String takes all that is written to it");
    }
}

/// A text on one line.
fn plain(text: &str) -> String {
    let text: String =
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(text).replace('\\', "\\\\").replace('"', "\\\""))
}
