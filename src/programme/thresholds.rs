//! The thresholds of the checks.

use rust_decimal::{Decimal, dec};

use crate::{
    number::Exact,
    settings::{Key, Table, key},
};

pub(super) const KEYS: &[Key] = &[
    key("pct_time", "pct_time = 50"),
    key("fte_tolerance", "fte_tolerance = 0.02"),
    key("sheet_answered_pct", "sheet_answered_pct = 50"),
    key("return_answered_pct", "return_answered_pct = 95"),
    key("oncost_norm_pct", "oncost_norm_pct = 25"),
    key("oncost_points", "oncost_points = 5"),
    key("pay_award_points", "pay_award_points = 0.5"),
    key("spine_pct", "spine_pct = 5"),
    key("post_cost_gap_pct", "post_cost_gap_pct = 10"),
    key("posts_change_pct", "posts_change_pct = 10"),
    key("line_change_pct", "line_change_pct = 15"),
    key("line_change_pounds", "line_change_pounds = 10_000"),
    key("forecast_change_pct", "forecast_change_pct = 10"),
    key("later_cut_pct", "later_cut_pct = 5"),
    key("support_pct", "support_pct = 60"),
    key("contractor_gap_pct", "contractor_gap_pct = 10"),
    key("scheme_pounds", "scheme_pounds = 10_000"),
    key("income_share_pct", "income_share_pct = 50"),
    key("unit_cost_ratio", "unit_cost_ratio = 1.5"),
    key("data_age_days", "data_age_days = 120"),
    key("extension_days", "extension_days = 60"),
    key("settling_months", "settling_months = 6"),
    key("overrun_months", "overrun_months = 12"),
    key("risk_red", "risk_red = 15"),
    key("risk_amber", "risk_amber = 8"),
];

/// The thresholds T of domain.md part C, with its values unless programme.toml has others.
#[derive(Clone, Debug)]
pub struct Thresholds {
    /// Part of a post's time below which it is listed apart, in per cent (STF-010).
    pub pct_time: Decimal,
    /// FTE by which filled may pass budgeted (STF-001).
    pub fte_tolerance: Decimal,
    /// Part of the required answers below which a sheet is not used, in per cent (CMP-004).
    pub sheet_answered_pct: Decimal,
    /// Part of the required answers below which a return is queried, in per cent (CMP-001).
    pub return_answered_pct: Decimal,
    /// The usual addition to a salary for national insurance and pension, in per cent (STF-016).
    pub oncost_norm_pct: Decimal,
    /// Percentage points by which an addition may differ from the usual one (STF-016).
    pub oncost_points: Decimal,
    /// Percentage points by which pay awards in two budgets may differ (ACC-004).
    pub pay_award_points: Decimal,
    /// Per cent by which a salary may lie outside its spine points (STF-008).
    pub spine_pct: Decimal,
    /// Per cent by which pay on Revenue may differ from the cost of the posts (STF-009).
    pub post_cost_gap_pct: Decimal,
    /// Per cent by which posts may differ from the version before (STF-015).
    pub posts_change_pct: Decimal,
    /// Per cent by which a line may differ from last year's outturn (REV-005).
    pub line_change_pct: Decimal,
    /// Pounds by which it must differ as well (REV-005, REV-006).
    pub line_change_pounds: Decimal,
    /// Per cent by which the forecast may differ from the budget (REV-006).
    pub forecast_change_pct: Decimal,
    /// Per cent by which a later budget may be lower without cuts agreed (REV-007).
    pub later_cut_pct: Decimal,
    /// Support services as part of gross controllable expenditure, at most, in per cent (REV-010).
    pub support_pct: Decimal,
    /// Per cent by which third-party payments may differ from the contracts (REV-017).
    pub contractor_gap_pct: Decimal,
    /// Pounds below which a capital scheme is usually revenue (CAP-006).
    pub scheme_pounds: Decimal,
    /// New income as part of a saving, at most, in per cent (BRF-012).
    pub income_share_pct: Decimal,
    /// How many times the median a unit cost may be (XCO-001).
    pub unit_cost_ratio: Decimal,
    /// Days by which data may be older than R (COV-004).
    pub data_age_days: u32,
    /// Days before a decision on an extension is due (CON-006).
    pub extension_days: u32,
    /// Months after go-live through which a system should last (ICT-003).
    pub settling_months: u32,
    /// Months after go-live for which a contract may run on (CON-004).
    pub overrun_months: u32,
    /// The score from which a risk is red, and from which it is amber (domain.md D12).
    pub risk_red: u32,
    pub risk_amber: u32,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds {
            pct_time: dec!(50),
            fte_tolerance: dec!(0.02),
            sheet_answered_pct: dec!(50),
            return_answered_pct: dec!(95),
            oncost_norm_pct: dec!(25),
            oncost_points: dec!(5),
            pay_award_points: dec!(0.5),
            spine_pct: dec!(5),
            post_cost_gap_pct: dec!(10),
            posts_change_pct: dec!(10),
            line_change_pct: dec!(15),
            line_change_pounds: dec!(10_000),
            forecast_change_pct: dec!(10),
            later_cut_pct: dec!(5),
            support_pct: dec!(60),
            contractor_gap_pct: dec!(10),
            scheme_pounds: dec!(10_000),
            income_share_pct: dec!(50),
            unit_cost_ratio: dec!(1.5),
            data_age_days: 120,
            extension_days: 60,
            settling_months: 6,
            overrun_months: 12,
            risk_red: 15,
            risk_amber: 8,
        }
    }
}

