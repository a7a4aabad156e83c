//! What contracts cost, and which of those numbers something public is told by too.

use std::collections::BTreeSet;

use num_bigint::BigInt;

use super::{Named, stands_in};
use crate::{
    answer::{Return, Row},
    disclosure::private::{is_number, public_numbers, serial},
    fact::exempt::is_exempt,
    figure::{Amount, Figure},
    form::{self, Sheet},
    number::Exact,
    picture::{Price, ProjectPicture, Told},
    programme::Project,
};

/// The prices of a project's contracts, each with the title, supplier and reference of its contract: as the return gives
/// them, the council's share of it, and what it costs to leave. Whatever may stand in public beside those names is no
/// price that is told: other answers and figures of the project, its dates as cells hold them, and years.
pub(super) fn of(told: &Told<'_>, own: &ProjectPicture) -> Named {
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
            words.iter().any(|own| stands_in(own, &name))
                || told.programme.recognise(&name).is_some()
        };
        // A case puts the code of its project before it.
        let of = |own: &Project| price.reference.strip_prefix(&*own.code)?.strip_prefix(' ');
        let plain = told.programme.members(subject).iter().find_map(of).unwrap_or_default();
        let names = [&*price.title, &price.supplier, &price.reference, plain].into_iter();
        let names: Vec<&str> = names.filter(|name| !says_nothing(name)).collect();
        for amount in costs(told, subject, price) {
            let pounds = whole(&amount);
            if near.contains(&pounds) || (1900.into()..=2100.into()).contains(&pounds) {
                continue;
            }
            let is_told = |name: &&&str| {
                let name = name.trim().to_lowercase();
                capital.contains(&pounds) && schemes.iter().any(|own| stands_in(own, &name))
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

/// The starts of the keys of figures and the codes of sheets whose numbers stand beside no contract, unless a line or a
/// scheme is called like it. A budget line may be as much as the one contract in it.
const FAR: [&str; 6] = ["revenue.", "REV", "staffing.", "STF", "capital.", "CAP"];
const CAPITAL: [&str; 2] = ["capital.", "CAP"];

fn is_of(starts: &[&str], part: &str) -> bool {
    starts.iter().any(|start| part.starts_with(start))
}
