//! The sample is what it says it is: every answer is where the figures have it, and every untidy thing is found.

use std::{collections::BTreeMap, fs, path::Path, sync::OnceLock};

use insta::assert_snapshot;
use jiff::civil::date;
use lathe::{
    again,
    answer::{Answer, Return, ReturnKind, Value},
    check,
    consolidate::consolidate,
    figure::{Ask, Status},
    finding::{Finding, Severity},
    form::Field,
    intake::{Intake, Why},
    issue::Answers,
    picture::Picture,
    programme::Programme,
    read,
};
use rust_decimal::Decimal;

#[test]
fn one_return_of_forty_two_is_not_in() {
    let (programme, intake) = sample();
    let of =
        |word: &'static str| intake.returns.iter().filter(move |ret| ret.workbook.word == word);
    assert_eq!(["profile", "return", "brief"].map(|word| of(word).count()), [5, 41, 10]);
    let missing: Vec<String> = programme
        .projects
        .iter()
        .flat_map(|project| project.issued().map(move |council| (&*project.code, &**council)))
        .filter(|(project, council)| intake.return_of(project, council).is_none())
        .map(|(project, council)| format!("{project}-{council}"))
        .collect();
    assert_eq!(missing, ["F-SHE"]);
    let drafts: Vec<String> =
        of("return").filter(|ret| ret.kind != ReturnKind::Final).map(name).collect();
    assert_eq!(drafts, ["return D THA", "return J DOV"]);
}

/// Whatever became of the file: two parts, .xls, .ods, rows put in, a column moved.
#[test]
fn every_answer_is_read_as_the_figures_have_it() {
    let (programme, intake) = sample();
    let mut other = vec![];
    let mut compared = 0;
    for (file, text) in figures(programme) {
        for ((word, council), answers) in Answers::by_form(&text).unwrap() {
            let ret = intake
                .returns
                .iter()
                .find(|ret| {
                    ret.workbook.word == word
                        && ret.council.as_deref().unwrap_or("") == council
                        && ret.project.as_deref().unwrap_or("profiles") == file
                })
                .unwrap_or_else(|| panic!("{file} {word} {council} is not in"));
            for (field, row, wanted) in answers.iter() {
                compared += 1;
                let found = found(ret, field, row);
                if found.map(|answer| value(answer, wanted)) != Some(wanted.to_owned()) {
                    let found = found.map_or(String::new(), Answer::shown);
                    other.push(format!("{} {field}: {wanted} / {found}", name(ret)));
                }
            }
        }
    }
    assert!(compared > 11_000, "{compared}");
    // What the second version and the amounts in text changed, and nothing else.
    assert_eq!(
        other,
        [
            "return A CAN COV_return_version: 1 / 2",
            "return A CAN COV_s151_signed_on: 2009-02-20 / 26/02/2009",
            "return A CAN REV_EMP_AGY_y0_budget: 0 / 14500",
            "return A CAN REV_EMP_AGY_y_1_actual: 0 / 13900",
            "return A CAN REV_INC_OTH_y0_budget: 612000 / 598000",
            "return A CAN RSK_REP_owner_role: Communications manager / ",
            "return A CAN SVC_quality_evidence: \
             The contract sets the standard and missed bins are few. / ",
            "return I DOV REV_PRE_y_1_actual: 4200 / (1,200)",
            "return I DOV REV_SUP_y0_budget: 22700 / tbc",
        ]
    );
}

#[test]
fn building_control_and_the_profiles_hold_set_w_and_nothing_else() {
    let (programme, _) = sample();
    let figures = figures(programme);
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().skip(1).filter(|line| line.split(',').nth(1) != Some("ASH"));
        let mut lines: Vec<String> = lines.map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let w = fs::read_to_string(root().join("tests/data/set-w.csv")).unwrap();
    assert_eq!(
        lines(&format!("{}{}", figures["profiles"], figures["H"].split_once('\n').unwrap().1)),
        lines(&w)
    );
}

