//! Files and cells that cannot be opened or read (FIL).

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Fault, Held, RemarkKind, Return},
    finding::{Rule, Scope, Severity},
    form::{Field, Sheet},
    intake::{Intake, Why},
    place::Place,
    programme::Programme,
};

pub(super) static FIL_001: Check = Check {
    rule: Rule {
        code: "FIL-001",
        severity: Severity::Error,
        scope: Scope::Return,
        what: "Content or ending say that the file is a workbook (xlsx, xlsm, xlsb, xls, ods), and it cannot be opened, is encrypted, is empty, or is held open by someone.",
        fix: "Please save it as an Excel workbook without a password and send it again.",
        source: "our judgement",
    },
    stage: Stage::File,
    run: Run::All(unopened),
};

fn unopened(intake: &Intake, _: &Programme, found: &mut Found<'_>) {
    for file in &intake.set_aside {
        if let Why::Unopened(reason) = &file.why {
            let message = format!("We could not open {}: {reason}.", name(&file.path));
            found.at(Place::file(&file.path), "", message);
        }
    }
}

pub(super) static FIL_002: Check = Check {
    rule: Rule {
        code: "FIL-002",
        severity: Severity::Error,
        scope: Scope::Sheet,
        what: "A sheet is found neither by its defined names nor by its labels. A single field so lost costs that cell only and stands in the same finding. Rows that stand below the end of a table, where it is not read, cost the sheet; what stands there and is no row of it is a warning.",
        fix: "Please copy those answers into a fresh copy of the form. The rest has been used.",
        source: "our judgement",
    },
    stage: Stage::File,
    run: Run::Return(lost),
};

fn lost(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for remark in &ret.remarks {
        if let RemarkKind::Beyond(code) = remark.kind
            && let Some(sheet) = ret.workbook.sheet(code)
        {
            let message = format!("{}: {}.", remark.place.within(), remark.text);
            found.at(remark.place.clone(), "", message).sheets.push(sheet);
        } else if remark.kind == RemarkKind::Below {
            let message = format!("{}: {}.", remark.place.within(), remark.text);
            found.at(remark.place.clone(), "", message).finding.severity = Severity::Warning;
        }
    }
    let is_lost = |field: &&'static Field| ret.lost.contains(field);
    let (mut sheets, mut fields): (Vec<&'static Sheet>, Vec<&'static Field>) = (vec![], vec![]);
    for sheet in ret.sheets(programme) {
        let asked: Vec<&'static Field> =
            sheet.fields().filter(|field| field.is_input() && ret.asks(field, programme)).collect();
        if ret.refused_sheet(sheet) == Some(FIL_002.rule.code) || asked.iter().all(is_lost) {
            sheets.push(sheet);
        } else {
            fields.extend(asked.into_iter().filter(is_lost));
        }
    }
    if sheets.is_empty() && fields.is_empty() {
        return;
    }
    let mut what: Vec<String> =
        sheets.iter().map(|sheet| format!("the sheet {}", sheet.name)).collect();
    what.extend(fields.iter().map(|field| format!("“{}”", field.label)));
    let place = look::file(ret);
    let file = place.file.as_deref().map(name).unwrap_or_default();
    let message = format!("We could not find {} in {file}.", look::some_of(&what));
    let spoken = found.at(place.clone(), "", message);
    spoken.sheets = sheets;
    spoken.lost = fields;
}

pub(super) static FIL_003: Check = Check {
    rule: Rule {
        code: "FIL-003",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "The workbook holds macros, links to other files, hidden sheets with figures, or answers in hidden rows or columns or struck out.",
        fix: "Please unhide them, paste values, or take out what is not meant, so that we read what you intended.",
        source: "our judgement",
    },
    stage: Stage::File,
    run: Run::Remarks(RemarkKind::Hidden),
};

