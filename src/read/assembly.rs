//! Parts of one return put together, and of several versions the one to use.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ptr,
    sync::Arc,
};

use super::form::{Sent, SentSheet};
use crate::{
    answer::{Answer, Contrary, Fault, File, Held, RemarkKind, Return, ReturnKind, Row},
    form::{Need, WORKBOOKS},
    intake::{SetAside, Why},
    programme::{Code, Programme},
};

/// The returns in use, by kind, project and council, in the order of the programme; and the files of which nobody
/// can say to which version they belong.
pub(super) fn returns(sent: Vec<Sent>, programme: &Programme) -> (Vec<Return>, Vec<SetAside>) {
    let kinds = |sent: &Sent| WORKBOOKS.iter().position(|own| ptr::eq(*own, sent.workbook));
    let project = |code: &Option<Code>| {
        code.as_ref().and_then(|code| programme.projects.iter().position(|own| own.code == *code))
    };
    let council = |code: &Option<Code>| {
        code.as_ref().and_then(|code| programme.councils.iter().position(|own| own.code == *code))
    };
    let mut by_form: BTreeMap<_, Vec<Sent>> = BTreeMap::new();
    for sent in sent {
        let form = (kinds(&sent), project(&sent.project), council(&sent.council));
        by_form.entry(form).or_default().push(sent);
    }
    let mut aside = Vec::new();
    let versions = by_form.into_values().map(|sent| {
        let sent = without_blanks(sent, &mut aside);
        by_version(sent, &mut aside)
    });
    let used = versions.filter_map(in_use).collect();
    (used, aside)
}

/// Takes out the blank forms that lie beside filled ones, where nothing is to be had from them.
fn without_blanks(sent: Vec<Sent>, aside: &mut Vec<SetAside>) -> Vec<Sent> {
    let is_filled = |part: &Sent| part.sheets.iter().any(SentSheet::is_answered);
    // What a part has lost a blank one may show to have been asked.
    let is_whole = |part: &&Sent| part.sheets.iter().all(|sheet| sheet.lost.is_empty());
    let Some(filled) = sent.iter().filter(|part| is_filled(part)).find(is_whole) else {
        return sent;
    };
    let filled = Arc::clone(&filled.file.path);
    let (kept, blank): (Vec<Sent>, Vec<Sent>) = sent.into_iter().partition(|part| {
        is_filled(part) || part.remarks.iter().any(|remark| remark.kind != RemarkKind::Unseen)
    });
    aside.extend(blank.into_iter().map(|part| SetAside {
        path: Arc::clone(&part.file.path),
        why: Why::PassedOver(format!("a blank form; {filled} is the same form filled in")),
    }));
    kept
}

/// The parts of a form by their version. One that does not say its own is of the only version there is.
fn by_version(sent: Vec<Sent>, aside: &mut Vec<SetAside>) -> BTreeMap<u32, Vec<Sent>> {
    let known: BTreeSet<u32> = sent.iter().filter_map(|part| part.version).collect();
    let mut versions: BTreeMap<u32, Vec<Sent>> = BTreeMap::new();
    for mut part in sent {
        let version = match (part.version, known.first(), known.len()) {
            (Some(version), ..) => version,
            (None, None, _) => part.file.version,
            (None, Some(only), 1) => {
                part.renumber(*only);
                *only
            }
            (None, ..) => {
                let Sent { file, council, project, .. } = part;
                let versions = known.iter().copied().collect();
                let why = Why::Unversioned { council, project, versions };
                aside.push(SetAside { path: Arc::clone(&file.path), why });
                continue;
            }
        };
        versions.entry(version).or_default().push(part);
    }
    versions
}

/// The version to use of a form, with the others behind it: the highest, but a draft only where nothing is final.
fn in_use(versions: BTreeMap<u32, Vec<Sent>>) -> Option<Return> {
    let mut versions: Vec<Return> = versions.into_iter().filter_map(put_together).collect();
    versions.sort_by_key(|ret| Reverse((ret.kind != ReturnKind::Draft, ret.version)));
    let mut versions = versions.into_iter();
    let mut used = versions.next()?;
    used.superseded = versions.collect();
    used.superseded.sort_by_key(|ret| Reverse(ret.version));
    Some(used)
}

