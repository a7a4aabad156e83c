//! What could tell of a person (PRV).

use std::sync::LazyLock;

use regex::Regex;

use super::{Check, Run, Stage, found::Found, look};
use crate::{
    answer::{Answer, Return, Row},
    english,
    fact::exempt::is_on_leaving,
    finding::{Rule, Scope, Severity},
    form::{
        brief::options::{ONEOFF_CATEGORY, ONEOFF_TABLE},
        council_return::staffing::{HEADCOUNT, JOB_TITLE, SHEET, TABLE},
    },
    programme::Programme,
};

pub(super) static PRV_001: Check = Check {
    rule: Rule {
        code: "PRV-001",
        severity: Severity::Note,
        scope: Scope::Sheet,
        what: "A row of the Staffing sheet stands for fewer people than programme.toml asks for (5). One finding for each return, for the programme office alone.",
        fix: "Nothing needs doing: pay is shown publicly only in totals that hide these posts.",
        source: "Local Government Act 1972, schedule 12A; UK GDPR",
    },
    stage: Stage::Totals,
    run: Run::Return(few_people),
};

fn few_people(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let few = programme.disclosure.fewest_people.into();
    let is_small = |row: &&Row| row.get(&HEADCOUNT).number().is_some_and(|people| people < few);
    let rows = ret.used_rows(&TABLE).filter(is_small).count();
    if rows > 0 {
        let place = look::place(ret, &SHEET);
        let stand = match rows {
            1 => String::from("one row stands"),
            rows => format!("{} rows stand", english::count(rows)),
        };
        let few = english::count(programme.disclosure.fewest_people as usize);
        let message = format!("{}: {stand} for fewer than {few} people.", place.within());
        found.at(place, "", message);
    }
}

pub(super) static PRV_002: Check = Check {
    rule: Rule {
        code: "PRV-002",
        severity: Severity::Error,
        scope: Scope::Cell,
        what: "A job title looks like a person's name (“Smith – BCO”, “Mr J Smith”), or any cell of the Staffing sheet holds an email address.",
        fix: "Please remove the name; use the title of the post.",
        source: "no more personal data than needed",
    },
    stage: Stage::Rows,
    run: Run::Return(names),
};

fn names(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    if ret.refused_sheet(&SHEET).is_some() {
        return;
    }
    for (field, answer) in look::on(ret, &SHEET, programme) {
        let Some(text) = answer.text() else { continue };
        let email = text.contains('@') && text.contains('.');
        if email || (*field == JOB_TITLE && is_name(text)) {
            let place = answer.place();
            let message = format!("{}: this seems to name a person.", place.within());
            // What it says is not repeated.
            found.at(place, "", message);
        }
    }
}

/// Whether a title has a name in it: with a form of address, with initials, or beside the abbreviation of a post.
fn is_name(text: &str) -> bool {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        let address = r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]";
        let initials = r"^(?:[A-Z]\.? ?){1,2} [A-Z][a-z]+$|^(?:[A-Z]\.){1,3} ?[A-Z][a-z]+|^[A-Z][a-z]+, (?:[A-Z]\.? ?){1,3}$";
        let before = r"^[A-Z][a-z]+ ?[–—-] ?[A-Z]{2,5}\d?$";
        let after = r"^[A-Z]{2,5}\d? ?[–—-] ?[A-Z][a-z]+$";
        let all = [address, initials, before, after].join("|");
        Regex::new(&all).expect("the pattern is sound")
    });
    const OF_POSTS: [&str; 14] = [
        "manager",
        "officer",
        "surveyor",
        "assistant",
        "engineer",
        "leader",
        "adviser",
        "admin",
        "analyst",
        "clerk",
        "inspector",
        "technician",
        "head",
        "senior",
    ];
    let words = text.to_lowercase();
    let is_post =
        words.split(|letter: char| !letter.is_alphabetic()).any(|word| OF_POSTS.contains(&word));
    NAME.is_match(text) && !is_post
}

pub(super) static PRV_003: Check = Check {
    rule: Rule {
        code: "PRV-003",
        severity: Severity::Note,
        scope: Scope::Line,
        what: "A brief gives one-off costs for Redundancy or Pension strain. One finding for each brief.",
        fix: "Nothing needs doing: estimates of redundancy go to the exempt annex only.",
        source: "Local Government Act 1972, schedule 12A, paragraph 4",
    },
    stage: Stage::Rows,
    run: Run::Return(redundancy),
};

fn redundancy(ret: &Return, _: &Programme, found: &mut Found<'_>) {
    let rows = ret.used_rows(&ONEOFF_TABLE).map(|row| row.get(&ONEOFF_CATEGORY));
    let exempt = |answer: &&Answer| answer.text().is_some_and(is_on_leaving);
    let answers: Vec<&Answer> = rows.filter(exempt).collect();
    if !answers.is_empty() {
        found.say(&answers, "costs of redundancy or pensions are estimated.");
    }
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_are_told_from_posts() {
        for name in ["Smith – BCO", "Mr J Smith", "J. Smith", "J Smith", "Smith, J", "BCO - Jones"]
        {
            assert!(is_name(name), "{name}");
        }
        for post in [
            "Building control surveyor",
            "Surveyor – BCO",
            "Senior – SBCO",
            "Head of service",
            "PA to the director",
            "HR adviser",
            "Team leader, North",
            "ICT Manager",
        ] {
            assert!(!is_name(post), "{post}");
        }
    }
}
