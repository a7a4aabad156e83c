//! What the business case is made of, from the first page to the last annex (domain.md E2).

use docx_rs::{FieldCharType, InstrText, Paragraph, Run};

use super::part::{
    Part, block, bullet, contents, fact, fixed, heading, inline, link, list, paragraph, passage,
    section_heading, text, words,
};
use crate::draft::wording::Wording;

/// Sections that stand only while there is something to say in them, and the passage that shows them.
const PASSAGES: [(u32, &str); 14] = [
    (4, "if:brief"),
    (5, "if:returns"),
    (6, "if:returns"),
    (7, "if:returns"),
    (8, "if:returns"),
    (9, "if:returns"),
    (10, "if:section.10"),
    (11, "if:options"),
    (12, "if:section.12"),
    (13, "if:section.13"),
    (14, "if:section.14"),
    (15, "if:section.15"),
    (16, "if:section.16"),
    (18, "if:section.18"),
];

const ANNEXES: [(u32, &str, &str); 3] = [
    (19, "Annex A: tables by council", "if:returns"),
    (20, "Annex B: how the figures are made", ""),
    (21, "Annex C: sources", ""),
];

/// The front page stands alone, and the annexes begin on a page of their own.
const PAGES: [u32; 2] = [2, 19];

/// Every part of the template, in order.
pub(super) fn parts() -> Vec<Part> {
    let titles = Titles(Wording::built_in());
    let mut parts =
        vec![paragraph("fig:title", "Project", "Title"), text("Subtitle", "Business case")];
    parts.extend(about(&titles));
    parts.push(contents_list(&titles));
    parts.extend(decision(&titles));
    parts.extend(rests_on(&titles));
    for section in 4..=16 {
        parts.push(titles.passage(section, body(section)));
    }
    parts.extend(gaps(&titles));
    parts.push(titles.passage(18, vec![]));
    parts.extend(annexes(&titles));
    parts
}

struct Titles(Wording);

impl Titles {
    /// "6 Combined revenue and capital": a section keeps its number whatever else is shown.
    fn title(&self, section: u32) -> String {
        match ANNEXES.iter().find(|(number, ..)| *number == section) {
            Some((_, title, _)) => (*title).to_owned(),
            None => {
                format!("{section} {}", self.0.say(&format!("section.{section}"), "title", &[]))
            }
        }
    }

    fn heading(&self, section: u32) -> Part {
        let name = bookmark(section);
        let id = usize::try_from(section).unwrap_or_default();
        section_heading(&self.title(section), id, &name, PAGES.contains(&section))
    }

    /// A section with its heading, shown while there is something to say.
    fn passage(&self, section: u32, body: Vec<Part>) -> Part {
        let tag = PASSAGES.iter().find(|(own, _)| *own == section).map_or("", |(_, tag)| tag);
        let mut parts = vec![self.heading(section)];
        parts.extend(body);
        passage(tag, &format!("Section {section}"), parts)
    }
}

fn bookmark(section: u32) -> String {
    format!("_Toc{section:06}")
}

/// Entries stand there before Word is asked to bring them up to date; page numbers come with that.
fn contents_list(titles: &Titles) -> Part {
    let entry = |section: u32| {
        let own = link(&bookmark(section), &titles.title(section));
        Paragraph::new().style("TOC1").add_hyperlink(own)
    };
    let field = Run::new()
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(InstrText::Unsupported(String::from(" TOC \\o \"1-2\" \\h \\z \\u ")))
        .add_field_char(FieldCharType::Separate, false);
    let first = link(&bookmark(1), &titles.title(1));
    let mut parts = vec![
        text("TOCHeading", "Contents"),
        Part::from(Paragraph::new().style("TOC1").add_run(field).add_hyperlink(first)),
    ];
    for section in 2..=20 {
        let annex = ANNEXES.iter().find(|(own, ..)| *own == section).map(|(.., tag)| *tag);
        let own = PASSAGES.iter().find(|(own, _)| *own == section).map(|(_, tag)| *tag);
        parts.push(match own.or(annex).filter(|tag| !tag.is_empty()) {
            None => Part::from(entry(section)),
            Some(tag) => passage(tag, "Contents", vec![Part::from(entry(section))]),
        });
    }
    let end = Run::new().add_field_char(FieldCharType::End, false);
    parts.push(Part::from(entry(21).add_run(end)));
    contents(parts)
}

fn about(titles: &Titles) -> Vec<Part> {
    vec![
        titles.heading(1),
        fact("Project", "fig:project"),
        fact("Project lead", "fig:lead"),
        fact("Councils", "fig:councils"),
        fact("For decision by", "fig:committee"),
        fact("Decision type", "fig:decision_type"),
        fact("Classification", "fig:classification"),
        fact("Next update", "fig:next_update"),
        fact("Figures as at", "fig:as_at"),
        text(
            "Note",
            "This is a draft, not a decision. It reports what the councils returned. Figures and tables are brought up to \
             date from the returns; everything else is the project lead's.",
        ),
    ]
}

fn decision(titles: &Titles) -> Vec<Part> {
    let asked = vec![
        heading(2, "What the committee is asked to decide"),
        paragraph("once:decision", "What the committee is asked to decide", "BodyText"),
    ];
    let figures = vec![
        heading(2, "Headline figures"),
        headlines(),
        text(
            "Note",
            "Gross controllable expenditure is what the service itself spends, before central charges.",
        ),
    ];
    vec![
        titles.heading(2),
        passage("if:decision", "Decision", asked),
        passage("if:returns", "Headline figures", figures),
        passage(
            "if:no_returns",
            "No returns",
            vec![text("BodyText", "There are no figures yet: no return can be used.")],
        ),
    ]
}

