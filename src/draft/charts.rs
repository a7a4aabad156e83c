//! The charts: what each is drawn from, what it says to those who cannot see it, and the line of sources below it.
//!
//! A chart with nothing to show goes with its caption; the line below says why.

use std::collections::BTreeSet;

use super::case::{BUDGET, Case, Values, Wanted, paragraph};
use crate::{
    chart::{Chart, Kind, Series, Unit},
    english,
    figure::{Ask, Figure},
    form::{GridRow, council_return::revenue::TOT_GC},
    number::{Decimal, Exact},
    picture::{Contract, End, Lifespan, Proposal},
    programme::Code,
    timeline::{PARTS, Timeline},
    word::{Column, Table},
};

/// More bars along the years than these are not read on one page.
const MOST: usize = 30;

/// The longest name beside a bar.
const WIDEST: usize = 40;

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    budget(case, values);
    staff(case, values);
    for (name, key, without) in [
        ("ict", "ict.lifespan", Lifespan::Rolling),
        ("contracts", "contracts.lifespan", Lifespan::Perpetual),
    ] {
        lifespans(case, values, name, key, without);
    }
    contracts(case, values);
    cash(case, values);
}

/// A chart with its passage and the line below it, which says from whom it comes and who is not in it.
fn put(case: &Case<'_>, values: &mut Values, name: &str, chart: Chart, used: &[&Code]) {
    let without: Vec<&Code> =
        case.expected().into_iter().filter(|code| !used.contains(code)).collect();
    put_without(case, values, name, chart, used, &without);
}

/// The same, where a council may have nothing to show and yet have been counted.
fn put_without(
    case: &Case<'_>,
    values: &mut Values,
    name: &str,
    chart: Chart,
    used: &[&Code],
    without: &[&Code],
) {
    let shown = !chart.is_empty();
    values.passage(&format!("if:chart.{name}"), shown);
    let line = if shown { source(case, used, without) } else { case.say("chart.none", name, &[]) };
    values.text(&format!("say:chart.{name}"), line);
    values.chart(&format!("chart:{name}"), chart);
}

/// "Source: returns of Canterbury and Dover (R1, R2). Thanet is not in the chart: it has no figure that can be shown."
fn source(case: &Case<'_>, used: &[&Code], without: &[&Code]) -> String {
    if used.is_empty() {
        return case.say("chart.source", "brief", &[("list", ""), ("references", "")]);
    }
    let references: Vec<&str> = case
        .own
        .coverage
        .iter()
        .filter(|line| used.contains(&&line.council))
        .filter_map(|line| line.reference.as_deref())
        .collect();
    let quoted = [("list", &*case.list(used)), ("references", &references.join(", "))];
    let form = if used.len() == 1 { "one" } else { "many" };
    paragraph(
        [case.say("chart.source", form, &quoted)]
            .into_iter()
            .chain(case.about("chart.without", without)),
    )
}

/// A figure that anybody may see, as a chart draws it.
fn number(figure: Option<&Figure>, places: u32) -> Option<Decimal> {
    decimal(figure.filter(|own| own.public)?.number()?, places)
}

fn decimal(number: &Exact, places: u32) -> Option<Decimal> {
    number.rounded(places).parse().ok()
}

fn pounds(value: &Decimal) -> String {
    english::pounds(&Exact::from(*value))
}

fn posts(value: &Decimal) -> String {
    english::fte(&Exact::from(*value))
}

fn whole(value: &Decimal) -> String {
    english::thousands(&Exact::from(*value).rounded(0))
}

/// What is spent before support services and capital charges, by council and heading.
fn budget(case: &Case<'_>, values: &mut Values) {
    let lines: &[&GridRow] = TOT_GC.sum.as_ref().map_or(&[], |sum| sum.plus);
    let of = |council: &Code, heading: &str| {
        let own = lines.iter().filter(|row| heading_of(row).0 == heading);
        own.map(|row| spent(case, council, row))
            .try_fold(Exact::zero(), |sum, own| Some(sum + own?))
    };
    let mut headings: Vec<(&str, &str)> = lines.iter().map(|row| heading_of(row)).collect();
    headings.dedup();
    // A council of which a heading is missing would look cheaper than it is.
    let mut councils = case.expected();
    councils.retain(|code| {
        let parts = headings.iter().map(|(key, _)| of(code, key));
        let sum = parts.into_iter().try_fold(Exact::zero(), |sum, own| Some(sum + own?));
        let gross = Ask {
            key: "revenue.gross_controllable",
            council: Some(code),
            column: Some(BUDGET),
            ..Ask::default()
        };
        let gross = case.ask(gross).filter(|own| own.public).and_then(Figure::number);
        sum.as_ref() == gross && gross.is_some()
    });
    let series = headings.iter().map(|(key, label)| Series {
        name: (*label).to_owned(),
        values: councils.iter().map(|code| decimal(&of(code, key)?, 0)).collect(),
    });
    let mut chart = Chart {
        alt: String::new(),
        kind: Kind::Stacked,
        of: String::from("Council"),
        categories: councils.iter().map(|code| case.programme.name(code).to_owned()).collect(),
        series: series.collect(),
        unit: Unit::Pounds,
    };
    let quoted =
        [("year", &*case.programme.base_year.to_string()), ("numbers", &chart.told(&pounds))];
    chart.alt = case.say("chart.budget", "one", &quoted);
    put(case, values, "budget", chart, &councils);
}

