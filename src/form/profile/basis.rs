//! The Profile sheet (PRO) of the council profile.

use rust_decimal::dec;

use crate::form::{Condition, Field, Kind, Need, Part, Sheet};

pub static SHEET: Sheet = Sheet {
    name: "Profile",
    code: "PRO",
    about: "Who speaks for the council, and how its accounts are kept. Asked once; every return of the council inherits it.",
    asks: "Finance, legal",
    parts: &[Part::Singles(&[
        &FORM_ID,
        &FORM_VERSION,
        &ISSUE_TOKEN,
        &COUNCIL_CODE,
        &ROUND,
        &RETURN_VERSION,
        &RETURN_TYPE,
        &COMPLETED_BY_NAME,
        &COMPLETED_BY_ROLE,
        &COMPLETED_BY_EMAIL,
        &COMPLETED_BY_PHONE,
        &S151_NAME,
        &S151_EMAIL,
        &S151_AGREED_ON,
        &FINANCE_CONTACT_NAME,
        &FINANCE_CONTACT_EMAIL,
        &HR_CONTACT_NAME,
        &HR_CONTACT_EMAIL,
        &ICT_CONTACT_NAME,
        &ICT_CONTACT_EMAIL,
        &PROCUREMENT_CONTACT_NAME,
        &PROCUREMENT_CONTACT_EMAIL,
        &LEGAL_CONTACT_NAME,
        &LEGAL_CONTACT_EMAIL,
        &ACCOUNTING_CODE,
        &ACCOUNTING_DEPARTURES,
        &ACCOUNTING_EFFECT,
        &SUPPORT_BASIS,
        &CAPITAL_CHARGE_BASIS,
        &PENSION_BASIS,
        &PENSION_RATE_PCT,
        &PAY_AWARD_BASIS,
        &PAY_AWARD_PCT,
        &PRICE_BASIS,
        &ORG_RUNNING_COST,
        &ORG_FTE,
        &POPULATION_AGREED,
        &POPULATION_OWN,
        &POWERS,
        &POWERS_OTHER,
        &FIT_APPROACH,
        &FIT_EXPECTATIONS,
        &FIT_PRIORITIES,
        &FIT_DECISIONS,
        &COMPLETED_BY,
        &NOTES,
    ])],
};

pub static FORM_ID: Field = Field::new(Kind::Text, "PRO_form_id", "Form")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("EKJAC-PRO")
    .source("J");

pub static FORM_VERSION: Field = Field::new(Kind::Text, "PRO_form_version", "Form version")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("1.0")
    .source("J");

pub static ISSUE_TOKEN: Field = Field::new(Kind::Text, "PRO_issue_token", "Issue number")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("PRO-THA-4M8D")
    .source("J");

pub static COUNCIL_CODE: Field = Field::new(Kind::Text, "PRO_council_code", "Council")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("THA")
    .source("J");

pub static ROUND: Field = Field::new(Kind::Text, "PRO_round", "Round")
    .need(Need::Locked)
    .help("Filled in by the programme office. Please leave it as it is.")
    .example("2009 spring")
    .source("J");

pub static RETURN_VERSION: Field =
    Field::new(Kind::Int, "PRO_return_version", "Number of this profile")
        .need(Need::Yes)
        .min(dec!(1))
        .max(dec!(99))
        .help("1 the first time; one more each time you send it again.")
        .example("1");

pub static RETURN_TYPE: Field = Field::new(Kind::Choice, "PRO_return_type", "Is this profile")
    .need(Need::Yes)
    .one_of(&["Draft", "Final"])
    .help("Draft while you are still agreeing it; Final when the chief finance officer has.")
    .example("Final");

pub static COMPLETED_BY_NAME: Field =
    Field::new(Kind::Text, "PRO_completed_by_name", "Who filled in this profile: name")
        .need(Need::Yes)
        .help("We send questions here.")
        .example("A. Officer")
        .source("Q5");

pub static COMPLETED_BY_ROLE: Field =
    Field::new(Kind::Text, "PRO_completed_by_role", "Who filled in this profile: job")
        .need(Need::Yes)
        .help("We send questions here.")
        .example("Chief accountant")
        .source("Q5");

pub static COMPLETED_BY_EMAIL: Field =
    Field::new(Kind::Text, "PRO_completed_by_email", "Who filled in this profile: email")
        .need(Need::Yes)
        .help("We send questions here.")
        .example("a.officer@example.org")
        .source("Q5");

pub static COMPLETED_BY_PHONE: Field =
    Field::new(Kind::Text, "PRO_completed_by_phone", "Who filled in this profile: telephone")
        .help("We send questions here.")
        .example("01843 000000")
        .source("Q5");

pub static S151_NAME: Field =
    Field::new(Kind::Text, "PRO_s151_name", "Chief finance officer (section 151): name")
        .need(Need::Yes)
        .help("The officer who signs off every return of the council.")
        .example("B. Officer")
        .source("LGA 1972 s.151");

pub static S151_EMAIL: Field =
    Field::new(Kind::Text, "PRO_s151_email", "Chief finance officer: email")
        .need(Need::Yes)
        .help("For the sheet \"What we used\", which this officer agrees.")
        .example("b.officer@example.org");

