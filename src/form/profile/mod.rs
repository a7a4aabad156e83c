//! The council profile: once per council and round.

pub mod basis;
pub mod terms;

use crate::form::Workbook;

pub static WORKBOOK: Workbook = Workbook {
    word: "profile",
    form_id: "EKJAC-PRO",
    form_version: "1.0",
    title: "Council profile",
    sheets: &[&basis::SHEET, &terms::SHEET],
};
