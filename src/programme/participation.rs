//! How each council takes part in a project.

use toml::de::DeValue;

use super::{Participation, Status, councils::Councils};
use crate::{
    english,
    settings::{Key, Table, Value, key, nearest, shown},
};

const OUT: &[Key] = &[
    key("status", "status = \"out\""),
    key("minute", "minute = \"Cabinet 45\""),
    key("date", "date = 2009-01-14"),
];

const STATUSES: [&str; 4] = ["in", "to_be_clarified", "optional", "out"];

/// How each council takes part, in the order of the programme.
pub(super) fn read(table: &Table<'_>, councils: &Councils) -> Vec<Participation> {
    let key = "participation";
    if !table.wants(key) {
        return vec![];
    }
    let entries = table.entries_of(key);
    let mut parts: Vec<Participation> = vec![];
    for (typed, at, value) in &entries {
        let found = councils.find(typed, table.notes, *at, &table.what);
        let status = status(table, typed, value);
        if let (Some(council), Some(status)) = (found, status) {
            parts.push(Participation { council: council.code.clone(), status });
        }
    }
    let rank = |code: &str| councils.list.iter().position(|council| &*council.code == code);
    parts.sort_by_key(|part| rank(&part.council));
    let counted = |part: &Participation| matches!(part.status, Status::In | Status::ToBeClarified);
    if parts.len() == entries.len() && !parts.iter().any(counted) {
        let example = table.example(key);
        let what = format!("no council takes part. At least one must be \"in\", as in: {example}");
        table.note(table.at(key), &what);
    }
    parts
}

fn status(table: &Table<'_>, council: &str, value: &Value<'_>) -> Option<Status> {
    let at = value.span().start;
    let written =
        format!("{council} = {{ status = \"out\", minute = \"Cabinet 45\", date = 2009-01-14 }}");
    let (word, details) = match value.get_ref() {
        DeValue::String(word) => (word.trim().to_owned(), None),
        DeValue::Table(details) => {
            let what = format!("{}, {council}", table.what);
            let details = Table::new(table.notes, what, at, details, OUT);
            (details.text("status"), Some(details))
        }
        other => {
            let what = format!("{council} is {}, but must be one of {}", shown(other), statuses());
            table.note(at, &what);
            return None;
        }
    };
    let status = match (&*word, &details) {
        ("in", _) => Status::In,
        ("to_be_clarified", _) => Status::ToBeClarified,
        ("optional", _) => Status::Optional,
        ("out", Some(details)) => {
            return Some(Status::Out {
                minute: details.text("minute"),
                date: details.date("date"),
            });
        }
        ("out", None) => {
            let what =
                format!("{council} is out, but not by which minute and when. Write: {written}");
            table.note(at, &what);
            return None;
        }
        ("", _) => return None,
        _ => {
            let advice = nearest(&word, STATUSES).map_or_else(
                || format!("It must be one of {}.", statuses()),
                |near| format!("Did you mean \"{near}\"?"),
            );
            table.note(at, &format!("{council} is \"{word}\". {advice}"));
            return None;
        }
    };
    if let Some(details) = details {
        for key in ["minute", "date"].into_iter().filter(|key| details.get(key).is_some()) {
            let what = format!(
                "{key} belongs only to a council that is \"out\". Delete it, or write: {written}"
            );
            details.note(details.at(key), &what);
        }
    }
    Some(status)
}

fn statuses() -> String {
    let quoted = STATUSES.map(|word| format!("\"{word}\""));
    english::list(&quoted)
}
