//! The business case: wording, values, template.

mod budget;
mod case;
mod front;
mod gaps;
mod lifespans;
mod overview;
mod service;
mod sources;
mod staff;
mod table;
pub mod template;
pub mod wording;

use case::{Case, Values};
use wording::Wording;

use crate::{
    finding::Finding,
    intake::Intake,
    picture::{Picture, ProjectPicture, Run},
    programme::{Programme, Project},
    word::{Data, Identity},
};

/// The values of a project's business case: every tag of the template has one, and every value a place.
pub fn business_case(
    programme: &Programme,
    project: &Project,
    picture: &Picture,
    intake: &Intake,
    findings: &[Finding],
    run: &Run,
    wording: &Wording,
) -> Data {
    let none = ProjectPicture {
        project: project.code.clone(),
        coverage: vec![],
        schemes: vec![],
        excluded_posts: vec![],
        systems: vec![],
        contracts: vec![],
    };
    let own = picture.project(&project.code).unwrap_or(&none);
    let case = Case { programme, project, picture, own, intake, findings, run, wording };
    let mut values = Values::default();
    values.0.identity =
        Some(Identity { kind: String::from("business-case"), project: project.code.to_string() });
    front::values(&case, &mut values);
    overview::values(&case, &mut values);
    service::values(&case, &mut values);
    budget::values(&case, &mut values);
    staff::values(&case, &mut values);
    lifespans::values(&case, &mut values);
    gaps::values(&case, &mut values);
    sources::values(&case, &mut values);
    values.0
}
