//! Council profiles (PRO).

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, together::Together};
use crate::{
    answer::{Answer, Return, Value},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        Field,
        council_return::{self, cover},
        profile::{basis, terms},
    },
    intake::Intake,
    place::Place,
    programme::Programme,
};

pub(super) static PRO_001: Check = Check {
    rule: Rule {
        code: "PRO-001",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "There is no usable profile of a council that has a return in use.",
        fix: "Please send the council profile: one form, once for all projects. Until then the accounting basis is shown as not known.",
        source: "each thing is asked once",
    },
    stage: Stage::Identity,
    run: Run::All(no_profile),
};

fn no_profile(intake: &Intake, programme: &Programme, found: &mut Found<'_>) {
    for council in &programme.councils {
        let returned = intake.returns.iter().any(|ret| {
            std::ptr::eq(ret.workbook, &council_return::WORKBOOK)
                && ret.council.as_ref() == Some(&council.code)
                && ret.refused.is_none()
        });
        let profile = intake.profile(&council.code).filter(|ret| ret.refused.is_none());
        if returned && profile.is_none() {
            let message = format!("We have returns from {} but not its profile.", council.name);
            found.at(Place::default(), "", message).finding.council = Some(council.code.clone());
        }
    }
}

pub(super) static PRO_002: Check = Check {
    rule: Rule {
        code: "PRO-002",
        severity: Severity::Note,
        scope: Scope::Cell,
        what: "A COV_own_* of a return is filled in and differs from the council's profile.",
        fix: "Nothing needs doing if that is right.",
        source: "template, question 15",
    },
    stage: Stage::Beside,
    run: Run::Project(own_basis),
};

/// What a return may say otherwise than the profile.
static OVERRIDES: [(&Field, &Field); 7] = [
    (&cover::OWN_ACCOUNTING_CODE, &basis::ACCOUNTING_CODE),
    (&cover::OWN_SUPPORT_BASIS, &basis::SUPPORT_BASIS),
    (&cover::OWN_CAPITAL_CHARGE_BASIS, &basis::CAPITAL_CHARGE_BASIS),
    (&cover::OWN_PENSION_BASIS, &basis::PENSION_BASIS),
    (&cover::OWN_PAY_AWARD_BASIS, &basis::PAY_AWARD_BASIS),
    (&cover::OWN_PAY_AWARD_PCT, &basis::PAY_AWARD_PCT),
    (&cover::OWN_PRICE_BASIS, &basis::PRICE_BASIS),
];

fn own_basis(together: &Together<'_>, found: &mut Found<'_>) {
    for ret in together.every() {
        let Some(profile) = ret.council.as_ref().and_then(|code| together.profile(code)) else {
            continue;
        };
        for (own, usual) in OVERRIDES {
            if let (Some(here), Some(there)) = (ret.used(own), profile.used(usual))
                && here != there
            {
                let name = together.name(ret);
                let text = format!(
                    "for {} {name} has “{here}”, not “{there}” as in its profile.",
                    together.project.service
                );
                found.say(&[ret.get(own)], text);
            }
        }
    }
}

pub(super) static PRO_003: Check = Check {
    rule: Rule {
        code: "PRO-003",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "PRO_population_agreed is No.",
        fix: "We use the published figure for all councils; please tell us if there is a reason not to.",
        source: "ONS",
    },
    stage: Stage::Rows,
    run: Run::Return(other_population),
};

fn other_population(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let agreed = ret.get(&basis::POPULATION_AGREED);
    let council = ret.council.as_ref().and_then(|code| programme.council(code));
    if let Some(council) = council
        && agreed.is("No")
    {
        let ours = english::thousands(&council.population.to_string());
        let published = format!("{ours} ({})", council.population_year);
        let own = ret.get(&basis::POPULATION_OWN);
        match own.number() {
            Some(theirs) => {
                let theirs = english::thousands(&theirs.normalize().to_string());
                found.say(
                    &[own, agreed],
                    format!("you use {theirs}; the published figure is {published}."),
                );
            }
            None => {
                found.say(
                    &[agreed],
                    format!("you do not agree with the published figure, {published}."),
                );
            }
        }
    }
}

