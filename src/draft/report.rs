//! The covering report in the committee's own format of 25 June 2008 (domain.md E8).

use super::{
    case::{Case, Values, paragraph, text},
    decisions, delivery, powers,
};
use crate::{
    answer::Return,
    english,
    form::{
        Field,
        brief::{
            overview::CLASSIFICATION,
            team::{LEADER_NAME, LEADER_PHONE, LEADER_ROLE},
        },
        council_return::implications as imp,
    },
};

/// What the councils may say that a project means, by its name in the wording.
const IMPLICATIONS: [(&str, &[&Field]); 3] = [
    ("legal", &[&imp::OTHER_LEGISLATION]),
    ("equality", &[&imp::EQUALITY]),
    (
        "others",
        &[
            &imp::COMMUNITY_SAFETY,
            &imp::WARD,
            &imp::PROPERTY,
            &imp::COMMUNICATIONS,
            &imp::HEALTH_SAFETY,
        ],
    ),
];

/// What the project means, as the business case has it too.
pub(super) fn implications(case: &Case<'_>, values: &mut Values) {
    values.text("say:powers", powers::said(case));
    for (name, fields) in IMPLICATIONS {
        values.text(&format!("say:implication.{name}"), implication(case, name, fields));
    }
}

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    implications(case, values);
    let service = &*case.project.service;
    let quoted = [("service", service), ("project", &*case.project.title)];
    values.text("fig:subject", case.say("report.subject", "some", &quoted));
    values.text("fig:decision_issues", case.say("report.issues", "some", &[]));
    values.text("fig:summary", case.say("report.summary", "some", &quoted));
    let decision = values.0.passages.get("if:decision") == Some(&true);
    values.passage("if:no_decision", !decision);
    let meeting = match delivery::decision_day(case) {
        Some(day) => case.say("report.meeting", "dated", &[("date", &english::date(day))]),
        None => case.say("report.meeting", "undated", &[("date", "")]),
    };
    values.text("fig:meeting", meeting);
    values.text("fig:class", class(case));
    decisions::values(case, values);
    values.text("say:introduction", case.say("report.introduction", "some", &quoted));
    let options = values.0.passages.get("if:options") == Some(&true);
    values.passage("if:no_options", !options);
    let form = if options { "some" } else { "none" };
    values.seed("once:alternatives", case.say("report.alternatives", form, &[]));
    values.seed("once:conclusion", case.say("report.conclusion", "some", &[]));
    values.text("fig:contact", contact(case));
    values.text("fig:paper", case.say("report.paper", "some", &quoted));
}

/// What the brief says that the report is, as the head of a page has it.
fn class(case: &Case<'_>) -> String {
    let form = match case.brief().and_then(|brief| text(brief, &CLASSIFICATION)) {
        None => "none",
        Some("Open to the public") => "open",
        Some("Exempt in part") => "part",
        Some(_) => "exempt",
    };
    case.say("report.class", form, &[])
}

/// What the councils said, that they said none, or that they were not asked.
fn implication(case: &Case<'_>, name: &str, fields: &[&Field]) -> String {
    let asked = |ret: &Return| fields.iter().any(|field| ret.asking(case.programme)(field));
    let mut said: Vec<String> = vec![];
    let mut any_asked = false;
    for (line, ret) in case.used().filter(|(_, ret)| asked(ret)) {
        any_asked = true;
        let given = fields.iter().filter_map(|field| text(ret, field));
        let given: Vec<&str> = given.filter(|own| !own.eq_ignore_ascii_case("none")).collect();
        if !given.is_empty() {
            let council = case.programme.name(&line.council);
            said.push(format!("{council}: {}", given.join(" ")));
        }
    }
    let what = case.say("report.implication", name, &[]);
    let form = match (any_asked, said.is_empty()) {
        (false, _) => "not_asked",
        (true, true) => "none",
        (true, false) => return paragraph(said),
    };
    case.say("report.implications", form, &[("what", &what)])
}

/// The leader as the brief names them, or the lead of the programme file.
fn contact(case: &Case<'_>) -> String {
    let said = |field| case.brief().and_then(|brief| text(brief, field)).unwrap_or_default();
    let (name, role, phone) = (said(&LEADER_NAME), said(&LEADER_ROLE), said(&LEADER_PHONE));
    if name.is_empty() {
        return english::capital(&case.project.lead);
    }
    let parts = [name, role, phone].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}
