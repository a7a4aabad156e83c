//! Answers to figures and registers (domain.md part D). Missing is never nought: a sum says what it lacks.
//!
//! Figures beyond the list of product.md, all of them in figures.json:
//!
//! - `revenue.recurring` has the `basis` `net_controllable` and `net_total` as well; without one it is gross controllable.
//!   `revenue.one_off` and `revenue.ring_fenced` are the parts of it that do not recur, and that ring-fenced accounts
//!   bear; `service.volume` is the work of the base year.
//! - `savings.{baseline,target,percent,met,short}`: without `basis` against the configured budget, then against
//!   `gross_controllable`, `net_controllable` and `net_total`. These and `savings.year2` have readings: none is the most
//!   likely, `income` `without` leaves new income out, `case` is `low` or `high`. `savings.short` is what lacks to the
//!   target, nought where it is met. `savings.two_years`, `savings.two_years_percent` and
//!   `savings.two_years_percent_a_year` are the other wording of the criterion.
//! - The saving of year 2 is made of `savings.category` (`item` = category) less `savings.client_cost` and
//!   `savings.harmonisation`; `savings.income_percent` of it is new income, `savings.general_fund_percent` falls to the
//!   General Fund. `savings.quality_certainty` counts the councils by answer (`item`).
//! - `apportionment.total` (with `basis` `without income` too) is what is shared. For each basis and reading of income:
//!   `apportionment.{losers,losses,gains,remainder,feasible}` are the compensation test, and
//!   `apportionment.one_off` is what a council pays once, as the brief shares each cost; withheld where one is exempt.
//!   `apportionment.compensation` says what a council would pay (negative: receive) so that nobody loses.
//! - `appraisal.npv` and `appraisal.payback_years` have the cases `low` and `high`. Sensitivities of `appraisal.npv` have
//!   a `basis`: `without income`, `one year late`, `ICT` and `Accommodation` with how much dearer as `item` (`+10%`), and
//!   `Outsourcing` (running cost, of gross controllable expenditure) for an option in which a third party runs the service.
//!   `appraisal.{one_off,saving,pv_one_off,pv_savings}` are sums over the years;
//!   `appraisal.{year_saving,year_one_off,year_net,year_cumulative,factor}` have the year from the start as `item`, 0 to 5.
//! - `unit_cost.median` and, for each council, `unit_cost.to_median` are of the cost per unit of work.
//! - `unit_cost.indicative_gap` is what the dearest council's work costs beyond the median; `service.indicators` counts
//!   the indicators that a council, or all of them, report.
//! - `capital.funding.{approved,provisional,bid}` is what pays for the spending of all years, by source (`item`) and in all.
//! - `coverage.charts` counts the councils whose structure chart is held (`exact` `3/4`).
//! - `staffing.scarce_posts`, `service.sites` and `service.sites_cost` are where the questions are asked;
//!   `service.above_average` says in how many years an indicator (`item`) of a council beat its group (`exact` `2/3`).
//! - `ict.product` is what a council uses for a function (`item`), or `none`; `ict.annual_cost` what its systems cost.
//! - `contracts.{earliest_exit,start_by}` are for each contract, as its exit cost is. `suppliers.systems_cost` and
//!   `suppliers.contracts_value` are what councils pay a year to a supplier (`item`) that several depend on, for
//!   each project and, with `project` null, over all of them; the value of contracts is withheld where fewer than three
//!   councils have one, or where sums beside it would tell what one of them pays.

mod alignment;
mod apportion;
mod appraisal;
mod benchmarks;
mod capital;
mod coverage;
mod eliminate;
mod evidence;
mod exempt;
mod grades;
mod harmonisation;
mod leaving;
mod lifespan;
mod options;
mod overlap;
mod part;
mod quality;
mod returns;
mod revenue;
mod risks;
mod savings;
mod staffing;
mod structure;
mod suppliers;
mod suppression;
mod telling;
mod tested;
mod twice;
mod unit_cost;

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use overlap::Inventory;
use rayon::prelude::*;
use suppliers::Suppliers;

use returns::Member;
use twice::Twice;

use crate::{
    english,
    figure::{self, Figure, Figures},
    finding::Finding,
    intake::Intake,
    picture::{Picture, ProjectPicture, Supplier},
    programme::{Code, Programme, Project, Status},
};

/// The figures of every project and case for every set of councils, and the registers beside them, on a day.
pub fn consolidate(
    intake: &Intake,
    findings: &[Finding],
    programme: &Programme,
    as_at: Date,
) -> Picture {
    let of = |project: &&Project| one(intake, findings, programme, project, as_at);
    let subjects: Vec<&Project> = programme.subjects().collect();
    let (figures, projects): (Vec<_>, Vec<_>) = subjects.par_iter().map(of).unzip();
    let mut figures: Vec<Figure> = figures.into_iter().flatten().collect();
    suppression::apply(&mut figures, intake, &programme.disclosure);
    leaving::apply(&mut figures);
    let (of_all, suppliers) = over_all(intake, findings, programme, as_at);
    figures.extend(of_all);
    Picture { figures: Figures::new(figures), projects, suppliers }
}

