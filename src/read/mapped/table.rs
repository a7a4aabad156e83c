//! Rows of a foreign table that are rows of a table of the form.

use std::collections::BTreeMap;

use super::Reading;
use crate::{
    answer::{Answer, RemarkKind, Row},
    form::{Field, Table},
    mapping::{At, Rows, Source},
    place::Cell,
    read::form::SentSheet,
};

impl Reading<'_> {
    /// `None` when the rows cannot be told for certain.
    pub(super) fn table(
        &mut self,
        rows: &Rows,
        table: &'static Table,
        columns: &[(&'static Field, Source)],
        tab: Option<usize>,
    ) -> Option<()> {
        self.sought.extend(columns.iter().map(|(field, _)| field.name));
        let tab = tab?;
        let wanted: Vec<&At> = columns.iter().map(|(_, source)| &source.at).collect();
        let meant = self.meant(tab, rows, &wanted)?;
        let mut places: BTreeMap<&'static str, (Option<u32>, &Source)> = BTreeMap::new();
        for (field, source) in columns {
            let column = meant.column(&source.at);
            if column.is_some() || matches!(source.at, At::Always(_)) {
                self.found.insert(field.name);
                places.insert(field.name, (column, source));
            }
        }
        let leftmost = places.values().filter_map(|(column, _)| *column).min()?;
        let mut filled = Vec::new();
        for row in &meant.rows {
            let read = |field: &&'static Field| match places.get(field.name) {
                Some((Some(column), source)) => {
                    self.answer(field, source, tab, Cell { row: *row, column: *column })
                }
                Some((None, Source { at: At::Always(text), line, .. })) => {
                    self.constant(field, text, *line, Some(*row))
                }
                _ => Answer::NONE,
            };
            let answers: Vec<Answer> = table.columns.iter().map(read).collect();
            let own = |answer: &Answer| {
                let spot = answer.spot.as_ref();
                spot.is_some_and(|spot| spot.origin.file == self.origins.file) && !answer.is_blank()
            };
            if answers.iter().any(own) {
                let spot = self.origins.place(tab, Cell { row: *row, column: leftmost });
                filled.push(Row::new(table, spot, answers));
            }
        }
        let (all, taken, left) = (meant.all, filled.len(), meant.left_out);
        let named = |sheet: &&mut SentSheet| sheet.sheet.tables().any(|own| own.name == table.name);
        if let Some(sheet) = self.sheets.iter_mut().find(named) {
            let own = sheet.rows.entry(table.name).or_default();
            let next = own.last().map_or(0, |(last, _)| last + 1);
            own.extend((next..).zip(filled));
        }
        let title = table.title;
        let what = format!(
            "rows read as rows of {title}: {taken} of {all}; left out as the mapping says: {left}"
        );
        self.remark(RemarkKind::Taken, Some(tab), &what);
        Some(())
    }
}
