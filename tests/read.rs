//! Forms in any state, read back.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read, Write},
    path::Path,
    sync::Arc,
};

use lathe::{
    answer::{Fault, Found, Held, RemarkKind, Return, ReturnKind},
    form::{Field, Kind, Options},
    intake::{Intake, Why},
    issue::{Answers, Issue, Shape, issues},
    programme::Programme,
    read,
};

fn programme() -> Programme {
    Programme::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent")).unwrap()
}

/// A form by the name of its file, `H-THA.xlsx`.
fn form<'a>(programme: &'a Programme, name: &str) -> Issue<'a> {
    issues(programme).into_iter().find(|issue| issue.file_name() == name).unwrap()
}

fn bytes(programme: &Programme, name: &str, answers: &Answers, shape: &Shape) -> Vec<u8> {
    form(programme, name).workbook_bytes(programme, answers, shape).unwrap()
}

fn read_one(programme: &Programme, bytes: Vec<u8>) -> Return {
    let mut intake = read::read(vec![(Arc::from("returns/form.xlsx"), bytes)], programme);
    assert_eq!(intake.set_aside.len(), 0, "{:?}", intake.set_aside);
    intake.returns.remove(0)
}

/// The answers of set W for one form.
fn w(workbook: &str, council: &str) -> Answers {
    let mut forms = Answers::by_form(include_str!("data/set-w.csv")).unwrap();
    forms.remove(&(workbook.to_owned(), council.to_owned())).unwrap()
}

/// Every question of a form answered, each in its own way.
fn full(issue: &Issue<'_>, programme: &Programme) -> Answers {
    let mut answers = Answers::new();
    let mut count = 1000;
    let mut answer = |field: &'static Field, row: Option<u32>| {
        if !issue.asks(field) || !field.is_input() {
            return;
        }
        count += 1;
        let options: Vec<String> = match (field.options, field.kind) {
            (Options::Listed(options), _) => options.iter().map(|&own| own.to_owned()).collect(),
            (Options::Of(list), _) => programme.list(list, issue.project),
            (_, Kind::Yn | Kind::Ynu) => vec!["Yes".to_owned(), "No".to_owned()],
            _ => vec![],
        };
        let option = |at: usize| options.get(at % options.len().max(1)).cloned();
        let value = match field.kind {
            _ if field.name.ends_with("_return_type") => "Final".to_owned(),
            _ if field.name.ends_with("_return_version") => "1".to_owned(),
            Kind::Text => format!("answer {count}"),
            Kind::Multi => {
                [option(count), option(count + 1)].map(Option::unwrap_or_default).join("; ")
            }
            Kind::Choice | Kind::Yn | Kind::Ynu => option(count).unwrap_or("other".to_owned()),
            Kind::Date => {
                format!("20{:02}-{:02}-{:02}", count % 50 + 1, count % 12 + 1, count % 28 + 1)
            }
            Kind::Fy => format!("20{:02}/{:02}", count % 50 + 1, count % 50 + 2),
            Kind::Int => count.to_string(),
            Kind::Money | Kind::Fte | Kind::Pct | Kind::Dec => format!("{count}.25"),
        };
        answers.set(field.name, row, &value);
    };
    for sheet in issue.workbook.sheets {
        sheet.cells().for_each(|field| answer(field, None));
        for table in sheet.tables() {
            for row in [1, 2, table.rows] {
                table.columns.iter().for_each(|field| answer(field, Some(row)));
            }
        }
    }
    answers
}

/// What is held, by name, in tables with the row from 1, for answers that are given.
fn held(ret: &Return) -> BTreeMap<String, String> {
    let mut held = BTreeMap::new();
    for (name, answer) in &ret.cells {
        if !answer.is_blank() {
            held.insert((*name).to_owned(), answer.shown());
        }
    }
    for (table, rows) in &ret.rows {
        for (index, row) in rows.iter().enumerate() {
            for (field, answer) in row.answers().filter(|(_, answer)| !answer.is_blank()) {
                held.insert(format!("{table} {} {}", index + 1, field.name), answer.shown());
            }
        }
    }
    held
}

