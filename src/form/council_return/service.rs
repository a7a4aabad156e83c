//! The Service sheet (SVC) of the council return.

use rust_decimal::dec;

use crate::form::{Condition, Field, Group, Kind, List, Need, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "Service",
    code: "SVC",
    about: "What the service does, how much of it, and how well.",
    asks: "Head of service",
    parts: &[
        Part::Singles(&[
            &SCOPE_DESCRIPTION,
            &FUNCTIONS_IN,
            &DELIVERY_MODEL,
            &VOLUME_Y_1,
            &VOLUME_Y0,
            &PEAK_PERIODS,
            &QUALITY_CERTAINTY,
            &QUALITY_EVIDENCE,
            &SHARED_ALREADY,
        ]),
        Part::Table(&SHARED_TABLE),
        Part::Table(&PI_TABLE),
        Part::Table(&SITE_TABLE),
        Part::Singles(&[
            &FUNCTIONS_OUT,
            &STATUTORY_PCT,
            &USERS_SERVED,
            &OPENING_HOURS,
            &OUT_OF_HOURS,
            &SERVICE_STANDARD,
            &TURNOVER_PCT,
            &SICKNESS_DAYS,
            &TRAINING_SPEND,
            &READINESS,
            &TRADABLE,
            &HOME_MOBILE_PCT,
            &SHARED_PCT_COST,
            &SHARED_PCT_FTE,
            &SAVINGS_BUDGETED,
            &SAVINGS_ACHIEVED,
            &COMPLETED_BY,
            &NOTES,
        ]),
    ],
};

pub static SCOPE_DESCRIPTION: Field = Field::new(
    Kind::Text,
    "SVC_scope_description",
    "What the service does",
)
.need(Need::Yes)
.unit("characters")
.min(dec!(40))
.max(dec!(1500))
.help("Two or three sentences a councillor would understand.")
.example("Plan checking and site inspection under the Building Regulations for the whole district.")
.source("Q10");

pub static FUNCTIONS_IN: Field = Field::new(
    Kind::Multi,
    "SVC_functions_in",
    "Functions included in every figure of this return",
)
.need(Need::Yes)
.from_list(List::Functions)
.help("Tick what the money and the posts cover, so that like is compared with like.")
.example("Plan checking; Site inspection")
.source("Q10; BCC PID");

pub static DELIVERY_MODEL: Field =
    Field::new(Kind::Choice, "SVC_delivery_model", "How it is provided now")
        .need(Need::Yes)
        .one_of(&["In house", "Contractor", "Trust", "Shared (host)", "Shared (client)", "Mixed"])
        .help("Pick one from the list.")
        .example("In house")
        .source("LGA");

pub static VOLUME_Y_1: Field = Field::new(Kind::Int, "SVC_volume_y_1", "Units of work last year")
    .need(Need::Yes)
    .unit("@volume_unit")
    .min(dec!(1))
    .max(dec!(100000000))
    .help("The unit is printed beside the cell. A count, not a percentage.")
    .example("1398")
    .source("Q10");

pub static VOLUME_Y0: Field = Field::new(Kind::Int, "SVC_volume_y0", "Units of work this year")
    .need(Need::Yes)
    .unit("@volume_unit")
    .min(dec!(1))
    .max(dec!(100000000))
    .help("The base year; your best estimate if it is not over.")
    .example("1420")
    .source("Q10");

pub static PEAK_PERIODS: Field =
    Field::new(Kind::Multi, "SVC_peak_periods", "Months when nothing should change")
        .need(Need::Yes)
        .one_of(&[
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            "None",
        ])
        .help("None if there is no busy season.")
        .example("Mar; Apr")
        .source("Q16");

pub static QUALITY_CERTAINTY: Field = Field::new(
    Kind::Choice,
    "SVC_quality_certainty",
    "How sure are you that quality would be kept",
)
.need(Need::Yes)
.one_of(&["High", "Medium", "Low"])
.help("Your own view of a shared service.")
.example("Medium")
.source("LGA, East Kent test 2");