/// Puts the parts of a return together, sheet by sheet. They come in the order of their paths.
fn put_together((version, parts): (u32, Vec<Sent>)) -> Option<Return> {
    let first = parts.first()?;
    let mut together = Return {
        workbook: first.workbook,
        council: first.council.clone(),
        project: first.project.clone(),
        version,
        // A part in which this was left open does not make a final return a draft.
        kind: kind(&parts),
        files: files(&parts),
        superseded: Vec::new(),
        refused: None,
        refused_sheets: BTreeMap::new(),
        lost: Vec::new(),
        remarks: Vec::new(),
        cells: BTreeMap::new(),
        rows: BTreeMap::new(),
        totals: Vec::new(),
    };
    let mut sheets: Vec<Vec<SentSheet>> =
        first.workbook.sheets.iter().map(|_| Vec::new()).collect();
    for part in parts {
        together.remarks.extend(part.remarks);
        for (sheets, sheet) in sheets.iter_mut().zip(part.sheets) {
            sheets.push(sheet);
        }
    }
    for sheets in sheets {
        if let Some(sheet) = sheet(sheets) {
            together.lost.extend(sheet.lost);
            together.cells.extend(sheet.cells);
            for (table, rows) in sheet.rows {
                together.rows.insert(table, rows.into_iter().map(|(_, row)| row).collect());
            }
        }
    }
    Some(together)
}

/// The parts, and after them the mappings by which some were read.
fn files(parts: &[Sent]) -> Vec<Arc<File>> {
    let mut files: Vec<Arc<File>> = Vec::new();
    let mappings = parts.iter().filter_map(|part| part.mapping.as_ref());
    for file in parts.iter().map(|part| &part.file).chain(mappings) {
        if files.iter().all(|own| own.path != file.path) {
            files.push(Arc::clone(file));
        }
    }
    files
}

fn kind(parts: &[Sent]) -> ReturnKind {
    let said = |part: &&Sent| {
        let Some(first) = part.sheets.first() else { return false };
        let name = format!("{}_return_type", first.sheet.code);
        first.cells.get(&*name).is_some_and(|answer| !answer.is_blank())
    };
    parts.iter().filter(said).map(|part| part.kind).min().unwrap_or(ReturnKind::Draft)
}

/// One sheet of a return. Files in which nothing on it is answered count only when there is no other.
fn sheet(sheets: Vec<SentSheet>) -> Option<SentSheet> {
    let (mut answered, blank): (Vec<_>, Vec<_>) =
        sheets.into_iter().partition(SentSheet::is_answered);
    if answered.is_empty() {
        // Of blank sheets the one in which most fields were found, so that a deleted sheet hides none.
        return blank.into_iter().min_by_key(|sheet| sheet.lost.len());
    }
    let rest = answered.split_off(1);
    let mut together = answered.pop()?;
    for other in rest {
        add(&mut together, other);
    }
    // What one part has lost another may still have.
    for other in blank {
        together.lost.retain(|field| other.lost.contains(field));
        for (name, answer) in other.cells {
            together.cells.entry(name).or_insert(answer);
        }
    }
    Some(together)
}

/// Puts a second file's answers to a sheet beside the first's, cell by cell.
fn add(together: &mut SentSheet, other: SentSheet) {
    together.lost.retain(|field| other.lost.contains(field));
    let adds_up = |name: &str| {
        together.sheet.cells().any(|field| field.name == name && field.need == Need::Formula)
    };
    for (name, answer) in other.cells {
        match together.cells.get_mut(name) {
            // Of lines from two files neither file's total is the sum.
            Some(own) if own.held != answer.held && adds_up(name) => own.held = Held::Blank,
            Some(own) => agree(own, answer),
            None => {
                together.cells.insert(name, answer);
            }
        }
    }
    for (table, rows) in other.rows {
        let own = together.rows.entry(table).or_default();
        let mut both = std::mem::take(own);
        both.extend(rows);
        both.sort_by_key(|(place, _)| *place);
        for (place, row) in both {
            match own.last_mut() {
                Some((last, own)) if *last == place => agree_row(own, row),
                _ => own.push((place, row)),
            }
        }
    }
}

fn agree_row(own: &mut Row, other: Row) {
    for (field, other) in other.into_answers() {
        agree(own.get_mut(field), other);
    }
}

/// Two files' answers to one question: the one that is given, or a conflict.
fn agree(own: &mut Answer, other: Answer) {
    if other.is_blank() || own.held == other.held {
        return;
    }
    if own.is_blank() {
        *own = other;
        return;
    }
    let says = Box::from(other.shown());
    let Some(spot) = other.spot else { return };
    if !matches!(own.held, Held::Unreadable(Fault::Conflict(_))) {
        own.set_typed(own.shown());
        own.held = Held::Unreadable(Fault::Conflict(Box::new(Contrary { spot, says })));
    }
}
