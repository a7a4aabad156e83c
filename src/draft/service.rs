//! Section 5: the basic facts, council beside council.

use super::{
    case::{Case, Values, paragraph, text},
    side::{Place, Side},
};
use crate::{
    answer::{Return, ReturnKind},
    english,
    form::{Field, council_return::service as form},
    picture::Coverage,
    programme::Code,
    word::Block,
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    values.text("say:service", said(case));
    values.blocks("block:facts", facts(case));
    let scopes = providers(case).filter_map(|(line, ret)| {
        let name = case.programme.name(&line.council);
        let text = text(ret, &form::SCOPE_DESCRIPTION)?;
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
        let quoted = [("councils", &*who(case, &ways)), ("way", &lower(way))];
        sentences.push(case.say("service.delivery", form, &quoted));
    } else if case.used().next().is_none() || providers(case).next().is_some() {
        sentences.push(case.say("none", "service", &[]));
    }
    let nil = case.used().filter(|(_, ret)| ret.kind == ReturnKind::Nil);
    let nil: Vec<&Code> = nil.map(|(line, _)| &line.council).collect();
    sentences.extend(case.about("service.nil", &nil));
    let functions = given_by_all(case, &form::FUNCTIONS_IN);
    if let [(_, first), _, ..] = &*functions {
        let list: Vec<String> = first.split("; ").map(lower).collect();
        let form = match (same(&functions), functions.len() == case.used().count()) {
            (true, true) => "all",
            (true, false) => "same",
            (false, _) => "differ",
        };
        let quoted = [("councils", &*who(case, &functions)), ("list", &english::list(&list))];
        sentences.push(case.say("service.functions", form, &quoted));
    }
    paragraph(sentences)
}

/// Those who gave an answer, as a sentence names them.
fn who(case: &Case<'_>, given: &[(Code, String)]) -> String {
    let who: Vec<Code> = given.iter().map(|(council, _)| council.clone()).collect();
    if who.len() == case.expected().len() {
        case.councils(&who)
    } else {
        case.list(&who.iter().collect::<Vec<_>>())
    }
}

/// The returns in use of councils that provide the service.
fn providers<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (&'a Coverage, &'a Return)> {
    case.used().filter(|(_, ret)| ret.kind != ReturnKind::Nil)
}

/// The answers that may be used, of the councils that provide the service, in the order of the programme.
fn given_by_all(case: &Case<'_>, field: &'static Field) -> Vec<(Code, String)> {
    providers(case)
        .filter_map(|(line, ret)| Some((line.council.clone(), ret.used(field)?.to_string())))
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
    // Where every return includes the same, the sentence says so.
    let functions = given_by_all(case, &form::FUNCTIONS_IN);
    if functions.len() < 2 || functions.len() < case.used().count() || !same(&functions) {
        lines.push(said("Functions included", &form::FUNCTIONS_IN));
    }
    lines.push(said("Months when nothing should change", &form::PEAK_PERIODS));
    lines.push(said("Certainty that quality would be kept", &form::QUALITY_CERTAINTY));
    let side = Side::new(case, Place::Returns, lines);
    side.tables(case, "Basic facts", "What each council provides, and how much of it.", "Fact")
}
