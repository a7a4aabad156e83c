//! The ICT sheet (ICT) of the council return.

use rust_decimal::dec;

use crate::form::{Condition, Field, Group, Kind, List, Need, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "ICT",
    code: "ICT",
    about: "Systems the service works with and how long they will last, one row for each system.",
    asks: "ICT",
    parts: &[
        Part::Singles(&[&NIL_SYSTEMS]),
        Part::Table(&TABLE),
        Part::Singles(&[&COMPLETED_BY, &NOTES]),
    ],
};

pub static NIL_SYSTEMS: Field =
    Field::new(Kind::Yn, "ICT_nil_systems", "The service uses no ICT system of its own")
        .need(Need::Yes)
        .help("No: list every system the service depends on, hardware too.")
        .example("No")
        .source("Q13");

pub static SYSTEM_REF: Field = Field::new(Kind::Text, "ICT_system_ref", "Reference")
    .need(Need::RowUsed)
    .help("Each once; one system per row. 30 rows.")
    .example("ICT-01")
    .source("Q13");

pub static FUNCTION: Field = Field::new(Kind::Choice, "ICT_function", "Used for")
    .need(Need::RowUsed)
    .from_list(List::IctFunctions)
    .help("Councils are compared within a function.")
    .example("CRM")
    .source("Q13");

pub static KIND: Field = Field::new(Kind::Choice, "ICT_kind", "Kind")
    .need(Need::RowUsed)
    .one_of(&["Software", "Hardware", "Hosted service"])
    .help("Pick one from the list.")
    .example("Software")
    .source("Q13");

pub static SUPPLIER: Field = Field::new(Kind::Text, "ICT_supplier", "Supplier")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Idox")
    .source("Q13");

pub static PRODUCT: Field = Field::new(Kind::Text, "ICT_product", "Product")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Uniform")
    .source("Q13");

pub static VERSION: Field = Field::new(Kind::Text, "ICT_version", "Version or model")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("7.4")
    .source("Q13");

pub static HOSTING: Field = Field::new(Kind::Choice, "ICT_hosting", "Runs on")
    .need(Need::RowUsed)
    .one_of(&["Own servers", "Supplier-hosted", "Another council", "Desktop only"])
    .help("Pick one from the list.")
    .example("Own servers")
    .source("LGA");

pub static USERS: Field = Field::new(Kind::Int, "ICT_users", "People who use it")
    .need(Need::RowUsed)
    .min(dec!(1))
    .max(dec!(100000))
    .help("A whole number.")
    .example("42")
    .source("D5");

pub static ANNUAL_COST: Field = Field::new(Kind::Money, "ICT_annual_cost", "Cost a year")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Licence, support and hosting. 0 if it is inside a corporate contract.")
    .example("14200")
    .source("D5");

pub static LICENCE_TERM: Field = Field::new(Kind::Choice, "ICT_licence_term", "The licence")
    .need(Need::RowUsed)
    .one_of(&["Ends on a date", "Perpetual", "Not known"])
    .help("Pick one from the list.")
    .example("Ends on a date")
    .source("Q13");

pub static LICENCE_END: Field = Field::new(Kind::Date, "ICT_licence_end", "Licence ends")
    .need(Need::If(Condition::Is("licence_term", "Ends on a date")))
    .help("Last day in force.")
    .example("31/03/2011")
    .source("Q13");

pub static SUPPORT_STATUS: Field =
    Field::new(Kind::Choice, "ICT_support_status", "Supplier support")
        .need(Need::RowUsed)
        .one_of(&["Supported", "Extended", "Unsupported", "Not known"])
        .help("Pick one from the list.")
        .example("Supported")
        .source("Q13");

pub static SUPPORT_END: Field = Field::new(Kind::Date, "ICT_support_end", "Support ends").help("Last day. For hardware: the end of its warranty or expected life. Empty if the supplier gives no date.").example("31/12/2010").source("Q13");

pub static REPLACE_PLAN_YEAR: Field =
    Field::new(Kind::Fy, "ICT_replace_plan_year", "Replacement planned in")
        .help("Empty if none is planned.")
        .example("2010/11")
        .source("Uttlesford");

pub static LICENCE_METRIC: Field = Field::new(Kind::Choice, "ICT_licence_metric", "Priced by")
    .group(Group::IctDetail)
    .one_of(&["Named user", "Concurrent", "Site", "Population/properties", "Device", "Other"])
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("Named user")
    .source("LGA");

pub static LICENCE_COUNT: Field = Field::new(Kind::Int, "ICT_licence_count", "Licences held")
    .group(Group::IctDetail)
    .min(dec!(0))
    .max(dec!(1000000))
    .help("A whole number. Leave empty if it does not apply.")
    .example("45")
    .source("LGA");

pub static REPLACE_BUDGET: Field =
    Field::new(Kind::Money, "ICT_replace_budget", "Replacement budget")
        .group(Group::IctDetail)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .source("Uttlesford");

pub static CONTRACT_REF: Field =
    Field::new(Kind::Text, "ICT_contract_ref", "Contract on the Contracts sheet")
        .group(Group::IctDetail)
        .help("A few words. Leave empty if it does not apply.")
        .example("K-11")
        .source("Q14");

pub static TRANSFERABLE: Field =
    Field::new(Kind::Ynu, "ICT_transferable", "May another council use the licence")
        .group(Group::IctDetail)
        .help("Yes, No or Not known. Leave empty if it does not apply.")
        .example("Not known")
        .source("LGA");

pub static INTEGRATIONS: Field =
    Field::new(Kind::Int, "ICT_integrations", "Links to other systems")
        .group(Group::IctDetail)
        .min(dec!(0))
        .max(dec!(200))
        .help("A whole number. Leave empty if it does not apply.")
        .example("4")
        .source("Uttlesford");

pub static RECORDS_K: Field = Field::new(Kind::Int, "ICT_records_k", "Records")
    .unit("thousand")
    .group(Group::IctDetail)
    .min(dec!(0))
    .max(dec!(1000000))
    .help("A whole number. Leave empty if it does not apply.")
    .example("60")
    .source("Uttlesford");

pub static CUSTOMISED: Field = Field::new(Kind::Choice, "ICT_customised", "Customised")
    .group(Group::IctDetail)
    .one_of(&["None", "Some", "Heavy"])
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("Some")
    .source("Uttlesford");

pub static FITNESS: Field = Field::new(Kind::Choice, "ICT_fitness", "How well does it serve")
    .group(Group::IctDetail)
    .one_of(&["1", "2", "3", "4", "5"])
    .help("1 poor, 5 good.")
    .example("3")
    .source("Uttlesford");

pub static TABLE: Table = Table {
    name: "ICT_table",
    prefix: "ICT",
    title: "Systems",
    rows: 30,
    columns: &[
        &SYSTEM_REF,
        &FUNCTION,
        &KIND,
        &SUPPLIER,
        &PRODUCT,
        &VERSION,
        &HOSTING,
        &USERS,
        &ANNUAL_COST,
        &LICENCE_TERM,
        &LICENCE_END,
        &SUPPORT_STATUS,
        &SUPPORT_END,
        &REPLACE_PLAN_YEAR,
        &LICENCE_METRIC,
        &LICENCE_COUNT,
        &REPLACE_BUDGET,
        &CONTRACT_REF,
        &TRANSFERABLE,
        &INTEGRATIONS,
        &RECORDS_K,
        &CUSTOMISED,
        &FITNESS,
    ],
    key: Some(&SYSTEM_REF),
};

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "ICT_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "ICT_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
