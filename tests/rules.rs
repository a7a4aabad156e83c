//! The rules, each on set W with something changed. A case is a text file in `rules/`.

mod common;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
    sync::{Arc, LazyLock},
};

use common::{AS_AT, Forms, programme};
use insta::{assert_snapshot, glob};
use lathe::{
    answer::{Answer, Fault, File, Found, Held, Refusal, Remark, RemarkKind, Return, Row, Value},
    check::{RULES, check},
    finding::{Finding, Scope, Severity},
    form::Group,
    intake::{Intake, SetAside, Why},
    issue::{self, Answers, Issue, Shape},
    place::Place,
    programme::{Programme, Project, Status},
    read::read,
};
use regex::Regex;
use rust_decimal::Decimal;

/// Set W as files, made once.
static CLEAN: LazyLock<Vec<(Arc<str>, Vec<u8>)>> = LazyLock::new(|| Forms::w().files());

#[test]
fn every_rule_says_what_it_should() {
    glob!("rules/*.txt", |path| {
        let text = fs::read_to_string(path).unwrap();
        let mut cases = text.split("--- but not: ");
        let (findings, intake) = run(cases.next().unwrap());
        assert_snapshot!(told(&beyond_w(&findings, &intake), &intake));
        let name = path.file_stem().unwrap().to_str().unwrap();
        let fires = |findings: &[Finding]| findings.iter().any(|own| own.rule.code == name);
        let is_rule = RULES.iter().any(|check| check.rule.code == name);
        assert!(!is_rule || fires(&findings), "{name} does not fire");
        for case in cases {
            let (why, changes) = case.split_once('\n').unwrap();
            let (findings, intake) = run(changes);
            let new = beyond_w(&findings, &intake);
            assert!(!fires(&new), "{name} fires though {why}: {}", told(&new, &intake));
        }
        must_be_applied(&findings, &intake);
        must_name_a_cell_once(&findings);
        let ids: BTreeSet<String> = findings.iter().map(Finding::id).collect();
        assert_eq!(ids.len(), findings.len(), "an id stands twice");
    });
}

#[test]
fn every_rule_has_a_case() {
    for check in RULES {
        let case = format!("tests/rules/{}.txt", check.rule.code);
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&case).exists(), "there is no {case}");
    }
}

#[test]
fn the_catalogue_has_each_code_once_and_in_its_order() {
    const FAMILIES: &str =
        "FIL IDN COV PRO ACC GEN REV CAP STF ICT CON RSK IMP CRI BRF XCO XPR CMP PRV";
    let codes: Vec<&str> = RULES.iter().map(|check| check.rule.code).collect();
    let order = |code: &&str| (FAMILIES.find(&code[..3]).unwrap(), (*code).to_owned());
    assert!(codes.is_sorted_by(|one, two| order(one) < order(two)), "{codes:?}");
    assert_eq!(codes.len(), 146);
}

#[test]
fn rules_are_written_for_people() {
    for check in RULES {
        let rule = &check.rule;
        for text in [rule.what, rule.fix] {
            assert!(text.starts_with(char::is_uppercase), "{}: {text}", rule.code);
            assert!(text.ends_with(['.', '?']), "{}: {text}", rule.code);
        }
    }
}

/// domain.md, part D: "Findings that remain on W".
#[test]
fn set_w_has_the_nine_findings_of_the_handbook() {
    let (mut nine, mut without_charts) = (vec![], vec![]);
    for (charts, said) in [(true, &mut nine), (false, &mut without_charts)] {
        let mut forms = Forms::w();
        forms.programme.projects.retain(|project| &*project.code == "H");
        let mut files = CLEAN.clone();
        for council in ["CAN", "DOV", "THA"].iter().filter(|_| charts) {
            let path = format!("returns/{council}-building-control-chart.pdf");
            files.push((Arc::from(path), b"%PDF-1.4".to_vec()));
        }
        let mut intake = read(files, &forms.programme);
        let names = names(&intake);
        for finding in check(&mut intake, &forms.programme, AS_AT) {
            let council = finding.council.as_deref().unwrap_or("-");
            let cell = names.get(&finding.place).cloned().unwrap_or(finding.place.within());
            let line = format!("{} {} {council} {cell}", finding.rule.code, finding.severity);
            said.push(format!("{line}: {}", finding.message.split_once(": ").unwrap().1));
        }
        said.sort();
    }
    assert_snapshot!(nine.join("\n"));
    assert_eq!(nine.len(), 9);
    without_charts.retain(|line| !nine.contains(line));
    let more: Vec<&str> = without_charts.iter().map(|line| &line[..19]).collect();
    assert_eq!(more, ["STF-014 warning CAN", "STF-014 warning DOV", "STF-014 warning THA"]);
}

