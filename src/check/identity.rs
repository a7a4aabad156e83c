//! Whose return it is, of which round and version (IDN).

use super::{Check, Run, Stage, found::Found, look, versions};
use crate::{
    answer::{Fault, Held, Return, ReturnKind},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        Field, Sheet, WORKBOOKS, Workbook,
        council_return::{capital, cover, revenue},
        profile::basis,
    },
    intake::{Intake, Why},
    place::Place,
    programme::{Programme, Year},
};

pub(super) static IDN_001: Check = Check {
    rule: Rule {
        code: "IDN-001",
        severity: Severity::Error,
        scope: Scope::Return,
        what: "The form is not one of ours, or its version is not that of this round.",
        fix: "Please move your answers to the current form.",
        source: "one form for a round",
    },
    stage: Stage::Identity,
    run: Run::All(unknown_form),
};

fn unknown_form(intake: &Intake, _: &Programme, found: &mut Found<'_>) {
    let current = |form: &Workbook| format!("{} {}", form.form_id, form.form_version);
    let forms: Vec<String> = WORKBOOKS.iter().map(|form| current(form)).collect();
    for file in &intake.set_aside {
        if let Why::UnknownForm(says) = &file.why {
            let same = WORKBOOKS.iter().find(|form| says.starts_with(form.form_id));
            let wanted = same.map_or(english::list(&forms), |form| current(form));
            let message = match &**says {
                "" => format!("This is none of our forms; this round uses {wanted}."),
                _ => format!("This is form {says}; this round uses {wanted}."),
            };
            found.at(Place::file(&file.path), says, message);
        }
    }
}

pub(super) static IDN_002: Check = Check {
    rule: Rule {
        code: "IDN-002",
        severity: Severity::Error,
        scope: Scope::Return,
        what: "Council and project are not in the programme, or the issue number is not that of the pair (of a profile: of the council; of a brief: of the project).",
        fix: "Please use the form we sent to you.",
        source: "forms are copied",
    },
    stage: Stage::Identity,
    run: Run::All(misissued),
};

fn misissued(intake: &Intake, _: &Programme, found: &mut Found<'_>) {
    for file in &intake.set_aside {
        if let Why::Misissued { issued_to, says, .. } = &file.why {
            let message = format!("This form was issued to {issued_to} but says {says}.");
            found.at(Place::file(&file.path), says, message);
        }
    }
}

pub(super) static IDN_005: Check = Check {
    rule: Rule {
        code: "IDN-005",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "Two part files of one issue number and version answer the same cell differently.",
        fix: "Please tell us which is right. Until then we use neither for this cell; everything else has been used.",
        source: "forms filled in by several officers",
    },
    stage: Stage::Identity,
    run: Run::Return(conflict),
};

const DRAFT_UNTIL_THEN: &str = "Please tell us which is right. Until then we take it for a draft; everything else has been used.";
const FINAL_UNTIL_THEN: &str = "Please tell us which is right. Until then we take it for final, with the figures it has; everything else has been used.";

fn conflict(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for (field, answer) in look::answers(ret, programme) {
        if let Held::Unreadable(Fault::Conflict(other)) = &answer.held {
            let (other, says) = (other.spot.place(), &other.says);
            let message =
                format!("{} says “{}”, {other} says “{says}”.", answer.place(), answer.shown());
            let finding = &mut found.answer(answer, message).finding;
            finding.also = vec![other];
            // How far a return is agreed cannot be left open: of two answers the more cautious counts.
            let is_kind = [cover::RETURN_TYPE.name, basis::RETURN_TYPE.name].contains(&field.name);
            match ret.kind {
                ReturnKind::Draft if is_kind => finding.fix = DRAFT_UNTIL_THEN,
                ReturnKind::Final if is_kind => finding.fix = FINAL_UNTIL_THEN,
                _ => {}
            }
        }
    }
}

pub(super) static IDN_007: Check = Check {
    rule: Rule {
        code: "IDN-007",
        severity: Severity::Note,
        scope: Scope::Return,
        what: "A higher version has been accepted over one that lies in the folder too.",
        fix: "Nothing needs doing if that is what you meant.",
        source: "audit of versions",
    },
    stage: Stage::Identity,
    run: Run::Return(replaced),
};

fn replaced(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    if let Some(old) = earlier(ret).next() {
        let changed = versions::changed(ret, old);
        let answers = match changed.len() {
            1 => String::from("one answer changed"),
            count => format!("{} answers changed", english::count(count)),
        };
        let message =
            format!("Version {} replaces version {}; {answers}.", ret.version, old.version);
        found.at(look::file(ret), ret.version.to_string(), message).finding.also = changed;
    }
}

/// The lower versions in the folder, the newest first.
fn earlier(ret: &Return) -> impl Iterator<Item = &Return> {
    ret.superseded.iter().filter(|old| old.version < ret.version)
}

