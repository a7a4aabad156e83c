//! Workbooks in any state to answers: what lies in returns/ is found, opened, known for what it is and read.

mod assembly;
mod atlas;
mod binary;
mod blank;
mod child;
mod comma;
mod comments;
mod compound;
mod content;
mod dense;
mod fold;
mod folder;
mod form;
mod forming;
mod grammar;
mod grid;
mod identity;
mod lean;
mod locate;
mod mapped;
mod notice;
mod opendocument;
mod origins;
mod package;
mod parts;
mod preflight;
mod propose;
mod records;
mod rows;
mod scan;
mod sniff;
mod stumble;
mod styled;
mod tab;
mod totals;
mod unlike;
mod wire;
mod xlsx;

use std::{collections::BTreeMap, sync::Arc};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

pub use blank::is_as_issued;
pub use child::{most_memory, serve};
pub use folder::folder;
use grid::Grid;
pub use propose::{Match, Proposal, Proposed, What, propose};
use sniff::Sort;

use crate::{
    answer::{Remark, RemarkKind, Return},
    intake::{Intake, SetAside, Why},
    mapping::{Mapping, Unfinished},
    place::Place,
    programme::{Limits, Programme},
    read::form::Sent,
};

/// Sheets of our own that ask nothing.
const OURS: [&str; 3] = ["guidance", "dictionary", "lists"];

/// Reads files, each given with its path inside the programme folder. Neither their order nor the number of
/// threads makes a difference. What is wrong with a file is said in the intake.
pub fn read(files: Vec<(Arc<str>, Vec<u8>)>, programme: &Programme) -> Intake {
    with_mappings(files, programme, &[])
}

/// Reads files, and those in a council's own layout as the mappings say.
pub fn with_mappings(
    files: Vec<(Arc<str>, Vec<u8>)>,
    programme: &Programme,
    mappings: &[Mapping],
) -> Intake {
    let expected = Expected::of(programme, mappings);
    let seen: Vec<Seen> = each(files).map(|(path, bytes)| one(path, bytes, &expected)).collect();
    sorted(seen, &expected)
}

/// Files on all threads, one by one, so that none is left with many when the others are done.
fn each<T: Send>(files: Vec<T>) -> impl IndexedParallelIterator<Item = T> {
    files.into_par_iter().with_max_len(1)
}

/// Reads one file as [`read`] does, and counts the sheets it has and the cells that are filled on them; none where it
/// was not opened.
pub fn survey(path: Arc<str>, bytes: Vec<u8>, programme: &Programme) -> (Intake, [usize; 2]) {
    let expected = Expected::of(programme, &[]);
    let seen = one(path, bytes, &expected);
    let holds = seen.holds;
    (sorted(vec![seen], &expected), holds)
}

/// What is known of the forms before any is opened.
struct Expected<'a> {
    programme: &'a Programme,
    atlas: atlas::Atlas<'a>,
    vocabulary: forming::Vocabulary,
    mappings: &'a [Mapping],
    /// Mappings that cannot be used yet.
    unfinished: &'a [Unfinished],
}

impl<'a> Expected<'a> {
    fn of(programme: &'a Programme, mappings: &'a [Mapping]) -> Expected<'a> {
        let (atlas, vocabulary) = (atlas::Atlas::of(programme), forming::Vocabulary::of(programme));
        Expected { programme, atlas, vocabulary, mappings, unfinished: &[] }
    }
}

/// What a file turned out to be.
struct Seen {
    path: Arc<str>,
    hash: String,
    /// One form, or as many parts as there are mappings for it.
    what: Result<Vec<Sent>, Why>,
    /// How many sheets it has, and how many filled cells.
    holds: [usize; 2],
}

impl Seen {
    fn unread(path: Arc<str>, why: Why) -> Seen {
        Seen { path, hash: String::new(), what: Err(why), holds: [0; 2] }
    }
}

