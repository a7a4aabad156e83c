//! Numbers that are spelt out, and dates as people in Britain write them.

use std::ops::Range;

use crate::english;

/// The first is two: "one" and "a" stand before too much that is no figure.
const UNITS: [&str; 18] = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Words that may follow a number and do not say what is counted, each without an s at its end.
const NO_NOUNS: [&str; 20] = [
    "of", "are", "i", "and", "or", "in", "per", "more", "were", "wa", "have", "ha", "with", "at",
    "to", "for", "other", "further", "council", "the",
];

/// A number in words, and what it counts.
pub(super) struct Count {
    pub span: Range<usize>,
    pub value: i128,
    pub noun: String,
    pub noun_end: usize,
}

/// What is counted, in the singular; nothing where the word does not say it.
pub(super) fn noun(word: &str) -> String {
    let word = word.to_lowercase();
    let noun = word.trim_end_matches('s');
    if NO_NOUNS.contains(&noun) { String::new() } else { noun.to_owned() }
}

/// Numbers of two and more in words, each with what it counts: "eleven systems".
pub(super) fn counts(text: &str) -> Vec<Count> {
    let mut found = vec![];
    let mut words = words(text).peekable();
    while let Some(word) = words.next() {
        let Some(value) = value(&text[word.clone()]) else { continue };
        let Some(next) = words.peek() else { continue };
        // What is counted follows after a space, and not behind a stop.
        if text[word.end..next.start].chars().any(|char| !matches!(char, ' ' | '\u{a0}')) {
            continue;
        }
        let noun = noun(&text[next.clone()]);
        if !noun.is_empty() {
            found.push(Count { span: word, value, noun, noun_end: next.end });
        }
    }
    found
}

/// The words of a text, those with hyphens as one.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_letter = |char: char| char.is_alphabetic() || char == '-';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let length = text[start..].find(|char| !is_letter(char)).unwrap_or(text.len() - start);
        at = start + length;
        Some(start..at)
    })
}

fn value(word: &str) -> Option<i128> {
    // Most words are none, and need not be copied.
    if !(3..=13).contains(&word.len()) {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let at = |list: &[&str], word: &str| list.iter().position(|own| *own == word);
    let unit = |word: &str| match word {
        "one" => Some(1),
        _ => at(&UNITS[..8], word).map(|at| at + 2),
    };
    let ten = |word: &str| at(&TENS, word).map(|at| (at + 2) * 10);
    let value = match word.split_once('-') {
        Some((tens, units)) => ten(tens)? + unit(units)?,
        None => ten(&word).or_else(|| at(&UNITS, &word).map(|at| at + 2))?,
    };
    i128::try_from(value).ok()
}

/// A date that begins at a digit, as 20100401, and where it ends: "1 April 2010", "1st of April 2010", "1 Apr. 2010",
/// "1/4/2010", "01.04.10", "1-4-2010", "2010-04-01".
pub(super) fn date(text: &str, start: usize) -> Option<(usize, i128)> {
    let before = text[..start].chars().next_back().unwrap_or(' ');
    if before.is_alphanumeric() || matches!(before, '/' | '.' | ',' | '-' | '£' | '_') {
        return None;
    }
    let (first, rest) = digits(&text[start..])?;
    let (day, month, year, rest) = match rest.chars().next()? {
        '-' if first.len() == 4 => {
            let (month, rest) = digits(&rest[1..])?;
            let (day, rest) = digits(rest.strip_prefix('-')?)?;
            (number(day)?, number(month)?, number(first)?, rest)
        }
        mark @ ('/' | '.' | '-') => {
            let (month, rest) = digits(&rest[1..])?;
            let (year, rest) = digits(rest.strip_prefix(mark)?)?;
            (number(first)?, number(month)?, full(year)?, rest)
        }
        _ => spelt(first, rest)?,
    };
    let goes_on = rest.starts_with(|char: char| char.is_alphanumeric());
    let more = rest
        .strip_prefix(['/', '.', '-'])
        .is_some_and(|more| more.starts_with(|char: char| char.is_ascii_digit()));
    let fits = (1..=31).contains(&day) && (1..=12).contains(&month) && (1900..2200).contains(&year);
    (fits && !goes_on && !more)
        .then(|| (text.len() - rest.len(), i128::from(year * 10_000 + month * 100 + day)))
}

/// A date with its month in letters. A year of two digits has an apostrophe: "Apr ’10".
fn spelt<'t>(day: &str, rest: &'t str) -> Option<(u32, u32, u32, &'t str)> {
    let rest =
        ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    let rest = space(rest)?;
    let rest = rest.strip_prefix("of").and_then(space).unwrap_or(rest);
    let length = rest.find(|char: char| !char.is_ascii_alphabetic())?;
    let month = english::month(&rest[..length])?;
    let rest = rest[length..].trim_start_matches(['.', ',']);
    let rest = space(rest)?;
    let short = rest.strip_prefix(['’', '\'']);
    let (year, rest) = digits(short.unwrap_or(rest))?;
    let wanted = if short.is_some() { 2 } else { 4 };
    let year = full(year).filter(|_| year.len() == wanted)?;
    Some((number(day)?, u32::try_from(month).ok()?, year, rest))
}

/// What is behind a space or two; none where there is none.
fn space(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    (rest.len() < text.len()).then_some(rest)
}

/// The digits at the beginning of a text, at most four, and the rest.
fn digits(text: &str) -> Option<(&str, &str)> {
    let length = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    (1..=4).contains(&length).then(|| text.split_at(length))
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

/// A year in full.
fn full(digits: &str) -> Option<u32> {
    match digits.len() {
        2 => Some(2000 + number(digits)?),
        4 => number(digits),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_known_in_any_spelling() {
        for typed in [
            "1 April 2010",
            "1st April 2010",
            "1st of April 2010",
            "01 Apr 2010",
            "1 Apr. 2010",
            "1\u{a0}April\u{a0}2010",
            "1 April, 2010",
            "1 APRIL 2010",
            "1/4/2010",
            "01/04/10",
            "1.4.2010",
            "1-4-2010",
            "2010-04-01",
            "1 Apr ’10",
        ] {
            let found = date(typed, 0);
            assert_eq!(found, Some((typed.len(), 20_100_401)), "{typed}");
        }
        for typed in [
            "1 April",
            "2008/09",
            "1 Apr 10",
            "1.2.3",
            "32/1/2010",
            "1/13/2010",
            "10:30",
            "1.4.2010.5",
            "12 may",
            "3 mayors 2010",
            "1 000 2010",
        ] {
            assert_eq!(date(typed, 0), None, "{typed}");
        }
    }

    #[test]
    fn what_is_counted_in_words_is_read_with_its_noun() {
        let of = |text| -> Vec<(i128, String)> {
            counts(text).into_iter().map(|own| (own.value, own.noun)).collect()
        };
        let found = of("Eleven systems, twenty-one contracts and thirty\u{a0}posts.");
        let wanted = [(11, "system"), (21, "contract"), (30, "post")];
        assert_eq!(found, wanted.map(|(value, noun)| (value, noun.to_owned())));
        assert_eq!(
            of("One system, two of the four councils; three. Systems: ten, often, tenders."),
            []
        );
    }
}
