//! Section 4: the strategic overview, as far as the brief gives it.

use rust_decimal::Decimal;

use super::case::{Case, Values, item, paragraph, plural, text};
use crate::{
    answer::{Return, Row},
    english,
    form::{
        Field,
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
    let said = |field| case.brief().and_then(|brief| text(brief, field)).unwrap_or_default();
    for (name, field) in [("purpose", &overview::PURPOSE), ("core", &overview::CORE_JUSTIFICATION)]
    {
        values.seed(&format!("once:{name}"), said(field));
        values.passage(&format!("if:{name}"), !said(field).is_empty());
    }
    let said = |of: fn(&Case<'_>, &Return) -> String| case.brief().map(|brief| of(case, brief));
    values.text("say:benefits", said(benefits_said).unwrap_or_default());
    values.text("say:criteria", said(criteria_said).unwrap_or_default());
    let usable = |table| case.brief().into_iter().flat_map(move |brief| brief.used_rows(table));
    let benefits: Vec<Item> = usable(&BENEFIT_TABLE).enumerate().map(benefit).collect();
    values.passage("if:benefits", !benefits.is_empty());
    values.list("each:benefits", unique(benefits));
    let stakeholders: Vec<Item> = usable(&STAKEHOLDER_TABLE).map(stakeholder).collect();
    values.passage("if:stakeholders", !stakeholders.is_empty());
    values.list("each:stakeholders", unique(stakeholders));
    let options: Vec<Item> = usable(&OPTION_TABLE).map(|row| option(case, row)).collect();
    values.passage("if:options", !options.is_empty());
    values.list("each:options", unique(options));
    let why: Vec<String> = usable(&OPTION_TABLE).filter_map(rationale).collect();
    values.passage("if:rationale", !why.is_empty());
    values.seed("once:rationale", why.join(" "));
}

/// What the partnership gains, and how many of the outcomes the lead expects.
fn benefits_said(case: &Case<'_>, brief: &Return) -> String {
    let answers: Vec<Option<&str>> =
        NET_BENEFITS.iter().map(|(field, _)| text(brief, field)).collect();
    let gains: Vec<&str> = NET_BENEFITS
        .iter()
        .zip(&answers)
        .filter(|(_, answer)| **answer == Some("Yes"))
        .map(|((_, gain), _)| *gain)
        .collect();
    let unanswered = answers.iter().any(Option::is_none);
    let form = if gains.is_empty() && unanswered { "unanswered" } else { plural(gains.len()) };
    let named = case.say("overview.net_benefit", form, &[("list", &english::list(&gains))]);
    let rows = OUTCOMES.rows.iter();
    let outcomes =
        Chosen::of(rows.map(|row| text(brief, OUTCOMES.at(row, &benefits::OUTCOME_CONTRIBUTION))));
    if outcomes.answered() == 0 {
        return paragraph([named, case.say("overview.outcomes", "unanswered", &UNQUOTED)]);
    }
    let (strong, expected) = (outcomes.number(&["Strong"]), outcomes.number(&["Strong", "Some"]));
    let number = english::count(expected);
    let quoted = [
        ("number", &*number),
        ("all", &english::count(outcomes.0.len())),
        ("open", &outcomes.open(case)),
    ];
    let form =
        if expected > 1 && expected == outcomes.0.len() { "every" } else { plural(expected) };
    let said = case.say("overview.outcomes", form, &quoted);
    let form = if strong > 1 && strong == expected { "all" } else { plural(strong) };
    let number = english::count(strong);
    paragraph([named, said, case.say("overview.strong", form, &[("number", &number)])])
}

const UNQUOTED: [(&str, &str); 4] = [("number", ""), ("all", ""), ("open", ""), ("partly", "")];

/// Criteria are counts, never a score (domain.md D12).
fn criteria_said(case: &Case<'_>, brief: &Return) -> String {
    // The question of national or local choice is answered by neither Yes nor No.
    let asked = CRITERIA.rows.iter().filter(|row| row.key != benefits::C32.key);
    let criteria =
        Chosen::of(asked.map(|row| text(brief, CRITERIA.at(row, &benefits::CRITERION_ANSWER))));
    let met = if criteria.answered() == 0 {
        case.say("overview.criteria", "unanswered", &UNQUOTED)
    } else {
        let yes = criteria.number(&["Yes"]);
        let quoted = [
            ("number", &*english::count(yes)),
            ("all", &english::count(criteria.0.len())),
            ("partly", &case.count("overview.partly", criteria.number(&["Partly"]))),
            ("open", &criteria.open(case)),
        ];
        case.say("overview.criteria", plural(yes), &quoted)
    };
    let template = text(brief, CRITERIA.at(&benefits::C32, &benefits::CRITERION_ANSWER));
    let form = match template {
        Some("National") => "national",
        Some("Mixed") => "mixed",
        Some("Local") => "local",
        _ => return met,
    };
    paragraph([met, case.say("overview.template", form, &[])])
}

/// What was chosen in a column of questions; `None` where there is no answer that can be used.
struct Chosen<'a>(Vec<Option<&'a str>>);

impl<'a> Chosen<'a> {
    fn of(answers: impl Iterator<Item = Option<&'a str>>) -> Chosen<'a> {
        Chosen(answers.collect())
    }

    fn number(&self, wanted: &[&str]) -> usize {
        self.0.iter().flatten().filter(|answer| wanted.contains(answer)).count()
    }

    fn answered(&self) -> usize {
        self.0.iter().flatten().count()
    }

    /// "; two have no usable answer yet", or nothing.
    fn open(&self, case: &Case<'_>) -> String {
        case.count("overview.open", self.0.len() - self.answered())
    }
}

fn benefit((index, row): (usize, &Row)) -> Item {
    let text = |field| row.used_text(field);
    let key = if row.key().is_empty() { format!("row {index}") } else { row.key().to_owned() };
    item(
        key,
        [
            ("benefit", text(&benefits::BENEFIT_DESCRIPTION)),
            ("kind", text(&benefits::BENEFIT_KIND)),
            ("measure", text(&benefits::BENEFIT_MEASURE)),
            ("now", number(row, &benefits::BENEFIT_BASELINE)),
            ("target", number(row, &benefits::BENEFIT_TARGET)),
            ("due", date(row, &benefits::BENEFIT_DUE)),
        ],
    )
}

fn stakeholder(row: &Row) -> Item {
    let text = |field| row.used_text(field);
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
    let text = |field| row.used_text(field);
    let councils = row.get(&options::OPTION_COUNCILS_IN).many();
    item(
        text(&options::OPTION_NUMBER),
        [
            ("number", text(&options::OPTION_NUMBER)),
            ("name", text(&options::OPTION_NAME)),
            ("model", text(&options::OPTION_VEHICLE)),
            ("councils", case.list(&councils.iter().collect::<Vec<_>>())),
            ("start", date(row, &options::OPTION_GO_LIVE)),
            ("ruled_out", text(&options::OPTION_RULED_OUT)),
        ],
    )
}

/// "Option 1: why." with its full stop.
fn rationale(row: &Row) -> Option<String> {
    let why = row.get(&options::OPTION_RATIONALE).text()?;
    let stop = if why.ends_with(['.', '!', '?']) { "" } else { "." };
    Some(format!("Option {}: {why}{stop}", row.used_text(&options::OPTION_NUMBER)))
}

fn date(row: &Row, column: &Field) -> String {
    row.get(column).date().map_or_else(|| row.used_text(column), english::date)
}

fn number(row: &Row, column: &Field) -> String {
    let shown = |number: Decimal| english::thousands(&number.normalize().to_string());
    row.get(column).number().map_or_else(|| row.used_text(column), shown)
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
