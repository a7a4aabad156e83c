//! What a file is, by what is in it. Its ending only tells what its sender took it for.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    /// A workbook, or called one, that cannot be opened: half a sentence.
    Unopened(String),
    /// A paper or picture.
    Attachment,
    /// A message or an archive.
    Archive,
    /// Not sent by anyone: for the log, half a sentence.
    PassedOver(String),
}

/// Endings by which people know a workbook.
const WORKBOOKS: &[&str] =
    &["xlsx", "xlsm", "xlsb", "xls", "ods", "xltx", "xltm", "xlt", "ots", "fods"];

const ARCHIVES: &[&str] = &["zip", "7z", "rar", "gz", "tar", "msg", "eml"];

/// So much of a file is looked at to tell text from other things.
const HEAD: usize = 4096;

/// Content types and manifests are read so far.
const PART: u64 = 1 << 20;

pub(super) fn sort(path: &str, bytes: &[u8]) -> Sort {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    if let Some(reason) = system_file(name) {
        return Sort::PassedOver(reason.to_owned());
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let called_workbook = WORKBOOKS.contains(&&*ending);
    // A thing that is not a workbook: a paper, or a workbook that cannot be opened if it is called one.
    let paper = |what: &str| match called_workbook {
        true => Sort::Unopened(format!("it is {what} saved with the ending .{ending}")),
        false => Sort::Attachment,
    };
    if bytes.is_empty() {
        return match called_workbook {
            true => Sort::Unopened("it is empty".to_owned()),
            false => Sort::PassedOver("an empty file".to_owned()),
        };
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return match called_workbook {
            true => Sort::Unopened("it holds no data; it may still have been copying".to_owned()),
            false => Sort::PassedOver("a file without data".to_owned()),
        };
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zipped(bytes, called_workbook, &ending);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return compound(bytes, called_workbook, &ending);
    }
    if ARCHIVES.contains(&&*ending)
        || bytes.starts_with(b"7z\xBC\xAF")
        || bytes.starts_with(b"Rar!")
    {
        return Sort::Archive;
    }
    // Excel 2 to 4 wrote its records without a container.
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..]) {
        return Sort::Unopened("it was saved by a version of Excel from before 1995".to_owned());
    }
    for (start, what) in [
        (&b"%PDF"[..], "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"{\\rtf", "a text document"),
    ] {
        if bytes.starts_with(start) {
            return paper(what);
        }
    }
    match head(bytes) {
        Some(head) => text(&head, &paper),
        None if called_workbook => {
            Sort::Unopened("it is damaged, or not a workbook at all".to_owned())
        }
        None => Sort::Attachment,
    }
}

/// Files that programs leave behind.
fn system_file(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("~$") || lower.starts_with(".~lock.") {
        return Some("left by a program that has the file open");
    }
    if ["thumbs.db", "desktop.ini"].contains(&&*lower) || lower.starts_with('.') {
        return Some("a system file");
    }
    (lower.ends_with(".tmp") || lower.ends_with('~')).then_some("left by a program")
}

fn zipped(bytes: &[u8], called_workbook: bool, ending: &str) -> Sort {
    let cut =
        || Sort::Unopened("it is only partly there (the end of the file is missing)".to_owned());
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return if called_workbook { cut() } else { Sort::Archive };
    };
    let types = part(&mut archive, "[Content_Types].xml");
    let office = |mark: &str| types.as_deref().is_some_and(|types| types.contains(mark));
    if office("sheet.binary.macroEnabled.main") {
        return Sort::Xlsb;
    }
    if office("spreadsheetml") || archive.index_for_name("xl/workbook.xml").is_some() {
        return Sort::Xlsx;
    }
    let document = match (office("wordprocessingml"), office("presentationml"), office("visio")) {
        (true, _, _) => Some("a Word document"),
        (_, true, _) => Some("a presentation"),
        (_, _, true) => Some("a Visio drawing"),
        _ => None,
    };
    let mimetype = part(&mut archive, "mimetype").unwrap_or_default();
    let manifest = part(&mut archive, "META-INF/manifest.xml").unwrap_or_default();
    let open = |mark: &str| mimetype.contains(mark) || manifest.contains(mark);
    if open("opendocument.spreadsheet") {
        return match manifest.contains("encryption-data") {
            true => Sort::Unopened("it is protected by a password".to_owned()),
            false => Sort::Ods,
        };
    }
    let document = document.or(open("opendocument.").then_some("an OpenDocument text or drawing"));
    match (document, called_workbook) {
        (Some(what), true) => {
            Sort::Unopened(format!("it is {what} saved with the ending .{ending}"))
        }
        (Some(_), false) => Sort::Attachment,
        (None, true) if types.is_some() || archive.is_empty() => {
            Sort::Unopened("it is damaged: there is no workbook in it".to_owned())
        }
        (None, true) => {
            Sort::Unopened(format!("it is a zip archive saved with the ending .{ending}"))
        }
        (None, false) => Sort::Archive,
    }
}

