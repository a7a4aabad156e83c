//! What the brief says of an option: whose it is, what it saves and what it costs.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use super::{
    Set,
    part::{number_in, reason, refused},
};
use crate::{
    answer::{Answer, Return, Row, Value},
    figure::Source,
    form::{
        Field, Table,
        brief::options::{
            self as form, ONEOFF_TABLE, OPTION_TABLE, SAVING_TABLE, SHARE_TABLE, SHEET,
        },
    },
    number::Exact,
    picture,
    programme::{Code, Project, Year},
};

/// Why a figure is not given, by council, or under "brief" where the brief is the reason.
pub(super) type Reasons = BTreeMap<Code, String>;

/// The model of an option in which somebody else runs the service.
const OUTSOURCED: &str = "Third party";

/// Under what name the brief stands among reasons.
pub(super) const BRIEF: &str = "brief";

/// An option that has not been ruled out.
pub(super) struct Proposal {
    pub(super) number: u32,
    pub(super) name: String,
    /// The councils its savings were worked out for, in the order of the programme.
    pub(super) councils: Vec<Code>,
    pub(super) go_live: Date,
    /// Pounds a year that the councils keep to manage it.
    pub(super) client_cost: Exact,
    pub(super) savings: Vec<Saving>,
    pub(super) oneoffs: Vec<Oneoff>,
    /// Agreed shares in per cent, by council; empty where none are agreed. Without them only their basis is not given.
    pub(super) shares: Result<BTreeMap<Code, Exact>, String>,
    /// `to_highest` or `to_median`, when savings are stated before pay is brought together.
    pub(super) harmonisation: Option<&'static str>,
    /// Whether income is pooled; `None` where the brief does not say.
    pub(super) income_pooled: Option<bool>,
    /// Whether a third party is to run the service.
    pub(super) outsourced: bool,
    /// The cell of the client cost.
    pub(super) client_sources: Vec<Arc<Source>>,
}

/// Pounds, with the cells they are read from.
pub(super) type Cells = (Exact, Vec<Arc<Source>>);

/// A cash line.
pub(super) struct Saving {
    pub(super) category: String,
    pub(super) description: String,
    /// Levels reached in years 1 to 5, in pounds, with their cells.
    pub(super) years: [Cells; 5],
    /// At worst and at best, as a fraction of one.
    pub(super) low: Exact,
    pub(super) high: Exact,
}

pub(super) struct Oneoff {
    pub(super) category: String,
    pub(super) description: String,
    /// Pounds in years 0 to 2, with their cells.
    pub(super) years: [Cells; 3],
    /// At worst, as a fraction of one.
    pub(super) high: Exact,
    /// By what it is shared, and the council that pays it where one does.
    pub(super) payer: (String, Option<Code>),
}

/// The options of a project's brief, each usable or with the reason why it is not.
pub(super) fn proposals(set: &Set<'_>, project: &Project) -> Vec<(u32, Result<Proposal, Reasons>)> {
    let Some(brief) = set.intake.brief(&project.code) else { return vec![] };
    if brief.refused_sheet(&SHEET).is_some() {
        return vec![];
    }
    let live =
        brief.rows(&OPTION_TABLE).iter().filter(|row| !row.get(&form::OPTION_RULED_OUT).is("Yes"));
    let mut options = vec![];
    for row in live {
        let Some(number) = whole(row.get(&form::OPTION_NUMBER)) else { continue };
        let read = read(set, brief, row, number);
        options.push((number, read.map_err(|reason| of_brief(&reason))));
    }
    options
}

/// What keeps a figure from being given is in the brief.
pub(super) fn of_brief(reason: &str) -> Reasons {
    BTreeMap::from([(Arc::from(BRIEF), reason.to_owned())])
}

/// The option that a project goes into a case with: the preferred one, or the only one that is not ruled out.
pub(super) fn chosen(set: &Set<'_>, project: &Project) -> Result<Proposal, Reasons> {
    let brief = set.intake.brief(&project.code).filter(|brief| brief.refused.is_none());
    let Some(brief) = brief else {
        return Err(of_brief(&format!(
            "the brief of project {} has not been returned",
            project.code
        )));
    };
    let mut all = proposals(set, project);
    let preferred = brief.used(&form::PREFERRED_OPTION).and_then(|value| match value {
        Value::Number(number) => u32::try_from(*number).ok(),
        _ => None,
    });
    let found = match preferred {
        Some(number) => all.iter().position(|(own, _)| *own == number),
        None => (all.len() == 1).then_some(0),
    };
    match found {
        Some(index) => all.swap_remove(index).1,
        None => Err(of_brief(&format!("project {} has no preferred option", project.code))),
    }
}

