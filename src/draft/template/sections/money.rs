//! Sections 10, 12 and 13: what it costs and saves, and what it brings.

use crate::draft::template::part::{Part, block, heading, list, paragraph, passage, text};

pub(super) fn performance() -> Vec<Part> {
    vec![
        heading(2, "Unit costs"),
        paragraph("say:unit_cost", "Unit costs", "BodyText"),
        text("Caption", "Gross controllable expenditure by what it serves"),
        block("block:unit_cost", "Unit costs by council"),
        passage(
            "if:indicators",
            "Indicators",
            vec![
                heading(2, "Indicators"),
                paragraph("say:indicators", "Indicators", "BodyText"),
                text("Caption", "Indicators this year"),
                block("block:indicators", "Indicators by council"),
            ],
        ),
        heading(2, "Certainty that quality is kept"),
        paragraph("say:quality", "Certainty that quality is kept", "BodyText"),
        text("Caption", "How sure each council is"),
        block("block:quality", "Certainty by council"),
    ]
}

pub(super) fn financial_case() -> Vec<Part> {
    let saved = vec![
        heading(2, "What would be saved"),
        paragraph("say:saving", "What would be saved", "BodyText"),
        text("Caption", "Savings by line: levels reached in each year"),
        block("block:savings", "Savings by line"),
        heading(2, "The savings test on every basis"),
        paragraph("say:bases", "The test on every basis", "BodyText"),
        passage(
            "if:tested",
            "The savings test on every basis",
            vec![
                text("Caption", "What year 2 saves as a part of each budget"),
                block("block:bases", "The test on every basis"),
            ],
        ),
        paragraph("say:beside", "What bears on the saving", "BodyText"),
    ];
    let spent = vec![
        heading(2, "One-off costs and where the money comes from"),
        paragraph("say:one_off", "One-off costs", "BodyText"),
        passage(
            "if:one_off",
            "One-off costs",
            vec![text("Caption", "One-off costs"), block("block:one_off", "One-off costs")],
        ),
        paragraph("say:funding", "Where the money comes from", "BodyText"),
        passage(
            "if:funding",
            "Sources",
            vec![
                text("Caption", "Where the money comes from"),
                list(
                    "each:funding",
                    "Where the money comes from",
                    &[
                        ("Source", Some("source"), 40),
                        ("Amount", Some("amount"), 18),
                        ("Status", Some("status"), 18),
                        ("Notes", None, 24),
                    ],
                ),
            ],
        ),
    ];
    let shared = vec![
        heading(2, "Who would pay what"),
        paragraph("say:basis_agreed", "How cost is shared", "BodyText"),
        paragraph("say:sharing", "Who would pay more", "BodyText"),
        passage(
            "if:shares",
            "Shares",
            vec![
                block("block:each_share", "What each council would pay"),
                block("block:shares", "Gains and losses by basis"),
                paragraph("say:compensation", "Whether gains make losses good", "BodyText"),
            ],
        ),
    ];
    let worth = vec![
        heading(2, "Payback and present value"),
        paragraph("say:payback", "Payback and present value", "BodyText"),
        passage(
            "if:worth",
            "Cash by year",
            vec![
                paragraph("say:worth", "What it is worth today", "BodyText"),
                text("Caption", "Cash by year"),
                block("block:cash_by_year", "Cash by year"),
                text("Caption", "What the result hangs on, one thing at a time"),
                block("block:cases", "What the result hangs on"),
            ],
        ),
    ];
    let worth = vec![passage("if:tested", "Payback and present value", worth)];
    [saved, spent, shared, worth].into_iter().flatten().collect()
}

pub(super) fn benefits() -> Vec<Part> {
    vec![
        paragraph("say:counted", "How answers are counted", "BodyText"),
        heading(2, "Outcomes"),
        block("block:outcomes", "Outcomes"),
        heading(2, "Criteria for joint services"),
        block("block:criteria", "Criteria"),
    ]
}