fn one(path: Arc<str>, bytes: Vec<u8>, expected: &Expected<'_>) -> Seen {
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let mappings: Vec<&Mapping> =
        expected.mappings.iter().filter(|mapping| mapping.is_for(&path)).collect();
    let waits_for = expected.unfinished.iter().find(|own| own.is_for(&path));
    // What other mappings take from the file is not held up.
    if let Some(own) = waits_for.filter(|_| mappings.is_empty()) {
        return Seen { hash, ..Seen::unread(path, Why::Waiting(Arc::clone(&own.known.path))) };
    }
    let limits = &expected.programme.limits;
    let mut holds = [0; 2];
    let what = stumble::caught(|| {
        let grid = grid(&path, &bytes, !mappings.is_empty(), limits)?;
        drop(bytes);
        holds = [grid.tabs.len(), grid.tabs.iter().map(|tab| tab.cells().count()).sum()];
        sent(grid, &path, &hash, &mappings, expected)
    });
    // What we did not foresee costs the one file and is said, so that it can be mended.
    let what = what.unwrap_or_else(|at| {
        Err(Why::Unopened(format!("lathe itself stumbled over it ({at}), a fault of ours")))
    });
    Seen { path, hash, what, holds }
}

/// The form that a file is, or the parts of one that mappings find in it.
fn sent(
    grid: Grid,
    path: &Arc<str>,
    hash: &str,
    mappings: &[&Mapping],
    expected: &Expected<'_>,
) -> Result<Vec<Sent>, Why> {
    let identity = identity::identify(&grid, path, hash, expected);
    let mapped = mappings.iter().map(|own| mapped::answers(&grid, path, hash, own, expected));
    let mut parts: Vec<Sent> = mapped.collect();
    match identity {
        Ok(identity) => {
            parts.insert(0, form::answers(grid, identity, expected));
            Ok(parts)
        }
        Err(Why::UnknownForm(_)) if !parts.is_empty() => Ok(parts),
        Err(why) => Err(why),
    }
}

