//! Section 15: what the project means for staff, law and others, and the basis on which councils account (section 6).

use super::{
    case::{Case, Values, Wanted, paragraph, pounds},
    side::{Place, Side},
};
use crate::{
    english,
    form::{
        Field, Group,
        council_return::implications as imp,
        profile::{basis, terms},
    },
    number::Exact,
    programme::Code,
};

/// The lines of a profile on how a council accounts, and what they are called here.
const ACCOUNTS: [(&str, &Field); 7] = [
    ("Accounts prepared under", &basis::ACCOUNTING_CODE),
    ("Support services are", &basis::SUPPORT_BASIS),
    ("Capital charges", &basis::CAPITAL_CHARGE_BASIS),
    ("Employer pension cost", &basis::PENSION_BASIS),
    ("Pay award in the budget", &basis::PAY_AWARD_BASIS),
    ("Pay award (%)", &basis::PAY_AWARD_PCT),
    ("Prices of later years", &basis::PRICE_BASIS),
];

const TERMS: [(&str, &Field); 11] = [
    ("Full-time week (hours)", &terms::FULL_TIME_HOURS),
    ("Leave on appointment (days)", &terms::LEAVE_DAYS_MIN),
    ("Leave at most (days)", &terms::LEAVE_DAYS_MAX),
    ("Redundancy multiplier", &terms::REDUNDANCY_MULTIPLIER),
    ("A week's redundancy pay", &terms::REDUNDANCY_PAY_BASIS),
    ("Pay protection (years)", &terms::PAY_PROTECTION_YEARS),
    ("Longest notice (weeks)", &terms::NOTICE_WEEKS),
    ("Car scheme", &terms::CAR_SCHEME),
    ("Job evaluation", &terms::JE_SCHEME),
    ("Single status agreed", &terms::SINGLE_STATUS_DONE),
    ("Recognised unions", &terms::TRADE_UNIONS),
];

/// What returns are asked of staff and law, where that is asked at all.
const ASKED: [(&str, &Field); 11] = [
    ("Pay or terms would have to converge", &imp::STAFF_CONVERGENCE),
    ("Unions told on", &imp::UNION_CONSULTED_ON),
    ("Advice on transfer of staff (TUPE) taken", &imp::TUPE_ADVICE_TAKEN),
    ("Effect on the workforce", &imp::WORKFORCE),
    ("A delegation is needed", &imp::DELEGATION_NEEDED),
    ("The constitution must change", &imp::CONSTITUTION_CHANGE),
    ("How it would be procured", &imp::PROCUREMENT_ROUTE),
    ("A privacy assessment is needed", &imp::DPIA_NEEDED),
    ("VAT partial exemption could be affected", &imp::VAT_PARTIAL_EXEMPTION),
    ("Subsidy rules could apply", &imp::SUBSIDY_CONTROL),
    ("Statutory posts affected", &imp::STATUTORY_ROLES),
];

fn lines(all: &[(&str, &'static Field)]) -> Vec<(String, &'static Field)> {
    all.iter().map(|(label, field)| ((*label).to_owned(), *field)).collect()
}

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let accounts = Side::new(case, Place::Profiles, lines(&ACCOUNTS));
    values.text("say:basis", compared(case, "basis", &accounts));
    values.passage("if:basis", accounts.any(case));
    let shows = "How each council accounts, as its profile says.";
    let tables = accounts.tables(case, "Accounting basis", shows, "Question");
    values.blocks("block:basis", tables);

    let terms = Side::new(case, Place::Profiles, lines(&TERMS));
    values.text("say:terms", compared(case, "terms", &terms));
    values.passage("if:terms", terms.any(case));
    let shows = "The terms on which each council employs, as its profile says.";
    let tables = terms.tables(case, "Terms of employment", shows, "Term");
    values.blocks("block:terms", tables);
    values.text("say:harmonisation", harmonisation(case));

    let asked = Side::new(case, Place::Returns, lines(&ASKED));
    let is_asked = case.project.asks(Group::Implications);
    values.passage("if:implications", is_asked && asked.any(case));
    let shows = "What each council says of staff and law.";
    let tables = asked.tables(case, "Staff and law", shows, "Question");
    values.blocks("block:implications", tables);
    values.text(
        "say:tupe",
        if is_asked { String::new() } else { case.say("staffing.not_asked", "some", &[]) },
    );
    let known = case.used().next().is_some() || terms.any(case);
    values.passage("if:section.15", known);
}

/// What councils answer alike and what not, and whose profile is missing.
fn compared(case: &Case<'_>, about: &str, side: &Side<'_>) -> String {
    let (differ, same) = side.compared(case);
    let quote = |labels: &[&str]| {
        let labels: Vec<String> = labels.iter().map(|label| format!("“{label}”")).collect();
        english::list(&labels)
    };
    let form = match (differ.is_empty(), same.is_empty()) {
        (false, _) => "differ",
        (true, false) => "same",
        (true, true) => "unknown",
    };
    let quoted = [("differ", &*quote(&differ)), ("same", &quote(&same))];
    let said = case.say(&format!("{about}.compared"), form, &quoted);
    let silent: Vec<&Code> = side.silent(case);
    let silent = case.about(&format!("{about}.silent"), &silent);
    paragraph([said].into_iter().chain(silent))
}

/// What it would cost to bring pay together: totals only, and only where nobody's pay could be told from them.
fn harmonisation(case: &Case<'_>) -> String {
    let whole = |key| {
        let figure = case.find(Wanted { key, ..Wanted::default() })?;
        Some((figure, figure.number()?))
    };
    let (Some((figure, highest)), Some((_, median))) =
        (whole("harmonisation.to_highest"), whole("harmonisation.to_median"))
    else {
        return case.say("harmonisation", "none", &HARMONISED);
    };
    if !figure.public {
        return case.say("harmonisation", "withheld", &HARMONISED);
    }
    let gross = case.figure("revenue.gross_controllable");
    let gross = gross.filter(|own| own.used == figure.used).and_then(|own| own.number());
    let part =
        gross.and_then(|gross| highest.over(gross)).map(|part: Exact| english::percent(&part));
    let form = match (&part, figure.missing.is_empty()) {
        (_, false) => "some",
        (Some(_), true) => "part",
        (None, true) => "whole",
    };
    let quoted = [
        ("highest", &*pounds(highest)),
        ("median", &pounds(median)),
        ("part", &part.unwrap_or_default()),
        ("list", &case.list(&figure.missing.iter().collect::<Vec<_>>())),
    ];
    case.say("harmonisation", form, &quoted)
}

const HARMONISED: [(&str, &str); 4] = [("highest", ""), ("median", ""), ("part", ""), ("list", "")];
