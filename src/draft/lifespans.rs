//! Sections 8 and 9: systems and contracts, and how long they last.

use jiff::civil::Date;

use super::{
    case::{Case, Reach, Values, item, paragraph, plural, text},
    overview::unique,
    table::{self, Line},
};
use crate::{
    answer::{Return, ReturnKind},
    english,
    figure::{Ask, Figure},
    form::{
        Field, Table,
        council_return::{contracts as con, ict},
    },
    picture::{Contract, End, Lifespan, System},
    programme::Code,
    word::Item,
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    values.text("say:ict", systems(case));
    values.text("say:contracts", contracts(case));
    let shows = "How many systems end in each span of time, by council and together.";
    let lines = spans("ict.lifespan", |span| span != Lifespan::Rolling);
    let blocks = table::by_council(case, "How long systems last", shows, "Lasts", &lines);
    values.blocks("block:ict", blocks);
    let shows = "How many contracts end in each span of time, by council and together.";
    let lines = spans("contracts.lifespan", |span| span != Lifespan::Perpetual);
    let blocks = table::by_council(case, "How long contracts last", shows, "Lasts", &lines);
    values.blocks("block:contracts", blocks);
    // Side by side by what they are used for, as a reader compares them.
    let mut listed: Vec<&System> = case.own.systems.iter().collect();
    let functions = &case.project.ict_functions;
    let rank = |own: &&System| functions.iter().position(|name| *name == own.function);
    listed.sort_by_key(|own| rank(own).unwrap_or(functions.len()));
    let systems: Vec<Item> = listed.into_iter().map(|own| system(case, own)).collect();
    values.passage("if:systems", !systems.is_empty());
    values.list("each:systems", unique(systems));
    let contracts: Vec<Item> = case.own.contracts.iter().map(|own| contract(case, own)).collect();
    values.passage("if:contracts", !contracts.is_empty());
    values.list("each:contracts", unique(contracts));
}

