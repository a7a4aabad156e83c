//! Section 16: the decisions and milestones of the brief, its reviews, and the days by which something must be done.

use super::{
    case::{Case, Values, date, item, paragraph, text},
    delivery,
    overview::unique,
};
use crate::{
    answer::Row,
    calendar::{self, Kind},
    english,
    form::{
        Field,
        brief::{
            milestones::{
                GATE_ACTUAL, GATE_BODY, GATE_CODE, GATE_COUNCIL, GATE_DECISION, GATE_FORECAST,
                GATE_MINUTE_REF, GATE_PLANNED, GATE_TABLE, MILESTONE_ACTUAL, MILESTONE_FORECAST,
                MILESTONE_NAME, MILESTONE_OWNER_ROLE, MILESTONE_PLANNED, MILESTONE_TABLE,
                REVIEW_DUE, REVIEW_SUBJECT, REVIEW_TABLE,
            },
            overview::COMMS_PLAN,
            team::{EXTERNAL_SUPPORT_COST, MEMBER_TABLE, PM_APPOINTED_ON},
        },
    },
    word::Item,
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let usable = |table| case.brief().into_iter().flat_map(move |brief| brief.used_rows(table));
    let gates: Vec<Item> = usable(&GATE_TABLE).map(|row| gate(case, row)).collect();
    let milestones: Vec<Item> = usable(&MILESTONE_TABLE).map(milestone).collect();
    let reviews: Vec<Item> = usable(&REVIEW_TABLE).map(review).collect();
    let days = days(case);
    values
        .passage("if:section.16", !(gates.is_empty() && milestones.is_empty() && days.is_empty()));
    for (name, items) in
        [("gates", gates), ("milestones", milestones), ("reviews", reviews), ("days", days)]
    {
        values.passage(&format!("if:{name}"), !items.is_empty());
        values.list(&format!("each:{name}"), unique(items));
    }
    values.text("say:team", team(case));
    let plan = case.brief().and_then(|brief| text(brief, &COMMS_PLAN)).unwrap_or_default();
    values.seed("once:comms", plan);
    values.passage("if:comms", !plan.is_empty());
}

/// A day of a row: when it was done, or is expected; what is not done yet says so.
fn day(row: &Row, field: &Field, none: &str) -> String {
    row.get(field).date().map_or_else(|| none.to_owned(), english::date)
}

/// When something is to be: as planned, or as expected now.
fn due(row: &Row, planned: &Field, forecast: &Field) -> String {
    let of = |field| row.get(field).date();
    match (of(planned), of(forecast)) {
        (Some(planned), Some(now)) if planned != now => {
            format!("{} (planned: {})", english::date(now), english::date(planned))
        }
        (planned, now) => {
            now.or(planned).map_or_else(|| String::from("date not given"), english::date)
        }
    }
}

fn gate(case: &Case<'_>, row: &Row) -> Item {
    let code = row.used_text(&GATE_CODE);
    let name = delivery::gate_name(case, &code);
    let council = row.used_text(&GATE_COUNCIL);
    let council =
        if council.is_empty() { council } else { case.programme.name(&council).to_owned() };
    let body = [council, row.used_text(&GATE_BODY)];
    let body: Vec<String> = body.into_iter().filter(|own| !own.is_empty()).collect();
    let decision = [row.used_text(&GATE_DECISION), row.used_text(&GATE_MINUTE_REF)];
    let decision: Vec<String> = decision.into_iter().filter(|own| !own.is_empty()).collect();
    let outcome = match row.get(&GATE_ACTUAL).date() {
        None => String::from("not yet"),
        Some(done) if decision.is_empty() => english::date(done),
        Some(done) => format!("{} ({})", english::date(done), decision.join(", ")),
    };
    item(
        format!("{code}-{}", row.used_text(&GATE_COUNCIL)),
        [
            ("gate", name),
            ("body", body.join(": ")),
            ("due", due(row, &GATE_PLANNED, &GATE_FORECAST)),
            ("done", outcome),
        ],
    )
}

fn milestone(row: &Row) -> Item {
    let name = row.used_text(&MILESTONE_NAME);
    item(
        name.clone(),
        [
            ("milestone", name),
            ("due", due(row, &MILESTONE_PLANNED, &MILESTONE_FORECAST)),
            ("done", day(row, &MILESTONE_ACTUAL, "not yet")),
            ("owner", row.used_text(&MILESTONE_OWNER_ROLE)),
        ],
    )
}

fn review(row: &Row) -> Item {
    let subject = row.used_text(&REVIEW_SUBJECT);
    let due = day(row, &REVIEW_DUE, "date not given");
    item(format!("{subject} {due}"), [("subject", subject), ("due", due)])
}

/// What must be done about contracts by a day that is still to come.
fn days(case: &Case<'_>) -> Vec<Item> {
    let told = case.told();
    let events = calendar::events_of(&told, case.own, case.project);
    let acted = |kind| matches!(kind, Kind::Notice(_) | Kind::ExtensionDecision | Kind::StartBy);
    let ahead = events.into_iter().filter(|event| acted(event.kind));
    ahead
        .map(|event| {
            let past = event.date < case.run.reference_date;
            let day = english::date(event.date);
            let day = if past { format!("{day} (past)") } else { day };
            item(
                format!("{}-{}-{}", event.council, event.reference, what(event.kind)),
                [
                    ("day", day),
                    ("council", case.programme.name(event.council).to_owned()),
                    ("contract", event.thing.clone()),
                    ("what", english::capital(&event.kind.words())),
                ],
            )
        })
        .collect()
}

fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Notice(_) => "notice",
        Kind::ExtensionDecision => "extension",
        _ => "start",
    }
}

/// Who does the work, as far as the brief says; nobody by name.
fn team(case: &Case<'_>) -> String {
    let Some(brief) = case.brief() else { return String::new() };
    let appointed = date(brief, &PM_APPOINTED_ON);
    let form = if appointed.is_some() { "some" } else { "none" };
    let quoted = [("date", &*appointed.map(english::date).unwrap_or_default())];
    let manager = case.say("delivery.manager", form, &quoted);
    let members = brief.used_rows(&MEMBER_TABLE).count();
    let team = case.count("delivery.team", members);
    let support = super::money::amount(brief, &EXTERNAL_SUPPORT_COST).map(|cost| {
        let form = if cost.is_zero() { "none" } else { "some" };
        case.say("delivery.support", form, &[("amount", &super::case::pounds(&cost))])
    });
    paragraph([manager, team].into_iter().chain(support))
}
