//! What posts are paid, beside the spine and the budget (STF-007 to STF-009).

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look, revenue::is_used};
use crate::{
    answer::{Answer, Return, Row},
    english,
    fact::post::post_cost,
    finding::{Rule, Scope, Severity},
    form::council_return::{
        revenue::{EMP_DIR, LINES, Y0_BUDGET},
        staffing::{PAY_SCALE, SALARY_FTE, SCP_MAX, SCP_MIN, SHEET, TABLE},
    },
    number::Exact,
    programme::{Programme, Spine},
};

pub(super) static STF_007: Check = Check {
    rule: Rule {
        code: "STF-007",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "Where the group grades is asked, STF_pay_scale is NJC and programme.toml holds the spine of the base year: STF_scp_min or STF_scp_max is not on it, or STF_scp_min is above STF_scp_max.",
        fix: "Please check the spine points.",
        source: "NJC",
    },
    stage: Stage::Rows,
    run: Run::Return(off_the_spine),
};

fn off_the_spine(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(spine) = spine(ret, programme) else { return };
    for row in on_the_spine(ret) {
        let (low, high) = (row.get(&SCP_MIN), row.get(&SCP_MAX));
        let unknown =
            |answer: &&Answer| answer.number().is_some_and(|number| value(spine, number).is_none());
        let strangers: Vec<&Answer> = [low, high].into_iter().filter(unknown).collect();
        for answer in &strangers {
            let (point, year) = (answer.shown(), programme.base_year);
            found.say(&[answer], format!("point {point} is not in the {year} pay spine."));
        }
        if let (true, Some(from), Some(to)) = (strangers.is_empty(), low.number(), high.number())
            && from > to
        {
            found.say(
                &[low, high],
                format!("the lowest point, {from}, is above the highest, {to}."),
            );
        }
    }
}

pub(super) static STF_008: Check = Check {
    rule: Rule {
        code: "STF-008",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "As STF-007: STF_salary_fte is outside the pay of STF_scp_min to STF_scp_max by more than programme.toml allows (5%).",
        fix: "Please check the salary and the spine points.",
        source: "NJC",
    },
    stage: Stage::Rows,
    run: Run::Return(off_the_points),
};

fn off_the_points(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(spine) = spine(ret, programme) else { return };
    for row in on_the_spine(ret) {
        let point = |column| row.get(column).number();
        let (from, to) = (point(&SCP_MIN), point(&SCP_MAX));
        let pay = |point: Option<Decimal>| value(spine, point?);
        let answer = row.get(&SALARY_FTE);
        if [&SCP_MIN, &SCP_MAX].iter().any(|column| row.get(column).refused().is_some()) {
            continue;
        }
        let (Some(least), Some(most), Some(salary)) =
            (pay(from.or(to)), pay(to.or(from)), answer.number())
        else {
            continue;
        };
        let part = programme.thresholds.spine_pct / Decimal::ONE_HUNDRED;
        if salary < least * (Decimal::ONE - part) || salary > most * (Decimal::ONE + part) {
            let [from, to] = [from.or(to), to.or(from)].map(Option::unwrap_or_default);
            let points = match from == to {
                true => format!("spine point {from}"),
                false => format!("spine points {from} to {to}"),
            };
            found.say(&[answer], format!("the salary does not match {points}."));
        }
    }
}

/// The spine of the base year, where grades are asked for.
fn spine<'a>(ret: &Return, programme: &'a Programme) -> Option<&'a Spine> {
    let asked = ret.asks(&PAY_SCALE, programme);
    programme.pay_spines.get(&programme.base_year).filter(|_| asked)
}

fn on_the_spine(ret: &Return) -> impl Iterator<Item = &Row> {
    ret.used_rows(&TABLE).filter(|row| row.get(&PAY_SCALE).is("NJC"))
}

fn value(spine: &Spine, point: Decimal) -> Option<Decimal> {
    spine.get(&u32::try_from(point).ok().filter(|_| point.is_integer())?).copied()
}

pub(super) static STF_009: Check = Check {
    rule: Rule {
        code: "STF-009",
        severity: Severity::Warning,
        scope: Scope::Sheet,
        what: "Direct employees of the base year differ from the cost of the posts listed (whatever their part of the time) by more than programme.toml allows (10% of direct employees) and more than £5,000.",
        fix: "Vacancies held, increments, overtime, missing posts? Please say what explains the difference.",
        source: "sheets beside one another",
    },
    stage: Stage::Beside,
    run: Run::Return(pay_gap),
};

fn pay_gap(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let project = ret.project.as_deref().and_then(|code| programme.project(code));
    let staffing = look::sheets(ret, programme).any(|sheet| sheet.code == SHEET.code);
    let answer = ret.get(LINES.at(&EMP_DIR, &Y0_BUDGET));
    let (true, true, Some(project), Some(budget)) =
        (is_used(ret, programme), staffing, project, answer.number())
    else {
        return;
    };
    let costs = ret.rows(&TABLE).iter().map(|row| Some(post_cost(row, project).ok()?.0));
    let Some(cost) = costs.sum::<Option<Exact>>() else { return };
    let budget = Exact::from(budget);
    let gap = (budget.clone() - cost.clone()).abs();
    let part = Exact::from(programme.thresholds.post_cost_gap_pct) * Exact::ratio(1, 100);
    if gap > budget.clone() * part && gap > Exact::from(dec!(5000)) {
        let share = gap.over(&budget).map(|share| format!(", {}", english::percent(&share)));
        let share = share.unwrap_or_default();
        let [budget, cost, gap] = [budget, cost, gap].map(|amount| english::pounds(&amount));
        let text = format!(
            "direct employees cost {budget}; the posts you list cost {cost} (difference {gap}{share})."
        );
        found.say(&[answer], text);
    }
}
