//! The answers of one workbook.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use super::{
    Expected,
    forming::Forming,
    grid::Grid,
    identity::Identity,
    locate::Places,
    notice::{self, Seen},
    origins::Origins,
    rows::{Rows, Span},
    totals::{self, Total},
    unlike::Unlike,
};
use crate::{
    answer::{Answer, File, Found, Origin, Remark, RemarkKind, ReturnKind, Row, Spot},
    english,
    form::{Field, Group, Part, Sheet, Table, Workbook},
    place::{self, Cell},
    programme::Code,
};

/// A form as one file has it.
pub(super) struct Sent {
    pub(super) workbook: &'static Workbook,
    pub(super) file: Arc<File>,
    /// The mapping by which it was read.
    pub(super) mapping: Option<Arc<File>>,
    pub(super) council: Option<Code>,
    pub(super) project: Option<Code>,
    /// `None` where the file does not say, as a part that came without its first sheet.
    pub(super) version: Option<u32>,
    pub(super) kind: ReturnKind,
    /// In the order of the form.
    pub(super) sheets: Vec<SentSheet>,
    pub(super) remarks: Vec<Remark>,
}

impl Sent {
    /// Makes it a part of this version.
    pub(super) fn renumber(&mut self, version: u32) {
        let file = Arc::new(File { version, ..(*self.file).clone() });
        let mut renewed: BTreeMap<*const Origin, Arc<Origin>> = BTreeMap::new();
        let mut renew = |spot: &mut Spot| {
            if spot.origin.file != self.file {
                return;
            }
            let own = renewed.entry(Arc::as_ptr(&spot.origin)).or_insert_with(|| {
                Arc::new(Origin { file: Arc::clone(&file), ..(*spot.origin).clone() })
            });
            spot.origin = Arc::clone(own);
        };
        for sheet in &mut self.sheets {
            for row in sheet.rows.values_mut().flatten().map(|(_, row)| row) {
                row.found_mut().filter_map(|answer| answer.spot.as_mut()).for_each(&mut renew);
                renew(&mut row.spot);
            }
            let cells = sheet.cells.values_mut();
            cells.filter_map(|answer| answer.spot.as_mut()).for_each(&mut renew);
        }
        self.file = file;
    }
}

/// A row with its place in the table, by which rows stand in order.
pub(super) type Numbered = (i64, Row);

/// A sheet of the form as one file has it.
pub(super) struct SentSheet {
    pub(super) sheet: &'static Sheet,
    /// Single answers and cells of grids, by defined name.
    pub(super) cells: BTreeMap<&'static str, Answer>,
    /// Rows of tables in which anything is filled in, or was by the office, by table.
    pub(super) rows: BTreeMap<&'static str, Vec<Numbered>>,
    /// Fields asked for and found neither by name nor by label.
    pub(super) lost: Vec<&'static Field>,
}

impl SentSheet {
    pub(super) fn new(sheet: &'static Sheet) -> SentSheet {
        SentSheet { sheet, cells: BTreeMap::new(), rows: BTreeMap::new(), lost: Vec::new() }
    }

    /// Whether anything that is asked on the sheet is answered.
    pub(super) fn is_answered(&self) -> bool {
        let mut fields = self.sheet.cells().filter(|field| field.is_input());
        fields.any(|field| self.cells.get(field.name).is_some_and(|answer| !answer.is_blank()))
            || self.rows.values().flatten().any(|(_, row)| row.is_used())
    }
}

/// Reads all that the project asks for.
pub(super) fn answers(mut grid: Grid, identity: Identity, expected: &Expected<'_>) -> Sent {
    let Identity { workbook, file, council, project, version, kind } = identity;
    let own = project.as_deref().and_then(|code| expected.programme.project(code));
    let asked = |group: Group| own.map_or(group == Group::Core, |own| own.asks(group));
    let forming = Forming {
        origins: Origins::of(&grid, Arc::clone(&file), Found::ByName),
        epoch: grid.epoch,
        project: project.as_ref(),
        vocabulary: &expected.vocabulary,
        asked: &asked,
    };
    // Everything is looked for before the first row is let go.
    let places = Places::of(&grid, expected.atlas.map(workbook, project.as_ref()));
    let reading = Reading { grid: &grid, places, forming: &forming };
    let located: Vec<Located> = workbook.sheets.iter().map(|sheet| reading.sheet(sheet)).collect();
    let seen = Seen::on(&grid);
    drop(reading);
    let mut areas: VecDeque<Span> =
        located.iter().flat_map(|own| &own.tables).map(|own| own.at.span()).collect();
    let (mut sheets, mut remarks) = (Vec::new(), Vec::new());
    for Located { mut sent, taken, tables } in located {
        remarks.extend(taken);
        for own in tables {
            areas.pop_front();
            let rows = forming.rows(own.table, &own.at, &own.unlike, &mut grid, &areas);
            let differing = totals::differing(&own.totals, &rows);
            remarks.extend(differing.map(|(cell, text)| {
                let place = forming.origins.place(own.at.tab, cell).place();
                Remark { place, kind: RemarkKind::Differs, text }
            }));
            remarks.extend(own.below);
            sent.rows.insert(own.table.name, rows);
        }
        sheets.push(sent);
    }
    remarks.extend(notice::remarks(&grid, &seen, &file, &sheets));
    let mapping = None;
    Sent { workbook, file, mapping, council, project, version, kind, sheets, remarks }
}

