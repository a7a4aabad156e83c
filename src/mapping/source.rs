//! Where one answer stands, as a line of a mapping says.

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::de::DeValue;

use super::{At, Source, Unit, reading::line};
use crate::{
    english,
    form::{Field, Kind, Options},
    place::{self, Cell},
    programme::{Programme, Project},
    settings::{Key, Table, Value, fold, key, nearest, quoted},
};

/// Where a line stands, and so what it may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Cells,
    Rows,
}

pub(super) const CELL: &[Key] = &[
    key("beside", "beside = \"Applications received\""),
    key("under", "under = \"2008/09\""),
    key("cell", "cell = \"C4\""),
    key("always", "always = \"Yes\""),
    key("unit", "unit = \"£000\""),
    key("turn_sign", "turn_sign = true"),
    key("values", "values = { Perm = \"Permanent\" }"),
];

pub(super) const COLUMN: &[Key] = &[
    key("heading", "heading = \"Post No\""),
    key("column", "column = \"C\""),
    key("always", "always = \"100\""),
    key("unit", "unit = \"£000\""),
    key("turn_sign", "turn_sign = true"),
    key("values", "values = { Perm = \"Permanent\" }"),
];

const UNITS: [Unit; 3] = [Unit::One, Unit::Thousands, Unit::Millions];

/// A heading or label in quotation marks, or more in curly brackets.
pub(super) fn read(
    table: &Table<'_>,
    place: Place,
    name: &str,
    value: &Value<'_>,
) -> Option<Source> {
    let plain = |at: At| Source {
        at,
        unit: Unit::One,
        turn_sign: false,
        values: vec![],
        line: line(table, value.span().start),
    };
    let keys = match place {
        Place::Cells => CELL,
        Place::Rows => COLUMN,
    };
    if !value.get_ref().is_table() {
        let text = table.as_text(name, value)?;
        return Some(plain(match place {
            Place::Cells => At::Beside(text, None),
            Place::Rows => At::Heading(text),
        }));
    }
    let inner = table.inner(name, value, format!("{}, {name}", table.what), keys)?;
    let given = ["heading", "column", "beside", "cell", "always"];
    let given: Vec<&str> = given.into_iter().filter(|key| inner.get(key).is_some()).collect();
    let [which] = *given else {
        let ways: Vec<&str> =
            keys.iter().map(|key| key.name).take_while(|key| *key != "unit").collect();
        let ways: Vec<&str> = ways.into_iter().filter(|way| *way != "under").collect();
        let ways = english::list(&ways).replace(" and ", " or ");
        inner.note(inner.at, &format!("it must say where to look, once: by {ways}."));
        return None;
    };
    let at = match which {
        "heading" => At::Heading(inner.text_if_given("heading")?),
        "column" => At::Column(column(&inner)?),
        "beside" => At::Beside(inner.text_if_given("beside")?, inner.text_if_given("under")),
        "cell" => At::Cell(cell(&inner)?),
        _ => At::Always(always(&inner)?),
    };
    if inner.get("under").is_some() && which != "beside" {
        inner.note(
            inner.at("under"),
            "under goes with beside: the answer stands right of one text and under the other.",
        );
    }
    let values = inner.entries_of("values").into_iter();
    let values = values
        .filter_map(|(theirs, _, ours)| Some((theirs.to_owned(), inner.as_text("values", ours)?)));
    Some(Source {
        unit: unit(&inner),
        turn_sign: inner.yes("turn_sign"),
        values: values.collect(),
        ..plain(at)
    })
}

