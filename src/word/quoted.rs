//! Numbers as people write them in a sentence: "£1.66 million", "£1,659,055", "1.66m", "34.4 FTE", "13 per cent".

use std::ops::Range;

use super::spelt;

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Where it stands, with its sign, scale and unit.
    pub span: Range<usize>,
    /// Its value is `digits` times ten to the power of `power`, which says how exactly it was written.
    digits: i128,
    power: i32,
    unit: Unit,
    /// The word behind it, without its plural: "post".
    noun: String,
    /// Where that word ends.
    noun_end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Pounds,
    Percent,
    Fte,
    /// Its digits are the year's, the month's and the day's.
    Date,
    /// With a scale but no sign: "1.66m".
    Scaled,
    Plain,
}

/// No number of a paper has more digits.
const LONGEST: usize = 24;

impl Number {
    /// Whether this number in somebody's words quotes `old`, in whatever spelling, and not `new` as well.
    pub(super) fn quotes(&self, old: &Number, new: Option<&Number>) -> bool {
        let fits = |figure: &Number| self.is_of_unit(figure) && self.is_rounding_of(figure);
        fits(old) && !new.is_some_and(fits)
    }

    /// As it is told of: one that only the word behind it tells from any other, with that word.
    pub(super) fn shown<'t>(&self, text: &'t str) -> &'t str {
        match self.is_count() {
            true => &text[self.span.start..self.noun_end],
            false => &text[self.span.clone()],
        }
    }

    /// Whether it counts something: "nine systems", "11 systems".
    pub(super) fn is_count(&self) -> bool {
        self.unit == Unit::Plain && self.length() < 4 && !self.noun.is_empty()
    }

    /// Whether both count the same, or are both dates.
    pub(super) fn is_like(&self, other: &Number) -> bool {
        self.unit == other.unit && self.noun == other.noun
    }

    /// Whether it is the number as it was shown, digit for digit.
    pub(super) fn equals(&self, other: &Number) -> bool {
        self.unit == other.unit && same(self, other)
    }

    /// A number without a unit must be long enough, or stand before the same word, to be told from any other.
    fn is_of_unit(&self, figure: &Number) -> bool {
        match (figure.unit, self.unit) {
            (Unit::Plain, Unit::Plain) => {
                self.length() >= 4 || !self.noun.is_empty() && self.noun == figure.noun
            }
            (Unit::Pounds | Unit::Scaled, Unit::Pounds | Unit::Scaled) => true,
            (Unit::Pounds, Unit::Plain) => self.length() >= 4,
            (Unit::Percent | Unit::Fte, Unit::Plain) => {
                self.power < 0 && self.length() >= 3 && same(self, figure)
            }
            (wanted, unit) => wanted == unit,
        }
    }

    fn is_rounding_of(&self, figure: &Number) -> bool {
        if same(self, figure) {
            return true;
        }
        let least = match self.unit {
            Unit::Percent => 1,
            Unit::Plain | Unit::Date => return false,
            Unit::Pounds | Unit::Fte | Unit::Scaled => 2,
        };
        // "£1,660,000" is no more exact than "£1.66 million", but may well be another number when it is shorter.
        let whole = self.trimmed();
        let written = if whole.power > self.power { (whole, 3) } else { (self.clone(), least) };
        [(self.clone(), least), written].iter().any(|(number, least)| {
            number.power > figure.power
                && number.length() >= *least
                && rounded(figure, number.power) == Some(number.digits)
        })
    }

    fn length(&self) -> usize {
        self.digits.to_string().len()
    }

    fn trimmed(&self) -> Number {
        let mut own = self.clone();
        while own.digits != 0 && own.digits % 10 == 0 {
            own.digits /= 10;
            own.power += 1;
        }
        own
    }
}

fn same(a: &Number, b: &Number) -> bool {
    let (a, b) = (a.trimmed(), b.trimmed());
    (a.digits, a.power) == (b.digits, b.power)
}

/// The digits of a number rounded half away from zero to a power of ten.
fn rounded(number: &Number, power: i32) -> Option<i128> {
    let scale = 10_i128.checked_pow(u32::try_from(power - number.power).ok()?)?;
    Some((number.digits + scale / 2) / scale)
}

