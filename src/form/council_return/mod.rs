//! The council return: one per council and project, questions 10 to 21.

pub mod capital;
pub mod contracts;
pub mod cover;
pub mod criteria;
pub mod ict;
pub mod implications;
pub mod revenue;
pub mod risks;
pub mod service;
pub mod staffing;

use crate::form::Workbook;

pub static WORKBOOK: Workbook = Workbook {
    word: "return",
    form_id: "EKJAC-RET",
    form_version: "1.0",
    title: "Council return",
    sheets: &[
        &cover::SHEET,
        &service::SHEET,
        &revenue::SHEET,
        &capital::SHEET,
        &staffing::SHEET,
        &ict::SHEET,
        &contracts::SHEET,
        &risks::SHEET,
        &implications::SHEET,
        &criteria::SHEET,
    ],
};
