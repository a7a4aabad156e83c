//! Posts one by one: part-time, vacant, shared, temporary, and their on-costs (STF-004 to 006, 010, 013, 016).

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Return, Row},
    english,
    fact::post::{months_vacant, vacant_long},
    finding::{Rule, Scope, Severity},
    form::council_return::staffing::{
        CONTRACT_END, CONTRACT_TYPE, FTE_ESTABLISHED, FTE_FILLED, HEADCOUNT, ONCOST_PCT, PCT_TIME,
        TABLE, VACANT_SINCE,
    },
    place,
    programme::Programme,
};

pub(super) static STF_004: Check = Check {
    rule: Rule {
        code: "STF-004",
        severity: Severity::Warning,
        scope: Scope::Sheet,
        what: "There are eight rows or more, and every STF_fte_established is a whole number equal to STF_headcount.",
        fix: "Are part-time posts shown as 1.00? Please enter the part of a full-time post that they are.",
        source: "a common slip",
    },
    stage: Stage::Totals,
    run: Run::Return(all_full_time),
};

fn all_full_time(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let rows: Vec<&Row> = ret.used_rows(&TABLE).collect();
    let alike = |row: &&Row| {
        let (fte, people) = (row.get(&FTE_ESTABLISHED).number(), row.get(&HEADCOUNT).number());
        fte.is_some_and(|fte| fte.is_integer() && Some(fte) == people)
    };
    if rows.len() >= 8 && rows.iter().all(alike) {
        let text = format!("FTE equals people in post in all {} rows.", english::count(rows.len()));
        found.say(&[rows[0].get(&FTE_ESTABLISHED)], text);
    }
}

pub(super) static STF_005: Check = Check {
    rule: Rule {
        code: "STF-005",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "STF_fte_filled is less than STF_fte_established by more than 0.05, and STF_vacant_since is blank. GEN-001 is then not raised.",
        fix: "When did this post become vacant?",
        source: "template, appendix ii 1a",
    },
    stage: Stage::Rows,
    run: Run::Return(vacant_since_when),
};

fn vacant_since_when(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        let fte = row.get(&FTE_ESTABLISHED).number().zip(row.get(&FTE_FILLED).number());
        let vacant = fte.map(|(established, filled)| established - filled);
        if let Some(vacant) = vacant.filter(|vacant| *vacant > dec!(0.05))
            && row.get(&VACANT_SINCE).is_blank()
        {
            let vacant = vacant.normalize();
            let text = format!("{vacant} FTE of post {} {} vacant.", row.key(), are(vacant));
            found.say(&[row.get(&VACANT_SINCE)], text);
        }
    }
}

fn are(number: Decimal) -> &'static str {
    if number == Decimal::ONE { "is" } else { "are" }
}

pub(super) static STF_006: Check = Check {
    rule: Rule {
        code: "STF-006",
        severity: Severity::Note,
        scope: Scope::Line,
        what: "STF_vacant_since is more than six months before COV_data_as_at.",
        fix: "Is the post still needed?",
        source: "our judgement",
    },
    stage: Stage::Rows,
    run: Run::Return(long_vacant),
};

fn long_vacant(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        if vacant_long(ret, row) == Ok(true)
            && let Some(months) = months_vacant(ret, row)
        {
            let months = english::count(months);
            let text = format!("post {} has been vacant for {months} months.", row.key());
            found.say(&[row.get(&VACANT_SINCE)], text);
        }
    }
}

pub(super) static STF_010: Check = Check {
    rule: Rule {
        code: "STF-010",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "STF_pct_time is less than programme.toml asks for (50%).",
        fix: "We leave the post out of the shared team and list it separately. Please tell us if that is wrong.",
        source: "Buckinghamshire project initiation document",
    },
    stage: Stage::Rows,
    run: Run::Return(mostly_elsewhere),
};

fn mostly_elsewhere(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        let answer = row.get(&PCT_TIME);
        if let Some(share) = answer.number().filter(|pct| *pct < programme.thresholds.pct_time) {
            let share = share.normalize();
            found.say(&[answer], format!("post {} spends {share}% of its time here.", row.key()));
        }
    }
}

pub(super) static STF_013: Check = Check {
    rule: Rule {
        code: "STF-013",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Where the group post_detail is asked: STF_contract_type is Fixed-term, and STF_contract_end is blank or before the service moves.",
        fix: "Will you extend the contract?",
        source: "LGA guide, 2011",
    },
    stage: Stage::Rows,
    run: Run::Return(ends_before),
};

fn ends_before(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let project = ret.project.as_deref().and_then(|code| programme.project(code));
    let Some(project) = project.filter(|_| ret.asks(&CONTRACT_TYPE, programme)) else { return };
    for row in ret.used_rows(&TABLE).filter(|row| row.get(&CONTRACT_TYPE).is("Fixed-term")) {
        let answer = row.get(&CONTRACT_END);
        let post = row.key();
        match answer.date() {
            Some(end) if end < project.go_live => {
                let [end, start] = [end, project.go_live].map(english::date);
                let text =
                    format!("post {post} ends on {end}, before the service moves on {start}.");
                found.say(&[answer], text);
            }
            None if answer.is_blank() => {
                found.say(&[answer], format!("post {post} is for a fixed term without an end."));
            }
            _ => {}
        }
    }
}

pub(super) static STF_016: Check = Check {
    rule: Rule {
        code: "STF-016",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "STF_oncost_pct differs from the norm of programme.toml (25%) by more points than it allows (5). One finding for each return.",
        fix: "Please check national insurance and pension.",
        source: "our judgement",
    },
    stage: Stage::Rows,
    run: Run::Return(oncosts),
};

fn oncosts(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let limits = &programme.thresholds;
    // A part written as 0.25 is GEN-006's, as is all that the form does not allow.
    let allowed = ONCOST_PCT.min.unwrap_or_default()..=ONCOST_PCT.max.unwrap_or(Decimal::MAX);
    let unusual = |answer: &&Answer| {
        let pct = answer.number().filter(|pct| allowed.contains(pct));
        let apart = pct.map(|pct| (pct - limits.oncost_norm_pct).abs());
        apart.is_some_and(|apart| apart > limits.oncost_points)
    };
    let answers: Vec<&Answer> =
        ret.used_rows(&TABLE).map(|row| row.get(&ONCOST_PCT)).filter(unusual).collect();
    let norm = limits.oncost_norm_pct;
    let usual = format!("{norm}% is usual here");
    match answers.len() {
        0 => {}
        1 => {
            let own = answers[0].shown();
            found.say(&answers, format!("on-costs of {own}% look unusual; {usual}."));
        }
        count => {
            let spots = answers.iter().filter_map(|own| own.spot.as_ref());
            let cells = look::some_of(&place::ranges(spots.map(|spot| spot.cell).collect()));
            let count = english::count(count);
            let text = format!("on-costs look unusual in {count} rows ({cells}); {usual}.");
            found.say(&answers, text);
        }
    }
}
