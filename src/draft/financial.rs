//! What an option saves and costs, who would pay what, and how sure quality is: the financial case in short.

use super::{
    case::{Case, Values, paragraph, plural, pounds, text},
    kind::Kind,
    table,
};
use crate::{
    english,
    figure::{Amount, Figure, Status},
    form::brief::options::APPORTIONMENT_BASIS,
    number::Exact,
    programme::{Code, YEARS},
    sentence,
    word::{Block, Table},
};

/// Names one figure of a project fully: what is not named must be absent.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted<'k> {
    pub(super) key: &'k str,
    pub(super) council: Option<&'k str>,
    pub(super) item: Option<&'k str>,
    pub(super) option: Option<u32>,
    pub(super) basis: Option<&'k str>,
    pub(super) case: Option<&'k str>,
    pub(super) income: Option<&'k str>,
}

impl Case<'_> {
    pub(super) fn find(&self, wanted: Wanted<'_>) -> Option<&Figure> {
        self.picture.figures.of(Some(&self.project.code), wanted.key).find(|own| {
            &*own.scenario == "all"
                && own.council.as_deref() == wanted.council
                && own.item.as_deref() == wanted.item
                && own.option == wanted.option
                && own.basis == wanted.basis
                && own.case == wanted.case
                && own.income == wanted.income
        })
    }

    pub(super) fn number(&self, wanted: Wanted<'_>) -> Option<&Exact> {
        self.find(wanted).filter(|own| own.public).and_then(Figure::number)
    }
}

/// A reading of the saving: its name in the wording, the case, and whether new income counts.
const READINGS: [(&str, Option<&str>, Option<&str>); 4] = [
    ("likely", None, None),
    ("without", None, Some("without")),
    ("low", Some("low"), None),
    ("high", Some("high"), None),
];