/// What is reckoned over all projects together, which is of no project: the suppliers that several councils depend on.
fn over_all(
    intake: &Intake,
    findings: &[Finding],
    programme: &Programme,
    as_at: Date,
) -> (Vec<Figure>, Vec<Supplier>) {
    let Some(project) = programme.projects.first() else { return (vec![], vec![]) };
    let twice = twice::inside(findings, &programme.projects, intake);
    let is_in = |project: &Project, code: &Code| {
        intake.return_of(&project.code, code).is_some_and(|ret| ret.refused.is_none())
    };
    let mut out: BTreeMap<Code, Vec<&str>> = BTreeMap::new();
    for project in &programme.projects {
        for code in councils(project, &[], &[]).into_iter().filter(|code| !is_in(project, code)) {
            out.entry(code).or_default().push(&project.code);
        }
    }
    let member = |project| Member {
        project,
        councils: councils(project, &[], &[])
            .into_iter()
            .filter(|own| is_in(project, own))
            .collect(),
    };
    let members: Vec<Member<'_>> = programme.projects.iter().map(member).collect();
    let counts = |code: &&Code| members.iter().any(|own| own.councils.contains(code));
    let codes = programme.councils.iter().map(|council| &council.code);
    let all = Set {
        programme,
        project,
        councils: codes.filter(counts).cloned().collect(),
        members,
        intake,
        twice: &twice,
        scenario: Arc::from("all"),
        as_at,
        reference: programme.reference_date.unwrap_or(as_at),
    };
    let suppliers = Suppliers::of(&all);
    let mut figures = suppliers.figures();
    for figure in &mut figures {
        all.mark_twice(figure);
        figure.project = None;
        for (code, projects) in &out {
            let reason = format!("no return for {}", english::list(projects));
            figure.reasons.entry(Arc::clone(code)).or_insert(reason);
            if figure.status == figure::Status::Complete {
                figure.status = figure::Status::Partial;
            }
        }
    }
    (figures, suppliers.register())
}

/// One project and one set of councils.
struct Set<'a> {
    programme: &'a Programme,
    /// Of a case the case, as if it were a project.
    project: &'a Project,
    /// The projects it is made of: itself, or those of the case.
    members: Vec<Member<'a>>,
    intake: &'a Intake,
    /// What two projects of a case both list.
    twice: &'a [Twice],
    scenario: Code,
    /// In the order of the programme.
    councils: Vec<Code>,
    as_at: Date,
    /// R.
    reference: Date,
}

fn one(
    intake: &Intake,
    findings: &[Finding],
    programme: &Programme,
    project: &Project,
    as_at: Date,
) -> (Vec<Figure>, ProjectPicture) {
    let twice = twice::inside(findings, programme.members(project), intake);
    let set = |scenario: &Code, without: &[Code], with: &[Code]| Set {
        programme,
        project,
        members: programme
            .members(project)
            .iter()
            .map(|project| Member { project, councils: councils(project, without, with) })
            .collect(),
        intake,
        twice: &twice,
        scenario: Arc::clone(scenario),
        councils: councils(project, without, with),
        as_at,
        reference: programme.reference_date.unwrap_or(as_at),
    };
    let all = set(&Arc::from("all"), &[], &[]);
    let mut figures = all.figures();
    for scenario in &programme.scenarios {
        let set = set(&scenario.name, &scenario.without, &scenario.with);
        if set.councils != all.councils {
            figures.extend(set.figures());
        }
    }
    let inventory = Inventory::of(&all);
    let picture = ProjectPicture {
        project: Arc::clone(&project.code),
        coverage: coverage::lines(&all, findings),
        schemes: capital::register(&all),
        excluded_posts: staffing::excluded(&all),
        structure: structure::register(&all),
        systems: lifespan::systems(&all, &inventory),
        functions: inventory.functions(),
        contracts: lifespan::contracts(&all),
        suppliers: Suppliers::of(&all).register(),
        steps: lifespan::steps(&all),
        exempt: exempt::of(&all),
        options: options::register(&all),
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
        if &*self.scenario == "all" {
            // Another set of councils would tell what the one it lacks pays.
            figures.extend(Suppliers::of(self).figures());
        }
        figures.extend(alignment::figures(self));
        let tests = tested::tests(self, &figures);
        let savings = savings::figures(self, &figures, &tests);
        figures.extend(savings);
        figures.extend(apportion::figures(self, &tests));
        figures.extend(appraisal::figures(self, &tests));
        figures.extend(unit_cost::figures(self, &staffing::established(self)));
        figures.extend(benchmarks::figures(self));
        figures.extend(evidence::figures(self));
        figures.extend(risks::figures(self));
        for figure in &mut figures {
            self.name_estimates(figure);
            self.mark_twice(figure);
        }
        figures
    }

    /// Says whose values in a figure are estimates of the office.
    fn name_estimates(&self, figure: &mut Figure) {
        for source in &figure.sources {
            let line = source.estimate();
            let estimate = self.programme.estimates.iter().find(|own| Some(own.line) == line);
            if let Some(estimate) = estimate {
                figure.reasons.insert(Arc::clone(&source.council), estimate.said());
            }
        }
    }
}
