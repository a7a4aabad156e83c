//! The comments on a sheet of a zipped Excel workbook, which the reader of cells does not tell of.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use super::{package, parts::Parts};
use crate::place::{self, Cell};

/// The comments on the sheet in this part, by cell.
pub(super) fn on(parts: &mut Parts<'_>, sheet: &str) -> Vec<(Cell, Box<str>)> {
    let Some(part) = part_of(parts, sheet) else { return Vec::new() };
    let mut comments = parts.text(&part).map_or(Vec::new(), |text| read(&text));
    comments.sort();
    comments
}

/// The part that holds the comments on the sheet in this part.
pub(super) fn part_of(parts: &mut Parts<'_>, sheet: &str) -> Option<String> {
    let (folder, file) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let relations = parts.text(&format!("{folder}/_rels/{file}.rels"))?;
    if !relations.contains("/comments") {
        return None;
    }
    let mut relations = package::relations(&relations).into_iter();
    let [.., target] = relations.find(|[_, kind, _]| kind.ends_with("/comments"))?;
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    Some(match (target.strip_prefix("../"), target.strip_prefix('/')) {
        (Some(inside), _) => format!("{above}/{inside}"),
        (_, Some(whole)) => whole.to_owned(),
        _ => format!("{folder}/{target}"),
    })
}

fn read(text: &str) -> Vec<(Cell, Box<str>)> {
    let mut comments = Vec::new();
    let mut open: Option<(Cell, String)> = None;
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "comment" => {
                open = place::cell(&attribute(&element, "ref")).map(|cell| (cell, String::new()));
            }
            Ok(Event::Text(more)) => {
                if let Some((_, said)) = &mut open {
                    said.push_str(&more.xml10_content());
                }
            }
            Ok(Event::End(element)) if element.local_name().as_ref() == "comment" => {
                comments.extend(open.take().map(|(cell, said)| (cell, said.trim().into())));
            }
            Ok(Event::Eof) | Err(_) => return comments,
            Ok(_) => {}
        }
    }
}

/// The value of an attribute; "" when it is not there.
fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let mut attributes = element.attributes();
    let own = attributes.with_checks(false).flatten().find(|own| own.key.as_ref() == name);
    own.and_then(|own| own.normalized_value(XmlVersion::Implicit1_0).ok())
        .map(|value| value.into_owned())
        .unwrap_or_default()
}
