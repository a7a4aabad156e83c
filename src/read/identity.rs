//! Which form a workbook is, and whose: told by its first sheet, never by the name of its file.

use std::sync::Arc;

use super::{
    Expected,
    atlas::Atlas,
    grammar,
    grid::{Content, Grid},
    locate::Places,
};
use crate::{
    answer::{File, ReturnKind},
    form::{Field, WORKBOOKS, Workbook},
    intake::Why,
    programme::{Code, Council, Programme, Project},
    read::fold,
};

/// Whose answers a workbook holds.
pub(super) struct Identity {
    pub(super) workbook: &'static Workbook,
    pub(super) file: Arc<File>,
    pub(super) council: Option<Code>,
    pub(super) project: Option<Code>,
    /// `None` where the file does not say; that of `file` is then 1.
    pub(super) version: Option<u32>,
    pub(super) kind: ReturnKind,
}

/// Knows a workbook for what it is.
///
/// # Errors
/// That it is no form of ours, or one that was issued to someone else.
pub(super) fn identify(
    grid: &Grid,
    path: &Arc<str>,
    hash: &str,
    expected: &Expected<'_>,
) -> Result<Identity, Why> {
    let programme = expected.programme;
    let (workbook, places) = known(grid, &expected.atlas)?;
    let says = |name: &str| said(grid, &places, workbook, name);

    let token = says("issue_token").unwrap_or_default();
    let council_said = says("council_code");
    let project_said = says("project_code");
    let asks = |name: &str| field(workbook, name).is_some();
    let council = council_said.as_deref().and_then(|said| programme.recognise(said));
    let project = project_said.as_deref().and_then(|name| project(programme, name));
    let version = says("return_version").and_then(|text| number_in(&text));
    let kind = match says("return_type").as_deref().map(fold::value).as_deref() {
        Some("final") => ReturnKind::Final,
        Some("nil") => ReturnKind::Nil,
        _ => ReturnKind::Draft,
    };
    let file = Arc::new(File {
        path: Arc::clone(path),
        hash: hash.to_owned(),
        version: version.unwrap_or(1),
    });

    let of = |council: Option<&Council>, project: Option<&Project>| {
        let (project, council) = (project.map(|own| &*own.code), council.map(|own| &*own.code));
        fold::same(&programme.token(workbook, project, council), &token)
    };
    let issued = || {
        let pairs = pairs(programme, asks("council_code"), asks("project_code"));
        pairs.into_iter().find(|(council, project)| of(*council, *project))
    };
    // A part file may have come without its first sheet: the issue number alone then says whose it is.
    let (council, project) = match (council_said.is_some(), project_said.is_some()) {
        (false, false) => issued().unwrap_or_default(),
        _ => (council, project),
    };
    let complete = (!asks("council_code") || council.is_some())
        && (!asks("project_code") || project.is_some());
    if !complete || !of(council, project) {
        let nearly = council_said.as_deref().map(|said| nearly(programme, said));
        return Err(Why::Misissued {
            file,
            issued_to: match issued() {
                Some((council, project)) => whose(council.map(name), project.map(code)),
                None if token.is_empty() => "nobody (it carries no issue number)".to_owned(),
                None => format!("someone else, or in another round (issue number {token})"),
            },
            says: whose(
                council.map(name).or(nearly.as_deref()),
                project.map(code).or(project_said.as_deref()),
            ),
            council: council.map(|own| Arc::clone(&own.code)),
            project: project.map(|own| Arc::clone(&own.code)),
        });
    }
    Ok(Identity {
        workbook,
        file,
        council: council.map(|own| Arc::clone(&own.code)),
        project: project.map(|own| Arc::clone(&own.code)),
        version,
        kind,
    })
}

/// The form whose number the workbook carries, and where its fields stand.
fn known<'a>(grid: &'a Grid, atlas: &'a Atlas<'_>) -> Result<(&'static Workbook, Places<'a>), Why> {
    let is_named = |workbook: &&&'static Workbook| {
        field(workbook, "form_id")
            .is_some_and(|field| grid.names.contains_key(&field.name.to_ascii_lowercase()))
    };
    let any_named = WORKBOOKS.iter().any(|workbook| is_named(&workbook));
    let mut other = None;
    for workbook in WORKBOOKS.iter().filter(|workbook| !any_named || is_named(workbook)) {
        let places = Places::of(grid, atlas.map(workbook, None));
        let form = said(grid, &places, workbook, "form_id");
        let version = said(grid, &places, workbook, "form_version");
        match form {
            Some(form) if fold::same(&form, workbook.form_id) => {
                let version = version.unwrap_or_default();
                if fold::same(&version, workbook.form_version) {
                    return Ok((workbook, places));
                }
                other = Some(format!("{form} {version}").trim().to_owned());
            }
            Some(form) => {
                let version = version.unwrap_or_default();
                other = other.or(Some(format!("{form} {version}").trim().to_owned()));
            }
            None => {}
        }
    }
    Err(Why::UnknownForm(other.unwrap_or_default()))
}

/// What the first sheet says for a field, else what the document's own properties say.
fn said(
    grid: &Grid,
    places: &Places<'_>,
    workbook: &'static Workbook,
    name: &str,
) -> Option<String> {
    let on_sheet = field(workbook, name).and_then(|field| {
        let (tab, cell, _) = places.single(field)?;
        match grid.tabs[tab].get(cell)? {
            Content::Error(_) | Content::NotCalculated => None,
            content => Some(grammar::shown(content).to_string()),
        }
    });
    on_sheet.or_else(|| grid.properties.get(&format!("lathe.{name}")).cloned())
}

/// A field of the first sheet, by its name without the sheet's prefix.
fn field(workbook: &'static Workbook, name: &str) -> Option<&'static Field> {
    let sheet = workbook.sheets.first()?;
    let name = format!("{}_{name}", sheet.code);
    sheet.cells().find(|field| field.name == name)
}

/// The name of no council, with that of the one that was probably meant.
fn nearly(programme: &Programme, said: &str) -> String {
    match programme.nearest_council(said) {
        Some(near) => format!("{said} (did you mean {}?)", near.name),
        None => said.to_owned(),
    }
}

fn project<'a>(programme: &'a Programme, said: &str) -> Option<&'a Project> {
    programme.projects.iter().find(|project| {
        [&*project.code, &project.title, &project.slug].iter().any(|name| fold::same(name, said))
    })
}

/// Everyone to whom a form of this kind may have been issued.
fn pairs(
    programme: &Programme,
    by_council: bool,
    by_project: bool,
) -> Vec<(Option<&Council>, Option<&Project>)> {
    let councils: Vec<Option<&Council>> =
        if by_council { programme.councils.iter().map(Some).collect() } else { vec![None] };
    let projects: Vec<Option<&Project>> =
        if by_project { programme.projects.iter().map(Some).collect() } else { vec![None] };
    let mut pairs = Vec::new();
    for project in projects {
        pairs.extend(councils.iter().map(|council| (*council, project)));
    }
    pairs
}

/// "Thanet for project H", "Thanet", "project H".
fn whose(council: Option<&str>, project: Option<&str>) -> String {
    match (council, project) {
        (Some(council), Some(project)) => format!("{council} for project {project}"),
        (Some(council), None) => council.to_owned(),
        (None, Some(project)) => format!("project {project}"),
        (None, None) => "nobody".to_owned(),
    }
}

fn name(council: &Council) -> &str {
    &council.name
}

fn code(project: &Project) -> &str {
    &project.code
}

/// The number in "2", "v2" or "Version 2".
fn number_in(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok().filter(|number| (1..=99).contains(number))
}
