//! What is taken as what: from what stands in a cell to an answer of the kind the form asks for.
//!
//! Whatever is not plainly the value keeps what was typed beside it, so that a rule can ask.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::{Decimal, dec};

use super::{
    content::from_serial,
    fold,
    grid::{Content, Epoch},
};
use crate::{
    answer::{Fault, Held, Value},
    form::Kind,
    programme::Year,
};

/// What an answer may be chosen from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Choices<'a> {
    /// There is no list: any text will do.
    Any,
    Listed(&'a [&'static str]),
    Named(&'a [Choice]),
}

/// A choice that goes by several names.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// As the list spells it.
    pub(super) spelling: Arc<str>,
    pub(super) others: Vec<String>,
}

/// What is held, and what was typed where that is not plainly the value.
type Read = (Held, Option<Box<str>>);

/// Reads a cell as an answer of a kind.
pub(super) fn answer(
    content: Option<&Content>,
    kind: Kind,
    choices: Choices<'_>,
    epoch: Epoch,
) -> Read {
    let text = match content {
        None => return (Held::Blank, None),
        Some(Content::NotCalculated) => return fault(Fault::NotCalculated, None),
        Some(Content::Error(shown)) => return fault(Fault::ErrorValue, Some(shown)),
        Some(Content::Text(text)) if is_dash(text) => return (Held::Blank, None),
        Some(Content::Text(text)) if is_not_applicable(text) => {
            return (Held::NotApplicable, Some(Box::from(&**text)));
        }
        Some(other) => other,
    };
    match kind {
        Kind::Text => (Held::Value(Value::Text(shown(text))), None),
        Kind::Money | Kind::Fte | Kind::Dec | Kind::Pct | Kind::Int => number(text, kind),
        Kind::Date => date(text, epoch),
        Kind::Fy => year(text),
        Kind::Choice => choice(text, choices),
        Kind::Yn => yes_no(text, YES_NO),
        Kind::Ynu => yes_no(text, YES_NO_UNKNOWN),
        Kind::Multi => several(text, choices),
    }
}

const YES_NO: Choices<'_> = Choices::Listed(&["Yes", "No"]);

const YES_NO_UNKNOWN: Choices<'_> = Choices::Listed(&["Yes", "No", "Not known"]);

impl Choices<'_> {
    /// The choice that a text means, as its list spells it.
    fn find(self, text: &str) -> Option<Arc<str>> {
        match self {
            Choices::Any => None,
            Choices::Listed(options) => {
                let found = options.iter().find(|option| **option == text);
                let found =
                    found.or_else(|| options.iter().find(|option| fold::same(option, text)));
                found.map(|option| Arc::from(*option))
            }
            Choices::Named(choices) => {
                let is = |choice: &&Choice| {
                    let mut names = choice.others.iter().map(|name| &**name);
                    fold::same(&choice.spelling, text) || names.any(|name| fold::same(name, text))
                };
                choices.iter().find(is).map(|choice| Arc::clone(&choice.spelling))
            }
        }
    }

    /// Whether a comma parts two choices, or may stand within one.
    fn parted_by_commas(self) -> bool {
        match self {
            Choices::Any => false,
            Choices::Listed(options) => !options.iter().any(|option| option.contains(',')),
            Choices::Named(choices) => !choices.iter().any(|choice| choice.spelling.contains(',')),
        }
    }
}