/// One row for each figure: what it is, the figure, and whom it covers.
fn headlines() -> Part {
    let rows: [(&str, &str, &str); 6] = [
        ("Gross controllable expenditure, ", "fig:base_year", "revenue.gross_controllable"),
        ("Net controllable expenditure, ", "fig:base_year", "revenue.net_controllable"),
        (
            "Net total, with support services and capital charges, ",
            "fig:base_year",
            "revenue.net_total",
        ),
        ("Approved capital spending, ", "fig:capital_years", "capital.approved"),
        ("Posts budgeted (FTE)", "", "staffing.fte_established"),
        ("Vacancy rate", "", "staffing.vacancy_rate"),
    ];
    let mut cells = vec![vec![
        words("TableText", "Measure"),
        words("TableNumber", "Figure"),
        words("TableText", "Councils covered"),
    ]];
    for (label, year, key) in rows {
        let label_cell = words("TableText", label);
        cells.push(vec![
            if year.is_empty() {
                label_cell
            } else {
                label_cell.add_structured_data_tag(inline(year, "Year"))
            },
            Paragraph::new().style("TableNumber").add_structured_data_tag(inline(
                &format!("fig:{key}"),
                label.trim_end_matches(", "),
            )),
            Paragraph::new()
                .style("TableText")
                .add_structured_data_tag(inline(&format!("fig:covers.{key}"), "Councils covered")),
        ]);
    }
    fixed("Headline figures", &[46, 18, 36], cells)
}

fn rests_on(titles: &Titles) -> Vec<Part> {
    vec![
        titles.heading(3),
        paragraph("say:coverage", "Coverage", "BodyText"),
        passage(
            "if:returns",
            "Quality of the figures",
            vec![
                paragraph("say:dates", "Dates", "BodyText"),
                paragraph("say:gaps", "Estimates and missing answers", "BodyText"),
            ],
        ),
        text("Caption", "Returns by council"),
        block("block:coverage", "Returns by council"),
    ]
}

/// What a section says below its heading; nothing yet where the figures are not reckoned yet.
fn body(section: u32) -> Vec<Part> {
    match section {
        4 => overview(),
        5 => facts(),
        6 => budgets(),
        7 => staff(),
        8 => systems(),
        9 => contracts(),
        11 => options(),
        _ => vec![],
    }
}

fn overview() -> Vec<Part> {
    vec![
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
        heading(2, "Criteria"),
        paragraph("say:criteria", "Criteria", "BodyText"),
        passage(
            "if:stakeholders",
            "Stakeholders",
            vec![
                heading(2, "Stakeholders"),
                list(
                    "each:stakeholders",
                    "Stakeholders",
                    &[
                        ("Who", Some("who"), 32),
                        ("What matters to them", Some("interest"), 34),
                        ("Their part", Some("part"), 16),
                        ("Notes", None, 18),
                    ],
                ),
            ],
        ),
    ]
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
    let years: [super::part::Column; 6] = [
        ("Council", Some("council"), 14),
        ("Scheme and its status", Some("scheme"), 26),
        ("First year", Some("y0"), 15),
        ("Second year", Some("y1"), 15),
        ("Third year", Some("y2"), 15),
        ("Fourth year", Some("y3"), 15),
    ];
    vec![
        heading(2, "Revenue"),
        paragraph("say:revenue", "Combined revenue budget", "BodyText"),
        text("Caption", "Revenue by council"),
        block("block:revenue", "Revenue by council"),
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
    ]
}

fn staff() -> Vec<Part> {
    vec![
        paragraph("say:staff", "Staff numbers", "BodyText"),
        paragraph("say:charts", "Structure charts", "BodyText"),
        text("Caption", "Staff by council"),
        block("block:staffing", "Staff by council"),
    ]
}

fn systems() -> Vec<Part> {
    vec![
        paragraph("say:ict", "How long systems last", "BodyText"),
        text("Caption", "How long systems last, by council"),
        block("block:ict", "How long systems last, by council"),
        passage(
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
        ),
    ]
}

fn contracts() -> Vec<Part> {
    vec![
        paragraph("say:contracts", "How long contracts last", "BodyText"),
        text("Caption", "How long contracts last, by council"),
        block("block:contracts", "How long contracts last, by council"),
        passage(
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
        ),
    ]
}

fn options() -> Vec<Part> {
    vec![
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
        ),
        passage(
            "if:rationale",
            "Why",
            vec![
                heading(2, "Why these options"),
                paragraph("once:rationale", "Why these options", "BodyText"),
            ],
        ),
    ]
}

fn gaps(titles: &Titles) -> Vec<Part> {
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

fn annexes(titles: &Titles) -> Vec<Part> {
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
        passage(
            "if:sources",
            "Sources",
            vec![list(
                "each:sources",
                "Sources",
                &[
                    ("Reference", Some("reference"), 16),
                    ("From", Some("who"), 22),
                    ("What was returned", Some("returned"), 40),
                    ("Figures as at", Some("as_at"), 22),
                ],
            )],
        ),
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
