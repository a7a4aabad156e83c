//! Documents for leads, members and the clerk: wording, values, templates.
//!
//! The template holds tagged controls and the wording the sentences; both are the office's to change. What goes into the
//! controls comes from the figures and registers, so that a draft cannot disagree with the workbooks.

mod alignment;
mod benefits;
mod budget;
mod case;
pub mod changes;
mod charts;
mod choices;
mod decisions;
mod delivery;
mod exit;
mod financial;
mod front;
mod gaps;
mod implications;
mod intent;
mod kind;
mod lifespans;
mod milestones;
mod mitigations;
mod money;
pub mod moved;
pub mod names;
mod overlap;
mod overview;
mod page;
mod performance;
mod powers;
mod progress;
mod proposal;
mod report;
mod rests;
mod risks;
mod service;
mod sharing;
mod side;
pub mod sources;
mod staff;
mod table;
pub mod template;
mod worth;

use std::{borrow::Cow, collections::BTreeMap, fs, io, path::Path};

use anyhow::{Context, anyhow};
use case::Values;
pub use kind::{Class, Kind, Subject};
use names::Vocabulary;

use crate::{
    picture::Told,
    word::{self, Data, Filled, Names, Refusal},
    wording::Wording,
};

/// What drafts are made from: the office's own where templates/ of the programme has it, the built-in otherwise.
#[derive(Clone, Debug)]
pub struct Templates {
    pub wording: Wording,
    documents: BTreeMap<Kind, Cow<'static, [u8]>>,
}

/// The built-in template of a kind.
fn built_in(kind: Kind) -> &'static [u8] {
    match kind {
        Kind::BusinessCase => include_bytes!("../../templates/business-case.docx"),
        Kind::CoveringReport => include_bytes!("../../templates/covering-report.docx"),
        Kind::MemberSummary => include_bytes!("../../templates/member-summary.docx"),
        Kind::StatementOfIntent => include_bytes!("../../templates/statement-of-intent.docx"),
        Kind::CouncilPage => include_bytes!("../../templates/council-page.docx"),
        Kind::ProgressReport => include_bytes!("../../templates/progress-report.docx"),
    }
}

impl Templates {
    pub fn built_in() -> Templates {
        let documents = Kind::ALL.map(|kind| (kind, Cow::Borrowed(built_in(kind))));
        Templates { wording: Wording::built_in(), documents: documents.into() }
    }

    /// The template of new documents of a kind.
    pub fn of(&self, kind: Kind) -> &[u8] {
        match self.documents.get(&kind) {
            Some(own) => own,
            None => built_in(kind),
        }
    }

    /// The templates of a programme folder.
    ///
    /// # Errors
    /// When a file of the office's cannot be read, or its wording has mistakes: all of them, with their lines.
    pub fn load(programme: &Path) -> anyhow::Result<Templates> {
        let mut templates = Templates::built_in();
        let own = |name: &str| -> anyhow::Result<Option<Vec<u8>>> {
            match fs::read(programme.join("templates").join(name)) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => {
                    Err(error).with_context(|| format!("could not read templates/{name}"))
                }
            }
        };
        if let Some(bytes) = own("wording.toml")? {
            let text = String::from_utf8(bytes)
                .context("templates/wording.toml is not plain text (UTF-8); save it as such")?;
            templates.wording = Wording::parse(&text, "templates/wording.toml")?;
        }
        for kind in Kind::ALL {
            if let Some(bytes) = own(&kind.file_name())? {
                templates.documents.insert(kind, Cow::Owned(bytes));
            }
        }
        Ok(templates)
    }
}

/// A document that is made afresh, of which nobody keeps a copy that a run would have to bring up to date.
///
/// # Errors
/// When the template cannot be filled.
pub fn fresh<'a>(
    templates: &Templates,
    told: &Told<'a>,
    kind: Kind,
    of: impl Into<Subject<'a>>,
) -> anyhow::Result<Vec<u8>> {
    let of = of.into();
    let filled = kind.document(told, of, None, templates.of(kind), &kind.values(told, of));
    let name = kind.file_name();
    let filled =
        filled.map_err(|refusal| anyhow!("{name} cannot be made from its template: {refusal}"))?;
    Ok(filled.bytes)
}

