//! What each figure is, in a few words: the label on a control's handle, and the list of `lathe figures`.

use std::borrow::Cow;

use crate::form::{Field, brief::benefits, council_return::revenue::LINES};

/// Names of figures.json and what they mean, lines of the Revenue sheet and answers of the brief aside.
static MEANINGS: &[(&str, &str)] = &[
    ("apportionment.compensation", "What a council would pay so that none loses"),
    ("apportionment.feasible", "Whether the gains cover the losses"),
    ("apportionment.gain", "What a council would pay less than today"),
    ("apportionment.gains", "Gains of all councils that gain"),
    ("apportionment.losers", "Councils that would pay more than today"),
    ("apportionment.losses", "Losses of all councils that lose"),
    ("apportionment.one_off", "What a council would bear of one-off costs"),
    ("apportionment.remainder", "Gains left when losses are made good"),
    ("apportionment.share", "What a council would pay"),
    ("apportionment.total", "Cost to be shared"),
    ("appraisal.bcr", "Benefits over costs"),
    ("appraisal.factor", "Discount factor of a year"),
    ("appraisal.npv", "Net present value"),
    ("appraisal.one_off", "One-off cost"),
    ("appraisal.payback_years", "Payback, discounted"),
    ("appraisal.pv_one_off", "One-off cost, discounted"),
    ("appraisal.pv_savings", "Savings, discounted"),
    ("appraisal.saving", "Savings over all years"),
    ("appraisal.simple_payback", "Payback, not discounted"),
    ("appraisal.switching_value", "How far savings can fall before they pay nothing back"),
    ("appraisal.year_cumulative", "Savings less costs up to a year"),
    ("appraisal.year_net", "Savings less costs of a year"),
    ("appraisal.year_one_off", "One-off cost of a year"),
    ("appraisal.year_saving", "Saving of a year"),
    ("capital.approved", "Approved capital spending"),
    ("capital.bid", "Capital spending bid for"),
    ("capital.funding.approved", "What pays for approved capital spending"),
    ("capital.funding.bid", "What would pay for capital spending bid for"),
    ("capital.funding.provisional", "What pays for provisional capital spending"),
    ("capital.provisional", "Provisional capital spending"),
    ("contracts.bridging_months", "Months a contract must be extended"),
    ("contracts.earliest_alignment", "Earliest day on which all can join"),
    ("contracts.earliest_exit", "Earliest day a contract can end"),
    ("contracts.exit_cost", "Cost of leaving a contract early"),
    ("contracts.join_date", "Day a council can join"),
    ("contracts.lifespan", "Contracts by how long they last"),
    ("contracts.natural_alignment", "Day on which all contracts have ended"),
    ("contracts.notice_by", "Day by which notice must be given"),
    ("contracts.start_by", "Day by which work on a contract must begin"),
    ("coverage.agreed", "Councils that have agreed the figures"),
    ("coverage.charts", "Councils whose structure chart is held"),
    ("coverage.councils", "Councils whose return is used"),
    ("coverage.outcomes", "Outcomes the project is expected to bring about"),
    ("coverage.population_share", "Part of the population that is covered"),
    ("harmonisation.protected", "Cost of protecting pay"),
    ("harmonisation.to_highest", "Cost of bringing pay to the highest"),
    ("harmonisation.to_median", "Cost of bringing pay to the median"),
    ("ict.annual_cost", "What systems cost a year"),
    ("ict.candidate", "System most councils use for a function"),
    ("ict.lifespan", "Systems by how long they are supported"),
    ("ict.overlap", "How far councils use the same systems"),
    ("ict.pair_score", "How alike the systems of two councils are"),
    ("ict.product", "System a council uses for a function"),
    ("revenue.gross_controllable", "Gross controllable expenditure"),
    ("revenue.income", "Income"),
    ("revenue.net_controllable", "Net controllable expenditure"),
    ("revenue.net_total", "Net total"),
    ("revenue.one_off", "Spending that does not recur"),
    ("revenue.recurring", "Recurring expenditure"),
    ("revenue.ring_fenced", "Spending borne by ring-fenced accounts"),
    ("risk.score", "Score of a risk"),
    ("savings.baseline", "Budget that savings are measured against"),
    ("savings.category", "Saving of a category in year 2"),
    ("savings.client_cost", "Cost of the client side"),
    ("savings.cuts", "Savings councils have already decided"),
    ("savings.general_fund_percent", "Part of the saving that falls to the General Fund"),
    ("savings.general_fund_share", "Saving that falls to the General Fund"),
    ("savings.harmonisation", "Cost of harmonised pay in year 2"),
    ("savings.income_percent", "Part of the saving that is new income"),
    ("savings.low_percent", "Saving in the low case, part of the budget"),
    ("savings.met", "Whether the savings criterion is met"),
    ("savings.percent", "Saving in year 2, part of the budget"),
    ("savings.percent_without_income", "Saving without new income, part of the budget"),
    ("savings.quality_certainty", "Councils by how sure quality is"),
    ("savings.quality_gate", "Whether every council is sure of quality"),
    ("savings.short", "What lacks to the target"),
    ("savings.stranded", "Costs left behind with a council"),
    ("savings.target", "Saving to be reached by year 2"),
    ("savings.two_years", "Saving of two years together"),
    ("savings.two_years_percent", "Saving of two years, part of the budget"),
    ("savings.two_years_percent_a_year", "Saving of two years, part of the budget a year"),
    ("savings.year2", "Saving in year 2"),
    ("service.above_average", "Years in which an indicator beat its group"),
    ("service.indicators", "Performance indicators reported"),
    ("service.sites", "Sites"),
    ("service.sites_cost", "What sites cost a year"),
    ("service.volume", "Work of the base year"),
    ("staffing.cost_per_fte", "Cost of a post (FTE)"),
    ("staffing.fte_established", "Posts budgeted (FTE)"),
    ("staffing.fte_filled", "Posts filled (FTE)"),
    ("staffing.grade.cost_per_fte", "Cost of a post (FTE) by grade"),
    ("staffing.grade.fte_established", "Posts budgeted (FTE) by grade"),
    ("staffing.grade.fte_filled", "Posts filled (FTE) by grade"),
    ("staffing.grade.headcount", "People in post by grade"),
    ("staffing.grade.post_cost", "Cost of posts by grade"),
    ("staffing.headcount", "People in post"),
    ("staffing.post_cost", "Cost of posts"),
    ("staffing.posts", "Posts"),
    ("staffing.posts_without_redundancy", "Posts that can go without redundancy (FTE)"),
    ("staffing.scarce_posts", "Posts of scarce skills"),
    ("staffing.staff_per_head_of_service", "Staff to each head of service (FTE)"),
    ("staffing.vacancy_rate", "Vacancy rate"),
    ("staffing.vacant", "Vacant posts (FTE)"),
    ("staffing.vacant_over_six_months", "Posts vacant for over six months"),
    ("suppliers.contracts_value", "Contracts with a supplier, a year"),
    ("suppliers.systems_cost", "Systems of a supplier, a year"),
    ("unit_cost.indicative_gap", "What the dearest costs beyond the median"),
    ("unit_cost.median", "Median cost of a unit of work"),
    ("unit_cost.of_running_cost", "Part of the running cost"),
    ("unit_cost.per_fte", "Cost to each post (FTE)"),
    ("unit_cost.per_head", "Cost to each head of the population"),
    ("unit_cost.per_unit", "Cost of a unit of work"),
    ("unit_cost.to_median", "Cost of a unit of work against the median"),
];

