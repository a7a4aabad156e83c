//! What a cell says when it is selected, and when something unexpected is typed. Nothing is forbidden: a council
//! may have to answer "n/a".

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, Worksheet,
};

use super::{
    Issue,
    layout::{Layout, Span},
    reference::LISTS,
    words,
};
use crate::{
    form::{Field, Kind},
    number::Exact,
    programme::Programme,
};

pub(crate) struct Validator<'a> {
    pub(crate) issue: &'a Issue<'a>,
    pub(crate) programme: &'a Programme,
    pub(crate) layout: &'a Layout,
}

impl Validator<'_> {
    /// Sets the message and the check of the cells where a field is answered.
    pub(crate) fn guard(
        &self,
        sheet: &mut Worksheet,
        field: &'static Field,
        span: Span,
    ) -> anyhow::Result<()> {
        if !field.is_input() {
            return Ok(());
        }
        let rule = self
            .rule(field)?
            .set_input_title(cut(field.label, 32))?
            .set_input_message(cut(&self.message(field), 255))?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Is this right?")?
            .set_error_message(cut(&self.doubt(field), 255))?;
        sheet.add_data_validation(span.first, span.column, span.last, span.column, &rule)?;
        Ok(())
    }

    fn rule(&self, field: &Field) -> anyhow::Result<DataValidation> {
        let rule = DataValidation::new();
        let whole = |limit: Option<Decimal>, other: i32| {
            limit.and_then(|limit| i32::try_from(limit).ok()).unwrap_or(other)
        };
        let (least, most) = (field.min, field.max);
        Ok(match field.kind {
            Kind::Int => rule.allow_whole_number(DataValidationRule::Between(
                whole(least, -999_999_999),
                whole(most, 999_999_999),
            )),
            Kind::Money | Kind::Fte | Kind::Pct | Kind::Dec => {
                let limit = |limit: Option<Decimal>, other: i32| {
                    Exact::from(limit.unwrap_or(Decimal::from(other))).for_cell()
                };
                rule.allow_decimal_number(DataValidationRule::Between(
                    limit(least, -999_999_999),
                    limit(most, 999_999_999),
                ))
            }
            Kind::Date => rule.allow_date(DataValidationRule::Between(
                ExcelDateTime::from_ymd(1950, 1, 1)?,
                ExcelDateTime::from_ymd(2099, 12, 31)?,
            )),
            Kind::Fy => {
                let years: Vec<String> =
                    (0..=8).map(|years| self.programme.base_year.plus(years).to_string()).collect();
                rule.allow_list_strings(&years)?
            }
            Kind::Choice | Kind::Yn | Kind::Ynu => self.list(rule, field)?,
            // More than one may be typed, so the list only helps with the first.
            Kind::Multi => self.list(rule, field)?.show_error_message(false),
            Kind::Text => match most.and_then(|most| u32::try_from(most).ok()) {
                Some(most) => rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(most)),
                None => rule.allow_any_value(),
            },
        })
    }

    /// A short list stands in the rule itself and survives when the sheet is copied elsewhere.
    fn list(&self, rule: DataValidation, field: &Field) -> anyhow::Result<DataValidation> {
        let options = words::options(self.issue, self.programme, field);
        let length: usize = options.iter().map(|option| option.encode_utf16().count() + 1).sum();
        if length <= 255
            && options.iter().all(|option| !option.contains([',', '"']))
            && !options.is_empty()
        {
            return Ok(rule.allow_list_strings(&options)?);
        }
        Ok(match self.listed(&options) {
            Some(range) => rule.allow_list_formula(Formula::new(format!("={range}"))),
            None => rule.allow_any_value(),
        })
    }

    /// Where a list stands on the sheet of lists.
    fn listed(&self, options: &[String]) -> Option<String> {
        let page = self.layout.pages.iter().find(|page| page.is(LISTS))?;
        let choice = |at: usize| Some(page.lines.get(at)?.cells.get(&2)?.text());
        let same =
            |top: &usize| (0..options.len()).all(|at| choice(top + at) == Some(&options[at]));
        let top = (0..page.lines.len()).find(same).filter(|_| !options.is_empty())?;
        let tab = page.tab.replace('\'', "''");
        Some(format!("'{tab}'!$C${}:$C${}", top + 1, top + options.len()))
    }

    fn message(&self, field: &'static Field) -> String {
        let sheet = self.issue.workbook.sheets.iter().find(|sheet| {
            sheet.parts.iter().flat_map(|part| part.fields()).any(|own| own == field)
        });
        let help = sheet.map_or_else(String::new, |sheet| {
            words::help(self.issue, self.programme, sheet, field)
        });
        match field.example {
            "" => help,
            example if help.len() + example.len() < 240 => format!("{help} Example: {example}"),
            _ => help,
        }
    }

    fn doubt(&self, field: &Field) -> String {
        let range = || match (field.min, field.max) {
            (Some(min), Some(max)) => format!(" between {min} and {max}"),
            _ => String::new(),
        };
        let wanted = match field.kind {
            Kind::Money => format!("An amount in whole pounds{}", range()),
            Kind::Int => format!("A whole number{}", range()),
            Kind::Fte | Kind::Pct | Kind::Dec => format!("A number{}", range()),
            Kind::Date => "A date, as in 31/03/2009,".to_owned(),
            Kind::Fy => "A financial year, as in 2008/09,".to_owned(),
            Kind::Text => "A shorter text".to_owned(),
            _ => "One of the list".to_owned(),
        };
        format!(
            "{wanted} is expected here. Choose Yes to keep what you typed; N/A is allowed where the question cannot apply."
        )
    }
}

/// No more than Excel shows, up to a whole word.
fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for word in text.split(' ') {
        if kept.encode_utf16().count() + 1 + word.encode_utf16().count() > most - 1 {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    kept.trim_end_matches([',', ';', ':']).to_owned() + "\u{2026}"
}
