//! When contracts end and how they can be left (CON-002 to 007, 010).

use jiff::{Span, ToSpan, civil::Date};

use super::{Check, Run, Stage, found::Found};
use crate::{
    answer::{Answer, Return, Row},
    english,
    fact::contract::months_up,
    finding::{Rule, Scope, Severity},
    form::council_return::contracts::{
        EARLY_EXIT, END_DATE, EXIT_FIXED, EXIT_PER_MONTH, EXTENSION_DECIDE_BY, EXTENSION_MONTHS,
        EXTENSION_USED, NOTICE_MONTHS, ROLLING, TABLE,
    },
    programme::{Programme, Project},
};

pub(super) static CON_002: Check = Check {
    rule: Rule {
        code: "CON-002",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "CON_end_date is before the reference date and CON_rolling is No.",
        fix: "Is it still being paid? Please give the new end date, or take the contract out.",
        source: "expired contracts",
    },
    stage: Stage::Rows,
    run: Run::Dated(ended),
};

fn ended(ret: &Return, programme: &Programme, as_at: Date, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        if let Some((answer, end)) = fixed_end(row)
            && end < programme.reference(as_at)
        {
            let end = english::date(end);
            found.say(&[answer], format!("contract {} ended on {end}.", row.key()));
        }
    }
}

pub(super) static CON_003: Check = Check {
    rule: Rule {
        code: "CON-003",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "A contract ends before the day on which the shared service starts, leaving a gap, and CON_extension_months is 0.",
        fix: "Will you extend or re-let it?",
        source: "LGA guide, 2011",
    },
    stage: Stage::Rows,
    run: Run::Return(ends_before),
};

fn ends_before(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(project) = project(ret, programme) else { return };
    for row in ret.used_rows(&TABLE) {
        let extension = row.get(&EXTENSION_MONTHS);
        if let Some((answer, end)) = fixed_end(row)
            && let Ok(after) = end.tomorrow()
            && after < project.go_live
            && extension.number().is_some_and(|months| months.is_zero())
        {
            let gap = how_long(months_up(after, project.go_live));
            let text = format!(
                "contract {} ends {gap} before the shared service starts, and cannot be extended.",
                row.key()
            );
            found.say(&[answer, extension], text);
        }
    }
}

pub(super) static CON_004: Check = Check {
    rule: Rule {
        code: "CON-004",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "A contract runs on after the start of the shared service for more months than programme.toml has (12), and CON_early_exit is No.",
        fix: "It may hold up the service. Please tell us if it could be ended by agreement.",
        source: "South London waste partnership",
    },
    stage: Stage::Rows,
    run: Run::Return(runs_on),
};

fn runs_on(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(project) = project(ret, programme) else { return };
    let months = i64::from(programme.thresholds.overrun_months);
    let Ok(limit) = project.go_live.checked_add(months.months()) else { return };
    for row in ret.used_rows(&TABLE).filter(|row| row.get(&EARLY_EXIT).is("No")) {
        if let Some((answer, end)) = fixed_end(row)
            && end > limit
        {
            let long = how_long(months_up(project.go_live, end.tomorrow().unwrap_or(end)));
            let text = format!("contract {} runs {long} past the start date.", row.key());
            found.say(&[answer, row.get(&EARLY_EXIT)], text);
        }
    }
}

pub(super) static CON_005: Check = Check {
    rule: Rule {
        code: "CON-005",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "CON_early_exit is Not known; or it is Yes and CON_exit_fixed or CON_exit_per_month is blank. GEN-001 is then not raised.",
        fix: "Please tell us whether you can leave early and what it costs (0 if nothing).",
        source: "LGA guide, 2011",
    },
    stage: Stage::Rows,
    run: Run::Return(exit_unknown),
};

