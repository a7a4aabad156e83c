//! A chart in the text: the run that shows it, and the part it leads to.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
};

use zip::ZipArchive;

use super::{
    conform::conform,
    control::{Control, Verb},
    data::Level,
    edits::Edits,
    refusal::{Refusal, damaged},
    span::Tree,
    text::escape,
};

/// The relationships of a chart's part.
pub(super) const WORKBOOK_RELATIONSHIP: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package" Target="../embeddings/chart-{stem}.xlsx"/>"#,
    "</Relationships>",
);

const NAMESPACE: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";

/// Units of drawings in a twentieth of a point, and in a millimetre.
const TWENTIETH: u64 = 635;
const MILLIMETRE: u64 = 36_000;

/// A drawing in a control.
pub(super) struct Drawing {
    node: usize,
    /// The node that names its chart, and the id of the relationship; none for a picture.
    pub(super) chart: Option<(usize, String)>,
}

impl Drawing {
    /// The first drawing below a node: one with a chart, if there is any.
    pub(super) fn within(tree: &Tree<'_>, node: usize) -> Option<Drawing> {
        let drawings = tree
            .below(node)
            .filter(|node| matches!(tree.word(*node), Some("drawing" | "pict" | "object")));
        let mut drawings: Vec<Drawing> = drawings
            .map(|node| {
                let mut below = tree.below(node);
                let chart = below.find_map(|kid| Some((kid, chart_id(tree, kid)?)));
                Drawing { node, chart }
            })
            .collect();
        let at = drawings.iter().position(|own| own.chart.is_some()).unwrap_or(0);
        (!drawings.is_empty()).then(|| drawings.swap_remove(at))
    }

    /// Whether it is marked as deleted or moved away.
    pub(super) fn is_deleted(&self, tree: &Tree<'_>) -> bool {
        tree.ancestors(self.node).any(|up| matches!(tree.word(up), Some("del" | "moveFrom")))
    }

    fn properties(&self, tree: &Tree<'_>) -> Option<usize> {
        tree.below(self.node).find(|node| tree.name(*node).ends_with(":docPr"))
    }

    pub(super) fn id(&self, tree: &Tree<'_>) -> Option<i64> {
        tree.attribute(self.properties(tree)?, "id")?.parse().ok()
    }

    /// The words for those who cannot see it.
    pub(super) fn alt(&self, tree: &Tree<'_>) -> String {
        let own = self.properties(tree).and_then(|node| tree.attribute(node, "descr"));
        own.unwrap_or_default().into_owned()
    }

    /// Gives it other words or another id.
    pub(super) fn rewrite(
        &self,
        tree: &Tree<'_>,
        alt: Option<&str>,
        id: Option<i64>,
        edits: &mut Edits,
    ) {
        let Some(node) = self.properties(tree).filter(|_| alt.is_some() || id.is_some()) else {
            return;
        };
        let id = id.map(|id| id.to_string());
        let mut new = vec![("id", id.as_deref()), ("descr", alt)];
        new.retain(|(_, value)| value.is_some());
        edits.replace(tree.start_tag(node), with_attributes(tree, node, &new));
    }

    /// Leads it to another chart.
    pub(super) fn set_chart(&self, tree: &Tree<'_>, id: &str, edits: &mut Edits) {
        if let Some((node, old)) = &self.chart {
            let tag = &tree.xml[tree.start_tag(*node)];
            let new = tag.replacen(&format!("\"{}\"", escape(old)), &format!("\"{id}\""), 1);
            edits.replace(tree.start_tag(*node), new);
        }
    }
}

/// The id by which an element names a chart.
pub(super) fn chart_id(tree: &Tree<'_>, node: usize) -> Option<String> {
    let is_chart = tree.word(node).is_none() && tree.name(node).ends_with(":chart");
    let graphic = || {
        let around = tree.parent(node);
        tree.attribute(around, "uri").is_some_and(|uri| uri == NAMESPACE)
    };
    (is_chart && graphic()).then(|| tree.attribute(node, "id").map(|id| id.into_owned()))?
}

/// A start tag with other values of some attributes.
fn with_attributes(tree: &Tree<'_>, node: usize, new: &[(&str, Option<&str>)]) -> String {
    let mut tag = format!("<{}", tree.name(node));
    let mut left: Vec<_> = new.to_vec();
    for (name, value) in tree.attributes(node) {
        let own = left.iter().position(|(own, _)| *own == name).map(|at| left.remove(at));
        let value = own.and_then(|(_, value)| value).unwrap_or(&value);
        tag.push_str(&format!(" {name}=\"{}\"", escape(value)));
    }
    for (name, value) in left {
        tag.push_str(&format!(" {name}=\"{}\"", escape(value.unwrap_or_default())));
    }
    tag.push_str(if tree.is_closed(node) { "/>" } else { ">" });
    tag
}

