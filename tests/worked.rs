//! The worked numbers of set W, from workbooks read by the ordinary reader.

mod common;

use common::{Forms, Line};
use lathe::finding::Severity;

/// Asserts a table of figures: what is asked, then what figures.json says.
#[track_caller]
fn holds(line: &Line, table: &str) {
    let mut wrong = vec![];
    for row in table.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (asked, wanted) = row.split_once(" = ").unwrap();
        let said = line.says(asked.trim());
        if said != wanted.trim() {
            wrong.push(format!("{} = {said}, not {}", asked.trim(), wanted.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn w_itself_gives_no_error() {
    let findings = Forms::w().run().findings;
    assert!(findings.iter().all(|finding| finding.severity != Severity::Error), "{findings:?}");
}

#[test]
fn combined_revenue_is_as_worked() {
    holds(
        &Forms::w().run(),
        "revenue.gross_controllable = 1659055.00
        revenue.gross_controllable CAN = 510550.00
        revenue.gross_controllable THA = 435765.00
        revenue.income = 1246850.00
        revenue.net_controllable = 412205.00
        revenue.net_controllable SHE = 75370.00
        revenue.net_total = 744905.00
        revenue.net_total DOV = 194670.00
        revenue.recurring = 1659055.00
        revenue.gross_controllable @2007/08 = 1609210.00
        revenue.net_controllable @2007/08 = 399780.00
        revenue.line.emp_dir = 1339430.00
        revenue.line.tra = 73310.00
        revenue.line.tra CAN = 21650.00
        revenue.line.ssc = 320850.00
        revenue.gross_controllable ~without-SHE = 1335685.00
        revenue.net_controllable ~without-SHE = 336835.00
        revenue.net_total ~without-SHE = 602835.00",
    );
}

#[test]
fn combined_capital_is_as_worked() {
    holds(
        &Forms::w().run(),
        "capital.approved = 120500.00
        capital.approved @2008/09 = 70500.00
        capital.approved @2009/10 = 50000.00
        capital.approved @2010/11 = 0.00
        capital.approved @2011/12 = 0.00
        capital.approved SHE = 0.00
        capital.provisional = 75000.00
        capital.provisional @2010/11 = 75000.00
        capital.bid = 0.00",
    );
}

#[test]
fn combined_staffing_is_as_worked() {
    let line = Forms::w().run();
    holds(
        &line,
        "staffing.fte_established = 34.40
        staffing.fte_filled = 29.90
        staffing.headcount = 32
        staffing.posts = 36
        staffing.vacancy_rate = 0.130813953488372
        staffing.post_cost = 1304412.50
        staffing.post_cost SHE = 274987.50
        staffing.posts_without_redundancy = 4.50
        staffing.vacant_over_six_months = 2
        staffing.fte_established :Surveyor = 13.50
        staffing.fte_filled THA :Surveyor = 3.00
        staffing.headcount :Senior = 8",
    );
    assert_eq!(line.figure("staffing.vacancy_rate").exact.as_deref(), Some("45/344"));
    let rounded = |asked| line.figure(asked).number().unwrap().rounded(2);
    let asked = [
        "staffing.cost_per_fte",
        "staffing.cost_per_fte DOV",
        "staffing.staff_per_head_of_service",
    ];
    assert_eq!(asked.map(rounded), ["37918.97", "37161.18", "7.60"]);
}

#[test]
fn lifespans_are_as_worked() {
    holds(
        &Forms::w().run(),
        "ict.lifespan :expired = 1
        ict.lifespan :<12_months = 1
        ict.lifespan :1–2_years = 3
        ict.lifespan :2–5_years = 4
        ict.lifespan :5+_years = 1
        ict.lifespan :unknown = 1
        ict.lifespan SHE :unknown = 1
        contracts.lifespan :<12_months = 1
        contracts.lifespan :1–2_years = 1
        contracts.lifespan :2–5_years = 1
        contracts.lifespan :rolling = 1",
    );
}

#[test]
fn overlap_is_as_worked() {
    let line = Forms::w().run();
    holds(
        &line,
        "ict.overlap :Building_control_core = 0.5
        ict.overlap :Document_management = 0.666666666666667
        ict.overlap :CRM = 0.75
        ict.candidate :Building_control_core = Idox Uniform
        ict.candidate :Document_management = Idox DMS
        ict.candidate :CRM = Lagan CRM
        ict.product CAN :Building_control_core = Idox Uniform
        ict.product DOV :Building_control_core = Northgate M3
        ict.product THA :Building_control_core = Ocella Ocella2
        ict.product DOV :Document_management = Anite @Work
        ict.product THA :Document_management = none
        ict.product DOV :CRM = Northgate Front Office
        ict.annual_cost = 100100.00",
    );
    let exact = |asked: &str| line.figure(asked).exact.clone().unwrap();
    let overlap = ["Building_control_core", "Document_management", "CRM"];
    let overlap = overlap.map(|function| exact(&format!("ict.overlap :{function}")));
    assert_eq!(overlap, ["2/4", "2/3", "3/4"]);
    let pairs = ["CAN-DOV", "CAN-SHE", "CAN-THA", "DOV-SHE", "DOV-THA", "SHE-THA"];
    let pairs = pairs.map(|pair| exact(&format!("ict.pair_score :{pair}")));
    assert_eq!(pairs, ["0/3", "3/3", "1/2", "0/3", "0/2", "1/2"]);
}

#[test]
fn overlap_without_thanet_is_partial_and_so_are_its_pairs() {
    holds(
        &Forms::w().without("THA").run(),
        "ict.overlap :CRM = 0.666666666666667 of 3 (THA not returned)
        ict.overlap :Document_management = 0.666666666666667 of 3 (THA not returned)
        ict.product THA :CRM = blocked of 0 (THA not returned)
        ict.pair_score :CAN-SHE = 1
        ict.pair_score :CAN-THA = blocked of 1 (THA not returned)
        ict.annual_cost = 77700.00 of 3 (THA not returned)",
    );
}

/// Typed otherwise, it is the same product; and nothing of it is a formula.
#[test]
fn a_product_is_the_same_however_it_is_written() {
    let line = Forms::w()
        .with("SHE ICT_product 1 = UNI-form")
        .with("SHE ICT_supplier 2 = IDOX Ltd")
        .with("SHE ICT_product 2 = Idox DMS 3.0")
        .with("THA ICT_supplier 1 = CAPS Solutions")
        .with("THA ICT_product 1 = uniform 7.4")
        .with("THA ICT_product 2 = Lagan Frontline")
        .run();
    holds(
        &line,
        "ict.overlap :Building_control_core = 0.75
        ict.candidate :Building_control_core = Idox Uniform
        ict.overlap :Document_management = 0.666666666666667
        ict.overlap :CRM = 0.75",
    );
    let systems = &line.picture.project("H").unwrap().systems;
    let ways: Vec<String> = systems
        .iter()
        .filter(|system| !system.matched.is_empty())
        .map(|system| format!("{} {}: {}", system.council, system.name, system.matched.join("; ")))
        .collect();
    assert_eq!(
        ways,
        [
            "SHE Idox Uniform: past case, spacing and punctuation",
            "SHE Idox DMS: without “Ltd” or its like; without the version behind; \
             product also called “Idox DMS”",
            "THA Idox Uniform: supplier also called “CAPS Solutions”; without the version behind",
            "THA Lagan CRM: product also called “Lagan Frontline”",
        ]
    );
}

#[test]
fn names_that_are_perhaps_the_same_are_offered_and_counted_apart() {
    let line = Forms::w().with("SHE ICT_product 1 = Unifrom").run();
    holds(
        &line,
        "ict.overlap :Building_control_core = 0.25
        ict.candidate :Building_control_core = Idox Uniform",
    );
    let functions = &line.picture.project("H").unwrap().functions;
    let near: Vec<String> = functions
        .iter()
        .flat_map(|function| function.near.iter().map(|near| (&function.name, near)))
        .map(|(function, near)| format!("{function}: {}, {}", near.one, near.other))
        .collect();
    assert_eq!(near, ["Building control core: Idox Uniform, Idox Unifrom"]);
}

/// Ties go to the later end, then to the lower cost for a user, then by name.
#[test]
fn a_tie_between_products_is_settled_as_the_handbook_says() {
    let apart = || {
        Forms::w()
            .with("CAN ICT_product 1 = B")
            .with("CAN ICT_annual_cost 1 = 1400")
            .with("DOV ICT_product 1 = C")
            .with("SHE ICT_product 1 = D")
            .with("THA ICT_product 1 = A")
    };
    let candidate = |forms: Forms| forms.run().says("ict.candidate :Building_control_core");
    assert_eq!(candidate(apart()), "Idox B");
    let same_end = apart().with("DOV ICT_support_end 1 = 2011-03-31");
    let same_end = same_end.with("DOV ICT_licence_end 1 = 2011-03-31");
    let cheaper = same_end.clone().with("DOV ICT_annual_cost 1 = 999");
    assert_eq!(candidate(cheaper), "Northgate C");
    let alike = same_end.with("DOV ICT_annual_cost 1 = 1000");
    assert_eq!(candidate(alike), "Idox B");
}

#[test]
fn a_row_that_may_not_be_used_hides_what_it_stands_for_and_no_more() {
    holds(
        &Forms::w().with("SHE ICT_product 3 = various").run(),
        "ict.overlap :CRM = 0.666666666666667 of 3 (SHE ICT-001 ICT!E14)
        ict.product SHE :CRM = blocked of 0 (SHE ICT-001 ICT!E14)
        ict.overlap :Building_control_core = 0.5
        ict.pair_score :CAN-SHE = blocked of 1 (SHE ICT-001 ICT!E14)
        ict.pair_score :CAN-DOV = 0",
    );
}

#[test]
fn coverage_counts_councils_and_people() {
    let line = Forms::w().without("THA").run();
    assert_eq!(line.figure("coverage.councils").exact.as_deref(), Some("3/4"));
    rounds(&line, "coverage.population_share = 73.2%");
    rounds(&invented().without("THA").run(), "coverage.population_share = 73.3%");
    assert_eq!(line.figure("coverage.councils ~without-SHE").exact.as_deref(), Some("2/3"));
}

#[test]
fn without_thanet_sums_are_partial_and_tests_are_blocked() {
    holds(
        &Forms::w().without("THA").run(),
        "revenue.gross_controllable = 1223290.00 of 3 (THA not returned)
        revenue.gross_controllable THA = blocked of 0 (THA not returned)
        revenue.net_controllable = 304290.00 of 3 (THA not returned)
        revenue.net_total = 544990.00 of 3 (THA not returned)
        capital.approved @2008/09 = 58500.00 of 3 (THA not returned)
        capital.approved @2009/10 = 20000.00 of 3 (THA not returned)
        staffing.fte_established = 25.40 of 3 (THA not returned)
        staffing.post_cost = 955537.50 of 3 (THA not returned)
        savings.met #1 = blocked of 0 (THA not returned)
        savings.target #1 = blocked of 0 (THA not returned)
        unit_cost.per_unit = blocked of 0 (THA not returned)",
    );
}

#[test]
fn a_refused_line_is_missing_where_it_is_needed_and_nowhere_else() {
    let line = Forms::w().with("THA REV_TRA_y0_budget = tbc").run();
    let cell =
        line.intake.return_of("H", "THA").unwrap().cells["REV_TRA_y0_budget"].place().within();
    for (asked, value) in [
        ("revenue.line.tra", "53950.00"),
        ("revenue.gross_controllable", "1223290.00"),
        ("revenue.net_controllable", "304290.00"),
    ] {
        assert_eq!(line.says(asked), format!("{value} of 3 (THA GEN-002 {cell})"));
    }
    holds(
        &line,
        "revenue.line.emp_dir = 1339430.00
        revenue.income = 1246850.00
        revenue.gross_controllable @2007/08 = 1609210.00
        staffing.fte_established = 34.40",
    );
}

#[test]
fn empty_lines_are_nil_only_by_the_councils_word() {
    let lines = ["TRF", "INC_GRT", "INC_OTH"];
    let mut forms = Forms::w();
    for council in ["CAN", "DOV", "SHE", "THA"] {
        for line in lines {
            forms = forms.with(&format!("{council} REV_{line}_y0_budget = -"));
        }
    }
    let line = forms.clone().run();
    assert_eq!(line.says("revenue.gross_controllable"), "1659055.00");
    assert!(
        line.says("revenue.net_controllable").starts_with("blocked of 0 (CAN GEN-001 Revenue!")
    );
    let blanks: Vec<String> =
        line.findings().into_iter().filter(|own| own.starts_with("GEN-001")).collect();
    assert_eq!(blanks.len(), 4, "{blanks:?}");
    for council in ["CAN", "DOV", "SHE", "THA"] {
        forms = forms.with(&format!("{council} REV_blank_is_nil = Yes"));
    }
    let line = forms.run();
    assert_eq!(line.says("revenue.net_controllable"), "412205.00");
    assert!(line.findings.iter().all(|finding| finding.severity != Severity::Error));
}

#[test]
fn a_total_among_the_rows_costs_nothing_unless_it_tells_of_rows_that_are_not_there() {
    let total = |fte: &str| {
        let row = [("post_ref", "Total"), ("posts", "9"), ("fte_established", fte)];
        row.iter().fold(Forms::w(), |forms, (name, value)| {
            forms.with(&format!("THA STF_{name} 5 = {value}"))
        })
    };
    holds(
        &total("9.00").run(),
        "staffing.fte_established = 34.40
        staffing.fte_filled = 29.90
        staffing.headcount = 32",
    );
    let more = total("12.00").run();
    let cell = more.findings.iter().find(|own| own.rule.code == "GEN-012").unwrap().place.within();
    let said = format!("25.40 of 3 (THA GEN-012 {cell})");
    assert_eq!(more.says("staffing.fte_established"), said);
    // Two posts with one reference may be two posts.
    let twice = Forms::w().with("THA STF_post_ref 4 = BC02").run();
    let cell = twice.findings.iter().find(|own| own.rule.code == "GEN-011").unwrap().place.within();
    let said = format!("25.40 of 3 (THA GEN-011 {cell})");
    assert_eq!(twice.says("staffing.fte_established"), said);
}

#[test]
fn a_payment_between_partners_is_counted_once() {
    holds(
        &payment().run(),
        "revenue.gross_controllable = 1639055.00
        revenue.gross_controllable DOV = 389370.00
        revenue.income = 1246850.00
        revenue.net_controllable = 392205.00
        revenue.net_controllable CAN = 87550.00
        revenue.line.tpp = 35250.00
        revenue.line.inc_oth = 0.00",
    );
}

#[test]
fn posts_are_weighted_by_their_time_here() {
    let line = Forms::w().with("CAN STF_pct_time 3 = 60").with("DOV STF_pct_time 4 = 40").run();
    holds(&line, "staffing.fte_established CAN = 8.90\nstaffing.fte_established DOV = 6.00");
    let excluded: Vec<_> = line.picture.project("H").unwrap().excluded_posts.iter().collect();
    assert_eq!((excluded.len(), &*excluded[0].council), (1, "DOV"));
}

#[test]
fn every_source_adds_up_to_its_sum() {
    let line = Forms::w().run();
    let mut checked = 0;
    for figure in line.picture.figures.iter().filter(|own| own.key == "revenue.gross_controllable")
    {
        if let Some(value) = figure.number() {
            let sum: rust_decimal::Decimal = figure
                .sources
                .iter()
                .map(|source| source.value.parse::<rust_decimal::Decimal>().unwrap())
                .sum();
            assert_eq!(lathe::number::Exact::from(sum), *value, "{figure:?}");
            checked += 1;
        }
    }
    // Two years: all five, four without Shepway, five with Ashford, which has not returned.
    assert_eq!(checked, 2 * (5 + 4 + 5));
}

/// The same, each number rounded to the places of the one wanted.
#[track_caller]
fn rounds(line: &Line, table: &str) {
    let mut wrong = vec![];
    for row in table.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (asked, wanted) = row.split_once(" = ").unwrap();
        let (wanted, hundred) = match wanted.strip_suffix('%') {
            Some(percent) => (percent, 100_u32),
            None => (wanted, 1),
        };
        let places = wanted.split_once('.').map_or(0, |(_, places)| places.len());
        let figure = line.figure(asked.trim());
        let said = match figure.number() {
            Some(number) => {
                let number = number.clone() * lathe::number::Exact::from(hundred);
                number.rounded(places.try_into().unwrap())
            }
            None => line.says(asked.trim()),
        };
        if said != wanted {
            wrong.push(format!("{} = {said}, not {wanted}", asked.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_savings_test_is_as_worked() {
    let line = Forms::w().run();
    holds(
        &line,
        "savings.baseline #1 = 1659055.00
        savings.target #1 = 165905.50
        savings.year2 #1 = 172500.00
        savings.year2 #1 +without = 112500.00
        savings.year2 #1 !low = 138000.00
        savings.year2 #1 !high = 189750.00
        savings.met #1 = true
        savings.short #1 = 0.00
        savings.met #1 +without = false
        savings.short #1 +without = 53405.50
        savings.met #1 !low = false
        savings.met #1 !high = true
        savings.category #1 :Staff = 72500.00
        savings.category #1 :Procurement = 40000.00
        savings.category #1 :Income = 60000.00
        savings.two_years #1 = 267500.00
        savings.cuts = 40000.00
        savings.cuts DOV = 10000.00
        savings.stranded = 320850.00
        revenue.ring_fenced = 1160000.00
        savings.quality_certainty :High = 2
        savings.quality_certainty :Medium = 2
        savings.quality_certainty :Low = 0
        savings.quality_gate = true
        appraisal.year_saving #1 :1 @2010/11 = 95000.00
        appraisal.year_saving #1 :2 @2011/12 = 172500.00
        appraisal.year_saving #1 :3 @2012/13 = 190000.00
        appraisal.year_saving #1 :5 @2014/15 = 190000.00",
    );
    rounds(
        &line,
        "savings.percent #1 = 10.397%
        savings.percent #1 %gross_controllable = 10.397%
        savings.percent #1 %net_controllable = 41.85%
        savings.percent #1 %net_total = 23.16%
        savings.percent #1 +without = 6.78%
        savings.percent_without_income #1 = 6.78%
        savings.percent #1 !low = 8.32%
        savings.low_percent #1 = 8.32%
        savings.percent #1 !high = 11.44%
        savings.two_years_percent #1 = 16.12%
        savings.two_years_percent_a_year #1 = 8.06%
        savings.general_fund_percent #1 = 30.08%
        savings.general_fund_share #1 = 51889.17
        savings.income_percent #1 = 34.78%",
    );
    assert_eq!(line.figure("savings.year2 #1").year.as_deref(), Some("2011/12"));
}

#[test]
fn just_under_ten_per_cent_is_not_ten_per_cent() {
    let short = Forms::w().with("P3_saving_y2 1 = 65905").run();
    holds(&short, "savings.met #1 = false\nsavings.short #1 = 0.50");
    rounds(&short, "savings.percent #1 = 9.99997%");
    let exact = Forms::w().with("P3_saving_y2 1 = 65905.50").run();
    holds(&exact, "savings.met #1 = true\nsavings.short #1 = 0.00");
    assert_eq!(exact.figure("savings.percent #1").exact.as_deref(), Some("1/10"));
}

#[test]
fn a_saving_belongs_to_the_councils_it_was_worked_out_for() {
    let line = Forms::w().run();
    holds(
        &line,
        "savings.target #1 ~without-SHE = 133568.50
        savings.baseline #1 ~without-SHE = 1335685.00",
    );
    let reason = "the savings have not been restated for three councils (Canterbury, Dover and Thanet); those of \
        option 1 were worked out for Canterbury, Dover, Shepway and Thanet";
    for asked in [
        "savings.met #1",
        "savings.percent #1",
        "appraisal.npv #1",
        "apportionment.share CAN #1 %equal +own",
    ] {
        let figure = line.figure(&format!("{asked} ~without-SHE"));
        assert_eq!((&figure.value, &*figure.reasons["brief"]), (&None, reason), "{asked}");
    }
    // An option for these three is tested, and only for them.
    let restated = Forms::w().with("P3_option_councils_in 1 = CAN; DOV; THA").run();
    holds(&restated, "savings.met #1 ~without-SHE = true\nsavings.short #1 ~without-SHE = 0.00");
    rounds(&restated, "savings.percent #1 ~without-SHE = 12.91%");
    assert!(
        restated.says("savings.met #1").starts_with("blocked of 0 (brief the savings have not")
    );
}

#[test]
fn the_test_goes_by_the_budget_that_programme_toml_says() {
    let mut forms = Forms::w();
    let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    project.test_basis = lathe::programme::Basis::NetTotal;
    let line = forms.run();
    rounds(&line, "savings.percent #1 = 23.16%\nsavings.percent #1 %gross_controllable = 10.397%");
    holds(&line, "savings.target #1 = 74490.50\nsavings.baseline #1 %net_total = 744905.00");
}

#[test]
fn one_off_items_are_no_part_of_what_a_saving_is_measured_against() {
    let line = Forms::w().with("CAN REV_MEMO_ONEOFF = 10000").run();
    holds(
        &line,
        "revenue.recurring = 1649055.00
        revenue.recurring %net_controllable = 402205.00
        savings.target #1 = 164905.50",
    );
}

#[test]
fn quality_is_not_kept_while_one_is_unsure_or_has_not_said() {
    let gate = |change: &str| Forms::w().with(change).run().says("savings.quality_gate");
    assert_eq!(gate("SHE SVC_quality_certainty = Low"), "false");
    assert!(gate("SHE SVC_quality_certainty = -").starts_with("false of 3 (SHE GEN-001 Service!"));
}

#[test]
fn savings_before_harmonisation_lose_its_cost() {
    let forms = |target| {
        Forms::w()
            .with("P3_savings_before_harmonisation = Yes")
            .with(&format!("P3_harmonisation_target = {target}"))
            .run()
    };
    let highest = forms("Highest");
    holds(
        &highest,
        "savings.year2 #1 = 133475.00
        savings.harmonisation #1 = 39025.00
        harmonisation.to_highest = 39025.00
        harmonisation.to_highest %filled = 31900.00
        harmonisation.to_median = 15050.00
        harmonisation.to_median %filled = 13550.00
        harmonisation.protected = 11375.00",
    );
    rounds(&highest, "savings.percent #1 = 8.05%");
    let median = forms("Median");
    holds(&median, "savings.year2 #1 = 157450.00");
    rounds(&median, "savings.percent #1 = 9.49%");
}

/// Set W in a programme with other populations.
fn invented() -> Forms {
    let mut forms = Forms::w();
    let people = [("CAN", 149_000), ("DOV", 106_000), ("SHE", 99_000), ("THA", 129_000)];
    for (code, population) in people {
        let own = forms.programme.councils.iter_mut().find(|own| &*own.code == code);
        own.unwrap().population = population;
    }
    forms
}

#[test]
fn shares_and_gains_are_as_worked() {
    let (real, invented) = (Forms::w().run(), invented().run());
    let row = |line: &Line, key: &str, basis: &str, income: &str| {
        ["CAN", "DOV", "SHE", "THA"]
            .map(|council| {
                line.figure(&format!("{key} {council} #1 %{basis} +{income}"))
                    .number()
                    .unwrap()
                    .to_string()
            })
            .join(" ")
    };
    let table = "agreed own = 445967 356773 297311 386504 | 64583 32597 26059 49261
        invented own = 458585 326242 304698 397030 | 51965 63128 18672 38735
        population own = 440947 331595 316303 397710 | 69603 57775 7067 38055
        budget own = 457466 348885 289748 390456 | 53084 40485 33622 45309
        equal own = 371639 371639 371639 371638 | 138911 17731 -48269 64127
        usage own = 490909 312868 280717 402061 | 19641 76502 42653 33704
        agreed pooled = 71912 57529 47941 62323 | 35638 63841 27429 45592
        invented pooled = 73946 52606 49132 64021 | 33604 68764 26238 43894
        population pooled = 71102 53469 51004 64130 | 36448 67901 24366 43785
        budget pooled = 73766 56257 46721 62961 | 33784 65113 28649 44954
        equal pooled = 59927 59926 59926 59926 | 47623 61444 15444 47989
        usage pooled = 79158 50450 45265 64832 | 28392 70920 30105 43083";
    for wanted in table.lines() {
        let (asked, wanted) = wanted.trim().split_once(" = ").unwrap();
        let (basis, income) = asked.split_once(' ').unwrap();
        let (line, basis) =
            if basis == "invented" { (&invented, "population") } else { (&real, basis) };
        let said = format!(
            "{} | {}",
            row(line, "apportionment.share", basis, income),
            row(line, "apportionment.gain", basis, income)
        );
        assert_eq!(said, wanted, "{asked}");
    }
    holds(
        &real,
        "apportionment.total #1 +own = 1486555.00
        apportionment.total #1 +own %without_income = 1546555.00
        apportionment.total #1 +pooled = 239705.00",
    );
}

#[test]
fn those_who_gain_can_pay_those_who_lose() {
    holds(
        &Forms::w().run(),
        "apportionment.losers #1 %equal +own = 1
        apportionment.losses #1 %equal +own = 48269.00
        apportionment.gains #1 %equal +own = 220769.00
        apportionment.feasible #1 %equal +own = true
        apportionment.remainder #1 %equal +own = 172500.00
        apportionment.compensation CAN #1 %equal +own = 30371.00
        apportionment.compensation DOV #1 %equal +own = 3877.00
        apportionment.compensation SHE #1 %equal +own = -48269.00
        apportionment.compensation THA #1 %equal +own = 14021.00
        apportionment.losers #1 %agreed +own = 0
        apportionment.compensation CAN #1 %agreed +own = 0.00
        apportionment.remainder #1 %equal +pooled = 172500.00",
    );
    // Without savings what one gains another loses, and the income lines cost more than they bring.
    let worse = Forms::w().with("P3_option_client_cost 1 = 300000").run();
    holds(
        &worse,
        "apportionment.feasible #1 %equal +own = false
        apportionment.compensation SHE #1 %equal +own = 0.00",
    );
}

#[test]
fn income_is_shown_as_the_brief_says_it_is_treated() {
    let line = Forms::w().with("P3_income_pooled = No").run();
    assert_eq!(line.says("apportionment.share CAN #1 %equal +own"), "371639.00");
    assert!(line.says("apportionment.share CAN #1 %equal +pooled").starts_with("blocked"));
}

#[test]
fn payback_and_present_value_are_as_worked() {
    let line = Forms::w().run();
    rounds(
        &line,
        "appraisal.npv #1 = 451765.06
        appraisal.npv #1 !low = 301817.85
        appraisal.npv #1 %without_income = 196770.63
        appraisal.npv #1 %ICT :+10% = 439765.06
        appraisal.npv #1 %ICT :+200% = 211765.06
        appraisal.npv #1 %one_year_late = 271846.54
        appraisal.pv_savings #1 = 749736.07
        appraisal.pv_one_off #1 = 297971.01
        appraisal.one_off #1 = 300000
        appraisal.saving #1 = 837500
        appraisal.bcr #1 = 2.52
        appraisal.payback_years #1 = 2.171
        appraisal.simple_payback #1 = 1.579
        appraisal.switching_value #1 = 60.26%
        appraisal.factor #1 :5 @2014/15 = 0.841973",
    );
    let years = ["2009/10", "2010/11", "2011/12", "2012/13", "2013/14", "2014/15"];
    let row = |key: &str| {
        let one = |(number, year): (usize, &&str)| {
            line.figure(&format!("appraisal.{key} #1 :{number} @{year}"))
                .number()
                .unwrap()
                .rounded(0)
        };
        years.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row("year_one_off"), "240000 60000 0 0 0 0");
    assert_eq!(row("year_net"), "-240000 35000 172500 190000 190000 190000");
    assert_eq!(row("year_cumulative"), "-240000 -205000 -32500 157500 347500 537500");
}

#[test]
fn money_is_discounted_at_the_rate_that_programme_toml_says() {
    let mut forms = Forms::w();
    forms.programme.appraisal.discount_rate_pct = rust_decimal::Decimal::ZERO;
    forms.programme.appraisal.optimism_ict_pct[0] = rust_decimal::Decimal::from(50);
    let line = forms.run();
    rounds(&line, "appraisal.npv #1 = 537500.00\nappraisal.npv #1 %ICT :+50% = 477500.00");
}

/// Running the service costs 1,594,055 in year 1, 1,546,555 in year 2 and 1,534,055 a year from year 3: what it costs
/// today, less what is saved of that. New income and the client side, which stays with the councils, are not in it.
#[test]
fn what_a_third_party_runs_may_cost_more() {
    let w = || Forms::w().with("P3_option_vehicle 1 = Third party");
    let line = w().run();
    rounds(
        &line,
        "appraisal.npv #1 = 451765.06
        appraisal.npv #1 %Outsourcing :+41% = -2416586.15",
    );
    let more = |line: &Line| {
        let all = line.picture.figures.iter();
        all.filter(|own| own.basis == Some("Outsourcing") && &*own.scenario == "all").count()
    };
    assert_eq!(more(&line), 1, "a rise by nothing changes nothing");
    let client = w().with("P3_option_client_cost 1 = 10000").run();
    rounds(&client, "appraisal.npv #1 %Outsourcing :+41% = -2461736.68");
    let mut low = w();
    low.programme.appraisal.optimism_outsourcing_pct[0] = rust_decimal::Decimal::TEN;
    rounds(&low.run(), "appraisal.npv #1 %Outsourcing :+10% = -247832.80");
    assert_eq!(more(&Forms::w().run()), 0, "a lead council is no third party");
    assert_eq!(more(&w().without("THA").run()), 0);
}

#[test]
fn alignment_is_as_worked() {
    holds(
        &Forms::w().run(),
        "contracts.earliest_alignment = 2010-04-01
        contracts.natural_alignment = 2012-10-01
        contracts.join_date CAN = 2010-04-01
        contracts.join_date SHE = 2010-01-01
        contracts.join_date THA = 2009-06-02
        contracts.exit_cost %earliest = 75000.00
        contracts.exit_cost DOV :K2 %earliest = 75000.00
        contracts.exit_cost %natural = 0.00
        contracts.bridging_months SHE :K3 %earliest = 3
        contracts.bridging_months CAN :K1 %natural = 30
        contracts.bridging_months SHE :K3 %natural = 33
        contracts.notice_by DOV :K2 %earliest = 2009-03-31
        contracts.notice_by THA :K4 %earliest = 2009-12-31
        contracts.notice_by THA :K4 %natural = 2012-06-30",
    );
    let unknown = Forms::w().with("DOV CON_early_exit 1 = Not known").run();
    assert!(
        unknown
            .says("contracts.earliest_alignment")
            .starts_with("2012-10-01 of 4 (DOV not later than")
    );
}

#[test]
fn unit_costs_are_as_worked() {
    rounds(
        &Forms::w().run(),
        "unit_cost.per_unit = 385.83
        unit_cost.per_unit CAN = 359.54
        unit_cost.per_unit DOV = 430.24
        unit_cost.per_unit SHE = 398.24
        unit_cost.per_unit THA = 374.69
        unit_cost.median = 386.46
        unit_cost.to_median CAN = 0.930
        unit_cost.to_median DOV = 1.113
        unit_cost.to_median SHE = 1.030
        unit_cost.to_median THA = 0.970
        unit_cost.per_head = 3.37
        unit_cost.per_head CAN = 3.50
        unit_cost.per_head DOV = 3.54
        unit_cost.per_head SHE = 3.09
        unit_cost.per_head THA = 3.31",
    );
    rounds(
        &invented().run(),
        "unit_cost.per_head = 3.43
        unit_cost.per_head CAN = 3.43
        unit_cost.per_head DOV = 3.67
        unit_cost.per_head SHE = 3.27
        unit_cost.per_head THA = 3.38",
    );
}

#[test]
fn risks_and_outcomes_are_as_worked() {
    let line = Forms::w().run();
    holds(
        &line,
        "risk.score :FIN = 16
        risk.score DOV :FIN = 8
        risk.score :OPS = 12
        risk.score :STR = 12
        risk.score CAN :STF = 12",
    );
    assert_eq!(line.figure("coverage.outcomes").exact.as_deref(), Some("7/10"));
}

#[test]
fn what_cannot_apply_is_no_figure_and_no_factor_of_one() {
    let line = Forms::w().with("THA REV_TRF_y0_budget = n/a").run();
    holds(
        &line,
        "revenue.gross_controllable = 1659055.00
        revenue.net_controllable = 412205.00",
    );
    let trf = line.figure("revenue.line.trf");
    assert_eq!((trf.used.len(), trf.missing.len()), (3, 0));
    assert!(
        line.says("revenue.line.trf THA").starts_with("blocked of 0 (THA not applicable Revenue!")
    );
    for column in ["pct_time", "headcount", "fte_filled"] {
        let line = Forms::w().with(&format!("THA STF_{column} 2 = n/a")).run();
        let figure = if column == "pct_time" { "fte_established" } else { column };
        let own = line.figure(&format!("staffing.{figure}"));
        assert_eq!(own.used.len(), 3, "{column}");
        assert!(own.reasons["THA"].starts_with("not applicable Staffing!"), "{own:?}");
    }
}

/// Dover pays Canterbury £20,000, which Canterbury shows as other income.
fn payment() -> Forms {
    Forms::w()
        .with("CAN REV_INC_OTH_y0_budget = 20000")
        .with("CAN SVC_shared_already = Yes")
        .with("CAN SVC_shared_partner 1 = Dover DC")
        .with("CAN SVC_shared_direction 1 = Are paid")
        .with("CAN SVC_shared_amount 1 = 20000")
        .with("DOV SVC_shared_already = Yes")
        .with("DOV SVC_shared_partner 1 = Canterbury City Council")
        .with("DOV SVC_shared_direction 1 = Pay them")
        .with("DOV SVC_shared_amount 1 = 20000")
}

#[test]
fn a_line_that_holds_no_part_of_a_payment_does_not_bring_it_back() {
    holds(
        &payment().with("CAN REV_INC_FEE_y0_budget = tbc").run(),
        "revenue.gross_controllable = 1639055.00
        revenue.line.inc_oth = 0.00",
    );
    let unknown = payment().with("CAN REV_INC_OTH_y0_budget = tbc").run();
    assert_eq!(unknown.says("revenue.gross_controllable"), "1639055.00");
    let recharges = unknown.figure("revenue.line.inc_rch");
    assert_eq!(recharges.status, lathe::figure::Status::Partial);
    assert_eq!(recharges.reasons["CAN"], "what DOV pays it could not be taken out");
}

#[test]
fn no_more_is_taken_out_than_the_lines_hold() {
    let line = payment().with("DOV REV_TPP_y0_budget = -5000").run();
    holds(&line, "revenue.line.tpp = 15250.00\nrevenue.line.inc_oth = 20000.00");
    let sources = &payment().run().figure("revenue.gross_controllable").sources.clone();
    assert_eq!(sources.iter().filter(|source| &*source.sheet == "Service").count(), 2);
}

#[test]
fn an_end_that_cannot_be_read_is_no_lifespan() {
    let line = Forms::w().with("THA ICT_licence_end 2 = tbc").run();
    let own = line.figure("ict.lifespan :5+_years");
    assert_eq!((own.used.len(), own.missing.len()), (3, 1));
    assert!(own.reasons["THA"].starts_with("COV-002 ICT!"), "{own:?}");
    let line = Forms::w().with("CAN CON_end_date 1 = soon").run();
    assert!(line.says("contracts.lifespan :unknown").contains("CAN COV-002 Contracts!"));
}

#[test]
fn a_refused_row_is_named_by_the_cell_that_its_finding_names() {
    let line = Forms::w().with("THA STF_fte_filled 2 = 9").run();
    let finding = line.findings.iter().find(|own| own.rule.code == "STF-001").unwrap();
    let wanted = format!("STF-001 {}", finding.place.within());
    assert_eq!(line.figure("staffing.fte_established").reasons["THA"], wanted);
}

#[test]
fn no_source_says_what_a_post_is_paid() {
    let line = Forms::w().run();
    let cost = line.figure("staffing.post_cost");
    assert!(cost.sources.iter().any(|source| source.value == "withheld"));
    let json = String::from_utf8(line.json()).unwrap();
    for salary in ["46000", "43500", "44200", "47500", "29500"] {
        assert!(!json.contains(&format!("\"{salary}.00\"")), "{salary}");
    }
}

/// An estimate of the office for Thanet, as programme.toml has it, that stands until the day of the run.
fn estimated(forms: Forms, figure: &str, year: Option<i16>, value: u32) -> Forms {
    let mut forms = forms;
    forms.programme.estimates.push(lathe::programme::Estimate {
        project: "H".into(),
        council: "THA".into(),
        figure: figure.into(),
        year: year.map(lathe::programme::Year),
        value: value.into(),
        who: "A. Officer".into(),
        when: jiff::civil::date(2009, 2, 20),
        why: "Budget book".into(),
        until: common::AS_AT,
        line: 400,
    });
    forms
}

#[test]
fn an_estimate_of_the_office_stands_in_for_a_line_and_in_what_rests_on_it() {
    let missing = Forms::w().with("THA REV_TRA_y0_budget = tbc");
    let line = estimated(missing.clone(), "revenue.line.tra", Some(2008), 19_360).run();
    let said = "of 4 (THA office estimate of 20 February 2009)";
    for (asked, value) in [
        ("revenue.line.tra", "73310.00"),
        ("revenue.gross_controllable", "1659055.00"),
        ("revenue.recurring", "1659055.00"),
        ("revenue.net_total", "744905.00"),
        ("savings.target #1", "165905.50"),
    ] {
        let figure = line.figure(asked);
        assert_eq!(
            (line.says(asked), figure.missing.len()),
            (format!("{value} {said}"), 0),
            "{asked}"
        );
    }
    holds(&line, "revenue.line.pre = 52850.00\nrevenue.gross_controllable @2007/08 = 1609210.00");
    assert!(line.says("savings.met #1").starts_with("true of 4 (THA office estimate"));
    let source = &line.figure("revenue.line.tra THA").sources[0];
    assert_eq!(
        (&*source.council, &*source.file, &*source.cell, &*source.value),
        ("THA", "programme.toml", "line 400", "19360.00")
    );
    // Its last day is past.
    let mut late = estimated(missing, "revenue.line.tra", Some(2008), 19_360);
    late.programme.estimates[0].until = jiff::civil::date(2009, 2, 28);
    assert_eq!(late.run().figure("revenue.line.tra").missing.len(), 1);
}

#[test]
fn an_estimate_of_a_total_stands_for_a_council_that_has_not_returned() {
    let forms = Forms::w().without("THA");
    let forms = estimated(forms, "revenue.gross_controllable", Some(2008), 435_765);
    let forms = estimated(forms, "revenue.one_off", None, 0);
    let line = estimated(forms, "staffing.fte_established", None, 9).run();
    let said = "of 4 (THA office estimate of 20 February 2009)";
    for (asked, value) in [
        ("revenue.gross_controllable", "1659055.00"),
        ("revenue.recurring", "1659055.00"),
        ("staffing.fte_established", "34.40"),
        ("savings.percent #1", "0.103974853154356"),
    ] {
        assert_eq!(line.says(asked), format!("{value} {said}"), "{asked}");
    }
    holds(
        &line,
        "revenue.net_controllable = 304290.00 of 3 (THA not returned)
        staffing.fte_filled = 22.40 of 3 (THA not returned)",
    );
    assert_eq!(line.figure("coverage.councils").exact.as_deref(), Some("3/4"));
}

#[test]
fn every_figure_that_can_be_estimated_is_one_of_a_council() {
    let line = Forms::w().run();
    for key in lathe::programme::Estimate::figures() {
        let found = line.picture.figures.iter().any(|own| own.key == key && own.council.is_some());
        assert!(found, "{key}");
    }
}

#[test]
fn a_case_adds_up_its_projects_council_by_council() {
    let line = Forms::doubled().run();
    assert!(line.findings().iter().all(|own| !own.starts_with("XPR")), "{:?}", line.findings());
    holds(
        &line,
        "revenue.gross_controllable =HK = 3318110.00
        revenue.gross_controllable CAN =HK = 1021100.00
        revenue.gross_controllable =HK @2007/08 = 3218420.00
        revenue.net_total =HK = 1489810.00
        capital.approved =HK = 241000.00
        capital.approved =HK @2008/09 = 141000.00
        staffing.fte_established =HK = 68.80
        staffing.headcount =HK = 64
        staffing.post_cost =HK = 2608825.00
        staffing.fte_established :Surveyor =HK = 27.00
        harmonisation.to_highest =HK = 78050.00
        harmonisation.to_median =HK = 30100.00
        ict.lifespan :2–5_years =HK = 8
        contracts.lifespan :rolling =HK = 2
        contracts.exit_cost %earliest =HK = 150000.00
        contracts.exit_cost DOV :K_K2 %earliest =HK = 75000.00
        contracts.earliest_alignment =HK = 2010-04-01
        risk.score :FIN =HK = 16
        savings.cuts =HK = 80000.00
        savings.baseline #1 =HK = 3318110.00
        savings.year2 #1 =HK = 345000.00
        savings.met #1 =HK = true
        savings.target #1 =HK ~without-SHE = 267137.00
        service.volume =HK = 8600
        apportionment.share CAN #1 %equal +own =HK = 743278.00",
    );
    rounds(
        &line,
        "staffing.vacancy_rate =HK = 13.08%
        staffing.cost_per_fte =HK = 37918.97
        staffing.staff_per_head_of_service =HK = 7.60
        savings.percent #1 =HK = 10.397%
        appraisal.npv #1 =HK = 903530.12
        appraisal.bcr #1 =HK = 2.52
        unit_cost.per_unit =HK = 385.83
        unit_cost.per_head =HK = 6.74",
    );
    assert_eq!(line.figure("coverage.councils =HK").exact.as_deref(), Some("4/4"));
    assert!(line.says("savings.met #1 =HK ~without-SHE").starts_with("blocked"));
    let own = line.figure("revenue.line.tra CAN =HK");
    let files: Vec<&str> = own.sources.iter().map(|source| &*source.file).collect();
    assert_eq!(files, ["returns/H-CAN.xlsx", "returns/K-CAN.xlsx"]);
}

#[test]
fn a_case_is_complete_only_if_each_of_its_projects_is() {
    let line = Forms::doubled().without("K:THA").run();
    holds(
        &line,
        "revenue.gross_controllable = 1659055.00
        revenue.gross_controllable =HK = 2446580.00 of 3 (THA not returned (project K))
        staffing.fte_established =HK = 50.80 of 3 (THA not returned (project K))",
    );
    assert!(
        line.says("savings.met #1 =HK").starts_with("blocked of 0 (THA not returned (project K))")
    );
    assert_eq!(line.figure("coverage.councils =HK").exact.as_deref(), Some("3/4"));
    let refused = Forms::doubled().with("K:THA REV_TRA_y0_budget = tbc").run();
    let reason = &refused.figure("revenue.line.tra =HK").reasons["THA"];
    assert!(reason.starts_with("GEN-002 Revenue!") && reason.ends_with(" (project K)"), "{reason}");
    let mut unwritten = Forms::doubled();
    unwritten.answers.remove(&(String::from("brief"), String::from("K:")));
    assert_eq!(
        unwritten.run().says("savings.met #1 =HK"),
        "blocked of 0 (brief the brief of project K has not been returned)"
    );
    let restated = Forms::doubled().with("K: P3_option_councils_in 1 = CAN; DOV; THA").run();
    let said = restated.says("savings.met #1 =HK");
    assert!(said.starts_with("blocked of 0 (brief the savings have not been restated"), "{said}");
}

#[test]
fn a_council_that_is_out_of_one_project_brings_the_other_to_a_case() {
    let mut forms = Forms::doubled().without("K:SHE");
    let out = lathe::programme::Status::Out { minute: "Cabinet 45".into(), date: common::AS_AT };
    let case = &mut forms.programme.cases[0];
    for project in [&mut case.of[1], forms.programme.projects.last_mut().unwrap()] {
        let part = project.participation.iter_mut().find(|part| &*part.council == "SHE");
        part.unwrap().status = out.clone();
    }
    let line = forms.run();
    holds(
        &line,
        "revenue.gross_controllable =HK = 2994740.00
        revenue.gross_controllable SHE =HK = 323370.00",
    );
}

#[test]
fn what_two_projects_of_a_case_both_list_is_told_and_the_case_is_not_tested() {
    let forms = Forms::doubled();
    let line = forms
        .clone()
        .with("K:CAN STF_job_title 1 = Building control manager")
        .with("CAN STF_job_title 1 = Building control manager")
        .run();
    let finding = line.findings.iter().find(|own| own.rule.code == "XPR-001").unwrap();
    let post = line.intake.return_of("H", "CAN").unwrap().rows["STF_table"][0].key();
    assert_eq!(
        finding.message,
        format!(
            "Post {post} (Building control manager) is in H and K, together 200%: H-CAN.xlsx and K-CAN.xlsx."
        )
    );
    let reason = format!("XPR-001 {} is counted twice", finding.place.within());
    assert_eq!(line.says("staffing.fte_established =HK"), format!("68.80 of 4 (CAN {reason})"));
    let figure = line.figure("staffing.fte_established =HK");
    assert_eq!(figure.status, lathe::figure::Status::Partial);
    assert_eq!(line.says("savings.met #1 =HK"), format!("blocked of 0 (CAN {reason})"));
    holds(
        &line,
        "savings.target #1 =HK = 331811.00
        savings.met #1 = true
        staffing.fte_established = 34.40
        revenue.gross_controllable =HK = 3318110.00",
    );
    // Half of the time in each is a whole post.
    let halves = forms
        .with("K:CAN STF_job_title 1 = Manager")
        .with("CAN STF_job_title 1 = Manager")
        .with("K:CAN STF_pct_time 1 = 50")
        .with("CAN STF_pct_time 1 = 50")
        .run();
    assert!(halves.findings.iter().all(|own| own.rule.code != "XPR-001"));
    assert!(halves.says("savings.met #1 =HK").starts_with("true"));
}
