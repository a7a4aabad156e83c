//! The parts of a zipped Excel workbook that say where its sheets are and what its names mean.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use zip::{ZipArchive, read::ZipFile};

/// What a workbook's main part says. Empty where a part is missing: the reader of cells speaks up then.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// The part of each sheet, by the sheet's name.
    pub(super) parts: BTreeMap<String, String>,
    /// Defined names of the whole workbook, and those of one sheet that exist only once.
    pub(super) names: Vec<(String, String)>,
}

pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

pub(super) fn read(archive: &mut Archive<'_>) -> Package {
    let relations = |text: &str| {
        let mut relations = Vec::new();
        elements(text, |name, element| {
            if name == "Relationship" {
                relations.push(["Id", "Type", "Target"].map(|name| attribute(element, name)));
            }
        });
        relations
    };
    let main = part(archive, "_rels/.rels").and_then(|text| {
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
    let targets: BTreeMap<String, String> = part(archive, &inside(&format!("_rels/{file}.rels")))
        .map(|text| relations(&text).into_iter().map(|[id, _, to]| (id, inside(&to))).collect())
        .unwrap_or_default();
    let Some(workbook) = part(archive, &main) else { return Package::default() };

    let mut package = Package::default();
    let mut local: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut reader = Reader::from_str(&workbook);
    reader.config_mut().check_end_names = false;
    let mut name: Option<(String, bool)> = None;
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element))
                if element.local_name().as_ref() == "sheet" =>
            {
                if let Some(part) = targets.get(&attribute(&element, "id")) {
                    package.parts.insert(attribute(&element, "name"), part.clone());
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
    for (name, texts) in local {
        let known = package.names.iter().any(|(own, _)| own.eq_ignore_ascii_case(&name));
        if let ([text], false) = (&*texts, known) {
            package.names.push((name, text.clone()));
        }
    }
    package
}

/// A part as text, whatever the case of its name and the slant of its slashes.
pub(super) fn part(archive: &mut Archive<'_>, name: &str) -> Option<String> {
    let mut part = open(archive, name)?;
    let mut text = String::with_capacity(usize::try_from(part.size()).unwrap_or(0));
    part.read_to_string(&mut text).ok()?;
    Some(text)
}

/// A part to be read. Its size was looked at before.
pub(super) fn open<'a, 'b>(
    archive: &'a mut Archive<'b>,
    name: &str,
) -> Option<ZipFile<'a, Cursor<&'b [u8]>>> {
    let index = archive.index_for_name(name).or_else(|| {
        (0..archive.len()).find(|index| {
            archive.name_for_index(*index).is_some_and(|own| {
                own.is_ok_and(|own| own.replace('\\', "/").eq_ignore_ascii_case(name))
            })
        })
    })?;
    archive.by_index(index).ok()
}

fn elements(text: &str, mut each: impl FnMut(&str, &BytesStart<'_>)) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                each(element.local_name().as_ref(), &element);
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The value of an attribute, whatever its prefix; "" when it is not there.
fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let mut attributes = element.attributes();
    let own =
        attributes.with_checks(false).flatten().find(|own| own.key.local_name().as_ref() == name);
    own.and_then(|own| own.normalized_value(XmlVersion::Implicit1_0).ok())
        .map(|value| value.into_owned())
        .unwrap_or_default()
}
