//! What each document is made of; here the business case, from the first page to the last annex (domain.md E2).

mod bodies;
mod closing;
mod intent;
mod management;
mod money;
mod opening;
mod others;
mod page;
mod progress;
mod report;
mod summary;

use docx_rs::{FieldCharType, InstrText, Paragraph, Run};

use super::part::{Part, contents, link, paragraph, passage, section_heading, text};
use crate::{draft::Kind, wording::Wording};

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

/// Every part of a kind's template, in order.
pub(super) fn parts(kind: Kind) -> Vec<Part> {
    match kind {
        Kind::BusinessCase => business_case(),
        Kind::CoveringReport => report::parts(),
        Kind::MemberSummary => summary::parts(),
        Kind::StatementOfIntent => intent::parts(),
        Kind::CouncilPage => page::parts(),
        Kind::ProgressReport => progress::parts(),
    }
}

fn business_case() -> Vec<Part> {
    let titles = Titles(Wording::built_in());
    let mut parts =
        vec![paragraph("fig:title", "Project", "Title"), text("Subtitle", "Business case")];
    parts.extend(opening::about(&titles));
    parts.push(contents_list(&titles));
    parts.extend(opening::decision(&titles));
    parts.extend(opening::rests_on(&titles));
    for section in 4..=16 {
        parts.push(titles.passage(section, bodies::body(section)));
    }
    parts.extend(closing::gaps(&titles));
    parts.push(titles.passage(18, bodies::body(18)));
    parts.extend(closing::annexes(&titles));
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
