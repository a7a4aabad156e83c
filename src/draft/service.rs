//! Section 5: the basic facts, council beside council.

use super::{
    case::{Case, Values, paragraph},
    table,
};
use crate::{
    answer::{Answer, Return, ReturnKind},
    english,
    form::{Field, council_return::service as form},
    picture::State,
    programme::Code,
    word::{Block, Table},
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    values.text("say:service", said(case));
    values.blocks("block:facts", facts(case));
    let scopes = case.used().filter_map(|(line, ret)| {
        let name = case.programme.name(&line.council);
        let text = ret.get(&form::SCOPE_DESCRIPTION).text()?;
        Some(super::case::item(
            &*line.council,
            [("council", name.to_owned()), ("scope", text.to_owned())],
        ))
    });
    let scopes: Vec<_> = scopes.collect();
    values.passage("if:scopes", !scopes.is_empty());
    values.list("each:scopes", scopes);
}

/// Whether the councils provide the same thing in the same way.
fn said(case: &Case<'_>) -> String {
    let mut sentences = vec![];
    let ways = given_by_all(case, &form::DELIVERY_MODEL);
    if let Some((_, way)) = ways.first() {
        let form = match ways.len() {
            1 => "only",
            _ if same(&ways) => "same",
            _ => "differ",
        };
        let who: Vec<Code> = ways.iter().map(|(council, _)| council.clone()).collect();
        let councils = if who.len() == case.expected().len() {
            case.councils(&who)
        } else {
            case.list(&who.iter().collect::<Vec<_>>())
        };
        let quoted = [("councils", &*councils), ("way", &lower(way))];
        sentences.push(case.say("service.delivery", form, &quoted));
    }
    if sentences.is_empty() {
        sentences.push(case.say("none", "service", &[]));
    }
    let functions = given_by_all(case, &form::FUNCTIONS_IN);
    if let [(_, first), _, ..] = &*functions {
        let list: Vec<String> = first.split("; ").map(lower).collect();
        let form = if same(&functions) { "same" } else { "differ" };
        sentences.push(case.say("service.functions", form, &[("list", &english::list(&list))]));
    }
    paragraph(sentences)
}

/// What the councils that provide the service answered, in the order of the programme.
fn given_by_all(case: &Case<'_>, field: &'static Field) -> Vec<(Code, String)> {
    let used = case.used().filter(|(_, ret)| ret.kind != ReturnKind::Nil);
    used.map(|(line, ret)| (line.council.clone(), ret.get(field).shown()))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

fn same(given: &[(Code, String)]) -> bool {
    given.windows(2).all(|pair| pair[0].1 == pair[1].1)
}

/// A choice of the form within a sentence: "in house"; abbreviations stay as they are.
pub(super) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

fn facts(case: &Case<'_>) -> Vec<Block> {
    let base = case.programme.base_year;
    let unit = english::capital(&case.project.volume_unit);
    let volumes = [
        (format!("{unit}, {}", base.plus(-1)), &form::VOLUME_Y_1),
        (format!("{unit}, {base}"), &form::VOLUME_Y0),
    ];
    let said = |label: &str, field| (label.to_owned(), field);
    let mut lines: Vec<(String, &'static Field)> =
        vec![said("How the service is provided", &form::DELIVERY_MODEL)];
    lines.extend(volumes);
    // Where all include the same, the sentence says so.
    if !same(&given_by_all(case, &form::FUNCTIONS_IN)) {
        lines.push(said("Functions included", &form::FUNCTIONS_IN));
    }
    lines.push(said("Months when nothing should change", &form::PEAK_PERIODS));
    lines.push(said("Certainty that quality would be kept", &form::QUALITY_CERTAINTY));
    let councils = case.expected();
    let of = |group: &[&Code]| {
        let mut columns = vec![table::text("Fact", 24)];
        columns.extend(group.iter().map(|code| table::text(case.programme.name(code), 19)));
        let row = |(label, field): &(String, &'static Field)| {
            let mut cells = vec![label.clone()];
            cells.extend(group.iter().map(|code| fact(case, code, field)));
            cells
        };
        Block::Table(Table {
            title: String::from("Basic facts"),
            description: String::from("What each council provides, and how much of it."),
            columns,
            rows: lines.iter().map(row).collect(),
            total: false,
        })
    };
    councils.chunks(table::ACROSS).map(of).collect()
}

fn fact(case: &Case<'_>, council: &Code, field: &'static Field) -> String {
    let line = case.own.coverage.iter().find(|line| line.council == *council);
    let ret = case.intake.return_of(&case.project.code, council);
    match (line.map(|line| &line.state), ret) {
        (Some(State::Used), Some(ret)) => given(ret, field),
        (Some(State::Refused(code)), _) => format!("rejected ({code})"),
        _ => String::from("not returned"),
    }
}

fn given(ret: &Return, field: &'static Field) -> String {
    let answer: &Answer = ret.get(field);
    match (answer.number(), answer.value()) {
        _ if ret.kind == ReturnKind::Nil => String::from("not provided"),
        (Some(number), _) => english::thousands(&number.normalize().to_string()),
        (None, Some(value)) => value.to_string().replace("; ", ", "),
        (None, None) if answer.is_blank() => String::from("not answered"),
        (None, None) => String::from("not usable"),
    }
}
