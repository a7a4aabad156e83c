//! Native charts: their place in the text, their part with its cached numbers, and the workbook Word edits them in.
//!
//! A chart that stands keeps its look: only its numbers change, in the part and in the workbook. One whose numbers
//! somebody edited is the lead's.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    control::{Control, Verb},
    convert::NO_PLACE_FOR_A_CHART,
    data::{Level, NoticeKind},
    drawing::{self, Drawing},
    edits::Edits,
    fill::Filling,
    label::label,
    numbers::{self, Numbers},
    package::Place,
    piece,
    refusal::{Refusal, refusal},
    scalar::Whose,
    span::{Prefixes, Tree},
    text::{brief, clean, escape, hash, text},
    track::{is_mark, is_ours},
};
use crate::chart::Chart;

/// The charts of a document's body, and what a fill makes of their parts.
#[derive(Debug, Default)]
pub(super) struct Charts {
    /// By the id of the relationship that leads to it.
    pub standing: BTreeMap<String, Standing>,
    /// Names of parts in use, in small letters.
    pub names: BTreeSet<String>,
    /// Ids of relationships in use.
    pub ids: BTreeSet<String>,
    /// The folder of the body's part.
    pub folder: String,
    /// The width of the text, in twentieths of a point.
    pub width: u64,
    /// Parts with what is in them from now on.
    pub written: BTreeMap<String, Vec<u8>>,
    /// New charts: the relationship's id, and the part.
    pub added: Vec<(String, String)>,
    /// Ids of drawings passed.
    pub passed: BTreeSet<i64>,
}

/// A chart as it stands in a document.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub part: String,
    pub xml: String,
    /// The workbook within the document, where there is one that we can write.
    pub workbook: Option<String>,
}

/// A chart's part and its workbook, made anew.
struct Made {
    xml: String,
    workbook: Vec<u8>,
}

