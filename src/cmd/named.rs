//! Councils and projects as people name them in arguments.

use anyhow::{Result, bail};
use lathe::{
    english,
    programme::{Code, Council, Programme, Project},
};

/// A council by its code, name, full name or alias.
///
/// # Errors
/// That there is none, with the one probably meant.
pub(super) fn council<'a>(programme: &'a Programme, name: &str) -> Result<&'a Council> {
    if let Some(council) = programme.recognise(name) {
        return Ok(council);
    }
    match programme.nearest_council(name) {
        Some(near) => {
            bail!("there is no council {name} in programme.toml. Did you mean {}?", near.code)
        }
        None => {
            let codes: Vec<&str> = programme.councils.iter().map(|own| &*own.code).collect();
            bail!("there is no council {name} in programme.toml; it has {}", english::list(&codes))
        }
    }
}

/// A project by its code or title.
///
/// # Errors
/// That there is none.
pub(super) fn project<'a>(programme: &'a Programme, name: &str) -> Result<&'a Project> {
    let project = subject(programme, name)?;
    match programme.members(project) {
        [_] => Ok(project),
        all => {
            let codes: Vec<&str> = all.iter().map(|own| &*own.code).collect();
            bail!("{} is a case over {}; name these instead", project.code, english::list(&codes))
        }
    }
}

/// A project, or a case over several, by its code or title.
///
/// # Errors
/// That there is none.
pub(super) fn subject<'a>(programme: &'a Programme, name: &str) -> Result<&'a Project> {
    let is =
        |own: &&Project| [&*own.code, &own.title].iter().any(|own| own.eq_ignore_ascii_case(name));
    if let Some(subject) = programme.subjects().find(is) {
        return Ok(subject);
    }
    let codes: Vec<&str> = programme.subjects().map(|own| &*own.code).collect();
    bail!("there is no project {name} in programme.toml; it has {}", english::list(&codes))
}

/// The codes of councils, however they were named.
pub(super) fn councils(programme: &Programme, names: &[String]) -> Result<Vec<Code>> {
    names.iter().map(|name| Ok(council(programme, name)?.code.clone())).collect()
}

/// The codes of projects, however they were named.
pub(super) fn projects(programme: &Programme, names: &[String]) -> Result<Vec<Code>> {
    names.iter().map(|name| Ok(project(programme, name)?.code.clone())).collect()
}

/// So many names are offered in place of one that is none.
const OFFERED: usize = 3;

/// The names that are most like one which is none, by themselves or by their parts, as people remember them.
pub(super) fn like<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let likeness = |name: &str| {
        let parts = name.split(['.', '_', ' ']).chain(name.split('.')).chain([name]);
        parts.map(|part| strsim::damerau_levenshtein(part, wanted)).min().unwrap_or(usize::MAX)
    };
    let mut near: Vec<(usize, &str)> = names.map(|name| (likeness(name), name)).collect();
    near.retain(|(far, _)| *far <= 3.min(1 + wanted.chars().count() / 4));
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}
