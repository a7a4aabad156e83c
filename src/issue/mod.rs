//! Blank forms for every council and project.

mod answers;
mod compose;
mod fingerprint;
mod landmarks;
mod layout;
mod look;
mod needs;
mod paint;
mod plan;
mod prefill;
mod reference;
mod shape;
mod validation;
mod words;
mod write;

pub use answers::Answers;
pub use fingerprint::AS_ISSUED;
pub(crate) use fingerprint::{FORMULA, fingerprint};
pub(crate) use landmarks::{Landmark, Landmarks};
use layout::Layout;
pub use shape::Shape;
pub use write::write_all;

use crate::{
    form::{Field, Grid, GridColumn, Group, Sheet, Workbook, brief, council_return, profile},
    programme::{Council, Programme, Project},
};

/// Custom document properties by which a form is known again, whatever is done to its sheets.
pub const FORM_ID: &str = "lathe.form_id";
pub const FORM_VERSION: &str = "lathe.form_version";
pub const ISSUE_TOKEN: &str = "lathe.issue_token";

/// A form to be issued.
#[derive(Clone, Copy, Debug)]
pub struct Issue<'a> {
    pub workbook: &'static Workbook,
    /// `None` for a brief.
    pub council: Option<&'a Council>,
    /// `None` for a profile.
    pub project: Option<&'a Project>,
}

/// Every form of the programme: profiles, returns, briefs, each in the order of the programme.
pub fn issues(programme: &Programme) -> Vec<Issue<'_>> {
    let issue = |workbook, council, project| Issue { workbook, council, project };
    let profiles =
        programme.councils.iter().map(|council| issue(&profile::WORKBOOK, Some(council), None));
    let returns = programme.projects.iter().flat_map(|project| {
        let councils = project.issued().filter_map(|code| programme.council(code));
        councils.map(move |council| issue(&council_return::WORKBOOK, Some(council), Some(project)))
    });
    let briefs =
        programme.projects.iter().map(|project| issue(&brief::WORKBOOK, None, Some(project)));
    profiles.chain(returns).chain(briefs).collect()
}

impl<'a> Issue<'a> {
    /// `profile-THA.xlsx`, `H-THA.xlsx`, `H-brief.xlsx`.
    pub fn file_name(&self) -> String {
        let word = self.workbook.word;
        match (self.project, self.council) {
            (Some(project), Some(council)) => format!("{}-{}.xlsx", project.code, council.code),
            (Some(project), None) => format!("{}-{word}.xlsx", project.code),
            (None, Some(council)) => format!("{word}-{}.xlsx", council.code),
            (None, None) => format!("{word}.xlsx"),
        }
    }

    /// The number by which the form is known again.
    pub fn token(&self, programme: &Programme) -> String {
        let project = self.project.map(|project| &*project.code);
        programme.token(self.workbook, project, self.council.map(|council| &*council.code))
    }

    /// Whether this form has the question: those of the core, and of the groups switched on for the project.
    pub fn asks(&self, field: &Field) -> bool {
        match self.project {
            Some(project) => project.asks(field.group),
            None => field.group == Group::Core,
        }
    }

    /// The sheets of this form: those in which anything is asked.
    pub fn sheets(&self) -> impl Iterator<Item = &'static Sheet> {
        self.workbook.sheets.iter().copied().filter(|sheet| {
            sheet.parts.iter().flat_map(|part| part.fields()).any(|field| self.asks(field))
        })
    }

    /// The workbook as bytes: filled with answers, and disturbed.
    ///
    /// # Errors
    /// When an answer or a change is for a field or a sheet that this form does not have.
    pub fn workbook_bytes(
        &self,
        programme: &Programme,
        answers: &Answers,
        shape: &Shape,
    ) -> anyhow::Result<Vec<u8>> {
        for (name, row, _) in answers.iter() {
            self.must_ask(name, row)?;
        }
        let layout = self.layout(programme, answers);
        let as_issued = (*answers == Answers::new()).then(|| layout.fingerprint());
        paint::paint(self, programme, &layout.shaped(shape)?, shape, as_issued)
    }

    /// By what the form is known as long as nobody has written in it.
    pub(crate) fn fingerprint(&self, programme: &Programme) -> String {
        self.layout(programme, &Answers::new()).fingerprint()
    }

    fn layout(&self, programme: &Programme, answers: &Answers) -> Layout {
        let mut pages: Vec<_> =
            self.sheets().map(|sheet| compose::page(self, programme, answers, sheet)).collect();
        pages.insert(1, reference::guidance(self, programme));
        pages.push(reference::dictionary(self, programme));
        pages.push(reference::lists(self, programme));
        Layout { pages }
    }

    fn must_ask(&self, name: &str, row: Option<u32>) -> anyhow::Result<()> {
        let field = self.workbook.fields().find(|field| field.name == name);
        let in_table =
            |table: &crate::form::Table| table.columns.iter().any(|own| own.name == name);
        let tabular = self.workbook.sheets.iter().flat_map(|sheet| sheet.tables()).any(in_table);
        let file = self.file_name();
        match field {
            None => anyhow::bail!("{file} has no field {name}"),
            Some(field) if !self.asks(field) => anyhow::bail!("{file} does not ask for {name}"),
            Some(_) if tabular != row.is_some_and(|row| row > 0) => {
                anyhow::bail!(
                    "an answer to {name} needs {}",
                    if tabular { "a row from 1" } else { "no row" }
                )
            }
            Some(_) => Ok(()),
        }
    }

    /// What the form is about: "Building control, Thanet".
    fn subject(&self) -> String {
        let project = self.project.map(|project| project.title.clone());
        let council = self.council.map(|council| council.name.clone());
        project.into_iter().chain(council).collect::<Vec<_>>().join(", ")
    }

    fn asked<'f>(
        &self,
        fields: &'f [&'static Field],
    ) -> impl Iterator<Item = &'static Field> + use<'f, 'a> {
        let own = *self;
        fields.iter().copied().filter(move |field| own.asks(field))
    }

    fn columns(&self, grid: &'static Grid) -> Vec<&'static GridColumn> {
        grid.columns.iter().copied().filter(|column| self.asks(&column.field)).collect()
    }
}
