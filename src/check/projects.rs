//! Projects beside one another (XPR).

use rust_decimal::Decimal;

use super::{Check, Run, Stage, found::Found};
use crate::{
    answer::{Answer, Return, Row},
    english,
    finding::{Rule, Scope, Severity},
    form::{
        Field, Table,
        council_return::{self, contracts as con, ict, staffing as stf},
    },
    intake::Intake,
    programme::{
        Code, Programme,
        product::{Products, plain},
    },
};

pub(super) static XPR_001: Check = Check {
    rule: Rule {
        code: "XPR-001",
        severity: Severity::Warning,
        scope: Scope::Return,
        what: "Two projects of one council list the same post (reference and title) with more than 100% of its time, the same contract (supplier and title) with more than 100% of it, or the same system (supplier, product and annual cost).",
        fix: "Which share belongs to which? Until then programme totals and the calendar mark it as counted twice.",
        source: "C and D",
    },
    stage: Stage::Completeness,
    run: Run::All(listed_twice),
};

/// A kind of thing that a council has once.
struct Thing {
    table: &'static Table,
    /// What it is called, and where it is shown.
    name: &'static Field,
    /// The part of it that a project has, in per cent.
    part: Option<&'static Field>,
    /// What makes two rows the same; nothing where that cannot be told.
    same: fn(&Row, &Products) -> Option<Box<str>>,
    word: &'static str,
}

static THINGS: [Thing; 3] = [
    Thing {
        table: &stf::TABLE,
        name: &stf::JOB_TITLE,
        part: Some(&stf::PCT_TIME),
        same: |row, _| some([plain(row.key()), plain(&row.used_text(&stf::JOB_TITLE))]),
        word: "post",
    },
    Thing {
        table: &con::TABLE,
        name: &con::TITLE,
        part: Some(&con::SHARE_PCT),
        same: |row, products| {
            let supplier = products.supplier(&row.used_text(&con::SUPPLIER), &mut vec![]);
            some([plain(&supplier), plain(&row.used_text(&con::TITLE))])
        },
        word: "contract",
    },
    Thing {
        table: &ict::TABLE,
        name: &ict::PRODUCT,
        part: None,
        same: |row, products| {
            let text = |column| row.used_text(column);
            let named = products.named(&text(&ict::SUPPLIER), &text(&ict::PRODUCT), "");
            let cost = row.get(&ict::ANNUAL_COST).number()?.normalize().to_string();
            some([plain(&text(&ict::SUPPLIER)), named.name, cost])
        },
        word: "system",
    },
];

fn some<const N: usize>(texts: [String; N]) -> Option<Box<str>> {
    texts.iter().all(|text| !text.is_empty()).then(|| texts.join("\n").into())
}

fn listed_twice(intake: &Intake, programme: &Programme, found: &mut Found<'_>) {
    let products = Products::of(programme);
    for council in &programme.councils {
        let of_council = |ret: &&Return| {
            std::ptr::eq(ret.workbook, &council_return::WORKBOOK)
                && ret.council.as_ref() == Some(&council.code)
        };
        let returns: Vec<&Return> = intake.returns.iter().filter(of_council).collect();
        for thing in &THINGS {
            let mut all: Vec<(Box<str>, &Code, &Row)> = vec![];
            for ret in &returns {
                let Some(project) = &ret.project else { continue };
                let rows = ret.used_rows(thing.table);
                all.extend(
                    rows.filter_map(|row| Some(((thing.same)(row, &products)?, project, row))),
                );
            }
            all.sort_by(|(one, ..), (other, ..)| one.cmp(other));
            for same in all.chunk_by(|(one, ..), (other, ..)| one == other) {
                thing.say(same, &council.code, found);
            }
        }
    }
}

impl Thing {
    /// Says so if projects have more than all of it together.
    fn say(&self, rows: &[(Box<str>, &Code, &Row)], council: &Code, found: &mut Found<'_>) {
        let mut projects: Vec<&Code> = rows.iter().map(|(_, project, _)| *project).collect();
        projects.dedup();
        let (Some((_, project, first)), true) = (rows.first(), projects.len() > 1) else { return };
        let sum = self.part.map(|part| {
            rows.iter().map(|(.., row)| row.get(part).number()).sum::<Option<Decimal>>()
        });
        let together = match sum {
            // What part a project has cannot be read, which another rule says.
            Some(None) => return,
            Some(Some(sum)) if sum <= Decimal::ONE_HUNDRED => return,
            Some(Some(sum)) => format!(", together {}%", sum.normalize()),
            None => String::new(),
        };
        let answers: Vec<&Answer> = rows.iter().map(|(.., row)| row.get(self.name)).collect();
        let mut files: Vec<&str> = rows
            .iter()
            .map(|(.., row)| row.spot.origin.file.path.rsplit('/').next().unwrap_or(""))
            .collect();
        files.dedup();
        let name = first.used_text(self.name);
        let name = if first.key().is_empty() { name } else { format!("{} ({name})", first.key()) };
        let message = format!(
            "{} {name} is in {}{together}: {}.",
            english::capital(self.word),
            english::list(&projects),
            english::list(&files)
        );
        let spoken = found.answers(&answers, message);
        spoken.finding.council = Some(council.clone());
        spoken.finding.project = Some((*project).clone());
    }
}
