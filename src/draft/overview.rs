//! Section 4: the strategic overview, as far as the brief gives it.

use super::case::{Case, Values, item, paragraph, plural};
use crate::{
    answer::{Answer, Return, Row},
    english,
    form::{
        Field, Grid, GridColumn,
        brief::{
            benefits::{self, BENEFIT_TABLE, CRITERIA, OUTCOMES},
            options::{self, OPTION_TABLE},
            overview::{self, STAKEHOLDER_TABLE},
        },
    },
    word::Item,
};

const NET_BENEFITS: [(&Field, &str); 4] = [
    (&benefits::NET_SERVICES, "better services"),
    (&benefits::NET_FINANCIAL, "financial gain"),
    (&benefits::NET_RESILIENCE, "resilience"),
    (&benefits::NET_CAPACITY, "capacity"),
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    values.passage("if:brief", case.brief().is_some());
    let text = |field| case.brief().and_then(|brief| brief.get(field).text()).unwrap_or_default();
    for (name, field) in [("purpose", &overview::PURPOSE), ("core", &overview::CORE_JUSTIFICATION)]
    {
        values.seed(&format!("once:{name}"), text(field));
        values.passage(&format!("if:{name}"), !text(field).is_empty());
    }
    let said = |of: fn(&Case<'_>, &Return) -> String| case.brief().map(|brief| of(case, brief));
    values.text("say:benefits", said(benefits_said).unwrap_or_default());
    values.text("say:criteria", said(criteria_said).unwrap_or_default());
    let rows = |table| case.brief().map_or(&[][..], |brief| brief.rows(table));
    let usable = |row: &&Row| row.refused.is_none();
    let benefits: Vec<Item> =
        rows(&BENEFIT_TABLE).iter().filter(usable).enumerate().map(benefit).collect();
    values.passage("if:benefits", !benefits.is_empty());
    values.list("each:benefits", benefits);
    let stakeholders: Vec<Item> =
        rows(&STAKEHOLDER_TABLE).iter().filter(usable).map(stakeholder).collect();
    values.passage("if:stakeholders", !stakeholders.is_empty());
    values.list("each:stakeholders", unique(stakeholders));
    let options: Vec<Item> =
        rows(&OPTION_TABLE).iter().filter(usable).map(|row| option(case, row)).collect();
    values.passage("if:options", !options.is_empty());
    values.list("each:options", unique(options));
    let why: Vec<String> =
        rows(&OPTION_TABLE).iter().filter(usable).filter_map(rationale).collect();
    values.passage("if:rationale", !why.is_empty());
    values.seed("once:rationale", why.join(" "));
}

/// What the partnership gains, and how many of the outcomes the lead expects.
fn benefits_said(case: &Case<'_>, brief: &Return) -> String {
    let gains: Vec<&str> = NET_BENEFITS
        .iter()
        .filter(|(field, _)| brief.get(field).is("Yes"))
        .map(|(_, gain)| *gain)
        .collect();
    let list = english::list(&gains);
    let named = case.say("overview.net_benefit", plural(gains.len()), &[("list", &list)]);
    let chosen = |wanted: &[&str]| count(brief, &OUTCOMES, &benefits::OUTCOME_CONTRIBUTION, wanted);
    let (strong, expected) = (chosen(&["Strong"]), chosen(&["Strong", "Some"]));
    let all = english::count(OUTCOMES.rows.len());
    let words = english::count(expected);
    let quoted = [("number", &*words), ("all", &all)];
    let outcomes = case.say("overview.outcomes", plural(expected), &quoted);
    let form = if strong > 1 && strong == expected { "all" } else { plural(strong) };
    let words = english::count(strong);
    paragraph([named, outcomes, case.say("overview.strong", form, &[("number", &words)])])
}

/// Criteria are counts, never a score (domain.md D12).
fn criteria_said(case: &Case<'_>, brief: &Return) -> String {
    let chosen = |wanted: &[&str]| count(brief, &CRITERIA, &benefits::CRITERION_ANSWER, wanted);
    let (yes, partly) = (chosen(&["Yes"]), chosen(&["Partly"]));
    // The question of national or local choice is answered by neither Yes nor No.
    let asked = english::count(CRITERIA.rows.len() - 1);
    let words = english::count(yes);
    let partly = case.count("overview.partly", partly);
    let quoted = [("number", &*words), ("all", &asked), ("partly", &partly)];
    let met = case.say("overview.criteria", plural(yes), &quoted);
    let template = brief.get(CRITERIA.at(&benefits::C32, &benefits::CRITERION_ANSWER));
    let form = match template.text() {
        Some("National") => "national",
        Some("Mixed") => "mixed",
        Some("Local") => "local",
        _ => return met,
    };
    paragraph([met, case.say("overview.template", form, &[])])
}

fn count(brief: &Return, grid: &'static Grid, column: &GridColumn, wanted: &[&str]) -> usize {
    let answers = grid.rows.iter().map(|row| brief.get(grid.at(row, column)));
    answers.filter(|answer| wanted.iter().any(|option| answer.is(option))).count()
}

fn benefit((index, row): (usize, &Row)) -> Item {
    let text = |field| row.get(field).shown();
    let key = if row.key().is_empty() { format!("row {index}") } else { row.key().to_owned() };
    item(
        key,
        [
            ("benefit", text(&benefits::BENEFIT_DESCRIPTION)),
            ("kind", text(&benefits::BENEFIT_KIND)),
            ("measure", text(&benefits::BENEFIT_MEASURE)),
            ("now", number(row.get(&benefits::BENEFIT_BASELINE))),
            ("target", number(row.get(&benefits::BENEFIT_TARGET))),
            ("due", date(row.get(&benefits::BENEFIT_DUE))),
        ],
    )
}

fn stakeholder(row: &Row) -> Item {
    let text = |field| row.get(field).shown();
    item(
        text(&overview::STAKEHOLDER_GROUP),
        [
            ("who", text(&overview::STAKEHOLDER_GROUP)),
            ("interest", text(&overview::STAKEHOLDER_INTEREST)),
            ("part", text(&overview::STAKEHOLDER_ROLE)),
        ],
    )
}

fn option(case: &Case<'_>, row: &Row) -> Item {
    let text = |field| row.get(field).shown();
    let councils = row.get(&options::OPTION_COUNCILS_IN).many();
    let ruled_out = if row.get(&options::OPTION_RULED_OUT).is("Yes") { "Yes" } else { "No" };
    item(
        text(&options::OPTION_NUMBER),
        [
            ("number", text(&options::OPTION_NUMBER)),
            ("name", text(&options::OPTION_NAME)),
            ("model", text(&options::OPTION_VEHICLE)),
            ("councils", case.list(&councils.iter().collect::<Vec<_>>())),
            ("start", date(row.get(&options::OPTION_GO_LIVE))),
            ("ruled_out", ruled_out.to_owned()),
        ],
    )
}

/// "Option 1: why." with its full stop.
fn rationale(row: &Row) -> Option<String> {
    let why = row.get(&options::OPTION_RATIONALE).text()?;
    let stop = if why.ends_with(['.', '!', '?']) { "" } else { "." };
    Some(format!("Option {}: {why}{stop}", row.get(&options::OPTION_NUMBER).shown()))
}

fn date(answer: &Answer) -> String {
    answer.date().map_or_else(|| answer.shown(), english::date)
}

fn number(answer: &Answer) -> String {
    answer.number().map_or_else(
        || answer.shown(),
        |number| english::thousands(&number.normalize().to_string()),
    )
}

/// Keys told apart where two rows go by the same words.
pub(super) fn unique(mut items: Vec<Item>) -> Vec<Item> {
    let mut seen = std::collections::BTreeMap::new();
    for item in &mut items {
        let times = seen.entry(item.key.clone()).and_modify(|times| *times += 1).or_insert(1);
        if *times > 1 {
            item.key = format!("{} ({times})", item.key);
        }
    }
    items
}
