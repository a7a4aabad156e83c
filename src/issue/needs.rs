//! Answers that are wanted only under a condition turn to the colour of the wanted ones when it holds.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ConditionalFormatFormula, Format, Worksheet, XlsxError};

use super::{layout::Span, look::WANTED, words};
use crate::{
    form::{Condition, Field, Need, Sheet},
    place,
};

/// Sets the rule for the cells where a field is answered, if its condition can be told on this sheet.
pub(crate) fn mark(
    page: &mut Worksheet,
    sheet: &'static Sheet,
    field: &'static Field,
    spans: &BTreeMap<&'static str, Span>,
) -> Result<(), XlsxError> {
    let (Need::If(condition), Some(span)) = (field.need, spans.get(field.name)) else {
        return Ok(());
    };
    let Some(formula) = formula(sheet, field, condition, spans) else { return Ok(()) };
    let wanted = Format::new().set_background_color(WANTED);
    let rule = ConditionalFormatFormula::new().set_rule(&*formula).set_format(wanted);
    page.add_conditional_format(span.first, span.column, span.last, span.column, &rule)?;
    Ok(())
}

/// The condition as the first of the cells has it; Excel counts on from there down a table.
fn formula(
    sheet: &'static Sheet,
    field: &'static Field,
    condition: Condition,
    spans: &BTreeMap<&'static str, Span>,
) -> Option<String> {
    let cell = |key: &str| {
        let span = spans.get(words::neighbour(sheet, field, key)?.name)?;
        let fixed = if span.first == span.last { "$" } else { "" };
        Some(format!("${}{fixed}{}", place::letters(u32::from(span.column)), span.first + 1))
    };
    Some(match condition {
        Condition::Is(other, value) => format!("={}=\"{value}\"", cell(other)?),
        Condition::IsNot(other, value) => {
            let cell = cell(other)?;
            format!("=AND({cell}<>\"\",{cell}<>\"{value}\")")
        }
        Condition::Has(other, value) => {
            format!("=ISNUMBER(SEARCH(\"{value}\",{}))", cell(other)?)
        }
        Condition::Given(other) => format!("={}<>\"\"", cell(other)?),
        Condition::MoreThan(other, count) => {
            let cell = cell(other)?;
            format!("=AND(ISNUMBER({cell}),{cell}>{count})")
        }
        Condition::Less(less, more) => {
            let (less, more) = (cell(less)?, cell(more)?);
            format!("=AND(ISNUMBER({less}),ISNUMBER({more}),{less}<{more})")
        }
    })
}
