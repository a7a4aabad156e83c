//! Section 12, first part: what an option saves and costs line by line, the test on every basis, and where the money
//! comes from.

use super::{
    case::{Case, Values, Wanted, item, paragraph, pounds, text},
    financial::money,
    overview::unique,
    sharing::{BASES, shared_by},
    table,
};
use crate::{
    answer::{Return, Row},
    english,
    fact::costs::SEVERAL,
    figure::Figure,
    form::{
        Field,
        brief::{
            options::{
                ONEOFF_CATEGORY, ONEOFF_DESCRIPTION, ONEOFF_OPTION, ONEOFF_PAYER_BASIS,
                ONEOFF_PAYER_COUNCIL, ONEOFF_TABLE,
            },
            overview as brief,
        },
    },
    number::Exact,
    picture::{Oneoff, Proposal, Saving},
    programme::Basis,
    sentence,
    word::{Item, Table},
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let option = option(case);
    values.passage("if:section.12", option.is_some());
    values.text("say:saving", option.map_or_else(String::new, |own| saving(case, own)));
    values.table("block:savings", savings(case, option));
    let tested = sentence::tested(&case.told(), case.own).is_some();
    let test = match tested {
        true => case.say("money.bases", "some", &[]),
        false => paragraph(sentence::test(&case.told(), case.own)),
    };
    values.text("say:bases", test);
    values.table("block:bases", bases(case, option));
    values.text("say:beside", option.map_or_else(String::new, |own| beside(case, own)));
    values.text("say:one_off", option.map_or_else(String::new, |own| one_off(case, own)));
    let costs = option.map(Proposal::costs_shown).unwrap_or_default();
    values.passage("if:one_off", !costs.is_empty());
    values.table("block:one_off", one_offs(case, option, &costs));
    let sources = sources(case);
    values.text("say:funding", funding(case, &sources));
    values.passage("if:funding", !sources.is_empty());
    values.list("each:funding", unique(sources.into_iter().map(|own| own.item).collect()));
}

/// The option that the financial case is about: the one that the test speaks of, or the first that can be read.
pub(super) fn option<'a>(case: &'a Case<'_>) -> Option<&'a Proposal> {
    let tested = sentence::tested(&case.told(), case.own);
    let options = &case.own.options;
    options.iter().find(|own| Some(own.number) == tested).or(options.first())
}

/// What the lines of an option add up to in a year from 1 to 5, less what is paid every year for it.
fn saved(case: &Case<'_>, option: &Proposal, year: usize) -> Option<Exact> {
    let lines: Exact = option.savings.iter().map(|line| line.years[year - 1].clone()).sum();
    let pay = match option.harmonisation {
        None => Exact::zero(),
        Some(key) => case.number(Wanted { key, ..Wanted::default() })?.clone(),
    };
    Some(lines - option.client_cost.clone() - pay)
}

fn saving(case: &Case<'_>, option: &Proposal) -> String {
    let years: Option<Vec<Exact>> = (1..=5).map(|year| saved(case, option, year)).collect();
    let Some(years) = years else { return String::new() };
    let steady = years[2] == years[3] && years[3] == years[4];
    let said: Vec<String> = years.iter().map(pounds).collect();
    let quoted = [
        ("option", &*option.number.to_string()),
        ("first", &said[0]),
        ("second", &said[1]),
        ("third", &said[2]),
        ("fourth", &said[3]),
        ("fifth", &said[4]),
    ];
    case.say("money.saving", if steady { "some" } else { "level" }, &quoted)
}

/// A category with what it is: "Staff: two posts".
fn line(case: &Case<'_>, category: &str, what: &str) -> String {
    match what {
        "" => category.to_owned(),
        _ if category == SEVERAL => case.say("money.lines", "several", &LINE),
        _ => case.say("money.lines", "line", &[("category", category), ("what", what)]),
    }
}

const LINE: [(&str, &str); 2] = [("category", ""), ("what", "")];