/// Before the key of a line of the Revenue sheet, and of an answer to a criterion.
const LINE: &str = "revenue.line.";
const CRITERIA: &str = "criteria.";

/// Every name of a figure that lathe has, with what it means, by name.
pub(super) fn all() -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
    let lines = LINES
        .rows
        .iter()
        .map(|row| (Cow::from(format!("{LINE}{}", row.key.to_lowercase())), Cow::from(row.label)));
    let fixed = MEANINGS.iter().map(|(key, meaning)| (Cow::from(*key), Cow::from(*meaning)));
    let mut all: Vec<_> = fixed.chain(lines).chain(criteria()).collect();
    all.sort();
    all
}

/// What a figure is; none where no figure has that name.
pub(super) fn meaning(key: &str) -> Option<Cow<'static, str>> {
    if let Ok(at) = MEANINGS.binary_search_by_key(&key, |(own, _)| own) {
        return Some(Cow::from(MEANINGS[at].1));
    }
    all().into_iter().find(|(own, _)| own == key).map(|(_, meaning)| meaning)
}

fn criteria() -> impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>)> {
    benefits::SHEET.cells().filter_map(|field: &Field| {
        let row = field
            .name
            .strip_suffix("_answer")
            .or_else(|| field.name.strip_suffix("_contribution"))?;
        let key = format!("{CRITERIA}{}", row.trim_start_matches("P5_"));
        Some((Cow::from(key), Cow::from(field.label)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_their_order() {
        assert!(MEANINGS.is_sorted_by_key(|(key, _)| key));
        assert_eq!(meaning("revenue.line.tra").as_deref(), Some("Transport"));
        assert_eq!(meaning("revenue.line"), None);
    }
}
