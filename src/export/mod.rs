//! Tidy facts for other tools: one for each value read, with the cell it stands in.
//!
//! They are for the office: notes and other words of the councils stand in them as they were typed. Names, addresses and
//! telephone numbers of officers never do. Exempt values are withheld unless asked for; their rows are there.

mod dictionary;
mod parquet;
mod text;

use std::{collections::BTreeSet, sync::Arc};

use serde::Serialize;

pub use self::{
    dictionary::dictionary,
    parquet::parquet,
    text::{csv, json},
};
use crate::{
    answer::{Answer, Held, Return, Row, Spot, Value},
    fact::exempt::{is_exempt, is_exempt_in, is_personal},
    figure::WITHHELD,
    finding::{Finding, Severity},
    form::{Field, Kind, Sheet},
    intake::Intake,
    place::Cell,
    programme::{Code, Programme},
};

/// One value, in the order of the columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// `None` in a council's profile.
    pub project: Option<Code>,
    /// `None` in a project's brief.
    pub council: Option<Code>,
    /// "2008/09", where the question is about a year.
    pub year: Option<String>,
    /// As the form names it.
    pub sheet: &'static str,
    /// Its defined name in the form.
    pub field: &'static str,
    /// What names the row of a table among its like, or its number.
    pub row: Option<String>,
    /// A number with a point, a date as 2009-03-01, text as it was typed.
    pub value: String,
    pub unit: String,
    pub status: &'static str,
    /// Inside the programme's folder.
    pub file: Arc<str>,
    /// "Revenue!D12", by the tabs of the file.
    pub cell: String,
    pub version: u32,
    /// SHA-256 of the file, in hexadecimal.
    pub hash: String,
    /// Whether the value is a number.
    #[serde(skip)]
    number: bool,
}

/// The words of the status, and what each means.
pub const STATUSES: [(&str, &str); 6] = [
    ("reported", "used as it was given"),
    (
        "confirmed zero",
        "nought, as the council says, or a blank line of a sheet where blank means nil",
    ),
    ("not applicable", "the council says that the question cannot apply"),
    ("under query", "used, and the council has been asked to confirm or correct it"),
    ("rejected", "not used; the value is what was read"),
    (WITHHELD, "exempt: shown with --exempt only"),
];

/// A cell that a warning speaks of: file, sheet, cell.
type Queried<'a> = BTreeSet<(&'a str, &'a str, Cell)>;

/// Every value of the returns, profiles and briefs in use, in their order.
pub fn facts(
    intake: &Intake,
    findings: &[Finding],
    programme: &Programme,
    exempt: bool,
) -> Vec<Fact> {
    let warnings = findings.iter().filter(|finding| finding.severity == Severity::Warning);
    let places = warnings.flat_map(|finding| std::iter::once(&finding.place).chain(&finding.also));
    let queried: Queried<'_> = places
        .filter_map(|place| Some((place.file.as_deref()?, place.sheet.as_deref()?, place.cell?)))
        .collect();
    let mut facts = vec![];
    for ret in &intake.returns {
        let source = Source { ret, programme, queried: &queried, exempt };
        for &sheet in ret.workbook.sheets {
            for field in sheet.cells() {
                facts.extend(
                    ret.cells.get(field.name).and_then(|own| source.fact(sheet, field, own, None)),
                );
            }
            for table in sheet.tables() {
                for (number, row) in (1..).zip(ret.rows(table)) {
                    let all = row.answers();
                    facts.extend(all.filter_map(|(field, own)| {
                        source.fact(sheet, field, own, Some((number, row)))
                    }));
                }
            }
        }
    }
    facts
}

struct Source<'a> {
    ret: &'a Return,
    programme: &'a Programme,
    queried: &'a Queried<'a>,
    exempt: bool,
}

impl Source<'_> {
    /// The fact of an answer; none where nothing was read, or where it is whom the office writes to.
    fn fact(
        &self,
        sheet: &'static Sheet,
        field: &'static Field,
        answer: &Answer,
        row: Option<(usize, &Row)>,
    ) -> Option<Fact> {
        let spot = answer.spot.as_ref()?;
        if is_personal(field) {
            return None;
        }
        let refused = self.ret.refused_sheet(sheet).is_some()
            || row.is_some_and(|(_, row)| row.refused.is_some());
        let (status, value) = self.held(field, answer, spot, refused)?;
        let hidden = row.map_or_else(|| is_exempt(field), |(_, row)| is_exempt_in(row, field));
        let (status, value) = match hidden && !self.exempt {
            true => (WITHHELD, String::new()),
            false => (status, value),
        };
        let key = |(number, row): (usize, &Row)| match row.key() {
            "" => number.to_string(),
            key => key.to_owned(),
        };
        Some(Fact {
            project: self.ret.project.clone(),
            council: self.ret.council.clone(),
            year: year(field).map(|years| self.programme.base_year.plus(years).to_string()),
            sheet: sheet.name,
            field: field.name,
            row: row.map(key),
            number: answer.number().is_some() || status == "confirmed zero",
            value,
            unit: self.unit(field),
            status,
            file: Arc::clone(&spot.origin.file.path),
            cell: format!("{}!{}", spot.origin.sheet, answer.cells()),
            version: spot.origin.file.version,
            hash: spot.origin.file.hash.clone(),
        })
    }

    /// The status of an answer, and what it holds.
    fn held(
        &self,
        field: &Field,
        answer: &Answer,
        spot: &Spot,
        refused: bool,
    ) -> Option<(&'static str, String)> {
        Some(match &answer.held {
            Held::Blank if self.ret.is_confirmed_nil(field, answer) => {
                ("confirmed zero", String::from("0"))
            }
            Held::Blank => return None,
            Held::NotApplicable => ("not applicable", String::new()),
            Held::Unreadable(_) | Held::Refused(_) => ("rejected", answer.shown()),
            Held::Value(value) if refused => ("rejected", written(value)),
            Held::Value(value) => {
                let place = (&*spot.origin.file.path, &*spot.origin.sheet, spot.cell);
                let status = match value {
                    _ if self.queried.contains(&place) => "under query",
                    Value::Number(number) if number.is_zero() => "confirmed zero",
                    _ => "reported",
                };
                (status, written(value))
            }
        })
    }

    fn unit(&self, field: &Field) -> String {
        match field.kind {
            Kind::Money => String::from("GBP"),
            Kind::Fte => String::from("FTE"),
            Kind::Pct => String::from("per cent"),
            Kind::Int | Kind::Dec => match field.unit {
                "@volume_unit" => {
                    let project =
                        self.ret.project.as_deref().and_then(|code| self.programme.project(code));
                    project.map(|own| own.volume_unit.clone()).unwrap_or_default()
                }
                unit => unit.to_owned(),
            },
            _ => String::new(),
        }
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Number(number) => number.normalize().to_string(),
        Value::Date(date) => date.to_string(),
        Value::Text(_) | Value::Many(_) => value.to_string(),
    }
}

/// The year a question is about, counted from the base year: `y0` in its name, or `y_1` for the year before.
fn year(field: &Field) -> Option<i16> {
    if !["SVC_", "REV_", "CAP_"].iter().any(|sheet| field.name.starts_with(sheet)) {
        return None;
    }
    let parts: Vec<&str> = field.name.split('_').collect();
    let at = parts.iter().position(|part| {
        part.strip_prefix('y').is_some_and(|rest| rest.chars().all(|digit| digit.is_ascii_digit()))
    })?;
    match parts[at] {
        "y" => parts.get(at + 1)?.parse::<i16>().ok().map(|years| -years),
        years => years[1..].parse().ok(),
    }
}
