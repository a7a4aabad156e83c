//! Options of a brief: whose they are and when they begin (BRF-003 to 005, 007, 013, 016).

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, look, together::Together};
use crate::{
    answer::{Answer, Return, Row},
    english,
    fact::contract::Ending,
    finding::{Rule, Scope, Severity},
    form::{
        brief::options::{
            JOIN_COUNCIL, JOIN_DATE, JOIN_OPTION, JOIN_TABLE, OPTION_COUNCILS_IN, OPTION_GO_LIVE,
            OPTION_NUMBER, OPTION_RULED_OUT, OPTION_TABLE, PREFERRED_OPTION, SHARE_COUNCIL,
            SHARE_OPTION, SHARE_PCT, SHARE_TABLE, SHEET,
        },
        council_return::contracts,
    },
    programme::{Programme, Project, Status},
};

pub(super) static BRF_003: Check = Check {
    rule: Rule {
        code: "BRF-003",
        severity: Severity::Error,
        scope: Scope::Line,
        what: "P3_option_councils_in names a council that decided not to take part in the project, or was never asked.",
        fix: "Please correct the list. Until then the option is shown but not tested.",
        source: "whose saving it is",
    },
    stage: Stage::Rows,
    run: Run::Return(not_in_project),
};

fn not_in_project(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(project) = project(ret, programme) else { return };
    for row in look::rows(ret, &SHEET, &OPTION_TABLE) {
        let answer = row.get(&OPTION_COUNCILS_IN);
        let is_out = |code: &&str| {
            !matches!(
                project.status(code),
                Some(Status::In | Status::ToBeClarified | Status::Optional)
            )
        };
        let outside: Vec<&str> = answer.many().iter().map(|code| &**code).filter(is_out).collect();
        if !outside.is_empty() {
            let names: Vec<&str> = outside.iter().map(|code| programme.name(code)).collect();
            let are = if names.len() == 1 { "is" } else { "are" };
            found.say(&[answer], format!("{} {are} not in this project.", english::list(&names)));
        }
    }
}

pub(super) static BRF_004: Check = Check {
    rule: Rule {
        code: "BRF-004",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "The preferred option, or the only one not ruled out, is not for the councils that take part in the project.",
        fix: "Please restate the savings for these councils. Until then they are not tested.",
        source: "whose saving it is",
    },
    stage: Stage::Beside,
    run: Run::Return(other_councils),
};

fn other_councils(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(project) = project(ret, programme) else { return };
    let live: Vec<&Row> = live(ret).collect();
    let preferred = ret.get(&PREFERRED_OPTION).number();
    let chosen = live
        .iter()
        .find(|row| preferred.is_some() && row.get(&OPTION_NUMBER).number() == preferred);
    let only = if preferred.is_none() && live.len() == 1 { live.first() } else { None };
    let Some(row) = chosen.or(only) else { return };
    let answer = row.get(&OPTION_COUNCILS_IN);
    let named: BTreeSet<&str> = answer.many().iter().map(|code| &**code).collect();
    let wanted: BTreeSet<&str> = project.expected().map(|code| &**code).collect();
    if !named.is_empty() && named != wanted {
        let names = |set: &BTreeSet<&str>| {
            let all = programme.councils.iter().filter(|council| set.contains(&*council.code));
            english::list(&all.map(|council| &council.name).collect::<Vec<_>>())
        };
        let (named, wanted) = (names(&named), names(&wanted));
        let text = format!("the savings were worked out for {named}, not for {wanted}.");
        found.say(&[answer], text);
    }
}

pub(super) static BRF_005: Check = Check {
    rule: Rule {
        code: "BRF-005",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "The P3_share_pct of an option do not add to exactly 100, or P3_share names a council that is not in the option, names one twice or leaves one out.",
        fix: "Please correct the shares. Until then this basis is not shown.",
        source: "principles of 25 June 2008, g",
    },
    stage: Stage::Rows,
    run: Run::Return(shares),
};

fn shares(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for option in look::rows(ret, &SHEET, &OPTION_TABLE) {
        let Some(number) = option.get(&OPTION_NUMBER).number() else { continue };
        let own = |row: &&Row| row.get(&SHARE_OPTION).number() == Some(number);
        let rows: Vec<&Row> = look::rows(ret, &SHEET, &SHARE_TABLE).iter().filter(own).collect();
        let sum = rows.iter().map(|row| row.get(&SHARE_PCT).number()).sum::<Option<Decimal>>();
        let named =
            rows.iter().map(|row| row.get(&SHARE_COUNCIL).text()).collect::<Option<Vec<_>>>();
        let councils: Vec<&str> =
            option.get(&OPTION_COUNCILS_IN).many().iter().map(|code| &**code).collect();
        let (Some(sum), Some(named)) = (sum, named) else { continue };
        if rows.is_empty() || councils.is_empty() {
            continue;
        }
        let names = |codes: Vec<&str>| {
            english::list(&codes.iter().map(|code| programme.name(code)).collect::<Vec<_>>())
        };
        let outside: Vec<&str> =
            named.iter().copied().filter(|code| !councils.contains(code)).collect();
        let left_out: Vec<&str> =
            councils.iter().copied().filter(|code| !named.contains(code)).collect();
        let twice: BTreeSet<&str> = named
            .iter()
            .copied()
            .filter(|code| named.iter().filter(|other| *other == code).count() > 1)
            .collect();
        let mut said = vec![];
        if sum != Decimal::ONE_HUNDRED {
            said.push(format!("add to {}%", sum.normalize()));
        }
        if !outside.is_empty() {
            said.push(format!("name {}, not in the option", names(outside)));
        }
        if !left_out.is_empty() {
            said.push(format!("leave out {}", names(left_out)));
        }
        if !twice.is_empty() {
            said.push(format!("name {} twice", names(twice.into_iter().collect())));
        }
        if !said.is_empty() {
            let answers: Vec<&Answer> = rows.iter().map(|row| row.get(&SHARE_PCT)).collect();
            let number = number.normalize();
            let text = format!("the agreed shares of option {number} {}.", english::list(&said));
            found.say(&answers, text);
        }
    }
}