pub static S151_AGREED_ON: Field =
    Field::new(Kind::Date, "PRO_s151_agreed_on", "Chief finance officer agreed this profile on")
        .need(Need::If(Condition::Is("return_type", "Final")))
        .help("The date the accounting basis below was agreed.")
        .example("13/02/2009")
        .source("RO");

pub static FINANCE_CONTACT_NAME: Field =
    Field::new(Kind::Text, "PRO_finance_contact_name", "Finance contact: name")
        .help("Whom to ask about Finance questions in any of your returns.")
        .example("C. Officer")
        .source("BCC PID");

pub static FINANCE_CONTACT_EMAIL: Field =
    Field::new(Kind::Text, "PRO_finance_contact_email", "Finance contact: email")
        .help("An address we can use for questions.")
        .example("c.officer@example.org")
        .source("BCC PID");

pub static HR_CONTACT_NAME: Field =
    Field::new(Kind::Text, "PRO_hr_contact_name", "HR contact: name")
        .help("Whom to ask about HR questions in any of your returns.")
        .example("C. Officer")
        .source("BCC PID");

pub static HR_CONTACT_EMAIL: Field =
    Field::new(Kind::Text, "PRO_hr_contact_email", "HR contact: email")
        .help("An address we can use for questions.")
        .example("c.officer@example.org")
        .source("BCC PID");

pub static ICT_CONTACT_NAME: Field =
    Field::new(Kind::Text, "PRO_ict_contact_name", "ICT contact: name")
        .help("Whom to ask about ICT questions in any of your returns.")
        .example("C. Officer")
        .source("BCC PID");

pub static ICT_CONTACT_EMAIL: Field =
    Field::new(Kind::Text, "PRO_ict_contact_email", "ICT contact: email")
        .help("An address we can use for questions.")
        .example("c.officer@example.org")
        .source("BCC PID");

pub static PROCUREMENT_CONTACT_NAME: Field =
    Field::new(Kind::Text, "PRO_procurement_contact_name", "Procurement contact: name")
        .help("Whom to ask about Procurement questions in any of your returns.")
        .example("C. Officer")
        .source("BCC PID");

pub static PROCUREMENT_CONTACT_EMAIL: Field =
    Field::new(Kind::Text, "PRO_procurement_contact_email", "Procurement contact: email")
        .help("An address we can use for questions.")
        .example("c.officer@example.org")
        .source("BCC PID");

pub static LEGAL_CONTACT_NAME: Field =
    Field::new(Kind::Text, "PRO_legal_contact_name", "Legal contact: name")
        .help("Whom to ask about Legal questions in any of your returns.")
        .example("C. Officer")
        .source("BCC PID");

pub static LEGAL_CONTACT_EMAIL: Field =
    Field::new(Kind::Text, "PRO_legal_contact_email", "Legal contact: email")
        .help("An address we can use for questions.")
        .example("c.officer@example.org")
        .source("BCC PID");

pub static ACCOUNTING_CODE: Field =
    Field::new(Kind::Choice, "PRO_accounting_code", "Accounts are prepared under")
        .need(Need::Yes)
        .one_of(&["CIPFA Code/SORP in force", "IFRS-based Code", "Other"])
        .help("The code your published accounts for the base year follow.")
        .example("CIPFA Code/SORP in force")
        .source("Q15");

pub static ACCOUNTING_DEPARTURES: Field =
    Field::new(Kind::Text, "PRO_accounting_departures", "What departs from that code")
        .need(Need::If(Condition::Is("accounting_code", "Other")))
        .help("One line on each departure. Leave empty if there is none.")
        .example("Vehicle leases off balance sheet")
        .source("Q15");

pub static ACCOUNTING_EFFECT: Field =
    Field::new(Kind::Money, "PRO_accounting_effect", "Effect of the departures on a year's cost")
        .need(Need::If(Condition::Is("accounting_code", "Other")))
        .min(dec!(-999999999))
        .max(dec!(999999999))
        .help("Whole pounds; 0 if it changes nothing.")
        .example("12000")
        .source("Q15");

pub static SUPPORT_BASIS: Field =
    Field::new(Kind::Choice, "PRO_support_basis", "Support services are")
        .need(Need::Yes)
        .one_of(&["Fully absorbed", "Partly absorbed", "Not charged"])
        .help("Whether services bear the whole cost of finance, HR, ICT, legal and accommodation.")
        .example("Fully absorbed")
        .source("SeRCOP s.3");

pub static CAPITAL_CHARGE_BASIS: Field =
    Field::new(Kind::Choice, "PRO_capital_charge_basis", "Capital charges in service budgets")
        .need(Need::Yes)
        .one_of(&["Depreciation/impairment", "Depreciation and interest", "None"])
        .help("What the line \"Depreciation\" holds in your budget book.")
        .example("Depreciation/impairment")
        .source("BV 8/10");

