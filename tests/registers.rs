//! Registers beside the figures: the structure of the service, what pays for capital, contracts, suppliers.

mod common;

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use common::{CHARTS, Forms, Line, rows, sheet};
use lathe::{book, figure::Figure, form::Group};

/// Each post stands once, under its manager, whatever the order of the sheet.
#[test]
fn posts_stand_under_those_they_report_to() {
    let line = structured("CAN STF_reports_to 4 = CAN-02").run_beside(&CHARTS);
    let structure = sheet(&working(&line), "Staffing_Structure");
    assert_eq!(
        posts(&structure, "Canterbury"),
        ["CAN-01 nobody in the service 0", "CAN-02 CAN-01 1", "CAN-04 CAN-02 2", "CAN-03 CAN-01 1",]
    );
    assert!(
        structure
            .concat()
            .contains(&String::from("Structure charts have come from 3 of 4 councils."))
    );
}

/// A manager who is not on the list, and posts that report in a circle, are errors; no post is lost by them.
#[test]
fn a_post_without_a_known_manager_stands_at_the_top() {
    for (change, says) in [
        ("CAN STF_reports_to 2 = X9", "CAN-02 STF-011 Staffing!"),
        ("CAN STF_reports_to 2 = CAN-02", "CAN-02 STF-011 Staffing!"),
    ] {
        let line = structured(change).run();
        let all = posts(&sheet(&working(&line), "Staffing_Structure"), "Canterbury");
        assert_eq!(all.len(), 4, "{all:?}");
        let own = all.iter().find(|own| own.starts_with(says)).unwrap_or_else(|| panic!("{all:?}"));
        assert!(own.ends_with(" 0"), "{own}");
    }
}

#[test]
fn structure_charts_are_counted() {
    assert_eq!(Forms::w().run_beside(&CHARTS).says("coverage.charts"), "3");
    let line = Forms::w().without("THA").run_beside(&CHARTS);
    assert_eq!(line.says("coverage.charts"), "2 of 3 (THA not returned)");
    assert_eq!(line.figure("coverage.charts").exact.as_deref(), Some("2/4"));
}

#[test]
fn a_case_says_for_how_many_of_its_projects_a_chart_is_held() {
    let line =
        Forms::doubled().without("K:DOV").with("K:CAN STF_chart_file = -").run_beside(&CHARTS);
    let told = line.told();
    let case = told.programme.subject("HK").unwrap();
    let said = sheet(&book::consolidated(&told, case).unwrap(), "Coverage");
    for (council, held) in [
        ("Canterbury", "held for 1 of 2"),
        ("Dover", "held for 1 of 2"),
        ("Shepway", "not supplied"),
        ("Thanet", "held"),
    ] {
        let row = said.iter().find(|row| row[0] == council).unwrap();
        assert!(row.iter().any(|cell| cell == held), "{row:?}");
    }
}

#[test]
fn where_structure_is_not_asked_there_is_no_sheet_of_it() {
    let names = |forms: Forms| Xlsx::new(Cursor::new(working(&forms.run()))).unwrap().sheet_names();
    let name = String::from("Staffing_Structure");
    assert!(!names(Forms::w()).contains(&name));
    assert!(names(structured("CAN STF_level 1 = 1")).contains(&name));
}

/// What pays for schemes stands beside what they cost.
#[test]
fn capital_shows_what_pays_for_it() {
    let line = funded().run();
    assert_eq!(line.says("capital.funding.approved"), "120500.00");
    assert_eq!(line.says("capital.funding.approved :Grants"), "58000.00");
    assert_eq!(line.says("capital.funding.approved :Borrowing THA"), "42000.00");
    assert_eq!(line.says("capital.funding.provisional :Leasing"), "75000.00");
    let capital = sheet(&book::consolidated(&line.told(), line.project()).unwrap(), "Capital");
    assert_eq!(
        rows(&capital, &["Approved: grants", "Approved: paid for in all"]),
        [
            "Approved: grants | 40000 | 18000 | 0 | 0 | 58000 | Complete",
            "Approved: paid for in all | 60000 | 18500 | 0 | 42000 | 120500 | Complete",
        ]
    );
}

