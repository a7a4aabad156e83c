//! The statement of intent (domain.md E1): what a project is to be, who works on it, and what is not known yet.

use super::{
    case::{Case, Values, item, paragraph, plural, text},
    delivery,
    overview::unique,
};
use crate::{
    answer::{Return, Row, Value},
    english,
    fact::gate::Gates,
    form::{
        Field,
        brief::{
            milestones::{
                GATE_ACTUAL, GATE_BODY, GATE_CODE, GATE_COUNCIL, GATE_DECISION, GATE_FORECAST,
                GATE_PLANNED, GATE_TABLE,
            },
            overview as brief,
            team::{
                EXTERNAL_SUPPORT_COST, LEADER_COUNCIL, LEADER_NAME, LEADER_PCT_TIME, LEADER_PHONE,
                LEADER_ROLE, MEMBER_COUNCIL, MEMBER_DAYS, MEMBER_PCT_TIME, MEMBER_ROLE,
                MEMBER_TABLE, OTHER_RESOURCES,
            },
        },
    },
    number::Exact,
    word::Item,
};

/// The gate at which it is approved. From then on there is a business case to write.
const APPROVED: usize = 2;

/// What the statement should answer, by its name in the wording.
const ASKED: [(&str, &Field); 6] = [
    ("purpose", &brief::PURPOSE),
    ("class", &brief::PROJECT_CLASS),
    ("leader", &LEADER_NAME),
    ("time", &LEADER_PCT_TIME),
    ("funding", &brief::FUNDING_NEEDED),
    ("decision", &brief::DECISION_ASKED),
];

/// Whether there is one to write: until it is approved.
pub(super) fn is_due(brief: Option<&Return>) -> bool {
    Gates::of(brief).passed(APPROVED).is_none()
}

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let said = |field| case.brief().and_then(|brief| text(brief, field)).unwrap_or_default();
    values.passage("if:no_brief", case.brief().is_none());
    let class = match said(&brief::PROJECT_CLASS) {
        "Core" => "core",
        "Windfall" => "windfall",
        _ => "none",
    };
    values.text("say:class", case.say("intent.class", class, &[]));
    let or_lead = |text: &str| match text.is_empty() {
        true => case.say("intent.to_give", "some", &[]),
        false => text.to_owned(),
    };
    values.text("fig:leader", or_lead(said(&LEADER_NAME)));
    values.text("fig:leader.role", or_lead(said(&LEADER_ROLE)));
    let council = said(&LEADER_COUNCIL);
    values.text("fig:leader.council", or_lead(case.programme.name(council)));
    values.text("fig:leader.phone", or_lead(said(&LEADER_PHONE)));
    values.seed("once:resources", said(&OTHER_RESOURCES));
    values.passage("if:resources", !said(&OTHER_RESOURCES).is_empty());
    let rows = |table| case.brief().into_iter().flat_map(move |brief| brief.used_rows(table));
    let team: Vec<Item> = rows(&MEMBER_TABLE).map(|row| member(case, row)).collect();
    values.passage("if:team", !team.is_empty());
    values.list("each:team", unique(team));
    let sources: Vec<Item> = rows(&brief::FUNDING_TABLE).map(source).collect();
    values.passage("if:funding", !sources.is_empty());
    values.list("each:funding", unique(sources));
    values.text("say:funding", funding(case));
    values.text("say:time", time(case));
    values.text("say:unknown", unknown(case));
    let gates: Vec<Item> = rows(&GATE_TABLE).map(|row| gate(case, row)).collect();
    values.passage("if:gates", !gates.is_empty());
    values.list("each:gates", unique(gates));
}

/// A number of the brief that may be used.
fn number(case: &Case<'_>, field: &Field) -> Option<Exact> {
    match case.brief()?.used(field) {
        Some(Value::Number(number)) => Some(Exact::from(*number)),
        _ => None,
    }
}

fn of_row(row: &Row, field: &Field) -> Option<Exact> {
    row.get(field).number().map(Exact::from)
}

/// "20%", or nothing where it is not given.
fn share(number: Option<Exact>) -> String {
    let percent = |number: Exact| english::percent(&(number * Exact::ratio(1, 100)));
    number.map(percent).unwrap_or_default().replace(".0%", "%")
}

fn member(case: &Case<'_>, row: &Row) -> Item {
    let role = row.used_text(&MEMBER_ROLE);
    let council = row.used_text(&MEMBER_COUNCIL);
    item(
        format!("{role} {council}"),
        [
            ("role", role),
            ("council", case.programme.name(&council).to_owned()),
            ("time", share(of_row(row, &MEMBER_PCT_TIME))),
            ("days", row.used_text(&MEMBER_DAYS)),
        ],
    )
}

