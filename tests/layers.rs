//! lib.rs lists the modules in the order the data meets them; a module may
//! use only those above it, so there are no cycles and the list is the map.

use std::{
    fs,
    path::{Path, PathBuf},
};

#[test]
fn a_module_uses_only_those_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = fs::read_to_string(src.join("lib.rs")).unwrap();
    let modules: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")).collect();
    let modules: Vec<&str> = modules.iter().map(|name| name.trim_end_matches(';')).collect();

    let mut upward = vec![];
    for (rank, module) in modules.iter().enumerate() {
        for file in files(&src.join(module), &src.join(format!("{module}.rs"))) {
            let text = fs::read_to_string(&file).unwrap();
            for later in &modules[rank + 1..] {
                if uses(&text, later) {
                    upward.push(format!(
                        "{} uses {later}",
                        file.strip_prefix(&src).unwrap().display()
                    ));
                }
            }
        }
    }
    assert!(upward.is_empty(), "{upward:#?}");
}

fn uses(text: &str, module: &str) -> bool {
    let flat: String = text.split_whitespace().collect();
    let grouped = flat.split("usecrate::{").skip(1).any(|group| {
        let group = group.split(';').next().unwrap();
        group
            .split(['{', ','])
            .any(|name| name == module || name.starts_with(&format!("{module}::")))
    });
    grouped
        || flat.contains(&format!("crate::{module}::"))
        || flat.contains(&format!("crate::{module};"))
}

fn files(folder: &Path, file: &Path) -> Vec<PathBuf> {
    let own = file.exists().then(|| file.to_owned());
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let inner =
        entries.flat_map(|path| files(&path, if path.is_dir() { Path::new("") } else { &path }));
    own.into_iter().chain(inner).collect()
}
