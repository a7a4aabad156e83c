//! How each form came back: under what name, in how many files and versions, and in what state.

use lathe::issue::{Answers, Issue, Shape};

/// A workbook as it came back.
pub(crate) struct Returned {
    /// In returns/, with forward slashes.
    pub(crate) name: String,
    pub(crate) answers: Answers,
    pub(crate) shape: Shape,
    pub(crate) saved: Saved,
}

#[derive(Clone, Copy)]
pub(crate) enum Saved {
    AsIssued,
    ByLibreOffice(Format),
}

#[derive(Clone, Copy)]
pub(crate) enum Format {
    Xls,
    Ods,
}

impl Format {
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Format::Xls => "xls",
            Format::Ods => "ods",
        }
    }
}

pub(crate) fn returned(issue: &Issue<'_>, answers: Answers) -> Vec<Returned> {
    let stem = stem(issue);
    let copy = |ending: &str, answers: &Answers, shape: Shape| Returned {
        name: format!("{stem}{ending}"),
        answers: answers.clone(),
        shape,
        saved: Saved::AsIssued,
    };
    let by_libreoffice = |format: Format| Returned {
        saved: Saved::ByLibreOffice(format),
        ..copy(&format!(".{}", format.ending()), &answers, Shape::default())
    };
    let project = issue.project.map_or("", |project| &project.code);
    match (project, issue.council.map_or("", |council| &council.code)) {
        ("A", "CAN") => vec![
            copy(".xlsx", &answers, Shape::default()),
            copy(" v2 corrected.xlsx", &corrected(&answers), Shape::default()),
        ],
        ("C", "SHE") => vec![by_libreoffice(Format::Ods)],
        ("D", "THA") => vec![by_libreoffice(Format::Xls)],
        ("E", "THA") => vec![copy(".xlsx", &answers, rearranged())],
        ("G", "DOV") => vec![
            copy(" - finance part.xlsx", &answers, without(&["SVC", "STF", "ICT", "CON", "RSK"])),
            copy(" - service part.xlsx", &answers, without(&["REV", "CAP"])),
        ],
        ("I", "DOV") => vec![copy(".xlsx", &typed_as_text(&answers), Shape::default())],
        _ => vec![copy(".xlsx", &answers, Shape::default())],
    }
}

/// Where a form lies and what it is called, without its ending. Each council has its own habit.
fn stem(issue: &Issue<'_>) -> String {
    let Some(council) = issue.council else {
        let project = issue.project.map_or(String::new(), |p| format!("{} {}", p.code, p.title));
        return format!("Project leads/{project} - brief");
    };
    let name = &council.name;
    let file = match (&*council.code, issue.project) {
        ("CAN", None) => String::from("Council profile"),
        ("CAN", Some(project)) => format!("{} {}", project.code, project.title),
        ("DOV", None) => String::from("Council profile - Dover FINAL"),
        ("DOV", Some(project)) if &*project.code == "H" => {
            format!("H {} - Dover FINAL v2", project.title)
        }
        ("DOV", Some(project)) => format!("{} {} - Dover FINAL", project.code, project.title),
        ("SHE", None) => String::from("shepway_profile_feb09"),
        ("SHE", Some(project)) => format!("shepway_{}_feb09", project.slug.replace('-', "_")),
        ("THA", None) => String::from("THA profile"),
        ("THA", Some(project)) => format!("THA {}", project.slug.replace('-', " ")),
        (_, None) => format!("{name} profile"),
        (_, Some(project)) => format!("{name} - {}", project.title),
    };
    format!("{name}/{file}")
}

/// A second version: three figures put right, and two answers lost on the way.
fn corrected(answers: &Answers) -> Answers {
    let mut answers = answers.clone();
    for (name, value) in [
        ("COV_return_version", "2"),
        ("COV_supersedes_note", "Agency staff added; recycling credits corrected."),
        ("COV_s151_signed_on", "2009-02-26"),
        ("REV_EMP_AGY_y_1_actual", "13900"),
        ("REV_EMP_AGY_y0_budget", "14500"),
        ("REV_INC_OTH_y0_budget", "598000"),
    ] {
        answers.set(name, None, value);
    }
    answers.remove("SVC_quality_evidence", None);
    answers.remove("RSK_REP_owner_role", None);
    answers
}

/// Amounts typed as text, as they stand in a letter or a ledger, and one that is not known yet.
fn typed_as_text(answers: &Answers) -> Answers {
    let mut answers = answers.clone();
    for (name, value) in [
        ("REV_TRA_y0_budget", "£12,500 "),
        ("REV_PRE_y_1_actual", "(1,200)"),
        ("REV_PRE_note", "Last year's outturn is a refund of rates on the Deal centre."),
        ("REV_SUP_y0_budget", "tbc"),
    ] {
        answers.set(name, None, value);
    }
    answers
}

/// Rows put in by hand on Revenue and in the list of posts, and the grade moved next to the job title.
fn rearranged() -> Shape {
    Shape::default()
        .blank_rows("REV_SUP_y0_budget", None, 2)
        .blank_rows("STF_post_ref", Some(4), 3)
        .move_column("STF_grade", 2)
}

/// A part file.
fn without(sheets: &[&str]) -> Shape {
    sheets.iter().fold(Shape::default(), |shape, sheet| shape.leave_out(sheet))
}