pub(super) static PRO_004: Check = Check {
    rule: Rule {
        code: "PRO-004",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "TRM_leave_days_min is more than TRM_leave_days_max, or a figure of the Terms sheet is outside the range of the form.",
        fix: "Please check the figures.",
        source: "template, question 20",
    },
    stage: Stage::Rows,
    run: Run::Return(out_of_range),
};

fn out_of_range(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    if ret.refused_sheet(&terms::SHEET).is_some() {
        return;
    }
    for field in terms::SHEET.cells() {
        if let (Some(number), Some(min), Some(max)) =
            (ret.get(field).number(), field.min, field.max)
            && !(min..=max).contains(&number)
        {
            let [number, min, max] = [number, min, max].map(|number| number.normalize());
            found.say(&[ret.get(field)], format!("{number} is outside {min} to {max}."));
        }
    }
    let (low, high) = (ret.get(&terms::LEAVE_DAYS_MIN), ret.get(&terms::LEAVE_DAYS_MAX));
    let within = |field: &Field, number: &Decimal| {
        field.min.is_none_or(|min| *number >= min) && field.max.is_none_or(|max| *number <= max)
    };
    if let (Some(least), Some(most)) = (low.number(), high.number())
        && least > most
        && within(&terms::LEAVE_DAYS_MIN, &least)
        && within(&terms::LEAVE_DAYS_MAX, &most)
    {
        let [least, most] = [least, most].map(|number| number.normalize());
        let text = format!("the lowest leave, {least} days, is above the highest, {most} days.");
        found.say(&[low, high], text);
    }
}

pub(super) static PRO_005: Check = Check {
    rule: Rule {
        code: "PRO-005",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "No power in PRO_powers is common to the councils in the project.",
        fix: "Please ask your legal officers to agree one.",
        source: "template, question 21",
    },
    stage: Stage::Beside,
    run: Run::Project(no_common_power),
};

fn no_common_power(together: &Together<'_>, found: &mut Found<'_>) {
    let mut named: Vec<&str> = vec![];
    let mut common: Option<BTreeSet<&str>> = None;
    for code in together.project.expected() {
        let Some(profile) = together.profile(code) else { continue };
        let Some(Value::Many(powers)) = profile.used(&basis::POWERS) else { continue };
        named.push(together.programme.name(code));
        // Two others may be two different powers.
        let own: BTreeSet<&str> =
            powers.iter().map(|power| &**power).filter(|power| *power != "Other").collect();
        common = Some(match common {
            None => own,
            Some(before) => before.intersection(&own).copied().collect(),
        });
    }
    if named.len() > 1 && common.is_some_and(|common| common.is_empty()) {
        let message = format!("{} name no power in common.", english::list(&named));
        found.at(Place::default(), "", message);
    }
}

pub(super) static PRO_006: Check = Check {
    rule: Rule {
        code: "PRO-006",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "PRO_accounting_code is Other and PRO_accounting_departures or PRO_accounting_effect is blank.",
        fix: "Please say what differs and how much it changes the budget (0 is fine).",
        source: "template, question 15",
    },
    stage: Stage::Rows,
    run: Run::Return(departures),
};

fn departures(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    if !ret.get(&basis::ACCOUNTING_CODE).is("Other") {
        return;
    }
    let open = [&basis::ACCOUNTING_DEPARTURES, &basis::ACCOUNTING_EFFECT];
    let open: Vec<&Answer> =
        open.into_iter().map(|field| ret.get(field)).filter(|answer| answer.is_blank()).collect();
    if !open.is_empty() {
        found.say(&open, "accounts under another code are not explained yet.");
    }
}