/// How cost may be shared, as figures name it, and as the brief does.
pub(super) const BASES: [(&str, &str); 5] = [
    ("agreed", "Agreed shares"),
    ("population", "Population"),
    ("budget", "Budget"),
    ("equal", "Equal"),
    ("usage", "Usage"),
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let option = sentence::tested(&case.told(), case.own);
    values.text("say:test", paragraph(sentence::test(&case.told(), case.own)));
    let of = |key| Wanted { key, option, ..Wanted::default() };
    let without = Wanted { income: Some("without"), ..of("savings.year2") };
    let figures = [
        ("fig:saving", "Saving in year 2", of("savings.year2")),
        ("fig:saving.without_income", "Saving in year 2 without new income", without),
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
    values.passage("if:tested", option.is_some());
    values.table("block:test", test_table(case, option));
    values.text("say:payback", option.map_or_else(String::new, |option| payback(case, option)));
    values.text("say:quality", quality(case));
    let sharing = Sharing::of(case, option);
    values.passage("if:shares", !sharing.readings.is_empty());
    values.text("say:sharing", sharing.said(case));
    values.blocks("block:shares", sharing.tables(case));
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
fn money(number: &Exact) -> String {
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
    let count = |own: Option<&Figure>| super::case::whole(own).unwrap_or_default();
    let (rated, low) = (count(Some(high)), count(sure("Low")));
    let silent = case.list(&high.missing.iter().collect::<Vec<_>>());
    let low = match low {
        0 => String::new(),
        _ => case.say("quality.low", plural(low), &[("number", &english::count(low))]),
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
    let said = case.say("quality.rated", form, &quoted);
    let gate = case.find(Wanted { key: "savings.quality_gate", ..Wanted::default() });
    let passed = gate.is_some_and(|own| {
        own.value == Some(Amount::YesNo(true)) && own.status == Status::Complete
    });
    paragraph([said, case.say("quality.gate", if passed { "met" } else { "not_yet" }, &[])])
}

/// The form of a sentence about every council asked; none where it is about some.
fn everybody(number: usize, of: usize) -> Option<&'static str> {
    match (number, of) {
        (0, _) => None,
        (1, 1) => Some("only"),
        (2, 2) => Some("both"),
        _ if number == of => Some("all"),
        _ => None,
    }
}

/// Who would pay what, as far as an option has been tested.
pub(super) struct Sharing {
    option: Option<u32>,
    /// Income kept or pooled: those that can be given.
    pub(super) readings: Vec<&'static str>,
    /// The bases that can be given, as figures name them.
    bases: Vec<&'static str>,
    /// The one that the brief names, if it can be given; else the first.
    basis: Option<&'static str>,
}

impl Sharing {
    pub(super) fn of(case: &Case<'_>, option: Option<u32>) -> Sharing {
        let given = |income: &str, basis: &str| {
            let key = "apportionment.losers";
            let (basis, income) = (Some(basis), Some(income));
            let wanted = Wanted { key, option, basis, income, ..Wanted::default() };
            option.is_some() && case.number(wanted).is_some()
        };
        let any = |income: &&str| BASES.iter().any(|(basis, _)| given(income, basis));
        let readings: Vec<&'static str> = ["own", "pooled"].into_iter().filter(any).collect();
        let named = case.brief().and_then(|brief| text(brief, &APPORTIONMENT_BASIS));
        let bases: Vec<&'static str> = BASES
            .iter()
            .map(|(basis, _)| *basis)
            .filter(|basis| readings.iter().any(|income| given(income, basis)))
            .collect();
        let wanted = BASES.iter().find(|(_, word)| Some(*word) == named).map(|(basis, _)| *basis);
        let basis = wanted.filter(|own| bases.contains(own)).or(bases.first().copied());
        Sharing { option, readings, bases, basis }
    }

    /// What a council would pay, gain or lose by a basis: `share` or `gain`.
    fn amount<'c>(
        &self,
        case: &'c Case<'_>,
        key: &str,
        council: &Code,
        [basis, income]: [&str; 2],
    ) -> Option<&'c Exact> {
        let (basis, income) = (Some(basis), Some(income));
        let council = Some(&**council);
        let option = self.option;
        case.number(Wanted { key, council, option, basis, income, ..Wanted::default() })
    }

    /// How many councils would pay more than they do now (the end of sentence 13).
    fn said(&self, case: &Case<'_>) -> String {
        let Some(basis) = self.basis else {
            return case.say("sharing.none", "some", &[]);
        };
        let sentences = self.readings.iter().filter_map(|income| {
            let key = "apportionment.losers";
            let wanted = Wanted {
                key,
                option: self.option,
                basis: Some(basis),
                income: Some(income),
                ..Wanted::default()
            };
            let losers = super::case::whole(case.find(wanted))?;
            let of = case.expected().len();
            let quoted = [
                ("basis", &*case.say("sharing.basis", basis, &[])),
                ("income", &case.say("sharing.income", income, &[])),
                ("number", &english::count(losers)),
                ("of", &english::count(of)),
                ("list", &case.list(&case.expected())),
            ];
            let form = everybody(losers, of).unwrap_or(plural(losers));
            Some(case.say("sharing.losers", form, &quoted))
        });
        paragraph(sentences)
    }

    /// A table for each reading of income: what each council would pay less or more than today, by basis.
    fn tables(&self, case: &Case<'_>) -> Vec<Block> {
        let one = |income: &&'static str| {
            let gain = |council: &Code, basis: &str| {
                let key = "apportionment.gain";
                self.amount(case, key, council, [basis, income]).map_or_else(
                    || case.say("financial.untested", "figure", &[]),
                    |gain| gained(case, gain),
                )
            };
            let row = |council: &&Code| {
                let mut cells = vec![case.programme.name(council).to_owned()];
                cells.extend(self.bases.iter().map(|basis| gain(council, basis)));
                cells
            };
            let mut columns = vec![table::text("Council", 18)];
            let heading = |basis: &&str| {
                table::number(english::capital(&case.say("sharing.basis", basis, &[])), 16)
            };
            columns.extend(self.bases.iter().map(heading));
            let caption = case.say("sharing.table", income, &[]);
            let style = "Caption";
            let table = Table {
                title: caption.clone(),
                description: String::from("What each council would pay less or more than today."),
                columns,
                rows: case.expected().iter().map(row).collect(),
                total: false,
            };
            [Block::Paragraph { style, text: caption }, Block::Table(table)]
        };
        // A summary has room for one.
        let room = if case.kind == Kind::MemberSummary { 1 } else { self.readings.len() };
        self.readings.iter().take(room).flat_map(one).collect()
    }
}

/// "£24,350 less", "£8,111 more", "the same".
pub(super) fn gained(case: &Case<'_>, gain: &Exact) -> String {
    let form = match () {
        () if gain.is_zero() => "same",
        () if gain.is_negative() => "more",
        () => "less",
    };
    case.say("sharing.gain", form, &[("amount", &english::pounds(&gain.abs()))])
}