#[test]
fn every_untidy_thing_is_found_and_nothing_else() {
    let (programme, intake) = sample();
    let findings = check::check(&mut intake.clone(), programme, date(2009, 3, 1));
    let line = |finding: &Finding| {
        let file = finding.place.file.as_deref().unwrap_or("");
        let sheet = finding.place.sheet.as_deref().unwrap_or("");
        let line = format!("{} {} {file} {sheet}", finding.severity, finding.rule.code);
        line.trim_end().to_owned()
    };
    // What nearly every council has: few people in a post, and no structure chart.
    let (usual, said): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|own| ["PRV-001", "STF-014"].contains(&own.rule.code));
    assert_snapshot!(said.into_iter().map(line).collect::<Vec<_>>().join("\n"));
    assert_eq!(usual.len(), 63);
    let building_control = |severity| {
        let own = findings.iter().filter(|finding| finding.project.as_deref() == Some("H"));
        own.filter(|finding| finding.severity == severity).count()
    };
    assert_eq!(building_control(Severity::Error), 0);
}

/// Waste has its second version, HR is less what Shepway pays Dover for its payroll, leisure lacks a line of
/// Dover's and the call centre lacks Shepway.
#[test]
fn the_combined_budgets_are_those_of_the_figures() {
    let (programme, picture) = consolidated();
    let budgets: Vec<String> = programme
        .projects
        .iter()
        .map(|project| {
            let ask = Ask { project: Some(&project.code), ..Ask::default() };
            let gross = Ask { key: "revenue.gross_controllable", column: Some("y0_budget"), ..ask };
            let figure = picture.figures.find(gross).unwrap();
            let lacks: Vec<String> =
                figure.reasons.iter().map(|(council, why)| format!(" {council} {why}")).collect();
            format!("{} {}{}", project.code, figure.text().unwrap(), lacks.concat())
        })
        .collect();
    let leisure = "I 2685660.00 DOV GEN-002 Revenue!";
    let (line, others): (Vec<&String>, Vec<&String>) =
        budgets.iter().partition(|budget| budget.starts_with(leisure));
    assert_eq!(line.len(), 1);
    assert_eq!(
        others,
        [
            "A 11689830.00",
            "B 19381090.00",
            "C 3813610.00",
            "D 5247920.00",
            "E 2287820.00",
            "F 2567160.00 SHE not returned",
            "G 6732290.00",
            "H 1659055.00",
            "J 1782840.00",
        ]
    );
}

#[test]
fn the_worked_numbers_of_building_control_come_out() {
    let (_, picture) = consolidated();
    for (key, value) in [
        ("revenue.gross_controllable", "1659055.00"),
        ("revenue.net_controllable", "412205.00"),
        ("revenue.net_total", "744905.00"),
        ("staffing.fte_established", "34.40"),
        ("staffing.fte_filled", "29.90"),
        ("staffing.vacancy_rate", "0.130813953488372"),
        ("staffing.post_cost", "1304412.50"),
    ] {
        let column = key.starts_with("revenue").then_some("y0_budget");
        let ask = Ask { key, project: Some("H"), column, ..Ask::default() };
        let figure = picture.figures.find(ask).unwrap();
        assert_eq!(
            (figure.text().as_deref(), figure.status),
            (Some(value), Status::Complete),
            "{key}"
        );
        assert_eq!(figure.used.len(), 4, "{key}");
    }
}