/// The heading of a line: those of employees are one.
fn heading_of(row: &GridRow) -> (&'static str, &'static str) {
    if row.key.starts_with("EMP_") { ("EMP", "Employees") } else { (row.key, row.label) }
}

/// A line of a council's budget; nothing where it cannot apply.
fn spent(case: &Case<'_>, council: &Code, row: &GridRow) -> Option<Exact> {
    let key = format!("revenue.line.{}", row.key.to_lowercase());
    let ask = Ask { key: &key, council: Some(council), column: Some(BUDGET), ..Ask::default() };
    let figure = case.ask(ask).filter(|own| own.public)?;
    let none = || figure.reasons.values().any(|reason| reason.starts_with("not applicable"));
    figure.number().cloned().or_else(|| none().then(Exact::zero))
}

/// Posts budgeted and filled, by council.
fn staff(case: &Case<'_>, values: &mut Values) {
    let of = |council: &Code, key| {
        number(case.ask(Ask { key, council: Some(council), ..Ask::default() }), 2)
    };
    let keys = [
        ("staffing.fte_established", "Posts budgeted (FTE)"),
        ("staffing.fte_filled", "Posts filled (FTE)"),
    ];
    let mut councils = case.expected();
    councils.retain(|code| keys.iter().any(|(key, _)| of(code, key).is_some()));
    let series = keys.map(|(key, label)| Series {
        name: label.to_owned(),
        values: councils.iter().map(|code| of(code, key)).collect(),
    });
    let mut chart = Chart {
        alt: String::new(),
        kind: Kind::Bars,
        of: String::from("Council"),
        categories: councils.iter().map(|code| case.programme.name(code).to_owned()).collect(),
        series: series.into(),
        unit: Unit::Number,
    };
    chart.alt = case.say("chart.staff", "one", &[("numbers", &chart.told(&posts))]);
    put(case, values, "staff", chart, &councils);
}

/// How many systems or contracts end in each span of time, by council.
fn lifespans(case: &Case<'_>, values: &mut Values, name: &str, key: &str, without: Lifespan) {
    let spans: Vec<Lifespan> = Lifespan::ALL.into_iter().filter(|span| *span != without).collect();
    let of = |council: &Code, span: &Lifespan| {
        let ask = Ask { key, council: Some(council), item: Some(span.word()), ..Ask::default() };
        number(case.ask(ask), 0)
    };
    let used: Vec<&Code> = case
        .expected()
        .into_iter()
        .filter(|code| spans.iter().any(|span| of(code, span).is_some()))
        .collect();
    // A council whose return is yet to come keeps its place, so that a chart keeps its look when it comes.
    let series = case.expected().into_iter().map(|code| Series {
        name: case.programme.name(code).to_owned(),
        // A part of no width would be a line, and look like something.
        values: spans.iter().map(|span| of(code, span).filter(|own| !own.is_zero())).collect(),
    });
    let mut chart = Chart {
        alt: String::new(),
        kind: Kind::Stacked,
        of: String::from("Lasts"),
        categories: spans.iter().map(|span| english::capital(span.word())).collect(),
        series: series.collect(),
        unit: Unit::Number,
    };
    chart.alt = case.say("chart.lifespans", name, &[("numbers", &chart.told(&whole))]);
    put(case, values, &format!("{name}_lifespans"), chart, &used);
}