/// A dash typed to say that there is nothing to say.
fn is_dash(text: &str) -> bool {
    text.chars().all(|letter| matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
}

fn is_not_applicable(text: &str) -> bool {
    text.len() <= 20
        && ["n/a", "na", "n.a.", "n.a", "n\\a", "not applicable"].contains(&&*fold::value(text))
}

/// The content of a cell as text.
pub(super) fn shown(content: &Content) -> Arc<str> {
    match content {
        Content::Text(text) | Content::Error(text) => Arc::clone(text),
        Content::Number { number, percent: true } => {
            Arc::from(format!("{}%", (number * dec!(100)).normalize()))
        }
        Content::Number { number, .. } => Arc::from(number.to_string()),
        Content::Date(date) => Arc::from(Value::Date(*date).to_string()),
        Content::YesNo(yes) => Arc::from(if *yes { "TRUE" } else { "FALSE" }),
        Content::NotCalculated => Arc::from(""),
    }
}

fn fault(fault: Fault, typed: Option<&str>) -> Read {
    (Held::Unreadable(fault), typed.map(Box::from))
}

fn number(content: &Content, kind: Kind) -> Read {
    let not_a_number = || fault(Fault::NotANumber, Some(&shown(content)));
    let (number, typed) = match content {
        Content::Number { number, percent: true } if kind == Kind::Pct => {
            ((number * dec!(100)).normalize(), Some(shown(content)))
        }
        Content::Number { number, .. } => (*number, None),
        Content::Text(text) => match number_as_typed(text, kind) {
            Some(number) => (number.normalize(), Some(Arc::clone(text))),
            None => return not_a_number(),
        },
        _ => return not_a_number(),
    };
    if kind == Kind::Int && !number.is_integer() || number.abs() >= dec!(10000000000000) {
        return not_a_number();
    }
    (Held::Value(Value::Number(number)), typed.map(|typed| Box::from(&*typed)))
}

/// Reads a number as people type it: "£12,500", "(1,200)", "12500-", "12.5k", "nil".
fn number_as_typed(text: &str, kind: Kind) -> Option<Decimal> {
    let lower = fold::value(text);
    if lower == "nil" {
        return Some(Decimal::ZERO);
    }
    let mut rest = &*lower;
    let mut negative = false;
    let mut scale = Decimal::ONE;
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (rest, negative) = (inner.trim(), true);
    } else if let Some(inner) = rest.strip_prefix("£(").and_then(|rest| rest.strip_suffix(')')) {
        (rest, negative) = (inner.trim(), true);
    }
    if kind == Kind::Money {
        if let Some(inner) = rest.strip_suffix("cr") {
            (rest, negative) = (inner.trim_end(), !negative);
        } else if let Some(inner) = rest.strip_suffix("dr") {
            rest = inner.trim_end();
        }
    }
    let mut signs = 0;
    if let Some(inner) = rest.strip_suffix('-') {
        (rest, negative, signs) = (inner.trim_end(), !negative, 1);
    }
    // A sign may stand before or after the £.
    for _ in 0..2 {
        if let Some(inner) = rest.strip_prefix('-') {
            (rest, negative, signs) = (inner.trim_start(), !negative, signs + 1);
        } else if let Some(inner) = rest.strip_prefix('+') {
            (rest, signs) = (inner.trim_start(), signs + 1);
        }
        if kind == Kind::Money {
            rest = rest.strip_prefix('£').or(rest.strip_prefix("gbp")).unwrap_or(rest).trim_start();
        }
    }
    if signs > 1 {
        return None;
    }
    match kind {
        Kind::Money => {
            if let Some(inner) = rest.strip_suffix('k') {
                (rest, scale) = (inner.trim_end(), dec!(1000));
            } else if let Some(inner) = rest.strip_suffix('m') {
                (rest, scale) = (inner.trim_end(), dec!(1000000));
            }
        }
        Kind::Pct => rest = rest.strip_suffix('%').unwrap_or(rest).trim_end(),
        _ => {}
    }
    let number = digits(rest)?.checked_mul(scale)?;
    Some(if negative { -number } else { number })
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
    if !in_threes || !plain(&whole) || !plain(part) || part.is_empty() || whole.len() > 13 {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    Decimal::from_str_exact(&format!("{whole}.{part}")).ok()
}

fn date(content: &Content, epoch: Epoch) -> Read {
    let (date, typed) = match content {
        Content::Date(date) => (Some(*date), None),
        Content::Number { number, percent: false } => {
            (from_serial(*number, epoch), Some(shown(content)))
        }
        Content::Text(text) => (date_as_typed(text), Some(Arc::clone(text))),
        _ => (None, Some(shown(content))),
    };
    match date.filter(|date| (1990..=2060).contains(&date.year())) {
        Some(date) => {
            let typed = typed.filter(|typed| **typed != Value::Date(date).to_string());
            (Held::Value(Value::Date(date)), typed.map(|typed| Box::from(&*typed)))
        }
        None => fault(Fault::NotADate, Some(&shown(content))),
    }
}

/// Reads a date as people type it, the day first: "31/03/2010", "31st March 2010", "2010-03-31".
fn date_as_typed(text: &str) -> Option<Date> {
    let lower = text.trim().to_lowercase();
    // A time of day says nothing more.
    let day = match lower.rsplit_once([' ', 't']) {
        Some((day, time)) if time.contains(':') => day.trim_end(),
        _ => &lower,
    };
    let words: Vec<&str> = day
        .split(|letter: char| {
            letter.is_whitespace()
                || matches!(letter, '/' | '-' | '.' | ',' | '\u{2010}'..='\u{2015}')
        })
        .filter(|word| !word.is_empty())
        .skip_while(|word| is_weekday(word))
        .filter(|word| *word != "of")
        .collect();
    let [first, second, third] = *words else { return None };
    let (day, month, year) = match (month(first), month(second)) {
        (None, Some(month)) => (ordinal(first)?, month, whole_year(third)?),
        (Some(month), None) => (ordinal(second)?, month, whole_year(third)?),
        (None, None) if first.len() == 4 => {
            (third.parse().ok()?, second.parse().ok()?, whole_year(first)?)
        }
        (None, None) => (first.parse().ok()?, second.parse().ok()?, whole_year(third)?),
        _ => return None,
    };
    Date::new(year, month, day).ok()
}

fn is_weekday(word: &str) -> bool {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && days.iter().any(|day| day.starts_with(word))
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = if word == "sept" { "sep" } else { word };
    let known = |month: &&str| word.len() >= 3 && month.starts_with(word);
    i8::try_from(MONTHS.iter().position(known)? + 1).ok()
}

/// "31" or "31st".
fn ordinal(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    digits.unwrap_or(word).parse().ok()
}

/// A year of four digits: two could mean either century.
fn whole_year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok())?
}

