//! The kinds of documents that a project's lead keeps.

use crate::word::Identity;

/// What a document is, which it carries in itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    BusinessCase,
}

impl Kind {
    pub const ALL: [Kind; 1] = [Kind::BusinessCase];

    /// As the document carries it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::BusinessCase => "business-case",
        }
    }

    /// In a sentence: "business case".
    pub fn title(self) -> &'static str {
        match self {
            Kind::BusinessCase => "business case",
        }
    }

    /// The name that a new one is given.
    pub fn file_name(self) -> String {
        format!("{}.docx", self.word())
    }

    /// What a project's document of this kind carries.
    pub fn identity(self, project: &str) -> Identity {
        Identity { kind: self.word().to_owned(), project: project.to_owned() }
    }

    pub fn of(identity: &Identity) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == identity.kind)
    }
}
