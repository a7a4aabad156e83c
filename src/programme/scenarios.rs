//! Scenarios: sets of councils beside the full one.

use super::{Code, Participation, Project, Scenario, Status, councils::Councils};
use crate::settings::{Table, quoted};

/// The scenarios, in the order of the file.
pub(super) fn read(root: &Table<'_>, councils: &Councils, projects: &[Project]) -> Vec<Scenario> {
    let key = "scenarios";
    // A council whose status cannot be read would seem to take part in nothing.
    let sound = root.notes.is_empty();
    let mut scenarios = vec![];
    let mut names: Vec<String> = vec![];
    for entry in root.list(key) {
        let at = entry.span().start;
        let Some(name) = root.as_text(key, entry) else { continue };
        if !root.is_new(key, at, &name, &names) {
            continue;
        }
        names.push(name.clone());
        let Some((without, with)) = parts(&name) else {
            let advice = if name == "all" {
                "It is always reckoned; leave it out."
            } else {
                "Write it as in: \"without-SHE\", \"with-ASH\" or \"without-SHE-DOV\""
            };
            root.notes.add(at, &format!("\"{}\" cannot be a scenario. {advice}", quoted(&name)));
            continue;
        };
        let what = format!("scenario \"{}\"", quoted(&name));
        let find = |codes: Vec<&str>, changes: fn(&Status) -> bool, advice: &str| -> Vec<Code> {
            let mut found = vec![];
            for code in codes {
                let Some(council) = councils.find(code, root.notes, at, &what) else {
                    continue;
                };
                let mut parts = projects.iter().flat_map(|project| &project.participation);
                let own = |part: &Participation| part.council == council.code;
                if sound && !parts.any(|part| own(part) && changes(&part.status)) {
                    let name = &council.name;
                    root.notes.add(at, &format!("{what} changes nothing: {name} {advice}"));
                }
                found.push(council.code.clone());
            }
            found
        };
        let counted = |status: &Status| matches!(status, Status::In | Status::ToBeClarified);
        let invited = |status: &Status| matches!(status, Status::Optional);
        scenarios.push(Scenario {
            without: find(without, counted, "takes part in no project. Delete the scenario."),
            with: find(with, invited, "is \"optional\" in no project. Delete the scenario."),
            name: Code::from(name),
        });
    }
    scenarios
}

/// The councils left out of and taken into a scenario, as its name says: `without-SHE-DOV`, `with-ASH`.
fn parts(name: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let (mut without, mut with) = (vec![], vec![]);
    let mut words = name.split('-').peekable();
    while let Some(word) = words.next() {
        let set = match word {
            "without" => &mut without,
            "with" => &mut with,
            _ => return None,
        };
        words.peek()?;
        while let Some(code) = words.next_if(|word| !["with", "without"].contains(word)) {
            set.push(code);
        }
    }
    let mut all: Vec<&str> = without.iter().chain(&with).copied().collect();
    let count = all.len();
    all.sort();
    all.dedup();
    (all.len() == count).then_some((without, with))
}
