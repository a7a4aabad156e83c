//! Section 14, by group: how each council rates a risk, where views differ, and what it would do about it.

use super::{
    case::{Case, Values, Wanted, item, paragraph, text, whole},
    overview::unique,
    risks::rating,
    sharing::shared_by,
};
use crate::{
    answer::{Return, Row},
    english,
    form::{
        GridRow,
        brief::overview::RISK_SHARE_BASIS,
        council_return::risks::{
            ACTION_BY, MITIGATION, OWN_IMPACT, OWN_LIKELIHOOD, OWN_MITIGATION, OWN_OWNER_ROLE,
            OWN_TABLE, OWN_TITLE, OWNER_ROLE, RISKS,
        },
    },
    picture::Coverage,
    programme::Code,
    word::Item,
};

/// From this many points on, views differ (domain.md D12).
const APART: usize = 8;

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let mut rated = false;
    for risk in RISKS.rows {
        let ratings = ratings(case, risk);
        rated |= !ratings.is_empty();
        let name = risk.key.to_lowercase();
        values.text(&format!("say:risk.{name}"), said(case, risk, &ratings));
        let rows = case.used().map(|(line, ret)| done_about(case, line, ret, risk));
        values.list(&format!("each:risk.{name}"), rows.collect());
    }
    values.passage("if:section.14", rated);
    let own = case
        .used()
        .flat_map(|(line, ret)| ret.used_rows(&OWN_TABLE).map(|row| further(case, line, row)));
    let own: Vec<Item> = own.collect();
    values.passage("if:own_risks", !own.is_empty());
    values.list("each:own_risks", unique(own));
    let basis = case.brief().and_then(|brief| text(brief, &RISK_SHARE_BASIS));
    let basis = basis.and_then(|basis| shared_by(case, basis));
    let form = if basis.is_some() { "some" } else { "none" };
    let quoted = [("basis", &*basis.unwrap_or_default())];
    values.text("say:risk_share", case.say("risk.share", form, &quoted));
}

/// Of 25, by council.
fn ratings<'a>(case: &'a Case<'_>, risk: &GridRow) -> Vec<(&'a Code, usize)> {
    let of = |council: &'a Code| {
        let (council_named, item) = (Some(&**council), Some(risk.key));
        let wanted =
            Wanted { key: "risk.score", council: council_named, item, ..Wanted::default() };
        Some((council, whole(case.find(wanted))?))
    };
    case.expected().into_iter().filter_map(of).collect()
}

/// The highest rating with its council, the range, and whether views differ.
fn said(case: &Case<'_>, risk: &GridRow, ratings: &[(&Code, usize)]) -> String {
    let name = risk.label;
    let Some(highest) = ratings.iter().map(|(_, score)| *score).max() else {
        let none = [("name", name), ("highest", ""), ("colour", ""), ("list", ""), ("least", "")];
        return case.say("risk.group", "none", &none);
    };
    let least = ratings.iter().map(|(_, score)| *score).min().unwrap_or(highest);
    let by = ratings.iter().filter(|(_, score)| *score == highest);
    let by: Vec<&Code> = by.map(|(council, _)| *council).collect();
    let form = match () {
        () if ratings.len() == 1 => "alone",
        () if least == highest => "same",
        () if highest - least >= APART => "differ",
        () => "range",
    };
    let quoted = [
        ("name", name),
        ("highest", &*highest.to_string()),
        ("colour", &case.say("risk.colour", rating(case, highest), &[])),
        ("list", &case.list(&by)),
        ("least", &least.to_string()),
    ];
    let rated = case.say("risk.group", form, &quoted);
    let silent: Vec<&Code> = case
        .used()
        .map(|(line, _)| &line.council)
        .filter(|council| !ratings.iter().any(|(own, _)| own == council))
        .collect();
    paragraph([rated].into_iter().chain(case.about("risk.silent", &silent)))
}

fn done_about(case: &Case<'_>, line: &Coverage, ret: &Return, risk: &GridRow) -> Item {
    let said = |column| ret.used(RISKS.at(risk, column)).map(ToString::to_string);
    let score = ratings(case, risk).into_iter().find(|(council, _)| **council == line.council);
    let score = score.map_or_else(String::new, |(_, score)| {
        format!("{score}, {}", case.say("risk.colour", rating(case, score), &[]))
    });
    let by = ret.get(RISKS.at(risk, &ACTION_BY)).date().map(english::date);
    let action = said(&MITIGATION).unwrap_or_default();
    let action = match by {
        Some(by) if !action.is_empty() => {
            format!("{} (by {by})", action.trim_end_matches('.'))
        }
        _ => action,
    };
    item(
        &*line.council,
        [
            ("council", case.programme.name(&line.council).to_owned()),
            ("score", score),
            ("action", action),
            ("owner", said(&OWNER_ROLE).unwrap_or_default()),
        ],
    )
}

/// A risk that a council added.
fn further(case: &Case<'_>, line: &Coverage, row: &Row) -> Item {
    let text = |field| row.used_text(field);
    let number = |field| row.get(field).number().and_then(|own| usize::try_from(own).ok());
    let score = number(&OWN_LIKELIHOOD).zip(number(&OWN_IMPACT)).map(|(one, other)| one * other);
    let score = score.map_or_else(String::new, |score| {
        format!("{score}, {}", case.say("risk.colour", rating(case, score), &[]))
    });
    item(
        format!("{}-{}", line.council, text(&OWN_TITLE)),
        [
            ("council", case.programme.name(&line.council).to_owned()),
            ("risk", text(&OWN_TITLE)),
            ("score", score),
            ("action", text(&OWN_MITIGATION)),
            ("owner", text(&OWN_OWNER_ROLE)),
        ],
    )
}
