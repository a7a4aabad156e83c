//! Money, gates and people of a brief (BRF-006, 008 to 010, 014, 015, 017).

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, together::Together};
use crate::{
    answer::{Answer, Return, Row},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        Field,
        brief::{
            benefits::{self, NET_CAPACITY, NET_FINANCIAL, NET_RESILIENCE, NET_SERVICES},
            milestones::{GATE_ACTUAL, GATE_CODE, GATE_DECISION, GATE_MINUTE_REF, GATE_TABLE},
            options::{APPORTIONMENT_AGREED_BY, APPORTIONMENT_AGREED_ON, APPORTIONMENT_BASIS},
            overview::{
                self, FIGHTING_FUND_APPROVED, FIGHTING_FUND_RELEASED, FIGHTING_FUND_RELEASED_ON,
                FUNDING_AMOUNT, FUNDING_NEEDED, FUNDING_TABLE, NEXT_UPDATE_DUE,
            },
            team::{
                self, LEADER_ADDRESS, LEADER_COUNCIL, LEADER_EMAIL, LEADER_NAME, LEADER_PCT_TIME,
                LEADER_PHONE, LEADER_ROLE, LEADER_STATUS,
            },
        },
    },
    programme::Programme,
};

pub(super) static BRF_006: Check = Check {
    rule: Rule {
        code: "BRF-006",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "P3_apportionment_basis is given, and P3_apportionment_agreed_on or P3_apportionment_agreed_by is blank. GEN-001 is then not raised.",
        fix: "Who agreed this way of sharing, and when?",
        source: "principles of 25 June 2008, g",
    },
    stage: Stage::Rows,
    run: Run::Return(who_agreed),
};

fn who_agreed(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let (on, by) = (ret.get(&APPORTIONMENT_AGREED_ON), ret.get(&APPORTIONMENT_AGREED_BY));
    let open: Vec<&Answer> = [on, by].into_iter().filter(|answer| answer.is_blank()).collect();
    if let Some(basis) = ret.used(&APPORTIONMENT_BASIS)
        && !open.is_empty()
    {
        let lacks = match (on.is_blank(), by.is_blank()) {
            (true, true) => "by whom or when",
            (true, false) => "when",
            (false, _) => "by whom",
        };
        found.say(
            &open,
            format!("costs are shared by “{basis}”; it is not said {lacks} that was agreed."),
        );
    }
}

pub(super) static BRF_008: Check = Check {
    rule: Rule {
        code: "BRF-008",
        severity: Severity::Warning,
        scope: Scope::Sheet,
        what: "None of P5_net_services, P5_net_financial, P5_net_resilience and P5_net_capacity is Yes.",
        fix: "A core project needs at least one net benefit. Please tick those that apply.",
        source: "principles of 25 June 2008, f",
    },
    stage: Stage::Rows,
    run: Run::Return(no_net_benefit),
};

fn no_net_benefit(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let fields = [&NET_SERVICES, &NET_FINANCIAL, &NET_RESILIENCE, &NET_CAPACITY];
    let answers = fields.map(|field| ret.get(field));
    let unusable = ret.refused_sheet(&benefits::SHEET).is_some();
    if !unusable && answers.iter().all(|answer| answer.is("No")) {
        found.say(&answers, "no net benefit is ticked.");
    }
}

pub(super) static BRF_009: Check = Check {
    rule: Rule {
        code: "BRF-009",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "The P1_funding_amount together are less than P1_funding_needed.",
        fix: "Please say where the rest is to come from.",
        source: "template, question 7",
    },
    stage: Stage::Rows,
    run: Run::Return(unfunded),
};

fn unfunded(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let answer = ret.get(&FUNDING_NEEDED);
    if ret.refused_sheet(&overview::SHEET).is_some() {
        return;
    }
    let amounts = ret.rows(&FUNDING_TABLE).iter().map(|row| row.get(&FUNDING_AMOUNT).number());
    if let (Some(needed), Some(found_so_far)) = (answer.number(), amounts.sum::<Option<Decimal>>())
        && found_so_far < needed
    {
        let [rest, needed] = [needed - found_so_far, needed].map(pounds);
        found.say(&[answer], format!("{rest} of the {needed} needed has no source yet."));
    }
}

pub(super) static BRF_010: Check = Check {
    rule: Rule {
        code: "BRF-010",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "P1_fighting_fund_released is more than P1_fighting_fund_approved, or money was released before gate G6 was agreed.",
        fix: "Money can be released only after the joint committee has approved it. Please correct the amounts or the gate.",
        source: "principles of 25 June 2008, d",
    },
    stage: Stage::Rows,
    run: Run::Return(released),
};

fn released(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let answer = ret.get(&FIGHTING_FUND_RELEASED);
    let Some(released) = answer.number().filter(|amount| *amount > Decimal::ZERO) else { return };
    let approved = ret.get(&FIGHTING_FUND_APPROVED);
    let known = match approved.number() {
        Some(amount) => amount,
        None if approved.is_blank() => Decimal::ZERO,
        None => return,
    };
    let on = ret.get(&FIGHTING_FUND_RELEASED_ON).date();
    let agreed = ret.used_rows(&GATE_TABLE).any(|row| {
        let decided = row.get(&GATE_DECISION);
        let before = |actual: Date| on.is_none_or(|on| actual <= on);
        row.get(&GATE_CODE).is("G6")
            && (decided.is("Agreed") || decided.is("Agreed with changes"))
            && row.get(&GATE_ACTUAL).date().is_none_or(before)
    });
    let amount = pounds(released);
    if released > known {
        let known = pounds(known);
        found.say(&[answer], format!("{amount} is released, of {known} approved."));
    } else if !agreed {
        let text = format!("{amount} is released, and gate G6 is not recorded as agreed before.");
        found.say(&[answer], text);
    }
}

