//! How much of a return is answered (CMP).

use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found, look, together::Together};
use crate::{
    answer::Return,
    english,
    finding::{Rule, Scope, Severity},
    form::{Sheet, council_return::revenue},
    place::Place,
    programme::Programme,
};

pub(super) static CMP_001: Check = Check {
    rule: Rule {
        code: "CMP-001",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "Of the required cells of the return at least 50%, but less than the part that programme.toml asks for (95%), are answered. GEN-001 lists the blanks.",
        fix: "Please fill in what is still open and send the next version.",
        source: "completeness",
    },
    stage: Stage::Completeness,
    run: Run::Return(incomplete),
};

fn incomplete(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    // Sheets without any answer are CMP-004's, lost ones FIL-002's.
    let counts = look::sheets(ret, programme).map(|sheet| count(ret, sheet, programme));
    let (answered, asked) =
        counts.fold((0, 0), |(answered, asked), (more, all)| (answered + more, asked + all));
    let enough = programme.thresholds.return_answered_pct;
    if !is_below(answered, asked, Decimal::from(50)) && is_below(answered, asked, enough) {
        // As documents count it, with what has findings of its own.
        let (answered, all) = ret.answered(programme);
        let message = match all.saturating_sub(asked) {
            0 => format!("{answered} of {} answered.", questions(all)),
            apart => format!(
                "{answered} of {} answered; {} on sheets without any answer, or could not be found.",
                questions(all),
                if apart == 1 {
                    String::from("one stands")
                } else {
                    format!("{} stand", english::count(apart))
                }
            ),
        };
        found.at(look::file(ret), "", message);
    }
}

/// "1 question is", "12 questions are".
fn questions(number: usize) -> String {
    format!("{} {}", english::some(number, "question"), if number == 1 { "is" } else { "are" })
}

pub(super) static CMP_002: Check = Check {
    rule: Rule {
        code: "CMP-002",
        severity: Severity::Error,
        scope: Scope::Return,
        what: "Nothing usable is in the form: no answer beyond what was filled in when it was issued.",
        fix: "Please fill it in and send it again; a council that does not provide the service can mark its return as Nil.",
        source: "enough to rest a figure on",
    },
    stage: Stage::Empty,
    run: Run::Return(empty),
};

fn empty(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    // Where no field was found at all, that is FIL-002's: it does not say that nothing was there.
    let mut asked = ret.sheets(programme).flat_map(|sheet| sheet.fields());
    let found_any = asked
        .any(|field| field.is_input() && ret.asks(field, programme) && !ret.lost.contains(&field));
    if found_any && !ret.sheets(programme).any(|sheet| look::is_begun(ret, sheet, programme)) {
        found.at(look::file(ret), "", "This form came back empty.");
    }
}

pub(super) static CMP_004: Check = Check {
    rule: Rule {
        code: "CMP-004",
        severity: Severity::Error,
        scope: Scope::Sheet,
        what: "Fewer of the sheet's required cells are answered than programme.toml asks for (50%), counting conditions and rows used. Not for Revenue where REV_blank_is_nil is Yes. A sheet with no answer raises nothing else.",
        fix: "Please fill in the sheet and send the next version. The other sheets have been used.",
        source: "enough to rest a figure on",
    },
    stage: Stage::Completeness,
    run: Run::Return(too_little),
};

fn too_little(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    for sheet in ret.sheets(programme).filter(|sheet| ret.refused_sheet(sheet).is_none()) {
        let (answered, asked) = count(ret, sheet, programme);
        let nil = sheet.code == revenue::SHEET.code && ret.get(&revenue::BLANK_IS_NIL).is("Yes");
        if !nil && is_below(answered, asked, programme.thresholds.sheet_answered_pct) {
            let place = look::place(ret, sheet);
            let name = place.within();
            let message = match answered {
                0 if asked == 1 => format!("{name}: the one question is not answered."),
                0 => format!("{name}: none of the {asked} questions is answered."),
                _ => {
                    format!("{name}: {answered} of {} answered, too few to use.", questions(asked))
                }
            };
            found.at(place, "", message).sheets.push(sheet);
        }
    }
}

/// Required questions of a sheet that are answered, and all that could be found.
fn count(ret: &Return, sheet: &'static Sheet, programme: &Programme) -> (usize, usize) {
    let found = ret.required(sheet, programme).filter(|own| own.answer.spot.is_some());
    found.fold((0, 0), |(answered, asked), own| (answered + usize::from(own.answered), asked + 1))
}

fn is_below(part: usize, whole: usize, percent: Decimal) -> bool {
    Decimal::from(part) * Decimal::ONE_HUNDRED < Decimal::from(whole) * percent
}

pub(super) static CMP_005: Check = Check {
    rule: Rule {
        code: "CMP-005",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "A return of a project has come back and its brief has not when the figures of the next joint meeting are closed: 15 working days before the meeting.",
        fix: "Please send the brief; the savings test and the statement of intent need it.",
        source: "the brief is where options and savings stand",
    },
    stage: Stage::Beside,
    run: Run::Project(no_brief),
};

fn no_brief(together: &Together<'_>, found: &mut Found<'_>) {
    let calendar = &together.programme.calendar;
    let mut joint = calendar.meetings.iter().filter(|meeting| meeting.council.is_none());
    let next = joint.find(|meeting| meeting.date >= together.as_at);
    let closed = next.is_some_and(|next| calendar.cut_off(next.date) <= together.as_at);
    // One that came and cannot be used has a finding of its own.
    let begun = together.every().next().is_some();
    if together.intake.brief(&together.project.code).is_none() && closed && begun {
        let message = format!("The brief of {} has not come back.", together.project.service);
        found.at(Place::default(), "", message);
    }
}
