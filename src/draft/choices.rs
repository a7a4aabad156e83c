//! Section 11: how the options compare, why one is not tested, and what each set of councils comes to.

use super::{
    case::{Case, Values, Wanted, paragraph, shown, text},
    financial::money,
    side::{Place, Side},
    table,
    worth::paid_back,
};
use crate::{
    figure::{Amount, Figure},
    form::{
        brief::{
            options::{OPTION_NUMBER, OPTION_RULED_OUT, OPTION_TABLE, PREFERRED_OPTION},
            overview::TRADING_AMBITION,
        },
        profile::basis,
    },
    picture::Proposal,
    programme::Code,
    sentence,
    word::Table,
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    values.passage("if:compared", sentence::tested(&case.told(), case.own).is_some());
    values.table("block:compared", compared(case));
    values.text("say:options", said(case));
    let sets = sets(case);
    values.passage("if:scenarios", sets.len() > 1);
    values.text("say:scenarios", case.say("scenarios.said", "some", &[]));
    values.table("block:scenarios", scenarios(case, &sets));
    let fit = [
        ("A similar approach to sharing", &basis::FIT_APPROACH),
        ("Similar expectations of it", &basis::FIT_EXPECTATIONS),
        ("Similar priorities", &basis::FIT_PRIORITIES),
        ("Decisions taken in a similar way", &basis::FIT_DECISIONS),
    ];
    let fit = fit.map(|(label, field)| (label.to_owned(), field));
    let fit = Side::new(case, Place::Profiles, fit);
    values.passage("if:fit", fit.any(case));
    let shows = "How each council's chief executive sees the partnership.";
    values
        .blocks("block:fit", fit.tables(case, "Fit of the partners", shows, "The partnership has"));
}

/// Each option that has not been ruled out, in numbers where it can be tested.
fn compared(case: &Case<'_>) -> Table {
    let row = |option: &Proposal| {
        let find = |key, reading| {
            let option = Some(option.number);
            case.find(Wanted { key, option, case: reading, ..Wanted::default() })
        };
        let none = || case.say("financial.untested", "figure", &[]);
        let number = |key| {
            let figure = find(key, None).filter(|own| own.public);
            figure.and_then(shown).unwrap_or_else(none)
        };
        let tested = |reading| match find("savings.met", reading).and_then(|own| own.value.as_ref())
        {
            Some(Amount::YesNo(true)) => case.say("financial.met", "yes", &[("short", "")]),
            Some(_) => String::from("not met"),
            None => none(),
        };
        let part = |reading| {
            let part = find("savings.percent", reading).and_then(Figure::number);
            let met = find("savings.met", reading).is_some_and(Figure::is_yes);
            part.map_or_else(none, |part| sentence::part_of_budget(&case.told(), part, met))
        };
        let both = |reading| match find("savings.percent", reading).and_then(Figure::number) {
            Some(_) => format!("{}, {}", part(reading), tested(reading)),
            None => none(),
        };
        let name = if option.name.is_empty() { "not named" } else { &option.name };
        vec![
            format!("{} {name}", option.number),
            number("savings.year2"),
            both(None),
            both(Some("low")),
            number("appraisal.npv"),
            paid_back(case, option.number, None).unwrap_or_else(none),
        ]
    };
    Table {
        title: String::from("How the options compare"),
        description: String::from("What each option saves, and whether that is enough."),
        columns: vec![
            table::text("Option", 23),
            table::number("Saving in year 2", 14),
            table::number("Part of the budget, and the 10% criterion", 17),
            table::number("In the low case", 15),
            table::number("Net present value", 15),
            table::number("Recovered in", 16),
        ],
        rows: case.own.options.iter().map(row).collect(),
        total: false,
    }
}

/// Why options are not tested, and what the brief says of them besides.
fn said(case: &Case<'_>) -> String {
    let mut said: Vec<String> =
        case.own.options.iter().filter_map(|own| untested(case, own)).collect();
    let brief = case.brief();
    let rows = brief.into_iter().flat_map(|brief| brief.used_rows(&OPTION_TABLE));
    for row in rows.filter(|row| row.get(&OPTION_RULED_OUT).is("Yes")) {
        let number = row.used_text(&OPTION_NUMBER);
        let why = case.say("options.why", "ruled_out", &WHY);
        said.push(case.say("options.untested", "some", &[("option", &number), ("why", &why)]));
    }
    if let Some(brief) = brief {
        let preferred = brief.used(&PREFERRED_OPTION).map(ToString::to_string);
        let form = if preferred.is_some() { "some" } else { "none" };
        let preferred = preferred.unwrap_or_default();
        said.push(case.say("options.preferred", form, &[("option", &preferred)]));
        let trading = text(brief, &TRADING_AMBITION).map(str::to_lowercase);
        let form =
            ["planned", "possible", "none"].into_iter().find(|own| trading.as_deref() == Some(own));
        said.extend(form.map(|form| case.say("options.trading", form, &[])));
    }
    paragraph(said)
}

const WHY: [(&str, &str); 3] = [("councils", ""), ("asked", ""), ("missing", "")];

