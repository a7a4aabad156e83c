//! The output workbooks say what the figures say, and say what they lack.

mod common;

use std::{
    io::Cursor,
    sync::{Arc, OnceLock},
};

use calamine::{Data, Reader, Xlsx};
use common::{AS_AT, COUNCILS, Forms, Line, rows, sheet};
use lathe::{
    book, check, consolidate,
    picture::State,
    place::{self, Cell},
    read,
};

#[test]
fn the_summary_shows_the_worked_numbers() {
    let summary = sheet(&consolidated(w()), "Summary");
    assert_eq!(
        rows(&summary, &["Gross controllable expenditure", "Net controllable", "Net total"]),
        [
            "Gross controllable expenditure | 510550 | 389370 | 323370 | 435765 | 1659055 | Complete",
            "Net controllable | 107550 | 121370 | 75370 | 107915 | 412205 | Complete",
            "Net total | 208250 | 194670 | 142070 | 199915 | 744905 | Complete",
        ]
    );
    assert_eq!(
        rows(&summary, &["Budgeted posts (FTE)", "Filled posts (FTE)", "People in post"]),
        [
            "Budgeted posts (FTE) | 10.5 | 7.6 | 7.3 | 9 | 34.4 | Complete",
            "Filled posts (FTE) | 9.5 | 6.6 | 6.3 | 7.5 | 29.9 | Complete",
            "People in post | 10 | 7 | 7 | 8 | 32 | Complete",
        ]
    );
    let vacancy = rows(&summary, &["Vacancy rate"]).remove(0);
    assert!(vacancy.contains(" | 0.13081395348837"), "{vacancy}");
    let ends = rows(&summary, &["Expired", "2–5 years", "Unknown", "Rolling"]);
    assert_eq!(
        ends,
        [
            "Expired | 0 | 1 | 0 | 0 | 1 | Complete",
            "2–5 years | 3 | 0 | 1 | 0 | 4 | Complete",
            "Unknown | 0 | 0 | 1 | 0 | 1 | Complete",
            "Expired | 0 | 0 | 0 | 0 | 0 | Complete",
            "2–5 years | 0 | 1 | 0 | 0 | 1 | Complete",
            "Rolling | 0 | 0 | 0 | 1 | 1 | Complete",
            "Unknown | 0 | 0 | 0 | 0 | 0 | Complete",
        ]
    );
    let says = "This workbook uses the returns of all four councils. Ashford has been invited to take \
                part; its figures are in no total here. In year 2 ";
    assert!(lead(&summary).starts_with(says), "{}", lead(&summary));
}

/// Whose returns are used is said in the same words in the workbook and in the draft.
#[test]
fn workbook_and_draft_say_coverage_alike() {
    let cases: [&[(&str, Option<State>)]; 5] = [
        &[],
        &[("THA", None)],
        &[("DOV", None), ("THA", Some(State::Refused("IDN-010")))],
        &[("CAN", None), ("DOV", Some(State::SetAside("IDN-002"))), ("THA", None)],
        &[("CAN", Some(State::Refused("IDN-010"))), ("DOV", Some(State::Refused("IDN-010")))],
    ];
    for gone in cases {
        let mut line =
            gone.iter().fold(Forms::w(), |forms, (council, _)| forms.without(council)).run();
        let own = line.picture.projects.iter_mut().find(|own| &*own.project == "H").unwrap();
        own.coverage.retain(|own| &*own.council != "ASH");
        for (council, state) in gone {
            let own = own.coverage.iter_mut().find(|own| &*own.council == *council).unwrap();
            own.state = state.clone().unwrap_or(State::NotReturned);
        }
        let draft = line.draft().texts["say:coverage"].text.clone();
        let sheet = sheet(&consolidated(&line), "Coverage");
        let lead = lead(&sheet[..]);
        assert_eq!(lead, draft.replace("This draft uses", "This workbook uses"));
    }
}

#[test]
fn the_sheets_are_ten_and_open_on_the_summary() {
    let book = Xlsx::new(Cursor::new(consolidated(w()))).unwrap();
    assert_eq!(
        book.sheet_names(),
        [
            "Summary",
            "Coverage",
            "Revenue",
            "Capital",
            "Staffing",
            "ICT",
            "Contracts",
            "Savings",
            "Queries",
            "Notes"
        ]
    );
}