/// A scheme that says nothing of what pays for it is missing from all sources, and from none in silence.
#[test]
fn funding_that_is_not_given_is_missing() {
    let line = funded().with("DOV CAP_fund_grants 1 = -").with("DOV CAP_fund_revenue 1 = -").run();
    let says = line.says("capital.funding.approved :Grants");
    assert!(
        says.starts_with("40000.00 of 3 (DOV how it is paid for is not given Capital!"),
        "{says}"
    );
    let plain = Forms::w().run();
    assert!(plain.picture.figures.iter().all(|own| !own.key.starts_with("capital.funding")));
}

/// What may be public of how contracts end; what leaving one costs is in the exempt workbook.
#[test]
fn contracts_show_when_they_end_and_in_sums_what_that_costs() {
    let line = Forms::w().run();
    let contracts = sheet(&book::consolidated(&line.told(), line.project()).unwrap(), "Contracts");
    let register = rows(&contracts, &["Dover"]);
    assert!(
        register[0].ends_with(" | 2010-04-01 | 2009-03-31 | notice must be given before it"),
        "{register:?}"
    );
    assert_eq!(register[1], "Dover | 2010-04-01 | 2010-04-01 | no date of its own");
    assert_eq!(
        rows(&contracts, &["Earliest: some are left early", "Natural: none is left early"]),
        [
            "Earliest: some are left early | 2010-04-01 | withheld [c] | as given | complete",
            "Natural: none is left early | 2012-10-01 | 0 | as given | complete",
        ]
    );
    let exempt = book::exempt(&line.told(), line.project()).unwrap().unwrap();
    let prices = rows(&sheet(&exempt, "Contract_Prices"), &["Dover"]).remove(0);
    assert!(prices.contains(" | 0 | 2500 | 75000 | 0 | "), "{prices}");
    let of = |asked| line.figure(asked).public;
    assert!(!of("contracts.exit_cost %earliest"), "the sum is the price of one contract");
    assert!(of("contracts.exit_cost %natural"));
    assert!(!of("contracts.exit_cost %earliest DOV") && of("contracts.exit_cost %earliest CAN"));
}

/// A council that can be left early has a price: the next one knows its own and could take it away from two.
#[test]
fn what_leaving_costs_is_public_where_no_councils_price_can_be_told() {
    let leave = |forms: Forms, council: &str, per_month: u32| {
        ["end_date = 2012-09-30", "rolling = No", "early_exit = Yes", "exit_fixed = 0"]
            .into_iter()
            .fold(forms, |forms, said| {
                let (name, value) = said.split_once(" = ").unwrap();
                forms.with(&format!("{council} CON_{name} 1 = {value}"))
            })
            .with(&format!("{council} CON_exit_per_month 1 = {per_month}"))
            .with(&format!("{council} CON_earliest_break 1 = 2010-04-01"))
            .with(&format!("{council} CON_notice_months 1 = 12"))
    };
    let two = leave(Forms::w(), "CAN", 1_100);
    let three = leave(two.clone(), "SHE", 1_300);
    for (forms, told) in [(two, false), (three, true)] {
        let line = forms.run();
        let sum = line.figure("contracts.exit_cost %earliest");
        assert!(sum.number().is_some_and(|sum| !sum.is_zero()));
        assert_eq!(sum.public, told, "{:?}", sum.number());
        let fewer = line.figure("contracts.exit_cost %earliest ~without-SHE");
        assert!(!fewer.public, "beside the sum of all it would tell the price of one");
        let public = book::consolidated(&line.told(), line.project()).unwrap();
        let shown = rows(&sheet(&public, "Contracts"), &["Earliest: some are left early"]);
        assert_eq!(!shown[0].contains("withheld"), told, "{shown:?}");
    }
}

