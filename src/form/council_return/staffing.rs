//! The Staffing sheet (STF) of the council return.

use rust_decimal::dec;

use crate::form::{Condition, Field, Group, Kind, List, Need, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "Staffing",
    code: "STF",
    about: "Posts of the service, one row for each post or group of like posts. No names of post-holders, please.",
    asks: "HR, finance",
    parts: &[
        Part::Singles(&[&CHART_AVAILABLE, &CHART_FILE]),
        Part::Table(&TABLE),
        Part::Singles(&[&COMPLETED_BY, &NOTES]),
    ],
};

pub static CHART_AVAILABLE: Field = Field::new(
    Kind::Yn,
    "STF_chart_available",
    "Is there a structure chart",
)
.need(Need::Yes)
.help("Yes: send it with this form (pdf, Word, PowerPoint, Visio or picture). No names needed.")
.example("Yes")
.source("Q12");

pub static CHART_FILE: Field = Field::new(Kind::Text, "STF_chart_file", "File name of the chart")
    .need(Need::If(Condition::Is("chart_available", "Yes")))
    .help("So that we can match it.")
    .example("SHE-building-control-chart.pdf")
    .source("Q12");

pub static POST_REF: Field = Field::new(Kind::Text, "STF_post_ref", "Post reference").need(Need::RowUsed).help("Your own, not a payroll number; each once. One row per post, or per group of identical posts. No names. 60 rows; insert more if needed.").example("BC04").source("Q12");

pub static JOB_TITLE: Field = Field::new(Kind::Text, "STF_job_title", "Job title")
    .need(Need::RowUsed)
    .help("A few words.")
    .example("Building control surveyor")
    .source("Q12");

pub static JOB_FAMILY: Field = Field::new(Kind::Choice, "STF_job_family", "Family")
    .need(Need::RowUsed)
    .from_list(List::Families)
    .help("The nearest in the list, so that like is compared with like.")
    .example("Surveyor")
    .source("Q12");

pub static POSTS: Field = Field::new(Kind::Int, "STF_posts", "Posts")
    .need(Need::RowUsed)
    .min(dec!(1))
    .max(dec!(1000))
    .help("How many identical posts this row stands for.")
    .example("4")
    .source("Q12");

pub static FTE_ESTABLISHED: Field = Field::new(Kind::Fte, "STF_fte_established", "FTE budgeted")
    .need(Need::RowUsed)
    .min(dec!(0.01))
    .max(dec!(1000))
    .help("Contracted hours divided by full-time hours, all posts of the row.")
    .example("4.00")
    .source("Q12; QPSES");

pub static FTE_FILLED: Field = Field::new(Kind::Fte, "STF_fte_filled", "FTE filled")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(1000))
    .help("0 if vacant.")
    .example("3.00")
    .source("Q12");

pub static HEADCOUNT: Field = Field::new(Kind::Int, "STF_headcount", "People in post")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(1000))
    .help("Each person once.")
    .example("3")
    .source("Q12; QPSES");

pub static VACANT_SINCE: Field = Field::new(Kind::Date, "STF_vacant_since", "Vacant since")
    .need(Need::If(Condition::Less("fte_filled", "fte_established")))
    .help("Where part of the row is vacant.")
    .example("01/10/2008")
    .source("App. ii 1a");

pub static PCT_TIME: Field = Field::new(Kind::Pct, "STF_pct_time", "Time spent on this service")
    .need(Need::RowUsed)
    .min(dec!(1))
    .max(dec!(100))
    .help("100 unless the post also works elsewhere.")
    .example("100")
    .source("BCC PID");

pub static GRADE: Field = Field::new(Kind::Text, "STF_grade", "Grade")
    .need(Need::RowUsed)
    .help("Your local grade.")
    .example("SO2")
    .source("Q20");

pub static SALARY_FTE: Field = Field::new(Kind::Money, "STF_salary_fte", "Full-time salary")
    .need(Need::RowUsed)
    .min(dec!(8000))
    .max(dec!(200000))
    .help("A year, for one FTE, without on-costs: the average of the row.")
    .example("30100")
    .source("Q20");

pub static ONCOST_PCT: Field = Field::new(Kind::Pct, "STF_oncost_pct", "On-costs")
    .need(Need::RowUsed)
    .min(dec!(8))
    .max(dec!(60))
    .help("Employer national insurance and pension on top of salary.")
    .example("25")
    .source("Q20");

pub static SCP_MIN: Field = Field::new(Kind::Int, "STF_scp_min", "Lowest spine point")
    .group(Group::Grades)
    .min(dec!(1))
    .max(dec!(70))
    .help("A whole number. Leave empty if it does not apply.")
    .example("32")
    .source("NJC");

