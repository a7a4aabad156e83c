//! Files: what the figures were read from, by hash, and what was passed over.

use crate::{
    answer::{File, Return},
    book::{
        board::Board,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
    },
    programme::Code,
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let councils: Vec<&Code> = board.picture.coverage.iter().map(|line| &line.council).collect();
    let profiles = councils.iter().filter_map(|council| board.intake.profile(council));
    let brief = board.intake.brief(&board.project.code);
    let returns = board.intake.of_project(&board.project.code);
    let mut rows = vec![];
    for ret in returns.chain(profiles).chain(brief) {
        of_return(board, ret, &mut rows);
    }
    Sheet {
        name: "Files",
        title: format!("{}: files used and passed over", board.project.title),
        lead: vec![String::from(
            "The hash tells whether a file is the one that was read: a changed file has another. Files that \
             could not be used as returns are listed in programme.xlsx.",
        )],
        blocks: vec![Block::Table(Table {
            name: "Files_list",
            title: String::new(),
            columns: vec![
                Column::text("Council", 20),
                Column::text("Form", 12),
                Column::numbers("Version"),
                Column::text("Use", 34),
                Column::text("File", 50),
                Column::text("SHA-256", 64),
            ],
            rows,
            filter: true,
            if_empty: String::from("No file has come in."),
        })],
        page: Page::Across,
    }
}

fn of_return(board: &Board<'_>, ret: &Return, rows: &mut Vec<Row>) {
    let council = ret.council.as_deref().map_or("all", |code| board.programme.name(code));
    let form = ret.workbook.word;
    let used = match (ret.refused, ret.files.len()) {
        (Some(rule), _) => format!("not used: {rule}"),
        (None, 1) => String::from("used"),
        (None, parts) => format!("used, one of {parts} parts"),
    };
    for file in &ret.files {
        rows.push(row(council, form, file, used.clone()));
    }
    for older in &ret.superseded {
        for file in &older.files {
            let why = format!("passed over: version {} is newer", ret.version);
            rows.push(row(council, form, file, why));
        }
    }
}

fn row(council: &str, form: &str, file: &File, used: String) -> Row {
    Row::of(vec![
        Cell::text(council),
        Cell::text(form),
        Cell::count(file.version),
        Cell::text(used),
        Cell::text(&*file.path),
        Cell::text(&file.hash),
    ])
}
