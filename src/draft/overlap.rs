//! Section 8, second part: who uses the same systems, and the steps towards shared ones.

use super::{
    case::{Case, Values, item, paragraph},
    overview::unique,
    service::lower,
    table,
};
use crate::{
    english,
    figure::{Ask, Figure},
    picture::{Step, System},
    programme::Code,
    word::{Block, Item, Table},
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let functions = &case.project.ict_functions;
    let said = paragraph(functions.iter().map(|function| overlap(case, function)));
    values.passage("if:overlap", !said.is_empty());
    values.text("say:overlap", said);
    values.blocks("block:overlap", vec![Block::Table(table_of(case))]);
    let steps: Vec<Item> = case.own.steps.iter().map(|own| step(case, own)).collect();
    values.passage("if:steps", !steps.is_empty());
    values.list("each:steps", unique(steps));
}

/// What a function's overlap rests on: the councils that said what they use for it.
fn reach<'a>(case: &'a Case<'_>, function: &str) -> Option<&'a Figure> {
    let ask = Ask { key: "ict.overlap", item: Some(function), ..Ask::default() };
    case.ask(ask).filter(|own| !own.used.is_empty())
}

/// Who uses which product for a function, the commonest first.
fn products<'a>(
    case: &'a Case<'_>,
    figure: &Figure,
    function: &str,
) -> Vec<(&'a str, Vec<&'a Code>)> {
    let mut products: Vec<(&str, Vec<&Code>)> = vec![];
    let of = |own: &&System| own.function == function && figure.used.contains(&own.council);
    for system in case.own.systems.iter().filter(of) {
        match products.iter_mut().find(|(name, _)| *name == system.name) {
            Some((_, councils)) if councils.contains(&&system.council) => (),
            Some((_, councils)) => councils.push(&system.council),
            None => products.push((&system.name, vec![&system.council])),
        }
    }
    products.sort_by_key(|(_, councils)| std::cmp::Reverse(councils.len()));
    products
}

/// The councils that said what they use, and use nothing for a function.
fn without<'a>(case: &'a Case<'_>, figure: &'a Figure, function: &str) -> Vec<&'a Code> {
    let with = |council: &&Code| {
        let mut own = case.own.systems.iter().filter(|own| own.function == function);
        own.any(|own| own.council == **council)
    };
    figure.used.iter().filter(|council| !with(council)).collect()
}

/// Sentence 7 of domain.md E7.
fn overlap(case: &Case<'_>, function: &str) -> String {
    let Some(figure) = reach(case, function) else { return String::new() };
    let named = lower(function);
    let products = products(case, figure, function);
    let parts: Vec<String> = products
        .iter()
        .enumerate()
        .map(|(at, (product, councils))| {
            let form = if councils.len() == 1 { "one" } else { "many" };
            let quoted =
                [("list", &*case.list(councils)), ("product", product), ("function", &named)];
            let sentence = if at == 0 { "overlap.use" } else { "overlap.other" };
            let quoted = if at == 0 { &quoted[..] } else { &quoted[..2] };
            case.say(sentence, form, quoted)
        })
        .collect();
    if parts.is_empty() {
        return case.say("overlap.nobody", "some", &[("function", &named)]);
    }
    let said = case.say("overlap.said", "some", &[("parts", &parts.join("; "))]);
    let nobody = case.about("overlap.none", &without(case, figure, function));
    paragraph([said].into_iter().chain(nobody))
}

fn table_of(case: &Case<'_>) -> Table {
    let row = |function: &String| {
        let figure = reach(case, function)?;
        let products = products(case, figure, function);
        let none = || String::from("none");
        let most = products.first().map_or_else(none, |(product, _)| (*product).to_owned());
        let by = products.first().map_or_else(none, |(_, councils)| case.list(councils));
        let all = figure.exact.as_deref().map_or_else(none, |exact| exact.replace('/', " of "));
        Some(vec![function.clone(), most, by, all])
    };
    Table {
        title: String::from("Systems in common"),
        description: String::from("The commonest system for each purpose, and who uses it."),
        columns: vec![
            table::text("Used for", 26),
            table::text("Commonest system", 26),
            table::text("Used by", 30),
            table::text("Councils with a system that use it", 18),
        ],
        rows: case.project.ict_functions.iter().filter_map(row).collect(),
        total: false,
    }
}

fn step(case: &Case<'_>, step: &Step) -> Item {
    let council = match &step.council {
        Some(council) => case.programme.name(council).to_owned(),
        None => String::from("all"),
    };
    item(
        format!("{}: {}", step.function, step.step),
        [
            ("function", step.function.clone()),
            ("step", step.step.clone()),
            ("council", council),
            ("due", english::date(step.due)),
        ],
    )
}
