//! The working papers on systems and contracts say what the figures say.

mod common;

use std::{
    io::{Cursor, Read},
    sync::OnceLock,
};

use common::{Forms, Line, sheet};
use lathe::{book, calendar, form::Group};

#[test]
fn contracts_stand_beside_both_alignments_and_the_planned_start() {
    assert_eq!(
        rows(&working(w()), "Contract_Alignment"),
        "
        Earliest: some are left early | 2010-04-01 | 75000 | as given | complete
        Natural: none is left early | 2012-10-01 | 0 | as given | complete
        Canterbury | 2010-04-01 | 2010-04-01 | no date of its own
        Dover | 2010-04-01 | 2010-04-01 | no date of its own
        Shepway | 2010-01-01 | 2010-04-01 | no date of its own
        Thanet | 2009-06-02 | 2010-04-01 | no date of its own
        K1: Structural engineering advice | 2010-03-31 | 2010-04-01 | Canterbury | ends before it \
        | 2009-03-31 | 0 | 0 | no notice [z] | 0 | 30 | no notice [z]
        K2: Plan checking and site inspection overflow | 2012-09-30 | 2010-04-01 | Dover \
        | notice must be given before it | 2011-09-30 | 75000 | 0 | 2009-03-31 | 0 | 0 | no notice [z]
        K3: Fire engineering advice | 2009-12-31 | 2010-01-01 | Shepway | ends before it \
        | 2008-12-31 | 0 | 3 | no notice [z] | 0 | 33 | no notice [z]
        K4: Structural engineering advice | until notice | 2009-06-02 | Thanet \
        | notice must be given before it | no date [z] | 0 | 0 | 2009-12-31 | 0 | 0 | 2012-06-30"
            .replace("\n        ", "\n")
    );
}

#[test]
fn an_exit_that_is_not_known_makes_the_date_a_not_later_than() {
    let line = Forms::w().with("DOV CON_early_exit 1 = Not known").run();
    let rows = rows(&working(&line), "Contract_Alignment");
    assert!(rows.contains(
        "Earliest: some are left early | 2012-10-01 | 0 | not later than; whether K2 can be left \
         early is not known | complete"
    ));
    assert!(rows.contains(" | Dover | runs on"), "{rows}");
}

#[test]
fn the_options_planned_dates_of_joining_stand_beside_the_earliest() {
    let line = Forms::w()
        .with("P3_join_option 1 = 1")
        .with("P3_join_council 1 = DOV")
        .with("P3_join_date 1 = 2010-10-01")
        .run();
    let rows = rows(&working(&line), "Contract_Alignment");
    assert!(rows.contains("Dover | 2010-04-01 | 2010-04-01 | option 1: 1 October 2010"), "{rows}");
}

/// A bar is what it is made of: days before the reference date, of the term, of notice, of an extension.
#[test]
fn the_timeline_is_a_picture_of_a_table_of_dates() {
    let bytes = working(w());
    assert_eq!(
        rows(&bytes, "Contract_Timeline"),
        "
        Reference date | all | 2009-03-01 | 2009-03-01 | 2009-03-01 | 0 | 0 | 0 | 0 | 14
        Planned start | all | 2010-04-01 | 2010-04-01 | 2010-04-01 | 0 | 0 | 0 | 0 | 14
        CAN K1 Structural engineering advice | Canterbury | 2007-04-01 | 2010-03-31 | 2007-04-01 \
        | 700 | 214 | 182 | 0 | 0
        DOV K2 Plan checking and site inspection overflow | Dover | 2007-10-01 | 2012-09-30 | 2007-10-01 \
        | 517 | 944 | 366 | 0 | 0
        SHE K3 Fire engineering advice | Shepway | 2007-01-01 | 2009-12-31 | 2007-03-01 \
        | 731 | 214 | 92 | 365 | 0
        THA K4 Structural engineering advice | Thanet | 2006-04-01 | until notice | 2007-03-01 \
        | 731 | 0 | 93 | 0 | 0"
            .replace("\n        ", "\n")
    );
    let chart = chart(&bytes);
    for sign in [
        r#"<c:barDir val="bar"/><c:grouping val="stacked"/>"#,
        "<c:f>Contract_Timeline!$A$",
        r#"<c:crossesAt val="40269"/>"#,
        r#"<c:min val="39083"/>"#,
    ] {
        assert!(chart.contains(sign), "{sign}");
    }
    assert_eq!(chart.matches("<c:ser>").count(), 6);
    assert_eq!(chart.matches("<a:noFill/>").count(), 2);
}

