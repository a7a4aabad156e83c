//! Who reports to whom among the posts of a return, as a tree (question 12).

use std::collections::BTreeMap;

use crate::{
    answer::Row,
    english::fold,
    form::council_return::staffing::{REPORTS_TO, SHEET},
    picture::Manager,
};

/// A post in the tree.
pub struct Post<'r> {
    pub row: &'r Row,
    /// How many posts stand above it.
    pub depth: usize,
    pub manager: Manager,
}

/// The posts in the order of the tree, each under its manager, neighbours in the order of the sheet. Every post stands
/// there once: one whose manager is not known stands at the top, and so does one of those that report in a circle.
pub fn posts(rows: &[Row]) -> Vec<Post<'_>> {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.refused.is_none()).collect();
    // Of posts with one reference the first is the manager.
    let by_key: BTreeMap<String, usize> =
        rows.iter().enumerate().rev().map(|(index, row)| (fold(row.key()), index)).collect();
    let managers: Vec<Manager> = rows.iter().map(|row| manager(row, &by_key)).collect();
    let mut under: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut tops = vec![];
    for (index, manager) in managers.iter().enumerate() {
        match manager {
            Manager::Post(above) => under.entry(fold(above)).or_default().push(index),
            Manager::None | Manager::Unknown(_) => tops.push(index),
        }
    }
    let mut told = vec![false; rows.len()];
    let mut posts = vec![];
    // What no top leads to reports in a circle.
    for top in tops.into_iter().chain(0..rows.len()) {
        let mut next = vec![(top, 0)];
        while let Some((index, depth)) = next.pop() {
            if std::mem::replace(&mut told[index], true) {
                continue;
            }
            posts.push(Post { row: rows[index], depth, manager: managers[index].clone() });
            let key = fold(rows[index].key());
            let below = under.get(&key).filter(|_| by_key.get(&key) == Some(&index));
            let below = below.into_iter().flatten();
            next.extend(below.rev().map(|own| (*own, depth + 1)));
        }
    }
    posts
}

fn manager(row: &Row, by_key: &BTreeMap<String, usize>) -> Manager {
    let answer = row.get(&REPORTS_TO);
    match answer.text() {
        Some(above) if by_key.contains_key(&fold(above)) => Manager::Post(above.trim().to_owned()),
        Some(_) => Manager::Unknown(format!("not on the list {}", answer.place().within())),
        None if answer.is_blank() => Manager::None,
        None => Manager::Unknown(super::reason(answer, &SHEET)),
    }
}
