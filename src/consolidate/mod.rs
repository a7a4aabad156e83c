//! Answers to figures and registers (domain.md part D). Missing is never nought: a sum says what it lacks.

mod alignment;
mod apportion;
mod appraisal;
mod capital;
mod coverage;
mod eliminate;
mod grades;
mod harmonisation;
mod lifespan;
mod options;
mod overlap;
mod part;
mod revenue;
mod risks;
mod savings;
mod staffing;
mod suppression;
mod telling;
mod unit_cost;

use std::sync::Arc;

use jiff::civil::Date;
use overlap::Inventory;
use rayon::prelude::*;

use crate::{
    figure::{Figure, Figures},
    finding::Finding,
    intake::Intake,
    picture::{Picture, ProjectPicture},
    programme::{Code, Programme, Project, Status},
};

/// The figures of every project for every set of councils, and the registers beside them. `reference` is R.
pub fn consolidate(
    intake: &Intake,
    findings: &[Finding],
    programme: &Programme,
    reference: Date,
) -> Picture {
    let of = |project: &Project| one(intake, findings, programme, project, reference);
    let (figures, projects): (Vec<_>, Vec<_>) = programme.projects.par_iter().map(of).unzip();
    let mut figures = figures.concat();
    suppression::apply(&mut figures, intake, &programme.disclosure);
    Picture { figures: Figures::new(figures), projects }
}

/// One project and one set of councils.
struct Set<'a> {
    programme: &'a Programme,
    project: &'a Project,
    intake: &'a Intake,
    scenario: Code,
    /// In the order of the programme.
    councils: Vec<Code>,
    reference: Date,
}

fn one(
    intake: &Intake,
    findings: &[Finding],
    programme: &Programme,
    project: &Project,
    reference: Date,
) -> (Vec<Figure>, ProjectPicture) {
    let set = |scenario: &Code, councils| Set {
        programme,
        project,
        intake,
        scenario: Arc::clone(scenario),
        councils,
        reference,
    };
    let everyone: Vec<Code> = project.expected().cloned().collect();
    let all = set(&Arc::from("all"), everyone.clone());
    let mut figures = all.figures();
    for scenario in &programme.scenarios {
        let councils = councils(project, &scenario.without, &scenario.with);
        if councils != everyone {
            figures.extend(set(&scenario.name, councils).figures());
        }
    }
    let inventory = Inventory::of(&all);
    let picture = ProjectPicture {
        project: Arc::clone(&project.code),
        coverage: coverage::lines(&all, findings),
        schemes: capital::register(&all),
        excluded_posts: staffing::excluded(&all),
        systems: lifespan::systems(&all, &inventory),
        functions: inventory.functions(),
        contracts: lifespan::contracts(&all),
    };
    (figures, picture)
}

/// The councils of a scenario. An optional council counts only where the scenario names it.
fn councils(project: &Project, without: &[Code], with: &[Code]) -> Vec<Code> {
    let counts = |status: &Status, code: &Code| match status {
        Status::In | Status::ToBeClarified => !without.contains(code),
        Status::Optional => with.contains(code),
        Status::Out { .. } => false,
    };
    let parts = project.participation.iter().filter(|part| counts(&part.status, &part.council));
    parts.map(|part| Arc::clone(&part.council)).collect()
}

impl Set<'_> {
    fn figures(&self) -> Vec<Figure> {
        let mut figures = coverage::figures(self);
        figures.extend(revenue::figures(self));
        figures.extend(capital::figures(self));
        figures.extend(staffing::figures(self));
        figures.extend(harmonisation::figures(self));
        figures.extend(lifespan::figures(self));
        figures.extend(Inventory::of(self).figures());
        figures.extend(alignment::figures(self));
        let tests = savings::tests(self, &figures);
        let savings = savings::figures(self, &figures, &tests);
        figures.extend(savings);
        figures.extend(apportion::figures(self, &tests));
        figures.extend(appraisal::figures(self, &tests));
        figures.extend(unit_cost::figures(self, &staffing::established(self)));
        figures.extend(risks::figures(self));
        figures
    }
}
