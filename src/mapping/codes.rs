//! Codes of a ledger, singly and in ranges: "1000-1999", "BC10".

use std::fmt;

/// Codes from one to another, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    from: Code,
    to: Code,
}

/// Codes of digits go by their number, others letter by letter among those of their length.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Code {
    Number(u64),
    Text(usize, String),
}

impl Range {
    /// Reads "1000-1999" or "1000"; `None` for anything without a digit, and where the ends do not go together.
    pub fn parse(text: &str) -> Option<Range> {
        let (from, to) = text.split_once(['-', '–']).unwrap_or((text, text));
        let (from, to) = (Code::of(from)?, Code::of(to)?);
        let alike = match (&from, &to) {
            (Code::Number(_), Code::Number(_)) => true,
            (Code::Text(one, _), Code::Text(other, _)) => one == other,
            _ => false,
        };
        (alike && from <= to).then_some(Range { from, to })
    }

    /// Whether a code, or the first word of a text that begins with one, lies within.
    pub fn holds(&self, text: &str) -> bool {
        let Some(code) = text.split_whitespace().next().and_then(Code::of) else { return false };
        let alike = match (&self.from, &code) {
            (Code::Number(_), Code::Number(_)) => true,
            (Code::Text(one, _), Code::Text(other, _)) => one == other,
            _ => false,
        };
        alike && self.from <= code && code <= self.to
    }

    /// Whether some code lies in both.
    pub fn meets(&self, other: &Range) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

impl Code {
    fn of(text: &str) -> Option<Code> {
        let text = text.trim();
        let is_code = text.len() <= 18
            && text.bytes().any(|letter| letter.is_ascii_digit())
            && !text.contains(char::is_whitespace);
        if !is_code {
            return None;
        }
        Some(match text.parse() {
            Ok(number) => Code::Number(number),
            Err(_) => Code::Text(text.len(), text.to_uppercase()),
        })
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            write!(f, "{}", self.from)
        } else {
            write!(f, "{}-{}", self.from, self.to)
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Code::Number(number) => write!(f, "{number}"),
            Code::Text(_, text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lie_in_a_range() {
        let holds = |range: &str, code: &str| Range::parse(range).unwrap().holds(code);
        assert!(holds("1000-1999", "1000"));
        assert!(holds("1000 – 1999", "01999"));
        assert!(holds("1000-1999", "1010 Basic pay"));
        assert!(holds("BC10-BC19", "bc15"));
        assert!(holds("1100", "1100"));
        for other in ["999", "2000", "10000", "BC10", "Total 1000", ""] {
            assert!(!holds("1000-1999", other), "{other}");
        }
        assert!(!holds("BC10-BC19", "BC100"));
        for wrong in ["", "a-b", "2000-1000", "1000-BC10", "1 000-2 000", "1000-"] {
            assert_eq!(Range::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ranges_meet() {
        let meet = |one, other| Range::parse(one).unwrap().meets(&Range::parse(other).unwrap());
        assert!(meet("1000-1999", "1999-2500"));
        assert!(!meet("1000-1999", "2000-2500"));
        assert!(!meet("1000-1999", "BC10-BC19"));
    }
}
