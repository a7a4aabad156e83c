//! Sentences that workbooks and drafts have in common, so that both say a thing in the same words.

use crate::{
    answer::ReturnKind,
    english,
    figure::{Ask, Figure},
    picture::{Coverage, ProjectPicture, State, Told},
    programme::{Code, Status},
};

/// What a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    Draft,
    Workbook,
}

/// Whose returns a project's figures rest on, and who takes part in another way (domain.md E7, sentence 1).
pub fn coverage(told: &Told<'_>, own: &ProjectPicture, document: Document) -> Vec<String> {
    let lines: Vec<&Coverage> = own.expected().collect();
    let of = |wanted: &dyn Fn(&Coverage) -> bool| -> Vec<&Code> {
        lines.iter().filter(|line| wanted(line)).map(|line| &line.council).collect()
    };
    let used = of(&|line| line.state == State::Used);
    let set_aside: Vec<&&Coverage> =
        lines.iter().filter(|line| matches!(line.state, State::SetAside(_))).collect();
    let form = match (used.len(), lines.len()) {
        (0, _) if lines.iter().all(|line| line.state == State::NotReturned) => "none",
        (0, _) => "none_usable",
        (1, 1) => "only",
        (2, 2) => "both",
        (some, asked) if some == asked => "all",
        _ => "some",
    };
    let document = match document {
        Document::Draft => "draft",
        Document::Workbook => "workbook",
    };
    let (asked, count) = (english::count(lines.len()), english::count(used.len()));
    let (document, list) = (told.wording.say("document", document, &[]), names(told, &used));
    let quoted = [("document", &*document), ("asked", &asked), ("used", &count), ("list", &list)];
    let mut said = vec![told.wording.say("coverage.used", form, &quoted)];
    if form == "some" {
        let not_received = of(&|line| line.state == State::NotReturned);
        let refused = of(&|line| matches!(line.state, State::Refused(_)));
        let mut lacking: Vec<String> = vec![];
        lacking.extend(about(told, "coverage.not_received", &not_received));
        lacking.extend(about(told, "coverage.refused", &refused));
        lacking.extend(set_aside.iter().map(|line| {
            let code = line.state.rule().unwrap_or_default();
            let quoted = [("council", told.programme.name(&line.council)), ("code", code)];
            told.wording.say("coverage.set_aside", "one", &quoted)
        }));
        let form = if used.len() == 1 { "one" } else { "many" };
        let missing = english::list(&lacking);
        let quoted = [("missing", &*missing), ("used", &count), ("list", &list)];
        said.push(told.wording.say("coverage.so", form, &quoted));
        let share =
            Ask { key: "coverage.population_share", project: Some(&own.project), ..Ask::default() };
        if let Some(share) = told.picture.figures.find(share).and_then(Figure::number) {
            let quoted = [("share", &*english::percent(share))];
            said.push(told.wording.say("coverage.population", "some", &quoted));
        }
    }
    said.extend(parties(told, own));
    said
}

/// Who takes part in another way, and what kind of returns there are.
fn parties(told: &Told<'_>, own: &ProjectPicture) -> Vec<String> {
    let standing = |wanted: &dyn Fn(&Coverage) -> bool| -> Vec<&Code> {
        own.coverage.iter().filter(|line| wanted(line)).map(|line| &line.council).collect()
    };
    let in_use = |line: &Coverage, kind: ReturnKind| {
        let expected = matches!(line.participation, Status::In | Status::ToBeClarified);
        expected && line.state == State::Used && line.kind == Some(kind)
    };
    let open = standing(&|line| line.participation == Status::ToBeClarified);
    let nil = standing(&|line| in_use(line, ReturnKind::Nil));
    let drafts = standing(&|line| in_use(line, ReturnKind::Draft));
    let invited = standing(&|line| line.participation == Status::Optional);
    let mut said: Vec<String> = vec![];
    said.extend(about(told, "coverage.to_be_clarified", &open));
    said.extend(about(told, "coverage.nil", &nil));
    said.extend(about(told, "coverage.drafts", &drafts));
    for line in &own.coverage {
        if let Status::Out { minute, date } = &line.participation {
            let form = if minute.is_empty() { "no_minute" } else { "one" };
            let name = told.programme.name(&line.council);
            let quoted = [("council", name), ("minute", minute), ("date", &english::date(*date))];
            said.push(told.wording.say("coverage.out", form, &quoted));
        }
    }
    said.extend(about(told, "coverage.invited", &invited));
    said
}

/// A sentence about some councils: `one` or `many`; nothing about none. Quotes {list}.
fn about(told: &Told<'_>, sentence: &str, councils: &[&Code]) -> Option<String> {
    let form = if councils.len() == 1 { "one" } else { "many" };
    let list = names(told, councils);
    (!councils.is_empty()).then(|| told.wording.say(sentence, form, &[("list", &list)]))
}

/// "Canterbury, Dover and Thanet".
fn names(told: &Told<'_>, councils: &[&Code]) -> String {
    let names: Vec<&str> = councils.iter().map(|code| told.programme.name(code)).collect();
    english::list(&names)
}