pub(super) static BRF_007: Check = Check {
    rule: Rule {
        code: "BRF-007",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "P3_preferred_option is not in the list of options, or is ruled out.",
        fix: "Please correct the number, or the option.",
        source: "the brief fits together",
    },
    stage: Stage::Rows,
    run: Run::Return(preferred),
};

fn preferred(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let answer = ret.get(&PREFERRED_OPTION);
    let Some(preferred) = answer.number() else { return };
    if ret.refused_sheet(&SHEET).is_some() {
        return;
    }
    let rows = ret.rows(&OPTION_TABLE);
    let numbers = rows.iter().map(|row| row.get(&OPTION_NUMBER).number());
    let Some(numbers) = numbers.collect::<Option<Vec<Decimal>>>() else { return };
    let preferred_shown = preferred.normalize();
    match numbers.iter().position(|number| *number == preferred) {
        None => {
            let text = format!("the preferred option, {preferred_shown}, is not listed.");
            found.say(&[answer], text);
        }
        Some(index) if rows[index].get(&OPTION_RULED_OUT).is("Yes") => {
            let text = format!("the preferred option, {preferred_shown}, is ruled out.");
            found.say(&[answer], text);
        }
        Some(_) => {}
    }
}

pub(super) static BRF_013: Check = Check {
    rule: Rule {
        code: "BRF-013",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "P3_option_go_live is not the start that programme.toml has. The option's is used.",
        fix: "Please tell us which is right.",
        source: "when contracts can be left",
    },
    stage: Stage::Rows,
    run: Run::Return(other_start),
};

fn other_start(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let Some(project) = project(ret, programme) else { return };
    for option in live(ret) {
        let answer = option.get(&OPTION_GO_LIVE);
        if let Some(start) = answer.date().filter(|start| *start != project.go_live) {
            let [start, ours] = [start, project.go_live].map(english::date);
            let number = option.get(&OPTION_NUMBER).shown();
            let text = format!("option {number} starts on {start}; the programme says {ours}.");
            found.say(&[answer], text);
        }
    }
}

pub(super) static BRF_016: Check = Check {
    rule: Rule {
        code: "BRF-016",
        severity: Severity::Warning,
        scope: Scope::Line,
        what: "P3_join_date is before the earliest date on which the council's own contracts let it join.",
        fix: "Please move the date, or say how the contract is to be ended.",
        source: "when contracts can be left",
    },
    stage: Stage::Beside,
    run: Run::Project(joins_too_early),
};

fn joins_too_early(together: &Together<'_>, found: &mut Found<'_>) {
    let Some(brief) = together.brief else { return };
    let mut earliest: BTreeMap<&str, Ending> = BTreeMap::new();
    for ret in together.every().filter(|ret| ret.refused_sheet(&contracts::SHEET).is_none()) {
        let rows = ret.rows(&contracts::TABLE).iter();
        let endings = rows.map(|row| Ending::read(row, together.reference));
        let Ok(endings) = endings.collect::<Result<Vec<_>, _>>() else { continue };
        let last = endings.into_iter().max_by_key(|ending| ending.earliest_exit);
        if let (Some(code), Some(last)) = (ret.council.as_deref(), last) {
            earliest.insert(code, last);
        }
    }
    for row in brief.used_rows(&JOIN_TABLE) {
        let answer = row.get(&JOIN_DATE);
        let ending = row.get(&JOIN_COUNCIL).text().and_then(|code| earliest.get(code));
        if let (Some(join), Some(ending)) = (answer.date(), ending)
            && join < ending.earliest_exit
        {
            let name = together.programme.name(row.get(&JOIN_COUNCIL).text().unwrap_or_default());
            let text = format!(
                "{name} cannot join before {}: contract {}.",
                english::date(ending.earliest_exit),
                ending.reference
            );
            found.say(&[answer, row.get(&JOIN_OPTION)], text);
        }
    }
}

fn project<'a>(ret: &Return, programme: &'a Programme) -> Option<&'a Project> {
    ret.project.as_deref().and_then(|code| programme.project(code))
}

/// The options that may be used and are not ruled out.
pub(super) fn live(brief: &Return) -> impl Iterator<Item = &Row> {
    brief.used_rows(&OPTION_TABLE).filter(|row| !row.get(&OPTION_RULED_OUT).is("Yes"))
}
