//! Sentences that workbooks and drafts have in common, so that both say a thing in the same words.

use crate::{
    answer::ReturnKind,
    english,
    figure::{Amount, Ask, Figure, Status as Reach},
    form::brief::options::PREFERRED_OPTION,
    number::Exact,
    picture::{Coverage, LISTED_TWICE, ProjectPicture, Proposal, State, Told},
    programme::{Code, Status},
};

/// What a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    Draft,
    Report,
    Summary,
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
        Document::Report => "report",
        Document::Summary => "summary",
        Document::Workbook => "workbook",
    };
    let (asked, count) = (english::count(lines.len()), english::count(used.len()));
    let (document, list) = (told.wording.say("document", document, &[]), names(told, &used));
    let quoted = [("document", &*document), ("asked", &asked), ("used", &count), ("list", &list)];
    let mut said = vec![told.wording.say("coverage.used", form, &quoted)];
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
    let missing = english::list(&lacking);
    let quoted = [("missing", &*missing), ("used", &count), ("list", &list)];
    if form == "none_usable" && lacking.len() > 1 {
        said.push(told.wording.say("coverage.so", "none", &quoted));
    }
    if form == "some" {
        let form = if used.len() == 1 { "one" } else { "many" };
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
    let draft = |line: &Coverage| in_use(line, ReturnKind::Draft);
    let drafts = standing(&|line| draft(line) && line.drafts().is_empty());
    let invited = standing(&|line| line.participation == Status::Optional);
    let mut said: Vec<String> = vec![];
    said.extend(about(told, "coverage.to_be_clarified", &open));
    said.extend(about(told, "coverage.nil", &nil));
    said.extend(about(told, "coverage.drafts", &drafts));
    for line in own.coverage.iter().filter(|line| draft(line)) {
        let projects = line.drafts();
        let form = if projects.len() == 1 { "one" } else { "many" };
        let name = told.programme.name(&line.council);
        let quoted = [("council", name), ("projects", &*english::list(&projects))];
        if !projects.is_empty() {
            said.push(told.wording.say("coverage.drafts_for", form, &quoted));
        }
    }
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

/// The option that the test speaks of: the preferred one of the brief if it can be tested, else the first that can.
pub fn tested(told: &Told<'_>, own: &ProjectPicture) -> Option<u32> {
    let met = told.picture.figures.of(Some(&own.project), "savings.met");
    let tested =
        met.filter(|figure| &*figure.scenario == "all" && figure.status == Reach::Complete);
    let options: Vec<u32> = tested.filter_map(|figure| figure.option).collect();
    let brief = told.intake.brief(&own.project).filter(|brief| brief.refused.is_none());
    let preferred = brief.and_then(|brief| brief.get(&PREFERRED_OPTION).number());
    let preferred = preferred.and_then(|number| u32::try_from(number).ok());
    preferred.filter(|number| options.contains(number)).or(options.first().copied())
}

/// What the savings test comes to, or why it cannot be made (domain.md E7, sentence 10).
pub fn test(told: &Told<'_>, own: &ProjectPicture) -> Vec<String> {
    match tested(told, own) {
        Some(option) => result(told, own, option).unwrap_or_default(),
        None => vec![blocked(told, own)],
    }
}

fn result(told: &Told<'_>, own: &ProjectPicture, option: u32) -> Option<Vec<String>> {
    let find = |key: &str, option: Option<u32>, case: Option<&str>| {
        told.picture.figures.of(Some(&own.project), key).find(|figure| {
            &*figure.scenario == "all"
                && figure.council.is_none()
                && (figure.option, figure.case) == (option, case)
                && figure.basis.is_none()
                && figure.income.is_none()
        })
    };
    let number = |key| find(key, Some(option), None).and_then(Figure::number).cloned();
    let met = |case| {
        let figure = find("savings.met", Some(option), case);
        figure.is_some_and(|figure| figure.value == Some(Amount::YesNo(true)))
    };
    let target = number("savings.target")?;
    let (saving, share) = (number("savings.year2")?, number("savings.percent")?);
    let budget = number("savings.baseline")?;
    let without = number("savings.percent_without_income")?;
    let year = find("savings.year2", Some(option), None)?.year.clone()?;
    let basis = told.programme.subject(&own.project)?.test_basis.word();
    let say = |sentence: &str, form: &str, quoted: &[(&str, &str)]| {
        told.wording.say(sentence, form, quoted)
    };
    // The budget that is told elsewhere may have one-off items in it.
    let told_elsewhere =
        told.picture.figures.of(Some(&own.project), &format!("revenue.{basis}")).find(|own| {
            own.council.is_none() && &*own.scenario == "all" && own.column == Some("y0_budget")
        });
    let form = match told_elsewhere.and_then(Figure::number) {
        Some(whole) if *whole != budget => "recurring",
        _ => "all",
    };
    let budget_said = say("test.budget", form, &[("budget", &english::pounds_in_words(&budget))]);
    let aim = target_of(told);
    let printed = part_of_budget(told, &share, met(None));
    let quoted = [
        ("year", &*year),
        ("option", &option.to_string()),
        ("saving", &english::pounds_in_words(&saving.abs())),
        ("percent", &printed),
        ("basis", &say("test.basis", basis, &[])),
        ("budget", &budget_said),
        ("without", &english::pounds_in_words(&(without.clone() * budget.clone()))),
        ("without_percent", &english::percent(&without)),
    ];
    // What does not hang on new income would read as the same twice.
    let form = match () {
        () if saving.is_negative() => "costs",
        () if saving.is_zero() => "nothing",
        () if without == share => "no_income",
        () if without.is_zero() => "all_income",
        () => "some",
    };
    let mut said = vec![say("test.result", form, &quoted)];
    let low = number("savings.low_percent").map_or_else(String::new, |low| english::percent(&low));
    let form = match (met(None), met(Some("low"))) {
        (true, true) => "met",
        (true, false) => "met_not_low",
        (false, _) => "not_met",
    };
    let short = short_of(&(target - saving));
    let quoted = [("target", &*aim), ("low", &low), ("short", &short)];
    said.push(say("test.criterion", form, &quoted));
    let beside = |key| {
        let figure = find(key, None, None).filter(|figure| figure.status == Reach::Complete);
        figure.and_then(Figure::number).map(english::pounds)
    };
    if let (Some(cuts), Some(support)) = (beside("savings.cuts"), beside("savings.stranded")) {
        said.push(say("test.beside", "some", &[("cuts", &cuts), ("support", &support)]));
    }
    Some(said)
}

/// The part of the budget that a saving must reach by year 2: "10%".
pub fn target_of(told: &Told<'_>) -> String {
    format!("{}%", told.programme.appraisal.target_pct.normalize())
}

/// The criterion in its other wording: what the first two years save together.
pub fn two_years(told: &Told<'_>, own: &ProjectPicture) -> Option<String> {
    let option = tested(told, own)?;
    let number = |key: &str| {
        let mut figures = told.picture.figures.of(Some(&own.project), key);
        let figure =
            figures.find(|figure| &*figure.scenario == "all" && figure.option == Some(option));
        figure.and_then(Figure::number)
    };
    let quoted = [
        ("saving", &*english::pounds_in_words(number("savings.two_years")?)),
        ("percent", &english::percent(number("savings.two_years_percent")?)),
        ("a_year", &english::percent(number("savings.two_years_percent_a_year")?)),
    ];
    Some(told.wording.say("test.two_years", "some", &quoted))
}

/// A part of the budget. One that is printed like the target, and is not it, would read as if the test were met.
pub fn part_of_budget(told: &Told<'_>, part: &Exact, met: bool) -> String {
    let aim = english::percent(&told.programme.appraisal.target());
    match english::percent(part) {
        same if !met && same == aim => {
            told.wording.say("test.just_under", "some", &[("target", &target_of(told))])
        }
        other => other,
    }
}

/// What lacks to the target, to the penny where there are pence.
pub fn short_of(amount: &Exact) -> String {
    match *amount == Exact::from(amount.whole()) {
        true => english::pounds(amount),
        false => english::pounds_and_pence(amount),
    }
}

/// Why no option can be tested.
fn blocked(told: &Told<'_>, own: &ProjectPicture) -> String {
    let aim = target_of(told);
    let of = |councils: &[&Code]| match councils.len() {
        1 => names(told, councils),
        some => format!("the {} councils", english::count(some)),
    };
    let expected: Vec<&Code> = own.expected().map(|line| &line.council).collect();
    let made_for = |option: &&Proposal| option.councils.iter().collect::<Vec<_>>() == expected;
    let mut met = told.picture.figures.of(Some(&own.project), "savings.met");
    let figure = met.find(|figure| &*figure.scenario == "all");
    let reason = figure.and_then(|figure| figure.reasons.get("brief")).map_or("", String::as_str);
    let missing = figure.map_or_else(String::new, |figure| supplied(told, own, figure));
    let form = match (&*own.options, own.options.iter().any(|option| made_for(&option))) {
        _ if !missing.is_empty() => "supply",
        ([], _) if reason.is_empty() => "no_option",
        ([], _) | (_, true) => "brief",
        (_, false) => "restated",
    };
    let quoted = [
        ("target", &*aim),
        ("missing", &missing),
        ("councils", &of(&expected)),
        ("reason", reason),
    ];
    told.wording.say("test.blocked", form, &quoted)
}

/// "Thanet has supplied its return and Dover has supplied every figure that the test rests on": until when a figure is
/// not given.
pub fn supplied(told: &Told<'_>, own: &ProjectPicture, figure: &Figure) -> String {
    let twice = |code: &Code| {
        figure.reasons.get(code).is_some_and(|reason| reason.starts_with(LISTED_TWICE))
    };
    let of = |wanted: &dyn Fn(&Coverage) -> bool| -> Vec<&Code> {
        let lines = own.coverage.iter().filter(|line| figure.missing.contains(&line.council));
        lines.filter(|line| wanted(line)).map(|line| &line.council).collect()
    };
    let groups = [
        ("return", of(&|line| line.state == State::NotReturned)),
        ("usable", of(&|line| line.state.rule().is_some())),
        ("figures", of(&|line| line.state == State::Used && !twice(&line.council))),
        ("twice", of(&|line| line.state == State::Used && twice(&line.council))),
    ];
    let said: Vec<String> = groups
        .iter()
        .filter(|(_, councils)| !councils.is_empty())
        .map(|(what, councils)| {
            let number = if councils.len() == 1 { "one" } else { "many" };
            let list = names(told, councils);
            told.wording.say("test.supplied", &format!("{what}_{number}"), &[("list", &list)])
        })
        .collect();
    english::list(&said)
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