/// The cells of a file. Text counts as a sheet only where a mapping says so.
fn grid(path: &str, bytes: &[u8], mapped: bool, limits: &Limits) -> Result<Grid, Why> {
    let why = match sniff::sort(path, bytes) {
        Sort::Unopened(reason) => Why::Unopened(reason),
        Sort::Attachment => Why::Attachment,
        Sort::Archive => return Err(Why::Archive),
        Sort::PassedOver(reason) => return Err(Why::PassedOver(reason)),
        workbook => return open(bytes, &workbook, limits).map_err(Why::Unopened),
    };
    let name = path.rsplit('/').next().unwrap_or_default();
    let (name, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let ending = ending.to_lowercase();
    match (mapped, ending.as_str()) {
        (true, _) => comma::grid(bytes, name, limits).map_err(|_| why),
        // What holds figures is no paper to be kept with a return.
        (false, "csv" | "tsv") => Err(Why::Unopened(String::from(
            "it is text with columns, and no mapping in the folder mappings says how to read it",
        ))),
        (false, _) => Err(why),
    }
}

/// Opens a workbook: one of the formats whose readers can be brought down, in a child where there is one.
fn open(bytes: &[u8], sort: &Sort, limits: &Limits) -> Result<Grid, String> {
    match (&limits.helper, sort) {
        (None, _) | (_, Sort::Xlsx) => open_here(bytes, sort, limits),
        (Some(helper), _) => child::open(helper, bytes, sort, limits),
    }
}

/// Opens a workbook in this process. The libraries that do so are not proof against every damaged file; nobody
/// needs to see what they say as they give up.
fn open_here(bytes: &[u8], sort: &Sort, limits: &Limits) -> Result<Grid, String> {
    let opened = stumble::caught(|| match sort {
        Sort::Xlsx => xlsx::grid(bytes, limits),
        other => dense::grid(bytes, other, limits),
    });
    opened.unwrap_or_else(|_| Err("it is damaged".to_owned()))
}

/// Sets copies aside, puts parts together, and takes the version to use.
fn sorted(mut seen: Vec<Seen>, expected: &Expected<'_>) -> Intake {
    seen.sort_by(|a, b| a.path.cmp(&b.path));
    let mut first: BTreeMap<String, Arc<str>> = BTreeMap::new();
    let mut sent = Vec::new();
    let mut set_aside = Vec::new();
    let unused = unused(expected.mappings, &seen);
    let unfinished = unfinished(expected.unfinished, &seen);
    let looked_into = seen.iter().filter(|seen| !matches!(seen.what, Err(Why::PassedOver(_))));
    let mut hashes: Vec<(Arc<str>, String)> =
        looked_into.map(|seen| (Arc::clone(&seen.path), seen.hash.clone())).collect();
    for Seen { path, hash, what, .. } in seen {
        let copy_of = match &what {
            Err(Why::PassedOver(_) | Why::Attachment | Why::Unopened(_)) => None,
            _ => match first.get(&hash) {
                Some(first) => Some(Arc::clone(first)),
                None => {
                    first.insert(hash, Arc::clone(&path));
                    None
                }
            },
        };
        match (copy_of, what) {
            (Some(first), _) => {
                let why = Why::PassedOver(format!("an exact copy of {first}"));
                set_aside.push(SetAside { path, why });
            }
            (None, Ok(parts)) => sent.extend(parts),
            (None, Err(why)) => set_aside.push(SetAside { path, why }),
        }
    }
    set_aside.extend(unused);
    set_aside.extend(unfinished);
    let (mut returns, unversioned) = assembly::returns(sent, expected.programme);
    set_aside.extend(unversioned);
    for own in expected.unfinished {
        wait(&mut returns, own);
    }
    set_aside.sort_by(|a, b| a.path.cmp(&b.path));
    let own = |mapping: &Mapping| (Arc::clone(&mapping.path), mapping.hash.clone());
    hashes.extend(expected.mappings.iter().map(own));
    let own = |own: &Unfinished| (Arc::clone(&own.known.path), own.known.hash.clone());
    hashes.extend(expected.unfinished.iter().map(own));
    hashes.sort();
    Intake { returns, set_aside, hashes }
}

/// Mappings whose file is not among those seen.
fn unused(mappings: &[Mapping], seen: &[Seen]) -> Vec<SetAside> {
    let unused = mappings.iter().filter(|own| !seen.iter().any(|seen| own.is_for(&seen.path)));
    let aside = |mapping: &Mapping| SetAside {
        path: Arc::clone(&mapping.path),
        why: Why::Unmatched(mapping.file.clone()),
    };
    unused.map(aside).collect()
}

/// Mappings that are not finished, each with the files that wait for it.
fn unfinished(unfinished: &[Unfinished], seen: &[Seen]) -> Vec<SetAside> {
    let aside = |own: &Unfinished| {
        let waits = |seen: &&Seen| matches!(seen.what, Err(Why::Waiting(_)));
        let files = seen.iter().filter(|seen| own.is_for(&seen.path)).filter(waits);
        let files = files.map(|seen| Arc::clone(&seen.path)).collect();
        let why = Why::Unfinished { mistakes: own.mistakes.clone(), files };
        SetAside { path: Arc::clone(&own.known.path), why }
    };
    unfinished.iter().map(aside).collect()
}

/// Of the sheets that a mapping would fill a part of, what else has come would pass for the whole.
fn wait(returns: &mut [Return], unfinished: &Unfinished) {
    let known = &unfinished.known;
    let own = returns.iter_mut().filter(|ret| {
        std::ptr::eq(ret.workbook, known.workbook)
            && ret.council == known.council
            && ret.project == known.project
    });
    for ret in own {
        let Some(file) = ret.files.first() else { continue };
        let place = Place::file(&file.path);
        let text =
            format!("The mapping {} would fill a part of it and is not finished.", known.path);
        ret.remarks.extend(unfinished.sheets.iter().map(|sheet| Remark {
            place: place.clone(),
            kind: RemarkKind::Unread(sheet),
            text: text.clone(),
        }));
    }
}

/// Whether a sheet is one of ours that asks nothing, by its name.
fn is_ours(sheet: &str) -> bool {
    OURS.contains(&&*fold::value(sheet))
}
