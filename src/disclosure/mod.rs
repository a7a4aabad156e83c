//! The disclosure check (PRV-004): the finished bytes of a public document are opened, and every part of it is
//! searched for what is private. A document that holds any of it is not produced.

mod named;
mod private;
mod text;

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::{Arc, LazyLock},
};

use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::{Context, Result};
use named::Named;
pub use private::What;
use regex::Regex;

use crate::{
    finding::{Finding, Rule, Scope, Severity},
    picture::Told,
    place::Place,
    programme::Project,
};

pub static RULE: Rule = Rule {
    code: "PRV-004",
    severity: Severity::Error,
    scope: Scope::Output,
    what: "A public document would hold a suppressed figure, one derivable by subtraction, a sender, a hash or a path.",
    fix: "Take it out of the document, or out of the return or template it came from, and run again.",
    source: "GSS SDC",
};

/// What is private in a run.
pub struct Private {
    words: Vec<(String, What)>,
    finder: AhoCorasick,
    /// By project.
    amounts: BTreeMap<String, HashSet<String>>,
    named: BTreeMap<String, Named>,
    leaders: BTreeMap<String, BTreeSet<String>>,
}

/// Something private in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    pub what: What,
    /// What stands there.
    pub text: String,
    /// The part of the document: `word/comments.xml`.
    pub part: String,
}

/// Whom a document may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    Nobody,
    /// Those whom the brief names as its leader and team: question 5 asks for them.
    Leader,
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9][0-9,]*(?:\.[0-9]+)?"));
static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"));
/// Paths of a machine: of Windows, of a share, of Unix.
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?-u:\b)[A-Za-z]:\\[A-Za-z0-9_]|\\\\[A-Za-z0-9_.-]+\\[A-Za-z0-9_$]|file:///|/(?:home|Users)/[A-Za-z]",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of ours")
}

impl Private {
    /// # Errors
    /// When there is too much to look for at once.
    pub fn of(told: &Told<'_>) -> Result<Private> {
        let words: Vec<(String, What)> = private::words(told).into_iter().collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.iter().map(|(word, _)| word))
            .context("the disclosure check could not be set up")?;
        let leader =
            |project: &Project| (project.code.to_string(), private::leader(told, &project.code));
        Ok(Private {
            words,
            finder,
            amounts: private::amounts(told),
            named: named::of(told),
            leaders: told.programme.projects.iter().map(leader).collect(),
        })
    }

    /// What is private in the finished bytes of a public document, in order.
    pub fn hits(&self, bytes: &[u8], project: &Project, names: Names) -> BTreeSet<Hit> {
        let mut hits = BTreeSet::new();
        let Some(parts) = text::parts(bytes) else {
            let part = String::from("the document");
            return BTreeSet::from([Hit { what: What::Unreadable, text: String::new(), part }]);
        };
        let leader = self.leaders.get(&*project.code).filter(|_| names == Names::Leader);
        let amounts = self.amounts.get(&*project.code);
        let named = self.named.get(&*project.code);
        for part in &parts {
            let text::Part { name, raw, said, .. } = part;
            let mut add = |what, text: &str| {
                if !leader.is_some_and(|own| own.contains(text)) {
                    hits.insert(Hit { what, text: text.to_owned(), part: name.clone() });
                }
            };
            for view in [raw, said] {
                for found in self.finder.find_iter(view.as_str()) {
                    if stands_alone(view, found.start(), found.end()) {
                        let (word, what) = &self.words[found.pattern().as_usize()];
                        add(*what, word);
                    }
                }
                EMAIL.find_iter(view).for_each(|found| add(What::Address, found.as_str()));
            }
            PATH.find_iter(raw).for_each(|found| add(What::Path, found.as_str()));
            let mut may_be_named = false;
            for (found, plain) in numbers(said) {
                if amounts.is_some_and(|own| own.contains(&plain)) {
                    add(What::Pay, found);
                }
                may_be_named |= named.is_some_and(|own| own.holds(&plain));
            }
            let Some(named) = named.filter(|_| may_be_named) else { continue };
            for line in text::lines(part, &parts) {
                for (found, plain) in numbers(&line) {
                    // One that tells something anywhere has been found where it stands.
                    let found_already = amounts.is_some_and(|own| own.contains(&plain));
                    if !found_already && named.is_told(&plain, &line) {
                        add(What::Pay, found);
                    }
                }
            }
        }
        hits
    }
}

/// The numbers in a text that stand by themselves, as they stand and without commas.
fn numbers(text: &str) -> impl Iterator<Item = (&str, String)> {
    let alone = |found: &regex::Match<'_>| stands_alone(text, found.start(), found.end());
    let all = NUMBER.find_iter(text).filter(alone);
    all.map(|found| (found.as_str(), private::plain(found.as_str())))
}

/// Whether no letter or digit goes on before or after it.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let joins = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    !joins(text[..start].chars().next_back()) && !joins(text[end..].chars().next())
}

/// Whether a name stands in a text as words of its own.
fn stands_in(text: &str, name: &str) -> bool {
    let mut found = text.match_indices(name);
    found.any(|(start, _)| stands_alone(text, start, start + name.len()))
}

/// The finding on a document that is not produced. It says what was found and where, not what it says.
pub fn finding(project: &Project, document: &str, hits: &BTreeSet<Hit>) -> Finding {
    let mut kinds: BTreeMap<What, BTreeSet<&str>> = BTreeMap::new();
    for hit in hits {
        kinds.entry(hit.what).or_default().insert(&hit.part);
    }
    let named: Vec<String> = kinds
        .iter()
        .map(|(what, parts)| {
            let parts: Vec<&str> = parts.iter().copied().collect();
            format!("{} (in {})", what.word(), parts.join(", "))
        })
        .collect();
    Finding {
        rule: &RULE,
        severity: Severity::Error,
        place: Place::file(&Arc::from(document)),
        project: Some(Arc::clone(&project.code)),
        council: None,
        read: String::new(),
        message: format!(
            "The public document {document} was not produced: it would hold {}.",
            crate::english::list(&named)
        ),
        fix: RULE.fix,
        also: vec![],
    }
}
