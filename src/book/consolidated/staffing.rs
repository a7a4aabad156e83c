//! Staffing: people and posts by council, job family and grade, and what they cost where that may be public.

use crate::{
    book::{
        across::{self, Line, MadeOf},
        board::Board,
        said,
        sheet::{Block, Cell, Chart, ChartKind, Column, Page, Row, Series, Sheet, Table},
        style::Look,
        working::structure,
    },
    english,
    figure::{Figure, Status, WITHHELD},
    picture::VACANT_FOR,
    programme::Disclosure,
};

/// What is known of a family or a grade: the measure, the key of its figure, how it looks, what it is made of.
type Measure = (&'static str, &'static str, Look, MadeOf);

const OF_FAMILY: [Measure; 5] = [
    ("Budgeted posts (FTE)", "staffing.fte_established", Look::Fte, MadeOf::Itself),
    ("Filled posts (FTE)", "staffing.fte_filled", Look::Fte, MadeOf::Itself),
    ("People in post", "staffing.headcount", Look::Count, MadeOf::Itself),
    ("Cost of posts (£ a year)", "staffing.post_cost", Look::Pounds, MadeOf::Pay),
    ("Cost of one FTE (£ a year)", "staffing.cost_per_fte", Look::Pounds, MadeOf::Pay),
];

const OF_GRADE: [Measure; 3] = [
    ("Budgeted posts (FTE)", "staffing.grade.fte_established", Look::Fte, MadeOf::Itself),
    ("Filled posts (FTE)", "staffing.grade.fte_filled", Look::Fte, MadeOf::Itself),
    ("People in post", "staffing.grade.headcount", Look::Count, MadeOf::Itself),
];

/// The table that the chart shows.
const FAMILIES: &str = "Staffing_by_family";

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let families: Vec<&str> =
        board.project.families.iter().map(|family| family.name.as_str()).collect();
    let across = |name, title: &str, heads: &[&str], lines: &[Line]| {
        Block::Table(across::table(board, name, title, heads, lines))
    };
    let mut lead = said::coverage(board);
    lead.extend(structure::charts(board));
    lead.push(excluded(board));
    lead.push(disclosure(&board.programme.disclosure));
    let mut blocks = vec![
        across("Staffing_by_council", "Posts and people", &["Measure", "Unit"], &measures()),
        across(
            "Staffing_vacancies",
            "Vacant posts (FTE) by how long they have been vacant at the date of the council’s data",
            &["Vacant for"],
            &vacancies(),
        ),
        across(
            FAMILIES,
            "Posts, people and cost by job family",
            &["Job family", "Measure"],
            &lines(&families, &OF_FAMILY),
        ),
    ];
    blocks.extend(chart(board).map(Block::Chart));
    blocks.extend([
        across(
            "Staffing_by_grade",
            "Posts and people by grade, as the councils name them",
            &["Grade", "Measure"],
            &lines(&grades(board), &OF_GRADE),
        ),
        Block::Table(grade_cost(board)),
        Block::Table(harmonisation(board)),
    ]);
    Sheet {
        name: "Staffing",
        title: format!("{}: staff by council", board.project.title),
        lead,
        blocks,
        page: Page::Across,
    }
}

/// The budgeted posts of each council by family. Only while none is missing: a column that lacks a family would look
/// smaller.
fn chart(board: &Board<'_>) -> Option<Chart> {
    let all = board.combined("staffing.fte_established")?;
    if all.status != Status::Complete || all.used.len() < 2 || board.project.families.is_empty() {
        return None;
    }
    let families = 0..board.project.families.len();
    Some(Chart {
        kind: ChartKind::Stacked,
        title: String::from("Budgeted posts by job family"),
        alt: String::from(
            "Stacked columns, one for each council, of budgeted posts in full-time equivalents by job \
             family. The numbers are in the table Posts, people and cost by job family.",
        ),
        table: FAMILIES,
        series: Series::Rows {
            rows: families.map(|family| family * OF_FAMILY.len()).collect(),
            first: 2,
            last: 1 + board.councils().len(),
        },
        along: String::from("Council"),
        up: String::from("Full-time equivalents"),
        look: Look::Fte,
    })
}

fn disclosure(fewest: &Disclosure) -> String {
    format!(
        "What posts cost is shown for {} people or more of {} councils or more together, and only where \
         nobody’s pay can be told from it, not even by taking one figure from another. An average is \
         given for {} people or more.",
        fewest.fewest_people, fewest.fewest_councils, fewest.fewest_people_statistics
    )
}

