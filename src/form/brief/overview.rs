//! The Brief sheet (P1) of the project brief.

use rust_decimal::dec;

use crate::form::{Condition, Field, Kind, List, Need, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "Brief",
    code: "P1",
    about: "What the project is for, what members are asked, and how the work is paid for.",
    asks: "Project lead",
    parts: &[
        Part::Singles(&[
            &FORM_ID,
            &FORM_VERSION,
            &ISSUE_TOKEN,
            &PROJECT_CODE,
            &PROJECT_TITLE,
            &ROUND,
            &RETURN_VERSION,
            &RETURN_TYPE,
            &COMPLETED_BY_NAME,
            &COMPLETED_BY_EMAIL,
            &PROJECT_CLASS,
            &PURPOSE,
            &CORE_JUSTIFICATION,
            &DECISION_TYPE,
            &DECISION_ASKED,
            &CLASSIFICATION,
            &EXEMPT_REASON,
            &TRADING_AMBITION,
            &PRIOR_ESTIMATE,
            &PRIOR_ESTIMATE_SOURCE,
            &FUNDING_NEEDED,
            &BUDGET_CAP,
            &SPEND_TO_DATE,
            &INTERNAL_DAYS,
            &TRANSITION_FUND,
            &TRANSITION_FUND_BASIS,
            &FIGHTING_FUND_REQUESTED,
            &FIGHTING_FUND_REQUESTED_ON,
            &FIGHTING_FUND_APPROVED,
            &FIGHTING_FUND_APPROVED_ON,
            &FIGHTING_FUND_RELEASED,
            &FIGHTING_FUND_RELEASED_ON,
            &RISK_SHARE_BASIS,
            &RELATED_PROJECTS,
            &COMMS_PLAN,
            &NEXT_UPDATE_DUE,
        ]),
        Part::Table(&FUNDING_TABLE),
        Part::Table(&STAKEHOLDER_TABLE),
        Part::Singles(&[&COMPLETED_BY, &NOTES]),
    ],
};

pub static FORM_ID: Field = Field::new(Kind::Text, "P1_form_id", "Form")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("EKJAC-BRF")
    .source("J");

pub static FORM_VERSION: Field = Field::new(Kind::Text, "P1_form_version", "Form version")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("1.0")
    .source("J");

pub static ISSUE_TOKEN: Field = Field::new(Kind::Text, "P1_issue_token", "Issue number")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("H-BRF-2C9T")
    .source("J");

pub static PROJECT_CODE: Field = Field::new(Kind::Text, "P1_project_code", "Project")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("H")
    .source("J");

pub static PROJECT_TITLE: Field = Field::new(Kind::Text, "P1_project_title", "Title")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("Building control")
    .source("J");

pub static ROUND: Field = Field::new(Kind::Text, "P1_round", "Round")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("2009 spring")
    .source("J");

pub static RETURN_VERSION: Field =
    Field::new(Kind::Int, "P1_return_version", "Number of this brief")
        .need(Need::Yes)
        .min(dec!(1))
        .max(dec!(99))
        .help("One more each time you send it again.")
        .example("1");

pub static RETURN_TYPE: Field = Field::new(Kind::Choice, "P1_return_type", "Is this brief")
    .need(Need::Yes)
    .one_of(&["Draft", "Final"])
    .help("Pick one from the list.")
    .example("Final");

pub static COMPLETED_BY_NAME: Field =
    Field::new(Kind::Text, "P1_completed_by_name", "Who filled in this brief: name")
        .need(Need::Yes)
        .help("A few words.")
        .example("E. Officer");

pub static COMPLETED_BY_EMAIL: Field =
    Field::new(Kind::Text, "P1_completed_by_email", "Who filled in this brief: email")
        .need(Need::Yes)
        .help("A few words.")
        .example("e.officer@example.org");

pub static PROJECT_CLASS: Field = Field::new(Kind::Choice, "P1_project_class", "Core or windfall")
    .need(Need::Yes)
    .one_of(&["Core", "Windfall"])
    .help("Windfall projects go to the chief executives, not to the joint committee.")
    .example("Core")
    .source("principle c");

pub static PURPOSE: Field = Field::new(Kind::Text, "P1_purpose", "Purpose, in a sentence or two")
    .unit("characters")
    .max(dec!(1000))
    .help("A seed for the draft. Write the rest in Word, where it stays yours.")
    .source("Q1");

pub static CORE_JUSTIFICATION: Field =
    Field::new(Kind::Text, "P1_core_justification", "Why it is a core project")
        .unit("characters")
        .max(dec!(1000))
        .help("A seed for the draft.")
        .source("principle e");