impl Filling<'_> {
    pub(super) fn chart(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        chart: &Chart,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        let tag = &control.tag;
        let boxed = tree.ancestors(control.node).any(|up| tree.is(up, "txbxContent"));
        if control.level != Level::Block || self.place != Place::Body || boxed {
            self.notice(NoticeKind::Misplaced, tree, control.node, tag, NO_PLACE_FOR_A_CHART);
            return Ok(());
        }
        let slot = (tag.clone(), String::new());
        let wanted = Numbers::of(chart).said();
        let drawing = Drawing::within(tree, control.content);
        match self.whose_chart(tree, control, Some(&wanted)) {
            Whose::Ours => {}
            whose => {
                self.chart_left_alone(tree, control, whose);
                self.number_drawing(tree, drawing.as_ref(), edits);
                return Ok(());
            }
        }
        self.ready(tree, control, edits);
        match drawing {
            Some(drawing) if chart.is_empty() => {
                if !text(tree, control.content).trim().is_empty() {
                    self.chart_left_alone(tree, control, Whose::Edited);
                    return Ok(());
                }
                let inner = drawing::without(tree, control.content)?;
                piece::set_inner(tree, control.content, inner, edits);
                let old = drawing.alt(tree);
                self.changed(tag, None, label(tree, control), &old, "");
            }
            Some(drawing) => self.chart_refreshed(tree, control, &drawing, chart, edits)?,
            None => {
                let run =
                    if chart.is_empty() { None } else { Some(self.new_chart(control, chart)?) };
                let inner = drawing::paragraph(tree, control.content, run.as_deref())?;
                piece::set_inner(tree, control.content, inner, edits);
                if run.is_some() {
                    self.changed(tag, None, label(tree, control), "", &clean(&chart.alt));
                }
            }
        }
        self.remember(slot, &wanted);
        Ok(())
    }

    /// A chart that stands, with other numbers; its look stays where it has as many series as before.
    fn chart_refreshed(
        &mut self,
        tree: &Tree<'_>,
        control: &Control,
        drawing: &Drawing,
        chart: &Chart,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        let tag = &control.tag;
        let standing = drawing.chart.as_ref().and_then(|(_, id)| self.charts.standing.get(id));
        let same = standing.is_some_and(|own| numbers::read(&own.xml) == Some(Numbers::of(chart)));
        if !same {
            let made = made(chart)?;
            let patched = standing.and_then(|own| {
                let workbook = own.workbook.clone()?;
                Some((own.part.clone(), numbers::patched(&own.xml, &made.xml)?, workbook))
            });
            match patched {
                Some((part, xml, workbook)) => {
                    self.charts.written.insert(part, xml.into_bytes());
                    self.charts.written.insert(workbook, made.workbook);
                }
                None => {
                    let id = self.charts.put(tag, made);
                    drawing.set_chart(tree, &id, edits);
                    if !self.first {
                        let text = format!(
                            "{} is made of other series than before and was drawn anew in its first look",
                            label(tree, control)
                        );
                        self.notice(NoticeKind::Redrawn, tree, control.node, tag, &text);
                    }
                }
            }
        }
        let old = drawing.alt(tree);
        let mut alt = None;
        let new = clean(&chart.alt);
        let slot = (format!("{tag}/alt"), String::new());
        if old == new || self.first || self.fresh || self.old.knows(&slot, &old) != Some(false) {
            alt = Some(&*new).filter(|new| *new != old);
            self.remember(slot, &new);
        } else {
            let text = format!(
                "the words for those who cannot see {} were written by hand and stay",
                label(tree, control)
            );
            self.notice(NoticeKind::Edited, tree, control.node, tag, &text);
        }
        if !same || alt.is_some() {
            self.changed(tag, None, label(tree, control), &old, &new);
        }
        let id = self.fresh_drawing(drawing.id(tree), tag);
        drawing.rewrite(tree, alt, id, edits);
        Ok(())
    }

    /// The run of a chart that was not there before.
    fn new_chart(&mut self, control: &Control, chart: &Chart) -> Result<String, Refusal> {
        let tag = &control.tag;
        let id = self.charts.put(tag, made(chart)?);
        let alt = clean(&chart.alt);
        self.remember((format!("{tag}/alt"), String::new()), &alt);
        let number = self.ids.drawing(tag);
        self.charts.passed.insert(number);
        let size = (self.charts.width, chart.height());
        Ok(drawing::run(&id, number, &name_of(tag), &escape(&alt), size))
    }

    /// A drawing that was copied outside Word gets an id of its own.
    fn number_drawing(&mut self, tree: &Tree<'_>, drawing: Option<&Drawing>, edits: &mut Edits) {
        let Some(drawing) = drawing else { return };
        let id = self.fresh_drawing(drawing.id(tree), "copy");
        drawing.rewrite(tree, None, id, edits);
    }

    fn fresh_drawing(&mut self, id: Option<i64>, seed: &str) -> Option<i64> {
        let id = id?;
        if self.silent || self.charts.passed.insert(id) {
            return None;
        }
        let fresh = self.ids.drawing(&format!("{seed}/{id}"));
        self.charts.passed.insert(fresh);
        Some(fresh)
    }

    /// Whose the numbers of a chart are. What is not the chart of a fill is the lead's.
    pub(super) fn whose_chart(
        &self,
        tree: &Tree<'_>,
        control: &Control,
        wanted: Option<&str>,
    ) -> Whose {
        if self.nobody_typed() || tree.kid(control.properties, "showingPlcHdr").is_some() {
            return Whose::Ours;
        }
        let slot = (control.tag.clone(), String::new());
        let marked =
            tree.below(control.content).any(|node| is_mark(tree, node) && !is_ours(tree, node));
        let Some(drawing) = Drawing::within(tree, control.content) else {
            let words = text(tree, control.content);
            let last = self.old.written.get(&slot).and_then(|written| written.first());
            return match last {
                None => Whose::Ours,
                Some(_) if marked && words.trim().is_empty() => Whose::Deleted,
                Some(last) if *last == hash(&words) => Whose::Ours,
                Some(_) if words.trim().is_empty() => Whose::Deleted,
                Some(_) => Whose::Edited,
            };
        };
        if drawing.is_deleted(tree) {
            return Whose::Deleted;
        }
        let standing = drawing.chart.as_ref().and_then(|(_, id)| self.charts.standing.get(id));
        let shown = standing.and_then(|own| numbers::read(&own.xml)).map(|own| own.said());
        let ours = shown.is_some_and(|shown| {
            self.old.knows(&slot, &shown).unwrap_or(true) || wanted == Some(&*shown)
        });
        if ours { Whose::Ours } else { Whose::Edited }
    }

    fn chart_left_alone(&mut self, tree: &Tree<'_>, control: &Control, whose: Whose) {
        let label = label(tree, control);
        let (kind, text) = match whose {
            Whose::Deleted => {
                (NoticeKind::Deleted, format!("the chart “{label}” was taken out and stays out"))
            }
            _ => {
                let words = brief(&text(tree, control.content), 60);
                let text = match &*words {
                    "" => format!("the chart “{label}” was edited by hand and stays as it is"),
                    words => format!(
                        "the chart “{label}” was edited by hand, or “{words}” was typed beside it, and it stays as it is"
                    ),
                };
                (NoticeKind::Edited, text)
            }
        };
        self.notice(kind, tree, control.node, &control.tag, &text);
    }
}

