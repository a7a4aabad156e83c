//! The kinds of documents that are made from a template: what each is, who may read it, and what its values are.

use super::{
    alignment, benefits, budget,
    case::{Case, Values},
    charts, choices, delivery, exit, financial, front, gaps, implications, intent, lifespans,
    milestones, mitigations, money, overlap, overview, page, performance, progress, proposal,
    report, rests, risks, service, sharing, sources, staff, worth,
};
use crate::{
    picture::{ProjectPicture, Told},
    programme::{Council, Programme, Project},
    word::Identity,
};

/// What a document is, which it carries in itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    BusinessCase,
    CoveringReport,
    MemberSummary,
    StatementOfIntent,
    CouncilPage,
    ProgressReport,
}

/// What a document is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    Project(&'a Project),
    Council(&'a Council),
    Programme,
}

/// Who may read a document (domain.md E).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Public,
    /// Internal until somebody has cleared it.
    UntilCleared,
    Internal,
}

/// All that the code knows of a kind.
struct About {
    word: &'static str,
    title: &'static str,
    class: Class,
    /// The decision by which it is approved, if it is one that can be.
    gate: Option<&'static str>,
    values: Fill,
}

/// What puts its values together, by what it is about.
enum Fill {
    Project(&'static [fn(&Case<'_>, &mut Values)]),
    Council(fn(&Told<'_>, &Council, &mut Values)),
    Programme(fn(&Told<'_>, &mut Values)),
}

static BUSINESS_CASE: About = About {
    word: "business-case",
    title: "business case",
    class: Class::UntilCleared,
    gate: Some("G6"),
    values: Fill::Project(&[
        front::values,
        overview::values,
        service::values,
        budget::values,
        staff::values,
        lifespans::values,
        charts::values,
        overlap::values,
        alignment::values,
        performance::values,
        choices::values,
        financial::values,
        sharing::values,
        money::values,
        worth::values,
        benefits::values,
        risks::values,
        mitigations::values,
        report::implications,
        implications::values,
        delivery::values,
        milestones::values,
        exit::values,
        gaps::values,
        sources::values,
    ]),
};

static COVERING_REPORT: About = About {
    word: "covering-report",
    title: "covering report",
    class: Class::Public,
    gate: Some("G6"),
    values: Fill::Project(&[
        front::values,
        overview::values,
        staff::values,
        financial::values,
        financial::numbers,
        sharing::values,
        risks::values,
        delivery::values,
        report::values,
    ]),
};

static MEMBER_SUMMARY: About = About {
    word: "member-summary",
    title: "summary for members",
    class: Class::Public,
    gate: Some("G6"),
    values: Fill::Project(&[
        front::values,
        financial::values,
        financial::numbers,
        sharing::values,
        risks::values,
        delivery::values,
        proposal::values,
    ]),
};

static STATEMENT_OF_INTENT: About = About {
    word: "statement-of-intent",
    title: "statement of intent",
    class: Class::UntilCleared,
    gate: Some("G2"),
    values: Fill::Project(&[
        front::values,
        overview::values,
        staff::values,
        delivery::values,
        sources::values,
        intent::values,
    ]),
};

static COUNCIL_PAGE: About = About {
    word: "council-page",
    title: "page for a council",
    class: Class::Internal,
    gate: None,
    values: Fill::Council(page::values),
};

static PROGRESS_REPORT: About = About {
    word: "progress-report",
    title: "progress report",
    class: Class::Internal,
    gate: None,
    values: Fill::Programme(progress::values),
};

impl Kind {
    pub const ALL: [Kind; 6] = [
        Kind::BusinessCase,
        Kind::CoveringReport,
        Kind::MemberSummary,
        Kind::StatementOfIntent,
        Kind::CouncilPage,
        Kind::ProgressReport,
    ];

    /// Those of a project, which its lead keeps and each run brings up to date.
    pub const KEPT: [Kind; 4] =
        [Kind::BusinessCase, Kind::CoveringReport, Kind::MemberSummary, Kind::StatementOfIntent];

    /// Whether a run writes a project's document of this kind: a statement of intent only until it is approved.
    pub fn is_due(self, told: &Told<'_>, project: &Project) -> bool {
        let brief = || told.intake.brief(&project.code).filter(|brief| brief.refused.is_none());
        self != Kind::StatementOfIntent || intent::is_due(brief())
    }

    /// All that documents of this kind may be about.
    pub(super) fn subjects(self, programme: &Programme) -> Vec<Subject<'_>> {
        match self.about().values {
            Fill::Project(_) => programme.projects.iter().map(Subject::from).collect(),
            Fill::Council(_) => programme.councils.iter().map(Subject::from).collect(),
            Fill::Programme(_) => vec![Subject::Programme],
        }
    }

    fn about(self) -> &'static About {
        match self {
            Kind::BusinessCase => &BUSINESS_CASE,
            Kind::CoveringReport => &COVERING_REPORT,
            Kind::MemberSummary => &MEMBER_SUMMARY,
            Kind::StatementOfIntent => &STATEMENT_OF_INTENT,
            Kind::CouncilPage => &COUNCIL_PAGE,
            Kind::ProgressReport => &PROGRESS_REPORT,
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
    pub(super) fn gate(self) -> Option<&'static str> {
        self.about().gate
    }

    /// Nothing where it is about something else than this.
    pub(super) fn fill(self, told: &Told<'_>, subject: Subject<'_>, values: &mut Values) {
        match (&self.about().values, subject) {
            (Fill::Project(all), Subject::Project(project)) => {
                let none =
                    ProjectPicture { project: project.code.clone(), ..ProjectPicture::default() };
                let own = told.picture.project(&project.code).unwrap_or(&none);
                let case = Case::new(told, project, own, self);
                all.iter().for_each(|own| own(&case, values));
                rests::values(&case, values);
            }
            (Fill::Council(own), Subject::Council(council)) => own(told, council, values),
            (Fill::Programme(own), Subject::Programme) => own(told, values),
            (Fill::Project(_) | Fill::Council(_) | Fill::Programme(_), _) => {}
        }
    }

    /// At the foot of every page: "Building control: business case".
    pub fn footer(self, project: &Project) -> String {
        format!("{}: {}", project.title, self.title())
    }

    /// What a document of this kind carries, by the code of what it is about.
    pub fn identity(self, of: &str) -> Identity {
        Identity { kind: self.word().to_owned(), project: of.to_owned() }
    }

    /// The kind of a document that is kept.
    pub fn of(identity: &Identity) -> Option<Kind> {
        Kind::KEPT.into_iter().find(|kind| kind.word() == identity.kind)
    }
}

impl<'a> Subject<'a> {
    /// The kinds of documents that are made of it.
    pub fn kinds(self) -> Vec<Kind> {
        match self {
            Subject::Project(_) => Kind::KEPT.into(),
            Subject::Council(_) => vec![Kind::CouncilPage],
            Subject::Programme => vec![Kind::ProgressReport],
        }
    }

    pub(super) fn code(self) -> &'a str {
        match self {
            Subject::Project(project) => &project.code,
            Subject::Council(council) => &council.code,
            Subject::Programme => "",
        }
    }
}

impl<'a> From<&'a Project> for Subject<'a> {
    fn from(project: &'a Project) -> Subject<'a> {
        Subject::Project(project)
    }
}

impl<'a> From<&'a Council> for Subject<'a> {
    fn from(council: &'a Council) -> Subject<'a> {
        Subject::Council(council)
    }
}

impl Class {
    /// As the header of every page has it after the marking, and the properties with a capital.
    pub fn word(self) -> &'static str {
        match self {
            Class::Public => "public",
            Class::UntilCleared => "internal until cleared",
            Class::Internal => "internal",
        }
    }
}