pub static SCP_MAX: Field = Field::new(Kind::Int, "STF_scp_max", "Highest spine point")
    .group(Group::Grades)
    .min(dec!(1))
    .max(dec!(70))
    .help("A whole number. Leave empty if it does not apply.")
    .example("34")
    .source("NJC");

pub static PAY_SCALE: Field = Field::new(Kind::Choice, "STF_pay_scale", "Spine")
    .group(Group::Grades)
    .one_of(&["NJC", "JNC", "Local"])
    .help("Local for chief officers and others outside the national spine.")
    .example("NJC")
    .source("NJC");

pub static SALARY_BASIS: Field = Field::new(Kind::Choice, "STF_salary_basis", "Salary is")
    .group(Group::Grades)
    .one_of(&["Actual", "Middle of grade", "Top of grade"])
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("Top of grade")
    .source("Q20");

pub static ALLOWANCES_PA: Field =
    Field::new(Kind::Money, "STF_allowances_pa", "Contractual allowances per FTE")
        .group(Group::Grades)
        .min(dec!(0))
        .max(dec!(50000))
        .help("Car, market supplement, standby; a year.")
        .example("1250")
        .source("Q20");

pub static LEVEL: Field = Field::new(Kind::Int, "STF_level", "Management level")
    .group(Group::Structure)
    .min(dec!(1))
    .max(dec!(6))
    .help("1 is the head of service.")
    .example("3")
    .source("Q12");

pub static REPORTS_TO: Field =
    Field::new(Kind::Text, "STF_reports_to", "Reports to (post reference)")
        .group(Group::Structure)
        .help("Empty for the head of service.")
        .example("BC01")
        .source("Q12");

pub static EMPLOYER: Field = Field::new(Kind::Choice, "STF_employer", "Employed by")
    .group(Group::PostDetail)
    .one_of(&["Council", "Contractor", "Other council", "Agency"])
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("Council")
    .source("TUPE");

pub static CONTRACT_TYPE: Field = Field::new(Kind::Choice, "STF_contract_type", "Contract")
    .group(Group::PostDetail)
    .one_of(&["Permanent", "Fixed-term", "Casual", "Agency", "Secondee"])
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("Permanent")
    .source("LGA");

pub static CONTRACT_END: Field = Field::new(Kind::Date, "STF_contract_end", "Fixed term ends")
    .need(Need::If(Condition::Is("contract_type", "Fixed-term")))
    .group(Group::PostDetail)
    .help("As dd/mm/yyyy.")
    .example("31/03/2010")
    .source("LGA");

pub static VACANCY_HELD: Field =
    Field::new(Kind::Yn, "STF_vacancy_held", "Vacancy held on purpose")
        .group(Group::PostDetail)
        .help("Yes or No. Leave empty if it does not apply.")
        .example("No")
        .source("LGA");

pub static FUNDING: Field = Field::new(Kind::Choice, "STF_funding", "Paid from")
    .group(Group::PostDetail)
    .one_of(&["Revenue", "Capital", "Grant", "HRA"])
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("Revenue")
    .source("Q17");

pub static SKILL_SCARCE: Field = Field::new(Kind::Yn, "STF_skill_scarce", "Scarce skill")
    .group(Group::PostDetail)
    .help("Yes or No. Leave empty if it does not apply.")
    .example("No")
    .source("App. i 1c");

pub static CRITICAL: Field = Field::new(Kind::Yn, "STF_critical", "Critical post")
    .group(Group::PostDetail)
    .help("Yes or No. Leave empty if it does not apply.")
    .example("No")
    .source("App. ii 1a");

pub static TABLE: Table = Table {
    name: "STF_table",
    prefix: "STF",
    title: "Posts",
    rows: 60,
    columns: &[
        &POST_REF,
        &JOB_TITLE,
        &JOB_FAMILY,
        &POSTS,
        &FTE_ESTABLISHED,
        &FTE_FILLED,
        &HEADCOUNT,
        &VACANT_SINCE,
        &PCT_TIME,
        &GRADE,
        &SALARY_FTE,
        &ONCOST_PCT,
        &SCP_MIN,
        &SCP_MAX,
        &PAY_SCALE,
        &SALARY_BASIS,
        &ALLOWANCES_PA,
        &LEVEL,
        &REPORTS_TO,
        &EMPLOYER,
        &CONTRACT_TYPE,
        &CONTRACT_END,
        &VACANCY_HELD,
        &FUNDING,
        &SKILL_SCARCE,
        &CRITICAL,
    ],
    key: Some(&POST_REF),
};

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "STF_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "STF_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
