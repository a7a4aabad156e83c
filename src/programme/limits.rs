//! What a file that came back may take of the machine.

use std::{path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::settings::{Key, Table, key};

pub(super) const KEYS: &[Key] = &[
    key("parts", "parts = 2000"),
    key("part_mb", "part_mb = 128"),
    key("unpacked_mb", "unpacked_mb = 256"),
    key("cells", "cells = 4000000"),
    key("extent", "extent = 3000000"),
    key("memory_mb", "memory_mb = 1024"),
    key("seconds", "seconds = 30"),
];

/// How much a file may take before it is not read. Generous, because a large return is no offence: 100,000 rows of
/// staffing are a part of 84 MB and 2.7 million cells.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Limits {
    /// Parts of a zipped workbook.
    pub parts: u32,
    /// MB of one part, unpacked.
    pub part_mb: u32,
    /// MB of all parts, unpacked.
    pub unpacked_mb: u32,
    /// Filled cells of one sheet.
    pub cells: u32,
    /// Cells, blank ones with them, from the first in use to the last of a sheet that can only be held whole.
    pub extent: u32,
    /// MB of memory that the reading of an .xls, .xlsb or .ods may take.
    pub memory_mb: u32,
    /// Seconds that it may take.
    pub seconds: u32,
    /// The executable of lathe, which then reads .xls, .xlsb and .ods in a process of their own: their readers can
    /// be brought down by a damaged file. Handed in by who runs it. Without it memory and time have no limit.
    #[serde(skip)]
    pub helper: Option<Arc<Path>>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            parts: 2_000,
            part_mb: 128,
            unpacked_mb: 256,
            cells: 4_000_000,
            extent: 3_000_000,
            memory_mb: 1_024,
            seconds: 30,
            helper: None,
        }
    }
}

pub(super) fn read(root: &Table<'_>) -> Limits {
    let usual = Limits::default();
    let Some(value) = root.get("limits") else { return usual };
    let Some(table) = root.inner("limits", value, String::from("limits"), KEYS) else {
        return usual;
    };
    let within =
        |key: &str, most: u32, usual: u32| table.whole_if_given(key, most).unwrap_or(usual);
    Limits {
        parts: within("parts", 65_535, usual.parts),
        part_mb: within("part_mb", 2_048, usual.part_mb),
        unpacked_mb: within("unpacked_mb", 4_096, usual.unpacked_mb),
        cells: within("cells", 100_000_000, usual.cells),
        extent: within("extent", 100_000_000, usual.extent),
        memory_mb: within("memory_mb", 65_536, usual.memory_mb),
        seconds: within("seconds", 3_600, usual.seconds),
        helper: None,
    }
}
