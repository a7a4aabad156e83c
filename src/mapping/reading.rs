//! A mapping file to a mapping, or to every mistake in it.

use std::{collections::BTreeMap, sync::Arc};

use toml::de::DeTable;

use super::{
    At, Block, Filter, Ledger, Line, Mapping, Part, Range, Rows, Source,
    source::{self, Place},
};
use crate::{
    answer::ReturnKind,
    english,
    form::{self, Field, Grid, GridColumn, GridRow, Workbook, brief, council_return, profile},
    programme::{Council, Programme, Project, Status},
    settings::{Key, Notes, Outline, Table, key, nearest, quoted},
};

const ROOT: &[Key] = &[
    key("file", "file = \"ledger*.csv\""),
    key("council", "council = \"THA\""),
    key("project", "project = \"H\""),
    key("version", "version = 1"),
    key("type", "type = \"Final\""),
    key("cells", "[[cells]]"),
    key("table", "[[table]]"),
    key("ledger", "[[ledger]]"),
];

const CELLS: &[Key] = &[key("sheet", "sheet = \"Summary\""), key("fields", "[cells.fields]")];

const TABLE: &[Key] = &[
    key("sheet", "sheet = \"Posts\""),
    key("title", "title = \"Posts at 31 January\""),
    key("first_row", "first_row = 6"),
    key("until", "until = \"Notes\""),
    key("only", "only = { Service = \"Building control\" }"),
    key("skip", "skip = { \"Post No\" = [\"\", \"Total*\"] }"),
    key("columns", "[table.columns]"),
];