/// None, one, and forty with the longest names: a bar for each, and for the two days that are marked.
#[test]
fn a_timeline_has_a_bar_for_each_contract() {
    for (each, bars) in [(0, 2), (1, 6), (10, 42)] {
        let bytes = working(&with_contracts(each).run());
        let found = sheet(&bytes, "Contract_Timeline");
        let first = found.iter().position(|row| row[0] == "Reference date").unwrap();
        let listed = found[first..].iter().filter(|row| !row[0].is_empty()).count();
        assert_eq!(listed, bars);
        let cells = format!("<c:f>Contract_Timeline!$A${}:$A${}</c:f>", first + 1, first + bars);
        assert!(chart(&bytes).contains(&cells), "{cells}");
    }
}

#[test]
fn suppliers_of_several_councils_are_added_up_where_none_can_tell_what_another_pays() {
    let shared = |councils: &[&str]| {
        let councils = councils.iter();
        councils.fold(Forms::w(), |forms, council| {
            forms.with(&format!("{council} CON_supplier 1 = Stour Structures Ltd"))
        })
    };
    let two = shared(&["SHE"]).run();
    assert_eq!(
        rows(&working(&two), "Suppliers"),
        "
        Idox | Canterbury and Shepway | 4 | 35500 | 0 | 0 | complete
        Lagan | Canterbury, Shepway and Thanet | 3 | 29900 | 0 | 0 | complete
        Stour Structures | Canterbury and Shepway | 0 | 0 | 2 | withheld [c] | complete"
            .replace("\n        ", "\n")
    );
    let three = shared(&["SHE", "DOV"]).run();
    let rows = rows(&working(&three), "Suppliers");
    assert!(
        rows.contains("Stour Structures | Canterbury, Dover and Shepway | 0 | 0 | 3 | "),
        "{rows}"
    );
    assert!(!rows.contains("withheld"), "{rows}");
    let value = three.figure("suppliers.contracts_value :Stour_Structures");
    assert!(value.sources.iter().all(|source| source.value.starts_with('K')));
}

#[test]
fn every_system_and_step_has_a_dated_line() {
    let line = Forms::w()
        .with("P4_converge_function 1 = CRM")
        .with("P4_converge_step 1 = Move Dover to the shared CRM")
        .with("P4_converge_council 1 = DOV")
        .with("P4_converge_due 1 = 2010-03-31")
        .run();
    let rows = rows(&working(&line), "ICT_Roadmap");
    let lines: Vec<&str> = rows.lines().collect();
    assert_eq!(
        lines[1],
        "2009-02-28 | Document management | Dover | Anite @Work 2.0 | support ends | before it | ICT!A13"
    );
    for wanted in [
        "2009-12-31 | Building control core | Thanet | Ocella Ocella2 6.0 | licence and support end | before it",
        "2010-04-01 | Building control core | Dover | Northgate M3 5.2 | replacement planned in 2010/11",
        "2010-03-31 | CRM | Dover | Move Dover to the shared CRM | step planned in the brief | before it",
        "2012-03-31 | Document management | Canterbury | Idox DMS 3.1 | licence and support end | later",
        "not known [x] | CRM | Shepway | Lagan CRM 6.0 | end not known | not known",
    ] {
        assert!(rows.contains(wanted), "{wanted}\n{rows}");
    }
}