pub static DECISION_TYPE: Field = Field::new(Kind::Choice, "P1_decision_type", "Type of decision")
    .need(Need::Yes)
    .one_of(&["Key", "Non-key", "For information"])
    .help("For the front of the report.")
    .example("Non-key")
    .source("report format");

pub static DECISION_ASKED: Field =
    Field::new(Kind::Text, "P1_decision_asked", "What the committee is asked to decide")
        .unit("characters")
        .max(dec!(1000))
        .help("A seed for the draft; printed as yours.")
        .source("report format");

pub static CLASSIFICATION: Field = Field::new(Kind::Choice, "P1_classification", "The report is")
    .need(Need::Yes)
    .one_of(&["Open to the public", "Exempt in part", "Exempt"])
    .help("Pick one from the list.")
    .example("Open to the public")
    .source("12A");

pub static EXEMPT_REASON: Field = Field::new(
    Kind::Text,
    "P1_exempt_reason",
    "Why it is in the public interest to keep it private",
)
.need(Need::If(Condition::IsNot("classification", "Open to the public")))
.help("The monitoring officer's words.")
.source("12A");

pub static TRADING_AMBITION: Field =
    Field::new(Kind::Choice, "P1_trading_ambition", "Sell to others later")
        .one_of(&["None", "Possible", "Planned"])
        .help("Pick one from the list. Leave empty if it does not apply.")
        .example("Possible")
        .source("Uttlesford");

pub static PRIOR_ESTIMATE: Field =
    Field::new(Kind::Money, "P1_prior_estimate", "Saving named earlier, a year")
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .example("150000")
        .source("BCC PID");

pub static PRIOR_ESTIMATE_SOURCE: Field =
    Field::new(Kind::Text, "P1_prior_estimate_source", "Where it was named")
        .need(Need::If(Condition::Given("prior_estimate")))
        .help("A few words.")
        .example("Report of 25 June 2008")
        .source("BCC PID");

pub static FUNDING_NEEDED: Field =
    Field::new(Kind::Money, "P1_funding_needed", "Money needed to do the project")
        .need(Need::Yes)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("0 if none.")
        .example("300000")
        .source("Q7");

pub static BUDGET_CAP: Field =
    Field::new(Kind::Money, "P1_budget_cap", "Most the project may spend")
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .example("320000")
        .source("BCC PID");

pub static SPEND_TO_DATE: Field = Field::new(Kind::Money, "P1_spend_to_date", "Spent so far")
    .need(Need::Yes)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("0 if nothing.")
    .example("4500")
    .source("BCC PID");

pub static INTERNAL_DAYS: Field =
    Field::new(Kind::Dec, "P1_internal_days", "Officers' days so far")
        .unit("days")
        .min(dec!(0))
        .max(dec!(100000))
        .help("A number. Leave empty if it does not apply.")
        .example("35")
        .source("BCC PID");

pub static TRANSITION_FUND: Field =
    Field::new(Kind::Money, "P1_transition_fund", "Transition fund")
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .example("300000")
        .source("LGA");

pub static TRANSITION_FUND_BASIS: Field =
    Field::new(Kind::Choice, "P1_transition_fund_basis", "Transition fund is shared by")
        .need(Need::If(Condition::Given("transition_fund")))
        .one_of(&["Agreed shares", "Population", "Budget", "Equal", "Usage", "Incurring council"])
        .help("Pick one from the list.")
        .example("Agreed shares")
        .source("LGA");

pub static FIGHTING_FUND_REQUESTED: Field =
    Field::new(Kind::Money, "P1_fighting_fund_requested", "Fighting fund: asked for")
        .need(Need::Yes)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("0 if nothing.")
        .example("60000")
        .source("principle d");

pub static FIGHTING_FUND_REQUESTED_ON: Field =
    Field::new(Kind::Date, "P1_fighting_fund_requested_on", "Fighting fund: asked for on")
        .help("As dd/mm/yyyy. Leave empty if it does not apply.")
        .example("15/01/2009")
        .source("principle d");

pub static FIGHTING_FUND_APPROVED: Field =
    Field::new(Kind::Money, "P1_fighting_fund_approved", "Fighting fund: approved")
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .source("principle d");

pub static FIGHTING_FUND_APPROVED_ON: Field =
    Field::new(Kind::Date, "P1_fighting_fund_approved_on", "Fighting fund: approved on")
        .need(Need::If(Condition::Given("fighting_fund_approved")))
        .help("As dd/mm/yyyy.")
        .source("principle d");

