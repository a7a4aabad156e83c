//! A workbook in a council's own layout to a part of its return, as a mapping says.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Expected, fold,
    form::{Sent, SentSheet},
    grammar,
    grid::{Content, Grid, Tab},
    origins::Origins,
};
use crate::{
    answer::{
        Answer, Fault, File, Found, Held, Origin, Remark, RemarkKind, ReturnKind, Spot, Value,
    },
    english,
    form::{Field, Group, Need, Sheet},
    mapping::{Mapping, Part, Source, Unit, is_of},
    place::{Cell, Place},
    programme::Code,
};

mod cells;
mod ledger;
mod rows;
mod table;

/// Reads what a mapping takes from a file.
pub(super) fn answers(
    grid: &Grid,
    path: &Arc<str>,
    hash: &str,
    mapping: &Mapping,
    expected: &Expected<'_>,
) -> Sent {
    let version = mapping.version;
    let file = Arc::new(File { path: Arc::clone(path), hash: hash.to_owned(), version });
    let ours = File { path: Arc::clone(&mapping.path), hash: mapping.hash.clone(), version };
    let own = mapping.project.as_deref().and_then(|code| expected.programme.project(code));
    let name = mapping.path.rsplit('/').next().unwrap_or_default();
    let mut reading = Reading {
        grid,
        expected,
        mapping,
        name,
        origins: Origins::of(grid, Arc::clone(&file), Found::ByMapping),
        ours: Arc::new(ours),
        project: mapping.project.as_ref(),
        sheets: mapping.workbook.sheets.iter().map(|sheet| SentSheet::new(sheet)).collect(),
        found: BTreeSet::new(),
        sought: BTreeSet::new(),
        remarks: Vec::new(),
    };
    for block in &mapping.blocks {
        let before = reading.remarks.len();
        let tab = reading.tab(block.sheet.as_deref());
        match (&block.part, tab) {
            (Part::Cells(fields), tab) => reading.cells(fields, tab),
            (Part::Table { rows, table, columns }, tab) => {
                if reading.table(rows, table, columns, tab).is_none() {
                    reading
                        .unread(before, |sheet| sheet.tables().any(|own| own.name == table.name));
                }
            }
            (Part::Ledger { rows, ledger }, tab) => {
                if reading.ledger(rows, ledger, tab).is_none() {
                    let first = ledger.grid.cells().first();
                    reading.unread(before, |sheet| sheet.cells().any(|own| Some(own) == first));
                }
            }
        }
    }
    reading.say_kind();
    let asked = |group: Group| own.map_or(group == Group::Core, |own| own.asks(group));
    reading.lose(&asked);
    let Reading { sheets, remarks, ours, .. } = reading;
    Sent {
        workbook: mapping.workbook,
        file,
        mapping: Some(ours),
        council: mapping.council.clone(),
        project: mapping.project.clone(),
        version: Some(version),
        kind: mapping.kind.unwrap_or(ReturnKind::Draft),
        sheets,
        remarks,
    }
}

struct Reading<'a> {
    grid: &'a Grid,
    expected: &'a Expected<'a>,
    mapping: &'a Mapping,
    /// The mapping's file, without its folder.
    name: &'a str,
    origins: Origins,
    /// The mapping as a file, for what it gives itself.
    ours: Arc<File>,
    project: Option<&'a Code>,
    sheets: Vec<SentSheet>,
    /// Fields whose place is known.
    found: BTreeSet<&'static str>,
    /// Fields that the mapping names.
    sought: BTreeSet<&'static str>,
    remarks: Vec<Remark>,
}