/// The start of a part, as text; `None` when it is not there or cannot be unpacked.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = Vec::new();
    archive.by_name(name).ok()?.take(PART).read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// The container of Excel 5 to 2003, of old Word and Visio, of messages, and of what is protected by a password.
fn compound(bytes: &[u8], called_workbook: bool, ending: &str) -> Sort {
    let names = directory(bytes);
    let has = |name: &str| names.iter().any(|own| own.eq_ignore_ascii_case(name));
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Sort::Unopened("it is protected by a password".to_owned());
    }
    if has("Workbook") || has("Book") {
        return Sort::Xls;
    }
    if has("__properties_version1.0") || ending == "msg" {
        return Sort::Archive;
    }
    let document = match (has("WordDocument"), has("PowerPoint Document"), has("VisioDocument")) {
        (true, _, _) => "a Word document",
        (_, true, _) => "a presentation",
        (_, _, true) => "a Visio drawing",
        // The list of what is in it stands near its end.
        _ if called_workbook => {
            return Sort::Unopened("it is damaged, or only partly there".to_owned());
        }
        _ => "a document",
    };
    match called_workbook {
        true => Sort::Unopened(format!("it is {document} saved with the ending .{ending}")),
        false => Sort::Attachment,
    }
}

/// The names in a compound file. Its directory entries are 128 bytes long and stand at multiples of 128.
fn directory(bytes: &[u8]) -> Vec<String> {
    bytes
        .chunks_exact(128)
        .skip(4)
        .filter_map(|entry| {
            let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
            let letters = entry.get(..length.checked_sub(2)?).filter(|own| own.len() <= 62)?;
            let kind = entry[66];
            if letters.is_empty() || letters.len() % 2 == 1 || !matches!(kind, 1 | 2 | 5) {
                return None;
            }
            let letters: Vec<u16> = letters
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16(&letters).ok()
        })
        .collect()
}

/// The start of a file as text; `None` when it is not text.
fn head(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let wide = |from: fn([u8; 2]) -> u16| {
        let letters: Vec<u16> =
            head[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&letters)
    };
    if head.starts_with(b"\xFF\xFE") {
        return Some(wide(u16::from_le_bytes));
    }
    if head.starts_with(b"\xFE\xFF") {
        return Some(wide(u16::from_be_bytes));
    }
    let text = |byte: &u8| *byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    head.iter().all(text).then(|| String::from_utf8_lossy(head).into_owned())
}