#[test]
fn a_total_over_fewer_councils_says_so() {
    let line = Forms::w().without("THA").run();
    let bytes = consolidated(&line);
    let summary = sheet(&bytes, "Summary");
    assert_eq!(
        rows(&summary, &["Budget line", "Gross controllable expenditure"]),
        [
            "Budget line | Canterbury | Dover | Shepway | Thanet | \
             Total of 3 of 4 councils (Thanet not returned) | Status",
            "Gross controllable expenditure | 510550 | 389370 | 323370 | not returned [x] | 1223290 | \
             3 of 4: Thanet not returned",
        ]
    );
    assert_eq!(
        lead(&summary),
        "This workbook uses three of four returns: Canterbury, Dover and Shepway. Thanet's return has not \
         been received, so totals below are for three councils. The councils whose returns are used have \
         73.2% of the population of the councils taking part. Ashford has been invited to take part; its \
         figures are in no total here. The 10% criterion cannot be tested until Thanet has supplied its \
         return."
    );
    let coverage = sheet(&bytes, "Coverage");
    assert_eq!(
        rows(&coverage, &["Thanet"]),
        ["Thanet | yes | not returned [x] | none | [x] | [x] | [x] | [x] | [x] | [x] | missing | \
          not yet returned"]
    );
    let capital = sheet(&bytes, "Capital");
    assert_eq!(
        rows(&capital, &["Approved 2008/09", "Approved 2009/10"]),
        [
            "Approved 2008/09 | 40000 | 18500 | 0 | not returned [x] | 58500 | \
             3 of 4: Thanet not returned",
            "Approved 2009/10 | 20000 | 0 | 0 | not returned [x] | 20000 | \
             3 of 4: Thanet not returned",
        ]
    );
    let projects = sheet(&programme(&line), "Projects");
    let own = rows(&projects, &["H"]);
    assert_eq!(
        own[0],
        "H | Building control | Mike Dawson and David Reed | Amber | Returns to come from Thanet; the savings \
         test cannot be made; quality is not yet sure; a risk is red | G2: approval of the statement of intent | \
         G3: returns from all councils | 2009-03-13"
    );
    assert_eq!(
        own[1],
        "H | Building control | 3 | 4 | Thanet | not tested [x] | not tested [x] | not tested [x]"
    );
    assert!(own[2].contains("| 3 of 4: Thanet not returned | 1223290 |"), "{}", own[2]);
}

#[test]
fn a_refused_answer_is_missing_where_it_is_needed_and_nowhere_else() {
    let line = Forms::w().with("THA REV_TRA_y0_budget = tbc").run();
    let summary = sheet(&consolidated(&line), "Summary");
    assert_eq!(
        rows(&summary, &["Transport", "Premises", "Gross controllable expenditure", "Income"]),
        [
            "Premises | 18400 | 9300 | 11250 | 13900 | 52850 | Complete",
            "Transport | 21650 | 17420 | 14880 | rejected (GEN-002) [x] | 53950 | \
             3 of 4: answer of Thanet rejected (GEN-002)",
            "Gross controllable expenditure | 510550 | 389370 | 323370 | rejected (GEN-002) [x] | \
             1223290 | 3 of 4: answer of Thanet rejected (GEN-002)",
            "Income | 403000 | 268000 | 248000 | 327850 | 1246850 | Complete",
        ]
    );
    let header = rows(&summary, &["Budget line"]).remove(0);
    assert!(header.ends_with("| Total (see status) | Status"), "{header}");
    let says = "Not every answer can be used yet: Thanet on “Transport”. The status of each line";
    assert!(lead(&summary).contains(says), "{}", lead(&summary));
    let more =
        Forms::w().with("THA REV_TRA_y0_budget = tbc").with("DOV CAP_spend_y0 1 = tbc").run();
    let says = "be used yet: Thanet on “Transport” and answers on other sheets. The status of each";
    let lead_of_more = lead(&sheet(&consolidated(&more), "Summary"));
    assert!(lead_of_more.contains(says), "{lead_of_more}");
    let values = sheet(&working(&line), "Revenue_By_Council");
    let transport = values
        .iter()
        .find(|row| row[0] == "Thanet" && row[1] == "2008/09" && row[3] == "Transport");
    let cell = &line.figure("revenue.line.tra THA").reasons["THA"];
    assert!(cell.starts_with("GEN-002 Revenue!"), "{cell}");
    assert_eq!(transport.unwrap()[4..7], ["rejected (GEN-002) [x]", "missing", cell]);
}

#[test]
fn drafts_estimates_and_what_cannot_apply_are_marked() {
    let line = Forms::w()
        .with("DOV COV_return_type = Draft")
        .with("CAN REV_SUP_quality = Estimate")
        .with("SHE REV_TRF_y0_budget = N/A")
        .run();
    let bytes = consolidated(&line);
    let summary = sheet(&bytes, "Summary");
    assert_eq!(
        rows(&summary, &["Budget line", "Supplies and services", "Transfer payments"]),
        [
            "Budget line | Canterbury | Dover (draft) [p] | Shepway | Thanet | \
             Total of 4 of 4 councils | Status",
            "Supplies and services | 46200 | 28900 | 25340 | 37775 | 138215 | \
             Complete; Canterbury with estimates [e]",
            "Transfer payments | 0 | 0 | not applicable [z] | 0 | 0 | Complete",
        ]
    );
    assert!(part(&bytes, "xl/styles.xml").contains("&quot; [e]&quot;"));
}

