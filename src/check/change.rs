//! A year's budget beside other years (REV-005 to REV-007, REV-019).

use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, revenue::is_used};
use crate::{
    answer::{Answer, Return},
    english,
    fact::revenue::total_of,
    finding::{Rule, Scope, Severity},
    form::{
        GridColumn, GridRow, Group,
        council_return::revenue::{
            LINES, MEMO_CUTS, TOT_GC, Y_1_ACTUAL, Y0_BUDGET, Y0_FORECAST, Y1_BUDGET, Y2_BUDGET,
        },
    },
    number::Exact,
    programme::Programme,
};

pub(super) static REV_005: Check = Check {
    rule: Rule {
        code: "REV-005",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "A line of the base-year budget differs from last year's outturn by more than programme.toml allows: 15% of the outturn and £10,000.",
        fix: "Please say what changed, with amounts.",
        source: "adequate validation explanations (MHCLG)",
    },
    stage: Stage::Beside,
    run: Run::Return(changed),
};

fn changed(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let limits = &programme.thresholds;
    each(ret, programme, &Y0_BUDGET, &Y_1_ACTUAL, |row, now, before| {
        let (budget, outturn) = (now.number()?, before.number()?);
        let change = (budget - outturn).abs();
        let much = change * Decimal::ONE_HUNDRED > outturn.abs() * limits.line_change_pct;
        if much && change > limits.line_change_pounds {
            let by = share(budget - outturn, outturn).map(|share| format!(" ({share})"));
            let by = by.unwrap_or_default();
            let [outturn, budget] = [outturn, budget].map(pounds);
            let text = format!("“{}” changed from {outturn} to {budget}{by}.", row.label);
            found.say(&[now, before], text);
        }
        Some(())
    });
}

pub(super) static REV_006: Check = Check {
    rule: Rule {
        code: "REV-006",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Where the group forecast is asked: the forecast of a line differs from its budget by more than programme.toml allows: 10% of the budget and £10,000.",
        fix: "Which should members see?",
        source: "one baseline",
    },
    stage: Stage::Beside,
    run: Run::Return(forecast),
};

fn forecast(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !asks_forecasts(ret, programme) {
        return;
    }
    let limits = &programme.thresholds;
    each(ret, programme, &Y0_FORECAST, &Y0_BUDGET, |row, now, before| {
        let (expected, budget) = (now.number()?, before.number()?);
        let change = (expected - budget).abs();
        let much = change * Decimal::ONE_HUNDRED > budget.abs() * limits.forecast_change_pct;
        if much && change > limits.line_change_pounds {
            let [budget, expected] = [budget, expected].map(pounds);
            let text = format!(
                "you now expect “{}” to be {expected} against a budget of {budget}.",
                row.label
            );
            found.say(&[now, before], text);
        }
        Some(())
    });
}

pub(super) static REV_007: Check = Check {
    rule: Rule {
        code: "REV-007",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Where the group forecast is asked: gross controllable expenditure of one of the next two years is lower than the base year's by more than programme.toml allows (5%), and REV_MEMO_CUTS is 0.",
        fix: "Are these savings already agreed? They cannot be counted again. Please enter them as cuts already in budgets.",
        source: "nothing is counted twice",
    },
    stage: Stage::Beside,
    run: Run::Return(lower_later),
};

fn lower_later(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let cuts = ret.get(&MEMO_CUTS);
    let gross = |column| total_of(ret, &TOT_GC, column).ok().map(|(value, _)| value);
    let Some(now) = gross(&Y0_BUDGET) else { return };
    if !asks_forecasts(ret, programme)
        || !is_used(ret, programme)
        || cuts.number().is_none_or(|cuts| !cuts.is_zero())
    {
        return;
    }
    let part = Exact::from(programme.thresholds.later_cut_pct) * Exact::ratio(1, 100);
    let lower = [(&Y1_BUDGET, 1), (&Y2_BUDGET, 2)].into_iter().find_map(|(column, after)| {
        let fall = (now.clone() - gross(column)?).over(&now)?;
        (fall > part).then_some((programme.base_year.plus(after), fall))
    });
    if let Some((year, fall)) = lower {
        let fall = english::percent(&fall);
        found.say(
            &[cuts],
            format!("the budget of {year} is {fall} lower, and no cuts are entered."),
        );
    }
}

pub(super) static REV_019: Check = Check {
    rule: Rule {
        code: "REV-019",
        severity: Severity::Warning,
        scope: Scope::Sheet,
        what: "The base-year budget equals last year's outturn in every line that is not 0, and there are at least four of them.",
        fix: "Was one copied from the other? Please check both columns.",
        source: "a common slip",
    },
    stage: Stage::Beside,
    run: Run::Return(copied),
};

fn copied(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let mut pairs: Vec<(&Answer, Decimal, Decimal)> = vec![];
    let mut known = true;
    each(ret, programme, &Y0_BUDGET, &Y_1_ACTUAL, |_, now, before| {
        let amount = |answer: &Answer| {
            if answer.is_blank() { Some(Decimal::ZERO) } else { answer.number() }
        };
        match (amount(now), amount(before)) {
            (Some(budget), Some(outturn)) => pairs.push((now, budget, outturn)),
            _ => known = false,
        }
        Some(())
    });
    pairs.retain(|(_, budget, outturn)| !budget.is_zero() || !outturn.is_zero());
    if known && pairs.len() >= 4 && pairs.iter().all(|(_, budget, outturn)| budget == outturn) {
        let lines = english::count(pairs.len());
        let text = format!("this year’s budget equals last year’s outturn in all {lines} lines.");
        found.say(&[pairs[0].0], text);
    }
}

fn asks_forecasts(ret: &Return, programme: &Programme) -> bool {
    let project = ret.project.as_deref().and_then(|code| programme.project(code));
    project.is_some_and(|project| project.asks(Group::Forecast))
}

/// Every line with its answers in two columns, where the sheet is in use.
fn each<'a>(
    ret: &'a Return,
    programme: &Programme,
    one: &GridColumn,
    other: &GridColumn,
    mut judge: impl FnMut(&GridRow, &'a Answer, &'a Answer) -> Option<()>,
) {
    if is_used(ret, programme) {
        for row in LINES.rows {
            judge(row, ret.get(LINES.at(row, one)), ret.get(LINES.at(row, other)));
        }
    }
}

/// "+17.3%" of what was; `None` of nought.
fn share(change: Decimal, of: Decimal) -> Option<String> {
    let share = Exact::from(change).over(&Exact::from(of.abs()))?;
    let sign = if share.is_negative() { "" } else { "+" };
    Some(format!("{sign}{}", english::percent(&share)))
}

fn pounds(amount: Decimal) -> String {
    english::pounds(&amount.into())
}
