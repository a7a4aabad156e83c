//! The structure of the service: who reports to whom, who leads, and the chart (STF-011, STF-012, STF-014).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, look, together::Together};
use crate::{
    answer::{Answer, Return, Row},
    english,
    fact::chart::chart_of,
    finding::{Rule, Scope, Severity},
    form::council_return::staffing::{
        CHART_AVAILABLE, CHART_FILE, LEVEL, POSTS, REPORTS_TO, SHEET, TABLE,
    },
    programme::Programme,
};

pub(super) static STF_011: Check = Check {
    rule: Rule {
        code: "STF-011",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "Where the group structure is asked: STF_reports_to names no post on the list, or posts report to one another in a circle.",
        fix: "Please give the reference of the manager's post, or leave the cell empty for the head of service.",
        source: "template, question 12",
    },
    stage: Stage::Rows,
    run: Run::Return(no_such_manager),
};

fn no_such_manager(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if !ret.asks(&REPORTS_TO, programme) {
        return;
    }
    let rows = look::rows(ret, &SHEET, &TABLE);
    let manager = |row: &Row| row.get(&REPORTS_TO).text().map(look::fold);
    let by_key: BTreeMap<String, &Row> =
        rows.iter().rev().map(|row| (look::fold(row.key()), row)).collect();
    for row in rows {
        let answer = row.get(&REPORTS_TO);
        let Some(above) = manager(row) else { continue };
        let own = look::fold(row.key());
        if !by_key.contains_key(&above) {
            found.say(&[answer], format!("the manager “{}” is not on your list.", answer.shown()));
        } else if leads_back(&own, above, &by_key, &manager) {
            let text = format!("post {} reports to itself by way of others.", row.key());
            let text = if own == look::fold(&answer.shown()) {
                format!("post {} reports to itself.", row.key())
            } else {
                text
            };
            found.say(&[answer], text);
        }
    }
}

/// Whether the line of managers from a post comes back to it.
fn leads_back(
    own: &str,
    mut above: String,
    posts: &BTreeMap<String, &Row>,
    manager: &dyn Fn(&Row) -> Option<String>,
) -> bool {
    for _ in 0..=posts.len() {
        if above == own {
            return true;
        }
        match posts.get(&above).and_then(|row| manager(row)) {
            Some(next) => above = next,
            None => return false,
        }
    }
    false
}

pub(super) static STF_012: Check = Check {
    rule: Rule {
        code: "STF-012",
        severity: Severity::Warning,
        scope: Scope::Sheet,
        what: "Where the group structure is asked: there is no post of level 1, or more than one.",
        fix: "Which post leads the service? Please give level 1 to that one.",
        source: "template, question 12",
    },
    stage: Stage::Totals,
    run: Run::Return(heads),
};

fn heads(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let rows: Vec<&Row> = ret.used_rows(&TABLE).collect();
    let unusable = |row: &&Row| row.get(&LEVEL).refused().is_some();
    if !ret.asks(&LEVEL, programme) || rows.is_empty() || rows.iter().any(unusable) {
        return;
    }
    let lead = |row: &&&Row| row.get(&LEVEL).number() == Some(Decimal::ONE);
    let leaders: Vec<&Row> = rows.iter().filter(lead).copied().collect();
    let posts: Decimal = leaders.iter().filter_map(|row| row.get(&POSTS).number()).sum();
    if leaders.is_empty() {
        found.say(&[rows[0].get(&LEVEL)], "you list no head of service.");
    } else if posts > Decimal::ONE {
        let answers: Vec<&Answer> = leaders.iter().map(|row| row.get(&LEVEL)).collect();
        let posts = usize::try_from(posts).map_or(posts.to_string(), english::count);
        found.say(&answers, format!("you list {posts} heads of service."));
    }
}

pub(super) static STF_014: Check = Check {
    rule: Rule {
        code: "STF-014",
        severity: Severity::Warning,
        scope: Scope::Sheet,
        what: "STF_chart_available is No; or it is Yes and the file of STF_chart_file has not come.",
        fix: "Please send a structure chart (no names needed).",
        source: "template, question 12",
    },
    stage: Stage::Beside,
    run: Run::Project(no_chart),
};

fn no_chart(together: &Together<'_>, found: &mut Found<'_>) {
    for ret in together.every().filter(|ret| ret.refused_sheet(&SHEET).is_none()) {
        let (available, file) = (ret.get(&CHART_AVAILABLE), ret.get(&CHART_FILE));
        if available.is("No") {
            found.say(&[available], "we have no structure chart from you.");
        } else if let (true, Some(name)) = (available.is("Yes"), file.text())
            && !chart_of(ret, together.intake, together.programme)
        {
            found.say(&[file], format!("the structure chart “{name}” has not come with the form."));
        }
    }
}