/// The numbers of a text, in its order, spelt out or in digits, and its dates. Years such as 2008/09, references and parts
/// of longer numbers are none.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut found = vec![];
    let mut at = 0;
    while let Some(start) = text[at..].find(|char: char| char.is_ascii_digit()).map(|it| it + at) {
        if let Some((end, digits)) = spelt::date(text, start) {
            let (unit, noun) = (Unit::Date, String::new());
            found.push(Number { span: start..end, digits, power: 0, unit, noun, noun_end: end });
            at = end;
            continue;
        }
        let (end, digits, places) = digits(text, start);
        at = end;
        let before = text[..start].trim_end_matches(['-', '\u{2212}']);
        let last = before.chars().next_back().unwrap_or(' ');
        let is_part = match before.len() < start {
            true => last.is_alphabetic(),
            false => last.is_alphanumeric() || matches!(last, '/' | '.' | ',' | '_' | ':'),
        };
        let next = text[end..].chars().next().unwrap_or(' ');
        if is_part || matches!(next, '/' | '_') || digits.len() > LONGEST {
            continue;
        }
        let Ok(digits) = digits.parse::<i128>() else { continue };
        let sign = before.trim_end_matches(['\u{a0}', ' ']);
        let pounds = sign.ends_with('£');
        let Some(tail) = Tail::of(&text[end..], pounds) else { continue };
        let unit = match tail.unit {
            Some(unit) => unit,
            None if pounds => Unit::Pounds,
            None if tail.scale > 0 => Unit::Scaled,
            None => Unit::Plain,
        };
        let from = if pounds { sign.len() - '£'.len_utf8() } else { start };
        found.push(Number {
            span: from..end + tail.length,
            digits,
            power: tail.scale - places,
            unit,
            noun: tail.noun,
            noun_end: end + tail.noun_end,
        });
        at = end;
    }
    found.extend(spelt::counts(text).into_iter().map(|own| Number {
        span: own.span,
        digits: own.value,
        power: 0,
        unit: Unit::Plain,
        noun: own.noun,
        noun_end: own.noun_end,
    }));
    found.sort_by_key(|number| number.span.start);
    found
}

/// Where the digits from `start` end, the digits without their commas, and how many are behind the point.
fn digits(text: &str, start: usize) -> (usize, String, i32) {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let mut digits = String::new();
    let mut at = start;
    let mut places = 0;
    let mut pointed = false;
    loop {
        while is_digit(at) {
            digits.push_str(&text[at..=at]);
            places += i32::from(pointed);
            at += 1;
        }
        let next = text[at..].chars().next().unwrap_or(' ');
        let behind = at + next.len_utf8();
        let group = matches!(next, ',' | '\u{a0}' | '\u{202f}' | '\u{2009}')
            && (0..3).all(|digit| is_digit(behind + digit))
            && !is_digit(behind + 3);
        if !pointed && group {
            at = behind;
        } else if !pointed && next == '.' && is_digit(behind) {
            pointed = true;
            at = behind;
        } else {
            return (at, digits, places);
        }
    }
}

/// What follows the digits of a number.
struct Tail {
    length: usize,
    scale: i32,
    unit: Option<Unit>,
    noun: String,
    noun_end: usize,
}

const SCALES: [(&str, i32); 9] = [
    ("million", 6),
    ("mn", 6),
    ("m", 6),
    ("billion", 9),
    ("bn", 9),
    ("thousand", 3),
    ("k", 3),
    ("mill", 6),
    ("millions", 6),
];

const UNITS: [(&str, Unit); 12] = [
    ("%", Unit::Percent),
    ("per cent", Unit::Percent),
    ("per\u{a0}cent", Unit::Percent),
    ("percent", Unit::Percent),
    ("pc", Unit::Percent),
    ("ftes", Unit::Fte),
    ("fte", Unit::Fte),
    ("wte", Unit::Fte),
    ("full-time equivalents", Unit::Fte),
    ("full-time equivalent", Unit::Fte),
    ("full time equivalents", Unit::Fte),
    ("full time equivalent", Unit::Fte),
];

impl Tail {
    /// None when the digits belong to something else: "46B", "1st", "12.30pm", "3.4.1".
    fn of(text: &str, pounds: bool) -> Option<Tail> {
        let next = text.chars().next().unwrap_or(' ');
        let mut tail = Tail { length: 0, scale: 0, unit: None, noun: String::new(), noun_end: 0 };
        for (word, scale) in SCALES {
            // A lone letter behind a space is as like to be anything else.
            let apart = word.len() > 1 || pounds;
            if let Some(length) = follows(text, word, apart) {
                tail.length = length;
                tail.scale = scale;
                break;
            }
        }
        for (word, unit) in UNITS {
            if let Some(length) = follows(&text[tail.length..], word, true) {
                tail.length += length;
                tail.unit = Some(unit);
                break;
            }
        }
        let more = text.chars().nth(1).is_some_and(|char| char.is_ascii_digit());
        let goes_on = next.is_alphanumeric() || more && matches!(next, '.' | ':' | ',');
        if tail.length == 0 && goes_on {
            return None;
        }
        let rest = text[tail.length..].trim_start_matches([' ', '\u{a0}']);
        let length = rest.find(|char: char| !char.is_alphabetic()).unwrap_or(rest.len());
        tail.noun = spelt::noun(&rest[..length]);
        tail.noun_end = text.len() - rest.len() + length;
        Some(tail)
    }
}

