//! A mapping file to a mapping, or to every mistake in it.

mod blocks;
mod ledger;

pub(super) use ledger::grids;

use std::{collections::BTreeMap, sync::Arc};

use toml::de::DeTable;

use super::{Block, Mapping, Part, source};
use crate::{
    answer::ReturnKind,
    english,
    form::{Workbook, brief, council_return, profile},
    programme::{Council, Programme, Project, Status},
    settings::{Key, Notes, Outline, Table, key, quoted},
};

pub(super) const ROOT: &[Key] = &[
    key("file", "file = \"ledger*.csv\""),
    key("council", "council = \"THA\""),
    key("project", "project = \"H\""),
    key("version", "version = 1"),
    key("type", "type = \"Final\""),
    key("cells", "[[cells]]"),
    key("table", "[[table]]"),
    key("ledger", "[[ledger]]"),
];

pub(super) const CELLS: &[Key] =
    &[key("sheet", "sheet = \"Summary\""), key("fields", "[cells.fields]")];

pub(super) const TABLE: &[Key] = &[
    key("sheet", "sheet = \"Posts\""),
    key("title", "title = \"Posts at 31 January\""),
    key("first_row", "first_row = 6"),
    key("until", "until = \"Notes\""),
    key("only", "only = { Service = \"Building control\" }"),
    key("skip", "skip = { \"Post No\" = [\"\", \"Total*\"] }"),
    key("columns", "[table.columns]"),
];

pub(super) const LEDGER: &[Key] = &[
    key("sheet", "sheet = \"Download\""),
    key("title", "title = \"Budget monitoring\""),
    key("first_row", "first_row = 6"),
    key("until", "until = \"Notes\""),
    key("only", "only = { \"Cost centre\" = \"4100-4199\" }"),
    key("skip", "skip = { \"Cost centre\" = \"Total*\" }"),
    key("code", "code = \"Subjective\""),
    key("leave_out", "leave_out = [\"8000-8999\"]"),
    key("amounts", "[ledger.amounts]"),
    key("lines", "[ledger.lines]"),
];

const LINE: &[Key] = &[key("codes", "codes = \"9000-9099\""), key("turn_sign", "turn_sign = true")];

pub(super) static OUTLINE: Outline = Outline {
    repeated: &["cells", "table", "ledger"],
    homes: &[
        (ROOT, "at the top of the file, above the first heading"),
        (CELLS, "under [[cells]]"),
        (TABLE, "under [[table]]"),
        (LEDGER, "under [[ledger]]"),
        (LINE, "in the curly brackets of a line of [ledger.lines]"),
        (source::CELL, "in the curly brackets of a line of [cells.fields]"),
        (source::COLUMN, "in the curly brackets of a line of [table.columns] or [ledger.amounts]"),
    ],
};

pub(super) fn read(tree: &DeTable<'_>, notes: &Notes<'_>, programme: &Programme) -> Mapping {
    let root = Table::new(notes, String::from("the mapping"), 0, tree, ROOT);
    let mut council = council(&root, programme);
    let project = project(&root, programme);
    if let (Some(own), Some(project)) = (council, project)
        && matches!(project.status(&own.code), None | Some(Status::Out { .. }))
    {
        let what = format!("{} takes no part in project {}.", own.name, project.code);
        root.note(root.at("council"), &what);
        // Whose answers they are is not known then.
        council = None;
    }
    let workbook: &'static Workbook = match (root.get("council"), root.get("project")) {
        (None, Some(_)) => &brief::WORKBOOK,
        (Some(_), None) => &profile::WORKBOOK,
        _ => &council_return::WORKBOOK,
    };
    if root.get("council").is_none() && root.get("project").is_none() {
        root.note(0, "whose answers these are is missing. Add lines such as: council = \"THA\" and project = \"H\"");
    }
    let reading = Reading { programme, project, workbook };
    let mut blocks = vec![];
    for value in root.tables("cells") {
        if let Some(table) = root.inner("cells", value, String::from("cells"), CELLS) {
            blocks.push(reading.cells(&table));
        }
    }
    for value in root.tables("table") {
        if let Some(table) = root.inner("table", value, String::from("table"), TABLE) {
            blocks.extend(reading.table(&table));
        }
    }
    for value in root.tables("ledger") {
        if let Some(table) = root.inner("ledger", value, String::from("ledger"), LEDGER) {
            blocks.extend(reading.ledger(&table));
        }
    }
    if ["cells", "table", "ledger"]
        .iter()
        .all(|key| root.get(key).is_none() && !root.is_misspelt(key))
    {
        root.note(0, "nothing is taken from the file. Add a heading such as [[table]], [[ledger]] or [[cells]]");
    }
    twice(&blocks, &root);
    let kind = root.text_if_given("type").and_then(|word| kind(&root, &word));
    Mapping {
        path: Arc::from(""),
        hash: String::new(),
        file: root.text("file"),
        workbook,
        council: council.map(|own| own.code.clone()),
        project: project.map(|own| own.code.clone()),
        version: root.whole("version", 99),
        kind,
        kind_line: line(&root, root.at("type")),
        blocks,
    }
}