/// Notes what does not go with the kind of answer.
pub(super) fn fits(
    table: &Table<'_>,
    at: usize,
    source: &Source,
    field: &'static Field,
    programme: &Programme,
    project: Option<&Project>,
) {
    let name = field.name;
    if source.unit != Unit::One && field.kind != Kind::Money {
        table.note(
            at,
            &format!("{name} is not an amount of money, so it has no unit {}.", source.unit.word()),
        );
    }
    if source.turn_sign && !field.kind.is_number() {
        table.note(at, &format!("{name} is not a number, so its sign cannot be turned."));
    }
    let ours = source.values.iter().map(|(_, ours)| ours);
    let constant = match &source.at {
        At::Always(constant) => Some(constant),
        _ => None,
    };
    for text in ours.chain(constant) {
        if let Some(fault) = fault(text, field, programme, project) {
            table.note(at, &format!("{name} cannot be \"{}\". {fault}", quoted(text)));
        }
    }
}

/// Why a text is no answer to a question.
fn fault(
    text: &str,
    field: &Field,
    programme: &Programme,
    project: Option<&Project>,
) -> Option<String> {
    if field.kind.is_number() {
        let Ok(number) = text.replace([',', '£'], "").parse::<Decimal>() else {
            return Some(String::from("It must be a number."));
        };
        let outside =
            field.min.is_some_and(|min| number < min) || field.max.is_some_and(|max| number > max);
        return outside.then(|| String::from("It is outside what the form allows."));
    }
    if field.kind == Kind::Date {
        let british = || Date::strptime("%d/%m/%Y", text).is_err();
        return (text.parse::<Date>().is_err() && british())
            .then(|| String::from("It must be a date as dd/mm/yyyy."));
    }
    let options: Vec<String> = match (field.options, field.kind) {
        (Options::Listed(options), _) => options.iter().map(|own| (*own).to_owned()).collect(),
        (Options::Of(list), _) => programme.list(list, project),
        (Options::None, Kind::Yn) => vec!["Yes".into(), "No".into()],
        (Options::None, Kind::Ynu) => vec!["Yes".into(), "No".into(), "Not known".into()],
        _ => return None,
    };
    let given: Vec<&str> = match field.kind {
        Kind::Multi => text.split(';').collect(),
        _ => vec![text],
    };
    let wrong =
        given.into_iter().find(|given| !options.iter().any(|own| fold(own) == fold(given)))?;
    if options.is_empty() {
        return None;
    }
    Some(match nearest(wrong, options.iter().map(String::as_str)) {
        Some(near) => format!("Did you mean \"{near}\"?"),
        None => format!("It must be one of: {}.", options.join("; ")),
    })
}

fn unit(inner: &Table<'_>) -> Unit {
    let Some(word) = inner.text_if_given("unit") else { return Unit::One };
    let found = UNITS.into_iter().find(|unit| unit.word().eq_ignore_ascii_case(&word));
    found.unwrap_or_else(|| {
        inner.note(
            inner.at("unit"),
            &format!("unit is \"{}\", but must be £, £000 or £m.", quoted(&word)),
        );
        Unit::One
    })
}

fn column(inner: &Table<'_>) -> Option<u32> {
    let text = inner.text_if_given("column")?;
    let column = place::cell(&format!("{text}1")).map(|cell| cell.column);
    if column.is_none() {
        inner.note(
            inner.at("column"),
            &format!(
                "\"{}\" is no column. Write its letters, as in: column = \"C\"",
                quoted(&text)
            ),
        );
    }
    column
}

fn cell(inner: &Table<'_>) -> Option<Cell> {
    let text = inner.text_if_given("cell")?;
    let cell = place::cell(&text);
    if cell.is_none() {
        inner.note(
            inner.at("cell"),
            &format!("\"{}\" is no cell. Write it as in: cell = \"C4\"", quoted(&text)),
        );
    }
    cell
}

/// What is the same everywhere, as it would be typed.
fn always(inner: &Table<'_>) -> Option<String> {
    let value = inner.get("always")?;
    match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Some(String::from(if *yes { "Yes" } else { "No" })),
        DeValue::Datetime(_) => {
            inner.as_date("always", value).map(|date| date.strftime("%d/%m/%Y").to_string())
        }
        _ => inner.as_text("always", value),
    }
}
