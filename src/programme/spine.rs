//! The pay spine of each year.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Year;
use crate::settings::{Table, Value, quoted};

/// Pounds a year of a full-time post, by spine point.
pub type Spine = BTreeMap<u32, Decimal>;

/// The spines, each under the year it is for: `[pay_spine."2008/09"]`.
pub(super) fn read(root: &Table<'_>) -> BTreeMap<Year, Spine> {
    let mut spines = BTreeMap::new();
    for (typed, at, value) in root.entries_of("pay_spine") {
        let Some(year) = Year::parse(typed) else {
            let advice = "Write the heading as in: [pay_spine.\"2008/09\"]";
            let what = format!("pay_spine \"{}\" is not a financial year. {advice}", quoted(typed));
            root.note(at, &what);
            continue;
        };
        let note =
            |at: usize, what: &str| root.notes.add(at, &format!("pay spine of {year}: {what}"));
        let mut spine = Spine::new();
        let mut before: Option<(u32, Decimal)> = None;
        for (point, at, pay) in points(root, value, &note) {
            if let Some((lower, less)) = before.filter(|(_, less)| *less >= pay) {
                let advice = "Please check both.";
                note(at, &format!("point {point} has {pay}, point {lower} {less}. {advice}"));
            }
            before = Some((point, pay));
            spine.insert(point, pay);
        }
        if spines.insert(year, spine).is_some() {
            root.note(at, &format!("the pay spine of {year} stands twice. Delete one of them."));
        }
    }
    spines
}

/// The points of a spine with their pay, the lowest first.
fn points<'a>(
    root: &Table<'a>,
    spine: &'a Value<'a>,
    note: &dyn Fn(usize, &str),
) -> Vec<(u32, usize, Decimal)> {
    let mut points = vec![];
    for (typed, at, value) in root.entries_in("pay_spine", spine) {
        let point = typed.parse().ok().filter(|point| (1..=99).contains(point));
        let Some(point) = point else {
            let advice = "Write a point and its pay as in: 34 = 28_353";
            note(at, &format!("\"{}\" is not a spine point from 1 to 99. {advice}", quoted(typed)));
            continue;
        };
        let Some(pay) = root.as_number(typed, value) else { continue };
        if pay > Decimal::ZERO {
            points.push((point, at, pay));
        } else {
            note(at, &format!("point {point} has {pay}, but must have the pounds of a year."));
        }
    }
    points.sort();
    points
}
