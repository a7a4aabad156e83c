//! The Implications sheet (IMP) of the council return.

use crate::form::{Field, Group, Kind, Need, Part, Sheet};

pub static SHEET: Sheet = Sheet {
    name: "Implications",
    code: "IMP",
    about: "What the project would mean for staff, law and others.",
    asks: "HR, legal",
    parts: &[Part::Singles(&[
        &STAFF_CONVERGENCE,
        &STAFF_CONVERGENCE_TEXT,
        &UNION_CONSULTED_ON,
        &TUPE_ADVICE_TAKEN,
        &OTHER_LEGISLATION,
        &DELEGATION_NEEDED,
        &CONSTITUTION_CHANGE,
        &LEGAL_ADVISER,
        &PROCUREMENT_ROUTE,
        &DPIA_NEEDED,
        &INSURANCE_CHECKED,
        &VAT_PARTIAL_EXEMPTION,
        &SUBSIDY_CONTROL,
        &EQUALITY,
        &COMMUNITY_SAFETY,
        &WARD,
        &PROPERTY,
        &COMMUNICATIONS,
        &WORKFORCE,
        &HEALTH_SAFETY,
        &STATUTORY_ROLES,
        &COMPLETED_BY,
        &NOTES,
    ])],
};

pub static STAFF_CONVERGENCE: Field =
    Field::new(Kind::Choice, "IMP_staff_convergence", "Would pay or terms have to converge")
        .need(Need::Yes)
        .group(Group::Implications)
        .one_of(&["None", "Some", "Major"])
        .help("Pick one from the list.")
        .example("Some")
        .source("Q20");

pub static STAFF_CONVERGENCE_TEXT: Field =
    Field::new(Kind::Text, "IMP_staff_convergence_text", "How")
        .group(Group::Implications)
        .help("A few words. Leave empty if it does not apply.")
        .source("Q20");

pub static UNION_CONSULTED_ON: Field =
    Field::new(Kind::Date, "IMP_union_consulted_on", "Unions told on")
        .group(Group::Implications)
        .help("Empty if not yet.")
        .example("12/01/2009")
        .source("Q20");

pub static TUPE_ADVICE_TAKEN: Field =
    Field::new(Kind::Yn, "IMP_tupe_advice_taken", "Advice on transfer of staff taken")
        .need(Need::Yes)
        .group(Group::Implications)
        .help("Yes or No.")
        .example("No")
        .source("Q20");

pub static OTHER_LEGISLATION: Field =
    Field::new(Kind::Text, "IMP_other_legislation", "Other law that matters")
        .group(Group::Implications)
        .help("A few words. Leave empty if it does not apply.")
        .example("Building Act 1984")
        .source("Q21");

pub static DELEGATION_NEEDED: Field =
    Field::new(Kind::Ynu, "IMP_delegation_needed", "A delegation is needed")
        .need(Need::Yes)
        .group(Group::Implications)
        .help("Yes, No or Not known.")
        .example("Yes")
        .source("Q21");

pub static CONSTITUTION_CHANGE: Field =
    Field::new(Kind::Ynu, "IMP_constitution_change", "The constitution must change")
        .need(Need::Yes)
        .group(Group::Implications)
        .help("Yes, No or Not known.")
        .example("Yes")
        .source("Q21");

pub static LEGAL_ADVISER: Field = Field::new(Kind::Text, "IMP_legal_adviser", "Legal adviser")
    .group(Group::Implications)
    .help("A few words. Leave empty if it does not apply.")
    .example("Head of legal")
    .source("Q21");

pub static PROCUREMENT_ROUTE: Field =
    Field::new(Kind::Text, "IMP_procurement_route", "How it would be procured")
        .group(Group::Implications)
        .help("A few words. Leave empty if it does not apply.")
        .source("Uttlesford");

pub static DPIA_NEEDED: Field =
    Field::new(Kind::Ynu, "IMP_dpia_needed", "A privacy assessment is needed")
        .group(Group::Implications)
        .help("Yes, No or Not known. Leave empty if it does not apply.")
        .source("LGA");

pub static INSURANCE_CHECKED: Field =
    Field::new(Kind::Ynu, "IMP_insurance_checked", "Insurance has been checked")
        .group(Group::Implications)
        .help("Yes, No or Not known. Leave empty if it does not apply.")
        .source("LGA");

pub static VAT_PARTIAL_EXEMPTION: Field =
    Field::new(Kind::Ynu, "IMP_vat_partial_exemption", "VAT partial exemption could be affected")
        .group(Group::Implications)
        .help("Yes, No or Not known. Leave empty if it does not apply.")
        .source("LGA");

pub static SUBSIDY_CONTROL: Field =
    Field::new(Kind::Ynu, "IMP_subsidy_control", "Subsidy rules could apply")
        .group(Group::Implications)
        .help("Yes, No or Not known. Leave empty if it does not apply.")
        .source("LGA");

pub static EQUALITY: Field = Field::new(Kind::Text, "IMP_equality", "Impact: Equality")
    .need(Need::Yes)
    .group(Group::Implications)
    .help("One line; write None if there is none.")
    .example("None")
    .source("Uttlesford");

pub static COMMUNITY_SAFETY: Field =
    Field::new(Kind::Text, "IMP_community_safety", "Impact: Community safety")
        .need(Need::Yes)
        .group(Group::Implications)
        .help("One line; write None if there is none.")
        .example("None")
        .source("Uttlesford");

pub static WARD: Field = Field::new(Kind::Text, "IMP_ward", "Impact: Wards")
    .need(Need::Yes)
    .group(Group::Implications)
    .help("One line; write None if there is none.")
    .example("None")
    .source("Uttlesford");

pub static PROPERTY: Field = Field::new(Kind::Text, "IMP_property", "Impact: Property")
    .need(Need::Yes)
    .group(Group::Implications)
    .help("One line; write None if there is none.")
    .example("None")
    .source("Uttlesford");

pub static COMMUNICATIONS: Field =
    Field::new(Kind::Text, "IMP_communications", "Impact: Consultation and communications")
        .need(Need::Yes)
        .group(Group::Implications)
        .help("One line; write None if there is none.")
        .example("None")
        .source("Uttlesford");

pub static WORKFORCE: Field = Field::new(Kind::Text, "IMP_workforce", "Impact: Workforce")
    .need(Need::Yes)
    .group(Group::Implications)
    .help("One line; write None if there is none.")
    .example("None")
    .source("Uttlesford");

pub static HEALTH_SAFETY: Field =
    Field::new(Kind::Text, "IMP_health_safety", "Impact: Health and safety")
        .need(Need::Yes)
        .group(Group::Implications)
        .help("One line; write None if there is none.")
        .example("None")
        .source("Uttlesford");

pub static STATUTORY_ROLES: Field =
    Field::new(Kind::Multi, "IMP_statutory_roles", "Statutory posts affected")
        .need(Need::Yes)
        .group(Group::Implications)
        .one_of(&[
            "None",
            "Head of paid service",
            "Section 151 officer",
            "Monitoring officer",
            "Electoral registration officer",
            "Other",
        ])
        .help("All that apply, with a semicolon between.")
        .example("None")
        .source("LGA");

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "IMP_completed_by", "Who filled in this sheet").group(Group::Implications).help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "IMP_notes",
    "Anything we should know about this sheet",
)
.group(Group::Implications)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
