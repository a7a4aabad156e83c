//! Councils beside one another (XCO; payments between them stand with the contractors).

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look, together::Together};
use crate::{
    answer::{Answer, Return, Row, Value},
    english,
    fact::{number, post::established, revenue::total_of},
    finding::{Rule, Scope, Severity},
    form::{
        Field, Kind, Table,
        council_return::{
            contracts, ict,
            revenue::{TOT_GC, Y0_BUDGET},
            service::{self, FUNCTIONS_IN, VOLUME_Y0},
            staffing,
        },
    },
    number::Exact,
};

pub(super) static XCO_001: Check = Check {
    rule: Rule {
        code: "XCO-001",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Gross controllable expenditure for a unit of work is more than programme.toml allows (1.5 times the median of the councils used), or as far below it (0.67). Three councils at the least.",
        fix: "What explains it?",
        source: "LGA guide, 2011",
    },
    stage: Stage::Beside,
    run: Run::Project(unit_cost),
};

fn unit_cost(together: &Together<'_>, found: &mut Found<'_>) {
    let cost = |ret: &Return| {
        let gross = total_of(ret, &TOT_GC, &Y0_BUDGET).ok()?.0;
        gross.over(&number(ret, &service::SHEET, &VOLUME_Y0).ok()?.0)
    };
    let most = together.programme.thresholds.unit_cost_ratio;
    let unit = &together.project.volume_unit;
    outliers(together, most, cost, |ret, own, middle| {
        let [own, middle] = [own, middle].map(english::pounds_and_pence);
        let text =
            format!("a unit of work ({unit}) costs {own}; the median of the councils is {middle}.");
        found.say(&[ret.get(&VOLUME_Y0)], text);
    });
}

pub(super) static XCO_002: Check = Check {
    rule: Rule {
        code: "XCO-002",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Units of work for each person, or FTE for every 1,000 people, are more than twice the median of the councils used or less than half of it. Three councils at the least.",
        fix: "Is it the same definition?",
        source: "like for like",
    },
    stage: Stage::Beside,
    run: Run::Project(volume),
};

fn volume(together: &Together<'_>, found: &mut Found<'_>) {
    let people = |ret: &Return| {
        let council = together.programme.council(ret.council.as_deref()?)?;
        Some(Exact::from(council.population) * Exact::ratio(1, 1000))
    };
    let volume =
        |ret: &Return| number(ret, &service::SHEET, &VOLUME_Y0).ok()?.0.over(&people(ret)?);
    let unit = &together.project.volume_unit;
    outliers(together, dec!(2), volume, |ret, own, middle| {
        let [own, middle] = [own, middle].map(|rate| english::thousands(&rate.rounded(1)));
        let text = format!(
            "{own} units of work ({unit}) for every 1,000 people are very different from the median, {middle}."
        );
        found.say(&[ret.get(&VOLUME_Y0)], text);
    });
    let fte = |ret: &Return| {
        let rows = ret.rows(&staffing::TABLE);
        if rows.is_empty() || ret.refused_sheet(&staffing::SHEET).is_some() {
            return None;
        }
        let fte = rows.iter().map(|row| Some(established(row).ok()?.0));
        fte.sum::<Option<Exact>>()?.over(&people(ret)?)
    };
    outliers(together, dec!(2), fte, |ret, own, middle| {
        let [own, middle] = [own, middle].map(english::fte);
        let place = look::place(ret, &staffing::SHEET);
        let message = format!(
            "{}: {own} FTE for every 1,000 people are very different from the median, {middle}.",
            place.within()
        );
        found.at(place, "", message);
    });
}

/// Tells of councils whose rate is more than so many times the median, or as far below it, with both.
fn outliers(
    together: &Together<'_>,
    most: Decimal,
    rate: impl Fn(&Return) -> Option<Exact>,
    mut tell: impl FnMut(&Return, &Exact, &Exact),
) {
    let rates: Vec<(&Return, Exact)> =
        together.returns.iter().filter_map(|ret| Some((*ret, rate(ret)?))).collect();
    let mut sorted: Vec<&Exact> = rates.iter().map(|(_, rate)| rate).collect();
    sorted.sort();
    if sorted.len() < 3 {
        return;
    }
    let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    let middle = (low.clone() + high.clone()) * Exact::ratio(1, 2);
    // As the handbook rounds them: 1.5 goes with 0.67.
    let least = (Decimal::ONE / most).round_dp(2);
    for (ret, rate) in &rates {
        let above = *rate > middle.clone() * Exact::from(most);
        if above || *rate < middle.clone() * Exact::from(least) {
            tell(ret, rate, &middle);
        }
    }
}

pub(super) static XCO_003: Check = Check {
    rule: Rule {
        code: "XCO-003",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "SVC_functions_in leaves out a function that another council includes.",
        fix: "Please check that money and posts cover the same functions, or tell us how they differ.",
        source: "template, question 10",
    },
    stage: Stage::Beside,
    run: Run::Project(functions),
};

