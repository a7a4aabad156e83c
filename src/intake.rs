//! What lies in returns/: the returns in use, and everything set aside with the reason.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    answer::{File, Return},
    form::{Workbook, brief, council_return, profile},
    programme::{Code, Programme, Project},
};

/// Everything that came back.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// Profiles, returns and briefs in use: by kind, project and council, in the order of the programme.
    pub returns: Vec<Return>,
    /// By path.
    pub set_aside: Vec<SetAside>,
    /// The SHA-256 of every file that was looked into, in hexadecimal, by path: what the run depends on.
    pub hashes: Vec<(Arc<str>, String)>,
}

/// A file that is not used as a return.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// Inside the programme folder, with forward slashes.
    pub path: Arc<str>,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// FIL-001: a workbook that we could not open, with the reason as half a sentence.
    Unopened(String),
    /// FIL-008.
    Archive,
    /// IDN-001: what its first sheet says instead of a form of this round.
    UnknownForm(String),
    /// IDN-002: the council, project or issue number it names is not ours, or not of one piece.
    Misissued {
        file: Arc<File>,
        issued_to: String,
        says: String,
        /// The council and the project its first sheet names, where they are ours.
        council: Option<Code>,
        project: Option<Code>,
    },
    /// IDN-012: a part that does not say to which of several versions of a return it belongs.
    Unversioned { council: Option<Code>, project: Option<Code>, versions: Vec<u32> },
    /// A structure chart or other paper: listed, not read.
    Attachment,
    /// FIL-009: a mapping in mappings/ for which no file in returns/ goes by this name.
    Unmatched(String),
    /// FIL-015: a mapping in mappings/ that is not finished, what is wrong in it, and the files that wait for it.
    Unfinished { mistakes: Vec<String>, files: Vec<Arc<str>> },
    /// A file whose mapping, of this name, is not finished.
    Waiting(Arc<str>),
    /// A lock file, a system file, an exact copy: with the reason, for the log.
    PassedOver(String),
}

impl Intake {
    /// Whether a form came for a project and council that was issued to somebody else or in another round (IDN-002).
    pub fn misissued(&self, of_project: &str, of_council: &str) -> bool {
        self.set_aside.iter().any(|file| match &file.why {
            Why::Misissued { council, project, .. } => {
                project.as_deref() == Some(of_project) && council.as_deref() == Some(of_council)
            }
            _ => false,
        })
    }

    /// The returns that figures are expected from and that have not come, by project: its code and its councils, in the
    /// order of the programme. One that was set aside has a finding and is not among them.
    pub fn outstanding<'p>(&self, programme: &'p Programme) -> Vec<(&'p Code, Vec<&'p Code>)> {
        let of = |project: &'p Project| {
            let absent = |council: &&Code| {
                self.return_of(&project.code, council).is_none()
                    && !self.misissued(&project.code, council)
            };
            (&project.code, project.expected().filter(absent).collect::<Vec<_>>())
        };
        programme.projects.iter().map(of).filter(|(_, councils)| !councils.is_empty()).collect()
    }

    /// A line for the log on each file that was passed over: "Passed over returns/~$H-THA.xlsx: left by a program that
    /// has the file open".
    pub fn passed_over(&self) -> impl Iterator<Item = String> {
        self.set_aside.iter().filter_map(|file| match &file.why {
            Why::PassedOver(reason) => Some(format!("Passed over {}: {reason}", file.path)),
            _ => None,
        })
    }

    /// The returns of a project, refused ones included.
    pub fn of_project<'a>(&'a self, project: &'a str) -> impl Iterator<Item = &'a Return> {
        self.kind(&council_return::WORKBOOK)
            .filter(move |ret| ret.project.as_deref() == Some(project))
    }

    pub fn return_of(&self, project: &str, council: &str) -> Option<&Return> {
        self.kind(&council_return::WORKBOOK).find(|ret| {
            ret.project.as_deref() == Some(project) && ret.council.as_deref() == Some(council)
        })
    }

    pub fn profile(&self, council: &Code) -> Option<&Return> {
        self.kind(&profile::WORKBOOK).find(|ret| ret.council.as_ref() == Some(council))
    }

    /// The profiles by their councils.
    pub fn profiles(&self) -> BTreeMap<Code, &Return> {
        let profiles = self.kind(&profile::WORKBOOK);
        profiles.filter_map(|ret| Some((ret.council.clone()?, ret))).collect()
    }

    pub fn brief(&self, project: &Code) -> Option<&Return> {
        self.kind(&brief::WORKBOOK).find(|ret| ret.project.as_ref() == Some(project))
    }

    fn kind(&self, workbook: &'static Workbook) -> impl Iterator<Item = &Return> {
        self.returns.iter().filter(move |ret| std::ptr::eq(ret.workbook, workbook))
    }
}