fn savings(case: &Case<'_>, option: Option<&Proposal>) -> Table {
    let percent = |part: &Exact| english::percent(part).replace(".0%", "%");
    let own = |saving: &Saving| {
        let mut cells = vec![line(case, &saving.category, &saving.description)];
        cells.extend(saving.years.iter().map(money));
        cells.push(format!("{} to {}", percent(&saving.low), percent(&saving.high)));
        cells
    };
    let mut rows: Vec<Vec<String>> =
        option.into_iter().flat_map(|own| &own.savings).map(own).collect();
    let each_year = |form: &str, amounts: &dyn Fn(usize) -> Option<Exact>| {
        let mut cells = vec![case.say("money.lines", form, &LINE)];
        cells.extend((1..=5).map(|year| match amounts(year) {
            Some(amount) => money(&amount),
            None => case.say("financial.untested", "figure", &[]),
        }));
        cells.push(String::from("–"));
        cells
    };
    if let Some(own) = option {
        if !own.client_cost.is_zero() {
            rows.push(each_year("client", &|_| Some(-own.client_cost.clone())));
        }
        if let Some(key) = own.harmonisation {
            let pay = case.number(Wanted { key, ..Wanted::default() });
            rows.push(each_year("pay", &|_| pay.map(|pay| -pay.clone())));
        }
        rows.push(each_year("all", &|year| saved(case, own, year)));
    }
    let mut columns = vec![table::text("What is saved", 29)];
    columns.extend((1..=5).map(|year| table::number(format!("Year {year}"), 12)));
    columns.push(table::text("At worst and at best", 12));
    Table {
        title: String::from("Savings by line"),
        description: String::from("What each line saves in each of five years."),
        columns,
        rows,
        total: option.is_some(),
    }
}

/// The budgets that a saving can be measured against, as tables call them.
const MEASURED: [&str; 3] =
    ["Gross controllable expenditure", "Net controllable expenditure", "Net total"];

/// The test against every budget, as likely, without new income and at worst.
fn bases(case: &Case<'_>, option: Option<&Proposal>) -> Table {
    let option = option.map(|own| own.number);
    let none = || case.say("financial.untested", "figure", &[]);
    let row = |(basis, label): (&Basis, &str)| {
        let basis = basis.word();
        let wanted = |key, income, reading| Wanted {
            key,
            option,
            basis: Some(basis),
            income,
            case: reading,
            ..Wanted::default()
        };
        let pounds = |key| case.number(wanted(key, None, None)).map_or_else(none, money);
        let test = |income, reading| {
            let met = case.find(wanted("savings.met", income, reading)).is_some_and(Figure::is_yes);
            let part = case.number(wanted("savings.percent", income, reading));
            part.map_or_else(none, |part| {
                let part = sentence::part_of_budget(&case.told(), part, met);
                let said = case.say("financial.met", "yes", &[("short", "")]);
                if met { format!("{part}, {said}") } else { format!("{part}, not {said}") }
            })
        };
        vec![
            label.to_owned(),
            pounds("savings.baseline"),
            pounds("savings.target"),
            test(None, None),
            test(Some("without"), None),
            test(None, Some("low")),
        ]
    };
    Table {
        title: String::from("The savings test on every basis"),
        description: String::from("What year 2 saves as a part of each budget."),
        columns: vec![
            table::text("Measured against", 20),
            table::number("Budget", 16),
            table::number("Saving wanted", 16),
            table::text("Most likely", 16),
            table::text("Without new income", 16),
            table::text("In the low case", 16),
        ],
        rows: Basis::ALL.iter().zip(MEASURED).map(row).collect(),
        total: false,
    }
}

