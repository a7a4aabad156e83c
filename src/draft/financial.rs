//! What an option saves and costs, who would pay what, and how sure quality is: the financial case in short.

use super::{
    case::{Case, Values, Wanted, paragraph, plural, pounds, text},
    table,
};
use crate::{
    answer::Return,
    english,
    figure::{Amount, Figure, Status},
    form::council_return::service::{QUALITY_CERTAINTY, QUALITY_EVIDENCE},
    number::Exact,
    picture::Coverage,
    programme::{Code, YEARS},
    sentence,
    word::Table,
};

/// A reading of the saving: its name in the wording, the case, and whether new income counts.
const READINGS: [(&str, Option<&str>, Option<&str>); 4] = [
    ("likely", None, None),
    ("without", None, Some("without")),
    ("low", Some("low"), None),
    ("high", Some("high"), None),
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let option = sentence::tested(&case.told(), case.own);
    values.text("say:test", paragraph(sentence::test(&case.told(), case.own)));
    let two_years = sentence::two_years(&case.told(), case.own);
    values.text("say:two_years", two_years.unwrap_or_default());
    values.passage("if:tested", option.is_some());
    values.table("block:test", test_table(case, option));
    values.text("say:payback", option.map_or_else(String::new, |option| payback(case, option)));
    values.text("say:quality", quality(case));
}

/// What year 2 saves and what it costs once, for papers that have room for a few numbers.
pub(super) fn numbers(case: &Case<'_>, values: &mut Values) {
    let option = sentence::tested(&case.told(), case.own);
    let of = |key| Wanted { key, option, ..Wanted::default() };
    let without = Wanted { income: Some("without"), ..of("savings.year2") };
    let figures = [
        ("fig:saving", "Saving in year 2", of("savings.year2")),
        ("fig:saving.without_income", "Saving without new income", without),
        ("fig:one_off", "One-off cost", of("appraisal.one_off")),
    ];
    for (tag, label, wanted) in figures {
        let figure = option.and_then(|_| case.find(wanted));
        let title = figure.map(|own| case.title(label, own)).unwrap_or_default();
        let shown = match figure {
            Some(own) => case.cell(Some(own)),
            None => case.say("financial.untested", "figure", &[]),
        };
        values.titled(tag, shown, title);
    }
}

/// Every reading of the test beside the others: what is met most likely may not be met at worst.
fn test_table(case: &Case<'_>, option: Option<u32>) -> Table {
    let row = |(name, of, income): &(&str, Option<&str>, Option<&str>)| {
        let wanted = |key| Wanted { key, option, case: *of, income: *income, ..Wanted::default() };
        let number = |key| option.and_then(|_| case.number(wanted(key)));
        let met = case.find(wanted("savings.met")).and_then(|own| own.value.as_ref());
        let (Some(saving), Some(part), Some(Amount::YesNo(met))) =
            (number("savings.year2"), number("savings.percent"), met)
        else {
            let none = || case.say("financial.untested", "figure", &[]);
            return vec![case.say("financial.reading", name, &[]), none(), none(), none()];
        };
        let short = number("savings.short").map(sentence::short_of).unwrap_or_default();
        vec![
            case.say("financial.reading", name, &[]),
            money(saving),
            sentence::part_of_budget(&case.told(), part, *met),
            case.say("financial.met", if *met { "yes" } else { "no" }, &[("short", &short)]),
        ]
    };
    let target = sentence::target_of(&case.told());
    let criterion = case.say("financial.criterion", "some", &[("target", &target)]);
    Table {
        title: String::from("The savings test"),
        description: String::from("What year 2 saves in each reading, and whether that is enough."),
        columns: vec![
            table::text("Reading", 27),
            table::number("Saving in year 2", 22),
            table::number("Part of the budget", 22),
            table::text(criterion, 29),
        ],
        rows: READINGS.iter().map(row).collect(),
        total: false,
    }
}

/// Money as tables have it.
pub(super) fn money(number: &Exact) -> String {
    if number.is_zero() { String::from("nil") } else { english::pounds(number) }
}

