//! The Terms sheet (TRM) of the council profile.

use rust_decimal::dec;

use crate::form::{Field, Kind, Need, Part, Sheet};

pub static SHEET: Sheet = Sheet {
    name: "Terms",
    code: "TRM",
    about: "Terms and conditions of the council's staff, so that differences between councils can be seen early.",
    asks: "HR",
    parts: &[Part::Singles(&[
        &FULL_TIME_HOURS,
        &LEAVE_DAYS_MIN,
        &LEAVE_DAYS_MAX,
        &REDUNDANCY_MULTIPLIER,
        &REDUNDANCY_PAY_BASIS,
        &PAY_PROTECTION_YEARS,
        &NOTICE_WEEKS,
        &CAR_SCHEME,
        &JE_SCHEME,
        &SINGLE_STATUS_DONE,
        &TRADE_UNIONS,
        &COMPLETED_BY,
        &NOTES,
    ])],
};

pub static FULL_TIME_HOURS: Field = Field::new(Kind::Dec, "TRM_full_time_hours", "Full-time week")
    .need(Need::Yes)
    .unit("hours")
    .min(dec!(30))
    .max(dec!(45))
    .help("Contracted hours of a full-time officer.")
    .example("37")
    .source("Q20");

pub static LEAVE_DAYS_MIN: Field =
    Field::new(Kind::Dec, "TRM_leave_days_min", "Annual leave on appointment")
        .need(Need::Yes)
        .unit("days")
        .min(dec!(20))
        .max(dec!(45))
        .help("Days, without bank holidays.")
        .example("24")
        .source("Q20");

pub static LEAVE_DAYS_MAX: Field =
    Field::new(Kind::Dec, "TRM_leave_days_max", "Annual leave at most")
        .need(Need::Yes)
        .unit("days")
        .min(dec!(20))
        .max(dec!(45))
        .help("Days with long service, without bank holidays.")
        .example("30")
        .source("Q20");

pub static REDUNDANCY_MULTIPLIER: Field = Field::new(
    Kind::Dec,
    "TRM_redundancy_multiplier",
    "Redundancy: multiplier of the statutory weeks",
)
.need(Need::Yes)
.unit("times")
.min(dec!(1))
.max(dec!(3.5))
.help("1 if you pay the statutory number of weeks.")
.example("2.2")
.source("Q20; 2006 Regs");

pub static REDUNDANCY_PAY_BASIS: Field =
    Field::new(Kind::Choice, "TRM_redundancy_pay_basis", "Redundancy: a week's pay is")
        .need(Need::Yes)
        .one_of(&["Statutory cap", "Actual pay"])
        .help("Pick one from the list.")
        .example("Actual pay")
        .source("Q20");

pub static PAY_PROTECTION_YEARS: Field =
    Field::new(Kind::Dec, "TRM_pay_protection_years", "Pay protection after regrading")
        .need(Need::Yes)
        .unit("years")
        .min(dec!(0))
        .max(dec!(10))
        .help("Years; 0 if none.")
        .example("3")
        .source("Q20");

pub static NOTICE_WEEKS: Field =
    Field::new(Kind::Int, "TRM_notice_weeks", "Longest notice the council gives")
        .need(Need::Yes)
        .unit("weeks")
        .min(dec!(0))
        .max(dec!(52))
        .help("Weeks, for posts in these services.")
        .example("12")
        .source("Q20");

pub static CAR_SCHEME: Field = Field::new(Kind::Choice, "TRM_car_scheme", "Car scheme")
    .need(Need::Yes)
    .one_of(&["Lease", "Essential user", "Casual user", "None", "Mixed"])
    .help("What most officers with a car have.")
    .example("Essential user")
    .source("Dorset");

pub static JE_SCHEME: Field = Field::new(Kind::Text, "TRM_je_scheme", "Job evaluation scheme")
    .need(Need::Yes)
    .help("Its name, or \"None\".")
    .example("NJC")
    .source("Dorset");

pub static SINGLE_STATUS_DONE: Field =
    Field::new(Kind::Yn, "TRM_single_status_done", "Single status agreed")
        .need(Need::Yes)
        .help("Has the council implemented its agreement?")
        .example("Yes")
        .source("Dorset");

pub static TRADE_UNIONS: Field = Field::new(Kind::Text, "TRM_trade_unions", "Recognised unions")
    .need(Need::Yes)
    .help("Names separated by a semicolon.")
    .example("UNISON; GMB")
    .source("Q20");

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "TRM_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "TRM_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
