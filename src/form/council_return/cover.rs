//! The Cover sheet (COV) of the council return.

use rust_decimal::dec;

use crate::form::{Condition, Field, Group, Kind, Need, Part, Sheet};

pub static SHEET: Sheet = Sheet {
    name: "Cover",
    code: "COV",
    about: "Who answers for this return and how far it has been agreed.",
    asks: "Head of service, finance",
    parts: &[Part::Singles(&[
        &FORM_ID,
        &FORM_VERSION,
        &ISSUE_TOKEN,
        &COUNCIL_CODE,
        &PROJECT_CODE,
        &BASE_YEAR,
        &RETURN_VERSION,
        &RETURN_TYPE,
        &SUPERSEDES_NOTE,
        &DATA_AS_AT,
        &COMPLETED_BY_NAME,
        &COMPLETED_BY_ROLE,
        &COMPLETED_BY_EMAIL,
        &COMPLETED_BY_PHONE,
        &SERVICE_HEAD_NAME,
        &S151_SIGNED_ON,
        &DECLARATION,
        &EXEMPT_INFO,
        &OWN_ACCOUNTING_CODE,
        &OWN_ACCOUNTING_EFFECT,
        &OWN_SUPPORT_BASIS,
        &OWN_CAPITAL_CHARGE_BASIS,
        &OWN_PENSION_BASIS,
        &OWN_PAY_AWARD_BASIS,
        &OWN_PAY_AWARD_PCT,
        &OWN_PRICE_BASIS,
        &NOTES,
    ])],
};

pub static FORM_ID: Field = Field::new(Kind::Text, "COV_form_id", "Form")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("EKJAC-RET")
    .source("J");

pub static FORM_VERSION: Field = Field::new(Kind::Text, "COV_form_version", "Form version")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("1.0")
    .source("J");

pub static ISSUE_TOKEN: Field = Field::new(Kind::Text, "COV_issue_token", "Issue number")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("H-SHE-7K2Q")
    .source("J");

pub static COUNCIL_CODE: Field = Field::new(Kind::Text, "COV_council_code", "Council")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("SHE")
    .source("J");

pub static PROJECT_CODE: Field = Field::new(Kind::Text, "COV_project_code", "Project")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("H")
    .source("J");

pub static BASE_YEAR: Field = Field::new(Kind::Fy, "COV_base_year", "Base year")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("2008/09")
    .source("J");

pub static RETURN_VERSION: Field = Field::new(Kind::Int, "COV_return_version", "Number of this return").need(Need::Yes).min(dec!(1)).max(dec!(99)).help("1 the first time; one more each time you send it again. Part files of one return carry the same number.").example("1").source("J");

pub static RETURN_TYPE: Field = Field::new(Kind::Choice, "COV_return_type", "Is this return").need(Need::Yes).one_of(&["Draft", "Final", "Nil"]).help("Draft while you are still checking; Final when signed off; Nil if the council does not provide the service.").example("Final").source("J");

pub static SUPERSEDES_NOTE: Field =
    Field::new(Kind::Text, "COV_supersedes_note", "What has changed since the last one")
        .need(Need::If(Condition::MoreThan("return_version", 1)))
        .help("One line is enough.")
        .example("Agency line corrected")
        .source("J");

pub static DATA_AS_AT: Field =
    Field::new(Kind::Date, "COV_data_as_at", "Staff, ICT and contracts are as at")
        .need(Need::Yes)
        .help("One date for all three, not later than today.")
        .example("31/01/2009")
        .source("BCC PID");

pub static COMPLETED_BY_NAME: Field =
    Field::new(Kind::Text, "COV_completed_by_name", "Who filled in this form: name")
        .need(Need::Yes)
        .help("We send questions here.")
        .example("A. Officer")
        .source("Q5");

pub static COMPLETED_BY_ROLE: Field =
    Field::new(Kind::Text, "COV_completed_by_role", "Who filled in this form: job")
        .need(Need::Yes)
        .help("A few words.")
        .example("Accountant")
        .source("Q5");

pub static COMPLETED_BY_EMAIL: Field =
    Field::new(Kind::Text, "COV_completed_by_email", "Who filled in this form: email")
        .need(Need::Yes)
        .help("An address we can use for questions.")
        .example("a.officer@example.org")
        .source("Q5");

pub static COMPLETED_BY_PHONE: Field =
    Field::new(Kind::Text, "COV_completed_by_phone", "Who filled in this form: telephone")
        .help("A few words. Leave empty if it does not apply.")
        .example("01303 000000")
        .source("Q5");