fn lost(ret: &Return) -> Vec<&'static str> {
    ret.lost.iter().map(|field| field.name).collect()
}

#[test]
fn a_blank_form_is_found_by_name_and_blank() {
    let programme = programme();
    for issue in issues(&programme) {
        let bytes = bytes(&programme, &issue.file_name(), &Answers::new(), &Shape::default());
        let ret = read_one(&programme, bytes);
        assert_eq!(lost(&ret), [""; 0], "{}", issue.file_name());
        assert_eq!(ret.council.as_deref(), issue.council.map(|council| &*council.code));
        assert_eq!(ret.project.as_deref(), issue.project.map(|project| &*project.code));
        for field in issue.workbook.sheets.iter().flat_map(|sheet| sheet.cells()) {
            let answer = ret.get(field);
            assert_eq!(answer.spot.is_some(), issue.asks(field), "{}", field.name);
            assert_eq!(answer.found(), Found::ByName, "{}", field.name);
            if field.is_input() {
                assert_eq!(answer.held, Held::Blank, "{}", field.name);
            }
        }
    }
}

#[test]
fn without_names_every_answer_is_found_by_its_words() {
    let programme = programme();
    for issue in issues(&programme) {
        let answers = full(&issue, &programme);
        let name = issue.file_name();
        let by_name = read_one(&programme, bytes(&programme, &name, &answers, &Shape::default()));
        let unnamed = Shape::default().without_names();
        let by_label = read_one(&programme, bytes(&programme, &name, &answers, &unnamed));
        assert_eq!(lost(&by_label), [""; 0], "{name}");
        assert!(held(&by_name).len() >= answers.iter().count(), "{name}");
        similar(&name, &held(&by_name), &held(&by_label));
        assert!(
            by_label.answers().all(|(_, own)| own.found() == Found::ByLabel || own.spot.is_none())
        );
    }
}

fn similar(name: &str, one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    for (key, value) in one {
        assert_eq!(Some(value), other.get(key), "{name} {key}");
    }
    assert_eq!(one.len(), other.len(), "{name}");
}

#[test]
fn set_w_comes_back_as_it_was_filled_in() {
    let programme = programme();
    for council in ["CAN", "DOV", "SHE", "THA"] {
        let answers = w("return", council);
        let ret = read_one(
            &programme,
            bytes(&programme, &format!("H-{council}.xlsx"), &answers, &Shape::default()),
        );
        for (name, row, value) in answers.iter() {
            let field = ret.workbook.fields().find(|field| field.name == name).unwrap();
            let answer = match row {
                None => ret.get(field),
                Some(row) => {
                    let sheets = ret.workbook.sheets.iter();
                    let table = sheets
                        .flat_map(|sheet| sheet.tables())
                        .find(|table| table.columns.contains(&field))
                        .unwrap();
                    ret.rows(table)[row as usize - 1].get(field)
                }
            };
            let shown = match (answer.number(), answer.date()) {
                (Some(number), _) => {
                    assert_eq!(number, value.parse().unwrap(), "{name}");
                    continue;
                }
                (_, Some(date)) => date.to_string(),
                _ => answer.shown(),
            };
            assert_eq!(shown, value, "{council} {name}");
            assert_eq!(answer.typed(), None, "{council} {name}");
        }
    }
}

/// What councils do to a form.
fn disturbed() -> Shape {
    Shape::default()
        .blank_rows("REV_TRA_y0_budget", None, 2)
        .blank_rows("COV_return_version", None, 1)
        .blank_rows("STF_post_ref", Some(1), 1)
        .blank_rows("STF_post_ref", Some(3), 2)
        .blank_rows("ICT_system_ref", Some(2), 1)
        .move_column("STF_fte_filled", 0)
        .move_column("CON_end_date", 2)
        .rename("REV", "Budget 2008-09 (final)")
        .rename("STF", "Our staff")
}

