//! The Options sheet (P3) of the project brief.

use rust_decimal::dec;

use crate::form::{Condition, Field, Kind, List, Need, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "Options",
    code: "P3",
    about: "The options, what each saves and what it costs. Savings are levels reached in a year, not additions.",
    asks: "Project lead, finance",
    parts: &[
        Part::Singles(&[
            &PREFERRED_OPTION,
            &SAVINGS_BEFORE_HARMONISATION,
            &HARMONISATION_TARGET,
            &APPORTIONMENT_BASIS,
            &APPORTIONMENT_AGREED_ON,
            &APPORTIONMENT_AGREED_BY,
            &INCOME_POOLED,
        ]),
        Part::Table(&OPTION_TABLE),
        Part::Table(&JOIN_TABLE),
        Part::Table(&SHARE_TABLE),
        Part::Table(&SAVING_TABLE),
        Part::Table(&ONEOFF_TABLE),
        Part::Singles(&[&COMPLETED_BY, &NOTES]),
    ],
};

pub static PREFERRED_OPTION: Field =
    Field::new(Kind::Int, "P3_preferred_option", "Number of the preferred option")
        .min(dec!(1))
        .max(dec!(6))
        .help("Empty until there is one.")
        .example("1")
        .source("LGA");

pub static SAVINGS_BEFORE_HARMONISATION: Field = Field::new(
    Kind::Yn,
    "P3_savings_before_harmonisation",
    "Savings are stated before the cost of bringing pay together",
)
.need(Need::Yes)
.help("Yes: we take that cost off. No: it is already in the figures below.")
.example("No")
.source("D8");

pub static HARMONISATION_TARGET: Field =
    Field::new(Kind::Choice, "P3_harmonisation_target", "Pay would be brought to")
        .need(Need::If(Condition::Is("savings_before_harmonisation", "Yes")))
        .one_of(&["Highest", "Median"])
        .help("Pick one from the list.")
        .example("Highest")
        .source("D4");

pub static APPORTIONMENT_BASIS: Field =
    Field::new(Kind::Choice, "P3_apportionment_basis", "Cost is shared by")
        .one_of(&["Agreed shares", "Population", "Budget", "Equal", "Usage", "Incurring council"])
        .help("Empty until agreed; all are shown.")
        .example("Agreed shares")
        .source("principle g");

pub static APPORTIONMENT_AGREED_ON: Field =
    Field::new(Kind::Date, "P3_apportionment_agreed_on", "Agreed on")
        .need(Need::If(Condition::Given("apportionment_basis")))
        .help("As dd/mm/yyyy.")
        .example("10/12/2008")
        .source("principle g");

pub static APPORTIONMENT_AGREED_BY: Field =
    Field::new(Kind::Text, "P3_apportionment_agreed_by", "Agreed by")
        .need(Need::If(Condition::Given("apportionment_basis")))
        .help("Which body.")
        .example("East Kent Forum")
        .source("principle g");

pub static INCOME_POOLED: Field = Field::new(Kind::Yn, "P3_income_pooled", "Income is pooled")
    .help("No: each council keeps its own. Empty: both are shown.")
    .example("No")
    .source("D9");

pub static OPTION_NUMBER: Field = Field::new(Kind::Int, "P3_option_number", "Option")
    .need(Need::RowUsed)
    .min(dec!(1))
    .max(dec!(6))
    .help("Each once. 6 rows.")
    .example("1")
    .source("LGA");

pub static OPTION_NAME: Field = Field::new(Kind::Text, "P3_option_name", "Name")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Joint team hosted by one council")
    .source("LGA");

pub static OPTION_VEHICLE: Field = Field::new(Kind::Choice, "P3_option_vehicle", "Model")
    .need(Need::RowUsed)
    .one_of(&[
        "Joint working",
        "Lead council",
        "Hosted",
        "Joint committee",
        "Company",
        "Third party",
        "No change",
    ])
    .help("Pick one from the list.")
    .example("Lead council")
    .source("LGA");

