//! What a refresh did to a document, in words: for the terminal, and as a document beside it.

use crate::{
    english,
    picture::Told,
    programme::Project,
    word::{self, Block, Change, Column, Data, Filled, Identity, Notice, Stale, Table, Text},
};

use super::{moved::Moves, template};

/// The name of the list beside a draft.
pub const CHANGES: &str = "changes.docx";

/// The kind of document it carries, by which it is known to be ours to replace.
pub const CHANGES_KIND: &str = "changes";

/// How much of a long text is shown.
const SHOWN: usize = 100;

/// What became of one document.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub changes: Vec<Moved>,
    pub notices: Vec<Notice>,
    pub stale: Vec<Stale>,
}

/// A change, and who moved it.
#[derive(Clone, Debug)]
pub struct Moved {
    pub change: Change,
    /// Names of councils; none where it cannot be told.
    pub by: Vec<String>,
}

impl Report {
    /// `stamps` are the tags that only say by which run the document was written.
    pub fn new(filled: &Filled, data: &Data, moves: &Moves<'_>) -> Report {
        let changes = filled.changes.iter().filter(|change| !data.stamps.contains(&change.tag));
        let moved = |change: &Change| Moved { change: change.clone(), by: moves.by(change) };
        Report {
            changes: changes.map(moved).collect(),
            notices: filled.notices.clone(),
            stale: filled.stale.clone(),
        }
    }

    /// Under each heading, in the order of the document, what changed: what it is, and old → new with who moved it.
    pub fn by_heading(&self) -> Vec<(&str, Vec<[String; 2]>)> {
        let mut all: Vec<(&str, Vec<[String; 2]>)> = vec![];
        for Moved { change, by } in &self.changes {
            let by =
                if by.is_empty() { String::new() } else { format!(" ({})", english::list(by)) };
            let (old, new) = shown(change);
            let moved = match (old.is_empty(), new.is_empty()) {
                (true, _) => format!("new: {new}{by}"),
                (_, true) => format!("gone: {old}{by}"),
                _ => format!("{old} → {new}{by}"),
            };
            let line = [change.what.clone(), moved];
            match all.iter_mut().find(|(heading, _)| *heading == change.heading) {
                Some((_, lines)) => lines.push(line),
                None => all.push((&change.heading, vec![line])),
            }
        }
        all
    }

    /// Of each change where, what, old, new and by whom, as a table has them.
    pub fn rows(&self) -> impl Iterator<Item = [String; 5]> {
        let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
        self.changes.iter().map(move |Moved { change, by }| {
            let (old, new) = shown(change);
            [
                change.heading.clone(),
                change.what.clone(),
                or(old, "not there"),
                or(new, "no longer there"),
                english::list(by),
            ]
        })
    }

    /// Sentence 19 of domain.md E7 for each figure that is still quoted, and the places.
    pub fn stale(&self) -> Vec<(String, Vec<String>)> {
        let mut figures: Vec<(&str, &str)> = vec![];
        for own in &self.stale {
            if !figures.contains(&(&own.old, &own.new)) {
                figures.push((&own.old, &own.new));
            }
        }
        let said = figures.into_iter().map(|(old, new)| {
            let quoting = self.stale.iter().filter(|own| own.old == old && own.new == new);
            let places: Vec<String> = quoting.map(place).collect();
            (still_quoted(places.len(), old, new), places)
        });
        said.collect()
    }

    /// Whether there is anything to say.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.notices.is_empty() && self.stale.is_empty()
    }
}

fn still_quoted(count: usize, old: &str, new: &str) -> String {
    let quote = if count == 1 {
        "passage of your own text still quotes"
    } else {
        "passages of your own text still quote"
    };
    let count = english::capital(&english::count(count));
    let is_number = new.contains(|char: char| char.is_ascii_digit()) && new.chars().count() < 30;
    let now = if is_number {
        format!("the figure is now {new}")
    } else {
        format!("the text now reads “{new}”")
    };
    format!("{count} {quote} {old}; {now}.")
}

fn place(stale: &Stale) -> String {
    let Stale { place, near, .. } = stale;
    format!("{}: “{near}”", english::capital(place))
}

/// Old and new, cut so that both show where they part.
fn shown(change: &Change) -> (String, String) {
    word::apart(&change.old, &change.new, SHOWN)
}

/// The list as a document, for documents of one folder, each with its name.
///
/// # Errors
/// When it cannot be built, which is a slip in the program.
pub fn document(
    told: &Told<'_>,
    project: &Project,
    reports: &[(String, &Report)],
) -> anyhow::Result<Vec<u8>> {
    let mut blocks = vec![Block::Paragraph { style: "Title", text: String::from("What changed") }];
    for (name, report) in reports {
        blocks.push(Block::Paragraph { style: "Heading1", text: name.clone() });
        section(report, &mut blocks);
    }
    let text = |text: &str| Text { text: text.to_owned(), title: String::new() };
    let texts = [
        ("fig:marking", &*told.programme.marking),
        ("fig:standing", "List of changes"),
        ("fig:footer", "What changed"),
        ("fig:run", &told.run.name),
    ];
    let data = Data {
        identity: Some(Identity {
            kind: String::from(CHANGES_KIND),
            project: project.code.to_string(),
        }),
        texts: texts.into_iter().map(|(tag, own)| (tag.to_owned(), text(own))).collect(),
        blocks: [(String::from("block:changes"), blocks)].into(),
        ..Data::default()
    };
    let template = template::changes()?;
    Ok(super::create_or_refresh(None, &template, &data)?.bytes)
}

fn section(report: &Report, blocks: &mut Vec<Block>) {
    let heading = |text: &str| Block::Paragraph { style: "Heading2", text: text.to_owned() };
    if !report.changes.is_empty() {
        blocks.push(heading("What was brought up to date"));
        blocks.push(Block::Table(table(report)));
    }
    let stale = report.stale();
    if !stale.is_empty() {
        blocks.push(heading("Your own words that still quote an old figure"));
        for (sentence, places) in stale {
            blocks.push(Block::Paragraph { style: "BodyText", text: sentence });
            blocks.extend(places.into_iter().map(Block::Bullet));
        }
    }
    if !report.notices.is_empty() {
        blocks.push(heading("What was left as it is"));
        blocks.extend(report.notices.iter().map(|notice| Block::Bullet(notice.text.clone())));
    }
}

fn table(report: &Report) -> Table {
    let column =
        |heading: &str, width| Column { heading: heading.to_owned(), width, numeric: false };
    Table {
        title: String::from("What was brought up to date"),
        description: String::from(
            "Each text that changed, the heading it stands under, and the council that moved it.",
        ),
        columns: vec![
            column("Where", 20),
            column("What", 22),
            column("Was", 22),
            column("Is", 22),
            column("Moved by", 14),
        ],
        rows: report.rows().map(Vec::from).collect(),
        total: false,
    }
}
