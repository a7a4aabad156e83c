//! Payments to contractors and partners, beside contracts and what partners say (REV-014, 016, 017, XCO-005).

use rust_decimal::dec;

use super::{Check, Run, Stage, found::Found, look, revenue::is_used, together::Together};
use crate::{
    answer::{Answer, Return, Row},
    english,
    fact::{partner::reported, revenue::line},
    finding::{Rule, Scope, Severity},
    form::council_return::{
        contracts::{self, ANNUAL_VALUE, CHARGED_TO, SHARE_PCT},
        revenue::{LINES, TPP, Y0_BUDGET},
        service::{
            self, SHARED_ALREADY, SHARED_AMOUNT, SHARED_DIRECTION, SHARED_PARTNER, SHARED_TABLE,
        },
    },
    number::Exact,
    programme::Programme,
};

pub(super) static REV_014: Check = Check {
    rule: Rule {
        code: "REV-014",
        severity: Severity::Note,
        scope: Scope::Line,
        what: "Rows of SVC_shared of payer and payee match within £1. The smaller amount is taken out of the combined cost.",
        fix: "Nothing needs doing if that is right.",
        source: "nothing is counted twice",
    },
    stage: Stage::Beside,
    run: Run::Project(between_partners),
};

fn between_partners(together: &Together<'_>, found: &mut Found<'_>) {
    for payer in &together.returns {
        for payee in together.returns.iter().filter(|payee| payee.council != payer.council) {
            let (Some(paid), Some(received)) =
                (dealing(together, payer, payee, PAY), dealing(together, payee, payer, ARE_PAID))
            else {
                continue;
            };
            if agree(&paid, &received) {
                let amount = english::pounds(&paid.min(received));
                let (one, other) = (together.name(payer), together.name(payee));
                let text = format!(
                    "{one} pays {other} {amount} for this service. We take it out of the combined cost, so that it is not counted twice."
                );
                let rows = rows_of(together, payer, payee, PAY);
                let rows = rows.chain(rows_of(together, payee, payer, ARE_PAID));
                let answers: Vec<&Answer> = rows.map(|row| row.get(&SHARED_AMOUNT)).collect();
                found.say(&answers, text);
            }
        }
    }
}

pub(super) static XCO_005: Check = Check {
    rule: Rule {
        code: "XCO-005",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "A council named in another's SVC_shared rows shows no matching row: the other direction, within £1.",
        fix: "Please add the row, or tell us that the other council is mistaken.",
        source: "both sides of a payment",
    },
    stage: Stage::Beside,
    run: Run::Project(not_returned),
};

fn not_returned(together: &Together<'_>, found: &mut Found<'_>) {
    for teller in &together.returns {
        for named in together.returns.iter().filter(|named| named.council != teller.council) {
            for (theirs, ours) in [(PAY, ARE_PAID), (ARE_PAID, PAY)] {
                let Some(said) = dealing(together, teller, named, theirs) else { continue };
                let shown = dealing(together, named, teller, ours);
                let unusable = named.refused_sheet(&service::SHEET).is_some()
                    || named.rows(&SHARED_TABLE).iter().any(|row| row.refused.is_some());
                if unusable || shown.as_ref().is_some_and(|shown| agree(&said, shown)) {
                    continue;
                }
                let does = if theirs == PAY { "you are paid" } else { "you pay it" };
                let name = together.name(teller);
                let shows = match shown {
                    None => String::from("your return does not show it"),
                    Some(shown) => format!("your return shows {}", english::pounds(&shown)),
                };
                let text = format!("{name} says that {does} {}; {shows}.", english::pounds(&said));
                let own = rows_of(together, named, teller, ours).map(|row| row.get(&SHARED_AMOUNT));
                let mut answers: Vec<&Answer> = own.collect();
                if answers.is_empty() {
                    answers.push(named.get(&SHARED_ALREADY));
                }
                let there = rows_of(together, teller, named, theirs);
                answers.extend(there.map(|row| row.get(&SHARED_AMOUNT)));
                found.say(&answers, text);
            }
        }
    }
}

const PAY: &str = "Pay them";
const ARE_PAID: &str = "Are paid";

fn dealing(together: &Together<'_>, ret: &Return, with: &Return, way: &str) -> Option<Exact> {
    let partner = with.council.as_ref()?;
    reported(ret, partner, way, together.programme).map(|(amount, _)| amount)
}

