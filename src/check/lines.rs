//! Lines of a budget beside its accounting basis and the kind of service (REV-009 to REV-013, REV-015, REV-018).

use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, look, revenue::is_used, together::Together};
use crate::{
    answer::{Answer, Return, Row},
    english,
    fact::revenue::{line, total_of},
    finding::{Rule, Scope, Severity},
    form::{
        GridRow,
        council_return::{
            capital::{self, APPROVAL, ASSET_TYPE, SPEND_PRIOR, SPEND_Y0},
            cover,
            revenue::{
                DEP, INC_FEE, INC_GRT, LINES, QUALITY, SSC, TOT_GC, TRF, Y_1_ACTUAL, Y0_BUDGET,
            },
        },
        profile::basis,
    },
    number::Exact,
    place,
    programme::{Programme, Project},
};

pub(super) static REV_009: Check = Check {
    rule: Rule {
        code: "REV-009",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Support-service recharges of the base year are 0 with “Fully absorbed” in force (profile, or the return's own), or over 0 with “Not charged”.",
        fix: "Please correct one of them.",
        source: "SeRCOP, section 3",
    },
    stage: Stage::Beside,
    run: Run::Project(support_charged),
};

fn support_charged(together: &Together<'_>, found: &mut Found<'_>) {
    for ret in together.every() {
        let Some(amount) = amount(ret, &SSC) else { continue };
        let Some(answer) = together.in_force(ret, &cover::OWN_SUPPORT_BASIS, &basis::SUPPORT_BASIS)
        else {
            continue;
        };
        if (answer.is("Fully absorbed") && amount.is_zero())
            || (answer.is("Not charged") && amount > Exact::zero())
        {
            let (amount, says) = (english::pounds(&amount), answer.shown());
            let text = format!("support services are {amount}, but the basis given is “{says}”.");
            found.say(&[at(ret, &SSC), answer], text);
        }
    }
}

pub(super) static REV_010: Check = Check {
    rule: Rule {
        code: "REV-010",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Support-service recharges are not 0, and more of gross controllable expenditure than programme.toml allows (60%) or less than 2%.",
        fix: "Please confirm the recharge.",
        source: "outliers",
    },
    stage: Stage::Totals,
    run: Run::Return(support_share),
};

fn support_share(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let gross = total_of(ret, &TOT_GC, &Y0_BUDGET).ok().map(|(gross, _)| gross);
    let (true, Some(support), Some(gross)) = (is_used(ret, programme), amount(ret, &SSC), gross)
    else {
        return;
    };
    let Some(share) = support.over(&gross) else { return };
    let hundredth = Exact::ratio(1, 100);
    let most = Exact::from(programme.thresholds.support_pct) * hundredth.clone();
    let least = Exact::from(2_u32) * hundredth;
    if !support.is_zero() && (share > most || share < least) {
        let share = english::percent(&share);
        found.say(&[at(ret, &SSC)], format!("support services are {share} of the direct budget."));
    }
}

pub(super) static REV_011: Check = Check {
    rule: Rule {
        code: "REV-011",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Depreciation of the base year is over 0 with capital charges “None” in force, or 0 with capital charges though last year had some or an approved scheme has spent on assets.",
        fix: "Please correct the line, or the basis in the profile.",
        source: "BVACOP, group 8",
    },
    stage: Stage::Beside,
    run: Run::Project(capital_charged),
};

fn capital_charged(together: &Together<'_>, found: &mut Found<'_>) {
    for ret in together.every() {
        let Some(amount) = amount(ret, &DEP) else { continue };
        let own = &cover::OWN_CAPITAL_CHARGE_BASIS;
        let Some(answer) = together.in_force(ret, own, &basis::CAPITAL_CHARGE_BASIS) else {
            continue;
        };
        let charged = !answer.is("None");
        if (charged && amount.is_zero() && has_assets(ret)) || (!charged && amount > Exact::zero())
        {
            let (amount, says) = (english::pounds(&amount), answer.shown());
            let text = format!("depreciation is {amount}, but capital charges are “{says}”.");
            found.say(&[at(ret, &DEP), answer], text);
        }
    }
}

/// Whether last year's depreciation or an approved scheme shows that there are assets to charge.
fn has_assets(ret: &Return) -> bool {
    let last_year = ret.get(LINES.at(&DEP, &Y_1_ACTUAL)).number();
    let spent = |column, row: &Row| {
        row.get(column).number().is_some_and(|spent: Decimal| spent > Decimal::ZERO)
    };
    last_year.is_some_and(|amount| amount > Decimal::ZERO)
        || ret.used_rows(&capital::TABLE).any(|row| {
            let asset = row.get(&ASSET_TYPE).text().is_some_and(|kind| kind != "Grants/loans");
            row.get(&APPROVAL).is("Approved")
                && asset
                && (spent(&SPEND_PRIOR, row) || spent(&SPEND_Y0, row))
        })
}

pub(super) static REV_012: Check = Check {
    rule: Rule {
        code: "REV-012",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Fees are over 0 where programme.toml says that the service has none, or 0 where it says that they are usual.",
        fix: "Please confirm the income from fees and charges.",
        source: "our judgement",
    },
    stage: Stage::Totals,
    run: Run::Return(fees),
};

fn fees(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(usual) = project(ret, programme).and_then(|project| project.fees) else { return };
    if let (true, Some(amount)) = (is_used(ret, programme), amount(ret, &INC_FEE))
        && (if usual { amount.is_zero() } else { amount > Exact::zero() })
    {
        let amount = english::pounds(&amount);
        let text = match usual {
            true => String::from("no fees are shown, though this service usually charges some."),
            false => {
                format!("{amount} of fees are shown; this service does not usually charge any.")
            }
        };
        found.say(&[at(ret, &INC_FEE)], text);
    }
}

pub(super) static REV_013: Check = Check {
    rule: Rule {
        code: "REV-013",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Transfer payments are over 0 where programme.toml says nothing of transfer_payments, or 0 where it says that the service makes them.",
        fix: "Transfer payments are normally only benefit payments. Please check the line.",
        source: "BVACOP, group 6",
    },
    stage: Stage::Totals,
    run: Run::Return(transfers),
};

fn transfers(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(usual) = project(ret, programme).map(|project| project.transfer_payments) else {
        return;
    };
    if let (true, Some(amount)) = (is_used(ret, programme), amount(ret, &TRF))
        && (if usual { amount.is_zero() } else { amount > Exact::zero() })
    {
        let amount = english::pounds(&amount);
        let text = match usual {
            true => String::from("no transfer payments are shown, though this service makes them."),
            false => format!("{amount} of transfer payments are shown."),
        };
        found.say(&[at(ret, &TRF)], text);
    }
}

pub(super) static REV_015: Check = Check {
    rule: Rule {
        code: "REV-015",
        severity: Severity::Note,
        scope: Scope::Cell,
        what: "The quality of a line is Estimate or Apportioned. One finding for each return, listing them.",
        fix: "We will label these figures “estimate” in the report.",
        source: "Revenue Outturn guidance",
    },
    stage: Stage::Totals,
    run: Run::Return(estimates),
};

fn estimates(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !is_used(ret, programme) {
        return;
    }
    let lines = LINES.rows.iter().filter(|row| ret.is_estimate(row));
    let answers: Vec<&Answer> = lines.map(|row| ret.get(LINES.at(row, &QUALITY))).collect();
    match answers.len() {
        0 => {}
        1 => {
            found.say(&answers, "the line is an estimate or apportioned.");
        }
        count => {
            let spots = answers.iter().filter_map(|own| own.spot.as_ref());
            let cells = look::some_of(&place::ranges(spots.map(|spot| spot.cell).collect()));
            let count = english::count(count);
            found.say(&answers, format!("{count} lines are estimates or apportioned ({cells})."));
        }
    }
}

pub(super) static REV_018: Check = Check {
    rule: Rule {
        code: "REV-018",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Grants are more than transfer payments, where there are transfer payments.",
        fix: "Please check: subsidy is not usually more than the benefits paid.",
        source: "logic",
    },
    stage: Stage::Totals,
    run: Run::Return(subsidy),
};

fn subsidy(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let (true, Some(grants), Some(paid)) =
        (is_used(ret, programme), amount(ret, &INC_GRT), amount(ret, &TRF))
    else {
        return;
    };
    if paid > Exact::zero() && grants > paid {
        let [grants, paid] = [grants, paid].map(|amount| english::pounds(&amount));
        let text = format!("grants of {grants} are more than the benefits paid, {paid}.");
        found.say(&[at(ret, &INC_GRT), at(ret, &TRF)], text);
    }
}

fn project<'a>(ret: &Return, programme: &'a Programme) -> Option<&'a Project> {
    ret.project.as_deref().and_then(|code| programme.project(code))
}

/// A line of the base-year budget, in pounds; `None` where it is not known.
fn amount(ret: &Return, row: &GridRow) -> Option<Exact> {
    line(ret, row, &Y0_BUDGET).ok().map(|(amount, _)| amount)
}

fn at<'a>(ret: &'a Return, row: &GridRow) -> &'a Answer {
    ret.get(LINES.at(row, &Y0_BUDGET))
}
