//! Annex C: the returns the figures rest on, by short reference. No file, sender or hash: the trail is in working.xlsx.

use super::case::{Case, Values, date, item, text};
use crate::{
    answer::Return,
    english,
    form::{
        brief::overview,
        council_return::{self, cover},
    },
    intake::Intake,
    picture::{Picture, ProjectPicture, State},
    programme::{Code, Project},
    word::Item,
};

/// A paper that figures rest on, under the short reference that documents print.
#[derive(Clone, Debug)]
pub struct Cited<'a> {
    /// "R1", "P2", "B1".
    pub reference: String,
    /// Whose it is; the lead's where there is none.
    pub council: Option<&'a Code>,
    pub ret: &'a Return,
}

/// The returns in use, the councils' profiles and the brief, in the order of annex C.
pub fn cited<'a>(intake: &'a Intake, picture: &'a Picture, project: &'a Project) -> Vec<Cited<'a>> {
    let usable = |ret: &&Return| ret.refused.is_none();
    let own = picture.project(&project.code);
    let used = own.into_iter().flat_map(ProjectPicture::expected);
    let mut all: Vec<Cited<'a>> = used
        .filter(|line| line.state == State::Used)
        .filter_map(|line| {
            let reference = line.reference.clone().unwrap_or_default();
            let ret = intake.return_of(&project.code, &line.council)?;
            Some(Cited { reference, council: Some(&line.council), ret })
        })
        .collect();
    let profiles = project
        .expected()
        .filter_map(|council| Some((council, intake.profile(council).filter(usable)?)));
    all.extend(profiles.enumerate().map(|(at, (council, ret))| Cited {
        reference: format!("P{}", at + 1),
        council: Some(council),
        ret,
    }));
    let brief = intake.brief(&project.code).filter(usable);
    all.extend(brief.map(|ret| Cited { reference: String::from("B1"), council: None, ret }));
    all
}

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let sources: Vec<Item> = cited(case.intake, case.picture, case.project)
        .into_iter()
        .map(|own| source(case, own))
        .collect();
    values.passage("if:sources", !sources.is_empty());
    values.list("each:sources", sources);
    let quoted = [
        ("run", &*case.run.name),
        ("as_at", &english::date(case.run.as_at)),
        ("reference", &english::date(case.run.reference_date)),
        ("form", council_return::WORKBOOK.form_version),
    ];
    values.text("say:run", case.say("annex.run", "one", &quoted));
}

fn source(case: &Case<'_>, own: Cited<'_>) -> Item {
    let Cited { reference, council, ret } = own;
    let none = || String::from("not applicable");
    let version = format!("version {}", ret.version);
    let name = |council| case.programme.name(council).to_owned();
    let (key, who, returned, as_at) = match council {
        None => {
            let kind = text(ret, &overview::RETURN_TYPE).unwrap_or_default();
            let returned = format!("project brief, {version}, {kind}");
            (String::from("brief"), String::from("Project lead"), returned, none())
        }
        Some(council) if ret.project.is_none() => {
            let returned = format!("council profile, {version}, {}", ret.kind);
            (format!("{council}-profile"), name(council), returned, none())
        }
        Some(council) => {
            let as_at = date(ret, &cover::DATA_AS_AT);
            let as_at = as_at.map_or_else(|| String::from("not given"), english::date);
            let returned = format!("return, {version}, {}", ret.kind);
            (council.to_string(), name(council), returned, as_at)
        }
    };
    let texts = [("reference", reference), ("who", who), ("returned", returned), ("as_at", as_at)];
    item(key, texts)
}