fn agree(one: &Exact, other: &Exact) -> bool {
    (one.clone() - other.clone()).abs() <= Exact::one()
}

/// The rows in which a return speaks of another council, in one direction.
fn rows_of<'a>(
    together: &Together<'a>,
    ret: &'a Return,
    with: &'a Return,
    way: &'static str,
) -> impl Iterator<Item = &'a Row> {
    let programme = together.programme;
    ret.used_rows(&SHARED_TABLE).filter(move |row| {
        let named = row.get(&SHARED_PARTNER).text().and_then(|name| programme.recognise(name));
        named.is_some_and(|council| Some(&council.code) == with.council.as_ref())
            && row.get(&SHARED_DIRECTION).is(way)
    })
}

pub(super) static REV_016: Check = Check {
    rule: Rule {
        code: "REV-016",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Third-party payments of the base year are over 0 and no contract is charged there, or a contract is and they are 0.",
        fix: "Please add the contract, or correct where its payments stand.",
        source: "template, question 14",
    },
    stage: Stage::Beside,
    run: Run::Return(contractors),
};

fn contractors(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(paid) = paid(ret, programme) else { return };
    let charged = charged(ret).next();
    let unknown = ret.rows(&contracts::TABLE).iter().any(|row| row.refused.is_some());
    let answer = ret.get(LINES.at(&TPP, &Y0_BUDGET));
    if paid > Exact::zero() && charged.is_none() && !unknown {
        let paid = english::pounds(&paid);
        let text =
            format!("you show {paid} paid to contractors, but list no contract charged there.");
        found.say(&[answer], text);
    } else if let (true, Some(row)) = (paid.is_zero(), charged) {
        let contract = row.key();
        let text = format!(
            "you list contract {contract} as charged to third-party payments, but show none."
        );
        found.say(&[answer, row.get(&CHARGED_TO)], text);
    }
}

pub(super) static REV_017: Check = Check {
    rule: Rule {
        code: "REV-017",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "Third-party payments differ from the council's shares of the contracts charged there by more than programme.toml allows (10% of the payments) and more than £5,000.",
        fix: "What explains the gap?",
        source: "template, question 14",
    },
    stage: Stage::Beside,
    run: Run::Return(contract_gap),
};

fn contract_gap(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(paid) = paid(ret, programme) else { return };
    let rows: Vec<&Row> = charged(ret).collect();
    let value = |row: &&Row| {
        let value = row.get(&ANNUAL_VALUE).number()?;
        Some(Exact::from(value) * Exact::from(row.get(&SHARE_PCT).number()?) * Exact::ratio(1, 100))
    };
    let Some(contracts) = rows.iter().map(value).sum::<Option<Exact>>() else { return };
    let unknown = ret.rows(&contracts::TABLE).iter().any(|row| row.refused.is_some());
    // Where either is nought, REV-016 asks.
    if rows.is_empty() || paid.is_zero() || unknown {
        return;
    }
    let gap = (paid.clone() - contracts.clone()).abs();
    let part = Exact::from(programme.thresholds.contractor_gap_pct) * Exact::ratio(1, 100);
    if gap > paid.clone() * part && gap > Exact::from(dec!(5000)) {
        let [paid, contracts] = [paid, contracts].map(|amount| english::pounds(&amount));
        let mut answers = vec![ret.get(LINES.at(&TPP, &Y0_BUDGET))];
        answers.extend(rows.iter().map(|row| row.get(&ANNUAL_VALUE)));
        let text =
            format!("payments to contractors are {paid}, your contracts come to {contracts}.");
        found.say(&answers, text);
    }
}

/// Third-party payments, where they and the contracts are both known.
fn paid(ret: &Return, programme: &Programme) -> Option<Exact> {
    let both = is_used(ret, programme)
        && look::sheets(ret, programme).any(|sheet| sheet.code == contracts::SHEET.code);
    both.then(|| line(ret, &TPP, &Y0_BUDGET).ok())?.map(|(amount, _)| amount)
}

/// The contracts that are paid from third-party payments.
fn charged(ret: &Return) -> impl Iterator<Item = &Row> {
    ret.used_rows(&contracts::TABLE).filter(|row| row.get(&CHARGED_TO).is("TPP"))
}