#[test]
fn the_calendar_has_every_notice_end_and_start_of_work_in_order() {
    let rows = rows(&book::programme(&w().told(), &[]).unwrap(), "Calendar");
    let contracts: Vec<&str> = rows.lines().filter(|line| line.contains("| K")).collect();
    assert_eq!(
        contracts.join("\n"),
        "\
        2008-12-31 | past | H | Shepway | K3 Fire engineering advice | Marsh Fire Consultants \
        | Work on what follows to start by this day | before it | once
        2009-03-31 | to come | H | Canterbury | K1 Structural engineering advice | Stour Structures Ltd \
        | Work on what follows to start by this day | before it | once
        2009-03-31 | to come | H | Dover | K2 Plan checking and site inspection overflow \
        | Channel Building Services Ltd | Last day to give notice, to be free on 1 April 2010 | before it \
        | once
        2009-12-31 | to come | H | Shepway | K3 Fire engineering advice | Marsh Fire Consultants \
        | Contract ends: last day in force | before it | once
        2009-12-31 | to come | H | Thanet | K4 Structural engineering advice | Isle Engineers \
        | Last day to give notice, to be free on 1 April 2010 | before it | once
        2010-03-31 | to come | H | Canterbury | K1 Structural engineering advice | Stour Structures Ltd \
        | Contract ends: last day in force | before it | once
        2011-09-30 | to come | H | Dover | K2 Plan checking and site inspection overflow \
        | Channel Building Services Ltd | Work on what follows to start by this day | later | once
        2012-09-30 | to come | H | Dover | K2 Plan checking and site inspection overflow \
        | Channel Building Services Ltd | Contract ends: last day in force | later | once"
            .replace("\n        ", "\n")
    );
    let systems =
        rows.lines().filter(|line| line.contains("ence ends:") || line.contains("ort ends:"));
    assert_eq!(systems.count(), 17);
}

#[test]
fn a_calendar_program_can_take_the_dates_in() {
    let ics = String::from_utf8(calendar::ics(&w().told())).unwrap();
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    assert!(ics.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])));
    let plain = ics.replace("\r\n ", "");
    let of = |name: &str| -> Vec<&str> {
        plain.lines().filter_map(|line| line.strip_prefix(name)).collect()
    };
    assert_eq!(of("BEGIN:VEVENT").len(), 25);
    let mut names = of("UID:");
    assert_eq!(of("DTSTAMP:"), vec!["20090301T000000Z"; 25]);
    assert!(of("DTSTART;VALUE=DATE:").contains(&"20090331"));
    assert!(of("SUMMARY:").contains(
        &"H Dover: K2 Plan checking and site inspection overflow – last day to give notice\\, to be \
          free on 1 April 2010"
    ));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 25);
    for private in ["returns/", ".xlsx", "35000", "35,000", "@kent", "£"] {
        assert!(!plain.contains(private), "{private}");
    }
}

/// When a day moves, its event keeps its name; so calendars move it.
#[test]
fn an_event_keeps_its_name_when_its_day_moves() {
    let names = |line: &Line| -> Vec<String> {
        let ics = String::from_utf8(calendar::ics(&line.told())).unwrap();
        let mut names: Vec<String> =
            ics.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect();
        names.sort_unstable();
        names
    };
    let moved = Forms::w().with("CAN CON_end_date 1 = 2010-06-30").run();
    assert_eq!(names(w()), names(&moved));
    assert_eq!(calendar::ics(&w().told()), calendar::ics(&Forms::w().run().told()));
}

#[test]
fn risks_show_the_highest_score_whose_it_is_and_where_views_differ() {
    let rows = rows(&working(w()), "Risks");
    let scores: Vec<&str> = rows.lines().skip(1).take(5).collect();
    let scores: Vec<&str> = scores.iter().map(|line| line.split_once(" | ").unwrap().1).collect();
    assert_eq!(
        scores,
        [
            "12 | 8 | 16 | 9 | 16 | red | Shepway | 8 to 16 | views differ | complete",
            "9 | 12 | 9 | 8 | 12 | amber | Dover | 8 to 12 | alike | complete",
            "12 | 12 | 9 | 12 | 12 | amber | Canterbury, Dover and Thanet | 9 to 12 | alike | complete",
            "6 | 6 | 9 | 4 | 9 | amber | Shepway | 4 to 9 | alike | complete",
            "6 | 4 | 12 | 6 | 12 | amber | Shepway | 4 to 12 | views differ | complete",
        ]
    );
}