#[test]
fn rows_put_in_columns_moved_and_sheets_renamed_change_nothing() {
    let programme = programme();
    let name = "H-THA.xlsx";
    let answers = full(&form(&programme, name), &programme);
    let plain = read_one(&programme, bytes(&programme, name, &answers, &Shape::default()));
    for shape in [disturbed(), disturbed().without_names()] {
        let ret = read_one(&programme, bytes(&programme, name, &answers, &shape));
        assert_eq!(lost(&ret), [""; 0]);
        similar(name, &held(&plain), &held(&ret));
    }
}

#[test]
fn a_name_lost_from_one_cell_or_column_costs_nothing() {
    let programme = programme();
    let name = "H-THA.xlsx";
    let answers = full(&form(&programme, name), &programme);
    let plain = read_one(&programme, bytes(&programme, name, &answers, &Shape::default()));
    let shape = Shape::default().without_name("REV_TRA_y0_budget").without_name("STF_headcount");
    let ret = read_one(&programme, bytes(&programme, name, &answers, &shape));
    similar(name, &held(&plain), &held(&ret));
    let found: Vec<&str> = ret
        .answers()
        .filter(|(_, own)| own.found() == Found::ByLabel)
        .map(|(field, _)| field.name)
        .collect();
    assert_eq!(found, ["REV_TRA_y0_budget", "STF_headcount", "STF_headcount", "STF_headcount"]);
}

#[test]
fn a_sheet_left_out_is_lost_and_the_others_are_not() {
    let programme = programme();
    let answers = w("return", "THA");
    let kept = |name: &str| !name.starts_with("STF_");
    let mut part = Answers::new();
    answers
        .iter()
        .filter(|own| kept(own.0))
        .for_each(|(name, row, value)| part.set(name, row, value));
    let bytes = bytes(&programme, "H-THA.xlsx", &part, &Shape::default().leave_out("STF"));
    let ret = read_one(&programme, bytes);
    assert!(lost(&ret).iter().all(|name| name.starts_with("STF_")));
    assert!(
        lost(&ret).contains(&"STF_fte_established") && lost(&ret).contains(&"STF_chart_available")
    );
    assert_eq!(ret.cells["REV_EMP_DIR_y0_budget"].number(), Some(356480.into()));
}

/// A file for each text of `name = value; …`, by set W's answers of Thanet where they start with these codes.
fn parts(programme: &Programme, parts: &[(&str, &[&str], &str)]) -> Intake {
    let all = w("return", "THA");
    let file = |(path, codes, changes): &(&str, &[&str], &str)| {
        let mut answers = Answers::new();
        for (name, row, value) in all.iter() {
            if codes.iter().any(|code| name.starts_with(code)) {
                answers.set(name, row, value);
            }
        }
        for change in changes.split("; ").filter(|change| !change.is_empty()) {
            let (what, value) = change.split_once(" = ").unwrap();
            match what.split_once(' ') {
                Some((name, row)) => answers.set(name, row.parse().ok(), value),
                None => answers.set(what, None, value),
            }
        }
        let bytes = bytes(programme, "H-THA.xlsx", &answers, &Shape::default());
        (Arc::from(*path), bytes)
    };
    read::read(parts.iter().map(file).collect(), programme)
}

#[test]
fn parts_of_one_return_are_put_together_sheet_by_sheet() {
    let programme = programme();
    let whole = parts(&programme, &[("returns/whole.xlsx", &[""], "")]);
    let intake = parts(
        &programme,
        &[
            ("returns/hr.xlsx", &["STF_", "COV_"], ""),
            ("returns/finance.xlsx", &["COV_", "SVC_", "REV_", "CAP_"], ""),
            ("returns/ict.xlsx", &["COV_", "ICT_", "CON_", "RSK_"], ""),
        ],
    );
    assert_eq!(intake.returns.len(), 1);
    let ret = &intake.returns[0];
    similar("parts", &held(&whole.returns[0]), &held(ret));
    let files: Vec<&str> = ret.files.iter().map(|file| &*file.path).collect();
    assert_eq!(files, ["returns/finance.xlsx", "returns/hr.xlsx", "returns/ict.xlsx"]);
    let spot = |name: &str| ret.cells[name].spot.as_ref().unwrap().origin.file.path.to_string();
    assert_eq!(spot("REV_EMP_DIR_y0_budget"), "returns/finance.xlsx");
    assert_eq!(spot("ICT_nil_systems"), "returns/ict.xlsx");
}

