//! The answers of one workbook.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use rust_decimal::dec;

use super::{
    Expected,
    grammar::{self, Choice, Choices},
    grid::{self, Content, Epoch, Grid, Tab},
    identity::Identity,
    locate::Places,
    notice::{self, Seen},
    origins::Origins,
    rows::{Rows, Span},
    totals::{self, Total},
    unlike::Unlike,
};
use crate::{
    answer::{Answer, File, Found, Held, Origin, Remark, RemarkKind, ReturnKind, Row, Spot, Value},
    english,
    form::{Field, Group, List, Need, Options, Part, Sheet, Table, Workbook},
    place::{self, Cell},
    programme::{Code, Programme},
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
            for row in sheet.rows.values_mut().flat_map(BTreeMap::values_mut) {
                row.found_mut().filter_map(|answer| answer.spot.as_mut()).for_each(&mut renew);
                renew(&mut row.spot);
            }
            let cells = sheet.cells.values_mut();
            cells.filter_map(|answer| answer.spot.as_mut()).for_each(&mut renew);
        }
        self.file = file;
    }
}

/// A sheet of the form as one file has it.
pub(super) struct SentSheet {
    pub(super) sheet: &'static Sheet,
    /// Single answers and cells of grids, by defined name.
    pub(super) cells: BTreeMap<&'static str, Answer>,
    /// Rows of tables in which anything is filled in, or was by the office, by table and by their place in it.
    pub(super) rows: BTreeMap<&'static str, BTreeMap<i64, Row>>,
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
            || self.rows.values().flat_map(BTreeMap::values).any(Row::is_used)
    }
}

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
            let rows = forming.rows(&own, &mut grid, &areas);
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
                            Some((tab, cell, found)) => {
                                let (content, tab) =
                                    (self.grid.tabs[tab].get(cell), (tab, &self.grid.tabs[tab]));
                                let answer = self.forming.answer(field, content, tab, cell, found);
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

/// What is needed to take what stands in a cell for an answer.
struct Forming<'a> {
    origins: Origins,
    epoch: Epoch,
    project: Option<&'a Code>,
    vocabulary: &'a Vocabulary,
    asked: &'a dyn Fn(Group) -> bool,
}

impl Forming<'_> {
    /// The rows of a table. What they are made of is let go, unless another table may have a part in it.
    fn rows(
        &self,
        own: &LocatedTable,
        grid: &mut Grid,
        others: &VecDeque<Span>,
    ) -> BTreeMap<i64, Row> {
        let LocatedTable { table, at, unlike, .. } = own;
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
        let mut rows = BTreeMap::new();
        for number in filled {
            let cells = match others.iter().any(|other| other.has(at.tab, number)) {
                true => tab.row(number).to_vec(),
                false => tab.take(number),
            };
            let answer = |(field, column): &(&'static Field, Option<(u32, Found)>)| match *column {
                Some((column, found)) => {
                    let cell = Cell { row: number, column };
                    let content = grid::content(&cells, column);
                    self.answer(field, content, (at.tab, tab), cell, found)
                }
                None => Answer::NONE,
            };
            let answers = columns.iter().map(answer).collect();
            let cell = Cell { row: number, column: leftmost };
            let row = Row::new(table, self.origins.place(at.tab, cell), answers);
            let begun = may_begin && row.found().any(|answer| !answer.is_blank());
            if begun || row.is_used() {
                rows.insert(i64::from(number) - i64::from(at.first), row);
            }
        }
        rows
    }

    /// `tab`: with its place among the tabs.
    fn answer(
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
