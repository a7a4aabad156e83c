//! The project brief: one per project, questions 1 to 9, options and savings.

pub mod benefits;
pub mod milestones;
pub mod options;
pub mod overview;
pub mod team;

use crate::form::Workbook;

pub static WORKBOOK: Workbook = Workbook {
    word: "brief",
    form_id: "EKJAC-BRF",
    form_version: "1.0",
    title: "Project brief",
    sheets: &[
        &overview::SHEET,
        &team::SHEET,
        &options::SHEET,
        &milestones::SHEET,
        &benefits::SHEET,
    ],
};