/// How long a word that follows is, with the space before it. It must end there.
fn follows(text: &str, word: &str, apart: bool) -> Option<usize> {
    let rest = if apart { text.trim_start_matches([' ', '\u{a0}', '-']) } else { text };
    let gap = text.len() - rest.len();
    if gap > 2 || !rest.get(..word.len())?.eq_ignore_ascii_case(word) {
        return None;
    }
    let ends = !rest[word.len()..].starts_with(char::is_alphanumeric);
    (ends || word == "%").then_some(gap + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What in `words` quotes the figure shown as `old`, which now is `new`.
    fn quoted<'w>(words: &'w str, old: &str, new: &str) -> Vec<&'w str> {
        let (old, new) = (numbers(old), numbers(new));
        let quotes = |own: &Number| own.quotes(&old[0], new.first());
        numbers(words)
            .iter()
            .filter(|own| quotes(own))
            .map(|own| &words[own.span.clone()])
            .collect()
    }

    #[test]
    fn a_sum_is_known_in_any_spelling() {
        let words = "About £1.66 million, that is £1,659,055 (1.66m; £1.7m, £1,660k, 1659055, £ 1,660,000, \
                     £1.659 million or 1,659,055.00), not £1.67 million, £1,659,056, £11,659,055, £1,659,055,000, \
                     £2 million, 659,055, 1659 or 1.66.";
        assert_eq!(
            quoted(words, "£1,659,055", "£1,223,290"),
            [
                "£1.66 million",
                "£1,659,055",
                "1.66m",
                "£1.7m",
                "£1,660k",
                "1659055",
                "£ 1,660,000",
                "£1.659 million",
                "1,659,055.00"
            ]
        );
    }

    #[test]
    fn a_rounding_that_is_still_true_is_not_stale() {
        assert_eq!(quoted("£1.7 million, £1.66 million", "£1,659,055", "£1,662,000"), [""; 0]);
        assert_eq!(quoted("£1.659m", "£1,659,055", "£1,662,000"), ["£1.659m"]);
    }

    #[test]
    fn posts_and_rates_are_known_by_their_unit() {
        let words = "34.4 FTE, 34.40 posts, 34 FTEs, 34.4 full-time equivalents; 34 people, 134.4 FTE, 34.41 FTE";
        let found = quoted(words, "34.40", "29.90");
        assert_eq!(found, ["34.40"], "without a unit digit for digit only");
        assert_eq!(
            quoted(words, "34.4 FTE", "29.9 FTE"),
            ["34.4 FTE", "34.40", "34 FTEs", "34.4 full-time equivalents"]
        );
        let words = "13.1%, 13 per cent, 13.1 percent, 13.10 %, 13pc; 13 people, 213.1%, 13.2%, 1.31%, section 13.1.2";
        assert_eq!(
            quoted(words, "13.1%", "11.8%"),
            ["13.1%", "13 per cent", "13.1 percent", "13.10 %", "13pc"]
        );
    }

    #[test]
    fn counts_are_known_by_what_they_count() {
        let words = "32 people in 32 rooms; 32 contracts, page 32, 2008/32, H-32, 32a";
        assert_eq!(quoted(words, "32 people are in post", "22 people are in post"), ["32"]);
        assert_eq!(quoted("4,300 a year", "4,300 applications", "4,100 applications"), ["4,300"]);
    }

    #[test]
    fn dates_and_counts_are_known_however_they_are_written() {
        let words =
            "Notice by 1 April 2010 (1/4/10, 1st Apr 2010), not by 11 April 2010 or in 2010.";
        let found = quoted(words, "1 April 2010", "1 July 2010");
        assert_eq!(found, ["1 April 2010", "1/4/10", "1st Apr 2010"]);
        let words =
            "Eleven systems, 11 systems, eleven contracts, one system, twenty-eleven and 11.";
        assert_eq!(
            quoted(words, "11 systems are listed", "12 systems are listed"),
            ["Eleven", "11"]
        );
        assert_eq!(quoted("nine systems", "Nine systems", "11 systems"), ["nine"]);
    }

    #[test]
    fn years_dates_references_and_clauses_are_no_numbers() {
        for words in ["2008/09", "REF1659055", "A4", "1.2.3", "10:30", "46B", "1st"] {
            assert_eq!(numbers(words), [], "{words}");
        }
        assert_eq!(numbers("(£412,205)").len(), 1);
        assert_eq!(numbers("1,2,3").len(), 0);
    }
}
