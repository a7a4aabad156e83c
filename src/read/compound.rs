//! A workbook of Excel 5 to 2003 looked over before it is opened. Its container is a file system in small, in which
//! damage can make a chain without end, and its sheets are held whole, so their extent matters.

use super::preflight;
use crate::programme::Limits;

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;

/// Sector numbers from here on have a meaning of their own.
const SPECIAL: u32 = 0xFFFF_FFFA;

/// Streams shorter than this lie in the stream of the root, in pieces of 64 bytes.
const SHORT: usize = 4096;

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// Of each sector the next in its chain.
    next: Vec<u32>,
}

/// Looks a workbook over, and hands on its records.
///
/// # Errors
/// Why it is not opened, as half a sentence.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, String> {
    let compound = Compound::open(bytes).ok_or_else(cut)?;
    let word = |at: usize| u32_at(bytes, at).ok_or_else(cut);
    let directory = compound.stream(word(48)?, usize::MAX)?;
    let mut root = None;
    let mut book = None;
    for entry in directory.chunks_exact(128) {
        let (kind, start) = (entry[66], u32_at(entry, 116).unwrap_or(END_OF_CHAIN));
        let length = u32_at(entry, 120).unwrap_or(0) as usize;
        let letters =
            entry[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let letters: Vec<u16> = letters.take_while(|letter| *letter != 0).collect();
        let name = String::from_utf16_lossy(&letters).to_lowercase();
        match kind {
            5 => root = Some((start, length)),
            2 if matches!(&*name, "workbook" | "book") => book = book.or(Some((start, length))),
            2 if name.ends_with("summaryinformation") && length >= SHORT => {
                compound.stream(start, length)?;
            }
            _ => {}
        }
    }
    let (Some((root, root_length)), Some((start, length))) = (root, book) else {
        return Err(cut());
    };
    let records = if length >= SHORT {
        compound.stream(start, length)?
    } else {
        let pieces = compound.stream(root, root_length)?;
        let chain =
            compound.stream(word(60)?, (word(64)? as usize).saturating_mul(compound.sector))?;
        pieces_of(&pieces, &chain, start, length)
    };
    extent(&records, limits)?;
    Ok(records)
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let sector = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4096,
            _ => return None,
        };
        let mut compound = Compound { bytes, sector, next: Vec::new() };
        let mut tables: Vec<u32> =
            (0..109).filter_map(|index| u32_at(bytes, 76 + 4 * index)).collect();
        let mut more = u32_at(bytes, 68)?;
        let mut left = bytes.len() / sector + 1;
        while more < SPECIAL && left > 0 {
            left -= 1;
            let sector = compound.sector(more)?;
            let words: Vec<u32> =
                sector.chunks_exact(4).filter_map(|word| u32_at(word, 0)).collect();
            let (last, words) = words.split_last()?;
            tables.extend(words);
            more = *last;
        }
        for table in tables.into_iter().filter(|table| *table < SPECIAL) {
            let words: Vec<u32> = compound
                .sector(table)?
                .chunks_exact(4)
                .filter_map(|word| u32_at(word, 0))
                .collect();
            compound.next.extend(words);
        }
        Some(compound)
    }

    /// A sector; the last of a file may be short.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(self.sector)])
    }

    /// The bytes of a chain of sectors, as many as it is said to have.
    fn stream(&self, start: u32, length: usize) -> Result<Vec<u8>, String> {
        let mut stream = Vec::new();
        let mut at = start;
        let mut left = self.next.len();
        while at != END_OF_CHAIN && stream.len() < length {
            if left == 0 {
                return Err(damaged());
            }
            left -= 1;
            stream.extend(self.sector(at).ok_or_else(cut)?);
            at = *self.next.get(at as usize).ok_or_else(damaged)?;
        }
        stream.truncate(length);
        Ok(stream)
    }
}

/// A short stream, put together from its pieces of 64 bytes.
fn pieces_of(pieces: &[u8], chain: &[u8], start: u32, length: usize) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut at = start;
    while at != END_OF_CHAIN && stream.len() < length {
        let from = at as usize * 64;
        let Some(piece) = pieces.get(from..) else { break };
        if piece.is_empty() {
            break;
        }
        stream.extend(&piece[..piece.len().min(64)]);
        at = u32_at(chain, at as usize * 4).unwrap_or(END_OF_CHAIN);
    }
    stream
}

/// Whether the cells of each sheet lie near enough to each other for the sheet to be held whole.
fn extent(records: &[u8], limits: &Limits) -> Result<(), String> {
    let mut rest = records;
    // Lowest and highest row and column.
    let mut extent: Option<[usize; 4]> = None;
    while let [kind_low, kind_high, length_low, length_high, ..] = *rest {
        let kind = u16::from_le_bytes([kind_low, kind_high]);
        let length = usize::from(u16::from_le_bytes([length_low, length_high]));
        let Some(data) = rest.get(4..4 + length) else { break };
        rest = &rest[4 + length..];
        let word = |at: usize| {
            data.get(at..at + 2).map(|word| usize::from(u16::from_le_bytes([word[0], word[1]])))
        };
        match kind {
            // The beginning of a sheet.
            0x0009 | 0x0209 | 0x0409 | 0x0809 => extent = None,
            // What follows is encrypted.
            0x002F => return Err("it is protected by a password".to_owned()),
            // What the sheet says of its own extent: room is made for so much.
            0x0000 | 0x0200 => {
                let (rows, columns) = match length {
                    14 => (u32_at(data, 4).unwrap_or(0) as usize, word(10).unwrap_or(0)),
                    _ => (word(2).unwrap_or(0), word(6).unwrap_or(0)),
                };
                if rows > 65_536 || columns > 256 {
                    return Err(damaged());
                }
            }
            0x0001..=0x0006
            | 0x00BD
            | 0x00BE
            | 0x00D6
            | 0x00FD
            | 0x0201
            | 0x0203..=0x0206
            | 0x027E
            | 0x0406 => {
                let (Some(row), Some(column)) = (word(0), word(2)) else { continue };
                let last = match kind {
                    0x00BD | 0x00BE => word(length.saturating_sub(2)).unwrap_or(column),
                    _ => column,
                };
                if last > 255 {
                    return Err(damaged());
                }
                let [top, bottom, left, right] = extent.unwrap_or([row, row, column, last]);
                let own = [top.min(row), bottom.max(row), left.min(column), right.max(last)];
                if (own[1] - own[0] + 1) * (own[3] + 1 - own[2].min(own[3]))
                    > limits.extent as usize
                {
                    return Err(preflight::too_wide(limits));
                }
                extent = Some(own);
            }
            _ => {}
        }
    }
    Ok(())
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}

fn damaged() -> String {
    "it is damaged".to_owned()
}

fn cut() -> String {
    "it is only partly there (the end of the file is missing)".to_owned()
}