fn untested(case: &Case<'_>, option: &Proposal) -> Option<String> {
    let key = "savings.met";
    let met = case.find(Wanted { key, option: Some(option.number), ..Wanted::default() })?;
    if met.value.is_some() {
        return None;
    }
    let expected = case.expected();
    let own: Vec<&Code> = option.councils.iter().collect();
    let form = match () {
        () if !met.missing.is_empty() => "supply",
        () if own != expected => "restated",
        () => "brief",
    };
    let councils = match own.is_empty() {
        true => String::from("no council"),
        false => case.list(&own),
    };
    let missing = sentence::supplied(&case.told(), case.own, met);
    let quoted =
        [("councils", &*councils), ("asked", &case.list(&expected)), ("missing", &missing)];
    let why = case.say("options.why", form, &quoted);
    let quoted = [("option", &*option.number.to_string()), ("why", &why)];
    Some(case.say("options.untested", "some", &quoted))
}

/// The sets of councils that figures are reckoned for, all of them first.
fn sets(case: &Case<'_>) -> Vec<Code> {
    let mut sets: Vec<Code> = vec![];
    for figure in case.keyed("coverage.councils").filter(|own| own.council.is_none()) {
        if !sets.contains(&figure.scenario) {
            sets.push(figure.scenario.clone());
        }
    }
    sets
}

/// A row for each set: what it spends, what would have to be saved, and whether an option was made for it.
fn scenarios(case: &Case<'_>, sets: &[Code]) -> Table {
    let row = |set: &Code| {
        let find = |key| case.find(Wanted { key, scenario: Some(set), ..Wanted::default() });
        let none = || case.say("financial.untested", "figure", &[]);
        let pounds = |key: &str| {
            let mut all =
                case.keyed(key).filter(|own| own.scenario == *set && own.council.is_none());
            let figure = all.find(|own| own.basis.is_none());
            let Some((own, number)) = figure.and_then(|own| Some((own, own.number()?))) else {
                return none();
            };
            match own.missing.len() {
                0 => money(number),
                missing => {
                    let (n, of) = (own.used.len().to_string(), own.used.len() + missing);
                    let quoted = [("n", &*n), ("of", &of.to_string())];
                    format!("{} ({})", money(number), case.say("table.share", "some", &quoted))
                }
            }
        };
        let returns = find("coverage.councils").map_or_else(none, |own| {
            format!("{} of {}", own.used.len(), own.used.len() + own.missing.len())
        });
        vec![
            named(case, set),
            returns,
            pounds("revenue.gross_controllable"),
            pounds("savings.target"),
            tested(case, set),
        ]
    };
    Table {
        title: String::from("With and without each council"),
        description: String::from("What each set of councils spends, and the savings test for it."),
        columns: vec![
            table::text("Councils", 22),
            table::number("Returns in use", 12),
            table::number("Gross controllable", 18),
            table::number("Saving wanted", 16),
            table::text("The savings test", 32),
        ],
        rows: sets.iter().map(row).collect(),
        total: false,
    }
}

/// What the test comes to for a set of councils, or why it is not made.
fn tested(case: &Case<'_>, set: &Code) -> String {
    let mut tests = case.keyed("savings.met").filter(|own| {
        own.scenario == *set && (own.basis, own.income, own.case) == (None, None, None)
    });
    let first = tests.next();
    let done = first.into_iter().chain(tests).find(|own| own.value.is_some());
    let none = [("option", ""), ("percent", ""), ("list", "")];
    let Some(test) = done.or(first) else { return case.say("scenarios.test", "none", &none) };
    let missing: Vec<&Code> = test.missing.iter().collect();
    if test.value.is_none() {
        let restated = test.reasons.values().any(|why| why.contains("restated"));
        let form = match () {
            () if !missing.is_empty() => "missing",
            () if restated => "restated",
            () => "none",
        };
        let quoted = [("option", ""), ("percent", ""), ("list", &*case.list(&missing))];
        return case.say("scenarios.test", form, &quoted);
    }
    let key = "savings.percent";
    let part = Wanted { key, option: test.option, scenario: Some(set), ..Wanted::default() };
    let met = test.is_yes();
    let percent = case.number(part).map(|own| sentence::part_of_budget(&case.told(), own, met));
    let quoted = [
        ("option", &*test.option.map(|own| own.to_string()).unwrap_or_default()),
        ("percent", &percent.unwrap_or_default()),
        ("list", ""),
    ];
    case.say("scenarios.test", if met { "met" } else { "not_met" }, &quoted)
}

/// "All councils asked", "Without Shepway".
fn named(case: &Case<'_>, set: &Code) -> String {
    let scenario = case.programme.scenarios.iter().find(|own| own.name == *set);
    let Some(scenario) = scenario else {
        return case.say("scenarios.set", "all", &[("list", ""), ("others", "")]);
    };
    let list = |codes: &[Code]| case.list(&codes.iter().collect::<Vec<_>>());
    let (without, with) = (list(&scenario.without), list(&scenario.with));
    let (form, quoted) = match (without.is_empty(), with.is_empty()) {
        (false, false) => ("both", [("list", &*without), ("others", &with)]),
        (false, true) => ("without", [("list", &*without), ("others", "")]),
        (true, _) => ("with", [("list", &*with), ("others", "")]),
    };
    case.say("scenarios.set", form, &quoted)
}