pub static QUALITY_EVIDENCE: Field = Field::new(Kind::Text, "SVC_quality_evidence", "Why")
    .need(Need::Yes)
    .unit("characters")
    .min(dec!(20))
    .max(dec!(500))
    .help("One sentence on what that rests on.")
    .example("Same regulations and forms everywhere; two vacancies are the worry.")
    .source("LGA");

pub static SHARED_ALREADY: Field = Field::new(
    Kind::Yn,
    "SVC_shared_already",
    "Is any of this already shared, bought from or sold to another council",
)
.need(Need::Yes)
.help("Yes: fill the lines below. No: leave them empty.")
.example("No")
.source("Q10");

pub static SHARED_PARTNER: Field = Field::new(Kind::Text, "SVC_shared_partner", "Other council")
    .need(Need::RowUsed)
    .help("Code of a partner council, otherwise its name. 5 rows.")
    .example("CAN")
    .source("D1");

pub static SHARED_DIRECTION: Field = Field::new(Kind::Choice, "SVC_shared_direction", "We")
    .need(Need::RowUsed)
    .one_of(&["Pay them", "Are paid"])
    .help("Pick one from the list.")
    .example("Pay them")
    .source("D1");

pub static SHARED_AMOUNT: Field = Field::new(Kind::Money, "SVC_shared_amount", "A year")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("As it stands in the Revenue sheet.")
    .example("20000")
    .source("D1");

pub static SHARED_FTE: Field = Field::new(Kind::Fte, "SVC_shared_fte", "FTE involved")
    .min(dec!(0))
    .max(dec!(500))
    .help("1.00 is one full-time officer. Leave empty if it does not apply.")
    .example("0.50")
    .source("LGA");

pub static SHARED_SINCE: Field = Field::new(Kind::Date, "SVC_shared_since", "Since")
    .help("As dd/mm/yyyy. Leave empty if it does not apply.")
    .example("01/04/2006")
    .source("LGA");

pub static SHARED_TABLE: Table = Table {
    name: "SVC_shared_table",
    prefix: "SVC_shared",
    title: "Work shared with, bought from or sold to other councils",
    rows: 5,
    columns: &[&SHARED_PARTNER, &SHARED_DIRECTION, &SHARED_AMOUNT, &SHARED_FTE, &SHARED_SINCE],
    key: None,
};

pub static PI_CODE: Field = Field::new(Kind::Text, "SVC_pi_code", "Indicator")
    .need(Need::Locked)
    .help("Pre-filled for the project. 8 rows.")
    .example("BC1")
    .source("Q10");

pub static PI_LABEL: Field = Field::new(Kind::Text, "SVC_pi_label", "What it measures")
    .need(Need::Locked)
    .help("Pre-filled.")
    .example("% of plans decided in time")
    .source("Q10");

pub static PI_POLARITY: Field = Field::new(Kind::Choice, "SVC_pi_polarity", "Which way is better")
    .need(Need::Locked)
    .one_of(&["High", "Low"])
    .help("Pre-filled.")
    .example("High")
    .source("Q10");

pub static PI_VALUE_Y_1: Field = Field::new(Kind::Dec, "SVC_pi_value_y_1", "Last year")
    .need(Need::Yes)
    .help("As reported; N/A if not measured.")
    .example("92.4")
    .source("Q10");

pub static PI_VALUE_Y0: Field = Field::new(Kind::Dec, "SVC_pi_value_y0", "This year")
    .need(Need::Yes)
    .help("Best estimate.")
    .example("93.0")
    .source("Q10");

pub static PI_VALUE_Y_2: Field = Field::new(Kind::Dec, "SVC_pi_value_y_2", "Two years ago")
    .group(Group::Benchmarks)
    .help("A number. Leave empty if it does not apply.")
    .example("91.0")
    .source("App. ii 3");

pub static PI_TARGET: Field = Field::new(Kind::Dec, "SVC_pi_target", "Target this year")
    .group(Group::Benchmarks)
    .help("A number. Leave empty if it does not apply.")
    .example("95")
    .source("App. ii 3");

