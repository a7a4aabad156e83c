//! Every name, listed: `lathe figures`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{Kind, find::Figures, meanings, value};
use crate::{
    draft::{built_in, case::Case},
    picture::{ProjectPicture, Told},
    programme::Project,
    word::{self, Data},
};

/// The columns of each list of the built-in templates: a list without rows does not say them.
static COLUMNS: LazyLock<BTreeMap<(Kind, String), BTreeSet<String>>> = LazyLock::new(|| {
    let mut columns: BTreeMap<(Kind, String), BTreeSet<String>> = BTreeMap::new();
    for kind in Kind::ALL {
        for tag in word::tags(built_in(kind)).unwrap_or_default() {
            if let (Some(list), Some(column)) = (tag.list, tag.tag.strip_prefix("item:")) {
                columns.entry((kind, list)).or_default().insert(column.to_owned());
            }
        }
    }
    columns
});

/// The columns of a list.
pub(super) fn columns(kind: Kind, data: &Data, list: &str) -> BTreeSet<String> {
    let mut columns = COLUMNS.get(&(kind, list.to_owned())).cloned().unwrap_or_default();
    let rows = data.lists.get(list).into_iter().flatten();
    columns.extend(rows.flat_map(|row| row.texts.keys().cloned()));
    columns
}

/// A name that a template may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// As it is typed between the braces.
    pub name: String,
    pub means: String,
    /// As figures.json has it; nothing for a text.
    pub unit: String,
    /// What it is in the project asked for.
    pub example: String,
    /// What else can set it apart: "council", "year", "item".
    pub apart: Vec<&'static str>,
}

/// The names of a kind of document: its own, then those of all figures.
pub fn listed(told: &Told<'_>, project: &Project, kind: Kind) -> (Vec<Listed>, Vec<Listed>) {
    let data = kind.values(told, project);
    (own(kind, &data), figures(told, project, kind))
}

fn own(kind: Kind, data: &Data) -> Vec<Listed> {
    let mut all: BTreeMap<(String, bool), Listed> = BTreeMap::new();
    let mut add = |tag: &str, means: &str, example: String| {
        let name = tag.split_once(':').map_or(tag, |(_, name)| name);
        let typed = |name: String| Listed {
            name,
            means: means.to_owned(),
            unit: String::new(),
            example,
            apart: vec![],
        };
        match all.contains_key(&(name.to_owned(), false)) {
            // The first of a name needs no verb.
            true => all.insert((tag.replacen(':', " ", 1), true), typed(tag.replacen(':', " ", 1))),
            false => all.insert((name.to_owned(), false), typed(name.to_owned())),
        };
    };
    let is_figure = |tag: &str| {
        let name = tag.strip_prefix("fig:").unwrap_or_default();
        meanings::meaning(name).is_some()
    };
    for verb in ["fig:", "say:"] {
        let means = if verb == "fig:" { "text" } else { "sentence" };
        for (tag, text) in data.texts.iter().filter(|(tag, _)| tag.starts_with(verb)) {
            if !is_figure(tag) {
                add(tag, means, text.text.clone());
            }
        }
    }
    for (tag, text) in &data.seeds {
        add(tag, "first wording", text.clone());
    }
    for tag in data.blocks.keys() {
        add(tag, "table, in a paragraph of its own", String::new());
    }
    for tag in data.charts.keys() {
        add(tag, "chart, in a paragraph of its own", String::new());
    }
    let mut all: Vec<Listed> = all.into_values().collect();
    for tag in data.lists.keys() {
        let columns: Vec<String> = columns(kind, data, tag).into_iter().collect();
        all.push(Listed {
            name: tag.replacen(':', " ", 1),
            means: format!("rows of a table, with {}", columns.join(", ")),
            unit: String::new(),
            example: String::new(),
            apart: vec![],
        });
    }
    all
}

fn figures(told: &Told<'_>, project: &Project, kind: Kind) -> Vec<Listed> {
    let figures = Figures::new(told);
    let none = ProjectPicture { project: project.code.clone(), ..ProjectPicture::default() };
    let own = told.picture.project(&project.code).unwrap_or(&none);
    let case = Case::new(told, project, own, kind);
    let one = |(key, means): (std::borrow::Cow<'static, str>, std::borrow::Cow<'static, str>)| {
        let of: Vec<_> = figures.of(&key).collect();
        let has =
            |own: &dyn Fn(&crate::figure::Figure) -> bool| of.iter().any(|figure| own(figure));
        let marks: [(&'static str, bool); 8] = [
            ("council", has(&|own| own.council.is_some())),
            ("year", has(&|own| own.year.is_some())),
            ("item", has(&|own| own.item.is_some())),
            ("option", has(&|own| own.option.is_some())),
            ("basis", has(&|own| own.basis.is_some())),
            ("case", has(&|own| own.case.is_some())),
            ("income", has(&|own| own.income.is_some())),
            ("set", has(&|own| &*own.scenario != "all")),
        ];
        let apart = figures.apart(&[&*key]).unwrap_or_default();
        // Where one figure needs more than its name, the first that there is shows how.
        let first = figures
            .find(&case, &apart)
            .or_else(|| of.iter().copied().find(|own| own.project.as_ref() == Some(&project.code)));
        Listed {
            unit: of.first().map_or("", |own| own.unit.word()).to_owned(),
            example: first.map_or_else(String::new, |own| value(&case, own)),
            apart: marks.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect(),
            name: key.into_owned(),
            means: means.into_owned(),
        }
    };
    meanings::all().into_iter().map(one).collect()
}
