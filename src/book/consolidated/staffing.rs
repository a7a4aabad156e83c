//! Staffing: people and posts by council and by job family. No pay of any council or family.

use crate::{
    book::{
        across::{self, Line, MadeOf},
        board::Board,
        said,
        sheet::{Block, Page, Sheet},
        style::Look,
    },
    english,
};

const MEASURES: [(&str, &str, Look); 3] = [
    ("Budgeted posts (FTE)", "staffing.fte_established", Look::Fte),
    ("Filled posts (FTE)", "staffing.fte_filled", Look::Fte),
    ("People in post", "staffing.headcount", Look::Count),
];

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let mut lead = said::coverage(board);
    lead.push(excluded(board));
    Sheet {
        name: "Staffing",
        title: format!("{}: staff by council", board.project.title),
        lead,
        blocks: vec![
            Block::Table(across::table(
                board,
                "Staffing_by_council",
                "Posts and people",
                &["Measure", "Unit"],
                &measures(),
            )),
            Block::Table(across::table(
                board,
                "Staffing_by_family",
                "Posts and people by job family",
                &["Job family", "Measure"],
                &families(board),
            )),
        ],
        page: Page::Across,
    }
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
            made_of: MadeOf::Withheld,
            ..line("Cost of all budgeted posts", "£ a year", "staffing.post_cost", Look::Pounds)
        },
        Line {
            made_of: MadeOf::Withheld,
            ..line("Cost of one FTE", "£ a year", "staffing.cost_per_fte", Look::Pounds)
        },
    ]
}

fn families(board: &Board<'_>) -> Vec<Line> {
    let mut lines = vec![];
    for family in &board.project.families {
        for (measure, key, look) in MEASURES {
            lines.push(Line {
                labels: vec![family.name.clone(), measure.to_owned()],
                item: Some(family.name.clone()),
                ..Line::new("", key, look)
            });
        }
    }
    lines
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
