//! Section 17: what is missing, whom it is asked of, and what is not yet written. Said once, here.

use std::collections::BTreeSet;

use super::{
    budget::missing_lines,
    case::{Case, Values, item, text},
    overview::unique,
    service::lower,
};
use crate::{
    answer::{Answer, Held, Return, ReturnKind},
    english,
    figure::{Ask, Figure},
    finding::Severity,
    form::{
        Sheet,
        brief::{benefits, milestones, options, overview},
        council_return::{
            capital, contracts, ict,
            revenue::{self, LINES, Y0_BUDGET},
            risks, service, staffing,
        },
    },
    picture::{Coverage, Lifespan, State},
    word::Item,
};

/// The sections that stand only while there is something to say in them.
const SECTIONS: [u32; 14] = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18];

/// The key of a figure, and its item where it has one.
type Named = (&'static str, Option<&'static str>);

/// The figures that the sections print of a sheet.
const NEEDED: [(&Sheet, &[Named]); 6] = [
    (&service::SHEET, &[("service.volume", None), (QUALITY, Some("High"))]),
    (
        &capital::SHEET,
        &[("capital.approved", None), ("capital.provisional", None), ("capital.bid", None)],
    ),
    (
        &staffing::SHEET,
        &[
            ("staffing.fte_established", None),
            ("staffing.fte_filled", None),
            ("staffing.vacancy_rate", None),
            ("staffing.headcount", None),
            ("staffing.staff_per_head_of_service", None),
            ("staffing.posts_without_redundancy", None),
            ("staffing.vacant_over_six_months", None),
            ("staffing.post_cost", None),
        ],
    ),
    (&ict::SHEET, &[("ict.lifespan", Some("expired"))]),
    (&contracts::SHEET, &[("contracts.lifespan", Some("expired"))]),
    (
        &risks::SHEET,
        &[
            ("risk.score", Some("FIN")),
            ("risk.score", Some("OPS")),
            ("risk.score", Some("STF")),
            ("risk.score", Some("REP")),
            ("risk.score", Some("STR")),
        ],
    ),
];

/// A figure that councils have only together.
const QUALITY: &str = "savings.quality_certainty";

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    values.text("say:gaps", said(case));
    let gaps = unique(gaps(case));
    values.passage("if:gaps", !gaps.is_empty());
    values.list("each:gaps", gaps);
    queries(case, values);
    let stands = |passage: &str| values.0.passages.get(passage) == Some(&true);
    let shown = |section: u32| match section {
        4 => case.brief().is_some(),
        5..=9 => case.used().next().is_some(),
        11 => stands("if:options"),
        _ => stands(&format!("if:section.{section}")),
    };
    let unwritten: Vec<Item> =
        SECTIONS.into_iter().filter(|own| !shown(*own)).map(|own| section(case, own)).collect();
    values.passage("if:unwritten", !unwritten.is_empty());
    values.list("each:unwritten", unwritten);
}

/// Sentence 15 of domain.md E7: how far the returns are in, and what those in use lack.
pub(super) fn said(case: &Case<'_>) -> String {
    let out = case.own.expected().filter(|line| line.state != State::Used).count();
    let mut lacks = Lacks::default();
    for (_, ret) in case.used() {
        lacks.add(case, ret);
    }
    let Lacks { sheets, estimates, blank, unusable, in_budget } = lacks;
    let wanting = [
        ("gaps.returns", out),
        ("gaps.sheets", sheets),
        ("gaps.blank", blank),
        ("gaps.unusable", unusable),
    ];
    let mut parts: Vec<String> = wanting
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(sentence, number)| case.count(sentence, number))
        .collect();
    let form = if parts.is_empty() { "none" } else { "some" };
    parts.insert(0, case.count("gaps.estimates", estimates));
    let listed = case.count("gaps.listed", in_budget);
    let quoted =
        [("estimates", &*parts[0]), ("parts", &english::list(&parts)), ("listed", &listed)];
    case.say("gaps.missing", form, &quoted)
}

/// What returns in use lack, in numbers.
#[derive(Default)]
struct Lacks {
    /// Sheets that cannot be used. What is on them is not counted again.
    sheets: usize,
    /// Lines of the Revenue sheet that are in use and called estimates.
    estimates: usize,
    blank: usize,
    unusable: usize,
    /// Lines of the budget among these.
    in_budget: usize,
}

