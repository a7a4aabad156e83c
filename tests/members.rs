//! What members read: the summary on one page and the covering report, sentence by sentence.

mod common;

use common::{COUNCILS, Forms, Line, changed, each, without};
use lathe::{
    draft::{self, Kind, Subject, Templates},
    word::{self, Block, Data},
};

const SENTENCES: [&str; 7] = [
    "say:test",
    "say:payback",
    "say:sharing",
    "say:quality",
    "say:risk",
    "say:gate",
    "fig:standing",
];

/// A programme in which only these councils were asked.
fn asked(councils: &[&str]) -> Forms {
    let mut forms = Forms::w();
    let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    project.participation.retain(|part| councils.contains(&&*part.council));
    forms
}

fn no_brief() -> Forms {
    let mut forms = Forms::w();
    forms.answers.retain(|(word, _), _| word != "brief");
    forms
}

/// All rows of the savings made so small that nothing is met.
fn meagre() -> Forms {
    let years = (1..=3).flat_map(|row| (1..=5).map(move |year| (row, year)));
    years.fold(Forms::w(), |forms, (row, year)| {
        forms.with(&format!("P3_saving_y{year} {row} = 100"))
    })
}

/// Every gate up to this one passed on its planned day.
fn passed(rows: std::ops::RangeInclusive<u32>, decision: &str) -> Forms {
    rows.fold(Forms::w(), |forms, row| {
        forms
            .with(&format!("P4_gate_actual {row} = 2009-02-20"))
            .with(&format!("P4_gate_decision {row} = {decision}"))
            .with(&format!("P4_gate_minute_ref {row} = 12"))
    })
}

fn cases() -> Vec<(&'static str, Forms)> {
    vec![
        ("all four", Forms::w()),
        ("one is missing", without(&["THA"])),
        ("two are missing", without(&["DOV", "THA"])),
        ("all are missing", without(&COUNCILS)),
        ("one council asked", asked(&["DOV"])),
        ("no brief", no_brief()),
        ("next to no savings", meagre()),
        ("all are sure of quality", each("SVC_quality_certainty = High")),
        ("one is not sure of quality", changed(&["THA SVC_quality_certainty = Low"])),
        (
            "two are not sure of quality",
            changed(&["SHE SVC_quality_certainty = Low", "THA SVC_quality_certainty = Low"]),
        ),
        ("one has not rated quality", changed(&["THA SVC_quality_certainty = -"])),
        ("all rate a risk alike", each("RSK_FIN_likelihood = 4")),
        (
            "shared by population",
            changed(&["P3_apportionment_basis = Population", "P3_income_pooled = No"]),
        ),
        ("shared equally", changed(&["P3_apportionment_basis = Equal", "P3_income_pooled = No"])),
        ("a gate was deferred", passed(7..=7, "Deferred")),
        ("returns are agreed to be in", passed(7..=7, "Agreed")),
        ("approved by the committee", passed(7..=13, "Agreed")),
        ("approved by the committee out of order", passed(13..=13, "Agreed")),
    ]
}

fn data(line: &Line, kind: Kind) -> Data {
    kind.values(&line.told(), line.project())
}

