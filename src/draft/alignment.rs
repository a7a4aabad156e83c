//! Section 9, second part: when all contracts could end together, when each council could join, and what must be done
//! by when.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    case::{Case, Reach, Values, Wanted, item, pounds},
    overview::unique,
};
use crate::{
    english,
    figure::{Amount, Figure},
    number::Exact,
    picture::{Contract, End},
    programme::Code,
    word::Item,
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let said = days(case);
    values.passage("if:alignment", said.is_some());
    values.text("say:alignment", said.unwrap_or_default());
    values.text("say:joining", joining(case));
    let rows: Vec<Item> = case.own.contracts.iter().map(|own| acted_on(case, own)).collect();
    values.list("each:contract_dates", unique(rows));
}

/// One of the two days on which all contracts could end together.
struct Aligned<'a> {
    day: Date,
    figure: &'a Figure,
    /// Pounds that leaving early costs, unless they are withheld.
    cost: Option<&'a Exact>,
}

impl<'a> Aligned<'a> {
    fn of(case: &'a Case<'_>, key: &str, basis: &str) -> Option<Aligned<'a>> {
        let figure = case.find(Wanted { key, ..Wanted::default() })?;
        let cost = Wanted { key: "contracts.exit_cost", basis: Some(basis), ..Wanted::default() };
        let cost = case.find(cost)?;
        let told = cost.number()?;
        Some(Aligned { day: day(figure)?, figure, cost: cost.public.then_some(told) })
    }

    fn cost(&self, case: &Case<'_>) -> String {
        let form = match self.cost {
            None => "withheld",
            Some(cost) if cost.is_zero() => "none",
            Some(_) => "some",
        };
        let amount = self.cost.map(pounds).unwrap_or_default();
        case.say("alignment.cost", form, &[("amount", &amount)])
    }
}

fn day(figure: &Figure) -> Option<Date> {
    match figure.value {
        Some(Amount::Date(date)) => Some(date),
        _ => None,
    }
}

/// Sentence 9 of domain.md E7.
fn days(case: &Case<'_>) -> Option<String> {
    let first = Aligned::of(case, "contracts.earliest_alignment", "earliest")?;
    let last = Aligned::of(case, "contracts.natural_alignment", "natural")
        .filter(|last| last.day > first.day);
    let unknown: Vec<String> = case
        .own
        .contracts
        .iter()
        .filter(|own| own.early_exit == "Not known" && first.figure.used.contains(&own.council))
        .map(|own| named(case, own))
        .collect();
    let form = match (&last, unknown.is_empty()) {
        (Some(_), true) => "two",
        (None, true) => "one",
        (Some(_), false) => "two_unknown",
        (None, false) => "one_unknown",
    };
    let notices = notices(case);
    let with = if notices.is_empty() { "none" } else { "some" };
    let quoted = [
        ("where", &*Reach::new(case).to(&first.figure.used)),
        ("first", &english::date(first.day)),
        ("cost", &first.cost(case)),
        ("last", &last.as_ref().map(|last| english::date(last.day)).unwrap_or_default()),
        ("later_cost", &last.as_ref().map(|last| last.cost(case)).unwrap_or_default()),
        ("contracts", &english::list(&unknown)),
        ("notices", &case.say("alignment.notices", with, &[("list", &english::list(&notices))])),
    ];
    Some(case.say("alignment.days", form, &quoted))
}

/// "K2 (Dover)".
fn named(case: &Case<'_>, contract: &Contract) -> String {
    let council = case.programme.name(&contract.council);
    let quoted = [("contract", &*contract.reference), ("council", council)];
    case.say("alignment.contract", "some", &quoted)
}

/// Which notices the earlier of the two days needs, in the order of the days by which they are given.
fn notices(case: &Case<'_>) -> Vec<String> {
    let mut all: Vec<(Date, &Contract)> =
        case.own.contracts.iter().filter_map(|own| Some((notice_by(case, own)?, own))).collect();
    all.sort_by_key(|(by, _)| *by);
    let said = all.iter().enumerate().map(|(at, (by, own))| {
        let quoted = [("contract", &*named(case, own)), ("date", &english::date(*by))];
        case.say("alignment.notice", if at == 0 { "first" } else { "next" }, &quoted)
    });
    said.collect()
}

/// The last day to give notice, so that all contracts can end together as early as can be.
fn notice_by(case: &Case<'_>, contract: &Contract) -> Option<Date> {
    let wanted = Wanted {
        key: "contracts.notice_by",
        council: Some(&contract.council),
        item: Some(&contract.reference),
        basis: Some("earliest"),
        ..Wanted::default()
    };
    case.find(wanted).and_then(day)
}

/// From when each council could join, told once for those with the same day.
fn joining(case: &Case<'_>) -> String {
    let mut by_day: BTreeMap<Date, Vec<&Code>> = BTreeMap::new();
    for council in case.expected() {
        let key = "contracts.join_date";
        let figure = case.find(Wanted { key, council: Some(council), ..Wanted::default() });
        if let Some(day) = figure.and_then(day) {
            by_day.entry(day).or_default().push(council);
        }
    }
    let parts: Vec<String> = by_day
        .iter()
        .map(|(day, councils)| {
            let form = if councils.len() == 1 { "one" } else { "many" };
            let quoted = [("list", &*case.list(councils)), ("date", &english::date(*day))];
            case.say("joining.from", form, &quoted)
        })
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    case.say("joining.said", "some", &[("parts", &parts.join("; "))])
}

/// What has to be done about a contract, and by when.
fn acted_on(case: &Case<'_>, contract: &Contract) -> Item {
    let day = |day: Option<Date>, none: &str| day.map_or_else(|| none.to_owned(), english::date);
    let extension = contract.extension_months.is_some_and(|months| !months.is_zero());
    item(
        format!("{}-{}", contract.council, contract.reference),
        [
            ("council", case.programme.name(&contract.council).to_owned()),
            ("contract", format!("{} {}", contract.reference, contract.title)),
            ("free", day(contract.earliest_exit, "not known")),
            ("notice", day(contract.leave.map(|(by, _)| by), "none needed")),
            (
                "decide",
                day(contract.decide_by, if extension { "not given" } else { "no extension" }),
            ),
            (
                "start",
                day(
                    contract.start_by,
                    if contract.end == End::Rolling { "no end set" } else { "not known" },
                ),
            ),
        ],
    )
}