impl Reading<'_> {
    /// The tab that is meant: the one of this name, or the only one.
    fn tab(&mut self, sheet: Option<&str>) -> Option<usize> {
        let pattern = sheet.map(fold::value);
        let is_meant = |tab: &Tab| {
            pattern.as_ref().is_none_or(|pattern| is_of(&fold::value(&tab.name), pattern))
        };
        let meant: Vec<usize> =
            (0..).zip(&self.grid.tabs).filter(|(_, tab)| is_meant(tab)).map(|(at, _)| at).collect();
        let shown: Vec<usize> =
            meant.iter().copied().filter(|at| self.grid.tabs[*at].shown).collect();
        match (&*shown, &*meant, sheet) {
            ([only], _, _) | ([], [only], Some(_)) => return Some(*only),
            _ => {}
        }
        let names: Vec<String> = self
            .grid
            .tabs
            .iter()
            .filter(|tab| tab.shown)
            .map(|tab| format!("“{}”", tab.name))
            .collect();
        let has = match names.len() {
            0 => String::from("it has no sheet we can read"),
            _ => format!("it has {}", english::list(&names)),
        };
        let fault = match (sheet, shown.len()) {
            (None, 0) => String::from("there is no sheet in the file"),
            (None, _) => format!(
                "the mapping names no sheet, and the file has several: {}",
                english::list(&names)
            ),
            (Some(sheet), 0) => format!("there is no sheet “{sheet}” in the file; {has}"),
            (Some(sheet), _) => format!("several sheets are called “{sheet}”; {has}"),
        };
        self.amiss(None, &fault);
        None
    }

    /// What was amiss since then makes a sheet unusable: the rows that are missing would not be missed.
    fn unread(&mut self, since: usize, is_own: impl Fn(&'static Sheet) -> bool) {
        let own = self.mapping.workbook.sheets.iter().find(|sheet| is_own(sheet));
        for remark in &mut self.remarks[since..] {
            if let (RemarkKind::Amiss, Some(sheet)) = (remark.kind, own) {
                remark.kind = RemarkKind::Unread(sheet.code);
            }
        }
    }

    /// Something of the mapping that does not go together with the file.
    fn amiss(&mut self, tab: Option<usize>, fault: &str) {
        self.remark(RemarkKind::Amiss, tab, fault);
    }

    fn remark(&mut self, kind: RemarkKind, tab: Option<usize>, what: &str) {
        let place = match tab {
            Some(tab) => Place::sheet(&self.origins.file.path, &self.grid.tabs[tab].name),
            None => Place::file(&self.origins.file.path),
        };
        let text = format!("{} ({}).", english::capital(what), self.name);
        let remark = Remark { place, kind, text };
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// What stands in a cell as an answer.
    fn answer(&self, field: &'static Field, source: &Source, tab: usize, cell: Cell) -> Answer {
        let content = self.grid.tabs[tab].get(cell);
        let theirs = content.map(grammar::shown);
        let ours = theirs.as_deref().and_then(|theirs| {
            let same = |(own, _): &&(String, String)| fold::same(own, theirs);
            source.values.iter().find(same).map(|(_, ours)| Content::Text(Arc::from(&**ours)))
        });
        let is_mapped = ours.is_some();
        let (held, typed) = self.read(field, ours.as_ref().or(content));
        let typed = if is_mapped { theirs.map(|theirs| Box::from(&*theirs)) } else { typed };
        let answer = Answer { held, spot: Some(self.spot(tab, cell, typed)) };
        counted(answer, source.unit, source.turn_sign)
    }

    /// What the mapping itself says, with its line as the cell. In a table each row has it once more.
    fn constant(&self, field: &'static Field, text: &str, line: u32, row: Option<u32>) -> Answer {
        let (held, _) = self.read(field, Some(&Content::Text(Arc::from(text))));
        let sheet = match row {
            Some(row) => format!("{}, for row {}", self.name, row + 1),
            None => self.name.to_owned(),
        };
        let cell = Cell { row: line.saturating_sub(1), column: 0 };
        let origin = Origin {
            file: Arc::clone(&self.ours),
            sheet: Arc::from(sheet),
            found: Found::ByMapping,
            typed: None,
            also: Box::default(),
        };
        Answer { held, spot: Some(Spot { origin: Arc::new(origin), cell }) }
    }

    fn read(&self, field: &Field, content: Option<&Content>) -> (Held, Option<Box<str>>) {
        let choices = self.expected.vocabulary.choices(field, self.project);
        grammar::answer(content, field.kind, choices, self.grid.epoch)
    }

    fn spot(&self, tab: usize, cell: Cell, typed: Option<Box<str>>) -> Spot {
        self.origins.spot(tab, cell, Found::ByMapping, typed)
    }

    fn put(&mut self, field: &'static Field, answer: Answer) {
        self.found.insert(field.name);
        let own = |sheet: &&mut SentSheet| sheet.sheet.cells().any(|own| own == field);
        if let Some(sheet) = self.sheets.iter_mut().find(own) {
            sheet.cells.insert(field.name, answer);
        }
    }

    /// The mapping's word on how far the return is agreed stands on its first sheet.
    fn say_kind(&mut self) {
        let Some(kind) = self.mapping.kind else { return };
        let Some(first) = self.mapping.workbook.sheets.first() else { return };
        let name = format!("{}_return_type", first.code);
        if let Some(field) = first.cells().find(|field| field.name == name) {
            let answer = self.constant(field, &kind.to_string(), self.mapping.kind_line, None);
            self.put(field, answer);
        }
    }

    /// Says what is not in the file: all of a sheet that the mapping does not touch, and of others what is wanted.
    fn lose(&mut self, asked: &dyn Fn(Group) -> bool) {
        for sheet in &mut self.sheets {
            let form = sheet.sheet;
            let touched = form.fields().any(|field| self.found.contains(field.name));
            let lost = form.fields().filter(|field| {
                let wanted = matches!(field.need, Need::Yes | Need::RowUsed);
                field.is_input()
                    && asked(field.group)
                    && !self.found.contains(field.name)
                    && (wanted || !touched || self.sought.contains(field.name))
            });
            sheet.lost = lost.collect();
        }
    }
}

/// Says aloud that an amount is multiplied or its sign turned.
fn counted(mut answer: Answer, unit: Unit, turn_sign: bool) -> Answer {
    let Some(number) = answer.number().filter(|_| unit != Unit::One || turn_sign) else {
        return answer;
    };
    let counted = number.checked_mul(unit.scale());
    let counted = counted.map(|number| if turn_sign { -number } else { number });
    answer.set_typed(said(&answer.shown(), unit, turn_sign));
    answer.held = match counted {
        Some(number) => Held::Value(Value::Number(number.normalize())),
        None => Held::Unreadable(Fault::NotANumber),
    };
    answer
}

fn said(what: &str, unit: Unit, turn_sign: bool) -> Box<str> {
    let mut said = what.to_owned();
    if unit != Unit::One {
        said += &format!(", in {}", unit.word());
    }
    if turn_sign {
        said += ", sign turned";
    }
    Box::from(said)
}