impl Thresholds {
    /// What a risk with a score is: red, amber or green.
    pub fn rating(&self, score: &Exact) -> &'static str {
        match () {
            () if *score >= Exact::from(self.risk_red) => "red",
            () if *score >= Exact::from(self.risk_amber) => "amber",
            () => "green",
        }
    }
}

pub(super) fn read(root: &Table<'_>) -> Thresholds {
    let usual = Thresholds::default();
    let Some(value) = root.get("thresholds") else { return usual };
    let what = String::from("thresholds");
    let Some(table) = root.inner("thresholds", value, what, KEYS) else { return usual };
    let within = |key: &str, most: u32, usual| {
        table.number_within(key, Decimal::ZERO, Decimal::from(most)).unwrap_or(usual)
    };
    let whole = |key: &str, most: u32, usual| table.whole_if_given(key, most).unwrap_or(usual);
    let pct = |key: &str, usual| within(key, 100, usual);
    const POUNDS: u32 = 999_999_999;
    let thresholds = Thresholds {
        pct_time: pct("pct_time", usual.pct_time),
        fte_tolerance: within("fte_tolerance", 1, usual.fte_tolerance),
        sheet_answered_pct: pct("sheet_answered_pct", usual.sheet_answered_pct),
        return_answered_pct: pct("return_answered_pct", usual.return_answered_pct),
        oncost_norm_pct: pct("oncost_norm_pct", usual.oncost_norm_pct),
        oncost_points: pct("oncost_points", usual.oncost_points),
        pay_award_points: pct("pay_award_points", usual.pay_award_points),
        spine_pct: pct("spine_pct", usual.spine_pct),
        post_cost_gap_pct: pct("post_cost_gap_pct", usual.post_cost_gap_pct),
        posts_change_pct: pct("posts_change_pct", usual.posts_change_pct),
        line_change_pct: pct("line_change_pct", usual.line_change_pct),
        line_change_pounds: within("line_change_pounds", POUNDS, usual.line_change_pounds),
        forecast_change_pct: pct("forecast_change_pct", usual.forecast_change_pct),
        later_cut_pct: pct("later_cut_pct", usual.later_cut_pct),
        support_pct: pct("support_pct", usual.support_pct),
        contractor_gap_pct: pct("contractor_gap_pct", usual.contractor_gap_pct),
        scheme_pounds: within("scheme_pounds", POUNDS, usual.scheme_pounds),
        income_share_pct: pct("income_share_pct", usual.income_share_pct),
        unit_cost_ratio: table
            .number_within("unit_cost_ratio", Decimal::ONE, dec!(100))
            .unwrap_or(usual.unit_cost_ratio),
        data_age_days: whole("data_age_days", 3_660, usual.data_age_days),
        extension_days: whole("extension_days", 3_660, usual.extension_days),
        settling_months: whole("settling_months", 120, usual.settling_months),
        overrun_months: whole("overrun_months", 120, usual.overrun_months),
        risk_red: whole("risk_red", 25, usual.risk_red),
        risk_amber: whole("risk_amber", 25, usual.risk_amber),
    };
    let (sheet, whole) = (thresholds.sheet_answered_pct, thresholds.return_answered_pct);
    if sheet > whole {
        let advice = "It cannot be above return_answered_pct: a sheet too empty to use would raise no query.";
        let what = format!("sheet_answered_pct is {sheet}, return_answered_pct {whole}. {advice}");
        table.note(table.at("sheet_answered_pct"), &what);
    }
    let (amber, red) = (thresholds.risk_amber, thresholds.risk_red);
    if amber >= red {
        let advice = "A risk is amber below the score from which it is red.";
        let what = format!("risk_amber is {amber}, risk_red {red}. {advice}");
        table.note(table.at("risk_amber"), &what);
    }
    thresholds
}