fn source(row: &Row) -> Item {
    let name = row.used_text(&brief::FUNDING_SOURCE);
    let amount = of_row(row, &brief::FUNDING_AMOUNT).as_ref().map(english::pounds);
    item(
        name.clone(),
        [
            ("source", name),
            ("amount", amount.unwrap_or_default()),
            ("status", row.used_text(&brief::FUNDING_STATUS)),
        ],
    )
}

/// What is needed, what the sources come to, what is asked of the fighting fund, and support from outside.
fn funding(case: &Case<'_>) -> String {
    let Some(needed) = number(case, &brief::FUNDING_NEEDED) else {
        return case.say("intent.funding", "unknown", &[("needed", ""), ("named", "")]);
    };
    let rows = || case.brief().into_iter().flat_map(|brief| brief.used_rows(&brief::FUNDING_TABLE));
    let named: Option<Exact> = rows().map(|row| of_row(row, &brief::FUNDING_AMOUNT)).sum();
    let form = match &named {
        _ if needed.is_zero() => "nil",
        Some(named) if *named == needed => "met",
        Some(named) if !named.is_zero() => "apart",
        _ => "open",
    };
    let named = named.as_ref().map(english::pounds).unwrap_or_default();
    let quoted = [("needed", &*english::pounds(&needed)), ("named", &named)];
    let money = |sentence: &str, field| match number(case, field).filter(|own| !own.is_zero()) {
        Some(own) => case.say(sentence, "some", &[("amount", &english::pounds(&own))]),
        None => String::new(),
    };
    paragraph([
        case.say("intent.funding", form, &quoted),
        money("intent.fighting_fund", &brief::FIGHTING_FUND_REQUESTED),
        money("intent.support", &EXTERNAL_SUPPORT_COST),
    ])
}

/// The share of time that the leader gives, and the team together.
fn time(case: &Case<'_>) -> String {
    let leader = match share(number(case, &LEADER_PCT_TIME)) {
        own if own.is_empty() => case.say("intent.leader_time", "unknown", &[("share", "")]),
        own => case.say("intent.leader_time", "some", &[("share", &own)]),
    };
    let rows = || case.brief().into_iter().flat_map(|brief| brief.used_rows(&MEMBER_TABLE));
    let shares: Vec<Exact> = rows().filter_map(|row| of_row(row, &MEMBER_PCT_TIME)).collect();
    let members = rows().count();
    let form = match shares.len() {
        0 => "none",
        some if some < members => "partly",
        some => plural(some),
    };
    let all: Exact = shares.into_iter().sum();
    let quoted = [
        ("number", &*english::count(members)),
        ("fte", &english::fte(&(all * Exact::ratio(1, 100)))),
    ];
    paragraph([leader, case.say("intent.team_time", form, &quoted)])
}

/// What the brief does not answer.
fn unknown(case: &Case<'_>) -> String {
    let open = |field: &Field| case.brief().is_none_or(|brief| brief.used(field).is_none());
    let open: Vec<String> = ASKED
        .iter()
        .filter(|(_, field)| open(field))
        .map(|(name, _)| case.say("intent.asked", name, &[]))
        .collect();
    case.say("intent.unknown", plural(open.len()), &[("list", &english::list(&open))])
}

fn gate(case: &Case<'_>, row: &Row) -> Item {
    let code = row.used_text(&GATE_CODE);
    let name = delivery::gate_name(case, &code);
    let council = row.used_text(&GATE_COUNCIL);
    let body = [row.used_text(&GATE_BODY), case.programme.name(&council).to_owned()];
    let body: Vec<String> = body.into_iter().filter(|part| !part.is_empty()).collect();
    let day = |field| row.get(field).date().map(english::date);
    let done = day(&GATE_ACTUAL).map(|day| match &*row.used_text(&GATE_DECISION) {
        "" => day,
        decision => format!("{day}: {}", decision.to_lowercase()),
    });
    item(
        format!("{code} {council}"),
        [
            ("gate", format!("{code} {name}")),
            ("body", body.join(", ")),
            ("planned", day(&GATE_FORECAST).or(day(&GATE_PLANNED)).unwrap_or_default()),
            ("done", done.unwrap_or_else(|| case.say("intent.to_come", "some", &[]))),
        ],
    )
}
