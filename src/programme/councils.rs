//! The councils of programme.toml, and names that are safe as parts of file names.

use std::iter;

use super::{Code, Council};
use crate::{
    english,
    settings::{Key, Notes, Table, fold, key, nearest, quoted},
};

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
pub(super) struct Councils {
    pub(super) list: Vec<Council>,
    /// Codes that cannot stand, or that several councils have; `""` if one is missing.
    unsound: Vec<Code>,
}

pub(super) fn read(root: &Table<'_>, tables: &[Table<'_>], population: &Population) -> Councils {
    let mut councils = Councils { list: vec![], unsound: vec![] };
    for table in tables {
        let (code, sound) = code(table, "brief");
        let council = Council {
            code: code.clone(),
            name: table.text("name"),
            full_name: table.text("full_name"),
            aliases: table.texts("aliases"),
            population: table.whole("population", 99_999_999),
            population_year: population.year.clone(),
            population_source: population.source.clone(),
        };
        let keys = ["code", "name", "full_name"].into_iter().chain(iter::repeat("aliases"));
        for (name, key) in names(&council).zip(keys) {
            let same = |other: &&Council| names(other).any(|taken| fold(taken) == fold(name));
            let other = councils.list.iter().filter(|_| !name.is_empty()).find(same);
            if let Some(other) = other {
                let advice =
                    "Give each council names of its own, so that their returns are told apart.";
                let other = if other.code == code { "another council" } else { &*other.name };
                let what = format!("{key} \"{name}\" stands for {other} already. {advice}");
                table.note(table.at(key), &what);
            }
        }
        if !sound || councils.list.iter().any(|other| other.code == code) {
            councils.unsound.push(code);
        }
        councils.list.push(council);
    }
    if tables.is_empty() || root.is_misspelt("council") {
        councils.unsound.push(Code::from(""));
    }
    councils
}

/// The code of a council or project, part of the names of files and forms; and whether it can stand.
pub(super) fn code(table: &Table<'_>, kept: &str) -> (Code, bool) {
    let code = Code::from(table.text("code"));
    let plain = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    let fault = if code.is_empty() {
        return (code, false);
    } else if !code.chars().all(plain) || code.len() > 8 {
        "A code has one to eight capital letters or digits"
    } else if is_reserved(&code) || code.eq_ignore_ascii_case(kept) {
        "It is part of file names, and this word is kept for something else; choose another"
    } else {
        return (code, true);
    };
    let example = table.example("code");
    let what = format!("\"{}\" cannot be its code. {fault}, as in: {example}", quoted(&code));
    table.note(table.at("code"), &what);
    (code, false)
}

/// Whether Windows keeps a name for itself, so that no file or folder can have it.
pub(super) fn is_reserved(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = |device: &str| {
        name.strip_prefix(device).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']))
    };
    ["con", "prn", "aux", "nul"].contains(&&*name) || numbered("com") || numbered("lpt")
}

impl Councils {
    /// The council of a code that programme.toml uses; `None`, with a note, if there is none.
    pub(super) fn find(
        &self,
        typed: &str,
        notes: &Notes<'_>,
        at: usize,
        what: &str,
    ) -> Option<&Council> {
        let found = self.list.iter().find(|council| &*council.code == typed);
        if found.is_some() {
            return found;
        }
        let names =
            || self.list.iter().flat_map(|council| names(council).map(move |name| (name, council)));
        let called =
            names().find(|(name, _)| fold(name) == fold(typed)).map(|(_, council)| council);
        let near = || nearest(typed, names().map(|(name, _)| name));
        let near = || near().and_then(|near| names().find(|(name, _)| *name == near));
        let meant = called.or_else(|| near().map(|(_, council)| council));
        let codes: Vec<&str> = self.list.iter().map(|council| &*council.code).collect();
        let advice = match meant {
            // What is said of that council's code already explains this.
            Some(council) if self.unsound.contains(&council.code) => return None,
            Some(council) => format!("Did you mean {}?", council.code),
            None if self.unsound.is_empty() => {
                format!("The councils are {}.", english::list(&codes))
            }
            None => return None,
        };
        let typed = quoted(typed);
        notes.add(at, &format!("{what}: there is no council with the code \"{typed}\". {advice}"));
        None
    }
}

/// Every name by which a council may be called.
fn names(council: &Council) -> impl Iterator<Item = &str> {
    let own = [&*council.code, &council.name, &council.full_name];
    own.into_iter().chain(council.aliases.iter().map(String::as_str))
}