impl Proposal {
    /// What a case proposes: all that the options of its projects save and cost. Shares are agreed only where all agree
    /// on them.
    pub(super) fn together(all: Vec<Proposal>) -> Option<Proposal> {
        all.into_iter().reduce(|mut case, own| {
            case.number = 1;
            case.name = format!("{}; {}", case.name, own.name);
            case.go_live = case.go_live.min(own.go_live);
            case.client_cost = case.client_cost + own.client_cost;
            case.outsourced &= own.outsourced;
            case.client_sources.extend(own.client_sources);
            case.savings.extend(own.savings);
            case.oneoffs.extend(own.oneoffs);
            if case.shares != own.shares {
                case.shares = Err(String::from("the projects of the case do not agree on shares"));
            }
            if case.income_pooled != own.income_pooled {
                case.income_pooled = None;
            }
            case
        })
    }
}

fn read(
    set: &Set<'_>,
    brief: &Return,
    row: &Row,
    number_of_option: u32,
) -> Result<Proposal, String> {
    if let Some(refusal) = &row.refused {
        return Err(refused(refusal));
    }
    let wanted = |answer: &Answer| reason(answer, &SHEET);
    let go_live = row.get(&form::OPTION_GO_LIVE);
    let named = row.get(&form::OPTION_COUNCILS_IN);
    if named.many().is_empty() {
        return Err(wanted(named));
    }
    let councils = set.programme.councils.iter().map(|council| &council.code);
    let councils: Vec<Code> =
        councils.filter(|code| named.many().contains(code)).cloned().collect();
    let (client_cost, client_sources) = number_in(row, &SHEET, &form::OPTION_CLIENT_COST)?;
    let before = brief.get(&form::SAVINGS_BEFORE_HARMONISATION);
    let target = brief.get(&form::HARMONISATION_TARGET);
    let harmonisation = match (before.text(), target.text()) {
        (Some("No"), _) => None,
        (Some(_), Some("Highest")) => Some("harmonisation.to_highest"),
        (Some(_), Some(_)) => Some("harmonisation.to_median"),
        (Some(_), None) => return Err(wanted(target)),
        (None, _) => return Err(wanted(before)),
    };
    let savings = rows(brief, &SAVING_TABLE, &form::SAVING_OPTION, number_of_option, |row| {
        let years = amounts(
            row,
            [
                &form::SAVING_Y1,
                &form::SAVING_Y2,
                &form::SAVING_Y3,
                &form::SAVING_Y4,
                &form::SAVING_Y5,
            ],
        )?;
        let (low, high) =
            (percent(row, &form::SAVING_LOW_PCT)?, percent(row, &form::SAVING_HIGH_PCT)?);
        let cash = row.get(&form::SAVING_CASH);
        let category = row.get(&form::SAVING_CATEGORY);
        match (cash.text(), category.text()) {
            (Some("Cash"), Some(category)) => {
                let category = category.to_owned();
                let description = row.used_text(&form::SAVING_DESCRIPTION);
                Ok(Some(Saving { category, description, years, low, high }))
            }
            (Some(_), Some(_)) => Ok(None),
            (None, _) => Err(wanted(cash)),
            (_, None) => Err(wanted(category)),
        }
    })?;
    let oneoffs = rows(brief, &ONEOFF_TABLE, &form::ONEOFF_OPTION, number_of_option, |row| {
        let years = amounts(row, [&form::ONEOFF_Y0, &form::ONEOFF_Y1, &form::ONEOFF_Y2])?;
        let category = row.used_text(&form::ONEOFF_CATEGORY);
        let description = row.used_text(&form::ONEOFF_DESCRIPTION);
        let high = percent(row, &form::ONEOFF_HIGH_PCT)?;
        let council = row.get(&form::ONEOFF_PAYER_COUNCIL).text().map(Arc::from);
        let payer = (row.used_text(&form::ONEOFF_PAYER_BASIS), council);
        Ok(Some(Oneoff { category, description, years, high, payer }))
    })?;
    let shares = rows(brief, &SHARE_TABLE, &form::SHARE_OPTION, number_of_option, |row| {
        let council = row.get(&form::SHARE_COUNCIL).text().map(Arc::from);
        let (share, _) = number_in(row, &SHEET, &form::SHARE_PCT)?;
        Ok(council.map(|council| (council, share)))
    });
    Ok(Proposal {
        number: number_of_option,
        name: row.used_text(&form::OPTION_NAME),
        councils,
        go_live: go_live.date().ok_or_else(|| wanted(go_live))?,
        client_cost,
        savings,
        oneoffs,
        shares: shares.map(|shares| shares.into_iter().collect()),
        harmonisation,
        income_pooled: brief.get(&form::INCOME_POOLED).text().map(|answer| answer == "Yes"),
        outsourced: row.get(&form::OPTION_VEHICLE).is(OUTSOURCED),
        client_sources,
    })
}

