//! What is private in what came back: pay and prices, who filled in the forms, the files and their hashes.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;
use num_bigint::BigInt;

use crate::{
    answer::{Return, Row},
    fact::exempt::{is_exempt, is_exempt_in, is_personal},
    figure::Amount,
    form::{Field, Kind},
    number::Exact,
    picture::{Exempt, Told},
};

/// A word shorter than this is no name, address or path that could be told from other words.
const SHORTEST: usize = 6;

/// The first letters of a hash tell it as well as all.
const HASH: usize = 16;

/// What something private is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Pay,
    Name,
    Address,
    Path,
    Hash,
    /// The document cannot be looked into.
    Unreadable,
}

impl What {
    pub(super) fn word(self) -> &'static str {
        match self {
            What::Pay => "a figure that is withheld or exempt",
            What::Name => "the name of somebody who filled in a form",
            What::Address => "an email address or telephone number",
            What::Path => "the name or the path of a file",
            What::Hash => "the hash of a file",
            What::Unreadable => "something that cannot be looked into",
        }
    }
}

/// Words to look for.
pub(super) fn words(told: &Told<'_>) -> BTreeMap<String, What> {
    let mut words = BTreeMap::new();
    let mut add = |word: &str, what: What| {
        if word.chars().count() >= SHORTEST {
            words.entry(word.to_owned()).or_insert(what);
        }
    };
    for ret in &told.intake.returns {
        for (field, answer) in ret.answers().filter(|(field, _)| is_personal(field)) {
            let shown = answer.shown();
            let word = shown.trim();
            match field.name {
                name if name.ends_with("_email") || name.ends_with("_phone") => {
                    add(word, What::Address);
                }
                _ if is_name(word) => add(word, What::Name),
                _ => {}
            }
        }
    }
    for (path, hash) in &told.intake.hashes {
        add(path, What::Path);
        add(path.rsplit('/').next().unwrap_or_default(), What::Path);
        add(hash.get(..HASH).unwrap_or(hash), What::Hash);
    }
    words
}

/// Two words or more, each with a capital: "Jane Smith", but not "Head of finance".
fn is_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    text.contains(' ') && words.all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// The words of a brief on its leader, whom the documents of the project name.
pub(super) fn leader(told: &Told<'_>, project: &str) -> BTreeSet<String> {
    let briefs = told.intake.returns.iter().filter(|ret| ret.project.as_deref() == Some(project));
    let answers = briefs.filter(|ret| ret.council.is_none()).flat_map(Return::answers);
    let leader = answers.filter(|(field, _)| field.name.starts_with("P2_"));
    leader.map(|(_, answer)| answer.shown().trim().to_owned()).collect()
}

/// A date as a cell holds it.
pub(super) fn serial(date: Date) -> BigInt {
    let days = date.since(jiff::civil::date(1899, 12, 30)).map_or(0, |span| span.get_days());
    BigInt::from(days)
}

/// Withheld and exempt amounts of each project as they could be printed, as far as nothing else reads like them.
pub(super) fn amounts(told: &Told<'_>) -> BTreeMap<String, HashSet<String>> {
    let known = known(told);
    let mut amounts: BTreeMap<String, HashSet<String>> = BTreeMap::new();
    let figures = told.picture.figures.iter().filter(|figure| !figure.public);
    for (project, number) in figures.filter_map(|own| Some((own.project.as_ref()?, own.number()?)))
    {
        amounts.entry(project.to_string()).or_default().extend(forms(number));
    }
    for own in &told.picture.projects {
        let numbers = exempt(&own.exempt);
        amounts.entry(own.project.to_string()).or_default().extend(numbers.iter().flat_map(forms));
    }
    for amounts in amounts.values_mut() {
        amounts.retain(|form| !known.contains(form));
    }
    amounts
}

