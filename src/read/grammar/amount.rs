//! Numbers: amounts of money, percentages and counts.

use std::sync::Arc;

use rust_decimal::{Decimal, dec};

use super::{Read, fault, shown};
use crate::{
    answer::{Fault, Held, Value},
    form::Kind,
    number,
    read::{fold, grid::Content},
};

/// Reads a number. That it is in the form's range is a rule's to say.
pub(super) fn read(content: &Content, kind: Kind) -> Read {
    let (number, typed) = match content {
        Content::Number { number, percent: true } => match kind {
            Kind::Pct => (number.checked_mul(dec!(100)), Some(shown(content))),
            _ => (Some(*number), Some(shown(content))),
        },
        Content::Number { number, .. } => (Some(*number), None),
        Content::Text(text) => (as_typed(text, kind), Some(Arc::clone(text))),
        _ => (None, None),
    };
    let fits = |number: &Decimal| {
        (kind != Kind::Int || number.is_integer()) && number.abs() < number::LIMIT
    };
    match number.filter(fits) {
        Some(number) => {
            let typed = typed.map(|typed| Box::from(&*typed));
            (Held::Value(Value::Number(number.normalize())), typed)
        }
        None => fault(Fault::NotANumber, Some(&shown(content))),
    }
}

/// Reads a number as people type it: "£12,500", "(1,200)", "12500-", "12.5k", "nil". A minus is said in one way: of
/// "(-1,200)" nobody can tell which sign it has.
fn as_typed(text: &str, kind: Kind) -> Option<Decimal> {
    let lower = fold::value(text);
    if lower == "nil" {
        return Some(Decimal::ZERO);
    }
    let money = kind == Kind::Money;
    let mut rest = Rest { text: &lower, signs: 0, negative: false };
    let bare =
        if money { lower.strip_prefix('£').map_or(&*lower, str::trim_start) } else { &lower };
    if let Some(inner) = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        rest = Rest { text: inner.trim(), signs: 1, negative: true };
    }
    if money {
        let _ = rest.ends("cr", true) || rest.ends("dr", false);
    }
    rest.ends("-", true);
    // A sign may stand before or after the £.
    let mut in_pounds = false;
    for _ in 0..2 {
        let _ = rest.begins("-", true) || rest.begins("+", false);
        if money && !in_pounds {
            in_pounds = rest.drop_first("£") || rest.drop_first("gbp");
        }
    }
    if rest.signs > 1 {
        return None;
    }
    let scale = match kind {
        Kind::Money if rest.drop_last("k") => dec!(1000),
        Kind::Money if rest.drop_last("m") => dec!(1000000),
        Kind::Pct => {
            rest.drop_last("%");
            Decimal::ONE
        }
        _ => Decimal::ONE,
    };
    let number = digits(rest.text)?.checked_mul(scale)?;
    Some(if rest.negative { -number } else { number })
}

/// What of a typed number is still to be read.
struct Rest<'a> {
    text: &'a str,
    /// How many marks have said which sign it has.
    signs: u32,
    negative: bool,
}

impl Rest<'_> {
    fn begins(&mut self, mark: &str, negative: bool) -> bool {
        let found = self.drop_first(mark);
        self.sign(found, negative)
    }

    fn ends(&mut self, mark: &str, negative: bool) -> bool {
        let found = self.drop_last(mark);
        self.sign(found, negative)
    }

    fn sign(&mut self, found: bool, negative: bool) -> bool {
        if found {
            self.signs += 1;
            self.negative |= negative;
        }
        found
    }

    fn drop_first(&mut self, mark: &str) -> bool {
        let rest = self.text.strip_prefix(mark);
        self.text = rest.map_or(self.text, str::trim_start);
        rest.is_some()
    }

    fn drop_last(&mut self, mark: &str) -> bool {
        let rest = self.text.strip_suffix(mark);
        self.text = rest.map_or(self.text, str::trim_end);
        rest.is_some()
    }
}

/// "12500", "12,500.50", "12 500": digits, in threes if they are parted at all.
fn digits(text: &str) -> Option<Decimal> {
    let (whole, part) =
        text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let plain = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    let groups: Vec<&str> = match (whole.contains(','), whole.contains(' ')) {
        (true, true) => return None,
        (true, false) => whole.split(',').collect(),
        (false, _) => whole.split(' ').collect(),
    };
    let in_threes = match &*groups {
        [_] => true,
        [first, rest @ ..] => {
            (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3)
        }
        [] => false,
    };
    let whole = groups.concat();
    if whole.is_empty() && part.is_none() {
        return None;
    }
    let part = part.unwrap_or("0");
    if !in_threes || !plain(&whole) || !plain(part) || part.is_empty() || whole.len() > 18 {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    Decimal::from_str_exact(&format!("{whole}.{part}")).ok()
}
