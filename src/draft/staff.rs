//! Section 7: staff numbers and structure charts. No pay by family or grade: only what all posts cost together.

use super::{
    case::{Case, Reach, Values, paragraph, plural, pounds, whole},
    table::{self, Line},
};
use crate::{
    english,
    figure::{Ask, Figure},
    number::Exact,
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

/// Sentence 4 of domain.md E7. Each figure may cover other councils, which is said where it does.
pub(super) fn staff(case: &Case<'_>) -> String {
    let [posts, filled, people, long, cost] = SAID.map(|key| case.figure(key));
    let known = |own: Option<&Figure>| own.is_some_and(|own| own.number().is_some());
    if ![posts, filled, people].into_iter().any(known) {
        return case.say("none", "staff", &[]);
    }
    let mut reach = Reach::new(case);
    let mut sentences = posts_said(case, &mut reach, with_number(posts), with_number(filled));
    if let Some((long, number)) = long.zip(whole(long))
        && (number > 0 || vacancy(case).is_some_and(|(_, rate)| !rate.is_zero()))
    {
        let place = reach.to(&long.used);
        let quoted = [("where", &*place), ("number", &english::count(number))];
        sentences.push(case.say("staff.long_vacant", plural(number), &quoted));
    }
    let no_posts = with_number(posts).is_some_and(|(_, number)| number.is_zero());
    if let Some((people, number)) = people.zip(whole(people))
        && (number > 0 || !no_posts)
    {
        let alone = number > 1 && people.used.len() == 1;
        let form = if alone { "alone" } else { plural(number) };
        let place = reach.to(&people.used);
        let quoted = [("where", &*place), ("number", &english::count(number))];
        sentences.push(case.say("staff.people", form, &quoted));
    }
    sentences.extend(cost.and_then(|cost| pay(case, &mut reach, cost)));
    let excluded = case.own.excluded_posts.len();
    if excluded > 0 {
        sentences.push(case.count("staff.excluded", excluded));
    }
    sentences.extend(lacking(case, [posts, filled, people], &[long, cost]));
    paragraph(sentences)
}

/// The figures the paragraph prints.
const SAID: [&str; 5] = [
    "staffing.fte_established",
    "staffing.fte_filled",
    "staffing.headcount",
    "staffing.vacant_over_six_months",
    "staffing.post_cost",
];

type Known<'a> = (&'a Figure, &'a Exact);

fn with_number(figure: Option<&Figure>) -> Option<Known<'_>> {
    figure.and_then(|own| Some((own, own.number()?)))
}

fn vacancy<'a>(case: &'a Case<'_>) -> Option<Known<'a>> {
    with_number(case.figure("staffing.vacancy_rate")).filter(|(_, rate)| !rate.is_negative())
}

/// Posts budgeted and filled: in one sentence where both cover the same councils.
fn posts_said(
    case: &Case<'_>,
    reach: &mut Reach<'_, '_>,
    posts: Option<Known<'_>>,
    filled: Option<Known<'_>>,
) -> Vec<String> {
    let words = |own: Option<Known<'_>>| match own {
        Some((_, number)) if number.is_zero() => String::from("none"),
        Some((_, number)) => english::fte_in_words(number),
        None => String::new(),
    };
    let same = matches!((posts, filled), (Some((a, _)), Some((b, _))) if a.used == b.used);
    let zero = posts.is_some_and(|(_, number)| number.is_zero());
    let vacancy = vacancy(case);
    let rate = vacancy.map(|(_, rate)| english::percent(rate)).unwrap_or_default();
    let mut sentences = vec![];
    if let Some((own, _)) = posts.filter(|_| zero) {
        sentences.push(case.all_nil("staff.zero", own));
        reach.to(&own.used);
    } else {
        let form = match (posts, filled) {
            (None, _) => "unknown",
            (Some(_), None) => "alone_unknown",
            (Some((_, all)), Some((_, some))) if same && all == some => "full",
            (Some((_, all)), Some((_, some))) if same && all < some => "over",
            (Some(_), Some(_)) if same => "vacant",
            (Some(_), Some(_)) => "alone",
        };
        let place = posts.map(|(own, _)| reach.to(&own.used)).unwrap_or_default();
        let quoted = [
            ("where", &*place),
            ("established", &words(posts)),
            ("filled", &words(filled)),
            ("rate", &rate),
        ];
        sentences.push(case.say("staff.posts", form, &quoted));
    }
    if let Some((own, number)) = filled
        && (!same || (zero && !number.is_zero()))
    {
        let place = reach.to(&own.used);
        let quoted = [("where", &*place), ("filled", &words(filled))];
        sentences.push(case.say("staff.filled", "some", &quoted));
        if let Some((own, number)) = vacancy {
            let place = reach.to(&own.used);
            let form = if number.is_zero() { "none" } else { "some" };
            let quoted = [("where", &*place), ("rate", &rate)];
            sentences.push(case.say("staff.rate", form, &quoted));
        }
    }
    sentences
}

/// What the posts cost together, where nobody's pay can be told from it.
fn pay(case: &Case<'_>, reach: &mut Reach<'_, '_>, cost: &Figure) -> Option<String> {
    let each = case.figure("staffing.cost_per_fte").filter(|each| each.used == cost.used)?;
    if !cost.public || !each.public {
        return None;
    }
    let (amount, each) = (cost.number().filter(|amount| !amount.is_zero())?, each.number()?);
    let place = reach.to(&cost.used);
    let quoted = [("where", &*place), ("cost", &pounds(amount)), ("each", &pounds(each))];
    Some(case.say("staff.cost", "some", &quoted))
}

/// The councils whose staff numbers cannot be used, or not all of them.
fn lacking(
    case: &Case<'_>,
    main: [Option<&Figure>; 3],
    further: &[Option<&Figure>],
) -> Vec<String> {
    let lacks = |council: &Code, own: &Option<&Figure>| {
        own.is_some_and(|own| own.missing.contains(council))
    };
    let used = || case.used().map(|(line, _)| &line.council);
    let (whole, rest): (Vec<&Code>, Vec<&Code>) =
        used().partition(|council| main.iter().all(|own| lacks(council, own)));
    let partly: Vec<&Code> = rest
        .into_iter()
        .filter(|council| main.iter().chain(further).any(|own| lacks(council, own)))
        .collect();
    let said = [case.about("staff.missing", &whole), case.about("staff.partly", &partly)];
    said.into_iter().flatten().collect()
}

/// Sentence 5 of domain.md E7.
pub(super) fn charts(case: &Case<'_>) -> String {
    let with: Vec<&Code> =
        case.own.expected().filter(|line| line.charts > 0).map(|line| &line.council).collect();
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
