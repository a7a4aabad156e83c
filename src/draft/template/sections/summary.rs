//! The summary for members: one page (domain.md E9).

use docx_rs::Paragraph;

use crate::draft::template::part::{
    Part, block, fixed, heading, inline, paragraph, passage, text, words,
};

pub(super) fn parts() -> Vec<Part> {
    vec![
        paragraph("fig:title", "Project", "Title"),
        text("Subtitle", "Summary for members"),
        passage("if:purpose", "Purpose", vec![paragraph("once:purpose", "Purpose", "BodyText")]),
        paragraph("say:who", "Who leads and who takes part", "BodyText"),
        heading(1, "What it costs and saves"),
        numbers(),
        paragraph("say:coverage", "Coverage", "Note"),
        heading(1, "The savings test"),
        passage("if:tested", "The savings test", vec![block("block:test", "The savings test")]),
        paragraph("say:test", "The savings test in words", "Note"),
        heading(1, "Who gains and who pays more"),
        paragraph("say:sharing", "Who pays more", "BodyText"),
        passage("if:shares", "Shares", vec![block("block:shares", "Shares")]),
        heading(1, "The biggest risk"),
        paragraph("say:risk", "The biggest risk", "BodyText"),
        heading(1, "What members are asked"),
        passage(
            "if:decision",
            "Decision",
            vec![paragraph("once:decision", "What members are asked to decide", "BodyText")],
        ),
        passage(
            "if:no_decision",
            "No decision yet",
            vec![text("BodyText", "What members are asked to decide is not written yet.")],
        ),
        paragraph("say:gate", "Next step", "BodyText"),
    ]
}

/// What it costs today, what year 2 saves, and what it costs once.
pub(super) fn numbers() -> Part {
    let head = ["What", "Figure", "Councils covered"];
    let style = |column| if column == 1 { "TableNumber" } else { "TableText" };
    let mut rows: Vec<Vec<Paragraph>> =
        vec![head.iter().enumerate().map(|(column, own)| words(style(column), own)).collect()];
    let gross = "revenue.gross_controllable";
    let mut label = words("TableText", "Cost today (gross controllable), ");
    label = label.add_structured_data_tag(inline("fig:base_year", "Year"));
    let number = |tag: &str, label: &str| {
        Paragraph::new().style("TableNumber").add_structured_data_tag(inline(tag, label))
    };
    rows.push(vec![
        label,
        number(&format!("fig:{gross}"), "Gross controllable expenditure"),
        Paragraph::new()
            .style("TableText")
            .add_structured_data_tag(inline(&format!("fig:covers.{gross}"), "Councils covered")),
    ]);
    for (tag, label) in [
        ("fig:saving", "Saving in year 2"),
        ("fig:saving.without_income", "The same without new income"),
        ("fig:one_off", "One-off cost"),
    ] {
        let whole = words("TableText", "The option as a whole");
        rows.push(vec![words("TableText", label), number(tag, label), whole]);
    }
    fixed("What it costs and saves", &[42, 24, 34], rows)
}