#[test]
fn accounting_bases_stand_side_by_side_and_differences_are_said() {
    let line = Forms::w()
        .with("THA PRO_support_basis = Not charged")
        .with("SHE PRO_pay_award_pct = 3.1")
        .run();
    let rows = rows(&working(&line), "Accounting_Basis");
    assert!(rows.contains("| Not charged | differs: Thanet"), "{rows}");
    assert!(rows.contains("| 3.1 | ") && rows.contains(" | differs: Shepway"), "{rows}");
    assert_eq!(rows.matches("| profile, in force |").count(), 9);
    assert!(rows.lines().skip(1).any(|line| line.ends_with("| the same")));
}

/// Where returns may differ from the profile, the two stand above what holds in the end.
#[test]
fn a_return_s_own_basis_is_what_is_in_force() {
    let mut forms = Forms::w();
    let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    project.groups.push(Group::BasisOverride);
    let forms = forms.with("DOV COV_own_support_basis = Not charged");
    let rows = rows(&working(&forms.run()), "Accounting_Basis");
    let support: Vec<&str> = rows.lines().filter(|line| line.contains("Not charged")).collect();
    assert_eq!(support.len(), 2, "{rows}");
    assert!(support[0].contains("| this return | left empty [z] | Not charged | left empty [z]"));
    assert!(support[1].contains("| in force |") && support[1].ends_with("| differs: Dover"));
}

#[test]
fn service_facts_add_up_what_is_counted_and_nothing_else() {
    let rows = rows(&working(w()), "Service_Facts");
    assert!(rows.contains(" | 1420 | 905 | 812 | 1163 | 4300"), "{rows}");
    assert!(rows.contains("does not add up [z]"), "{rows}");
    let without = Forms::w().without("THA").run();
    let rows = self::rows(&working(&without), "Service_Facts");
    assert!(
        rows.contains("| 1420 | 905 | 812 | not returned [x] | 3,137 of 3 of 4 councils"),
        "{rows}"
    );
}

#[test]
fn terms_of_employment_are_a_grid() {
    let rows = rows(&working(&Forms::w().with("CAN TRM_full_time_hours = 36").run()), "Terms");
    let hours = rows.lines().nth(1).unwrap();
    assert!(hours.contains("| 36 | 37 | 37 | 37 | differs: Canterbury"), "{hours}");
}

#[test]
fn unit_costs_stand_beside_the_median_and_indicators_beside_each_other() {
    let gap = w().figure("unit_cost.indicative_gap").number().unwrap().rounded(0);
    assert_eq!(gap, "39619");
    assert_eq!(w().figure("service.indicators").exact.as_deref(), Some("3/3"));
    let found = sheet(&working(w()), "Benchmarks").concat().join("\n");
    assert!(found.contains(
        "The median of the councils’ cost of one unit of work (applications) is £386.46."
    ));
    assert!(found.contains("would cost £39,619 less."), "{found}");
    assert!(found.contains("Indicators that all councils report: 3 of 3."));
    let less = Forms::w().with("THA SVC_pi_value_y0 2 = -").run();
    assert_eq!(less.figure("service.indicators").exact.as_deref(), Some("2/3"));
    assert_eq!(less.says("service.indicators THA"), "2");
    assert!(rows(&working(&less), "Benchmarks").contains(" | 3 of 4 | "));
}

#[test]
fn opinions_stand_beside_what_the_returns_show() {
    let bytes = working(w());
    let found = sheet(&bytes, "Criteria").concat().join("\n");
    assert!(found.contains("expects it to bring about 7 of the 10 outcomes."));
    let rows = rows(&bytes, "Criteria");
    assert_eq!(rows.lines().skip(1).count(), 19);
    for wanted in [
        "13.1% of budgeted posts are vacant",
        "yes: two posts have been vacant for more than six months",
        "Building control core 2 of 4, Document management 2 of 3, CRM 3 of 4",
        "all report 3 of the 3 indicators",
        "cuts already in budgets: £40,000",
        "pays back in 2.2 years",
        "which is no saving: £39,619",
    ] {
        assert!(rows.contains(wanted), "{wanted}\n{rows}");
    }
}