#[test]
fn sentences_for_members_fit_what_is_the_case() {
    let said = cases().into_iter().map(|(name, forms)| {
        let data = data(&forms.run(), Kind::CoveringReport);
        let texts = SENTENCES.map(|tag| data.texts[tag].text.clone());
        format!("# {name}\n{}\n", texts.join("\n"))
    });
    insta::assert_snapshot!("sentences", said.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_test_and_its_low_case_stand_together() {
    let data = data(&Forms::w().run(), Kind::MemberSummary);
    let [Block::Table(test)] = &data.blocks["block:test"][..] else { panic!("one table") };
    assert_eq!(test.rows[0], ["Most likely", "£172,500", "10.4%", "met"]);
    assert_eq!(
        test.rows[2],
        ["In the low case", "£138,000", "8.3%", "not met, short by £27,905.50"]
    );
}

#[test]
fn nothing_is_tested_over_some_of_the_councils() {
    let data = data(&without(&["THA"]).run(), Kind::MemberSummary);
    assert!(!data.passages["if:tested"] && !data.passages["if:shares"]);
    assert_eq!(data.texts["fig:saving"].text, "cannot be given yet");
}

/// A figure beside another of the same name says what it leaves out.
#[test]
fn a_budget_without_one_off_items_says_so_beside_the_whole() {
    let said = |forms: Forms| data(&forms.run(), Kind::MemberSummary).texts;
    let with = said(Forms::w().with("CAN REV_MEMO_ONEOFF = 50000"));
    assert_eq!(with["fig:revenue.gross_controllable"].text, "£1,659,055");
    let test = &with["say:test"].text;
    assert!(test.contains("budget of £1.61 million without one-off items; "), "{test}");
    let test = &said(Forms::w())["say:test"].text;
    assert!(test.contains("budget of £1.66 million; "), "{test}");
}

#[test]
fn who_leads_is_said_only_when_somebody_does() {
    let mut forms = Forms::w();
    let who = |forms: &Forms| data(&forms.run(), Kind::MemberSummary).texts["say:who"].text.clone();
    assert!(who(&forms).starts_with("Building control is led by Mike Dawson and David Reed. "));
    let own = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    own.lead = String::from("lead to be confirmed");
    assert!(who(&forms).starts_with("Building control: lead to be confirmed. Taking part: "));
}

/// The lead's words are cut to whole sentences in the summary, and stand in full in the report.
#[test]
fn a_summary_fits_its_page() {
    let long = "One team for all. ".repeat(40);
    let line = Forms::w().with(&format!("P1_purpose = {long}")).run();
    let room = data(&line, Kind::MemberSummary).seeds["once:purpose"].chars().count();
    assert!(room <= 240, "{room}");
    assert!(data(&line, Kind::CoveringReport).seeds["once:purpose"].chars().count() > 600);
    let [Block::Paragraph { .. }, Block::Table(_)] =
        &data(&line, Kind::MemberSummary).blocks["block:shares"][..]
    else {
        panic!("one table, whatever the readings of income")
    };
}

/// All projects for the joint committee: gates, tests, the fund, loads and red risks, each from what is recorded.
#[test]
fn the_progress_report_says_how_each_project_stands() {
    let report = |forms: &Forms| {
        let line = forms.run();
        Kind::ProgressReport.values(&line.told(), Subject::Programme)
    };
    let row = |data: &Data, tag: &str| -> Vec<String> {
        let [Block::Table(table)] = &data.blocks[tag][..] else { panic!("one table") };
        let own = table.rows.iter().find(|row| row[0] == "H Building control");
        own.unwrap_or_else(|| panic!("nothing of H in {tag}")).clone()
    };
    let data = report(&Forms::w());
    assert_eq!(
        row(&data, "block:gates")[2..],
        ["G2 Approval of the statement of intent", "G3 Returns from all councils", "13 March 2009"]
    );
    let standing = row(&data, "block:standing");
    assert_eq!(standing[1..5], ["4 of 4", "£1,659,055", "met", "Amber"]);
    assert_eq!(row(&data, "block:fund")[1..], ["£60,000, 15 January 2009", "none", "none"]);
    assert_eq!(
        row(&data, "block:savings")[1..],
        ["£150,000", "£172,500", "met", "£138,000", "not met"]
    );
    assert_eq!(row(&data, "block:red")[2..], ["16 of 25", "red", "Shepway"]);
    assert_eq!(
        row(&data, "block:coverage")[1..],
        ["in use", "in use", "in use", "in use", "by invitation"]
    );
    let partial = report(&without(&["THA"]));
    let standing = row(&partial, "block:standing");
    assert_eq!(standing[1..4], ["3 of 4", "£1,223,290 (3 of 4 councils)", "cannot be made yet"]);
    assert_eq!(row(&partial, "block:savings")[2], "cannot be given yet");
}

/// Questions 1 to 9 are answered from the brief, and what it leaves open is named.
#[test]
fn a_statement_of_intent_says_what_a_project_is_to_be_until_it_is_approved() {
    let kind = Kind::StatementOfIntent;
    let line = Forms::w().run();
    assert!(!kind.is_due(&line.told(), line.project()), "the forum has agreed to it");
    let open = changed(&["P4_gate_actual 6 = -", "P1_core_justification = -"]).run();
    let data = data(&line, kind);
    let text = |tag: &str| &*data.texts[tag].text;
    assert_eq!(
        text("say:funding"),
        "The project needs £300,000, and the sources named come to as much. £60,000 of the fighting fund is asked for."
    );
    assert_eq!(
        text("say:time"),
        "The project leader gives 20% of their time. The four others together give 0.40 of a full-time post."
    );
    assert_eq!(text("say:unknown"), "One thing has not been given yet: what is to be decided.");
    let filled = draft::create_or_refresh(None, Templates::built_in().of(kind), &data).unwrap();
    let printed = word::plain_text(&filled.bytes).unwrap();
    assert!(printed.contains("| Finance | Thanet | 10% | 25 |"), "{printed}");
    assert!(kind.is_due(&no_brief().run().told(), line.project()));
    assert!(kind.is_due(&open.told(), open.project()));
}

/// What set W means for Dover, its own figures alone.
#[test]
fn a_council_finds_what_it_pays_and_what_falls_due() {
    let page = |forms: &Forms, council: &str| {
        let line = forms.run();
        let council = line.programme.council(council).unwrap();
        Kind::CouncilPage.values(&line.told(), council)
    };
    let table = |data: &Data, tag: &str| -> Vec<Vec<String>> {
        let [Block::Table(table)] = &data.blocks[tag][..] else { panic!("one table") };
        table.rows.clone()
    };
    let dover = page(&Forms::w(), "DOV");
    let services = table(&dover, "block:services");
    let own = services.iter().find(|row| row[0] == "H Building control").unwrap();
    assert_eq!(own[1..], ["£389,370", "£121,370", "7.60", "13.2%"]);
    let shares = table(&dover, "block:shares");
    assert_eq!(shares[0][..3], ["H, own", "£32,597 less", "£57,775 less"]);
    assert_eq!(shares[1][..3], ["H, pooled", "£63,841 less", "£67,901 less"]);
    let shepway = page(&Forms::w(), "SHE");
    assert_eq!(table(&shepway, "block:shares")[0][4], "£48,269 more");
    assert_eq!(
        table(&dover, "block:days")[0],
        [
            "31 March 2009",
            "H",
            "notice on K2 Plan checking and site inspection overflow: free on 1 April 2010"
        ]
    );
    assert!(shepway.texts["say:risks"].text.contains("(16 of 25, red)"));
    let thanet = page(&without(&["THA"]), "THA");
    assert!(!thanet.passages["if:shares"]);
    assert_eq!(table(&thanet, "block:services")[7][1], "not returned");
    assert!(thanet.texts["say:open"].text.contains("building control"));
    let ashford = page(&Forms::w(), "ASH");
    assert!(ashford.texts["say:part"].text.contains("It has been invited to join"));
}

#[test]
fn the_report_has_the_committees_format() {
    let line = Forms::w().run();
    let template = Templates::built_in();
    let kind = Kind::CoveringReport;
    let filled = draft::create_or_refresh(None, template.of(kind), &data(&line, kind)).unwrap();
    let text = word::plain_text(&filled.bytes).unwrap();
    for printed in [
        "For the meeting of 10 June 2009",
        "| Gross controllable expenditure, 2008/09 | £1,659,055 | All four councils |",
        "| Cost is not reduced | 16 of 25 | red | Shepway | from 8 to 16 |",
        "One-off costs of £300,000 are recovered in year 3",
        "The councils have not been asked about equality in this round.",
    ] {
        assert!(text.contains(printed), "{printed}\n{text}");
    }
    assert!(!text.contains("tbc") && !text.contains("example.org"));
}

/// A report is no more public than its brief says, on its pages and in its properties.
#[test]
fn the_head_of_the_report_follows_its_classification() {
    let kind = Kind::CoveringReport;
    for (given, class) in [
        ("Open to the public", "public"),
        ("Exempt in part", "exempt in part"),
        ("Exempt", "exempt"),
        ("-", "internal until cleared"),
    ] {
        let line = Forms::w().with(&format!("P1_classification = {given}")).run();
        let data = data(&line, kind);
        assert_eq!(data.texts["fig:class"].text, class);
        let filled = draft::create_or_refresh(None, Templates::built_in().of(kind), &data).unwrap();
        let class = lathe::english::capital(class);
        let core = &common::parts(&filled.bytes)["docProps/core.xml"];
        assert!(core.contains(&format!("<cp:category>{class}</cp:category>")), "{core}");
    }
}

/// Its properties follow the pages; a category of the office's own stays.
#[test]
fn a_report_that_becomes_exempt_says_so_in_its_properties_too() {
    let kind = Kind::CoveringReport;
    let refreshed = |existing: Option<&[u8]>, given: &str| {
        let line = Forms::w().with(&format!("P1_classification = {given}")).run();
        let data = data(&line, kind);
        draft::create_or_refresh(existing, Templates::built_in().of(kind), &data).unwrap().bytes
    };
    let category = |document: &[u8]| {
        let core = &common::parts(document)["docProps/core.xml"];
        let (_, rest) = core.split_once("<cp:category>").unwrap();
        rest.split('<').next().unwrap().to_owned()
    };
    let open = refreshed(None, "Open to the public");
    assert_eq!(category(&open), "Public");
    let part = refreshed(Some(&open), "Exempt in part");
    assert_eq!(category(&part), "Exempt in part");
    assert!(refreshed(Some(&part), "Exempt in part") == part, "a second refresh changes nothing");
    let own = common::edited(&open, "docProps/core.xml", |core| core.replace(">Public<", ">Ours<"));
    assert_eq!(category(&refreshed(Some(&own), "Exempt")), "Ours");
}

#[test]
fn each_decision_has_its_day_and_the_end_of_call_in() {
    let line = Forms::w()
        .with("P1_decision_type = Key")
        .with("P4_gate_call_in_expires 14 = 2009-07-24")
        .run();
    let data = data(&line, Kind::CoveringReport);
    let [Block::Table(table)] = &data.blocks["block:decisions"][..] else { panic!("one table") };
    assert_eq!(table.rows.len(), 5);
    assert_eq!(table.rows[0], ["Joint committee", "expected on 10 June 2009", "not given"]);
    assert_eq!(table.rows[1], ["Canterbury: Cabinet", "expected on 14 July 2009", "24 July 2009"]);
    assert!(data.passages["if:key_decision"]);
}

/// What part of the budget has to be saved is the office's to set.
#[test]
fn the_target_is_the_one_of_the_settings() {
    let mut forms = Forms::w();
    forms.programme.appraisal.target_pct = rust_decimal::dec!(12.5);
    let data = data(&forms.run(), Kind::CoveringReport);
    let [Block::Table(test)] = &data.blocks["block:test"][..] else { panic!("one table") };
    assert_eq!(test.columns[3].heading, "The 12.5% criterion");
    assert_eq!(test.rows[0][3], "not met, short by £34,881.88");
    let said = &data.texts["say:test"].text;
    assert!(said.contains("The 12.5% criterion is not met, short by £34,881.88."), "{said}");
}

/// The lead's to reword: what members can do, and what to conclude. Nothing in them recommends an option.
#[test]
fn alternatives_and_conclusion_are_first_wordings() {
    let seeds = |forms: &Forms| data(&forms.run(), Kind::CoveringReport).seeds;
    let all = seeds(&Forms::w());
    assert!(all["once:alternatives"].starts_with("Members can agree to an option, "));
    assert!(all["once:conclusion"].ends_with("is for members."));
    assert!(seeds(&no_brief())["once:alternatives"].starts_with("Members can ask for options"));
}
