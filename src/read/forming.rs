//! What stands in the cells of a workbook, taken for answers.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use rust_decimal::dec;

use super::{
    form::Numbered,
    grammar::{self, Choice, Choices},
    grid::{self, Content, Epoch, Grid, Tab},
    origins::Origins,
    rows::{Rows, Span},
    unlike::Unlike,
};
use crate::{
    answer::{Answer, Found, Held, Row, Value},
    form::{Field, Group, List, Need, Options, Table},
    place::Cell,
    programme::{Code, Programme},
};

/// The choices that programme.toml holds.
pub(super) struct Vocabulary {
    councils: Vec<Choice>,
    projects: Vec<Choice>,
    by_project: BTreeMap<Code, [Vec<Choice>; 3]>,
}

impl Vocabulary {
    pub(super) fn of(programme: &Programme) -> Vocabulary {
        let choice =
            |spelling: &str, others: Vec<String>| Choice { spelling: Arc::from(spelling), others };
        let councils = programme.councils.iter().map(|council| {
            let names = [council.name.clone(), council.full_name.clone()];
            choice(
                &council.code,
                names.into_iter().chain(council.aliases.iter().cloned()).collect(),
            )
        });
        let projects = programme.projects.iter().map(|project| {
            let titled = format!("{} {}", project.code, project.title);
            choice(&project.code, vec![project.title.clone(), titled])
        });
        let by_project = programme.projects.iter().map(|project| {
            let lists = [List::Functions, List::IctFunctions, List::Families].map(|list| {
                let options = programme.list(list, Some(project));
                options.iter().map(|option| choice(option, Vec::new())).collect()
            });
            (Arc::clone(&project.code), lists)
        });
        Vocabulary {
            councils: councils.collect(),
            projects: projects.collect(),
            by_project: by_project.collect(),
        }
    }

    pub(super) fn choices(&self, field: &Field, project: Option<&Code>) -> Choices<'_> {
        let list = match field.options {
            Options::None => return Choices::Any,
            Options::Listed(options) => return Choices::Listed(options),
            Options::Of(list) => list,
        };
        let own = project.and_then(|project| self.by_project.get(project));
        let choices = match (list, own) {
            (List::Councils, _) => &self.councils,
            (List::Projects, _) => &self.projects,
            (_, None) => return Choices::Any,
            (List::Functions, Some([functions, _, _])) => functions,
            (List::IctFunctions, Some([_, functions, _])) => functions,
            (List::Families, Some([_, _, families])) => families,
        };
        if choices.is_empty() { Choices::Any } else { Choices::Named(choices) }
    }
}

/// What is needed to take what stands in a cell for an answer.
pub(super) struct Forming<'a> {
    pub(super) origins: Origins,
    pub(super) epoch: Epoch,
    pub(super) project: Option<&'a Code>,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) asked: &'a dyn Fn(Group) -> bool,
}

impl Forming<'_> {
    /// The rows of a table. What they are made of is let go, unless another table may have a part in it.
    pub(super) fn rows(
        &self,
        table: &'static Table,
        at: &Rows,
        unlike: &Unlike,
        grid: &mut Grid,
        others: &VecDeque<Span>,
    ) -> Vec<Numbered> {
        let columns: Vec<(&'static Field, Option<(u32, Found)>)> = table
            .columns
            .iter()
            .zip(&at.columns)
            .map(|(field, column)| (*field, column.filter(|_| (self.asked)(field.group))))
            .collect();
        let last = columns.iter().rposition(|(_, column)| column.is_some());
        let columns = &columns[..last.map_or(0, |last| last + 1)];
        let leftmost = at.columns.iter().flatten().map(|(column, _)| *column).min().unwrap_or(0);
        // A row that the office began, such as an indicator's, owes its answers even if none is given.
        let may_begin = table.columns.iter().any(|field| field.need == Need::Yes);
        let tab = &mut grid.tabs[at.tab];
        let filled = tab.rows(at.from, at.to).filter_map(|row| Some(row.first()?.0.row));
        let filled: Vec<u32> = filled.filter(|row| !unlike.holds(*row)).collect();
        let mut rows = Vec::with_capacity(filled.len());
        for number in filled {
            let cells = tab.row(number);
            let answer = |(field, column): &(&'static Field, Option<(u32, Found)>)| match *column {
                Some((column, found)) => {
                    let cell = Cell { row: number, column };
                    let content = grid::content(cells, column);
                    self.answer(field, content, (at.tab, tab), cell, found)
                }
                None => Answer::NONE,
            };
            let answers = columns.iter().map(answer).collect();
            if !others.iter().any(|other| other.has(at.tab, number)) {
                tab.let_go(number);
            }
            let cell = Cell { row: number, column: leftmost };
            let row = Row::new(table, self.origins.place(at.tab, cell), answers);
            let begun = may_begin && row.found().any(|answer| !answer.is_blank());
            if begun || row.is_used() {
                rows.push((i64::from(number) - i64::from(at.first), row));
            }
        }
        rows
    }

    /// `tab`: with its place among the tabs.
    pub(super) fn answer(
        &self,
        field: &Field,
        content: Option<&Content>,
        (index, tab): (usize, &Tab),
        cell: Cell,
        found: Found,
    ) -> Answer {
        // What is counted in days and dates needs no list.
        let choices = match content {
            Some(Content::Text(_) | Content::Number { .. }) if field.kind.is_choice() => {
                self.vocabulary.choices(field, self.project)
            }
            _ => Choices::Any,
        };
        let (held, mut typed) = grammar::answer(content, field.kind, choices, self.epoch);
        if let (Held::Value(Value::Number(number)), Some(facts)) = (&held, &tab.facts)
            && !number.is_zero()
            && facts.scaled.binary_search(&cell).is_ok()
        {
            let shown = (number / dec!(1000)).round().normalize();
            typed = typed.or(Some(format!("{shown}, shown in thousands").into()));
        }
        Answer { held, spot: Some(self.origins.spot(index, cell, found, typed)) }
    }
}
