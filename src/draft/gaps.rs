//! Section 17: what is missing, whom it is asked of, and what is not yet written. Said once, here.

use std::collections::BTreeSet;

use super::{
    budget::missing_lines,
    case::{Case, Values, item, plural},
    overview::unique,
    service::lower,
};
use crate::{
    answer::Return,
    english,
    figure::Ask,
    finding::Severity,
    form::{
        Sheet,
        brief::overview,
        council_return::{
            capital, contracts, ict,
            revenue::{self, LINES, QUALITY, Y0_BUDGET},
            staffing,
        },
    },
    picture::{Coverage, Lifespan, State},
    programme::Status,
    word::Item,
};

/// The sections that stand only while there is something to say in them.
const SECTIONS: [u32; 14] = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18];

/// A figure that a sheet gives, and what lacks something without it.
const NEEDED: [(&Sheet, &str, Option<&str>); 4] = [
    (&capital::SHEET, "capital.approved", None),
    (&staffing::SHEET, "staffing.fte_established", None),
    (&ict::SHEET, "ict.lifespan", Some("expired")),
    (&contracts::SHEET, "contracts.lifespan", Some("expired")),
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    values.text("say:gaps", said(case));
    let gaps = unique(gaps(case));
    values.passage("if:gaps", !gaps.is_empty());
    values.list("each:gaps", gaps);
    queries(case, values);
    let shown = |section: u32| match section {
        4 => case.brief().is_some(),
        5..=9 => case.used().next().is_some(),
        11 => values.0.passages.get("if:options") == Some(&true),
        _ => false,
    };
    let unwritten: Vec<Item> =
        SECTIONS.into_iter().filter(|own| !shown(*own)).map(|own| section(case, own)).collect();
    values.list("each:unwritten", unwritten);
    for section in SECTIONS.into_iter().filter(|own| *own > 9) {
        if section != 11 {
            values.passage(&format!("if:section.{section}"), false);
        }
    }
}

/// Sentence 15 of domain.md E7.
pub(super) fn said(case: &Case<'_>) -> String {
    let (mut estimates, mut missing, mut in_budget) = (0, 0, 0);
    for (_, ret) in case.used() {
        let marked = |row: &&&crate::form::GridRow| ret.get(LINES.at(row, &QUALITY)).is("Estimate");
        estimates += LINES.rows.iter().filter(marked).count();
        for sheet in ret.sheets(case.programme) {
            let blank = ret.required(sheet, case.programme).into_iter().filter(|own| !own.answered);
            for own in blank {
                missing += 1;
                let of_budget =
                    |row: &&&crate::form::GridRow| LINES.at(row, &Y0_BUDGET) == own.field;
                in_budget += LINES.rows.iter().filter(of_budget).count();
            }
        }
    }
    let quoted = [
        ("estimates", &*case.count("gaps.estimates", estimates)),
        ("number", &english::count(missing)),
        ("listed", &case.count("gaps.listed", in_budget)),
    ];
    case.say("gaps.missing", plural(missing), &quoted)
}

fn gaps(case: &Case<'_>) -> Vec<Item> {
    let mut gaps = vec![];
    gaps.extend(brief(case));
    for line in case.own.expected() {
        match &line.state {
            State::NotReturned => gaps.push(of_return(case, line, "not_returned", "")),
            State::Refused(code) => gaps.push(of_return(case, line, "refused", code)),
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
    asked
        .into_iter()
        .filter(|(_, field)| brief.get(field).text().is_none())
        .map(|(name, _)| lead(name, name))
        .collect()
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
    for (sheet, key, item) in NEEDED {
        let figure = case.ask(Ask { key, item, council: Some(code), ..Ask::default() });
        if !refused(sheet) && figure.is_some_and(|figure| figure.value.is_none()) {
            gaps.push(gap(
                &format!("{code}-{key}"),
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
    for line in &case.own.coverage {
        if matches!(line.participation, Status::Out { .. }) || line.errors + line.warnings == 0 {
            continue;
        }
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
