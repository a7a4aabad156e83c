//! The table, line by line, and lists that programme.toml holds.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::*;

const KINDS: [(&str, Kind); 10] = [
    ("money", Kind::Money),
    ("pct", Kind::Pct),
    ("int", Kind::Int),
    ("fte", Kind::Fte),
    ("dec", Kind::Dec),
    ("date", Kind::Date),
    ("fy", Kind::Fy),
    ("yn", Kind::Yn),
    ("ynu", Kind::Ynu),
    ("text", Kind::Text),
];

#[test]
fn every_line_of_the_table_is_read_as_it_says() {
    let table = include_str!("table.txt");
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut seen = BTreeSet::new();
    for line in lines {
        let [kind, cell, expected] =
            line.splitn(3, '|').map(str::trim).collect::<Vec<_>>().try_into().unwrap();
        let kinds = KINDS.iter().filter(|(word, _)| kind == "any" || *word == kind);
        let content = content(cell);
        for (word, kind) in kinds {
            let (held, typed) = answer(Some(&content), *kind, Choices::Any, Epoch::From1900);
            assert_eq!(read_as(&held, typed.as_deref()), expected, "{line}");
            assert!(seen.insert((*word, cell)), "{line} stands there twice");
        }
    }
    let kinds: BTreeSet<&str> = seen.iter().map(|(kind, _)| *kind).collect();
    assert_eq!((seen.len() > 250, kinds.len()), (true, KINDS.len()), "{}", seen.len());
}

fn content(cell: &str) -> Content {
    if let Some(typed) = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let typed = typed.replace("\\u{a0}", "\u{a0}").replace("\\u{2009}", "\u{2009}");
        return Content::Text(Arc::from(typed));
    }
    match cell.split_once(' ').unwrap_or((cell, "")) {
        ("number", number) => Content::Number { number: decimal(number), percent: false },
        ("percent", number) => Content::Number { number: decimal(number), percent: true },
        ("date", date) => Content::Date(date.parse().unwrap()),
        ("truth", truth) => Content::YesNo(truth == "TRUE"),
        ("error", shown) => Content::Error(Arc::from(shown)),
        ("formula", "") => Content::NotCalculated,
        _ => panic!("no such cell: {cell}"),
    }
}

fn decimal(number: &str) -> Decimal {
    number.parse().unwrap()
}

fn read_as(held: &Held, typed: Option<&str>) -> String {
    match held {
        Held::Value(value) if typed.is_some() => format!("{value}, noted"),
        Held::Value(value) => value.to_string(),
        Held::Blank => String::from("blank"),
        Held::NotApplicable => String::from("not applicable"),
        Held::Unreadable(fault) => String::from(match fault {
            Fault::NotANumber => "not a number",
            Fault::NotADate => "not a date",
            Fault::NotListed => "not listed",
            Fault::NotCalculated => "not calculated",
            Fault::ErrorValue => "an error value",
            Fault::Conflict(_) => "a conflict",
        }),
        Held::Refused(_) => String::from("refused"),
    }
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

fn text(text: &str) -> Content {
    Content::Text(Arc::from(text))
}

#[test]
fn a_serial_counts_from_the_day_of_its_workbook() {
    let serial = Content::Number { number: decimal("38806"), percent: false };
    let day = |epoch| answer(Some(&serial), Kind::Date, Choices::Any, epoch).0;
    let date = |year, month, day| Held::Value(Value::Date(jiff::civil::date(year, month, day)));
    assert_eq!(day(Epoch::From1904), date(2010, 3, 31));
    assert_eq!(day(Epoch::From1900), date(2006, 3, 30));
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
}

#[test]
fn several_choices_stand_in_one_cell() {
    let choices = Choices::Listed(&["UNISON", "GMB", "s.1 LA(Goods and Services) Act 1970"]);
    for typed in ["unison; GMB", "UNISON;GMB;", "UNISON\nGMB", "Unison, gmb", "UNISON; GMB; Unison"]
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
