//! Open queries: what is not used and what is under query, in words that blame nobody.

use crate::{
    book::{
        board::Board,
        sheet::{Cell, Column, Row, Table},
    },
    finding::{Finding, Severity},
};

/// How many cells a line names before it says "and others".
const CELLS: usize = 12;

/// Findings that want an answer.
pub(super) fn is_open(finding: &Finding) -> bool {
    finding.severity != Severity::Note
}

/// What becomes of the answer meanwhile.
pub(super) fn effect(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "not used",
        Severity::Warning => "used, under query",
        Severity::Note => "for information",
    }
}

/// The open queries of a project, those of one council, sheet and rule together: nothing of what a council typed.
pub(super) fn grouped(board: &Board<'_>) -> Table {
    struct Group<'a> {
        council: &'a str,
        sheet: &'a str,
        first: &'a Finding,
        cells: Vec<String>,
        count: usize,
    }
    let mut groups: Vec<Group<'_>> = vec![];
    for finding in board.findings.iter().filter(|finding| is_open(finding)) {
        let council =
            finding.council.as_deref().map_or("Project brief", |c| board.programme.name(c));
        let sheet = finding.place.sheet.as_deref().unwrap_or("the whole form");
        let named = std::iter::once(&finding.place).chain(&finding.also);
        let cells = named.filter_map(|place| Some(place.cell?.to_string())).collect::<Vec<_>>();
        let count = cells.len().max(1);
        let same = groups.iter_mut().find(|group| {
            group.council == council
                && group.sheet == sheet
                && group.first.rule.code == finding.rule.code
                && group.first.severity == finding.severity
                && group.first.fix == finding.fix
        });
        match same {
            Some(group) => {
                group.cells.extend(cells);
                group.count += count;
            }
            None => groups.push(Group { council, sheet, first: finding, cells, count }),
        }
    }
    let place = |group: &Group<'_>| {
        let at = board
            .picture
            .coverage
            .iter()
            .position(|line| board.programme.name(&line.council) == group.council);
        (at.unwrap_or(usize::MAX), group.first.severity)
    };
    groups.sort_by_key(place);
    let row = |group: &Group<'_>| {
        Row::of(vec![
            Cell::text(group.council),
            Cell::text(group.sheet),
            Cell::text(effect(group.first.severity)),
            Cell::text(group.first.rule.code),
            Cell::count(group.count),
            Cell::text(match group.cells.len() {
                0 => String::from("all"),
                some if some > CELLS => {
                    format!("{} and {} others", group.cells[..CELLS].join(", "), some - CELLS)
                }
                _ => group.cells.join(", "),
            }),
            Cell::text(group.first.fix),
        ])
    };
    Table {
        name: "Queries_open",
        title: String::new(),
        columns: vec![
            Column::text("Council", 20),
            Column::text("Sheet", 14),
            Column::text("Meanwhile", 18),
            Column::text("Rule", 10),
            Column::numbers("Answers"),
            Column::text("Cells", 30),
            Column::text("What to do", 60),
        ],
        rows: groups.iter().map(row).collect(),
        filter: true,
        if_empty: String::from("There are no open queries."),
    }
}
