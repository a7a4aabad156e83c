//! The Capital sheet (CAP) of the council return.

use rust_decimal::dec;

use crate::form::{Field, Group, Kind, Need, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "Capital",
    code: "CAP",
    about: "Capital schemes of the service in whole pounds, one row for each scheme.",
    asks: "Finance",
    parts: &[
        Part::Singles(&[&YEAR_Y0, &YEAR_Y1, &YEAR_Y2, &YEAR_Y3, &NIL_CAPITAL]),
        Part::Table(&TABLE),
        Part::Singles(&[&COMPLETED_BY, &NOTES]),
    ],
};

pub static YEAR_Y0: Field = Field::new(Kind::Fy, "CAP_year_y0", "Heading of spend column y0")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("2008/09")
    .source("IDN-009");

pub static YEAR_Y1: Field = Field::new(Kind::Fy, "CAP_year_y1", "Heading of spend column y1")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("2009/10")
    .source("IDN-009");

pub static YEAR_Y2: Field = Field::new(Kind::Fy, "CAP_year_y2", "Heading of spend column y2")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("2010/11")
    .source("IDN-009");

pub static YEAR_Y3: Field = Field::new(Kind::Fy, "CAP_year_y3", "Heading of spend column y3")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("2011/12")
    .source("IDN-009");

pub static NIL_CAPITAL: Field =
    Field::new(Kind::Yn, "CAP_nil_capital", "The service has no capital schemes")
        .need(Need::Yes)
        .help("Yes: leave the table empty.")
        .example("No")
        .source("Q11");

pub static SCHEME_REF: Field = Field::new(Kind::Text, "CAP_scheme_ref", "Reference")
    .need(Need::RowUsed)
    .help("Your own; each once. 20 rows.")
    .example("BC-07")
    .source("CPR");

pub static SCHEME_NAME: Field = Field::new(Kind::Text, "CAP_scheme_name", "Scheme")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Mobile working")
    .source("CPR");

pub static ASSET_TYPE: Field = Field::new(Kind::Choice, "CAP_asset_type", "Type")
    .need(Need::RowUsed)
    .one_of(&[
        "Land/buildings",
        "Vehicles/plant",
        "ICT hardware",
        "ICT software",
        "Infrastructure",
        "Dwellings",
        "Grants/loans",
    ])
    .help("Pick one from the list.")
    .example("ICT software")
    .source("CPR");

pub static APPROVAL: Field = Field::new(Kind::Choice, "CAP_approval", "Status")
    .need(Need::RowUsed)
    .one_of(&["Approved", "Provisional", "Bid"])
    .help("Only approved schemes enter the combined budget.")
    .example("Approved")
    .source("Q11");

pub static SPEND_Y0: Field = Field::new(Kind::Money, "CAP_spend_y0", "Spend this year")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Gross, before grants. 0 if nothing.")
    .example("40000")
    .source("Q11");

pub static SPEND_Y1: Field = Field::new(Kind::Money, "CAP_spend_y1", "Spend next year")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Gross, before grants. 0 if nothing.")
    .example("20000")
    .source("Q11");

pub static SPEND_Y2: Field = Field::new(Kind::Money, "CAP_spend_y2", "Spend the year after")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Gross, before grants. 0 if nothing.")
    .example("0")
    .source("Q11");

pub static SPEND_Y3: Field = Field::new(Kind::Money, "CAP_spend_y3", "Spend in the fourth year")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Gross, before grants. 0 if nothing.")
    .example("0")
    .source("Q11");

pub static COULD_BE_SHARED: Field =
    Field::new(Kind::Ynu, "CAP_could_be_shared", "Could one shared scheme replace it")
        .need(Need::RowUsed)
        .help("Yes, No or Not known.")
        .example("Yes")
        .source("LGA");

pub static SPEND_PRIOR: Field =
    Field::new(Kind::Money, "CAP_spend_prior", "Spent before this year")
        .group(Group::CapitalDetail)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .source("CPR");

pub static FUND_RECEIPTS: Field =
    Field::new(Kind::Money, "CAP_fund_receipts", "Paid from capital receipts")
        .group(Group::CapitalDetail)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("All six together equal the four years' spend.")
        .source("CPR");

pub static FUND_GRANTS: Field = Field::new(Kind::Money, "CAP_fund_grants", "Paid from grants")
    .group(Group::CapitalDetail)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("All six together equal the four years' spend.")
    .source("CPR");

pub static FUND_BORROWING: Field =
    Field::new(Kind::Money, "CAP_fund_borrowing", "Paid from borrowing")
        .group(Group::CapitalDetail)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("All six together equal the four years' spend.")
        .source("CPR");

pub static FUND_REVENUE: Field = Field::new(Kind::Money, "CAP_fund_revenue", "Paid from revenue")
    .group(Group::CapitalDetail)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("All six together equal the four years' spend.")
    .source("CPR");

pub static FUND_RESERVES: Field =
    Field::new(Kind::Money, "CAP_fund_reserves", "Paid from reserves")
        .group(Group::CapitalDetail)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("All six together equal the four years' spend.")
        .source("CPR");

pub static FUND_LEASE: Field = Field::new(Kind::Money, "CAP_fund_lease", "Paid from leasing")
    .group(Group::CapitalDetail)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("All six together equal the four years' spend.")
    .source("CPR");

pub static COMMITTED: Field =
    Field::new(Kind::Money, "CAP_committed", "Already committed by contract")
        .group(Group::CapitalDetail)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .example("22000")
        .source("J");

pub static SYSTEM_REF: Field =
    Field::new(Kind::Text, "CAP_system_ref", "System on the ICT sheet it buys or replaces")
        .group(Group::CapitalDetail)
        .help("A few words. Leave empty if it does not apply.")
        .example("ICT-01")
        .source("Q13");

pub static USEFUL_LIFE: Field = Field::new(Kind::Int, "CAP_useful_life", "Useful life")
    .unit("years")
    .group(Group::CapitalDetail)
    .min(dec!(1))
    .max(dec!(60))
    .help("A whole number. Leave empty if it does not apply.")
    .example("5")
    .source("J");

pub static REVENUE_EFFECT: Field =
    Field::new(Kind::Money, "CAP_revenue_effect", "Effect on the revenue budget a year")
        .group(Group::CapitalDetail)
        .min(dec!(-999999999))
        .max(dec!(999999999))
        .help("A saving is negative.")
        .example("-2000")
        .source("J");

pub static TABLE: Table = Table {
    name: "CAP_table",
    prefix: "CAP",
    title: "Capital schemes",
    rows: 20,
    columns: &[
        &SCHEME_REF,
        &SCHEME_NAME,
        &ASSET_TYPE,
        &APPROVAL,
        &SPEND_Y0,
        &SPEND_Y1,
        &SPEND_Y2,
        &SPEND_Y3,
        &COULD_BE_SHARED,
        &SPEND_PRIOR,
        &FUND_RECEIPTS,
        &FUND_GRANTS,
        &FUND_BORROWING,
        &FUND_REVENUE,
        &FUND_RESERVES,
        &FUND_LEASE,
        &COMMITTED,
        &SYSTEM_REF,
        &USEFUL_LIFE,
        &REVENUE_EFFECT,
    ],
    key: Some(&SCHEME_REF),
};

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "CAP_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "CAP_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