const LEDGER: &[Key] = &[
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
    let council = council(&root, programme);
    let project = project(&root, programme);
    if let (Some(council), Some(project)) = (council, project)
        && matches!(project.status(&council.code), None | Some(Status::Out { .. }))
    {
        let what = format!("{} takes no part in project {}.", council.name, project.code);
        root.note(root.at("council"), &what);
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

struct Reading<'a> {
    programme: &'a Programme,
    project: Option<&'a Project>,
    workbook: &'static Workbook,
}

impl Reading<'_> {
    fn cells(&self, table: &Table<'_>) -> Block {
        let mut fields = vec![];
        if table.wants("fields") {
            for (name, at, value) in table.entries_of("fields") {
                let known = self.workbook.sheets.iter().flat_map(|sheet| sheet.cells());
                let field = self.field(table, name, at, known, "cell");
                let source = self.source(table, Place::Cells, name, at, value, field);
                if let (Some(field), Some(source)) = (field, source) {
                    fields.push((field, source));
                }
            }
        }
        Block { sheet: table.text_if_given("sheet"), part: Part::Cells(fields) }
    }

    fn table(&self, table: &Table<'_>) -> Option<Block> {
        let rows = rows(table);
        if !table.wants("columns") {
            return None;
        }
        let mut columns: Vec<(&'static Field, Source)> = vec![];
        for (name, at, value) in table.entries_of("columns") {
            let tables = self.workbook.sheets.iter().flat_map(|sheet| sheet.tables());
            let known = tables.flat_map(|own| own.columns.iter().copied());
            let field = self.field(table, name, at, known, "column of a table");
            let source = self.source(table, Place::Rows, name, at, value, field);
            if let (Some(field), Some(source)) = (field, source) {
                columns.push((field, source));
            }
        }
        let of = |field: &Field| -> Option<&'static form::Table> {
            let mut tables = self.workbook.sheets.iter().flat_map(|sheet| sheet.tables());
            tables.find(|own| own.columns.contains(&field))
        };
        let count = |own: &form::Table| {
            columns.iter().filter(|(field, _)| own.columns.contains(field)).count()
        };
        if columns.is_empty() && table.notes.is_empty() {
            table.note(
                table.at("columns"),
                "no column is named. Add a line such as: STF_post_ref = \"Post No\"",
            );
        }
        let own = columns.iter().filter_map(|(field, _)| of(field)).max_by_key(|own| count(own))?;
        if let Some((field, source)) =
            columns.iter().find(|(field, _)| !own.columns.contains(field))
        {
            let what = format!(
                "{} is no column of {} in the form. Put it under a [[table]] of its own.",
                field.name, own.title
            );
            table.note(table.notes.start(source.line), &what);
            return None;
        }
        let places = columns.iter().map(|(_, source)| &source.at);
        must_begin_somewhere(table, &rows, places);
        Some(Block {
            sheet: table.text_if_given("sheet"),
            part: Part::Table { rows, table: own, columns },
        })
    }

    fn ledger(&self, table: &Table<'_>) -> Option<Block> {
        let rows = rows(table);
        let code = match table.wants("code").then(|| table.get("code")).flatten() {
            Some(value) => source::read(table, Place::Rows, "code", value)?.at,
            None => At::Heading(String::new()),
        };
        let lines = self.lines(table);
        let grid = lines.first().map(|(grid, _)| *grid);
        let mut amounts: Vec<(&'static GridColumn, Source)> = vec![];
        if table.wants("amounts") {
            for (name, at, value) in table.entries_of("amounts") {
                let columns: &[&GridColumn] = grid.map_or(&[], |grid| grid.columns);
                let columns = columns.iter().copied().filter(|own| own.field.kind.is_number());
                let found = columns.clone().find(|own| own.field.name == name);
                if found.is_none() && grid.is_some() {
                    let names: Vec<&str> = columns.map(|own| own.field.name).collect();
                    unknown(table, at, name, &names, "column of amounts");
                }
                let source = source::read(table, Place::Rows, name, value);
                if let (Some(column), Some(source)) = (found, source) {
                    if let At::Always(_) = source.at {
                        table.note(
                            at,
                            &format!(
                                "{name} must be a column of the ledger, not the same everywhere."
                            ),
                        );
                    }
                    amounts.push((column, source));
                }
            }
        }
        let leave_out = match table.get("leave_out") {
            Some(value) => ranges(table, "leave_out", value),
            None => vec![],
        };
        let lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).collect();
        overlaps(table, &lines, &leave_out);
        let places = amounts.iter().map(|(_, source)| &source.at).chain([&code]);
        must_begin_somewhere(table, &rows, places);
        let ledger = Ledger { grid: grid?, code, amounts, lines, leave_out };
        Some(Block { sheet: table.text_if_given("sheet"), part: Part::Ledger { rows, ledger } })
    }

    fn lines(&self, table: &Table<'_>) -> Vec<(&'static Grid, Line)> {
        let mut lines: Vec<(&'static Grid, Line)> = vec![];
        if !table.wants("lines") {
            return lines;
        }
        let grids: Vec<&'static Grid> = self
            .workbook
            .sheets
            .iter()
            .flat_map(|sheet| sheet.parts)
            .filter_map(|part| match part {
                form::Part::Grid(grid) => Some(*grid),
                _ => None,
            })
            .filter(|grid| {
                grid.columns.iter().any(|own| own.field.is_input() && own.field.kind.is_number())
            })
            .collect();
        let known = || {
            grids.iter().flat_map(|grid| {
                grid.rows.iter().map(move |row| (format!("{}_{}", grid.code, row.key), *grid, *row))
            })
        };
        let entries = table.entries_of("lines");
        if entries.is_empty() {
            table.note(
                table.at("lines"),
                "no line of the form is named. Add a line such as: REV_TRA = \"3000-3999\"",
            );
        }
        for (name, at, value) in entries {
            let Some((_, grid, row)) = known().find(|(own, ..)| own == name) else {
                let names: Vec<String> = known().map(|(name, ..)| name).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                unknown(table, at, name, &names, "line of the form");
                continue;
            };
            if lines.first().is_some_and(|(first, _)| !std::ptr::eq(*first, grid)) {
                let what = format!(
                    "{name} belongs to another part of the form. Put it under a [[ledger]] of its own."
                );
                table.note(at, &what);
                continue;
            }
            lines.push((grid, line_of(table, name, value, row)));
        }
        lines
    }

    /// A field of the form by its name; noted if there is none such.
    fn field(
        &self,
        table: &Table<'_>,
        name: &str,
        at: usize,
        known: impl Iterator<Item = &'static Field>,
        what: &str,
    ) -> Option<&'static Field> {
        let known: Vec<&'static Field> = known.collect();
        let found = known.iter().copied().find(|own| own.name == name);
        match found {
            None => {
                let names: Vec<&str> =
                    known.iter().filter(|own| own.is_input()).map(|own| own.name).collect();
                unknown(table, at, name, &names, what);
            }
            Some(field) if !field.is_input() => {
                let what =
                    format!("{name} is not asked of the council: the form fills it in by itself.");
                table.note(at, &what);
            }
            Some(field) => {
                let asked = self.project.is_none_or(|own| own.asks(field.group));
                if !asked {
                    let project = self.project.map_or("", |own| &own.code);
                    let what = format!(
                        "{name} is not asked in project {project}: its group {} is not switched on.",
                        field.group.word()
                    );
                    table.note(at, &what);
                }
            }
        }
        found
    }

    fn source(
        &self,
        table: &Table<'_>,
        place: Place,
        name: &str,
        at: usize,
        value: &crate::settings::Value<'_>,
        field: Option<&'static Field>,
    ) -> Option<Source> {
        let source = source::read(table, place, name, value)?;
        if let Some(field) = field {
            source::fits(table, at, &source, field, self.programme, self.project);
        }
        Some(source)
    }
}

