//! What a return owes: the questions its project asks, in the rows it uses, where their conditions hold.

use rust_decimal::Decimal;

use super::{Answer, Held, Return, ReturnKind, Row};
use crate::{
    form::{
        Condition, Field, Grid, GridRow, Group, Kind, Need, Part, Sheet,
        council_return::revenue::{self, BLANK_IS_NIL},
    },
    programme::Programme,
};

/// A question that wants an answer.
#[derive(Clone, Copy, Debug)]
pub struct Required<'a> {
    pub field: &'static Field,
    pub answer: &'a Answer,
    /// Whether anything was entered, be it usable or not, or is nil by the council's word.
    pub answered: bool,
}

impl Return {
    /// Whether the form as issued holds the field: core, or of a group switched on for the project.
    pub fn asks(&self, field: &Field, programme: &Programme) -> bool {
        self.asking(programme)(field)
    }

    /// The same for many fields.
    pub fn asking(&self, programme: &Programme) -> impl Fn(&Field) -> bool + Copy {
        let project = self.project.as_deref().and_then(|code| programme.project(code));
        move |field| project.map_or(field.group == Group::Core, |own| own.asks(field.group))
    }

    /// The sheets of the form as issued: those that ask for anything.
    pub fn sheets(&self, programme: &Programme) -> impl Iterator<Item = &'static Sheet> {
        let asked = self.asking(programme);
        let sheets = self.workbook.sheets.iter().copied();
        sheets.filter(move |sheet| sheet.fields().any(|field| field.is_input() && asked(field)))
    }

    /// How many questions that want an answer have one, and how many there are.
    pub fn answered(&self, programme: &Programme) -> (usize, usize) {
        let required = self.sheets(programme).flat_map(|sheet| self.required(sheet, programme));
        required.fold((0, 0), |(answered, asked), own| {
            (answered + usize::from(own.answered), asked + 1)
        })
    }

    /// Every question of a sheet that wants an answer, in the order of the form.
    pub fn required<'a>(
        &'a self,
        sheet: &'static Sheet,
        programme: &'a Programme,
    ) -> impl Iterator<Item = Required<'a>> {
        let asked = self.asking(programme);
        let asked = move |field: &&'static Field| field.is_input() && asked(field);
        let owed = move |field: &'static Field, answer: &'a Answer, wanted: bool| {
            let answered = || is_answered(answer) || self.is_confirmed_nil(field, answer);
            wanted.then(|| Required { field, answer, answered: answered() })
        };
        // A total among the rows owes nothing; it is to be taken out.
        let is_total = |row: &&Row| row.refused.as_ref().is_some_and(|own| own.code == "GEN-012");
        let parts = sheet.parts.iter().filter(|_| self.kind != ReturnKind::Nil);
        parts.flat_map(move |part| -> Box<dyn Iterator<Item = Required<'a>> + 'a> {
            match part {
                Part::Singles(fields) => {
                    let fields = fields.iter().copied().filter(asked);
                    Box::new(fields.filter_map(move |field| {
                        owed(field, self.get(field), self.wants(field, sheet.code))
                    }))
                }
                Part::Grid(grid) => {
                    let cells = cells(grid).filter(move |(_, field)| asked(field));
                    Box::new(cells.filter_map(move |(prefix, field)| {
                        owed(field, self.get(field), self.wants(field, &prefix))
                    }))
                }
                Part::Table(table) => {
                    let rows = self.rows(table).iter().filter(move |row| !is_total(row));
                    Box::new(rows.flat_map(move |row| {
                        let answers = row.answers().filter(move |(field, _)| asked(field));
                        answers.filter_map(move |(field, answer)| {
                            owed(field, answer, row.wants(field))
                        })
                    }))
                }
            }
        })
    }

    /// An empty amount of the Revenue sheet is a confirmed nought once the council says that empty lines are nil.
    pub fn is_confirmed_nil(&self, field: &Field, answer: &Answer) -> bool {
        answer.is_blank()
            && field.kind == Kind::Money
            && revenue::SHEET.cells().any(|own| own == field)
            && self.get(&BLANK_IS_NIL).is("Yes")
    }

    /// Whether the council says that a line of the Revenue sheet is an estimate, or its part of a greater sum.
    pub fn is_estimate(&self, line: &GridRow) -> bool {
        let quality = self.get(revenue::LINES.at(line, &revenue::QUALITY));
        quality.is("Estimate") || quality.is("Apportioned")
    }

    fn wants(&self, field: &Field, prefix: &str) -> bool {
        let named = |name: &str| self.cells.get(format!("{prefix}_{name}").as_str());
        match field.need {
            Need::Yes => true,
            Need::If(condition) => holds(condition, named),
            Need::No | Need::RowUsed | Need::Locked | Need::Formula => false,
        }
    }
}

impl Row {
    /// Whether the council filled in anything, beyond what was filled in for it.
    pub fn is_used(&self) -> bool {
        self.answers().any(|(field, answer)| field.is_input() && is_answered(answer))
    }

    fn wants(&self, field: &Field) -> bool {
        let named = |name: &str| {
            let name = format!("{}_{name}", self.table.prefix);
            self.answers().find(|(field, _)| field.name == name).map(|(_, answer)| answer)
        };
        match field.need {
            Need::Yes => true,
            Need::RowUsed => self.is_used(),
            Need::If(condition) => holds(condition, named),
            Need::No | Need::Locked | Need::Formula => false,
        }
    }
}

/// Whether anything was entered, be it usable or not.
fn is_answered(answer: &Answer) -> bool {
    match &answer.held {
        Held::Blank => false,
        Held::Refused(refused) => refused.held != Held::Blank,
        Held::NotApplicable | Held::Unreadable(_) | Held::Value(_) => true,
    }
}

/// Whether a condition holds. What it hangs on must be known: a question is not owed on a guess.
fn holds<'a>(condition: Condition, named: impl Fn(&str) -> Option<&'a Answer>) -> bool {
    let number = |name| named(name).and_then(Answer::number);
    match condition {
        Condition::Is(name, option) => named(name).is_some_and(|answer| answer.is(option)),
        Condition::IsNot(name, option) => {
            named(name).and_then(Answer::text).is_some_and(|text| text != option)
        }
        Condition::Has(name, option) => {
            named(name).is_some_and(|answer| answer.many().iter().any(|chosen| &**chosen == option))
        }
        Condition::Given(name) => named(name).is_some_and(|answer| answer.value().is_some()),
        Condition::MoreThan(name, count) => {
            number(name).is_some_and(|number| number > Decimal::from(count))
        }
        Condition::Less(name, other) => {
            matches!((number(name), number(other)), (Some(less), Some(more)) if less < more)
        }
    }
}

/// The cells of a grid, each with the prefix that its row gives to its name: `CRI_c11`.
fn cells(grid: &'static Grid) -> impl Iterator<Item = (String, &'static Field)> {
    grid.rows.iter().flat_map(move |row| {
        let prefix = format!("{}_{}", grid.code, row.key);
        grid.columns.iter().map(move |column| (prefix.clone(), grid.at(row, column)))
    })
}
