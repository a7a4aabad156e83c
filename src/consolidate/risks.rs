//! Risks and the brief's outcomes (domain.md D12): the highest score counts, opinions are counted and never weighted.

use super::{
    Set,
    part::{Named, number, source},
};
use crate::{
    figure::{Amount, Figure, Unit},
    form::{
        brief::benefits::{self, OUTCOMES},
        council_return::risks::{IMPACT, LIKELIHOOD, RISKS, SHEET},
    },
    number::Exact,
};

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let mut figures = vec![];
    for row in RISKS.rows {
        let parts = set.parts_by(Exact::max, |ret| {
            let (likelihood, mut cells) = number(ret, &SHEET, RISKS.at(row, &LIKELIHOOD))?;
            let (impact, more) = number(ret, &SHEET, RISKS.at(row, &IMPACT))?;
            cells.extend(more);
            Ok((likelihood * impact, cells))
        });
        let named = Named::new("risk.score", Unit::Count).item(row.key);
        figures.extend(
            set.figures_of(named, &parts, |used| used.iter().map(|part| part.amount()).max()),
        );
    }
    figures.extend(opinions(set));
    figures
}

/// How many of the outcomes the brief expects the project to bring about, strongly or somewhat, and its answers.
fn opinions(set: &Set<'_>) -> Vec<Figure> {
    let Some(brief) = set.intake.brief(&set.project.code) else { return vec![] };
    if brief.refused_sheet(&benefits::SHEET).is_some() {
        return vec![];
    }
    let mut figures = vec![];
    for field in benefits::SHEET.cells() {
        let Some(row) =
            field.name.strip_suffix("_answer").or_else(|| field.name.strip_suffix("_contribution"))
        else {
            continue;
        };
        let answer = brief.get(field);
        if let Some(text) = answer.text() {
            let key = format!("criteria.{}", row.trim_start_matches("P5_"));
            let figure = set.whole(Named::new(&key, Unit::Text), Ok(Amount::Text(text.to_owned())));
            figures.push(Figure { sources: source(answer), ..figure });
        }
    }
    let outcomes = figures.iter().filter(|figure| figure.key.starts_with("criteria.o"));
    let brought = outcomes.clone().filter(
        |figure| matches!(&figure.value, Some(Amount::Text(text)) if text == "Strong" || text == "Some"),
    );
    let brought = brought.count();
    let sources = outcomes.flat_map(|figure| figure.sources.iter().cloned()).collect();
    let outcomes = Named::new("coverage.outcomes", Unit::Count);
    let exact = Some(format!("{brought}/{}", OUTCOMES.rows.len()));
    let brought = set.whole(outcomes, Ok(Amount::Number(Exact::from(brought))));
    figures.push(Figure { exact, sources, ..brought });
    figures
}
