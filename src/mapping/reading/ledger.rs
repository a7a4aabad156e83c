//! What is taken from a ledger: amounts added up by their codes.

use super::{
    super::{
        At, Block, Ledger, Line, Part, Range, Source,
        source::{self, Place},
    },
    LINE, Reading,
    blocks::{must_begin_somewhere, rows, unknown},
};
use crate::{
    form::{self, Grid, GridColumn, GridRow, Sheet},
    settings::{Table, quoted},
};

impl Reading<'_> {
    pub(super) fn ledger(&self, table: &Table<'_>) -> Option<Block> {
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
        let grids: Vec<&'static Grid> =
            self.workbook.sheets.iter().copied().flat_map(grids).collect();
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
}

/// The grids of a sheet that a ledger can fill.
pub(in crate::mapping) fn grids(sheet: &'static Sheet) -> impl Iterator<Item = &'static Grid> {
    let grids = sheet.parts.iter().filter_map(|part| match part {
        form::Part::Grid(grid) => Some(*grid),
        _ => None,
    });
    grids.filter(|grid| {
        grid.columns.iter().any(|own| own.field.is_input() && own.field.kind.is_number())
    })
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
