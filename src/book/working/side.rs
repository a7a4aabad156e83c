//! Answers side by side: a line for each question, a column for each council, and in words where they differ.

use crate::{
    answer::{Answer, Held, Return, Value},
    book::{
        board::Board,
        said,
        sheet::{Cell, Column, Row, Table},
        style::Look,
    },
    english,
    form::{Field, Kind, Sheet},
    number::Exact,
    programme::Code,
};

/// What one council says, or why nothing is known of it.
pub(super) type Said = Result<Value, String>;

/// A line of answers, in the order of the councils.
pub(super) struct Line {
    /// What names it, one for each of the table's first columns.
    pub(super) labels: Vec<String>,
    pub(super) kind: Kind,
    pub(super) said: Vec<Said>,
    /// Whether the answers can be added up.
    pub(super) adds_up: bool,
}

/// The last column of such a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    /// Whether the councils say the same, and who does not.
    Comparison,
    /// The total of what adds up.
    Total,
}

pub(super) fn table(
    board: &Board<'_>,
    name: &'static str,
    title: &str,
    heads: &[&str],
    lines: &[Line],
    last: Last,
) -> Table {
    let councils: Vec<&str> =
        board.councils().iter().map(|line| board.programme.name(&line.council)).collect();
    let mut columns: Vec<Column> = heads.iter().map(|head| Column::text(*head, 38)).collect();
    columns.extend(councils.iter().map(|name| Column::text(*name, 26)));
    columns.push(match last {
        Last::Comparison => Column::text("Comparison", 34),
        Last::Total => Column { widest: 26, ..Column::numbers("Total") },
    });
    let row = |line: &Line| {
        let mut cells: Vec<Cell> = line.labels.iter().map(Cell::text).collect();
        cells.extend(line.said.iter().map(|said| cell(said, line.kind)));
        cells.push(match last {
            Last::Comparison => Cell::text(compared(&line.said, &councils)),
            Last::Total => total(line),
        });
        Row::of(cells)
    };
    Table {
        name,
        title: title.to_owned(),
        columns,
        rows: lines.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("Nothing is asked here."),
    }
}

/// The councils' answers to a question of their returns.
pub(super) fn in_returns(board: &Board<'_>, sheet: &'static Sheet, field: &Field) -> Vec<Said> {
    let of = |council: &Code| {
        let coverage = board.picture.coverage.iter().find(|line| line.council == *council);
        let ret = board.intake.return_of(&board.project.code, council);
        match (coverage.and_then(|line| line.state.rule()), ret) {
            (Some(rule), _) => Err(said::missing(rule)),
            (None, None) => Err(said::missing("not returned")),
            (None, Some(ret)) => said(board, ret, sheet, field),
        }
    };
    board.councils().iter().map(|line| of(&line.council)).collect()
}

/// The councils' answers to a question of their profiles.
pub(super) fn in_profiles(board: &Board<'_>, sheet: &'static Sheet, field: &Field) -> Vec<Said> {
    let of = |council: &Code| match board.intake.profile(council) {
        Some(profile) => said(board, profile, sheet, field),
        None => Err(String::from("profile not returned [x]")),
    };
    board.councils().iter().map(|line| of(&line.council)).collect()
}

fn said(board: &Board<'_>, ret: &Return, sheet: &'static Sheet, field: &Field) -> Said {
    if !board.project.asks(field.group) {
        return Err(said::missing("not collected"));
    }
    if let Some(code) = ret.refused_sheet(sheet) {
        return Err(said::missing(code));
    }
    let answer = ret.get(field);
    let wanted = |name: &str| {
        let mut required = ret.required(sheet, board.programme);
        required.any(|required| required.field.name == name)
    };
    match answer.is_blank() && !wanted(field.name) {
        true => Err(String::from("left empty [z]")),
        false => usable(answer),
    }
}

/// A question with what it is counted in.
pub(super) fn label(field: &Field) -> String {
    match field.unit {
        "" | "£" => field.label.to_owned(),
        unit => format!("{} ({unit})", field.label),
    }
}

