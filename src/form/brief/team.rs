//! The Team sheet (P2) of the project brief.

use rust_decimal::dec;

use crate::form::{Condition, Field, Kind, List, Need, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "Team",
    code: "P2",
    about: "Who leads the project and who works on it. Names stay inside the programme office.",
    asks: "Project lead",
    parts: &[
        Part::Singles(&[
            &LEADER_STATUS,
            &LEADER_NAME,
            &LEADER_ROLE,
            &LEADER_EMAIL,
            &LEADER_PHONE,
            &LEADER_ADDRESS,
            &LEADER_COUNCIL,
            &LEADER_PCT_TIME,
            &PM_NAME,
            &PM_APPOINTED_ON,
            &LEGAL_LEAD_COUNCIL,
            &FINANCE_LEAD_COUNCIL,
            &EXTERNAL_SUPPORT_COST,
            &OTHER_RESOURCES,
        ]),
        Part::Table(&MEMBER_TABLE),
        Part::Table(&BOARD_TABLE),
        Part::Singles(&[&COMPLETED_BY, &NOTES]),
    ],
};

pub static LEADER_STATUS: Field = Field::new(Kind::Choice, "P2_leader_status", "Project leader")
    .need(Need::Yes)
    .one_of(&["Confirmed", "To be confirmed"])
    .help("Pick one from the list.")
    .example("Confirmed")
    .source("Q5");

pub static LEADER_NAME: Field = Field::new(Kind::Text, "P2_leader_name", "Project leader: name")
    .need(Need::If(Condition::Is("leader_status", "Confirmed")))
    .help("Question 5 asks for full contact details.")
    .example("E. Officer")
    .source("Q5");

pub static LEADER_ROLE: Field = Field::new(Kind::Text, "P2_leader_role", "Project leader: job")
    .need(Need::If(Condition::Is("leader_status", "Confirmed")))
    .help("Question 5 asks for full contact details.")
    .example("Head of development")
    .source("Q5");

pub static LEADER_EMAIL: Field = Field::new(Kind::Text, "P2_leader_email", "Project leader: email")
    .need(Need::If(Condition::Is("leader_status", "Confirmed")))
    .help("Question 5 asks for full contact details.")
    .example("e.officer@example.org")
    .source("Q5");

pub static LEADER_PHONE: Field =
    Field::new(Kind::Text, "P2_leader_phone", "Project leader: telephone")
        .need(Need::If(Condition::Is("leader_status", "Confirmed")))
        .help("Question 5 asks for full contact details.")
        .example("01304 000000")
        .source("Q5");

pub static LEADER_ADDRESS: Field =
    Field::new(Kind::Text, "P2_leader_address", "Project leader: postal address")
        .need(Need::If(Condition::Is("leader_status", "Confirmed")))
        .help("Question 5 asks for full contact details.")
        .example("Council Offices")
        .source("Q5");

pub static LEADER_COUNCIL: Field =
    Field::new(Kind::Choice, "P2_leader_council", "Project leader: council")
        .need(Need::If(Condition::Is("leader_status", "Confirmed")))
        .from_list(List::Councils)
        .help("Pick one from the list.")
        .example("DOV")
        .source("Q5");

pub static LEADER_PCT_TIME: Field =
    Field::new(Kind::Pct, "P2_leader_pct_time", "Project leader: share of time")
        .need(Need::Yes)
        .min(dec!(0))
        .max(dec!(100))
        .help("Enter 12.5 for 12.5%.")
        .example("20")
        .source("Q8");

pub static PM_NAME: Field = Field::new(Kind::Text, "P2_pm_name", "Project manager")
    .help("A few words. Leave empty if it does not apply.")
    .source("process v");

pub static PM_APPOINTED_ON: Field =
    Field::new(Kind::Date, "P2_pm_appointed_on", "Project manager appointed on")
        .help("Empty until secured.")
        .source("process v");

pub static LEGAL_LEAD_COUNCIL: Field =
    Field::new(Kind::Choice, "P2_legal_lead_council", "Council that gives legal advice")
        .from_list(List::Councils)
        .help("Pick one from the list. Leave empty if it does not apply.")
        .example("CAN")
        .source("principle l");

pub static FINANCE_LEAD_COUNCIL: Field =
    Field::new(Kind::Choice, "P2_finance_lead_council", "Council that gives financial advice")
        .from_list(List::Councils)
        .help("Pick one from the list. Leave empty if it does not apply.")
        .example("THA")
        .source("principle l");

pub static EXTERNAL_SUPPORT_COST: Field =
    Field::new(Kind::Money, "P2_external_support_cost", "External support")
        .need(Need::Yes)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("0 if none.")
        .example("0")
        .source("Q6");

pub static OTHER_RESOURCES: Field = Field::new(Kind::Text, "P2_other_resources", "Other resources")
    .help("A few words. Leave empty if it does not apply.")
    .source("Q6");

pub static MEMBER_ROLE: Field = Field::new(Kind::Text, "P2_member_role", "Role in the team")
    .need(Need::RowUsed)
    .help("15 rows.")
    .example("Finance lead")
    .source("Q6");

pub static MEMBER_COUNCIL: Field = Field::new(Kind::Choice, "P2_member_council", "Council")
    .need(Need::RowUsed)
    .from_list(List::Councils)
    .help("Pick one from the list.")
    .example("THA")
    .source("Q6");

pub static MEMBER_PCT_TIME: Field = Field::new(Kind::Pct, "P2_member_pct_time", "Share of time")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(100))
    .help("Enter 12.5 for 12.5%.")
    .example("10")
    .source("Q9");

pub static MEMBER_DAYS: Field = Field::new(Kind::Dec, "P2_member_days", "Days in all")
    .unit("days")
    .min(dec!(0))
    .max(dec!(2000))
    .help("A number. Leave empty if it does not apply.")
    .example("25")
    .source("Q6");

pub static MEMBER_TABLE: Table = Table {
    name: "P2_member_table",
    prefix: "P2_member",
    title: "Team",
    rows: 15,
    columns: &[&MEMBER_ROLE, &MEMBER_COUNCIL, &MEMBER_PCT_TIME, &MEMBER_DAYS],
    key: None,
};

pub static BOARD_COUNCIL: Field = Field::new(Kind::Choice, "P2_board_council", "Council")
    .need(Need::RowUsed)
    .from_list(List::Councils)
    .help("8 rows.")
    .example("SHE")
    .source("BCC PID");

pub static BOARD_REPRESENTATIVE: Field =
    Field::new(Kind::Text, "P2_board_representative", "Board member")
        .need(Need::RowUsed)
        .help("A few words.")
        .example("F. Officer")
        .source("BCC PID");

pub static BOARD_DEPUTY: Field = Field::new(Kind::Text, "P2_board_deputy", "Deputy")
    .help("A few words. Leave empty if it does not apply.")
    .example("G. Officer")
    .source("BCC PID");

pub static BOARD_TABLE: Table = Table {
    name: "P2_board_table",
    prefix: "P2_board",
    title: "Project board",
    rows: 8,
    columns: &[&BOARD_COUNCIL, &BOARD_REPRESENTATIVE, &BOARD_DEPUTY],
    key: None,
};

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "P2_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "P2_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