/// One list says what is exempt: what leaving contracts costs once is on it like redundancy.
#[test]
fn the_cost_of_ending_contracts_is_exempt_line_by_line() {
    let line = Forms::w().with("P3_oneoff_category 2 = Contract exit").run();
    let exempt = book::exempt(&line.told(), line.project()).unwrap().unwrap();
    let ending = rows(&sheet(&exempt, "Contract_Exit"), &["Option 1"]).remove(0);
    assert!(ending.starts_with("Option 1 | Contract exit | "), "{ending}");
    assert!(sheet(&exempt, "Contract_Exit").concat().concat().contains("paragraph 3"));
    assert!(!line.findings().iter().any(|said| said.starts_with("PRV-003")), "nobody leaves");
    let lines = sheet(&working(&line), "Option_Lines");
    assert!(!lines.concat().contains(&String::from("Contract exit")));
}

/// What several councils pay a supplier is added up over all projects too, where that tells nobody what one of them pays.
#[test]
fn suppliers_are_added_up_over_all_projects() {
    let shared = |councils: &[&str]| {
        let with = |forms: Forms, own: &&str| {
            forms.with(&format!("{own} CON_supplier 1 = Stour Structures Ltd"))
        };
        councils.iter().fold(Forms::doubled(), with).run()
    };
    let says = |line: &Line, project: Option<&str>| {
        let wanted = |own: &&Figure| {
            own.key == "suppliers.contracts_value"
                && own.project.as_deref() == project
                && own.council.is_none()
                && own.item.as_deref() == Some("Stour Structures")
        };
        let found = line.picture.figures.iter().find(wanted);
        found.and_then(Figure::text).unwrap_or_else(|| String::from("not told"))
    };
    // Three councils in one project; one more in the other would be told by the difference of the sums.
    let line = shared(&["CAN", "DOV", "SHE", "K:CAN"]);
    assert_ne!(says(&line, Some("H")), "not told");
    assert_eq!(says(&line, None), "not told");
    let exempt = book::exempt(&line.told(), line.project()).unwrap().unwrap();
    let sums = rows(&sheet(&exempt, "Suppliers"), &["Stour Structures"]).remove(0);
    assert!(sums.starts_with("Stour Structures | Canterbury, Dover and Shepway | 3 | "), "{sums}");
    let line = shared(&["CAN", "DOV", "K:SHE"]);
    assert_eq!(says(&line, Some("H")), "not told");
    assert_ne!(says(&line, None), "not told");
    let all = sheet(&book::programme(&line.told(), &[]).unwrap(), "Suppliers");
    let own = rows(&all, &["Stour Structures"]).remove(0);
    assert!(
        own.starts_with(
            "Stour Structures | Canterbury, Dover and Shepway | H and K | 0 | 0 | 4 | "
        ),
        "{own}"
    );
}

/// Where two projects name a contract alike, the case tells them apart, in its prices too.
#[test]
fn the_contracts_of_a_case_have_their_costs_of_leaving() {
    let line = Forms::doubled().run();
    let case = line.programme.subject("HK").unwrap();
    let exempt = book::exempt(&line.told(), case).unwrap().unwrap();
    let prices = rows(&sheet(&exempt, "Contract_Prices"), &["Dover"]);
    let says: Vec<Vec<&str>> = prices.iter().map(|row| row.split(" | ").collect()).collect();
    let told = |row: &Vec<&str>| format!("{}: {}, {}", row[1], row[8], row[9]);
    assert_eq!(says.iter().map(told).collect::<Vec<_>>(), ["H K2: 75000, 0", "K K2: 75000, 0"]);
}

/// One project of many has come back: councils that lack the same are named together.
#[test]
fn what_a_supplier_s_sum_lacks_is_said_once() {
    let all = sheet(&book::programme(&Forms::w().run().told(), &[]).unwrap(), "Suppliers");
    let own = rows(&all, &["Idox"]).remove(0);
    let lacks = "Canterbury, Dover, Shepway and Thanet: no return for A, B, C, D, E, F, G, I and J";
    assert!(own.ends_with(lacks), "{own}");
}

