//! What a person would notice on opening the workbook that its answers do not say: hidden and struck-out answers,
//! links, comments, other days to count from, totals typed over, amounts said to be in thousands.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    fold,
    form::SentSheet,
    grid::{Content, Epoch, Facts, Grid, Tab},
};
use crate::{
    answer::{Answer, File, Held, Remark, RemarkKind, Row, Spot},
    english,
    form::{Field, Kind, Need},
    place::{self, Cell, Place},
};

/// Text longer than this is a remark of the council's on something else.
const SHORT: usize = 60;

/// Amounts so many rows below each other are of one block.
const GAP: u32 = 4;

/// What is to be seen in the cells of a workbook, before its rows are let go.
pub(super) struct Seen(Vec<OnTab>);

struct OnTab {
    /// It is hidden and holds figures.
    is_hidden: bool,
    /// Short texts that speak of thousands.
    thousands: Vec<(Cell, Arc<str>)>,
}

impl Seen {
    pub(super) fn on(grid: &Grid) -> Seen {
        let is_figure = |content: &Content| matches!(content, Content::Number { .. });
        let tabs = grid.tabs.iter().map(|tab| OnTab {
            is_hidden: !tab.shown && tab.cells().any(|(_, content)| is_figure(content)),
            thousands: says_thousands(tab),
        });
        Seen(tabs.collect())
    }
}