/// The contracts along the years, those that end last where there are many.
fn contracts(case: &Case<'_>, values: &mut Values) {
    let reference = case.run.reference_date;
    let go_live = case.project.go_live;
    let all = &case.own.contracts;
    let mut listed: Vec<&Contract> = all.iter().collect();
    if listed.len() > MOST {
        let rank = |own: &&Contract| match own.end {
            End::Unknown => None,
            End::On(end) => Some((0, end)),
            End::Rolling | End::Perpetual => Some((1, go_live)),
        };
        listed.sort_by_key(|own| std::cmp::Reverse(rank(own)));
        listed.truncate(MOST);
        listed.sort_by_key(|own| all.iter().position(|other| std::ptr::eq(other, *own)));
    }
    let along = Timeline::of(listed.iter().copied(), reference, go_live);
    let used: BTreeSet<&Code> = listed.iter().map(|own| &own.council).collect();
    let used: Vec<&Code> = case.expected().into_iter().filter(|code| used.contains(code)).collect();
    let mut chart = Chart {
        alt: String::new(),
        kind: Kind::Years { first: along.first, last: along.last, line: go_live },
        of: String::from("Contract"),
        categories: vec![],
        series: vec![],
        unit: Unit::Number,
    };
    if !listed.is_empty() {
        let days = [("Reference date", reference), ("Planned start", go_live)];
        chart.categories = days
            .map(|(name, day)| format!("{name} {}", english::date(day)))
            .into_iter()
            .chain(listed.iter().map(|own| name(case, own)))
            .collect();
        let bars: Vec<_> = along.marks.iter().chain(&along.bars).collect();
        let begins = bars.iter().map(|bar| decimal(&serial(bar.from), 0)).collect();
        chart.series = vec![Series { name: String::from("Bar begins"), values: begins }];
        chart.series.extend(PARTS.iter().enumerate().map(|(at, part)| Series {
            name: part.trim_end_matches(" (days)").to_owned(),
            values: bars.iter().map(|bar| Some(bar.parts[at].into())).collect(),
        }));
    }
    let ends: Vec<String> =
        listed.iter().map(|own| format!("{} {}", name(case, own), ends(own))).collect();
    let quoted = [
        ("number", &*english::count(listed.len())),
        ("all", &english::count(all.len())),
        ("reference", &english::date(reference)),
        ("start", &english::date(go_live)),
        ("ends", &ends.join("; ")),
    ];
    let form = if listed.len() < all.len() { "some" } else { "all" };
    chart.alt = case.say("chart.timeline", form, &quoted);
    let counted = |code: &&Code| {
        let ask = Ask {
            key: "contracts.lifespan",
            council: Some(code),
            item: Some(Lifespan::Rolling.word()),
            ..Ask::default()
        };
        case.ask(ask).is_some_and(|own| own.value.is_some())
    };
    let mut without = case.expected();
    without.retain(|code| !used.contains(code) && !counted(code));
    put_without(case, values, "timeline", chart, &used, &without);
}

/// "Dover: Uniform support".
fn name(case: &Case<'_>, contract: &Contract) -> String {
    let title = if contract.title.is_empty() { &contract.reference } else { &contract.title };
    let whole = format!("{}: {title}", case.programme.name(&contract.council));
    let whole = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    if whole.chars().count() <= WIDEST {
        return whole;
    }
    let cut: String = whole.chars().take(WIDEST - 1).collect();
    format!("{}…", cut.trim_end())
}

fn ends(contract: &Contract) -> String {
    match contract.end {
        End::On(end) => format!("ends on {}", english::date(end)),
        End::Rolling => String::from("goes on until notice is given"),
        End::Perpetual => String::from("has no end"),
        End::Unknown => String::from("has an end that is not known"),
    }
}

/// A day as Excel counts it.
fn serial(date: jiff::civil::Date) -> Exact {
    let days = (date - jiff::civil::date(1899, 12, 30)).get_days();
    Exact::ratio(days, 1)
}

/// What each option has cost or saved by the end of each year.
fn cash(case: &Case<'_>, values: &mut Values) {
    let years: Vec<String> = (0..6_u8).map(|year| year.to_string()).collect();
    let of = |option: u32, year: &str| {
        case.find(Wanted {
            key: "appraisal.year_cumulative",
            item: Some(year),
            option: Some(option),
            ..Wanted::default()
        })
    };
    let options: Vec<(&Proposal, Vec<&Figure>)> = case
        .own
        .options
        .iter()
        .map(|own| (own, years.iter().filter_map(|year| of(own.number, year)).collect()))
        .filter(|(_, figures): &(_, Vec<&Figure>)| figures.len() == years.len())
        .collect();
    let first = options.first();
    let labels: Vec<String> = first
        .into_iter()
        .flat_map(|(_, figures)| figures.iter().map(|own| own.year.clone().unwrap_or_default()))
        .collect();
    let series: Vec<Series> = options
        .iter()
        .map(|(option, figures)| Series {
            name: format!("Option {}: {}", option.number, option.name),
            values: figures.iter().map(|own| number(Some(own), 0)).collect(),
        })
        .filter(|own: &Series| own.values.iter().all(Option::is_some))
        .collect();
    let rows = labels.iter().enumerate().map(|(at, year)| {
        let amounts = series.iter().map(|own| own.values.get(at).copied().flatten());
        let amounts = amounts.map(|own| own.map_or_else(String::new, |own| pounds(&own)));
        [year.clone()].into_iter().chain(amounts).collect()
    });
    let column =
        |heading: &str, width, numeric| Column { heading: heading.to_owned(), width, numeric };
    let table = Table {
        title: String::from("What each option has cost or saved by the end of each year"),
        description: String::from("Savings less one-off costs, added up from the first year."),
        columns: [column("By the end of", 30, false)]
            .into_iter()
            .chain(series.iter().map(|own| column(&own.name, 40, true)))
            .collect(),
        rows: rows.collect(),
        total: false,
    };
    let mut chart = Chart {
        alt: String::new(),
        kind: Kind::Lines,
        of: String::from("By the end of"),
        categories: if series.is_empty() { vec![] } else { labels },
        series,
        unit: Unit::Pounds,
    };
    values.passage("if:cash", !chart.is_empty());
    values.table("block:cash", table);
    chart.alt = case.say("chart.cash", "one", &[("numbers", &chart.told(&pounds))]);
    put(case, values, "cash", chart, &[]);
}
