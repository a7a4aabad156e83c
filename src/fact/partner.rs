//! What councils pay one another for a service (domain.md D1).

use std::sync::Arc;

use super::number_in;
use crate::{
    answer::{Return, Row},
    figure::Source,
    form::council_return::service::{self, SHARED_TABLE},
    number::Exact,
    programme::{Code, Programme},
};

/// What a council reports of its dealings with another, in one direction, with the cells; `None` where it reports
/// nothing usable.
pub fn reported(
    ret: &Return,
    partner: &Code,
    direction: &str,
    programme: &Programme,
) -> Option<(Exact, Vec<Arc<Source>>)> {
    let with = |row: &&Row| {
        let named = row.get(&service::SHARED_PARTNER).text();
        let named = named.and_then(|name| programme.recognise(name));
        named.is_some_and(|council| council.code == *partner)
            && row.get(&service::SHARED_DIRECTION).is(direction)
    };
    let mut sum = Exact::zero();
    let mut sources = vec![];
    for row in ret.used_rows(&SHARED_TABLE).filter(with) {
        let (amount, cells) = number_in(row, &service::SHEET, &service::SHARED_AMOUNT).ok()?;
        sum = sum + amount;
        sources.extend(cells);
    }
    let council = ret.council.as_ref()?;
    sources.iter_mut().for_each(|source| source.set_council(council));
    (!sources.is_empty()).then(|| (sum.max(Exact::zero()), sources))
}
