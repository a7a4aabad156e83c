//! Damaged returns: whatever is done to a file, it is read or refused in one sentence.
//!
//! `LATHE_MUTANTS=100000` tries so many, `LATHE_MUTANTS=512..513` the one whose number a failure names.

use std::{
    alloc::System,
    fs,
    io::{Cursor, Read, Write},
    ops::Range,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::Arc,
};

use cap::Cap;
use jiff::civil::date;
use lathe::{
    check, consolidate,
    intake::{Intake, Why},
    issue::{Answers, Shape, issues},
    programme::Programme,
    read,
};
use rayon::prelude::*;

/// What swells beyond this ends the test.
const MOST: usize = 1 << 30;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, MOST);

/// So many are read at once, as a folder is.
const BATCH: u64 = 100;

#[test]
fn every_damaged_return_is_read_or_refused_in_one_sentence() {
    let programme = programme();
    let originals = originals(&programme);
    let numbers = numbers();
    let mut faults = vec![];
    for start in numbers.clone().step_by(usize::try_from(BATCH).unwrap()) {
        let batch: Vec<u64> = (start..numbers.end.min(start + BATCH)).collect();
        if try_all(&batch, &originals, &programme).is_err() {
            // Which of them it was.
            let one = |number: &u64| try_all(&[*number], &originals, &programme).err();
            let found: Vec<String> = batch.iter().filter_map(one).collect();
            faults.push(format!("{} to {:?}: {found:#?}", start, batch.last()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Reads damaged returns, checks and consolidates them.
fn try_all(numbers: &[u64], originals: &[Original], programme: &Programme) -> Result<(), String> {
    let files: Vec<(Arc<str>, Vec<u8>)> = numbers
        .par_iter()
        .map(|number| {
            let (name, bytes) = mutant(*number, originals);
            (Arc::from(format!("returns/{number}/{name}")), bytes)
        })
        .collect();
    let paths: Vec<Arc<str>> = files.iter().map(|(path, _)| Arc::clone(path)).collect();
    let tried = panic::catch_unwind(AssertUnwindSafe(|| {
        let mut intake = read::read(files, programme);
        let faults: Vec<String> = paths.iter().filter_map(|path| fault(path, &intake)).collect();
        let findings = check::check(&mut intake, programme, date(2009, 3, 1));
        consolidate::consolidate(&intake, &findings, programme, date(2009, 3, 1));
        faults
    }));
    match tried.as_deref() {
        Ok([]) => Ok(()),
        Ok(faults) => Err(faults.join("; ")),
        Err(_) => Err(format!("{} panicked", paths.join(", "))),
    }
}

fn programme() -> Programme {
    let mut programme = Programme::load(&sample()).unwrap();
    programme.limits.helper = Some(Arc::from(Path::new(env!("CARGO_BIN_EXE_lathe"))));
    programme
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent")
}

fn numbers() -> Range<u64> {
    let Ok(asked) = std::env::var("LATHE_MUTANTS") else { return 0..10_000 };
    let (from, to) = asked.split_once("..").unwrap_or(("0", &asked));
    from.parse().unwrap()..to.parse().unwrap()
}

/// What is wrong with what became of a file: it must be in use or set aside, once.
fn fault(path: &str, intake: &Intake) -> Option<String> {
    let returns = intake.returns.iter().flat_map(|ret| ret.superseded.iter().chain([ret]));
    let used = returns.flat_map(|ret| &ret.files).any(|file| &*file.path == path);
    let aside: Vec<&Why> =
        intake.set_aside.iter().filter(|own| &*own.path == path).map(|own| &own.why).collect();
    match (used, &aside[..]) {
        (true, []) => None,
        (false, [Why::Unopened(reason)]) => {
            let plain = !reason.is_empty() && reason.len() < 200 && !reason.contains('\n');
            (!plain).then(|| format!("{path} says {reason}"))
        }
        (false, [_]) => None,
        _ => Some(format!("{path} is {used} in use and set aside {aside:?}")),
    }
}

/// A return in a format: its name, and its parts if it is a zip archive.
struct Original {
    name: &'static str,
    bytes: Vec<u8>,
    parts: Vec<(String, Vec<u8>)>,
    /// How often it is taken.
    share: u64,
}

fn originals(programme: &Programme) -> Vec<Original> {
    let mut forms = Answers::by_form(include_str!("data/set-w.csv")).unwrap();
    let mut of = |word: &str, council: &str, name: &'static str, share| {
        let answers = forms.remove(&(word.to_owned(), council.to_owned())).unwrap();
        let issue = issues(programme).into_iter().find(|issue| issue.file_name() == name).unwrap();
        let bytes = issue.workbook_bytes(programme, &answers, &Shape::default()).unwrap();
        Original::new(name, bytes, share)
    };
    let issued = [
        of("brief", "", "H-brief.xlsx", 10),
        of("profile", "THA", "profile-THA.xlsx", 80),
        of("return", "THA", "H-THA.xlsx", 4),
    ];
    let saved = ["Shepway/shepway_revenues_feb09.ods", "Thanet/THA benefits.xls"]
        .map(|name| Original::new(name, fs::read(sample().join("returns").join(name)).unwrap(), 3));
    issued.into_iter().chain(saved).collect()
}

impl Original {
    fn new(name: &'static str, bytes: Vec<u8>, share: u64) -> Original {
        let mut parts = vec![];
        if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(&bytes)) {
            for index in 0..archive.len() {
                let mut part = archive.by_index(index).unwrap();
                let mut own = vec![];
                part.read_to_end(&mut own).unwrap();
                parts.push((part.name().unwrap().into_owned(), own));
            }
        }
        Original { name, bytes, parts, share }
    }
}

/// A damaged return; the same number always gives the same.
fn mutant(number: u64, originals: &[Original]) -> (&'static str, Vec<u8>) {
    let mut dice = Dice::new(number);
    let mut share = dice.below_u64(originals.iter().map(|own| own.share).sum());
    let original = originals.iter().find(|own| {
        let hit = share < own.share;
        share = share.saturating_sub(own.share);
        hit
    });
    let original = original.unwrap();
    if original.parts.is_empty() || dice.one_in(8) {
        let mut bytes = original.bytes.clone();
        damage(&mut bytes, &mut dice);
        return (original.name, bytes);
    }
    let mut parts = original.parts.clone();
    for _ in 0..=dice.below(2) {
        let (one, other) = (dice.below(parts.len()), dice.below(parts.len()));
        match dice.below(12) {
            0 => {
                let bytes = parts[one].1.clone();
                parts[one].1 = std::mem::replace(&mut parts[other].1, bytes);
            }
            1 => parts[one].1 = parts[other].1.clone(),
            2 if parts.len() > 1 => drop(parts.remove(one)),
            3..=6 => damage(&mut parts[one].1, &mut dice),
            _ => renumber(&mut parts[one].1, &mut dice),
        }
    }
    (original.name, zipped(&parts))
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), stored).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Flips bits, cuts, blots out, leaves out or repeats a stretch.
fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    if bytes.is_empty() {
        return;
    }
    let at = dice.below(bytes.len());
    let end = |most: usize, dice: &mut Dice| at + dice.below(most.min(bytes.len() - at)) + 1;
    match dice.below(6) {
        0 => bytes.truncate(at),
        1 => {
            let end = end(64, dice);
            bytes[at..end].fill(0xFF);
        }
        2 => {
            let end = end(512, dice);
            bytes.drain(at..end);
        }
        3 => {
            let end = end(256, dice);
            let again = bytes[at..end].to_vec();
            let to = dice.below(bytes.len());
            bytes.splice(to..to, again);
        }
        _ => {
            for _ in 0..=dice.below(16) {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
        }
    }
}

/// Puts another number in the place of one.
fn renumber(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const OTHERS: [&str; 10] = [
        "0",
        "-1",
        "",
        "A",
        "65536",
        "1048577",
        "2147483648",
        "4294967295",
        "1E400",
        "99999999999999999999",
    ];
    let Some(first) = (0..bytes.len())
        .cycle()
        .skip(dice.below(bytes.len().max(1)))
        .take(bytes.len())
        .find(|at| bytes[*at].is_ascii_digit())
    else {
        return;
    };
    let digits = bytes[first..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let other = OTHERS[dice.below(OTHERS.len())];
    bytes.splice(first..first + digits, other.bytes());
}

/// Numbers that look random and are always the same (xorshift).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..4 {
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below_u64(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.below_u64(u64::try_from(end).unwrap())).unwrap()
    }

    fn one_in(&mut self, times: u64) -> bool {
        self.below_u64(times) == 0
    }
}