/// Sentence 12 of domain.md E7.
fn payback(case: &Case<'_>, option: u32) -> String {
    let wanted = |key| Wanted { key, option: Some(option), ..Wanted::default() };
    let (Some(one_off), Some(npv)) =
        (case.number(wanted("appraisal.one_off")), case.number(wanted("appraisal.npv")))
    else {
        return String::new();
    };
    let years = case.find(wanted("appraisal.payback_years")).and_then(Figure::number);
    let year = years.map(|years| {
        let begun = years.floor();
        if begun == *years && !years.is_zero() { begun } else { begun + Exact::one() }
    });
    let form = match &year {
        _ if one_off.is_zero() => "nothing",
        None => "not",
        Some(_) => "year",
    };
    let rate = case.programme.appraisal.discount_rate_pct.normalize().to_string();
    let value = match npv.is_negative() {
        true => format!("minus {}", pounds(&npv.abs())),
        false => pounds(npv),
    };
    let year = year.map(|year| year.rounded(0)).unwrap_or_default();
    let quoted = [
        ("one_off", &*pounds(one_off)),
        ("year", &year),
        ("years", &english::count(YEARS)),
        ("npv", &value),
        ("rate", &rate),
    ];
    let said = case.say("financial.payback", form, &quoted);
    let falls = case.number(wanted("appraisal.switching_value"));
    let falls = falls.filter(|part| !part.is_negative() && !part.is_zero() && !one_off.is_zero());
    let even = falls.map_or_else(String::new, |part| {
        case.say("financial.even", "some", &[("percent", &english::percent(part))])
    });
    paragraph([said, even])
}

/// Sentence 11 of domain.md E7.
fn quality(case: &Case<'_>) -> String {
    let sure = |certainty| {
        let key = "savings.quality_certainty";
        case.find(Wanted { key, item: Some(certainty), ..Wanted::default() })
    };
    let Some(high) = sure("High").filter(|own| own.value.is_some()) else {
        return case.say("none", "quality", &[]);
    };
    let rated = super::case::whole(Some(high)).unwrap_or_default();
    let unsure: Vec<(&Coverage, &Return)> = case
        .used()
        .filter(|(_, ret)| text(ret, &QUALITY_CERTAINTY) == Some("Low"))
        .filter(|(line, _)| !high.missing.contains(&line.council))
        .collect();
    let lows: Vec<&Code> = unsure.iter().map(|(line, _)| &line.council).collect();
    let silent = case.list(&high.missing.iter().collect::<Vec<_>>());
    let low = match lows.len() {
        0 => String::new(),
        some => case.say("quality.low", plural(some), &[("lows", &case.list(&lows))]),
    };
    let silent = match high.missing.len() {
        0 => String::new(),
        missing => case.say("quality.silent", plural(missing), &[("list", &silent)]),
    };
    let of = case.expected().len();
    let quoted = [
        ("number", &*english::count(rated)),
        ("of", &english::count(of)),
        ("low", &low),
        ("silent", &silent),
        ("list", &case.list(&case.expected())),
    ];
    let form = match (everybody(rated, of), of) {
        (Some(form), _) => form,
        (None, 1) => "only_not",
        (None, _) => plural(rated),
    };
    let mut said = vec![case.say("quality.rated", form, &quoted)];
    said.extend(unsure.iter().filter_map(|(line, ret)| {
        let reason = text(ret, &QUALITY_EVIDENCE)?.trim_end_matches('.');
        let quoted = [("council", case.programme.name(&line.council)), ("reason", reason)];
        Some(case.say("quality.reason", "some", &quoted))
    }));
    let gate = case.find(Wanted { key: "savings.quality_gate", ..Wanted::default() });
    let passed = gate.is_some_and(|own| {
        own.value == Some(Amount::YesNo(true)) && own.status == Status::Complete
    });
    said.push(case.say("quality.gate", if passed { "met" } else { "not_yet" }, &[]));
    paragraph(said)
}

/// The form of a sentence about every council asked; none where it is about some.
pub(super) fn everybody(number: usize, of: usize) -> Option<&'static str> {
    match (number, of) {
        (0, _) => None,
        (1, 1) => Some("only"),
        (2, 2) => Some("both"),
        _ if number == of => Some("all"),
        _ => None,
    }
}