impl Lacks {
    fn add(&mut self, case: &Case<'_>, ret: &Return) {
        let asked = ret.asking(case.programme);
        for sheet in ret.sheets(case.programme) {
            if ret.refused_sheet(sheet).is_some() {
                self.sheets += 1;
                continue;
            }
            let required = ret.required(sheet, case.programme);
            self.blank += required.filter(|own| !own.answered).count();
            let cells = sheet.cells().filter(|field| field.is_input() && asked(field));
            self.unusable += cells.filter(|field| is_unusable(ret.get(field))).count();
            for row in sheet.tables().flat_map(|table| ret.rows(table)) {
                let own = row.answers().filter(|(field, answer)| {
                    field.is_input() && asked(field) && is_unusable(answer)
                });
                self.unusable += own.count().max(usize::from(row.refused.is_some()));
            }
        }
        if ret.refused_sheet(&revenue::SHEET).is_none() {
            let (blank, unusable) = missing_lines(case, ret);
            self.in_budget += blank.len() + unusable.len();
            let lines = LINES
                .rows
                .iter()
                .filter(|row| ret.is_estimate(row) && is_given(ret.get(LINES.at(row, &Y0_BUDGET))));
            self.estimates += lines.count();
        }
    }
}

fn is_given(answer: &Answer) -> bool {
    answer.value().is_some()
}

/// Something was entered and cannot be used.
fn is_unusable(answer: &Answer) -> bool {
    match &answer.held {
        Held::Unreadable(_) => true,
        Held::Refused(refused) => refused.held != Held::Blank,
        Held::Blank | Held::NotApplicable | Held::Value(_) => false,
    }
}

fn gaps(case: &Case<'_>) -> Vec<Item> {
    let mut gaps = vec![];
    gaps.extend(brief(case));
    gaps.extend(profiles(case));
    for line in case.own.expected() {
        match &line.state {
            State::NotReturned => gaps.push(of_return(case, line, "not_returned", "")),
            State::Refused(code) => gaps.push(of_return(case, line, "refused", code)),
            State::SetAside(code) => gaps.push(of_return(case, line, "set_aside", code)),
            State::Used => {
                if let Some(ret) = case.intake.return_of(&case.project.code, &line.council) {
                    gaps.extend(of_used(case, line, ret));
                }
            }
        }
    }
    gaps
}

fn brief(case: &Case<'_>) -> Vec<Item> {
    let lead = |key: &str, form: &str| {
        gap(
            key,
            case.say("gap.lead", "who", &[]),
            case.say("gap.brief", form, &[]),
            [case.say("gap.brief_affects", form, &[]), case.say("gap.lead", "owner", &[])],
        )
    };
    let Some(brief) = case.brief() else { return vec![lead("brief", "whole")] };
    let asked = [("purpose", &overview::PURPOSE), ("decision", &overview::DECISION_ASKED)];
    let unsaid = asked.into_iter().filter(|(_, field)| text(brief, field).is_none());
    let tables = [
        ("savings", &options::SAVING_TABLE),
        ("gates", &milestones::GATE_TABLE),
        ("milestones", &milestones::MILESTONE_TABLE),
        ("benefits", &benefits::BENEFIT_TABLE),
    ];
    let empty = tables.into_iter().filter(|(_, table)| brief.used_rows(table).next().is_none());
    let names = unsaid.map(|(name, _)| name).chain(empty.map(|(name, _)| name));
    names.map(|name| lead(name, name)).collect()
}

/// The profiles that sections rest on and that cannot be used.
fn profiles<'a>(case: &'a Case<'_>) -> impl Iterator<Item = Item> + 'a {
    let missing = case.own.expected().filter(|line| case.profile(&line.council).is_none());
    missing.map(|line| {
        let council = case.programme.name(&line.council).to_owned();
        let came = case.intake.profile(&line.council).is_some();
        let said = |form| case.say("gap.profile", form, &[]);
        let what = said(if came { "refused" } else { "not_returned" });
        gap(&format!("{}-profile", line.council), council, what, [said("affects"), said("owner")])
    })
}

fn of_return(case: &Case<'_>, line: &Coverage, form: &str, code: &str) -> Item {
    let council = case.programme.name(&line.council).to_owned();
    let said = |form| case.say("gap.return", form, &[("code", code)]);
    gap(&format!("{}-return", line.council), council, said(form), [said("affects"), said("owner")])
}

