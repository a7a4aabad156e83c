//! Sections 14 to 18: risks, implications, delivery and the way out.

use super::others;
use crate::draft::template::part::{Part, block, heading, list, paragraph, passage, text};

/// The groups of risks, and the part of their tags.
const GROUPS: [(&str, &str); 5] = [
    ("Financial", "fin"),
    ("Operational", "ops"),
    ("Staff", "stf"),
    ("Reputation", "rep"),
    ("Strategic", "str"),
];

pub(super) fn risks() -> Vec<Part> {
    let mut parts = vec![
        paragraph("say:risk", "The highest risk", "BodyText"),
        text(
            "Note",
            "A rating is likelihood by impact, each from 1 to 5. The highest rating of a council counts and is never averaged.",
        ),
        passage(
            "if:risks",
            "Risks",
            vec![text("Caption", "Risks as the councils rate them"), block("block:risks", "Risks")],
        ),
        paragraph("say:risk_share", "Who bears risks", "BodyText"),
    ];
    for (name, tag) in GROUPS {
        let title = format!("{name} risk");
        parts.push(heading(2, &title));
        parts.push(paragraph(&format!("say:risk.{tag}"), &title, "BodyText"));
        parts.push(list(
            &format!("each:risk.{tag}"),
            &title,
            &[
                ("Council", Some("council"), 16),
                ("Rating", Some("score"), 12),
                ("What the council would do", Some("action"), 40),
                ("Who", Some("owner"), 18),
                ("Notes", None, 14),
            ],
        ));
    }
    parts.push(passage(
        "if:own_risks",
        "Further risks",
        vec![
            heading(2, "Further risks"),
            list(
                "each:own_risks",
                "Further risks",
                &[
                    ("Council", Some("council"), 14),
                    ("Risk", Some("risk"), 22),
                    ("Rating", Some("score"), 12),
                    ("What the council would do", Some("action"), 36),
                    ("Who", Some("owner"), 16),
                ],
            ),
        ],
    ));
    parts
}

pub(super) fn implications() -> Vec<Part> {
    vec![
        heading(2, "Staffing"),
        paragraph("say:terms", "Terms of employment", "BodyText"),
        passage(
            "if:terms",
            "Terms by council",
            vec![
                text("Caption", "Terms of employment"),
                block("block:terms", "Terms of employment"),
            ],
        ),
        paragraph("say:harmonisation", "Bringing pay together", "BodyText"),
        paragraph("say:tupe", "Transfer of staff", "BodyText"),
        passage(
            "if:implications",
            "Staff and law by council",
            vec![
                text("Caption", "What the councils say of staff and law"),
                block("block:implications", "Staff and law"),
            ],
        ),
        heading(2, "Legal"),
        paragraph("say:powers", "Powers", "BodyText"),
        paragraph("say:implication.legal", "Other law", "BodyText"),
        heading(2, "Equality"),
        paragraph("say:implication.equality", "Equality", "BodyText"),
        heading(2, "Others"),
        paragraph("say:implication.others", "Other implications", "BodyText"),
    ]
}

pub(super) fn delivery() -> Vec<Part> {
    vec![
        paragraph("say:gate", "How far the project is", "BodyText"),
        paragraph("say:team", "Who does the work", "BodyText"),
        passage(
            "if:gates",
            "Decisions",
            vec![
                heading(2, "Decisions"),
                list(
                    "each:gates",
                    "Decisions",
                    &[
                        ("Decision", Some("gate"), 30),
                        ("By", Some("body"), 24),
                        ("Expected", Some("due"), 18),
                        ("Passed", Some("done"), 18),
                        ("Notes", None, 10),
                    ],
                ),
            ],
        ),
        passage(
            "if:milestones",
            "Milestones",
            vec![
                heading(2, "Milestones"),
                list(
                    "each:milestones",
                    "Milestones",
                    &[
                        ("Milestone", Some("milestone"), 28),
                        ("Expected", Some("due"), 20),
                        ("Done", Some("done"), 18),
                        ("Who", Some("owner"), 22),
                        ("Notes", None, 12),
                    ],
                ),
            ],
        ),
        passage(
            "if:reviews",
            "Reviews",
            vec![
                heading(2, "Reviews"),
                list(
                    "each:reviews",
                    "Reviews",
                    &[
                        ("Of what", Some("subject"), 52),
                        ("On", Some("due"), 26),
                        ("Notes", None, 22),
                    ],
                ),
            ],
        ),
        passage(
            "if:days",
            "Days to act by",
            vec![
                heading(2, "Days to act by"),
                text(
                    "BodyText",
                    "Notice to give, extensions to decide on, and the days by which work on what follows a contract should start.",
                ),
                list(
                    "each:days",
                    "Days to act by",
                    &[
                        ("By", Some("day"), 18),
                        ("Council", Some("council"), 14),
                        ("Contract", Some("contract"), 24),
                        ("What", Some("what"), 32),
                        ("Notes", None, 12),
                    ],
                ),
            ],
        ),
        passage(
            "if:comms",
            "Communication",
            vec![
                heading(2, "Who is told what, and when"),
                paragraph("once:comms", "Who is told what, and when", "BodyText"),
            ],
        ),
    ]
}

pub(super) fn exit() -> Vec<Part> {
    vec![paragraph("say:exit", "How a council could withdraw", "BodyText"), others::unravelling()]
}