#[test]
fn a_cell_answered_differently_in_two_parts_is_a_conflict() {
    let programme = programme();
    let intake = parts(
        &programme,
        &[
            ("returns/a.xlsx", &["COV_", "REV_", "STF_"], "REV_TRA_y0_budget = 1"),
            ("returns/b.xlsx", &["COV_", "REV_", "STF_"], "REV_TRA_y0_budget = 2; STF_posts 1 = 9"),
        ],
    );
    let ret = &intake.returns[0];
    let conflicts: Vec<(&str, String)> = ret
        .answers()
        .filter_map(|(field, own)| match &own.held {
            Held::Unreadable(Fault::Conflict(other)) => {
                let (place, says) = (other.spot.place(), &other.says);
                Some((field.name, format!("{} / {place} {says}", own.shown())))
            }
            _ => None,
        })
        .collect();
    let place = |name: &str| ret.cells[name].place().within();
    assert_eq!(conflicts[0].0, "REV_TRA_y0_budget");
    assert_eq!(conflicts[0].1, format!("1 / returns/b.xlsx {} 2", place("REV_TRA_y0_budget")));
    assert_eq!((conflicts.len(), conflicts[1].0), (2, "STF_posts"));
    assert!(ret.cells["REV_EMP_DIR_y0_budget"].number().is_some());
}

#[test]
fn the_highest_version_is_used_and_a_final_before_a_draft() {
    let programme = programme();
    let version = |path, changes| (path, &[""][..], changes);
    let used = |parts_of: &[(&'static str, &[&'static str], &'static str)]| {
        let intake = parts(&programme, parts_of);
        let ret = &intake.returns[0];
        let others: Vec<u32> = ret.superseded.iter().map(|ret| ret.version).collect();
        (intake.returns.len(), ret.version, ret.kind, others)
    };
    let draft = "COV_return_type = Draft; COV_return_version = ";
    let (two, three) = (format!("{draft}2"), format!("{draft}3"));
    let (two, three): (&'static str, &'static str) = (two.leak(), three.leak());
    assert_eq!(
        used(&[version("a.xlsx", ""), version("b.xlsx", "COV_return_version = 2")]),
        (1, 2, ReturnKind::Final, vec![1])
    );
    assert_eq!(
        used(&[version("a.xlsx", three), version("b.xlsx", two)]),
        (1, 3, ReturnKind::Draft, vec![2])
    );
    assert_eq!(
        used(&[version("a.xlsx", three), version("b.xlsx", ""), version("c.xlsx", two)]),
        (1, 1, ReturnKind::Final, vec![3, 2])
    );
}

/// Thanet's return without its Cover and all but Staffing, which is the second of them.
fn staffing_alone(programme: &Programme) -> (Arc<str>, Vec<u8>) {
    let mut answers = Answers::new();
    for (name, row, value) in w("return", "THA").iter().filter(|own| own.0.starts_with("STF_")) {
        answers.set(name, row, value);
    }
    let shape = Shape::default().leave_out("COV");
    (Arc::from("returns/hr.xlsx"), bytes(programme, "H-THA.xlsx", &answers, &shape))
}

fn without_staffing(programme: &Programme, version: &str) -> (Arc<str>, Vec<u8>) {
    let mut answers = Answers::new();
    for (name, row, value) in w("return", "THA").iter().filter(|own| !own.0.starts_with("STF_")) {
        answers.set(name, row, value);
    }
    answers.set("COV_return_version", None, version);
    let bytes = bytes(programme, "H-THA.xlsx", &answers, &Shape::default());
    (Arc::from(format!("returns/v{version}.xlsx")), bytes)
}

