//! The office's wording: every sentence of our documents in one file that an office can read and change.
//!
//! The built-in file is the contract: it says which sentences there are, in which forms, and what each may quote.

use std::{collections::BTreeMap, fmt};

use anyhow::bail;
use toml::de::{DeTable, DeValue};

use crate::english;

/// The wording that serves unless the programme has its own.
pub const BUILT_IN: &str = include_str!("../templates/wording.toml");

/// Sentences by name ("revenue.budget"), each in its forms ("full", "nil").
#[derive(Clone, Debug)]
pub struct Wording(BTreeMap<String, Sentence>);

#[derive(Clone, Debug)]
struct Sentence {
    line: usize,
    forms: BTreeMap<String, Form>,
}

#[derive(Clone, Debug)]
struct Form {
    line: usize,
    pieces: Vec<Piece>,
}

/// A stretch of words, or a place where something is put in.
#[derive(Clone, Debug)]
enum Piece {
    Words(String),
    Place {
        name: String,
        /// Written with a capital letter: it begins a sentence.
        begins: bool,
    },
}

/// A mistake in a wording file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mistake {
    line: usize,
    what: String,
}

impl Wording {
    pub fn built_in() -> Wording {
        let mut mistakes = vec![];
        let wording = read(BUILT_IN, &mut mistakes);
        assert!(mistakes.is_empty(), "templates/wording.toml: {mistakes:?}");
        wording
    }

    /// An office's own wording. What it leaves out is said as in the built-in one.
    ///
    /// # Errors
    /// Names every mistake with its line, one to a line.
    pub fn parse(text: &str, file: &str) -> anyhow::Result<Wording> {
        let mut wording = Wording::built_in();
        let mut mistakes = vec![];
        let own = read(text, &mut mistakes);
        for (name, sentence) in &own.0 {
            wording.compare(name, sentence, &mut mistakes);
        }
        if mistakes.is_empty() {
            wording.0.extend(own.0);
            return Ok(wording);
        }
        mistakes.sort();
        let lines: Vec<String> =
            mistakes.iter().map(|mistake| format!("{file} {mistake}")).collect();
        bail!("{}", lines.join("\n"))
    }

    /// A sentence in one of its forms, with what it quotes filled in.
    ///
    /// # Panics
    /// When there is no such sentence or form, or it quotes what is not given, which is a slip in the program.
    pub fn say(&self, sentence: &str, form: &str, quoted: &[(&str, &str)]) -> String {
        let Some(own) = self.0.get(sentence) else { panic!("there is no sentence {sentence}") };
        let Some(form) = own.forms.get(form) else { panic!("{sentence} has no form {form}") };
        let given = |name: &String| quoted.iter().any(|(own, _)| own == name);
        debug_assert!(
            own.forms.values().flat_map(Form::places).all(given),
            "an office may quote in any form of {sentence} what one form quotes"
        );
        let mut said = String::new();
        // A place that begins the sentence and is empty gives its capital letter on to what follows.
        let mut begins = false;
        for piece in &form.pieces {
            let words = match piece {
                Piece::Words(words) => words,
                Piece::Place { name, begins: own } => {
                    let Some((_, value)) = quoted.iter().find(|(own, _)| own == name) else {
                        panic!("{sentence} quotes {name}, which is not given");
                    };
                    begins |= own;
                    *value
                }
            };
            if begins && !words.is_empty() {
                said.push_str(&english::capital(words));
                begins = false;
            } else {
                said.push_str(words);
            }
        }
        said
    }

    /// What is wrong with one sentence of an office's file, held against this, the built-in wording.
    fn compare(&self, name: &str, sentence: &Sentence, mistakes: &mut Vec<Mistake>) {
        let Some(ours) = self.0.get(name) else {
            let near = nearest(name, self.0.keys());
            let what = format!("[{name}] is not a sentence of our documents{near}");
            return mistakes.push(Mistake { line: sentence.line, what });
        };
        for form in ours.forms.keys().filter(|form| !sentence.forms.contains_key(*form)) {
            let what = format!(
                "[{name}] lacks the form \"{form}\"; add it, or leave the whole sentence out"
            );
            mistakes.push(Mistake { line: sentence.line, what });
        }
        let known: Vec<&String> = ours.forms.values().flat_map(Form::places).collect();
        for (key, form) in &sentence.forms {
            if !ours.forms.contains_key(key) {
                let near = nearest(key, ours.forms.keys());
                let what = format!("[{name}] has no form \"{key}\"{near}");
                mistakes.push(Mistake { line: form.line, what });
                continue;
            }
            for place in form.places().filter(|place| !known.contains(place)) {
                let near = nearest(place, known.iter().copied());
                let what = format!("[{name}] cannot quote {{{place}}}{near}");
                mistakes.push(Mistake { line: form.line, what });
            }
        }
    }
}

impl Form {
    fn places(&self) -> impl Iterator<Item = &String> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Place { name, .. } => Some(name),
            Piece::Words(_) => None,
        })
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stop = if self.what.ends_with('?') { "" } else { "." };
        write!(f, "line {}: {}{stop}", self.line, self.what)
    }
}