#[test]
fn a_blank_form_read_back_has_every_field_and_one_finding() {
    let mut programme = programme();
    let building_control = programme.projects.iter_mut().find(|project| &*project.code == "H");
    building_control.unwrap().groups = Group::ALL[1..].to_vec();
    let forms = issue::issues(&programme);
    let blank = |form: &Issue<'_>| {
        let bytes = form.workbook_bytes(&programme, &Answers::new(), &Shape::default()).unwrap();
        (Arc::from(form.file_name()), bytes)
    };
    let mut intake = read(forms.iter().map(blank).collect(), &programme);
    assert_eq!((intake.returns.len(), intake.set_aside.len()), (57, 0));
    for ret in &intake.returns {
        assert!(ret.lost.is_empty(), "{:?}", ret.lost);
        let inputs = ret.answers().filter(|(field, _)| field.is_input());
        for (field, answer) in inputs.filter(|(field, _)| ret.asks(field, &programme)) {
            assert_eq!((&answer.held, answer.found()), (&Held::Blank, Found::ByName), "{field:?}");
        }
    }
    let findings = check(&mut intake, &programme, AS_AT);
    let codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(codes, ["CMP-002"; 57]);
}

#[test]
fn set_w_owes_as_many_answers_as_the_handbook_counts() {
    let (_, intake) = run("");
    let programme = programme();
    let owed = |ret: &Return| {
        let sheets = ret.sheets(&programme);
        sheets.map(|sheet| ret.required(sheet, &programme).count()).sum::<usize>()
    };
    let counts: Vec<usize> = intake.returns.iter().map(owed).collect();
    assert_eq!(counts, [29, 29, 29, 29, 193, 186, 173, 175, 250]);
}

#[test]
fn whatever_stands_in_the_cells_no_cell_is_in_error_twice() {
    let programme = programme();
    let clean = read(CLEAN.clone(), &programme);
    let number = |digits: &str| Held::Value(Value::Number(digits.parse().unwrap()));
    let wrong = [
        Held::Blank,
        Held::NotApplicable,
        Held::Unreadable(Fault::NotANumber),
        Held::Unreadable(Fault::ErrorValue),
        number("-1"),
        number("0.5"),
        number("9999999999"),
        Held::Value(Value::Text(Arc::from("Various"))),
        Held::Value(Value::Date(jiff::civil::date(1999, 12, 31))),
    ];
    let mut seed = 20090301_u64;
    let mut roll = |sides: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % sides
    };
    let mut errors = 0;
    for _ in 0..60 {
        let mut intake = clean.clone();
        for ret in &mut intake.returns {
            let mut spoil = |answer: &mut Answer| {
                if roll(12) == 0 {
                    answer.held = wrong[roll(wrong.len())].clone();
                }
            };
            ret.cells.values_mut().for_each(&mut spoil);
            for row in ret.rows.values_mut().flatten() {
                row.table.columns.iter().for_each(|column| spoil(row.get_mut(column)));
            }
        }
        let findings = check(&mut intake, &programme, AS_AT);
        must_name_a_cell_once(&findings);
        must_be_applied(&findings, &intake);
        errors += findings.len();
    }
    assert!(errors > 1000, "{errors}");
}

#[test]
fn a_blank_with_a_rule_of_its_own_is_asked_for_once() {
    let case = "THA STF_vacant_since 3 = -\nTHA CON_exit_fixed 1 = -\nTHA RSK_FIN_likelihood = 5\n\
        THA RSK_FIN_owner_role = -\nP3_apportionment_agreed_by = -\nP2_leader_phone = -";
    let (findings, intake) = run(case);
    let codes: BTreeSet<&str> =
        beyond_w(&findings, &intake).iter().map(|finding| finding.rule.code).collect();
    let own = ["BRF-006", "BRF-015", "CON-005", "RSK-002", "STF-005"];
    assert_eq!(codes, BTreeSet::from(own));
}

