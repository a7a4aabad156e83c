//! The councils of programme.toml, and names that are safe as parts of file names.

use super::{
    Code, Council,
    mistakes::{Notes, fold, nearest},
    table::{Key, Table, key},
};
use crate::english;

pub(super) const KEYS: &[Key] = &[
    key("code", "code = \"THA\""),
    key("name", "name = \"Thanet\""),
    key("full_name", "full_name = \"Thanet District Council\""),
    key("aliases", "aliases = [\"Thanet DC\", \"TDC\"]"),
    key("population", "population = 131_750"),
];

/// Whose population figures these are; the same for all councils, so that they can be compared.
pub(super) struct Population {
    pub(super) year: String,
    pub(super) source: String,
}

/// The councils, in the order of the file.
pub(super) fn read(tables: &[Table<'_>], population: &Population) -> Vec<Council> {
    let mut councils: Vec<Council> = vec![];
    // Every name by which a council may be called, folded, with the code of its council.
    let mut names: Vec<(String, String)> = vec![];
    for table in tables {
        let council = Council {
            code: code(table, "brief"),
            name: table.text("name"),
            full_name: table.text("full_name"),
            aliases: table.texts("aliases"),
            population: table.whole("population"),
            population_year: population.year.clone(),
            population_source: population.source.clone(),
        };
        let own = [&*council.code, &council.name, &council.full_name].map(String::from);
        let keys = ["code", "name", "full_name"].into_iter().chain(["aliases"].into_iter().cycle());
        for (name, key) in own.iter().chain(&council.aliases).zip(keys) {
            let other = names.iter().find(|(known, _)| !name.is_empty() && *known == fold(name));
            if let Some((_, other)) = other {
                let advice = "Give each council names of its own, so that a return cannot be taken for another's.";
                table.note(
                    table.at(key),
                    &format!("\"{name}\" already stands for council {other}. {advice}"),
                );
            }
        }
        let code = council.code.to_string();
        names.extend(own.iter().chain(&council.aliases).map(|name| (fold(name), code.clone())));
        councils.push(council);
    }
    councils
}

/// The code of a council or project: part of the names of files and forms.
pub(super) fn code(table: &Table<'_>, kept: &str) -> Code {
    let text = table.text("code");
    let plain = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    if text.is_empty() {
        return Code::from("");
    }
    let fault = if !text.chars().all(plain) || text.len() > 8 {
        Some("A code has one to eight capital letters or digits")
    } else if is_reserved(&text) || text.eq_ignore_ascii_case(kept) {
        Some("It is part of file names, and a file cannot have this name")
    } else {
        None
    };
    if let Some(fault) = fault {
        let example = table.example("code");
        table.note(
            table.at("code"),
            &format!("\"{text}\" cannot be its code. {fault}, as in: {example}"),
        );
    }
    Code::from(text)
}

/// Whether Windows keeps a name for itself, so that no file or folder can have it.
pub(super) fn is_reserved(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = |device: &str| {
        name.strip_prefix(device).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']))
    };
    ["con", "prn", "aux", "nul"].contains(&&*name) || numbered("com") || numbered("lpt")
}

/// The council of a code that programme.toml uses; `None`, with a note, if there is none.
pub(super) fn find<'c>(
    councils: &'c [Council],
    typed: &str,
    notes: &Notes<'_>,
    at: usize,
    what: &str,
) -> Option<&'c Council> {
    let found = councils.iter().find(|council| &*council.code == typed);
    if found.is_none() {
        let called = councils.iter().find(|council| {
            let names = [&*council.code, &council.name, &council.full_name];
            let aliases = council.aliases.iter().map(String::as_str);
            names.into_iter().chain(aliases).any(|name| fold(name) == fold(typed))
        });
        let codes = || councils.iter().map(|council| &*council.code);
        let meant = called.map(|council| &*council.code).or_else(|| nearest(typed, codes()));
        let advice = match meant {
            Some(code) => format!("Did you mean {code}?"),
            None => format!("The councils are {}.", english::list(&Vec::from_iter(codes()))),
        };
        notes.add(at, format!("{what}: there is no council with the code \"{typed}\". {advice}"));
    }
    found
}