#[test]
fn every_formula_gives_the_result_stored_beside_it() {
    let lines = [
        Forms::w().run(),
        Forms::w().without("THA").run(),
        Forms::w().with("THA REV_TRA_y0_budget = tbc").run(),
    ];
    let mut count = 0;
    for line in &lines {
        for bytes in [consolidated(line), working(line), programme(line)] {
            let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
            for name in book.sheet_names() {
                let values = book.worksheet_range(&name).unwrap();
                let formulas = book.worksheet_formula(&name).unwrap();
                let Some((top, left)) = formulas.start() else { continue };
                // What may be tried is held against the figures, and against LibreOffice by recalculated.py.
                if LIVE.contains(&&*name) {
                    continue;
                }
                for (row, column, formula) in formulas.used_cells() {
                    let at = (top + row as u32, left + column as u32);
                    let stored = number(values.get_value(at)).unwrap();
                    let reckoned = Reckoner { values: &values, rest: formula }.sum();
                    let close = (stored - reckoned).abs() < 1e-9 * stored.abs().max(1.0);
                    assert!(close, "{name} {formula}: {stored} {reckoned}");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 500, "{count}");
}

#[test]
fn the_public_workbook_holds_nothing_private() {
    let line = Forms::w().with("THA REV_TRA_note = Ring Mrs Private about this").run();
    let text = all_text(&consolidated(&line));
    let answers = line.intake.returns.iter().flat_map(|ret| ret.answers());
    let private = answers.filter(|(field, _)| {
        ["_name", "_email", "_note", "_notes", "_owner_role", "_mitigation"]
            .iter()
            .any(|end| field.name.ends_with(end))
            && !["CAP_scheme_name", "P3_option_name", "P4_milestone_name"].contains(&field.name)
    });
    let private: Vec<String> =
        private.map(|(_, answer)| answer.shown()).filter(|said| said.len() > 3).collect();
    assert!(private.len() > 50);
    for said in &private {
        assert!(!text.contains(said.as_str()), "{said}");
    }
    for never in ["returns/", ".xlsx", "46000", "37916", "398125"] {
        assert!(!text.contains(never), "{never}");
    }
    let hashes = line.intake.returns.iter().flat_map(|ret| &ret.files).map(|file| &file.hash);
    assert!(hashes.into_iter().all(|hash| !text.contains(hash.as_str())));
    let contracts = sheet(&consolidated(&line), "Contracts");
    assert!(!contracts.concat().contains(&String::from("12000")), "the value of contract K1");
    // What cannot be hidden is said.
    let notes = lead(&sheet(&consolidated(&line), "Notes"));
    assert!(notes.contains("A budget line with one contract in it tells what that contract costs"));
}

#[test]
fn pay_is_shown_for_all_together_and_only_where_it_hides_everyone() {
    let staffing = sheet(&consolidated(w()), "Staffing");
    assert_eq!(
        rows(&staffing, &["Cost of all budgeted posts"]),
        ["Cost of all budgeted posts | £ a year | withheld [c] | withheld [c] | withheld [c] | \
          withheld [c] | 1304412.5 | Complete"]
    );
    assert_eq!(
        rows(&staffing, &["Admin"])[3..],
        [
            "Admin | Cost of posts (£ a year) | withheld [c] | withheld [c] | withheld [c] | withheld [c] | \
             193100 | Complete",
            "Admin | Cost of one FTE (£ a year) | withheld [c] | withheld [c] | withheld [c] | \
             withheld [c] | too few for an average [x] | Too few for an average",
        ]
    );
    let mut few = Forms::w().without("CAN").without("DOV").without("THA");
    for name in ["posts", "fte_established", "fte_filled", "headcount"] {
        for row in 3..=4 {
            few = few.with(&format!("SHE STF_{name} {row} = 1"));
        }
    }
    let staffing = sheet(&consolidated(&few.run()), "Staffing");
    let cost = rows(&staffing, &["Cost of all budgeted posts"]).remove(0);
    assert!(cost.contains("withheld [c] | 1 of 4"), "{cost}");
}

#[test]
fn a_register_that_is_empty_says_whether_anything_is_listed() {
    let says = |forms: Forms, of: &str| {
        let contracts = sheet(&consolidated(&forms.run()), "Contracts");
        let said = contracts.iter().map(|row| row.join(" | "));
        said.filter(|row| row.contains(of)).collect::<Vec<_>>()
    };
    let none = Forms::w().without_contracts();
    let all = "Canterbury, Dover, Shepway and Thanet listed no contracts";
    assert_eq!(says(none.clone(), "listed"), [format!("{all}. |  |  |  | ")]);
    assert_eq!(
        says(none.clone(), "some are left early"),
        [
            "Earliest: some are left early | no contracts [z] | no contracts [z] | as given | complete"
        ]
    );
    // Too few answers of a sheet to use it.
    let unusable = COUNCILS.iter().fold(none.clone(), |forms, council| {
        forms
            .with(&format!("{council} CON_nil_contracts = -"))
            .with(&format!("{council} CON_contract_ref 1 = K1"))
    });
    assert_eq!(says(unusable, "listed"), [format!("{all} that can be used. |  |  |  | ")]);
}

#[test]
fn the_audit_trail_leads_to_the_cells_of_the_councils_and_back() {
    let bytes = working(w());
    let figures = sheet(&bytes, "Figures");
    let gross = |of: &str| {
        let mut rows = figures.iter();
        rows.position(|row| row[1] == "revenue.gross_controllable" && row[2] == of).unwrap()
    };
    let trail = sheet(&bytes, "Audit_Trail");
    let named = format!("Figure {}", figures[gross("all together")][0]);
    let rows = || trail.iter().enumerate().filter(|(_, row)| row[0] == named);
    let cells: Vec<&Vec<String>> =
        rows().filter(|(_, row)| row[5] == "Thanet").map(|(_, row)| row).collect();
    assert_eq!(cells.len(), 7);
    // Thanet's own figure rests on some of the cells of the combined one, and leads to just these.
    let first = rows().find(|(_, row)| row[5] == "Thanet").unwrap().0 + 1;
    let leads = format!(
        r#"<hyperlink ref="L{}" location="'Audit_Trail'!A{first}:A{}""#,
        gross("Thanet") + 1,
        first + 6
    );
    assert!(all_text(&bytes).contains(&leads), "{leads}");
    let sources = &w().figure("revenue.gross_controllable THA").sources;
    assert_eq!(cells[0][6], "356480");
    assert_eq!(cells[0][7], format!("Revenue!{}", sources[0].cell));
    assert_eq!(cells[0][9], "returns/H-THA.xlsx");

    let rels = parts(&bytes).into_iter().find(|(name, text)| {
        name.starts_with("xl/worksheets/_rels/") && text.contains("../../../../returns/H-THA.xlsx")
    });
    let (_, rels) = rels.unwrap();
    assert!(rels.contains(r#"Target="../../../../returns/H-THA.xlsx" TargetMode="External""#));
    let all = all_text(&bytes);
    assert!(all.contains(&format!(r#"location="'Revenue'!{}""#, sources[0].cell)));
    assert!(all.contains(&format!(r#"location="'Figures'!A{}""#, gross("all together") + 1)));
}

#[test]
fn no_workbook_holds_the_pay_of_a_post() {
    let answers = || w().intake.returns.iter().flat_map(|ret| ret.answers());
    let is_pay = |name: &str| name == "STF_salary_fte";
    let others: Vec<String> =
        answers().filter(|(field, _)| !is_pay(field.name)).map(|(_, own)| own.shown()).collect();
    let salaries: Vec<String> = answers()
        .filter(|(field, _)| is_pay(field.name))
        .map(|(_, own)| own.shown())
        .filter(|salary| !salary.is_empty() && !others.contains(salary))
        .collect();
    assert!(salaries.len() > 12);
    // What Canterbury's systems cost in all, which happens to be a salary of Thanet's.
    let salaries: Vec<String> = salaries.into_iter().filter(|salary| salary != "30100").collect();
    for bytes in [consolidated(w()), working(w()), programme(w())] {
        for name in Xlsx::new(Cursor::new(bytes.clone())).unwrap().sheet_names() {
            let cells = sheet(&bytes, &name).concat();
            for salary in &salaries {
                assert!(!cells.contains(salary), "{name} {salary}");
            }
        }
    }
}

#[test]
fn the_exempt_workbook_holds_pay_and_prices_and_says_so_on_every_sheet() {
    let line = Forms::w()
        .with("P3_oneoff_option 6 = 1")
        .with("P3_oneoff_category 6 = Redundancy")
        .with("P3_oneoff_description 6 = All posts")
        .with("P3_oneoff_y0 6 = 81000")
        .with("P3_oneoff_y1 6 = 0")
        .with("P3_oneoff_y2 6 = 0")
        .with("P3_oneoff_high_pct 6 = 100")
        .with("P3_oneoff_payer_basis 6 = Equal")
        .run();
    let bytes = book::exempt(&line.told(), line.project()).unwrap().unwrap();
    let book = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(
        book.sheet_names(),
        ["Pay_By_Post", "Pay_By_Family", "Harmonisation", "Redundancy", "Contract_Prices"]
    );
    for name in book.sheet_names() {
        let lead: Vec<String> =
            sheet(&bytes, &name)[1..6].iter().map(|row| row.concat().trim().to_owned()).collect();
        let first = lead.join(" ");
        assert!(first.trim().starts_with("Exempt: not for publication"), "{name}: {first}");
        assert!(first.contains("Schedule 12A to the Local Government Act 1972"), "{name}");
    }
    let post = rows(&sheet(&bytes, "Pay_By_Post"), &["Canterbury"]).remove(0);
    assert_eq!(
        post,
        "Canterbury | BC01 | Building control manager | Manager | PO12 | 1 | 1 | 46000 | none | 25 | 57500 | \
         Staffing!A13"
    );
    let family = rows(&sheet(&bytes, "Pay_By_Family"), &["Manager"]);
    assert_eq!(family[0], "Manager | Canterbury | 1 | 1 | 57500 | 57500");
    assert_eq!(family[4], "Manager | All councils together | 4 | 3 | 226500 | 56625");
    assert_eq!(
        rows(&sheet(&bytes, "Harmonisation"), &["Surveyor", "All families"]),
        [
            "Surveyor | 30100 | 29500 | 13875 | 13125 | 6750 | 6750 | 3000",
            "All families | not a sum | not a sum | 39025 | 31900 | 15050 | 13550 | 11375",
        ]
    );
    let redundancy = rows(&sheet(&bytes, "Redundancy"), &["Option 1"]);
    assert!(
        redundancy[0].starts_with("Option 1 | Redundancy | All posts | 81000 | 0"),
        "{redundancy:?}"
    );
    let price = rows(&sheet(&bytes, "Contract_Prices"), &["Dover"]).remove(0);
    assert!(price.contains("| 35000 | 100 |") && price.contains("| 2500 |"), "{price}");
    let none =
        ["CAN", "DOV", "SHE", "THA"].iter().fold(Forms::w(), |w, code| w.without(code)).run();
    assert!(book::exempt(&none.told(), none.project()).unwrap().is_none());
}

#[test]
fn text_from_a_return_is_never_a_formula() {
    let line = Forms::w().with("THA CON_title 1 = '=1+HYPERLINK(A1)").run();
    let bytes = consolidated(&line);
    assert!(sheet(&bytes, "Contracts").concat().contains(&String::from("=1+HYPERLINK(A1)")));
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(book.worksheet_formula("Contracts").unwrap().used_cells().count(), 0);
}

#[test]
fn the_same_picture_makes_the_same_bytes() {
    for make in [consolidated, working, programme] {
        assert!(make(w()) == make(w()));
    }
    let core = part(&consolidated(w()), "docProps/core.xml");
    assert_eq!(core.matches("2009-03-01T00:00:00Z").count(), 2);
}

#[test]
fn queries_of_one_kind_stand_together_and_quote_nobody() {
    let line = Forms::w()
        .with("THA REV_TRA_y0_budget = ask Mrs Private")
        .with("THA REV_PRE_y0_budget = tbc")
        .with("DOV COV_completed_by_role = -")
        .run();
    let bytes = consolidated(&line);
    let queries = sheet(&bytes, "Queries");
    let open = queries[4..].iter().map(|row| &row[..5]).filter(|row| row[2] == "not used");
    let open: Vec<&[String]> = open.collect();
    assert_eq!(
        open,
        [
            ["Dover", "Cover", "not used", "GEN-001", "1"],
            ["Thanet", "Revenue", "not used", "GEN-002", "2"]
        ]
    );
    assert!(!all_text(&bytes).contains("Private"));
    let all = sheet(&programme(&line), "Queries").concat();
    assert!(all.iter().any(|cell| cell.contains("ask Mrs Private")));
}

/// The sheets on which assumptions may be tried.
const LIVE: [&str; 4] = ["Savings_Test", "Apportionment", "Payback_NPV", "Scenarios"];

#[test]
fn what_may_be_tried_begins_with_the_worked_numbers() {
    let bytes = working(w());
    let test = sheet(&bytes, "Savings_Test");
    assert_eq!(
        rows(&test, &["Saving in year 2", "Cuts already in budgets", "Support costs that stay"]),
        [
            "Saving in year 2 | 172500 | 138000 | 189750 | 112500",
            "Cuts already in budgets | 40000 | Cannot be counted again as a saving.",
            "Support costs that stay | 320850 | Support services now charged to the service, which the \
             councils go on paying.",
        ]
    );
    let gross = rows(&test, &["Gross controllable"]).remove(0);
    assert!(gross.starts_with("Gross controllable | 1659055 | 165905.5 | 0.103974"), "{gross}");
    let ends = "| met | not met | not met | 0 | 53405.5 | the test";
    assert!(gross.ends_with(ends), "{gross}");
    let payback = sheet(&bytes, "Payback_NPV");
    let value = |name: &str| rows(&payback, &[name])[0].split(" | ").nth(1).unwrap().to_owned();
    assert!(value("Net present value").starts_with("451765.05"), "{}", value("Net present value"));
    assert!(value("Payback in years").starts_with("2.171"));
    assert!(value("Simple payback in years").starts_with("1.578"));
    assert_eq!(paid_back(&payback), ["no", "no", "no", "2.1710526315", "already", "already"]);
    // Nothing is paid back that has not been paid.
    let mut later = Forms::w().with("P3_oneoff_y1 1 = 200000");
    for row in 1..=3 {
        later = later.with(&format!("P3_oneoff_y0 {row} = 0"));
    }
    let later = sheet(&working(&later.run()), "Payback_NPV");
    assert_eq!(paid_back(&later), ["no", "no", "1.9565217391", "already", "already", "already"]);
    let worst = rows(&payback, &["At worst: lower savings, higher cost"]).remove(0);
    assert!(worst.contains(" | 301817.84"), "{worst}");
    let scenarios = sheet(&bytes, "Scenarios");
    assert_eq!(
        rows(&scenarios, &["Saving wanted in year 2", "The test", "Tested, or why not"]),
        [
            "Saving wanted in year 2 | 165905.5 | 133568.5 | not over a part [x]",
            "The test | met | not tested [x] | not tested [x]",
            "Tested, or why not | tested | savings not restated for these councils | \
             savings not restated for these councils",
        ]
    );
}

/// After how many years the cash of each year is paid back, to ten places.
fn paid_back(payback: &[Vec<String>]) -> Vec<String> {
    let years = payback.iter().filter(|row| row[0].starts_with("Year ") && !row[9].is_empty());
    years.map(|row| row[9].chars().take(12).collect()).collect()
}

/// Beside the test of councils of which one cannot be used, no total passes for a whole one.
#[test]
fn a_total_of_part_of_a_scenario_says_so_in_its_cell() {
    let line = Forms::w().with("THA REV_TRA_y0_budget = tbc").run();
    let bytes = consolidated(&line);
    assert!(part(&bytes, "xl/styles.xml").contains("&quot; (3 of 4)&quot;"));
    let says = rows(
        &sheet(&bytes, "Savings"),
        &[
            "Returns in use",
            "Saving wanted in year 2",
            "Option made for these councils",
            "The test",
        ],
    );
    assert_eq!(
        says,
        [
            "Returns in use | 4 of 4 | 3 of 3 | 4 of 5",
            "Saving wanted in year 2 | not over a part [x] | not over a part [x] | not over a part [x]",
            "Option made for these councils | 1 | none | none",
            "The test | not tested [x] | not tested [x] | not tested [x]",
        ]
    );
    assert!(!part(&consolidated(w()), "xl/styles.xml").contains("of 4)"));
}

#[test]
fn what_a_third_party_runs_may_be_tried_dearer() {
    let bytes = working(&Forms::w().with("P3_option_vehicle 1 = Third party").run());
    let payback = sheet(&bytes, "Payback_NPV");
    let dearer = rows(&payback, &["Third party dearer by the most"]).remove(0);
    assert!(dearer.contains(" | -2416586.15"), "{dearer}");
    let assumed = rows(
        &sheet(&bytes, "Assumptions"),
        &["What a third party runs costs more than thought, by at most"],
    );
    assert_eq!(assumed.len(), 1, "{assumed:?}");
    let plain = working(w());
    let dearer = rows(&sheet(&plain, "Payback_NPV"), &["Third party dearer by the most"]);
    assert!(dearer.is_empty());
}

#[test]
fn a_project_stands_at_a_word_with_its_reasons() {
    let cases = [
        (
            Forms::w(),
            "Amber | The test is not met at worst; the test is not met without new income; a risk is red",
        ),
        (
            Forms::w().with("P3_saving_y2 1 = 65905"),
            "Red | The savings test is not met; a risk is red",
        ),
        (
            Forms::w().with("THA REV_TRA_y0_budget = tbc"),
            "Amber | One answer is not used; the savings test cannot be made; a risk is red",
        ),
        (
            ["CAN", "DOV", "SHE", "THA"].iter().fold(Forms::w(), |w, code| w.without(code)),
            "Red | No return is in use",
        ),
    ];
    for (forms, says) in cases {
        let row = rows(&sheet(&programme(&forms.run()), "Projects"), &["H"]).remove(0);
        assert!(row.contains(&format!("| {says} |")), "{row}");
    }
    let load = sheet(&programme(w()), "Load");
    assert_eq!(
        rows(&load, &["Canterbury", "Dover", "Thanet", "G. Officer"]),
        [
            "Canterbury | 10 | 0 | 1 | 0 | not given [x] | 0.2",
            "Dover | 10 | 1 | 0 | 0 | 0.2 | not given [x]",
            "Thanet | 10 | 0 | 0 | 1 | not given [x] | 0.1",
            "G. Officer | Dover | H | 0.2 | none",
        ]
    );
}

/// A path is as odd as people make it; what could be read as a command or lead elsewhere stays text.
#[test]
fn links_lead_into_returns_and_nowhere_else() {
    let paths = [
        ("returns/Thanet & sons/it's \"H\" [final] (2) = 1.xlsx", true),
        ("returns/50% #1.xlsx", false),
        ("returns/../secret.xlsx", false),
        ("elsewhere/H-THA.xlsx", false),
    ];
    for (path, leads) in paths {
        let mut files = Forms::w().files();
        let own = files.iter_mut().find(|(name, _)| &**name == "returns/H-THA.xlsx").unwrap();
        own.0 = Arc::from(path);
        let programme = Forms::w().programme;
        let mut intake = read::read(files, &programme);
        let findings = check::check(&mut intake, &programme, AS_AT);
        let picture = consolidate::consolidate(&intake, &findings, &programme, AS_AT);
        let bytes = working(&Line { programme, intake, findings, picture });
        let trail = sheet(&bytes, "Audit_Trail");
        assert!(trail.iter().any(|row| row[9] == path), "{path}");
        let rels: String = parts(&bytes)
            .into_iter()
            .filter(|(name, _)| name.starts_with("xl/worksheets/_rels/"))
            .map(|(_, text)| text)
            .collect();
        let targets: Vec<&str> = rels
            .split("Target=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .filter(|target| target.contains(".xlsx"))
            .collect();
        assert!(targets.iter().all(|target| target.starts_with("../../../../returns/")));
        let of_thanet = targets
            .iter()
            .any(|target| !target.contains("returns/H-") && !target.contains("returns/profile-"));
        assert_eq!(of_thanet, leads, "{path}");
    }
}

/// Formulas and figures come to the same by different ways.
#[test]
fn shares_tried_in_the_workbook_are_those_of_the_figures() {
    let lines = [
        Forms::w().run(),
        Forms::w().with("P3_saving_y2 1 = 72500.37").with("CAN REV_SUP_y0_budget = 46200.01").run(),
        Forms::w().with("P3_saving_y2 1 = 2000000").run(),
    ];
    for line in &lines {
        let bytes = working(line);
        let shares = sheet(&bytes, "Apportionment");
        let mut compared = 0;
        for figure in line.picture.figures.iter() {
            let key = figure.key.strip_prefix("apportionment.");
            let (Some(key @ ("share" | "gain")), "all") = (key, &*figure.scenario) else {
                continue;
            };
            let (Some(value), Some("H")) = (figure.number(), figure.project.as_deref()) else {
                continue;
            };
            let income = match figure.income {
                Some("own") => "each keeps its own income",
                _ => "income is pooled",
            };
            let name = line.programme.name(figure.council.as_ref().unwrap());
            let row = shares
                .iter()
                .find(|row| row[0] == income && Some(&*row[1]) == figure.basis && row[2] == name);
            let Some(row) = row else {
                assert_eq!(figure.basis, Some("usage"));
                continue;
            };
            let shown: f64 = row[if key == "share" { 9 } else { 10 }].parse().unwrap();
            assert!(shown == value.for_cell(), "{figure:?} {shown}");
            compared += 1;
        }
        assert!(compared >= 64, "{compared}");
    }
}

#[test]
fn the_summary_says_the_test_or_why_there_is_none() {
    let cases = [
        (
            Forms::w(),
            "In year 2 (2011/12) option 1 saves £172,500, which is 10.4% of the gross controllable budget \
             of £1.66 million; without new income it is £112,500, 6.8%. The 10% criterion is met; in the \
             low case (8.3%) it is not met. £40,000 of cuts are already in budgets, and £320,850 of support \
             costs stay with the councils.",
        ),
        (
            Forms::w().with("P3_saving_y2 1 = 65905"),
            "which is just under 10% of the gross controllable budget of £1.66 million; without new income \
             it is £105,905, 6.4%. The 10% criterion is not met, short by £0.50.",
        ),
        (
            Forms::w().without("THA"),
            "The 10% criterion cannot be tested until Thanet has supplied its return.",
        ),
        (
            Forms::w().with("THA REV_TRA_y0_budget = tbc"),
            "The 10% criterion cannot be tested until Thanet has supplied every figure that the test rests on.",
        ),
        (
            Forms::w().with("P3_option_councils_in 1 = CAN; DOV; THA"),
            "The 10% criterion cannot be tested: the savings have not been restated for the four councils.",
        ),
    ];
    for (forms, says) in cases {
        let line = forms.run();
        for name in ["Summary", "Savings"] {
            let lead = lead(&sheet(&consolidated(&line), name));
            assert!(lead.contains(says), "{name}: {lead}");
        }
    }
}

#[test]
fn what_is_listed_twice_is_what_a_case_waits_for_and_nobody_has_left_a_figure_out() {
    let forms = ["K:", ""].iter().fold(Forms::doubled(), |forms, project| {
        forms.with(&format!("{project}CAN STF_job_title 1 = Building control manager"))
    });
    let line = forms
        .with("K:DOV COV_return_type = Draft")
        .with("K:DOV STF_chart_file = -")
        .run_beside(&common::CHARTS);
    let case = &line.programme.cases[0].project;
    let book = book::consolidated(&line.told(), case).unwrap();
    let page = |name: &str| sheet(&book, name);
    assert!(lead(&page("Summary")).contains(
        "The 10% criterion cannot be tested until it is known whether Canterbury counts in two projects \
         what it has once (XPR-001)."
    ));
    let twice = "answer of Canterbury perhaps counted twice (XPR-001)";
    let cells = |name: &str| page(name).into_iter().flatten().collect::<Vec<_>>();
    assert!(cells("Savings").contains(&String::from(twice)));
    for name in ["Summary", "Staffing"] {
        assert!(cells(name).contains(&format!("4 of 4: {twice}")), "{name}");
        assert!(!cells(name).iter().any(|cell| cell.ends_with(": ")), "{name}");
    }
    // Whose return is a draft, and which versions are held, is said of each project of the case.
    let says = "Dover's return for K is still marked as a draft.";
    assert!(lead(&page("Coverage")).contains(says));
    assert!(cells("Revenue").contains(&String::from("Dover (K draft) [p]")));
    assert!(cells("Coverage").contains(&String::from("H 1, K 1")));
    let charts = lead(&page("Staffing"));
    assert!(charts.contains("Structure charts have come from 3 of 4 councils, for "), "{charts}");
}

/// What people would get on leaving is exempt, line by line and by subtraction.
#[test]
fn redundancy_stands_in_a_sum_with_others() {
    let line = Forms::w().with("P3_oneoff_category 2 = Redundancy").run();
    // Each figure that counts it says where it stands and not how much it is: years 0, 1 and 2.
    for key in ["appraisal.npv #1", "appraisal.payback_years #1"] {
        let sources = line.figure(key).sources.iter();
        let hidden = sources.filter(|own| &*own.sheet == "Options" && own.value == "withheld");
        assert_eq!(hidden.count(), 3, "{key}");
    }
    let lines = sheet(&working(&line), "Option_Lines");
    let costs: Vec<String> = lines
        .iter()
        .skip_while(|row| row[0] != "One-off costs")
        .skip(2)
        .map(|row| row[1..7].join(" | "))
        .filter(|row| row.len() > 15)
        .collect();
    assert_eq!(
        costs,
        [
            "ICT | One core system and its interfaces | 120000 | 0 | 0 | 1",
            "Accommodation | Touch-down desks in three offices | 0 | 40000 | 0 | 1",
            "Several | All else, with what is exempt | 120000 | 0 | 0 | 1",
            "Several | All else, with what is exempt | 0 | 20000 | 0 | 1",
        ]
    );
    for bytes in [consolidated(&line), working(&line)] {
        // The grid of terms asks two questions about it; they are what councils grant everyone.
        let terms = ["Redundancy: multiplier of", "Redundancy: a week"];
        let text = terms.iter().fold(all_text(&bytes), |text, asked| text.replace(asked, ""));
        assert!(!text.contains(">Redundancy<") && !text.contains("Redundancy:"));
    }
}

fn w() -> &'static Line {
    static W: OnceLock<Line> = OnceLock::new();
    W.get_or_init(|| Forms::w().run())
}

fn consolidated(line: &Line) -> Vec<u8> {
    book::consolidated(&line.told(), line.project()).unwrap()
}

fn working(line: &Line) -> Vec<u8> {
    book::working(&line.told(), line.project()).unwrap()
}

fn programme(line: &Line) -> Vec<u8> {
    book::programme(&line.told(), &[]).unwrap()
}

/// The sentences under the title, save the line on the run.
fn lead(sheet: &[Vec<String>]) -> String {
    let lines = sheet[1..].iter().map(|row| &*row[0]).filter(|line| !line.contains(" Run 2009"));
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn number(cell: Option<&Data>) -> Option<f64> {
    match cell {
        Some(Data::Float(number)) => Some(*number),
        _ => None,
    }
}

/// Reckons the formulas we write: sums over ranges, cells, plus, minus, brackets and one division.
struct Reckoner<'a> {
    values: &'a calamine::Range<Data>,
    rest: &'a str,
}

#[expect(clippy::float_arithmetic, reason = "reckons as a spreadsheet does")]
impl Reckoner<'_> {
    fn sum(&mut self) -> f64 {
        let mut sum = self.term();
        loop {
            match self.rest.chars().next() {
                Some('+') => sum += self.after(1).term(),
                Some('-') => sum -= self.after(1).term(),
                _ => return sum,
            }
        }
    }

    fn term(&mut self) -> f64 {
        let mut term = self.factor();
        while self.rest.starts_with('/') {
            term /= self.after(1).factor();
        }
        term
    }

    fn factor(&mut self) -> f64 {
        if self.rest.starts_with('(') {
            let sum = self.after(1).sum();
            assert!(self.rest.starts_with(')'));
            self.after(1);
            return sum;
        }
        if self.rest.starts_with("SUM(") {
            let from = self.after(4).cell();
            let to = self.after(1).cell();
            self.after(1);
            let within = |(row, column): &(u32, u32)| {
                (from.row..=to.row).contains(row) && (from.column..=to.column).contains(column)
            };
            let (top, left) = self.values.start().unwrap();
            let cells = self.values.used_cells();
            let cells =
                cells.map(|(row, column, cell)| ((top + row as u32, left + column as u32), cell));
            return cells
                .filter(|(at, _)| within(at))
                .filter_map(|(_, cell)| number(Some(cell)))
                .sum();
        }
        let cell = self.cell();
        number(self.values.get_value((cell.row, cell.column))).unwrap()
    }

    fn cell(&mut self) -> Cell {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let column = (0..).find(|column| place::letters(*column) == letters).unwrap();
        Cell { row: name[letters.len()..].parse::<u32>().unwrap() - 1, column }
    }

    fn after(&mut self, bytes: usize) -> &mut Self {
        self.rest = &self.rest[bytes..];
        self
    }
}

/// The XML parts of a workbook.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let text = |name: String| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(&name).unwrap(), &mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(text).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    parts(bytes).into_iter().find(|(own, _)| own == name).unwrap().1
}

fn all_text(bytes: &[u8]) -> String {
    parts(bytes).into_iter().map(|(_, text)| text).collect()
}