pub static SERVICE_HEAD_NAME: Field =
    Field::new(Kind::Text, "COV_service_head_name", "Head of service who agrees it")
        .need(Need::Yes)
        .help("Confirms Service, Risks and Staffing.")
        .example("D. Officer")
        .source("J");

pub static S151_SIGNED_ON: Field =
    Field::new(Kind::Date, "COV_s151_signed_on", "Chief finance officer signed on")
        .need(Need::If(Condition::Is("return_type", "Final")))
        .help("The officer named in the council profile.")
        .example("20/02/2009")
        .source("RO");

pub static DECLARATION: Field =
    Field::new(Kind::Yn, "COV_declaration", "The figures agree with the approved budget book")
        .need(Need::If(Condition::Is("return_type", "Final")))
        .help("Yes, or leave the return as Draft.")
        .example("Yes")
        .source("J");

pub static EXEMPT_INFO: Field = Field::new(
    Kind::Multi,
    "COV_exempt_info",
    "Does this return hold exempt information",
)
.need(Need::Yes)
.one_of(&[
    "None",
    "Para 1 individuals",
    "Para 2 identity",
    "Para 3 business affairs",
    "Para 4 labour relations",
])
.help(
    "Paragraphs of Schedule 12A. The monitoring officer decides; this tells us what to keep apart.",
)
.example("Para 1 individuals")
.source("12A");

pub static OWN_ACCOUNTING_CODE: Field = Field::new(
    Kind::Choice,
    "COV_own_accounting_code",
    "Only if this service differs from the profile: accounts are prepared under",
)
.group(Group::BasisOverride)
.one_of(&["CIPFA Code/SORP in force", "IFRS-based Code", "Other"])
.help("Leave empty where the council profile holds for this service too.")
.source("Q15");

pub static OWN_ACCOUNTING_EFFECT: Field = Field::new(
    Kind::Money,
    "COV_own_accounting_effect",
    "Only if this service differs from the profile: effect of departures on a year's cost",
)
.group(Group::BasisOverride)
.min(dec!(-999999999))
.max(dec!(999999999))
.help("Leave empty where the council profile holds for this service too.")
.source("Q15");

pub static OWN_SUPPORT_BASIS: Field = Field::new(
    Kind::Choice,
    "COV_own_support_basis",
    "Only if this service differs from the profile: support services are",
)
.group(Group::BasisOverride)
.one_of(&["Fully absorbed", "Partly absorbed", "Not charged"])
.help("Leave empty where the council profile holds for this service too.")
.source("Q15");

pub static OWN_CAPITAL_CHARGE_BASIS: Field = Field::new(
    Kind::Choice,
    "COV_own_capital_charge_basis",
    "Only if this service differs from the profile: capital charges",
)
.group(Group::BasisOverride)
.one_of(&["Depreciation/impairment", "Depreciation and interest", "None"])
.help("Leave empty where the council profile holds for this service too.")
.source("Q15");

pub static OWN_PENSION_BASIS: Field = Field::new(
    Kind::Choice,
    "COV_own_pension_basis",
    "Only if this service differs from the profile: employer pension cost",
)
.group(Group::BasisOverride)
.one_of(&["Contributions paid", "IAS19/FRS17 service cost"])
.help("Leave empty where the council profile holds for this service too.")
.source("Q15");

pub static OWN_PAY_AWARD_BASIS: Field = Field::new(
    Kind::Choice,
    "COV_own_pay_award_basis",
    "Only if this service differs from the profile: pay award",
)
.group(Group::BasisOverride)
.one_of(&["Settled", "Assumed", "Excluded"])
.help("Leave empty where the council profile holds for this service too.")
.source("Q15");

pub static OWN_PAY_AWARD_PCT: Field = Field::new(
    Kind::Pct,
    "COV_own_pay_award_pct",
    "Only if this service differs from the profile: pay award, %",
)
.group(Group::BasisOverride)
.min(dec!(0))
.max(dec!(20))
.help("Leave empty where the council profile holds for this service too.")
.source("Q15");

pub static OWN_PRICE_BASIS: Field = Field::new(
    Kind::Choice,
    "COV_own_price_basis",
    "Only if this service differs from the profile: later years' figures",
)
.group(Group::BasisOverride)
.one_of(&["Cash (inflated)", "Base-year prices"])
.help("Leave empty where the council profile holds for this service too.")
.source("Q15");

pub static NOTES: Field =
    Field::new(Kind::Text, "COV_notes", "Anything we should know about this return")
        .help("Please no names of post-holders.")
        .example("Return agreed with internal audit");