#[test]
fn what_all_projects_find_in_a_profile_is_said_once() {
    let (findings, _) = run("THA PRO_powers = Company powers");
    let powers: Vec<&Finding> =
        findings.iter().filter(|finding| finding.rule.code == "PRO-005").collect();
    assert_eq!(powers.len(), 1);
    assert_eq!((&powers[0].project, &powers[0].council), (&None, &None));
}

#[test]
fn findings_are_the_same_whatever_the_order_of_the_files() {
    let programme = programme();
    let forms = Forms::w().with("THA REV_TRA_y0_budget = tbc").with("CAN STF_fte_filled 3 = 9");
    let mut files = forms.files();
    let mut told = BTreeSet::new();
    for _ in 0..2 {
        files.reverse();
        let mut intake = read(files.clone(), &programme);
        let findings = check(&mut intake, &programme, AS_AT);
        told.insert(lathe::finding::findings_json(&findings, None));
    }
    assert_eq!(told.len(), 1);
}

#[test]
fn findings_json_is_as_the_contract_has_it() {
    let (findings, intake) = run("THA REV_TRA_y0_budget = tbc\nTHA STF_grade 2 = -");
    let new = beyond_w(&findings, &intake);
    let json = String::from_utf8(lathe::finding::findings_json(&new, None)).unwrap();
    let cell = Regex::new(r"[A-Z]+\d+(\W)").unwrap();
    assert_snapshot!(cell.replace_all(&json.replace(",", ",\n"), "C1$1"));
}

/// The findings that a case adds to those of set W as it stands.
fn beyond_w(findings: &[Finding], intake: &Intake) -> Vec<Finding> {
    static OF_W: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let mut intake = read(CLEAN.clone(), &programme());
        let findings = check(&mut intake, &programme(), AS_AT);
        let names = names(&intake);
        findings.iter().map(|own| plain(own, &names)).collect()
    });
    let names = names(intake);
    let new = findings.iter().filter(|own| !OF_W.contains(&plain(own, &names)));
    new.cloned().collect()
}

/// A finding by what does not hang on the layout of the forms.
fn plain(finding: &Finding, names: &BTreeMap<Place, String>) -> String {
    let project = finding.project.as_deref().unwrap_or("-");
    let file = finding.place.file.as_deref().unwrap_or("-");
    let name = names.get(&finding.place).cloned().unwrap_or(finding.place.within());
    let says = finding.message.split_once(": ").map_or(&*finding.message, |(_, text)| text);
    format!("{} {project} {file} {name} {says}", finding.rule.code)
}

/// Set W with a case's changes, read and checked.
fn run(case: &str) -> (Vec<Finding>, Intake) {
    let mut forms = vec![(None, Forms::w())];
    let lines = || case.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    for line in lines() {
        let (_, last) = forms.last().unwrap();
        match line.strip_prefix("--- a second file: ") {
            Some(path) => forms.push((Some(path), last.clone())),
            None => change(line, &mut forms.last_mut().unwrap().1),
        }
    }
    let programme = &forms[0].1.programme;
    let mut files = CLEAN.clone();
    for (path, forms) in &forms {
        let w = Forms::w();
        let mut changed = forms.clone();
        changed.answers.retain(|form, answers| {
            w.answers.get(form) != Some(answers)
                || forms.shapes.contains_key(form)
                || case.contains("ask ")
        });
        for form in w.answers.keys().filter(|form| !forms.answers.contains_key(*form)) {
            let gone = match (&*form.0, &*form.1) {
                ("profile", council) => format!("profile-{council}.xlsx"),
                (_, "") => String::from("H-brief.xlsx"),
                (_, council) => format!("H-{council}.xlsx"),
            };
            files.retain(|(path, _)| !path.ends_with(&gone));
        }
        for (own, bytes) in changed.files() {
            let place = path.map_or(own, Arc::from);
            files.retain(|(path, _)| *path != place);
            files.push((place, bytes));
        }
    }
    let mut intake = read_anew(files, programme);
    for line in lines() {
        change_read(line, &mut intake);
    }
    let findings = check(&mut intake, programme, AS_AT);
    (findings, intake)
}