#[test]
fn a_part_without_its_cover_is_of_the_only_version_there_is() {
    let programme = programme();
    let files = vec![staffing_alone(&programme), without_staffing(&programme, "2")];
    let intake = read::read(files, &programme);
    let [ret] = &intake.returns[..] else { panic!("{:?}", intake.set_aside) };
    assert_eq!((ret.version, ret.superseded.len(), ret.files.len()), (2, 0, 2));
    assert!(ret.files.iter().all(|file| file.version == 2));
    let post = &ret.rows["STF_table"][0];
    let file = &post.at(0).spot.as_ref().unwrap().origin.file;
    assert_eq!((&*file.path, file.version), ("returns/hr.xlsx", 2));
    assert_eq!(post.spot.origin.file.version, 2);

    let alone = read::read(vec![staffing_alone(&programme)], &programme);
    assert_eq!((alone.returns[0].version, alone.returns[0].files[0].version), (1, 1));
}

#[test]
fn a_part_without_its_cover_is_of_no_version_where_there_are_two() {
    let programme = programme();
    let versions = ["1", "2"].map(|version| without_staffing(&programme, version));
    let files = versions.into_iter().chain([staffing_alone(&programme)]).collect();
    let intake = read::read(files, &programme);
    assert_eq!(intake.returns[0].version, 2);
    assert_eq!(intake.returns[0].rows["STF_table"].len(), 0);
    let [council, project] = ["THA", "H"].map(|code| Some(Arc::from(code)));
    let why = Why::Unversioned { council, project, versions: vec![1, 2] };
    assert_eq!((&*intake.set_aside[0].path, &intake.set_aside[0].why), ("returns/hr.xlsx", &why));
}

