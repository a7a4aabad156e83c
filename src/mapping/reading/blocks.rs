//! What is taken from one sheet: single answers, or rows of a table.

use super::{
    super::{
        At, Block, Filter, Part, Rows, Source,
        source::{self, Place},
    },
    Reading,
};
use crate::{
    form::{self, Field},
    settings::{Table, nearest, quoted},
};

impl Reading<'_> {
    pub(super) fn cells(&self, table: &Table<'_>) -> Block {
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

    pub(super) fn table(&self, table: &Table<'_>) -> Option<Block> {
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

    /// A field of the form by its name; noted if there is none such.
    pub(super) fn field(
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

    pub(super) fn source(
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

pub(super) fn unknown(table: &Table<'_>, at: usize, name: &str, known: &[&str], what: &str) {
    let advice = match nearest(name, known.iter().copied()) {
        Some(near) => format!("Did you mean {near}?"),
        None => String::from("The Dictionary sheet of the form lists the names."),
    };
    table.note(at, &format!("\"{}\" is no {what}. {advice}", quoted(name)));
}

pub(super) fn rows(table: &Table<'_>) -> Rows {
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
pub(super) fn must_begin_somewhere<'a>(
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
