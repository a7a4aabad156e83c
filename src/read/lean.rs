//! Parts of a workbook without what the reader of cells makes nothing of: it takes as long over an empty cell as over
//! a full one, and the forms have as many of either.

use std::{borrow::Cow, ops::Range};

use memchr::memmem;

use crate::place;

/// The end of the cells, after which nothing is read.
const END: &[u8] = b"</sheetData>";

/// The declaration of XML stands here or before, behind a mark of the order of bytes.
const AT_FIRST: usize = 3;

/// The tag of an empty cell is no longer.
const LONGEST: usize = 64;

/// A sheet up to the end of its cells, without those that are empty and say where they stand. A cell that does not is
/// told by the one before it, which is kept.
pub(super) fn sheet(part: &[u8]) -> Cow<'_, [u8]> {
    // In a comment, a passage of characters or an instruction, what looks like a cell or the end of the cells may be none.
    if memmem::find(part, b"<!").is_some()
        || memmem::rfind(part, b"<?").is_some_and(|at| at > AT_FIRST)
    {
        return Cow::Borrowed(part);
    }
    let end = memmem::find(part, END).map_or(part.len(), |at| at + END.len());
    let part = &part[..end];
    let (mut lean, mut from) = (Vec::with_capacity(part.len()), 0);
    for at in memmem::find_iter(part, b"\"/>") {
        let after = at + b"\"/>".len();
        let far = from.max(at.saturating_sub(LONGEST));
        let Some(start) = memchr::memrchr(b'<', &part[far..at]).map(|start| far + start) else {
            continue;
        };
        let next = &part[after..];
        let is_told = next.starts_with(b"<c r=\"") || next.starts_with(b"</row>");
        if is_told && is_placed(&part[start..after]) {
            lean.extend_from_slice(&part[from..start]);
            from = after;
        }
    }
    lean.extend_from_slice(&part[from..]);
    Cow::Owned(lean)
}

/// Whether a tag is one of a cell that says where it stands.
fn is_placed(tag: &[u8]) -> bool {
    let Some(rest) = tag.strip_prefix(b"<c r=\"") else { return false };
    let end = memchr::memchr(b'"', rest).unwrap_or_default();
    std::str::from_utf8(&rest[..end]).is_ok_and(|cell| place::cell(cell).is_some())
}

/// A part without a stretch of it.
pub(super) fn without<'p>(part: &'p [u8], stretch: &Range<usize>) -> Cow<'p, [u8]> {
    match (part.get(..stretch.start), part.get(stretch.end..)) {
        (Some(before), Some(after)) => Cow::Owned([before, after].concat()),
        _ => Cow::Borrowed(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lean(part: &str) -> String {
        String::from_utf8(sheet(part.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn empty_cells_and_what_follows_the_cells_are_left_out() {
        let part = r#"<sheetData><row r="1"><c r="A1" s="2"/><c r="B1" s="2"/><c r="C1"><v>1</v></c><c r="D1"/></row></sheetData><f/>"#;
        let own = r#"<sheetData><row r="1"><c r="C1"><v>1</v></c></row></sheetData>"#;
        assert_eq!(lean(part), own);
        assert_eq!(lean(own), own);
    }

    #[test]
    fn a_cell_by_which_the_next_is_told_is_kept() {
        let part =
            r#"<row r="1"><c r="A1"/><c r="B1"/><c><v>1</v></c><c r="D1"/> <c><v>2</v></c></row>"#;
        let own = r#"<row r="1"><c r="B1"/><c><v>1</v></c><c r="D1"/> <c><v>2</v></c></row>"#;
        assert_eq!(lean(part), own);
    }

    #[test]
    fn what_is_no_empty_cell_is_kept() {
        for part in [
            r#"<row r="1"/><row r="2"><c r="??"/></row>"#,
            r#"<row r="2"><c s="1"/><c r="A1" t="str"><f t="shared" si="0"/><v>"/></v></c></row>"#,
            r#"<row><c r="A1"><is><t><![CDATA[<c r="A1"/><c r="B1"/>]]></t></is></c></row>"#,
            r#""/></row>"#,
        ] {
            assert_eq!(lean(part), part);
        }
    }

    #[test]
    fn what_is_no_end_of_the_cells_ends_nothing() {
        for part in [
            r#"<!-- </sheetData> --><row><c r="A1"/></row></sheetData><f/>"#,
            r#"<?xml version="1.0"?><row><c r="A1"/></row><?own </sheetData>?><row/></sheetData><f/>"#,
            r#"<c r="A1"><is><t><![CDATA[see </sheetData>]]></t></is></c></row></sheetData><f/>"#,
        ] {
            assert_eq!(lean(part), part);
        }
        let part = "\u{feff}<?xml version=\"1.0\"?><row><c r=\"A1\"/></row></sheetData><f/>";
        assert_eq!(lean(part), "\u{feff}<?xml version=\"1.0\"?><row></row></sheetData>");
    }

    #[test]
    fn a_stretch_is_left_out_where_there_is_one() {
        assert_eq!(&*without(b"one two", &(3..7)), b"one");
        assert_eq!(&*without(b"one", &(1..7)), b"one");
    }
}