/// The run of a new chart, as wide as the text and so many millimetres high. The prefix is `w`.
pub(super) fn run(id: &str, number: i64, name: &str, alt: &str, size: (u64, u32)) -> String {
    let (width, height) = (size.0 * TWENTIETH, u64::from(size.1) * MILLIMETRE);
    format!(
        "<w:r><w:drawing><wp:inline \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{number}\" name=\"Chart {name}\" descr=\"{alt}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
         <a:graphicData uri=\"{NAMESPACE}\"><c:chart xmlns:c=\"{NAMESPACE}\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"{id}\"/>\
         </a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// Lines as high as what stands in them: a line of a fixed height would show a strip of a chart.
const SPACING: &str =
    "<w:spacing w:before=\"0\" w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/>";

/// The first paragraph of a control with a chart in it, or with nothing, in the document's prefix.
pub(super) fn paragraph(
    tree: &Tree<'_>,
    content: usize,
    run: Option<&str>,
) -> Result<String, Refusal> {
    let first = tree.below(content).find(|node| tree.is(*node, "p"));
    let format = first.and_then(|node| tree.kid(node, "pPr"));
    let name = tree.prefixes.name("p");
    let Some(run) = run else {
        let format = format.map_or("", |format| tree.source(format));
        return Ok(format!("<{name}>{format}</{name}>"));
    };
    let kept = format.into_iter().flat_map(|format| tree.kids(format));
    let kept = kept.filter(|kid| !tree.is(*kid, "spacing") && !tree.is(*kid, "sectPr"));
    let kept: String = kept.map(|kid| tree.source(kid)).collect();
    let kept = tree.prefixes.take_off(kept)?;
    let whole = conform(&format!("<w:p><w:pPr>{kept}{SPACING}</w:pPr>{run}</w:p>"));
    Ok(tree.prefixes.put_on(whole)?)
}

/// The runs below a node that show the charts in controls of ours.
pub(super) fn runs_of_charts(tree: &Tree<'_>, node: usize) -> BTreeSet<usize> {
    let drawings = tree.below(node).filter(|at| tree.is(*at, "drawing"));
    let of_charts = drawings.filter(|at| {
        let around = tree.ancestors(*at).find_map(|up| Control::at(tree, up, Level::Run));
        around.is_some_and(|own| own.verb == Verb::Chart)
    });
    of_charts.map(|at| tree.ancestors(at).find(|up| tree.is(*up, "r")).unwrap_or(at)).collect()
}

/// What is between a node's tags, with no chart in controls of ours.
pub(super) fn without(tree: &Tree<'_>, node: usize) -> Result<String, Refusal> {
    let mut edits = Edits::default();
    for run in runs_of_charts(tree, node) {
        edits.remove(tree.span(run));
    }
    let (xml, _) = edits.splice_range(tree.xml, tree.inner(node)).ok_or_else(damaged)?;
    Ok(xml)
}

/// The chart of a workbook as a part of a Word document; none when the workbook has none.
pub(super) fn part_of(workbook: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).ok()?;
    let mut xml = String::new();
    archive.by_name("xl/charts/chart1.xml").ok()?.read_to_string(&mut xml).ok()?;
    let (before, rest) = xml.split_once("<c:printSettings>")?;
    let (_, after) = rest.split_once("</c:printSettings>")?;
    let leads = "<c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData>";
    Some(
        format!("{before}{leads}{after}")
            .replace("<c:lang val=\"en-US\"/>", "<c:lang val=\"en-GB\"/>"),
    )
}

/// The width between the margins of an A4 page, in twentieths of a point.
pub(super) const USUAL_WIDTH: u64 = 9_026;

/// The width of the text in a part's last section, in twentieths of a point.
pub(super) fn text_width(tree: &Tree<'_>) -> Option<u64> {
    let section = tree.below(0).rfind(|node| tree.is(*node, "sectPr"))?;
    let number = |of: &str, name: &str| {
        tree.attribute(tree.kid(section, of)?, name)?.trim().parse::<u64>().ok()
    };
    let margins = number("pgMar", "left")?.checked_add(number("pgMar", "right")?)?;
    // Narrower than a chart can be, or wider than any page: not to be believed.
    number("pgSz", "w")?.checked_sub(margins).filter(|width| (2_000..=30_000).contains(width))
}
