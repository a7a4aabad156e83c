//! Systems: when they end, what they cost, and which contract pays for them (ICT-002 to 005, 007, 008).

use jiff::{ToSpan, civil::Date};

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Return, Row},
    english,
    fact::lifespan::system_end,
    finding::{Rule, Scope, Severity},
    form::council_return::{
        contracts,
        ict::{
            ANNUAL_COST, CONTRACT_REF, KIND, LICENCE_COUNT, LICENCE_END, LICENCE_METRIC,
            LICENCE_TERM, PRODUCT, REPLACE_PLAN_YEAR, SUPPLIER, SUPPORT_END, SUPPORT_STATUS, TABLE,
            USERS,
        },
    },
    picture::End,
    programme::Programme,
};

pub(super) static ICT_002: Check = Check {
    rule: Rule {
        code: "ICT-002",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "ICT_support_end is before the reference date and ICT_support_status is Supported.",
        fix: "Is it still supported? Please correct the date or the status.",
        source: "lifespan",
    },
    stage: Stage::Rows,
    run: Run::Dated(support_over),
};

fn support_over(ret: &Return, programme: &Programme, as_at: Date, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        let (answer, status) = (row.get(&SUPPORT_END), row.get(&SUPPORT_STATUS));
        let ended = answer.date().filter(|end| *end < programme.reference(as_at));
        if let (Some(end), true) = (ended, status.is("Supported")) {
            let end = english::date(end);
            found.say(
                &[answer, status],
                format!("support ended on {end}, but you say it is supported."),
            );
        }
    }
}

pub(super) static ICT_003: Check = Check {
    rule: Rule {
        code: "ICT-003",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "A system ends before the service has moved and settled, for as many months as programme.toml has (6), and ICT_replace_plan_year is blank.",
        fix: "What is the plan? Please give the year in which it is to be replaced.",
        source: "template, question 13",
    },
    stage: Stage::Rows,
    run: Run::Return(ends_too_soon),
};

fn ends_too_soon(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let project = ret.project.as_deref().and_then(|code| programme.project(code));
    let months = i64::from(programme.thresholds.settling_months);
    let settled = project.and_then(|own| own.go_live.checked_add(months.months()).ok());
    for row in ret.used_rows(&TABLE) {
        let plan = row.get(&REPLACE_PLAN_YEAR);
        if let (Ok(End::On(end)), Some(settled), true) = (system_end(row), settled, plan.is_blank())
            && end < settled
        {
            let system = name(row);
            let text = match end {
                Date::MIN => format!("{system} is out of support, and no plan is given."),
                end => format!(
                    "{system} ends on {}, before the shared service has settled, and no plan is given.",
                    english::date(end)
                ),
            };
            found.say(&[plan], text);
        }
    }
}

pub(super) static ICT_004: Check = Check {
    rule: Rule {
        code: "ICT-004",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "It is not known when a system ends: neither its licence nor its support has a date, and it is not a supported perpetual one.",
        fix: "We need an end date, or “supplier gives no date” in the notes.",
        source: "template, question 13",
    },
    stage: Stage::Rows,
    run: Run::Return(end_unknown),
};

fn end_unknown(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        // An open question that GEN-001 asks anyway is not asked twice.
        let open = [&LICENCE_TERM, &SUPPORT_STATUS].iter().any(|column| row.get(column).is_blank());
        if system_end(row) == Ok(End::Unknown) && !open {
            let text = format!("it is not known when {} ends.", name(row));
            found.say(&[row.get(&SUPPORT_END)], text);
        }
    }
}

pub(super) static ICT_005: Check = Check {
    rule: Rule {
        code: "ICT-005",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Where the group ict_detail is asked: the system is priced by Named user and ICT_licence_count is less than ICT_users.",
        fix: "Please check the number of licences.",
        source: "terms of licences",
    },
    stage: Stage::Rows,
    run: Run::Return(too_few_licences),
};

fn too_few_licences(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE).filter(|row| row.get(&LICENCE_METRIC).is("Named user")) {
        let (licences, users) = (row.get(&LICENCE_COUNT), row.get(&USERS));
        if let (Some(held), Some(people)) = (licences.number(), users.number())
            && held < people
        {
            let [held, people] = [held, people].map(|number| number.normalize());
            let text = format!("{} has {people} users and {held} licences.", name(row));
            found.say(&[licences, users], text);
        }
    }
}

pub(super) static ICT_007: Check = Check {
    rule: Rule {
        code: "ICT-007",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "ICT_annual_cost is 0 and ICT_kind is not Hardware.",
        fix: "What does it cost a year? 0 is right if it is inside a corporate contract: please say so in the notes.",
        source: "systems side by side",
    },
    stage: Stage::Rows,
    run: Run::Return(costs_nothing),
};

fn costs_nothing(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        let (cost, kind) = (row.get(&ANNUAL_COST), row.get(&KIND));
        let software = kind.text().is_some_and(|kind| kind != "Hardware");
        if software && cost.number().is_some_and(|cost| cost.is_zero()) {
            found.say(&[cost], format!("{} is shown without a cost.", name(row)));
        }
    }
}

pub(super) static ICT_008: Check = Check {
    rule: Rule {
        code: "ICT-008",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Where the group ict_detail is asked: ICT_contract_ref is not on the Contracts sheet, or the licence and the contract end more than 31 days apart.",
        fix: "Please correct the reference or the dates, so that both sheets agree.",
        source: "sheets beside one another",
    },
    stage: Stage::Beside,
    run: Run::Return(contract_dates),
};

fn contract_dates(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let usable = ret.refused_sheet(&contracts::SHEET).is_none();
    if !ret.asks(&CONTRACT_REF, programme) || !usable {
        return;
    }
    for row in ret.used_rows(&TABLE) {
        let answer = row.get(&CONTRACT_REF);
        let Some(reference) = answer.text() else { continue };
        let mut rows = ret.rows(&contracts::TABLE).iter();
        let Some(contract) = rows.find(|own| look::fold(own.key()) == look::fold(reference)) else {
            found.say(&[answer], format!("contract “{reference}” is not on the Contracts sheet."));
            continue;
        };
        let (licence, end) = (row.get(&LICENCE_END), contract.get(&contracts::END_DATE));
        if let (Some(ours), Some(theirs)) = (licence.date(), end.date())
            && contract.refused.is_none()
            && (ours > theirs.saturating_add(31.days()) || theirs > ours.saturating_add(31.days()))
        {
            let [ours, theirs] = [ours, theirs].map(english::date);
            let system = name(row);
            let text = format!(
                "the licence of {system} ends on {ours}, its contract {reference} on {theirs}."
            );
            found.say(&[licence, end], text);
        }
    }
}

/// "Lagan CRM": how a sentence calls a system.
fn name(row: &Row) -> String {
    let (supplier, product) = (row.used_text(&SUPPLIER), row.used_text(&PRODUCT));
    let name = format!("{supplier} {product}");
    let name = name.trim();
    if name.is_empty() { String::from("the system") } else { name.to_owned() }
}