pub static FIGHTING_FUND_RELEASED: Field =
    Field::new(Kind::Money, "P1_fighting_fund_released", "Fighting fund: released")
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Only after the joint committee has approved it.")
        .source("principle d");

pub static FIGHTING_FUND_RELEASED_ON: Field =
    Field::new(Kind::Date, "P1_fighting_fund_released_on", "Fighting fund: released on")
        .need(Need::If(Condition::Given("fighting_fund_released")))
        .help("As dd/mm/yyyy.")
        .source("principle d");

pub static RISK_SHARE_BASIS: Field =
    Field::new(Kind::Choice, "P1_risk_share_basis", "Risks and their cost are shared by")
        .need(Need::Yes)
        .one_of(&[
            "Agreed shares",
            "Population",
            "Budget",
            "Equal",
            "Usage",
            "Incurring council",
            "Not yet agreed",
        ])
        .help("Pick one from the list.")
        .example("Agreed shares")
        .source("principle h");

pub static RELATED_PROJECTS: Field =
    Field::new(Kind::Multi, "P1_related_projects", "Projects that need the same people or systems")
        .from_list(List::Projects)
        .help("All that apply, with a semicolon between. Leave empty if it does not apply.")
        .example("G")
        .source("BCC PID");

pub static COMMS_PLAN: Field =
    Field::new(Kind::Text, "P1_comms_plan", "Who is told what, and when")
        .unit("characters")
        .max(dec!(1000))
        .help("A seed for the draft.")
        .source("Uttlesford");

pub static NEXT_UPDATE_DUE: Field =
    Field::new(Kind::Date, "P1_next_update_due", "Next update to members")
        .need(Need::Yes)
        .help("As dd/mm/yyyy.")
        .example("10/06/2009")
        .source("process vi");

pub static FUNDING_SOURCE: Field = Field::new(Kind::Text, "P1_funding_source", "Source")
    .need(Need::RowUsed)
    .help("8 rows.")
    .example("Fighting fund")
    .source("Q7");

pub static FUNDING_AMOUNT: Field = Field::new(Kind::Money, "P1_funding_amount", "Amount")
    .need(Need::RowUsed)
    .min(dec!(0))
    .max(dec!(999999999))
    .help("Whole pounds.")
    .example("60000")
    .source("Q7");

pub static FUNDING_STATUS: Field = Field::new(Kind::Choice, "P1_funding_status", "Status")
    .need(Need::RowUsed)
    .one_of(&["Bid", "Approved", "Received"])
    .help("Pick one from the list.")
    .example("Bid")
    .source("Q7");

pub static FUNDING_TABLE: Table = Table {
    name: "P1_funding_table",
    prefix: "P1_funding",
    title: "Where the money comes from",
    rows: 8,
    columns: &[&FUNDING_SOURCE, &FUNDING_AMOUNT, &FUNDING_STATUS],
    key: None,
};

pub static STAKEHOLDER_GROUP: Field = Field::new(Kind::Text, "P1_stakeholder_group", "Who")
    .need(Need::RowUsed)
    .help("15 rows.")
    .example("Local builders and architects")
    .source("Q4");

pub static STAKEHOLDER_INTEREST: Field =
    Field::new(Kind::Text, "P1_stakeholder_interest", "What matters to them")
        .help("A few words. Leave empty if it does not apply.")
        .example("Quick decisions")
        .source("Q4");

pub static STAKEHOLDER_ROLE: Field = Field::new(Kind::Choice, "P1_stakeholder_role", "Their part")
    .one_of(&["Decides", "Consulted", "Informed"])
    .help("Pick one from the list. Leave empty if it does not apply.")
    .example("Consulted")
    .source("Q4");

pub static STAKEHOLDER_CONSULTED_ON: Field =
    Field::new(Kind::Date, "P1_stakeholder_consulted_on", "Consulted on")
        .help("As dd/mm/yyyy. Leave empty if it does not apply.")
        .source("Q4");

pub static STAKEHOLDER_TABLE: Table = Table {
    name: "P1_stakeholder_table",
    prefix: "P1_stakeholder",
    title: "Stakeholders",
    rows: 15,
    columns: &[
        &STAKEHOLDER_GROUP,
        &STAKEHOLDER_INTEREST,
        &STAKEHOLDER_ROLE,
        &STAKEHOLDER_CONSULTED_ON,
    ],
    key: None,
};

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "P1_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "P1_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
