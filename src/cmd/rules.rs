//! `lathe rules`: the catalogue of rules.

use std::io::{self, Write};

use anyhow::bail;
use lathe::{
    check::RULES,
    disclosure,
    finding::{Rule, Severity},
};

use super::Outcome;

/// The rules by which returns are checked, or one of them in full.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A rule's code, such as GEN-002.
    code: Option<String>,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    match &args.code {
        None => catalogue(&mut out)?,
        Some(code) => in_full(&mut out, rule(code)?)?,
    }
    Ok(Outcome::Done)
}

fn catalogue(out: &mut impl Write) -> io::Result<()> {
    let mut family = "";
    for Rule { code, severity, scope, what, .. } in rules() {
        if &code[..3] != family {
            family = &code[..3];
            writeln!(out, "{}{}", if family == "FIL" { "" } else { "\n" }, family_name(family))?;
        }
        let mut head = format!("  {code}  {severity:<7}  {scope:<6}  ");
        for line in wrapped(what, 72) {
            writeln!(out, "{head}{line}")?;
            head = " ".repeat(head.len());
        }
    }
    writeln!(out, "\n{} rules. `lathe rules GEN-002` says one in full.", rules().count())
}

/// Every rule, those on what came back first.
fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().map(|check| &check.rule).chain([&disclosure::RULE])
}

/// What a family of rules is about.
fn family_name(family: &str) -> &str {
    match family {
        "FIL" => "Files",
        "IDN" => "Whose return, of which round and version",
        "COV" => "Cover, and dates anywhere",
        "PRO" => "Council profiles",
        "ACC" => "Accounting bases beside one another",
        "GEN" => "Every cell",
        "REV" => "Revenue",
        "CAP" => "Capital",
        "STF" => "Staffing",
        "ICT" => "ICT",
        "CON" => "Contracts",
        "RSK" => "Risks",
        "IMP" => "Implications",
        "CRI" => "Opinions beside what the returns show",
        "BRF" => "Project briefs",
        "XCO" => "Councils beside one another",
        "XPR" => "Projects beside one another",
        "CMP" => "Completeness",
        "PRV" => "Privacy",
        other => other,
    }
}

fn in_full(out: &mut impl Write, rule: &Rule) -> io::Result<()> {
    let Rule { code, severity, scope, what, fix, source } = rule;
    writeln!(out, "{code}: {severity}, {scope}")?;
    writeln!(out, "  When        {what}")?;
    writeln!(out, "  What to do  {fix}")?;
    let then = match severity {
        Severity::Error => format!("The {scope} is not used."),
        Severity::Warning => String::from("Used, marked as under query; wants an answer."),
        Severity::Note => String::from("Used; nothing is asked."),
    };
    writeln!(out, "  Then        {then}")?;
    writeln!(out, "  Source      {source}")
}

/// Text in lines of at most so many letters.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("there is one from the start");
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + word.chars().count() < width {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn rule(code: &str) -> anyhow::Result<&'static Rule> {
    let wanted = code.trim().to_uppercase();
    if let Some(rule) = rules().find(|rule| rule.code == wanted) {
        return Ok(rule);
    }
    let likeness = |rule: &&Rule| strsim::damerau_levenshtein(rule.code, &wanted);
    match rules().min_by_key(likeness).filter(|rule| likeness(rule) <= 2) {
        Some(near) => {
            bail!(
                "there is no rule {code}. Did you mean {}? `lathe rules` lists them all",
                near.code
            )
        }
        None => bail!("there is no rule {code}. `lathe rules` lists them all"),
    }
}
