//! What came back: every answer of every return, with the cell it was read from and how far it can be used.

mod required;
mod row;

use std::{collections::BTreeMap, fmt, sync::Arc};

use jiff::civil::Date;
pub use required::Required;
pub use row::{Refusal, Row};
use rust_decimal::Decimal;

use crate::{
    form::{Field, Sheet, Table, Workbook},
    place::{self, Cell, Place},
    programme::Code,
};

/// A file in returns/ that was read as a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Inside the programme folder, with forward slashes: `returns/THA/H.xlsx`.
    pub path: Arc<str>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// The number of the return it holds, as its first sheet says.
    pub version: u32,
}

/// One answer. A return may have millions, so what many have alike is in their origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub held: Held,
    /// `None` when the field was found nowhere in the workbook.
    pub spot: Option<Spot>,
}

/// Where an answer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub origin: Arc<Origin>,
    pub cell: Cell,
}

/// What is to be told of an answer beside its cell and what it holds. Answers of a sheet that have all of it alike, as
/// plain ones have, share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub file: Arc<File>,
    /// The sheet as its tab names it.
    pub sheet: Arc<str>,
    pub found: Found,
    /// What the council typed where that is not plainly the value: "£12,500 ", "tbc".
    pub typed: Option<Box<str>>,
    /// The other cells of the same sheet that a mapping added up to it, in order.
    pub also: Box<[Cell]>,
}

/// How the cell of an answer was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    #[default]
    ByName,
    ByLabel,
    /// A mapping says where a workbook in the council's own layout keeps it.
    ByMapping,
}

/// What an answer holds. Missing is never nought: only a `Value` is a figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Held {
    /// An empty cell, or a typed dash.
    #[default]
    Blank,
    /// "n/a": cannot apply.
    NotApplicable,
    /// Something stands there that cannot be used as it is; a rule says so.
    Unreadable(Fault),
    /// A rule said that the answer is not used.
    Refused(Box<Refused>),
    Value(Value),
}

/// What a rule keeps from being used.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The rule.
    pub code: &'static str,
    /// What was read.
    pub held: Held,
}

/// Why a cell cannot be used as it stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// A formula without a stored value (FIL-005).
    NotCalculated,
    /// `#REF!` and its like (FIL-004).
    ErrorValue,
    /// Text in a number cell (GEN-002).
    NotANumber,
    /// COV-002.
    NotADate,
    /// Not one of the options (GEN-005).
    NotListed,
    /// Part files answer differently (IDN-005).
    Conflict(Box<Contrary>),
}

/// What another part file answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrary {
    pub spot: Spot,
    pub says: Box<str>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Number(Decimal),
    Date(Date),
    /// Text, a choice as the list spells it, or a financial year as "2008/09".
    Text(Arc<str>),
    /// A multiple choice, as the list spells its options.
    Many(Box<[Arc<str>]>),
}

/// A profile, return or brief as it is used: parts put together, the highest version.
#[derive(Clone, Debug)]
pub struct Return {
    pub workbook: &'static Workbook,
    /// `None` for a brief.
    pub council: Option<Code>,
    /// `None` for a profile.
    pub project: Option<Code>,
    pub version: u32,
    pub kind: ReturnKind,
    /// The parts it was put together from, by path.
    pub files: Vec<Arc<File>>,
    /// Lower versions of it that lie in the folder, the newest first.
    pub superseded: Vec<Return>,
    /// Set by a rule that refuses the whole return.
    pub refused: Option<&'static str>,
    /// Sheets that are not in the file or were refused, by the form's code, with the rule.
    pub refused_sheets: BTreeMap<&'static str, &'static str>,
    /// Fields we asked for and found neither by name nor by label (FIL-002).
    pub lost: Vec<&'static Field>,
    /// What was noticed as it was read.
    pub remarks: Vec<Remark>,
    /// Single answers and cells of grids, by defined name.
    pub cells: BTreeMap<&'static str, Answer>,
    /// Rows of tables in which anything is filled in, or was by the office, by the table's name.
    pub rows: BTreeMap<&'static str, Vec<Row>>,
    /// Rows that a rule has told to be totals of those above them: without them nothing is lost.
    pub totals: Vec<Row>,
}