pub static PI_COMPARATOR: Field =
    Field::new(Kind::Dec, "SVC_pi_comparator", "Average of your comparison group")
        .group(Group::Benchmarks)
        .help("A number. Leave empty if it does not apply.")
        .example("90.1")
        .source("App. ii 3");

pub static PI_COMPARATOR_GROUP: Field =
    Field::new(Kind::Text, "SVC_pi_comparator_group", "Comparison group")
        .group(Group::Benchmarks)
        .help("A few words. Leave empty if it does not apply.")
        .example("CIPFA family")
        .source("App. ii 3");

pub static PI_TABLE: Table = Table {
    name: "SVC_pi_table",
    prefix: "SVC_pi",
    title: "Indicators",
    rows: 8,
    columns: &[
        &PI_CODE,
        &PI_LABEL,
        &PI_POLARITY,
        &PI_VALUE_Y_1,
        &PI_VALUE_Y0,
        &PI_VALUE_Y_2,
        &PI_TARGET,
        &PI_COMPARATOR,
        &PI_COMPARATOR_GROUP,
    ],
    key: None,
};

pub static SITE_NAME: Field = Field::new(Kind::Text, "SVC_site_name", "Site")
    .need(Need::RowUsed)
    .group(Group::Sites)
    .help("One row per building or depot used. 15 rows.")
    .example("Civic Centre, first floor")
    .source("App. i 2d");

pub static SITE_USE: Field = Field::new(Kind::Text, "SVC_site_use", "Used for")
    .group(Group::Sites)
    .help("A few words. Leave empty if it does not apply.")
    .example("Office")
    .source("App. i 2d");

pub static SITE_TENURE: Field = Field::new(Kind::Choice, "SVC_site_tenure", "Tenure")
    .need(Need::RowUsed)
    .group(Group::Sites)
    .one_of(&["Own", "Lease", "Licence"])
    .help("Pick one from the list.")
    .example("Own")
    .source("App. i 2d");

pub static SITE_LEASE_END: Field = Field::new(Kind::Date, "SVC_site_lease_end", "Lease ends")
    .need(Need::If(Condition::IsNot("tenure", "Own")))
    .group(Group::Sites)
    .help("Last day in force.")
    .example("30/06/2012")
    .source("App. i 2d");

pub static SITE_ANNUAL_COST: Field = Field::new(Kind::Money, "SVC_site_annual_cost", "Cost a year")
    .need(Need::RowUsed)
    .group(Group::Sites)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Whole pounds.")
    .example("9400")
    .source("App. i 2d");

pub static SITE_DESKS: Field = Field::new(Kind::Int, "SVC_site_desks", "Desks")
    .group(Group::Sites)
    .min(dec!(0))
    .max(dec!(1000))
    .help("A whole number. Leave empty if it does not apply.")
    .example("12")
    .source("App. i 2d");

pub static SITE_TABLE: Table = Table {
    name: "SVC_site_table",
    prefix: "SVC_site",
    title: "Sites",
    rows: 15,
    columns: &[
        &SITE_NAME,
        &SITE_USE,
        &SITE_TENURE,
        &SITE_LEASE_END,
        &SITE_ANNUAL_COST,
        &SITE_DESKS,
    ],
    key: None,
};

pub static FUNCTIONS_OUT: Field =
    Field::new(Kind::Multi, "SVC_functions_out", "Functions left out")
        .group(Group::Benchmarks)
        .from_list(List::Functions)
        .help("All that apply, with a semicolon between. Leave empty if it does not apply.")
        .example("Dangerous structures")
        .source("Q10");

pub static STATUTORY_PCT: Field =
    Field::new(Kind::Pct, "SVC_statutory_pct", "Share of cost that is statutory")
        .group(Group::Benchmarks)
        .min(dec!(0))
        .max(dec!(100))
        .help("Enter 12.5 for 12.5%. Leave empty if it does not apply.")
        .example("60")
        .source("LGA");

pub static USERS_SERVED: Field =
    Field::new(Kind::Int, "SVC_users_served", "Customers or internal users")
        .group(Group::Benchmarks)
        .min(dec!(0))
        .max(dec!(10000000))
        .help("A whole number. Leave empty if it does not apply.")
        .example("1100")
        .source("VfM");