/// What bears on a saving besides the test.
fn beside(case: &Case<'_>, option: &Proposal) -> String {
    let own = |key| case.number(Wanted { key, option: Some(option.number), ..Wanted::default() });
    let mut said = vec![];
    if let (Some(amount), Some(part)) =
        (own("savings.general_fund_share"), own("savings.general_fund_percent"))
    {
        let form = if *part == Exact::one() { "all" } else { "some" };
        let quoted = [("amount", &*pounds(amount)), ("percent", &english::percent(part))];
        said.push(case.say("money.general_fund", form, &quoted));
    }
    let whole = |key| {
        let figure = case.find(Wanted { key, ..Wanted::default() });
        figure.filter(|own| own.missing.is_empty()).and_then(Figure::number)
    };
    let some = |number: &&Exact| !number.is_zero();
    if let Some(cuts) = whole("savings.cuts").filter(some) {
        said.push(case.say("money.cuts", "some", &[("cuts", &pounds(cuts))]));
    }
    if let Some(support) = whole("savings.stranded").filter(some) {
        said.push(case.say("money.stranded", "some", &[("support", &pounds(support))]));
    }
    let form = if option.client_cost.is_zero() { "none" } else { "some" };
    let client = pounds(&option.client_cost);
    said.push(case.say("money.client", form, &[("amount", &client)]));
    let pay = option.harmonisation.and_then(|key| case.number(Wanted { key, ..Wanted::default() }));
    said.push(match (option.harmonisation, pay) {
        (None, _) => case.say("money.pay", "before", &[("amount", "")]),
        (Some(_), Some(pay)) => case.say("money.pay", "some", &[("amount", &pounds(pay))]),
        (Some(_), None) => String::new(),
    });
    said.extend(case.brief().and_then(|brief| earlier(case, brief)));
    paragraph(said)
}

fn earlier(case: &Case<'_>, ret: &Return) -> Option<String> {
    let amount = amount(ret, &brief::PRIOR_ESTIMATE)?;
    let source = text(ret, &brief::PRIOR_ESTIMATE_SOURCE).unwrap_or_default();
    let form = if source.is_empty() { "unsourced" } else { "some" };
    let quoted = [("amount", &*pounds(&amount)), ("source", source)];
    Some(case.say("money.earlier", form, &quoted))
}

/// A sum of the brief that may be used.
pub(super) fn amount(ret: &Return, field: &Field) -> Option<Exact> {
    ret.used(field)?;
    ret.get(field).number().map(Exact::from)
}

fn one_off(case: &Case<'_>, option: &Proposal) -> String {
    let all: Exact = option.oneoffs.iter().flat_map(|line| line.years.iter().cloned()).sum();
    let form = match () {
        () if all.is_zero() => "none",
        () if option.has_exempt_costs() => "exempt",
        () => "some",
    };
    let quoted = [("option", &*option.number.to_string()), ("amount", &pounds(&all))];
    case.say("money.one_off", form, &quoted)
}

fn one_offs(case: &Case<'_>, option: Option<&Proposal>, costs: &[Oneoff]) -> Table {
    let row = |own: &Oneoff| {
        let mut cells = vec![line(case, &own.category, &own.description)];
        cells.extend(own.years.iter().map(money));
        cells.push(option.map_or_else(String::new, |option| payer(case, option, own)));
        cells
    };
    let mut rows: Vec<Vec<String>> = costs.iter().map(row).collect();
    let mut all = vec![String::from("Together")];
    let year = |year: usize| costs.iter().map(|line| line.years[year].clone()).sum::<Exact>();
    all.extend((0..3).map(|at| money(&year(at))));
    all.push(String::from("–"));
    rows.push(all);
    let mut columns = vec![table::text("What it costs once", 38)];
    columns.extend((0..3).map(|year| table::number(format!("Year {year}"), 14)));
    columns.push(table::text("Paid by", 20));
    Table {
        title: String::from("One-off costs"),
        description: String::from("What each line costs once, and who pays."),
        columns,
        rows,
        total: true,
    }
}

