//! The Benefits sheet (P5) of the project brief.

use crate::form::{Field, Grid, GridColumn, GridRow, Kind, Need, Options, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "Benefits",
    code: "P5",
    about: "What the project brings, and how that will be measured.",
    asks: "Project lead",
    parts: &[
        Part::Singles(&[&NET_SERVICES, &NET_FINANCIAL, &NET_RESILIENCE, &NET_CAPACITY]),
        Part::Grid(&OUTCOMES),
        Part::Grid(&CRITERIA),
        Part::Table(&BENEFIT_TABLE),
        Part::Singles(&[&COMPLETED_BY, &NOTES]),
    ],
};

pub static NET_SERVICES: Field =
    Field::new(Kind::Yn, "P5_net_services", "Net benefit to the partnership: Better services")
        .need(Need::Yes)
        .help("At least one must be Yes.")
        .example("Yes")
        .source("principle f");

pub static NET_FINANCIAL: Field =
    Field::new(Kind::Yn, "P5_net_financial", "Net benefit to the partnership: Financial gain")
        .need(Need::Yes)
        .help("At least one must be Yes.")
        .example("Yes")
        .source("principle f");

pub static NET_RESILIENCE: Field =
    Field::new(Kind::Yn, "P5_net_resilience", "Net benefit to the partnership: Resilience")
        .need(Need::Yes)
        .help("At least one must be Yes.")
        .example("Yes")
        .source("principle f");

pub static NET_CAPACITY: Field =
    Field::new(Kind::Yn, "P5_net_capacity", "Net benefit to the partnership: Capacity")
        .need(Need::Yes)
        .help("At least one must be Yes.")
        .example("Yes")
        .source("principle f");

pub static OUTCOME_CONTRIBUTION: GridColumn = GridColumn {
    field: Field::new(Kind::Choice, "contribution", "")
        .need(Need::Yes)
        .one_of(&["Strong", "Some", "None", "Not known"])
        .help("How much the project brings this about.")
        .example("Some"),
    exemplified: false,
};

pub static OUTCOME_HOW: GridColumn = GridColumn {
    field: Field::new(Kind::Text, "how", "how")
        .help("A few words. Leave empty if it does not apply."),
    exemplified: false,
};

pub static O11: GridRow = GridRow {
    source: "Q2; App. i 1a",
    ..GridRow::new("o11", "Recruit and keep staff: careers, training")
};

pub static O12: GridRow = GridRow {
    source: "Q2; App. i 1b",
    ..GridRow::new("o12", "Common strategies, policies and plans")
};

pub static O13: GridRow = GridRow {
    source: "Q2; App. i 1c",
    ..GridRow::new("o13", "More expertise, skills gaps filled")
};

pub static O21: GridRow =
    GridRow { source: "Q2; App. i 2a", ..GridRow::new("o21", "Shared systems") };

pub static O22: GridRow =
    GridRow { source: "Q2; App. i 2b", ..GridRow::new("o22", "Common targets and indicators") };

pub static O23: GridRow =
    GridRow { source: "Q2; App. i 2c", ..GridRow::new("o23", "Scale, lower unit cost") };

pub static O24: GridRow = GridRow { source: "Q2; App. i 2d", ..GridRow::new("o24", "Fewer sites") };

pub static O31: GridRow = GridRow {
    source: "Q2; App. i 3a",
    ..GridRow::new("o31", "Same procedures, forms and letters")
};

pub static O32: GridRow =
    GridRow { source: "Q2; App. i 3b", ..GridRow::new("o32", "Shared web pages") };

pub static O33: GridRow =
    GridRow { source: "Q2; App. i 3c", ..GridRow::new("o33", "One standard of customer care") };

pub static OUTCOMES: Grid = Grid::new(
    "P5",
    "Outcome",
    &[&O11, &O12, &O13, &O21, &O22, &O23, &O24, &O31, &O32, &O33],
    &[&OUTCOME_CONTRIBUTION, &OUTCOME_HOW],
);

pub static CRITERION_ANSWER: GridColumn = GridColumn {
    field: Field::new(Kind::Choice, "answer", "")
        .need(Need::Yes)
        .help("Data from the returns stand beside your answer.")
        .example("Yes"),
    exemplified: false,
};

pub static CRITERION_EVIDENCE: GridColumn = GridColumn {
    field: Field::new(Kind::Text, "evidence", "what shows it")
        .help("A few words. Leave empty if it does not apply."),
    exemplified: false,
};

