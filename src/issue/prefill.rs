//! What the programme office fills in before a form goes out.

use super::Issue;
use crate::{form::Field, programme::Programme};

/// The text of a locked field, in a table that of a row from 1; `None` where nothing is filled in.
pub(crate) fn given(
    issue: &Issue<'_>,
    programme: &Programme,
    field: &Field,
    row: Option<u32>,
) -> Option<String> {
    if field.is_input() {
        return None;
    }
    let (_, key) = field.name.split_once('_')?;
    let year = |years| programme.base_year.plus(years).to_string();
    let indicator = || issue.project?.indicators.get(row?.checked_sub(1)? as usize);
    Some(match key {
        "form_id" => issue.workbook.form_id.to_owned(),
        "form_version" => issue.workbook.form_version.to_owned(),
        "issue_token" => issue.token(programme),
        "council_code" => issue.council?.code.to_string(),
        "project_code" => issue.project?.code.to_string(),
        "project_title" => issue.project?.title.clone(),
        "base_year" | "year_y0" => year(0),
        "round" => programme.round.clone(),
        "year_y_1" => year(-1),
        "year_y1" => year(1),
        "year_y2" => year(2),
        "year_y3" => year(3),
        "pi_code" => indicator()?.code.clone(),
        "pi_label" => indicator()?.label.clone(),
        "pi_polarity" => indicator()?.polarity.clone(),
        _ => return None,
    })
}
