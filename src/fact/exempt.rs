//! Which answers are nobody's to read but those who must: exempt ones, and who filled in a form.

use crate::{
    answer::Row,
    form::{
        Field,
        brief::options::{ONEOFF_CATEGORY, ONEOFF_TABLE, ONEOFF_Y0, ONEOFF_Y1, ONEOFF_Y2},
        council_return::{
            contracts::{ANNUAL_VALUE, EXIT_FIXED, EXIT_PER_MONTH},
            staffing::{ALLOWANCES_PA, SALARY_FTE, SCP_MAX, SCP_MIN},
        },
    },
};

/// The pay of posts, and prices of contracts.
const EXEMPT: [&Field; 7] =
    [&SALARY_FTE, &ALLOWANCES_PA, &SCP_MIN, &SCP_MAX, &ANNUAL_VALUE, &EXIT_FIXED, &EXIT_PER_MONTH];

/// One-off costs of these categories are what people would get on leaving (PRV-003).
const ON_LEAVING: [&str; 2] = ["Redundancy", "Pension strain"];

/// One-off costs of this category are the price of leaving a contract.
const CONTRACT_EXIT: &str = "Contract exit";

/// Whether the answers of a field are exempt in every row.
pub fn is_exempt(field: &Field) -> bool {
    EXEMPT.contains(&field)
}

/// Whether one-off costs of a category are exempt: they stand in the exempt workbook line by line and nowhere else.
pub fn is_exempt_category(category: &str) -> bool {
    is_on_leaving(category) || category == CONTRACT_EXIT
}

/// Whether one-off costs of a category are what people would get on leaving.
pub fn is_on_leaving(category: &str) -> bool {
    ON_LEAVING.contains(&category)
}

/// Whether a row of one-off costs is exempt.
pub fn is_exempt_row(row: &Row) -> bool {
    row.table.name == ONEOFF_TABLE.name
        && row.get(&ONEOFF_CATEGORY).text().is_some_and(is_exempt_category)
}

/// Whether an answer is exempt: by its field, or as an amount of an exempt row.
pub fn is_exempt_in(row: &Row, field: &Field) -> bool {
    let amount = [&ONEOFF_Y0, &ONEOFF_Y1, &ONEOFF_Y2].contains(&field);
    is_exempt(field) || amount && is_exempt_row(row)
}

/// Whether a field holds who somebody is or how to reach them.
pub fn is_personal(field: &Field) -> bool {
    let (sheet, name) = field.name.split_once('_').unwrap_or_default();
    let of_officers = matches!(sheet, "PRO" | "COV" | "P1" | "P2");
    name == "completed_by"
        || ["_email", "_phone", "_address", "completed_by_name"]
            .iter()
            .any(|end| name.ends_with(end))
        || of_officers && name.ends_with("_name")
        || matches!(field.name, "P2_board_representative" | "P2_board_deputy")
}
