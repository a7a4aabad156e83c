//! What is private in what came back: pay and prices, who filled in the forms, the files and their hashes.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;
use num_bigint::BigInt;

use crate::{
    answer::{Return, Row},
    fact::exempt::{is_exempt, is_exempt_in, is_personal},
    figure::{Amount, Figure},
    form::{self, Field, Kind, Sheet},
    number::Exact,
    picture::{Exempt, Price, ProjectPicture, Told},
    programme::Project,
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

/// What posts and contracts cost, as it could be printed, each with what names the post or contract, in small letters.
/// Pay and prices are often round, so that other numbers read like them: they tell something only beside such a name.
#[derive(Default)]
pub(super) struct Named(BTreeMap<String, BTreeSet<String>>);

impl Named {
    pub(super) fn holds(&self, amount: &str) -> bool {
        self.0.contains_key(amount)
    }

    /// Whether a line of text names what costs the amount.
    pub(super) fn is_told(&self, amount: &str, line: &str) -> bool {
        let line = line.to_lowercase();
        self.0.get(amount).into_iter().flatten().any(|name| super::stands_in(&line, name))
    }

    fn add(&mut self, amount: &Exact, names: &[&str]) {
        if amount.abs() < Exact::from(SMALLEST_NAMED) {
            return;
        }
        let names = names.iter().map(|name| name.trim().to_lowercase());
        let names = names.filter(|name| name.chars().count() >= SHORTEST_NAME);
        // A reference such as 2008 stands in every year.
        let names: Vec<String> =
            names.filter(|name| name.chars().any(char::is_alphabetic)).collect();
        for form in printed(amount) {
            self.0.entry(form).or_default().extend(names.iter().cloned());
        }
    }
}

/// Amounts below this, in pounds, cannot be told from numbers of people and days even beside the name of a post.
const SMALLEST_NAMED: u32 = 1_000;

/// A name of a post or contract shorter than this could be any letters.
const SHORTEST_NAME: usize = 4;

/// The prices of a project's contracts, each with the title, supplier and reference of its contract: as the return gives
/// them, the council's share of it, and what it costs to leave. Whatever may stand in public beside those names is no
/// price that is told: other answers and figures of the project, its dates as cells hold them, and years.
fn prices(told: &Told<'_>, own: &ProjectPicture) -> Named {
    let mut all = Named::default();
    let Some(subject) = told.programme.subject(&own.project) else { return all };
    if own.exempt.prices.is_empty() {
        return all;
    }
    let near = told_of(told, subject, |part| !is_of(&FAR, part));
    let capital = told_of(told, subject, |part| is_of(&CAPITAL, part));
    let schemes = schemes(told, subject);
    let words = words_of(subject);
    for price in &own.exempt.prices {
        let says_nothing = |name: &str| {
            let name = name.trim().to_lowercase();
            words.iter().any(|own| super::stands_in(own, &name))
                || told.programme.recognise(&name).is_some()
        };
        let names = [&*price.title, &price.supplier, &price.reference].into_iter();
        let names: Vec<&str> = names.filter(|name| !says_nothing(name)).collect();
        for amount in costs(told, subject, price) {
            let pounds = whole(&amount);
            if near.contains(&pounds) || (1900.into()..=2100.into()).contains(&pounds) {
                continue;
            }
            let is_told = |name: &&&str| {
                let name = name.trim().to_lowercase();
                capital.contains(&pounds) && schemes.iter().any(|own| super::stands_in(own, &name))
            };
            let names: Vec<&str> = names.iter().filter(|name| !is_told(name)).copied().collect();
            all.add(&amount, &names);
        }
    }
    all
}

/// What a contract costs a year, all of it and the council's share, and what it costs to leave.
fn costs(told: &Told<'_>, subject: &Project, price: &Price) -> Vec<Exact> {
    let share = price
        .annual_value
        .zip(price.share_pct)
        .map(|(value, share)| Exact::from(value) * Exact::from(share) * Exact::ratio(1, 100));
    let given = [price.annual_value, price.exit_fixed, price.exit_per_month];
    let leaving = told.picture.figures.of(Some(&subject.code), "contracts.exit_cost");
    let leaving = leaving.filter(|figure| {
        figure.council.as_ref() == Some(&price.council)
            && figure.item.as_deref() == Some(&*price.reference)
    });
    let given = given.into_iter().flatten().map(Exact::from);
    given.chain(share).chain(leaving.filter_map(Figure::number).cloned()).collect()
}

/// The public numbers of a project in some figures and sheets, picked by their keys and codes, and its dates: in whole
/// pounds.
fn told_of(
    told: &Told<'_>,
    subject: &Project,
    is_picked: impl Fn(&str) -> bool,
) -> BTreeSet<BigInt> {
    let mut all = BTreeSet::new();
    for figure in told.picture.figures.iter().filter(|figure| {
        let own = figure.project.as_ref().is_none_or(|code| *code == subject.code);
        own && figure.public && is_picked(&figure.key)
    }) {
        match &figure.value {
            Some(Amount::Number(number)) => all.insert(whole(number)),
            Some(Amount::Date(date)) => all.insert(serial(*date)),
            _ => continue,
        };
    }
    for ret in returns(told, subject) {
        for sheet in ret.workbook.sheets.iter().filter(|sheet| is_picked(sheet.code)) {
            let cells = sheet.cells().filter(|field| is_number(field) && !is_exempt(field));
            let cells = cells.filter_map(|field| ret.get(field).number().map(Exact::from));
            let rows = sheet.tables().flat_map(|table| ret.rows(table)).flat_map(public_numbers);
            all.extend(cells.chain(rows).map(|number| whole(&number)));
        }
        all.extend(ret.answers().filter_map(|(_, answer)| answer.date().map(serial)));
    }
    all
}

fn returns<'t>(told: &Told<'t>, subject: &Project) -> impl Iterator<Item = &'t Return> {
    let returns = told.intake.returns.iter();
    returns.filter(move |ret| told.programme.is_of(ret.project.as_ref(), subject))
}

