//! Which programme a command works on.

use std::path::{Path, PathBuf};

/// `-C DIR`, as every command has it that works on a programme.
#[derive(clap::Args)]
pub(crate) struct Folder {
    /// The programme's folder; the current one unless given.
    #[arg(short = 'C', long = "dir", visible_alias = "programme", value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Folder {
    pub(crate) fn path(&self) -> &Path {
        self.given().unwrap_or(Path::new("."))
    }

    pub(crate) fn given(&self) -> Option<&Path> {
        self.dir.as_deref()
    }
}

/// The same for commands that work on nothing else: their folder can be named without `-C` too.
#[derive(clap::Args)]
pub(crate) struct NamedFolder {
    /// The programme's folder; the current one unless given.
    #[arg(value_name = "DIR", conflicts_with = "dir")]
    named: Option<PathBuf>,
    #[command(flatten)]
    folder: Folder,
}

impl NamedFolder {
    pub(crate) fn path(&self) -> &Path {
        self.named.as_deref().unwrap_or_else(|| self.folder.path())
    }
}
