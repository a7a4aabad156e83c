//! The Criteria sheet (CRI) of the council return.

use crate::form::{
    Condition, Field, Grid, GridColumn, GridRow, Group, Kind, Need, Options, Part, Sheet,
};

pub static SHEET: Sheet = Sheet {
    name: "Criteria",
    code: "CRI",
    about: "How your council sees the criteria and the outcomes of the project.",
    asks: "Head of service",
    parts: &[Part::Grid(&CRITERIA), Part::Grid(&OUTCOMES), Part::Singles(&[&COMPLETED_BY, &NOTES])],
};

pub static CRITERION_ANSWER: GridColumn = GridColumn {
    field: Field::new(Kind::Choice, "answer", "")
        .need(Need::Yes)
        .group(Group::Criteria)
        .help("Pick one from the list."),
    exemplified: false,
};

pub static CRITERION_EVIDENCE: GridColumn = GridColumn {
    field: Field::new(Kind::Text, "evidence", "what shows it")
        .need(Need::If(Condition::IsNot("answer", "Not known")))
        .group(Group::Criteria)
        .help("A few words."),
    exemplified: false,
};

pub static CRITERION_FIGURE: GridColumn = GridColumn {
    field: Field::new(Kind::Dec, "figure", "a figure, if there is one")
        .group(Group::Criteria)
        .help("A number. Leave empty if it does not apply."),
    exemplified: false,
};

pub static C11: GridRow = GridRow {
    source: "App. ii 1a",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c11", "Critical staff are hard to recruit or replace")
};

pub static C12: GridRow = GridRow {
    source: "App. ii 1b",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c12", "More than one council uses the same systems")
};

pub static C13: GridRow = GridRow {
    source: "App. ii 1c",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c13", "The councils have worked together on this before")
};

pub static C21: GridRow = GridRow {
    source: "App. ii 2a",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c21", "Combining could save through scale")
};

pub static C22: GridRow = GridRow {
    source: "App. ii 2b",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c22", "It suits invest to save")
};

pub static C23: GridRow = GridRow {
    source: "App. ii 2c",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c23", "Budget pressure makes present levels hard to keep")
};

pub static C31: GridRow = GridRow {
    source: "App. ii 3a",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c31", "Councils share a CRM or systems that fit together")
};

pub static C32: GridRow = GridRow {
    source: "App. ii 3b",
    options: Options::Listed(&["National", "Mixed", "Local", "Not known"]),
    ..GridRow::new("c32", "The service follows a national template")
};

pub static C33: GridRow = GridRow {
    source: "App. ii 3c",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c33", "Performance is steadily above average")
};

pub static CRITERIA: Grid = Grid::new(
    "CRI",
    "Criterion",
    &[&C11, &C12, &C13, &C21, &C22, &C23, &C31, &C32, &C33],
    &[&CRITERION_ANSWER, &CRITERION_EVIDENCE, &CRITERION_FIGURE],
);

pub static OUTCOME_CONTRIBUTION: GridColumn = GridColumn {
    field: Field::new(Kind::Choice, "contribution", "")
        .need(Need::Yes)
        .group(Group::Criteria)
        .one_of(&["Strong", "Some", "None", "Not known"])
        .help("How much a shared service would bring this about for your council."),
    exemplified: false,
};

pub static OUTCOME_HOW: GridColumn = GridColumn {
    field: Field::new(Kind::Text, "how", "how")
        .group(Group::Criteria)
        .help("A few words. Leave empty if it does not apply."),
    exemplified: false,
};

pub static O11: GridRow = GridRow {
    source: "App. i 1a",
    ..GridRow::new("o11", "Recruit and keep staff: careers, training")
};

pub static O12: GridRow =
    GridRow { source: "App. i 1b", ..GridRow::new("o12", "Common strategies, policies and plans") };

pub static O13: GridRow =
    GridRow { source: "App. i 1c", ..GridRow::new("o13", "More expertise, skills gaps filled") };

pub static O21: GridRow = GridRow { source: "App. i 2a", ..GridRow::new("o21", "Shared systems") };

pub static O22: GridRow =
    GridRow { source: "App. i 2b", ..GridRow::new("o22", "Common targets and indicators") };

pub static O23: GridRow =
    GridRow { source: "App. i 2c", ..GridRow::new("o23", "Scale, lower unit cost") };

pub static O24: GridRow = GridRow { source: "App. i 2d", ..GridRow::new("o24", "Fewer sites") };

pub static O31: GridRow =
    GridRow { source: "App. i 3a", ..GridRow::new("o31", "Same procedures, forms and letters") };

pub static O32: GridRow =
    GridRow { source: "App. i 3b", ..GridRow::new("o32", "Shared web pages") };

pub static O33: GridRow =
    GridRow { source: "App. i 3c", ..GridRow::new("o33", "One standard of customer care") };

pub static OUTCOMES: Grid = Grid::new(
    "CRI",
    "Outcome",
    &[&O11, &O12, &O13, &O21, &O22, &O23, &O24, &O31, &O32, &O33],
    &[&OUTCOME_CONTRIBUTION, &OUTCOME_HOW],
);

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "CRI_completed_by", "Who filled in this sheet").group(Group::Criteria).help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "CRI_notes",
    "Anything we should know about this sheet",
)
.group(Group::Criteria)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
