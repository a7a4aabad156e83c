//! The parts of a zipped Excel workbook that say where its sheets are and what its names mean.

use std::{collections::BTreeMap, ops::Range};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use super::parts::Parts;

/// What a workbook's main part says. Empty where a part is missing: the reader of cells speaks up then.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// The parts without which there is no workbook, or one whose cells would be misread.
    pub(super) vital: Vec<String>,
    /// The part of each sheet, by the sheet's name.
    pub(super) sheets: BTreeMap<String, String>,
    /// Defined names of the whole workbook, and those of one sheet that exist only once.
    pub(super) names: Vec<(String, String)>,
    /// The part that holds the names, and where in it.
    pub(super) names_in: Option<(String, Range<usize>)>,
}

pub(super) fn read(parts: &mut Parts<'_>) -> Package {
    let main = parts.text("_rels/.rels").and_then(|text| {
        let main =
            relations(&text).into_iter().find(|[_, kind, _]| kind.ends_with("/officeDocument"));
        main.map(|[.., target]| target.trim_start_matches('/').to_owned())
    });
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let (folder, file) =
        main.rsplit_once('/').map_or(("", &*main), |(folder, file)| (folder, file));
    let inside = |target: &str| match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let own_relations = inside(&format!("_rels/{file}.rels"));
    let targets: BTreeMap<String, String> = parts
        .text(&own_relations)
        .map(|text| relations(&text).into_iter().map(|[id, _, to]| (id, inside(&to))).collect())
        .unwrap_or_default();
    let vital = ["sharedStrings.xml", "styles.xml"].map(inside);
    let vital = ["_rels/.rels".to_owned(), main, own_relations].into_iter().chain(vital);
    let mut package = Package { vital: vital.collect(), ..Package::default() };
    let Some(workbook) = parts.text(&package.vital[1]) else { return package };

    let mut local: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut reader = Reader::from_str(&workbook);
    reader.config_mut().check_end_names = false;
    let mut name: Option<(String, bool)> = None;
    let mut text = String::new();
    let mut names: Range<u64> = 0..0;
    loop {
        let before = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element))
                if element.local_name().as_ref() == "sheet" =>
            {
                if let Some(part) = targets.get(&attribute(&element, "id")) {
                    package.sheets.insert(attribute(&element, "name"), part.clone());
                }
            }
            Ok(Event::Start(element)) if element.local_name().as_ref() == "definedName" => {
                let of_sheet = !attribute(&element, "localSheetId").is_empty();
                name = Some((attribute(&element, "name"), of_sheet));
                text.clear();
            }
            Ok(Event::Text(more)) if name.is_some() => text.push_str(&more.xml10_content()),
            Ok(Event::GeneralRef(more)) if name.is_some() => {
                text.push(match &*more.xml10_content() {
                    "amp" => '&',
                    "apos" => '\'',
                    "quot" => '"',
                    "lt" => '<',
                    "gt" => '>',
                    _ => more.resolve_char_ref().ok().flatten().unwrap_or('\u{fffd}'),
                });
            }
            Ok(Event::Start(element)) if element.local_name().as_ref() == "definedNames" => {
                names.start = before;
            }
            Ok(Event::End(element)) if element.local_name().as_ref() == "definedNames" => {
                names.end = reader.buffer_position();
            }
            Ok(Event::End(element)) if element.local_name().as_ref() == "definedName" => {
                if let Some((name, of_sheet)) = name.take() {
                    let text = std::mem::take(&mut text);
                    match of_sheet {
                        true => local.entry(name).or_default().push(text),
                        false => package.names.push((name, text)),
                    }
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    if let (Ok(from), Ok(to)) = (usize::try_from(names.start), usize::try_from(names.end))
        // A mark of the byte order is not counted by every reader.
        && workbook.get(from..to).is_some_and(|own| own.starts_with('<') && own.ends_with('>'))
    {
        package.names_in = Some((package.vital[1].clone(), from..to));
    }
    for (name, texts) in local {
        let known = package.names.iter().any(|(own, _)| own.eq_ignore_ascii_case(&name));
        if let ([text], false) = (&*texts, known) {
            package.names.push((name, text.clone()));
        }
    }
    package
}

/// The relations that a part of relations holds: the id of each, its kind and its target.
pub(super) fn relations(text: &str) -> Vec<[String; 3]> {
    let mut relations = Vec::new();
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element))
                if element.local_name().as_ref() == "Relationship" =>
            {
                relations.push(["Id", "Type", "Target"].map(|name| attribute(&element, name)));
            }
            Ok(Event::Eof) | Err(_) => return relations,
            Ok(_) => {}
        }
    }
}

/// The value of an attribute, whatever its prefix; "" when it is not there.
fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let own = attributes.find(|own| own.key.local_name().as_ref() == name);
    own.and_then(|own| own.normalized_value(XmlVersion::Implicit1_0).ok())
        .map(|value| value.into_owned())
        .unwrap_or_default()
}