/// Looks over a workbook whose answers have been read.
pub(super) fn remarks(
    grid: &Grid,
    seen: &Seen,
    file: &Arc<File>,
    sheets: &[SentSheet],
) -> Vec<Remark> {
    let mut remarks = of_the_file(grid, seen, file);
    let tabs = Here::all(grid, seen, file, sheets);
    for here in &tabs {
        remarks.extend(here.hidden_or_struck_out());
        remarks.extend(here.comments());
        remarks.extend(here.typed_over());
        remarks.extend(here.in_thousands());
    }
    remarks.extend(first_says_thousands(&tabs, sheets));
    if grid.tabs.iter().any(|tab| tab.facts.is_none()) {
        let text = String::from(
            "The format of this workbook does not show us what is hidden or struck out, comments, percentages or amounts shown in thousands.",
        );
        remarks.push(Remark { place: Place::file(&file.path), kind: RemarkKind::Unseen, text });
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

fn of_the_file(grid: &Grid, seen: &Seen, file: &Arc<File>) -> Vec<Remark> {
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
    for (tab, _) in grid.tabs.iter().zip(&seen.0).filter(|(_, seen)| seen.is_hidden) {
        let text = format!("The sheet {} is hidden and holds figures.", tab.name);
        remarks.push(say(Place::sheet(&file.path, &tab.name), text));
    }
    remarks
}

/// The answers on one tab.
struct Here<'a> {
    tab: &'a Tab,
    seen: &'a OnTab,
    file: &'a Arc<File>,
    code: Option<&'static str>,
    singles: Vec<(&'static Field, &'a Answer)>,
    rows: Vec<&'a Row>,
}

impl<'a> Here<'a> {
    /// Of every tab its answers.
    fn all(
        grid: &'a Grid,
        seen: &'a Seen,
        file: &'a Arc<File>,
        sheets: &'a [SentSheet],
    ) -> Vec<Here<'a>> {
        let tabs = grid.tabs.iter().zip(&seen.0);
        let mut tabs: Vec<Here<'a>> = tabs
            .map(|(tab, seen)| Here { tab, seen, file, code: None, singles: vec![], rows: vec![] })
            .collect();
        let place = |spot: &Spot| grid.tabs.iter().position(|tab| tab.name == spot.origin.sheet);
        for sheet in sheets {
            for field in sheet.sheet.cells() {
                let Some(answer) = sheet.cells.get(field.name) else { continue };
                if let Some(at) = answer.spot.as_ref().and_then(place) {
                    tabs[at].code.get_or_insert(sheet.sheet.code);
                    tabs[at].singles.push((field, answer));
                }
            }
            for row in sheet.rows.values().flatten().map(|(_, row)| row) {
                if let Some(at) = place(&row.spot) {
                    tabs[at].code.get_or_insert(sheet.sheet.code);
                    tabs[at].rows.push(row);
                }
            }
        }
        tabs
    }

    fn answers(&self) -> impl Iterator<Item = (Cell, &'static Field, &'a Answer)> {
        let rows = self.rows.iter().flat_map(|row| row.answers());
        let all = self.singles.iter().copied().chain(rows);
        all.filter_map(|(field, answer)| Some((answer.spot.as_ref()?.cell, field, answer)))
    }

    /// The cells of some answers, in order.
    fn cells(&self, is: impl Fn(Cell, &Field, &Answer) -> bool) -> Vec<Cell> {
        let answers = self.answers().filter(|(cell, field, answer)| is(*cell, field, answer));
        let cells: BTreeSet<Cell> = answers.map(|(cell, ..)| cell).collect();
        cells.into_iter().collect()
    }

    fn say(&self, kind: RemarkKind, cells: &[Cell], text: String) -> Option<Remark> {
        let place = Place::cell(&self.file.path, &self.tab.name, *cells.first()?);
        Some(Remark { place, kind, text })
    }

    fn hidden_or_struck_out(&self) -> Vec<Remark> {
        let Some(facts) = &self.tab.facts else { return Vec::new() };
        let is_given = |field: &Field, answer: &Answer| field.is_input() && !answer.is_blank();
        let named = |cells: &[Cell]| place::ranges(cells.iter().copied().collect()).join(", ");
        let hidden = self.cells(|cell, field, answer| is_given(field, answer) && facts.hides(cell));
        let struck_out = self.cells(|cell, field, answer| {
            is_among(&facts.struck_out, cell) && is_given(field, answer)
        });
        let name = &self.tab.name;
        let hides = format!("{name} has hidden rows or columns with answers ({}).", named(&hidden));
        let strikes = format!("{name} has struck-out answers ({}).", named(&struck_out));
        let said = [(hidden, hides), (struck_out, strikes)].into_iter();
        said.filter_map(|(cells, text)| self.say(RemarkKind::Hidden, &cells, text)).collect()
    }

    /// Comments, with what they say.
    fn comments(&self) -> Option<Remark> {
        const SHOWN: usize = 10;
        self.code?;
        let comments = &self.tab.facts.as_ref()?.comments;
        let cells: Vec<Cell> = comments.iter().map(|(cell, _)| *cell).collect();
        let mut told: Vec<String> = comments.iter().take(SHOWN).map(said).collect();
        if comments.len() > SHOWN {
            told.push(format!("{} more", english::count(comments.len() - SHOWN)));
        }
        let text = format!("{} has comments: {}.", self.tab.name, english::list(&told));
        self.say(RemarkKind::Commented, &cells, text)
    }

    /// Totals of the form in which a number stands instead of the formula, or that have no value.
    fn typed_over(&self) -> Vec<Remark> {
        let Some(facts) = &self.tab.facts else { return Vec::new() };
        let of = |is: &dyn Fn(Cell, &Answer) -> bool| -> (Vec<Cell>, String) {
            let cells =
                self.cells(|cell, field, answer| field.need == Need::Formula && is(cell, answer));
            let named = place::ranges(cells.iter().copied().collect()).join(", ");
            (cells, named)
        };
        let (typed, named) =
            of(&|cell, answer| answer.number().is_some() && !is_among(&facts.formulas, cell));
        let lifted = if facts.protected { "" } else { ", and the sheet is not protected any more" };
        let name = &self.tab.name;
        let over = format!(
            "{name}: a total was typed over ({named}){lifted}. We used our own total instead."
        );
        let (bare, named) = of(&|_, answer| matches!(answer.held, Held::Unreadable(_)));
        let none =
            format!("{name}: a total has no value ({named}). We used our own total instead.");
        let said = [(typed, over), (bare, none)].into_iter();
        said.filter_map(|(cells, text)| self.say(RemarkKind::Changed, &cells, text)).collect()
    }

    fn is_answer(&self, cell: Cell) -> bool {
        self.answers().any(|(own, ..)| own == cell)
    }

    /// Amounts other than nought, and whether each is just shown in thousands.
    fn amounts(&self) -> Vec<(Cell, bool)> {
        let scaled = self.tab.facts.as_ref().map_or(&[][..], |facts: &Facts| &facts.scaled);
        let amounts = self.cells(|_, field, answer| {
            field.kind == Kind::Money
                && field.is_input()
                && answer.number().is_some_and(|number| !number.is_zero())
        });
        amounts.into_iter().map(|cell| (cell, is_among(scaled, cell))).collect()
    }

    /// Words that say so: over the amounts or before them in their row they stand for them, elsewhere they may.
    fn in_thousands(&self) -> Option<Remark> {
        let amounts = self.amounts();
        let is_plain = |(_, scaled): &&(Cell, bool)| !scaled;
        let first = amounts.iter().find(is_plain)?.0;
        let said = &self.seen.thousands;
        let over = said.iter().find(|(cell, _)| {
            let under = under(&amounts, *cell);
            let beside = |(own, _): &&(Cell, bool)| own.row == cell.row && own.column > cell.column;
            !self.is_answer(*cell)
                && match under.is_empty() {
                    false => under.iter().any(|own| is_plain(&own)),
                    true => {
                        cell.row < first.row
                            || amounts.iter().filter(is_plain).any(|own| beside(&own))
                    }
                }
        });
        if let Some((cell, words)) = over {
            let text = format!("“{words}” says that the amounts are in thousands.");
            return self.say(RemarkKind::Thousands(self.code?), &[*cell], text);
        }
        // Where the format says so too, the words are borne out.
        let (cell, words) = said.iter().find(|(cell, _)| under(&amounts, *cell).is_empty())?;
        self.say(RemarkKind::PerhapsThousands, &[*cell], perhaps(words))
    }
}

