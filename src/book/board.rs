//! What the sheets of one project take their contents from, with its figures at hand by name.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result};

use crate::{
    answer::{Answer, Origin},
    figure::{Figure, Source},
    finding::{Finding, Severity},
    form::{Kind, council_return::revenue},
    intake::Intake,
    picture::{Coverage, ProjectPicture, Run, Told},
    place::{self, Cell},
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
    named: HashMap<Name<'a>, &'a Figure>,
    /// Cells that a warning speaks of.
    queried: HashSet<Spot<'a>>,
    /// Cells that the council calls an estimate.
    estimated: HashSet<Spot<'a>>,
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
type Spot<'a> = (&'a str, &'a str, Cell);

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
        let mut named = HashMap::new();
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
            figures,
            named,
            queried: HashSet::new(),
            estimated: HashSet::new(),
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
        let named: &HashMap<Name<'_>, &'a Figure> = &self.named;
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
        let mut spots = figure.sources.iter().filter_map(|source| spot(source));
        spots.any(|spot| self.queried.contains(&spot))
    }

    pub(super) fn is_estimate(&self, figure: &Figure) -> bool {
        let estimated = |source: &Source| {
            source.estimate().is_some()
                || spot(source).is_some_and(|spot| self.estimated.contains(&spot))
        };
        figure.sources.iter().any(|source| estimated(source))
    }

    fn mark(&mut self) {
        for finding in &self.findings {
            if finding.severity == Severity::Warning {
                for place in std::iter::once(&finding.place).chain(&finding.also) {
                    if let (Some(file), Some(sheet), Some(cell)) =
                        (&place.file, &place.sheet, place.cell)
                    {
                        self.queried.insert((file, sheet, cell));
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

fn spot(source: &Source) -> Option<Spot<'_>> {
    Some((&source.file, &source.sheet, place::cell(source.first())?))
}

fn spot_of(answer: &Answer) -> Option<Spot<'_>> {
    let spot = answer.spot.as_ref()?;
    let Origin { file, sheet, .. } = &*spot.origin;
    Some((&file.path, sheet, spot.cell))
}
