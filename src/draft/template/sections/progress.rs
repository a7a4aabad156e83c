//! The progress report to the joint committee (domain.md E5).

use crate::draft::template::part::{Part, block, bullet, fact, heading, paragraph, passage, text};

/// What the aim of the programme asks for, for members to consider. None of it is scored.
const MEASURES: [&str; 8] = [
    "a vision of what the councils want to achieve together",
    "ways of working that all keep to",
    "a clear identity for the partnership",
    "support from members for shared services as a means to better services",
    "projects that leave room for what is to follow",
    "one agreed way of managing projects",
    "proof that sharing services benefits the area as a whole",
    "services that are delivered",
];

pub(super) fn parts() -> Vec<Part> {
    let table = |shown: &str, none: &str, tag: &str, label: &str, otherwise: &str| {
        vec![
            passage(shown, label, vec![block(tag, label)]),
            passage(none, label, vec![text("BodyText", otherwise)]),
        ]
    };
    let mut parts = vec![
        paragraph("fig:title", "Title", "Title"),
        text("Subtitle", "Progress report"),
        fact("To", "fig:committee"),
        fact("Figures as at", "fig:as_at"),
        heading(1, "1 Summary"),
        paragraph("say:summary", "Summary", "BodyText"),
        heading(1, "2 Where each project is"),
        text("Caption", "Gates passed and to come"),
        block("block:gates", "Gates"),
        text("Caption", "What the returns show"),
        block("block:standing", "How each stands"),
        paragraph("say:rule", "What decides how each stands", "Note"),
        heading(1, "3 What needs a decision"),
    ];
    parts.extend(table(
        "if:decisions",
        "if:no_decisions",
        "block:decisions",
        "Decisions",
        "No project brief asks for a decision yet.",
    ));
    parts.push(heading(1, "4 Fighting fund"));
    parts.extend(table(
        "if:fund",
        "if:no_fund",
        "block:fund",
        "Fighting fund",
        "No project has asked for money from the fighting fund.",
    ));
    parts.extend([
        heading(1, "5 Savings"),
        text("Caption", "Named earlier, planned and tested"),
        block("block:savings", "Savings"),
        paragraph("say:live", "Realised savings and the aim", "Note"),
        heading(1, "6 Load by council"),
        block("block:load", "Load by council"),
        heading(1, "7 Risks above the threshold"),
    ]);
    parts.extend(table(
        "if:red",
        "if:no_red",
        "block:red",
        "Risks above the threshold",
        "No risk is rated red.",
    ));
    parts.extend([
        heading(1, "8 Measures of success"),
        text(
            "BodyText",
            "The aim is broad use of shared services with proven benefits within three years. For members to consider, it \
             asks for:",
        ),
    ]);
    parts.extend(MEASURES.map(bullet));
    parts.extend([
        heading(1, "Annex: returns by project and council"),
        block("block:coverage", "Returns by project and council"),
        paragraph("say:run", "Run", "Note"),
    ]);
    parts
}