fn exit_unknown(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        let exit = row.get(&EARLY_EXIT);
        let contract = row.key();
        if exit.is("Not known") && !row.get(&ROLLING).is("Yes") {
            let text = format!("it is not known whether contract {contract} can be left early.");
            found.say(&[exit], text);
        } else if exit.is("Yes") {
            let costs = [&EXIT_FIXED, &EXIT_PER_MONTH].into_iter().map(|column| row.get(column));
            let open: Vec<&Answer> = costs.filter(|answer| answer.is_blank()).collect();
            if !open.is_empty() {
                let text =
                    format!("contract {contract} can be left early, at a cost not yet given.");
                found.say(&open, text);
            }
        }
    }
}

pub(super) static CON_006: Check = Check {
    rule: Rule {
        code: "CON-006",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Where the group contract_detail is asked: CON_extension_decide_by falls before the reference date or within the days after it that programme.toml has (60), and CON_extension_used is No.",
        fix: "Please tell us before you commit to an extension.",
        source: "LGA guide, 2011",
    },
    stage: Stage::Rows,
    run: Run::Dated(decide_soon),
};

fn decide_soon(ret: &Return, programme: &Programme, as_at: Date, found: &mut Found<'_>) {
    let days: Span = i64::from(programme.thresholds.extension_days).days();
    let limit = programme.reference(as_at).saturating_add(days);
    for row in ret.used_rows(&TABLE).filter(|row| row.get(&EXTENSION_USED).is("No")) {
        let answer = row.get(&EXTENSION_DECIDE_BY);
        if let Some(by) = answer.date().filter(|by| *by < limit) {
            let (contract, by) = (row.key(), english::date(by));
            found.say(
                &[answer],
                format!("the extension of contract {contract} is to be decided by {by}."),
            );
        }
    }
}

pub(super) static CON_007: Check = Check {
    rule: Rule {
        code: "CON-007",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "CON_rolling is Yes and CON_end_date is filled in.",
        fix: "Which is right? A contract that continues until notice has no last day.",
        source: "logic",
    },
    stage: Stage::Rows,
    run: Run::Return(no_last_day),
};

fn no_last_day(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        let (rolling, end) = (row.get(&ROLLING), row.get(&END_DATE));
        if let (true, Some(date)) = (rolling.is("Yes"), end.date()) {
            let text = format!(
                "contract {} continues until notice, but has {} as its last day.",
                row.key(),
                english::date(date)
            );
            found.say(&[end, rolling], text);
        }
    }
}

pub(super) static CON_010: Check = Check {
    rule: Rule {
        code: "CON-010",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "CON_rolling is No, the contract has not ended, and CON_notice_months from the reference date lead past CON_end_date.",
        fix: "Please check the notice period and the last day.",
        source: "when contracts can be left",
    },
    stage: Stage::Rows,
    run: Run::Dated(notice_too_long),
};

fn notice_too_long(ret: &Return, programme: &Programme, as_at: Date, found: &mut Found<'_>) {
    let reference = programme.reference(as_at);
    for row in ret.used_rows(&TABLE) {
        let notice = row.get(&NOTICE_MONTHS);
        if let Some((_, end)) = fixed_end(row)
            && let Some(months) = notice.number().and_then(|months| u32::try_from(months).ok())
            && end >= reference
            && reference.saturating_add(i64::from(months).months()) > end
        {
            let months = how_long(months);
            let end = english::date(end);
            let text = format!("notice of {months} is longer than the time left, to {end}.");
            found.say(&[notice, row.get(&END_DATE)], text);
        }
    }
}

/// The last day of a contract that does not go on until notice.
fn fixed_end(row: &Row) -> Option<(&Answer, Date)> {
    let end = row.get(&END_DATE);
    row.get(&ROLLING).is("No").then_some(end).and_then(|end| Some((end, end.date()?)))
}

fn project<'a>(ret: &Return, programme: &'a Programme) -> Option<&'a Project> {
    ret.project.as_deref().and_then(|code| programme.project(code))
}

/// "one month", "30 months".
fn how_long(months: u32) -> String {
    match months {
        1 => String::from("one month"),
        many => format!("{} months", english::count(many as usize)),
    }
}
