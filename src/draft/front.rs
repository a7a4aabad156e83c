//! Sections 1 to 3: what the paper is, what is asked for, and what the draft rests on.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    case::{BUDGET, Case, Values, date, paragraph, plural, text},
    delivery,
    financial::everybody,
    table,
};
use crate::{
    answer::Return,
    english,
    figure::Ask,
    form::{brief::overview, council_return::cover},
    picture::{Coverage, State, Told},
    programme::Status,
    word::Table,
};

/// What stands where the brief does not say.
const LEAD_TO_SAY: &str = "to be given by the project lead";

/// The figures at the head of the paper.
const HEADLINES: [(&str, &str); 6] = [
    ("revenue.gross_controllable", "Gross controllable expenditure"),
    ("revenue.net_controllable", "Net controllable expenditure"),
    ("revenue.net_total", "Net total"),
    ("capital.approved", "Approved capital spending"),
    ("staffing.fte_established", "Posts budgeted (FTE)"),
    ("staffing.vacancy_rate", "Vacancy rate"),
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let brief = |field| {
        let given = case.brief().and_then(|brief| text(brief, field));
        given.map_or_else(|| String::from(LEAD_TO_SAY), str::to_owned)
    };
    let project = case.project;
    values.text("fig:title", project.title.clone());
    edges(&case.told(), case.kind.footer(project), values);
    values.text("fig:standing", delivery::standing(case));
    values.text("fig:project", format!("{} (project {})", project.title, project.code));
    values.text("fig:lead", english::capital(&project.lead));
    values.text("fig:councils", case.list(&case.expected()));
    values.text("fig:committee", case.programme.committee.clone());
    values.text("fig:decision_type", brief(&overview::DECISION_TYPE));
    values.text("fig:classification", classification(case));
    let update = case.brief().and_then(|brief| date(brief, &overview::NEXT_UPDATE_DUE));
    values.text("fig:next_update", update.map_or_else(|| String::from(LEAD_TO_SAY), english::date));
    let base = case.programme.base_year;
    values.text("fig:base_year", base.to_string());
    values.text("fig:capital_years", format!("{base} to {}", base.plus(3)));
    decision(case, values);
    headlines(case, values);
    rests_on(case, values);
}

/// What the head and foot of every page say, and the day the document is for. It is a draft unless something else is said.
pub(super) fn edges(told: &Told<'_>, title: String, values: &mut Values) {
    let draft = told.wording.say("standing", "draft", &[("body", ""), ("date", "")]);
    values.text("fig:standing", draft);
    values.text("fig:footer", title);
    values.text("fig:marking", told.programme.marking.clone());
    values.text("fig:run", told.run.name.clone());
    values.text("fig:as_at", english::date(told.run.as_at));
}

fn decision(case: &Case<'_>, values: &mut Values) {
    let asked =
        case.brief().and_then(|brief| text(brief, &overview::DECISION_ASKED)).unwrap_or_default();
    values.seed("once:decision", asked);
    values.passage("if:decision", !asked.is_empty());
}

fn classification(case: &Case<'_>) -> String {
    let said = |field| case.brief().and_then(|brief| text(brief, field)).unwrap_or_default();
    let (class, reason) = (said(&overview::CLASSIFICATION), said(&overview::EXEMPT_REASON));
    let form = match (class.is_empty(), reason.is_empty()) {
        (true, _) => "none",
        (false, true) => "open",
        (false, false) => "exempt",
    };
    case.say("front.classification", form, &[("classification", class), ("reason", reason)])
}

fn headlines(case: &Case<'_>, values: &mut Values) {
    let returned = case.used().next().is_some();
    values.passage("if:returns", returned);
    values.passage("if:no_returns", !returned);
    for (key, label) in HEADLINES {
        let column = key.starts_with("revenue").then_some(BUDGET);
        let figure = case.ask(Ask { key, column, ..Ask::default() });
        let title = figure.map(|figure| case.title(label, figure)).unwrap_or_default();
        values.titled(&format!("fig:{key}"), case.cell(figure), title);
        let covers = figure.map(|figure| case.coverage(figure)).unwrap_or_default();
        values.text(&format!("fig:covers.{key}"), covers);
    }
}

