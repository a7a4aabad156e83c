//! What differs between a table as it stands and as it was built anew, cell by cell.

use std::collections::BTreeMap;

use super::{
    label::{cells, line},
    span::Tree,
    text::residue,
};

/// A cell that changed: its row and column in words, and what it showed and shows.
pub(super) struct Cell {
    pub what: String,
    pub old: String,
    pub new: String,
}

/// A column as it was and as it is.
type Pair<'g> = (Option<&'g (String, usize)>, Option<&'g (String, usize)>);

/// Rows by the text of their first cell, columns by their heading, each with a number where two are alike.
struct Grid {
    rows: BTreeMap<(String, usize), BTreeMap<(String, usize), String>>,
    order: Vec<(String, usize)>,
    columns: Vec<(String, usize)>,
}

/// The cells that changed; none where there is more to it than cells of tables.
pub(super) fn changed_cells(old: (&Tree<'_>, usize), new: (&Tree<'_>, usize)) -> Option<Vec<Cell>> {
    let words = |(tree, node): (&Tree<'_>, usize)| {
        residue(tree, node, |at| tree.is(at, "tbl")).trim().to_owned()
    };
    let (before, after) = (grids(old), grids(new));
    if before.is_empty() || before.len() != after.len() || words(old) != words(new) {
        return None;
    }
    Some(before.iter().zip(&after).flat_map(|(before, after)| differences(before, after)).collect())
}

fn differences(before: &Grid, after: &Grid) -> Vec<Cell> {
    let mut cells = vec![];
    let columns = paired(before, after);
    let empty = BTreeMap::new();
    let gone = before.order.iter().filter(|row| !after.rows.contains_key(*row));
    for row in after.order.iter().chain(gone) {
        let (was, is) = (before.rows.get(row), after.rows.get(row));
        let (Some(was), Some(is)) = (was, is) else {
            let all = |row: Option<&BTreeMap<_, String>>, grid: &Grid| {
                let row = row.unwrap_or(&empty);
                let texts = grid.columns.iter().filter_map(|column| row.get(column));
                texts.map(String::as_str).collect::<Vec<_>>().join(" | ")
            };
            cells.push(Cell { what: row.0.clone(), old: all(was, before), new: all(is, after) });
            continue;
        };
        for (then, now) in &columns {
            let text = |row: &BTreeMap<_, String>, column: Option<&(String, usize)>| {
                column.and_then(|column| row.get(column)).cloned().unwrap_or_default()
            };
            let (old, new) = (text(was, *then), text(is, *now));
            if old != new {
                let column = now.or(*then).map_or("", |column| &column.0);
                let names = [row.0.as_str(), column];
                let names = names.into_iter().filter(|name| !name.is_empty());
                let what = names.collect::<Vec<_>>().join(", ");
                cells.push(Cell { what, old, new });
            }
        }
    }
    cells
}

/// Each column of old and new with its like. One whose heading changed, such as a total over more councils than
/// before, is paired with the one that came for it.
fn paired<'g>(before: &'g Grid, after: &'g Grid) -> Vec<Pair<'g>> {
    let gone = before.columns.iter().filter(|column| !after.columns.contains(column));
    let mut gone: Vec<&(String, usize)> = gone.collect();
    let come = after.columns.iter().filter(|column| !before.columns.contains(column)).count();
    let alike = gone.len() == come;
    let mut pairs: Vec<Pair<'_>> = vec![];
    for column in &after.columns {
        let stayed = before.columns.iter().find(|before| *before == column);
        let was = stayed.or_else(|| (alike && !gone.is_empty()).then(|| gone.remove(0)));
        pairs.push((was, Some(column)));
    }
    pairs.extend(gone.into_iter().map(|column| (Some(column), None)));
    pairs
}

fn grids((tree, node): (&Tree<'_>, usize)) -> Vec<Grid> {
    let tables = tree.below(node).filter(|at| tree.is(*at, "tbl"));
    tables.map(|table| grid(tree, table)).collect()
}

fn grid(tree: &Tree<'_>, table: usize) -> Grid {
    let mut rows = tree.below(table).filter(|node| tree.is(*node, "tr"));
    let texts = |row| cells(tree, row).into_iter().map(|cell| line(tree, cell));
    let columns = numbered(rows.next().into_iter().flat_map(texts));
    let body: Vec<Vec<String>> = rows.map(|row| texts(row).collect()).collect();
    let order = numbered(body.iter().map(|row| row.first().cloned().unwrap_or_default()));
    let row = |texts: Vec<String>| columns.iter().cloned().zip(texts).collect();
    Grid { rows: order.iter().cloned().zip(body.into_iter().map(row)).collect(), order, columns }
}

fn numbered(names: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let number = |name: String| {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        (name, *count)
    };
    names.map(number).collect()
}