pub static C11: GridRow = GridRow {
    source: "Q3; App. ii 1a",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c11", "Critical staff are hard to recruit or replace")
};

pub static C12: GridRow = GridRow {
    source: "Q3; App. ii 1b",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c12", "More than one council uses the same systems")
};

pub static C13: GridRow = GridRow {
    source: "Q3; App. ii 1c",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c13", "The councils have worked together on this before")
};

pub static C21: GridRow = GridRow {
    source: "Q3; App. ii 2a",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c21", "Combining could save through scale")
};

pub static C22: GridRow = GridRow {
    source: "Q3; App. ii 2b",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c22", "It suits invest to save")
};

pub static C23: GridRow = GridRow {
    source: "Q3; App. ii 2c",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c23", "Budget pressure makes present levels hard to keep")
};

pub static C31: GridRow = GridRow {
    source: "Q3; App. ii 3a",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c31", "Councils share a CRM or systems that fit together")
};

pub static C32: GridRow = GridRow {
    source: "Q3; App. ii 3b",
    options: Options::Listed(&["National", "Mixed", "Local", "Not known"]),
    ..GridRow::new("c32", "The service follows a national template")
};

pub static C33: GridRow = GridRow {
    source: "Q3; App. ii 3c",
    options: Options::Listed(&["Yes", "Partly", "No", "Not known"]),
    ..GridRow::new("c33", "Performance is steadily above average")
};

pub static CRITERIA: Grid = Grid::new(
    "P5",
    "Criterion",
    &[&C11, &C12, &C13, &C21, &C22, &C23, &C31, &C32, &C33],
    &[&CRITERION_ANSWER, &CRITERION_EVIDENCE],
);

pub static BENEFIT_REF: Field = Field::new(Kind::Text, "P5_benefit_ref", "Reference")
    .need(Need::RowUsed)
    .help("Each once. 20 rows.")
    .example("B1")
    .source("OGC");

pub static BENEFIT_KIND: Field = Field::new(Kind::Choice, "P5_benefit_kind", "Kind")
    .need(Need::RowUsed)
    .one_of(&["Better services", "Financial gain", "Resilience", "Capacity"])
    .help("Pick one from the list.")
    .example("Resilience")
    .source("principle f");

pub static BENEFIT_DESCRIPTION: Field = Field::new(Kind::Text, "P5_benefit_description", "Benefit")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Cover for absence")
    .source("OGC");

pub static BENEFIT_MEASURE: Field = Field::new(Kind::Text, "P5_benefit_measure", "Measured by")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Days without cover a year")
    .source("OGC");

pub static BENEFIT_BASELINE: Field = Field::new(Kind::Dec, "P5_benefit_baseline", "Now")
    .help("A number. Leave empty if it does not apply.")
    .example("14")
    .source("OGC");

pub static BENEFIT_TARGET: Field = Field::new(Kind::Dec, "P5_benefit_target", "Target")
    .help("A number. Leave empty if it does not apply.")
    .example("2")
    .source("OGC");

pub static BENEFIT_OWNER_ROLE: Field = Field::new(Kind::Text, "P5_benefit_owner_role", "Who")
    .need(Need::RowUsed)
    .help("A job, not a name.")
    .example("Head of service")
    .source("OGC");

pub static BENEFIT_DUE: Field = Field::new(Kind::Date, "P5_benefit_due", "By")
    .need(Need::RowUsed)
    .help("As dd/mm/yyyy.")
    .example("31/03/2011")
    .source("OGC");

pub static BENEFIT_REALISED: Field = Field::new(Kind::Dec, "P5_benefit_realised", "Reached so far")
    .help("A number. Leave empty if it does not apply.")
    .source("OGC");

pub static BENEFIT_TABLE: Table = Table {
    name: "P5_benefit_table",
    prefix: "P5_benefit",
    title: "Benefits",
    rows: 20,
    columns: &[
        &BENEFIT_REF,
        &BENEFIT_KIND,
        &BENEFIT_DESCRIPTION,
        &BENEFIT_MEASURE,
        &BENEFIT_BASELINE,
        &BENEFIT_TARGET,
        &BENEFIT_OWNER_ROLE,
        &BENEFIT_DUE,
        &BENEFIT_REALISED,
    ],
    key: Some(&BENEFIT_REF),
};

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "P5_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "P5_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
