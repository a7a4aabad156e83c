//! The sentences of domain.md E7, in every plural and missing form, as a text to read through.

mod cases;
#[path = "../common/mod.rs"]
mod common;
mod every;

use std::{collections::BTreeMap, sync::LazyLock};

use cases::{Shown, asked, forms, refusals};
use common::{COUNCILS, Forms, Line};
use lathe::{english, picture::State};
use rayon::prelude::*;

/// What the line made of each case.
static LINES: LazyLock<Vec<(&'static str, Line, Shown)>> = LazyLock::new(|| {
    let read = forms().into_par_iter().map(|(name, mut forms, tags)| {
        // Profiles take long to read, and these sentences say nothing of them.
        forms.answers.retain(|(word, _), _| word != "profile");
        (name, forms.run(), tags)
    });
    let mut lines: Vec<_> = read.collect();
    lines.extend(refusals());
    lines
});

/// What is said in each case: its name, and the texts and lists that show it.
#[test]
fn sentences_fit_what_is_the_case() {
    let shown = |(name, line, tags): &(&str, Line, Shown)| shown(name, line, tags);
    let mut said: Vec<String> = LINES.iter().map(shown).collect();
    said.extend(charts(|name, line| self::shown(name, line, &["say:charts"])));
    insta::assert_snapshot!("sentences", said.join("\n"));
}

/// A form that no case reaches is one that nobody has read.
#[test]
fn every_form_of_every_sentence_is_said() {
    let wording = every::named();
    let told: Vec<(&str, Forms)> = cases::told().collect();
    let told: Vec<_> =
        told.into_par_iter().map(|(_, forms)| every::said(&forms.run(), &wording)).collect();
    let mut all: Vec<BTreeMap<String, String>> =
        LINES.par_iter().map(|(_, line, _)| every::said(line, &wording)).collect();
    all.extend(told);
    all.extend(charts(|_, line| every::said(line, &wording)));
    all.extend(cases::brought_about().iter().map(|line| every::said(line, &wording)));
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for (name, sentence) in all.into_iter().flatten() {
        said.entry(name).or_insert(sentence);
    }
    for (name, title) in every::headings() {
        said.entry(name).or_insert(title);
    }
    let unsaid: Vec<String> =
        every::names().into_iter().filter(|name| !said.contains_key(name)).collect();
    assert!(unsaid.is_empty(), "no case has these said: {unsaid:#?}");
    let said: Vec<String> = said.into_iter().map(|(name, own)| format!("{name}: {own}")).collect();
    insta::assert_snapshot!("every_form", said.join("\n"));
}

fn shown(name: &str, line: &Line, tags: &[&str]) -> String {
    let data = line.draft();
    let mut said = format!("# {name}\n");
    for tag in tags {
        match (data.texts.get(*tag), data.lists.get(*tag)) {
            (Some(own), _) => said.push_str(&format!("{}\n", own.text)),
            (None, Some(items)) => {
                for item in items.iter().filter(|item| !item.key.ends_with("-profile")) {
                    let texts: Vec<&str> = item.texts.values().map(String::as_str).collect();
                    said.push_str(&format!("| {} |\n", texts.join(" | ")));
                }
            }
            (None, None) => panic!("no {tag}"),
        }
    }
    said
}

/// Whatever figure is lacking of whichever council, each number stands where it is said whom it covers.
#[test]
fn every_number_on_staff_covers_whom_its_sentence_names() {
    let columns =
        ["fte_established", "fte_filled", "headcount", "salary_fte", "pct_time", "vacant_since"];
    let mut cases: Vec<(Vec<String>, bool)> = vec![];
    for (index, first) in columns.iter().enumerate() {
        let one = vec![format!("THA STF_{first} 3 = tbc")];
        cases.extend([(one.clone(), true), (one, false)]);
        cases.push((each_of(|own| format!("{own} STF_{first} 1 = tbc")), true));
        for second in &columns[index + 1..] {
            let can = format!("CAN STF_{first} 3 = tbc");
            cases.push((vec![can, format!("DOV STF_{second} 2 = tbc")], true));
        }
    }
    let all = cases.into_par_iter().map(|(changes, all)| {
        let forms = changes.iter().fold(Forms::w(), |forms, change| forms.with(change));
        (changes, if all { forms } else { forms.without("SHE") })
    });
    all.for_each(|(changes, mut forms)| {
        forms.answers.retain(|(word, _), _| word != "profile");
        let line = forms.run();
        let text = line.draft().texts["say:staff"].text.clone();
        let mut covered: Vec<&str> = COUNCILS.to_vec();
        let mut said = 0;
        for sentence in text.split_inclusive(". ") {
            covered = named(&line, sentence).unwrap_or(covered);
            for (key, words) in [
                ("staffing.fte_established", " budgeted"),
                ("staffing.fte_filled", " filled"),
                ("staffing.vacancy_rate", "vacancy rate"),
                ("staffing.headcount", " in post"),
                ("staffing.vacant_over_six_months", " six months"),
                ("staffing.post_cost", "£"),
            ] {
                if sentence.contains(words) && sentence.contains(char::is_numeric)
                    || words == " in post" && sentence.contains(words)
                {
                    let used: Vec<&str> =
                        line.figure(key).used.iter().map(|code| &**code).collect();
                    let named = key == "staffing.post_cost" || !sentence.contains('£');
                    assert!(!named || used == covered, "{changes:?} {key}: {text}");
                    said += 1;
                }
            }
        }
        assert!(said > 0 || text.contains("No staff numbers"), "{changes:?}: {text}");
    });
}

fn each_of(change: impl Fn(&str) -> String) -> Vec<String> {
    COUNCILS.iter().map(|own| change(own)).collect()
}

/// The councils a sentence says at its beginning that it covers.
fn named<'a>(line: &Line, sentence: &str) -> Option<Vec<&'a str>> {
    let used = || {
        let own = line.picture.project("H").unwrap().expected();
        let used = own.filter(|own| own.state == State::Used);
        used.map(|own| own.council.to_string()).collect::<Vec<_>>()
    };
    if sentence.starts_with("In the four councils, ") {
        return Some(COUNCILS.to_vec());
    }
    if sentence.starts_with("In the three councils that returned figures, ") {
        return Some(
            COUNCILS.into_iter().filter(|own| used().contains(&(*own).to_owned())).collect(),
        );
    }
    let sets = (1..16).map(|set: usize| {
        let own = COUNCILS.into_iter().enumerate().filter(move |(at, _)| set & (1 << at) != 0);
        own.map(|(_, code)| code).collect::<Vec<&str>>()
    });
    let list = |set: &Vec<&str>| {
        let names: Vec<&str> = set.iter().map(|code| line.programme.name(code)).collect();
        format!("In {}, ", english::list(&names))
    };
    sets.filter(|set| sentence.starts_with(&list(set))).max_by_key(Vec::len)
}

/// With structure charts of none, of some and of all.
fn charts<T>(mut of: impl FnMut(&str, &Line) -> T) -> Vec<T> {
    let mut said = vec![];
    for (councils, most) in [(&COUNCILS[..], 4), (&COUNCILS[..2], 2), (&COUNCILS[..1], 1)] {
        let mut line = asked(councils).run();
        for supplied in 0..=most {
            let own = line.picture.projects.iter_mut().find(|own| &*own.project == "H").unwrap();
            for (index, line) in own.coverage.iter_mut().enumerate() {
                line.charts = usize::from(index < supplied);
            }
            said.push(of(&format!("{supplied} of {most} charts"), &line));
        }
    }
    said
}
