//! The programme workbook, for the programme office: every project in a row, coverage, queries, files.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::Result;

use crate::{
    book::{
        board::Board,
        calendar,
        changes::{self, Change},
        load, projects,
        queries::{effect, is_open},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        suppliers,
        write::{Book, Class},
    },
    english,
    finding::Finding,
    intake::{Intake, SetAside, Why},
    picture::{Coverage, State, Told},
    programme::{Council, Programme, Status},
};

/// The bytes of `programme.xlsx`, with the projects that were consolidated and what the run changed in documents.
///
/// # Errors
/// When the workbook cannot be made.
pub fn programme(told: &Told<'_>, changed: &[Change]) -> Result<Vec<u8>> {
    let Told { programme, intake, findings, picture, run, .. } = *told;
    let consolidated = programme.subjects().filter(|own| picture.project(&own.code).is_some());
    let all = consolidated.map(|project| Board::new(told, project)).collect::<Result<Vec<_>>>()?;
    // The cases stand after the projects, whose returns no sheet counts once more.
    let boards = &all[..all.iter().filter(|board| !board.is_case()).count()];
    let mut sheets = vec![
        projects::sheet(programme, &all, run),
        coverage(programme, boards),
        calendar::sheet(told),
        load::sheet(programme, boards),
    ];
    sheets.extend(suppliers::of_all(told));
    let changes = changes::sheet(programme, changed);
    sheets.extend([queries(programme, findings), changes, files(intake)]);
    let title = format!("{}: programme overview", programme.title);
    Book { title, class: Class::Internal, sheets }.bytes(told)
}

fn coverage(programme: &Programme, boards: &[Board<'_>]) -> Sheet {
    let word = |line: Option<&Coverage>| {
        let Some(line) = line else { return String::from("not invited [z]") };
        let base = match (&line.participation, &line.state) {
            (Status::Out { .. }, _) => return String::from("decided not to take part"),
            (_, State::NotReturned) => String::from("not returned [x]"),
            (_, State::Refused(rule) | State::SetAside(rule)) => said::missing(rule),
            (_, State::Used) => {
                let kind = line.kind.map_or_else(String::new, |kind| format!(" ({kind})"));
                let queries = match (line.errors, line.warnings) {
                    (0, 0) => String::new(),
                    (errors, warnings) => format!(", {} open", errors + warnings),
                };
                format!(
                    "{}, version {}{}{queries}",
                    if line.participation == Status::Optional { "held" } else { "used" },
                    line.version(),
                    kind.to_lowercase()
                )
            }
        };
        match line.participation {
            Status::Optional => format!("{base}, by invitation"),
            Status::ToBeClarified => format!("{base}, position to be clarified"),
            Status::In | Status::Out { .. } => base,
        }
    };
    let row = |board: &Board<'_>| {
        let of = |council: &Council| {
            board.picture.coverage.iter().find(|line| line.council == council.code)
        };
        let mut cells = vec![Cell::text(&*board.project.code), Cell::text(&board.project.title)];
        cells.extend(programme.councils.iter().map(|council| Cell::text(word(of(council)))));
        Row::of(cells)
    };
    let mut columns = vec![Column::text("Code", 8), Column::text("Service", 30)];
    columns.extend(programme.councils.iter().map(|council| Column::text(&council.name, 24)));
    Sheet {
        name: "Coverage",
        title: format!("{}: returns by project and council", programme.title),
        lead: vec![String::from(
            "“Open” counts the answers that are not used or under query; Queries lists them.",
        )],
        blocks: vec![Block::Table(Table {
            name: "Coverage_matrix",
            title: String::new(),
            columns,
            rows: boards.iter().map(row).collect(),
            filter: false,
            if_empty: String::from("No project was consolidated."),
        })],
        page: Page::Across,
    }
}