impl Charts {
    /// Gives a chart parts and a relationship of its own; returns the relationship's id.
    fn put(&mut self, tag: &str, made: Made) -> String {
        let name = name_of(tag);
        let mut number = 1;
        let (stem, id) = loop {
            let stem = if number == 1 { name.clone() } else { format!("{name}-{number}") };
            let id = format!("rIdChart-{stem}");
            let [part, workbook] = self.parts(&stem);
            let free = |name: &str| !self.names.contains(&name.to_lowercase());
            if free(&part) && free(&workbook) && !self.ids.contains(&id) {
                break (stem, id);
            }
            number += 1;
        };
        let [part, workbook] = self.parts(&stem);
        self.names.extend([part.to_lowercase(), workbook.to_lowercase()]);
        self.ids.insert(id.clone());
        let rels = format!("{}charts/_rels/chart-{stem}.xml.rels", self.folder);
        let leads = drawing::WORKBOOK_RELATIONSHIP.replace("{stem}", &stem);
        self.written.insert(rels, leads.into_bytes());
        self.written.insert(part.clone(), made.xml.into_bytes());
        self.written.insert(workbook, made.workbook);
        self.added.push((id.clone(), part));
        id
    }

    fn parts(&self, stem: &str) -> [String; 2] {
        let folder = &self.folder;
        [
            format!("{folder}charts/chart-{stem}.xml"),
            format!("{folder}embeddings/chart-{stem}.xlsx"),
        ]
    }

    /// The ids of the charts that stand in controls of ours.
    pub(super) fn in_controls(tree: &Tree<'_>) -> BTreeSet<String> {
        let controls = tree.below(0).filter_map(|node| Control::at(tree, node, Level::Run));
        let own = controls.filter(|own| own.verb == Verb::Chart);
        own.filter_map(|own| Some(Drawing::within(tree, own.content)?.chart?.1)).collect()
    }
}

/// "budget", of `chart:budget`: what a part's name can be made of.
fn name_of(tag: &str) -> String {
    let name = tag.split_once(':').map_or(tag, |(_, name)| name);
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    name.chars().map(plain).collect::<String>().to_lowercase()
}

/// The chart as Excel draws it, made a part of a Word document.
fn made(chart: &Chart) -> Result<Made, Refusal> {
    let wrong = || refusal("A chart of the document could not be drawn, so it was left as it is.");
    let workbook = chart.workbook().map_err(|_| wrong())?;
    let xml = drawing::part_of(&workbook).ok_or_else(wrong)?;
    let prefixes = Prefixes::usual();
    Tree::piece(&xml, &prefixes)?;
    Ok(Made { xml, workbook })
}