/// What the returns show stands beside opinions where the questions are asked.
#[test]
fn scarce_skills_sites_and_averages_are_shown_beside_opinions() {
    let changes = [
        "CAN STF_skill_scarce 2 = Yes",
        "DOV STF_skill_scarce 2 = No",
        "CAN SVC_pi_comparator 1 = 90",
        "CAN SVC_pi_value_y_2 1 = 80",
        "CAN SVC_pi_value_y_1 1 = 91",
        "CAN SVC_pi_value_y0 1 = 92",
    ];
    let sites = ["CAN", "DOV", "SHE", "THA"].iter().zip(1..).flat_map(|(council, number)| {
        [
            format!("{council} SVC_site_name 1 = Civic Centre"),
            format!("{council} SVC_site_tenure 1 = Lease"),
            format!("{council} SVC_site_lease_end 1 = 201{number}-03-31"),
            format!("{council} SVC_site_annual_cost 1 = {number}000"),
        ]
    });
    let groups = [Group::PostDetail, Group::Sites, Group::Benchmarks];
    let forms = groups.into_iter().fold(Forms::w(), Forms::asking);
    let forms = changes.iter().fold(forms, |forms, change| forms.with(change));
    let line = sites.fold(forms, |forms, change| forms.with(&change)).run();
    assert_eq!(line.says("staffing.scarce_posts CAN"), "3");
    assert_eq!(line.says("service.sites_cost"), "10000.00");
    let criteria = sheet(&working(&line), "Criteria");
    let shown: Vec<&str> =
        criteria.iter().filter_map(|row| row.last()).map(String::as_str).collect();
    for says in [
        "posts with scarce skills, in one council only: Canterbury 3",
        "sites: 4; £10,000 a year; ends of leases: 31 March 2011 to 31 March 2014",
        "better than the average of the comparison group: Canterbury BC1 in 2 of 3 years",
    ] {
        let found = shown.iter().any(|own| own == &says);
        assert!(found, "{says}: {shown:?}");
    }
}

/// One-off costs are shared as the brief says line by line; what one council incurs is its own.
#[test]
fn one_off_costs_fall_on_those_the_brief_names() {
    let each = |line: &Line| {
        ["CAN", "DOV", "SHE", "THA"]
            .map(|council| line.says(&format!("apportionment.one_off {council} #1")))
    };
    let line = Forms::w().run();
    assert_eq!(each(&line), ["75000.00"; 4]);
    let line = Forms::w()
        .with("P3_oneoff_payer_basis 1 = Incurring council")
        .with("P3_oneoff_payer_council 1 = DOV")
        .with("P3_oneoff_payer_basis 5 = Agreed shares")
        .run();
    // 160,000 equally, 120,000 by Dover, 20,000 by 30/24/20/26.
    assert_eq!(each(&line), ["46000.00", "164800.00", "44000.00", "45200.00"]);
    let once = sheet(&working(&line), "Apportionment");
    let own = |row: &&Vec<String>| row[0] == "Dover" && row[1] == "164800";
    assert!(once.iter().any(|row| own(&row)), "{once:?}");
    let line = Forms::w().with("P3_oneoff_category 2 = Redundancy").run();
    assert!(each(&line)[0].contains("withheld"), "{:?}", each(&line));
}

/// Systems and contracts stand to the planned start in the same words everywhere.
#[test]
fn lifespans_place_what_ends_as_the_alignment_does() {
    let line = Forms::w().run();
    let ends = sheet(&working(&line), "Lifespans");
    let placed = |name: &str| {
        let row = ends.iter().find(|row| row[0].starts_with(name)).unwrap();
        row[5].clone()
    };
    for contract in &line.picture.project("H").unwrap().contracts {
        let name = format!("{} ({})", contract.title, contract.supplier);
        assert_eq!(placed(&name), contract.placing.words());
    }
    assert_eq!(placed("Anite @Work"), "ends before it");
}