fn spans(key: &'static str, wanted: fn(Lifespan) -> bool) -> Vec<Line<'static>> {
    let line = |span: Lifespan| Line {
        label: english::capital(span.word()),
        ask: Ask { key, item: Some(span.word()), ..Ask::default() },
    };
    Lifespan::ALL.into_iter().filter(|span| wanted(*span)).map(line).collect()
}

/// Sentence 6 of domain.md E7.
pub(super) fn systems(case: &Case<'_>) -> String {
    let Some(figure) = lifespan(case, "ict.lifespan") else {
        return case.say("none", "ict", &[]);
    };
    let nil = nil(case, figure, &ict::NIL_SYSTEMS, &ict::TABLE);
    let counted = |own: &&System| figure.used.contains(&own.council);
    let listed: Vec<&System> = case.own.systems.iter().filter(counted).collect();
    let mut sentences = vec![];
    if listed.is_empty() {
        sentences.push(case.all_nil("ict.all_nil", figure));
    } else {
        sentences.push(listed_said(case, "ict.listed", figure, listed.len()));
        let go_live = case.project.go_live;
        let number =
            |wanted: &dyn Fn(&System) -> bool| listed.iter().filter(|own| wanted(own)).count();
        // As the table beside it, by dates alone.
        let out = number(&|own| own.lifespan == Lifespan::Expired);
        let soon = number(&|own| {
            own.lifespan != Lifespan::Expired && matches!(own.end, End::On(end) if end < go_live)
        });
        let form = match (out, plural(soon)) {
            (0, "none") => "none_alone",
            (0, "one") => "one_alone",
            (0, _) => "many_alone",
            (_, form) => form,
        };
        let quoted = [
            ("now", &*case.count("ict.now", out)),
            ("number", &english::count(soon)),
            ("go_live", &english::date(go_live)),
        ];
        sentences.push(case.say("ict.soon", form, &quoted));
        let unsupported =
            number(&|own| own.lifespan != Lifespan::Expired && own.support_status == "Unsupported");
        let form = if out == 0 { "alone" } else { "more" };
        if unsupported > 0 {
            let form = format!("{}_{form}", plural(unsupported));
            let quoted = [("number", &*english::count(unsupported))];
            sentences.push(case.say("ict.unsupported", &form, &quoted));
        }
        let unknown = number(&|own| own.lifespan == Lifespan::Unknown);
        sentences.push(of(case, "ict.unknown", unknown, listed.len()));
        sentences.extend(case.about("ict.nil", &nil));
    }
    let register = case.own.systems.iter().map(|own| &own.council);
    sentences.extend(uncounted(case, "ict", figure, &register.collect::<Vec<_>>()));
    paragraph(sentences)
}

/// Sentence 8 of domain.md E7.
pub(super) fn contracts(case: &Case<'_>) -> String {
    let Some(figure) = lifespan(case, "contracts.lifespan") else {
        return case.say("none", "contracts", &[]);
    };
    let nil = nil(case, figure, &con::NIL_CONTRACTS, &con::TABLE);
    let counted = |own: &&Contract| figure.used.contains(&own.council);
    let listed: Vec<&Contract> = case.own.contracts.iter().filter(counted).collect();
    let mut sentences = vec![];
    if listed.is_empty() {
        sentences.push(case.all_nil("contracts.all_nil", figure));
    } else {
        let number = |wanted: End| listed.iter().filter(|own| own.end == wanted).count();
        sentences.push(listed_said(case, "contracts.listed", figure, listed.len()));
        sentences.push(ends(case, &listed));
        let (rolling, unknown) = (number(End::Rolling), number(End::Unknown));
        sentences.push(of(case, "contracts.rolling", rolling, listed.len()));
        sentences.push(of(case, "contracts.unknown", unknown, listed.len()));
        sentences.extend(case.about("contracts.nil", &nil));
    }
    let register = case.own.contracts.iter().map(|own| &own.council);
    sentences.extend(uncounted(case, "contracts", figure, &register.collect::<Vec<_>>()));
    paragraph(sentences)
}

/// How many are listed, and in which councils where some are missing.
fn listed_said(case: &Case<'_>, sentence: &str, figure: &Figure, number: usize) -> String {
    let place = Reach::new(case).to(&figure.used);
    let quoted = [("where", &*place), ("number", &english::count(number))];
    case.say(sentence, plural(number), &quoted)
}

/// The councils whose list cannot be used, and those of whose lines only some can: none of them are counted.
fn uncounted(case: &Case<'_>, register: &str, figure: &Figure, listed: &[&Code]) -> Vec<String> {
    let without = case.used_without(figure).into_iter();
    let (partly, whole): (Vec<&Code>, Vec<&Code>) =
        without.partition(|council| listed.contains(council));
    let said = [
        case.about(&format!("{register}.missing"), &whole),
        case.about(&format!("{register}.partly"), &partly),
    ];
    said.into_iter().flatten().collect()
}

/// So many of those listed: "it" where that is the only one.
fn of(case: &Case<'_>, sentence: &str, number: usize, listed: usize) -> String {
    let form = if number == 1 && listed == 1 { "only" } else { plural(number) };
    case.say(sentence, form, &[("number", &english::count(number))])
}

/// When the first and the last contract end, and how many outlast the planned start.
fn ends(case: &Case<'_>, listed: &[&Contract]) -> String {
    let mut ends: Vec<Date> = listed
        .iter()
        .filter_map(|own| match own.end {
            End::On(end) => Some(end),
            _ => None,
        })
        .collect();
    ends.sort_unstable();
    let (Some(first), Some(last)) = (ends.first(), ends.last()) else {
        return String::new();
    };
    let go_live = case.project.go_live;
    let past = ends.iter().filter(|end| **end >= go_live).count();
    let form = match (past, ends.len()) {
        (0, 1) => "none_alone",
        (_, 1) => "one_alone",
        (past, all) if past == all => "all",
        (past, _) => plural(past),
    };
    let quoted = [("number", &*english::count(past)), ("go_live", &english::date(go_live))];
    let past = case.say("contracts.past", form, &quoted);
    let form = match ends.len() {
        1 if listed.len() == 1 => "only",
        1 => "one",
        _ if first == last => "same",
        _ => "many",
    };
    let quoted =
        [("first", &*english::date(*first)), ("last", &english::date(*last)), ("past", &past)];
    case.say("contracts.ends", form, &quoted)
}

/// Who the lifespans of a register cover; every span of a council has the same coverage.
fn lifespan<'a>(case: &'a Case<'_>, key: &str) -> Option<&'a Figure> {
    let item = Some(Lifespan::Expired.word());
    case.ask(Ask { key, item, ..Ask::default() }).filter(|figure| figure.value.is_some())
}

/// The councils that confirmed that they have none.
fn nil<'a>(
    case: &'a Case<'_>,
    figure: &Figure,
    none: &'static Field,
    table: &'static Table,
) -> Vec<&'a Code> {
    let confirmed = |ret: &Return| {
        ret.kind != ReturnKind::Nil && text(ret, none) == Some("Yes") && ret.rows(table).is_empty()
    };
    let used =
        case.used().filter(|(line, ret)| figure.used.contains(&line.council) && confirmed(ret));
    used.map(|(line, _)| &line.council).collect()
}

fn system(case: &Case<'_>, system: &System) -> Item {
    let name = [&*system.supplier, &*system.product, &*system.version];
    let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
    let ends = match system.end {
        End::On(end) if end == Date::MIN => String::from("out of support"),
        End::On(end) if system.support_end_unknown => {
            format!("{} (support end not known)", english::date(end))
        }
        end => self::end(end),
    };
    item(
        format!("{}-{}", system.council, system.reference),
        [
            ("function", system.function.clone()),
            ("council", case.programme.name(&system.council).to_owned()),
            ("system", name.join(" ")),
            ("support", system.support_status.clone()),
            ("ends", ends),
        ],
    )
}

/// A contract without its price, which is exempt.
fn contract(case: &Case<'_>, contract: &Contract) -> Item {
    let months = |months: Option<rust_decimal::Decimal>| match months {
        None => String::from("not given"),
        Some(months) if months.is_zero() => String::from("none"),
        Some(months) if months.normalize().to_string() == "1" => String::from("1 month"),
        Some(months) => format!("{} months", months.normalize()),
    };
    item(
        format!("{}-{}", contract.council, contract.reference),
        [
            ("council", case.programme.name(&contract.council).to_owned()),
            ("title", contract.title.clone()),
            ("supplier", contract.supplier.clone()),
            ("ends", end(contract.end)),
            ("extension", months(contract.extension_months)),
            ("notice", months(contract.notice_months)),
            ("early", contract.early_exit.clone()),
        ],
    )
}

fn end(end: End) -> String {
    match end {
        End::On(end) => english::date(end),
        End::Rolling => String::from("rolling"),
        End::Perpetual => String::from("perpetual"),
        End::Unknown => String::from("not known"),
    }
}
