//! A zipped workbook looked over before it is opened, so that no file can swell beyond what we allow.
//!
//! The sizes that a zip archive declares are enforced when it is unpacked, so adding them up costs nothing and holds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// What a workbook may take. A staffing sheet of 100,000 rows is a part of 84 MB.
pub(super) struct Limits {
    pub(super) parts: usize,
    /// Bytes of one part, unpacked.
    pub(super) part: u64,
    /// Bytes of all parts, unpacked.
    pub(super) all: u64,
    /// Filled cells of one sheet.
    pub(super) cells: usize,
    /// Cells, blank ones with them, from the first in use to the last of a sheet that can only be held whole.
    pub(super) extent: usize,
    /// Cells of one sheet that cannot be read before we stop.
    pub(super) faults: usize,
}

pub(super) const LIMITS: Limits = Limits {
    parts: 2_000,
    part: 128 << 20,
    all: 256 << 20,
    cells: 4_000_000,
    extent: 3_000_000,
    faults: 100,
};

/// The shortest entry in a list of shared texts is `<si/>`.
const SHORTEST_TEXT: u64 = 5;

/// Looks a zipped workbook over.
///
/// # Errors
/// Why it is not opened, as half a sentence.
pub(super) fn zipped(bytes: &[u8]) -> Result<(), String> {
    let damaged = |_| "it is damaged".to_owned();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > LIMITS.parts {
        return Err(too_large("it has too many parts"));
    }
    let mut all = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(damaged)?;
        if part.encrypted() {
            return Err("it is protected by a password".to_owned());
        }
        all = all.saturating_add(part.size());
        let shared =
            part.name().is_ok_and(|name| name.to_lowercase().ends_with("sharedstrings.xml"));
        let size = part.size();
        drop(part);
        if size > LIMITS.part || all > LIMITS.all {
            return Err(too_large("it unpacks to more than we take"));
        }
        if shared {
            let part = archive.by_index(index).map_err(damaged)?;
            count_of_texts(part, size)?;
        }
    }
    Ok(())
}

/// A false count of shared texts would have room made for them all.
fn count_of_texts(part: impl Read, size: u64) -> Result<(), String> {
    let mut head = Vec::new();
    part.take(4096).read_to_end(&mut head).map_err(|_| "it is damaged".to_owned())?;
    let head = String::from_utf8_lossy(&head);
    for (index, mark) in head.match_indices("niqueCount") {
        let value = head[index + mark.len()..].trim_start().strip_prefix('=').unwrap_or_default();
        let digits: String = value
            .trim_start()
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        if !digits.is_empty()
            && digits.parse().map_or(true, |count: u64| count > size / SHORTEST_TEXT)
        {
            return Err("it is damaged: it gives a false count of its texts".to_owned());
        }
    }
    Ok(())
}

pub(super) fn too_large(why: &str) -> String {
    format!("it is larger than a form can be ({why})")
}
