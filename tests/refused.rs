//! What a rule refuses is missing where it is needed, with the rule and the cell as the reason, and nowhere else.

mod common;

use common::Forms;

/// The change, a figure that needs what it takes away, and the beginning of the reason.
#[test]
fn a_figure_without_its_part_says_by_which_rule() {
    let table = "
        THA STF_vacant_since 3 = - | staffing.vacant_over_six_months | THA STF-005 Staffing!
        THA CON_exit_fixed 1 = - | contracts.exit_cost %earliest | THA CON-005 Contracts!
        THA CON_end_date 1 = 2010-03-31 | contracts.earliest_alignment | THA CON-007 Contracts!
        THA RSK_FIN_likelihood = 6 | risk.score :FIN | THA RSK-001 Risks!
        THA REV_MEMO_HRA = 435766 | savings.general_fund_share #1 | THA REV-008 Revenue!
        P3_share_pct 1 = 29 | apportionment.share CAN #1 %agreed +own | brief BRF-005 Options!";
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let [change, figure, reason] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let run = Forms::w().with(change).run();
        let (council, reason) = reason.split_once(' ').unwrap();
        let reasons = &run.figure(figure).reasons;
        let said = reasons.get(council).map(String::as_str).unwrap_or_default();
        assert!(said.starts_with(reason), "{line}: {reasons:?}");
    }
}

#[test]
fn shares_that_do_not_add_up_cost_their_own_basis_alone() {
    let line = Forms::w().with("P3_share_pct 1 = 29").run();
    assert_eq!(line.says("savings.met #1"), "true");
    assert_eq!(line.says("apportionment.share CAN #1 %budget +own"), "457466.00");
    assert!(line.says("apportionment.share CAN #1 %agreed +own").starts_with("blocked"));
}

#[test]
fn part_of_a_post_hardly_vacant_needs_no_date() {
    let forms = Forms::w().with("THA STF_fte_filled 4 = 1.95").with("THA STF_vacant_since 4 = -");
    assert_eq!(forms.run().says("staffing.vacant_over_six_months"), "2");
}