pub(super) static IDN_009: Check = Check {
    rule: Rule {
        code: "IDN-009",
        severity: Severity::Error,
        scope: Scope::Sheet,
        what: "A year heading of Revenue or Capital (REV_year_*, CAP_year_*) is not the year that was issued.",
        fix: "Please check that the figures are for the right years, and use the form of this round.",
        source: "years kept apart",
    },
    stage: Stage::Identity,
    run: Run::Return(years),
};

/// The headings of each sheet, with the years from the base year to each.
static HEADINGS: [(&Sheet, [(&Field, i16); 4]); 2] = [
    (
        &revenue::SHEET,
        [
            (&revenue::YEAR_Y_1, -1),
            (&revenue::YEAR_Y0, 0),
            (&revenue::YEAR_Y1, 1),
            (&revenue::YEAR_Y2, 2),
        ],
    ),
    (
        &capital::SHEET,
        [
            (&capital::YEAR_Y0, 0),
            (&capital::YEAR_Y1, 1),
            (&capital::YEAR_Y2, 2),
            (&capital::YEAR_Y3, 3),
        ],
    ),
];

fn years(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let used: Vec<&Sheet> = look::sheets(ret, programme).collect();
    for (sheet, headings) in HEADINGS {
        if !used.iter().any(|own| std::ptr::eq(*own, sheet)) {
            continue;
        }
        let mut wrong = headings.into_iter().filter_map(|(field, after)| {
            let answer = ret.get(field);
            let issued = programme.base_year.plus(after);
            let same = answer.text().and_then(Year::parse) == Some(issued);
            (ret.asks(field, programme) && !answer.is_blank() && !same).then_some((answer, issued))
        });
        if let Some((answer, issued)) = wrong.next() {
            let also = wrong.map(|(answer, _)| answer.place()).collect();
            let (cell, shown) = (answer.place().within(), answer.shown());
            let message = format!(
                "{cell}: the column is headed “{shown}”, but this round has {issued} there."
            );
            let spoken = found.answer(answer, message);
            spoken.finding.also = also;
            spoken.sheets.push(sheet);
        }
    }
}

pub(super) static IDN_010: Check = Check {
    rule: Rule {
        code: "IDN-010",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "The version used leaves empty at least one cell that an earlier version in the folder answered. One finding for each return.",
        fix: "Please give them again, or tell us that you withdraw them. We have not filled them in from the earlier version.",
        source: "new versions that hold corrections only",
    },
    stage: Stage::Identity,
    run: Run::Return(emptied),
};

fn emptied(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let mut earlier = earlier(ret).map(|old| (old, versions::emptied(ret, old)));
    if let Some((old, cells)) = earlier.find(|(_, cells)| !cells.is_empty()) {
        let answers = match cells.len() {
            1 => String::from("one answer"),
            count => format!("{} answers", english::count(count)),
        };
        let cells = look::some_of(&cells);
        let (new, old) = (ret.version, old.version);
        let message =
            format!("Version {new} leaves {answers} empty that version {old} gave ({cells}).");
        found.at(look::file(ret), ret.version.to_string(), message);
    }
}

pub(super) static IDN_011: Check = Check {
    rule: Rule {
        code: "IDN-011",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "A draft with a higher version lies in the folder beside the final return. The draft is set aside.",
        fix: "Please mark the newer version as Final if it is to be used.",
        source: "our judgement",
    },
    stage: Stage::Identity,
    run: Run::Return(newer_draft),
};

fn newer_draft(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let newer = |own: &&Return| own.version > ret.version;
    if let Some(draft) = ret.superseded.iter().find(newer) {
        let (new, own) = (draft.version, ret.version);
        let message = format!(
            "Version {new} is a draft but version {own} was final. We are using version {own} until version {new} is final; the draft is set aside."
        );
        found.at(look::file(ret), own.to_string(), message).finding.also = vec![look::file(draft)];
    }
}

pub(super) static IDN_012: Check = Check {
    rule: Rule {
        code: "IDN-012",
        severity: Severity::Error,
        scope: Scope::Return,
        what: "A part of a return does not say which version it belongs to, and several versions lie in the folder. With one version there it is a part of that one.",
        fix: "Please put the number of the version on its Cover and send it again.",
        source: "forms filled in by several officers",
    },
    stage: Stage::Identity,
    run: Run::All(unversioned),
};

fn unversioned(intake: &Intake, programme: &Programme, found: &mut Found<'_>) {
    for file in &intake.set_aside {
        if let Why::Unversioned { council, project, versions } = &file.why {
            let council = council.as_deref().map(|code| programme.name(code).to_owned());
            let project = project.as_deref().map(|code| format!("project {code}"));
            let whose: Vec<String> = council.into_iter().chain(project).collect();
            let whose = whose.join(" for ");
            let versions: Vec<String> = versions.iter().map(u32::to_string).collect();
            let versions = english::list(&versions);
            let message = format!(
                "This part of the form of {whose} does not say to which version it belongs; versions {versions} lie in the folder."
            );
            found.at(Place::file(&file.path), "", message);
        }
    }
}