/// From which score a risk is red or amber is said in programme.toml and nowhere else.
#[test]
fn risks_are_rated_as_programme_toml_says() {
    let mut forms = Forms::w();
    (forms.programme.thresholds.risk_red, forms.programme.thresholds.risk_amber) = (17, 12);
    let line = forms.run();
    let risks = sheet(&working(&line), "Risks");
    let says = "17 and more is red, 12 to 16 amber, less is green.";
    assert!(risks.concat().concat().contains(says));
    let ratings: Vec<&str> = risks
        .iter()
        .filter(|row| row.len() > 6)
        .map(|row| &*row[6])
        .filter(|own| is_rag(own))
        .collect();
    assert_eq!(ratings, ["amber", "amber", "amber", "green", "amber"]);
}

/// The programme at a glance names the gate that each project has passed, and the next with its day.
#[test]
fn each_project_has_its_gate_and_the_next() {
    let line = Forms::w().run();
    let projects = sheet(&book::programme(&line.told(), &[]).unwrap(), "Projects");
    let own = rows(&projects, &["H"]).remove(0);
    assert!(
        own.contains("G2: approval of the statement of intent | G3: returns from all councils | "),
        "{own}"
    );
}

/// A case has no gates of its own: it is as far as the project in it that is behind the other.
#[test]
fn a_case_stands_at_the_gate_of_the_project_that_is_behind() {
    let gates = |forms: Forms| {
        let line = forms.run();
        let projects = sheet(&book::programme(&line.told(), &[]).unwrap(), "Projects");
        rows(&projects, &["HK"]).remove(0)
    };
    let own = gates(Forms::doubled().with("K: P4_gate_actual 6 = -"));
    assert!(
        own.contains(" | G1: the statement of intent with each council's managers (project K) | "),
        "{own}"
    );
    assert!(
        own.contains(" (project K) | G2: approval of the statement of intent (project K) |"),
        "{own}"
    );
    let own = gates(Forms::doubled());
    assert!(own.contains(" (project H) | G3: returns from all councils (project H) |"), "{own}");
}

fn is_rag(word: &str) -> bool {
    ["red", "amber", "green"].contains(&word)
}

/// Set W with the structure of Canterbury's posts, and a change.
fn structured(change: &str) -> Forms {
    let mut forms = Forms::w().asking(Group::Structure);
    for row in 1..=4 {
        forms = forms.with(&format!("CAN STF_post_ref {row} = CAN-0{row}"));
    }
    for (row, above, level) in [(1, "-", 1), (2, "CAN-01", 2), (3, "CAN-01", 2), (4, "CAN-01", 2)] {
        forms = forms
            .with(&format!("CAN STF_reports_to {row} = {above}"))
            .with(&format!("CAN STF_level {row} = {level}"));
    }
    forms.with(change)
}

/// Set W with what pays for its schemes.
fn funded() -> Forms {
    [
        "CAN CAP_fund_grants 1 = 40000",
        "CAN CAP_fund_receipts 1 = 20000",
        "CAN CAP_fund_lease 2 = 75000",
        "DOV CAP_fund_grants 1 = 18000",
        "DOV CAP_fund_revenue 1 = 500",
        "THA CAP_fund_borrowing 1 = 42000",
    ]
    .iter()
    .fold(Forms::w().asking(Group::CapitalDetail), |forms, change| forms.with(change))
}

fn posts(sheet: &[Vec<String>], council: &str) -> Vec<String> {
    let own = sheet.iter().filter(|row| row[1] == council);
    own.map(|row| format!("{} {} {}", row[2], row[3], row[4])).collect()
}

fn working(line: &Line) -> Vec<u8> {
    book::working(&line.told(), line.project()).unwrap()
}
