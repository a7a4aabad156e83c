//! The words by which the answers of each form are found, folded and made once.

use std::{
    collections::{BTreeMap, BTreeSet},
    ptr,
    sync::OnceLock,
};

use super::fold;
use crate::{
    form::{Field, Part, Sheet, Table, WORKBOOKS, Workbook},
    issue::{Issue, Landmark, Landmarks},
    programme::{Code, Programme},
};

/// The words of every form of a programme.
pub(super) struct Atlas<'a> {
    programme: &'a Programme,
    /// By the form's place in the list and, where it is of one, by project.
    maps: BTreeMap<(usize, Option<Code>), OnceLock<Map>>,
}

/// The words of one form.
#[derive(Debug, Default)]
pub(super) struct Map {
    pub(super) sheets: Vec<SheetMap>,
    /// All words by which anything is found.
    pub(super) words: BTreeSet<String>,
    /// The defined names of all fields by the same, folded.
    pub(super) names: BTreeMap<String, &'static str>,
    /// Of each single answer and cell of a grid the place of its sheet, by defined name.
    homes: BTreeMap<&'static str, usize>,
}

/// The words of a sheet, all folded.
#[derive(Debug)]
pub(super) struct SheetMap {
    pub(super) sheet: &'static Sheet,
    /// By defined name.
    pub(super) cells: BTreeMap<&'static str, Landmark>,
    /// By the name of the table.
    pub(super) tables: BTreeMap<&'static str, TableMap>,
    pub(super) caption: Option<(String, u32)>,
    /// All labels and headings, by which the sheet itself is known.
    pub(super) words: BTreeSet<String>,
}

#[derive(Debug)]
pub(super) struct TableMap {
    /// By the column's defined name.
    pub(super) headings: BTreeMap<&'static str, String>,
    /// What stands below it in the form.
    pub(super) below: BTreeSet<String>,
}

impl<'a> Atlas<'a> {
    pub(super) fn of(programme: &'a Programme) -> Atlas<'a> {
        let of_project = programme.projects.iter().map(|project| Some(project.code.clone()));
        let owners: Vec<Option<Code>> = std::iter::once(None).chain(of_project).collect();
        let keys = (0..WORKBOOKS.len()).flat_map(|form| {
            owners.iter().map(move |owner| ((form, owner.clone()), OnceLock::new()))
        });
        Atlas { programme, maps: keys.collect() }
    }

    /// The words of a form. Those of another project serve to find out which project it is.
    pub(super) fn map(&self, workbook: &'static Workbook, project: Option<&Code>) -> &Map {
        static NONE: Map = Map {
            sheets: Vec::new(),
            words: BTreeSet::new(),
            names: BTreeMap::new(),
            homes: BTreeMap::new(),
        };
        let Some(form) = WORKBOOKS.iter().position(|own| ptr::eq(*own, workbook)) else {
            return &NONE;
        };
        let first = || self.programme.projects.first().map(|project| &project.code);
        let project = project.or_else(first).filter(|_| has(workbook, "project_code"));
        let slot = self.maps.get(&(form, project.cloned()));
        slot.map_or(&NONE, |slot| slot.get_or_init(|| self.make(workbook, project)))
    }

    fn make(&self, workbook: &'static Workbook, project: Option<&Code>) -> Map {
        let project = project.and_then(|code| self.programme.project(code));
        let issue = Issue {
            workbook,
            council: self.programme.councils.first().filter(|_| has(workbook, "council_code")),
            project,
        };
        let sheets = issue.landmarks(self.programme);
        let sheets: Vec<SheetMap> = sheets.into_iter().map(SheetMap::of).collect();
        let words = sheets.iter().flat_map(|sheet| {
            let captions = sheet.caption.iter().map(|(words, _)| words);
            let below = sheet.tables.values().flat_map(|table| &table.below);
            sheet.words.iter().chain(captions).chain(below).cloned()
        });
        let fields = sheets.iter().flat_map(|own| own.sheet.parts).flat_map(Part::fields);
        let names = fields.map(|field| (fold::value(field.name), field.name));
        let homes =
            (0..).zip(&sheets).flat_map(|(at, own)| own.cells.keys().map(move |name| (*name, at)));
        Map { words: words.collect(), names: names.collect(), homes: homes.collect(), sheets }
    }
}

/// Whether the first sheet of a form asks for something.
fn has(workbook: &Workbook, name: &str) -> bool {
    workbook.sheets.first().is_some_and(|sheet| {
        let name = format!("{}_{name}", sheet.code);
        sheet.cells().any(|field| field.name == name)
    })
}

impl Map {
    /// The sheet that asks for a field.
    pub(super) fn of_field(&self, field: &Field) -> Option<&SheetMap> {
        self.homes.get(field.name).map(|at| &self.sheets[*at])
    }

    pub(super) fn of_table(&self, table: &Table) -> Option<(&SheetMap, &TableMap)> {
        self.sheets.iter().find_map(|sheet| Some((sheet, sheet.tables.get(table.name)?)))
    }
}

impl SheetMap {
    fn of(marks: Landmarks) -> SheetMap {
        let folded = |words: String| fold::label(&words);
        let cells: BTreeMap<&'static str, Landmark> = marks
            .cells
            .into_iter()
            .map(|(field, landmark)| {
                let landmark = match landmark {
                    Landmark::Beside { label, across, guidance } => Landmark::Beside {
                        label: folded(label),
                        across,
                        guidance: guidance.map(|(words, across)| (folded(words), across)),
                    },
                    Landmark::Under { label } => Landmark::Under { label: folded(label) },
                    Landmark::Crossing { label, heading } => {
                        Landmark::Crossing { label: folded(label), heading: folded(heading) }
                    }
                };
                (field.name, landmark)
            })
            .collect();
        let tables: BTreeMap<&'static str, TableMap> = marks
            .tables
            .into_iter()
            .map(|marks| {
                let headings =
                    marks.headings.into_iter().map(|(field, words)| (field.name, folded(words)));
                let below = marks.below.into_iter().map(folded);
                (
                    marks.table.name,
                    TableMap { headings: headings.collect(), below: below.collect() },
                )
            })
            .collect();
        let mut words: BTreeSet<String> =
            tables.values().flat_map(|table| table.headings.values().cloned()).collect();
        for landmark in cells.values() {
            match landmark {
                Landmark::Beside { label, .. } | Landmark::Under { label } => {
                    words.insert(label.clone());
                }
                Landmark::Crossing { label, heading } => {
                    words.extend([label.clone(), heading.clone()]);
                }
            }
        }
        let caption = marks.caption.map(|(words, across)| (folded(words), u32::from(across)));
        SheetMap { sheet: marks.sheet, cells, tables, caption, words }
    }
}
