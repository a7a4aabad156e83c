//! A zipped workbook looked over before it is opened, so that no file can swell beyond what we allow.
//!
//! The sizes that a zip archive declares are enforced when it is unpacked, so adding them up costs nothing and holds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::parts::Archive;
use crate::{english, programme::Limits};

/// Cells of one sheet that cannot be read before we stop.
pub(super) const FAULTS: usize = 100;

/// The shortest entry in a list of shared texts is `<si/>`.
const SHORTEST_TEXT: u64 = 5;

/// A zipped workbook that was looked over.
pub(super) struct Looked<'a> {
    pub(super) archive: Archive<'a>,
    /// How many bytes its parts have unpacked.
    pub(super) unpacked: u64,
    /// Where lists of shared texts lie in it.
    pub(super) texts: Vec<usize>,
}

/// Looks a zipped workbook over.
///
/// # Errors
/// Why it is not opened, as half a sentence.
pub(super) fn zipped<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Looked<'a>, String> {
    let damaged = |_| "it is damaged".to_owned();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > limits.parts as usize {
        return Err(too_large("parts", limits.parts, "parts"));
    }
    let (mut all, mut texts) = (0_u64, Vec::new());
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(damaged)?;
        if part.encrypted() {
            return Err("it is protected by a password".to_owned());
        }
        all = all.saturating_add(part.size());
        let is_texts = |name: &str| name.to_lowercase().ends_with("sharedstrings.xml");
        texts.extend(part.name().is_ok_and(|name| is_texts(&name)).then_some(index));
        let size = part.size();
        drop(part);
        if size > megabytes(limits.part_mb) {
            return Err(too_large("part_mb", limits.part_mb, "MB in one part"));
        }
        if all > megabytes(limits.unpacked_mb) {
            return Err(too_large("unpacked_mb", limits.unpacked_mb, "MB unpacked"));
        }
    }
    Ok(Looked { archive, unpacked: all, texts })
}

/// A false count of shared texts would have room made for them all.
///
/// # Errors
/// That it is false, as half a sentence.
pub(super) fn count_of_texts(part: impl Read, size: u64) -> Result<(), String> {
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

/// That a file passes a limit, which programme.toml may raise.
pub(super) fn too_large(key: &str, limit: u32, what: &str) -> String {
    let limit = english::thousands(&limit.to_string());
    format!(
        "it is larger than a form can be: more than {limit} {what} ({key} in [limits] of programme.toml)"
    )
}

/// That the filled cells of a sheet pass the limit.
pub(super) fn too_many_cells(sheet: &str, limits: &Limits) -> String {
    too_large("cells", limits.cells, &format!("filled cells on its sheet {sheet}"))
}

/// That a sheet which is held whole has cells too far from each other.
pub(super) fn too_wide(limits: &Limits) -> String {
    too_large("extent", limits.extent, "cells between the first and the last on a sheet")
}

fn megabytes(number: u32) -> u64 {
    u64::from(number) << 20
}
