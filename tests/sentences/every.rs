//! Every form of every sentence of the wording file, as some case has it said.

use std::collections::{BTreeMap, BTreeSet};

use lathe::{
    draft::{Kind, Templates},
    picture::Told,
    sentence::{self, Document},
    word::{Block, Data},
    wording::{BUILT_IN, Wording},
};

use crate::common::{Line, parts};

/// What stands around the name of a form, at the end of what it says.
const OPEN: char = '\u{e000}';
const SHUT: char = '\u{e001}';

/// The names of all forms: "revenue.budget.full".
pub(crate) fn names() -> BTreeSet<String> {
    forms().map(|(sentence, form, _)| format!("{sentence}.{form}")).collect()
}

/// The forms of the built-in wording: sentence, form, words as they stand in the file.
fn forms() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let mut sentence = "";
    BUILT_IN.lines().filter_map(move |line| {
        if let Some(own) = line.strip_prefix('[') {
            sentence = own.strip_suffix(']').unwrap();
        }
        let (form, words) = line.split_once(" = ").filter(|_| !line.starts_with('#'))?;
        Some((sentence, form, words))
    })
}

/// The headings of sections that no document can do without: they stand in the template.
pub(crate) fn headings() -> BTreeMap<String, String> {
    let template = Templates::built_in().of(Kind::BusinessCase).to_vec();
    let body = parts(&template).remove("word/document.xml").unwrap();
    let titles =
        forms().filter(|(sentence, form, _)| sentence.starts_with("section.") && *form == "title");
    let own = titles.map(|(sentence, form, words)| {
        (format!("{sentence}.{form}"), words.trim_matches('"').to_owned())
    });
    own.filter(|(_, title)| body.contains(&format!(" {title}<"))).collect()
}

/// The built-in wording, in which each form names itself.
pub(crate) fn named() -> Wording {
    let mut text = String::new();
    let mut last = "";
    for (sentence, form, words) in forms() {
        if sentence != last {
            text.push_str(&format!("[{sentence}]\n"));
        }
        last = sentence;
        let words = words.strip_suffix('"').unwrap();
        text.push_str(&format!("{form} = {words}{OPEN}{sentence}.{form}{SHUT}\"\n"));
    }
    Wording::parse(&text, "wording.toml").unwrap()
}

/// The sentences that documents and workbooks have, each under the names of the forms that it is made of.
pub(crate) fn said(line: &Line, wording: &Wording) -> BTreeMap<String, String> {
    let told = Told { wording, ..line.told() };
    let mut texts: Vec<String> = vec![];
    for subject in line.subjects() {
        for kind in subject.kinds() {
            texts.extend(words(&kind.values(&told, subject)));
        }
    }
    for own in &line.picture.projects {
        texts.extend(sentence::coverage(&told, own, Document::Workbook));
        texts.extend(sentence::test(&told, own));
    }
    let several: BTreeMap<String, usize> = forms()
        .map(|(sentence, form, words)| (format!("{sentence}.{form}"), words.matches(". ").count()))
        .collect();
    let mut said = BTreeMap::new();
    for text in &texts {
        let all = sentences(text);
        for (at, sentence) in all.iter().enumerate() {
            for name in sentence.split(OPEN).skip(1) {
                let name = name.split(SHUT).next().unwrap();
                let first = at.saturating_sub(several[name]);
                let whole = || plain(&all[first..=at].join(" ")).trim().to_owned();
                said.entry(name.to_owned()).or_insert_with(whole);
            }
        }
    }
    said
}

/// The text cut where a sentence ends and another begins.
fn sentences(text: &str) -> Vec<&str> {
    let mut cut = vec![];
    let mut rest = text;
    while let Some(end) = rest.match_indices(' ').map(|(at, _)| at).find(|at| {
        let before = plain(&rest[..*at]);
        before.ends_with('.')
    }) {
        cut.push(&rest[..end]);
        rest = &rest[end + 1..];
    }
    cut.push(rest);
    cut
}

fn plain(text: &str) -> String {
    let mut plain = String::new();
    for (index, piece) in text.split(OPEN).enumerate() {
        let after = if index == 0 { piece } else { piece.split_once(SHUT).map_or("", |own| own.1) };
        plain.push_str(after);
    }
    plain
}

/// All words of a document's values.
fn words(data: &Data) -> Vec<String> {
    let mut words: Vec<String> = data.texts.values().map(|own| own.text.clone()).collect();
    words.extend(data.texts.values().map(|own| own.title.clone()));
    words.extend(data.seeds.values().cloned());
    for item in data.lists.values().flatten() {
        words.extend(item.texts.values().cloned());
    }
    for chart in data.charts.values() {
        words.push(chart.alt.clone());
    }
    for block in data.blocks.values().flatten() {
        match block {
            Block::Paragraph { text, .. } | Block::Bullet(text) => words.push(text.clone()),
            Block::Table(table) => {
                words.extend([table.title.clone(), table.description.clone()]);
                words.extend(table.columns.iter().map(|own| own.heading.clone()));
                words.extend(table.rows.iter().flatten().cloned());
            }
        }
    }
    words
}
