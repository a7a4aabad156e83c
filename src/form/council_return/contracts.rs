//! The Contracts sheet (CON) of the council return.

use rust_decimal::dec;

use crate::form::{Condition, Field, Group, Kind, Need, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "Contracts",
    code: "CON",
    about: "Parts of the service that contractors provide, one row for each contract.",
    asks: "Procurement",
    parts: &[
        Part::Singles(&[&NIL_CONTRACTS]),
        Part::Table(&TABLE),
        Part::Singles(&[&COMPLETED_BY, &NOTES]),
    ],
};

pub static NIL_CONTRACTS: Field =
    Field::new(Kind::Yn, "CON_nil_contracts", "No part of the service is contracted out")
        .need(Need::Yes)
        .help("Yes: leave the table empty.")
        .example("No")
        .source("Q14");

pub static CONTRACT_REF: Field = Field::new(Kind::Text, "CON_contract_ref", "Reference")
    .need(Need::RowUsed)
    .help("Each once. 30 rows.")
    .example("K-2")
    .source("Q14");

pub static TITLE: Field = Field::new(Kind::Text, "CON_title", "What it covers")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Structural engineering advice")
    .source("Q14");

pub static SUPPLIER: Field = Field::new(Kind::Text, "CON_supplier", "Supplier")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Example Ltd")
    .source("Q14");

pub static ANNUAL_VALUE: Field = Field::new(Kind::Money, "CON_annual_value", "Value a year")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Without VAT; the whole contract.")
    .example("35000")
    .source("Q14");

pub static SHARE_PCT: Field = Field::new(Kind::Pct, "CON_share_pct", "Part that is this service")
    .need(Need::RowUsed)
    .min(dec!(1))
    .max(dec!(100))
    .help("100 if it serves nothing else.")
    .example("100")
    .source("D7");

pub static CHARGED_TO: Field =
    Field::new(Kind::Choice, "CON_charged_to", "Stands in the Revenue line")
        .need(Need::RowUsed)
        .one_of(&["TPP", "SUP", "SSC", "PRE"])
        .help("Where the payment is budgeted.")
        .example("TPP")
        .source("REV-017");

pub static START_DATE: Field = Field::new(Kind::Date, "CON_start_date", "First day")
    .need(Need::RowUsed)
    .help("As dd/mm/yyyy.")
    .example("01/10/2007")
    .source("Q14");

pub static ROLLING: Field = Field::new(Kind::Yn, "CON_rolling", "Continues until notice is given")
    .need(Need::RowUsed)
    .help("Yes: leave the last day empty.")
    .example("No")
    .source("Q14");

pub static END_DATE: Field = Field::new(Kind::Date, "CON_end_date", "Last day in force")
    .need(Need::If(Condition::Is("rolling", "No")))
    .help("As dd/mm/yyyy.")
    .example("30/09/2012")
    .source("Q14");

pub static EXTENSION_MONTHS: Field =
    Field::new(Kind::Int, "CON_extension_months", "Option to extend")
        .need(Need::RowUsed)
        .unit("months")
        .min(dec!(0))
        .max(dec!(120))
        .help("Months; 0 if none.")
        .example("12")
        .source("LGA");

pub static NOTICE_MONTHS: Field = Field::new(Kind::Int, "CON_notice_months", "Notice to end it")
    .need(Need::RowUsed)
    .unit("months")
    .min(dec!(0))
    .max(dec!(36))
    .help("Months; 0 if it just ends.")
    .example("12")
    .source("D7");

pub static EARLY_EXIT: Field =
    Field::new(Kind::Ynu, "CON_early_exit", "Can the council leave early")
        .need(Need::RowUsed)
        .help("Not known is an answer; we will ask.")
        .example("Yes")
        .source("LGA");

pub static EARLIEST_BREAK: Field = Field::new(Kind::Date, "CON_earliest_break", "Not before")
    .help("Empty if at any time with notice.")
    .example("01/04/2010")
    .source("LGA");

pub static EXIT_FIXED: Field =
    Field::new(Kind::Money, "CON_exit_fixed", "Cost of leaving early: fixed")
        .need(Need::If(Condition::Is("early_exit", "Yes")))
        .min(dec!(0))
        .max(dec!(999999999))
        .help("0 if none.")
        .example("0")
        .source("LGA");

