//! The statement of intent (domain.md E1).

use super::{bodies, opening};
use crate::draft::template::part::{Part, fact, heading, list, paragraph, passage, text};

pub(super) fn parts() -> Vec<Part> {
    let mut parts = vec![
        paragraph("fig:title", "Project", "Title"),
        text("Subtitle", "Statement of intent"),
        fact("Project", "fig:project"),
        fact("Councils", "fig:councils"),
        fact("For decision by", "fig:committee"),
        fact("Classification", "fig:classification"),
        fact("Next stage", "fig:next_stage"),
        fact("Figures as at", "fig:as_at"),
        heading(1, "1 Purpose and scope"),
        passage(
            "if:no_brief",
            "No brief yet",
            vec![text(
                "BodyText",
                "The project brief has not been received in a form that can be used.",
            )],
        ),
        passage("if:purpose", "Purpose", vec![paragraph("once:purpose", "Purpose", "BodyText")]),
        paragraph("say:class", "Core or windfall", "BodyText"),
        passage(
            "if:core",
            "Why",
            vec![paragraph("once:core", "Why it is a core project", "BodyText")],
        ),
    ];
    let mut brief = vec![heading(1, "2 Likely benefits")];
    brief.extend(bodies::benefits());
    brief.push(heading(1, "3 Criteria"));
    brief.push(paragraph("say:criteria", "Criteria", "BodyText"));
    brief.push(passage(
        "if:stakeholders",
        "Stakeholders",
        vec![heading(1, "4 Stakeholders"), bodies::stakeholders()],
    ));
    brief.extend([
        heading(1, "5 Project leader"),
        fact("Name", "fig:leader"),
        fact("Job", "fig:leader.role"),
        fact("Council", "fig:leader.council"),
        fact("Telephone", "fig:leader.phone"),
        heading(1, "6 Resources"),
        passage(
            "if:resources",
            "Other resources",
            vec![paragraph("once:resources", "Other resources", "BodyText")],
        ),
        paragraph("say:time", "Time", "BodyText"),
        passage(
            "if:team",
            "Team",
            vec![
                text("Caption", "The project team"),
                list(
                    "each:team",
                    "Project team",
                    &[
                        ("Role", Some("role"), 34),
                        ("Council", Some("council"), 26),
                        ("Share of time", Some("time"), 20),
                        ("Days in all", Some("days"), 20),
                    ],
                ),
            ],
        ),
        heading(1, "7 Funding"),
        paragraph("say:funding", "Funding", "BodyText"),
        passage(
            "if:funding",
            "Sources of funding",
            vec![
                text("Caption", "Sources of funding"),
                list(
                    "each:funding",
                    "Sources of funding",
                    &[
                        ("Source", Some("source"), 50),
                        ("Amount", Some("amount"), 25),
                        ("Status", Some("status"), 25),
                    ],
                ),
            ],
        ),
    ]);
    parts.push(passage("if:brief", "From the project brief", brief));
    parts.extend([
        passage(
            "if:returns",
            "Early facts",
            vec![
                heading(1, "8 Early facts"),
                paragraph("say:coverage", "Coverage", "BodyText"),
                paragraph("say:staff", "Staff numbers", "BodyText"),
                text("Caption", "What the returns held so far say"),
                opening::headlines(),
            ],
        ),
        heading(1, "9 What is not known yet"),
        paragraph("say:unknown", "What is not known yet", "BodyText"),
        heading(1, "10 Decisions and dates"),
        paragraph("say:gate", "Next step", "BodyText"),
        passage(
            "if:gates",
            "Gates",
            vec![
                text("Caption", "Decisions on the way"),
                list(
                    "each:gates",
                    "Decisions on the way",
                    &[
                        ("Gate", Some("gate"), 33),
                        ("Body", Some("body"), 24),
                        ("Expected", Some("planned"), 21),
                        ("Done", Some("done"), 22),
                    ],
                ),
            ],
        ),
        heading(1, "Annex: sources"),
        passage("if:sources", "Sources", vec![bodies::sources()]),
        paragraph("say:run", "Run", "Note"),
    ]);
    parts
}
