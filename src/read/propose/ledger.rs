//! A ledger in a foreign sheet: a column of codes, and amounts under headings that name a year.

use std::{collections::BTreeMap, sync::Arc};

use super::{Asked, Match, Proposed, What, texts, words};
use crate::{
    english,
    form::council_return::revenue,
    mapping::Range,
    place::{Cell, LAST},
    programme::Year,
    read::{
        grammar,
        grid::{Content, Tab},
    },
};

/// How ledgers head the column that says what was bought; not those for who bought it.
const CODES: [&str; 12] = [
    "subjective",
    "subjective code",
    "account",
    "account code",
    "nominal",
    "nominal code",
    "detail code",
    "gl code",
    "ledger code",
    "cost element",
    "object code",
    "expense code",
];

const DESCRIPTIONS: [&str; 4] = ["description", "name", "title", "narrative"];

/// A sheet with fewer rows is no ledger.
const LEAST: usize = 20;

const DEEPEST: u32 = 100;

impl Asked<'_> {
    pub(super) fn ledger(&self, tab: &Tab) -> Option<Proposed> {
        let is_code = |words: &str| {
            let plain = words::plain(words);
            CODES.iter().any(|own| *own == plain)
        };
        let row =
            (0..DEEPEST).find(|row| texts(tab, *row).iter().any(|(_, words)| is_code(words)))?;
        let headings = texts(tab, row);
        let (code, code_words) = headings.iter().find(|(_, words)| is_code(words))?.clone();
        let describes = |words: &str| {
            let plain = words::plain(words);
            DESCRIPTIONS.iter().any(|own| plain.ends_with(own))
        };
        let after =
            headings.iter().find(|(cell, words)| cell.column > code.column && describes(words));
        let codes = codes(tab, code, after.map(|(cell, _)| cell.column));
        let rows: usize = codes.values().map(|(rows, _)| rows).sum();
        if rows < LEAST {
            return None;
        }
        let (mut sure, mut guessed, mut unplaced) = (vec![], vec![], vec![]);
        for (cell, words) in &headings {
            if *cell == code {
                continue;
            }
            match self.amounts(words).filter(|_| has_amounts(tab, *cell)) {
                Some((column, likeness)) => {
                    let own = Match {
                        name: column.field.name,
                        label: english::capital(column.field.label),
                        cell: *cell,
                        words: Arc::clone(words),
                        under: None,
                        likeness,
                        thousands: words::in_thousands(words),
                        values: None,
                    };
                    let list = if likeness == 100 { &mut sure } else { &mut guessed };
                    list.push(own);
                }
                None => unplaced.push((*cell, Arc::clone(words))),
            }
        }
        // Two columns for one year and kind: a person must say which.
        let twice: Vec<&str> = sure.iter().map(|own| own.name).collect();
        let is_twice = |own: &Match| twice.iter().filter(|name| **name == own.name).count() > 1;
        let (double, sure): (Vec<Match>, Vec<Match>) = sure.into_iter().partition(is_twice);
        guessed.extend(double);
        let columns = revenue::LINES.columns.iter().filter(|column| self.asks(&column.field));
        let known = |name: &str| sure.iter().any(|own: &Match| own.name == name);
        let missing =
            columns.filter(|column| column.field.kind.is_number() && !known(column.field.name));
        Some(Proposed {
            sheet: Arc::clone(&tab.name),
            what: What::Ledger { code: code_words, codes },
            missing: missing.map(|column| &column.field).collect(),
            sure,
            guessed,
            unplaced,
        })
    }

    /// The column of the form that a heading such as "Actual 2007/08" names, and how surely.
    pub(super) fn amounts(&self, words: &str) -> Option<(&'static crate::form::GridColumn, u32)> {
        let folded = words.to_lowercase();
        let has = |all: &[&str]| all.iter().any(|own| folded.contains(own));
        let of = |year: Year| {
            let (first, second) = (year.0, (year.0 + 1) % 100);
            let short = first % 100;
            [
                format!("{first}/{second:02}"),
                format!("{first}-{second:02}"),
                format!("{short:02}/{second:02}"),
                format!("{short:02}-{second:02}"),
                format!("{first}/{}", first + 1),
                format!("{first}-{}", first + 1),
            ]
            .iter()
            .any(|own| folded.contains(own.as_str()))
        };
        let base = self.programme.base_year;
        let actual = has(&["actual", "outturn"]);
        let budget = has(&["budget", "estimate", "approved"]);
        let forecast = has(&["forecast", "projected", "expected"]);
        let column = match (of(base.plus(-1)), of(base), of(base.plus(1)), of(base.plus(2))) {
            (true, ..) if actual => (&revenue::Y_1_ACTUAL, 100),
            (_, true, ..) if forecast => (&revenue::Y0_FORECAST, 100),
            (_, true, ..) if budget => (&revenue::Y0_BUDGET, 100),
            (_, _, true, _) if budget => (&revenue::Y1_BUDGET, 100),
            (.., true) if budget => (&revenue::Y2_BUDGET, 100),
            (true, ..) => (&revenue::Y_1_ACTUAL, 70),
            (_, true, ..) => (&revenue::Y0_BUDGET, 70),
            _ if budget => (&revenue::Y0_BUDGET, 60),
            _ if actual => (&revenue::Y_1_ACTUAL, 60),
            _ => return None,
        };
        Some(column).filter(|(column, _)| self.asks(&column.field))
    }
}

/// The codes below a heading, each with its rows and its first description.
fn codes(
    tab: &Tab,
    heading: Cell,
    description: Option<u32>,
) -> BTreeMap<String, (usize, Arc<str>)> {
    let mut codes: BTreeMap<String, (usize, Arc<str>)> = BTreeMap::new();
    for (cell, content) in tab.rows(heading.row + 1, LAST.row).flatten() {
        if cell.column != heading.column {
            continue;
        }
        let shown = grammar::shown(content);
        let Some(code) =
            shown.split_whitespace().next().filter(|code| Range::parse(code).is_some())
        else {
            continue;
        };
        let known = codes.entry(code.to_owned()).or_insert_with(|| {
            let beside = description.and_then(|column| tab.get(Cell { column, ..*cell }));
            (0, beside.map_or_else(|| Arc::clone(&shown), grammar::shown))
        });
        known.0 += 1;
    }
    codes
}

/// Whether numbers stand below a heading.
fn has_amounts(tab: &Tab, heading: Cell) -> bool {
    let cells = tab.rows(heading.row + 1, LAST.row).flatten();
    let own: Vec<&Content> = cells
        .filter(|(cell, _)| cell.column == heading.column)
        .map(|(_, own)| own)
        .take(50)
        .collect();
    let numbers = own.iter().filter(|own| matches!(own, Content::Number { .. })).count();
    numbers * 2 > own.len()
}
