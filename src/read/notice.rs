//! What a person would notice on opening the workbook that its answers do not say: hidden and struck-out answers,
//! links, other days to count from, totals typed over, amounts said to be in thousands.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    fold,
    form::SentSheet,
    grid::{Content, Epoch, Facts, Grid, Tab},
};
use crate::{
    answer::{Answer, File, Remark, RemarkKind, Row, Value},
    english,
    form::{Field, Kind, Need},
    place::{self, Cell, Place},
};

/// Text longer than this is a remark of the council's on something else.
const SHORT: usize = 60;

/// Looks over a workbook whose answers have been read.
pub(super) fn remarks(grid: &Grid, file: &Arc<File>, sheets: &[SentSheet]) -> Vec<Remark> {
    let mut remarks = of_the_file(grid, file);
    for tab in &grid.tabs {
        let here = Here::of(tab, file, sheets);
        remarks.extend(here.hidden_or_struck_out());
        remarks.extend(here.typed_over());
        remarks.extend(here.in_thousands());
    }
    if grid.epoch == Epoch::From1904 {
        let answers = sheets.iter().flat_map(answers);
        let dated = answers.map(|(_, answer)| answer).find(|answer| answer.date().is_some());
        remarks.extend(dated.map(|answer| {
            let place = answer.place();
            let date = answer.date().map(english::date).unwrap_or_default();
            let text = format!(
                "This workbook counts dates from 1904. We have converted them; please check {} = {date}.",
                place.within()
            );
            Remark { place, kind: RemarkKind::Epoch, text }
        }));
    }
    remarks
}

fn of_the_file(grid: &Grid, file: &Arc<File>) -> Vec<Remark> {
    let say = |place: Place, text: String| Remark { place, kind: RemarkKind::Hidden, text };
    let mut remarks = Vec::new();
    if grid.links > 0 {
        let others = match grid.links {
            1 => String::from("one other file"),
            count => format!("{} other files", english::count(count)),
        };
        remarks.push(say(Place::file(&file.path), format!("The workbook has links to {others}.")));
    }
    if grid.macros {
        remarks.push(say(Place::file(&file.path), "The workbook holds macros.".to_owned()));
    }
    let is_figure = |content: &Content| matches!(content, Content::Number { .. });
    let hidden = grid.tabs.iter().filter(|tab| !tab.shown);
    for tab in hidden.filter(|tab| tab.cells().iter().any(|(_, content)| is_figure(content))) {
        let text = format!("The sheet {} is hidden and holds figures.", tab.name);
        remarks.push(say(Place::sheet(&file.path, &tab.name), text));
    }
    remarks
}

/// The answers on one tab.
struct Here<'a> {
    tab: &'a Tab,
    file: &'a Arc<File>,
    code: Option<&'static str>,
    answers: BTreeMap<Cell, (&'static Field, &'a Answer)>,
}

impl<'a> Here<'a> {
    fn of(tab: &'a Tab, file: &'a Arc<File>, sheets: &'a [SentSheet]) -> Here<'a> {
        let mut here = Here { tab, file, code: None, answers: BTreeMap::new() };
        for sheet in sheets {
            for (field, answer) in answers(sheet) {
                let Some(spot) = answer.spot.as_ref().filter(|spot| spot.sheet == tab.name) else {
                    continue;
                };
                here.code = here.code.or(Some(sheet.sheet.code));
                here.answers.insert(spot.cell, (field, answer));
            }
        }
        here
    }

    fn say(&self, kind: RemarkKind, cells: &[Cell], text: String) -> Option<Remark> {
        let place = Place::cell(&self.file.path, &self.tab.name, *cells.first()?);
        Some(Remark { place, kind, text })
    }

    fn hidden_or_struck_out(&self) -> Vec<Remark> {
        let Some(facts) = &self.tab.facts else { return Vec::new() };
        let given = |is: &dyn Fn(Cell) -> bool| -> Vec<Cell> {
            let given = self
                .answers
                .iter()
                .filter(|(_, (field, answer))| field.is_input() && !answer.is_blank());
            given.map(|(cell, _)| *cell).filter(|cell| is(*cell)).collect()
        };
        let named = |cells: &[Cell]| place::areas(cells.iter().copied());
        let hidden = given(&|cell| facts.hides(cell));
        let struck_out = given(&|cell| is_among(&facts.struck_out, cell));
        let name = &self.tab.name;
        let hides = format!("{name} has hidden rows or columns with answers ({}).", named(&hidden));
        let strikes = format!("{name} has struck-out answers ({}).", named(&struck_out));
        let said = [(hidden, hides), (struck_out, strikes)].into_iter();
        said.filter_map(|(cells, text)| self.say(RemarkKind::Hidden, &cells, text)).collect()
    }

    /// Totals of the form in which a number stands instead of the formula.
    fn typed_over(&self) -> Option<Remark> {
        let facts = self.tab.facts.as_ref()?;
        let totals = self.answers.iter().filter(|(cell, (field, answer))| {
            field.need == Need::Formula
                && answer.number().is_some()
                && !is_among(&facts.formulas, **cell)
        });
        let cells: Vec<Cell> = totals.map(|(cell, _)| *cell).collect();
        let named = place::areas(cells.iter().copied());
        let lifted = if facts.protected { "" } else { ", and the sheet is not protected any more" };
        let text = format!(
            "{}: a total was typed over ({named}){lifted}. We used our own total instead.",
            self.tab.name
        );
        self.say(RemarkKind::Changed, &cells, text)
    }

    /// Words that say so, over amounts that are not just shown so.
    fn in_thousands(&self) -> Option<Remark> {
        let scaled = self.tab.facts.as_ref().map_or(&[][..], |facts: &Facts| &facts.scaled);
        let amount = |(cell, (field, answer)): (&Cell, &(&'static Field, &Answer))| {
            let is = field.kind == Kind::Money && matches!(answer.value(), Some(Value::Number(_)));
            is && field.is_input() && !is_among(scaled, *cell)
        };
        if !self.answers.iter().any(amount) {
            return None;
        }
        let says = |content: &Content| match content {
            Content::Text(text) if text.chars().count() <= SHORT => {
                let text = fold::value(text).replace(['\'', ' '], "");
                ["£000", "000s", "£k)", "inthousands"].iter().any(|words| text.contains(words))
            }
            _ => false,
        };
        let (cell, content) = self.tab.cells().iter().find(|(_, content)| says(content))?;
        let Content::Text(words) = content else { return None };
        let text = format!("“{words}” says that the amounts are in thousands.");
        self.say(RemarkKind::Thousands(self.code?), &[*cell], text)
    }
}

fn answers(sheet: &SentSheet) -> impl Iterator<Item = (&'static Field, &Answer)> {
    let cells = sheet.sheet.cells();
    let cells = cells.filter_map(|field| Some((field, sheet.cells.get(field.name)?)));
    cells.chain(sheet.rows.values().flat_map(BTreeMap::values).flat_map(Row::answers))
}

/// Whether a cell is one of these, which are in order.
fn is_among(cells: &[Cell], cell: Cell) -> bool {
    cells.binary_search(&cell).is_ok()
}