/// Reads a financial year. Excel makes the first of a month of "2010/11" when the cell is not one for text.
fn year(content: &Content) -> Read {
    let year = match content {
        Content::Text(text) => Year::parse(text),
        Content::Date(date) if date.day() == 1 => {
            Some(Year(date.year())).filter(|year| (year.0 + 1) % 100 == i16::from(date.month()))
        }
        _ => None,
    };
    let typed = shown(content);
    match year {
        Some(year) => {
            let text = year.to_string();
            let typed = (text != *typed).then(|| Box::from(&*typed));
            (Held::Value(Value::Text(Arc::from(text))), typed)
        }
        None => fault(Fault::NotADate, Some(&typed)),
    }
}

fn choice(content: &Content, choices: Choices<'_>) -> Read {
    let typed = shown(content);
    if let Choices::Any = choices {
        return (Held::Value(Value::Text(typed)), None);
    }
    match choices.find(&typed) {
        Some(choice) => {
            let typed = (!fold::same(&choice, &typed)).then(|| Box::from(&*typed));
            (Held::Value(Value::Text(choice)), typed)
        }
        None => fault(Fault::NotListed, Some(&typed)),
    }
}

fn yes_no(content: &Content, choices: Choices<'_>) -> Read {
    let typed = shown(content);
    let meant = match &*fold::value(&typed) {
        "y" | "true" => "Yes",
        "n" | "false" => "No",
        "unknown" | "don't know" => "Not known",
        _ => return choice(content, choices),
    };
    match choices.find(meant) {
        Some(choice) => (Held::Value(Value::Text(choice)), Some(Box::from(&*typed))),
        None => fault(Fault::NotListed, Some(&typed)),
    }
}