#[test]
fn councils_opinions_are_counted_and_never_weighted() {
    let mut forms = Forms::w();
    let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    project.groups.push(Group::Criteria);
    let criteria = ["c11", "c12", "c13", "c21", "c22", "c23", "c31", "c33"];
    let outcomes = ["o11", "o12", "o13", "o21", "o22", "o23", "o24", "o31", "o32", "o33"];
    for council in ["CAN", "DOV", "SHE"] {
        for row in criteria {
            forms = forms.with(&format!("{council} CRI_{row}_answer = Yes"));
        }
        forms = forms.with(&format!("{council} CRI_c32_answer = National"));
        for row in outcomes {
            forms = forms.with(&format!("{council} CRI_{row}_contribution = Some"));
        }
    }
    let forms = forms.with("DOV CRI_c11_answer = No");
    let rows = rows(&working(&forms.run()), "Criteria");
    let line = rows.lines().find(|line| line.contains("hard to recruit")).unwrap();
    assert!(line.contains("2 Yes, 1 No: views differ"), "{line}");
}

fn w() -> &'static Line {
    static W: OnceLock<Line> = OnceLock::new();
    W.get_or_init(|| Forms::w().run())
}

fn working(line: &Line) -> Vec<u8> {
    book::working(&line.told(), line.project()).unwrap()
}

/// Set W with so many contracts of each council.
fn with_contracts(each: u32) -> Forms {
    let mut forms = Forms::w();
    for council in ["CAN", "DOV", "SHE", "THA"] {
        if each == 0 {
            let columns = [
                "contract_ref",
                "title",
                "supplier",
                "annual_value",
                "share_pct",
                "charged_to",
                "start_date",
                "rolling",
                "end_date",
                "extension_months",
                "notice_months",
                "early_exit",
                "earliest_break",
                "exit_fixed",
                "exit_per_month",
                "others_may_use",
            ];
            forms = forms.with(&format!("{council} CON_nil_contracts = Yes"));
            for column in columns {
                forms = forms.with(&format!("{council} CON_{column} 1 = -"));
            }
        }
        for row in 2..=each {
            let title =
                "Maintenance of everything that was ever built by the sea and inland, and of more";
            for (column, value) in [
                ("contract_ref", format!("K{row}0")),
                ("title", title.to_owned()),
                ("supplier", format!("Supplier {row}")),
                ("annual_value", String::from("1000")),
                ("share_pct", String::from("100")),
                ("charged_to", String::from("SUP")),
                ("start_date", format!("200{}-04-01", row % 9)),
                ("rolling", String::from("No")),
                ("end_date", format!("20{}-03-31", 8 + row * 2)),
                ("extension_months", format!("{}", row * 3)),
                ("notice_months", format!("{row}")),
                ("early_exit", String::from("No")),
                ("others_may_use", String::from("No")),
            ] {
                forms = forms.with(&format!("{council} CON_{column} {row} = {value}"));
            }
        }
    }
    forms
}

/// The rows of the tables of a sheet without headers, one on a line.
fn rows(bytes: &[u8], name: &str) -> String {
    let mut said = String::new();
    let mut header = true;
    for row in sheet(bytes, name) {
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        match (filled, header) {
            (0 | 1, _) => header = true,
            (_, true) => header = false,
            _ => {
                let line = row.join(" | ");
                said.push('\n');
                said.push_str(line.trim_end_matches([' ', '|']));
            }
        }
    }
    said
}

/// The XML of the picture with bars.
fn chart(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        if file.name().unwrap().starts_with("xl/charts/chart") {
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            if text.contains("Contract_Timeline") {
                return text;
            }
        }
    }
    panic!("no picture of contracts");
}
