//! Two versions of a return side by side, cell by cell; rows of tables by what names them, or else by their order.

use std::collections::BTreeMap;

use super::look;
use crate::{
    answer::{Answer, Fault, Held, Return, Row},
    form::{Field, Table},
    place::Place,
};

/// The cells of the newer version that do not say what the older one says, its number and the word on it apart.
pub(super) fn changed(new: &Return, old: &Return) -> Vec<Place> {
    let about_itself = |field: &Field| {
        field.name.ends_with("_return_version") || field.name.ends_with("_supersedes_note")
    };
    let differ = |pair: &Pair<'_>| match (pair.new, pair.old) {
        (Some(new), Some(old)) => !says_the_same(new, old),
        (Some(only), None) | (None, Some(only)) => *said(only) != Held::Blank,
        (None, None) => false,
    };
    let place = |pair: Pair<'_>| pair.new.or(pair.old).map(Answer::place);
    let pairs = pairs(new, old).into_iter().filter(|pair| !about_itself(pair.field));
    pairs.filter(differ).filter_map(place).collect()
}

/// The cells, as Excel names them, that the older version answered and the newer leaves empty.
pub(super) fn emptied(new: &Return, old: &Return) -> Vec<String> {
    let is_emptied = |pair: &Pair<'_>| {
        let given = pair.old.is_some_and(|old| *said(old) != Held::Blank);
        let empty = pair.new.is_none_or(|answer| {
            *said(answer) == Held::Blank && !new.is_confirmed_nil(pair.field, answer)
        });
        given && empty
    };
    let name = |pair: Pair<'_>| {
        let place = [pair.new, pair.old].into_iter().flatten().map(Answer::place);
        place.map(|place| place.within()).find(|name| !name.is_empty()).unwrap_or_default()
    };
    pairs(new, old).into_iter().filter(is_emptied).map(name).collect()
}

/// One answer in both versions; `None` where the version has no such row.
struct Pair<'a> {
    field: &'static Field,
    new: Option<&'a Answer>,
    old: Option<&'a Answer>,
}

fn pairs<'a>(new: &'a Return, old: &'a Return) -> Vec<Pair<'a>> {
    let mut pairs = vec![];
    for sheet in new.workbook.sheets {
        let cells = sheet.cells().filter(|field| field.is_input());
        pairs.extend(cells.map(|field| Pair {
            field,
            new: Some(new.get(field)),
            old: Some(old.get(field)),
        }));
        for table in sheet.tables() {
            let mut left = keyed(old.rows(table), table);
            for (key, row) in keyed(new.rows(table), table) {
                pairs.extend(across(table, Some(row), left.remove(&key)));
            }
            for row in left.into_values() {
                pairs.extend(across(table, None, Some(row)));
            }
        }
    }
    pairs
}

fn across<'a>(
    table: &'static Table,
    new: Option<&'a Row>,
    old: Option<&'a Row>,
) -> impl Iterator<Item = Pair<'a>> {
    let columns = table.columns.iter().copied().filter(|field| field.is_input());
    columns.map(move |field| Pair {
        field,
        new: new.map(|row| row.get(field)),
        old: old.map(|row| row.get(field)),
    })
}

/// Rows by their reference, and by how many with the same one stand above; rows without any, by their order.
fn keyed<'a>(rows: &'a [Row], table: &Table) -> BTreeMap<(String, usize), &'a Row> {
    let mut above: BTreeMap<String, usize> = BTreeMap::new();
    let key = |row: &'a Row| {
        let key = table.key.map(|key| look::fold(&row.get(key).shown())).unwrap_or_default();
        let above = above.entry(key.clone()).or_default();
        *above += 1;
        ((key, *above), row)
    };
    rows.iter().map(key).collect()
}

fn says_the_same(new: &Answer, old: &Answer) -> bool {
    match (said(new), said(old)) {
        // The place of the other part is no part of what is said.
        (Held::Unreadable(Fault::Conflict(one)), Held::Unreadable(Fault::Conflict(two))) => {
            one.says == two.says && new.typed() == old.typed()
        }
        (one @ Held::Unreadable(_), two) => one == two && new.typed() == old.typed(),
        (one, two) => one == two,
    }
}

/// What stands there, whatever a rule made of it.
fn said(answer: &Answer) -> &Held {
    match &answer.held {
        Held::Refused(refused) => &refused.held,
        held => held,
    }
}