pub static OPTION_COUNCILS_IN: Field =
    Field::new(Kind::Multi, "P3_option_councils_in", "Councils in")
        .need(Need::RowUsed)
        .from_list(List::Councils)
        .help("The savings below must be worked out for exactly these.")
        .example("CAN; DOV; SHE; THA")
        .source("D8");

pub static OPTION_GO_LIVE: Field = Field::new(Kind::Date, "P3_option_go_live", "Starts on")
    .need(Need::RowUsed)
    .help("As dd/mm/yyyy.")
    .example("01/04/2010")
    .source("D7");

pub static OPTION_HOST_COUNCIL: Field = Field::new(Kind::Choice, "P3_option_host_council", "Host")
    .from_list(List::Councils)
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("DOV")
    .source("LGA");

pub static OPTION_CLIENT_COST: Field = Field::new(
    Kind::Money,
    "P3_option_client_cost",
    "Cost kept by the councils to manage it, a year",
)
.need(Need::RowUsed)
.min(dec!(0))
.max(dec!(999999999))
.help("Taken off the savings. 0 if none.")
.example("0")
.source("BCC PID");

pub static OPTION_CLIENT_FTE: Field =
    Field::new(Kind::Fte, "P3_option_client_fte", "FTE kept for that")
        .need(Need::RowUsed)
        .min(dec!(0))
        .max(dec!(100))
        .help("1.00 is one full-time officer.")
        .example("0")
        .source("BCC PID");

pub static OPTION_EXIT_COST: Field =
    Field::new(Kind::Money, "P3_option_exit_cost", "Cost of withdrawing later")
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .source("LGA");

pub static OPTION_EXIT_NOTICE_MONTHS: Field =
    Field::new(Kind::Int, "P3_option_exit_notice_months", "Notice to withdraw")
        .unit("months")
        .min(dec!(0))
        .max(dec!(60))
        .help("A whole number. Leave empty if it does not apply.")
        .example("12")
        .source("LGA");

pub static OPTION_RULED_OUT: Field = Field::new(Kind::Yn, "P3_option_ruled_out", "Ruled out")
    .need(Need::RowUsed)
    .help("Yes or No.")
    .example("No")
    .source("BCC PID");

pub static OPTION_RATIONALE: Field = Field::new(Kind::Text, "P3_option_rationale", "Why")
    .unit("characters")
    .max(dec!(1000))
    .help("A seed for the draft.")
    .source("Uttlesford");

pub static OPTION_TABLE: Table = Table {
    name: "P3_option_table",
    prefix: "P3_option",
    title: "Options",
    rows: 6,
    columns: &[
        &OPTION_NUMBER,
        &OPTION_NAME,
        &OPTION_VEHICLE,
        &OPTION_COUNCILS_IN,
        &OPTION_GO_LIVE,
        &OPTION_HOST_COUNCIL,
        &OPTION_CLIENT_COST,
        &OPTION_CLIENT_FTE,
        &OPTION_EXIT_COST,
        &OPTION_EXIT_NOTICE_MONTHS,
        &OPTION_RULED_OUT,
        &OPTION_RATIONALE,
    ],
    key: Some(&OPTION_NUMBER),
};

pub static JOIN_OPTION: Field = Field::new(Kind::Int, "P3_join_option", "Option")
    .need(Need::RowUsed)
    .min(dec!(1))
    .max(dec!(6))
    .help("Only where a council joins later than the option starts. 12 rows.")
    .example("1")
    .source("LGA");

pub static JOIN_COUNCIL: Field = Field::new(Kind::Choice, "P3_join_council", "Council")
    .need(Need::RowUsed)
    .from_list(List::Councils)
    .help("Pick one from the list.")
    .example("SHE")
    .source("LGA");

pub static JOIN_DATE: Field = Field::new(Kind::Date, "P3_join_date", "Joins on")
    .need(Need::RowUsed)
    .help("As dd/mm/yyyy.")
    .example("01/10/2010")
    .source("LGA");

pub static JOIN_TABLE: Table = Table {
    name: "P3_join_table",
    prefix: "P3_join",
    title: "When each council joins",
    rows: 12,
    columns: &[&JOIN_OPTION, &JOIN_COUNCIL, &JOIN_DATE],
    key: None,
};

