//! The covering report, in the format of the joint committee's report of 25 June 2008 (domain.md E8).

use docx_rs::Paragraph;

use super::{bodies, opening, summary};
use crate::draft::template::{
    part::{Part, block, fact, fact_of, heading, inline, paragraph, passage, text},
    style,
};

pub(super) fn parts() -> Vec<Part> {
    let (numbering, level) = style::bullet();
    let mut parts = vec![
        paragraph("fig:committee", "Committee", "Title"),
        paragraph("fig:meeting", "Meeting", "Subtitle"),
        fact("Subject", "fig:subject"),
        fact("Decision issues", "fig:decision_issues"),
        fact("Decision type", "fig:decision_type"),
        fact("Classification", "fig:classification"),
        fact("Summary", "fig:summary"),
        passage("if:decision", "Decision", vec![fact("To resolve", "once:decision")]),
        passage(
            "if:no_decision",
            "No decision yet",
            vec![fact_of("To resolve", "to be given by the project lead")],
        ),
        fact("Next stage", "fig:next_stage"),
        passage(
            "if:key_decision",
            "Key decision",
            vec![paragraph("say:key_decision", "Key decision", "Note")],
        ),
        passage(
            "if:decisions",
            "Decisions and call-in",
            vec![
                text("Caption", "Decisions and call-in"),
                block("block:decisions", "Decisions and call-in"),
            ],
        ),
        heading(1, "1 Introduction"),
        paragraph("say:introduction", "Introduction", "BodyText"),
        passage("if:purpose", "Purpose", vec![paragraph("once:purpose", "Purpose", "BodyText")]),
        heading(1, "2 Detail"),
        paragraph("say:coverage", "Coverage", "BodyText"),
        passage(
            "if:returns",
            "What the returns say",
            vec![text("Caption", "What the returns say"), opening::headlines()],
        ),
        heading(1, "3 Options"),
        passage("if:options", "Options", vec![bodies::option_list()]),
        passage(
            "if:no_options",
            "No options",
            vec![text("BodyText", "No option has been put forward yet.")],
        ),
        paragraph("once:alternatives", "What members can decide", "Note"),
        heading(1, "4 Reasons and risk assessment"),
        passage("if:rationale", "Why", vec![paragraph("once:rationale", "Reasons", "BodyText")]),
        paragraph("say:test", "The savings test", "BodyText"),
        passage(
            "if:tested",
            "The savings test",
            vec![text("Caption", "The savings test"), block("block:test", "The savings test")],
        ),
        paragraph("say:quality", "Quality", "Note"),
        paragraph("say:risk", "Risk", "BodyText"),
        passage(
            "if:risks",
            "Risks",
            vec![text("Caption", "Risks as the councils rate them"), block("block:risks", "Risks")],
        ),
        heading(1, "5 Implications"),
        heading(2, "Financial"),
        text("Caption", "What it costs and saves"),
        summary::numbers(),
    ];
    parts.extend([
        passage(
            "if:tested",
            "Payback",
            vec![paragraph("say:payback", "Payback and present value", "Note")],
        ),
        paragraph("say:sharing", "Who pays more", "BodyText"),
        passage("if:shares", "Shares", vec![block("block:shares", "Shares")]),
        heading(2, "Legal"),
        paragraph("say:powers", "Powers", "BodyText"),
        paragraph("say:implication.legal", "Legal implications", "BodyText"),
        heading(2, "Staffing"),
        paragraph("say:staff", "Staff numbers", "BodyText"),
        heading(2, "Equality"),
        paragraph("say:implication.equality", "Equality", "BodyText"),
        heading(2, "Others"),
        paragraph("say:implication.others", "Other implications", "BodyText"),
        heading(1, "6 Conclusion"),
        paragraph("once:conclusion", "Conclusion", "BodyText"),
        heading(1, "Background papers"),
        Part::from(
            Paragraph::new()
                .style("ListBullet")
                .numbering(numbering, level)
                .add_structured_data_tag(inline("fig:paper", "Background paper")),
        ),
        heading(1, "Contact officer"),
        paragraph("fig:contact", "Contact officer", "BodyText"),
    ]);
    parts
}