fn rests_on(case: &Case<'_>, values: &mut Values) {
    values.text("say:coverage", case.whose_returns());
    values.text("say:dates", dates(case));
    values.text("say:agreement", agreement(case));
    values.table("block:coverage", coverage_table(case));
}

/// How old the figures are, and from when time is counted.
fn dates(case: &Case<'_>) -> String {
    let dates: BTreeSet<Date> =
        case.used().filter_map(|(_, ret)| date(ret, &cover::DATA_AS_AT)).collect();
    let reference = english::date(case.run.reference_date);
    let counted = case.say("dates.reference", "one", &[("date", &reference)]);
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return counted };
    let form = if first == last { "one" } else { "many" };
    let quoted = [("first", &*english::date(*first)), ("last", &english::date(*last))];
    paragraph([case.say("dates.as_at", form, &quoted), counted])
}

/// Sentence 17 of domain.md E7: whose chief finance officer signed the return that is used.
fn agreement(case: &Case<'_>) -> String {
    let signed = |ret: &Return| {
        date(ret, &cover::S151_SIGNED_ON).is_some() && text(ret, &cover::DECLARATION) == Some("Yes")
    };
    let number = case.used().filter(|(_, ret)| signed(ret)).count();
    let of = case.expected().len();
    let form = match (everybody(number, of), of) {
        (Some(form), _) => form,
        (None, 1) => "only_not",
        (None, _) => plural(number),
    };
    let quoted = [
        ("number", &*english::count(number)),
        ("of", &english::count(of)),
        ("list", &case.list(&case.expected())),
    ];
    case.say("agreement", form, &quoted)
}

fn coverage_table(case: &Case<'_>) -> Table {
    let columns = vec![
        table::text("Council", 16),
        table::text("Return", 30),
        table::text("Reference", 14),
        table::number("Answered", 18),
        table::number("Queries", 12),
    ];
    let rows = case.own.coverage.iter().map(|line| row(case, line)).collect();
    Table {
        title: String::from("Coverage"),
        description: String::from("Which council's return is used, and how complete it is."),
        columns,
        rows,
        total: false,
    }
}

fn row(case: &Case<'_>, line: &Coverage) -> Vec<String> {
    let name = case.programme.name(&line.council).to_owned();
    let form = match (&line.participation, &line.state) {
        (Status::Out { .. }, _) => "out",
        (Status::Optional, State::NotReturned) => "invited_out",
        (_, State::NotReturned) => "not_returned",
        (_, State::Refused(_)) => "refused",
        (_, State::SetAside(_)) => "set_aside",
        (Status::Optional, State::Used) => "invited",
        (Status::In | Status::ToBeClarified, State::Used) => "used",
    };
    let version = line.version();
    let kind = line.kind.map(|kind| kind.to_string()).unwrap_or_default();
    let code = line.state.rule().unwrap_or_default();
    let quoted = [("version", &*version), ("kind", &kind), ("code", code)];
    let said = case.say("coverage.row", form, &quoted);
    let none = || String::from("none");
    let expected = case.own.expected().any(|own| own.council == line.council);
    // Annex C names the returns that figures rest on, and queries are counted of these.
    let reference = line.reference.clone().filter(|_| expected && line.state == State::Used);
    let answered = match line.state {
        State::Used | State::Refused(_) => format!("{} of {}", line.answered, line.asked),
        State::NotReturned | State::SetAside(_) => none(),
    };
    let queries = match line.state {
        State::NotReturned => none(),
        _ if expected => (line.errors + line.warnings).to_string(),
        _ => String::from("not counted"),
    };
    vec![name, said, reference.unwrap_or_else(none), answered, queries]
}
