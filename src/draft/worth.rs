//! Section 12, last part: cash by year, what it is worth today, and what that hangs on (domain.md D10).

use super::{
    case::{Case, Values, Wanted, paragraph, pounds},
    financial::money,
    money::option,
    table,
};
use crate::{
    english,
    figure::{Amount, Figure},
    word::Table,
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let number = option(case).map(|own| own.number);
    let has_cash = number.is_some_and(|own| at(case, "appraisal.year_net", own, 0).is_some());
    values.passage("if:worth", has_cash);
    values.text("say:worth", number.map_or_else(String::new, |own| said(case, own)));
    values.table("block:cash_by_year", cash(case, number));
    values.table("block:cases", cases(case, number));
}

/// An amount of a year from 0 to 5.
fn at<'a>(case: &'a Case<'_>, key: &str, option: u32, year: u8) -> Option<&'a Figure> {
    let item = year.to_string();
    case.find(Wanted { key, item: Some(&item), option: Some(option), ..Wanted::default() })
}

fn cash(case: &Case<'_>, option: Option<u32>) -> Table {
    const KEYS: [&str; 4] = [
        "appraisal.year_saving",
        "appraisal.year_one_off",
        "appraisal.year_net",
        "appraisal.year_cumulative",
    ];
    let row = |year: u8| {
        let option = option?;
        let label = at(case, KEYS[0], option, year)?.year.clone().unwrap_or_default();
        let mut cells = vec![format!("Year {year} ({label})")];
        for key in KEYS {
            cells.push(at(case, key, option, year).and_then(Figure::number).map(money)?);
        }
        Some(cells)
    };
    Table {
        title: String::from("Cash by year"),
        description: String::from("What is saved and spent in each year, and together so far."),
        columns: vec![
            table::text("Year", 28),
            table::number("Saving", 18),
            table::number("One-off cost", 18),
            table::number("Net", 18),
            table::number("Net so far", 18),
        ],
        rows: (0..=5).filter_map(row).collect(),
        total: false,
    }
}

fn said(case: &Case<'_>, option: u32) -> String {
    let own = |key| case.number(Wanted { key, option: Some(option), ..Wanted::default() });
    let (Some(saved), Some(spent)) = (own("appraisal.pv_savings"), own("appraisal.pv_one_off"))
    else {
        return String::new();
    };
    let ratio = own("appraisal.bcr").map(english::pounds_and_pence).unwrap_or_default();
    let form = if spent.is_zero() { "free" } else { "some" };
    let quoted = [("saved", &*pounds(saved)), ("spent", &pounds(spent)), ("ratio", &ratio)];
    let worth = case.say("worth.said", form, &quoted);
    let simple = own("appraisal.simple_payback")
        .filter(|own| !own.is_zero())
        .map(|years| case.say("worth.simple", "some", &[("years", &years.rounded(1))]));
    paragraph([worth].into_iter().chain(simple))
}

/// A row for each case and each thing that the result hangs on.
fn cases(case: &Case<'_>, option: Option<u32>) -> Table {
    let named = |form: &str| case.say("worth.case", form, &[("category", ""), ("by", "")]);
    let mut rows = vec![];
    for (form, reading) in [("central", None), ("low", Some("low")), ("high", Some("high"))] {
        let Some(option) = option else { break };
        let key = "appraisal.npv";
        let npv = Wanted { key, option: Some(option), case: reading, ..Wanted::default() };
        if let Some(npv) = case.number(npv) {
            let paid = paid_back(case, option, reading);
            rows.push(vec![named(form), money(npv), paid.unwrap_or_else(|| String::from("–"))]);
        }
    }
    // What is exempt could be told from a category that does not stand by itself.
    let apart = super::money::option(case).is_some_and(|own| own.tells_apart());
    let own = |own: &&Figure| {
        &*own.scenario == "all" && own.option == option && option.is_some() && own.basis.is_some()
    };
    for figure in case.keyed("appraisal.npv").filter(own) {
        let (Some(basis), Some(npv)) = (figure.basis, figure.number()) else { continue };
        let name = match (basis, &figure.item) {
            ("without income", _) => named("without"),
            ("one year late", _) => named("late"),
            ("Outsourcing", Some(by)) => {
                let by = by.trim_start_matches('+');
                case.say("worth.case", "outsourced", &[("category", ""), ("by", by)])
            }
            (_, Some(by)) if apart && spends_on(case, basis) => {
                let by = by.trim_start_matches('+');
                case.say("worth.case", "dearer", &[("category", basis), ("by", by)])
            }
            _ => continue,
        };
        rows.push(vec![name, money(npv), String::from("–")]);
    }
    Table {
        title: String::from("What the result hangs on"),
        description: String::from("The net present value if one thing turns out otherwise."),
        columns: vec![
            table::text("If", 56),
            table::number("Net present value", 22),
            table::number("Recovered in", 22),
        ],
        rows,
        total: false,
    }
}

fn spends_on(case: &Case<'_>, category: &str) -> bool {
    let mut costs = option(case).into_iter().flat_map(|own| &own.oneoffs);
    costs.any(|own| own.category == category && own.years.iter().any(|year| !year.is_zero()))
}

/// After how many years one-off costs are recovered; nothing where the option is not tested.
pub(super) fn paid_back(case: &Case<'_>, option: u32, reading: Option<&str>) -> Option<String> {
    let key = "appraisal.payback_years";
    let figure =
        case.find(Wanted { key, option: Some(option), case: reading, ..Wanted::default() })?;
    let (form, years) = match figure.value.as_ref()? {
        Amount::Number(years) if years.is_zero() => ("nothing", String::new()),
        Amount::Number(years) => ("years", years.rounded(1)),
        _ => ("never", String::new()),
    };
    Some(case.say("worth.paid", form, &[("years", &years)]))
}
