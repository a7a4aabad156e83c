//! The programme workbook, for the programme office: every project in a row, coverage, queries, files.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::Result;

use crate::{
    book::{
        board::Board,
        calendar, load,
        queries::{effect, is_open},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        standing::{self, Standing},
        style::Look,
        write::{Book, Class},
    },
    english,
    figure::{Figure, Status as Reach},
    finding::Finding,
    intake::{Intake, SetAside, Why},
    picture::{Coverage, Run, State, Told},
    programme::{Council, Programme, Status},
};

/// The bytes of `programme.xlsx`, with the projects that were consolidated.
///
/// # Errors
/// When the workbook cannot be made.
pub fn programme(told: &Told<'_>) -> Result<Vec<u8>> {
    let Told { programme, intake, findings, picture, run, .. } = *told;
    let consolidated = programme.subjects().filter(|own| picture.project(&own.code).is_some());
    let boards =
        consolidated.map(|project| Board::new(told, project)).collect::<Result<Vec<_>>>()?;
    let sheets = vec![
        projects(programme, &boards, run),
        coverage(programme, &boards),
        calendar::sheet(told),
        load::sheet(programme, &boards),
        queries(programme, findings),
        files(intake),
    ];
    let title = format!("{}: programme overview", programme.title);
    Book { title, class: Class::Internal, sheets }.bytes(told)
}

fn projects(programme: &Programme, boards: &[Board<'_>], run: &Run) -> Sheet {
    let expected = |board: &Board<'_>| board.councils().len();
    let used = |board: &Board<'_>| {
        board.councils().iter().filter(|line| line.state == State::Used).count()
    };
    let all: usize = boards.iter().map(expected).sum();
    let back: usize = boards.iter().map(used).sum();
    Sheet {
        name: "Projects",
        title: format!("{}: the projects at a glance", programme.title),
        lead: vec![
            format!(
                "{} round. Internal. Figures at {}. Run {}.",
                english::capital(&programme.round),
                english::date(run.reference_date),
                run.name
            ),
            format!(
                "{back} of {all} returns are in use. A total over fewer councils says so, and is not the \
                 total of all."
            ),
            String::from(standing::RULE),
        ],
        blocks: [stand(programme, boards), figures(programme, boards)].map(Block::Table).into(),
        page: Page::Across,
    }
}

/// How each project stands, and why.
fn stand(programme: &Programme, boards: &[Board<'_>]) -> Table {
    let row = |board: &Board<'_>| {
        let lines = board.councils();
        let missing: Vec<&str> = lines
            .iter()
            .filter(|line| line.state != State::Used)
            .map(|line| programme.name(&line.council))
            .collect();
        let standing = Standing::of(board);
        let met = |met: Option<bool>| {
            Cell::words(match met {
                Some(true) => "met",
                Some(false) => "not met",
                None => "not tested [x]",
            })
        };
        Row::of(vec![
            Cell::text(&*board.project.code),
            Cell::text(&board.project.title),
            Cell::text(&board.project.lead),
            Cell::count(missing.len().abs_diff(lines.len())),
            Cell::count(lines.len()),
            Cell::text(match missing.len() {
                0 => String::from("none"),
                all if all == lines.len() => String::from("all"),
                _ => english::list(&missing),
            }),
            met(standing.met),
            match standing.part {
                Some(part) => Cell::number(part, Look::Percent),
                None => Cell::words("not tested [x]"),
            },
            met(standing.met_at_worst),
            Cell::text(standing.rag.word()),
            Cell::text(english::capital(&standing.reasons.join("; "))),
        ])
    };
    Table {
        name: "Projects_list",
        title: String::from("How each stands"),
        columns: vec![
            Column::text("Code", 8),
            Column::text("Service", 30),
            Column::text("Lead", 24),
            narrow(String::from("Returns in use")),
            narrow(String::from("Returns expected")),
            Column::text("Councils missing", 18),
            narrow(String::from("Savings test")),
            narrow(String::from("Saving in year 2, part of the budget")),
            narrow(String::from("Savings test at worst")),
            Column::text("It stands at", 12),
            Column::text("Because", 50),
        ],
        rows: boards.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No project was consolidated."),
    }
}

/// The main totals of each project.
fn figures(programme: &Programme, boards: &[Board<'_>]) -> Table {
    let row = |board: &Board<'_>| {
        let lines = board.councils();
        let budget = |key| board.figure(key, None, Some("y0_budget"), None);
        let gross = budget("revenue.gross_controllable");
        Row::of(vec![
            Cell::text(&*board.project.code),
            Cell::text(&board.project.title),
            Cell::text(match gross {
                Some(figure) if figure.status == Reach::Complete => String::from("complete"),
                Some(figure) if figure.status == Reach::Partial => format!(
                    "{} of {}: {}",
                    figure.used.len(),
                    figure.used.len() + figure.missing.len(),
                    said::lacking(figure, programme)
                ),
                _ => String::from("no returns"),
            }),
            number(board, gross, Look::Pounds),
            number(board, budget("revenue.net_controllable"), Look::Pounds),
            Cell::text(english::date(board.project.go_live)),
            number(board, board.combined("staffing.fte_established"), Look::Fte),
            number(board, board.combined("staffing.vacancy_rate"), Look::Percent),
            Cell::count(lines.iter().map(|line| line.errors).sum::<usize>()),
            Cell::count(lines.iter().map(|line| line.warnings).sum::<usize>()),
        ])
    };
    Table {
        name: "Projects_figures",
        title: String::from("Main totals"),
        columns: vec![
            Column::text("Code", 8),
            Column::text("Service", 30),
            Column::text("Reach of gross controllable", 24),
            narrow(format!("Gross controllable {}", programme.base_year)),
            narrow(format!("Net controllable {}", programme.base_year)),
            Column::text("Planned start", 18),
            narrow(String::from("Budgeted FTE")),
            narrow(String::from("Vacancy rate")),
            narrow(String::from("Answers not used")),
            narrow(String::from("Answers under query")),
        ],
        rows: boards.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No project was consolidated."),
    }
}

/// A column of numbers in which words break into lines.
fn narrow(header: String) -> Column {
    Column { widest: 11, ..Column::numbers(header) }
}

fn number(board: &Board<'_>, figure: Option<&Figure>, look: Look) -> Cell {
    match figure.and_then(Figure::number) {
        Some(number) => Cell::number(number.clone(), look),
        None if board.councils().iter().all(|line| line.state == State::NotReturned) => {
            Cell::words(said::missing("not returned"))
        }
        None => Cell::words(said::missing("")),
    }
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
                    line.version.unwrap_or_default(),
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
                (None, None) => "not known",
            }),
            Cell::text(finding.project.as_deref().unwrap_or("all")),
            Cell::text(if place.is_empty() { "the whole file" } else { &place }),
            Cell::text(effect(finding.severity)),
            Cell::text(finding.rule.code),
            Cell::text(&finding.message),
            Cell::text(finding.rule.fix),
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
        Why::PassedOver(reason) => reason.clone(),
    }
}
