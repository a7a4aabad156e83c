//! Build script: lists the files of samples/east-kent, so that the binary carries them.
//!
//! Only programme.toml and returns/ are taken. What `lathe run samples/east-kent` writes beside them is not part
//! of the sample.

use std::{
    env,
    error::Error,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let sample = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("samples").join("east-kent");
    let mut files = vec![sample.join("programme.toml")];
    let returns = sample.join("returns");
    // Without it the sample can still be made anew, by a program that is built with this script.
    if returns.exists() {
        gather(&returns, &mut files)?;
    }
    files.sort();

    let mut list = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&sample)?.to_str().ok_or("a file name is not Unicode")?;
        writeln!(list, "({:?}, include_bytes!({file:?})),", name.replace('\\', "/"))?;
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("sample.rs"), list)?;

    watch(&["src/init/embed.rs", "samples/east-kent/programme.toml", "samples/east-kent/returns"]);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a build script speaks to Cargo by printing")]
fn watch(paths: &[&str]) {
    for path in paths {
        println!("cargo::rerun-if-changed={path}");
    }
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}