pub(super) static BRF_014: Check = Check {
    rule: Rule {
        code: "BRF-014",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "P4_gate_actual of a gate is before that of an earlier gate, or a decision is given without P4_gate_minute_ref.",
        fix: "Please check the date, and give the minute.",
        source: "gates of the programme",
    },
    stage: Stage::Rows,
    run: Run::Return(out_of_order),
};

fn out_of_order(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let rank = |row: &Row| {
        row.get(&GATE_CODE).text().and_then(|code| code.strip_prefix('G')?.parse::<u32>().ok())
    };
    let rows: Vec<&Row> = ret.used_rows(&GATE_TABLE).collect();
    for row in &rows {
        let answer = row.get(&GATE_ACTUAL);
        let gate = row.get(&GATE_CODE).shown();
        let earlier = rows.iter().filter(|other| rank(other) < rank(row));
        let late = earlier
            .filter(|other| other.get(&GATE_ACTUAL).date() > answer.date())
            .max_by_key(|other| (other.get(&GATE_ACTUAL).date(), rank(other)));
        if let (Some(_), Some(other)) = (answer.date(), late) {
            let before = other.get(&GATE_CODE).shown();
            let text = format!("gate {gate} is recorded before gate {before}.");
            found.say(&[answer, other.get(&GATE_ACTUAL)], text);
        }
        let minute = row.get(&GATE_MINUTE_REF);
        if row.get(&GATE_DECISION).value().is_some() && minute.is_blank() {
            found.say(&[minute], format!("gate {gate} has a decision, but no minute."));
        }
    }
}

pub(super) static BRF_015: Check = Check {
    rule: Rule {
        code: "BRF-015",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "The leader is confirmed, and name, role, council, email, telephone or address is blank (GEN-001 is then not raised); or the time of one leader (by email) over all briefs is more than 100%.",
        fix: "Please give full contact details, and see that the time adds up.",
        source: "template, questions 5 and 8",
    },
    stage: Stage::Beside,
    run: Run::Project(leader),
};

fn leader(together: &Together<'_>, found: &mut Found<'_>) {
    let Some(brief) = together.brief.filter(|brief| brief.refused_sheet(&team::SHEET).is_none())
    else {
        return;
    };
    const CONTACT: [&Field; 6] = [
        &LEADER_NAME,
        &LEADER_ROLE,
        &LEADER_COUNCIL,
        &LEADER_EMAIL,
        &LEADER_PHONE,
        &LEADER_ADDRESS,
    ];
    let answers = CONTACT.into_iter().map(|field| brief.get(field));
    let open: Vec<&Answer> = answers.filter(|answer| answer.is_blank()).collect();
    if brief.get(&LEADER_STATUS).is("Confirmed") && !open.is_empty() {
        let lacks = match open.len() {
            1 => String::from("one contact detail of the project leader is"),
            count => format!("{} contact details of the project leader are", english::count(count)),
        };
        found.say(&open, format!("{lacks} not given."));
    }
    let Some(email) = brief.get(&LEADER_EMAIL).text().map(str::to_lowercase) else { return };
    let mut sum = Decimal::ZERO;
    let mut projects: Vec<&str> = vec![];
    for other in &together.intake.returns {
        let same = other.get(&LEADER_EMAIL).text().is_some_and(|own| own.to_lowercase() == email);
        if let (true, None, Some(project), Some(share)) =
            (same, other.refused, &other.project, other.get(&LEADER_PCT_TIME).number())
        {
            sum += share;
            projects.push(project);
        }
    }
    if sum > Decimal::ONE_HUNDRED {
        let (sum, projects) = (sum.normalize(), english::list(&projects));
        let text = format!("the leader is down for {sum}% in all, in projects {projects}.");
        found.say(&[brief.get(&LEADER_PCT_TIME)], text);
    }
}

pub(super) static BRF_017: Check = Check {
    rule: Rule {
        code: "BRF-017",
        severity: Severity::Note,
        scope: Scope::Cell,
        what: "P2_leader_status is To be confirmed, or P1_next_update_due is before the day of the run.",
        fix: "Please name a leader, or give the next date, when you can.",
        source: "process of 25 June 2008, vi",
    },
    stage: Stage::Rows,
    run: Run::Dated(no_leader),
};

fn no_leader(ret: &Return, _: &Programme, as_at: Date, found: &mut Found<'_>) {
    let status = ret.get(&LEADER_STATUS);
    if status.is("To be confirmed") {
        found.say(&[status], "the project has no leader yet.");
    }
    let due = ret.get(&NEXT_UPDATE_DUE);
    if let Some(date) = due.date().filter(|date| *date < as_at) {
        found.say(&[due], format!("an update was due on {}.", english::date(date)));
    }
}

fn pounds(amount: Decimal) -> String {
    english::pounds(&amount.into())
}