/// A new draft from the template, or the lead's own brought up to date.
///
/// # Errors
/// When the document cannot be filled safely. It should then be left as it is.
pub fn create_or_refresh(
    existing: Option<&[u8]>,
    template: &[u8],
    data: &Data,
) -> Result<Filled, Refusal> {
    match existing {
        Some(document) => word::fill(document, data).map(classified),
        None => word::fill(&start(template, data), data),
    }
}

impl Kind {
    /// A new document of this kind from the template, or the lead's own brought up to date. In a template every name may be
    /// used that [`names`] knows; a document keeps those it has.
    ///
    /// # Errors
    /// When the document cannot be filled safely. It should then be left as it is.
    pub fn document<'a>(
        self,
        told: &Told<'a>,
        of: impl Into<Subject<'a>>,
        existing: Option<&[u8]>,
        template: &[u8],
        data: &Data,
    ) -> Result<Filled, Refusal> {
        let vocabulary = Vocabulary::new(told, of.into(), self, data);
        let names = Names {
            tag: &|words, list| vocabulary.tag(words, list),
            text: &|tag| vocabulary.text(tag),
        };
        match existing {
            Some(document) => word::fill_named(document, data, &names).map(classified),
            None => word::fill_named(&start(template, data), data, &names),
        }
    }
}

/// The template as a document begins: with the project in its title property, which is what a screen reader reads out
/// first, with who may read it, and with the styles in which tables are made. A title and styles of the office's own stay.
/// Nobody has written in it yet, so that no words are a lead's: later its styles are never touched.
fn start<'a>(template: &'a [u8], data: &Data) -> Cow<'a, [u8]> {
    let title = data.texts.get("fig:footer").map_or("", |title| &title.text);
    let class = data.texts.get("fig:class").map(|class| &*class.text);
    let styled = template::with_styles(template).map_or(Cow::Borrowed(template), Cow::Owned);
    template::with_properties(&styled, title, class).map_or(styled, Cow::Owned)
}

/// With the class of a report in its properties where its pages have another from now on. What else stands there is the
/// office's.
fn classified(mut filled: Filled) -> Filled {
    let change = filled.changes.iter().find(|change| change.tag == "fig:class");
    let mended =
        change.and_then(|change| template::with_category(&filled.bytes, &change.old, &change.new));
    filled.bytes = mended.unwrap_or(filled.bytes);
    filled
}

/// The passages that stand where the lead has nothing written yet, in whatever words a template says so.
const OPEN: [&str; 4] = ["if:no_brief", "if:no_decision", "if:no_options", "if:unwritten"];

/// Why a control of a draft cannot go into a public copy, if so.
pub fn is_in_the_way(tag: &str, text: &str) -> Option<&'static str> {
    if OPEN.contains(&tag) && !text.is_empty() {
        return Some(word::TO_BE_GIVEN);
    }
    let exempt = text.starts_with("Exempt") && !text.starts_with("Exempt in part");
    (tag == "fig:classification" && exempt).then_some("a report that is exempt as a whole")
}

/// The tag under which a document names the run that wrote it.
pub const RUN: &str = "fig:run";

/// The tags that only say by which run a draft was written, and when.
const STAMPS: [&str; 4] = [RUN, "fig:as_at", "say:run", "say:dates"];

impl Kind {
    /// The values of a document of this kind about a project, a council or the programme: every tag of the template has one.
    pub fn values<'a>(self, told: &Told<'a>, of: impl Into<Subject<'a>>) -> Data {
        let subject = of.into();
        let mut values = Values::default();
        values.0.identity = Some(self.identity(subject.code()));
        values.0.stamps = STAMPS.map(str::to_owned).into();
        self.fill(told, subject, &mut values);
        values.0
    }
}
