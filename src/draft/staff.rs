//! Section 7: staff numbers and structure charts. No pay by family or grade: only what all posts cost together.

use super::{
    case::{Case, Values, paragraph, plural, pounds, whole},
    table::{self, Line},
};
use crate::{
    english,
    figure::{Ask, Figure},
    number::Exact,
    picture::State,
    programme::Code,
};

const FIGURES: [(&str, &str); 6] = [
    ("staffing.fte_established", "Posts budgeted (FTE)"),
    ("staffing.fte_filled", "Posts filled (FTE)"),
    ("staffing.vacancy_rate", "Vacancy rate"),
    ("staffing.headcount", "People in post"),
    ("staffing.staff_per_head_of_service", "FTE for each head of service"),
    ("staffing.posts_without_redundancy", "Could go without redundancy (FTE)"),
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    values.text("say:staff", staff(case));
    values.text("say:charts", charts(case));
    let lines = FIGURES
        .map(|(key, label)| Line { label: label.to_owned(), ask: Ask { key, ..Ask::default() } });
    let shows = "Posts, vacancies and people, by council and together.";
    values.blocks(
        "block:staffing",
        table::by_council(case, "Staff numbers", shows, "Measure", &lines),
    );
    let families: Vec<Line<'_>> = case
        .project
        .families
        .iter()
        .map(|family| Line {
            label: format!("{} (FTE)", family.name),
            ask: Ask {
                key: "staffing.fte_established",
                item: Some(&family.name),
                ..Ask::default()
            },
        })
        .collect();
    let shows = "Posts budgeted in each job family, by council and together.";
    let title = "Posts by job family";
    values.blocks("block:families", table::by_council(case, title, shows, "Family", &families));
    values.passage("if:families", !families.is_empty());
}

/// Sentence 4 of domain.md E7.
pub(super) fn staff(case: &Case<'_>) -> String {
    let Some((posts, established)) =
        case.figure("staffing.fte_established").and_then(|own| Some((own, own.number()?)))
    else {
        return case.say("none", "staff", &[]);
    };
    let mut sentences = vec![];
    if established.is_zero() {
        sentences.push(case.all_nil("staff.zero", posts));
    } else {
        sentences.extend(posts_said(case, posts, established));
        if let Some(people) = whole(case.figure("staffing.headcount")) {
            let alone = people > 1 && posts.used.len() == 1;
            let form = if alone { "alone" } else { plural(people) };
            let number = english::count(people);
            sentences.push(case.say("staff.people", form, &[("number", &number)]));
        }
        sentences.extend(cost(case));
    }
    let excluded = case.own.excluded_posts.len();
    if excluded > 0 {
        sentences.push(case.count("staff.excluded", excluded));
    }
    sentences.extend(case.about("staff.missing", &case.used_without(posts)));
    paragraph(sentences)
}

fn posts_said(case: &Case<'_>, posts: &Figure, established: &Exact) -> Vec<String> {
    let all = posts.missing.is_empty();
    let number = |key| case.figure(key).and_then(Figure::number);
    let rate =
        number("staffing.vacancy_rate").filter(|rate| !rate.is_zero() && !rate.is_negative());
    let filled = number("staffing.fte_filled").map(english::fte_in_words).unwrap_or_default();
    let of_councils = case.of_councils(&posts.used);
    let quoted = [
        ("established", &*english::fte_in_words(established)),
        ("filled", &filled),
        ("rate", &rate.map(english::percent).unwrap_or_default()),
        ("of_councils", &of_councils),
    ];
    let form = match (rate.is_some(), all) {
        (true, true) => "all",
        (true, false) => "some",
        (false, true) => "full_all",
        (false, false) => "full_some",
    };
    let mut sentences = vec![case.say("staff.posts", form, &quoted)];
    if rate.is_some()
        && let Some(long) = whole(case.figure("staffing.vacant_over_six_months"))
    {
        sentences.push(case.count("staff.long_vacant", long));
    }
    sentences
}

/// People below whom a council's pay could be told from what all posts cost together (domain.md D12).
const FEWEST: u32 = 5;

/// What the posts cost together, where no council has so few people that its pay could be worked out.
fn cost(case: &Case<'_>) -> Option<String> {
    let few = |council: &Code| {
        let ask = Ask { key: "staffing.headcount", council: Some(council), ..Ask::default() };
        let people = case.ask(ask).and_then(Figure::number);
        people.is_none_or(|people| !people.is_zero() && *people < Exact::from(FEWEST))
    };
    if case.figure("staffing.post_cost")?.used.iter().any(few) {
        return None;
    }
    let number = |key| case.figure(key).and_then(Figure::number);
    let (cost, each) = (number("staffing.post_cost")?, number("staffing.cost_per_fte")?);
    let quoted = [("cost", &*pounds(cost)), ("each", &pounds(each))];
    (!cost.is_zero()).then(|| case.say("staff.cost", "some", &quoted))
}

/// Sentence 5 of domain.md E7.
pub(super) fn charts(case: &Case<'_>) -> String {
    let lines: Vec<_> = case.own.expected().filter(|line| line.state == State::Used).collect();
    let with: Vec<&Code> =
        lines.iter().filter(|line| line.chart).map(|line| &line.council).collect();
    let without: Vec<&Code> =
        case.expected().into_iter().filter(|code| !with.contains(code)).collect();
    let form = match (with.len(), without.len()) {
        (0, _) => "none",
        (1, 0) => "only",
        (2, 0) => "both",
        (_, 0) => "all",
        (1, _) => "some_one",
        _ => "some",
    };
    let all = case.expected().len();
    let quoted = [
        ("asked", &*english::count(all)),
        ("list", &case.list(&with)),
        ("n", &with.len().to_string()),
        ("of", &all.to_string()),
        ("others", &case.list(&without)),
    ];
    case.say("staff.charts", form, &quoted)
}