fn functions(together: &Together<'_>, found: &mut Found<'_>) {
    let given = together.returns.iter().filter(|ret| ret.used(&FUNCTIONS_IN).is_some());
    let given: Vec<(&Return, &Answer)> = given.map(|ret| (*ret, ret.get(&FUNCTIONS_IN))).collect();
    for (_, answer) in &given {
        let mut lacking = vec![];
        for function in &together.project.functions {
            let includes = |answer: &Answer| answer.many().iter().any(|own| **own == **function);
            let others = given.iter().filter(|(_, other)| includes(other));
            let others: Vec<&str> = others.map(|(other, _)| together.name(other)).collect();
            if !includes(answer) && !others.is_empty() {
                let include = if others.len() == 1 { "includes" } else { "include" };
                lacking.push(format!("“{function}”, which {} {include}", english::list(&others)));
            }
        }
        if !lacking.is_empty() {
            found.say(&[answer], format!("you leave out {}.", lacking.join("; ")));
        }
    }
}

pub(super) static XCO_004: Check = Check {
    rule: Rule {
        code: "XCO-004",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Two councils report the same shared contract (supplier and title, shares under 100%), system (supplier and product, run by another council for one of them) or post (reference and title, time under 100%) with different values.",
        fix: "Which is right? Please agree it with the other council.",
        source: "joint contracts, systems and posts",
    },
    stage: Stage::Beside,
    run: Run::Project(told_differently),
};

/// A kind of thing that councils may have in common, told by some columns, with the values that ought to agree.
struct Shared {
    word: &'static str,
    table: &'static Table,
    by: &'static [&'static Field],
    /// Whether a row says that the council has a part of it only.
    is_part: fn(&Row) -> bool,
    /// Whether one such row is enough to know it by: the other council has the whole.
    of_one: bool,
    values: &'static [&'static Field],
}

fn under_all(row: &Row, column: &Field) -> bool {
    row.get(column).number().is_some_and(|part| part < Decimal::ONE_HUNDRED)
}

static SHARED: [Shared; 3] = [
    Shared {
        word: "contract",
        table: &contracts::TABLE,
        by: &[&contracts::SUPPLIER, &contracts::TITLE],
        is_part: |row| under_all(row, &contracts::SHARE_PCT),
        of_one: false,
        values: &[&contracts::ANNUAL_VALUE, &contracts::START_DATE, &contracts::END_DATE],
    },
    Shared {
        word: "system",
        table: &ict::TABLE,
        by: &[&ict::SUPPLIER, &ict::PRODUCT],
        is_part: |row| row.get(&ict::HOSTING).is("Another council"),
        of_one: true,
        values: &[&ict::VERSION, &ict::LICENCE_END, &ict::SUPPORT_END],
    },
    Shared {
        word: "post",
        table: &staffing::TABLE,
        by: &[&staffing::POST_REF, &staffing::JOB_TITLE],
        is_part: |row| under_all(row, &staffing::PCT_TIME),
        of_one: false,
        values: &[&staffing::GRADE, &staffing::FTE_ESTABLISHED],
    },
];

fn told_differently(together: &Together<'_>, found: &mut Found<'_>) {
    for shared in &SHARED {
        let key = |row: &Row| -> Vec<String> {
            shared.by.iter().map(|column| look::fold(&row.used_text(column))).collect()
        };
        let common = |row: &&Row| {
            let known = key(row).iter().all(|text| !text.is_empty());
            known && (shared.of_one || (shared.is_part)(row))
        };
        let rows: Vec<(&Return, &Row)> = together
            .returns
            .iter()
            .flat_map(|ret| ret.used_rows(shared.table).filter(common).map(|row| (*ret, row)))
            .collect();
        for (first, row) in &rows {
            for (second, other) in &rows {
                let in_part = (shared.is_part)(row) || (shared.is_part)(other);
                if first.council == second.council || key(row) != key(other) || !in_part {
                    continue;
                }
                for column in shared.values {
                    let (here, there) = (row.get(column), other.get(column));
                    if let (Some(ours), Some(theirs)) = (here.value(), there.value())
                        && ours != theirs
                    {
                        let (word, label) = (shared.word, column.label);
                        let name = together.name(second);
                        let [ours, theirs] = [ours, theirs].map(|value| said(column, value));
                        let text = format!(
                            "“{label}” of {word} {} is {ours}; {name} says {theirs}.",
                            row.key()
                        );
                        found.say(&[here, there], text);
                    }
                }
            }
        }
    }
}

/// A value as a sentence has it.
fn said(column: &Field, value: &Value) -> String {
    match value {
        Value::Number(number) if column.kind == Kind::Money => english::pounds(&(*number).into()),
        Value::Number(number) => english::thousands(&number.normalize().to_string()),
        Value::Date(date) => english::date(*date),
        Value::Text(_) | Value::Many(_) => format!("“{value}”"),
    }
}
