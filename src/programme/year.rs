//! Financial years.

use std::fmt;

/// A financial year by the year in which it begins: 2008 is 2008/09.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Year(pub i16);

impl Year {
    /// The year so many years later.
    pub fn plus(self, years: i16) -> Year {
        Year(self.0 + years)
    }

    /// "2008/09", also as "2008-09" and "2008/2009"; `None` for what is not a financial year.
    pub fn parse(text: &str) -> Option<Year> {
        let (first, second) = text.trim().split_once(['/', '-', '–'])?;
        let first: i16 = first.trim().parse().ok()?;
        let second: i16 = second.trim().parse().ok()?;
        let known = (1990..2100).contains(&first);
        (known && (second == (first + 1) % 100 || second == first + 1)).then_some(Year(first))
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1) % 100)
    }
}