pub static SHARE_OPTION: Field = Field::new(Kind::Int, "P3_share_option", "Option")
    .need(Need::RowUsed)
    .min(dec!(1))
    .max(dec!(6))
    .help("Agreed shares; they add to 100. 12 rows.")
    .example("1")
    .source("principle g");

pub static SHARE_COUNCIL: Field = Field::new(Kind::Choice, "P3_share_council", "Council")
    .need(Need::RowUsed)
    .from_list(List::Councils)
    .help("Pick one from the list.")
    .example("CAN")
    .source("principle g");

pub static SHARE_PCT: Field = Field::new(Kind::Pct, "P3_share_pct", "Share")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(100))
    .help("Enter 12.5 for 12.5%.")
    .example("30")
    .source("principle g");

pub static SHARE_TABLE: Table = Table {
    name: "P3_share_table",
    prefix: "P3_share",
    title: "Agreed shares of cost",
    rows: 12,
    columns: &[&SHARE_OPTION, &SHARE_COUNCIL, &SHARE_PCT],
    key: None,
};

pub static SAVING_OPTION: Field = Field::new(Kind::Int, "P3_saving_option", "Option")
    .need(Need::RowUsed)
    .min(dec!(1))
    .max(dec!(6))
    .help("One line per category. 30 rows.")
    .example("1")
    .source("LGA");

pub static SAVING_CATEGORY: Field = Field::new(Kind::Choice, "P3_saving_category", "Category")
    .need(Need::RowUsed)
    .one_of(&["Staff", "Management", "Procurement", "ICT", "Premises", "Income"])
    .help("Pick one from the list.")
    .example("Staff")
    .source("LGA");

pub static SAVING_DESCRIPTION: Field = Field::new(Kind::Text, "P3_saving_description", "What")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Two surveyor posts by vacancy")
    .source("LGA");

pub static SAVING_CASH: Field =
    Field::new(Kind::Choice, "P3_saving_cash", "Money saved, or time freed")
        .need(Need::RowUsed)
        .one_of(&["Cash", "Time freed"])
        .help("Only cash counts in the test.")
        .example("Cash")
        .source("GB");

pub static SAVING_Y1: Field = Field::new(Kind::Money, "P3_saving_y1", "Year 1")
    .need(Need::RowUsed)
    .min(dec!(-999999999))
    .max(dec!(999999999))
    .help("Recurring level reached in that year, at base-year prices; most likely.")
    .source("D8");

pub static SAVING_Y2: Field = Field::new(Kind::Money, "P3_saving_y2", "Year 2")
    .need(Need::RowUsed)
    .min(dec!(-999999999))
    .max(dec!(999999999))
    .help("Recurring level reached in that year, at base-year prices; most likely.")
    .example("72500")
    .source("D8");

pub static SAVING_Y3: Field = Field::new(Kind::Money, "P3_saving_y3", "Year 3")
    .need(Need::RowUsed)
    .min(dec!(-999999999))
    .max(dec!(999999999))
    .help("Recurring level reached in that year, at base-year prices; most likely.")
    .source("D8");

pub static SAVING_Y4: Field = Field::new(Kind::Money, "P3_saving_y4", "Year 4")
    .need(Need::RowUsed)
    .min(dec!(-999999999))
    .max(dec!(999999999))
    .help("Recurring level reached in that year, at base-year prices; most likely.")
    .source("D8");

pub static SAVING_Y5: Field = Field::new(Kind::Money, "P3_saving_y5", "Year 5")
    .need(Need::RowUsed)
    .min(dec!(-999999999))
    .max(dec!(999999999))
    .help("Recurring level reached in that year, at base-year prices; most likely.")
    .source("D8");

pub static SAVING_LOW_PCT: Field = Field::new(Kind::Pct, "P3_saving_low_pct", "At worst")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(100))
    .help("Of the most likely figure.")
    .example("80")
    .source("LGA");