fn unknown(table: &Table<'_>, at: usize, name: &str, known: &[&str], what: &str) {
    let advice = match nearest(name, known.iter().copied()) {
        Some(near) => format!("Did you mean {near}?"),
        None => String::from("The Dictionary sheet of the form lists the names."),
    };
    table.note(at, &format!("\"{}\" is no {what}. {advice}", quoted(name)));
}

fn rows(table: &Table<'_>) -> Rows {
    let filters = |key: &str| {
        let entries = table.entries_of(key).into_iter();
        entries
            .map(|(heading, _, value)| Filter {
                heading: heading.to_owned(),
                values: table.one_or_more(key, value).into_iter().map(|(_, text)| text).collect(),
            })
            .collect()
    };
    Rows {
        title: table.text_if_given("title"),
        first: table.whole_if_given("first_row", 1_048_576).map(|row| row - 1),
        until: table.text_if_given("until"),
        only: filters("only"),
        skip: filters("skip"),
    }
}

/// Rows begin below headings, or in a row that is named.
fn must_begin_somewhere<'a>(
    table: &Table<'_>,
    rows: &Rows,
    mut places: impl Iterator<Item = &'a At>,
) {
    let headed = !rows.only.is_empty() || !rows.skip.is_empty();
    if rows.first.is_none() && !headed && !places.any(|at| matches!(at, At::Heading(_))) {
        let example = table.example("first_row");
        let what = format!(
            "no column goes by its heading, so the first row must be named. Add a line such as: {example}"
        );
        table.note(table.at, &what);
    }
}

fn line_of(
    table: &Table<'_>,
    name: &str,
    value: &crate::settings::Value<'_>,
    row: &'static GridRow,
) -> Line {
    if value.get_ref().is_table() {
        let what = format!("{}, {name}", table.what);
        let inner = table.inner(name, value, what, LINE);
        let codes = inner.as_ref().filter(|inner| inner.wants("codes"));
        let codes = codes.and_then(|inner| Some(ranges(inner, "codes", inner.get("codes")?)));
        let turn_sign = inner.is_some_and(|inner| inner.yes("turn_sign"));
        return Line { row, codes: codes.unwrap_or_default(), turn_sign };
    }
    Line { row, codes: ranges(table, name, value), turn_sign: false }
}

fn ranges(table: &Table<'_>, key: &str, value: &crate::settings::Value<'_>) -> Vec<Range> {
    let mut ranges = vec![];
    for (at, text) in table.one_or_more(key, value) {
        match Range::parse(&text) {
            Some(range) => ranges.push(range),
            None => {
                let what = format!(
                    "{key}: \"{}\" is no code. Write one as in: \"1100\", or from one to another: \"1000-1999\"",
                    quoted(&text)
                );
                table.note(at, &what);
            }
        }
    }
    ranges
}

/// Notes codes that would be added up twice.
fn overlaps(table: &Table<'_>, lines: &[Line], leave_out: &[Range]) {
    let mut taken: Vec<(&str, &Range)> = vec![];
    let lines =
        lines.iter().flat_map(|line| line.codes.iter().map(|range| (line.row.label, range)));
    for (label, range) in lines.chain(leave_out.iter().map(|range| ("leave_out", range))) {
        if let Some((other, before)) = taken.iter().find(|(_, before)| before.meets(range)) {
            let what = format!(
                "the codes {range} ({label}) meet {before} ({other}). Each code may be taken once."
            );
            table.note(table.at("lines"), &what);
        }
        taken.push((label, range));
    }
}