/// Reads the files, those of set W that are as they were from memory.
fn read_anew(files: Vec<(Arc<str>, Vec<u8>)>, programme: &Programme) -> Intake {
    static OF_W: LazyLock<Intake> = LazyLock::new(|| read(CLEAN.clone(), &common::programme()));
    let asked = |programme: &Programme| {
        let groups = programme.projects.iter().map(|own| own.groups.clone());
        groups.collect::<Vec<_>>()
    };
    let paths = |files: &[(Arc<str>, Vec<u8>)]| -> BTreeSet<Arc<str>> {
        files.iter().map(|(path, _)| Arc::clone(path)).collect()
    };
    if paths(&files) != paths(&CLEAN) || asked(programme) != asked(&common::programme()) {
        return read(files, programme);
    }
    let changed: Vec<_> = files.iter().filter(|file| !CLEAN.contains(file)).cloned().collect();
    let mut intake = OF_W.clone();
    let new = read(changed.clone(), programme).returns;
    if new.len() < changed.len() {
        return read(files, programme);
    }
    for new in new {
        let same = |own: &&mut Return| own.files[0].path == new.files[0].path;
        match intake.returns.iter_mut().find(same) {
            Some(own) => *own = new,
            None => panic!("a file of no return of set W: {}", new.files[0].path),
        }
    }
    intake
}

/// Before the forms are written: `THA STF_fte_filled 3 = 9` and what else [`Forms::with`] takes,
/// `ask capital_detail`, `fees Yes`, `transfers Yes`, `spine 34 30100`, `out THA`, `no brief`, `no profile THA`,
/// `blank return THA`, `THA leaves out RSK`.
fn change(line: &str, forms: &mut Forms) {
    let words: Vec<&str> = line.split(' ').collect();
    match words[..] {
        ["ask", group] => {
            let group = Group::ALL.into_iter().find(|own| own.word() == group).unwrap();
            of_h(forms).groups.push(group);
        }
        ["fees", usual] => of_h(forms).fees = Some(usual == "Yes"),
        ["transfers", usual] => of_h(forms).transfer_payments = usual == "Yes",
        ["spine", point, pay] => {
            let year = forms.programme.base_year;
            let spine = forms.programme.pay_spines.entry(year).or_default();
            spine.insert(point.parse().unwrap(), pay.parse().unwrap());
        }
        ["out", council] => {
            let parts = &mut of_h(forms).participation;
            let part = parts.iter_mut().find(|part| &*part.council == council).unwrap();
            part.status = Status::Out { minute: String::from("Cabinet 45"), date: AS_AT };
        }
        ["no", "brief"] => {
            forms.answers.remove(&(String::from("brief"), String::new())).unwrap();
        }
        ["no", form, council] => {
            forms.answers.remove(&(form.to_owned(), council.to_owned())).unwrap();
        }
        ["blank", form] => {
            forms.answers.insert((form.to_owned(), String::new()), Answers::new());
        }
        ["blank", form, council] => {
            forms.answers.insert((form.to_owned(), council.to_owned()), Answers::new());
        }
        ["twice", council] => {
            let mut second = forms.programme.project("H").unwrap().clone();
            (second.code, second.slug) = ("K".into(), "street-works".into());
            forms.programme.projects.push(second);
            let own = forms.answers[&(String::from("return"), council.to_owned())].clone();
            forms.answers.insert((String::from("return"), format!("K:{council}")), own);
        }
        [council, "leaves", "out", sheet] => {
            *forms = forms.clone().shaped(council, Shape::default().leave_out(sheet));
        }
        _ if line.contains(" = ") && !line.starts_with("remark ") => {
            *forms = forms.clone().with(line)
        }
        _ => {}
    }
}

fn of_h(forms: &mut Forms) -> &mut Project {
    forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap()
}

