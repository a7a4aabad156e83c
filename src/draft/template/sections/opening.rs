//! Sections 1 to 3: what the paper is, what is asked for, and what it rests on.

use docx_rs::Paragraph;

use super::Titles;
use crate::draft::template::part::{
    Part, block, fact, fixed, heading, inline, paragraph, passage, text, words,
};

pub(super) fn about(titles: &Titles) -> Vec<Part> {
    vec![
        titles.heading(1),
        fact("Project", "fig:project"),
        fact("Project lead", "fig:lead"),
        fact("Councils", "fig:councils"),
        fact("For decision by", "fig:committee"),
        fact("Decision type", "fig:decision_type"),
        fact("Classification", "fig:classification"),
        fact("Next stage", "fig:next_stage"),
        fact("Next update", "fig:next_update"),
        fact("Figures as at", "fig:as_at"),
        text(
            "Note",
            "This is a draft, not a decision. It reports what the councils returned. Figures and tables are brought up to \
             date from the returns; everything else is the project lead's.",
        ),
    ]
}

pub(super) fn decision(titles: &Titles) -> Vec<Part> {
    let asked = vec![
        heading(2, "What the committee is asked to decide"),
        paragraph("once:decision", "What the committee is asked to decide", "BodyText"),
    ];
    let figures = vec![
        heading(2, "Headline figures"),
        headlines(),
        text(
            "Note",
            "Gross controllable expenditure is what the service itself spends, before central charges.",
        ),
    ];
    let test = vec![
        heading(2, "The savings test"),
        paragraph("say:test", "The savings test", "BodyText"),
        passage(
            "if:tested",
            "Readings of the test",
            vec![
                text("Caption", "The savings test"),
                block("block:test", "The savings test"),
                paragraph("say:two_years", "Criterion, other wording", "BodyText"),
                paragraph("say:payback", "Payback and present value", "BodyText"),
            ],
        ),
        paragraph("say:quality", "Certainty that quality is kept", "BodyText"),
    ];
    vec![
        titles.heading(2),
        passage("if:decision", "Decision", asked),
        passage("if:returns", "Headline figures", figures),
        passage("if:returns", "The savings test", test),
        passage(
            "if:no_returns",
            "No returns",
            vec![text("BodyText", "There are no figures yet: no return can be used.")],
        ),
    ]
}

/// One row for each figure: what it is, the figure, and whom it covers.
pub(super) fn headlines() -> Part {
    let rows: [(&str, &str, &str); 6] = [
        ("Gross controllable expenditure, ", "fig:base_year", "revenue.gross_controllable"),
        ("Net controllable expenditure, ", "fig:base_year", "revenue.net_controllable"),
        (
            "Net total, with support services and capital charges, ",
            "fig:base_year",
            "revenue.net_total",
        ),
        ("Approved capital spending, ", "fig:capital_years", "capital.approved"),
        ("Posts budgeted (FTE)", "", "staffing.fte_established"),
        ("Vacancy rate", "", "staffing.vacancy_rate"),
    ];
    let mut cells = vec![vec![
        words("TableText", "Measure"),
        words("TableNumber", "Figure"),
        words("TableText", "Councils covered"),
    ]];
    for (label, year, key) in rows {
        let label_cell = words("TableText", label);
        cells.push(vec![
            if year.is_empty() {
                label_cell
            } else {
                label_cell.add_structured_data_tag(inline(year, "Year"))
            },
            Paragraph::new().style("TableNumber").add_structured_data_tag(inline(
                &format!("fig:{key}"),
                label.trim_end_matches(", "),
            )),
            Paragraph::new()
                .style("TableText")
                .add_structured_data_tag(inline(&format!("fig:covers.{key}"), "Councils covered")),
        ]);
    }
    fixed("Headline figures", &[46, 18, 36], cells)
}

pub(super) fn rests_on(titles: &Titles) -> Vec<Part> {
    vec![
        titles.heading(3),
        paragraph("say:coverage", "Coverage", "BodyText"),
        passage(
            "if:returns",
            "Quality of the figures",
            vec![
                paragraph("say:dates", "Dates", "BodyText"),
                paragraph("say:gaps", "Estimates and missing answers", "BodyText"),
                paragraph("say:agreement", "Who agreed the figures", "BodyText"),
            ],
        ),
        text("Caption", "Returns by council"),
        block("block:coverage", "Returns by council"),
    ]
}
