//! How a project stands, in a word and its reasons.

use super::board::{Board, Wanted};
use crate::{
    english,
    figure::{Amount, Figure, Status},
    number::Exact,
    picture::{State, Told},
    programme::Project,
    sentence,
};

/// Red, amber or green, always said as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rag {
    Green,
    Amber,
    Red,
}

/// How a project stands, and why.
pub(crate) struct Standing {
    pub(crate) rag: Rag,
    pub(crate) reasons: Vec<String>,
    /// The test: whether it is met, most likely and at worst, and the part of the budget. `None` where it is not made.
    pub(crate) met: Option<bool>,
    pub(crate) met_at_worst: Option<bool>,
    pub(crate) part: Option<Exact>,
}

/// What decides, as it stands above the table.
pub(crate) const RULE: &str = "Red: no return is in use, or the savings test is not met. Amber: returns or answers are missing, the \
     test cannot be made, or it is not met at worst or without new income, quality is not yet sure, or a \
     risk is red. Green: none of these.";

impl Rag {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Rag::Green => "Green",
            Rag::Amber => "Amber",
            Rag::Red => "Red",
        }
    }
}

impl Standing {
    /// How a project or case stands; none where it was not consolidated.
    pub(crate) fn of_project(told: &Told<'_>, project: &Project) -> Option<Standing> {
        Some(Standing::of(&Board::new(told, project).ok()?))
    }

    pub(super) fn of(board: &Board<'_>) -> Standing {
        let option = sentence::tested(&board.told, board.picture);
        let find = |key, case| {
            option.and_then(|_| board.find(Wanted { key, option, case, ..Wanted::default() }))
        };
        let yes = |key, case| match find(key, case).and_then(|figure| figure.value.as_ref()) {
            Some(Amount::YesNo(yes)) => Some(*yes),
            _ => None,
        };
        let number = |key| find(key, None).and_then(Figure::number).cloned();
        let (met, met_at_worst) = (yes("savings.met", None), yes("savings.met", Some("low")));
        let mut found: Vec<(Rag, String)> = vec![];
        let mut note = |rag, holds: bool, reason: String| {
            if holds {
                found.push((rag, reason));
            }
        };
        let lines = board.councils();
        let out: Vec<&str> = lines
            .iter()
            .filter(|line| line.state != State::Used)
            .map(|line| board.programme.name(&line.council))
            .collect();
        let none = out.len() == lines.len();
        note(Rag::Red, none, String::from("no return is in use"));
        note(Rag::Red, met == Some(false), String::from("the savings test is not met"));
        note(
            Rag::Amber,
            !out.is_empty() && !none,
            format!("returns to come from {}", english::list(&out)),
        );
        let unused: usize = lines.iter().map(|line| line.errors).sum();
        let answers = if unused == 1 { "answer is" } else { "answers are" };
        note(Rag::Amber, unused > 0, format!("{} {answers} not used", english::count(unused)));
        note(Rag::Amber, met.is_none() && !none, String::from("the savings test cannot be made"));
        let likely = met == Some(true);
        note(
            Rag::Amber,
            likely && met_at_worst == Some(false),
            String::from("the test is not met at worst"),
        );
        let target = board.programme.appraisal.target();
        let without = number("savings.percent_without_income").is_some_and(|part| part < target);
        note(Rag::Amber, likely && without, String::from("the test is not met without new income"));
        let gate = board.combined("savings.quality_gate");
        let sure = gate.is_some_and(|figure| figure.value == Some(Amount::YesNo(true)));
        note(Rag::Amber, !sure && !none, String::from("quality is not yet sure"));
        note(Rag::Amber, red_risk(board), String::from("a risk is red"));
        let rag = found.iter().map(|(rag, _)| *rag).max().unwrap_or(Rag::Green);
        let reasons = match found.is_empty() {
            true => vec![String::from("nothing stands in the way")],
            false => found.into_iter().map(|(_, reason)| reason).collect(),
        };
        Standing { rag, reasons, met, met_at_worst, part: number("savings.percent") }
    }
}

fn red_risk(board: &Board<'_>) -> bool {
    let is_red = |score: &Exact| board.programme.thresholds.rating(score) == "red";
    board.figures.iter().any(|figure| {
        figure.key == "risk.score"
            && figure.council.is_none()
            && figure.status != Status::Blocked
            && figure.number().is_some_and(is_red)
    })
}
