//! Workbooks in any state to answers: what lies in returns/ is found, opened, known for what it is and read.

mod assembly;
mod atlas;
mod compound;
mod content;
mod dense;
mod fold;
mod folder;
mod form;
mod grammar;
mod grid;
mod identity;
mod locate;
mod opendocument;
mod package;
mod preflight;
mod scan;
mod sniff;
mod xlsx;

use std::{
    cell::Cell,
    collections::BTreeMap,
    panic,
    sync::{Arc, Once},
};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

pub use folder::folder;
use grid::Grid;
use sniff::Sort;

use crate::{
    intake::{Intake, SetAside, Why},
    programme::Programme,
    read::form::Sent,
};

/// Sheets of our own that ask nothing.
const OURS: [&str; 3] = ["guidance", "dictionary", "lists"];

/// Reads files, each given with its path inside the programme folder. Neither their order nor the number of
/// threads makes a difference. What is wrong with a file is said in the intake.
pub fn read(files: Vec<(Arc<str>, Vec<u8>)>, programme: &Programme) -> Intake {
    let expected = Expected::of(programme);
    let seen: Vec<Seen> =
        files.into_par_iter().map(|(path, bytes)| one(path, &bytes, &expected)).collect();
    sorted(seen, programme)
}

/// What is known of the forms before any is opened.
struct Expected<'a> {
    programme: &'a Programme,
    atlas: atlas::Atlas<'a>,
    vocabulary: form::Vocabulary,
}

impl<'a> Expected<'a> {
    fn of(programme: &'a Programme) -> Expected<'a> {
        let (atlas, vocabulary) = (atlas::Atlas::of(programme), form::Vocabulary::of(programme));
        Expected { programme, atlas, vocabulary }
    }
}

/// What a file turned out to be.
struct Seen {
    path: Arc<str>,
    hash: String,
    what: Result<Box<Sent>, Why>,
}

impl Seen {
    fn unread(path: Arc<str>, why: Why) -> Seen {
        Seen { path, hash: String::new(), what: Err(why) }
    }
}

fn one(path: Arc<str>, bytes: &[u8], expected: &Expected<'_>) -> Seen {
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let what = match sniff::sort(&path, bytes) {
        Sort::Unopened(reason) => Err(Why::Unopened(reason)),
        Sort::Attachment => Err(Why::Attachment),
        Sort::Archive => Err(Why::Archive),
        Sort::PassedOver(reason) => Err(Why::PassedOver(reason)),
        workbook => match open(bytes, &workbook) {
            Ok(grid) => identity::identify(&grid, &path, &hash, expected)
                .map(|identity| Box::new(form::answers(&grid, identity, expected))),
            Err(reason) => Err(Why::Unopened(reason)),
        },
    };
    Seen { path, hash, what }
}

/// Opens a workbook. The libraries that do so are not proof against every damaged file; nobody needs to see what
/// they say as they give up.
fn open(bytes: &[u8], sort: &Sort) -> Result<Grid, String> {
    thread_local! {
        static OPENING: Cell<bool> = const { Cell::new(false) };
    }
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !OPENING.get() {
                usual(panic);
            }
        }));
    });
    OPENING.set(true);
    let opened = panic::catch_unwind(|| match sort {
        Sort::Xlsx => xlsx::grid(bytes),
        other => dense::grid(bytes, other),
    });
    OPENING.set(false);
    opened.unwrap_or_else(|_| Err("it is damaged".to_owned()))
}

/// Sets copies aside, puts parts together, and takes the version to use.
fn sorted(mut seen: Vec<Seen>, programme: &Programme) -> Intake {
    seen.sort_by(|a, b| a.path.cmp(&b.path));
    let mut first: BTreeMap<String, Arc<str>> = BTreeMap::new();
    let mut sent = Vec::new();
    let mut set_aside = Vec::new();
    let looked_into = seen.iter().filter(|seen| !matches!(seen.what, Err(Why::PassedOver(_))));
    let hashes = looked_into.map(|seen| (Arc::clone(&seen.path), seen.hash.clone())).collect();
    for Seen { path, hash, what } in seen {
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
            (None, Ok(one)) => sent.push(*one),
            (None, Err(why)) => set_aside.push(SetAside { path, why }),
        }
    }
    Intake { returns: assembly::returns(sent, programme), set_aside, hashes }
}

/// Whether a sheet is one of ours that asks nothing, by its name.
fn is_ours(sheet: &str) -> bool {
    OURS.contains(&&*fold::value(sheet))
}