/// Something noticed as a return was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub place: Place,
    pub kind: RemarkKind,
    /// A sentence.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// The mapping and the file do not go together (FIL-009).
    Amiss,
    /// For that reason nothing of the sheet with this code can be relied on (FIL-012).
    Unread(&'static str),
    /// Rows of a table on the sheet with this code stand where it is not read (FIL-002).
    Beyond(&'static str),
    /// What stands below a table is no row of it (FIL-002).
    Below,
    /// Which rows were taken and which left out (FIL-010).
    Taken,
    /// Answers that nobody sees who looks at the workbook, struck-out ones, links and macros (FIL-003).
    Hidden,
    /// Dates counted from 1904 (FIL-006).
    Epoch,
    /// A locked cell was changed (FIL-007).
    Changed,
    /// A total of the form is not what its rows come to (FIL-007).
    Differs,
    /// Comments on cells (FIL-013).
    Commented,
    /// What the file format does not show (FIL-014).
    Unseen,
    /// Words over the amounts of the sheet with this code say that they are in thousands (REV-003).
    Thousands(&'static str),
    /// Words beside them may say so (REV-003).
    PerhapsThousands,
}

/// How far a return has been agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReturnKind {
    Draft,
    Final,
    /// The council does not provide the service: every figure is a confirmed nought.
    Nil,
}

/// An answer that was found nowhere.
static NONE: Answer = Answer::NONE;

impl Answer {
    /// Nothing, found nowhere.
    pub const NONE: Answer = Answer { held: Held::Blank, spot: None };

    pub fn value(&self) -> Option<&Value> {
        match &self.held {
            Held::Value(value) => Some(value),
            _ => None,
        }
    }

    pub fn number(&self) -> Option<Decimal> {
        match self.value() {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    pub fn date(&self) -> Option<Date> {
        match self.value() {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self.value() {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub fn many(&self) -> &[Arc<str>] {
        match self.value() {
            Some(Value::Many(options)) => options,
            _ => &[],
        }
    }

    pub fn is(&self, option: &str) -> bool {
        self.text() == Some(option)
    }

    pub fn is_blank(&self) -> bool {
        self.held == Held::Blank
    }

    /// The code of the rule that keeps it from being used, if one does.
    pub fn refused(&self) -> Option<&'static str> {
        match &self.held {
            Held::Refused(refused) => Some(refused.code),
            _ => None,
        }
    }

    /// Keeps the answer from being used. The first rule to do so stands.
    pub fn refuse(&mut self, code: &'static str) {
        if self.refused().is_none() {
            let held = std::mem::take(&mut self.held);
            self.held = Held::Refused(Box::new(Refused { code, held }));
        }
    }

    pub fn found(&self) -> Found {
        self.spot.as_ref().map(|spot| spot.origin.found).unwrap_or_default()
    }

    /// What the council typed where that is not plainly the value.
    pub fn typed(&self) -> Option<&str> {
        self.spot.as_ref()?.origin.typed.as_deref()
    }

    /// Says what was typed.
    pub fn set_typed(&mut self, typed: impl Into<Box<str>>) {
        if let Some(spot) = &mut self.spot {
            Arc::make_mut(&mut spot.origin).typed = Some(typed.into());
        }
    }

    pub fn place(&self) -> Place {
        self.spot.as_ref().map(Spot::place).unwrap_or_default()
    }

    /// Every cell it was read from, as Excel names them: "D12", "F2:F40,F52".
    pub fn cells(&self) -> String {
        if let Some(Spot { origin, cell }) = &self.spot
            && origin.also.is_empty()
        {
            return cell.to_string();
        }
        let cells = self.spot.iter().flat_map(|spot| {
            let others = spot.origin.also.iter().copied();
            std::iter::once(spot.cell).chain(others)
        });
        place::areas(cells)
    }

    /// What to print as read: what was typed, or the value.
    pub fn shown(&self) -> String {
        match (self.typed(), &self.held) {
            (Some(typed), _) => typed.to_string(),
            (None, Held::Value(value)) => value.to_string(),
            (None, Held::Refused(refused)) => match &refused.held {
                Held::Value(value) => value.to_string(),
                _ => String::new(),
            },
            (None, _) => String::new(),
        }
    }
}

impl Spot {
    pub fn place(&self) -> Place {
        Place::cell(&self.origin.file.path, &self.origin.sheet, self.cell)
    }
}

impl Return {
    /// A single answer or a cell of a grid.
    pub fn get(&self, field: &Field) -> &Answer {
        self.cells.get(field.name).unwrap_or(&NONE)
    }

    /// The rows of a table in which anything is filled in, refused ones included.
    pub fn rows(&self, table: &'static Table) -> &[Row] {
        self.rows.get(table.name).map_or(&[], Vec::as_slice)
    }

    /// What an answer holds where it may be used: neither it nor its sheet nor the return is refused.
    pub fn used(&self, field: &Field) -> Option<&Value> {
        let sheet = self.workbook.sheet(field.name.split('_').next().unwrap_or_default())?;
        if self.refused_sheet(sheet).is_some() { None } else { self.get(field).value() }
    }

    /// The rows of a table that may be used: of a nil return none, for it confirms that there is nothing.
    pub fn used_rows(&self, table: &'static Table) -> impl Iterator<Item = &Row> {
        let sheet = self
            .workbook
            .sheets
            .iter()
            .find(|sheet| sheet.tables().any(|own| own.name == table.name));
        let unused = self.kind == ReturnKind::Nil
            || sheet.is_none_or(|sheet| self.refused_sheet(sheet).is_some());
        self.rows(table).iter().filter(move |row| !unused && row.refused.is_none())
    }

    /// The rule that keeps a sheet from being used, if one does.
    pub fn refused_sheet(&self, sheet: &Sheet) -> Option<&'static str> {
        self.refused.or_else(|| self.refused_sheets.get(sheet.code).copied())
    }

    /// Every answer with its field, rows of tables included, in the order of the form.
    pub fn answers(&self) -> impl Iterator<Item = (&'static Field, &Answer)> {
        let sheets = self.workbook.sheets.iter().copied();
        sheets.flat_map(move |sheet| {
            let cells =
                sheet.cells().filter_map(|field| Some((field, self.cells.get(field.name)?)));
            let rows =
                sheet.tables().flat_map(|table| self.rows(table).iter().flat_map(Row::answers));
            cells.chain(rows)
        })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(number) => write!(f, "{number}"),
            Value::Date(date) => write!(f, "{:02}/{:02}/{}", date.day(), date.month(), date.year()),
            Value::Text(text) => f.write_str(text),
            Value::Many(options) => {
                let options: Vec<&str> = options.iter().map(|option| &**option).collect();
                f.write_str(&options.join("; "))
            }
        }
    }
}

impl fmt::Display for ReturnKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            ReturnKind::Draft => "Draft",
            ReturnKind::Final => "Final",
            ReturnKind::Nil => "Nil",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millions_of_answers_fit_into_memory() {
        assert_eq!([size_of::<Held>(), size_of::<Answer>(), size_of::<Row>()], [24, 40, 56]);
    }
}