/// What an answer holds, or the words for why it is not used.
pub(super) fn usable(answer: &Answer) -> Said {
    match &answer.held {
        Held::Value(value) => Ok(value.clone()),
        Held::Blank => Err(String::from("not given [x]")),
        Held::NotApplicable => Err(said::missing("not applicable")),
        Held::Refused(refused) => Err(said::missing(refused.code)),
        Held::Unreadable(_) => Err(String::from("not usable [x]")),
    }
}

pub(super) fn cell(said: &Said, kind: Kind) -> Cell {
    match said {
        Ok(Value::Number(number)) => Cell::number(*number, look(kind)),
        Ok(Value::Date(date)) => Cell::date(*date),
        Ok(Value::Text(text)) if text.trim().is_empty() => Cell::text("not given [x]"),
        Ok(value) => Cell::text(value.to_string()),
        Err(words) => Cell::words(words),
    }
}

fn look(kind: Kind) -> Look {
    match kind {
        Kind::Money => Look::Pounds,
        Kind::Int => Look::Count,
        _ => Look::Fte,
    }
}

/// "the same", "differs: Dover and Thanet", "not known for Shepway".
pub(super) fn compared(said: &[Said], councils: &[&str]) -> String {
    let mut groups: Vec<(&Value, Vec<&str>)> = vec![];
    let mut unknown: Vec<&str> = vec![];
    for (said, name) in said.iter().zip(councils) {
        match said {
            Ok(value) => match groups.iter_mut().find(|(own, _)| *own == value) {
                Some((_, names)) => names.push(name),
                None => groups.push((value, vec![name])),
            },
            Err(_) => unknown.push(name),
        }
    }
    // The first of the largest groups is what the others are held against.
    let most = groups.iter().map(|(_, names)| names.len()).max().unwrap_or(0);
    let largest = groups.iter().filter(|(_, names)| names.len() == most).count();
    let mut parts = vec![match groups.len() {
        0 => String::from("not known"),
        1 if unknown.is_empty() => String::from("the same"),
        1 => String::from("the same as far as known"),
        _ if largest > 1 => String::from("differs between councils"),
        _ => {
            let apart: Vec<&str> = councils
                .iter()
                .copied()
                .filter(|name| groups.iter().any(|(_, own)| own.len() < most && own.contains(name)))
                .collect();
            format!("differs: {}", english::list(&apart))
        }
    }];
    if !unknown.is_empty() && !groups.is_empty() {
        parts.push(format!("not known for {}", english::list(&unknown)));
    }
    parts.join("; ")
}

fn total(line: &Line) -> Cell {
    if !line.adds_up {
        return Cell::words("does not add up [z]");
    }
    let numbers = line.said.iter().filter_map(|said| match said {
        Ok(Value::Number(number)) => Some(Exact::from(*number)),
        _ => None,
    });
    let numbers: Vec<Exact> = numbers.collect();
    let (known, of) = (numbers.len(), line.said.len());
    let sum: Exact = numbers.into_iter().sum();
    let total = Cell::number(sum, look(line.kind));
    match known {
        0 => Cell::words("not known [x]"),
        all if all == of => total,
        some => Cell::words(format!("{} of {some} of {of} councils", total.shown())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn what_differs_is_said_in_words() {
        let table = "
            a a a a: the same
            a a b a: differs: C
            a b b -: differs: A; not known for D
            a a b b: differs between councils
            a - - -: the same as far as known; not known for B, C and D
            - - - -: not known";
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (said, wanted) = line.split_once(": ").unwrap();
            let said: Vec<Said> = said
                .split(' ')
                .map(|word| match word {
                    "-" => Err(String::from("not given [x]")),
                    text => Ok(Value::Text(Arc::from(text))),
                })
                .collect();
            assert_eq!(compared(&said, &["A", "B", "C", "D"]), wanted, "{line}");
        }
    }
}