/// What is lacking is a name, or counts the files in the folder.
#[test]
fn figures_of_the_sample_are_added_up_again_from_its_cells() {
    let (_, intake) = sample();
    let (programme, picture) = consolidated();
    let tallies = again::add_up(&picture.figures, intake, programme, date(2009, 3, 1)).unwrap();
    let lacking: Vec<String> = tallies
        .iter()
        .filter(|(_, tally)| tally.again < tally.given)
        .map(|(key, tally)| format!("{key} {} of {}", tally.again, tally.given))
        .collect();
    let (again, given) =
        tallies.values().fold((0, 0), |(again, given), own| (again + own.again, given + own.given));
    insta::assert_snapshot!(format!("{again} of {given}\n{}", lacking.join("\n")), @r"
    21036 of 21573
    coverage.charts 0 of 110
    ict.candidate 0 of 70
    ict.product 0 of 357
    ");
}

#[test]
fn what_else_lies_about_is_set_aside() {
    let (_, intake) = sample();
    let mut charts = 0;
    let mut others = vec![];
    for aside in &intake.set_aside {
        match &aside.why {
            Why::Attachment => charts += 1,
            Why::PassedOver(_) => others.push(format!("passed over: {}", aside.path)),
            Why::Unopened(_) => others.push(format!("not opened: {}", aside.path)),
            why => others.push(format!("{why:?}: {}", aside.path)),
        }
    }
    let sent = intake
        .returns
        .iter()
        .filter(|ret| found(ret, "STF_chart_file", None).is_some_and(|answer| !answer.is_blank()));
    assert_eq!(charts, sent.count());
    assert_eq!(
        others,
        [
            "passed over: returns/Canterbury/~$A Waste collection v2 corrected.xlsx",
            "passed over: returns/Dover/Thumbs.db",
            "Archive: returns/Shepway/FW Call centre return - to follow.msg",
            "not opened: returns/Thanet/THA call centre from the portal.xlsx",
        ]
    );
}

#[test]
fn both_versions_and_both_parts_are_known() {
    let (_, intake) = sample();
    let waste = intake.return_of("A", "CAN").unwrap();
    assert_eq!((waste.version, waste.superseded.len()), (2, 1));
    let ict = intake.return_of("G", "DOV").unwrap();
    let parts: Vec<&str> =
        ict.files.iter().map(|file| file.path.rsplit('/').next().unwrap()).collect();
    assert_eq!(
        parts,
        ["G ICT - Dover FINAL - finance part.xlsx", "G ICT - Dover FINAL - service part.xlsx"]
    );
}

fn sample() -> (&'static Programme, &'static Intake) {
    static SAMPLE: OnceLock<(Programme, Intake)> = OnceLock::new();
    let (programme, intake) = SAMPLE.get_or_init(|| {
        let folder = root().join("samples/east-kent");
        let programme = Programme::load(&folder).unwrap();
        let intake = read::folder(&folder, &programme, &[]).unwrap();
        (programme, intake)
    });
    (programme, intake)
}

fn consolidated() -> (&'static Programme, Picture) {
    let (programme, intake) = sample();
    let (mut intake, day) = (intake.clone(), date(2009, 3, 1));
    let findings = check::check(&mut intake, programme, day);
    (programme, consolidate(&intake, &findings, programme, day))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of each file of figures, by its name without ending.
fn figures(programme: &Programme) -> BTreeMap<String, String> {
    let projects = programme.projects.iter().map(|project| &*project.code);
    let folder = root().join("samples/figures");
    let text = |name: &str| fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap();
    projects.chain(["profiles"]).map(|name| (name.to_owned(), text(name))).collect()
}

fn name(ret: &Return) -> String {
    let parts = [Some(ret.workbook.word), ret.project.as_deref(), ret.council.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn found<'a>(ret: &'a Return, field: &str, row: Option<u32>) -> Option<&'a Answer> {
    let field: &'static Field = ret.workbook.fields().find(|own| own.name == field)?;
    let Some(row) = row else { return Some(ret.get(field)) };
    let tables = ret.workbook.sheets.iter().flat_map(|sheet| sheet.tables());
    let table = tables.into_iter().find(|table| table.columns.contains(&field))?;
    Some(ret.rows(table).get(row as usize - 1)?.get(field))
}

/// The answer as the figures would have it; a number as they write it if it is the same number.
fn value(answer: &Answer, wanted: &str) -> String {
    match answer.value() {
        Some(Value::Number(number)) if wanted.parse::<Decimal>().ok() == Some(*number) => {
            wanted.to_owned()
        }
        Some(Value::Date(date)) => date.to_string(),
        Some(value) => value.to_string(),
        None => String::new(),
    }
}