/// What is said of each capital scheme, in small letters: it may be named after the supplier it pays.
fn schemes(told: &Told<'_>, subject: &Project) -> Vec<String> {
    let said = |row: &Row| {
        let answers: Vec<String> = row.answers().map(|(_, own)| own.shown().to_string()).collect();
        answers.join(" ").to_lowercase()
    };
    let of = |ret: &Return| {
        let sheets = ret.workbook.sheets.iter().filter(|sheet| is_of(&CAPITAL, sheet.code));
        let rows = sheets.flat_map(|sheet| sheet.tables()).flat_map(|table| ret.rows(table));
        rows.map(said).collect::<Vec<_>>()
    };
    returns(told, subject).flat_map(of).collect()
}

/// Words that stand in all papers of a project, so that they name no contract, in small letters: those of the programme,
/// and those the forms ask with for numbers that stand far from contracts.
fn words_of(subject: &Project) -> Vec<String> {
    let words = [&subject.title, &subject.service, &subject.volume_unit].into_iter();
    let families = subject.families.iter().map(|family| &family.name);
    let all = words.chain(families).chain(&subject.functions).chain(&subject.ict_functions);
    let far = form::WORKBOOKS.iter().flat_map(|workbook| workbook.sheets.iter().copied());
    let asked = far.filter(|sheet| is_of(&FAR, sheet.code)).flat_map(Sheet::cells);
    let labels = asked.filter(|field| is_number(field)).map(|field| field.label);
    all.map(String::as_str).chain(labels).map(str::to_lowercase).collect()
}

fn whole(number: &Exact) -> BigInt {
    number.abs().whole()
}

/// A date as a cell holds it.
fn serial(date: Date) -> BigInt {
    let days = date.since(jiff::civil::date(1899, 12, 30)).map_or(0, |span| span.get_days());
    BigInt::from(days)
}

/// The starts of the keys of figures and the codes of sheets whose numbers stand beside no contract, unless a line or a
/// scheme is called like it. A budget line may be as much as the one contract in it.
const FAR: [&str; 6] = ["revenue.", "REV", "staffing.", "STF", "capital.", "CAP"];
const CAPITAL: [&str; 2] = ["capital.", "CAP"];

fn is_of(starts: &[&str], part: &str) -> bool {
    starts.iter().any(|start| part.starts_with(start))
}

/// What posts cost in each project, with what names them, as far as it is not public; and what its contracts do.
pub(super) fn named(told: &Told<'_>) -> BTreeMap<String, Named> {
    let of = |own: &ProjectPicture| {
        let mut all = Named::default();
        let mut cells: BTreeMap<(&str, &str), Exact> = BTreeMap::new();
        for post in &own.exempt.posts {
            let names = [&*post.title, &post.family, &post.grade, &post.reference];
            let amounts = post.salary.into_iter().chain(post.allowances).map(Exact::from);
            amounts.chain(post.cost.clone()).for_each(|amount| all.add(&amount, &names));
            let cell = cells.entry((&post.council, &post.family)).or_insert_with(Exact::zero);
            *cell = cell.clone() + post.cost.clone().unwrap_or_else(Exact::zero);
        }
        for ((_, family), cost) in cells {
            all.add(&cost, &[family]);
        }
        for family in &own.exempt.families {
            all.add(&family.highest, &[&family.family]);
            all.add(&family.median, &[&family.family]);
        }
        let public = told.picture.figures.iter().filter(|figure| {
            figure.public
                && figure.project.as_ref() == Some(&own.project)
                && ["staffing.", "harmonisation."].iter().any(|key| figure.key.starts_with(key))
        });
        for form in public.filter_map(Figure::number).flat_map(printed) {
            all.0.remove(&form);
        }
        // A saving on managers may be as much as one of them is paid.
        let subject = told.programme.subject(&own.project);
        let members = subject.map(|subject| told.programme.members(subject)).unwrap_or_default();
        for brief in members.iter().filter_map(|project| told.intake.brief(&project.code)) {
            let tables = brief.workbook.sheets.iter().flat_map(|sheet| sheet.tables());
            let rows = tables.flat_map(|table| brief.rows(table));
            for form in rows.flat_map(public_numbers).flat_map(|number| printed(&number)) {
                all.0.remove(&form);
            }
        }
        for (form, names) in prices(told, own).0 {
            all.0.entry(form).or_default().extend(names);
        }
        (own.project.to_string(), all)
    };
    told.picture.projects.iter().map(of).collect()
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

fn public_numbers(row: &Row) -> Vec<Exact> {
    let public = row.answers().filter(|(field, _)| is_number(field) && !is_exempt_in(row, field));
    public.filter_map(|(_, answer)| answer.number().map(Exact::from)).collect()
}

fn is_number(field: &Field) -> bool {
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
fn printed(number: &Exact) -> Vec<String> {
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