/// Who pays a line, as the brief says.
fn payer(case: &Case<'_>, option: &Proposal, line: &Oneoff) -> String {
    let number = option.number.to_string();
    let own = |row: &&Row| {
        row.used_text(&ONEOFF_OPTION) == number
            && row.used_text(&ONEOFF_CATEGORY) == line.category
            && row.used_text(&ONEOFF_DESCRIPTION) == line.description
    };
    let mut rows = case.brief().into_iter().flat_map(|brief| brief.used_rows(&ONEOFF_TABLE));
    let Some(row) = rows.find(own) else { return String::from("–") };
    match &*row.used_text(&ONEOFF_PAYER_COUNCIL) {
        "" => {
            let basis = row.used_text(&ONEOFF_PAYER_BASIS);
            let said = BASES.iter().find(|(_, own)| *own == basis);
            said.map_or(basis.clone(), |(own, _)| {
                english::capital(&case.say("sharing.basis", own, &[]))
            })
        }
        council => case.programme.name(council).to_owned(),
    }
}

/// A source of money of the brief.
struct Source {
    amount: Exact,
    approved: bool,
    item: Item,
}

fn sources(case: &Case<'_>) -> Vec<Source> {
    let rows = case.brief().into_iter().flat_map(|own| own.used_rows(&brief::FUNDING_TABLE));
    let of = |row: &Row| {
        let amount = Exact::from(row.get(&brief::FUNDING_AMOUNT).number()?);
        let status = row.used_text(&brief::FUNDING_STATUS);
        let source = row.used_text(&brief::FUNDING_SOURCE);
        let approved = ["Approved", "Received"].contains(&&*status);
        let texts = [("source", source.clone()), ("amount", money(&amount)), ("status", status)];
        Some(Source { amount, approved, item: item(source, texts) })
    };
    rows.filter_map(of).collect()
}

fn funding(case: &Case<'_>, sources: &[Source]) -> String {
    let Some(ret) = case.brief() else { return String::new() };
    let mut said = vec![];
    let named: Exact = sources.iter().map(|own| own.amount.clone()).sum();
    let approved = sources.iter().filter(|own| own.approved);
    let approved: Exact = approved.map(|own| own.amount.clone()).sum();
    let needed = amount(ret, &brief::FUNDING_NEEDED);
    let form = match &needed {
        None => "none",
        Some(_) if sources.is_empty() => "unnamed",
        Some(needed) if *needed == named => "met",
        Some(needed) if *needed > named => "short",
        Some(_) => "over",
    };
    let needed = needed.unwrap_or_else(Exact::zero);
    let short = (needed.clone() - named.clone()).abs();
    let part = match () {
        () if approved.is_zero() => "none",
        () if approved == named => "all",
        () => "some",
    };
    let quoted = [
        ("needed", &*pounds(&needed)),
        ("named", &pounds(&named)),
        ("short", &pounds(&short)),
        ("approved", &case.say("money.approved", part, &[("amount", &pounds(&approved))])),
    ];
    said.push(case.say("money.needed", form, &quoted));
    // The furthest that the fighting fund has come.
    let fund = [
        ("released", &brief::FIGHTING_FUND_RELEASED),
        ("approved", &brief::FIGHTING_FUND_APPROVED),
        ("requested", &brief::FIGHTING_FUND_REQUESTED),
    ];
    let some = |(form, field): (&'static str, &Field)| {
        Some((form, amount(ret, field).filter(|amount| !amount.is_zero())?))
    };
    if let Some((form, amount)) = fund.into_iter().find_map(some) {
        let quoted = [("amount", &*pounds(&amount))];
        said.push(english::capital(&case.say("money.fighting_fund", form, &quoted)));
    }
    if let Some(fund) = amount(ret, &brief::TRANSITION_FUND).filter(|own| !own.is_zero()) {
        let basis = text(ret, &brief::TRANSITION_FUND_BASIS);
        let basis = basis.and_then(|basis| shared_by(case, basis));
        let form = if basis.is_some() { "some" } else { "unshared" };
        let quoted = [("amount", &*pounds(&fund)), ("basis", &basis.unwrap_or_default())];
        said.push(case.say("money.transition", form, &quoted));
    }
    paragraph(said)
}
