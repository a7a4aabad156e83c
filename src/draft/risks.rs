//! Risks: the highest score counts, with the council that gave it (domain.md D12).

use super::{
    case::{Case, Values, Wanted, paragraph, whole},
    table,
};
use crate::{
    english, form::council_return::risks::RISKS, number::Exact, programme::Code, word::Table,
};

/// A risk as the councils rated it.
pub(super) struct Risk<'a> {
    pub(super) name: &'static str,
    /// Of 25: the highest score, and the lowest.
    pub(super) score: usize,
    least: usize,
    /// Who gave the highest.
    pub(super) by: Vec<&'a Code>,
}

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let risks = risks(case);
    values.text("say:risk", said(case, &risks));
    values.passage("if:risks", !risks.is_empty());
    let row = |risk: &Risk<'_>| {
        let form = if risk.score == risk.least { "same" } else { "range" };
        let (least, most) = (risk.least.to_string(), risk.score.to_string());
        vec![
            risk.name.to_owned(),
            format!("{} of 25", risk.score),
            case.say("risk.colour", rating(case, risk.score), &[]),
            case.list(&risk.by),
            case.say("risk.ratings", form, &[("least", &least), ("most", &most)]),
        ]
    };
    values.table(
        "block:risks",
        Table {
            title: String::from("Risks"),
            description: String::from("The highest rating of each risk, and who gave it."),
            columns: vec![
                table::text("Risk", 32),
                table::text("Highest rating", 14),
                table::text("Colour", 12),
                table::text("Rated so by", 22),
                table::text("Ratings", 20),
            ],
            rows: risks.iter().map(row).collect(),
            total: false,
        },
    );
}

/// Those that any council rated, the highest first.
pub(super) fn risks<'a>(case: &'a Case<'_>) -> Vec<Risk<'a>> {
    let of = |row: &&'static crate::form::GridRow| {
        let wanted = |council| Wanted {
            key: "risk.score",
            council,
            item: Some(row.key),
            ..Wanted::default()
        };
        let score = whole(case.find(wanted(None)))?;
        let own = |council: &'a Code| -> Option<(&'a Code, usize)> {
            Some((council, whole(case.find(wanted(Some(council))))?))
        };
        let ratings: Vec<(&Code, usize)> = case.expected().into_iter().filter_map(own).collect();
        let by = ratings.iter().filter(|(_, own)| *own == score).map(|(council, _)| *council);
        let least = ratings.iter().map(|(_, own)| *own).min().unwrap_or(score);
        Some(Risk { name: row.label, score, least, by: by.collect() })
    };
    let mut risks: Vec<Risk<'a>> = RISKS.rows.iter().filter_map(of).collect();
    risks.sort_by_key(|risk| std::cmp::Reverse(risk.score));
    risks
}

/// Sentence 14 of domain.md E7.
fn said(case: &Case<'_>, risks: &[Risk<'_>]) -> String {
    let Some(highest) = risks.first() else {
        return case.say(
            "risk.highest",
            "none",
            &[("name", ""), ("score", ""), ("list", ""), ("apart", "")],
        );
    };
    let apart = highest.score - highest.least;
    let apart = match apart {
        0 => String::new(),
        _ => case.say("risk.apart", "some", &[("points", &english::count(apart))]),
    };
    let score = highest.score.to_string();
    let quoted = [
        ("name", highest.name),
        ("score", &score),
        ("list", &case.list(&highest.by)),
        ("apart", &apart),
    ];
    let red = rating(case, highest.score) == "red";
    let none = if red { String::new() } else { case.say("risk.no_red", "some", &[]) };
    paragraph([case.say("risk.highest", "some", &quoted), none])
}

pub(super) fn rating(case: &Case<'_>, score: usize) -> &'static str {
    case.programme.thresholds.rating(&Exact::from(score))
}