/// After reading, what cannot be written or is the reader's to find: `THA REV_TRA_y0_budget := #REF!` (or
/// `(not calculated)`, `(lost)`, a text), `aside returns/a.zip: archive`, and what the reader remarks:
/// `remark THA amiss: There is no …`, `remark THA unread STF: …`.
fn change_read(line: &str, intake: &mut Intake) {
    if let Some(rest) = line.strip_prefix("aside ") {
        let (path, why) = rest.split_once(": ").unwrap();
        intake.set_aside.push(SetAside { path: Arc::from(path), why: reason(why, path) });
    } else if let Some(rest) = line.strip_prefix("remark ") {
        let (what, text) = rest.split_once(": ").unwrap();
        let (council, kind) = what.split_once(' ').unwrap();
        let path = format!("returns/H-{council}.xlsx");
        let ret = intake.returns.iter_mut().find(|ret| *ret.files[0].path == *path).unwrap();
        let kind = match kind.split_once(' ') {
            Some((_, code)) => RemarkKind::Unread(ret.workbook.sheet(code).unwrap().code),
            None if kind == "taken" => RemarkKind::Taken,
            None if kind == "hidden" => RemarkKind::Hidden,
            None if kind == "epoch" => RemarkKind::Epoch,
            None if kind == "changed" => RemarkKind::Changed,
            None if kind == "differs" => RemarkKind::Differs,
            None if kind == "commented" => RemarkKind::Commented,
            None if kind == "unseen" => RemarkKind::Unseen,
            None if kind == "below" => RemarkKind::Below,
            None => RemarkKind::Amiss,
        };
        let place = Place::file(&ret.files[0].path);
        ret.remarks.push(Remark { place, kind, text: text.to_owned() });
    } else if let Some((what, value)) = line.split_once(" := ") {
        let (council, field) = what.split_once(' ').unwrap();
        let path = format!("returns/H-{council}.xlsx");
        let ret = intake.returns.iter_mut().find(|ret| *ret.files[0].path == *path).unwrap();
        let answer = ret.cells.get_mut(field).unwrap();
        match value {
            "(lost)" => {
                let field = ret.workbook.fields().find(|own| own.name == field).unwrap();
                ret.lost.push(field);
                ret.cells.remove(field.name);
            }
            "(not calculated)" => answer.held = Held::Unreadable(Fault::NotCalculated),
            error if error.starts_with('#') => {
                answer.held = Held::Unreadable(Fault::ErrorValue);
                answer.set_typed(error);
            }
            number if number.parse::<Decimal>().is_ok() => {
                answer.held = Held::Value(Value::Number(number.parse().unwrap()));
            }
            text => answer.held = Held::Value(Value::Text(Arc::from(text))),
        }
    }
}

fn reason(why: &str, path: &str) -> Why {
    let file = File { path: Arc::from(path), hash: String::new(), version: 1 };
    match why.split_once(' ') {
        Some(("unopened", reason)) => Why::Unopened(reason.to_owned()),
        Some(("form", "(nothing)")) => Why::UnknownForm(String::new()),
        Some(("form", says)) => Why::UnknownForm(says.to_owned()),
        Some(("issued", to)) => {
            let (issued_to, says) = to.split_once(" says ").unwrap();
            let [issued_to, says] = [issued_to, says].map(str::to_owned);
            Why::Misissued { file: Arc::new(file), issued_to, says, council: None, project: None }
        }
        Some(("unmatched", file)) => Why::Unmatched(file.to_owned()),
        Some(("unfinished", mistake)) => Why::Unfinished {
            mistakes: vec![mistake.to_owned()],
            files: vec![Arc::from("returns/Thanet/ledger.csv")],
        },
        _ if why == "unversioned" => Why::Unversioned {
            council: Some(Arc::from("THA")),
            project: Some(Arc::from("H")),
            versions: vec![1, 2],
        },
        _ if why == "attachment" => Why::Attachment,
        _ => Why::Archive,
    }
}

