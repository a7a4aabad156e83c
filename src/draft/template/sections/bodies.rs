//! Sections 4 to 18: what stands below each heading.

use super::{management, money, others};
use crate::draft::template::part::{
    Column, Part, block, chart, heading, list, paragraph, passage, text,
};

/// What a section says below its heading.
pub(super) fn body(section: u32) -> Vec<Part> {
    match section {
        4 => overview(),
        5 => facts(),
        6 => budgets(),
        7 => staff(),
        8 => systems(),
        9 => contracts(),
        10 => money::performance(),
        11 => options(),
        12 => money::financial_case(),
        13 => money::benefits(),
        14 => management::risks(),
        15 => management::implications(),
        16 => management::delivery(),
        18 => management::exit(),
        _ => vec![],
    }
}

fn overview() -> Vec<Part> {
    let mut parts = vec![
        passage(
            "if:purpose",
            "Purpose",
            vec![heading(2, "Purpose"), paragraph("once:purpose", "Purpose", "BodyText")],
        ),
        passage(
            "if:core",
            "Why it is a core project",
            vec![
                heading(2, "Why it is a core project"),
                paragraph("once:core", "Why it is a core project", "BodyText"),
            ],
        ),
        heading(2, "Benefits"),
    ];
    parts.extend(benefits());
    parts.extend([
        heading(2, "Criteria"),
        paragraph("say:criteria", "Criteria", "BodyText"),
        passage(
            "if:stakeholders",
            "Stakeholders",
            vec![heading(2, "Stakeholders"), stakeholders()],
        ),
    ]);
    parts
}

/// What is gained, in words and as a table.
pub(super) fn benefits() -> Vec<Part> {
    vec![
        paragraph("say:benefits", "Benefits", "BodyText"),
        passage(
            "if:benefits",
            "Table of benefits",
            vec![
                text("Caption", "Benefits and how they will be measured"),
                list(
                    "each:benefits",
                    "Benefits",
                    &[
                        ("Benefit", Some("benefit"), 24),
                        ("Kind", Some("kind"), 15),
                        ("Measured by", Some("measure"), 21),
                        ("Now", Some("now"), 10),
                        ("Target", Some("target"), 12),
                        ("By", Some("due"), 18),
                    ],
                ),
            ],
        ),
    ]
}

pub(super) fn stakeholders() -> Part {
    list(
        "each:stakeholders",
        "Stakeholders",
        &[
            ("Who", Some("who"), 32),
            ("What matters to them", Some("interest"), 34),
            ("Their part", Some("part"), 16),
            ("Notes", None, 18),
        ],
    )
}

/// The returns and the brief by their short references.
pub(super) fn sources() -> Part {
    list(
        "each:sources",
        "Sources",
        &[
            ("Reference", Some("reference"), 16),
            ("From", Some("who"), 22),
            ("What was returned", Some("returned"), 40),
            ("Figures as at", Some("as_at"), 22),
        ],
    )
}

fn facts() -> Vec<Part> {
    vec![
        paragraph("say:service", "How the service is provided", "BodyText"),
        text("Caption", "The service in each council"),
        block("block:facts", "Basic facts by council"),
        passage(
            "if:scopes",
            "What the service does",
            vec![
                text("Caption", "What the service does"),
                list(
                    "each:scopes",
                    "What the service does",
                    &[
                        ("Council", Some("council"), 18),
                        ("What the service does", Some("scope"), 82),
                    ],
                ),
            ],
        ),
    ]
}

fn budgets() -> Vec<Part> {
    // A year's column holds "£11,150,000" on one line; that leaves the status no column of its own.
    let years: [Column; 6] = [
        ("Council", Some("council"), 14),
        ("Scheme and its status", Some("scheme"), 26),
        ("First year", Some("y0"), 15),
        ("Second year", Some("y1"), 15),
        ("Third year", Some("y2"), 15),
        ("Fourth year", Some("y3"), 15),
    ];
    let mut parts = vec![
        heading(2, "Revenue"),
        paragraph("say:revenue", "Combined revenue budget", "BodyText"),
        text("Caption", "Revenue by council"),
        block("block:revenue", "Revenue by council"),
    ];
    parts.extend(chart(
        "budget",
        "What each council spends",
        "What each council spends, by heading",
    ));
    parts.extend([
        heading(2, "Capital"),
        paragraph("say:capital", "Combined capital spending", "BodyText"),
        text("Caption", "Capital spending by council"),
        block("block:capital", "Capital spending by council"),
        passage(
            "if:schemes",
            "Schemes",
            vec![
                text("Caption", "Capital schemes"),
                list("each:schemes", "Capital schemes", &years),
            ],
        ),
        heading(2, "Accounting basis"),
        paragraph("say:basis", "Accounting basis", "BodyText"),
        passage(
            "if:basis",
            "Accounting basis by council",
            vec![
                text("Caption", "Accounting basis by council"),
                block("block:basis", "Accounting basis by council"),
            ],
        ),
    ]);
    parts
}

fn staff() -> Vec<Part> {
    let mut parts = vec![
        paragraph("say:staff", "Staff numbers", "BodyText"),
        paragraph("say:charts", "Structure charts", "BodyText"),
        text("Caption", "Staff by council"),
        block("block:staffing", "Staff by council"),
    ];
    parts.extend(chart("staff", "Posts budgeted and filled", "Posts budgeted and filled"));
    parts
}