fn queries(programme: &Programme, findings: &[Finding]) -> Sheet {
    let mut open: Vec<&Finding> = findings.iter().filter(|finding| is_open(finding)).collect();
    let place = |finding: &Finding| {
        let of = |council: &Council| Some(&council.code) == finding.council.as_ref();
        programme.councils.iter().position(of).unwrap_or(usize::MAX)
    };
    open.sort_by_key(|finding| (place(finding), finding.project.clone(), finding.severity));
    let row = |finding: &&Finding| {
        let place = finding.place.within();
        Row::of(vec![
            Cell::text(match (&finding.council, &finding.project) {
                (Some(code), _) => programme.name(code),
                (None, Some(_)) => "Project brief",
                (None, None) if finding.place.file.is_none() => "all councils",
                (None, None) => "not known",
            }),
            Cell::text(finding.project.as_deref().unwrap_or("all")),
            Cell::text(if place.is_empty() { "the whole file" } else { &place }),
            Cell::text(effect(finding.severity)),
            Cell::text(finding.rule.code),
            Cell::text(&finding.message),
            Cell::text(finding.fix),
            Cell::text(finding.place.file.as_deref().unwrap_or("none")),
        ])
    };
    Sheet {
        name: "Queries",
        title: format!("{}: open queries by council", programme.title),
        lead: vec![String::from(
            "Answers that are not used come before those under query. They are for the councils to \
             confirm or correct.",
        )],
        blocks: vec![Block::Table(Table {
            name: "Queries_by_council",
            title: String::new(),
            columns: vec![
                Column::text("Council", 20),
                Column::text("Project", 8),
                Column::text("Place", 20),
                Column::text("Meanwhile", 18),
                Column::text("Rule", 10),
                Column::text("What we found", 60),
                Column::text("What to do", 50),
                Column::text("File", 36),
            ],
            rows: open.iter().map(row).collect(),
            filter: true,
            if_empty: String::from("There are no open queries."),
        })],
        page: Page::Across,
    }
}

fn files(intake: &Intake) -> Sheet {
    let hashes: BTreeMap<&Arc<str>, &str> =
        intake.hashes.iter().map(|(path, hash)| (path, &**hash)).collect();
    let row = |file: &SetAside| {
        Row::of(vec![
            Cell::text(&*file.path),
            Cell::text(why(&file.why)),
            Cell::text(hashes.get(&file.path).map_or("not looked into", |hash| hash)),
        ])
    };
    Sheet {
        name: "Files",
        title: String::from("Files in the folder that are not used as returns"),
        lead: vec![format!(
            "{} returns, profiles and briefs are in use; the working papers of each project name \
             their files.",
            english::capital(&english::count(intake.returns.len()))
        )],
        blocks: vec![Block::Table(Table {
            name: "Files_set_aside",
            title: String::new(),
            columns: vec![
                Column::text("File", 60),
                Column::text("Why it is set aside", 60),
                Column::text("SHA-256", 64),
            ],
            rows: intake.set_aside.iter().map(row).collect(),
            filter: true,
            if_empty: String::from("Every file is in use."),
        })],
        page: Page::Across,
    }
}

fn why(why: &Why) -> String {
    match why {
        Why::Unopened(reason) => format!("could not be opened: {reason}"),
        Why::Archive => String::from("a message or archive, which we do not open"),
        Why::UnknownForm(says) => format!("not a form of this round: {says}"),
        Why::Misissued { issued_to, says, .. } => {
            format!("the form was issued to {issued_to} and says {says}")
        }
        Why::Unversioned { .. } => {
            String::from("a part of a return that does not say to which version it belongs")
        }
        Why::Attachment => String::from("a structure chart or other paper, kept with the return"),
        Why::Unmatched(file) => format!("a mapping, and no file in returns/ is called {file}"),
        Why::Unfinished { .. } => String::from("a mapping that is not finished"),
        Why::Waiting(mapping) => format!("its mapping {mapping} is not finished"),
        Why::PassedOver(reason) => reason.clone(),
    }
}