/// The amounts for which words over a column stand: those below them, up to the next gap.
fn under(amounts: &[(Cell, bool)], words: Cell) -> Vec<(Cell, bool)> {
    let mut under: Vec<(Cell, bool)> = Vec::new();
    let below = |own: &&(Cell, bool)| own.0.column == words.column && own.0.row > words.row;
    for amount in amounts.iter().filter(below) {
        if under.last().is_some_and(|last| amount.0.row - last.0.row > GAP) {
            break;
        }
        under.push(*amount);
    }
    under
}

/// What the first sheet, which asks for no amounts, says of those on the others.
fn first_says_thousands(tabs: &[Here<'_>], sheets: &[SentSheet]) -> Vec<Remark> {
    let first = sheets.first().map(|own| own.sheet.code);
    let Some(here) = tabs.iter().find(|own| own.code.is_some() && own.code == first) else {
        return Vec::new();
    };
    let Some((cell, words)) = here.seen.thousands.first() else { return Vec::new() };
    if !here.amounts().is_empty() {
        return Vec::new();
    }
    let answers = here.is_answer(*cell);
    let others = tabs.iter().filter(|own| own.amounts().iter().any(|(_, scaled)| !scaled));
    let said = |code: Option<&'static str>| match answers {
        true => here.say(RemarkKind::PerhapsThousands, &[*cell], perhaps(words)),
        false => {
            let text = format!("“{words}” says that the amounts are in thousands.");
            here.say(RemarkKind::Thousands(code?), &[*cell], text)
        }
    };
    let mut remarks: Vec<Remark> = others.filter_map(|own| said(own.code)).collect();
    remarks.dedup();
    remarks
}

fn perhaps(words: &str) -> String {
    format!("“{words}” may say that amounts are in thousands. We took them for pounds.")
}

/// Short texts that speak of thousands.
fn says_thousands(tab: &Tab) -> Vec<(Cell, Arc<str>)> {
    // Few texts have the letters for it, and only those are folded.
    let may_say = |words: &str| {
        words.contains(['0', '£']) || words.contains(['u', 'U']) && words.contains(['d', 'D'])
    };
    let says = |words: &str| {
        may_say(words) && words.chars().count() <= SHORT && {
            let text = fold::value(words).replace(['\'', ' '], "");
            ["£000", "000s", "£k)", "inthousands"].iter().any(|own| text.contains(own))
        }
    };
    let cells = tab.cells().filter_map(|(cell, content)| match content {
        Content::Text(words) if says(words) => Some((*cell, Arc::clone(words))),
        _ => None,
    });
    cells.collect()
}

/// A comment with its cell: "C12: “this is Q3 only”".
fn said((cell, text): &(Cell, Box<str>)) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let start: String = text.chars().take(SHORT).collect();
    let rest = if start.len() < text.len() { "…" } else { "" };
    if text.is_empty() { cell.to_string() } else { format!("{cell} “{start}{rest}”") }
}

fn answers(sheet: &SentSheet) -> impl Iterator<Item = (&'static Field, &Answer)> {
    let cells = sheet.sheet.cells();
    let cells = cells.filter_map(|field| Some((field, sheet.cells.get(field.name)?)));
    cells.chain(sheet.rows.values().flatten().flat_map(|(_, row)| row.answers()))
}

/// Whether a cell is one of these, which are in order.
fn is_among(cells: &[Cell], cell: Cell) -> bool {
    cells.binary_search(&cell).is_ok()
}