/// The rows of a table that belong to an option. One that cannot be used makes the option's figures unknown.
fn rows<T>(
    brief: &Return,
    table: &'static Table,
    option: &Field,
    number: u32,
    read: impl Fn(&Row) -> Result<Option<T>, String>,
) -> Result<Vec<T>, String> {
    let mut found = vec![];
    for row in brief.rows(table) {
        let own = whole(row.get(option)) == Some(number);
        if let Some(refusal) = &row.refused {
            return Err(refused(refusal));
        }
        if own {
            found.extend(read(row)?);
        }
    }
    Ok(found)
}

fn amounts<const N: usize>(row: &Row, columns: [&Field; N]) -> Result<[Cells; N], String> {
    let mut amounts = [const { None }; N];
    for (amount, column) in amounts.iter_mut().zip(columns) {
        *amount = Some(number_in(row, &SHEET, column)?);
    }
    Ok(amounts.map(|amount| amount.unwrap_or_else(|| (Exact::zero(), vec![]))))
}

fn percent(row: &Row, column: &Field) -> Result<Exact, String> {
    Ok(number_in(row, &SHEET, column)?.0 * Exact::ratio(1, 100))
}

fn whole(answer: &Answer) -> Option<u32> {
    answer.number().and_then(|number| u32::try_from(number).ok())
}

impl Proposal {
    /// What it saves in a year from 1 to 5, in pounds: each line so far as `of` counts it, less the client cost.
    pub(super) fn saving(&self, year: usize, of: impl Fn(&Saving) -> Exact) -> Exact {
        let lines = self.savings.iter().map(|line| line.years[year - 1].0.clone() * of(line));
        lines.sum::<Exact>() - self.client_cost.clone()
    }

    /// The cells of what it saves in a year from 1 to 5.
    pub(super) fn saving_sources(&self, year: usize) -> Vec<Arc<Source>> {
        let lines = self.savings.iter().flat_map(|line| line.years[year - 1].1.clone());
        lines.chain(self.client_sources.iter().cloned()).collect()
    }

    /// Every cell of what it costs once.
    pub(super) fn oneoff_cells(&self) -> Vec<Arc<Source>> {
        (0..3).flat_map(|year| self.oneoff_sources(year)).collect()
    }

    /// Every cell of what it saves and costs.
    pub(super) fn cells(&self) -> Vec<Arc<Source>> {
        let savings = self.savings.iter().flat_map(|line| &line.years);
        let oneoffs = self.oneoffs.iter().flat_map(|line| &line.years);
        let lines = savings.chain(oneoffs).flat_map(|(_, cells)| cells);
        lines.chain(&self.client_sources).cloned().collect()
    }

    /// The financial year in which it starts.
    pub(super) fn first_year(&self) -> Year {
        let begun =
            if self.go_live.month() >= 4 { self.go_live.year() } else { self.go_live.year() - 1 };
        Year(begun)
    }

    /// One-off cost in a year, in pounds.
    pub(super) fn oneoff(&self, year: usize, of: impl Fn(&Oneoff) -> Exact) -> Exact {
        let lines =
            self.oneoffs.iter().filter_map(|line| Some(line.years.get(year)?.0.clone() * of(line)));
        lines.sum()
    }

    /// The cells of one-off cost in a year.
    pub(super) fn oneoff_sources(&self, year: usize) -> Vec<Arc<Source>> {
        let lines = self.oneoffs.iter().filter_map(|line| Some(line.years.get(year)?.1.clone()));
        lines.flatten().collect()
    }
}

/// The options that can be read, as registers show them.
pub(super) fn register(set: &Set<'_>) -> Vec<picture::Proposal> {
    let readable: Vec<Proposal> = match &*set.members {
        [member] => {
            let all = proposals(set, member.project).into_iter();
            all.filter_map(|(_, proposal)| proposal.ok()).collect()
        }
        several => {
            let chosen = several.iter().map(|member| chosen(set, member.project));
            let all = chosen.collect::<Result<Vec<_>, _>>();
            all.ok().and_then(Proposal::together).into_iter().collect()
        }
    };
    let saving = |line: Saving| picture::Saving {
        category: line.category,
        description: line.description,
        years: line.years.map(|(amount, _)| amount),
        low: line.low,
        high: line.high,
    };
    let oneoff = |line: Oneoff| picture::Oneoff {
        category: line.category,
        description: line.description,
        years: line.years.map(|(amount, _)| amount),
        high: line.high,
    };
    let proposal = |own: Proposal| picture::Proposal {
        number: own.number,
        name: own.name,
        councils: own.councils,
        client_cost: own.client_cost,
        savings: own.savings.into_iter().map(saving).collect(),
        oneoffs: own.oneoffs.into_iter().map(oneoff).collect(),
        shares: own.shares.unwrap_or_default(),
        harmonisation: own.harmonisation,
        income_pooled: own.income_pooled,
        outsourced: own.outsourced,
    };
    readable.into_iter().map(proposal).collect()
}
