//! A run over the sample, every document of every project opened down to the workbooks of its charts: what is public names
//! nobody, no file and no machine, and no pay. The search is the test's own, not that of the disclosure check.

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Cursor, Read},
    path::Path,
    sync::LazyLock,
};

use common::{lathe, printed};
use lathe::{programme::Programme, read, word};
use regex::Regex;
use tempfile::TempDir;
use zip::ZipArchive;

static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[0-9][0-9,]*(?:\.[0-9]+)?").unwrap());
static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new("<[^>]*>").unwrap());

/// Every part of a document by its path, those of documents within it too.
fn all_parts(name: &str, bytes: &[u8], found: &mut BTreeMap<String, String>) {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let path = format!("{name}!{}", entry.name().unwrap());
        let mut bytes = vec![];
        entry.read_to_end(&mut bytes).unwrap();
        if bytes.starts_with(b"PK") {
            all_parts(&path, &bytes, found);
        } else {
            found.insert(path, String::from_utf8(bytes).unwrap());
        }
    }
}

fn numbers(parts: &BTreeMap<String, String>) -> BTreeSet<String> {
    let texts = parts.values().map(|xml| TAG.replace_all(xml, " "));
    texts
        .flat_map(|text| {
            NUMBER.find_iter(&text).map(|own| own.as_str().replace(',', "")).collect::<Vec<_>>()
        })
        .collect()
}

/// Whether a document itself says that it stays in the office or is exempt as a whole.
fn is_kept_back(parts: &BTreeMap<String, String>) -> bool {
    parts
        .iter()
        .filter(|(name, _)| name.matches('!').count() == 1 && name.contains("!docProps/c"))
        .any(|(_, xml)| xml.contains(">Internal<") || xml.contains(">Exempt<"))
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => files(&path, found),
            path => found.push(path),
        }
    }
}

#[test]
fn what_is_public_of_the_sample_tells_nothing_private() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent");
    let programme = Programme::load(&sample).unwrap();
    let intake = read::folder(&sample, &programme, &[]).unwrap();
    let folder = TempDir::new().unwrap();
    let returns = folder.path().join("returns");
    fs::copy(sample.join("programme.toml"), folder.path().join("programme.toml")).unwrap();
    let mut sent = vec![];
    files(&sample.join("returns"), &mut sent);
    for path in &sent {
        let to = returns.join(path.strip_prefix(sample.join("returns")).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(path, to).unwrap();
    }
    let output = lathe(folder.path(), &["run", "--as-at", "2009-03-01"]);
    assert!(output.status.success());
    assert!(!printed(&output).contains("PRV-004"), "a document was not produced");

    // Whom a brief names as its lead, the documents of that project may name.
    let (mut people, mut leads) = (BTreeSet::new(), BTreeMap::<String, BTreeSet<String>>::new());
    for ret in &intake.returns {
        for (field, answer) in ret.answers() {
            let shown = answer.shown().trim().to_owned();
            let is_person = field.name.ends_with("_name") && shown.contains(". ")
                || field.name.contains("completed_by_name")
                || shown.contains('@')
                || field.name.ends_with("_phone");
            if is_person && shown.len() > 5 {
                if ret.council.is_none() && field.name.starts_with("P2_") {
                    let project = ret.project.as_deref().unwrap().to_owned();
                    leads.entry(project).or_default().insert(shown.clone());
                }
                people.insert(shown);
            }
        }
    }
    assert!(people.len() > 20, "{people:?}");
    let mut private = BTreeSet::new();
    for path in &sent {
        private.insert(path.file_name().unwrap().to_str().unwrap().to_owned());
    }
    for (path, hash) in &intake.hashes {
        private.insert(hash[..10].to_owned());
        private.insert(path.rsplit('/').next().unwrap().to_owned());
    }
    private.insert(folder.path().to_str().unwrap().to_owned());
    private.extend(["returns/", "file:///", "/home/", "C:\\"].map(str::to_owned));

    let mut written = vec![];
    files(&folder.path().join("drafts"), &mut written);
    files(&folder.path().join("out"), &mut written);
    written.retain(|path| path.extension().is_some_and(|own| own == "docx" || own == "xlsx"));
    written.sort();
    let mut documents = BTreeMap::new();
    let mut clean = 0;
    for path in &written {
        let name = path.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(path).unwrap();
        let mut parts = BTreeMap::new();
        all_parts(&name, &bytes, &mut parts);
        // The clerk's copy of it, as it would be once nothing stands in its way.
        if name.starts_with("drafts/")
            && let Ok(copy) = word::finish(&bytes, &|_, _| None)
        {
            all_parts(&format!("clean {name}"), &copy, &mut parts);
            clean += 1;
        }
        documents.insert(name, parts);
    }
    let mut public = 0;
    let (mut faults, mut found_in_internal) = (vec![], false);
    for (name, parts) in &documents {
        if is_kept_back(parts) {
            // The same search finds what the office's own papers hold.
            let own = parts.values().any(|xml| private.iter().any(|word| xml.contains(&**word)));
            found_in_internal |= own;
            continue;
        }
        public += 1;
        let project = name.split('/').find_map(|step| {
            programme.subjects().find(|own| own.folder() == step).map(|own| own.code.to_string())
        });
        let project = project.expect("what is public is of a project");
        let lead = leads.get(&project).cloned().unwrap_or_default();
        let allowed: BTreeSet<String> =
            if name.ends_with(".docx") { lead } else { BTreeSet::new() };
        for (part, xml) in parts {
            let said = TAG.replace_all(xml, "");
            for word in people.difference(&allowed).chain(&private) {
                if xml.contains(word.as_str()) || said.contains(word.as_str()) {
                    faults.push(format!("{part}: {word}"));
                }
            }
        }
        // Pay: no number of the exempt workbook that the public one has not, in no document of the project.
        let own = programme.subjects().find(|own| *own.code == *project).unwrap();
        let of = |book: &str| {
            let end = format!("/projects/{}/{book}.xlsx", own.folder());
            documents.iter().find(|(name, _)| name.ends_with(&end)).map(|(_, own)| numbers(own))
        };
        if let (true, Some(exempt), Some(public)) =
            (name.ends_with(".docx"), of("exempt"), of("consolidated"))
        {
            let tells = |number: &&String| {
                let whole = number.split('.').next().unwrap();
                whole.len() > 4 && !whole.ends_with("00") && !public.contains(*number)
            };
            let own = numbers(parts);
            let found = exempt.iter().filter(tells).filter(|number| own.contains(*number));
            faults.extend(found.map(|number| format!("{name}: {number} of the exempt workbook")));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    assert!(found_in_internal && clean > 0, "{clean} clean copies");
    assert!(public >= 40, "{public} public documents");
}
