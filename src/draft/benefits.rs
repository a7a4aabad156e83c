//! Section 13: every outcome and criterion, with what the returns show beside the opinion.

use super::{
    case::{Case, Values, text},
    table,
};
use crate::{
    answer::Value,
    english, evidence,
    figure::Figure,
    form::{
        Grid, GridColumn, GridRow, Group,
        brief::benefits::{CRITERIA, CRITERION_ANSWER, OUTCOME_CONTRIBUTION, OUTCOMES},
        council_return::criteria,
    },
    word::Table,
};

/// The same questions in the brief and, where they are asked, in the returns.
struct Asked {
    tag: &'static str,
    title: &'static str,
    head: &'static str,
    brief: (&'static Grid, &'static GridColumn),
    councils: (&'static Grid, &'static GridColumn),
}

static ASKED: [Asked; 2] = [
    Asked {
        tag: "block:outcomes",
        title: "Outcomes",
        head: "Outcome",
        brief: (&OUTCOMES, &OUTCOME_CONTRIBUTION),
        councils: (&criteria::OUTCOMES, &criteria::OUTCOME_CONTRIBUTION),
    },
    Asked {
        tag: "block:criteria",
        title: "Criteria",
        head: "Criterion",
        brief: (&CRITERIA, &CRITERION_ANSWER),
        councils: (&criteria::CRITERIA, &criteria::CRITERION_ANSWER),
    },
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let answered = |asked: &Asked| {
        let (grid, column) = asked.brief;
        let of_brief = |row: &&'static GridRow| {
            case.brief().is_some_and(|brief| brief.used(grid.at(row, column)).is_some())
        };
        grid.rows.iter().any(of_brief) || !said_by_councils(case, asked).is_empty()
    };
    values.passage("if:section.13", ASKED.iter().any(answered));
    values.text("say:counted", case.say("benefits.counted", "some", &[]));
    for asked in &ASKED {
        values.table(asked.tag, table_of(case, asked));
    }
}

/// What the councils answered to each line, where they were asked and any did.
fn said_by_councils(case: &Case<'_>, asked: &Asked) -> Vec<String> {
    if !case.project.asks(Group::Criteria) {
        return vec![];
    }
    let (grid, column) = asked.councils;
    let lines: Vec<String> = grid
        .rows
        .iter()
        .map(|row| counted(case.used().filter_map(|(_, ret)| ret.used(grid.at(row, column)))))
        .collect();
    if lines.iter().all(String::is_empty) { vec![] } else { lines }
}

/// "2 Yes, 1 No".
fn counted<'v>(said: impl Iterator<Item = &'v Value>) -> String {
    let mut counts: Vec<(String, usize)> = vec![];
    for answer in said.map(ToString::to_string) {
        match counts.iter_mut().find(|(own, _)| *own == answer) {
            Some((_, count)) => *count += 1,
            None => counts.push((answer, 1)),
        }
    }
    let counts = counts.iter().map(|(answer, count)| format!("{count} {answer}"));
    counts.collect::<Vec<_>>().join(", ")
}

fn table_of(case: &Case<'_>, asked: &Asked) -> Table {
    let councils = said_by_councils(case, asked);
    let (grid, column) = asked.brief;
    let keyed = |key: &str| -> Vec<&Figure> {
        let all = case.keyed(key).filter(|own| &*own.scenario == "all" && own.public);
        all.filter(|own| own.case.is_none()).collect()
    };
    let row = |(at, row): (usize, &&'static GridRow)| {
        let lead = case.brief().and_then(|brief| text(brief, grid.at(row, column)));
        let shown = evidence::shown(&case.told(), case.own, &keyed, row.key);
        let shown = shown.unwrap_or_else(|| case.say("evidence.nothing", "some", &[]));
        let mut cells = vec![row.label.to_owned(), lead.unwrap_or("not given").to_owned()];
        cells.extend(councils.get(at).map(|said| match &**said {
            "" => String::from("not given"),
            said => said.to_owned(),
        }));
        cells.push(english::capital(&shown));
        cells
    };
    let mut columns = vec![table::text(asked.head, 36), table::text("Project lead", 14)];
    if !councils.is_empty() {
        columns.push(table::text("Councils", 16));
    }
    columns.push(table::text("What the returns show", 50));
    Table {
        title: asked.title.to_owned(),
        description: String::from("What is expected, and what the returns show to it."),
        columns,
        rows: grid.rows.iter().enumerate().map(row).collect(),
        total: false,
    }
}