pub static OPENING_HOURS: Field = Field::new(Kind::Text, "SVC_opening_hours", "Opening hours")
    .group(Group::Benchmarks)
    .help("A few words. Leave empty if it does not apply.")
    .example("Mon-Fri 8.30-5")
    .source("LGA");

pub static OUT_OF_HOURS: Field = Field::new(Kind::Yn, "SVC_out_of_hours", "Cover out of hours")
    .group(Group::Benchmarks)
    .help("Yes or No. Leave empty if it does not apply.")
    .example("Yes")
    .source("LGA");

pub static SERVICE_STANDARD: Field =
    Field::new(Kind::Text, "SVC_service_standard", "Published standards")
        .group(Group::Benchmarks)
        .help("A few words. Leave empty if it does not apply.")
        .example("Inspection the same day if asked by 10 am")
        .source("App. i 3c");

pub static TURNOVER_PCT: Field = Field::new(Kind::Pct, "SVC_turnover_pct", "Staff turnover")
    .group(Group::Benchmarks)
    .min(dec!(0))
    .max(dec!(100))
    .help("Leavers in the year divided by average headcount.")
    .example("11.2")
    .source("VfM");

pub static SICKNESS_DAYS: Field =
    Field::new(Kind::Dec, "SVC_sickness_days", "Sickness days per FTE")
        .unit("days")
        .group(Group::Benchmarks)
        .min(dec!(0))
        .max(dec!(60))
        .help("A number. Leave empty if it does not apply.")
        .example("8.4")
        .source("VfM");

pub static TRAINING_SPEND: Field = Field::new(Kind::Money, "SVC_training_spend", "Training spend")
    .group(Group::Benchmarks)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Whole pounds. Leave empty if it does not apply.")
    .example("6500")
    .source("App. i 1a");

pub static READINESS: Field = Field::new(Kind::Choice, "SVC_readiness", "Readiness to share")
    .group(Group::Benchmarks)
    .one_of(&["1", "2", "3", "4"])
    .help("1 not ready, 4 ready.")
    .example("3")
    .source("Uttlesford");

pub static TRADABLE: Field = Field::new(Kind::Ynu, "SVC_tradable", "Could it be sold to others")
    .group(Group::Benchmarks)
    .help("Yes, No or Not known. Leave empty if it does not apply.")
    .example("Yes")
    .source("Uttlesford");

pub static HOME_MOBILE_PCT: Field =
    Field::new(Kind::Pct, "SVC_home_mobile_pct", "Staff working at home or mobile")
        .group(Group::Benchmarks)
        .min(dec!(0))
        .max(dec!(100))
        .help("Enter 12.5 for 12.5%. Leave empty if it does not apply.")
        .example("40")
        .source("Uttlesford");

pub static SHARED_PCT_COST: Field =
    Field::new(Kind::Pct, "SVC_shared_pct_cost", "Share of cost already shared")
        .group(Group::Benchmarks)
        .min(dec!(0))
        .max(dec!(100))
        .help("Enter 12.5 for 12.5%. Leave empty if it does not apply.")
        .example("0")
        .source("CIPFA survey");

pub static SHARED_PCT_FTE: Field =
    Field::new(Kind::Pct, "SVC_shared_pct_fte", "Share of FTE already shared")
        .group(Group::Benchmarks)
        .min(dec!(0))
        .max(dec!(100))
        .help("Enter 12.5 for 12.5%. Leave empty if it does not apply.")
        .example("0")
        .source("CIPFA survey");

pub static SAVINGS_BUDGETED: Field =
    Field::new(Kind::Money, "SVC_savings_budgeted", "Savings budgeted from sharing so far")
        .group(Group::Benchmarks)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .example("0")
        .source("CIPFA survey");

pub static SAVINGS_ACHIEVED: Field =
    Field::new(Kind::Money, "SVC_savings_achieved", "Savings achieved from sharing so far")
        .group(Group::Benchmarks)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .example("0")
        .source("CIPFA survey");

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "SVC_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "SVC_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
