//! Contracts with others in them: partners, the contractor's staff, other users (CON-008, 009, 011).

use std::collections::BTreeMap;

use rust_decimal::{Decimal, dec};

use super::{Check, Run, Stage, found::Found, look, together::Together};
use crate::{
    answer::{Return, Row},
    english,
    finding::{Rule, Scope, Severity},
    form::council_return::contracts::{
        ANNUAL_VALUE, ASSIGNABLE, CONTRACTOR_FTE, JOINT_CONTRACT, OTHERS_MAY_USE, SHARE_PCT,
        SUPPLIER, TABLE, TITLE,
    },
    programme::Programme,
};

pub(super) static CON_008: Check = Check {
    rule: Rule {
        code: "CON-008",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Where the group contract_detail is asked: the shares that councils have in a joint contract (the same supplier and title) do not add to 100%.",
        fix: "Please agree the shares with the other councils.",
        source: "nothing is counted twice",
    },
    stage: Stage::Beside,
    run: Run::Project(shares),
};

fn shares(together: &Together<'_>, found: &mut Found<'_>) {
    let mut contracts: BTreeMap<(String, String), Vec<(&Return, &Row)>> = BTreeMap::new();
    for ret in &together.returns {
        for row in ret.used_rows(&TABLE).filter(|row| row.get(&JOINT_CONTRACT).is("Yes")) {
            let fold = |column| look::fold(&row.used_text(column));
            contracts.entry((fold(&SUPPLIER), fold(&TITLE))).or_default().push((ret, row));
        }
    }
    for rows in contracts.values() {
        let share = |(_, row): &(&Return, &Row)| row.get(&SHARE_PCT).number();
        let Some(sum) = rows.iter().map(share).sum::<Option<Decimal>>() else { continue };
        if sum == Decimal::ONE_HUNDRED {
            continue;
        }
        for own in rows {
            let others = rows.iter().filter(|other| !std::ptr::eq(*other, own));
            let answers = std::iter::once(own).chain(others).map(|(_, row)| row.get(&SHARE_PCT));
            let mut names: Vec<&str> = rows.iter().map(|(ret, _)| together.name(ret)).collect();
            names.dedup();
            let (title, names) = (own.1.used_text(&TITLE), english::list(&names));
            let sum = sum.normalize();
            let text = format!("the shares in “{title}” add to {sum}% ({names}).");
            found.say(&answers.collect::<Vec<_>>(), text);
        }
    }
}

pub(super) static CON_009: Check = Check {
    rule: Rule {
        code: "CON-009",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "Where the group contract_detail is asked: CON_contractor_fte is blank and the council's share of the contract is over £50,000 a year.",
        fix: "How many people work on this contract? They may transfer under TUPE.",
        source: "TUPE",
    },
    stage: Stage::Rows,
    run: Run::Return(contractor_staff),
};

fn contractor_staff(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !ret.asks(&CONTRACTOR_FTE, programme) {
        return;
    }
    for row in ret.used_rows(&TABLE) {
        let answer = row.get(&CONTRACTOR_FTE);
        if let (Some(value), Some(share)) =
            (row.get(&ANNUAL_VALUE).number(), row.get(&SHARE_PCT).number())
            && value * share > dec!(50_000) * Decimal::ONE_HUNDRED
            && answer.is_blank()
        {
            let text = format!("the people who work on contract {} are not given.", row.key());
            found.say(&[answer], text);
        }
    }
}

pub(super) static CON_011: Check = Check {
    rule: Rule {
        code: "CON-011",
        severity: Severity::Note,
        scope: Scope::Line,
        what: "CON_others_may_use is No, and CON_assignable, where it is asked, is not Yes.",
        fix: "Nothing needs doing if that is right; others would need a new procurement to use it.",
        source: "LGA guide, 2011",
    },
    stage: Stage::Rows,
    run: Run::Return(not_for_others),
};

fn not_for_others(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for row in ret.used_rows(&TABLE) {
        let answer = row.get(&OTHERS_MAY_USE);
        let assignable = ret.asks(&ASSIGNABLE, programme) && row.get(&ASSIGNABLE).is("Yes");
        if answer.is("No") && !assignable {
            let text = format!("contract {} cannot be used by other councils.", row.key());
            found.say(&[answer], text);
        }
    }
}
