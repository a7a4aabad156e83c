//! The kinds of documents that are made from a template: what each is, who may read it, and what its values are.

use super::{
    budget,
    case::{Case, Values},
    delivery, financial, front, gaps, lifespans, overview, proposal, report, risks, service,
    sources, staff,
};
use crate::word::Identity;

/// What a document is, which it carries in itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    BusinessCase,
    CoveringReport,
    MemberSummary,
}

/// Who may read a document (domain.md E).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Public,
    /// Internal until somebody has cleared it.
    UntilCleared,
}

/// All that the code knows of a kind.
struct About {
    word: &'static str,
    title: &'static str,
    class: Class,
    /// The decision by which it is approved.
    gate: &'static str,
    values: &'static [fn(&Case<'_>, &mut Values)],
}

static BUSINESS_CASE: About = About {
    word: "business-case",
    title: "business case",
    class: Class::UntilCleared,
    gate: "G6",
    values: &[
        front::values,
        overview::values,
        service::values,
        budget::values,
        staff::values,
        lifespans::values,
        gaps::values,
        sources::values,
    ],
};

static COVERING_REPORT: About = About {
    word: "covering-report",
    title: "covering report",
    class: Class::Public,
    gate: "G6",
    values: &[
        front::values,
        overview::values,
        staff::values,
        financial::values,
        risks::values,
        delivery::values,
        report::values,
    ],
};

static MEMBER_SUMMARY: About = About {
    word: "member-summary",
    title: "summary for members",
    class: Class::Public,
    gate: "G6",
    values: &[front::values, financial::values, risks::values, delivery::values, proposal::values],
};

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::BusinessCase, Kind::CoveringReport, Kind::MemberSummary];

    fn about(self) -> &'static About {
        match self {
            Kind::BusinessCase => &BUSINESS_CASE,
            Kind::CoveringReport => &COVERING_REPORT,
            Kind::MemberSummary => &MEMBER_SUMMARY,
        }
    }

    /// As the document carries it.
    pub fn word(self) -> &'static str {
        self.about().word
    }

    /// In a sentence: "business case".
    pub fn title(self) -> &'static str {
        self.about().title
    }

    /// The name that a new one is given, and its template.
    pub fn file_name(self) -> String {
        format!("{}.docx", self.word())
    }

    pub fn class(self) -> Class {
        self.about().class
    }

    /// The gate at which it is approved: `G6`.
    pub(super) fn gate(self) -> &'static str {
        self.about().gate
    }

    pub(super) fn fill(self, case: &Case<'_>, values: &mut Values) {
        for own in self.about().values {
            own(case, values);
        }
    }

    /// What a project's document of this kind carries.
    pub fn identity(self, project: &str) -> Identity {
        Identity { kind: self.word().to_owned(), project: project.to_owned() }
    }

    pub fn of(identity: &Identity) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == identity.kind)
    }
}

impl Class {
    /// As the header of every page has it after the marking, and the properties with a capital.
    pub fn word(self) -> &'static str {
        match self {
            Class::Public => "public",
            Class::UntilCleared => "internal until cleared",
        }
    }
}