/// What a used return lacks: sheets, budget lines, registers, ends of systems and contracts.
fn of_used(case: &Case<'_>, line: &Coverage, ret: &Return) -> Vec<Item> {
    let council = || case.programme.name(&line.council).to_owned();
    let code = &line.council;
    let mut gaps = vec![];
    let refused = |sheet: &Sheet| ret.refused_sheet(sheet).is_some();
    for sheet in ret.sheets(case.programme).filter(|sheet| refused(sheet)) {
        gaps.push(gap(
            &format!("{code}-{}", sheet.code),
            council(),
            case.say("gap.sheet", "what", &[("sheet", sheet.name)]),
            [
                case.say("gap.sheet", "affects", &[("sheet", &lower(sheet.name))]),
                sheet.asks.to_owned(),
            ],
        ));
    }
    if !refused(&revenue::SHEET) {
        let (blank, unusable) = missing_lines(case, ret);
        for (form, labels) in [("blank", blank), ("unusable", unusable)] {
            if labels.is_empty() {
                continue;
            }
            let quoted: Vec<String> = labels.iter().map(|label| format!("“{label}”")).collect();
            let year = case.programme.base_year.to_string();
            let quoted = [("labels", &*english::list(&quoted)), ("year", &year)];
            gaps.push(gap(
                &format!("{code}-{form}"),
                council(),
                case.say("gap.lines", form, &quoted),
                [case.say("gap.lines", "affects", &quoted), revenue::SHEET.asks.to_owned()],
            ));
        }
    }
    for (sheet, figures) in NEEDED {
        let lacks = |(key, item): &Named| {
            let ask = Ask { key, item: *item, ..Ask::default() };
            let together = case.ask(ask).filter(|_| *key == QUALITY);
            let own = case.ask(Ask { council: Some(code), ..ask });
            own.is_some_and(|own| own.value.is_none() && !is_inapplicable(own))
                || together
                    .is_some_and(|all| ret.kind != ReturnKind::Nil && all.missing.contains(code))
        };
        if !refused(sheet) && figures.iter().any(lacks) {
            gaps.push(gap(
                &format!("{code}-{}", figures[0].0),
                council(),
                case.say("gap.part", "what", &[("sheet", &lower(sheet.name))]),
                [
                    case.say("gap.part", "affects", &[("sheet", &lower(sheet.name))]),
                    sheet.asks.to_owned(),
                ],
            ));
        }
    }
    gaps.extend(ends(case, line));
    gaps
}

/// A rate that cannot be formed lacks nothing.
fn is_inapplicable(figure: &Figure) -> bool {
    figure.reasons.values().all(|reason| reason.starts_with("not applicable"))
}

fn ends(case: &Case<'_>, line: &Coverage) -> Vec<Item> {
    let systems = case
        .own
        .systems
        .iter()
        .filter(|own| own.council == line.council && own.lifespan == Lifespan::Unknown)
        .map(|own| (&ict::SHEET, &own.reference, format!("{} {}", own.supplier, own.product)));
    let contracts = case
        .own
        .contracts
        .iter()
        .filter(|own| own.council == line.council && own.lifespan == Lifespan::Unknown)
        .map(|own| (&contracts::SHEET, &own.reference, own.title.clone()));
    let of = |(sheet, reference, name): (&Sheet, &String, String)| {
        gap(
            &format!("{}-{}-{reference}", line.council, sheet.code),
            case.programme.name(&line.council).to_owned(),
            case.say("gap.end", "what", &[("name", name.trim())]),
            [case.say("gap.end", "affects", &[("name", name.trim())]), sheet.asks.to_owned()],
        )
    };
    systems.chain(contracts).map(of).collect()
}

fn gap(key: &str, who: String, what: String, [affects, owner]: [String; 2]) -> Item {
    item(key, [("who", who), ("what", what), ("affects", affects), ("owner", owner)])
}

/// How many corrections and questions are open with each council, and on which sheets. What they say is in its query log.
fn queries(case: &Case<'_>, values: &mut Values) {
    let mut rows = vec![];
    let mut open = 0;
    for line in case.own.expected().filter(|line| line.errors + line.warnings > 0) {
        let sheets: BTreeSet<&str> = case
            .findings
            .iter()
            .filter(|own| own.severity != Severity::Note)
            .filter(|own| own.project.as_ref() == Some(&case.project.code))
            .filter(|own| own.council.as_ref() == Some(&line.council))
            .filter_map(|own| own.place.sheet.as_deref())
            .collect();
        let sheets: Vec<&str> = sheets.into_iter().collect();
        let sheets = if sheets.is_empty() { String::from("the file") } else { sheets.join(", ") };
        open += line.errors + line.warnings;
        rows.push(item(
            &*line.council,
            [
                ("council", case.programme.name(&line.council).to_owned()),
                ("corrections", line.errors.to_string()),
                ("questions", line.warnings.to_string()),
                ("sheets", sheets),
            ],
        ));
    }
    values.text("say:queries", case.count("gaps.queries", open));
    values.passage("if:queries", !rows.is_empty());
    values.list("each:queries", rows);
}

fn section(case: &Case<'_>, section: u32) -> Item {
    let said = |form| case.say(&format!("section.{section}"), form, &[]);
    item(
        section.to_string(),
        [
            ("section", format!("{section} {}", said("title"))),
            ("covers", said("covers")),
            ("owner", said("owner")),
        ],
    )
}