fn exempt(exempt: &Exempt) -> Vec<Exact> {
    let mut numbers = vec![];
    let mut cells: BTreeMap<(&str, &str), [Exact; 2]> = BTreeMap::new();
    for post in &exempt.posts {
        numbers.extend(post.salary.into_iter().chain(post.allowances).map(Exact::from));
        numbers.extend(post.cost.clone());
        if let (Some(cost), Some(fte)) = (&post.cost, &post.established) {
            let cell = cells.entry((&post.council, &post.family));
            let [all, of] = cell.or_insert_with(|| [Exact::zero(), Exact::zero()]);
            *all = all.clone() + cost.clone();
            *of = of.clone() + fte.clone();
        }
    }
    for [cost, fte] in cells.into_values() {
        numbers.extend(cost.over(&fte));
        numbers.push(cost);
    }
    for own in &exempt.families {
        let highest = [&own.highest, &own.to_highest, &own.to_highest_filled];
        let median = [&own.median, &own.to_median, &own.to_median_filled, &own.protected];
        numbers.extend(highest.into_iter().chain(median).cloned());
    }
    for own in &exempt.one_offs {
        numbers.extend(own.years.iter().flatten().copied().map(Exact::from));
    }
    for own in &exempt.prices {
        let prices = [own.annual_value, own.exit_fixed, own.exit_per_month];
        numbers.extend(prices.into_iter().flatten().map(Exact::from));
    }
    numbers.extend(exempt.suppliers.iter().filter_map(|own| own.value.clone()));
    numbers
}

/// Numbers that may stand in public: what other questions were answered with, figures, and dates as cells hold them.
fn known(told: &Told<'_>) -> HashSet<String> {
    let mut known = HashSet::new();
    let mut add = |number: &Exact| known.extend(forms(number));
    for ret in &told.intake.returns {
        let cells = ret.workbook.sheets.iter().flat_map(|sheet| sheet.cells());
        for field in cells.filter(|field| is_number(field) && !is_exempt(field)) {
            ret.get(field).number().map(Exact::from).iter().for_each(&mut add);
        }
        let tables = ret.workbook.sheets.iter().flat_map(|sheet| sheet.tables());
        for row in tables.flat_map(|table| ret.rows(table)) {
            public_numbers(row).iter().for_each(&mut add);
        }
    }
    for figure in told.picture.figures.iter().filter(|own| own.public) {
        match &figure.value {
            Some(Amount::Number(number)) => add(number),
            Some(Amount::Date(date)) => add(&Exact::from(serial(*date))),
            _ => (),
        }
    }
    let dates = told.intake.returns.iter().flat_map(Return::answers);
    dates.filter_map(|(_, answer)| answer.date()).for_each(|date| add(&Exact::from(serial(date))));
    known
}

pub(super) fn public_numbers(row: &Row) -> Vec<Exact> {
    let public = row.answers().filter(|(field, _)| is_number(field) && !is_exempt_in(row, field));
    public.filter_map(|(_, answer)| answer.number().map(Exact::from)).collect()
}

pub(super) fn is_number(field: &Field) -> bool {
    !matches!(field.kind, Kind::Text | Kind::Choice | Kind::Multi | Kind::Date)
}

/// Amounts below this, in pounds, cannot be told from counts and years.
const SMALLEST: u32 = 5_000;

/// How an amount could be printed that tells something wherever it stands. Round ones stand in budgets, options and tests
/// too: those are looked for beside names.
fn forms(number: &Exact) -> Vec<String> {
    let number = number.abs();
    let is_round = number.over(&Exact::from(100u32)).is_some_and(|own| own.floor() == own);
    if number < Exact::from(SMALLEST) || is_round { vec![] } else { printed(&number) }
}

/// A number as a document could print it: in whole pounds, with pence, or as a cell holds it.
pub(super) fn printed(number: &Exact) -> Vec<String> {
    let number = number.abs();
    let mut forms =
        vec![number.rounded(0), plain(&number.rounded(2)), plain(&number.significant(15))];
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// Without commas, and without noughts at its end.
pub(super) fn plain(digits: &str) -> String {
    let digits = digits.replace(',', "");
    match digits.contains('.') {
        true => digits.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => digits,
    }
}