pub static EXIT_PER_MONTH: Field =
    Field::new(Kind::Money, "CON_exit_per_month", "Cost of leaving early: for each month left")
        .need(Need::If(Condition::Is("early_exit", "Yes")))
        .min(dec!(0))
        .max(dec!(999999999))
        .help("0 if none.")
        .example("2500")
        .source("LGA");

pub static OTHERS_MAY_USE: Field =
    Field::new(Kind::Ynu, "CON_others_may_use", "May other councils use it")
        .need(Need::RowUsed)
        .help("Yes, No or Not known.")
        .example("Not known")
        .source("LGA");

pub static DESCRIPTION: Field = Field::new(Kind::Text, "CON_description", "More about it")
    .group(Group::ContractDetail)
    .help("A few words. Leave empty if it does not apply.")
    .source("Q14");

pub static DEPARTMENT: Field = Field::new(Kind::Text, "CON_department", "Held by")
    .group(Group::ContractDetail)
    .help("A few words. Leave empty if it does not apply.")
    .example("Environmental services")
    .source("Q14");

pub static JOINT_CONTRACT: Field =
    Field::new(Kind::Yn, "CON_joint_contract", "A contract held with other councils")
        .group(Group::ContractDetail)
        .help("Yes or No. Leave empty if it does not apply.")
        .example("No")
        .source("CON-008");

pub static EXTENSION_DECIDE_BY: Field =
    Field::new(Kind::Date, "CON_extension_decide_by", "Decide on the extension by")
        .group(Group::ContractDetail)
        .help("As dd/mm/yyyy. Leave empty if it does not apply.")
        .example("30/06/2009")
        .source("LGA");

pub static EXTENSION_USED: Field =
    Field::new(Kind::Yn, "CON_extension_used", "Extension already used")
        .group(Group::ContractDetail)
        .help("Yes or No. Leave empty if it does not apply.")
        .example("No")
        .source("LGA");

pub static ASSIGNABLE: Field = Field::new(Kind::Ynu, "CON_assignable", "May it be assigned")
    .group(Group::ContractDetail)
    .help("Yes, No or Not known. Leave empty if it does not apply.")
    .example("Not known")
    .source("LGA");

pub static CONTRACTOR_FTE: Field =
    Field::new(Kind::Fte, "CON_contractor_fte", "Contractor's FTE on it")
        .group(Group::ContractDetail)
        .min(dec!(0))
        .max(dec!(1000))
        .help("1.00 is one full-time officer. Leave empty if it does not apply.")
        .example("6.50")
        .source("TUPE");

pub static INDEXATION: Field = Field::new(Kind::Text, "CON_indexation", "Yearly uplift")
    .group(Group::ContractDetail)
    .help("A few words. Leave empty if it does not apply.")
    .example("RPIX")
    .source("LGA");

pub static LEAD_MONTHS: Field =
    Field::new(Kind::Int, "CON_lead_months", "Months needed to replace it")
        .unit("months")
        .group(Group::ContractDetail)
        .min(dec!(0))
        .max(dec!(60))
        .help("Empty: 12.")
        .example("12")
        .source("LGA");

pub static TABLE: Table = Table {
    name: "CON_table",
    prefix: "CON",
    title: "Contracts",
    rows: 30,
    columns: &[
        &CONTRACT_REF,
        &TITLE,
        &SUPPLIER,
        &ANNUAL_VALUE,
        &SHARE_PCT,
        &CHARGED_TO,
        &START_DATE,
        &ROLLING,
        &END_DATE,
        &EXTENSION_MONTHS,
        &NOTICE_MONTHS,
        &EARLY_EXIT,
        &EARLIEST_BREAK,
        &EXIT_FIXED,
        &EXIT_PER_MONTH,
        &OTHERS_MAY_USE,
        &DESCRIPTION,
        &DEPARTMENT,
        &JOINT_CONTRACT,
        &EXTENSION_DECIDE_BY,
        &EXTENSION_USED,
        &ASSIGNABLE,
        &CONTRACTOR_FTE,
        &INDEXATION,
        &LEAD_MONTHS,
    ],
    key: Some(&CONTRACT_REF),
};

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "CON_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "CON_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