fn council<'a>(root: &Table<'_>, programme: &'a Programme) -> Option<&'a Council> {
    let typed = root.text_if_given("council")?;
    let found = programme.recognise(&typed);
    if found.is_none() {
        let advice = match programme.nearest_council(&typed) {
            Some(near) => format!("Did you mean {}?", near.code),
            None => {
                let codes: Vec<&str> = programme.councils.iter().map(|own| &*own.code).collect();
                format!("The councils are {}.", english::list(&codes))
            }
        };
        root.note(
            root.at("council"),
            &format!("there is no council \"{}\". {advice}", quoted(&typed)),
        );
    }
    found
}

fn project<'a>(root: &Table<'_>, programme: &'a Programme) -> Option<&'a Project> {
    let typed = root.text_if_given("project")?;
    let found = programme.project(&typed);
    if found.is_none() {
        let codes: Vec<&str> = programme.projects.iter().map(|own| &*own.code).collect();
        let what = format!(
            "there is no project \"{}\". The projects are {}.",
            quoted(&typed),
            english::list(&codes)
        );
        root.note(root.at("project"), &what);
    }
    found
}

fn kind(root: &Table<'_>, word: &str) -> Option<ReturnKind> {
    let kinds = [ReturnKind::Draft, ReturnKind::Final, ReturnKind::Nil];
    let found = kinds.into_iter().find(|kind| kind.to_string().eq_ignore_ascii_case(word));
    if found.is_none() {
        let what = format!("type is \"{}\", but must be Draft, Final or Nil.", quoted(word));
        root.note(root.at("type"), &what);
    }
    found
}

/// Notes what two parts of a mapping would fill.
fn twice(blocks: &[Block], root: &Table<'_>) {
    let mut filled: BTreeMap<&str, u32> = BTreeMap::new();
    let mut fill = |name: &'static str, line: u32, at: usize| {
        if let Some(before) = filled.insert(name, line) {
            let what = format!("{name} is filled in line {before} already. Delete one of the two.");
            root.notes.add(at, &what);
        }
    };
    for block in blocks {
        match &block.part {
            Part::Cells(fields) => {
                for (field, source) in fields {
                    fill(field.name, source.line, root.notes.start(source.line));
                }
            }
            Part::Ledger { ledger, .. } => {
                for (column, source) in &ledger.amounts {
                    for line in &ledger.lines {
                        let field = ledger.grid.at(line.row, column);
                        fill(field.name, source.line, root.notes.start(source.line));
                    }
                }
            }
            Part::Table { .. } => {}
        }
    }
}

/// The line, counted from 1, in which a place lies.
pub(super) fn line(table: &Table<'_>, at: usize) -> u32 {
    u32::try_from(table.notes.line(at)).unwrap_or(u32::MAX)
}

/// What a mapping is read against.
struct Reading<'a> {
    programme: &'a Programme,
    project: Option<&'a Project>,
    workbook: &'static Workbook,
}
