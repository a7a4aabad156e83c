//! Section 17 and the annexes.

use super::Titles;
use crate::draft::template::part::{
    Part, block, bullet, heading, inline, list, paragraph, passage, text, words,
};

pub(super) fn gaps(titles: &Titles) -> Vec<Part> {
    vec![
        titles.heading(17),
        passage(
            "if:gaps",
            "What is missing",
            vec![
                heading(2, "What is missing"),
                list(
                    "each:gaps",
                    "Gaps",
                    &[
                        ("Of whom", Some("who"), 15),
                        ("What is missing", Some("what"), 32),
                        ("What it affects", Some("affects"), 23),
                        ("Who can give it", Some("owner"), 17),
                        ("Notes", None, 13),
                    ],
                ),
            ],
        ),
        heading(2, "Open queries"),
        paragraph("say:queries", "Open queries", "BodyText"),
        passage(
            "if:queries",
            "Queries by council",
            vec![
                text("Caption", "Open queries by council"),
                list(
                    "each:queries",
                    "Open queries",
                    &[
                        ("Council", Some("council"), 20),
                        ("Corrections", Some("corrections"), 16),
                        ("Questions", Some("questions"), 16),
                        ("Sheets", Some("sheets"), 48),
                    ],
                ),
            ],
        ),
        heading(2, "Not yet written"),
        text(
            "BodyText",
            "These sections are left out of this draft until there is something to say in them.",
        ),
        list(
            "each:unwritten",
            "Not yet written",
            &[
                ("Section", Some("section"), 32),
                ("What it will cover", Some("covers"), 40),
                ("Who writes it", Some("owner"), 28),
            ],
        ),
    ]
}

pub(super) fn annexes(titles: &Titles) -> Vec<Part> {
    let tables = vec![
        titles.heading(19),
        Part::from(
            words("Caption", "Revenue lines, budget ")
                .add_structured_data_tag(inline("fig:base_year", "Year")),
        ),
        block("block:lines", "Revenue lines, budget"),
        Part::from(
            words("Caption", "Revenue lines, outturn ")
                .add_structured_data_tag(inline("fig:last_year", "Year")),
        ),
        block("block:outturn", "Revenue lines, outturn"),
        passage(
            "if:families",
            "Job families",
            vec![
                text("Caption", "Posts budgeted by job family"),
                block("block:families", "Posts budgeted by job family"),
            ],
        ),
    ];
    let mut parts = vec![passage("if:returns", "Annex A", tables), titles.heading(20)];
    parts.extend(METHODS.map(bullet));
    parts.extend([
        titles.heading(21),
        passage("if:sources", "Sources", vec![super::bodies::sources()]),
        paragraph("say:run", "Run", "Note"),
    ]);
    parts
}

/// What a reader who is no accountant needs to know of the figures (domain.md D1 to D3, D6).
const METHODS: [&str; 8] = [
    "Gross controllable expenditure is employees, premises, transport, supplies and services, and third-party payments. It \
     leaves out transfer payments, support services, capital charges and income.",
    "Net controllable expenditure is gross controllable expenditure with transfer payments, less income. The net total adds \
     support services charged in, depreciation and impairment.",
    "A payment from one partner council to another is taken out of the combined figures, so that it is not counted twice.",
    "A combined figure over fewer councils says so. A missing answer is never counted as nil.",
    "Approved capital spending is that of approved schemes only. Provisional schemes and bids stand apart.",
    "Posts are counted as full-time equivalents (FTE), weighted by the time that they give to the service. The vacancy rate is the \
     part of the budgeted posts that is not filled.",
    "A system lasts until its licence or its support ends, whichever is sooner. A contract lasts to its last day in force, without \
     any option to extend it.",
    "Figures are exact until they are printed, and then rounded to the nearest pound, to two places of FTE, or to a tenth of a \
     per cent.",
];
