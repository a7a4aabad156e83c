//! The Risks sheet (RSK).

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Return},
    finding::{Rule, Scope, Severity},
    form::council_return::risks::{
        IMPACT, LIKELIHOOD, MITIGATION, OWN_IMPACT, OWN_LIKELIHOOD, OWN_MITIGATION, OWN_OWNER_ROLE,
        OWN_TABLE, OWNER_ROLE, RESIDUAL_IMPACT, RESIDUAL_LIKELIHOOD, RISKS, SHEET,
    },
    programme::Programme,
};

pub(super) static RSK_001: Check = Check {
    rule: Rule {
        code: "RSK-001",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "A likelihood or impact is not a whole number from 1 to 5, or the rating after action is higher than before.",
        fix: "Please enter 1 to 5; the rating after action cannot be higher than before.",
        source: "template, questions 15 to 19",
    },
    stage: Stage::Rows,
    run: Run::Return(off_the_scale),
};

fn off_the_scale(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    if ret.refused_sheet(&SHEET).is_some() {
        return;
    }
    let mut ratings: Vec<(&Answer, Option<&Answer>)> = vec![];
    for row in RISKS.rows {
        for (first, after) in [(&LIKELIHOOD, &RESIDUAL_LIKELIHOOD), (&IMPACT, &RESIDUAL_IMPACT)] {
            let [first, after] = [first, after].map(|column| ret.get(RISKS.at(row, column)));
            ratings.extend([(first, None), (after, Some(first))]);
        }
    }
    for row in ret.used_rows(&OWN_TABLE) {
        ratings.extend([&OWN_LIKELIHOOD, &OWN_IMPACT].map(|column| (row.get(column), None)));
    }
    let on_scale =
        |number: Decimal| number.is_integer() && number >= Decimal::ONE && number <= dec!(5);
    for (answer, before) in ratings {
        let Some(rating) = answer.number() else { continue };
        let before = before.and_then(Answer::number);
        if !on_scale(rating) {
            found
                .say(&[answer], format!("{} is not on the scale from 1 to 5.", rating.normalize()));
        } else if let Some(before) = before.filter(|before| on_scale(*before) && rating > *before) {
            let [rating, before] = [rating, before].map(|number| number.normalize());
            found.say(
                &[answer],
                format!("after action the rating is {rating}, before it was {before}."),
            );
        }
    }
}

pub(super) static RSK_002: Check = Check {
    rule: Rule {
        code: "RSK-002",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "A risk is red (likelihood times impact of 15 or more, unless programme.toml says otherwise), and its mitigation is shorter than 20 characters or it has no owner. GEN-001 is then not raised.",
        fix: "This is a high risk. Please say what will be done and by whom.",
        source: "template, questions 15 to 19",
    },
    stage: Stage::Rows,
    run: Run::Return(high_risk),
};

fn high_risk(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if ret.refused_sheet(&SHEET).is_some() {
        return;
    }
    let grid = RISKS.rows.iter().map(|row| {
        [&LIKELIHOOD, &IMPACT, &MITIGATION, &OWNER_ROLE]
            .map(|column| ret.get(RISKS.at(row, column)))
    });
    let own = ret.used_rows(&OWN_TABLE).map(|row| {
        [&OWN_LIKELIHOOD, &OWN_IMPACT, &OWN_MITIGATION, &OWN_OWNER_ROLE]
            .map(|column| row.get(column))
    });
    for [likelihood, impact, mitigation, owner] in grid.chain(own) {
        let score = likelihood.number().zip(impact.number()).map(|(one, other)| one * other);
        let Some(score) = score else { continue };
        if score < programme.thresholds.risk_red.into() {
            continue;
        }
        let letters = mitigation.text().map_or(0, |text| text.trim().chars().count());
        let thin = (mitigation.is_blank() || mitigation.text().is_some()) && letters < 20;
        let mut open: Vec<&Answer> = vec![];
        open.extend(thin.then_some(mitigation));
        open.extend(owner.is_blank().then_some(owner));
        if !open.is_empty() {
            let score = score.normalize();
            let lacks = match (thin, owner.is_blank()) {
                (true, true) => "neither what will be done nor by whom is said",
                (true, false) => "little is said of what will be done",
                (false, _) => "nobody is named to act",
            };
            found.say(&open, format!("the risk scores {score} of 25, and {lacks}."));
        }
    }
}

pub(super) static RSK_003: Check = Check {
    rule: Rule {
        code: "RSK-003",
        severity: Severity::Warning,
        scope: Scope::Sheet,
        what: "All five risks have the same likelihood and the same impact.",
        fix: "Please check that each has been thought about.",
        source: "quality of answers",
    },
    stage: Stage::Totals,
    run: Run::Return(all_alike),
};

fn all_alike(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !look::sheets(ret, programme).any(|sheet| sheet.code == SHEET.code) {
        return;
    }
    let rating = |column| {
        let numbers = RISKS.rows.iter().map(|row| ret.get(RISKS.at(row, column)).number());
        numbers.collect::<Option<Vec<Decimal>>>()
    };
    let same = |ratings: Option<Vec<Decimal>>| {
        ratings.is_some_and(|ratings| ratings.windows(2).all(|pair| pair[0] == pair[1]))
    };
    if same(rating(&LIKELIHOOD)) && same(rating(&IMPACT)) {
        let answer = ret.get(RISKS.at(RISKS.rows[0], &LIKELIHOOD));
        found.say(&[answer], "all five risks have the same likelihood and impact.");
    }
}