pub(super) static FIL_004: Check = Check {
    rule: Rule {
        code: "FIL-004",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "The cell holds #REF!, #N/A, #VALUE!, #DIV/0!, #NAME?, #NUM! or #NULL!.",
        fix: "Please type the figure itself.",
        source: "our judgement",
    },
    stage: Stage::File,
    run: Run::Return(error_value),
};

fn error_value(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for (_, answer) in look::answers(ret, programme) {
        if answer.held == Held::Unreadable(Fault::ErrorValue) {
            let (cell, shown) = (answer.place().within(), answer.shown());
            found.answer(answer, format!("{cell} shows {shown}."));
        }
    }
}

pub(super) static FIL_005: Check = Check {
    rule: Rule {
        code: "FIL-005",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "The cell holds a formula without a stored value.",
        fix: "Open the file in Excel, press F9, save and resend, or type the figure.",
        source: "our judgement",
    },
    stage: Stage::File,
    run: Run::Return(not_calculated),
};

fn not_calculated(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for (_, answer) in look::answers(ret, programme) {
        if answer.held == Held::Unreadable(Fault::NotCalculated) {
            let cell = answer.place().within();
            let message = format!("{cell} contains a formula that has not been calculated.");
            found.answer(answer, message);
        }
    }
}

pub(super) static FIL_006: Check = Check {
    rule: Rule {
        code: "FIL-006",
        severity: Severity::Note,
        scope: Scope::Return,
        what: "The workbook counts dates from 1904.",
        fix: "Tell us if the date is wrong.",
        source: "our judgement",
    },
    stage: Stage::File,
    run: Run::Remarks(RemarkKind::Epoch),
};

pub(super) static FIL_007: Check = Check {
    rule: Rule {
        code: "FIL-007",
        severity: Severity::Note,
        scope: Scope::Return,
        what: "A locked cell was changed: a number stands in place of a total's formula, or the formula has no value, as in a form saved by a program that does not calculate. A warning where the total over a table is not what its rows come to; the totals of Revenue are REV-002's.",
        fix: "We used the lines and rows themselves. Nothing needs doing if they are right.",
        source: "our judgement",
    },
    stage: Stage::File,
    run: Run::Return(typed_over),
};

fn typed_over(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    found.remarks(ret, RemarkKind::Changed);
    for remark in ret.remarks.iter().filter(|remark| remark.kind == RemarkKind::Differs) {
        let message = format!("{}: {}.", remark.place.within(), remark.text);
        found.at(remark.place.clone(), "", message).finding.severity = Severity::Warning;
    }
}

pub(super) static FIL_008: Check = Check {
    rule: Rule {
        code: "FIL-008",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "A message or archive (.msg, .eml, .zip) lies in returns/.",
        fix: "Please save the attachment itself into the folder.",
        source: "our judgement",
    },
    stage: Stage::File,
    run: Run::All(archive),
};

fn archive(intake: &Intake, _: &Programme, found: &mut Found<'_>) {
    for file in &intake.set_aside {
        if file.why == Why::Archive {
            let name = name(&file.path);
            let message = format!("{name} is a message or an archive; we do not open those.");
            found.at(Place::file(&file.path), "", message);
        }
    }
}

pub(super) static FIL_013: Check = Check {
    rule: Rule {
        code: "FIL-013",
        severity: Severity::Note,
        scope: Scope::Return,
        what: "Comments stand on cells of a sheet of the form.",
        fix: "Please put into the note of the line what the report should take into account.",
        source: "our judgement",
    },
    stage: Stage::File,
    run: Run::Remarks(RemarkKind::Commented),
};

pub(super) static FIL_014: Check = Check {
    rule: Rule {
        code: "FIL-014",
        severity: Severity::Note,
        scope: Scope::Return,
        what: "The file does not show us hidden rows and columns, struck-out answers, comments, percentages and amounts shown in thousands on one of its sheets.",
        fix: "Please look at them in Excel, or save the file as .xlsx.",
        source: "our judgement",
    },
    stage: Stage::File,
    run: Run::Remarks(RemarkKind::Unseen),
};

/// The name of a file without its folders.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