fn text(head: &str, paper: &dyn Fn(&str) -> Sort) -> Sort {
    let lower = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).to_lowercase();
    if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") && !lower.contains("<html") {
        return Sort::Unopened("it is an Excel 2003 XML file".to_owned());
    }
    if lower.contains("office:document") && lower.contains("opendocument.spreadsheet") {
        return Sort::Unopened("it is a flat OpenDocument file".to_owned());
    }
    let page = ["<html", "<!doctype html", "<table", "<meta"];
    if page.iter().any(|mark| lower.starts_with(mark)) || lower.contains("<html") {
        return paper("a web page");
    }
    let message = ["received:", "return-path:", "mime-version:", "delivered-to:"];
    if message.iter().any(|mark| lower.starts_with(mark)) {
        return Sort::Archive;
    }
    paper("plain text (CSV or the like)")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn compound(streams: &[&str]) -> Vec<u8> {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0];
        bytes.resize(512, 1);
        for stream in streams {
            let mut entry = vec![0; 128];
            for (index, letter) in stream.encode_utf16().enumerate() {
                entry[2 * index..2 * index + 2].copy_from_slice(&letter.to_le_bytes());
            }
            entry[64] = u8::try_from(2 * stream.len() + 2).unwrap();
            entry[66] = 2;
            bytes.extend(entry);
        }
        bytes
    }

    /// The file, what is in it, and what it is taken for.
    #[test]
    fn a_file_is_what_is_in_it() {
        let unopened = |reason: &str| Sort::Unopened(reason.to_owned());
        let passed = |reason: &str| Sort::PassedOver(reason.to_owned());
        let xlsx = zip(&[("[Content_Types].xml", "…spreadsheetml.sheet.main+xml…")]);
        let cut = xlsx[..xlsx.len() - 30].to_vec();
        let ods = "application/vnd.oasis.opendocument.spreadsheet";
        let cases: Vec<(&str, Vec<u8>, Sort)> = vec![
            ("a.xls", xlsx.clone(), Sort::Xlsx),
            ("a.bin", xlsx, Sort::Xlsx),
            ("a.xlsx", cut, unopened("it is only partly there (the end of the file is missing)")),
            ("a.xls", zip(&[("mimetype", ods)]), Sort::Ods),
            (
                "a.ods",
                zip(&[("mimetype", ods), ("META-INF/manifest.xml", "<m:encryption-data/>")]),
                unopened("it is protected by a password"),
            ),
            ("a.docx", zip(&[("[Content_Types].xml", "wordprocessingml")]), Sort::Attachment),
            (
                "a.xlsx",
                zip(&[("[Content_Types].xml", "wordprocessingml")]),
                unopened("it is a Word document saved with the ending .xlsx"),
            ),
            ("a.zip", zip(&[("return.xlsx", "")]), Sort::Archive),
            (
                "a.xlsx",
                zip(&[("return.xlsx", "")]),
                unopened("it is a zip archive saved with the ending .xlsx"),
            ),
            ("a.xlsx", compound(&["Workbook"]), Sort::Xls),
            ("a.xls", compound(&["Book"]), Sort::Xls),
            ("a.xlsx", compound(&["EncryptedPackage"]), unopened("it is protected by a password")),
            ("a.msg", compound(&["__properties_version1.0"]), Sort::Archive),
            ("chart.vsd", compound(&["VisioDocument"]), Sort::Attachment),
            ("chart.pdf", b"%PDF-1.4\x80".to_vec(), Sort::Attachment),
            ("a.xls", b"%PDF-1.4\x80".to_vec(), unopened("it is a PDF saved with the ending .xls")),
            (
                "a.xls",
                b"\n<HTML><table>".to_vec(),
                unopened("it is a web page saved with the ending .xls"),
            ),
            (
                "a.xls",
                b"Council,Budget\n".to_vec(),
                unopened("it is plain text (CSV or the like) saved with the ending .xls"),
            ),
            (
                "a.xml",
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"
                    .to_vec(),
                unopened("it is an Excel 2003 XML file"),
            ),
            ("a.eml", b"From: a".to_vec(), Sort::Archive),
            ("note.txt", b"hello".to_vec(), Sort::Attachment),
            ("a.xlsx", vec![], unopened("it is empty")),
            ("a.xlsx", vec![0; 99], unopened("it holds no data; it may still have been copying")),
            ("a.xlsx", vec![7, 1, 2], unopened("it is damaged, or not a workbook at all")),
            ("returns/~$H-THA.xlsx", vec![7], passed("left by a program that has the file open")),
            ("returns/Thumbs.db", vec![7], passed("a system file")),
            ("returns/.DS_Store", vec![7], passed("a system file")),
        ];
        for (name, bytes, sort) in cases {
            assert_eq!(super::sort(name, &bytes), sort, "{name}");
        }
    }
}
