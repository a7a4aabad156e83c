//! What a run changed in the leads' documents, old and new, with the council that moved it.

use serde::{Deserialize, Serialize};

use crate::{
    book::sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
    programme::Programme,
};

/// A text of a document that a run brought up to date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Code of the project.
    pub project: String,
    /// The document, inside the programme folder.
    pub document: String,
    /// The heading it stands under.
    pub heading: String,
    pub what: String,
    pub old: String,
    pub new: String,
    /// The councils that moved it; nothing where it cannot be told.
    pub by: String,
}

pub(super) fn sheet(programme: &Programme, changes: &[Change]) -> Sheet {
    let row = |own: &Change| {
        let by = if own.by.is_empty() { "cannot be told" } else { &own.by };
        let texts = [&*own.project, &own.heading, &own.what, &own.old, &own.new, by, &own.document];
        Row::of(texts.map(Cell::text).into())
    };
    Sheet {
        name: "Changes",
        title: format!("{}: what changed in the leads’ documents", programme.title),
        lead: vec![String::from(
            "What this run brought up to date. New documents are not listed. changes.docx beside each \
             document says where its lead’s own words still quote an old figure.",
        )],
        blocks: vec![Block::Table(Table {
            name: "Changes_list",
            title: String::new(),
            columns: vec![
                Column::text("Project", 8),
                Column::text("Where", 30),
                Column::text("What", 36),
                Column::text("Was", 36),
                Column::text("Is", 36),
                Column::text("Moved by", 24),
                Column::text("Document", 40),
            ],
            rows: changes.iter().map(row).collect(),
            filter: true,
            if_empty: String::from("Nothing changed in any document."),
        })],
        page: Page::Across,
    }
}
