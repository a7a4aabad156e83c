//! When all contracts could end together, what that costs and which notices it needs (domain.md D7).

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use super::{
    Set,
    leaving::EXIT_COST,
    part::{Named, Part, Usable, total},
};
use crate::{
    answer::{Return, ReturnKind},
    fact::contract::{Ending, day_after},
    figure::{Amount, Figure, Status, Unit},
    form::council_return::contracts::{self as form, SHEET, TABLE},
    number::Exact,
    programme::Code,
};

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let councils: Vec<(Code, Result<Vec<Ending>, String>)> =
        set.councils.iter().map(|council| (Arc::clone(council), endings(set, council))).collect();
    let all: Vec<(&Code, &Ending)> = councils
        .iter()
        .filter_map(|(council, endings)| Some((council, endings.as_ref().ok()?)))
        .flat_map(|(council, endings)| endings.iter().map(move |ending| (council, ending)))
        .collect();
    let earliest = all.iter().map(|(_, ending)| ending.earliest_exit).max();
    let natural = all.iter().filter_map(|(_, ending)| day_after(ending.end?)).max();

    let mut figures = vec![
        date(set, "contracts.earliest_alignment", &councils, earliest),
        date(set, "contracts.natural_alignment", &councils, natural),
    ];
    for (council, endings) in &councils {
        let join = endings.as_ref().map(|endings| {
            endings.iter().map(|ending| ending.earliest_exit).max().unwrap_or(set.project.go_live)
        });
        let cells = endings.iter().flatten().flat_map(|ending| ending.sources.iter().cloned());
        let sources = Part::new(council, Ok((Exact::zero(), cells.collect()))).sources;
        let figure = of_council(set, Named::new("contracts.join_date", Unit::Date), council, join);
        figures.push(Figure { sources, ..figure });
    }
    for (council, ending) in &all {
        let dates = [
            ("contracts.earliest_exit", Some(ending.earliest_exit)),
            ("contracts.start_by", ending.start_by),
        ];
        for (key, date) in dates {
            let Some(date) = date else { continue };
            let named = Named::new(key, Unit::Date).item(&ending.reference);
            let sources = Part::new(council, Ok((Exact::zero(), ending.sources.clone()))).sources;
            let figure = of_council(set, named, council, Ok::<Date, &String>(date));
            figures.push(Figure { sources, ..figure });
        }
    }
    for (basis, aligned) in [("earliest", earliest), ("natural", natural)] {
        let Some(aligned) = aligned else { continue };
        figures.extend(at(set, basis, aligned, &councils));
    }
    figures
}

/// Exit cost, bridging and notices if all contracts end so that they can start together on one day.
fn at(
    set: &Set<'_>,
    basis: &'static str,
    aligned: Date,
    councils: &[(Code, Result<Vec<Ending>, String>)],
) -> Vec<Figure> {
    let cost = Named::new(EXIT_COST, Unit::Pounds).basis(basis);
    let of = |(council, endings): &(Code, Result<Vec<Ending>, String>)| {
        let usable: Usable = endings.as_ref().map_err(Clone::clone).map(|endings| {
            let sum = endings.iter().map(|ending| ending.exit_cost(aligned)).sum();
            (sum, endings.iter().flat_map(|ending| ending.sources.clone()).collect())
        });
        Part::new(council, usable)
    };
    let parts: Vec<Part> = councils.iter().map(of).collect();
    let mut figures = set.figures_of(cost, &parts, |used| Some(total(used)));
    for (council, endings) in councils {
        for ending in endings.iter().flatten() {
            let item = |key, unit| Named::new(key, unit).basis(basis).item(&ending.reference);
            let mut push = |named, amount| {
                let figure = of_council(set, named, council, Ok::<Date, &String>(aligned));
                let sources =
                    Part::new(council, Ok((Exact::zero(), ending.sources.clone()))).sources;
                figures.push(Figure { value: Some(amount), sources, ..figure });
            };
            push(item(EXIT_COST, Unit::Pounds), Amount::Number(ending.exit_cost(aligned)));
            let bridging = ending.bridging_months(aligned);
            push(
                item("contracts.bridging_months", Unit::Months),
                Amount::Number(Exact::from(bridging)),
            );
            if let Some(notice) = ending.notice_by(aligned) {
                push(item("contracts.notice_by", Unit::Date), Amount::Date(notice));
            }
        }
    }
    figures
}

fn endings(set: &Set<'_>, council: &Code) -> Result<Vec<Ending>, String> {
    let all = set.each(council, |ret| endings_of(set, ret))?;
    Ok(all.into_iter().flatten().collect())
}

fn endings_of(set: &Set<'_>, ret: &Return) -> Result<Vec<Ending>, String> {
    if ret.kind == ReturnKind::Nil {
        return Ok(vec![]);
    }
    if let Some(code) = ret.refused_sheet(&SHEET) {
        return Err(format!("{code} {}", SHEET.name));
    }
    let rows = ret.rows(&TABLE);
    if rows.is_empty() && !ret.get(&form::NIL_CONTRACTS).is("Yes") {
        return Err(format!("nothing is listed on {}", SHEET.name));
    }
    let read = |row| {
        let mut ending = Ending::read(row, set.reference)?;
        ending.reference = set.reference(ret, &ending.reference);
        Ok(ending)
    };
    rows.iter().map(read).collect()
}

/// A date over all councils. Contracts whose early exit is not known may end sooner; the reasons name them.
fn date(
    set: &Set<'_>,
    key: &str,
    councils: &[(Code, Result<Vec<Ending>, String>)],
    date: Option<Date>,
) -> Figure {
    let named = Named::new(key, Unit::Date);
    let parts: Vec<Part> = councils
        .iter()
        .map(|(council, endings)| {
            let usable = endings.as_ref().map_err(Clone::clone).map(|endings| {
                (Exact::zero(), endings.iter().flat_map(|ending| ending.sources.clone()).collect())
            });
            Part::new(council, usable)
        })
        .collect();
    let mut figure = set.combined(named, &parts, |_| date.map(|_| Exact::zero()));
    figure.value = date.map(Amount::Date);
    for (council, endings) in councils {
        let unknown: Vec<&str> = endings
            .iter()
            .flatten()
            .filter(|ending| ending.early_unknown)
            .map(|ending| &*ending.reference)
            .collect();
        if !unknown.is_empty() {
            let reason = format!(
                "not later than; whether {} can be left early is not known",
                unknown.join(", ")
            );
            figure.reasons.insert(Arc::clone(council), reason);
        }
    }
    figure
}

fn of_council(
    set: &Set<'_>,
    named: Named<'_>,
    council: &Code,
    date: Result<Date, &String>,
) -> Figure {
    let (value, status, reasons) = match date {
        Ok(date) => (Some(Amount::Date(date)), Status::Complete, BTreeMap::new()),
        Err(reason) => {
            (None, Status::Blocked, BTreeMap::from([(Arc::clone(council), reason.clone())]))
        }
    };
    let own = vec![Arc::clone(council)];
    let (used, missing) = if reasons.is_empty() { (own, vec![]) } else { (vec![], own) };
    let figure = set.whole(named, Err(BTreeMap::new()));
    Figure { council: Some(Arc::clone(council)), value, status, used, missing, reasons, ..figure }
}