#[test]
fn neither_order_nor_copies_make_a_difference() {
    let programme = programme();
    let bytes = |name: &str| bytes(&programme, name, &Answers::new(), &Shape::default());
    let mut files: Vec<(Arc<str>, Vec<u8>)> = vec![
        (Arc::from("returns/1.xlsx"), bytes("H-THA.xlsx")),
        (Arc::from("returns/2.xlsx"), bytes("A-CAN.xlsx")),
        (Arc::from("returns/3.xlsx"), bytes("H-brief.xlsx")),
        (Arc::from("returns/4.xlsx"), bytes("profile-DOV.xlsx")),
        (Arc::from("returns/copy of 1.xlsx"), bytes("H-THA.xlsx")),
    ];
    let forward = read::read(files.clone(), &programme);
    files.reverse();
    let backward = read::read(files, &programme);
    let order = |intake: &Intake| {
        let of = |ret: &Return| ret.files[0].path.to_string();
        intake.returns.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(
        order(&forward),
        ["returns/4.xlsx", "returns/2.xlsx", "returns/1.xlsx", "returns/3.xlsx"]
    );
    assert_eq!(order(&forward), order(&backward));
    let passed = Why::PassedOver("an exact copy of returns/1.xlsx".to_owned());
    for intake in [forward, backward] {
        assert_eq!(intake.set_aside.len(), 1);
        assert_eq!(intake.set_aside[0].why, passed);
    }
}

/// Why a file is set aside.
fn why(programme: &Programme, path: &str, bytes: Vec<u8>) -> Why {
    let mut intake = read::read(vec![(Arc::from(path), bytes)], programme);
    assert_eq!(intake.returns.len(), 0);
    intake.set_aside.remove(0).why
}

#[test]
fn what_is_no_workbook_is_named_for_what_it_is() {
    let programme = programme();
    let why = |path: &str, bytes: &[u8]| why(&programme, path, bytes.to_vec());
    let zip = {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    for (name, bytes) in
        [("a.msg", &b"\xD0\xCF\x11\xE0"[..]), ("a.eml", b"From: a@b"), ("a.zip", &zip)]
    {
        assert_eq!(why(name, bytes), Why::Archive, "{name}");
    }
    for (name, bytes) in
        [("chart.pdf", &b"%PDF-1.4"[..]), ("chart.png", b"\x89PNG"), ("a.txt", b"a")]
    {
        assert_eq!(why(name, bytes), Why::Attachment, "{name}");
    }
    let columns =
        "it is text with columns, and no mapping in the folder mappings says how to read it";
    let utf_16: Vec<u8> =
        "\u{feff}Line\tAmount".encode_utf16().flat_map(|unit| unit.to_le_bytes()).collect();
    for (name, bytes) in
        [("ledger.csv", &b"Line;Amount\nPay;12"[..]), ("ledger.CSV", &utf_16), ("l.tsv", b"a\tb")]
    {
        assert_eq!(why(name, bytes), Why::Unopened(columns.to_owned()), "{name}");
    }
    for (bytes, says) in [
        (&b"<html><table><tr><td>1</td></tr></table>"[..], "a web page"),
        (b"Line,Amount\nPay,12", "plain text (CSV or the like)"),
    ] {
        let says = format!("it is {says} saved with the ending .xls");
        assert_eq!(why("budget.xls", bytes), Why::Unopened(says));
    }
}

#[test]
fn a_workbook_is_read_whatever_it_is_called() {
    let programme = programme();
    let bytes = bytes(&programme, "H-THA.xlsx", &w("return", "THA"), &Shape::default());
    let plain = read_one(&programme, bytes.clone());
    for name in ["returns/H.xls", "returns/H.ods", "returns/H.xlsx.bin", "returns/H"] {
        let intake = read::read(vec![(Arc::from(name), bytes.clone())], &programme);
        assert_eq!(held(&intake.returns[0]), held(&plain), "{name}");
    }
}

#[test]
fn a_form_that_is_not_of_this_round_is_named() {
    let mut other = programme();
    other.round = "2010 spring".to_owned();
    let old = bytes(&other, "H-THA.xlsx", &Answers::new(), &Shape::default());
    let programme = programme();
    let Why::Misissued { says, issued_to, .. } = why(&programme, "a.xlsx", old) else { panic!() };
    assert_eq!(says, "Thanet for project H");
    assert!(issued_to.starts_with("someone else, or in another round (issue number H-THA-"));
    let mut swapped = Answers::new();
    swapped.set("COV_council_code", None, "dover district COUNCIL ");
    let swapped = bytes(&programme, "H-THA.xlsx", &swapped, &Shape::default());
    let Why::Misissued { says, issued_to, .. } = why(&programme, "a.xlsx", swapped) else {
        panic!()
    };
    assert_eq!((&*issued_to, &*says), ("Thanet for project H", "Dover for project H"));
    let mut version = Answers::new();
    version.set("COV_form_version", None, "0.9");
    let version = bytes(&programme, "H-THA.xlsx", &version, &Shape::default());
    assert_eq!(why(&programme, "a.xlsx", version), Why::UnknownForm("EKJAC-RET 0.9".to_owned()));
    let foreign = {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write(0, 0, "Budget").unwrap();
        book.save_to_buffer().unwrap()
    };
    assert_eq!(why(&programme, "a.xlsx", foreign), Why::UnknownForm(String::new()));
}

#[test]
fn a_file_that_is_cut_short_or_damaged_says_so_and_stops_nothing() {
    let programme = programme();
    let whole = bytes(&programme, "H-THA.xlsx", &Answers::new(), &Shape::default());
    let cut = whole[..whole.len() * 9 / 10].to_vec();
    let damaged = with_damaged_part(&whole, "xl/worksheets/sheet6.xml");
    let files = vec![
        (Arc::from("returns/cut.xlsx"), cut),
        (Arc::from("returns/damaged.xlsx"), damaged),
        (Arc::from("returns/empty.xlsx"), vec![]),
        (Arc::from("returns/whole.xlsx"), whole.clone()),
    ];
    let intake = read::read(files, &programme);
    let reasons: Vec<String> =
        intake.set_aside.iter().map(|own| format!("{} {:?}", own.path, own.why)).collect();
    assert_eq!(
        reasons,
        [
            "returns/cut.xlsx Unopened(\"it is only partly there (the end of the file is missing)\")",
            "returns/empty.xlsx Unopened(\"it is empty\")",
        ]
    );
    // The sheet that can no longer be unpacked is lost; the others are in use.
    let ret = &intake.returns[0];
    assert_eq!(ret.files.len(), 2);
    let ret = read_one(&programme, with_damaged_part(&whole, "xl/worksheets/sheet6.xml"));
    let codes: BTreeSet<&str> =
        lost(&ret).iter().map(|name| name.split('_').next().unwrap()).collect();
    assert_eq!(codes, BTreeSet::from(["STF"]));
}

/// The same workbook with one part that can no longer be unpacked.
fn with_damaged_part(workbook: &[u8], part: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let part = archive.by_name(part).unwrap();
    let start = usize::try_from(part.data_start().unwrap()).unwrap();
    let length = usize::try_from(part.compressed_size()).unwrap();
    let mut damaged = workbook.to_vec();
    damaged[start + length / 3..start + length].fill(0xA5);
    damaged
}

#[test]
fn the_folder_is_searched_and_everything_in_it_is_mentioned() {
    let programme = programme();
    let dir = tempfile::tempdir().unwrap();
    let put = |path: &str, bytes: &[u8]| {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    assert!(
        read::folder(dir.path(), &programme, &[])
            .unwrap_err()
            .to_string()
            .starts_with("there is no folder")
    );
    let form = bytes(&programme, "H-THA.xlsx", &Answers::new(), &Shape::default());
    put("returns/Thanet/may/Kopie (2).bin", &form);
    put("returns/Thanet/~$Kopie.xlsx", b"x");
    put("returns/Thanet/chart.pdf", b"%PDF-1.4");
    put("returns/mail.msg", b"\xD0\xCF\x11\xE0");
    put("returns/Thumbs.db", b"x");
    put("H-THA.xlsx", &form);
    #[cfg(unix)]
    std::os::unix::fs::symlink(dir.path(), dir.path().join("returns/link")).unwrap();

    let intake = read::folder(dir.path(), &programme, &[]).unwrap();
    let files: Vec<&str> = intake.returns.iter().map(|ret| &*ret.files[0].path).collect();
    assert_eq!(files, ["returns/Thanet/may/Kopie (2).bin"]);
    let aside: Vec<String> =
        intake.set_aside.iter().map(|own| format!("{} {:?}", own.path, own.why)).collect();
    assert_eq!(
        aside,
        [
            "returns/Thanet/chart.pdf Attachment",
            "returns/Thanet/~$Kopie.xlsx PassedOver(\"left by a program that has the file open\")",
            "returns/Thumbs.db PassedOver(\"a system file\")",
            "returns/link PassedOver(\"a link, or something else that is no file\")",
            "returns/mail.msg Archive",
        ]
    );

    let only = read::folder(dir.path(), &programme, &["returns/mail.msg".into()]).unwrap();
    assert_eq!((only.returns.len(), only.set_aside.len()), (0, 1));
    let outside = read::folder(dir.path(), &programme, &[dir.path().join("H-THA.xlsx")]).unwrap();
    assert_eq!(&*outside.returns[0].files[0].path, "H-THA.xlsx");
    assert!(read::folder(dir.path(), &programme, &["returns/none.xlsx".into()]).is_err());
}

/// A workbook with its parts rewritten, each given with its name.
fn rewritten(workbook: &[u8], rewrite: impl Fn(&str, &str) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        out.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(rewrite(&name, &text).as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn thanet(programme: &Programme, rewrite: impl Fn(&str, &str) -> String) -> Return {
    let whole = bytes(programme, "H-THA.xlsx", &w("return", "THA"), &Shape::default());
    read_one(programme, rewritten(&whole, rewrite))
}

fn remarks(ret: &Return, kind: RemarkKind) -> Vec<&str> {
    let own = ret.remarks.iter().filter(|remark| remark.kind == kind);
    own.map(|remark| &*remark.text).collect()
}

const SHEET: &str = "xl/worksheets/sheet";

#[test]
fn a_total_that_was_never_calculated_is_not_a_nought() {
    let programme = programme();
    let stored = regex::Regex::new("</f><v>[^<]*</v>").unwrap();
    let ret = thanet(&programme, |name, text| match name.starts_with(SHEET) {
        true => stored.replace_all(text, "</f>").into_owned(),
        false => text.to_owned(),
    });
    let total = &ret.cells["REV_TOT_GC_y0_budget"];
    assert_eq!(total.held, Held::Unreadable(Fault::NotCalculated));
    assert_eq!(ret.cells["REV_EMP_DIR_y0_budget"].number(), Some(356480.into()));
}

#[test]
fn a_form_as_issued_has_nothing_to_remark() {
    assert_eq!(thanet(&programme(), |_, text| text.to_owned()).remarks, []);
}

#[test]
fn answers_that_nobody_sees_are_read_and_told_of() {
    let programme = programme();
    let plain = thanet(&programme, |_, text| text.to_owned());
    let post = &plain.rows["STF_table"][1];
    let row = format!("<row r=\"{}\"", post.number());
    let ret = thanet(&programme, |name, text| match name.starts_with(SHEET) {
        true => text.replace(&row, &format!("{row} hidden=\"1\"")),
        false => text.to_owned(),
    });
    assert_eq!(held(&ret), held(&plain));
    let hidden = remarks(&ret, RemarkKind::Hidden);
    let cell = format!("A{}", post.number());
    assert!(
        hidden
            .iter()
            .any(|text| text.starts_with("Staffing has hidden rows") && text.contains(&cell)),
        "{hidden:?}"
    );
}

#[test]
fn days_counted_from_1904_are_converted_and_told_of() {
    let programme = programme();
    let plain = thanet(&programme, |_, text| text.to_owned());
    let ret = thanet(&programme, |name, text| match name {
        "xl/workbook.xml" => text.replace("<workbookPr", "<workbookPr date1904=\"1\""),
        _ => text.to_owned(),
    });
    let date = |ret: &Return| ret.cells["COV_data_as_at"].date().unwrap();
    assert_eq!(date(&plain).until(date(&ret)).unwrap().get_days(), 1462);
    let told = remarks(&ret, RemarkKind::Epoch);
    assert!(told[0].contains("counts dates from 1904"), "{told:?}");
}

#[test]
fn a_total_typed_over_is_told_of() {
    let programme = programme();
    let formula = regex::Regex::new("<f>[^<]*</f>").unwrap();
    let protection = regex::Regex::new("<sheetProtection[^>]*/>").unwrap();
    let ret = thanet(&programme, |name, text| match name.starts_with(SHEET) {
        true => protection.replace_all(&formula.replace_all(text, ""), "").into_owned(),
        false => text.to_owned(),
    });
    let told = remarks(&ret, RemarkKind::Changed);
    assert!(told[0].starts_with("Revenue: a total was typed over ("), "{told:?}");
    assert!(told[0].contains("not protected any more"), "{told:?}");
}

#[test]
fn links_to_other_files_are_told_of() {
    let programme = programme();
    let whole = bytes(&programme, "H-THA.xlsx", &w("return", "THA"), &Shape::default());
    let mut out = zip::ZipWriter::new_append(Cursor::new(whole)).unwrap();
    let part = "xl/externalLinks/externalLink1.xml";
    out.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
    out.write_all(b"<externalLink/>").unwrap();
    let ret = read_one(&programme, out.finish().unwrap().into_inner());
    assert_eq!(remarks(&ret, RemarkKind::Hidden), ["The workbook has links to one other file."]);
}