/// The sentences of a file; what cannot be read is a mistake.
fn read(text: &str, mistakes: &mut Vec<Mistake>) -> Wording {
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let line = line(text, error.span().unwrap_or_default().start);
        mistakes.push(Mistake { line, what: error.message().replace('\n', "; ") });
    }
    let mut sentences = BTreeMap::new();
    if errors.is_empty() {
        collect("", 1, root.get_ref(), text, &mut sentences, mistakes);
    }
    Wording(sentences)
}

/// A table that holds texts is a sentence, and its path is the name.
fn collect(
    path: &str,
    at: usize,
    table: &DeTable<'_>,
    text: &str,
    sentences: &mut BTreeMap<String, Sentence>,
    mistakes: &mut Vec<Mistake>,
) {
    let mut forms = BTreeMap::new();
    for (key, value) in table.iter() {
        let (name, line) = (key.get_ref(), line(text, key.span().start));
        match value.get_ref() {
            DeValue::Table(inner) => {
                let path =
                    if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                collect(&path, line, inner, text, sentences, mistakes);
            }
            DeValue::String(words) if !path.is_empty() => match pieces(words) {
                Ok(pieces) => _ = forms.insert(name.to_string(), Form { line, pieces }),
                Err(what) => {
                    mistakes.push(Mistake { line, what });
                    forms.insert(name.to_string(), Form { line, pieces: vec![] });
                }
            },
            _ => {
                let what =
                    format!("{name} should be words between quotation marks in a [sentence]");
                mistakes.push(Mistake { line, what });
                forms.insert(name.to_string(), Form { line, pieces: vec![] });
            }
        }
    }
    if !forms.is_empty() && !path.is_empty() {
        sentences.insert(path.to_owned(), Sentence { line: at, forms });
    }
}

/// Words and places; `Err` says what is wrong with the braces.
fn pieces(words: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = vec![];
    let mut rest = words;
    while let Some(open) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(open);
        let inside = from.strip_prefix('{').and_then(|from| from.split_once('}'));
        let Some((name, after)) = inside.filter(|(name, _)| is_name(name)) else {
            return Err(format!("a brace stands alone in \"{words}\"; write {{name}}"));
        };
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        let begins = name.starts_with(|letter: char| letter.is_ascii_uppercase());
        pieces.push(Piece::Place { name: name.to_ascii_lowercase(), begins });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '_')
}

/// The line, counted from 1, on which a byte of the text stands.
fn line(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// "; did you mean …" where a name is near enough to a known one.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> String {
    known
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .min()
        .filter(|(distance, known)| *distance <= known.len() / 2)
        .map(|(_, known)| format!("; did you mean \"{known}\"?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_what_it_quotes() {
        let wording = Wording::built_in();
        let missing = ("missing", "the returns of Dover and Thanet have not been received");
        let quoted = [missing, ("list", "Canterbury"), ("used", "one")];
        assert_eq!(
            wording.say("coverage.so", "none", &quoted),
            "The returns of Dover and Thanet have not been received."
        );
        let people =
            |place| wording.say("staff.people", "alone", &[("where", place), ("number", "two")]);
        assert_eq!(people(""), "Two people are in post.");
        assert_eq!(people("in Dover, "), "In Dover, two people are in post.");
    }

    #[test]
    fn an_office_may_change_one_sentence_and_leave_the_rest() {
        let own = "[staff.long_vacant]\nnone = \"\"\none = \"One post has long been empty.\"\nmany = \"{Number} posts have long been empty.\"\n";
        let wording = Wording::parse(own, "templates/wording.toml").unwrap();
        assert_eq!(
            wording.say("staff.long_vacant", "many", &[("number", "two")]),
            "Two posts have long been empty."
        );
        assert_eq!(
            wording.say("gaps.queries", "none", &[("number", "no")]),
            "No queries are open."
        );
    }

    #[test]
    fn a_broken_wording_names_every_mistake_with_its_line() {
        let own = "top = \"x\"\n[staff.long_vacnt]\none = \"One\"\n\n[gaps.queries]\nnone = \"No {queries\"\nmany = \"{Numbr} are open\"\nmore = \"\"\n[ict.unknown]\nnone = 3\nonly = \"\"\none = \"\"\nmany = \"\"\n";
        let error = Wording::parse(own, "templates/wording.toml").unwrap_err().to_string();
        insta::assert_snapshot!(error, @r#"
        templates/wording.toml line 1: top should be words between quotation marks in a [sentence].
        templates/wording.toml line 2: [staff.long_vacnt] is not a sentence of our documents; did you mean "staff.long_vacant"?
        templates/wording.toml line 5: [gaps.queries] lacks the form "one"; add it, or leave the whole sentence out.
        templates/wording.toml line 6: a brace stands alone in "No {queries"; write {name}.
        templates/wording.toml line 7: [gaps.queries] cannot quote {numbr}; did you mean "number"?
        templates/wording.toml line 8: [gaps.queries] has no form "more"; did you mean "none"?
        templates/wording.toml line 10: none should be words between quotation marks in a [sentence].
        "#);
        let torn = Wording::parse("[gaps.queries\n", "wording.toml").unwrap_err().to_string();
        assert!(torn.starts_with("wording.toml line 1: "), "{torn}");
    }
}
