//! The page for a council: what the programme means for it (domain.md E9).

use docx_rs::{Paragraph, Run};

use crate::draft::template::part::{Part, block, heading, inline, paragraph, passage, text};

pub(super) fn parts() -> Vec<Part> {
    vec![
        paragraph("fig:title", "Title", "Title"),
        Part::from(
            Paragraph::new()
                .style("Subtitle")
                .add_run(Run::new().add_text("Shared services: "))
                .add_structured_data_tag(inline("fig:programme", "Programme"))
                .add_run(Run::new().add_text(", "))
                .add_structured_data_tag(inline("fig:as_at", "Day")),
        ),
        paragraph("say:part", "What the council takes part in", "BodyText"),
        heading(1, "What it costs today"),
        passage("if:services", "Services", vec![block("block:services", "Services")]),
        heading(1, "What it would pay against today"),
        passage(
            "if:shares",
            "Shares",
            vec![
                block("block:shares", "Shares"),
                text(
                    "Note",
                    "“Less” and “more” are against the cost above, or where pooled, net of income.",
                ),
            ],
        ),
        passage(
            "if:no_shares",
            "No shares yet",
            vec![text("BodyText", "No share of the cost can be given yet.")],
        ),
        heading(1, "Notices to give and systems that end"),
        passage("if:days", "Days to come", vec![block("block:days", "Days to come")]),
        paragraph("say:days", "Notices and systems", "BodyText"),
        heading(1, "Its own risks, and what is open"),
        passage("if:risks", "Risks", vec![paragraph("say:risks", "Risks", "BodyText")]),
        paragraph("say:open", "What is open", "BodyText"),
    ]
}