/// A sheet of the form whose single answers are read and whose tables are found.
struct Located {
    sent: SentSheet,
    /// What was said of rows that were not taken for answers.
    taken: Vec<Remark>,
    tables: Vec<LocatedTable>,
}

struct LocatedTable {
    table: &'static Table,
    at: Rows,
    unlike: Unlike,
    totals: Vec<Total>,
    /// What is to be said of that which stands below it.
    below: Vec<Remark>,
}

struct Reading<'a> {
    grid: &'a Grid,
    places: Places<'a>,
    forming: &'a Forming<'a>,
}

impl Reading<'_> {
    fn sheet(&self, sheet: &'static Sheet) -> Located {
        let (mut sent, mut taken) = (SentSheet::new(sheet), Vec::new());
        let mut tables = Vec::new();
        for part in sheet.parts {
            match part {
                Part::Table(table) => {
                    tables.extend(self.table(table, &mut sent).map(|rows| (*table, rows)));
                }
                Part::Singles(_) | Part::Grid(_) => {
                    for field in part.fields().filter(|field| (self.forming.asked)(field.group)) {
                        match self.places.single(field) {
                            Some((at, cell, found)) => {
                                let tab = &self.grid.tabs[at];
                                let content = tab.get(cell);
                                let answer =
                                    self.forming.answer(field, content, (at, tab), cell, found);
                                sent.cells.insert(field.name, answer);
                            }
                            None if field.is_input() => sent.lost.push(field),
                            None => {}
                        }
                    }
                }
            }
        }
        self.overwritten(&tables, &mut sent);
        let below: Vec<Vec<Remark>> =
            tables.iter().map(|(table, at)| self.below(sheet, table, at, &tables)).collect();
        let located = tables.into_iter().zip(below).map(|((table, at), below)| {
            let tab = &self.grid.tabs[at.tab];
            let unlike = Unlike::of(tab, &at);
            self.say_unlike(&at, &unlike, &mut taken);
            let totals = totals::stated(tab, &at, table);
            LocatedTable { table, at, unlike, totals, below }
        });
        let tables = located.collect();
        Located { sent, taken, tables }
    }

    /// What stands below a table and was not read with it.
    fn below(
        &self,
        sheet: &Sheet,
        table: &'static Table,
        at: &Rows,
        tables: &[(&'static Table, Rows)],
    ) -> Vec<Remark> {
        let (beyond, beside) = self.places.beyond(table, tables);
        let say = |cells: &[Cell], kind: RemarkKind, what: &str| {
            let place = self.forming.origins.place(at.tab, *cells.first()?).place();
            let rows = match cells.len() {
                1 => String::from("a row stands"),
                count => format!("{} rows stand", english::count(count)),
            };
            let text = format!("{rows} below the end of “{}”, {what}", table.title);
            Some(Remark { place, kind, text })
        };
        let beyond = say(&beyond, RemarkKind::Beyond(sheet.code), "where we do not read");
        let not_part = "and we did not take it for part of the table";
        beyond.into_iter().chain(say(&beside, RemarkKind::Below, not_part)).collect()
    }

    /// Single answers over whose cells rows of a table were pasted are lost.
    fn overwritten(&self, tables: &[(&Table, Rows)], sent: &mut SentSheet) {
        let covered = |spot: &Spot| {
            tables.iter().any(|(_, rows)| {
                let columns = rows.columns.iter().flatten().map(|(column, _)| *column);
                self.grid.tabs[rows.tab].name == spot.origin.sheet
                    && (rows.from..=rows.to).contains(&spot.cell.row)
                    && columns.into_iter().any(|column| column == spot.cell.column)
            })
        };
        let is_gone = |answer: &Answer| answer.spot.as_ref().is_some_and(covered);
        let fields = sent.sheet.cells();
        let gone: Vec<&'static Field> =
            fields.filter(|field| sent.cells.get(field.name).is_some_and(is_gone)).collect();
        for field in gone {
            sent.cells.remove(field.name);
            if field.is_input() {
                sent.lost.push(field);
            }
        }
    }

    /// Says which rows of a table were not taken for answers.
    fn say_unlike(&self, at: &Rows, unlike: &Unlike, remarks: &mut Vec<Remark>) {
        for (cells, what) in [(&unlike.units, "units"), (&unlike.notes, "notes")] {
            let Some(first) = cells.first() else { continue };
            let named = place::areas(cells.iter().copied());
            let name = &self.grid.tabs[at.tab].name;
            let text = format!("{name}: taken for {what}, not for answers: {named}.");
            let place = self.forming.origins.place(at.tab, *first).place();
            remarks.push(Remark { place, kind: RemarkKind::Taken, text });
        }
    }

    fn table(&self, table: &'static Table, sent: &mut SentSheet) -> Option<Rows> {
        let asked = |field: &&&'static Field| (self.forming.asked)(field.group);
        let mut columns = table.columns.iter();
        if !columns.any(|field| asked(&field)) {
            return None;
        }
        let Some(at) = self.places.table(table) else {
            sent.lost.extend(table.columns.iter().filter(asked).filter(|field| field.is_input()));
            return None;
        };
        let lost = table.columns.iter().zip(&at.columns).filter(|(_, column)| column.is_none());
        let lost = lost.map(|(field, _)| field).filter(asked).filter(|field| field.is_input());
        sent.lost.extend(lost);
        Some(at)
    }
}
