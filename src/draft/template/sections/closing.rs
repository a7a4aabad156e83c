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
        passage(
            "if:unwritten",
            "Not yet written",
            vec![
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
        passage(
            "if:shares",
            "Shares",
            vec![block("block:amounts", "What each would pay by basis")],
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

/// What a reader who is no accountant needs to know of the figures (domain.md D1 to D12).
const METHODS: [&str; 15] = [
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
    "When contracts can end together is the latest of the days on which each can be left. Leaving early costs what the contract \
     says for each month left, part months counted as whole.",
    "The savings test compares the cash saving of year 2, less what is kept to manage the service and what bringing pay together \
     costs, with the part of the recurring budget that has to be saved: of gross controllable expenditure, unless the programme \
     has set another basis. It is made only for the councils that an option was worked out for, and only when all of them are \
     complete. In the low case each line saves what the brief gives as its worst.",
    "Cost is shared in whole pounds that add up exactly. Where each council keeps its own income, gross controllable expenditure \
     less the saving is shared; with income pooled, net controllable expenditure less the saving.",
    "Payback counts from the start of year 1, undiscounted. Present values take year 0 as it is and discount later years at the \
     rate named beside them, in constant prices. Only cash is counted.",
    "A unit cost is gross controllable expenditure divided by what it serves. For all councils it is one sum divided by another, \
     never a mean of rates.",
    "The highest rating of a risk counts, with the council that gave it. Opinions on outcomes and criteria are counted, never \
     weighted.",
    "What bringing pay together costs is reckoned for each job family on salaries, with on-costs, and never below nought.",
    "Figures are exact until they are printed, and then rounded to the nearest pound, to two places of FTE, or to a tenth of a \
     per cent. What a unit of work costs, and what is short of a target, stand to the penny.",
];
