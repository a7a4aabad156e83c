//! The Milestones sheet (P4) of the project brief.

use crate::form::{Condition, Field, Kind, List, Need, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "Milestones",
    code: "P4",
    about: "Decisions, milestones and reviews.",
    asks: "Project lead",
    parts: &[
        Part::Table(&GATE_TABLE),
        Part::Table(&MILESTONE_TABLE),
        Part::Table(&CONVERGE_TABLE),
        Part::Table(&REVIEW_TABLE),
        Part::Singles(&[&COMPLETED_BY, &NOTES]),
    ],
};

pub static GATE_CODE: Field = Field::new(Kind::Choice, "P4_gate_code", "Gate")
    .need(Need::RowUsed)
    .one_of(&["G0", "G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10"])
    .help("One row per gate, and per council for G1, G4 and G7. 30 rows.")
    .example("G2")
    .source("process");

pub static GATE_COUNCIL: Field = Field::new(Kind::Choice, "P4_gate_council", "Council")
    .from_list(List::Councils)
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("CAN")
    .source("process");

pub static GATE_BODY: Field = Field::new(Kind::Text, "P4_gate_body", "Body")
    .help("A few words. Leave empty if it does not apply.")
    .example("East Kent Forum")
    .source("process");

pub static GATE_PLANNED: Field = Field::new(Kind::Date, "P4_gate_planned", "Planned")
    .need(Need::RowUsed)
    .help("As dd/mm/yyyy.")
    .example("10/12/2008")
    .source("process");

pub static GATE_FORECAST: Field = Field::new(Kind::Date, "P4_gate_forecast", "Now expected")
    .help("As dd/mm/yyyy. Leave empty if it does not apply.")
    .source("process");

pub static GATE_ACTUAL: Field = Field::new(Kind::Date, "P4_gate_actual", "Done on")
    .help("As dd/mm/yyyy. Leave empty if it does not apply.")
    .source("process");

pub static GATE_DECISION: Field = Field::new(Kind::Choice, "P4_gate_decision", "Decision")
    .one_of(&["Agreed", "Agreed with changes", "Deferred", "Not agreed", "Noted"])
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("Agreed")
    .source("process");

pub static GATE_MINUTE_REF: Field = Field::new(Kind::Text, "P4_gate_minute_ref", "Minute")
    .need(Need::If(Condition::Given("decision")))
    .help("A few words.")
    .example("EKF 14")
    .source("process");

pub static GATE_CALL_IN_EXPIRES: Field =
    Field::new(Kind::Date, "P4_gate_call_in_expires", "Call-in ends")
        .help("As dd/mm/yyyy. Leave empty if it does not apply.")
        .source("EKM");

pub static GATE_TABLE: Table = Table {
    name: "P4_gate_table",
    prefix: "P4_gate",
    title: "Gates",
    rows: 30,
    columns: &[
        &GATE_CODE,
        &GATE_COUNCIL,
        &GATE_BODY,
        &GATE_PLANNED,
        &GATE_FORECAST,
        &GATE_ACTUAL,
        &GATE_DECISION,
        &GATE_MINUTE_REF,
        &GATE_CALL_IN_EXPIRES,
    ],
    key: None,
};

pub static MILESTONE_NAME: Field = Field::new(Kind::Text, "P4_milestone_name", "Milestone")
    .need(Need::RowUsed)
    .help("20 rows.")
    .example("Data returned")
    .source("BCC PID");

pub static MILESTONE_STAGE: Field = Field::new(Kind::Choice, "P4_milestone_stage", "Stage")
    .one_of(&["Platform", "Transformation", "Optimisation"])
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("Platform")
    .source("Uttlesford");

pub static MILESTONE_PLANNED: Field = Field::new(Kind::Date, "P4_milestone_planned", "Planned")
    .need(Need::RowUsed)
    .help("As dd/mm/yyyy.")
    .example("13/02/2009")
    .source("BCC PID");

pub static MILESTONE_FORECAST: Field =
    Field::new(Kind::Date, "P4_milestone_forecast", "Now expected")
        .help("As dd/mm/yyyy. Leave empty if it does not apply.")
        .source("BCC PID");

pub static MILESTONE_ACTUAL: Field = Field::new(Kind::Date, "P4_milestone_actual", "Done on")
    .help("As dd/mm/yyyy. Leave empty if it does not apply.")
    .source("BCC PID");

pub static MILESTONE_OWNER_ROLE: Field = Field::new(Kind::Text, "P4_milestone_owner_role", "Who")
    .help("A job, not a name.")
    .source("BCC PID");

pub static MILESTONE_TABLE: Table = Table {
    name: "P4_milestone_table",
    prefix: "P4_milestone",
    title: "Milestones",
    rows: 20,
    columns: &[
        &MILESTONE_NAME,
        &MILESTONE_STAGE,
        &MILESTONE_PLANNED,
        &MILESTONE_FORECAST,
        &MILESTONE_ACTUAL,
        &MILESTONE_OWNER_ROLE,
    ],
    key: None,
};

pub static CONVERGE_FUNCTION: Field =
    Field::new(Kind::Choice, "P4_converge_function", "ICT function")
        .need(Need::RowUsed)
        .from_list(List::IctFunctions)
        .help("Steps towards one system. 12 rows.")
        .example("CRM")
        .source("Uttlesford");

pub static CONVERGE_STEP: Field = Field::new(Kind::Text, "P4_converge_step", "Step")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Move Dover to the shared CRM")
    .source("Uttlesford");

pub static CONVERGE_COUNCIL: Field = Field::new(Kind::Choice, "P4_converge_council", "Council")
    .from_list(List::Councils)
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("DOV")
    .source("Uttlesford");

pub static CONVERGE_DUE: Field = Field::new(Kind::Date, "P4_converge_due", "By")
    .need(Need::RowUsed)
    .help("As dd/mm/yyyy.")
    .example("31/03/2010")
    .source("Uttlesford");

pub static CONVERGE_TABLE: Table = Table {
    name: "P4_converge_table",
    prefix: "P4_converge",
    title: "Steps to shared systems",
    rows: 12,
    columns: &[&CONVERGE_FUNCTION, &CONVERGE_STEP, &CONVERGE_COUNCIL, &CONVERGE_DUE],
    key: None,
};

pub static REVIEW_DUE: Field = Field::new(Kind::Date, "P4_review_due", "Review on")
    .need(Need::RowUsed)
    .help("Plan, do, review. 6 rows.")
    .example("30/09/2010")
    .source("principle k");

pub static REVIEW_SUBJECT: Field = Field::new(Kind::Text, "P4_review_subject", "Of what")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("First six months")
    .source("principle k");

pub static REVIEW_TABLE: Table = Table {
    name: "P4_review_table",
    prefix: "P4_review",
    title: "Reviews",
    rows: 6,
    columns: &[&REVIEW_DUE, &REVIEW_SUBJECT],
    key: None,
};

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "P4_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "P4_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