pub static PENSION_BASIS: Field =
    Field::new(Kind::Choice, "PRO_pension_basis", "Employer pension cost is shown as")
        .need(Need::Yes)
        .one_of(&["Contributions paid", "IAS19/FRS17 service cost"])
        .help("Most budget books show contributions paid.")
        .example("Contributions paid")
        .source("Q15");

pub static PENSION_RATE_PCT: Field =
    Field::new(Kind::Pct, "PRO_pension_rate_pct", "Employer pension contribution rate")
        .need(Need::Yes)
        .min(dec!(0))
        .max(dec!(50))
        .help("Enter 17.8 for 17.8%.")
        .example("17.8")
        .source("Q20");

pub static PAY_AWARD_BASIS: Field =
    Field::new(Kind::Choice, "PRO_pay_award_basis", "The pay award in the base-year budget is")
        .need(Need::Yes)
        .one_of(&["Settled", "Assumed", "Excluded"])
        .help("Settled, assumed, or left out.")
        .example("Settled")
        .source("J");

pub static PAY_AWARD_PCT: Field =
    Field::new(Kind::Pct, "PRO_pay_award_pct", "Pay award in the base-year budget")
        .need(Need::If(Condition::IsNot("pay_award_basis", "Excluded")))
        .min(dec!(0))
        .max(dec!(20))
        .help("Enter 2.45 for 2.45%.")
        .example("2.45")
        .source("J");

pub static PRICE_BASIS: Field =
    Field::new(Kind::Choice, "PRO_price_basis", "Later years' figures are in")
        .need(Need::Yes)
        .one_of(&["Cash (inflated)", "Base-year prices"])
        .help("Cash with inflation, or the prices of the base year.")
        .example("Cash (inflated)")
        .source("J");

pub static ORG_RUNNING_COST: Field = Field::new(
    Kind::Money,
    "PRO_org_running_cost",
    "Council's gross running cost in the base year",
)
.min(dec!(0))
.max(dec!(999999999))
.help("General Fund, without transfer payments. Asked once, for value-for-money ratios.")
.example("28400000")
.source("VfM");

pub static ORG_FTE: Field = Field::new(Kind::Fte, "PRO_org_fte", "Council's total FTE")
    .min(dec!(0))
    .max(dec!(20000))
    .help("Budgeted, all services.")
    .example("512.60")
    .source("VfM");

pub static POPULATION_AGREED: Field = Field::new(
    Kind::Yn,
    "PRO_population_agreed",
    "Is the population printed beside this cell right",
)
.need(Need::Yes)
.help("It is the ONS mid-year estimate; all sharing by population uses it.")
.example("Yes")
.source("ONS");

pub static POPULATION_OWN: Field =
    Field::new(Kind::Int, "PRO_population_own", "If not, the figure you use")
        .need(Need::If(Condition::Is("population_agreed", "No")))
        .min(dec!(20000))
        .max(dec!(2000000))
        .help("We compare it with ours; we do not use it in place of ours.")
        .example("131800")
        .source("ONS");

pub static POWERS: Field =
    Field::new(Kind::Multi, "PRO_powers", "Powers the council would rely on to work with others")
        .need(Need::Yes)
        .one_of(&[
            "s.101 LGA 1972",
            "s.102 LGA 1972",
            "s.113 LGA 1972",
            "s.1 LA(Goods and Services) Act 1970",
            "s.75 NHS Act 2006",
            "Company powers",
            "Other",
        ])
        .help("Ask your legal officer once for all projects.")
        .example("s.113 LGA 1972; s.1 LA(Goods and Services) Act 1970")
        .source("Q21");

pub static POWERS_OTHER: Field = Field::new(Kind::Text, "PRO_powers_other", "Other power")
    .need(Need::If(Condition::Has("powers", "Other")))
    .help("Act and section.")
    .example("Localism Act 2011 s.1")
    .source("Q21");

pub static FIT_APPROACH: Field = Field::new(
    Kind::Choice,
    "PRO_fit_approach",
    "Chief executive's view: the partnership has a similar approach to sharing",
)
.one_of(&["Agree", "Neither", "Disagree"])
.help("The chief executive's own answer, once for the council.")
.example("Agree")
.source("Uttlesford");

pub static FIT_EXPECTATIONS: Field = Field::new(
    Kind::Choice,
    "PRO_fit_expectations",
    "Chief executive's view: the partnership has similar expectations of it",
)
.one_of(&["Agree", "Neither", "Disagree"])
.help("The chief executive's own answer, once for the council.")
.example("Agree")
.source("Uttlesford");

pub static FIT_PRIORITIES: Field = Field::new(
    Kind::Choice,
    "PRO_fit_priorities",
    "Chief executive's view: the partnership has similar priorities",
)
.one_of(&["Agree", "Neither", "Disagree"])
.help("The chief executive's own answer, once for the council.")
.example("Agree")
.source("Uttlesford");

pub static FIT_DECISIONS: Field = Field::new(
    Kind::Choice,
    "PRO_fit_decisions",
    "Chief executive's view: the partnership takes decisions in a similar way",
)
.one_of(&["Agree", "Neither", "Disagree"])
.help("The chief executive's own answer, once for the council.")
.example("Agree")
.source("Uttlesford");

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "PRO_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "PRO_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