fn measures() -> Vec<Line> {
    let line = |label: &str, unit: &str, key: &str, look| Line {
        labels: vec![label.to_owned(), unit.to_owned()],
        ..Line::new(label, key, look)
    };
    vec![
        line("Budgeted posts", "FTE", "staffing.fte_established", Look::Fte),
        line("Filled posts", "FTE", "staffing.fte_filled", Look::Fte),
        Line {
            made_of: MadeOf::Vacancy { budgeted: 0, filled: 1 },
            ..line("Vacancy rate", "part of budgeted FTE", "staffing.vacancy_rate", Look::Percent)
        },
        line("Posts", "number of posts", "staffing.posts", Look::Count),
        line("People in post", "people", "staffing.headcount", Look::Count),
        line("Could go without redundancy", "FTE", "staffing.posts_without_redundancy", Look::Fte),
        line(
            "Staff for each head of service",
            "FTE",
            "staffing.staff_per_head_of_service",
            Look::Ratio,
        ),
        Line {
            made_of: MadeOf::Pay,
            ..line("Cost of all budgeted posts", "£ a year", "staffing.post_cost", Look::Pounds)
        },
        Line {
            made_of: MadeOf::Pay,
            ..line("Cost of one FTE", "£ a year", "staffing.cost_per_fte", Look::Pounds)
        },
    ]
}

fn vacancies() -> Vec<Line> {
    let line = |(band, ..): (&str, _, _)| Line {
        item: Some(band.to_owned()),
        ..Line::new(band, "staffing.vacant", Look::Fte)
    };
    VACANT_FOR.map(line).into()
}

fn lines(items: &[&str], measures: &[Measure]) -> Vec<Line> {
    let mut lines = vec![];
    for item in items {
        for (measure, key, look, made_of) in measures {
            lines.push(Line {
                labels: vec![(*item).to_owned(), (*measure).to_owned()],
                item: Some((*item).to_owned()),
                made_of: made_of.clone(),
                ..Line::new("", *key, *look)
            });
        }
    }
    lines
}

fn grades<'a>(board: &Board<'a>) -> Vec<&'a str> {
    let of_all = board.figures.iter().filter(|figure| {
        figure.council.is_none() && figure.key == "staffing.grade.fte_established"
    });
    of_all.filter_map(|figure| figure.item.as_deref()).collect()
}

/// What posts of a grade cost, for the councils together.
fn grade_cost(board: &Board<'_>) -> Table {
    let row = |grade: &&str| {
        let of = |key| board.figure(key, None, None, Some(grade));
        let cost = of("staffing.grade.cost_per_fte");
        Row::of(vec![
            Cell::text(*grade),
            pay(of("staffing.grade.post_cost")),
            pay(cost),
            Cell::text(across::status(board, &Line::new("", "", Look::Pounds), cost)),
        ])
    };
    Table {
        name: "Staffing_grade_cost",
        title: String::from("Cost by grade, of the councils together"),
        columns: vec![
            Column::text("Grade", 20),
            Column::numbers("Cost of all budgeted posts (£ a year)"),
            Column::numbers("Cost of one FTE (£ a year)"),
            Column::text("Status", 34),
        ],
        rows: grades(board).iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No grades are known."),
    }
}

/// What it would cost to bring pay together: over all families, because that of one can be one person's pay.
fn harmonisation(board: &Board<'_>) -> Table {
    let basis = |words, key, filled: bool| {
        let basis = filled.then_some("filled");
        let figure = board
            .figures
            .iter()
            .copied()
            .find(|own| own.key == key && own.basis == basis && own.council.is_none());
        let posts = if filled { "filled posts" } else { "budgeted posts" };
        Row::of(vec![
            Cell::text(words),
            Cell::text(posts),
            pay(figure),
            Cell::text(across::status(board, &Line::new("", "", Look::Pounds), figure)),
        ])
    };
    let [highest, median] = ["harmonisation.to_highest", "harmonisation.to_median"];
    Table {
        name: "Staffing_harmonisation",
        title: String::from("Bringing pay together: all job families, a year, with on-costs"),
        columns: vec![
            Column::text("Measure", 44),
            Column::text("Counted over", 20),
            Column::numbers("£ a year"),
            Column::text("Status", 34),
        ],
        rows: vec![
            basis("Raising pay to the highest of each family", highest, false),
            basis("Raising pay to the highest of each family", highest, true),
            basis("Raising pay to the middle of each family", median, false),
            basis("Raising pay to the middle of each family", median, true),
            basis("Pay above the middle, to be protected", "harmonisation.protected", false),
        ],
        filter: false,
        if_empty: String::new(),
    }
}

/// Pay, or the words in its place.
fn pay(figure: Option<&Figure>) -> Cell {
    let reason = |figure: &Figure| figure.reasons.values().next().cloned().unwrap_or_default();
    match figure {
        None => Cell::words(said::missing("not collected")),
        Some(figure) if !figure.public => Cell::words(said::missing(WITHHELD)),
        Some(figure) => match figure.number() {
            Some(number) => Cell::number(number.clone(), Look::Pounds),
            None => Cell::words(said::missing(&reason(figure))),
        },
    }
}

/// Posts are counted here by number alone: a title can be one person.
fn excluded(board: &Board<'_>) -> String {
    let least = board.programme.thresholds.pct_time.normalize();
    match board.picture.excluded_posts.len() {
        0 => format!("Every post listed spends at least {least}% of its time on this service."),
        1 => format!(
            "One post spends less than {least}% of its time on this service and is left out of all \
             these figures."
        ),
        some => format!(
            "{} posts spend less than {least}% of their time on this service and are left out of \
             all these figures.",
            english::capital(&english::count(some))
        ),
    }
}
