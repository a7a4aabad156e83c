//! What the sheets of one project take their contents from, with its figures at hand by name.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use crate::{
    answer::{Answer, Origin},
    book::cells::Trail,
    figure::{Figure, Source},
    finding::{Finding, Severity},
    form::{Kind, council_return::revenue},
    intake::Intake,
    picture::{Coverage, ProjectPicture, Run, Told},
    programme::{Programme, Project},
};

/// One project, with all that is known of it.
pub(super) struct Board<'a> {
    pub(super) told: Told<'a>,
    pub(super) programme: &'a Programme,
    pub(super) project: &'a Project,
    pub(super) picture: &'a ProjectPicture,
    pub(super) intake: &'a Intake,
    /// Those of the project, in their order.
    pub(super) findings: Vec<&'a Finding>,
    pub(super) run: &'a Run,
    /// The figures of the project over the councils asked, in their order.
    pub(super) figures: Vec<&'a Figure>,
    named: BTreeMap<Name<'a>, &'a Figure>,
    pub(super) trail: Trail<'a>,
    /// Cells that a warning speaks of.
    queried: BTreeSet<Spot>,
    /// Cells that the council calls an estimate.
    estimated: BTreeSet<Spot>,
}

/// Asks for one figure of the project by all that names it: what is not named must be absent.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted<'w> {
    pub(super) key: &'w str,
    pub(super) council: Option<&'w str>,
    /// `None` takes the figure of any column; the first is the base year's budget.
    pub(super) column: Option<&'w str>,
    pub(super) item: Option<&'w str>,
    pub(super) basis: Option<&'w str>,
    pub(super) income: Option<&'w str>,
    pub(super) option: Option<u32>,
    pub(super) case: Option<&'w str>,
    /// `all` unless it is named.
    pub(super) scenario: Option<&'w str>,
}

/// Key, council, column, item.
type Name<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a str>);

/// File, sheet, cell.
type Spot = (String, String, String);

impl<'a> Board<'a> {
    pub(super) fn new(told: &Told<'a>, project: &'a Project) -> Result<Board<'a>> {
        let Told { programme, intake, findings, picture, run, .. } = *told;
        let own = picture
            .project(&project.code)
            .with_context(|| format!("project {} was not consolidated", project.code))?;
        let figures: Vec<&Figure> = picture
            .figures
            .iter()
            .filter(|figure| {
                figure.project.as_ref() == Some(&project.code) && &*figure.scenario == "all"
            })
            .collect();
        let mut named = BTreeMap::new();
        for figure in &figures {
            let name =
                (&*figure.key, figure.council.as_deref(), figure.column, figure.item.as_deref());
            named.entry(name).or_insert(*figure);
        }
        let findings: Vec<&Finding> = findings
            .iter()
            .filter(|finding| programme.is_of(finding.project.as_ref(), project))
            .collect();
        let mut board = Board {
            told: *told,
            programme,
            project,
            picture: own,
            intake,
            findings,
            run,
            trail: Trail::of(&figures),
            figures,
            named,
            queried: BTreeSet::new(),
            estimated: BTreeSet::new(),
        };
        board.mark();
        Ok(board)
    }

    /// Whether it is of a case over several projects.
    pub(super) fn is_case(&self) -> bool {
        self.programme.project(&self.project.code).is_none()
    }

    /// The combined figure with this key and neither column nor item.
    pub(super) fn combined(&self, key: &str) -> Option<&'a Figure> {
        self.figure(key, None, None, None)
    }

    pub(super) fn figure(
        &self,
        key: &str,
        council: Option<&str>,
        column: Option<&str>,
        item: Option<&str>,
    ) -> Option<&'a Figure> {
        // The lifetimes of a name are those of the figures, which the ones asked with need not have.
        let named: &BTreeMap<Name<'_>, &'a Figure> = &self.named;
        named.get(&(key, council, column, item)).copied()
    }

    pub(super) fn find(&self, wanted: Wanted<'_>) -> Option<&'a Figure> {
        let scenario = wanted.scenario.unwrap_or("all");
        self.of(wanted.key).find(|figure| {
            &*figure.scenario == scenario
                && figure.council.as_deref() == wanted.council
                && (wanted.column.is_none() || figure.column == wanted.column)
                && figure.item.as_deref() == wanted.item
                && figure.basis == wanted.basis
                && figure.income == wanted.income
                && figure.option == wanted.option
                && figure.case == wanted.case
        })
    }

    /// The figures of the project with a key, for whatever set of councils, in their order.
    pub(super) fn of(&self, key: &str) -> impl Iterator<Item = &'a Figure> {
        self.told.picture.figures.of(Some(&self.project.code), key)
    }

    /// The councils that figures are expected from, with how far they are in.
    pub(super) fn councils(&self) -> Vec<&'a Coverage> {
        self.picture.expected().collect()
    }

    pub(super) fn is_queried(&self, figure: &Figure) -> bool {
        figure.sources.iter().any(|source| self.queried.contains(&spot(source)))
    }

    pub(super) fn is_estimate(&self, figure: &Figure) -> bool {
        let estimated =
            |source: &Source| source.estimate().is_some() || self.estimated.contains(&spot(source));
        figure.sources.iter().any(|source| estimated(source))
    }

    fn mark(&mut self) {
        for finding in &self.findings {
            if finding.severity == Severity::Warning {
                for place in std::iter::once(&finding.place).chain(&finding.also) {
                    if let (Some(file), Some(sheet), Some(cell)) =
                        (&place.file, &place.sheet, place.cell)
                    {
                        self.queried.insert((
                            file.to_string(),
                            sheet.to_string(),
                            cell.to_string(),
                        ));
                    }
                }
            }
        }
        let members = self.programme.members(self.project).iter();
        for ret in members.flat_map(|project| self.intake.of_project(&project.code)) {
            for row in revenue::LINES.rows {
                let estimate = ret.is_estimate(row);
                for column in revenue::LINES.columns {
                    if column.field.kind != Kind::Money {
                        continue;
                    }
                    let answer = ret.get(revenue::LINES.at(row, column));
                    let Some(spot) = spot_of(answer) else { continue };
                    if estimate {
                        self.estimated.insert(spot);
                    }
                }
            }
        }
    }
}

fn spot(source: &Source) -> Spot {
    (source.file.to_string(), source.sheet.to_string(), source.first().to_owned())
}

fn spot_of(answer: &Answer) -> Option<Spot> {
    let spot = answer.spot.as_ref()?;
    let Origin { file, sheet, .. } = &*spot.origin;
    Some((file.path.to_string(), sheet.to_string(), spot.cell.to_string()))
}
