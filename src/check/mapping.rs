//! Workbooks in a council's own layout (FIL, beside those of files).

use super::{Check, Run, Stage, found::Found};
use crate::{
    answer::{RemarkKind, Return},
    english,
    finding::{Rule, Scope, Severity},
    intake::{Intake, Why},
    place::Place,
    programme::Programme,
};

pub(super) static FIL_009: Check = Check {
    rule: Rule {
        code: "FIL-009",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "A mapping names a sheet, table, heading or label that is not in the file or stands there more than once, or rows of a ledger have codes that the mapping does not name.",
        fix: "Please correct the mapping in the folder mappings, or ask the council what has changed in its layout.",
        source: "own layouts",
    },
    stage: Stage::File,
    run: Run::Remarks(RemarkKind::Amiss),
};

pub(super) static FIL_010: Check = Check {
    rule: Rule {
        code: "FIL-010",
        severity: Severity::Note,
        scope: Scope::Return,
        what: "A mapping has taken rows from a file in the council's own layout, or rows in a table of the form were taken for units or notes and not for answers.",
        fix: "Nothing needs doing if the numbers of rows are what you expect.",
        source: "own layouts",
    },
    stage: Stage::File,
    run: Run::Remarks(RemarkKind::Taken),
};

pub(super) static FIL_012: Check = Check {
    rule: Rule {
        code: "FIL-012",
        severity: Severity::Error,
        scope: Scope::Sheet,
        what: "The rows or the columns of amounts that a mapping takes from a file are not to be found there for certain. What other files say on the sheet is not used either: it would pass for the whole.",
        fix: "Please correct the mapping in the folder mappings, or ask the council what has changed in its layout.",
        source: "own layouts",
    },
    stage: Stage::File,
    run: Run::Return(unread),
};

fn unread(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    for remark in &ret.remarks {
        let RemarkKind::Unread(code) = remark.kind else { continue };
        let Some(sheet) = ret.workbook.sheet(code) else { continue };
        let message = format!("{} is not used. {}", sheet.name, remark.text);
        found.at(remark.place.clone(), "", message).sheets.push(sheet);
    }
}

pub(super) static FIL_011: Check = Check {
    rule: Rule {
        code: "FIL-011",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "A mapping is for a file of a name that no file in returns/ has.",
        fix: "Please correct the line file of the mapping, put the file into returns, or delete the mapping.",
        source: "own layouts",
    },
    stage: Stage::File,
    run: Run::All(unmatched),
};

fn unmatched(intake: &Intake, _: &Programme, found: &mut Found<'_>) {
    for file in &intake.set_aside {
        if let Why::Unmatched(name) = &file.why {
            let message = format!("No file in returns is called “{name}”.");
            found.at(Place::file(&file.path), name, message);
        }
    }
}

pub(super) static FIL_015: Check = Check {
    rule: Rule {
        code: "FIL-015",
        severity: Severity::Error,
        scope: Scope::Return,
        what: "A mapping is not finished, or something in it is wrong. The files it is for are not used, nor are the sheets of which it would fill a part (FIL-012).",
        fix: "Please fill in or correct these lines, or take the mapping out of the folder mappings.",
        source: "own layouts",
    },
    stage: Stage::File,
    run: Run::All(unfinished),
};

/// So many lines of a mapping are named.
const NAMED: usize = 8;

fn unfinished(intake: &Intake, _: &Programme, found: &mut Found<'_>) {
    for file in &intake.set_aside {
        let Why::Unfinished { mistakes, files } = &file.why else { continue };
        let files: Vec<&str> = files.iter().map(|path| &**path).collect();
        let unused = match files.len() {
            0 => String::new(),
            1 => format!("; {} is not used", files[0]),
            _ => format!("; {} are not used", english::list(&files)),
        };
        let sentence = |own: &String| {
            let end = if own.ends_with(['.', '?', '!']) { "" } else { "." };
            format!("{}{end}", english::capital(own))
        };
        let mut named: Vec<String> = mistakes.iter().take(NAMED).map(sentence).collect();
        if mistakes.len() > NAMED {
            named.push(format!("And {} more.", english::count(mistakes.len() - NAMED)));
        }
        let message = format!("This mapping is not finished{unused}. {}", named.join(" "));
        found.at(Place::file(&file.path), "", message);
    }
}