/// Reads several options of a list in one cell, with semicolons, new lines or, where no option has one, commas.
fn several(content: &Content, choices: Choices<'_>) -> Read {
    let typed = shown(content);
    let commas = choices.parted_by_commas();
    let mut options: Vec<Arc<str>> = Vec::new();
    if let Some(only) = choices.find(&typed) {
        return (Held::Value(Value::Many(vec![only])), None);
    }
    let parts = typed
        .split(|letter| matches!(letter, ';' | '\n') || commas && letter == ',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    for part in parts {
        let option = match (choices.find(part), choices) {
            (Some(option), _) => option,
            (None, Choices::Any) => Arc::from(part),
            (None, _) => return fault(Fault::NotListed, Some(&typed)),
        };
        if !options.contains(&option) {
            options.push(option);
        }
    }
    match options.is_empty() {
        true => (Held::Blank, None),
        false => (Held::Value(Value::Many(options)), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Content {
        Content::Text(Arc::from(text))
    }

    fn number(number: Decimal) -> Content {
        Content::Number { number, percent: false }
    }

    /// What is read, and in brackets what is kept as typed.
    fn read(content: &Content, kind: Kind, choices: Choices<'_>) -> String {
        let (held, typed) = answer(Some(content), kind, choices, Epoch::From1900);
        let held = match held {
            Held::Value(value) => value.to_string(),
            other => format!("{other:?}"),
        };
        match typed {
            Some(typed) => format!("{held} [{typed}]"),
            None => held,
        }
    }

    #[test]
    fn amounts_as_people_type_them() {
        let taken = [
            ("12500", "12500"),
            ("12,500", "12500"),
            ("£12,500 ", "12500"),
            ("£ 12 500.50", "12500.5"),
            ("12\u{a0}500", "12500"),
            ("(1,200)", "-1200"),
            ("£(1,200)", "-1200"),
            ("(£1,200)", "-1200"),
            ("12500-", "-12500"),
            ("-£12,500", "-12500"),
            ("£-12,500", "-12500"),
            ("−12500", "-12500"),
            ("12.5k", "12500"),
            ("£1.2m", "1200000"),
            ("1,200 CR", "-1200"),
            ("nil", "0"),
            ("NIL ", "0"),
            (".5", "0.5"),
        ];
        for (typed, amount) in taken {
            let read = read(&text(typed), Kind::Money, Choices::Any);
            assert_eq!(read, format!("{amount} [{typed}]"));
        }
        let refused = [
            "tbc",
            "..",
            "approx 5k",
            "see note",
            "Incl 134",
            "Cell 157",
            "12,5",
            "1,2500",
            "1.2.3",
            "£",
            "()",
            "12 50",
            "1e5",
            "12%",
            "--5",
            "-5-",
            "5 posts",
            "12500.",
            "99999999999999",
            "x",
        ];
        for typed in refused {
            let read = read(&text(typed), Kind::Money, Choices::Any);
            assert_eq!(read, format!("Unreadable(NotANumber) [{typed}]"));
        }
    }

    #[test]
    fn numbers_of_other_kinds() {
        let none = Choices::Any;
        let percent = Content::Number { number: dec!(0.125), percent: true };
        for (content, kind, expected) in [
            (number(dec!(12.5)), Kind::Money, "12.5"),
            (percent.clone(), Kind::Pct, "12.5 [12.5%]"),
            (percent, Kind::Dec, "0.125"),
            (number(dec!(0.125)), Kind::Pct, "0.125"),
            (text("12.5%"), Kind::Pct, "12.5 [12.5%]"),
            (text("12.5 %"), Kind::Pct, "12.5 [12.5 %]"),
            (text("3"), Kind::Int, "3 [3]"),
            (number(dec!(3.5)), Kind::Int, "Unreadable(NotANumber) [3.5]"),
            (text("5k"), Kind::Fte, "Unreadable(NotANumber) [5k]"),
            (Content::YesNo(true), Kind::Int, "Unreadable(NotANumber) [TRUE]"),
            (
                Content::Date(jiff::civil::date(2009, 3, 31)),
                Kind::Money,
                "Unreadable(NotANumber) [31/03/2009]",
            ),
        ] {
            assert_eq!(read(&content, kind, none), expected);
        }
    }

    #[test]
    fn blanks_are_told_apart() {
        let none = Choices::Any;
        for kind in [Kind::Money, Kind::Text, Kind::Date, Kind::Choice] {
            assert_eq!(answer(None, kind, none, Epoch::From1900), (Held::Blank, None));
            for dash in ["-", "–", "—", "--"] {
                assert_eq!(read(&text(dash), kind, none), "Blank");
            }
            for not in ["n/a", "N/A", "N / A", "Not applicable", "n.a."] {
                assert_eq!(read(&text(not), kind, none), format!("NotApplicable [{not}]"));
            }
            assert_eq!(read(&Content::NotCalculated, kind, none), "Unreadable(NotCalculated)");
            let error = Content::Error(Arc::from("#REF!"));
            assert_eq!(read(&error, kind, none), "Unreadable(ErrorValue) [#REF!]");
        }
    }

    #[test]
    fn dates_as_people_type_them() {
        let none = Choices::Any;
        let taken = [
            "31/3/2010",
            "31.03.2010",
            "31-03-2010",
            "31 March 2010",
            "31st March 2010",
            "31 Mar 2010",
            "31-Mar-2010",
            "2010-03-31",
            "2010-03-31T00:00:00",
            "31/03/2010 00:00:00",
            "March 31, 2010",
            "Wednesday 31 March 2010",
            "31st of march, 2010",
        ];
        for typed in taken {
            assert_eq!(read(&text(typed), Kind::Date, none), format!("31/03/2010 [{typed}]"));
        }
        assert_eq!(read(&text("31/03/2010"), Kind::Date, none), "31/03/2010");
        assert_eq!(read(&number(dec!(40268)), Kind::Date, none), "31/03/2010 [40268]");
        let refused = [
            "31/03/10",
            "Mar-18",
            "March 2010",
            "03/31/2010",
            "31/02/2010",
            "31/03/1066",
            "31/03/2099",
            "ongoing",
            "2010",
            "spring 2010",
            "1/2",
            "",
        ];
        for typed in refused {
            let read = read(&text(typed), Kind::Date, none);
            assert!(
                read.starts_with("Unreadable(NotADate)") || typed.is_empty(),
                "{typed}: {read}"
            );
        }
        let late = Content::Date(jiff::civil::date(9999, 12, 31));
        assert_eq!(read(&late, Kind::Date, none), "Unreadable(NotADate) [31/12/9999]");
    }

    #[test]
    fn a_financial_year_is_spelled_one_way() {
        let none = Choices::Any;
        assert_eq!(read(&text("2008/09"), Kind::Fy, none), "2008/09");
        assert_eq!(read(&text("2008-09"), Kind::Fy, none), "2008/09 [2008-09]");
        assert_eq!(read(&text("2008/2009"), Kind::Fy, none), "2008/09 [2008/2009]");
        let made_by_excel = Content::Date(jiff::civil::date(2010, 11, 1));
        assert_eq!(read(&made_by_excel, Kind::Fy, none), "2010/11 [01/11/2010]");
        assert_eq!(read(&number(dec!(2010)), Kind::Fy, none), "Unreadable(NotADate) [2010]");
        assert_eq!(read(&text("2008/10"), Kind::Fy, none), "Unreadable(NotADate) [2008/10]");
    }

    #[test]
    fn a_choice_is_spelled_as_its_list_spells_it() {
        let choices = Choices::Listed(&["1–2 years", "Not known"]);
        assert_eq!(read(&text("1 - 2 YEARS"), Kind::Choice, choices), "1–2 years");
        assert_eq!(read(&text("soon"), Kind::Choice, choices), "Unreadable(NotListed) [soon]");
        let others = ["Thanet", "Thanet District Council"].map(str::to_owned).to_vec();
        let thanet = [Choice { spelling: Arc::from("THA"), others }];
        let councils = Choices::Named(&thanet);
        assert_eq!(read(&text("thanet"), Kind::Choice, councils), "THA [thanet]");
        let none = Choices::Any;
        assert_eq!(read(&text("yes"), Kind::Yn, none), "Yes");
        assert_eq!(read(&text("y"), Kind::Yn, none), "Yes [y]");
        assert_eq!(read(&Content::YesNo(false), Kind::Yn, none), "No [FALSE]");
        assert_eq!(read(&text("not known"), Kind::Yn, none), "Unreadable(NotListed) [not known]");
        assert_eq!(read(&text("Unknown"), Kind::Ynu, none), "Not known [Unknown]");
    }

    #[test]
    fn several_choices_stand_in_one_cell() {
        let choices = Choices::Listed(&["UNISON", "GMB", "s.1 LA(Goods and Services) Act 1970"]);
        for typed in
            ["unison; GMB", "UNISON;GMB;", "UNISON\nGMB", "Unison, gmb", "UNISON; GMB; Unison"]
        {
            assert_eq!(read(&text(typed), Kind::Multi, choices), "UNISON; GMB");
        }
        assert_eq!(
            read(&text("UNISON; other"), Kind::Multi, choices),
            "Unreadable(NotListed) [UNISON; other]"
        );
        let with_comma = Choices::Listed(&["Sick, paid", "Sick"]);
        assert_eq!(read(&text("Sick, paid"), Kind::Multi, with_comma), "Sick, paid");
    }

    #[test]
    fn text_is_what_was_typed() {
        let none = Choices::Any;
        assert_eq!(read(&text("Nil, see £12,500"), Kind::Text, none), "Nil, see £12,500");
        assert_eq!(read(&number(dec!(9.2)), Kind::Text, none), "9.2");
    }
}
