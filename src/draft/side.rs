//! Answers side by side: a line for each question, a column for each council, and what they differ in.

use super::{case::Case, table};
use crate::{
    answer::{Held, Return, ReturnKind, Value},
    english,
    form::{Field, Kind},
    picture::State,
    programme::Code,
    word::{Block, Table},
};

/// Where the answers stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Profiles,
    Returns,
}

/// Questions with what every council expected answers.
pub(super) struct Side<'a> {
    place: Place,
    lines: Vec<(String, &'static Field)>,
    councils: Vec<&'a Code>,
}

impl<'a> Side<'a> {
    pub(super) fn new(
        case: &'a Case<'_>,
        place: Place,
        lines: impl IntoIterator<Item = (String, &'static Field)>,
    ) -> Side<'a> {
        Side { place, lines: lines.into_iter().collect(), councils: case.expected() }
    }

    /// What a council answered, where it may be used.
    fn answer<'r>(&self, case: &'r Case<'_>, council: &Code, field: &Field) -> Option<&'r Value> {
        let ret = match self.place {
            Place::Profiles => case.profile(council)?,
            Place::Returns => used(case, council)?,
        };
        ret.used(field)
    }

    /// Whether any council answered any of the questions.
    pub(super) fn any(&self, case: &Case<'_>) -> bool {
        let given = |field| self.councils.iter().any(|own| self.answer(case, own, field).is_some());
        self.lines.iter().any(|(_, field)| given(field))
    }

    /// The questions that councils answer differently, and those that all of them answer alike.
    pub(super) fn compared(&self, case: &Case<'_>) -> (Vec<&str>, Vec<&str>) {
        let (mut differ, mut same): (Vec<&str>, Vec<&str>) = (vec![], vec![]);
        for (label, field) in &self.lines {
            let given: Vec<&Value> =
                self.councils.iter().filter_map(|own| self.answer(case, own, field)).collect();
            match given.windows(2).all(|pair| pair[0] == pair[1]) {
                false => differ.push(&**label),
                true if given.len() == self.councils.len() && given.len() > 1 => {
                    same.push(&**label);
                }
                true => (),
            }
        }
        (differ, same)
    }

    /// The councils that answered nothing.
    pub(super) fn silent(&self, case: &Case<'_>) -> Vec<&'a Code> {
        let silent = |council: &&&Code| {
            self.lines.iter().all(|(_, field)| self.answer(case, council, field).is_none())
        };
        self.councils.iter().filter(silent).copied().collect()
    }

    /// A table, or several where there are many councils.
    pub(super) fn tables(
        &self,
        case: &Case<'_>,
        title: &str,
        shows: &str,
        head: &str,
    ) -> Vec<Block> {
        let of = |group: &[&Code]| {
            let mut columns = vec![table::text(head, 24)];
            columns.extend(group.iter().map(|code| table::text(case.programme.name(code), 19)));
            let row = |(label, field): &(String, &'static Field)| {
                let mut cells = vec![label.clone()];
                cells.extend(group.iter().map(|code| self.cell(case, code, field)));
                cells
            };
            Block::Table(Table {
                title: title.to_owned(),
                description: shows.to_owned(),
                columns,
                rows: self.lines.iter().map(row).collect(),
                total: false,
            })
        };
        self.councils.chunks(table::ACROSS).map(of).collect()
    }

    fn cell(&self, case: &Case<'_>, council: &Code, field: &'static Field) -> String {
        match self.place {
            Place::Profiles => case.profile(council).map_or_else(
                || String::from("profile not returned"),
                |profile| answered(profile, field),
            ),
            Place::Returns => in_return(case, council, field),
        }
    }
}

fn used<'r>(case: &'r Case<'_>, council: &Code) -> Option<&'r Return> {
    case.used().find(|(line, _)| line.council == *council).map(|(_, ret)| ret)
}

/// What a council's return says, or why nothing is known of it.
fn in_return(case: &Case<'_>, council: &Code, field: &'static Field) -> String {
    let line = case.own.coverage.iter().find(|line| line.council == *council);
    let ret = case.intake.return_of(&case.project.code, council);
    match (line.map(|line| &line.state), ret) {
        (Some(State::Used), Some(ret)) => answered(ret, field),
        (Some(State::Refused(code) | State::SetAside(code)), _) => format!("rejected ({code})"),
        _ => String::from("not returned"),
    }
}

/// An answer as tables have it, or why there is none.
pub(super) fn answered(ret: &Return, field: &'static Field) -> String {
    let answer = ret.get(field);
    let sheet = ret.workbook.sheet(field.name.split('_').next().unwrap_or_default());
    let code = sheet.and_then(|sheet| ret.refused_sheet(sheet)).or(answer.refused());
    match (answer.number(), answer.value()) {
        _ if ret.kind == ReturnKind::Nil => String::from("not provided"),
        _ if let Some(code) = code => format!("rejected ({code})"),
        (Some(number), _) if field.kind == Kind::Money => english::pounds(&number.into()),
        (Some(number), _) => english::thousands(&number.normalize().to_string()),
        (None, Some(Value::Date(date))) => english::date(*date),
        (None, Some(value)) => value.to_string().replace("; ", ", "),
        (None, None) if answer.is_blank() => String::from("not answered"),
        (None, None) if answer.held == Held::NotApplicable => String::from("not applicable"),
        (None, None) => String::from("not usable"),
    }
}