fn systems() -> Vec<Part> {
    let mut parts = vec![
        paragraph("say:ict", "How long systems last", "BodyText"),
        text("Caption", "How long systems last, by council"),
        block("block:ict", "How long systems last"),
    ];
    parts.extend(chart("ict_lifespans", "How long systems last", "Systems by how long they last"));
    parts.push(passage(
        "if:systems",
        "Systems",
        vec![
            text("Caption", "Systems in use"),
            list(
                "each:systems",
                "Systems",
                &[
                    ("Used for", Some("function"), 18),
                    ("Council", Some("council"), 13),
                    ("System", Some("system"), 22),
                    ("Support", Some("support"), 14),
                    ("Ends", Some("ends"), 20),
                    ("Notes", None, 13),
                ],
            ),
        ],
    ));
    parts.extend([
        passage(
            "if:overlap",
            "Systems in common",
            vec![
                heading(2, "Systems in common"),
                paragraph("say:overlap", "Systems in common", "BodyText"),
                text("Caption", "The commonest system for each purpose"),
                block("block:overlap", "Systems in common"),
            ],
        ),
        passage(
            "if:steps",
            "Steps towards shared systems",
            vec![
                heading(2, "Steps towards shared systems"),
                list(
                    "each:steps",
                    "Steps towards shared systems",
                    &[
                        ("Used for", Some("function"), 22),
                        ("Step", Some("step"), 32),
                        ("Council", Some("council"), 14),
                        ("By", Some("due"), 18),
                        ("Notes", None, 14),
                    ],
                ),
            ],
        ),
    ]);
    parts
}

fn contracts() -> Vec<Part> {
    let mut parts = vec![
        paragraph("say:contracts", "How long contracts last", "BodyText"),
        text("Caption", "How long contracts last, by council"),
        block("block:contracts", "How long contracts last"),
    ];
    parts.extend(chart(
        "contracts_lifespans",
        "How long contracts last",
        "Contracts by how long they last",
    ));
    parts.extend(chart("timeline", "Contracts along the years", "Contracts along the years"));
    parts.push(passage(
        "if:contracts",
        "Contracts",
        vec![
            text("Caption", "Contracts"),
            list(
                "each:contracts",
                "Contracts",
                &[
                    ("Council", Some("council"), 13),
                    ("What it covers", Some("title"), 18),
                    ("Supplier", Some("supplier"), 15),
                    ("Ends", Some("ends"), 15),
                    ("Option to extend", Some("extension"), 11),
                    ("Notice", Some("notice"), 11),
                    ("Can end early", Some("early"), 8),
                    ("Notes", None, 9),
                ],
            ),
        ],
    ));
    parts.extend([passage(
        "if:alignment",
        "When contracts can end together",
        vec![
            heading(2, "When contracts can end together"),
            paragraph("say:alignment", "When contracts can end together", "BodyText"),
            paragraph("say:joining", "When each council could join", "BodyText"),
            text("Caption", "What has to be done about each contract, and by when"),
            list(
                "each:contract_dates",
                "What to do about contracts",
                &[
                    ("Council", Some("council"), 14),
                    ("Contract", Some("contract"), 20),
                    ("Free from, at the earliest", Some("free"), 14),
                    ("Notice by, for the planned start", Some("notice"), 14),
                    ("Extension to be decided by", Some("decide"), 14),
                    ("Work on what follows to start by", Some("start"), 14),
                    ("Notes", None, 10),
                ],
            ),
        ],
    )]);
    parts
}

/// The options of the brief, with a column for the lead's notes.
pub(super) fn option_list() -> Part {
    list(
        "each:options",
        "Options",
        &[
            ("Option", Some("number"), 9),
            ("Name", Some("name"), 22),
            ("Model", Some("model"), 15),
            ("Councils", Some("councils"), 22),
            ("Starts on", Some("start"), 14),
            ("Ruled out", Some("ruled_out"), 9),
            ("Notes", None, 12),
        ],
    )
}

fn options() -> Vec<Part> {
    let mut parts = vec![
        option_list(),
        paragraph("say:options", "What is said of the options", "BodyText"),
        passage(
            "if:rationale",
            "Why",
            vec![
                heading(2, "Why these options"),
                paragraph("once:rationale", "Why these options", "BodyText"),
            ],
        ),
        heading(2, "What the options cost and save"),
        passage(
            "if:cash",
            "Table of what the options cost and save",
            vec![
                text("Caption", "What each option has cost or saved by the end of each year"),
                block("block:cash", "Cash by the end of a year"),
            ],
        ),
    ];
    parts.extend(chart(
        "cash",
        "Cash added up year by year",
        "Savings less one-off costs, added up year by year",
    ));
    parts.extend([
        passage(
            "if:compared",
            "How the options compare",
            vec![
                heading(2, "How the options compare"),
                block("block:compared", "How the options compare"),
            ],
        ),
        passage(
            "if:scenarios",
            "With and without each council",
            vec![
                heading(2, "With and without each council"),
                paragraph("say:scenarios", "With and without each council", "BodyText"),
                block("block:scenarios", "With and without each council"),
            ],
        ),
        passage(
            "if:fit",
            "Fit of the partners",
            vec![
                heading(2, "Fit of the partners"),
                text("Caption", "How each council's chief executive sees the partnership"),
                block("block:fit", "Fit of the partners"),
            ],
        ),
    ]);
    parts.extend(others::achieved());
    parts
}
