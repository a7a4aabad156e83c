//! Section 6: combined revenue and capital, and the lines of annex A.

use std::collections::BTreeMap;

use super::{
    case::{BUDGET, Case, OUTTURN, Reach, Values, item, paragraph, pounds, text},
    table::{self, Line},
};
use crate::{
    answer::{Held, Return, ReturnKind},
    english,
    figure::{Ask, Figure},
    form::{
        GridRow,
        council_return::{
            capital::{self, NIL_CAPITAL},
            revenue::{LINES, SHEET, Y0_BUDGET},
        },
    },
    number::Exact,
    picture::Scheme,
    programme::Code,
    word::Item,
};

const TOTALS: [(&str, &str); 4] = [
    ("revenue.gross_controllable", "Gross controllable expenditure"),
    ("revenue.income", "Income"),
    ("revenue.net_controllable", "Net controllable expenditure"),
    ("revenue.net_total", "Net total"),
];

const CAPITAL: [(&str, &str); 3] = [
    ("capital.approved", "Approved"),
    ("capital.provisional", "Provisional"),
    ("capital.bid", "Bid for"),
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    values.text("say:revenue", revenue(case));
    values.text("say:capital", capital(case));
    let title = "Combined revenue budget";
    let shows = "Spending, income and what remains, by council and together.";
    values.blocks("block:revenue", table::by_council(case, title, shows, "Measure", &totals(case)));
    let shows = "Capital spending by year, by council and together.";
    values.blocks(
        "block:capital",
        table::by_council(case, "Capital spending", shows, "Spending", &years(case)),
    );
    let schemes: Vec<Item> = case.own.schemes.iter().map(|own| scheme(case, own)).collect();
    values.passage("if:schemes", !schemes.is_empty());
    values.list("each:schemes", super::overview::unique(schemes));
    let base = case.programme.base_year;
    for (offset, year) in (0..).zip(["y0", "y1", "y2", "y3"]) {
        values.text(&format!("fig:year.{year}"), base.plus(offset).to_string());
    }
    annex(case, values);
}

/// Every line of the Revenue sheet, the base year and the year before.
fn annex(case: &Case<'_>, values: &mut Values) {
    let base = case.programme.base_year;
    values.text("fig:last_year", base.plus(-1).to_string());
    for (tag, column, year) in
        [("block:lines", BUDGET, base), ("block:outturn", OUTTURN, base.plus(-1))]
    {
        let keys: Vec<(String, &str)> = LINES
            .rows
            .iter()
            .map(|row| (format!("revenue.line.{}", row.key.to_lowercase()), row.label))
            .chain(TOTALS.map(|(key, label)| (key.to_owned(), label)))
            .collect();
        let lines: Vec<Line<'_>> = keys
            .iter()
            .map(|(key, label)| Line {
                label: (*label).to_owned(),
                ask: Ask { key, column: Some(column), ..Ask::default() },
            })
            .collect();
        let title = format!("Revenue lines, {year}");
        let shows = "Every line of spending and income, by council and together.";
        values.blocks(tag, table::by_council(case, &title, shows, "Line", &lines));
    }
}