pub static SAVING_HIGH_PCT: Field = Field::new(Kind::Pct, "P3_saving_high_pct", "At best")
    .need(Need::RowUsed)
    .min(dec!(100))
    .max(dec!(300))
    .help("Of the most likely figure.")
    .example("110")
    .source("LGA");

pub static SAVING_TABLE: Table = Table {
    name: "P3_saving_table",
    prefix: "P3_saving",
    title: "Savings",
    rows: 30,
    columns: &[
        &SAVING_OPTION,
        &SAVING_CATEGORY,
        &SAVING_DESCRIPTION,
        &SAVING_CASH,
        &SAVING_Y1,
        &SAVING_Y2,
        &SAVING_Y3,
        &SAVING_Y4,
        &SAVING_Y5,
        &SAVING_LOW_PCT,
        &SAVING_HIGH_PCT,
    ],
    key: None,
};

pub static ONEOFF_OPTION: Field = Field::new(Kind::Int, "P3_oneoff_option", "Option")
    .need(Need::RowUsed)
    .min(dec!(1))
    .max(dec!(6))
    .help("20 rows.")
    .example("1")
    .source("LGA");

pub static ONEOFF_CATEGORY: Field = Field::new(Kind::Choice, "P3_oneoff_category", "Category")
    .need(Need::RowUsed)
    .one_of(&[
        "ICT",
        "Redundancy",
        "Pension strain",
        "Project",
        "Contract exit",
        "Accommodation",
        "Training",
        "Data conversion",
    ])
    .help("Redundancy and pension strain only as one sum for the option.")
    .example("ICT")
    .source("LGA");

pub static ONEOFF_DESCRIPTION: Field = Field::new(Kind::Text, "P3_oneoff_description", "What")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Shared system")
    .source("LGA");

pub static ONEOFF_Y0: Field = Field::new(Kind::Money, "P3_oneoff_y0", "Year 0")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Year 0 is the year before the start. 0 if nothing.")
    .example("120000")
    .source("D10");

pub static ONEOFF_Y1: Field = Field::new(Kind::Money, "P3_oneoff_y1", "Year 1")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Year 0 is the year before the start. 0 if nothing.")
    .example("0")
    .source("D10");

pub static ONEOFF_Y2: Field = Field::new(Kind::Money, "P3_oneoff_y2", "Year 2")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Year 0 is the year before the start. 0 if nothing.")
    .example("0")
    .source("D10");

pub static ONEOFF_HIGH_PCT: Field = Field::new(Kind::Pct, "P3_oneoff_high_pct", "At worst")
    .need(Need::RowUsed)
    .min(dec!(100))
    .max(dec!(300))
    .help("Of the most likely figure.")
    .example("100")
    .source("LGA");

pub static ONEOFF_PAYER_BASIS: Field = Field::new(Kind::Choice, "P3_oneoff_payer_basis", "Paid by")
    .need(Need::RowUsed)
    .one_of(&["Agreed shares", "Population", "Budget", "Equal", "Usage", "Incurring council"])
    .help("Pick one from the list.")
    .example("Equal")
    .source("LGA");

pub static ONEOFF_PAYER_COUNCIL: Field =
    Field::new(Kind::Choice, "P3_oneoff_payer_council", "Council, if one pays")
        .need(Need::If(Condition::Is("payer_basis", "Incurring council")))
        .from_list(List::Councils)
        .help("Pick one from the list.")
        .source("LGA");

pub static ONEOFF_TABLE: Table = Table {
    name: "P3_oneoff_table",
    prefix: "P3_oneoff",
    title: "One-off costs",
    rows: 20,
    columns: &[
        &ONEOFF_OPTION,
        &ONEOFF_CATEGORY,
        &ONEOFF_DESCRIPTION,
        &ONEOFF_Y0,
        &ONEOFF_Y1,
        &ONEOFF_Y2,
        &ONEOFF_HIGH_PCT,
        &ONEOFF_PAYER_BASIS,
        &ONEOFF_PAYER_COUNCIL,
    ],
    key: None,
};

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "P3_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "P3_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