/// The findings, and what is therefore not used. Cells go by their defined names here, with the row of a table, so
/// that no case hangs on the layout of the forms.
fn told(findings: &[Finding], intake: &Intake) -> String {
    let names = names(intake);
    let name = |place: &Place| match names.get(place) {
        Some(name) => name.clone(),
        None => place.within(),
    };
    let listed = Regex::new(r"\((\w+!)?[A-Z]+\d+[^)]*\)|rows? \d+").unwrap();
    let mut text = String::new();
    for finding in findings {
        let Finding { rule, severity, place, .. } = finding;
        let file = place.file.as_deref().unwrap_or("-");
        writeln!(text, "{severity} {} {file} {}", rule.code, name(place)).unwrap();
        let mut named: Vec<&Place> = finding.also.iter().chain([place]).collect();
        named.retain(|place| place.cell.is_some());
        named.sort_by_key(|place| Reverse(place.within().len()));
        let message = named.iter().fold(finding.message.clone(), |message, place| {
            message.replace(&place.within(), &name(place))
        });
        writeln!(text, "    {}", listed.replace_all(&message, "(…)")).unwrap();
        writeln!(text, "    {}", finding.fix).unwrap();
        for place in &finding.also {
            let other = place.file.as_deref().unwrap_or("-");
            writeln!(text, "    also {}", names.get(place).map_or(other, String::as_str)).unwrap();
        }
    }
    for ret in &intake.returns {
        let path = &ret.files[0].path;
        if let Some(code) = ret.refused {
            writeln!(text, "not used: {path} ({code})").unwrap();
        }
        for (sheet, code) in &ret.refused_sheets {
            writeln!(text, "not used: {path} sheet {sheet} ({code})").unwrap();
        }
        for (name, code) in ret.cells.iter().filter_map(|(name, own)| Some((name, own.refused()?)))
        {
            writeln!(text, "not used: {path} {name} ({code})").unwrap();
        }
        for row in &ret.totals {
            writeln!(text, "nothing is lost: {path} {} without a total", row.table.name).unwrap();
        }
        for (number, row) in ret.rows.values().flat_map(|rows| (1..).zip(rows)) {
            let table = row.table.name;
            if let Some(Refusal { code, .. }) = row.refused.as_deref() {
                writeln!(text, "not used: {path} {table} row {number} ({code})").unwrap();
            }
            for (field, answer) in row.answers() {
                if let Some(code) = answer.refused() {
                    let name = field.name;
                    writeln!(text, "not used: {path} {name} {number} ({code})").unwrap();
                }
            }
        }
    }
    text
}

/// The name of every cell read: `REV_TRA_y0_budget`, `STF_fte_filled 3`.
fn names(intake: &Intake) -> BTreeMap<Place, String> {
    let mut names = BTreeMap::new();
    for ret in &intake.returns {
        let cells = ret.cells.iter().map(|(name, answer)| (answer.place(), (*name).to_owned()));
        names.extend(cells);
        for (number, row) in ret.rows.values().flat_map(|rows| (1..).zip(rows)) {
            let cells = row.answers();
            names.extend(
                cells.map(|(field, own)| (own.place(), format!("{} {number}", field.name))),
            );
        }
        for row in &ret.totals {
            let cells = row.answers();
            names.extend(
                cells.map(|(field, own)| (own.place(), format!("{} of a total", field.name))),
            );
        }
    }
    names.remove(&Place::default());
    names
}

/// What an error refuses is marked where figures look.
fn must_be_applied(findings: &[Finding], intake: &Intake) {
    for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
        let Some(path) = &finding.place.file else { continue };
        let of = |ret: &&Return| ret.files.iter().any(|file| file.path == *path);
        let Some(ret) = intake.returns.iter().find(of) else { continue };
        let code = finding.rule.code;
        let at = |answer: &&Answer| answer.place() == finding.place && !answer.is_blank();
        let rows = || ret.rows.values().flatten().chain(&ret.totals);
        let mut answers = ret.cells.values().chain(rows().flat_map(Row::found));
        let answer = answers.find(at);
        // A blank holds nothing to refuse.
        let mut blanks = ret.cells.values().chain(rows().flat_map(Row::found));
        let is_blank = blanks.any(|own| own.place() == finding.place && own.is_blank());
        let row = rows().find(|row| row.found().any(|own| own.place() == finding.place));
        match finding.rule.scope {
            Scope::Return => assert_eq!(ret.refused, Some(code)),
            Scope::Sheet if code == "FIL-002" => {}
            Scope::Sheet => assert!(ret.refused_sheets.values().any(|own| *own == code)),
            Scope::Line => assert!(row.is_some_and(|row| row.refused.is_some()), "{finding}"),
            Scope::Cell if answer.is_none() && is_blank => {}
            Scope::Cell if answer.is_some() || code != "GEN-001" => {
                assert_eq!(answer.and_then(Answer::refused), Some(code), "{finding}");
            }
            Scope::Cell => {}
            Scope::Output => panic!("no return is a document of ours: {finding}"),
        }
    }
}

/// One cell, one error.
fn must_name_a_cell_once(findings: &[Finding]) {
    let mut named: BTreeSet<&Place> = BTreeSet::new();
    for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
        for place in finding.also.iter().chain([&finding.place]) {
            if place.cell.is_some() {
                assert!(named.insert(place), "{place} is in error twice: {finding}");
            }
        }
    }
}