fn totals(case: &Case<'_>) -> Vec<Line<'static>> {
    let base = case.programme.base_year;
    // In a narrow column "expenditure" would cost a line of every row.
    let line = |(key, label): (&'static str, &str), column, year, word| Line {
        label: format!("{}, {year}{word}", label.trim_end_matches(" expenditure")),
        ask: Ask { key, column: Some(column), ..Ask::default() },
    };
    let mut lines: Vec<Line<'static>> = TOTALS.map(|total| line(total, BUDGET, base, "")).into();
    // The year before in full stands in annex A.
    let before = [TOTALS[0], TOTALS[2]];
    lines.extend(before.map(|total| line(total, OUTTURN, base.plus(-1), " outturn")));
    lines
}

fn years(case: &Case<'_>) -> Vec<Line<'static>> {
    let base = case.programme.base_year;
    let columns = ["spend_y0", "spend_y1", "spend_y2", "spend_y3"];
    let mut lines: Vec<Line<'static>> = (0..)
        .zip(columns)
        .map(|(offset, column)| Line {
            label: format!("Approved, {}", base.plus(offset)),
            ask: Ask { key: "capital.approved", column: Some(column), ..Ask::default() },
        })
        .collect();
    lines.extend(CAPITAL.map(|(key, label)| Line {
        label: format!("{label}, four years"),
        ask: Ask { key, ..Ask::default() },
    }));
    lines
}

/// Sentence 2 of domain.md E7.
pub(super) fn revenue(case: &Case<'_>) -> String {
    let of = |key, column| case.ask(Ask { key, column: Some(column), ..Ask::default() });
    let gross = of("revenue.gross_controllable", BUDGET);
    let net = of("revenue.net_controllable", BUDGET);
    let total = of("revenue.net_total", BUDGET);
    let mut sentences = vec![];
    match gross.and_then(|own| Some((own, own.number()?))) {
        None => sentences.push(case.say("none", "revenue", &[])),
        Some((own, amount)) => sentences.extend(budget(case, own, amount, net, total)),
    }
    if let Some(own) = gross
        && let Some(last) = of("revenue.gross_controllable", OUTTURN)
        && let Some(amount) = last.number()
        && last.used == own.used
        && !amount.is_zero()
    {
        let year = case.programme.base_year.plus(-1).to_string();
        let same = |other: Option<&Figure>| other.is_some_and(|other| other.used == own.used);
        let they = match last.used.len() {
            // The sentence before this one may be about others.
            _ if !same(net) || !same(total) => case.councils(&last.used),
            1 => case.say("again", "one", &[]),
            _ => case.say("again", "many", &[]),
        };
        let quoted = [("year", &*year), ("they", &they), ("gross", &pounds(amount))];
        sentences.push(case.say("revenue.outturn", "some", &quoted));
    }
    sentences.extend(lacking(case));
    paragraph(sentences)
}

fn budget(
    case: &Case<'_>,
    gross: &Figure,
    amount: &Exact,
    net: Option<&Figure>,
    total: Option<&Figure>,
) -> Vec<String> {
    let money = |own: Option<&Figure>| own.and_then(Figure::number).map(pounds).unwrap_or_default();
    let year = case.programme.base_year.to_string();
    let transfers =
        case.ask(Ask { key: "revenue.line.trf", column: Some(BUDGET), ..Ask::default() });
    let same = |own: Option<&Figure>| own.is_some_and(|own| own.used == gross.used);
    let together = same(net) && same(total);
    let quoted = [
        ("councils", &*case.councils(&gross.used)),
        ("gross", &pounds(amount)),
        ("service", &case.project.service),
        ("year", &year),
        ("net", &money(net)),
        ("total", &money(total)),
        ("transfers", &money(transfers)),
    ];
    let nil = |own: Option<&Figure>| own.and_then(Figure::number).is_some_and(Exact::is_zero);
    if amount.is_zero() && together && nil(net) && nil(total) {
        return vec![case.say("revenue.budget", "nil", &quoted)];
    }
    if together {
        // Net of income is more than gross where benefits are paid: the sentence has to say why.
        let pays = transfers.and_then(Figure::number).is_some_and(|paid| !paid.is_zero());
        return vec![case.say("revenue.budget", if pays { "transfers" } else { "full" }, &quoted)];
    }
    let apart = |sentence, own: Option<&Figure>, name| match own.and_then(Figure::number) {
        Some(amount) => {
            // A number alone would not say which councils are meant.
            let named = |own: &Figure| match case.all_in_use(&own.used) {
                true => case.councils(&own.used),
                false => case.list(&own.used.iter().collect::<Vec<_>>()),
            };
            let councils = own.map(named).unwrap_or_default();
            let quoted = [("councils", &*councils), (name, &*pounds(amount))];
            case.say(sentence, "some", &quoted)
        }
        None => case.say("none", name, &[]),
    };
    vec![
        case.say("revenue.budget", "gross", &quoted),
        apart("revenue.net", net, "net"),
        apart("revenue.total", total, "total"),
    ]
}

/// What councils whose returns are used did not give, told once for those that lack the same.
fn lacking(case: &Case<'_>) -> Vec<String> {
    let mut sheets: Vec<&Code> = vec![];
    let mut blank: BTreeMap<Vec<&str>, Vec<&Code>> = BTreeMap::new();
    let mut unusable: BTreeMap<Vec<&str>, Vec<&Code>> = BTreeMap::new();
    for (line, ret) in case.used() {
        if ret.refused_sheet(&SHEET).is_some() {
            sheets.push(&line.council);
            continue;
        }
        let (without, with) = missing_lines(case, ret);
        for (labels, groups) in [(without, &mut blank), (with, &mut unusable)] {
            if !labels.is_empty() {
                groups.entry(labels).or_default().push(&line.council);
            }
        }
    }
    let mut sentences = vec![];
    for (sentence, groups) in [("revenue.missing", blank), ("revenue.unusable", unusable)] {
        for (labels, councils) in groups {
            let form = if labels.len() == 1 { "one" } else { "many" };
            let quoted: Vec<String> = labels.iter().map(|label| format!("“{label}”")).collect();
            let quoted = [("list", &*case.list(&councils)), ("labels", &english::list(&quoted))];
            sentences.push(case.say(sentence, form, &quoted));
        }
    }
    sentences.extend(case.about("revenue.no_sheet", &sheets));
    sentences
}

/// The lines of the base year without a usable figure: those left empty, and those that cannot be used.
pub(super) fn missing_lines(
    case: &Case<'_>,
    ret: &Return,
) -> (Vec<&'static str>, Vec<&'static str>) {
    let council = ret.council.as_deref();
    let has = |row: &GridRow| {
        let key = format!("revenue.line.{}", row.key.to_lowercase());
        let ask = Ask { key: &key, council, column: Some(BUDGET), ..Ask::default() };
        case.ask(ask).is_none_or(|figure| figure.value.is_some())
    };
    let empty = |row: &GridRow| {
        let held = &ret.get(LINES.at(row, &Y0_BUDGET)).held;
        matches!(held, Held::Blank)
            || matches!(held, Held::Refused(refused) if refused.held == Held::Blank)
    };
    let lacking: Vec<&'static GridRow> =
        LINES.rows.iter().copied().filter(|row| !has(row)).collect();
    let (blank, unusable): (Vec<_>, Vec<_>) = lacking.into_iter().partition(|row| empty(row));
    let label = |row: &'static GridRow| row.label;
    (blank.into_iter().map(label).collect(), unusable.into_iter().map(label).collect())
}

/// Sentence 3 of domain.md E7. Each kind of spending may cover other councils, which is said where it does.
pub(super) fn capital(case: &Case<'_>) -> String {
    let kinds = CAPITAL.map(|(key, _)| case.figure(key));
    let number = |own: Option<&Figure>| own.and_then(Figure::number).is_some();
    if !kinds.into_iter().any(number) {
        return case.say("none", "capital", &[]);
    }
    let mut reach = Reach::new(case);
    let [approved, provisional, bid] = kinds;
    let mut sentences = vec![];
    let mut apart = vec![("provisional", provisional), ("bid", bid)];
    let mut nil: Vec<&Code> = vec![];
    if let Some((own, amount)) = approved.and_then(|own| Some((own, own.number()?))) {
        let with = |other: Option<&Figure>| other.is_some_and(|other| other.used == own.used);
        if no_schemes(case, own) {
            sentences.push(case.all_nil("capital.all_nil", own));
            reach.to(&own.used);
        } else {
            let place = reach.to(&own.used);
            let others = [provisional, bid].map(|other| other.filter(|_| with(other)));
            sentences.push(approved_said(case, &place, amount, others));
            // That a council does not provide the service at all is said elsewhere.
            nil = confirmed(case, own).collect();
        }
        apart.retain(|(_, other)| !with(*other));
    }
    for (form, own) in apart {
        if let Some((own, amount)) = own.and_then(|own| Some((own, own.number()?)))
            && !amount.is_zero()
        {
            let place = reach.to(&own.used);
            let quoted = [("where", &*place), ("amount", &pounds(amount))];
            sentences.push(case.say("capital.apart", form, &quoted));
        }
    }
    sentences.extend(case.about("capital.nil", &nil));
    sentences.extend(unknown_capital(case, kinds));
    paragraph(sentences)
}

fn approved_said(
    case: &Case<'_>,
    place: &str,
    approved: &Exact,
    others: [Option<&Figure>; 2],
) -> String {
    let [provisional, bid] =
        others.map(|own| own.and_then(Figure::number).filter(|amount| !amount.is_zero()));
    let form = match (provisional, bid) {
        (None, None) => "none",
        (Some(_), None) => "provisional",
        (None, Some(_)) => "bid",
        (Some(_), Some(_)) => "both",
    };
    let money = |own: Option<&Exact>| own.map(pounds).unwrap_or_default();
    let quoted = [("provisional", &*money(provisional)), ("bid", &money(bid))];
    let base = case.programme.base_year;
    let quoted = [
        ("where", place),
        ("first", &base.to_string()),
        ("last", &base.plus(3).to_string()),
        ("approved", &pounds(approved)),
        ("more", &case.say("capital.more", form, &quoted)),
        ("instead", &case.say("capital.instead", form, &quoted)),
    ];
    case.say("capital.approved", if approved.is_zero() { "zero" } else { "some" }, &quoted)
}

fn has_no_schemes(ret: &Return) -> bool {
    ret.rows(&capital::TABLE).is_empty() && text(ret, &NIL_CAPITAL) == Some("Yes")
}

/// Whether all whom a figure covers have no schemes, or do not provide the service.
fn no_schemes(case: &Case<'_>, figure: &Figure) -> bool {
    case.used()
        .filter(|(line, _)| figure.used.contains(&line.council))
        .all(|(_, ret)| ret.kind == ReturnKind::Nil || has_no_schemes(ret))
}

/// The councils of a figure that provide the service and confirmed that they have no schemes.
fn confirmed<'a>(case: &'a Case<'_>, figure: &Figure) -> impl Iterator<Item = &'a Code> {
    case.used()
        .filter(|(line, ret)| {
            figure.used.contains(&line.council)
                && ret.kind != ReturnKind::Nil
                && has_no_schemes(ret)
        })
        .map(|(line, _)| &line.council)
}

/// The councils whose capital figures cannot be used, and which of them where some can.
fn unknown_capital(case: &Case<'_>, kinds: [Option<&Figure>; 3]) -> Vec<String> {
    let words = ["approved", "provisional", "bid"].map(|form| case.say("capital.kind", form, &[]));
    let mut whole: Vec<&Code> = vec![];
    let mut partly: BTreeMap<Vec<&str>, Vec<&Code>> = BTreeMap::new();
    for (line, _) in case.used() {
        let lacks =
            |own: &Option<&Figure>| own.is_some_and(|own| own.missing.contains(&line.council));
        let without: Vec<&str> = kinds
            .iter()
            .zip(&words)
            .filter(|(own, _)| lacks(own))
            .map(|(_, word)| &**word)
            .collect();
        match without.len() {
            0 => (),
            3 => whole.push(&line.council),
            _ => partly.entry(without).or_default().push(&line.council),
        }
    }
    let mut sentences: Vec<String> = case.about("capital.missing", &whole).into_iter().collect();
    for (without, councils) in partly {
        let quoted = [("list", &*case.list(&councils)), ("kinds", &english::list(&without))];
        let form = if councils.len() == 1 { "one" } else { "many" };
        sentences.push(case.say("capital.partly", form, &quoted));
    }
    sentences
}

fn scheme(case: &Case<'_>, scheme: &Scheme) -> Item {
    let [y0, y1, y2, y3] = scheme.spend.map(|spend| match spend {
        None => String::from("not given"),
        Some(spend) if spend.is_zero() => String::from("nil"),
        Some(spend) => english::pounds(&Exact::from(spend)),
    });
    let status = match &*scheme.approval {
        "" => String::from("status not given"),
        approval => approval.to_lowercase(),
    };
    let reference = if scheme.reference.is_empty() { &scheme.name } else { &scheme.reference };
    item(
        format!("{}-{reference}", scheme.council),
        [
            ("council", case.programme.name(&scheme.council).to_owned()),
            ("scheme", format!("{} ({status})", scheme.name)),
            ("y0", y0),
            ("y1", y1),
            ("y2", y2),
            ("y3", y3),
        ],
    )
}
